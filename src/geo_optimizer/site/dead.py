"""Which links mean a page of the site, so that one which leads to no page is dead.

A link to a Markdown file says so itself. An address does not: tags, feeds and
the pages of an app have addresses as articles have, and no file here. So an
address counts only where the site's other links show that it is read rightly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol
from urllib.parse import unquote

from geo_optimizer.lazy import lazily
from geo_optimizer.site.addresses import FOLDER_NAMES, url_key, without_extension
from geo_optimizer.site.files import files_of
from geo_optimizer.site.nearest import Nearest

if TYPE_CHECKING:
    from geo_optimizer.site.index import Site

Kind = Literal["file", "address", "name"]
_MARKDOWN_FILE = lazily(r"(?P<path>[^?#:\s{}<>]+\.mdx?)(?:[?#].*)?", re.IGNORECASE)
_OWN_HOST = lazily(r"^(?:https?:)?//[^/?#]*", re.IGNORECASE)
_OPEN = frozenset("{}<>$*:|\\\"'`,;()[]@&=")  # of templates, placeholders, examples and queries
_NAME = lazily(r"\w[^\[\]{}<>$*\"`=|;]*")
# Parts of addresses at which generators, themes and applications make pages of their own.
_MADE = frozenset(
    """tag tags category categories topic topics author authors archive archives series page pages feed feeds rss atom search sitemap
    api assets static images image img media files file download downloads uploads wp-content wp-admin cdn-cgi edit blob tree raw
    login logout signin signup register account admin settings users user app""".split()
)
# What else than Markdown pages are made of.
_PAGE_FILES = (
    "html htm astro njk liquid hbs pug ejs vue svelte jsx tsx js ts php ipynb rst adoc asciidoc org txt qmd rmd erb slim haml tmpl".split()
)
# As with a site's own hosts (see addresses): so many different ones lead to pages, and no more of them to none.
_FOUND, _AT_ROOT = 3, 10


class Seen(Protocol):
    """What has to be known of a page: its file below the site's root, its URL, and whether it is kept from readers."""

    @property
    def path(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def hidden(self) -> bool: ...


class Meant(NamedTuple):
    """What a link means by its words: a Markdown `file`, the `address` of a page, or its `name` (of a wiki)."""

    kind: Kind
    path: str


class DeadLink(NamedTuple):
    """A link that leads to no page, and the page that was probably meant. `line`: 1-based, where the file could be asked."""

    page: int
    href: str
    text: str
    kind: Kind
    nearest: int | None
    line: int | None = None


IsThere = Callable[[int, Meant], bool]
# The key of an address as a link has it -> the keys that a page there may have, likeliest first.
Spelled = Callable[[str], tuple[str, ...]]


def meant(href: str, *, wiki: bool = False) -> Meant | None:
    """What page a link of this site means; None for anything else: an asset, a template, a place on the page, what a generator makes.

    `href` must be one that stays on the site (`analysis.links.is_internal`).
    """
    href = href.strip()
    if wiki:
        name = href.split("#", 1)[0].strip()
        return Meant("name", name) if _NAME.fullmatch(name) else None
    if file := _MARKDOWN_FILE.fullmatch(href):
        return Meant("file", file["path"])
    path = re.split(r"[?#]", _OWN_HOST.sub("", href), maxsplit=1)[0]
    return Meant("address", path) if _is_address(path) else None


def _is_named(found: Meant) -> bool:
    """Whether a link names a file of its own, which may have been moved; a folder's index is called as all others."""
    return found.kind == "file" and without_extension(found.path.rpartition("/")[2]).lower() not in FOLDER_NAMES


def _is_address(path: str) -> bool:
    """Whether a path can be that of an article."""
    name = path.rstrip("/").rsplit("/", 1)[-1]
    if not name.strip(".") or _OPEN & set(path) or any(c.isspace() for c in path) or "%7b" in path.lower():
        return False
    return not is_asset(path) and _MADE.isdisjoint(path.lower().split("/"))


def is_asset(href: str) -> bool:
    """Whether a link leads to a file that is no page: an image, an archive, a document of another kind."""
    name = re.split(r"[?#]", _OWN_HOST.sub("", href), maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    return "." in name.strip(".") and "{" not in href and not name.lower().endswith((".html", ".htm", ".md", ".mdx", ".markdown"))


def lost_file(site: Site, href: str, page: int) -> str | None:
    """The Markdown file that a link on a page leads to, where neither the site has such a page nor the disk such a file."""
    found = meant(href)
    if found is None or found.kind != "file" or site.addresses.resolve(href, page) is not None:
        return None
    return None if site.has_file(page, found.path) else found.path


def is_made_otherwise(site: Site, page: int, found: Meant) -> bool:
    """Whether what a link means is there, though not as a page of this index: a file that was left out, or of another kind."""
    if found.kind == "file":
        return site.has_file(page, found.path)
    if found.kind == "name":
        return False
    if site.is_left_out(found.path):
        return True
    files = files_of(site.root)
    name = unquote(without_extension(found.path.rstrip("/").rsplit("/", 1)[-1])).lower()
    return files is None or any(f"{name}.{ending}" in files.names for ending in _PAGE_FILES)


class Lost:
    """The links that lead to no page, as they come, and how many pages are linked in which way."""

    def __init__(self) -> None:
        self._links: list[tuple[int, str, str, Meant]] = []
        self._seen: set[str] = set()  # what the links mean of the page that is read
        self._reached: dict[Kind, set[int]] = {"file": set(), "address": set(), "name": set()}

    def add(self, page: int, href: str, text: str, *, wiki: bool) -> None:
        """A link that stays on the site and leads to no page of it."""
        if self._links and self._links[-1][0] != page:
            self._seen.clear()
        if (found := meant(href, wiki=wiki)) and (text or href not in self._seen):  # the attribute of a tag is read once more, alone
            self._seen.add(href)
            self._links.append((page, href, text, found))

    def reached(self, target: int, href: str, *, wiki: bool) -> None:
        """A link that leads to a page."""
        kind: Kind = "name" if wiki else "file" if ".md" in href else "address"
        self._reached[kind].add(target)

    def dead(self, pages: Sequence[Seen], is_there: IsThere, spelled: Spelled) -> Iterator[DeadLink]:
        """In the order of their pages. Addresses and names are dead only where others like them are read rightly."""
        if not self._links:
            return
        folders = _Folders(pages, spelled)
        keys = [folders.key(found, pages[page]) for page, _, _, found in self._links]
        self._count(folders, pages, keys)
        names = _is_most(len(self._reached["name"]), len({found.path.lower() for *_, found in self._links if found.kind == "name"}))
        nearest = Nearest((n, page.path, page.url) for n, page in enumerate(pages) if not page.hidden)
        for key, (page, href, text, found) in zip(keys, self._links, strict=True):
            sure = found.kind == "file" or (names if found.kind == "name" else key and folders.is_read_rightly(key))
            if key and sure and not is_there(page, found):
                yield DeadLink(page, href, text, found.kind, nearest.to(key, page, moved=_is_named(found)))

    def _count(self, folders: _Folders, pages: Sequence[Seen], keys: Sequence[str | None]) -> None:
        for number in self._reached["address"]:
            folders.add_found(url_key(pages[number].url))
        for key in {key for key, (*_, found) in zip(keys, self._links, strict=True) if key and found.kind == "address"}:
            folders.add_lost(key)


class _Folders:
    """The site's folders, by file and by address, and how links to the addresses in them fare."""

    def __init__(self, pages: Iterable[Seen], spelled: Spelled) -> None:
        self._spelled = spelled
        self._known = {""}
        for page in pages:
            for folder in (dirname(page.path).lower(), dirname(url_key(page.url))):
                while folder and folder not in self._known:
                    self._known.add(folder)
                    folder = dirname(folder)  # noqa: PLW2901 - up to the root
        self._found: dict[str, int] = defaultdict(int)
        self._lost: dict[str, int] = defaultdict(int)

    def key(self, found: Meant, page: Seen) -> str | None:
        """What a link on a page means, as `url_key`; None for the address of a folder."""
        keys = self._keys(found, page)
        if found.kind == "address" and any(key in self._known for key in keys):
            return None
        return keys[0] if found.kind == "file" else next((key for key in keys if dirname(key) in self._known), keys[0])

    def _keys(self, found: Meant, page: Seen) -> list[str]:
        """What it may mean, likeliest first: a path from the site's root begins with what the whole site is put below."""
        if found.kind == "name":
            return [url_key(found.path)]
        if found.path.startswith("/"):
            return list(self._spelled(url_key(found.path)))
        return [url_key(normpath(join("/", base, found.path))) for base in _bases(page)]

    def add_found(self, key: str) -> None:
        """An address that is linked, and is a page's."""
        for folder in _above(key):
            self._found[folder] += 1

    def add_lost(self, key: str) -> None:
        """An address that is linked, and is none's."""
        for folder in _above(key):
            self._lost[folder] += 1

    def is_read_rightly(self, key: str) -> bool:
        """Whether enough of the links to the addresses beside this one lead to pages.

        Where several lead into a folder that has no page at all, it is one that
        something else makes. At the root, articles stand beside all that the
        site has besides them.
        """
        for folder in _above(key):
            found, lost = self._found[folder], self._lost[folder]
            if folder not in self._known and lost >= _FOUND:
                return False
            if folder in self._known and found >= _FOUND:
                return _is_most(found, lost if folder else _AT_ROOT * lost)
        return False


def _is_most(found: int, lost: int) -> bool:
    return found >= max(_FOUND, lost)


def _bases(page: Seen) -> tuple[str, str, str]:
    """From where a path on a page may count: its file's folder, its address, and the folder of that."""
    return dirname(page.path).lower(), url_key(page.url), dirname(url_key(page.url))


def _above(key: str) -> Iterator[str]:
    """The folders of an address, innermost first; the root only for one directly in it."""
    folder = dirname(key)
    yield folder
    while folder := dirname(folder):
        yield folder
