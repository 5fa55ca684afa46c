"""The keys of a TOML block in front of its first table. The text is known to be valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.layout import COMMENTED, NESTED, Entry, Layout, Quote, after_line
from geo_optimizer.model import Span

_KEY = lazily(r"""(?P<key>[\w-]++|"(?>(?:[^"\\]|\\.)*)"|'[^']*+')[ \t]*+(?P<then>[.=])[ \t]*+""")
_NOTHING = lazily(r"(?>(?:[ \t\r\n]++|#[^\r\n]*+)*)")
_TOKEN = lazily(
    r'''"""(?>(?:[^"\\]|\\.|"{1,2}(?!"))*)"{3,5}|\'\'\'(?>(?:[^\']|\'{1,2}(?!\'))*)\'{3,5}|"(?>(?:[^"\\]|\\.)*)"|\'[^\']*+\'|\#[^\r\n]*+|[\[{]|[\]}]|,|[\r\n]|[^"'\#\[\]{},\r\n]++''',
    re.DOTALL,
)


def toml_layout(text: str) -> Layout:
    entries, at, last = [], _behind_nothing(text, 0), 0
    while at < len(text) and text[at] != "[":
        key = last_part = _KEY.match(text, at)
        while last_part and last_part["then"] == ".":
            last_part = _KEY.match(text, last_part.end())
        if key is None or last_part is None:
            break
        value = _value(text, last_part.end())
        if key is last_part:
            entries.append(_entry(key, value))
        last = after_line(text, value[0].end)
        at = _behind_nothing(text, value[0].end)
    return Layout(tuple(entries), len(text) if at >= len(text) else last)


def _behind_nothing(text: str, at: int) -> int:
    match = _NOTHING.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> tuple[Span, list[str]]:
    """The characters of the value that begins at or behind `at`, and its tokens."""
    while text[at] in " \t":
        at += 1
    depth, end, tokens = 0, at, []
    for token in _tokens(text, at):
        if depth == 0 and token[0][0] in "#\r\n":
            break
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        tokens.append(token[0])
        end = token.end()
    return Span(at, at + len(text[at:end].rstrip(" \t"))), tokens


def _tokens(text: str, at: int) -> Iterator[re.Match[str]]:
    while match := _TOKEN.match(text, at):
        yield match
        at = match.end()


def _entry(key: re.Match[str], value: tuple[Span, list[str]]) -> Entry:
    import tomllib

    span, tokens = value
    name = key["key"] if key["key"][0] not in "\"'" else next(iter(tomllib.loads(f"{key['key']} = 0")))
    strings = [token for token in tokens if token[0] in "\"'"]
    quote: Quote = "single" if strings and strings[0][0] == "'" else "double"
    return Entry(name, key.start(), span, "inline", quote, _why_fixed(tokens))


def _why_fixed(tokens: list[str]) -> str:
    if any(token[0] == "#" for token in tokens):
        return COMMENTED
    return NESTED if "{" in tokens or tokens.count("[") > 1 else ""
