"""What a person reads on the terminal: plain words, the draft's own lines, what to do next."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from geo_optimizer.analysis.headings import heading_kind
from geo_optimizer.analysis.links import is_internal, links
from geo_optimizer.analysis.readability import readability
from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.model import LINKED, Draft, Edit, LinkSuggestion, Note, Optimization, Span, Statistic, Value, Verdict
from geo_optimizer.report.view import visible

_PART_NAMES = {
    "draft": "Draft",
    "description": "Description",
    "frontmatter": "Frontmatter",
    "tldr": "TL;DR",
    "takeaways": "Key takeaways",
    "links": "Link comment",
    "link": "Link",
}
_KIND_PARTS = {"tldr": "tldr", "takeaway": "takeaways"}
_MOST_SHOWN = 8
_WIDTH = 100
_LINE_END = r"\r\n|\r|\n"


def short(text: str, width: int = _WIDTH) -> str:
    """One line of at most `width` characters, cut between words."""
    words = " ".join(text.split())
    if len(words) <= width:
        return words
    return words[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


# ------------------------------------------------------------------ optimize


def summary(done: Optimization, path: str, output: str | None, *, has_site: bool) -> str:
    """What was added and where, what was refused or left out and why, and what is left for the editor."""
    if not done.edits and _nothing_to_work_with(done.draft):
        return _headline(done, path, output)
    sections = [
        [_headline(done, path, output)],
        _added(done, written=output is not None),
        _left_out(done),
        _unsourced(done.draft),
        _links(done, has_site=has_site),
        _next(done, path, output, has_site=has_site),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _headline(done: Optimization, path: str, output: str | None) -> str:
    ran = "" if done.engine == "none" else f"  (engine: {done.engine})"
    if why := _nothing_to_work_with(done.draft):
        ran = f": {why}"
    if not done.edits:
        return f"{path}: nothing to add{ran}"
    return f"{path} -> {output}{ran}" if output else f"{path}: nothing written{ran}"


def _nothing_to_work_with(draft: Draft) -> str | None:
    if not draft.source.strip("\ufeff \t\r\n"):
        return "there is no text in it"
    if not any(p.kind in ("paragraph", "item") and p.known is None for p in draft.prose):
        return "there is no prose in it; the lines come from the article's own sentences"
    return None


def _added(done: Optimization, *, written: bool) -> list[str]:
    if not done.edits:
        return []
    lines, shift = ["Added" if written else "Would be added"], 0
    for edit in done.edits:
        start = edit.span.start + shift + len(edit.text) - len(edit.text.lstrip("\r\n"))
        end = edit.span.start + shift + len(edit.text)
        shift += len(edit.text) - len(edit.span)
        lines += _added_part(done, edit, Span(start, max(start, end)))
    return lines


def _added_part(done: Optimization, edit: Edit, place: Span) -> Iterator[str]:
    """`place`: where the edit's text stands in the output."""
    name = _PART_NAMES.get(edit.kind, edit.kind)
    where = f"line {1 + len(re.findall(_LINE_END, done.output[: place.start]))}"
    if edit.kind == "frontmatter":
        yield f"  {name}, {where}"
        for row in _rows(done.output, place):
            yield from _wrapped(row, "      ")
        return
    if edit.kind in LINKED:
        yield f"  {name}, {where}: {visible(edit.text)}"
        return
    if edit.kind == "links":
        count = _count(sum(s.recommended for s in done.links), "suggestion")
        yield (f"  {name}, {where}: {count}" if edit.text else f"  {name}: removed, nothing is suggested any more")
        return
    yield f"  {name}, {where}"
    shown = [v for v in done.verdicts if v.supported and _KIND_PARTS.get(v.enhancement.kind) == edit.kind]
    for verdict in shown[:5]:
        lines = sorted({done.draft.line(s.start) for s in verdict.evidence})
        source = f"  [from line {', '.join(map(str, lines))} of the draft]" if lines else ""
        yield from _wrapped(f"- {verdict.enhancement.text}{source}", "      ")


def _rows(output: str, place: Span) -> list[str]:
    """The whole lines of the output that the place touches, without fences and blank ones."""
    first = max(output.rfind("\n", 0, place.start), output.rfind("\r", 0, place.start)) + 1
    last = re.compile(_LINE_END + r"|\Z").search(output, max(place.start, place.end - 1))
    text = output[first : last.start() if last else len(output)]
    return [row.strip() for row in re.split(_LINE_END, text) if row.strip(" -+\t,")]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False
    )


def _left_out(done: Optimization) -> list[str]:
    refused = [v for v in done.verdicts if not v.supported]
    if (not refused and not done.notes) or _nothing_to_work_with(done.draft):
        return []
    lines = ["Left out"]
    for verdict in refused[:_MOST_SHOWN]:
        why = "; ".join(r.detail for r in verdict.reasons) or "the draft does not say this"
        lines += [f"  {verdict.enhancement.kind}: “{short(verdict.enhancement.text)}”", f"      refused: {why}"]
    if len(refused) > _MOST_SHOWN:
        lines.append(f"  ... and {len(refused) - _MOST_SHOWN} more refused lines; --report FILE.json has them all")
    return lines + [
        f"  {_PART_NAMES.get(note.part, note.part)}: {_where(done.draft, note)}{visible(note.message)}"
        for note in done.notes
        if note.part != "engine"
    ]


def _unsourced(draft: Draft) -> list[str]:
    bare = [s for s in statistics(draft) if s.quotable and not s.attribution and not s.source_url]
    if not bare:
        return []
    lines = [f"Statistics without a source ({len(bare)})"]
    lines += [f"  line {draft.line(s.span.start)}: {short(s.sentence.text)}" for s in bare[:_MOST_SHOWN]]
    return lines + ([f"  ... and {len(bare) - _MOST_SHOWN} more: geo-optimize analyze"] if len(bare) > _MOST_SHOWN else [])


