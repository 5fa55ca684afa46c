"""Pairs of an opening and a closer in malformed text, found without following an opening that nothing closes to the end each time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from geo_optimizer.lazy import lazily

_TEMPLATE = lazily(r"\{[{%]")
_END_TAG = lazily(r"</([A-Za-z][\w.-]*)>")
_TICKS = lazily(r"`+")
_BLANK_LINE = lazily(r"\n(?=[ \t]*\n)")


class Closers:
    """Where a pattern comes next in a text, asked from places further and further on: no stretch is searched twice for one pattern."""

    __slots__ = ("_next", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, tuple[int, int]] = {}

    def end(self, pattern: str, start: int) -> int | None:
        """Where the first match at or after `start` ends; None if there is none. Letters match in either case."""
        begin, end = self._next.get(pattern, (-1, -1))
        if begin < start:
            found = re.compile(pattern, re.IGNORECASE).search(self._text, start)
            begin, end = self._next[pattern] = found.span() if found else (len(self._text) + 1, -1)
        return end if end >= 0 else None


def elements(text: str, opening: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """From a tag that `opening` begins ("<" and a name, its first group) to the end tag of its name."""
    closers, at = Closers(text), 0
    while tag := opening.search(text, at):
        inside = closers.end(">", tag.end())
        if inside is None:
            return
        end = closers.end(rf"</{tag[1].lower()}>", inside)
        if end is not None:
            yield tag.start(), end
        at = end if end is not None else tag.start() + 1


def components(text: str, opening: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The same of names without number, in which case matters: where their end tags stand is gathered at once."""
    ends: dict[str, list[int]] = {}
    for closer in _END_TAG.finditer(text):
        ends.setdefault(closer[1], []).append(closer.start())
    closers, at = Closers(text), 0
    while ends and (tag := opening.search(text, at)):
        inside = closers.end(">", tag.end())
        if inside is None:
            return
        starts, at = ends.get(tag[1], []), tag.start() + 1
        if (n := bisect_left(starts, inside)) < len(starts):
            at = starts[n] + len(f"</{tag[1]}>")
            yield tag.start(), at


def templates(text: str) -> Iterator[tuple[int, int]]:
    """`{{ x }}` and `{% x %}`."""
    closers, at = Closers(text), 0
    while opening := _TEMPLATE.search(text, at):
        end = closers.end("}}" if opening.group() == "{{" else "%}", opening.end())
        if end is not None:
            yield opening.start(), end
        at = end if end is not None else opening.start() + 1


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """From a run of backticks to the next one as long, in the same paragraph. Line ends are `\\n`."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    breaks = [match.start() for match in _BLANK_LINE.finditer(text)] if runs else []
    partners, seen = [0] * len(runs), dict[int, int]()
    for i in range(len(runs) - 1, -1, -1):
        length = runs[i][1] - runs[i][0]
        partners[i] = seen.get(length, 0)
        seen[length] = i
    i = 0
    while i < len(runs):
        partner = partners[i]
        if partner and bisect_left(breaks, runs[i][1]) == bisect_left(breaks, runs[partner][0]):
            yield runs[i][0], runs[partner][1]
            i = partner
        i += 1
