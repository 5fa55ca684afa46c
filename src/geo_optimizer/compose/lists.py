"""The TL;DR and the takeaways: a label and a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo_optimizer.compose.insertion import insertion, is_safe, obstacle
from geo_optimizer.compose.layout import Places, layout
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Block, Draft, Edit, Known, KnownKind, Note

FEWEST_LINES, MOST_LINES = 3, 5

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|^[#+-](?=\s)")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s)")
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?=\s)")
_UNSAFE = "no place is safe for it: the text around every candidate would change its meaning"


def list_part(draft: Draft, part: str, texts: Sequence[str], places: Places, before: Sequence[Edit], notes: list[Note]) -> tuple[Edit, ...]:
    """The label, which the draft's language must have, and the lines at the best safe place; without one, a note on what is in the way."""
    edit = None
    for place in places.at:
        head = f"**{LABELS[draft.language][0]}**" if part == "tldr" else _takeaways_head(draft, place, LABELS[draft.language][1])
        bullet = "*" if _marker(draft, place) == "-" else "-"
        edit = insertion(draft, place, [head, "", *(f"{bullet} {_escaped(text)}" for text in texts)], part)
        if is_safe(draft, edit, before):
            return (edit,)
    notes.append(obstacle(draft, edit, part, _UNSAFE) if edit else Note(part, places.why, places.span))
    return ()


def refreshed(draft: Draft, part: KnownKind, texts: Sequence[str], before: Sequence[Edit], notes: list[Note]) -> tuple[Edit, ...]:
    """The lines in place of those of the part that is there; its label stays, and so does the marker of its list."""
    known = next((k for k in draft.known if k.kind == part and k.lines is not None), None)
    if known is None or known.lines is None:
        other = next(k for k in draft.known if k.kind == part)
        notes.append(Note(part, f"what is there is left as it is: {_form(draft, other)}", other.span))
        return ()
    old = draft.text(known.lines)
    text = draft.newline.join(_lines_like(old, texts))
    if text == old:
        return ()
    edit = Edit(known.lines, text if len(known.lines) else draft.newline * 2 + text, part)
    if is_safe(draft, edit, before):
        return (edit,)
    notes.append(obstacle(draft, edit, part, "its lines are left as they are: others in their place would change what stands around them"))
    return ()


def _form(draft: Draft, known: Known) -> str:
    """Why the lines of a part that is known cannot be replaced."""
    line = draft.line(known.span.start)
    if known.of_text:
        return f"the summary on line {line} is a section of the author's own"
    return f"on line {line} it is not a list under a label"


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


def _marker(draft: Draft, place: int) -> str | None:
    """The bullet of a list that would follow ours and, with the same bullet, run into it."""
    if place < len(draft.blocks) and draft.blocks[place].kind == "list":
        return draft.text(draft.blocks[place].span).lstrip()[:1]
    return None


def _escaped(text: str) -> str:
    """The line as Markdown that shows exactly its characters; an underscore inside a word needs nothing."""
    escaped = _MARKUP.sub(lambda m: m.group() if m.group() == "_" and _inside_word(text, m.start()) else "\\" + m.group(), text)
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
