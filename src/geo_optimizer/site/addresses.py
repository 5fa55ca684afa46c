"""Where a page lives on the site, and which page a link means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from posixpath import dirname, join, normpath
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

from geo_optimizer.lazy import lazily

ADDRESS_KEYS = ("url", "permalink")
FOLDER_NAMES = ("index", "_index", "readme")
_TEMPLATED = lazily(r"^(?:\{\{[<%]?.*?[%>]?\}\}|\{%.*?%\})", re.DOTALL)
_QUOTED = lazily(r"""["']([^"']+)["']""")
_POST_URL = lazily(r"\{%-?\s*(?:post_url|link)\s+(\S+)")
_SCHEME = lazily(r"^(?:([a-z][a-z0-9+.-]*):)?(//([^/?#]*))?", re.IGNORECASE)
_MARKDOWN = lazily(r"\.mdx?(?:[?#]|$)", re.IGNORECASE)
_HOST = lazily(r"[\w.-]+(?::\d+)?")
_DATED = lazily(r"^\d{4}-\d{2}-\d{2}-")
# A host is the site's own if at least this many different pages of it are linked, and this share of them exist here.
_OWN_PAGES, _OWN_SHARE = 3, 0.5


class Origin(NamedTuple):
    """What a site's project says of all its addresses; "" for what it does not say.

    `base`: the path that the whole site is put below, such as "/docs";
    `prefix`: what of it stands in a link, "" where the generator adds it;
    `host`: the site's own; `generator`: by whose rules its pages stand.
    """

    base: str = ""
    prefix: str = ""
    host: str = ""
    generator: str = ""

    def has(self, path: str) -> bool:
        """Whether a path on the site's host is one of the site."""
        return f"{path.lower()}/".startswith(f"{self.base.lower()}/")

    def path_of(self, url: str) -> str | None:
        """A whole address, or a path on the site's host, as from the path that the site is put below; None for another site's."""
        host, path = _host(url)
        if host is None or (host and (host != self.host or not self.has(path))):
            return None
        return (path[len(self.base) :] or "/") if self.has(path) else path


class Book(Protocol):
    """The pages of a site by number, as they are asked for by keys (see `url_key`)."""

    @property
    def hosts(self) -> frozenset[str]: ...
    @property
    def origin(self) -> Origin: ...
    def by_url(self, key: str) -> int | None: ...
    def by_path(self, key: str) -> int | None: ...
    def by_name(self, name: str) -> int | None: ...
    def where(self, page: int) -> tuple[str, str]: ...


def url_of(path: str, values: Mapping[str, Any]) -> str:
    """A page's URL: `url` or `permalink` as given; else its folder and `slug`; else its path, an index file standing for its folder."""
    if stated := stated_url(values):
        return stated
    bare = without_extension(path)
    folder = dirname(bare)
    slug = values.get("slug")
    if isinstance(slug, str) and slug.strip("/ "):
        return slug.strip() if slug.startswith("/") else _absolute(join(folder, slug.strip("/ ")))
    return _absolute(folder if _is_folder(bare) else bare)


def stated_url(values: Mapping[str, Any], hosts: frozenset[str] = frozenset()) -> str:
    """The address that a page states to be its own; "" without one."""
    own = own_addresses(values, hosts)
    return next((stated.strip() for key in ADDRESS_KEYS if isinstance(stated := own.get(key), str) and stated.strip()), "")


def own_addresses(values: Mapping[str, Any], hosts: frozenset[str], keys: tuple[str, ...] = ADDRESS_KEYS) -> Mapping[str, Any]:
    """Frontmatter without what is no address of its page: keys that the generator does not know as such, and what leads to another site.

    `hosts`: the site's own, as far as they are known. Where they are not, a
    `permalink` with a host is the page's all the same; a `url` is what a link
    of the week, a talk or a paper is about.
    """
    others = [key for key in ADDRESS_KEYS if key in values and (key not in keys or _is_anothers(key, values[key], hosts))]
    return {key: value for key, value in values.items() if key not in others} if others else values


