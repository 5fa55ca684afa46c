"""Syntax within lines: mathematics, attribute lists, wikilinks, and what MyST and Obsidian add."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.stretches import FILLER, LEAD, Paragraphs, Unclosed
from geo_optimizer.model import Span

# ------------------------------------------------------------------ mathematics

_DISPLAY = lazily(rf"{LEAD}(?P<mark>\$\$)(?!\$)", re.MULTILINE)
_DISPLAY_END = lazily(r"\$\$(?:[ \t]*(?:\([\w:.-]+\)|\{[^{}\n]*\}))?[ \t]*$", re.MULTILINE)
_DOLLARS = lazily(r"\\.|\$+", re.DOTALL)
_BRACKETED = lazily(r"\\\\?(?:(?P<open>[(\[])|(?P<close>[)\]]))")
_PARTNER = {"(": ")", "[": "]"}
_ENVIRONMENT = lazily(r"^[ \t]*(?P<mark>\\begin\{(?P<name>[a-z]+\*?)\})", re.MULTILINE)
_ENVIRONMENT_END = lazily(r"\\end\{(?P<name>[a-z]+\*?)\}")
_COMMAND = lazily(r"\\[a-zA-Z]+|\\[,;!{}|]|[_^](?=[\w{\\])")
_GROUP = lazily(r"\{[^{}]*\}")
_WORDS = lazily(r"(?<![^\W\d_])[^\W\d_]{2,}+[ \t\n]++[^\W\d_]{2}")
_FORMULA = lazily(r"[A-Za-z](?:['′]|\([A-Za-z0-9 ,+*/-]*\))*(?:[ \t]*(?:[-+*/=<>≤≥≠≈,|]|:=)[ \t]*-?[A-Za-z0-9.()]+)*|[A-Z]{1,2}\([\w, ]+\)")


def find_math(text: str) -> Iterator[Span | Unclosed]:
    """Formulas between dollars, `\\[ \\]`, `\\( \\)` and `\\begin \\end`. Money is none."""
    if "$" in text:
        yield from _display(text) if "$$" in text else ()
        yield from _between_dollars(text)
    if "\\" in text:
        yield from _bracketed(text) if "\\[" in text or "\\(" in text else ()
        yield from _environments(text) if "\\begin{" in text else ()


def _display(text: str) -> Iterator[Span | Unclosed]:
    """From `$$` at the start of a line to the next that ends one."""
    ends, at = max((end.end() for end in _DISPLAY_END.finditer(text)), default=0), 0
    while opening := _DISPLAY.search(text, at):
        closing = _DISPLAY_END.search(text, opening.end(), ends) if opening.end() < ends else None
        at = closing.end() if closing else opening.end()
        if closing:
            yield Span(opening.start("mark"), closing.end())
        elif not text[opening.end() : (text.find("\n", opening.end()) + 1 or len(text) + 1) - 1].strip():
            yield Unclosed(Span(*opening.span("mark")), "$$ formula")


def _between_dollars(text: str) -> Iterator[Span]:
    """Pandoc's rule (`tex_math_dollars`: no blank inside the dollars, no digit behind them), and evidence that it is a formula."""
    marks = [mark for mark in _DOLLARS.finditer(text) if mark.group()[0] == "$" and len(mark.group()) <= 2]
    paragraphs = Paragraphs(text) if marks else None
    n = 0
    while paragraphs and n + 1 < len(marks):
        opening, closing = marks[n], marks[n + 1]
        inside = text[opening.end() : closing.start()]
        n += 1
        if len(opening.group()) != len(closing.group()) or not inside.strip() or not paragraphs.same(opening.start(), closing.start()):
            continue
        if len(opening.group()) == 2 and "\n" in inside:  # a block, see _display
            continue
        if len(opening.group()) == 1 and (inside[0].isspace() or inside[-1].isspace() or text[closing.end() : closing.end() + 1].isdigit()):
            continue
        if is_formula(inside.strip()):
            yield Span(opening.start(), closing.end())
            n += 1


def is_formula(text: str) -> bool:
    """Whether a text reads as mathematics: it has TeX in it, or is single letters, digits and signs; never two words side by side."""
    if FILLER in text or _WORDS.search(_GROUP.sub("", re.sub(r"\\[a-zA-Z]+", "", text))):
        return False
    return bool(_COMMAND.search(text)) or bool(_FORMULA.fullmatch(text))


def _bracketed(text: str) -> Iterator[Span]:
    """`\\( ... \\)` and `\\[ ... \\]`, also with the backslash doubled; in Markdown these are brackets, unless a formula is in them."""
    opened: re.Match[str] | None = None
    for mark in _BRACKETED.finditer(text):
        if mark["open"]:
            opened = mark
        elif opened and mark.group() == opened.group()[:-1] + _PARTNER[opened.group()[-1]]:
            inside = text[opened.end() : mark.start()].strip()
            if _COMMAND.search(inside) or (inside and _FORMULA.fullmatch(inside) and len(inside) > 1):
                yield Span(opened.start(), mark.end())
            opened = None


