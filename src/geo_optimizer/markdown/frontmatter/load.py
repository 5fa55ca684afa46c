"""Metadata as values: safe, bounded, and with a reason in plain words where it cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.markdown.frontmatter.templates import absent, has_template, masked, with_templates
from geo_optimizer.markdown.lines import LINE_END
from geo_optimizer.model import FrontmatterFormat

# What a key without a value is read as.
EMPTY: tuple[object, ...] = (None, "", [], {})
# No author's metadata is 100 deep; some thousand levels end the recursion that reads or compares them.
MAX_DEPTH = 100

_LONE_CR = lazily(r"\r(?!\n)")
_TOML_LINE = lazily(r" \(at (?:line (\d+)|end of document).*")
_TOML_PLAIN = (
    (re.compile(r"Cannot overwrite a value|Cannot declare .* twice"), "a key is there twice", "leave one of the two"),
    (
        re.compile(r"Expected '=' after a key"),
        "a line is not `key = value`",
        "write `key = value`; for lines of `key: value`, fence the block with `---`",
    ),
    (re.compile(r"Invalid value"), "a value is neither quoted nor a number, a date or a list", "put the text in double quotes"),
    (re.compile(r"Unclosed array|Unterminated string|Illegal character"), "a quote or bracket is not closed on its line", "close it"),
)


def load(kind: FrontmatterFormat, text: str) -> dict[str, Any]:
    """The values of metadata; a `Template` for each that a template makes. Raises Unreadable."""
    return read(kind, text).values


class Read(NamedTuple):
    """The values, and the text that they could be read from: where templates had to be masked, a copy of the same length.

    `filler` is what they were masked with; "" where the text has no template.
    """

    text: str
    filler: str
    values: dict[str, Any]


def read(kind: FrontmatterFormat, text: str) -> Read:
    """The values, and what they were read from. Raises Unreadable."""
    if not has_template(text):
        return Read(text, "", _loaded(kind, text))
    filler = absent(text)
    try:
        shown, values = text, _loaded(kind, text)
    except Unreadable:
        shown = masked(kind, text, filler)
        values = _loaded(kind, shown)
    return Read(shown, filler, with_templates(values, filler))


def _loaded(kind: FrontmatterFormat, text: str) -> dict[str, Any]:
    values = _LOADERS[kind](text)
    if values is None:
        return {}
    if not isinstance(values, dict):
        what = "a list" if isinstance(values, list) else "text"
        raise Unreadable(f"{what} stands where keys with values are expected", hint="write `key: value`, with a blank after the colon")
    check_depth(values, text)
    return {str(key): value for key, value in values.items()}


def check_depth(values: Any, text: str) -> None:
    """Raise Unreadable where values are nested too deeply; only text with brackets enough is looked into."""
    if text.count("[") + text.count("{") + text.count(".") < MAX_DEPTH:
        return
    level = [values]
    for _ in range(MAX_DEPTH):
        level = [one for value in level if isinstance(value, dict | list) for one in (value.values() if isinstance(value, dict) else value)]
        if not level:
            return
    raise Unreadable(f"lists or keys are nested more than {MAX_DEPTH} deep")


def _load_yaml(text: str) -> Any:
    from geo_optimizer.markdown.frontmatter.yaml_reader import load_yaml

    return load_yaml(text)


def _load_toml(text: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(_LONE_CR.sub("\n", text))
    except tomllib.TOMLDecodeError as error:
        raise _toml_unreadable(str(error), text) from None
    except RecursionError:
        raise Unreadable("its lists are nested too deeply") from None
    except ValueError as error:  # a date that no calendar has, a number too long to read
        raise Unreadable(str(error)) from None


def _toml_unreadable(message: str, text: str) -> Unreadable:
    where = _TOML_LINE.search(message)
    line = int(where[1]) - 1 if where and where[1] else text.rstrip().count("\n")
    message = _TOML_LINE.sub("", message)
    for pattern, plain, hint in _TOML_PLAIN:
        if pattern.search(message):
            return Unreadable(plain, line, hint)
    return Unreadable(message, line)


def _load_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise json_unreadable(error) from None
    except RecursionError:
        raise Unreadable("its lists are nested too deeply") from None
    except ValueError as error:  # a number too long to read
        raise Unreadable(str(error)) from None


def json_unreadable(error: json.JSONDecodeError) -> Unreadable:
    """The decoder's message in plain words; its place counts from the start of what it was given."""
    line = len(LINE_END.findall(error.doc, 0, error.pos))
    if error.msg.startswith(("Expecting property name", "Illegal trailing comma")):
        return Unreadable(
            "a comma stands before a closing bracket, or a key has no double quotes", line, "remove the comma, or quote the key"
        )
    return Unreadable(error.msg[0].lower() + error.msg[1:], line)


_LOADERS: dict[FrontmatterFormat, Callable[[str], Any]] = {"yaml": _load_yaml, "toml": _load_toml, "json": _load_json}