def _is_anothers(key: str, stated: object, hosts: frozenset[str]) -> bool:
    host = _host(stated.strip())[0] if isinstance(stated, str) else ""
    return bool(host) and host not in hosts and (bool(hosts) or key != "permalink")


def _absolute(path: str) -> str:
    return f"/{path}/" if path.strip("/.") else "/"


def _is_folder(bare: str) -> bool:
    return bare.rsplit("/", 1)[-1].lower() in FOLDER_NAMES


def without_extension(path: str) -> str:
    return re.sub(r"\.(?:mdx?|markdown|html?)$", "", path, flags=re.IGNORECASE)


def undated(name: str) -> str:
    """A file's name without a date before it."""
    return _DATED.sub("", name)


def url_key(url: str) -> str:
    """A URL's path in the form in which two spellings of one address are equal; with its query, by which some sites tell their pages apart."""
    stated, _, query = url.partition("#")[0].partition("?")
    path = unquote(stated)
    path = re.sub(r"^[a-z][a-z0-9+.-]*://[^/]*", "", path, flags=re.IGNORECASE)
    path = without_extension(path).strip("/").lower()
    key = re.sub(r"(?:^|/)(?:index|_index|readme)$", "", path)
    return f"{key}?{query}" if query else key


def without_query(key: str) -> str:
    return key.partition("?")[0]


def spellings(key: str, base: str) -> tuple[str, ...]:
    """An address, as `url_key`; then without the path that the whole site is put below, if it begins with it, or else with it."""
    below = base.strip("/").lower()
    if not below:
        return (key,)
    if key.startswith(below) and key[len(below) :][:1] in ("", "/", "?"):
        return key, key[len(below) :].removeprefix("/")
    return key, f"{below}/{key}".removesuffix("/").replace("/?", "?")


class Addresses:
    """Finds the page that a link means, by URL, by path, by name."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def hosts(self) -> frozenset[str]:
        """The site's own."""
        return self._book.hosts

    @property
    def base(self) -> str:
        """The path that the whole site is put below, such as "/docs"; "" for none."""
        return self._book.origin.base

    @property
    def prefix(self) -> str:
        """What of it stands in a link; "" where the generator adds it."""
        return self._book.origin.prefix

    def spelled(self, key: str) -> tuple[str, ...]:
        """The keys that a page may have to which a link with this key leads: without what stands before it in a link first."""
        found = spellings(key, self.base)
        return tuple(sorted(found, key=len)) if self.prefix else found

    def resolve(self, href: str, page: int | None, *, wiki: bool = False) -> int | None:
        """The number of the page that `href` on page `page` leads to; None for another site, a fragment, a dead link."""
        if wiki:
            return self._by_name(href)
        href, is_looked_up = _untemplated(href.strip())
        if not href or href.startswith("#"):
            return None
        host, path = _host(href)
        if host is None or (host and self.is_elsewhere(href)):
            return None
        if path.startswith("/"):
            return self._absolute(path, by_file=is_looked_up)
        found = self._relative(path, page)
        if found is None and is_looked_up:
            found = self._by_file(url_key(path))
        return self._named(path, anywhere=is_looked_up) if found is None else found

    def is_elsewhere(self, href: str) -> bool:
        """Whether an address with a host is another site's: on another host, or beside the path that this one is put below."""
        host, path = _host(href.strip())
        return bool(host) and not (host in self._book.hosts and self._book.origin.has(path))

    def by_url(self, url: str) -> int | None:
        return self._book.by_url(url_key(url))

    def _absolute(self, path: str, *, by_file: bool) -> int | None:
        """By its URL; where it is a file's path, or nobody knows the site's rules, by that."""
        key = url_key(path)
        found = self._book.by_url(key)
        by_file = by_file or not self._book.origin.generator or _MARKDOWN.search(path) is not None
        return self._by_file(key) if found is None and by_file else found

    def _relative(self, path: str, page: int | None) -> int | None:
        """As a path beside the file; then as a browser reads it, with and without a slash at the end of the page's URL."""
        folder, url = self._book.where(page) if page is not None else ("", "")
        url = without_query(url)
        for base, find in ((folder, self._by_file), (url, self._book.by_url), (dirname(url), self._book.by_url)):
            found = find(url_key(normpath(join("/", base, path))))
            if found is not None:
                return found
        return None

    def _named(self, path: str, *, anywhere: bool) -> int | None:
        """The one page that is called as a file, wherever it lies: as a generator looks up a reference, or a wiki the bare name of a note."""
        name = name_of(path)
        if not (anywhere or ("/" not in path and not self._book.origin.generator)) or not _MARKDOWN.search(path) or name in FOLDER_NAMES:
            return None
        return self._book.by_name(name)

    def _by_file(self, key: str) -> int | None:
        return self._book.by_path(without_query(key))

    def _by_name(self, name: str) -> int | None:
        bare = name.split("#", 1)[0].strip()
        key = url_key(bare)
        for find, wanted in ((self._book.by_name, name_of(bare)), (self._by_file, key), (self._book.by_url, key)):
            if wanted and (found := find(wanted)) is not None:
                return found
        return None


