"""Which pages say nearly the same, by their fingerprints.

Fingerprints are cut into bands, and only pages that agree in a whole band are
compared (locality-sensitive hashing; Leskovec, Rajaraman and Ullman, "Mining
of massive datasets", section 3.4): two pages that are alike by 0.8 agree in
one of 16 bands of four minima with a probability of 0.9998, two by 0.3 with
one of 0.12. One band is held in memory at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from geo_optimizer.site.fingerprint import SIZE, likeness

LEAST = 0.8  # estimated likeness from which two pages are nearly the same
_BAND = 8  # bytes: four minima
_TRIED = 8  # pages of one band with which another is compared: where more agree in it, they agree among themselves


class Alike(NamedTuple):
    """Pages that are nearly the same, and how much of each the first one has, at least."""

    pages: tuple[int, ...]
    likeness: float


class Compared(NamedTuple):
    """What was found, and how many pairs had to be compared for it."""

    groups: tuple[Alike, ...]
    pairs: int


def alike(prints: Sequence[bytes], are_one: Callable[[int, int], bool]) -> Compared:
    """Groups of pages that are nearly the same, by number. `are_one`: pairs that are meant to be (translations, versions)."""
    search = _Search(prints, are_one)
    for band in range(0, SIZE, _BAND):
        search.look(band)
    return Compared(tuple(search.groups()), search.pairs)


class _Search:
    def __init__(self, prints: Sequence[bytes], are_one: Callable[[int, int], bool]) -> None:
        self._prints, self._are_one = prints, are_one
        self._first: dict[int, int] = {}  # towards the first page of its group, of each page that is in one
        self.pairs = 0

    def look(self, band: int) -> None:
        """Compare the pages that agree in one band."""
        single: dict[bytes, int] = {}
        several: dict[bytes, list[int]] = {}
        for number, mark in enumerate(self._prints):
            if mark:
                part = mark[band : band + _BAND]
                if (other := single.setdefault(part, number)) != number:
                    self._join(number, several.setdefault(part, [other]))

    def _join(self, number: int, others: list[int]) -> None:
        """Put a page into the group of the first of the others that it is like; unlike all, it is one that is compared next."""
        own = self._root(number)
        for other in others:
            root = self._root(other)
            if root == own:
                return
            if self._is_like(number, other):
                self._first[max(own, root)] = min(own, root)
                return
        if len(others) < _TRIED:
            others.append(number)

    def _is_like(self, number: int, other: int) -> bool:
        self.pairs += 1
        return likeness(self._prints[number], self._prints[other]) >= LEAST and not self._are_one(number, other)

    def _root(self, number: int) -> int:
        while (above := self._first.get(number, number)) != number:
            self._first[number] = self._first.get(above, above)
            number = above
        return number

    def groups(self) -> list[Alike]:
        """Every group as pages that are like its first one; who is only like one of the others begins a group of its own."""
        joined: dict[int, list[int]] = defaultdict(list)
        for number in sorted(self._first):
            joined[self._root(number)].append(number)
        return sorted(found for first, rest in joined.items() for found in self._around(sorted({first, *rest})))

    def _around(self, pages: list[int]) -> list[Alike]:
        found: list[tuple[list[int], list[float]]] = []
        for number in pages:
            for members, marks in found[-_TRIED:]:
                mark = likeness(self._prints[members[0]], self._prints[number])
                if mark >= LEAST and not self._are_one(members[0], number):
                    members.append(number)
                    marks.append(mark)
                    break
            else:
                found.append(([number], []))
        return [Alike(tuple(members), min(marks)) for members, marks in found if marks]
