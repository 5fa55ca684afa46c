"""Inline Markdown -> plain text whose every character knows where it came from, and the links, code and footnote marks in it.

Tokens that are not text carry the range of content they were read from
(`grammar.AT`); text tokens lie between them, verbatim, with the line ends in
them. Where one does not, nothing is known of the inline but the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it.helpers import parseLinkDestination

from geo_optimizer.markdown.dialects import FILLERS, SHOWN
from geo_optimizer.markdown.grammar import AT, PLAIN_ADDRESS, has_markup, inline_tokens
from geo_optimizer.markdown.lines import Content
from geo_optimizer.model import OBJECT, Code, Footnote, LinkKind, Piece, Span

if TYPE_CHECKING:
    from markdown_it.token import Token


_RUNS = re.compile(rf"[^{FILLERS}]+|{SHOWN}[^{SHOWN}]*?(?=[^{FILLERS}]|{SHOWN}|\Z)")
_BREAK = re.compile(r" *\n[ \t]*")
_FILLED = re.compile(f"[{FILLERS}]")


@dataclass(frozen=True, slots=True)
class InlineLink:
    """A link or image of an inline: a `Link` that does not know yet which text it stands in."""

    span: Span
    text: str
    href: str
    image: bool
    kind: LinkKind
    text_span: Span | None
    href_span: Span | None


@dataclass(frozen=True, slots=True)
class Inline:
    """What one inline's tokens say: plain text, its pieces, the ranges nothing may be wrapped around, and the parts in it."""

    text: str
    pieces: tuple[Piece, ...]
    fixed: tuple[tuple[int, int], ...]
    links: tuple[InlineLink, ...]
    code: tuple[Code, ...]
    footnotes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A link whose text is being read: where it begins in the plain text and in the list of its parts."""

    token: Token
    length: int
    parts: int
    links: int


class _Reading:
    """The plain text that is put together so far, and what was found in it; `cursor` is how far the content is read."""

    def __init__(self, source: str, content: Content) -> None:
        self.source = source
        self.content = content
        self.filled = _FILLED.search(content.text) is not None
        self.cursor = 0
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.fixed: list[tuple[int, int]] = []
        self.links: list[InlineLink] = []
        self.code: list[Code] = []
        self.footnotes: list[Footnote] = []
        self.opened: list[_Opened] = []
        self.html_link: int | None = None
        self.lost = False

    def put(self, shown: str, start: int, end: int) -> None:
        """Add `shown`, read from `content[start:end]`."""
        if shown:
            self._add(shown, self.content.span(start, end))

    def put_text(self, start: int, end: int) -> None:
        """Add `content[start:end]` as a reader reads it: every line end, with the blanks around it, is a space."""
        text = self.content.text
        while (line_end := text.find("\n", start, end)) >= 0:
            last = line_end
            while last > start and text[last - 1] == " ":
                last -= 1
            self.put_verbatim(start, last)
            start = line_end + 1
            while start < end and text[start] in " \t":
                start += 1
            self.put(" ", line_end, start)
        self.put_verbatim(start, end)

    def put_verbatim(self, start: int, end: int) -> None:
        """Add `content[start:end]` as it is, with OBJECT for foreign syntax of which something is shown, and nothing for the rest of it."""
        if start == end:
            return
        for first, last in self.content.runs(start, end):
            shown, span = self.content.text[first:last], self.content.span(first, last)
            if not self.filled or not _FILLED.search(shown):
                self._add(shown, span)
                continue
            for part in _RUNS.finditer(shown):
                text = OBJECT if part.group().startswith(SHOWN) else part.group()
                self._add(text, Span(span.start + part.start(), span.start + part.end()))

    def _add(self, shown: str, span: Span) -> None:
        length = len(shown)
        self.pieces.append(Piece(self.length, length, span))
        self.text.append(shown)
        self.length += length


def read_inline(source: str, content: Content, env: dict[str, Any]) -> Inline:
    """Read an inline; `source` is where its content leads to, `env` what is defined in it."""
    reading = _Reading(source, content)
    if has_markup(content.text):
        for token in inline_tokens(content.text, env):
            _READERS.get(token.type, _read_other)(reading, token)
    else:
        reading.put_text(0, len(content.text))
    text = "".join(reading.text)
    if reading.lost:
        whole = (Piece(0, len(text), content.span(0, len(content.text))),) if text else ()
        return Inline(text, whole, ((0, len(text)),), (), (), ())
    return Inline(
        text,
        tuple(reading.pieces),
        tuple(reading.fixed),
        tuple(reading.links),
        tuple(reading.code),
        tuple(reading.footnotes),
    )


def destination(content: Content, at: int, end: int) -> tuple[int, int] | None:
    """The range of the link destination that stands at or after `at` and before `end`, without `<>`; None if none is to be read."""
    text = content.text
    while at < end and text[at] in " \t\n":
        at += 1
    if plain := PLAIN_ADDRESS.match(text, at, end):
        return plain.span()
    found = parseLinkDestination(text, at, end)
    if not found.ok:
        return (at, at) if text.startswith(")", at) else None
    return (at + 1, found.pos - 1) if text.startswith("<", at) else (at, found.pos)


def href(source: str, content: Content, at: tuple[int, int] | None, read: str) -> str:
    """A destination as the parser read it; as it is written where it holds template syntax."""
    return content.span(*at).of(source) if at and _FILLED.search(content.text, *at) else read


def _at(token: Token) -> tuple[int, int]:
    at: tuple[int, int] = token.meta[AT]
    return at


def _read_text(reading: _Reading, token: Token) -> None:
    if reading.opened and reading.opened[-1].token.markup == "autolink":
        return
    if not reading.content.text.startswith(token.content, reading.cursor):
        reading.lost = True
    end = reading.cursor + len(token.content)
    reading.put_text(reading.cursor, end)
    reading.cursor = end


def _read_mark(reading: _Reading, token: Token) -> None:
    """`*`, `**`, `~~`: the delimiter itself is not text."""
    reading.cursor += len(token.markup)


def _read_special(reading: _Reading, token: Token) -> None:
    """An entity or an escaped character; a backslash that escapes nothing is text."""
    start, end = _at(token)
    if token.content == token.markup:
        reading.put_verbatim(start, end)
    else:
        reading.put(token.content, start, end)
    reading.cursor = end


def _read_break(reading: _Reading, token: Token) -> None:
    start, end = _at(token)
    reading.put(" ", start, end)
    reading.cursor = end


def _read_code(reading: _Reading, token: Token) -> None:
    """A code span: its line ends are spaces, and one space on either side is no part of it."""
    start, end = _at(token)
    first, last = start + len(token.markup), end - len(token.markup)
    if len(token.content) < last - first:
        first, last = first + 1, last - 1
    lines, at, length = [], first, reading.length
    for line in reading.content.text[first:last].split("\n"):
        if at > first:
            reading.put(" ", at - 1, at)
        reading.put_verbatim(at, at + len(line))
        lines.append(reading.content.span(at, at + len(line)))
        at += len(line) + 1
    reading.fixed.append((length, reading.length))
    reading.code.append(Code("inline", reading.content.span(start, end), tuple(lines)))
    reading.cursor = end


def _read_link_open(reading: _Reading, token: Token) -> None:
    reading.opened.append(_Opened(token, reading.length, len(reading.text), len(reading.links)))
    reading.cursor = _at(token)[0] + 1


def _read_link_close(reading: _Reading, _token: Token) -> None:
    opened = reading.opened.pop()
    start, end = _at(opened.token)
    read = str(opened.token.attrGet("href") or "")
    if opened.token.markup == "autolink":
        reading.put_verbatim(start + 1, end - 1)
        link = _link(reading, (start, end), (start + 1, end - 1), (start + 1, end - 1), read, kind="autolink")
    else:
        # what was read last ends where the text does
        link = _bracketed(reading, (start, end), (start + 1, reading.cursor), read, "".join(reading.text[opened.parts :]))
    reading.links.insert(opened.links, link)
    reading.fixed.append((opened.length, reading.length))
    reading.cursor = end


def _read_image(reading: _Reading, token: Token) -> None:
    start, end = _at(token)
    text = (start + 2, start + 2 + len(token.content))
    reading.links.append(_bracketed(reading, (start, end), text, str(token.attrGet("src") or ""), _alternative(token), image=True))
    reading.cursor = end


def _alternative(image: Token) -> str:
    """The text of an image, images in it included."""
    return _FILLED.sub("", "".join(map(_shown, image.children or ())))


def _shown(token: Token) -> str:
    if token.type == "image":
        return _alternative(token)
    return _BREAK.sub(" ", token.content) if token.type == "text" else _SHOWN.get(token.type, token.content)


def _bracketed(reading: _Reading, at: tuple[int, int], text: tuple[int, int], read: str, shown: str, *, image: bool = False) -> InlineLink:
    """A link or image whose text ends at a bracket, which its destination follows unless that stands elsewhere."""
    content = reading.content.text
    inline = content.startswith("](", text[1]) and content.startswith(")", at[1] - 1)
    known = destination(reading.content, text[1] + 2, at[1]) if inline else None
    return _link(reading, at, text, known, read, shown, kind="inline" if inline else "reference", image=image)


def _link(
    reading: _Reading,
    at: tuple[int, int],
    text: tuple[int, int],
    known: tuple[int, int] | None,
    read: str,
    shown: str | None = None,
    *,
    kind: LinkKind,
    image: bool = False,
) -> InlineLink:
    content = reading.content
    return InlineLink(
        span=content.span(*at),
        text=_FILLED.sub("", content.text[slice(*text)]) if shown is None else shown,
        href=href(reading.source, content, known, read),
        image=image,
        kind=kind,
        text_span=content.span(*text),
        href_span=content.span(*known) if known else None,
    )


def _read_html(reading: _Reading, token: Token) -> None:
    """Tags are no text; what stands between `<a>` and `</a>` is linked already."""
    tag = token.content.lower()
    if tag.startswith(("<a ", "<a>", "<code", "<kbd", "<q>", "<script", "<style", "<pre")):
        reading.html_link = reading.length
    elif tag.startswith(("</a", "</code", "</kbd", "</q", "</script", "</style", "</pre")) and reading.html_link is not None:
        reading.fixed.append((reading.html_link, reading.length))
        reading.html_link = None
    reading.cursor = _at(token)[1]


def _read_footnote(reading: _Reading, token: Token) -> None:
    span = reading.content.span(*_at(token))
    label = span.of(reading.source)[len("[^") : -1] if "label" in token.meta else None
    reading.footnotes.append(Footnote(span, label, definition=False))
    reading.cursor = _at(token)[1]


def _read_other(reading: _Reading, token: Token) -> None:
    """Anything a later plugin adds: no text, but the cursor moves past it."""
    if AT in token.meta:
        reading.cursor = _at(token)[1]


_SHOWN = {"hardbreak": " ", "html_inline": "", "footnote_ref": ""}
_READERS: dict[str, Callable[[_Reading, Any], None]] = {
    "text": _read_text,
    "text_special": _read_special,
    "em_open": _read_mark,
    "em_close": _read_mark,
    "strong_open": _read_mark,
    "strong_close": _read_mark,
    "s_open": _read_mark,
    "s_close": _read_mark,
    "hardbreak": _read_break,
    "code_inline": _read_code,
    "link_open": _read_link_open,
    "link_close": _read_link_close,
    "image": _read_image,
    "html_inline": _read_html,
    "footnote_ref": _read_footnote,
}
