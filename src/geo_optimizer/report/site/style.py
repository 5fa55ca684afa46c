"""The style and the script of a site's report, beside what all reports have."""

from __future__ import annotations

from geo_optimizer.report.page import STYLE as COMMON

STYLE = (
    COMMON
    + """
:root {
  --s0: #2f6db5; --s1: #c2542d; --s2: #37864a; --s3: #8650b0; --s4: #a87f00; --s5: #bd3a6b; --s6: #17868c; --s7: #7d5a38;
  --s8: #5a6a7a; --s9: #7f8420;
}
@media (prefers-color-scheme: dark) {
  :root {
    --s0: #6ea8ea; --s1: #f08a62; --s2: #70c486; --s3: #bd8ee6; --s4: #dcb13c; --s5: #f07aa4; --s6: #54c3c9; --s7: #c39a72;
    --s8: #9aabbc; --s9: #bfc453;
  }
}
.counts a { color: inherit; }
.lead { margin: .25rem 0 0; color: var(--quiet); overflow-wrap: anywhere; }
.remedy { margin: 0 0 .75rem; max-width: 46rem; }
.list td:first-child { width: 45%; }
.list ul { margin: 0; padding: 0; list-style: none; }
.list small, .about small { color: var(--quiet); font-size: .875rem; }
.list tr[hidden], .list[hidden] { display: none; }
.more { color: var(--quiet); }
.filters label { max-width: 100%; }
.filters select { min-width: 0; }
.filters input[type=search] { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: .3rem; padding: .2rem .45rem; min-width: 12rem; }
h2 .severity { margin-left: .6rem; font-size: .8rem; font-weight: 600; }
h2 .severity.error { color: var(--error); } h2 .severity.warning { color: var(--warning); } h2 .severity.info { color: var(--info); }
.picture, .linked { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
.picture header { padding: 0; }
.graph { position: relative; max-width: 56rem; margin: .5rem auto 0; }
.ring { display: block; width: 100%; min-width: 52rem; height: auto; }
.edges { stroke-width: 1; }
.edge { fill: none; stroke: currentColor; stroke-opacity: .22; }
.edge.more { display: none; }
.arc { fill: none; stroke: currentColor; stroke-width: 4; }
.node { cursor: default; outline: none; }
.node circle { fill: currentColor; stroke: var(--page); stroke-width: 1; }
.node.orphan circle { fill: var(--page); stroke: currentColor; stroke-width: 1.6; }
.node .part { fill: var(--page); stroke: none; }
.node text { fill: var(--text); font: 12.5px system-ui, sans-serif; }
.node text.quiet { display: none; }
.s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); } .s3 { color: var(--s3); } .s4 { color: var(--s4); }
.s5 { color: var(--s5); } .s6 { color: var(--s6); } .s7 { color: var(--s7); } .s8 { color: var(--s8); } .s9 { color: var(--s9); }
.looking .edge { stroke-opacity: .05; }
.looking .node { opacity: .3; }
.looking .node text { display: none; }
.looking .node.on, .looking .node.beside { opacity: 1; }
.looking .node.on text, .looking .node.beside text:not(.quiet) { display: inline; }
.looking .node.on text { font-weight: 700; }
.looking .edge.out { display: inline; stroke: var(--link); stroke-opacity: .9; }
.looking .edge.in { display: inline; stroke: var(--warning); stroke-opacity: .9; }
.node.on circle { stroke: var(--text); stroke-width: 2; }
.node:focus-visible circle { stroke: var(--text); stroke-width: 3; }
.about { margin: .5rem 0 0; padding: .75rem 1rem; min-height: 9rem; color: var(--quiet); border: 1px solid var(--line); border-radius: .4rem; overflow-wrap: anywhere; }
.about b { color: var(--text); }
.about p { margin: .3rem 0 0; }
.about .out b { color: var(--link); } .about .in b { color: var(--warning); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin: .75rem 0; padding: 0; list-style: none; font-size: .875rem; }
.legend li::before { content: ""; display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; border-radius: 50%; background: currentColor; }
.legend li.hollow::before { background: none; border: 2px solid currentColor; box-sizing: border-box; }
.legend span { color: var(--text); overflow-wrap: anywhere; }
.legend .hollow { color: var(--quiet); }
@media print {
  .picture, .linked { max-width: none; padding: 0; }
  :root { --s0: #2f6db5; --s1: #c2542d; --s2: #37864a; --s3: #8650b0; --s4: #a87f00; --s5: #bd3a6b; --s6: #17868c; --s7: #7d5a38; --s8: #5a6a7a; --s9: #7f8420; }
  .about { display: none; }
  .graph { break-inside: avoid; max-width: 44rem; }
  .ring { min-width: 0; }
  tr { break-inside: avoid; }
  .legend li::before, .arc, .edge, .node circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
)

SCRIPT = """
(() => {
  const filters = document.getElementById("filters");
  if (filters) {
    const search = filters.querySelector("input[type=search]");
    const status = filters.querySelector("p");
    const lists = [...document.querySelectorAll(".list")].map((list) => ({
      list, severity: list.dataset.severity,
      rows: [...list.querySelectorAll("tbody tr")].map((row) => ({row, text: row.textContent.toLowerCase()})),
    }));
    const chosen = filters.querySelector("select");
    const total = lists.reduce((sum, one) => sum + one.rows.length, 0);
    const apply = () => {
      const severities = new Set([...filters.querySelectorAll("input:checked")].map((box) => box.value));
      const wanted = search.value.trim().toLowerCase();
      let shown = 0;
      for (const {list, severity, rows} of lists) {
        let any = false;
        for (const {row, text} of rows) {
          const fits = severities.has(severity) && (!chosen.value || chosen.value === list.id) && text.includes(wanted);
          row.hidden = !fits;
          any ||= fits;
          shown += fits;
        }
        list.hidden = !any;
      }
      status.textContent = shown + " of " + total + " rows shown";
    };
    filters.hidden = false;
    filters.addEventListener("input", apply);
    apply();
  }
  const some = (names) => names.slice(0, 12).join(" · ") + (names.length > 12 ? " · and " + (names.length - 12) + " more" : "");
  for (const graph of document.querySelectorAll(".graph")) {
    const svg = graph.querySelector("svg");
    const about = graph.querySelector(".about");
    const nodes = [...svg.querySelectorAll(".node")];
    const edges = [...svg.querySelectorAll(".edge")].map((path) => ({path, a: +path.dataset.a, b: +path.dataset.b}));
    const ofFolders = graph.dataset.of === "folders";
    const name = (n) => nodes[n].getAttribute("aria-label");
    const line = (kind, words, names) => {
      const row = document.createElement("p");
      row.className = kind;
      row.append(Object.assign(document.createElement("b"), {textContent: words}), names.length ? ": " + some(names) : "");
      return row;
    };
    const hint = about.textContent;
    const clear = () => {
      svg.classList.remove("looking");
      for (const lit of svg.querySelectorAll(".on, .beside, .out, .in")) lit.classList.remove("on", "beside", "out", "in");
    };
    const show = (n) => {
      clear();
      const {path, in: into, out, pages, orphans} = nodes[n].dataset;
      const to = [], from = [];
      for (const edge of edges) {
        if (edge.a === n) { edge.path.classList.add("out"); nodes[edge.b].classList.add("beside"); to.push(name(edge.b)); }
        if (edge.b === n) { edge.path.classList.add("in"); nodes[edge.a].classList.add("beside"); from.push(name(edge.a)); }
      }
      nodes[n].classList.add("on");
      svg.classList.add("looking");
      const title = Object.assign(document.createElement("b"), {textContent: name(n)});
      const small = Object.assign(document.createElement("small"), {
        textContent: ofFolders ? pages + " pages, " + orphans + " of them orphans" : path});
      about.replaceChildren(title, " ", small,
        line("in", ofFolders ? into + " links from other folders" : into + " pages link here", from),
        line("out", ofFolders ? out + " links to other folders" : "links to " + out + " pages", to));
    };
    about.hidden = false;
    let kept = 0;
    const keep = (n) => {
      nodes[kept].tabIndex = -1;
      kept = n;
      nodes[n].tabIndex = 0;
    };
    nodes.forEach((node, n) => {
      node.addEventListener("pointerenter", () => show(n));
      node.addEventListener("focus", () => { keep(n); show(n); });
    });
    const rest = () => {
      const at = nodes.indexOf(document.activeElement);
      if (at >= 0) show(at); else { clear(); about.textContent = hint; }
    };
    svg.addEventListener("pointerleave", rest);
    svg.addEventListener("focusout", () => setTimeout(rest));
    svg.addEventListener("keydown", (event) => {
      const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
      if (event.key === "Escape") { document.activeElement.blur(); return; }
      if (!step) return;
      event.preventDefault();
      nodes[(kept + step + nodes.length) % nodes.length].focus();
    });
  }
})();
"""
