"""Which parts of a draft show a template, whose gaps are for its readers to fill in."""

from __future__ import annotations

from bisect import bisect_right

from geo_optimizer.model import Draft, Span, measured

_WORD = "template"


def is_of_template(draft: Draft, span: Span) -> bool:
    """Whether the title, a heading above the place, or the text of its section so far speaks of a template."""
    if _WORD in (draft.title or "").lower():
        return True
    number = bisect_right(draft.prose, span.start, key=lambda prose: prose.span.start) - 1
    if number < 0:
        return False
    heading = draft.prose[number].heading
    return _first_mentions(draft).get(heading, number + 1) <= number or heading in _headed(draft)


@measured
def _first_mentions(draft: Draft) -> dict[int | None, int]:
    """Sections by their headings' indices -> the first text there that speaks of a template."""
    found: dict[int | None, int] = {}
    for number, prose in enumerate(draft.prose):
        if prose.heading not in found and _WORD in prose.text.lower():
            found[prose.heading] = number
    return found


@measured
def _headed(draft: Draft) -> frozenset[int | None]:
    """The sections below a heading that speaks of a template, at any depth."""
    found: set[int | None] = set()
    level = None  # of the heading that does, as long as what follows is below it
    for number, heading in enumerate(draft.headings):
        if level is None or heading.level <= level:
            level = heading.level if _WORD in heading.text.lower() else None
        if level is not None:
            found.add(number)
    return frozenset(found)
