"""Characters that nobody sees: left by a copy from a page, an editor or an assistant, or needed by a script or an emoji."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.model import Draft, Span, measured


class Invisible(NamedTuple):
    """A run of characters that nobody sees. `instead`: what takes their place, a blank where they part two words."""

    span: Span
    name: str
    instead: str


_ENDS = "\x07\x0b\x1f"  # what a word processor ends cells and lines with
_CONTROLS = "\x00\x02\x03\x07\x08\x0b\x1b\x1f\x7f"  # those that a copy leaves
_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPACES = "\u200b\u2060\ufeff\u180e\u2061-\u2064"
_TAGS = "\U000e0000-\U000e007f"
_SEPARATORS = "\u2028\u2029"
_JOINERS = "\u200c\u200d"
_NAMES = {
    "\u200b": "zero-width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\u180e": "Mongolian vowel separator",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
}
_MARKUP = frozenset("*_`~@#[](){}<>:\\|/.-=+$!&")  # beside these it may keep apart what would be read as markup, an address or a mention
_NO_BLANKS = (
    "THAI",
    "LAO",
    "KHMER",
    "MYANMAR",
    "TAI",
    "BALINESE",
    "JAVANESE",
    "TIBETAN",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "MONGOLIAN",
)
_FLAG = "\U0001f3f4"  # the tags after it say whose flag it is


_RUNS = (_CONTROLS, _BIDI, _SPACES, _TAGS, _SEPARATORS, _JOINERS)
# One at a time: whether a text holds a character at all is asked a hundred times faster than where a class of them does.
_BEYOND_ASCII = (
    *"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u180e\u2061\u2062\u2063\u2064\u2028\u2029\u200c\u200d",
    *map(chr, range(0xE0000, 0xE0080)),
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"[{run}]+" for run in _RUNS))


@measured
def invisible(draft: Draft) -> tuple[Invisible, ...]:
    """Those that serve nothing, in the body and the metadata; not in code, nor in a label that stands elsewhere as well."""
    source = draft.source
    if not (any(char in source for char in _CONTROLS) or (not source.isascii() and _holds_any(source))):
        return ()
    elsewhere = ranges([*(part.span for part in draft.code), *(definition.span for definition in draft.definitions)])
    matches = _pattern().finditer(source, 1)  # a byte order mark at the very start is the file's own
    return tuple(_found(source, match) for match in matches if not _serves(source, match) and not elsewhere.at(match.start()))


def _holds_any(source: str) -> bool:
    return any(char in source for char in _BEYOND_ASCII)


def _found(source: str, match: re.Match[str]) -> Invisible:
    run = match.group()
    first = run[0]
    if first in _SEPARATORS or first in _ENDS:
        parts_words = not (source[match.start() - 1].isspace() or source[match.end() : match.end() + 1].isspace())
        return Invisible(Span(*match.span()), _NAMES.get(first) or _kind(first), " " if parts_words else "")
    return Invisible(Span(*match.span()), _NAMES.get(first) or _kind(first), "")


def _kind(char: str) -> str:
    if char >= "\U000e0000":
        return "hidden tag character"
    return "control character" if char < " " or char == "\x7f" else unicodedata.name(char, "invisible character").lower()


def _serves(source: str, match: re.Match[str]) -> bool:
    """Whether a script, an emoji or the markup around it may need it."""
    first, start, end = match.group()[0], match.start(), match.end()
    before, after = source[start - 1], source[end : end + 1]
    if first in _JOINERS:
        return not (_is_plain(before) and _is_plain(after))
    if first >= "\U000e0000":
        return before == _FLAG
    if unicodedata.category(first) == "Cf" and first not in _NAMES:
        return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in _line(source, start))
    if first == "\u2060":
        return not (before.isalpha() or before.isspace()) or not (after.isalpha() or after.isspace())
    if first == "\u200b":
        return _is_alone(source, match) or before in _MARKUP or after in _MARKUP or _has_no_blanks(before) or _has_no_blanks(after)
    return False


def _is_alone(source: str, match: re.Match[str]) -> bool:
    """Whether it is all that stands on its line: an empty paragraph, made on purpose."""
    before = source[max(0, match.start() - _LONGEST_BLANK) : match.start()].rpartition("\n")
    after = source[match.end() : match.end() + _LONGEST_BLANK].partition("\n")
    return not (before[2] + after[0]).strip(" \t\r>\u200b")


_LONGEST_BLANK = 100  # characters of a line that shows nothing


def _is_plain(char: str) -> bool:
    return char.isascii() and (char.isalpha() or char == " ")


def _has_no_blanks(char: str) -> bool:
    return not char.isascii() and unicodedata.name(char, "").startswith(_NO_BLANKS)


def _line(source: str, at: int) -> Iterator[str]:
    start = source.rfind("\n", 0, at) + 1
    end = source.find("\n", at)
    return iter(source[start : end if end >= 0 else len(source)])
