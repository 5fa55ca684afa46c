"""Frontmatter that is a template (Hugo archetypes, Liquid, Jinja, cookiecutter, ERB) read through a copy of the same length.

A template's stretches stand there as plain words, so that the rest can be read
and every offset holds; a value that has such a word in it becomes a `Template`.
"""

from __future__ import annotations

import re
from typing import Any

from geo_optimizer.model import FrontmatterFormat, Template

# A private-use character: valid in YAML, TOML and JSON, and in nobody's text.
_FILLER = "\ue000"
# Each branch stops at its own opening, so that a line of openings alone is still read once. `{ {x} }` is what formatters make of `{{x}}`.
_STRETCH = re.compile(
    r"""\{\{(?:[^{}\r\n]|\{(?!\{)|\}(?!\}))*+\}\}\}?
    |\{[ ]\{[^{}\r\n]*+\}[ ]\}
    |\{%(?:[^%{\r\n]|%(?!\})|\{(?!%))*+%\}
    |<%(?:[^%<\r\n]|%(?!>)|<(?!%))*+%>""",
    re.VERBOSE,
)
_SIGN = re.compile(r"\{\{|\{[ ]\{|\{%|<%|" + _FILLER)
_BEFORE_A_VALUE = frozenset("=:[,")


def has_template(text: str) -> bool:
    return _SIGN.search(text) is not None


def masked(kind: FrontmatterFormat, text: str) -> str:
    """A copy of the same length in which template stretches are words, or comments where they stand between lines."""
    word = _yaml_word if kind == "yaml" else _quoted_word
    return _STRETCH.sub(lambda match: word(text, match), text)


def _yaml_word(text: str, match: re.Match[str]) -> str:
    first = match.start()
    while first and text[first - 1] in " \t":
        first -= 1
    after = text[match.end() : match.end() + 1]
    alone = (first == 0 or text[first - 1] in "\r\n") and after in ("", "\r", "\n")
    statement = first == match.start() or (match[0][0:2] in ("{%", "<%") and match[0][2:3] != "=")
    return _comment(match) if alone and statement else _FILLER * len(match[0])


def _comment(match: re.Match[str]) -> str:
    return "#" + _FILLER * (len(match[0]) - 1)


def _quoted_word(text: str, match: re.Match[str]) -> str:
    """TOML and JSON know no bare words: where a value is expected, the quotes are part of the length."""
    before = match.start()
    while before and text[before - 1] in " \t":
        before -= 1
    if before and text[before - 1] in _BEFORE_A_VALUE:
        return '"' + _FILLER * (len(match[0]) - 2) + '"'
    return _FILLER * len(match[0])


def with_templates(value: Any) -> Any:
    """The value with every templated text in it, at any depth, as a `Template`."""
    if isinstance(value, str) and _SIGN.search(value):
        return Template(re.sub(_FILLER + "+", "…", value))
    if isinstance(value, dict):
        return {key: with_templates(one) for key, one in value.items()}
    if isinstance(value, list):
        return [with_templates(one) for one in value]
    return value
