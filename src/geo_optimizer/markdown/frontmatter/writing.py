"""A text or a list as YAML, TOML or JSON, in the author's way of quoting where that reads back the same."""

from __future__ import annotations

import json

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.markdown.frontmatter.layout import Quote
from geo_optimizer.markdown.frontmatter.load import load
from geo_optimizer.model import FrontmatterFormat

Scalar = str | list[str]

# What JSON may write as it is, and YAML or TOML would fold, strip or forbid.
_ESCAPED = lazily("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# Words that some YAML reader (1.1 or 1.2) takes for something else than text.
_NO_TEXT = frozenset("y n yes no on off true false null nan inf none".split())
# Begins with a letter; no sign that ends a plain text anywhere, in brackets or out of them, in any reader.
_PLAIN = lazily(r"[^\W\d_](?>(?:[^\r\n\t:#\[\]{},]|(?<=\S)#|:(?=[^\s:,\[\]{}])|,(?=\S|\s))*)")
_IN_BRACKETS = lazily(r"[,:\[\]{}]")


def written(kind: FrontmatterFormat, value: Scalar, quote: Quote = "double") -> str:
    """The value on one line. A JSON string or list reads the same in all three formats."""
    if isinstance(value, str):
        return _string(kind, value, quote, listed=False)
    return "[" + ", ".join(_string(kind, one, quote, listed=True) for one in value) + "]"


def item(value: str, quote: Quote) -> str:
    """A line of a YAML list."""
    return "- " + _string("yaml", value, quote, listed=False)


def _string(kind: FrontmatterFormat, value: str, quote: Quote, *, listed: bool) -> str:
    if quote == "plain" and kind == "yaml" and _is_plain(value, listed=listed):
        return value
    if quote == "single" and kind != "json" and value.isprintable() and (kind == "yaml" or "'" not in value):
        return "'" + value.replace("'", "''") + "'"
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _is_plain(value: str, *, listed: bool) -> bool:
    if not _PLAIN.fullmatch(value) or value != value.strip() or value.casefold() in _NO_TEXT or not value.isprintable():
        return False
    if listed and _IN_BRACKETS.search(value):
        return False
    try:
        return load("yaml", f"k: {value}") == {"k": value}
    except Unreadable:
        return False
