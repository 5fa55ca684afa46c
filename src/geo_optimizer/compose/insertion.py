"""Lines as blocks of their own, tried on a parse of the text they would make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.compose.enclosures import openings
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import Moves, apply_edits, blocks_of
from geo_optimizer.model import Block, Draft, Edit, Note, Span

_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}(?=[^`\r\n]*(?:\r|\n|\Z))|~{3,})(?P<rest>[^\r\n]*)", re.MULTILINE)


def insertion(draft: Draft, place: int, lines: Sequence[str], kind: str) -> Edit:
    """Lines as blocks of their own before block `place`, or after the last block.

    Before our own link comment they go right behind the block above it, so
    that the comment can be replaced or removed in the same run.
    """
    end = draft.newline
    text = end.join(lines)
    if place >= len(draft.blocks):
        at = draft.blocks[-1].span.end if draft.blocks else draft.body.end
        return Edit(Span(at, at), end * 2 + text, kind)
    at = draft.blocks[place].span.start
    if place and _is_link_comment(draft, place):
        above = draft.blocks[place - 1].span.end
        return Edit(Span(above, above), end * 2 + text + ("" if _blank_before(draft, at) else end), kind)
    lead = "" if at == draft.body.start or _blank_before(draft, at) else end
    return Edit(Span(at, at), lead + text + end * 2, kind)


def _is_link_comment(draft: Draft, place: int) -> bool:
    return any(part.kind == "links" and part.span == draft.blocks[place].span for part in draft.known)


def _blank_before(draft: Draft, at: int) -> bool:
    line = draft.line(at)
    return line > 1 and not draft.source[draft.line_starts[line - 2] : at].strip() and draft.line_starts[line - 2] >= draft.body.start


def is_safe(draft: Draft, edit: Edit, before: Sequence[Edit] = ()) -> bool:
    """Whether the edit, made with those planned before it, is outside the author's blocks for us, and outside code for a reader that knows less.

    Many preprocessors find code by its fences alone, and know neither HTML
    comments nor how far a list indents. Those before count, since the next run
    will find them there. Nothing is put behind an opening that nothing closes:
    whether it holds what follows is for its renderer to say, and most say so.
    """
    at = edit.span.start
    if not len(edit.span) and any(opening.span.start < at for opening in openings(draft)[:1]):
        return False
    return _open_fence(draft, at) is None and keeps_blocks(draft, [*before, edit])


def _open_fence(draft: Draft, at: int) -> Span | None:
    """The code fence that is open at `at` for a reader that knows nothing but fences."""
    fence, opening = "", None
    for line in _FENCE.finditer(draft.source, draft.body.start, at):
        if not fence:
            fence, opening = line["fence"], Span(*line.span("fence"))
        elif line["fence"].startswith(fence) and not line["rest"].strip():
            fence, opening = "", None
    return opening


def keeps_blocks(draft: Draft, edits: Sequence[Edit]) -> bool:
    """Whether the author's blocks come out of the edited text as they were, with whole new ones between them."""
    try:
        after = blocks_of(apply_edits(edits, draft.source), draft.dialect)
    except DraftRefused:
        return False
    moves = Moves(edits)
    old = [Block(b.kind, moves.moved(b.span)) for b in draft.blocks if not moves.replaced(b.span)]
    new = [b for b in after if not moves.inserted(b.span)]
    return new == old and len(new) + sum(bool(edit.text) for edit in edits) <= len(after)


def obstacle(draft: Draft, edit: Edit, part: str, otherwise: str) -> Note:
    """Why the edit is not made: what is open where it would stand, and the remedy; or else `otherwise`."""
    at = edit.span.start
    for opening in openings(draft)[:1]:
        if opening.span.start < at:
            return Note(part, f"this {opening.what} is never closed, and what is added below would stand inside it: close it", opening.span)
    if (fence := _open_fence(draft, at)) is not None:
        return Note(part, "readers that know only code fences take all below this one for code: close it", fence)
    near = next((b.span for b in draft.blocks if b.span.end >= at), None)
    return Note(part, otherwise, near)
