"""Links from a draft to pages of the site: the best place for each page, the best pages first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, nsmallest
from itertools import islice

from geo_optimizer.model import Draft, LinkSuggestion
from geo_optimizer.site.index import Site
from geo_optimizer.site.reasons import reason
from geo_optimizer.site.signals import chance, log_odds, page_signals, probability, worth
from geo_optimizer.site.survey import Survey
from geo_optimizer.site.weights import editors
from geo_optimizer.site.windows import from_its_start, in_full, variants, windows, with_pointer
from geo_optimizer.site.wording import Window, fitness, place_signals

_TAKEN_AT = 0.63  # how likely an editor takes a link (see `taken`) that is recommended: three in two drafts, of those that were read
_RARE = 0.6  # rarity (see Site.rarity) of a lone word that is a name
_USED_ONCE = 0.5  # the signal `anchor` of words that one page uses
_LIKELY = 0.5  # score from which one lower-case word may be linked
_MOSTLY = 0.5  # share of an anchor's rarity that stands in what the page is called
_WORDS_PER_LINK, _MOST_LINKS = 200, 8
# How many pages are looked at closely, of how many places of each the variants, and on how many a page can fall back.
_PAGES, _VARIED, _PLACES = 60, 3, 4

Signals = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page and the words that could link to it, with what speaks for it."""

    page: int
    window: Window
    signals: Signals
    score: float


def suggest_links(draft: Draft, site: Site, *, limit: int = 20) -> tuple[LinkSuggestion, ...]:
    """At most `limit` links from the draft to other pages, best first, whose anchors do not overlap.

    A page that the draft links to already, that is hidden, younger than the
    draft, or the draft itself is never suggested; a page at most once.
    """
    survey = Survey(draft, site)
    chosen = sorted(_chosen(survey, limit), key=lambda c: (-c.score, c.page))
    room = max(0, links_that_fit(draft) - len(survey.linked))
    recommended = _recommended(survey, chosen)[:room]
    return tuple(_suggestion(survey, c, recommended=c in recommended) for c in chosen)


def links_that_fit(draft: Draft) -> int:
    """How many internal links a text of this length bears: one in 200 words, from 1 to 8."""
    words = sum(len(prose.text.split()) for prose in draft.prose if prose.known is None)
    return max(1, min(_MOST_LINKS, round(words / _WORDS_PER_LINK)))


def _chosen(survey: Survey, limit: int) -> Iterator[Candidate]:
    """The best candidates whose windows do not overlap; a page whose window is taken falls back on its next best."""
    waiting = {page: _candidates(survey, page, of_page, places) for page, of_page, places in places_of_pages(survey) if places}
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


def _candidates(survey: Survey, page: int, of_page: Signals, places: Mapping[Window, Signals]) -> list[Candidate]:
    """The best places of one page, best first; earlier words win a tie."""
    best = nsmallest(_PLACES, places, key=lambda window: (-fitness(places[window]), window))
    return [_candidate(survey, page, window, {**of_page, **places[window]}) for window in best]


def _candidate(survey: Survey, page: int, window: Window, signals: Signals) -> Candidate:
    """The page with the rest of the words that it is called by there."""
    named = in_full(survey, page, from_its_start(survey, page, window))
    pointed = with_pointer(survey, named)
    score = probability(signals)
    if pointed != named:
        signals = {**signals, "lone": 0.0, "cut_right": 0.0}
    return Candidate(page, pointed, signals, score)


def pages_by_worth(survey: Survey) -> dict[int, Signals]:
    """The pages that come into question, those most worth a closer look first, each with its signals."""
    survey.known.inlinks.load(survey.candidates)
    survey.known.outlinks.load(survey.candidates)
    survey.known.title_words.load(survey.candidates)
    found = {page: page_signals(survey, page) for page in survey.candidates}
    return {page: found[page] for page in sorted(found, key=lambda page: (-worth(found[page]), page))}


def places_of_pages(survey: Survey, most: int = _PAGES) -> list[tuple[int, Signals, dict[Window, Signals]]]:
    """The pages most worth it, each with its signals, and with the places for a link to it and theirs."""
    pages = dict(islice(pages_by_worth(survey).items(), most))
    survey.look_closely(pages)
    found = _with_signals(survey, {page: windows(survey, page) for page in pages})
    for page, more in _with_signals(survey, {page: _variants(survey, places) for page, places in found.items()}).items():
        found[page].update(more)
    return [(page, pages[page], found[page]) for page in pages]


def _with_signals(survey: Survey, windows_of: Mapping[int, Iterable[Window]]) -> dict[int, dict[Window, Signals]]:
    survey.name({window for found in windows_of.values() for window in found})
    return {
        page: {window: place_signals(survey, page, window) for window in found if not survey.names_another(page, window)}
        for page, found in windows_of.items()
    }


def _variants(survey: Survey, places: Mapping[Window, Signals]) -> list[Window]:
    """Of the best places of a page those a word wider or narrower that are not among its places yet."""
    best = nsmallest(_VARIED, places, key=lambda window: (-fitness(places[window]), window))
    return [other for window in best for other in variants(survey, window) if other not in places]


def _recommended(survey: Survey, chosen: list[Candidate]) -> list[Candidate]:
    """Those above the threshold; of several with the same words only the first, or a reader would not know which is meant."""
    kept: dict[str, Candidate] = {}
    for candidate in chosen:
        if is_recommendable(candidate):
            kept.setdefault(survey.phrase(candidate.window), candidate)
    return list(kept.values())


def is_recommendable(candidate: Candidate) -> bool:
    """Whether a candidate is worth showing unasked, if the draft has room for it."""
    return bool(candidate.signals["given"]) or (taken(candidate) >= _TAKEN_AT and _is_clear(candidate))


def taken(candidate: Candidate) -> float:
    """How likely an editor takes the link as it stands, by what editors did who read such links."""
    weights, bias = editors()
    return chance(bias + weights.of({**candidate.signals, "log_odds": log_odds(candidate.score)}))


def _is_clear(candidate: Candidate) -> bool:
    """Whether the words say where they lead. A lone one is a rare name, or more likely than not, no part of a longer name, and the page's title or what several pages link it by."""
    signals = candidate.signals
    if signals["lone"]:
        named = bool(signals["proper_inside"]) and signals["rare"] >= _RARE
        likely = candidate.score >= _LIKELY and not signals["cut_right"] and not signals["cut_left"]
        return named or (likely and bool(signals["title"] or signals["anchor"] > _USED_ONCE))
    return bool(signals["title"] or signals["anchor"]) or (signals["fits"] >= _MOSTLY and not signals["joins"])


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
