"""Frontmatter that is a template (Hugo archetypes, Liquid, Jinja, cookiecutter, ERB) read through a copy of the same length.

A template's stretches stand there as plain words, so that the rest can be read
and every offset holds; a value that has such a word in it becomes a `Template`.
The words are made of one character that the text has nowhere else, so that
nothing of the author's is taken for a template.
"""

from __future__ import annotations

import re
from typing import Any

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.model import FrontmatterFormat, Template

# Private use: valid in YAML, TOML and JSON, a sign in none of them. Icon fonts use some of them, as characters or as `\ue000`.
_FILLERS = range(0xE000, 0xF900)
_FILLER = lazily(f"[{chr(_FILLERS[0])}-{chr(_FILLERS[-1])}]")
_NUMBER = lazily("(?=(e[0-9a-f]{3}|f[0-8][0-9a-f]{2}))", re.IGNORECASE)
# Each branch stops at its own opening, so that a line of openings alone is still read once. `{ {x} }` is what formatters make of `{{x}}`.
_STRETCH = lazily(
    r"""\{\{(?>(?:[^{}\r\n]|\{(?!\{)|\}(?!\}))*)\}\}\}?
    |\{[ ]\{[^{}\r\n]*+\}[ ]\}
    |\{%(?>(?:[^%{\r\n]|%(?!\})|\{(?!%))*)%\}
    |<%(?>(?:[^%<\r\n]|%(?!>)|<(?!%))*)%>""",
    re.VERBOSE,
)
_SIGN = lazily(r"\{\{|\{[ ]\{|\{%|<%")
_BEFORE_A_VALUE = frozenset("=:[,")


def has_template(text: str) -> bool:
    return _SIGN.search(text) is not None


def absent(text: str) -> str:
    """A private-use character that stands in the text neither itself nor by its number. Raises Unreadable where there is none."""
    taken = {ord(char) for char in _FILLER.findall(text)} | {int(number, 16) for number in _NUMBER.findall(text)}
    if free := next((number for number in _FILLERS if number not in taken), None):
        return chr(free)
    raise Unreadable(
        "it has templates, and every character that Unicode leaves to private use", hint="move what is not metadata into the text"
    )


def masked(kind: FrontmatterFormat, text: str, filler: str) -> str:
    """A copy of the same length in which template stretches are words of `filler`, or comments where they stand between lines."""
    word = _yaml_word if kind == "yaml" else _quoted_word
    return _STRETCH.sub(lambda match: word(text, match, filler), text)


def _yaml_word(text: str, match: re.Match[str], filler: str) -> str:
    first = match.start()
    while first and text[first - 1] in " \t":
        first -= 1
    after = text[match.end() : match.end() + 1]
    alone = (first == 0 or text[first - 1] in "\r\n") and after in ("", "\r", "\n")
    statement = first == match.start() or (match[0][0:2] in ("{%", "<%") and match[0][2:3] != "=")
    return "#" + filler * (len(match[0]) - 1) if alone and statement else filler * len(match[0])


def _quoted_word(text: str, match: re.Match[str], filler: str) -> str:
    """TOML and JSON know no bare words: where a value is expected, the quotes are part of the length."""
    before = match.start()
    while before and text[before - 1] in " \t":
        before -= 1
    if before and text[before - 1] in _BEFORE_A_VALUE:
        return '"' + filler * (len(match[0]) - 2) + '"'
    return filler * len(match[0])


def with_templates(value: Any, filler: str) -> Any:
    """The value with every templated text in it, at any depth, as a `Template`; `filler` as for `masked`."""
    if isinstance(value, str) and (filler in value or _SIGN.search(value)):
        return Template(re.sub(filler + "+", "…", value))
    if isinstance(value, dict):
        return {shown_key(key, filler): with_templates(one, filler) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return type(value)(with_templates(one, filler) for one in value)
    return value


def shown_key(key: Any, filler: str) -> Any:
    """A key that a template makes, whatever it was masked with."""
    return key.replace(filler, "…") if isinstance(key, str) else key
