"""Which words of a draft could be the anchor of a link to a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from geo_optimizer.analysis.words import CHROME, is_small, says_something, stems
from geo_optimizer.site.naming import ARTICLES, LONGEST_PHRASE
from geo_optimizer.site.places import APART, CLOSE
from geo_optimizer.site.survey import Survey
from geo_optimizer.site.wording import POINTERS, Window, may_belong

_WIDEST = 8  # words
# How many places of each kind are looked at: where the page is named, runs of its title, stretches of words it is called by, and of words
# that it is about.
_NAMED, _RUNS, _STRETCHES, _ABOUT = 6, 3, 6, 4
_AGAIN = 0.3  # what a word weighs that the anchor has already
# What a word costs that stands inside an anchor though the page is not called by it. More than one word of substance is too loose.
_STOP_COST, _WORD_COST = 0.05, 0.35
_LOOSE_WORDS = 1
_LONE_RARITY = 0.45  # rarity (see Knowledge.rarity) from which a lone word says enough
_HEAVIEST, _BESIDE = 12, 0.3  # words that a page is about which are looked for, and how much those count beside them that it is called by
_REPEATED = 20  # places of a title's word that are looked at
_OPENING = 2  # words with which a title may begin before those that say something
_FURTHER = 2  # words by which a place is made wider at each end
# The only small words inside an anchor; any other ends a noun phrase.
_INSIDE = frozenset(
    """of for in to the a an and with on from by your our my without de du des la le les et d von der des und für zu del da do dos e y
    van voor en""".split()
)
_FEWEST_OF_TITLE = 2  # words of a title that is more than a name
_VERBAL = ("ing", "ed", "ly")


def windows(survey: Survey, page: int) -> list[Window]:
    """Places for a link to `page`: where it is named, then stretches that hold most of the words it is called by, or is about."""
    named = sorted((w for w in survey.hits.get(page, ()) if _is_tight(survey, w, named=True)), key=lambda w: (w[0] - w[1], w[0]))
    found = dict.fromkeys(named[:_NAMED])
    found.update(dict.fromkeys(_added(found, _tightened(survey, _called(survey, page)), _STRETCHES)))
    found.update(dict.fromkeys(_added(found, _runs(survey, page), _RUNS)))
    about = (w for w in _tightened(survey, _about(survey, page)) if w[1] - w[0] > 1)
    found.update(dict.fromkeys(_added(found, about, _ABOUT)))
    return list(found)


def _added(known: Iterable[Window], more: Iterable[Window], most: int) -> list[Window]:
    """Of some places those that are not known yet, at most so many."""
    kept: dict[Window, None] = {}
    for window in more:
        if len(kept) >= most:
            break
        if window not in known:
            kept[window] = None
    return list(kept)


def _tightened(survey: Survey, stretches: Iterable[Window]) -> Iterator[Window]:
    """With what belongs to the same name; a lone word that says too little with its neighbour, or not at all."""
    for stretch in stretches:
        whole = _whole_name(survey, stretch)
        if whole[1] - whole[0] >= _WIDEST and _is_half(survey, whole):
            continue
        window = whole if _is_tight(survey, whole, named=False) else _with_neighbour(survey, whole)
        if window is not None:
            yield window


def _called(survey: Survey, page: int) -> list[Window]:
    """Stretches of words that the page is called by, the heaviest in the best sentences first."""
    scores = survey.sentence_scores.get(page, {})
    found = _stretches(survey, survey.known.names[page])
    return [s for _, s in sorted(found, key=lambda s: (-s[0] - scores.get(survey.text.sentences[s[1][0]], 0.0), s[1]))]


def _about(survey: Survey, page: int) -> list[Window]:
    """Stretches with words that weigh most on the page, though it is not called by them: only where the draft has some that it is called by."""
    if page not in survey.sentence_scores:
        return []
    names, body = survey.known.names[page], survey.body(page)
    telling = (survey.telling & body.keys()) - names.keys()
    heaviest = sorted(telling, key=lambda word: (-body[word], word))[:_HEAVIEST]
    if not heaviest:
        return []
    weights = {**{word: _BESIDE * weight for word, weight in names.items()}, **{word: body[word] for word in heaviest}}
    return [s for _, s in sorted(_stretches(survey, weights), key=lambda s: (-s[0], s[1]))[:_ABOUT]]


# ------------------------------------------------------------------ runs of a title


def _runs(survey: Survey, page: int) -> list[Window]:
    """Two and more words of the page's title in its order, the longest first; small words at the edges only where the title begins or ends."""
    title, telling = stems(survey.site.pages[page].title), survey.known.title_words[page]
    found = {
        _run(survey, title, i, at) for i, word in enumerate(title) if word in telling for at in survey.text.at.get(word, ())[:_REPEATED]
    }
    joined = (w for w in found if 2 <= w[1] - w[0] <= LONGEST_PHRASE and survey.text.joined(*w, loose=True))
    tight = (w for w in joined if 2 * (w[1] - w[0]) >= len(title) or _is_tight(survey, w, named=False))
    return sorted(tight, key=lambda w: (w[0] - w[1], w[0]))


