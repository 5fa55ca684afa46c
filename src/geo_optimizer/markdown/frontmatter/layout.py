"""Where in a block of metadata each key's value stands: what the three formats have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from geo_optimizer.model import Span

Quote = Literal["plain", "single", "double"]
Shape = Literal["nothing", "inline", "scalar block", "items"]

# Why a value is fixed.
ANCHORED = "an anchor, an alias or a tag belongs to it"
COMMENTED = "a comment stands inside it"
NESTED = "it is more than a text or a list of texts"
MADE = "a template makes it"
BARE = "no colon stands behind it"


class Entry(NamedTuple):
    """A top-level key. `at` is where it begins, `value` are the exact characters of its value; offsets count from the start of the content.

    `quote` is how the author writes strings there; `fixed` says why the value cannot be replaced.
    """

    key: str
    at: int
    value: Span
    shape: Shape = "inline"
    quote: Quote = "double"
    fixed: str = ""


class Layout(NamedTuple):
    """The top-level keys in order, and where another can be added.

    `inside`: within braces, in front of the first key; else as lines of their own, indented by `indent`.
    """

    entries: tuple[Entry, ...]
    insertion: int
    indent: str = ""
    inside: bool = False

    def of(self, key: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.key == key]


def line_around(text: str, at: int) -> Span:
    """The line that the character `at` stands in, without its end. Linear in the line."""
    start = end = at
    while start and text[start - 1] not in "\r\n":
        start -= 1
    while end < len(text) and text[end] not in "\r\n":
        end += 1
    return Span(start, end)


def after_line(text: str, at: int) -> int:
    """Where the line behind the one of `at` begins."""
    end = line_around(text, at).end
    return min(len(text), end + (2 if text.startswith("\r\n", end) else 1))


def gaps(outer: Span, inner: list[Span], text: str) -> Iterator[str]:
    """The text of `outer` between the `inner` spans, which are in order."""
    at = outer.start
    for span in inner:
        yield text[at : span.start]
        at = span.end
    yield text[at : outer.end]
