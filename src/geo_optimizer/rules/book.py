"""What a rule's docstring says, part by part, for those who print it.

One sentence on what it finds.

Why: the reason.

Options:
    words: what it is for

Fires on:

    Markdown

Silent on:

    Markdown
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from inspect import cleandoc
from textwrap import dedent
from typing import Literal

from geo_optimizer.lazy import lazily
from geo_optimizer.rules.rule import Rule

_TITLE = lazily(r"^(?P<title>Why|Options|Fires on|Silent on):[ \t]*", re.MULTILINE)
_OPTION = lazily(r"^ {4}(?P<name>\w+):[ \t]*(?P<text>\S.*(?:\n {5,}\S.*)*)", re.MULTILINE)
_CODE = lazily(r"(?P<family>\D+)\d*")
PartTitle = Literal["", "Why", "Options", "Fires on", "Silent on"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule's documentation: prose with its paragraphs, or an example without its indent."""

    title: PartTitle
    text: str


def parts(rule: Rule) -> list[Part]:
    """The documentation in order; what stands before the first title has none."""
    doc = cleandoc(rule.doc)
    found = [*_TITLE.finditer(doc)]
    ends = [*(match.start() for match in found[1:]), len(doc)]
    first = doc[: found[0].start()] if found else doc
    named = [Part(match["title"], _text(doc[match.end() : end])) for match, end in zip(found, ends, strict=True)]  # type: ignore[arg-type]
    return [Part("", _text(first)), *named]


def _text(text: str) -> str:
    return dedent(text.strip("\n").rstrip())


def prose(rule: Rule, title: PartTitle) -> list[str]:
    """The paragraphs under a title, each on one line."""
    said = "\n\n".join(part.text for part in parts(rule) if part.title == title)
    return [" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t]*\n", said) if paragraph.strip()]


def examples(rule: Rule, title: PartTitle) -> list[str]:
    return [part.text for part in parts(rule) if part.title == title]


def option_help(rule: Rule) -> dict[str, str]:
    """What each option is for, by its name."""
    listed = cleandoc(rule.doc).partition("\nOptions:")[2]
    found = {match["name"]: " ".join(match["text"].split()) for match in _OPTION.finditer(listed)}
    return {name: found[name] for name in rule.options if name in found}


def family(rule: Rule) -> str:
    """The letters of its code."""
    found = _CODE.match(rule.code)
    return found["family"] if found else rule.code


def family_summary(rule: Rule) -> str:
    """What the rules of its family are about, as its module says behind the letter."""
    said = (sys.modules[rule.check.__module__].__doc__ or "").strip().split("\n", 1)[0]
    return said.partition(": ")[2].rstrip(".") or said


def families(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """The rules by family, both in the order of their codes."""
    found: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.code):
        found.setdefault(family(rule), []).append(rule)
    return found
