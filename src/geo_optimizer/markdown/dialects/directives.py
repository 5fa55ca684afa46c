"""Blocks of Markdown's extensions that stand on lines of their own.

Container directives (`:::` of Docusaurus, VuePress, MyST, Pandoc, Quarto and
the Carpentries; `///` of PyMdown), admonitions and tabs with an indented body
(`!!!`, `???`, `===` of MkDocs), leaf directives, definition lists, and single
lines that stand for something else: a table of contents, an abbreviation, an
included file, the mark of an alert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.stretches import LEAD, Unclosed
from geo_optimizer.model import Span

_CONTAINER = lazily(rf"{LEAD}(?P<mark>(?P<colons>:{{3,}})[ \t]*(?P<name>[^\s:`][^\n]*)?)$", re.MULTILINE)
_NAMED = lazily(r"[\w.\[{-]")
_ONE_LINE = lazily(r":{3}[\w-]++(?:(?<=[\w-]-end)|[^\n]*:{3})[ \t]*+$")  # `:::image source="a.png":::`, `:::zone-end` (Microsoft Learn)
_SLASHES = lazily(r"^[ \t]*(?P<mark>(?P<colons>/{3,})(?:[ \t]+(?P<name>[a-z][\w-]*(?:[ \t]*\|[^\n]*)?))?)[ \t]*$", re.MULTILINE)
_DOCUMENTED = lazily(r"[\w.]+\.\w+[ \t]*$")  # `::: package.module` (mkdocstrings) has no end
_HEADED = lazily(r"^[ \t>]*#{1,6}[ \t]+(?P<mark>:::[ \t]+\S[^\n]*)", re.MULTILINE)
_INDENTED = lazily(
    r"^(?P<indent>[ \t]*)(?P<mark>(?:!!!|\?\?\?\+?)[ \t]+\S[^\n]*|===[!+]?[ \t]+[\"'][^\n]*)"
    r"(?P<body>(?:\n(?:[ \t]*(?=\n|\Z)|(?P=indent)(?: {4}|\t)[^\n]*))*)",
    re.MULTILINE,
)
_TAB = lazily(r"===[!+]?[ \t]+[\"']")
_ALONE = lazily(
    rf"{LEAD}(?P<mark>"
    r"\[\[?_?toc_?\]?\]|@\[toc\]"  # a table of contents
    r"|\*\[[^\]\n]+\]:[^\n]*"  # an abbreviation
    r"|-+8<-+[^\n]*|<<<[ \t]*[@./][^\s<]*[^\n]*"  # an included file: PyMdown, VitePress
    r"|::[a-z][\w-]*(?:\[[^\]\n]*\])?(?:\{[^}\n]*\})?"  # a leaf directive
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNS = ("*[", "::", "8<", "<<<")  # without one of them, or a table of contents, _ALONE finds nothing
_TOC = lazily(r"\[\[?_?toc", re.IGNORECASE)
_ALERT = lazily(r"^[ \t]*(?:>[ \t]*)+(?P<mark>\\?\[!\w[\w-]*(?:\|[^\]\n]*)?\][+-]?[^\n]*)", re.MULTILINE)
_TOC_ITEM = lazily(r"^[ \t]*(?P<mark>(?:[-*+]|\d\.)[ \t][^\n]*+\n[ \t]*+\{:[ \t]*toc[^}\n]*\})", re.MULTILINE)
_TEXT_DIRECTIVE = lazily(r"(?<![\w:]):[a-z][\w-]*\[[^\[\]\n]*\]\{[^{}\n]*\}", re.IGNORECASE)
_LIKE_A_MEANING = lazily(r"\n {0,2}:")
_MEANING = lazily(r"^ {0,3}:[ \t]+\S[^\n]*", re.MULTILINE)
# What may be one: no list item, link definition, heading or other block.
_TERM = lazily(r"[ \t]{0,3}(?![*+][ \t]|\d{1,9}[.)][ \t]|\[[^\[\]\n]*\]:)(?P<words>[^\s#>|:`~<-])")
_ENDS_BLOCK = lazily(r" {0,3}(?:#{1,6}(?:[ \t]|$)|-{3,}[ \t]*$)")  # a heading, or what underlines one, or a rule
_LABEL = lazily(r"\([\w:.*/ -]+\)=[ \t]*$")  # of MyST, for what follows it
# By the columns that its term is indented: what goes on with a meaning, or is another one.
_GOES_ON = tuple(
    re.compile(rf"\n(?:(?!#{{1,6}}[ \t])[ \t]*[^ \t\n][^\n]*|(?:[ \t]*\n)+(?:[ \t]{{{indent + 2},}}\S| {{0,3}}:[ \t]+\S)[^\n]*)")
    for indent in range(4)
)


def find_directives(text: str) -> Iterator[Span | Unclosed]:
    """The directives and marked lines of a text in which code and templates are filled."""
    if ":::" in text:
        yield from (Span(*mark.span("mark")) for mark in _HEADED.finditer(text))
        yield from _containers(_CONTAINER.finditer(text), "::: block")
    if "///" in text:
        yield from _containers(_SLASHES.finditer(text), "/// block")
    if "!!!" in text or "???" in text or ("===" in text and _TAB.search(text)):
        yield from (Span(block.start("mark"), block.end()) for block in _INDENTED.finditer(text))
    if _LIKE_A_MEANING.search(text):
        yield from _definitions(text)


def find_marked_lines(text: str) -> Iterator[Span]:
    """What stands for something else: tables of contents, abbreviations, included files, leaf directives, marks of alerts."""
    if any(sign in text for sign in _SIGNS) or (_TOC.search(text) and any(word in text for word in ("TOC", "toc", "Toc"))):
        yield from (Span(*line.span("mark")) for line in _ALONE.finditer(text))
    if "[!" in text:
        yield from (Span(*line.span("mark")) for line in _ALERT.finditer(text))
    if "{" in text and "{:" in text:
        yield from (Span(*line.span("mark")) for line in _TOC_ITEM.finditer(text))


def find_text_directives(text: str) -> Iterator[Span]:
    """`:name[words]{attributes}` within a line."""
    if "{" in text and "]{" in text:
        yield from (Span(*mark.span()) for mark in _TEXT_DIRECTIVE.finditer(text))


def _containers(lines: Iterator[re.Match[str]], what: str) -> Iterator[Span | Unclosed]:
    """From each opening to its closing; an opening without one is a stretch alone."""
    marks = [line for line in lines if not line["name"] or _NAMED.match(line["name"])]
    closings = _closings(marks)
    for mark in marks:
        yield Span(*mark.span("mark"))
        if not mark["name"] or _ONE_LINE.match(mark.group("mark")):
            continue
        if closing := closings.get(mark.start()):
            yield Span(mark.start("mark"), closing)
        elif not _DOCUMENTED.match(mark["name"]):
            yield Unclosed(Span(*mark.span("mark")), what)


def _closings(marks: Sequence[re.Match[str]]) -> dict[int, int]:
    """Where each opening is closed, by the place of the opening.

    Where there are as many closings as openings they nest like brackets, as
    in Pandoc, whatever the number of colons. Otherwise an opening is closed by
    its own number of colons first, by more of them second, as in CommonMark's fences.
    """
    marks = [mark for mark in marks if not _ONE_LINE.match(mark["mark"])]
    counts = sum(1 if mark["name"] else -1 for mark in marks)
    closed: dict[int, int] = {}
    opened: list[re.Match[str]] = []
    by_length: dict[int, int] = {}
    for mark in marks:
        length = len(mark["colons"])
        if mark["name"]:
            opened.append(mark)
            by_length[length] = by_length.get(length, 0) + 1
            continue
        while opened:
            last = opened.pop()
            by_length[len(last["colons"])] -= 1
            if not counts or len(last["colons"]) == length or not by_length.get(length):
                closed[last.start()] = mark.end()
                break
    return closed


def _definitions(text: str) -> Iterator[Span]:
    """A term and, on lines that begin with a colon, what it means: one stretch, with those that follow directly."""
    at = 0
    while meaning := _MEANING.search(text, at):
        start = _term(text, at, meaning.start())
        at = meaning.end()
        if start is None:
            continue
        indent = start - text.rfind("\n", 0, start) - 1
        while goes_on := _GOES_ON[indent].match(text, at):
            at = goes_on.end()
        yield Span(start, at)


def _term(text: str, floor: int, at: int) -> int | None:
    """Where the words of the line above, at most one blank line away, begin, if they can be a term.

    They are a block of their own: the last line of a paragraph is no term, nor is a line that goes on in a quote or list item.
    """
    end = at - 1
    for _ in range(2):
        start = text.rfind("\n", floor, max(floor, end)) + 1 or floor
        if end > start and text[start:end].strip(" \t"):
            term = _TERM.match(text, start) if _begins_block(text, start) else None
            return term.start("words") if term else None
        end = start - 1
    return None


def _begins_block(text: str, start: int) -> bool:
    """Whether a line has a heading, a rule, a blank line or nothing above it; a label for it may be in between."""
    line = _line_above(text, start)
    if _LABEL.match(line):
        line = _line_above(text, start - len(line) - 1)
    return not line.strip(" \t") or _ENDS_BLOCK.match(line) is not None


def _line_above(text: str, start: int) -> str:
    """The line that ends where the one at `start` begins; empty for the first."""
    return text[text.rfind("\n", 0, start - 1) + 1 : start - 1] if start else ""
