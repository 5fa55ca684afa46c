"""The TL;DR and the takeaways: a label and a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo_optimizer.compose.insertion import insertion, is_safe, obstacle
from geo_optimizer.compose.layout import Places, layout
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Block, Draft, Edit, Item, Known, KnownKind, Note, Span

FEWEST_LINES, MOST_LINES = 3, 5

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|^[#+-](?=\s)")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s)")
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?=\s)")
_REMARK = re.compile(r"<!--|\{[/%{#]")  # of HTML, MDX, or for a template
_RUNS_ON = "it would stand directly before a list, and some readers make one list of both: put a line of text between"
_UNSAFE = "no place is safe for it: the text around every candidate would change its meaning"


def list_part(draft: Draft, part: str, texts: Sequence[str], places: Places, before: Sequence[Edit], notes: list[Note]) -> tuple[Edit, ...]:
    """The label, which the draft's language must have, and the lines at the best safe place, of which there must be one; else a note.

    Never directly before a list: Python-Markdown makes one list of two that
    only a blank line parts, whatever their markers, and kramdown of some.
    """
    unsafe: Note | None = None
    for place in places.at:
        head = f"**{LABELS[draft.language][0]}**" if part == "tldr" else _takeaways_head(draft, place, LABELS[draft.language][1])
        edit = insertion(draft, place, [head, "", *(f"- {_escaped(text)}" for text in texts)], part)
        following = _list_below(draft, place)
        if following is None and is_safe(draft, edit, before):
            return (edit,)
        unsafe = Note(part, _RUNS_ON, following) if following else unsafe or obstacle(draft, edit, part, _UNSAFE)
    notes += [unsafe] if unsafe else []
    return ()


def refreshed(draft: Draft, part: KnownKind, texts: Sequence[str], before: Sequence[Edit], notes: list[Note]) -> tuple[Edit, ...]:
    """The lines in place of those of the part that is there; its label stays, and so does the marker of its list.

    Replaced is only what is certainly one part's plain list; anything else stays, with a note that says why and where.
    """
    known = [k for k in draft.known if k.kind == part and not k.of_text and k.span.start >= draft.body.start]
    old = known[0].lines if len(known) == 1 else None
    if old is None:
        notes.append(_left(draft, part, known))
        return ()
    if more := _more_than_lines(draft, old):
        notes.append(Note(part, f"what is there is left as it is: {more[0]}", more[1]))
        return ()
    text = draft.newline.join(_lines_like(draft.text(old), texts))
    if text == draft.text(old):
        return ()
    edit = Edit(old, text, part) if len(old) else Edit(known[0].span, draft.text(known[0].span) + draft.newline * 2 + text, part)
    if is_safe(draft, edit, before):
        return (edit,)
    notes.append(obstacle(draft, edit, part, "its lines are left as they are: others in their place would change what stands around them"))
    return ()


def _left(draft: Draft, part: KnownKind, known: Sequence[Known]) -> Note:
    """Why none of the parts that are there is refreshed: it has no list of its own, or there are several."""
    if len(known) > 1:
        *lines, last = (str(draft.line(k.span.start)) for k in known)
        which = f"there are {len(known)} of them, on lines {', '.join(lines)} and {last}, and nothing says which of them is meant"
        return Note(part, f"what is there is left as it is: {which}", known[0].span)
    one = known[0] if known else next(k for k in draft.known if k.kind == part)
    why = "it is a section of the author's own" if one.of_text else "it is not one plain list directly under its label"
    return Note(part, f"what is there is left as it is: {why}", one.span)


def _more_than_lines(draft: Draft, old: Span) -> tuple[str, Span] | None:
    """What a list holds besides lines of text, and would be lost with it, and where: a footnote, a definition, an image, a link, more in an item."""
    for what, spans in (
        ("a footnote", (f.span for f in draft.footnotes)),
        ("a link definition", (d.span for d in draft.definitions)),
        ("an image", (link.span for link in draft.links if link.image)),
        ("a link", (link.span for link in draft.links if not link.image)),
    ):
        if inside := next((span for span in spans if old.contains(span)), None):
            return f"it holds {what}", inside
    for item in draft.items:
        if old.contains(item.span) and not _is_line(draft, item):
            return "an item holds more than a line of text", item.span
    return None


def _is_line(draft: Draft, item: Item) -> bool:
    """Whether an item is one run of text, or empty."""
    text = draft.text(item.span).rstrip()
    marker = _MARKER.match(text + " ")
    if not item.prose:
        return marker is not None and not text[marker.end() :].strip()
    prose = draft.prose[item.prose[0]]
    alone = marker is not None and not draft.source[item.span.start + marker.end() : prose.span.start].strip()
    return alone and prose.kind == "item" and prose.span.end >= item.span.start + len(text) and not _REMARK.search(text)


def _lines_like(old: str, texts: Sequence[str]) -> Iterator[str]:
    """The lines as items, with the marker that the old list has, counted on if it is a number."""
    found = _MARKER.match(old)
    marker = found.group() if found else "-"
    indent, marker = marker[: len(marker) - len(marker.lstrip())], marker.lstrip()
    number = int(marker[:-1]) if marker[:-1].isdigit() else None
    for n, text in enumerate(texts):
        yield f"{indent}{marker if number is None else f'{number + n}{marker[-1]}'} {_escaped(text)}"


def _takeaways_head(draft: Draft, place: int, label: str) -> str:
    """A heading, unless it would take a paragraph of the author's under it; then a bold label."""
    if any(b.kind not in ("comment", "definition", "footnote", "rule", "opaque") for b in _until_heading(draft, place)):
        return f"**{label}**"
    return f"{'#' * _section_level(draft, place)} {label}"


def _until_heading(draft: Draft, place: int) -> Iterator[Block]:
    for block in draft.blocks[place:]:
        if block.kind == "heading":
            return
        yield block


def _section_level(draft: Draft, place: int) -> int:
    """The level of the draft's sections: the highest below the title; or of the section that follows, if that is deeper."""
    at = layout(draft)
    levels = [heading.level for i, heading in at.headings.items() if i != at.title and heading.level > 1]
    following = next((heading.level for i, heading in at.headings.items() if i >= place), 1)
    return max(min(levels, default=2), following)


def _list_below(draft: Draft, place: int) -> Span | None:
    """The list that would follow ours with nothing between them that is shown."""
    n = next((n for n in range(place, len(draft.blocks)) if draft.blocks[n].kind not in ("definition", "footnote")), None)
    return draft.blocks[n].span if n is not None and draft.blocks[n].kind == "list" else None


def _escaped(text: str) -> str:
    """The line as Markdown that shows exactly its characters; an underscore inside a word needs nothing."""
    escaped = _MARKUP.sub(lambda m: m.group() if m.group() == "_" and _inside_word(text, m.start()) else "\\" + m.group(), text)
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
