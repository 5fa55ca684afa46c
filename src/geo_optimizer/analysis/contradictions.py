"""Figures of a draft that do not go together: two values for one thing, or one value for two.

English only, and only what a reader would notice with both sentences side by
side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from geo_optimizer.analysis.shares import Share, shares
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, measured


class Contradiction(NamedTuple):
    """`first` and `second` in the order of the draft; `kind`: what is wrong with them together."""

    first: Share
    second: Share
    kind: str


_VIEWING = lazily(
    r"\b(?:view|views|see|sees|consider|considers|believe|believes|think|thinks|regard|regards|rate|say|says|plan|plans|want|wants|hope|hopes|expect|expects"
    r"|intend|intends|explore|exploring|feel|feels|would like|are interested)\b"
)
_NEEDING = lazily(r"^\s*(?:\w+ly\s)?(?:need|needs|require|requires|must|depend|depends|cannot|can['’]t|fail|fails|have to|rely|relies)\b")
_UNABLE = lazily(r"^\s*(?:can['’]t|cannot|are\sunable|is\sunable|are\sincapable)\b")
_DOING = lazily(r"^\s*(?:have|has|are|is)\s\w+(?:ed|en|ing)?\b")
_STOP = frozenset(
    """the and but for with that this these those their they them its has have had are was were will would can could not than from into onto
    over about more most many some all any who which what when where while because very also just only even been being does do did to of in on
    at by as an a it is be or make makes made into per""".split()
)
_ROUNDING = 1.0  # points by which "nine out of ten" may differ from what is left of 100


@measured
def contradictions(draft: Draft) -> tuple[Contradiction, ...]:
    """Each pair of sentences that cannot both be right, or of which one says more than the other lets it."""
    said = shares(draft)
    return tuple(_found(said)) if len(said) > 1 else ()


def _found(said: tuple[Share, ...]) -> Iterator[Contradiction]:
    for first, second in combinations(said[:_MOST], 2):
        if first.sentence is second.sentence or not _same_population(first, second):
            continue
        if kind := _kind(first, second):
            yield Contradiction(first, second, kind)


_MOST = 60  # shares compared with one another


def _kind(first: Share, second: Share) -> str | None:
    one, other = _content(first.rest), _content(second.rest)
    if first.value == second.value:
        viewed = (_VIEWING.search(first.rest), _VIEWING.search(second.rest))
        needed = (_NEEDING.match(first.rest), _NEEDING.match(second.rest))
        crossed = (viewed[0] and needed[1] and not viewed[1]) or (viewed[1] and needed[0] and not viewed[0])
        return "stronger" if crossed and len(one & other) >= _SHARED_WORDS else None
    if abs(first.value + second.value - 100) <= _ROUNDING and first.value != second.value:
        unable = (_UNABLE.match(first.rest), _UNABLE.match(second.rest))
        doing = (_DOING.match(first.rest), _DOING.match(second.rest))
        return "unable" if ((unable[0] and doing[1]) or (unable[1] and doing[0])) and one & other else None
    if len(one) >= _LEAST_WORDS and one == other and not _times(first.rest) ^ _times(second.rest) and not _placed(first, second):
        return "values"
    return None


_SHARED_WORDS = 2  # of what is said of both
_LEAST_WORDS = 2  # of what is said, with which two sentences say the same


def _placed(first: Share, second: Share) -> bool:
    """Whether what goes before the figures sets the two apart: a year, a place, a group, a comparison."""
    before = [share.sentence.text[: share.start].strip(" ,") for share in (first, second)]
    return any(
        re.search(r"\d|\b[A-Z][a-z]+\s[A-Z]|\b(?:in|for|among|by|up|down|from|compared|than|last|only a|another|while|whereas|of)\b", text)
        for text in before
    )


def _times(text: str) -> frozenset[str]:
    return frozenset(
        re.findall(r"\d+|\b(?:today|now|currently|last|previous|next|ago|before|after|then|earlier|later|compared|up|down)\b", text)
    )


def _same_population(first: Share, second: Share) -> bool:
    one, other = _content(first.population), _content(second.population)
    if not one or not other:
        return bool(one or other) and abs(first.value + second.value - 100) <= _ROUNDING
    return one == other


@cache
def _content(text: str) -> frozenset[str]:
    """The words that say something, their endings taken off; digits included."""
    return frozenset(_ENDING.sub("", word) for word in re.findall(r"[a-z][a-z'’-]+|\d[\d.,]*", text.lower()) if word not in _STOP)


_ENDING = lazily(r"(?<=[a-z]{3})(?:ies|ied|ing|es|ed|s|y|e)$")
