"""Where a page lives on the site, and which page a link means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname, join, normpath
from typing import Any, Protocol
from urllib.parse import unquote

from geo_optimizer.lazy import lazily

FOLDER_NAMES = ("index", "_index", "readme")
_TEMPLATED = lazily(r"^(?:\{\{[<%]?.*?[%>]?\}\}|\{%.*?%\})", re.DOTALL)
_QUOTED = lazily(r"""["']([^"']+)["']""")
_POST_URL = lazily(r"\{%-?\s*(?:post_url|link)\s+(\S+)")
_SCHEME = lazily(r"^(?:([a-z][a-z0-9+.-]*):)?(//([^/?#]*))?", re.IGNORECASE)
_DATED = lazily(r"^\d{4}-\d{2}-\d{2}-")
# A host is the site's own if at least this many different pages of it are linked, and this share of them exist here.
_OWN_PAGES, _OWN_SHARE = 3, 0.5


class Located(Protocol):
    """What an address is made of: the file below the site's root, and the URL."""

    @property
    def path(self) -> str: ...
    @property
    def url(self) -> str: ...


def url_of(path: str, values: Mapping[str, Any]) -> str:
    """A page's URL: `url` or `permalink` as given; else its folder and `slug`; else its path, an index file standing for its folder."""
    for key in ("url", "permalink"):
        stated = values.get(key)
        if isinstance(stated, str) and stated.strip():
            return stated.strip()
    bare = without_extension(path)
    folder = dirname(bare)
    slug = values.get("slug")
    if isinstance(slug, str) and slug.strip("/ "):
        return slug.strip() if slug.startswith("/") else _absolute(join(folder, slug.strip("/ ")))
    return _absolute(folder if _is_folder(bare) else bare)


def _absolute(path: str) -> str:
    return f"/{path}/" if path.strip("/.") else "/"


def _is_folder(bare: str) -> bool:
    return bare.rsplit("/", 1)[-1].lower() in FOLDER_NAMES


def without_extension(path: str) -> str:
    return re.sub(r"\.(?:mdx?|markdown|html?)$", "", path, flags=re.IGNORECASE)


def url_key(url: str) -> str:
    """A URL's path in the form in which two spellings of one address are equal."""
    path = unquote(re.split(r"[?#]", url, maxsplit=1)[0])
    path = re.sub(r"^[a-z][a-z0-9+.-]*://[^/]*", "", path, flags=re.IGNORECASE)
    path = without_extension(path).strip("/").lower()
    return re.sub(r"(?:^|/)(?:index|_index|readme)$", "", path)


class Addresses:
    """Finds the page that a link means, by URL, by path, by name."""

    def __init__(self, pages: Sequence[Located]) -> None:
        self._urls = {url_key(page.url): n for n, page in reversed(list(enumerate(pages)))}
        self._paths = {url_key(page.path): n for n, page in reversed(list(enumerate(pages)))}
        self._where = [(dirname(page.path).lower(), url_key(page.url)) for page in pages]
        self._names = _unambiguous((_name(page.path), n) for n, page in enumerate(pages))
        self.hosts: frozenset[str] = frozenset()

    def learn_hosts(self, hrefs: Iterable[str]) -> None:
        """Find the site's own hosts among absolute links: those whose paths are pages here."""
        named = {(host, url_key(path)) for host, path in map(_host, hrefs) if host and path.strip("/")}
        seen = Counter(host for host, _ in named)
        known = Counter(host for host, key in named if key in self._urls)
        self.hosts = frozenset(h for h, n in known.items() if n >= _OWN_PAGES and n >= _OWN_SHARE * seen[h])

    def resolve(self, href: str, page: int | None, *, wiki: bool = False) -> int | None:
        """The number of the page that `href` on page `page` leads to; None for another site, a fragment, a dead link."""
        if wiki:
            return self._by_name(href)
        href = _untemplated(href.strip())
        if not href or href.startswith("#"):
            return None
        host, path = _host(href)
        if host is None or (host and host not in self.hosts):
            return None
        if path.startswith("/"):
            return self._by_key(url_key(path))
        return self._relative(path, page)

    def by_url(self, url: str) -> int | None:
        return self._urls.get(url_key(url))

    def _by_key(self, key: str) -> int | None:
        found = self._urls.get(key)
        return self._paths.get(key) if found is None else found

    def _relative(self, path: str, page: int | None) -> int | None:
        """As a path beside the file; then as a browser reads it, with and without a slash at the end of the page's URL."""
        folder, url = self._where[page] if page is not None else ("", "")
        for base, table in ((folder, self._paths), (url, self._urls), (dirname(url), self._urls)):
            key = url_key(normpath(join("/", base, path)))
            if key in table:
                return table[key]
        return self._names.get(_name(path)) if path.lower().endswith((".md", ".mdx")) else None

    def _by_name(self, name: str) -> int | None:
        bare = name.split("#", 1)[0].strip()
        key = url_key(bare)
        for table, wanted in ((self._names, _name(bare)), (self._paths, key), (self._urls, key)):
            if wanted and wanted in table:
                return table[wanted]
        return None


def _host(href: str) -> tuple[str | None, str]:
    """The host ("" for none, None for what is no web page) and the rest."""
    match = _SCHEME.match(href)
    assert match is not None
    if match[1] and match[1].lower() not in ("http", "https"):
        return None, ""
    return (match[3] or "").lower().removeprefix("www."), href[match.end() :]


def _untemplated(href: str) -> str:
    """The path inside a template's link function, or behind its base URL."""
    match = _TEMPLATED.match(href)
    if match is None:
        return href
    post = _POST_URL.match(match.group())
    quoted = post or _QUOTED.search(match.group())
    if post or (quoted and "ref" in match.group()):
        return f"{quoted[1] if quoted else ''}.md".replace(".md.md", ".md")
    return href[match.end() :] or (quoted[1] if quoted else "")


def _name(path: str) -> str:
    """A file's name without folder, extension and date."""
    return _DATED.sub("", without_extension(path.rsplit("/", 1)[-1])).strip().lower()


def _unambiguous(names: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    twice = set()
    for name, number in names:
        if name in found:
            twice.add(name)
        found[name] = number
    return {name: number for name, number in found.items() if name not in twice}
