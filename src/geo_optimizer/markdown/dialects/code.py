"""Code, HTML comments and raw HTML: nothing in them is syntax, whatever it looks like.

Block structure as CommonMark 0.31.2 has it, as far as it takes to find code:
fences (section 4.5) with the containers that end them, indented code (4.4),
the HTML blocks that hold anything (4.6, kinds 1 to 3 and 5), code spans (6.1).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.stretches import MARKERS, Closers, Unclosed, fill, merge
from geo_optimizer.model import Span

_OPENING = lazily(
    rf"(?P<lead>[ >\t]*{MARKERS})"
    r"(?:(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})|(?P<raw><(?:!--|!\[CDATA\[|\?|(?P<name>script|pre|style|textarea)(?=[\s>]|$))))",
    re.MULTILINE | re.IGNORECASE,
)
_RAW_ENDS = {"<!--": "-->", "<![cdata[": "]]>", "<?": "?>"}
_RAW_NAMES = {"<!--": "HTML comment", "<![cdata[": "CDATA section", "<?": "processing instruction"}
# Lines under which more may stand indented without being code.
_CONTAINER = lazily(r"[ >]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|\[\^[^\]\n]+\]:|:[ \t]|!!!|\?\?\?|===)", re.MULTILINE)
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ({|_\"'$&")  # a line that begins so opens nothing
_INLINE = lazily(r"[`<](?:(?<=`)`*+|(?<=<)!--)")  # a run of backticks or the start of a comment
_DEEPEST = 60  # columns of indent told apart


@dataclass(slots=True)
class Code:
    """`spans`: what is code. `unclosed`: openings that run to the end of the text."""

    spans: list[Span] = field(default_factory=list)
    unclosed: list[Unclosed] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # where no code span goes across


def find_code(text: str, *, html: bool) -> Code:
    """The code of a text with `\\n` line ends; without `html`, as in MDX, there is no indented code and no raw HTML but comments."""
    code = _Blocks(text, html=html).read()
    code.spans = merge([*code.spans, *_inline_code(fill(text, merge(code.spans)), code.breaks)])
    return code


class _Blocks:
    """One walk over the lines."""

    def __init__(self, text: str, *, html: bool) -> None:
        self.text = text
        self.html = html
        self.code = Code()
        self.closers = Closers(text)
        self.nested = False  # inside a list item or the like
        self.blank = True  # the line before is blank
        self.indented: int | None = None  # where the indented code being read began

    def read(self) -> Code:
        at, text = 0, self.text
        while at < len(text):
            end = text.find("\n", at)
            end = end if end >= 0 else len(text)
            if self.blank or self.indented is not None or text[at] not in _PLAIN:
                end = self._line(at, end)
            at = end + 1
        self._end_indented(len(text))
        return self.code

    def _line(self, start: int, end: int) -> int:
        """Read a line; where what it opens ends, or the line itself."""
        first = self.text[start : start + 1]
        if first in _PLAIN:
            self._paragraph(start, indent=0)
            return end
        line = self.text[start:end]
        if not line.strip(" \t"):
            self.blank = True
            self.code.breaks.append(start)
            return end
        expanded = line.expandtabs(4) if first in " \t" else line
        indent = len(expanded) - len(expanded.lstrip(" ")) if first in " \t" else 0
        if indent >= 4 and not self.nested and self.html:
            self._deep(start)
            return end
        if (opening := _OPENING.match(self.text, start)) and (block_end := self._block(opening)) is not None:
            self._end_indented(start)
            self.blank = False
            return block_end
        self._paragraph(start, indent)
        return end

    def _deep(self, start: int) -> None:
        """A line with the indent of code: code after a blank line, otherwise the paragraph goes on."""
        if self.indented is None and self.blank:
            self.indented = start
        self.blank = False

    def _paragraph(self, start: int, indent: int) -> None:
        self._end_indented(start)
        if self.text[start] not in _PLAIN and _CONTAINER.match(self.text, start):
            self.nested = True
            self.code.breaks.append(start)
        elif (self.blank and indent < 2) or self.text[start] == "#":
            self.nested = False
            self.code.breaks.append(start)
        self.blank = False

    def _end_indented(self, end: int) -> None:
        if self.indented is not None:
            self.code.spans.append(Span(self.indented, end))
            self.indented = None

    def _block(self, opening: re.Match[str]) -> int | None:
        """The end of the fence or raw HTML that opens here; None if it opens none."""
        self.code.breaks.append(opening.start())
        if not opening["fence"]:
            return self._raw(opening)
        if re.search(r"[-*+.)]", opening["lead"]):
            self.nested = True
        elif self.blank and len(opening["lead"]) < 2:
            self.nested = False
        loose = not self.html and not opening["lead"].strip()  # MDX: any indent will do
        first = self.text.find("\n", opening.end()) + 1
        over = _fence_end(opening, loose=loose).search(self.text, first) if first else None
        if over is None:
            self._left_open(opening, opening.start("fence"), "code fence")
        end = len(self.text) if over is None else over.end() if over["closing"] else over.start() - 1
        self.code.spans.append(Span(opening.start(), end))
        return end

    def _raw(self, opening: re.Match[str]) -> int | None:
        mark = opening["raw"].lower()
        if (mark != "<!--" and not self.html) or len(opening["lead"].expandtabs(4)) > 3 + 4 * self.nested:
            return None
        name = opening["name"] or ""
        ends = (f"</{name.lower()}>", f"</{name.upper()}>") if name else (_RAW_ENDS[mark],)
        end = self.closers.end(opening.end("raw"), *ends)
        if end is None and not self.html:
            return None
        if end is None:
            self._left_open(opening, opening.start("raw"), _RAW_NAMES.get(mark) or f"<{opening['name']}> element")
        self.code.spans.append(Span(opening.start("raw"), end if end is not None else len(self.text)))
        line_end = self.text.find("\n", end) if end is not None else -1
        return line_end if line_end >= 0 else len(self.text)

    def _left_open(self, opening: re.Match[str], start: int, what: str) -> None:
        self.code.unclosed.append(Unclosed(Span(start, opening.end()), what))


def _fence_end(opening: re.Match[str], *, loose: bool) -> re.Pattern[str]:
    """The first line with which a fence is over: behind the quote or list item that it stands in, or its closing.

    That is a line of nothing but the fence's mark, as often or more, and indented less than code would be.
    """
    mark, lead = opening["fence"], opening["lead"]
    indent = r"[ >\t]*" if loose or ">" in lead or "\t" in lead else f" {{0,{min(len(lead), _DEEPEST) + 3}}}"
    outside = "" if loose else _outside(lead)
    return re.compile(rf"^(?:{outside}(?P<closing>{indent}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$))", re.MULTILINE)


def _outside(lead: str) -> str:
    """A line behind the container of a fence, as an alternative of a pattern; empty if the text is its only container."""
    if ">" in lead:
        return r"(?![ \t]*>)|"
    # behind a list marker the item's indent is known; otherwise it is at most three columns less than the fence's
    width = min(len(lead.expandtabs(4)), _DEEPEST) - (0 if lead.strip() else 3)
    return rf"(?! {{{width}}}| *\t|[ \t]*$)|" if width > 0 else ""


def _inline_code(text: str, breaks: list[int]) -> Iterator[Span]:
    """Code spans and comments within lines: from a run of backticks to the next one as long, in the same block."""
    marks = [mark.span() for mark in _INLINE.finditer(text)]
    runs: dict[int, list[int]] = {}
    for start, end in marks:
        if text[start] == "`":
            runs.setdefault(end - start, []).append(start)
    closers, at = Closers(text), 0
    for start, end in marks:
        if start < at:
            continue
        at = end
        closed = _span_end(text, start, end, runs, breaks) if text[start] == "`" else closers.end(at, "-->")
        if closed is not None:
            yield Span(start, closed)
            at = closed


def _span_end(text: str, start: int, end: int, runs: dict[int, list[int]], breaks: list[int]) -> int | None:
    """Where the code span ends that a run of backticks opens."""
    length = end - start
    if text[start - 1 : start] == "\\":
        length -= _escaped(text, start)
    same = runs.get(length, ())
    n = bisect_left(same, end)
    if not length or n >= len(same) or bisect_right(breaks, start) != bisect_right(breaks, same[n]):
        return None
    return same[n] + length


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    count = 0
    while count < at and text[at - 1 - count] == "\\":
        count += 1
    return count % 2 == 1
