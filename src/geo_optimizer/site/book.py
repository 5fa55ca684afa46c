"""The store asked for pages by their addresses and names."""

from __future__ import annotations

from functools import cached_property, lru_cache

from geo_optimizer.site.addresses import Origin, spellings, without_query
from geo_optimizer.site.store import Store


class Book:
    """What `Addresses` asks, answered from a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.by_url = lru_cache(4096)(self._by_url)
        self.by_path = lru_cache(4096)(self._by_path)
        self.by_name = lru_cache(4096)(self._by_name)
        self.where = lru_cache(64)(self._where)

    @cached_property
    def origin(self) -> Origin:
        return Origin(*(self._store.meta(part) or "" for part in Origin._fields))

    def _by_url(self, key: str) -> int | None:
        """The page with this address, whether or not it is written with the path that the whole site is put below; else without its query."""
        spelled = (self._at(one) for way in dict.fromkeys((key, without_query(key))) for one in spellings(way, self.origin.base))
        return next((page for page in spelled if page is not None), None)

    def _at(self, key: str) -> int | None:
        """The page with this address, or to which it is led on."""
        found = self._store.row("SELECT number FROM page WHERE url_key = ?", key)
        found = found or self._store.row("SELECT number FROM alias JOIN page ON number = page WHERE key = ? ORDER BY path LIMIT 1", key)
        return found[0] if found else None

    def has_url(self, key: str) -> bool:
        return self.by_url(key) is not None

    def _by_path(self, key: str) -> int | None:
        found: int | None = self._store.one("SELECT number FROM page WHERE path_key = ? ORDER BY path LIMIT 1", key)
        return found

    def _by_name(self, name: str) -> int | None:
        """The one page whose file has this name; None if there are several."""
        found = list(self._store.rows("SELECT number FROM page WHERE name = ? LIMIT 2", name))
        return found[0][0] if len(found) == 1 else None

    def _where(self, page: int) -> tuple[str, str]:
        """The folder of a page's file, in small letters, and the key of its address."""
        found = self._store.row("SELECT folder, url_key FROM page WHERE number = ?", page)
        return (found[0].lower(), found[1]) if found else ("", "")

    @cached_property
    def hosts(self) -> frozenset[str]:
        return frozenset((self._store.meta("hosts") or "").split())
