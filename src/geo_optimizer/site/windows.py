"""Which words of a draft could be the anchor of a link to a page."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.analysis.words import CHROME, is_small, says_something
from geo_optimizer.site.places import CLOSE
from geo_optimizer.site.survey import Survey

Window = tuple[int, int]  # words [start, end) of Places

_WIDEST = 8  # words
_PER_PAGE = 6  # of each kind
_AGAIN = 0.3  # what a word weighs that the anchor has already
# What a word costs that stands inside an anchor though the page is not called by it. More than one word of substance is too loose.
_STOP_COST, _WORD_COST = 0.05, 0.35
_LOOSE_WORDS = 1
_LONE_RARITY = 0.45  # rarity (see Site.rarity) from which a lone word says enough
# The only small words inside an anchor; any other ends a noun phrase.
_INSIDE = frozenset(
    """of for in to the a an and with on from by your our my without de du des la le les et d von der des und für zu del da do dos e y
    van voor en""".split()
)
_VERBAL = ("ing", "ed", "ly")


def windows(survey: Survey, page: int) -> list[Window]:
    """Places for a link to `page`: where it is named, then stretches that hold most of the words it is called by."""
    named = sorted((w for w in survey.hits.get(page, ()) if _is_tight(survey, w, named=True)), key=lambda w: (w[0] - w[1], w[0]))
    kept = named[:_PER_PAGE]
    scores = survey.sentence_scores.get(page, {})
    stretches = sorted(_stretches(survey, page), key=lambda s: (-s[0] - scores.get(survey.text.sentences[s[1][0]], 0.0), s[1]))
    for _, stretch in stretches:
        whole = _whole_name(survey, stretch)
        window = whole if _is_tight(survey, whole, named=False) else _with_neighbour(survey, whole)
        if window is not None and window not in kept:
            kept.append(window)
            if len(kept) >= len(named[:_PER_PAGE]) + _PER_PAGE:
                break
    return kept


def _whole_name(survey: Survey, window: Window) -> Window:
    """With the capitalised words that touch a capitalised edge: half of a name is no anchor."""
    text, (start, end) = survey.text, window
    while (
        text.words[start][0].isupper() and start > 0 and end - start < _WIDEST and _continues(survey, start - 1) and text.opens[start - 1]
    ):
        start -= 1
    while (
        text.words[end - 1][0].isupper()
        and end < len(text.words)
        and end - start < _WIDEST
        and _continues(survey, end - 1, end)
        and text.shuts[end]
    ):
        end += 1
    return start, end


def _continues(survey: Survey, before: int, other: int | None = None) -> bool:
    """Whether a name goes on from one word to its neighbour."""
    text = survey.text
    word = text.words[before if other is None else other]
    return text.gaps[before] == CLOSE and word[0].isupper() and says_something(word) and word.lower() not in CHROME


def _with_neighbour(survey: Survey, window: Window) -> Window | None:
    """A lone word that says too little, with the word of substance before or after it: whichever pair the site knows better."""
    start, end = window
    text = survey.text
    if end - start > 1:
        return None
    pairs = [
        pair
        for pair in ((start - 1, end), (start, end + 1))
        if pair[0] >= 0 and pair[1] <= len(text.words) and text.joined(*pair) and _is_pair(text.words[pair[0]], text.words[pair[1] - 1])
    ]
    return max(pairs, key=lambda pair: survey.known.mentions(" ".join(text.stems[slice(*pair)])), default=None)


def _is_pair(one: str, other: str) -> bool:
    words = (one.lower(), other.lower())
    return all(map(says_something, words)) and words[0] not in CHROME and not words[0].endswith("ly") and not words[1].endswith(_VERBAL)


def _is_tight(survey: Survey, window: Window, *, named: bool) -> bool:
    """Whether the words alone tell a reader what is behind the link."""
    words = [word for word in survey.text.words[slice(*window)] if says_something(word)]
    if all(word.lower() in CHROME for word in words):
        return False
    if len(words) > 1:
        return True
    if words[0].lower().endswith(_VERBAL) and not words[0][0].isupper():
        return False
    return named or (len(words[0]) > 3 and survey.known.rarity(survey.text.stems[window[0]]) >= _LONE_RARITY)


def _stretches(survey: Survey, page: int) -> Iterator[tuple[float, Window]]:
    """From each word the page is called by, the stretch of joined words that weighs most and ends with such a word."""
    weights = survey.known.names[page]
    spots = sorted(i for word in weights for i in survey.text.at.get(word, ()))
    for n, start in enumerate(spots):
        if survey.text.opens[start]:
            best = max(_growing(survey, weights, spots[n:]), default=None)
            if best is not None and best[0] > 0:
                yield best[0], (start, -best[1])


def _growing(survey: Survey, weights: dict[str, float], spots: list[int]) -> Iterator[tuple[float, int]]:
    """`(weight, -end)` of each stretch from the first spot that may end where it does; a shorter one wins a tie."""
    text, start = survey.text, spots[0]
    total, loose, seen, last = 0.0, 0, set[str](), start
    for spot in spots:
        if spot - start >= _WIDEST or any(text.gaps[i] != CLOSE for i in range(last, spot)):
            return
        for word in text.words[last + 1 : spot]:
            small = is_small(word)
            if small and word.lower() not in _INSIDE:
                return
            loose += not small
            total -= _STOP_COST if small else _WORD_COST
        if loose > _LOOSE_WORDS:
            return
        stem = text.stems[spot]
        total += weights[stem] * (_AGAIN if stem in seen else 1.0)
        seen.add(stem)
        last = spot
        if text.shuts[spot]:
            yield total, -(spot + 1)
