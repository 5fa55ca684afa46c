"""The TL;DR and the takeaways: a label and a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from geo_optimizer.compose.insertion import insertion, is_safe
from geo_optimizer.model import Block, Draft, Edit, Note

FEWEST_LINES, MOST_LINES = 3, 5

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|^[#+-](?=\s)")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s)")


def list_part(
    draft: Draft, part: str, texts: Sequence[str], places: Callable[[Draft], Iterable[int]], labels: tuple[str, str], notes: list[Note]
) -> tuple[Edit, ...]:
    for place in places(draft):
        head = f"**{labels[0]}**" if part == "tldr" else _takeaways_head(draft, place, labels[1])
        bullet = "*" if _marker(draft, place) == "-" else "-"
        edit = insertion(draft, place, [head, "", *(f"{bullet} {_escaped(text)}" for text in texts)], part)
        if is_safe(draft, edit):
            return (edit,)
    notes.append(Note(part, "no place is safe for it: the text around every candidate would change its meaning"))
    return ()


def _takeaways_head(draft: Draft, place: int, label: str) -> str:
    """A heading, unless it would take a paragraph of the author's under it; then a bold label."""
    if any(b.kind not in ("comment", "definition", "footnote", "rule", "opaque") for b in _until_heading(draft, place)):
        return f"**{label}**"
    return f"{'#' * _section_level(draft)} {label}"


def _until_heading(draft: Draft, place: int) -> Iterator[Block]:
    for block in draft.blocks[place:]:
        if block.kind == "heading":
            return
        yield block


def _section_level(draft: Draft) -> int:
    """The level of the draft's sections: the commonest below the H1."""
    levels = [h.level for h in draft.headings if h.level > 1]
    return min(levels, default=2)


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
