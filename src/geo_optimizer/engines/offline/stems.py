"""Words brought to a common form."""

from __future__ import annotations

from functools import cache

from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.engines.offline.words import STOP_WORDS


def stem(word: str) -> str:
    """A crude common form: lower case, without plural and verb endings, at most eight letters."""
    low = word.lower().removesuffix("'s")
    for ending, least in (("ing", 6), ("ied", 5), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if low.endswith(ending) and len(low) >= least and not low.endswith("ss"):
            low = low[: -len(ending)]
            break
    return low[:8]


def terms(text: str, language: str) -> list[str]:
    """The stems of the words that carry a topic."""
    stop = STOP_WORDS.get(language, frozenset())
    return [stem(word) for word in words_of(text) if word.lower() not in stop and len(word) > 1]


def stems(text: str) -> list[str]:
    """The stems of all words, in order."""
    return [stem(word) for word in words_of(text)]


@cache
def small_stems(language: str) -> frozenset[str]:
    """The stems of the words that carry no topic."""
    return frozenset(map(stem, STOP_WORDS.get(language, frozenset())))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the shorter line's terms that the other has too."""
    return len(a & b) / max(1, min(len(a), len(b)))
