"""Links from a draft to pages of the site: the best place for each page, the best pages first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from geo_optimizer.model import Draft, LinkSuggestion
from geo_optimizer.site.index import Site
from geo_optimizer.site.reasons import reason
from geo_optimizer.site.signals import fitness, page_signals, phrase_at, place_signals, probability
from geo_optimizer.site.survey import Survey
from geo_optimizer.site.windows import Window, windows

# From this score on, seven in ten suggestions on sites not trained on are links that the authors made; they do not
# make every good one, so that more than seven in ten are right.
RECOMMENDED_AT = 0.35
_RARE = 0.6  # rarity (see Site.rarity) of a lone word that is a name
_USED_ONCE = 0.5  # the signal `anchor` of words that one page uses
_MOSTLY = 0.5  # share of an anchor's rarity that stands in what the page is called
_WORDS_PER_LINK, _MOST_LINKS = 200, 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page and the words that could link to it, with what speaks for it."""

    page: int
    window: Window
    signals: dict[str, float]
    score: float


def suggest_links(draft: Draft, site: Site, *, limit: int = 20) -> tuple[LinkSuggestion, ...]:
    """At most `limit` links from the draft to other pages, best first, whose anchors do not overlap.

    A page that the draft links to already, that is hidden, younger than the
    draft, or the draft itself is never suggested; a page at most once.
    """
    survey = Survey(draft, site)
    chosen = sorted(_chosen(survey, limit), key=lambda c: (-c.score, c.page))
    fit = links_that_fit(draft)
    recommended = _recommended(survey, chosen)[:fit]
    return tuple(_suggestion(survey, c, recommended=c in recommended) for c in chosen)


def links_that_fit(draft: Draft) -> int:
    """How many internal links a text of this length bears: one in 200 words, from 1 to 8."""
    words = sum(len(prose.text.split()) for prose in draft.prose if prose.known is None)
    return max(1, min(_MOST_LINKS, round(words / _WORDS_PER_LINK)))


def _chosen(survey: Survey, limit: int) -> Iterator[Candidate]:
    """The best candidates whose windows do not overlap; a page whose window is taken falls back on its next best."""
    waiting = {page: places for page in survey.candidates if (places := _places(survey, page))}
    queue = [(-places[0].score, page) for page, places in waiting.items()]
    heapify(queue)
    taken: set[int] = set()
    while queue and limit > 0:
        _, page = heappop(queue)
        best, *others = waiting[page]
        if taken.isdisjoint(range(*best.window)):
            taken.update(range(*best.window))
            limit -= 1
            yield best
        elif others:
            waiting[page] = others
            heappush(queue, (-others[0].score, page))


def _places(survey: Survey, page: int) -> list[Candidate]:
    """The candidates of one page, best place first; earlier words win a tie."""
    found = windows(survey, page)
    if not found:
        return []
    of_page = page_signals(survey, page)
    signals = ((window, of_page | place_signals(survey, page, window)) for window in found)
    return sorted((Candidate(page, window, s, probability(s)) for window, s in signals), key=lambda c: (-fitness(c.signals), c.window))


def _recommended(survey: Survey, chosen: list[Candidate]) -> list[Candidate]:
    """Those above the threshold; of several with the same words only the first, or a reader would not know which is meant."""
    kept: dict[str, Candidate] = {}
    for candidate in chosen:
        if candidate.score >= RECOMMENDED_AT and _is_clear(candidate):
            kept.setdefault(phrase_at(survey, candidate.window), candidate)
    return list(kept.values())


def _is_clear(candidate: Candidate) -> bool:
    """The words name the page; a lone one is its title, what several pages link it by, or a rare name."""
    signals = candidate.signals
    if signals["title"]:
        return True
    if signals["lone"]:
        return signals["anchor"] > _USED_ONCE or (bool(signals["proper"]) and signals["rare"] >= _RARE)
    return signals["anchor"] > 0 or signals["fits"] >= _MOSTLY


def _suggestion(survey: Survey, candidate: Candidate, *, recommended: bool) -> LinkSuggestion:
    span = survey.text.span(*candidate.window)
    page = survey.site.pages[candidate.page]
    advice = f"; your catalogue says to use it when {page.use_when}" if page.use_when else ""
    return LinkSuggestion(
        anchor=survey.draft.text(span),
        span=span,
        target=page.url,
        title=page.title,
        reason=reason(survey, candidate.page, candidate.window, candidate.signals) + advice,
        score=round(candidate.score, 4),
        recommended=recommended,
        use_when=page.use_when,
    )
