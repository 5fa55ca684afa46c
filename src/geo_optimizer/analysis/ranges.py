"""Ranges of a text (links, code, parts of the tool), asked from many places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from geo_optimizer.model import Draft, Span, measured


class Ranges:
    """Ranges in the order of their starts; they may hold one another. A question costs the logarithm of their number."""

    __slots__ = ("_known_ends", "_ranges")

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._ranges = ranges
        self._known_ends: list[int] | None = None

    @property
    def _ends(self) -> list[int]:
        """How far the ranges up to each of them reach; of most texts nothing is asked."""
        if self._known_ends is None:
            self._known_ends = list(accumulate((end for _, end in self._ranges), max))
        return self._known_ends

    def first(self, start: int, end: int) -> tuple[int, int] | None:
        """The first range with a character of `[start, end)`."""
        if not self._ranges:
            return None
        at = bisect_right(self._ends, start)
        return self._ranges[at] if at < len(self._ranges) and self._ranges[at][0] < end else None

    def over(self, start: int, end: int) -> list[int]:
        """The numbers of the ranges with a character of `[start, end)`."""
        first, last = bisect_right(self._ends, start), bisect_left(self._ranges, (end,))
        return [n for n in range(first, last) if self._ranges[n][1] > start]

    def at(self, place: int) -> tuple[int, int] | None:
        """The first range with the character at `place`."""
        return self.first(place, place + 1)


def ranges(spans: Iterable[Span]) -> Ranges:
    return Ranges(sorted((span.start, span.end) for span in spans))


_NOTHING = Ranges(())


@measured
def fixed(draft: Draft) -> tuple[Ranges, ...]:
    """`Prose.fixed` of each prose, by the prose's index."""
    return tuple(Ranges(prose.fixed) if prose.fixed else _NOTHING for prose in draft.prose)
