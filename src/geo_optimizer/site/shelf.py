"""The pages of a store, as a sequence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import overload

from geo_optimizer.site.habits import Stated
from geo_optimizer.site.pages import Page
from geo_optimizer.site.store import Row, Store

_COLUMNS = "number, path, url, title, description, date, hidden, rest"
_HELD = 2_048  # pages


class Shelf(Sequence[Page]):
    """Each page by its number, without its links and its text, which the store has in other forms."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._length = int(store.meta("pages") or 0)
        self._page = lru_cache(_HELD)(self._read)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, number: int) -> Page: ...
    @overload
    def __getitem__(self, number: slice) -> list[Page]: ...
    def __getitem__(self, number: int | slice) -> Page | list[Page]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        return self._page(number + len(self) if number < 0 else number)

    def __iter__(self) -> Iterator[Page]:
        return (page for _, page in self.every(1))

    def every(self, step: int) -> Iterator[tuple[int, Page]]:
        """Every so many-th page, with its number."""
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM page WHERE number % ? = 0 ORDER BY number", step)  # noqa: S608 - our own names
        return ((row[0], self._store.decoded(_page, row)) for row in rows)

    def _read(self, number: int) -> Page:
        row = self._store.row(f"SELECT {_COLUMNS} FROM page WHERE number = ?", number)  # noqa: S608 - our own names
        if row is None:
            raise IndexError(number)
        return self._store.decoded(_page, row)


def _page(row: Row) -> Page:
    _, path, url, title, description, date, hidden, rest = row
    headings, tags, categories, stated, aliases, anchors, use_when, until = json.loads(rest)
    return Page(
        path=path,
        url=url,
        title=title,
        description=description,
        headings=tuple(headings),
        date=dt.date.fromisoformat(date) if date else None,
        tags=tuple(tags),
        categories=tuple(categories),
        hidden=bool(hidden),
        stated=Stated(stated[0], stated[1], {kind: tuple(keys) for kind, keys in stated[2].items()}) if stated else None,
        aliases=tuple(aliases),
        anchors=tuple(anchors),
        use_when=use_when,
        until=dt.date.fromisoformat(until) if until else None,
    )
