"""What speaks for a page as the target of a link, each as a number from 0 to 1; `wording.py` tells what speaks for the words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from posixpath import dirname

from geo_optimizer.analysis.words import stems
from geo_optimizer.site.naming import anchor_phrase
from geo_optimizer.site.survey import Survey, share
from geo_optimizer.site.weights import weights

_ON_TOPIC = 0.15  # cosine: of articles that belong to a site, nineteen in twenty have a page there at least this like them
_YEAR = 365.0
_EVERYWHERE = 0.1  # share of a site's pages that link to a page which is furniture: a reader meets it anyway
_FURNITURE = 20  # pages that link to it at least
_ENOUGH = 1.5  # rarities of words, added up, that say nearly all


def probability(signals: Mapping[str, float]) -> float:
    """How likely an author would make this link: the share of such suggestions that authors did make, on sites not trained on."""
    found = weights()
    return chance(found.bias + found.links.of(signals))


def chance(odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-odds))


def log_odds(probability: float) -> float:
    """The log odds of a probability, which is neither 0 nor 1."""
    return math.log(probability / (1 - probability))


def worth(signals: Mapping[str, float]) -> float:
    """How much a page deserves that words are looked for, beside other pages."""
    return weights().pages.of(signals)


def page_signals(survey: Survey, page: int) -> dict[str, float]:
    """What speaks for the page, wherever the link stands."""
    return {
        **_alike(survey, page),
        **_said(survey, page),
        **_linked(survey, page),
    }


def _alike(survey: Survey, page: int) -> dict[str, float]:
    """What page and draft are about, and when they were written."""
    target = survey.site.pages[page]
    most_similar = survey.similar[survey.similar_order[0]] if survey.similar_order else 0.0
    days = abs((survey.date - target.date).days) if survey.date and target.date else math.inf
    return {
        "similar": share(survey.similar.get(page, 0.0), max(most_similar, _ON_TOPIC)),  # to the whole draft, beside the page most like it
        "similar_first": 1 / survey.similar_rank.get(page, len(survey.site)),
        "recent": 1 / (1 + days / _YEAR),
        "asked_for": _asked_for(survey, target.use_when),
    }


def _asked_for(survey: Survey, use_when: str) -> float:
    """How much of a person's word on when to link to the page is in the draft."""
    if not use_when:
        return 0.0
    words = survey.known.telling(stems(use_when))
    return share(sum(rare for word, rare in words.items() if survey.counts[word]), sum(words.values()))


def _said(survey: Survey, page: int) -> dict[str, float]:
    """How the draft says what the page is called."""
    known, title = survey.known, survey.known.title_words[page]
    hits = {survey.phrase(window) for window in survey.hits.get(page, ())}
    whole = anchor_phrase(survey.site.pages[page].title)
    uses = [known.anchors[phrase] for phrase in hits]
    return {
        "title_said": share(math.fsum(known.rarity(word) for word in title if survey.counts[word]), survey.title_rarity(page)),  # anywhere
        "sentence_best": max(survey.sentence_scores.get(page, {}).values(), default=0.0),  # any sentence with its names
        "said_often": 1 - math.exp(-len(survey.hits.get(page, ())) / 2),
        "titled": 1 - math.exp(-sum(map(known.rarity, whole.split())) / _ENOUGH) if whole in hits else 0.0,
        # "keyphraseness": Mihalcea and Csomai, Wikify! (2007)
        "linked_best": max(
            (share(used[page], survey.mentions(phrase)) for phrase, used in zip(hits, uses, strict=True) if page in used), default=0.0
        ),
    }


def _linked(survey: Survey, page: int) -> dict[str, float]:
    """Who links to the page, and where it stands."""
    known, inlinks = survey.known, survey.known.inlinks[page]
    linking, silent = survey.as_neighbours_do(page)
    return {
        "neighbours": survey.neighbours.get(page, 0.0),
        "neighbours_share": linking,
        "passed_over": silent,
        "links_back": float(survey.own is not None and survey.own in known.outlinks[page]),
        "inlinks": share(math.log1p(inlinks), math.log1p(known.most_inlinks)),
        "folder": _nearness(survey.folder, dirname(survey.site.pages[page].path)),
        "everywhere": share(inlinks, max(_FURNITURE, _EVERYWHERE * len(survey.site))),
    }


def _nearness(one: str | None, other: str) -> float:
    """The share of folders that two paths have in common; 1 in the same folder."""
    if one is None:
        return 0.0
    a, b = one.split("/"), other.split("/")
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common / max(len(a), len(b))
