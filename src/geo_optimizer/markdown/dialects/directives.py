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

from geo_optimizer.markdown.dialects.stretches import Unclosed
from geo_optimizer.model import Span

_LEAD = r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
_CONTAINER = re.compile(rf"{_LEAD}(?P<mark>(?P<colons>:{{3,}})[ \t]*(?P<name>[^\s:`][^\n]*)?)$", re.MULTILINE)
_NAMED = re.compile(r"[\w.\[{-]")
_ONE_LINE = re.compile(r":{3}[\w-]+(?:[^\n]*:{3}|-end)[ \t]*$")  # `:::image source="a.png":::`, `:::zone-end` (Microsoft Learn)
_SLASHES = re.compile(r"^[ \t]*(?P<mark>(?P<colons>/{3,})(?:[ \t]+(?P<name>[a-z][\w-]*(?:[ \t]*\|[^\n]*)?))?)[ \t]*$", re.MULTILINE)
_DOCUMENTED = re.compile(r"[\w.]+\.\w+[ \t]*$")  # `::: package.module` (mkdocstrings) has no end
_HEADED = re.compile(r"^[ \t>]*#{1,6}[ \t]+(?P<mark>:::[ \t]+\S[^\n]*)", re.MULTILINE)
_INDENTED = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>(?:!!!|\?\?\?\+?)[ \t]+\S[^\n]*|===[!+]?[ \t]+[\"'][^\n]*)"
    r"(?P<body>(?:\n(?:[ \t]*(?=\n|\Z)|(?P=indent)(?: {4}|\t)[^\n]*))*)",
    re.MULTILINE,
)
_ALONE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<mark>"
    r"\[\[?_?toc_?\]?\]|@\[toc\]"  # a table of contents
    r"|\*\[[^\]\n]+\]:[^\n]*"  # an abbreviation
    r"|-+8<-+[^\n]*|<<<[ \t]*[@./][^\s<]*[^\n]*"  # an included file: PyMdown, VitePress
    r"|::[a-z][\w-]*(?:\[[^\]\n]*\])?(?:\{[^}\n]*\})?"  # a leaf directive
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNS = ("TOC", "toc", "Toc", "*[", "::", "8<", "<<<")  # without one of them _ALONE finds nothing
_ALERT = re.compile(r"^[ \t]*(?:>[ \t]*)+(?P<mark>\\?\[!\w[\w-]*(?:\|[^\]\n]*)?\][+-]?[^\n]*)", re.MULTILINE)
_TOC_ITEM = re.compile(r"^[ \t]*(?P<mark>(?:[-*+]|\d\.)[ \t]+[^\n]*\n[ \t]*\{:[ \t]*toc[^}\n]*\})", re.MULTILINE)
_TEXT_DIRECTIVE = re.compile(r"(?<![\w:]):[a-z][\w-]*\[[^\[\]\n]*\]\{[^{}\n]*\}", re.IGNORECASE)
_MEANING = re.compile(r"^ {0,3}:[ \t]+\S[^\n]*", re.MULTILINE)
_TERM = re.compile(r"[ \t]{0,3}[^\s#>|:`~<-]")
_GOES_ON = re.compile(r"\n(?:[ \t]*\S[^\n]*|(?:[ \t]*\n)+(?:[ \t]{2,}\S| {0,3}:[ \t]+\S)[^\n]*)")


def find_directives(text: str) -> Iterator[Span | Unclosed]:
    """The directives and marked lines of a text in which code and templates are filled."""
    if ":::" in text:
        yield from (Span(*mark.span("mark")) for mark in _HEADED.finditer(text))
        yield from _containers(_CONTAINER.finditer(text), "::: block")
    if "///" in text:
        yield from _containers(_SLASHES.finditer(text), "/// block")
    if "!!!" in text or "???" in text or "===" in text:
        yield from (Span(block.start("mark"), block.end()) for block in _INDENTED.finditer(text))
    if "\n:" in text or "\n :" in text or "\n  :" in text:
        yield from _definitions(text)


def find_marked_lines(text: str) -> Iterator[Span]:
    """What stands for something else: tables of contents, abbreviations, included files, leaf directives, marks of alerts."""
    if any(sign in text for sign in _SIGNS):
        yield from (Span(*line.span("mark")) for line in _ALONE.finditer(text))
    if "[!" in text:
        yield from (Span(*line.span("mark")) for line in _ALERT.finditer(text))
    if "{:" in text:
        yield from (Span(*line.span("mark")) for line in _TOC_ITEM.finditer(text))


def find_text_directives(text: str) -> Iterator[Span]:
    """`:name[words]{attributes}` within a line."""
    if "]{" in text:
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
        while goes_on := _GOES_ON.match(text, at):
            at = goes_on.end()
        yield Span(start, at)


def _term(text: str, floor: int, at: int) -> int | None:
    """Where the line above, at most one blank line away, begins, if it can be a term."""
    end = at - 1
    for _ in range(2):
        start = text.rfind("\n", floor, max(floor, end)) + 1 or floor
        if end > start and text[start:end].strip():
            return start if _TERM.match(text, start) else None
        end = start - 1
    return None
