"""Lines as blocks of their own, tried on a parse of the text they would make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Block, Draft, Edit, Span

_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}(?=[^`\r\n]*(?:\r|\n|\Z))|~{3,})(?P<rest>[^\r\n]*)", re.MULTILINE)


def insertion(draft: Draft, place: int, lines: Sequence[str], kind: str) -> Edit:
    """Lines as blocks of their own before block `place`, or after the last block."""
    end = draft.newline
    text = end.join(lines)
    if place >= len(draft.blocks):
        at = draft.blocks[-1].span.end if draft.blocks else draft.body.end
        return Edit(Span(at, at), end * 2 + text, kind)
    at = draft.blocks[place].span.start
    lead = "" if at == draft.body.start or _blank_before(draft, at) else end
    return Edit(Span(at, at), lead + text + end * 2, kind)


def _blank_before(draft: Draft, at: int) -> bool:
    line = draft.line(at)
    return line > 1 and not draft.source[draft.line_starts[line - 2] : at].strip() and draft.line_starts[line - 2] >= draft.body.start


def is_safe(draft: Draft, edit: Edit) -> bool:
    """Whether the insertion is outside the author's blocks for us, and outside code for a reader that knows less.

    Many preprocessors find code by its fences alone, and know neither HTML
    comments nor how far a list indents.
    """
    fence = ""
    for line in _FENCE.finditer(draft.source, draft.body.start, edit.span.start):
        if not fence:
            fence = line["fence"]
        elif line["fence"].startswith(fence) and not line["rest"].strip():
            fence = ""
    return not fence and keeps_blocks(draft, edit)


def keeps_blocks(draft: Draft, edit: Edit) -> bool:
    """Whether the author's blocks come out of the edited text as they were, with whole new ones between them."""
    try:
        after = parse(apply_edits([edit], draft.source), draft.path, dialect=draft.dialect, language=draft.language)
    except DraftRefused:
        return False
    shift = len(edit.text) - len(edit.span)
    here = Span(edit.span.start, edit.span.start + len(edit.text))
    old = [b for b in draft.blocks if not edit.span.contains(b.span)]
    new = [b for b in after.blocks if not here.contains(b.span)]
    moved = [Block(b.kind, Span(b.span.start + shift, b.span.end + shift) if b.span.start >= edit.span.end else b.span) for b in old]
    return new == moved and len(new) < len(after.blocks)
