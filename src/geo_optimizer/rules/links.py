"""L: links that readers and crawlers can use."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.model import Draft
from geo_optimizer.rules.rule import Evidence, Hit, rule

_GOOGLE_LINKS = Evidence("guidance", "Google Search Central, Link best practices: anchor text placement")
_VAGUE = frozenset(
    "here|click here|this|link|this link|read more|more|learn more|this page|this article|this post|hier|ici|aquí|qui|aqui".split("|")
)


@rule("L001", "info", _GOOGLE_LINKS)
def vague_anchor(draft: Draft) -> Iterator[Hit]:
    """A link's words do not say where it leads.

    Why: anchor text tells readers and search engines something about the
    linked page.

    Fires on:

        The figures are [here](/prices/).

    Silent on:

        We publish [the figures for spring](/prices/).
    """
    for link in draft.links:
        if not link.image and link.text.strip(" .:…").casefold() in _VAGUE:
            yield Hit(link.span, f"the anchor “{link.text.strip()}” does not say where the link leads")


@rule("L002", "warning", _GOOGLE_LINKS)
def empty_link(draft: Draft) -> Iterator[Hit]:
    """A link has no destination.

    Why: it leads nowhere; usually it was left to be filled in.

    Fires on:

        See [the figures]().

    Silent on:

        See [the figures](/prices/).
    """
    for link in draft.links:
        if not link.href.strip():
            yield Hit(link.span, f"“{link.text.strip()}” links to nothing")
