"""Inline Markdown -> plain text whose every character knows where it came from, and the links, code and footnote marks in it.

Tokens that are not text carry the range of content they were read from
(`grammar.AT`); text tokens lie between them, verbatim, with the line ends in
them. Where one does not, nothing is known of the inline but the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.grammar import AT, inline_tokens
from geo_optimizer.markdown.lines import Content
from geo_optimizer.markdown.reading import FILLED, Inline, Reading, destination
from geo_optimizer.markdown.simple import read_simple
from geo_optimizer.model import Footnote, Link, Piece

if TYPE_CHECKING:
    from markdown_it.token import Token


_BREAK = lazily(r" *\n[ \t]*")
_LINE_BREAK = lazily(r"<br\b")
ORDINAL = lazily(r"(?:st|nd|rd|th|e|er|re|ère|º|ª)\s*</", re.IGNORECASE)  # in what is set above: "1<sup>st</sup>"


class _Opened(NamedTuple):
    """A link whose text is being read: where it begins in the plain text and in the list of its parts."""

    token: Token
    length: int
    parts: int
    links: int


class _TokenReading(Reading):
    """A reading of tokens; `cursor` is how far the content is read."""

    def __init__(self, source: str, content: Content, prose: int) -> None:
        super().__init__(source, content, prose)
        self.cursor = 0
        self.opened: list[_Opened] = []
        self.html_link: int | None = None
        self.lost = False


def read_inline(source: str, content: Content, env: dict[str, Any], prose: int) -> Inline:
    """Read an inline; `source` is where its content leads to, `env` what is defined in it, `prose` the number of the text that it becomes."""
    return read_simple(source, content, env, prose) or read_tokens(source, content, env, prose)


def read_tokens(source: str, content: Content, env: dict[str, Any], prose: int) -> Inline:
    """Read an inline by its tokens."""
    reading = _TokenReading(source, content, prose)
    for token in inline_tokens(content.text, env):
        _READERS.get(token.type, _read_other)(reading, token)
    inline = reading.done()
    if reading.lost:
        whole = (Piece(0, len(inline.text), content.span(0, len(content.text))),) if inline.text else ()
        return Inline(inline.text, whole, ((0, len(inline.text)),), (), (), ())
    return inline


def _at(token: Token) -> tuple[int, int]:
    at: tuple[int, int] = token.meta[AT]
    return at


def _read_text(reading: _TokenReading, token: Token) -> None:
    if reading.opened and reading.opened[-1].token.markup == "autolink":
        return
    if not reading.content.text.startswith(token.content, reading.cursor):
        reading.lost = True
    end = reading.cursor + len(token.content)
    reading.put_text(reading.cursor, end)
    reading.cursor = end


def _read_mark(reading: _TokenReading, token: Token) -> None:
    """`*`, `**`, `~~`: the delimiter itself is not text."""
    reading.cursor += len(token.markup)


def _read_special(reading: _TokenReading, token: Token) -> None:
    """An entity or an escaped character; a backslash that escapes nothing is text."""
    start, end = _at(token)
    if token.content == token.markup:
        reading.put_verbatim(start, end)
    else:
        reading.put(token.content, start, end)
    reading.cursor = end


def _read_break(reading: _TokenReading, token: Token) -> None:
    start, end = _at(token)
    reading.put(" ", start, end)
    reading.cursor = end


def _read_code(reading: _TokenReading, token: Token) -> None:
    start, end = _at(token)
    ticks = len(token.markup)
    reading.add_code(start, end, ticks, trimmed=len(token.content) < end - start - 2 * ticks)
    reading.cursor = end


def _read_link_open(reading: _TokenReading, token: Token) -> None:
    reading.opened.append(_Opened(token, reading.length, len(reading.text), len(reading.links)))
    reading.cursor = _at(token)[0] + 1


def _read_link_close(reading: _TokenReading, _token: Token) -> None:
    opened = reading.opened.pop()
    start, end = _at(opened.token)
    read = str(opened.token.attrGet("href") or "")
    if opened.token.markup == "autolink":
        reading.put_verbatim(start + 1, end - 1)
        link = reading.link((start, end), (start + 1, end - 1), (start + 1, end - 1), read, kind="autolink")
    else:
        # what was read last ends where the text does
        link = _bracketed(reading, (start, end), (start + 1, reading.cursor), read, "".join(reading.text[opened.parts :]))
    reading.links.insert(opened.links, link)
    reading.fixed.append((opened.length, reading.length))
    reading.cursor = end


def _read_image(reading: _TokenReading, token: Token) -> None:
    start, end = _at(token)
    text = (start + 2, start + 2 + len(token.content))
    reading.links.append(_bracketed(reading, (start, end), text, str(token.attrGet("src") or ""), _alternative(token), image=True))
    reading.cursor = end


def _alternative(image: Token) -> str:
    """The text of an image, images in it included."""
    return FILLED.sub("", "".join(map(_shown, image.children or ())))


def _shown(token: Token) -> str:
    if token.type == "image":
        return _alternative(token)
    return _BREAK.sub(" ", token.content) if token.type == "text" else _SHOWN.get(token.type, token.content)


def _bracketed(reading: _TokenReading, at: tuple[int, int], text: tuple[int, int], read: str, shown: str, *, image: bool = False) -> Link:
    """A link or image whose text ends at a bracket, which its destination follows unless that stands elsewhere."""
    content = reading.content.text
    inline = content.startswith("](", text[1]) and content.startswith(")", at[1] - 1)
    known = destination(reading.content, text[1] + 2, at[1]) if inline else None
    return reading.link(at, text, known, read, shown, kind="inline" if inline else "reference", image=image)


def _read_html(reading: _TokenReading, token: Token) -> None:
    """Tags are no text, but "2<sup>32</sup>" is not 232, and `<br>` parts words; what stands between `<a>` and `</a>` is linked already."""
    tag = token.content.lower()
    start, end = _at(token)
    last = reading.text[-1][-1] if reading.text else " "
    if tag.startswith("<sup") and last.isdigit() and not ORDINAL.match(reading.content.text, end):
        reading.put("^", start, end)
    elif _LINE_BREAK.match(tag) and not last.isspace() and not reading.content.text[end : end + 1].isspace():
        reading.put(" ", start, end)
    if tag.startswith(("<a ", "<a>", "<code", "<kbd", "<q>", "<script", "<style", "<pre")):
        reading.html_link = reading.length
    elif tag.startswith(("</a", "</code", "</kbd", "</q", "</script", "</style", "</pre")) and reading.html_link is not None:
        reading.fixed.append((reading.html_link, reading.length))
        reading.html_link = None
    reading.cursor = end


def _read_footnote(reading: _TokenReading, token: Token) -> None:
    span = reading.content.span(*_at(token))
    label = span.of(reading.source)[len("[^") : -1] if "label" in token.meta else None
    reading.footnotes.append(Footnote(span, label, definition=False))
    reading.cursor = _at(token)[1]


def _read_other(reading: _TokenReading, token: Token) -> None:
    """Anything a later plugin adds: no text, but the cursor moves past it."""
    if AT in token.meta:
        reading.cursor = _at(token)[1]


_SHOWN = {"hardbreak": " ", "html_inline": "", "footnote_ref": ""}
_READERS: dict[str, Callable[[_TokenReading, Any], None]] = {
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