def _run(survey: Survey, title: list[str], i: int, at: int) -> Window:
    """The longest run of the title's words around word `i`, which stands at word `at` of the draft."""
    text, (start, end), (left, right) = survey.text, (at, at + 1), (i, i + 1)
    while right < len(title) and end < len(text.words) and text.gaps[end - 1] != APART and text.stems[end] == title[right]:
        end, right = end + 1, right + 1
    while left > 0 and start > 0 and text.gaps[start - 1] != APART and text.stems[start - 1] == title[left - 1]:
        start, left = start - 1, left - 1
    while end > start and right < len(title) and is_small(text.words[end - 1]):
        end, right = end - 1, right - 1
    while start < end and is_small(text.words[start]) and (left > 0 or text.words[start].lower() in ARTICLES):
        start, left = start + 1, left + 1
    return start, end


# ------------------------------------------------------------------ wider and narrower


def variants(survey: Survey, window: Window) -> list[Window]:
    """The same place with the nouns beside it, and without its first or last word."""
    text, (start, end) = survey.text, window
    lefts, rights = [start], [end]
    if survey.draft.language == "en":
        while (
            lefts[-1] > 0
            and start - lefts[-1] < _FURTHER
            and text.gaps[lefts[-1] - 1] == CLOSE
            and _may_lead(survey, text.words[lefts[-1] - 1])
        ):
            lefts.append(lefts[-1] - 1)
        while (
            rights[-1] < len(text.words)
            and rights[-1] - end < _FURTHER
            and text.gaps[rights[-1] - 1] == CLOSE
            and may_belong(survey, text.words[rights[-1]])
        ):
            rights.append(rights[-1] + 1)
    wider = [(left, right) for left in lefts for right in rights if right - left <= _WIDEST and text.joined(left, right)]
    return [other for other in (*wider, *_narrower(survey, window)) if other != window]


def _may_lead(survey: Survey, word: str) -> bool:
    """Whether a word before a noun may be one more word of the same name; "the guide Sea kale" are two."""
    return may_belong(survey, word) and word.lower() not in CHROME


def _narrower(survey: Survey, window: Window) -> Iterator[Window]:
    start, end = window
    if end - start > 2:
        for one in (_inner(survey, start + 1, end), _inner(survey, start, end - 1)):
            if one[0] < one[1] and survey.text.joined(*one) and _is_tight(survey, one, named=False):
                yield one


def _inner(survey: Survey, start: int, end: int) -> Window:
    """Without small words at the edges."""
    words = survey.text.words
    while start < end and is_small(words[start]):
        start += 1
    while start < end and is_small(words[end - 1]):
        end -= 1
    return start, end


# ------------------------------------------------------------------ stretches of words that a page is called by


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


def in_full(survey: Survey, page: int, window: Window) -> Window:
    """With the rest of the page's title, where the draft has all of it there and the words are a part of it."""
    text, (start, end) = survey.text, window
    title = stems(survey.site.pages[page].title)
    if len(title) < _FEWEST_OF_TITLE:
        return window
    for i in range(start, end):
        for at in (n for n, word in enumerate(title) if word == text.stems[i]):
            first, last = i - at, i - at + len(title)
            if first >= 0 and list(text.stems[first:last]) == title and text.joined(first, last, loose=True):
                return min(start, first), max(end, last)
    return window


def _is_half(survey: Survey, window: Window) -> bool:
    """Whether the name at the end goes on behind it."""
    words, end = survey.text.words, window[1]
    return words[end - 1][0].isupper() and end < len(words) and _continues(survey, end - 1, end)


def from_its_start(survey: Survey, page: int, window: Window) -> Window:
    """With the words before it with which the page's title begins: "A sea kale year", "New growers" are named in full."""
    text, (start, end), title = survey.text, window, stems(survey.site.pages[page].title)
    first = title.index(text.stems[start]) if text.stems[start] in title else 0
    wider = start - first
    whole = 0 < first <= _OPENING and wider >= 0 and text.joined(wider, end) and list(text.stems[wider:start]) == title[:first]
    return (wider, end) if whole else window


def with_pointer(survey: Survey, window: Window) -> Window:
    """With the word behind it that says what kind of page it is: "the Navan guide" is no link to Navan."""
    text, (start, end) = survey.text, window
    pointed = end < len(text.words) and text.gaps[end - 1] == CLOSE and text.words[end].lower() in POINTERS and text.joined(start, end + 1)
    return (start, end + 1) if pointed and text.words[end - 1].lower() not in POINTERS else window


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
    return max(pairs, key=lambda pair: _familiar(survey, pair), default=None)


def _familiar(survey: Survey, pair: Window) -> tuple[int, float]:
    """How well the site knows a pair of words: how many pages use it as an anchor, then how common its words are."""
    return sum(survey.known.anchors[survey.phrase(pair)].values()), -sum(survey.rarities[survey.text.stems[i]] for i in range(*pair))


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
    return named or (len(words[0]) > 3 and survey.rarities[survey.text.stems[window[0]]] >= _LONE_RARITY)


def _stretches(survey: Survey, weights: Mapping[str, float]) -> Iterator[tuple[float, Window]]:
    """From each weighed word, the stretch of joined words that weighs most and ends with such a word."""
    spots = sorted(i for word in weights for i in survey.text.at.get(word, ()))
    for n, start in enumerate(spots):
        if survey.text.opens[start]:
            best = max(_growing(survey, weights, spots[n:]), default=None)
            if best is not None and best[0] > 0:
                yield best[0], (start, -best[1])


def _growing(survey: Survey, weights: Mapping[str, float], spots: list[int]) -> Iterator[tuple[float, int]]:
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
