"""How wide a text is where search results show it."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from geo_optimizer.lazy import lazily

# Advance widths in thousandths of the type size, as Helvetica's metrics (AFM) give them; Arial was made to the same widths.
_WIDTHS = {
    191: "'",
    222: "ijl‘’‚",
    260: "|",
    278: " !,./:;I[\\]ft\xa0",
    333: "()-`r“”„",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–ß€£",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_OTHER = 556  # what most letters of other alphabets come to
_FULL = 1000  # Chinese, Japanese, Korean, emoji
_NARROWEST_WORTH = 0.8  # of the type size: no text's letters are wider than that on average
_TAG = lazily(r"</?(?:a|abbr|b|br|cite|code|div|em|i|img|kbd|mark|p|q|s|small|span|strong|su[bp]|u|wbr)\b[^<>]*>", re.IGNORECASE)


def as_shown(text: str) -> str:
    """A title or description as a search result shows it: on one line, without HTML tags, entities as what they stand for."""
    if "<" in text:
        text = _TAG.sub("", text)
    return " ".join((html.unescape(text) if "&" in text else text).split())


def width(text: str, size: float) -> float:
    """The width in pixels of a text set in Arial of `size` pixels."""
    table = _table()
    return sum([table[char] if char in table else _width(char) for char in text]) * size / 1000


def is_wider(text: str, size: float, pixels: float) -> bool:
    """Whether a text is wider than so many pixels; texts that are too short for it are not measured."""
    return len(text) * size * (_NARROWEST_WORTH if text.isascii() else 1) > pixels and width(text, size) > pixels


def beyond(text: str, size: float, pixels: float) -> str:
    """The words of a text that no longer fit into so many pixels; the one that is cut in two is the first of them."""
    room = pixels - width("…", size)
    for at, char in enumerate(text):
        room -= width(char, size)
        if room < 0:
            return text[text.rfind(" ", 0, at) + 1 :]
    return ""


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    return {char: width for width, chars in _WIDTHS.items() for char in chars}


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    """The width of a character that is not in the table: its letter's without the accent, or that of its script."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _FULL
    return _table().get(unicodedata.normalize("NFD", char)[0], _OTHER)
