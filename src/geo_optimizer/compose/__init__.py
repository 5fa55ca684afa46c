"""Accepted lines -> edits: where things go, and under which keys.

Every insertion is tried on a parse of the text it would make; where the
author's own blocks would not come out as they were, the part is left out and a
note says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo_optimizer.compose.closing import closing_places
from geo_optimizer.compose.comment import link_comment
from geo_optimizer.compose.keys import frontmatter_edits, replaceable_keys, unfound_keys, wanted_keys
from geo_optimizer.compose.layout import Places
from geo_optimizer.compose.links import link_edits, obstructed
from geo_optimizer.compose.lists import FEWEST_LINES, MOST_LINES, list_part, refreshed
from geo_optimizer.compose.opening import lead_places
from geo_optimizer.engines.offline import why_little
from geo_optimizer.markdown import apply_edits, metadata_of, ordered
from geo_optimizer.markdown.frontmatter import EMPTY
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Draft, Edit, Enhancement, EnhancementKind, KnownKind, LinkSuggestion, Note, WrittenLink
from geo_optimizer.options import Options, Part, Refreshable

__all__ = ["FEWEST_LINES", "compose", "link_edits", "obstructed", "replaceable_keys", "too_few", "unfound_keys", "wanted"]

_HEAD = 40  # characters of a part's heading that are told
# The parts that are lists of lines: the kind of line, the part, and its name in the options.
_LISTS: tuple[tuple[EnhancementKind, KnownKind, Part, Refreshable], ...] = (
    ("tldr", "tldr", "tldr", "tldr"),
    ("takeaway", "takeaways", "takeaways", "takeaways"),
)


def wanted(draft: Draft, options: Options) -> frozenset[EnhancementKind]:
    """The kinds of line that this draft lacks, or that are to be refreshed, and that this run may add."""
    kinds: set[EnhancementKind] = set()
    if "frontmatter" in options.parts:
        kinds |= wanted_keys(draft, options)
    for kind, known, part, name in _LISTS:
        if part in options.parts and (name in options.refresh or not draft.knows(known)):
            kinds.add(kind)
    return frozenset(kinds)


def compose(
    draft: Draft,
    lines: Sequence[Enhancement],
    links: Sequence[LinkSuggestion],
    options: Options,
    written: Sequence[WrittenLink] = (),
) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """The edits that put accepted lines, the list of suggested `links` and the `written` ones into the draft, and notes on what was left out."""
    kinds = wanted(draft, options)
    notes: list[Note] = []
    metadata = frontmatter_edits(draft, [line for line in lines if line.kind in kinds], options, notes)
    body: list[Edit] = []
    for kind, part, name, _ in _LISTS:
        if kind not in kinds:
            notes += _kept(draft, part) if name in options.parts else ()
            continue
        texts = [line.text for line in lines if line.kind == kind][:MOST_LINES]
        if draft.knows(part):
            body += _anew(draft, part, texts, body, notes)
        else:
            places = closing_places(draft) if part == "takeaways" else _lead_places(draft, options, metadata)
            body += _added(draft, part, texts, places, body, notes)
    body += link_comment(draft, links, options, body, notes)
    made = link_edits(written) if "links" in options.parts else ()
    return ordered((*metadata, *body, *made)), tuple(notes)


def _lead_places(draft: Draft, options: Options, metadata: Sequence[Edit]) -> Places:
    """Where a TL;DR may stand, with what the draft, or an edit of its metadata, says for the lists of its site."""
    key = options.preset.introduces_by
    after = metadata_of(apply_edits(metadata, draft.source)) if key else None
    return lead_places(draft, options.preset, introduced=after is not None and after.values.get(key) not in EMPTY)


def _anew(draft: Draft, part: KnownKind, texts: Sequence[str], before: Sequence[Edit], notes: list[Note]) -> tuple[Edit, ...]:
    """Lines in place of those that are there, if they are enough."""
    if len(texts) >= FEWEST_LINES:
        return refreshed(draft, part, texts, before, notes)
    notes.append(Note(part, f"{too_few(draft, len(texts))}; the one that is there stays"))
    return ()


def _kept(draft: Draft, part: KnownKind) -> tuple[Note, ...]:
    """That the author has such a part, where it is headed in words that a reader would not take for it at once."""
    known = next((known for known in draft.known if known.kind == part), None)
    head = draft.text(known.span).strip().split("\n", 1)[0].strip("#*: ") if known else ""
    ours = LABELS.get(draft.language, ("", ""))[part == "takeaways"]
    if known is None or not head or ours.casefold() in head.casefold():
        return ()
    return (Note(part, f"the draft has its own, “{head[:_HEAD]}”; it is kept", known.span),)


def _added(
    draft: Draft, part: KnownKind, texts: Sequence[str], places: Places, before: Sequence[Edit], notes: list[Note]
) -> tuple[Edit, ...]:
    """A new part, if there is a place for it, lines enough, and words to head it with; the first of them that is lacking is noted."""
    if not places.at:
        notes.append(Note(part, places.why, places.span))
    elif len(texts) < FEWEST_LINES:
        notes.append(Note(part, too_few(draft, len(texts))))
    elif draft.language not in LABELS:
        notes.append(Note(part, f"no label is known for the language {draft.language!r}"))
    else:
        return list_part(draft, part, texts, places, before, notes)
    return ()


def too_few(draft: Draft, lines: int) -> str:
    """Why a list of so many lines is not written."""
    return f"{why_little(draft)}: {_count(lines)} of the {FEWEST_LINES} needed; nothing was padded"


def _count(lines: int) -> str:
    return {0: "no line", 1: "only one line"}.get(lines, f"only {lines} lines")
