"""How a draft writes its links to the site's pages: by address, by file, or as wikilinks with the page's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from posixpath import basename, dirname, relpath
from typing import Literal

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, LinkSuggestion, WrittenLink
from geo_optimizer.site.addresses import without_extension
from geo_optimizer.site.index import Site
from geo_optimizer.site.places import linking_source
from geo_optimizer.site.scan import links_of

Manner = Literal["address", "file", "wiki"]
_LOOKED_AT = 1_000  # links of the site, where the draft has none itself
_WEB = lazily(r"(?:https?:)?//(?P<host>[^/?#\s]+)", re.IGNORECASE)
_BEHIND_TEMPLATE = lazily(
    r"\{\{[^{}\n]*\}\}/"
)  # `{{ site.baseurl }}/guides/`, which is written out: a template may be none to who reads the draft
_SCHEME = lazily(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# What a generator fills in (`/:title/`, `{{ slug }}`), and Jekyll's names for such patterns.
_PATTERN = lazily(r"\{\{|\{%|<%|\$\{|(?:^|/):[a-z]|^(?:pretty|date|none|ordinal|weekdate)$", re.IGNORECASE)
_IN_NO_NAME = frozenset("[]|#^\\\r\n")  # what a wikilink cannot have in a page's name
_NAMED_LAST = lazily(r"\[\[[^\[\]\n|]*[ \t][^\[\]\n|]*\|[\w-]+(?:\.[\w-]+)+\]\]")  # Dendron: the words, then the note


class Unwritable(Exception):
    """A link that cannot be written, and why."""


class Writer:
    """Writes links from one draft to the pages of one site as that draft does, or else the site."""

    def __init__(self, draft: Draft, site: Site) -> None:
        self._draft = draft
        self._site = site
        self._own = site.own_page(draft)
        self._source = linking_source(draft)
        self._links = links_of(self._source)

    @cached_property
    def _linked(self) -> dict[tuple[str, bool], int]:
        """The draft's links to pages of the site: as written, and whether as a wikilink; and the page that each means."""
        hrefs = {(link.href, link.wiki) for link in self._links} | {(link.href, False) for link in self._draft.links if not link.image}
        found = {(href, wiki): self._site.addresses.resolve(href, self._own, wiki=wiki) for href, wiki in hrefs}
        return {link: page for link, page in found.items() if page is not None and page != self._own}

    @property
    def linked(self) -> frozenset[int]:
        """The pages that the draft links to, in whatever syntax; its own aside."""
        return frozenset(self._linked.values())

    @cached_property
    def manner(self) -> Manner:
        """What the draft's own links to pages show; where it has none, the site's; where that has none, what the dialect is used for."""
        shown = _shown(self._linked) or _shown(self._site.known.hrefs(_LOOKED_AT))
        shown = shown or ("wiki" if self._draft.dialect == "obsidian" else "address")
        return "address" if shown == "file" and self._file_of_own is None else shown

    @cached_property
    def _file_of_own(self) -> int | None:
        """The page that the draft's file is; one that is only called as the draft stands elsewhere."""
        return self._site.number_of(self._draft.path)

    def written(self, found: LinkSuggestion) -> WrittenLink:
        """The link as this draft writes such. Raises Unwritable."""
        page = self._site.addresses.by_url(found.target)
        if page is None:
            raise Unwritable("no page of the site has this address")
        if self.manner == "wiki":
            return WrittenLink(found, self._name(page), wiki=True)
        to = self._file(page) if self.manner == "file" else self._address(found.target)
        if self._site.addresses.resolve(to, self._own) != page:
            raise Unwritable(f"{to} is not known to lead there from this draft")
        return WrittenLink(found, to)

    def _address(self, url: str) -> str:
        """A page's URL as the draft's links to pages begin; where it has none, those of the site; else as the page itself states it."""
        url = _address(url)
        addresses = self._site.addresses
        if self._front is None:
            return url if _WEB.match(url) else addresses.prefix + url
        web = _WEB.match(url)
        if web and web["host"].lower().removeprefix("www.") not in addresses.hosts:
            return url
        path = url[web.end() :] or "/" if web else url
        if web and addresses.base and f"{path}/".startswith(f"{addresses.base}/"):
            path = path[len(addresses.base) :] or "/"
        return self._front + path

    @cached_property
    def _front(self) -> str | None:
        """What stands before the path of a page in most links of the draft, or else of the site; None without any."""
        for hrefs in (self._linked, self._site.known.hrefs(_LOOKED_AT)):
            fronts = Counter(front for href, wiki in hrefs if not wiki and (front := self._front_of(href)) is not None)
            if fronts:
                return max(sorted(fronts), key=lambda front: fronts[front])
        return None

    def _front_of(self, href: str) -> str | None:
        """Host, and the path that the whole site is put below; None of a link that is relative, or that a generator makes."""
        addresses = self._site.addresses
        if href.startswith("{"):
            return addresses.base if _BEHIND_TEMPLATE.match(href) else None
        host = web[0] if (web := _WEB.match(href)) else ""
        path = href[len(host) :] or "/"
        if not path.startswith("/"):
            return None
        return host + addresses.base if addresses.base and f"{path}/".startswith(f"{addresses.base}/") else host

    def _name(self, page: int) -> str:
        """The shortest name by which a wikilink finds the page."""
        if _NAMED_LAST.search(self._source):
            raise Unwritable("the draft's wikilinks have the words first, and such are not written")
        path = without_extension(self._site.pages[page].path)
        for name in (basename(path), path):
            if _IN_NO_NAME.isdisjoint(name) and self._site.addresses.resolve(name, self._own, wiki=True) == page:
                return name
        raise Unwritable("no name leads a wikilink to that page alone")

    def _file(self, page: int) -> str:
        assert self._file_of_own is not None
        return relpath(self._site.pages[page].path, dirname(self._site.pages[self._file_of_own].path))


def _shown(links: Iterable[tuple[str, bool]]) -> Manner | None:
    """Wikilinks, or files, where all are such; templates, which only a generator can fill in, aside."""
    kinds = {_kind(href, wiki=wiki) for href, wiki in links if wiki or "{" not in href}
    return None if not kinds else kinds.pop() if len(kinds) == 1 else "address"


def _kind(href: str, *, wiki: bool) -> Manner:
    path = re.split(r"[?#]", href, maxsplit=1)[0].lower()
    return "wiki" if wiki else "file" if path.endswith((".md", ".mdx")) and not path.startswith(("/", "http")) else "address"


def _address(url: str) -> str:
    """A page's URL as a link to it; of one without host or slash the site's root is meant."""
    if _PATTERN.search(url):
        raise Unwritable(f"{url} is a pattern that the site's generator fills in")
    if _WEB.match(url) or url.startswith("/"):
        return url
    if _SCHEME.match(url):
        raise Unwritable(f"{url} is no address of a page")
    return f"/{url}"
