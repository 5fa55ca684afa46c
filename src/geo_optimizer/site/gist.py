"""What a page is about, as weighed words: TF-IDF, where a word counts the more, the fewer pages of the site have it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

from geo_optimizer.analysis.words import stems
from geo_optimizer.site.naming import STOP_STEMS
from geo_optimizer.site.pages import Page

# How much a word in each place says about its page, beside a word of the text.
_TITLE, _HEADING, _DESCRIPTION = 5, 2, 2
_LIGHTEST = 0.05  # rarity from which a word counts
_BAR = " | "


def rarity(having: int, pages: int) -> float:
    """Of what stands on so many of a site's pages: 0 (on every page) to 1 (on one or none), the inverse document frequency over its largest value."""
    return max(0.0, min(1.0, math.log((pages + 1) / (having + 0.5)) / math.log(pages + 1))) if pages else 1.0


def said_by(page: Page) -> str:
    """The stems of a page: of its title, its text, its description and its headings, with a bar between."""
    return _BAR.join(" ".join(stems(text)) for text in (page.title, page.text, page.description, " ".join(page.headings)))


def text_of(said: str) -> str:
    """Of a page's stems (see `said_by`) those of its text."""
    return said.split(_BAR)[1]


def gist(said: str) -> Counter[str]:
    """A page's stems (see `said_by`), counted; those of its title, headings and description count more."""
    title, text, description, headings = said.split(_BAR)
    counts = Counter(f"{title} {text}".split())
    for part, weight in ((title, _TITLE), (description, _DESCRIPTION), (headings, _HEADING)):
        for word in set(part.split()):
            counts[word] += weight
    return counts


def weighed(counts: Mapping[str, int], rarity_of: Callable[[str], float]) -> dict[str, float]:
    """The weight of each stem of a text: (1 + log of how often it stands there) x its rarity (Salton and Buckley 1988, `lt`)."""
    return {
        word: (1 + math.log(count)) * rare
        for word, count in counts.items()
        if count > 0 and word not in STOP_STEMS and (rare := rarity_of(word)) > _LIGHTEST
    }


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The product of two vectors; their cosine, if both are of length 1."""
    return sum(weight * one.get(word, 0.0) for word, weight in other.items())


def length(weights: Mapping[str, float]) -> float:
    """The length of a vector of weights; 1 of an empty one."""
    return math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
