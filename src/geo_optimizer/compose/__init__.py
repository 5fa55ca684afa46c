"""Accepted lines -> edits: where things go, and under which keys.

Every insertion is tried on a parse of the text it would make; where the
author's own blocks would not come out as they were, the part is left out and a
note says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo_optimizer.compose.comment import link_comment
from geo_optimizer.compose.keys import frontmatter_edits, wanted_keys
from geo_optimizer.compose.lists import FEWEST_LINES, MOST_LINES, list_part
from geo_optimizer.compose.places import closing_places, lead_places
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Draft, Edit, Enhancement, EnhancementKind, LinkSuggestion, Note
from geo_optimizer.options import Options

__all__ = ["compose", "wanted"]


def wanted(draft: Draft, options: Options) -> frozenset[EnhancementKind]:
    """The kinds of line that this draft lacks and this run may add."""
    kinds: set[EnhancementKind] = set()
    if "frontmatter" in options.parts:
        kinds |= wanted_keys(draft, options)
    if "tldr" in options.parts and not draft.knows("tldr"):
        kinds.add("tldr")
    if "takeaways" in options.parts and not draft.knows("takeaways"):
        kinds.add("takeaway")
    return frozenset(kinds)


def compose(
    draft: Draft, lines: Sequence[Enhancement], links: Sequence[LinkSuggestion], options: Options
) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """The edits that put accepted lines and link suggestions into the draft, and notes on what was left out."""
    kinds = wanted(draft, options)
    notes: list[Note] = []
    edits = [*frontmatter_edits(draft, [line for line in lines if line.kind in kinds], options, notes)]
    labels = LABELS.get(draft.language)
    for kind, part, at in (("tldr", "tldr", lead_places), ("takeaway", "takeaways", closing_places)):
        texts = [line.text for line in lines if line.kind == kind][:MOST_LINES]
        if kind not in kinds:
            continue
        if labels is None:
            notes.append(Note(part, f"no label is known for the language {draft.language!r}"))
        elif len(texts) < FEWEST_LINES:
            notes.append(
                Note(part, f"too little in the draft stands alone: {_count(len(texts))} of the {FEWEST_LINES} needed; nothing was padded")
            )
        else:
            edits += list_part(draft, part, texts, at, labels, notes)
    edits += link_comment(draft, links, options, notes)
    return tuple(edits), tuple(notes)


def _count(lines: int) -> str:
    return {0: "no line", 1: "only one line"}.get(lines, f"only {lines} lines")
