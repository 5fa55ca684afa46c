"""H: the outline by which readers scan and engines cut a page into passages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from geo_optimizer.analysis.sources import links_by_prose
from geo_optimizer.model import Draft
from geo_optimizer.rules.rule import Evidence, Hit, rule

_WCAG = Evidence("craft", "W3C Web Accessibility Initiative, Page structure: headings")


@rule("H001", "warning", _WCAG)
def several_h1(draft: Draft) -> Iterator[Hit]:
    """The body has more than one H1.

    Why: the H1 names the page; a second one splits it for screen readers and
    for whatever takes the outline for its table of contents.

    Fires on:

        # One

        Text.

        # Two

    Silent on:

        # One

        Text.

        ## Two
    """
    titles = [h for h in draft.headings if h.level == 1]
    for heading in titles[1:]:
        yield Hit(heading.span, f"a second H1; the first is on line {draft.line(titles[0].span.start)}")


@rule("H002", "warning", _WCAG)
def skipped_level(draft: Draft) -> Iterator[Hit]:
    """A heading is more than one level deeper than the one before it.

    Why: a missing level detaches a passage from the topic that it belongs to.

    Fires on:

        # Title

        ### Detail

    Silent on:

        # Title

        ## Section

        ### Detail
    """
    for above, here in pairwise(draft.headings):
        if here.level > above.level + 1:
            yield Hit(here.span, f"h{here.level} follows h{above.level}; use h{above.level + 1}")


@rule("H003", "warning", _WCAG)
def empty_heading(draft: Draft) -> Iterator[Hit]:
    """A heading has no text.

    Why: it stands in the outline and says nothing.

    Fires on:

        # Title

        ##

        Text.

    Silent on:

        # Title

        ## ![A chart](chart.png)
    """
    for heading in draft.headings:
        links = links_by_prose(draft).get(heading.prose, ())
        if not heading.text and not any(heading.span.contains(link.span) for link in links):
            yield Hit(heading.span, "an empty heading")


@rule("H004", "info", _WCAG)
def duplicate_heading(draft: Draft) -> Iterator[Hit]:
    """Two headings under the same parent have the same text.

    Why: a link to one of them, or a passage quoted with its heading, does not
    say which is meant.

    Fires on:

        # Title

        ## Results

        Text.

        ## Results

    Silent on:

        # Title

        ## First study

        ### Results

        ## Second study

        ### Results
    """
    path: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for heading in draft.headings:
        path = [*path[: heading.level - 1], *[""] * (heading.level - 1 - len(path)), heading.text.casefold()]
        if heading.text and tuple(path) in seen:
            yield Hit(heading.span, f"the same heading as on line {seen[tuple(path)]}")
        seen.setdefault(tuple(path), draft.line(heading.span.start))