def hosts_among(links: Iterable[tuple[str, str]], is_page: Callable[[str], bool]) -> frozenset[str]:
    """The site's own hosts among absolute links (host, href): those whose paths are pages here."""
    paths: dict[str, set[str]] = {}
    for host, href in links:
        if key := url_key(_host(_untemplated(href)[0])[1]):
            paths.setdefault(host, set()).add(key)
    known = {host: sum(map(is_page, keys)) for host, keys in paths.items() if len(keys) >= _OWN_PAGES}
    return frozenset(host for host, n in known.items() if n >= _OWN_PAGES and n >= _OWN_SHARE * len(paths[host]))


def host_of_most(urls: Iterable[str], pages: int) -> frozenset[str]:
    """The host that stands in most of the addresses that have one, as those of a sitemap have; none if it is that of few of the `pages`."""
    counts = Counter(host for url in urls if (host := _host(url)[0]))
    return frozenset(host for host, n in counts.items() if n >= min(_OWN_PAGES, pages) and n > _OWN_SHARE * counts.total())


def host_of(url: str) -> str:
    """The host that an address or a configuration states; "" where it states none, or a template does."""
    found = _host(url.strip())[0] or ""
    return found if _HOST.fullmatch(found) else ""


def parts_of(href: str, *, wiki: bool) -> tuple[str, str | None]:
    """The end of a link's path (see `last_of`), and its host if it is an absolute one."""
    if wiki:
        return last_of(href), None
    host, path = _host(_untemplated(href.strip())[0])
    return last_of(path), host or None


def last_of(path: str) -> str:
    """The last part of a path, by which alone it can lead to a page: without extension and date; "" for a way upwards, or none."""
    last = name_of(without_query(url_key(path)).rpartition("/")[2])
    return "" if last in ("", ".", "..") else last


def _host(href: str) -> tuple[str | None, str]:
    """The host ("" for none, None for what is no web page) and the rest."""
    match = _SCHEME.match(href)
    assert match is not None
    if match[1] and match[1].lower() not in ("http", "https"):
        return None, ""
    return (match[3] or "").lower().removeprefix("www."), href[match.end() :]


def _untemplated(href: str) -> tuple[str, bool]:
    """The path inside a template's link function, or behind its base URL; and whether it is a file's, which the generator looks up."""
    while match := _TEMPLATED.match(href):
        post = _POST_URL.match(match.group())
        quoted = post or _QUOTED.search(match.group())
        if quoted and (post or "ref" in match.group()):
            path, sign, fragment = quoted[1].partition("#")
            return f"{path}.md".replace(".md.md", ".md") + sign + fragment, True
        href = href[match.end() :]
        if quoted and href[:1] in ("", "#", "?"):
            return quoted[1] + href, False
    return href, False


def name_of(path: str) -> str:
    """A file's name without folder, extension and date."""
    return undated(without_extension(path.rsplit("/", 1)[-1])).strip().lower()
