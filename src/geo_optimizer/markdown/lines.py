"""From the text that is parsed back to the source: its lines, and the stretches of them that a block is made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markdown_it.common.utils import MD_TRIM_CHARS

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.grammar import Row
from geo_optimizer.model import Span

LINE_END = lazily(r"\r\n|\r|\n")
_PIPE = lazily(r"\|")


@dataclass(slots=True)
class Content:
    """An inline's content and where it lies in the source: stretch by stretch, where each begins in `text` and in the source."""

    text: str
    offsets: tuple[int, ...]
    sources: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` was read from."""
        offsets = self.offsets
        if len(offsets) == 1:
            begin = self.sources[0] - offsets[0] + start
            return Span(begin, begin + end - start if end > start else begin)
        n = self._stretch(start)
        begin = self.sources[n] + start - offsets[n]
        if end <= start:
            return Span(begin, begin)
        if n + 1 < len(offsets) and offsets[n + 1] <= end:
            n = self._stretch(end - 1)
            if self._is_pipe(n, end):
                return Span(begin, self.sources[n + 1])
        return Span(begin, self.sources[n] + end - offsets[n])

    def verbatim(self, start: int, end: int) -> Span | None:
        """Where `text[start:end]` was read from character by character; None if it was not."""
        n = self._stretch(start) if len(self.offsets) > 1 else 0
        if n + 1 < len(self.offsets) and (self.offsets[n + 1] < end or self._is_pipe(n, end)):
            return None
        begin = self.sources[n] + start - self.offsets[n]
        return Span(begin, begin + end - start)

    def runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """`text[start:end]` cut where it is not read character by character."""
        first = bisect_right(self.offsets, start)
        last = bisect_left(self.offsets, end, first)
        return list(pairwise([start, *self.offsets[first:last], end]))

    def _stretch(self, at: int) -> int:
        """The number of the stretch with a character of the text."""
        return (bisect_right(self.offsets, at) or 1) - 1

    def _is_pipe(self, n: int, end: int) -> bool:
        """Whether a stretch that ends at `end` is the escaped pipe of a cell: one character that was read from two."""
        offsets = self.offsets
        return n + 1 < len(offsets) and offsets[n + 1] == end and end - offsets[n] == 1 and self.text[offsets[n]] == "|"


def line_starts(text: str) -> list[int]:
    """Where the lines of a text begin."""
    if "\r" in text:
        return [0, *(end.end() for end in LINE_END.finditer(text))]
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


class Lines:
    """The body as it is parsed (`text`: foreign syntax filled, every line end one character), and where its lines lie in the source."""

    def __init__(self, source: str, body: Span, masked: str) -> None:
        self.source = source
        self.shown = LINE_END.split(masked) if "\r" in masked else masked.split("\n")
        self.text = "\n".join(self.shown).replace("\0", "\ufffd")
        self._offsets = [0, *accumulate(len(line) + 1 for line in self.shown)]  # in the text, by line
        starts = line_starts(masked) if "\r" in masked else self._offsets
        self._starts = [body.start + start for start in starts] if body.start else starts  # in the source, by line

    def at(self, offset: int, line: int) -> int:
        """The place in the source of a character of the text, which stands on this line of it."""
        return self._starts[line] + offset - self._offsets[line]

    def end(self, line: int) -> int:
        return self._starts[line] + len(self.shown[line])

    def last(self, first: int, last: int) -> int:
        """Of the lines `[first, last)` the last one that is not blank, or the first."""
        while last - 1 > first and not self.shown[last - 1].strip(" \t"):
            last -= 1
        return last - 1

    def span(self, first: int, last: int) -> Span:
        """Lines `[first, last)` without trailing blank ones or the last line's end."""
        return Span(self._starts[first], self.end(self.last(first, last)))

    def rows(self, rows: Sequence[Row], first: int) -> tuple[Span, ...]:
        """Where rows lie in the source; the first is on line `first`."""
        return tuple(Span(self.at(start, line), self.at(end, line)) for line, (start, end, _) in enumerate(rows, first))

    def content(self, text: str, rows: Sequence[Row], first: int, skip: int = 0) -> Content | None:
        """Where an inline's content lies that was read from these rows, the first `skip` characters aside; None if it does not lie there."""
        if len(rows) == 1 and not rows[0][2]:
            return self._in_row(text, rows[0], first, skip)
        whole = self.joined(rows, first)
        lead = skip + len(whole.text[skip:]) - len(whole.text[skip:].lstrip(MD_TRIM_CHARS))
        if not whole.text.startswith(text, lead):
            return None
        return Content(text, tuple(offset - lead for offset in whole.offsets) if lead else whole.offsets, whole.sources)

    def _in_row(self, text: str, row: Row, line: int, skip: int) -> Content | None:
        start, end, _ = row
        shown = self.text[start + skip : end]
        trimmed = shown.lstrip(MD_TRIM_CHARS)
        if not trimmed.startswith(text):
            return None
        lead = skip + len(shown) - len(trimmed)
        return Content(text, (-lead,), (self.at(start, line),))

    def joined(self, rows: Sequence[Row], first: int) -> Content:
        """Rows as one text; the first is on line `first`."""
        offsets: list[int] = []
        sources: list[int] = []
        read: list[str] = []
        at = 0
        for line, (start, end, spaces) in enumerate(rows, first):
            source = self.at(start, line)
            # spaces that stand for a part of a tab: all of them lead to that tab
            offsets += range(at, at + spaces + 1)
            sources += [*[source - 1] * spaces, source]
            read.append(" " * spaces + self.text[start:end])
            at += spaces + end - start + 1
        return Content("\n".join(read), tuple(offsets), tuple(sources))

    def cells(self, row: Row, line: int) -> list[Content]:
        """The cells of a table's row: between the pipes, of which those behind a backslash are text."""
        start, end, _ = row
        shown = self.text[start:end]
        left = len(shown) - len(shown.lstrip(MD_TRIM_CHARS))
        right = len(shown.rstrip(MD_TRIM_CHARS))
        pipes = [m.start() for m in _PIPE.finditer(shown, left, right) if m.start() == left or shown[m.start() - 1] != "\\"]
        edges = [left - 1, *pipes, right]
        ranges = [(a + 1, b) for a, b in pairwise(edges)]
        if ranges and ranges[0][0] == ranges[0][1]:
            ranges.pop(0)
        if ranges and ranges[-1][0] == ranges[-1][1]:
            ranges.pop()
        return [_cell(shown, a, b, self.at(start, line)) for a, b in ranges]


def _cell(shown: str, start: int, end: int, source: int) -> Content:
    """`shown[start:end]`, trimmed and without the backslashes of escaped pipes; `shown` begins at `source`."""
    cell = shown[start:end]
    at = start + len(cell) - len(cell.lstrip(MD_TRIM_CHARS))
    text: list[str] = []
    offsets: list[int] = []
    sources: list[int] = []
    length = 0
    for part in cell.strip(MD_TRIM_CHARS).split("\\|"):
        if text:
            text.append("|")
            offsets.append(length)
            sources.append(source + at - len("\\|"))
            length += 1
        text.append(part)
        offsets.append(length)
        sources.append(source + at)
        length += len(part)
        at += len(part) + len("\\|")
    return Content("".join(text), tuple(offsets), tuple(sources))
