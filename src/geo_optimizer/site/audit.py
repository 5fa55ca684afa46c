"""The state of a whole site, from its pages and links as they pass by: no page's text is held.

    audit_site(site)          the same, of a site that is open (`site.rows`)
    audit(pages, links)       -> Audit

What is kept of a page is its name, address, title and a fingerprint of 128
bytes, of a link the two pages; both are read once, so that they may come from
a database of any size.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo_optimizer.site.addresses import url_key
from geo_optimizer.site.alike import Alike, alike
from geo_optimizer.site.alternates import alternates
from geo_optimizer.site.anchors import Anchor, Anchors
from geo_optimizer.site.dead import DeadLink, IsThere, Lost, Spelled, is_asset
from geo_optimizer.site.duplicates import SHORTEST_DESCRIPTION, Sayings, Shared


class PageRow(NamedTuple):
    """A page as it comes in. `words`: how many its text has; `is_list`: it stands for a folder, or is the home page."""

    number: int
    path: str
    url: str
    title: str
    description: str
    hidden: bool
    date: dt.date | None
    words: int
    is_list: bool
    fingerprint: bytes


class LinkRow(NamedTuple):
    """A link as it comes in. `target`: the page it leads to, if it leads to one; `internal`: it stays on the site by its words."""

    page: int
    href: str
    text: str
    target: int | None
    internal: bool
    wiki: bool = False


class Known(NamedTuple):
    """What is kept of a page. `inlinks`: how many other pages link to it that are not hidden; `outlinks`: how many it links to."""

    path: str
    url: str
    title: str
    hidden: bool
    is_list: bool
    words: int
    date: dt.date | None
    inlinks: int = 0
    outlinks: int = 0


class HiddenLink(NamedTuple):
    """A link of a published page to one that is a draft, or kept from search engines. `line`: 1-based, where the file could be asked."""

    page: int
    href: str
    text: str
    target: int
    line: int | None = None


class Clash(NamedTuple):
    """A page, and the files whose pages would stand at its address: which are left out."""

    page: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What there is to know of a site. Pages are named by their number, which is their place in `pages`.

    `edges`: which pages link to which, each pair once, as two columns.
    `compared`: pairs of pages that were compared to find those alike.
    """

    pages: tuple[Known, ...]
    edges: tuple[array[int], array[int]]
    dead: tuple[DeadLink, ...]
    to_hidden: tuple[HiddenLink, ...]
    same_address: tuple[Clash, ...]
    orphans: tuple[int, ...]
    without_outlinks: tuple[int, ...]
    same_title: tuple[Shared, ...]
    same_description: tuple[Shared, ...]
    alike: tuple[Alike, ...]
    anchors: tuple[Anchor, ...]
    compared: int

    @property
    def has_texts(self) -> bool:
        """Whether pages were read, so that their links are known: a sitemap names addresses alone."""
        return any(page.words for page in self.pages)

    @property
    def links(self) -> int:
        """How many pairs of pages are linked."""
        return len(self.edges[0])


def audit(
    pages: Iterable[PageRow],
    links: Iterable[LinkRow],
    *,
    is_there: IsThere = lambda _page, _found: False,
    spelled: Spelled = lambda key: (key,),
    clashes: Iterable[tuple[int, str]] = (),
    languages: Collection[str] | None = None,
) -> Audit:
    """Look at a whole site.

    `pages` are numbered from 0 in their order; of `links`, those of one page
    come together. `is_there`: whether what a link of a page means exists though
    no page is it (a file of another kind); asked only where no page is.
    `spelled`: which keys of pages may be meant by the key of a link's address.
    `clashes`: pages, each with a file that would have its address, too.
    `languages`: the folders that are languages; None: all that look so.
    """
    book = _Book(pages)
    graph = _Graph(book)
    for row in links:
        graph.add(row)
    known = tuple(page._replace(inlinks=graph.inlinks[n], outlinks=graph.outlinks[n]) for n, page in enumerate(book.pages))
    compared = alike(book.prints, lambda one, other: alternates(known[one].path, known[other].path, languages))
    paths = [page.path for page in known]
    has_others = len(known) > 1 and any(page.words for page in known)
    return Audit(
        pages=known,
        edges=(graph.sources, graph.targets),
        dead=tuple(graph.lost.dead(known, is_there, spelled)),
        to_hidden=tuple(graph.to_hidden),
        same_address=tuple(_clashes(known, clashes, languages)),
        orphans=tuple(n for n, page in enumerate(known) if not page.inlinks and _is_article(page) and has_others),
        without_outlinks=tuple(n for n, page in enumerate(known) if page.words and not graph.stays[n] and _is_article(page) and has_others),
        same_title=tuple(book.titles.shared(paths, anywhere=False, languages=languages)),
        same_description=tuple(book.descriptions.shared(paths, anywhere=True, languages=languages)),
        alike=compared.groups,
        anchors=tuple(graph.anchors.several(paths, languages)),
        compared=compared.pairs,
    )


