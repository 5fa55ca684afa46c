"""Pages that are never to be suggested: an address in whatever spelling, or a pattern of addresses or paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from geo_optimizer.lazy import lazily
from geo_optimizer.patterns import Patterns
from geo_optimizer.site.addresses import spellings, url_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo_optimizer.site.index import Site

_ORIGIN = lazily(r"^[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_QUERY = lazily(r"\?[^/?=]+=")
_WILD = lazily(r"[*?\[\]\\]")


@dataclass(frozen=True)
class Closed:
    """`base`: the path that the whole site is put below, as links may have it, and patterns."""

    never: Patterns
    base: str = ""

    def has(self, path: str, addresses: Iterable[str]) -> bool:
        """Whether the page that is this file, or has one of these addresses, is never to be suggested."""
        if not self.never.lines:
            return False
        said = [(name, True) for address in addresses for name in self._names(address)] + [(path, False)]
        taken_back = any(self._lines.said(name, folder=folder) is False for name, folder in said)
        return not taken_back and any(self._lines.match(name, folder=folder) for name, folder in said)

    @cached_property
    def _lines(self) -> Patterns:
        return Patterns(tuple(one for line in self.never.lines for one in _spelled(line)))

    def _names(self, address: str) -> Iterator[str]:
        """The path of an address as it is written, and as all its spellings are one."""
        for one in (path_of(address), url_key(address)):
            yield from (name or "index" for name in spellings(one, self.base))


def _spelled(line: str) -> Iterator[str]:
    """A pattern without host; and if it is an address, in the form in which two spellings of one are equal."""
    sign = "!" if line.startswith("!") else ""
    body = line.removeprefix("!")
    path = _ORIGIN.sub("", body) or "/"
    yield sign + (path if path != "/" else "/index")
    if (key := _key(body)) is not None:
        yield f"{sign}/{_WILD.sub(lambda found: chr(92) + found[0], key)}"


def _key(line: str) -> str | None:
    """The address that a line is, as `url_key`; None for what fits more than one, or at any depth."""
    path = _ORIGIN.sub("", line)
    if path == line and "/" not in line.rstrip("/"):
        return None
    return (url_key(line) or "index") if _QUERY.search(path) or not _WILD.search(path) else None


def path_of(url: str) -> str:
    """The path of an address, as text, without slashes around it."""
    return unquote(re.split(r"[?#]", _ORIGIN.sub("", url), maxsplit=1)[0]).strip("/")


def without_effect(site: Site, never: Patterns) -> list[str]:
    """The patterns that fit no page of the site, which is opened with them; nothing is said of those that take back."""
    found = [line for line in never.lines if not line.startswith("!") and not _leads(site, line)]
    if not found:
        return []
    closed = list(site.store.rows("SELECT path, url FROM page WHERE hidden"))
    return [line for line in found if not _fits_one(Closed(Patterns((line,)), site.addresses.base), closed)]


def _leads(site: Site, line: str) -> bool:
    """Whether a line is the address of a page, which need not be looked for among all."""
    key = _key(line)
    return key is not None and site.addresses.by_url(f"/{key}") is not None


def _fits_one(closed: Closed, pages: list[tuple[str, str]]) -> bool:
    return any(closed.has(path, (url,)) for path, url in pages)
