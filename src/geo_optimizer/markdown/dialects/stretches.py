"""Stretches of a text: merging them, filling them, and pairing what opens with what closes, in one pass."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Span

FILLER = "\ufdd0"  # a noncharacter of Unicode: not for interchange, and no Markdown syntax; for those in a draft see `readable`
SHOWN = "\ufdd1"  # another: the first filler of a stretch of which a reader sees something
FILLERS = FILLER + SHOWN
LEAD = r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"  # what may stand before a block on its line: indent, quote marks, a list marker
MARKERS = r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"  # of lists in lists

_LINE = lazily(r"[^\r\n]+")
_READABLE = str.maketrans(dict.fromkeys(FILLERS, "\ufffd"))
_INDENT = lazily(r"[ \t>]*")
_MARKERS = lazily(rf"[ \t>]*{MARKERS}")
_IN_ORDER = attrgetter("start", "end")
BLANK_LINE = lazily(r"\n[ \t]*(?=\n)")


class Unclosed(NamedTuple):
    """An opening that nothing closes: its characters, and what it opens, in an editor's words ("code fence")."""

    span: Span
    what: str


def readable(body: str) -> str:
    """The body at the same length with U+FFFD for what would be taken for a filler, as CommonMark has it for NUL."""
    return body.translate(_READABLE) if FILLER in body or SHOWN in body else body


def unified(body: str) -> str:
    """The body at the same length with `\\n` as its only line end, so that every pattern knows one line end."""
    return body.replace("\r\n", " \n").replace("\r", "\n") if "\r" in body else body


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same characters as sorted spans that do not overlap."""
    merged: list[Span] = []
    for span in sorted(spans, key=_IN_ORDER):
        if merged and span.start < merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans without the blanks and line ends that they end in; those of nothing else are left out."""
    kept = []
    for span in spans:
        end = span.end
        while end > span.start and text[end - 1] in " \t\r\n":
            end -= 1
        if end > span.start:
            kept.append(Span(span.start, end))
    return kept


def fill(text: str, spans: Iterable[Span]) -> str:
    """The text with every span filled, line ends kept.

    What leads the first line of a span (indent, quote marks, the width of
    list markers) stays on its other lines, so that it stays in its container;
    blank lines stay blank.
    """
    out, at = [], 0
    line = known = 0  # where the last line begins that began before `known`
    for span in spans:
        covered = text[span.start : span.end]
        if "\n" not in covered and "\r" not in covered:
            out += [text[at : span.start], FILLER * len(covered)]
        else:
            line = _line_start(text, known, span.start) or line
            out += [text[at : span.start], _filled(text, span, line)]
            line = _line_start(text, span.start, span.end) or line
            known = span.end
        at = span.end
    return "".join([*out, text[at:]])


def _line_start(text: str, start: int, end: int) -> int:
    """Where the last line that begins in `text[start:end]` or right behind it does; 0 if no line ends there."""
    return max(text.rfind("\n", start, end), text.rfind("\r", start, end)) + 1


def _filled(text: str, span: Span, line: int) -> str:
    """The fillers of a span of several lines; the first of them begins at `line`."""
    marks = _MARKERS.match(text, line, span.start)
    lead = marks.group() if marks and marks.end() == span.start else ""
    return _LINE.sub(lambda line: _filled_line(line.group(), lead if line.start() else ""), span.of(text))


def _filled_line(line: str, lead: str) -> str:
    if not line.strip(" \t"):
        return line
    own = _INDENT.match(line, 0, len(lead))
    kept = own.group() if own else ""
    return kept + FILLER * (len(line) - len(kept))


class Stretches:
    """Sorted spans that do not overlap, to ask which one holds a character."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [span.start for span in spans]
        self._spans = spans

    def at(self, place: int) -> Span | None:
        n = bisect_right(self._starts, place) - 1
        return self._spans[n] if n >= 0 and place < self._spans[n].end else None


class OpenTags:
    """The tags that are open at some place of a text. A closing tag goes with the innermost of its name, and closes what is in it."""

    def __init__(self) -> None:
        self._tags: list[tuple[str, int]] = []
        self._names = Counter[str]()

    def open(self, name: str, at: int) -> None:
        self._tags.append((name, at))
        self._names[name] += 1

    def close(self, name: str) -> int | None:
        """Where the tag that this one closes was opened; None if no such tag is open."""
        if not self._names[name]:
            return None
        opened, at = "", 0
        while True:
            opened, at = self._tags.pop()
            self._names[opened] -= 1
            if opened == name:
                return at

    @property
    def left(self) -> tuple[tuple[str, int], ...]:
        """The names and places of the tags that are still open."""
        return tuple(self._tags)


class Closers:
    """Where a mark comes next in a text, asked from places further and further on: no stretch is searched twice for one mark."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def end(self, start: int, *marks: str) -> int | None:
        """After the first of `marks` (equally long) at or after `start`; None if there is none."""
        at = min(self._find(mark, start) for mark in marks)
        return at + len(marks[0]) if at < len(self._text) else None

    def _find(self, mark: str, start: int) -> int:
        at = self._next.get(mark, -1)
        if at < start:
            found = self._text.find(mark, start)
            at = self._next[mark] = found if found >= 0 else len(self._text)
        return at


class Paragraphs:
    """Which places of a text have no blank line between them."""

    def __init__(self, text: str) -> None:
        self._breaks = [match.start() for match in BLANK_LINE.finditer(text)]

    def same(self, start: int, end: int) -> bool:
        return bisect_left(self._breaks, start) == bisect_left(self._breaks, end)
