"""The links of a draft, and which of them stay on the site."""

from __future__ import annotations

import re

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Link, measured

_SCHEME = lazily(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_HOST = lazily(r"(?:https?:)?//(?:[^/?#@\s]*@)?(?P<host>[^/?#:\s]+)", re.IGNORECASE)


def is_internal(href: str, hosts: frozenset[str] = frozenset()) -> bool:
    """Whether a link leads to a page of the same site: a relative or absolute path, or an address on one of `hosts`.

    `hosts` are bare host names; a leading "www." makes no difference. A place
    on the same page ("#intro"), a mail address or data are no page.
    """
    target = href.strip()
    if not target or target.startswith("#"):
        return False
    if host := _HOST.match(target):
        return _bare(host["host"]) in {_bare(name) for name in hosts}
    return not target.startswith("//") and not _SCHEME.match(target)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


@measured
def links(draft: Draft) -> tuple[Link, ...]:
    """The author's own links, images and the tool's own parts left out."""
    return tuple(link for link in draft.links if not link.image and not (link.prose is not None and draft.prose[link.prose].known))
