"""Inline Markdown -> plain text whose every character knows where it came from.

markdown-it gives inline tokens no position. Its inline rules are wrapped so
that each token a rule pushes records the range of content it was read from;
text tokens lie between them, verbatim. Where a text cannot be found at its
place (a punycode autolink, an escaped pipe), the whole inline is one piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from geo_optimizer.markdown.dialects import FILLER
from geo_optimizer.model import Piece, Span

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_AT = "geo_at"
InlineRule = Callable[["StateInline", bool], bool]


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes; link definitions as tokens; positions on inline tokens."""
    md = MarkdownIt("commonmark", {"inline_definitions": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    for rule in md.inline.ruler.__rules__:
        md.inline.ruler.at(rule.name, _positioned(rule.fn), {"alt": rule.alt})
    return md


def _positioned(rule: InlineRule) -> InlineRule:
    def positioned(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[before:]:
                if token.type != "text" and _AT not in token.meta:
                    token.meta[_AT] = (start, state.pos)
        return matched

    return positioned


@dataclass(frozen=True, slots=True)
class Content:
    """An inline token's content and where each of its lines lies in the source."""

    text: str
    starts: tuple[tuple[int, int], ...]  # (offset in text, offset in source), by line

    def source(self, at: int) -> int:
        content, source = self.starts[max(0, bisect_right(self.starts, (at, 1 << 62)) - 1)]
        return source + (at - content)

    def span(self, start: int, end: int) -> Span:
        return Span(self.source(start), self.source(end - 1) + 1 if end > start else self.source(start))


@dataclass(frozen=True, slots=True)
class InlineLink:
    """A link or image of an inline: its span in the source, its shown text, its destination."""

    span: Span
    text: str
    href: str
    image: bool


@dataclass(slots=True)
class _Reading:
    content: Content
    cursor: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    fixed: list[tuple[int, int]] = field(default_factory=list)
    links: list[InlineLink] = field(default_factory=list)
    opened: list[tuple[int, Token]] = field(default_factory=list)
    html_link: int | None = None
    lost: bool = False

    def put(self, shown: str, start: int, end: int, *, fixed: bool = False) -> None:
        """Add `shown`, read from `content[start:end]`."""
        if not shown:
            return
        if fixed:
            self.fixed.append((self.length, self.length + len(shown)))
        self.pieces.append(Piece(self.length, len(shown), self.content.span(start, end)))
        self.text.append(shown)
        self.length += len(shown)

    def put_text(self, text: str) -> None:
        """Add verbatim text at the cursor, without the filler that stands for foreign syntax."""
        if not self.content.text.startswith(text, self.cursor):
            found = self.content.text.find(text, self.cursor)
            if found < 0:
                self.lost = True
                found = self.cursor
            self.cursor = found
        at = self.cursor
        for part in text.split(FILLER):
            self.put(part, at, at + len(part))
            at += len(part) + 1
        self.cursor += len(text)


def read_inline(
    content: Content, tokens: Sequence[Token]
) -> tuple[str, tuple[Piece, ...], tuple[tuple[int, int], ...], tuple[InlineLink, ...]]:
    """Plain text, its pieces, its fixed ranges, and the links of one inline's tokens."""
    reading = _Reading(content)
    for token in tokens:
        _READERS.get(token.type, _read_other)(reading, token)
    text = "".join(reading.text)
    if reading.lost:
        whole = Piece(0, len(text), content.span(0, len(content.text)))
        return text, (whole,), ((0, len(text)),), tuple(reading.links)
    return text, tuple(reading.pieces), tuple(reading.fixed), tuple(reading.links)


def _at(token: Token) -> tuple[int, int]:
    at: tuple[int, int] = token.meta[_AT]
    return at


def _read_text(reading: _Reading, token: Token) -> None:
    reading.put_text(token.content)


def _read_mark(reading: _Reading, token: Token) -> None:
    """`*`, `**`, `~~`: the delimiter itself is not text."""
    reading.cursor += len(token.markup)


def _read_special(reading: _Reading, token: Token) -> None:
    start, end = _at(token)
    reading.put(token.content, start, end)
    reading.cursor = end


def _read_break(reading: _Reading, token: Token) -> None:
    start, end = _at(token)
    reading.put(" ", start, end)
    reading.cursor = end


def _read_code(reading: _Reading, token: Token) -> None:
    start, end = _at(token)
    inner = (start + len(token.markup), end - len(token.markup))
    offset = reading.content.text.find(token.content, *inner)
    if offset >= 0:
        inner = (offset, offset + len(token.content))
    reading.put(token.content, *inner, fixed=True)
    reading.cursor = end


def _read_link_open(reading: _Reading, token: Token) -> None:
    reading.opened.append((reading.length, token))
    reading.cursor = _at(token)[0] + 1


def _read_link_close(reading: _Reading, _token: Token) -> None:
    if not reading.opened:
        return
    start, opening = reading.opened.pop()
    first, last = _at(opening)
    shown = "".join(reading.text)[start:]
    reading.links.append(InlineLink(reading.content.span(first, last), shown, str(opening.attrGet("href") or ""), image=False))
    reading.fixed.append((start, reading.length))
    reading.cursor = last


def _read_image(reading: _Reading, token: Token) -> None:
    start, end = _at(token)
    reading.links.append(InlineLink(reading.content.span(start, end), token.content, str(token.attrGet("src") or ""), image=True))
    reading.cursor = end


def _read_html(reading: _Reading, token: Token) -> None:
    """Tags are no text; what stands between `<a>` and `</a>` is linked already."""
    tag = token.content.lower()
    if tag.startswith(("<a ", "<a>", "<code", "<kbd", "<q>", "<script", "<style", "<pre")):
        reading.html_link = reading.length
    elif tag.startswith(("</a", "</code", "</kbd", "</q", "</script", "</style", "</pre")) and reading.html_link is not None:
        reading.fixed.append((reading.html_link, reading.length))
        reading.html_link = None
    reading.cursor = _at(token)[1]


def _read_other(reading: _Reading, token: Token) -> None:
    """A footnote mark, or anything a later plugin adds: no text, but the cursor moves past it."""
    if _AT in token.meta:
        reading.cursor = _at(token)[1]


_READERS: dict[str, Callable[[_Reading, Any], None]] = {
    "text": _read_text,
    "text_special": _read_special,
    "em_open": _read_mark,
    "em_close": _read_mark,
    "strong_open": _read_mark,
    "strong_close": _read_mark,
    "s_open": _read_mark,
    "s_close": _read_mark,
    "softbreak": _read_break,
    "hardbreak": _read_break,
    "code_inline": _read_code,
    "link_open": _read_link_open,
    "link_close": _read_link_close,
    "image": _read_image,
    "html_inline": _read_html,
}
