"""Frontmatter that stands in the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geo_optimizer.analysis.chat import remarks
from geo_optimizer.analysis.ranges import Ranges, ranges
from geo_optimizer.analysis.residue import Residue, residue
from geo_optimizer.model import Draft, Span, measured


@measured
def leaked_frontmatter(draft: Draft) -> tuple[Residue, ...]:
    """What `residue` finds of it, and a block of one key where nothing of the article stands above it."""
    found = tuple(one for one in residue(draft) if one.kind == "frontmatter")
    return found or tuple(_of_one_key(draft))


@measured
def leaked_ranges(draft: Draft) -> Ranges:
    """Where it stands."""
    return ranges(found.span for found in leaked_frontmatter(draft))


@cache
def _block() -> re.Pattern[str]:
    keys = "title|description|slug|date|tags|categories|author|keywords|layout|draft"
    return re.compile(rf"^---[ \t]*\r?\n(?P<line>(?:{keys})[ \t]*:[ \t]+\S[^\r\n]*)\r?\n---[ \t]*$", re.MULTILINE)


def _of_one_key(draft: Draft) -> Iterator[Residue]:
    """Above it stands what an assistant said; further down it may be a rule and a heading."""
    underlined = any(":" in heading.text and draft.text(heading.span).endswith("---") for heading in draft.headings)
    if not underlined or not (match := _block().search(draft.source, draft.body.start)):
        return
    above = [block.span for block in draft.blocks if block.span.end <= match.start()]
    chat = ranges([one.span for one in residue(draft) if one.kind == "preamble"] + [left.span for left in remarks(draft)])
    if all(chat.first(block.start, block.end) for block in above):
        yield Residue(Span(*match.span()), "frontmatter", f"--- {match['line']} ---")
