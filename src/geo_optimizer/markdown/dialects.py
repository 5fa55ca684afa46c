"""What is not Markdown in a Markdown file: found before parsing, never entered.

`mask` returns the body at the same length with every foreign stretch replaced
by a filler character (line ends kept), so that the parser sees neither
headings nor lists in it and every offset stays true.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from geo_optimizer.errors import DraftRefused
from geo_optimizer.model import Dialect, Span

FILLER = "\ue000"  # private use: in no draft, and no Markdown syntax

_FENCE = re.compile(r"^(?P<lead>[ >\t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?=[^`\r\n]*$)|~{3,})", re.MULTILINE)
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"(?=(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n))")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"\{(?:\{(?:[<%]-?\s*(?P<hugo>/\s*)?(?P<hname>[\w./-]+))?|%-?\s*(?P<lname>\w+)|#)")
_DIRECTIVE = re.compile(r"^ {0,3}(?P<colons>:{3,})(?P<name>[ \t]*\{?[\w.-].*|[ \t]*)$", re.MULTILINE)
_ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+\S.*(?:(?:\r\n|\r|\n)(?:[ \t]*(?=\r|\n|\Z)|(?: {4}|\t).*))*", re.MULTILINE)
_MATH = re.compile(r"^ {0,3}\$\$.*?\$\$[ \t]*$", re.MULTILINE | re.DOTALL)
_MATH_END = re.compile(r"\$\$[ \t]*$", re.MULTILINE)
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]\r\n|]+)(?:\|(?P<alias>[^\[\]\r\n]*))?\]\]")
_ESM = re.compile(r"^(?:import|export)\b(?=[ \t{*]).*", re.MULTILINE)
_JSX_OPEN = re.compile(r"<(?P<name>[A-Z][\w.]*|(?=>))")
_LINE_END = re.compile(r"\r\n|\r|\n")


def dialect_of(path: str) -> Dialect:
    return "mdx" if path.lower().endswith(".mdx") else "markdown"


def mask(body: str, dialect: Dialect) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The body with foreign stretches filled; their spans; the spans of wikilinks (their shown words are left).

    Raises DraftRefused where MDX braces or tags do not balance, or go too deep to follow.
    """
    code = _code(body)
    try:
        foreign = merge([*_foreign(body, code), *(_mdx(body, code) if dialect == "mdx" else ())])
    except RecursionError:
        raise DraftRefused("too-deep", "it is nested too deeply to be read for certain", hint="flatten it") from None
    text = _fill(body, foreign)
    hidden, wiki = [], []
    for match in _WIKI.finditer(text):
        if not _inside(match.start(), code):
            wiki.append(Span(*match.span()))
            hidden += [Span(*match.span())] if match["embed"] else _around(match)
    return _fill(text, hidden), tuple(foreign), tuple(wiki)


def _around(match: re.Match[str]) -> list[Span]:
    """The brackets of a wikilink, and its target where an alias is shown in its stead."""
    shown = match.span("alias") if match["alias"] else match.span("target")
    return [Span(match.start(), shown[0]), Span(shown[1], match.end())]


def _fill(text: str, spans: list[Span]) -> str:
    out, at = [], 0
    for span in spans:
        out += [text[at : span.start], re.sub(r"[^\r\n]", FILLER, span.of(text))]
        at = span.end
    return "".join([*out, text[at:]])


