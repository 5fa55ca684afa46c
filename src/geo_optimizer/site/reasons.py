"""Why a link is suggested, in a sentence that a person can check on the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geo_optimizer.site.survey import NEAR, Survey
from geo_optimizer.site.weights import weights
from geo_optimizer.site.wording import Window

_MOST = 2  # reasons named
_MOST_OF_TITLE = 0.6
_NEARBY = 10  # rank up to which likeness is worth a mention


def reason(survey: Survey, page: int, window: Window, signals: Mapping[str, float]) -> str:
    """The strongest one or two grounds, strongest first, as one sentence without a full stop."""
    grounds = sorted(_grounds(survey, page, window, signals), key=lambda g: -g[0])
    text = "; ".join(words for _, words in grounds[:_MOST]) or "its words are about the same subject as that page"
    return text[0].upper() + text[1:]


def _grounds(survey: Survey, page: int, window: Window, signals: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    yield from _by_name(survey, page, window, signals)
    yield from _by_site(survey, page, signals)


def _by_name(survey: Survey, page: int, window: Window, signals: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    """Grounds in the words themselves."""
    strength = _strength(signals, "anchor", "anchor_share", "linked")
    if used := survey.known.anchors[survey.phrase(window)].get(page, 0):
        words = survey.draft.text(survey.text.span(*window))
        yield strength + 1, f"{_others_link(used)} '{words}' to that page"
    if signals["title"]:
        yield _strength(signals, "title") + 1, "the page's title is in your sentence"
    elif signals["title_covered"] >= _MOST_OF_TITLE:
        yield _strength(signals, "fits", "weight"), "your words are most of the page's title"
    if signals["heading"]:
        yield _strength(signals, "heading"), "a section of that page has these words as its heading"
    if not used and not signals["title"]:
        yield _strength(signals, "sentence", "sentence_share"), "your sentence uses the words that page is called by"


def _by_site(survey: Survey, page: int, signals: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    """Grounds in the page as a whole and in the link graph."""
    near = survey.similar_order[:NEAR]
    if linking := sum(page in survey.known.outlinks[n] for n in near):
        yield (
            _strength(signals, "neighbours"),
            f"{linking} of the {len(near)} pages most like this draft {'links' if linking == 1 else 'link'} to it",
        )
    if (rank := survey.similar_rank.get(page, 0)) and rank <= _NEARBY:
        place = "the page" if rank == 1 else f"no. {rank} of the pages"
        yield _strength(signals, "similar", "similar_first"), f"it is {place} most like this draft"
    if signals["links_back"]:
        yield _strength(signals, "links_back"), "it links to this page"


def _strength(signals: Mapping[str, float], *names: str) -> float:
    return sum(weights().links.part(name, signals[name]) for name in names)


def _others_link(number: int) -> str:
    return "1 other page links" if number == 1 else f"{number} other pages link"
