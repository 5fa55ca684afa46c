"""What speaks for some words of a draft as the anchor of a link, each as a number from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Mapping

from geo_optimizer.analysis.words import is_small, says_something, stem
from geo_optimizer.lazy import lazily
from geo_optimizer.site.naming import anchor_phrase
from geo_optimizer.site.nouns import BESIDE, NO_EDGE, used_as_verbs
from geo_optimizer.site.places import CLOSE
from geo_optimizer.site.survey import Survey, share
from geo_optimizer.site.weights import weights

Window = tuple[int, int]  # words [start, end) of Places

_LONG = 8  # words of an anchor that count as many
_ENOUGH = 1.5  # rarities of words, added up, that say nearly all
_FAR = 6  # words before an anchor among which a cue is looked for
_STRANGE = 3  # words of an anchor by which the page is not called that count as many
_TOGETHER = 0.4  # the share of a word's pages that also have the next word of a phrase, about
# Words that send a reader on, and what they send him to.
_SENDING = frozenset(
    map(
        stem,
        """read see visit about learn refer check described follow consult explained wrote written documented found outlined mentioned
        detailed published discussed covered post article guide""".split(),
    )
)
POINTERS = frozenset(
    """guide guides doc docs documentation page pages section post posts article blog tutorial reference handbook policy process team
    interview series""".split()
)
_VERBAL = ("ing", "ed", "ly")
_JOINING = frozenset("and or und oder et ou y o e".split())
_OPENING, _CLOSING = frozenset('"“‘*_('), frozenset('"”’*_)')
_INNER_CAPITAL = lazily(r"[a-z][A-Z]|\d")


def fitness(signals: Mapping[str, float]) -> float:
    """How well a place suits, beside other places for the same page."""
    return weights().places.of(signals)


def place_signals(survey: Survey, page: int, window: Window) -> dict[str, float]:
    """What speaks for these words as the anchor of a link to the page."""
    if window not in survey.wordings:
        survey.wordings[window] = {**_shape(survey, window), **_edges(survey, window), **_around(survey, window)}
    return {**survey.wordings[window], **_named(survey, page, window), **_overlap(survey, page, window), **_sense(survey, page, window)}


# ------------------------------------------------------------------ the words alone


def _shape(survey: Survey, window: Window) -> dict[str, float]:
    start, end = window
    text = survey.text
    words = [word for word in text.words[start:end] if not is_small(word)]
    proper = bool(words) and all(word[0].isupper() for word in words)
    begins = _begins(survey, start)
    return {
        "rare": _rarity(survey, window),
        "early": 1 - start / len(text.words),
        "again": float(any(text.stems[i : i + end - start] == text.stems[start:end] for i in text.at[text.stems[start]] if i < start)),
        "lone": float(len(words) == 1),
        "long": share(end - start, _LONG),
        "joins": float(not _JOINING.isdisjoint(word.lower() for word in text.words[start:end])),
        "proper": float(proper),
        "proper_inside": float(proper and not (begins and len(words) == 1)),
        "camel": float(any(_INNER_CAPITAL.search(word) for word in text.words[start:end])),
        "item": float(survey.draft.prose[text.prose[start]].kind == "item"),
    }


def _begins(survey: Survey, word: int) -> bool:
    """Whether a sentence begins with the word."""
    return word == 0 or survey.text.sentences[word - 1] != survey.text.sentences[word]


def _rarity(survey: Survey, window: Window) -> float:
    """How rare the words are together: as counted where others use them as an anchor, else as their parts let expect."""
    phrase = survey.phrase(window)
    if survey.known.anchors[phrase]:
        return survey.known.rarity_of(survey.mentions(phrase))
    rarities = [survey.rarities[survey.text.stems[i]] for i in range(*window) if not is_small(survey.text.words[i])]
    if not rarities:
        return 0.0
    return min(1.0, max(rarities) + (len(rarities) - 1) * math.log(1 / _TOGETHER) / math.log(len(survey.site) + 1))


def _edges(survey: Survey, window: Window) -> dict[str, float]:
    """Whether the words begin and end where a name does."""
    start, end = window
    words, acting = survey.text.words, used_as_verbs(survey.draft)
    before, after = _neighbours(survey, window)
    first, last = words[start], words[end - 1]
    return {
        "cut_left": float(may_belong(survey, before) and not before.lower().endswith("ing")),
        "cut_right": float(may_belong(survey, after) and not after.lower().endswith(("ing", "ed"))),
        "half_name": float(_goes_on(before, first) or _goes_on(after, last)),
        "small_edge": float(is_small(first)),
        "verb_start": float(_is_no_edge(first) or first in acting),
        "verb_end": float(_is_no_edge(last) or last in acting),
        "verbal_start": float(first[0].islower() and first.lower().endswith(_VERBAL)),
        "verbal_end": float(last[0].islower() and last.lower().endswith(_VERBAL)),
        "pointer": float(last.lower() in POINTERS),
    }


def _is_no_edge(word: str) -> bool:
    return word.lower() in NO_EDGE or word.lower() in BESIDE


def _neighbours(survey: Survey, window: Window) -> tuple[str, str]:
    """The words that touch the first and the last; "" where none does."""
    start, end = window
    text = survey.text
    before = text.words[start - 1] if start and text.gaps[start - 1] == CLOSE else ""
    after = text.words[end] if end < len(text.words) and text.gaps[end - 1] == CLOSE else ""
    return before, after


def may_belong(survey: Survey, word: str) -> bool:
    """Whether a word beside a noun may be one more word of the same name."""
    lower = word.lower()
    return (
        says_something(word)
        and lower not in NO_EDGE
        and lower not in BESIDE
        and word not in used_as_verbs(survey.draft)
        and not lower.endswith("ly")
        if word
        else False
    )


def _goes_on(beside: str, edge: str) -> bool:
    return bool(beside) and beside[0].isupper() and not is_small(beside) and edge[0].isupper()


def _around(survey: Survey, window: Window) -> dict[str, float]:
    """What the sentence says beside the words."""
    start, end = window
    text, source = survey.text, survey.draft.source
    span = text.span(start, end)
    before = [i for i in range(start - 1, max(-1, start - 1 - _FAR), -1) if text.sentences[i] == text.sentences[start]]
    return {
        "cue": float(survey.has_cue(text.sentences[start])),
        "cue_near": max((1 - (start - i) / (_FAR + 2) for i in before if text.stems[i] in _SENDING), default=0.0),
        "our": float(any(text.words[i].lower() in ("our", "my") for i in before[:3])),
        "marked": float(source[span.start - 1 : span.start] in _OPENING and source[span.end : span.end + 1] in _CLOSING),
    }


# ------------------------------------------------------------------ the words and the page


def _named(survey: Survey, page: int, window: Window) -> dict[str, float]:
    """Whether the page is named so, and how others link the words."""
    known, phrase = survey.known, survey.phrase(window)
    used, titled = known.anchors[phrase], known.titles[phrase]
    here, anywhere = used.get(page, 0), sum(used.values())
    return {
        "anchor": here / (here + 1),
        "anchor_share": share(here, anywhere),
        "other_anchor": share(anywhere - here, anywhere),
        "linked": share(here, survey.mentions(phrase)) if here else 0.0,
        "title": float(page in titled),
        "title_sure": 1 / len(titled) if page in titled else 0.0,
        "title_whole": float(page in titled and phrase == anchor_phrase(survey.site.pages[page].title)),
        "heading": float(page in known.headings[phrase]),
        "given": float(page in known.given[phrase]),
    }


def _overlap(survey: Survey, page: int, window: Window) -> dict[str, float]:
    """How the words agree with what the page is called, rare words counting more."""
    known, text = survey.known, survey.text
    said = {text.stems[i]: survey.rarities[text.stems[i]] for i in range(*window) if not is_small(text.words[i])}
    title, names = known.title_words[page], known.names[page]
    whole = sum(said.values())
    matched = sum(rarity for word, rarity in said.items() if word in names)
    in_title = sum(rarity for word, rarity in said.items() if word in title)
    return {
        "title_covered": share(in_title, survey.title_rarity(page)),
        "title_fits": share(in_title, whole),
        "fits": share(matched, whole),
        "weight": 1 - math.exp(-matched / _ENOUGH),
        "name_weight": min(1.0, sum(names.get(word, 0.0) for word in said) / 3),
        "strange": share(sum(word not in names for word in said), _STRANGE),
    }


def _sense(survey: Survey, page: int, window: Window) -> dict[str, float]:
    """How sentence and paragraph agree with the page."""
    text, (start, end) = survey.text, window
    scores, sentence = survey.sentence_scores.get(page, {}), text.sentences[start]
    here, body = scores.get(sentence, 0.0), survey.body(page)
    return {
        "sentence": min(1.0, here),
        "sentence_share": share(here, survey.sentence_tops.get(sentence, 0.0)),  # beside the page that fits the sentence best
        "sentence_first": share(here, max(scores.values(), default=0.0)),  # beside the sentence that fits the page best
        "context": survey.context(page, text.prose[start]),
        "body": min(1.0, 2 * sum(body.get(text.stems[i], 0.0) for i in range(start, end) if not is_small(text.words[i]))),
    }
