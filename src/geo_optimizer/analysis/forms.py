"""What a draft is where it is no article: a poem, whose short lines break where a line of prose would go on; an interview."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Prose, measured

_WIDEST = 60  # characters of a line of verse; prose is wrapped wider
_NARROW = 45  # nobody wraps prose at this
_SHORT_LINES, _FREE_BREAKS = 0.9, 0.5  # shares
_FEWEST_LINES, _FEWEST_BREAKS = 4, 2
_FEWEST_QUESTIONS = 3
_ASKED = lazily(r"(?:\*\*|__|\*|_|Q\b|F\b)")
_SENTENCE_ENDS = lazily(r"[.!?:…][\"'”’»)*_]*$")


@measured
def is_verse(draft: Draft) -> bool:
    """Whether nearly all lines of the author's paragraphs are short, and at least half of them end before they are full and in a sentence."""
    paragraphs = list(_paragraphs(draft))
    lines = [line for paragraph in paragraphs for line in paragraph]
    if len(lines) < _FEWEST_LINES or sum(len(line) <= _WIDEST for line in lines) < _SHORT_LINES * len(lines):
        return False
    width = max(map(len, lines))
    breaks = [_is_free(line, after, width) for paragraph in paragraphs for line, after in pairwise(paragraph)]
    return sum(breaks) >= max(_FEWEST_BREAKS, _FREE_BREAKS * len(breaks))


def _paragraphs(draft: Draft) -> Iterator[list[str]]:
    for prose in draft.prose:
        if prose.kind == "paragraph" and not prose.quoted and prose.known is None:
            yield [line.strip() for line in draft.text(prose.span).splitlines() if line.strip()]


def _is_free(line: str, after: str, width: int) -> bool:
    """Whether a line ends in a sentence, though the next word would have had room in it."""
    return not _SENTENCE_ENDS.search(line) and (width <= _NARROW or len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width)


@measured
def is_interview(draft: Draft) -> bool:
    """Whether at least three questions stand alone: as headings, in bold, or behind a "Q:". What follows them is what one person says."""
    return sum(_asks(draft, prose) for prose in draft.prose) >= _FEWEST_QUESTIONS


def _asks(draft: Draft, prose: Prose) -> bool:
    if prose.known is not None or not prose.text.rstrip().endswith("?"):
        return False
    return prose.kind == "heading" or (prose.kind == "paragraph" and bool(_ASKED.match(draft.text(prose.span))))