def _links(done: Optimization, *, has_site: bool) -> list[str]:
    made = {edit.span for edit in done.edits if edit.kind in LINKED}
    shown = [s for s in done.links if s.recommended and s.span not in made]
    if not shown:
        return []
    head = "Internal links to consider" if has_site else "Phrases that deserve an internal link (no site given)"
    return [head, *(f"  {link_line(done.draft, s)}" for s in shown)]


def link_line(draft: Draft, found: LinkSuggestion) -> str:
    target = f" -> {visible(found.target)}" if found.target else ""
    return f"line {draft.line(found.span.start)}: “{visible(found.anchor)}”{target}  ({visible(found.reason)})"


def _next(done: Optimization, path: str, output: str | None, *, has_site: bool) -> list[str]:
    steps = []
    if done.edits and output and output not in ("-", path):
        steps.append(f"read {output} and change what you like; then let it take the draft's place:")
        steps.append(f"  mv {shlex.quote(output)} {shlex.quote(path)}")
    errors = [f for f in done.findings if f.severity in ("error", "warning")]
    if errors and path != "<stdin>":
        steps.append(f"{_count(len(errors), 'finding')} in the draft: geo-optimize check {shlex.quote(path)}")
    if not has_site and done.edits:
        steps.append("for links to real pages add --site: the folder of your pages, your sitemap.xml, or a catalogue of pages")
    return ["Next", *(f"  {step}" for step in steps)] if steps else []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


# ------------------------------------------------------------------ the other commands


def analysis(draft: Draft, path: str) -> str:
    """The facts of one draft, as tables."""
    return "\n\n".join("\n".join(rows) for rows in (_facts(draft, path), _outline(draft), _statistics(draft), _link_rows(draft)) if rows)


def _facts(draft: Draft, path: str) -> list[str]:
    words = sum(len(p.text.split()) for p in draft.prose if p.known is None and p.kind not in ("heading", "cell"))
    measured = readability(draft)
    reading = f", Flesch reading ease {measured.flesch_reading_ease:.0f}" if measured else ""
    return [f"{path}", f"  {draft.title or 'no title'}", f"  language {draft.language}, {words} words{reading}"]


def _outline(draft: Draft) -> list[str]:
    rows = [
        f"  {draft.line(h.span.start):>5}  {'#' * h.level:<6} {short(h.text, 70)}  ({heading_kind(h, draft.language)})"
        for h in draft.headings
    ]
    return ["Headings", *rows] if rows else []


def _statistics(draft: Draft) -> list[str]:
    rows: list[str] = []
    found = statistics(draft)
    for one in found:
        rows.append(f"  {draft.line(one.span.start):>5}  {short(one.sentence.text)}")
        rows += [f"         {_value(value)}" for value in one.values]
        rows += _wrapped(f"{'quotable' if one.quotable else 'not quotable'}: {one.why}", "         ")
        rows += [f"         {line}" for line in _sources(one)]
    return [f"Statistics ({len(found)})", *rows] if rows else []


def _value(value: Value) -> str:
    of = f" of {value.population}" if value.population and value.kind == "percent" else ""
    compared = f"{value.comparison} " if value.comparison else ""
    what = f": {short(value.measures, 60)}" if value.measures else ""
    return f"{compared}{value.text}{of}{what}"


def _sources(found: Statistic) -> Iterator[str]:
    who = f"source: {found.attribution}" if found.attribution else ""
    if who and found.attribution_place != "sentence":
        who += f" ({found.attribution_place})"
    link = f"link: {found.source_url}" if found.source_url else ""
    if link and found.source_place != "sentence":
        link += f" ({found.source_place})"
    if found.quotable:
        yield "; ".join(part for part in (who, link) if part) or "no source"


def _link_rows(draft: Draft) -> list[str]:
    found = links(draft)
    inside = sum(is_internal(link.href) for link in found)
    return [f"Links: {inside} internal, {len(found) - inside} external"] if found else []


def proposal(draft: Draft, path: str, verdicts: Sequence[Verdict], engine: str, notes: Iterable[Note] = ()) -> str:
    lines = [f"{path}  (engine: {engine})"]
    for verdict in verdicts:
        mark = " " if verdict.supported else "x"
        evidence = ", ".join(str(draft.line(s.start)) for s in verdict.evidence)
        lines.append(f"{mark} {verdict.enhancement.kind:<12} {verdict.enhancement.text}" + (f"  [line {evidence}]" if evidence else ""))
        lines += [f"               refused: {r.detail}" for r in verdict.reasons if not verdict.supported]
    lines += [f"- {note.part:<12} {visible(note.message)}" for note in notes]
    return "\n".join(lines)


def verification(draft: Draft, lines: Iterable[tuple[int, Verdict]], path: str) -> str:
    """One row per line of the text; refused ones with their reasons and the evidence that was found."""
    rows, refused, total = [], 0, 0
    for line, verdict in lines:
        total += 1
        rows.append(f"{path}:{line}: {verdict.state}: {short(verdict.enhancement.text)}")
        if not verdict.supported:
            refused += 1
            rows += [f"    {r.detail}" for r in verdict.reasons]
            rows += [f"    draft line {draft.line(s.start)}: {short(draft.text(s))}" for s in verdict.evidence[:2]]
    return "\n".join([*rows, f"{total - refused} of {total} lines are supported by {draft.path}"])


def _where(draft: Draft, note: Note) -> str:
    return f"line {draft.line(note.span.start)}: " if note.span is not None else ""
