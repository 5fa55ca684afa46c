"""What HTML reports have in common: their style, and the policy under which nothing but it and the page's own script runs or is loaded."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

STYLE = """
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1c2024; --quiet: #596169; --line: #d9dde1; --soft: #f4f6f8; --link: #0b5cad;
  --error: #b3261e; --warning: #8a5300; --info: #0b5cad; --fix: #1a6b35; --mark: #ffe7a3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --text: #e5e8eb; --quiet: #a3abb3; --line: #343a40; --soft: #1d2226; --link: #7db8f5;
    --error: #ff8a80; --warning: #f5b946; --info: #7db8f5; --fix: #7fd69a; --mark: #5c4a12;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main, header, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-top: 1rem; padding-bottom: 3rem; color: var(--quiet); font-size: .875rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); font-size: 1.15rem; overflow-wrap: anywhere; }
h3 { margin: 0; font-size: 1rem; font-weight: 400; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "Cascadia Code", "DejaVu Sans Mono", monospace; font-size: .875rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .25rem .75rem; background: var(--page); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin: 1rem 0 0; padding: 0; list-style: none; color: var(--quiet); }
.counts b { color: var(--text); font-size: 1.35rem; margin-right: .3rem; }
.counts .error b { color: var(--error); } .counts .warning b { color: var(--warning); } .counts .info b { color: var(--info); }
.filters {
  display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; margin: 1.5rem 0 0; padding: .75rem 1rem;
  border: 1px solid var(--line); border-radius: .5rem; background: var(--soft);
}
.filters[hidden] { display: none; }
.filters label { display: inline-flex; align-items: center; gap: .4rem; }
.filters select { max-width: 100%; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: .3rem; padding: .15rem .3rem; }
.filters p { margin: 0 0 0 auto; color: var(--quiet); }
nav { margin-top: 1.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; overflow-wrap: anywhere; }
th { color: var(--quiet); font-weight: 600; font-size: .875rem; overflow-wrap: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; width: 6rem; overflow-wrap: normal; }
ol.findings { margin: 0; padding: 0; list-style: none; }
.finding { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--quiet); border-radius: .4rem; }
.finding.error { border-left-color: var(--error); }
.finding.warning { border-left-color: var(--warning); }
.finding.info { border-left-color: var(--info); }
.severity { font-weight: 700; }
.error > h3 .severity { color: var(--error); } .warning > h3 .severity { color: var(--warning); } .info > h3 .severity { color: var(--info); }
.place, .name, .grade { color: var(--quiet); }
.message { margin: .25rem 0 0; overflow-wrap: anywhere; }
pre { margin: .6rem 0 0; padding: .5rem .75rem; border-radius: .3rem; background: var(--soft); white-space: pre-wrap; tab-size: 4; }
pre .row { display: grid; grid-template-columns: 2.75rem minmax(0, 1fr); gap: 1rem; min-height: 1.5em; overflow-wrap: anywhere; }
pre .at { text-align: right; color: var(--quiet); user-select: none; }
mark { background: var(--mark); color: inherit; border-radius: .15rem; }
.fix { margin: .6rem 0 0; overflow-wrap: anywhere; }
.fix b { color: var(--fix); }
.message code, .fix code { padding: .1rem .3rem; border-radius: .2rem; background: var(--soft); }
details { margin: .5rem 0 0; }
summary { cursor: pointer; color: var(--quiet); width: fit-content; }
details p { margin: .4rem 0 0; max-width: 46rem; }
details ul { margin: .4rem 0 0; overflow-wrap: anywhere; }
[hidden] { display: none; }
@media (max-width: 36rem) {
  .number { width: auto; }
  .finding { padding: .6rem .7rem; }
  pre .row { grid-template-columns: 1.75rem minmax(0, 1fr); gap: .6rem; }
  .filters p { margin-left: 0; }
}
@media print {
  :root { --page: #fff; --text: #000; --quiet: #444; --line: #bbb; --soft: #f4f4f4; --link: #000; --mark: #ddd;
    --error: #000; --warning: #000; --info: #000; --fix: #000; }
  body { font-size: 10pt; }
  main, header, footer { max-width: none; padding: 0; }
  .filters, .skip { display: none; }
  .finding { break-inside: avoid; }
  h2 { break-after: avoid; }
  mark { text-decoration: underline; }
  summary { list-style: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""

SCRIPT = """
(() => {
  const filters = document.getElementById("filters");
  if (!filters) return;
  const status = filters.querySelector("p");
  const rule = filters.querySelector("select");
  const sections = [...document.querySelectorAll("section.file")];
  const total = document.querySelectorAll(".finding[data-code]").length;
  const apply = () => {
    const severities = new Set([...filters.querySelectorAll("input:checked")].map((box) => box.value));
    let shown = 0;
    for (const section of sections) {
      let any = false;
      for (const finding of section.querySelectorAll(".finding")) {
        const fits = severities.has(finding.dataset.severity) && (!rule.value || rule.value === finding.dataset.code);
        finding.hidden = !fits;
        any ||= fits;
        shown += fits && "code" in finding.dataset;
      }
      section.hidden = !any;
      const row = document.getElementById("to-" + section.id);
      if (row) row.hidden = !any;
    }
    status.textContent = shown + " of " + total + " findings shown";
  };
  filters.hidden = false;
  filters.addEventListener("change", apply);
  apply();
})();
"""


def head(title: str, main: str, *, style: str = STYLE, script: str = SCRIPT) -> Iterator[str]:
    """A page up to its body. `main`: what stands in it, and how a link that skips to it is called ("findings"); it has that as its id."""
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield f'<a class="skip" href="#{main}">To the {main}</a>'


def foot(version: str, script: str = SCRIPT) -> Iterator[str]:
    """The rest of a page."""
    yield f"<footer>geo-optimizer {escape(version)}</footer>"
    yield f"<script>{script}</script>"
    yield "</body>"
    yield "</html>"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
