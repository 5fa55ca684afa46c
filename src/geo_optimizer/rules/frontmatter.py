"""F: the metadata that search results show and engines index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.markdown.frontmatter import DESCRIPTION_KEYS
from geo_optimizer.model import Draft, Span, Template
from geo_optimizer.rules.rule import Evidence, Hit, rule

_GOOGLE_SNIPPETS = Evidence("guidance", "Google Search Central, Control your snippets in search results")
_GOOGLE_TITLES = Evidence("guidance", "Google Search Central, Influencing your title links in search results")


def _top(draft: Draft) -> Span:
    return draft.frontmatter.span if draft.frontmatter else Span(draft.body.start, draft.body.start)


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.lower()) if len(w) > 3 or w.isdigit()}


def _said_elsewhere(draft: Draft, key: str = "") -> bool:
    """Whether a template makes the value of `key`, or the metadata is in a language that is not read."""
    frontmatter = draft.frontmatter
    return frontmatter is not None and (frontmatter.format == "other" or isinstance(frontmatter.values.get(key), Template))


@rule("F001", "warning", _GOOGLE_TITLES)
def missing_title(draft: Draft) -> Iterator[Hit]:
    """A page has neither a title in its frontmatter nor an H1.

    Why: the title is the strongest sign of what a page is about, for readers,
    search engines and the retrieval step of answer engines alike.

    Fires on:

        Prices rose by a tenth.

    Silent on:

        # Prices in spring

        Prices rose by a tenth.

    Silent on:

        ---
        title: {{ page.name }}
        ---
        Prices rose by a tenth.
    """
    if draft.title is None and not _said_elsewhere(draft, "title"):
        yield Hit(_top(draft), "no title: neither `title` in the frontmatter nor an H1")


@rule("F002", "warning", _GOOGLE_SNIPPETS)
def missing_description(draft: Draft) -> Iterator[Hit]:
    """A page with frontmatter has no description there.

    Why: search engines show the description as the snippet when it describes
    the page better than a passage of it would.

    Fires on:

        ---
        title: Prices in spring
        ---
        Prices rose by a tenth.

    Silent on:

        ---
        title: Prices in spring
        description: Prices rose by a tenth in spring, most of all for energy.
        ---
        Prices rose by a tenth.
    """
    if draft.frontmatter and not _said_elsewhere(draft) and not any(draft.frontmatter.values.get(key) for key in DESCRIPTION_KEYS):
        yield Hit(_top(draft), "no description in the frontmatter; search results will show a passage of their own choice")


@rule("F003", "info", _GOOGLE_TITLES)
def two_titles(draft: Draft) -> Iterator[Hit]:
    """The frontmatter's title and the H1 share hardly a word.

    Why: with two titles at odds a search engine picks its own title link.

    Fires on:

        ---
        title: Why budgets fail
        ---
        # Our spring report

        Prices rose.

    Silent on:

        ---
        title: "Our spring report: why budgets fail"
        ---
        # Our spring report

        Prices rose.
    """
    stated = draft.frontmatter.values.get("title") if draft.frontmatter else None
    h1 = next((h for h in draft.headings if h.level == 1 and h.text), None)
    if isinstance(stated, str) and h1 and _words(stated) and _words(h1.text) and not _words(stated) & _words(h1.text):
        yield Hit(h1.span, f"the H1 shares no word with the title “{stated}”")
