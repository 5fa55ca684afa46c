"""Words with which several pages are linked, so that a reader cannot tell which one is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from geo_optimizer.site.alternates import one_of_each
from geo_optimizer.site.naming import anchor_phrase, as_said

_LEAST_WORDS = 2  # "slides" or "GitHub" may well lead to many places
_SHIFT = 32  # bits for the number of a page


class Anchor(NamedTuple):
    """Words, how many links have them, and the pages that these lead to, each with a page that links so."""

    text: str
    links: int
    targets: tuple[tuple[int, int], ...]


class Anchors:
    """The words of links as they come. Of most only the first link is kept, as one number."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._again: dict[str, int] = {}
        self._several: dict[str, dict[int, int]] = {}
        self._shown: dict[str, str] = {}

    def add(self, text: str, page: int, target: int) -> None:
        said = as_said(text)
        if said.count(" ") < _LEAST_WORDS - 1:
            return
        first = self._first.get(said)
        if first is None:
            if anchor_phrase(text):
                self._first[said] = target << _SHIFT | page
            return
        self._again[said] = self._again.get(said, 0) + 1
        if first >> _SHIFT != target or said in self._several:
            self._shown.setdefault(said, text)
            targets = self._several.setdefault(said, {first >> _SHIFT: first & (1 << _SHIFT) - 1})
            targets.setdefault(target, page)

    def several(self, paths: Sequence[str], languages: Collection[str] | None) -> Iterator[Anchor]:
        """Those that lead to several pages which are no translations or versions of each other (see `alternates`), most used first."""
        found = [
            Anchor(self._shown[said], self._again[said] + 1, tuple((n, targets[n]) for n in group))
            for said, targets in self._several.items()
            for group in one_of_each(((n, paths[n]) for n in sorted(targets)), languages)
            if len(group) > 1
        ]
        yield from sorted(found, key=lambda anchor: (-anchor.links, anchor.text))
