"""The keys of a JSON object. The text is known to be valid."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.layout import NESTED, Entry, Layout
from geo_optimizer.model import Span

_BLANK = lazily(r"[ \t\r\n]*+")
_FIRST_ON_A_LINE = lazily(r"\{[ \t]*(?:\r\n|\r|\n)(?P<indent>[ \t]*)")


def json_layout(text: str) -> Layout:
    start = text.index("{")
    entries = tuple(_entries(text, start))
    own_line = _FIRST_ON_A_LINE.match(text, start) if entries else None
    if own_line is None:
        return Layout(entries, start + 1, inside=True)
    return Layout(entries, own_line.start("indent"), indent=own_line["indent"])


def _entries(text: str, start: int) -> Iterator[Entry]:
    decoder = json.JSONDecoder()
    at = _behind_blank(text, start + 1)
    while text[at] != "}":
        key, behind = decoder.raw_decode(text, at)
        first = _behind_blank(text, _behind_blank(text, behind) + 1)
        value, end = decoder.raw_decode(text, first)
        yield Entry(key, at, Span(first, end), fixed=NESTED if _is_nested(value) else "")
        at = _behind_blank(text, end)
        if text[at] == ",":
            at = _behind_blank(text, at + 1)


def _is_nested(value: object) -> bool:
    return (isinstance(value, dict) and value != {}) or (isinstance(value, list) and any(isinstance(one, dict | list) for one in value))


def _behind_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
