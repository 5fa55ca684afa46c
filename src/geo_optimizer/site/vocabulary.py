"""Under which of the site's own tags or categories a draft would be filed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest

from geo_optimizer.site.filing import Filed
from geo_optimizer.site.saying import Saying, amount, forms, name_of_term
from geo_optimizer.site.weights import term_weights

_NEAREST = 20  # pages that vote
_STRANGE = 0.07  # likeness of the nearest page below which the site says nothing of the draft: only what the draft itself says counts. Of articles of a
# site one in forty has no page there that is more like it; of articles of other sites about programming, too, one in five.
_MARKS, _TITLE = 0.3, 0.3  # what a page's marks and title add to the likeness of its words
_OFTEN = 20  # times that a text says a term, from which on more say no more
# How much a page says of a term (see `gist`), in steps: in passing, more than once, as its subject. Of those that say it so much, the
# share filed under it; what is expected before any page is seen counts as two pages.
_STEPS = (1, 3, 6)
_EXPECTED, _EXPECTED_SHARES = 2, (0.1, 0.2, 0.35)

Signals = dict[str, float]


def chances(pages: Sequence[Filed], use: Counter[str], saying: Saying) -> dict[str, float]:
    """The site's terms, each with how likely the site would file the draft under it; likeliest first.

    `pages` are those like the draft; `use`: on how many pages each term
    stands. Of a term in several spellings only the usual one is there; for a
    draft that is like no page only what it says.
    """
    told = term_weights()
    # Rounded, as sums over pages differ in their last digits with the order in which an index has the pages.
    found = {term: round(told.chance(signals), 6) for term, signals in term_signals(pages, use, saying).items()}
    if max((page.words for page in pages), default=0.0) < _STRANGE:
        found = {term: chance for term, chance in found.items() if saying.is_said(term)}
    return {term: found[term] for term in sorted(found, key=lambda term: (-found[term], term))}


def usual_spellings(use: Mapping[str, int]) -> dict[str, str]:
    """Each term -> how it is spelled on most pages."""
    spelled: dict[str, str] = {}
    for term in sorted(use, key=lambda term: (-use[term], term)):
        spelled.setdefault(name_of_term(term), term)
    return {term: spelled[name_of_term(term)] for term in use}


def term_signals(pages: Sequence[Filed], use: Counter[str], saying: Saying) -> dict[str, Signals]:
    """What speaks for each of the site's terms, as numbers from 0 to 1."""
    usual = usual_spellings(use)
    pages = [_respelled(page, usual) for page in pages]
    most = max(use.values(), default=1)
    counted: Counter[str] = Counter()
    for term, n in use.items():
        counted[usual[term]] += n
    voted = _Votes(pages)
    return {term: {**_said(term, saying), **voted.signals(term, saying), "use": min(1.0, n / most)} for term, n in counted.items()}


def _respelled(page: Filed, usual: Mapping[str, str]) -> Filed:
    terms = tuple(dict.fromkeys(usual[term] for term in page.terms if term in usual))
    return page if terms == page.terms else Filed(terms, page.words, page.title, page.marks, page.counts)


def _said(term: str, saying: Saying) -> Signals:
    if not saying.is_said(term):
        return {"said": 0.0, "titled": 0.0, "early": 0.0}
    return {
        "said": min(1.0, math.log1p(saying.times(term)) / math.log1p(_OFTEN)),
        "titled": float(saying.in_title(term)),
        "early": float(saying.is_early(term)),
    }


class _Votes:
    """What the pages say: each for its terms, the more, the liker it is."""

    def __init__(self, pages: Sequence[Filed]) -> None:
        self._pages = pages
        self._columns = _Columns(pages)
        alike = [page.words + _MARKS * page.marks + _TITLE * page.title for page in pages]
        words = [page.words for page in pages]
        self._by_words = self._shares(words, 3)
        self._by_all = self._shares(alike, 2)
        self._nearest: dict[str, float] = defaultdict(float)
        self._filed: Counter[str] = Counter()
        for page, likeness in zip(pages, alike, strict=True):
            for term in page.terms:
                self._nearest[term] = max(self._nearest[term], likeness / (1 + _MARKS + _TITLE))
                self._filed[term] += 1

    def _shares(self, alike: Sequence[float], steep: int) -> dict[str, float]:
        """The share of each term in the votes of the nearest pages, each of which votes with a power of its likeness (kNN)."""
        nearest = nlargest(_NEAREST, range(len(alike)), key=lambda n: (alike[n], -n))
        total = sum(alike[n] ** steep for n in nearest) or 1.0
        votes: dict[str, float] = defaultdict(float)
        for n in nearest:
            for term in self._pages[n].terms:
                votes[term] += alike[n] ** steep / total
        return votes

    def signals(self, term: str, saying: Saying) -> Signals:
        votes = self._by_all.get(term, 0.0)
        return {
            "votes": self._by_words.get(term, 0.0),
            "agreed": math.sqrt(votes * self._share(term, saying)) if votes else 0.0,
            "nearest": self._nearest.get(term, 0.0),
        }

    def _share(self, term: str, saying: Saying) -> float:
        """Of the pages that say as much of a term as the draft, the share filed under it."""
        step = _step(amount(term, saying.counts))
        least = _STEPS[step - 1] if step else 0
        alike = [n for n, said in enumerate(self._amounts(term)) if (said >= least if step else not said)]
        expected = _EXPECTED_SHARES[step - 1] if step else self._filed[term] / (2 * max(1, len(self._pages)))
        return (sum(term in self._pages[n].terms for n in alike) + _EXPECTED * expected) / (len(alike) + _EXPECTED)

    def _amounts(self, term: str) -> list[int]:
        """How much each page says of a term, as `amount` has it."""
        found = [0] * len(self._pages)
        for form in forms(term):
            columns = [self._columns[word] for word in form]
            found = list(map(max, found, map(min, *columns) if len(columns) > 1 else columns[0]))
        return found


class _Columns(dict[str, list[int]]):
    """How much each page says of a word."""

    def __init__(self, pages: Sequence[Filed]) -> None:
        self._pages = pages

    def __missing__(self, word: str) -> list[int]:
        self[word] = found = [page.counts.get(word, 0) for page in self._pages]
        return found


def _step(amount: int) -> int:
    return sum(amount >= least for least in _STEPS)