def merge(spans: list[Span]) -> list[Span]:
    """The same characters as sorted spans that do not overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _inside(at: int, spans: list[Span]) -> bool:
    i = bisect_right(spans, at, key=lambda span: span.start) - 1
    return i >= 0 and at < spans[i].end


def _code(body: str) -> list[Span]:
    """Fenced code, code spans and HTML comments: template syntax in them is only shown."""
    spans, at = [], 0
    while fence := _FENCE.search(body, at):
        mark = fence["fence"]
        close = re.compile(rf"^[ >\t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE).search(body, fence.end())
        end = close.end() if close else len(body)
        spans.append(Span(fence.start(), end))
        at = max(end, fence.end())
    outside = _fill(body, spans)
    # Cut at the last closer: an opening without one would be followed to the end of the text, and so would the next.
    spans += [Span(*m.span()) for m in _HTML_COMMENT.finditer(outside, 0, outside.rfind("-->") + 3)]
    return merge([*spans, *_code_spans(outside)])


def _code_spans(text: str) -> Iterator[Span]:
    """From a run of backticks to the next one as long, in the same paragraph."""
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
            yield Span(runs[i][0], runs[partner][1])
            i = partner
        i += 1


def _foreign(body: str, code: list[Span]) -> Iterator[Span]:
    yield from _templates(body, code)
    math_end = max((match.end() for match in _MATH_END.finditer(body)), default=0)
    for pattern, end in ((_ADMONITION, len(body)), (_MATH, math_end)):
        yield from (Span(*m.span()) for m in pattern.finditer(body, 0, end) if not _inside(m.start(), code))
    yield from _directives(body, code)


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
        while opened != name:
            opened, at = self._tags.pop()
            self._names[opened] -= 1
        return at


class _Closers:
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


def _tags(body: str) -> Iterator[tuple[Span, re.Match[str] | None]]:
    """Each template tag, with its opening if it has a name that counts: `{{< x >}}`, `{% x %}`, `{{ x }}`, `{# x #}`."""
    closers, at = _Closers(body), 0
    while tag := _TAG.search(body, at):
        start, named = tag.start(), True
        if tag["hname"]:
            end = closers.end(tag.end(), "%}}", ">}}")
        elif tag["lname"]:
            end = closers.end(tag.end(), "%}")
        else:
            end = closers.end(start + 2, "#}" if body[start + 1] == "#" else "}}")
        if end is None and tag["hname"]:  # no shortcode, but maybe an expression
            named, end = False, closers.end(start + 2, "}}")
        if end is not None:
            yield Span(start, end), tag if named else None
        at = end or start + 1


def _templates(body: str, code: list[Span]) -> Iterator[Span]:
    """Hugo shortcodes and Liquid or Nunjucks tags; a paired one with all that it encloses."""
    opened = OpenTags()
    for span, tag in _tags(body):
        if _inside(span.start, code):
            continue
        yield span
        name = (tag["hname"] or tag["lname"]) if tag else None
        if not tag or not name:
            continue
        if not tag["hugo"] and not (tag["lname"] and name.startswith("end")):
            opened.open(name, span.start)
        elif (start := opened.close(name if tag["hugo"] else name.removeprefix("end"))) is not None:
            yield Span(start, span.end)


def _directives(body: str, code: list[Span]) -> Iterator[Span]:
    """`:::name` up to the matching `:::`; without one, the line alone."""
    opened: list[tuple[int, int]] = []
    for match in _DIRECTIVE.finditer(body):
        if _inside(match.start(), code):
            continue
        yield Span(*match.span())
        if match["name"].strip():
            opened.append((len(match["colons"]), match.start()))
        elif opened:
            yield Span(opened.pop()[1], match.end())


# ------------------------------------------------------------------ MDX


def _mdx(body: str, code: list[Span]) -> Iterator[Span]:
    at, fresh = 0, True
    while at < len(body):
        if _inside(at, code):
            at, fresh = code[bisect_right(code, at, key=lambda span: span.start) - 1].end, False
            continue
        if fresh and _ESM.match(body, at):
            end = _esm_end(body, at)
        elif body[at] == "\\":  # what follows is a character, not syntax
            at, fresh = at + 2, False
            continue
        elif body[at] == "{":
            end = _braces_end(body, at)
        elif body[at] == "<" and _JSX_OPEN.match(body, at):
            end = _element_end(body, at)
        else:
            fresh = body[at] in "\r\n" and (fresh or at == 0 or body[at - 1] in "\r\n")
            at += 1
            continue
        yield Span(at, end)
        at, fresh = end, _LINE_END.match(body, end) is not None
        if fresh and (line_end := _LINE_END.match(body, end)):
            at = line_end.end()


def _esm_end(body: str, at: int) -> int:
    """An import or export runs to the end of the line on which its braces are balanced."""
    while True:
        line_end = _LINE_END.search(body, at)
        end = line_end.start() if line_end else len(body)
        opening = next((i for i in range(at, end) if body[i] in "{[("), None)
        if opening is None:
            return end
        at = _braces_end(body, opening)


_CLOSER = {"{": "}", "[": "]", "(": ")"}


def _braces_end(body: str, at: int) -> int:
    """After the brace that closes the one at `at`; strings, template literals and comments are skipped."""
    stack, i = [_CLOSER[body[at]]], at + 1
    while i < len(body):
        char = body[i]
        if char in "\"'`":
            i = _string_end(body, i)
            continue
        if body.startswith("/*", i):
            i = _after(body, "*/", i + 2, at)
            continue
        if char in _CLOSER:
            stack.append(_CLOSER[char])
        elif char == stack[-1]:
            stack.pop()
            if not stack:
                return i + 1
        i += 1
    raise _unbalanced(body, at, body[at])


def _string_end(body: str, at: int) -> int:
    """After the string that opens at `at`; an apostrophe without a partner on its line is only an apostrophe."""
    quote, i = body[at], at + 1
    while i < len(body) and (quote == "`" or body[i] not in "\r\n"):
        if body[i] == "\\":
            i += 2
        elif body[i] == quote:
            return i + 1
        elif quote == "`" and body.startswith("${", i):
            i = _braces_end(body, i + 1)
        else:
            i += 1
    return at + 1


def _after(body: str, mark: str, start: int, opened: int) -> int:
    end = body.find(mark, start)
    if end < 0:
        raise _unbalanced(body, opened, mark)
    return end + len(mark)


def _element_end(body: str, at: int) -> int:
    """After the element that opens at `at`, its children included."""
    name, end, closed = _tag(body, at)
    if closed:
        return end
    depth, i = 1, end
    pattern = re.compile(rf"<(?P<close>/?){re.escape(name)}(?=[\s/>])|```|<!--")
    while match := pattern.search(body, i):
        if match.group() == "```":
            i = (body.find("```", match.end()) + 3) or len(body)
            i = match.end() if i == 2 else i
        elif match.group() == "<!--":
            i = _after(body, "-->", match.end(), match.start())
        elif match["close"]:
            i = _after(body, ">", match.end(), match.start())
            depth -= 1
            if not depth:
                return i
        else:
            _, i, closed = _tag(body, match.start())
            depth += not closed
    raise _unbalanced(body, at, f"<{name}>")


def _tag(body: str, at: int) -> tuple[str, int, bool]:
    """The name of the tag that opens at `at`, the place after it, and whether it closes itself."""
    opening = _JSX_OPEN.match(body, at) or re.compile(r"<(?P<name>[\w.]*)").match(body, at)
    name = opening["name"] if opening else ""
    i = opening.end() if opening else at + 1
    while i < len(body):
        if body[i] == ">":
            return name, i + 1, body[i - 1] == "/"
        if body[i] == "{":
            i = _braces_end(body, i)
        elif body[i] in "\"'":
            i = _string_end(body, i)
        else:
            i += 1
    raise _unbalanced(body, at, f"<{name}")


def _unbalanced(body: str, at: int, what: str) -> DraftRefused:
    line = 1 + len(_LINE_END.findall(body, 0, at))
    return DraftRefused("unbalanced-mdx", f"{what} is never closed", hint="close it, or rename the file to .md if it is not MDX", line=line)
