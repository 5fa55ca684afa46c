"""How likely each word of a draft stands in what its author would write of it: in its description, in its summary.

A logistic regression over what is known of a word, in every form of it; found by
`benchmarks/summaries.py` from descriptions and summaries that authors wrote.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_optimizer.engines.offline.sections import own_headings, sections
from geo_optimizer.engines.offline.stems import small_stems, stem, stems
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.engines.offline.weights import Sum, total
from geo_optimizer.model import Brief

_LATE = 0.85  # of the sentences
_OFTEN = 3.0  # the log of some twenty mentions
_LONG = 8  # letters


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the words of a draft stand, by their stems."""

    said: Counter[str]
    first: Mapping[str, int]  # the sentence, from 0
    texts: Mapping[str, int]  # in how many paragraphs and items
    named: Counter[str]  # with a capital inside a sentence, less without one
    title: frozenset[str]
    headings: Counter[str]
    opening: frozenset[str]  # of the first paragraph
    before: frozenset[str]  # of what stands before the second heading
    late: frozenset[str]
    concluding: frozenset[str]
    total: int  # paragraphs and items


def standing(brief: Brief, concludes: frozenset[int]) -> Standing:
    """Of a brief's words; `concludes` are the numbers, from 0, of the sentences that conclude."""
    said = [stems(sentence.text) for sentence in brief.sentences]
    over = sections(brief)
    texts = defaultdict(set)
    first: dict[str, int] = {}
    for n, words in enumerate(said):
        for word in words:
            texts[word].add(brief.sentences[n].prose)
            first.setdefault(word, n)
    opening = [n for n, sentence in enumerate(brief.sentences) if sentence.prose == brief.sentences[0].prose]
    return Standing(
        said=Counter(word for words in said for word in words),
        first=first,
        texts={word: len(where) for word, where in texts.items()},
        named=_named(brief),
        title=frozenset(stems(brief.title or "")),
        headings=Counter(word for heading in own_headings(brief.draft) for word in set(stems(heading.text))),
        opening=_words(said, opening),
        before=_words(said, _before(over)),
        late=_words(said, range(int(_LATE * len(said)), len(said))),
        concluding=_words(said, sorted(concludes)),
        total=len({sentence.prose for sentence in brief.sentences}),
    )


def _words(said: Sequence[Sequence[str]], numbers: Sequence[int]) -> frozenset[str]:
    return frozenset(word for n in numbers for word in said[n])


def _before(over: Sequence[object]) -> list[int]:
    """The sentences before the first heading that stands below the first of them."""
    return [n for n, section in enumerate(over) if section == over[0] and all(other == over[0] for other in over[:n])]


def _named(brief: Brief) -> Counter[str]:
    named: Counter[str] = Counter()
    for sentence in brief.sentences:
        for word in words_of(sentence.text)[1:]:
            named[stem(word)] += 1 if word[0].isupper() else -1
    return named


def features(word: str, at: Standing, small: frozenset[str]) -> dict[str, float]:
    """What is known of a stem, each about 0..1; `small` are the stems of words that carry no topic."""
    titled, is_small, said = word in at.title, word in small, at.said[word]
    first = at.first.get(word)
    return {
        "title": float(titled),
        "title_small": float(titled and is_small),
        "heading": float(at.headings[word] > 0),
        "headings": float(at.headings[word] > 1),
        "often": math.log(said) / _OFTEN if said else 0.0,
        "once": float(said <= 1),
        "spread": at.texts.get(word, 0) / max(1, at.total),
        "early": 0.0 if first is None else 1 / (1 + first / 3),
        "first": float(first == 0),
        "opening": float(word in at.opening),
        "before": float(word in at.before),
        "late": float(word in at.late),
        "concludes": float(word in at.concluding),
        "name": float(at.named[word] > 0),
        "figure": float(word[0].isdigit()),
        "long": len(word) / _LONG,
        "small": float(is_small),
    }


def chances(at: Standing, weighed: Sum, language: str) -> dict[str, float]:
    """The chance of each stem of the draft and its title."""
    small = small_stems(language)
    stems_here = (*at.said, *sorted(at.title - at.said.keys()))
    return {word: 1 / (1 + math.exp(-total(features(word, at, small), weighed))) for word in stems_here}
