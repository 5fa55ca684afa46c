"""What is not Markdown in a Markdown file: found before parsing, never entered.

`mask` returns the body at the same length with every foreign stretch replaced
by a filler character (line ends kept), so that the parser sees neither
headings nor lists in it and every offset stays true.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from geo_optimizer.errors import DraftRefused
from geo_optimizer.model import Dialect, Span

FILLER = "\ue000"  # private use: in no draft, and no Markdown syntax

_FENCE = re.compile(r"^(?P<lead>[ >\t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?=[^`\r\n]*$)|~{3,})", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)).)+?(?<!`)\1(?!`)", re.DOTALL)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TEMPLATE = re.compile(
    r"\{\{[<%]-?\s*(?P<hugo>/?)\s*(?P<hname>[\w./-]+)(?P<hargs>.*?)[%>]\}\}|\{%-?\s*(?P<lname>\w+).*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL
)
_DIRECTIVE = re.compile(r"^ {0,3}(?P<colons>:{3,})(?P<name>[ \t]*\{?[\w.-].*|[ \t]*)$", re.MULTILINE)
_ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+\S.*(?:(?:\r\n|\r|\n)(?:[ \t]*(?=\r|\n|\Z)|(?: {4}|\t).*))*", re.MULTILINE)
_MATH = re.compile(r"^ {0,3}\$\$.*?\$\$[ \t]*$", re.MULTILINE | re.DOTALL)
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]\r\n|]+)(?:\|(?P<alias>[^\[\]\r\n]*))?\]\]")
_ESM = re.compile(r"^(?:import|export)\b(?=[ \t{*]).*", re.MULTILINE)
_JSX_OPEN = re.compile(r"<(?P<name>[A-Z][\w.]*|(?=>))")
_LINE_END = re.compile(r"\r\n|\r|\n")


def dialect_of(path: str) -> Dialect:
    return "mdx" if path.lower().endswith(".mdx") else "markdown"


def mask(body: str, dialect: Dialect) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The body with foreign stretches filled; their spans; the spans of wikilinks (their shown words are left).

    Raises DraftRefused where MDX braces or tags do not balance.
    """
    code = _code(body)
    foreign = merge([*_foreign(body, code), *(_mdx(body, code) if dialect == "mdx" else ())])
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
    spans += [Span(*m.span()) for m in _HTML_COMMENT.finditer(outside)]
    spans += [Span(*m.span()) for m in _CODE_SPAN.finditer(outside)]
    return merge(spans)


def _foreign(body: str, code: list[Span]) -> Iterator[Span]:
    yield from _templates(body, code)
    for pattern in (_ADMONITION, _MATH):
        yield from (Span(*m.span()) for m in pattern.finditer(body) if not _inside(m.start(), code))
    yield from _directives(body, code)


def _templates(body: str, code: list[Span]) -> Iterator[Span]:
    """Hugo shortcodes and Liquid or Nunjucks tags; a paired one with all that it encloses."""
    open_tags: list[tuple[str, int]] = []
    for match in _TEMPLATE.finditer(body):
        if _inside(match.start(), code):
            continue
        yield Span(*match.span())
        name = match["hname"] or match["lname"]
        if not name:
            continue
        closes = name if match["hugo"] else name.removeprefix("end") if match["lname"] and name.startswith("end") else None
        if closes is None:
            open_tags.append((name, match.start()))
        elif (at := next((i for i in range(len(open_tags) - 1, -1, -1) if open_tags[i][0] == closes), None)) is not None:
            yield Span(open_tags[at][1], match.end())
            del open_tags[at:]


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