def _clashes(pages: Sequence[Known], clashes: Iterable[tuple[int, str]], languages: Collection[str] | None) -> Iterator[Clash]:
    """Translations and versions aside, as the language or version may be a part of the address that nobody here knows."""
    found: dict[int, list[str]] = {}
    for page, other in clashes:
        if not pages[page].hidden and not alternates(pages[page].path, other, languages):
            found.setdefault(page, []).append(other)
    yield from (Clash(page, tuple(sorted(others))) for page, others in sorted(found.items()))


def _is_article(page: Known) -> bool:
    """Whether a page is one that others should link to, and that should lead on: neither hidden nor a list itself."""
    return not page.hidden and not page.is_list and url_key(page.url) != ""


class _Book:
    """The pages, as they came."""

    def __init__(self, rows: Iterable[PageRow]) -> None:
        self.pages: list[Known] = []
        self.prints: list[bytes] = []
        self.titles, self.descriptions = Sayings(), Sayings()
        for row in rows:
            self.pages.append(Known(row.path, row.url, row.title, row.hidden, row.is_list, row.words, row.date))
            self.prints.append(b"" if row.hidden else row.fingerprint)
            if not row.hidden:
                self.titles.add(row.title, row.number)
            if not row.hidden and len(row.description) >= SHORTEST_DESCRIPTION:
                self.descriptions.add(row.description, row.number)


class _Graph:
    """The links, as they came."""

    def __init__(self, book: _Book) -> None:
        self.sources, self.targets = array("I"), array("I")
        self.inlinks, self.outlinks = array("I", bytes(4 * len(book.pages))), array("I", bytes(4 * len(book.pages)))
        self.stays = bytearray(len(book.pages))  # of each page, whether any link of it stays on the site
        self.anchors = Anchors()
        self.lost = Lost()
        self.to_hidden: list[HiddenLink] = []
        self._hidden = [page.hidden for page in book.pages]
        self._page, self._seen = -1, set[int]()

    def add(self, row: LinkRow) -> None:
        if row.target is None:
            if row.internal and (row.wiki or not is_asset(row.href)):
                self.stays[row.page] = 1
                self.lost.add(row.page, row.href, row.text, wiki=row.wiki)
        elif row.target != row.page:
            self.stays[row.page] = 1
            self.anchors.add(row.text, row.page, row.target)
            self.lost.reached(row.target, row.href, wiki=row.wiki)
            self._join(row.page, row.target)
            if self._hidden[row.target] and not self._hidden[row.page]:
                self._add_hidden(row.page, row.href, row.text, row.target)

    def _add_hidden(self, page: int, href: str, text: str, target: int) -> None:
        before = self.to_hidden[-1] if self.to_hidden else None
        if text or before is None or (before.page, before.href) != (page, href):
            self.to_hidden.append(HiddenLink(page, href, text, target))

    def _join(self, page: int, target: int) -> None:
        if page != self._page:
            self._page, self._seen = page, set()
        if target not in self._seen:
            self._seen.add(target)
            self.sources.append(page)
            self.targets.append(target)
            self.outlinks[page] += 1
            self.inlinks[target] += not self._hidden[page]
