"""Which of the site's own tags or categories fit a draft."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from geo_optimizer.analysis.words import stems

_NEAREST = 20  # pages that vote
# What else speaks for a term, beside a vote from 0 to 1 of the nearest pages: its words in the title, in the text, its use on the site.
_IN_TITLE, _IN_TEXT, _USE = 0.5, 0.08, 0.1
_STRANGE = 0.15  # likeness of the nearest page below which the site says nothing of the draft: only what the draft itself says counts
_STEEP = 3  # power of the likeness with which a page votes


def likeliest_terms(
    pages: Iterable[tuple[float, tuple[str, ...]]], use: Counter[str], counts: Mapping[str, int], title: str
) -> tuple[str, ...]:
    """The site's terms, likeliest first: every one, or, for a draft that is like no page, those whose words it says.

    `pages` are those like the draft, with how like they are and their terms; `use`: on how many pages each term stands;
    `counts`: the draft's stems. Nearest neighbours vote (kNN), and a term counts
    more where the draft says it.
    """
    votes: dict[str, float] = defaultdict(float)
    voters = sorted(((likeness, own) for likeness, own in pages if own and likeness > 0), reverse=True)[:_NEAREST]
    for likeness, own in voters:
        for term in own:
            votes[term] += likeness**_STEEP
    total = sum(likeness**_STEEP for likeness, _ in voters) or 1.0
    most = max(use.values(), default=1)
    titled = set(stems(title))
    if not voters or voters[0][0] < _STRANGE:
        use = Counter({term: n for term, n in use.items() if _said(term, counts, titled)})
    scores = {term: votes[term] / total + _USE * n / most + _said(term, counts, titled) for term, n in use.items()}
    return tuple(sorted(scores, key=lambda term: (-scores[term], term)))


def _said(term: str, counts: Mapping[str, int], titled: set[str]) -> float:
    """Whether all words of the term are in the title, or how often in the text."""
    words = stems(term)
    if not words:
        return 0.0
    if titled.issuperset(words):
        return _IN_TITLE
    least = min(counts.get(word, 0) for word in words)
    return _IN_TEXT * min(least, 6) / 2
