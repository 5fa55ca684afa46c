"""Accepted lines -> edits: where things go, and under which keys.

Every insertion is tried on a parse of the text it would make; where the
author's own blocks would not come out as they were, the part is left out and a
note says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geo_optimizer.compose.closing import closing_places
from geo_optimizer.compose.comment import link_comment
from geo_optimizer.compose.keys import frontmatter_edits, wanted_keys
from geo_optimizer.compose.layout import Places
from geo_optimizer.compose.lists import FEWEST_LINES, MOST_LINES, list_part, refreshed
from geo_optimizer.compose.opening import lead_places
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Draft, Edit, Enhancement, EnhancementKind, KnownKind, LinkSuggestion, Note
from geo_optimizer.options import Options, Part, Refreshable

__all__ = ["compose", "wanted"]

# The parts that are lists of lines: the kind of line, the part, its name in the options, and where it may stand.
_LISTS: tuple[tuple[EnhancementKind, KnownKind, Part, Refreshable, Callable[[Draft], Places]], ...] = (
    ("tldr", "tldr", "tldr", "tldr", lead_places),
    ("takeaway", "takeaways", "takeaways", "takeaways", closing_places),
)


def wanted(draft: Draft, options: Options) -> frozenset[EnhancementKind]:
    """The kinds of line that this draft lacks, or that are to be refreshed, and that this run may add."""
    kinds: set[EnhancementKind] = set()
    if "frontmatter" in options.parts:
        kinds |= wanted_keys(draft, options)
    for kind, known, part, name, _ in _LISTS:
        if part in options.parts and (name in options.refresh or not draft.knows(known)):
            kinds.add(kind)
    return frozenset(kinds)


def compose(
    draft: Draft, lines: Sequence[Enhancement], links: Sequence[LinkSuggestion], options: Options
) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """The edits that put accepted lines and link suggestions into the draft, and notes on what was left out."""
    kinds = wanted(draft, options)
    notes: list[Note] = []
    metadata = frontmatter_edits(draft, [line for line in lines if line.kind in kinds], options, notes)
    body: list[Edit] = []
    for kind, part, _, _, places in _LISTS:
        if kind in kinds:
            body += _lines_of(draft, part, [line.text for line in lines if line.kind == kind][:MOST_LINES], places, body, notes)
    body += link_comment(draft, links, options, body, notes)
    return (*metadata, *body), tuple(notes)


def _lines_of(
    draft: Draft, part: KnownKind, texts: Sequence[str], places: Callable[[Draft], Places], before: Sequence[Edit], notes: list[Note]
) -> tuple[Edit, ...]:
    """One part, written or refreshed, if there are lines enough and words to head it with."""
    old = "; the one that is there stays" if draft.knows(part) else ""
    if len(texts) < FEWEST_LINES:
        few = f"too little in the draft stands alone: {_count(len(texts))} of the {FEWEST_LINES} needed; nothing was padded{old}"
        notes.append(Note(part, few))
        return ()
    if old:
        return refreshed(draft, part, texts, before, notes)
    if draft.language not in LABELS:
        notes.append(Note(part, f"no label is known for the language {draft.language!r}"))
        return ()
    return list_part(draft, part, texts, places(draft), before, notes)


def _count(lines: int) -> str:
    return {0: "no line", 1: "only one line"}.get(lines, f"only {lines} lines")
