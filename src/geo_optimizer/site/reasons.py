"""Why a link is suggested, in a sentence that a person can check on the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from geo_optimizer.site.survey import NEAR, Survey
from geo_optimizer.site.weights import weights
from geo_optimizer.site.wording import Window

_MOST = 2  # reasons named
_MOST_OF_TITLE = 0.6
_NEARBY = 10  # rank up to which likeness is worth a mention


def reason(survey: Survey, page: int, window: Window, signals: Mapping[str, float]) -> str:
    """The best one or two grounds as one sentence without a full stop: those in the words first, then the strongest."""
    text = "; ".join(islice(_grounds(survey, page, window, signals), _MOST)) or "its words are about the same subject as that page"
    return text[0].upper() + text[1:]


def _grounds(survey: Survey, page: int, window: Window, signals: Mapping[str, float]) -> Iterator[str]:
    yield from _by_name(survey, page, window, signals)
    yield from (words for _, words in sorted(_by_site(survey, page, signals), key=lambda ground: -ground[0]))
    if not signals["title"] and not signals["anchor"]:
        yield "your sentence uses the words that page is called by"


def _by_name(survey: Survey, page: int, window: Window, signals: Mapping[str, float]) -> Iterator[str]:
    """Grounds in the words themselves."""
    words, target = survey.draft.text(survey.text.span(*window)), survey.site.pages[page]
    if signals["given"]:
        yield f"your catalogue gives '{words}' as words for that page{f', for use when {target.use_when}' if target.use_when else ''}"
    if used := survey.known.anchors[survey.phrase(window)].get(page, 0):
        yield f"{_others_link(used)} '{words}' to that page"
    if signals["title"]:
        yield f"{'the' if signals['title_whole'] else 'a part of the'} page's title is in your sentence"
    elif signals["title_covered"] >= _MOST_OF_TITLE:
        yield "your words are most of the page's title"
    elif signals["heading"]:
        yield "a section of that page has these words as its heading"


def _by_site(survey: Survey, page: int, signals: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    """Grounds in the page as a whole and in the link graph, each with its strength."""
    near = survey.similar_order[:NEAR]
    if linking := sum(page in survey.known.outlinks[n] for n in near):
        yield (
            _strength(signals, "neighbours", "neighbours_share"),
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