def _environments(text: str) -> Iterator[Span]:
    ends: dict[str, list[int]] = {}
    for end in _ENVIRONMENT_END.finditer(text):
        ends.setdefault(end["name"], []).append(end.end())
    at = 0
    while opening := _ENVIRONMENT.search(text, at):
        at, places = opening.end(), ends.get(opening["name"], [])
        n = bisect_left(places, at)
        if n < len(places):
            at = places[n]
            yield Span(opening.start("mark"), at)


# ------------------------------------------------------------------ attributes

# Nothing in them is tried in two ways: what could end in many places would be read as often as there are ways to share it out.
_NAME = r"[#.][^\s{}#.=\"'()]++"
_PAIR = r"[A-Za-z_][\w:-]*+=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s{}\"'=][^\s{}\"']*+)"
_ATTRIBUTES = lazily(
    # an id, classes and pairs in braces, of kramdown with a colon
    rf"(?:\{{:?[ \t]*+(?:{_NAME}|{_PAIR})(?>(?:[ \t\n]*+{_NAME}|[ \t\n]++{_PAIR}|[ \t]++[\w-]++)*)[ \t]*+\}}"
    r"|\{:[ \t.#/][^{}\n]*\}|\{:[\w-]+(?::[^{}\n]*)?\}"  # {: .class }, {:toc}, {:name: .class}
    r"|\{-\}(?=[ \t]*$))",  # Pandoc's heading without a number
    re.MULTILINE,
)


def find_attributes(text: str) -> Iterator[Span]:
    """Attribute lists of headings, images, spans and blocks, with the blanks before them."""
    if "{" in text:
        for match in _ATTRIBUTES.finditer(text):
            start = match.start()
            while start > 0 and text[start - 1] in " \t":
                start -= 1
            yield Span(match.start() if text[start - 1 : start] in ("", "\n", ">") else start, match.end())


# ------------------------------------------------------------------ wikilinks, Obsidian, MyST

_WIKI = lazily(r"\[\[(?P<target>[^\[\]\r\n|\\]+)(?:\\?\|(?P<alias>[^\[\]\r\n]*))?\]\]")
_OBSIDIAN_COMMENT = lazily(r"%%")
_BLOCK_ID = lazily(r"(?:(?<=\S)[ \t]+|^[ \t]*)\^[A-Za-z0-9][\w-]*[ \t]*$", re.MULTILINE)
_MYST_LINE = lazily(r"^ {0,3}(?P<mark>%[^\n]*|\([\w:.*/ -]+\)=|\+\+\+(?:[ \t]+[^\n]*)?)[ \t]*$", re.MULTILINE)
_MYST_ROLE = lazily(rf"\{{[a-zA-Z][\w:.+-]*\}}(?={FILLER}|`)")


def find_wikilinks(text: str) -> tuple[list[Span], list[Span]]:
    """The whole of each wikilink, and what of it no reader sees; an embed is seen elsewhere."""
    links, hidden = [], []
    for match in _WIKI.finditer(text) if "[[" in text else ():
        embed = text.startswith("!", match.start() - 1) if match.start() else False
        links.append(Span(match.start() - embed, match.end()))
        hidden += links[-1:] if embed else _around(match)
    return links, hidden


def _around(match: re.Match[str]) -> list[Span]:
    """The brackets of a wikilink, and its target where an alias is shown in its stead."""
    shown = match.span("alias") if match["alias"] else match.span("target")
    return [Span(match.start(), shown[0]), Span(shown[1], match.end())]


def find_obsidian(text: str) -> Iterator[Span | Unclosed]:
    """`%% comments %%`, also of several lines, and `^block-ids`."""
    marks = [mark.start() for mark in _OBSIDIAN_COMMENT.finditer(text)]
    yield from (Span(start, end + 2) for start, end in zip(marks[::2], marks[1::2], strict=False))
    if len(marks) % 2:
        yield Unclosed(Span(marks[-1], marks[-1] + 2), "%% comment")
    yield from (Span(*match.span()) for match in _BLOCK_ID.finditer(text))


def find_myst_lines(text: str) -> Iterator[Span]:
    """`% comments`, `(targets)=`, and `+++` breaks."""
    yield from (Span(*line.span("mark")) for line in _MYST_LINE.finditer(text))


def find_myst_roles(text: str, code: list[Span]) -> Iterator[Span]:
    """Roles, with the code span that they are about."""
    ends = {span.start: span.end for span in code}
    for role in _MYST_ROLE.finditer(text):
        yield Span(role.start(), ends.get(role.end(), role.end()))
