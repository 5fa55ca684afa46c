"""Links to a draft from pages that are there: which pages name what it is about, where, and in which words.

A page that nobody links to is found by nobody, and its author is not the one
who can see where it belongs. The draft takes the place of a page, the pages most like it
take the place of drafts, and each is asked for a link to this one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice, pairwise
from pathlib import Path, PurePath
from typing import NamedTuple

from geo_optimizer.analysis.excerpt import marked
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.model import Backlink, Draft
from geo_optimizer.site.index import Site
from geo_optimizer.site.naming import anchor_phrase, names_of
from geo_optimizer.site.pages import Page, read_page
from geo_optimizer.site.signals import page_signals, probability
from geo_optimizer.site.survey import Survey
from geo_optimizer.site.windows import windows
from geo_optimizer.site.wording import Window, fitness, place_signals

_ALIKE = 150  # pages like the draft that are searched for its names
_OTHERS = 150  # other pages beside them, to tell rare words from common ones, where the draft is no page of the site yet
_ASKED = 30  # pages with such a name that are asked for a place
_MOSTLY = 0.6  # share of the title's rarity that words have which name it, and share of theirs that stands in it
_FEWEST = 2  # telling words of the title in words that are not all of a name
_RARE = 0.6  # rarity of a lone word that is a name
_RECOMMENDED_AT = 0.27  # score from which a backlink is worth making
# What a new page cannot have, however well it fits: it counts half, as of a page that some link to.
_OF_OLD_PAGES, _HALF = ("inlinks", "neighbours", "neighbours_share", "linked_best", "anchor", "anchor_share", "linked"), 0.5


class _File(NamedTuple):
    """A page that may link to the draft, its text, and its rank among those most like the draft."""

    page: Page
    source: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Target:
    """The draft as a page of a site: its number there, and what it is called, as stems."""

    site: Site
    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The words of a page that could link to the draft, and what speaks for them."""

    file: _File
    survey: Survey
    window: Window
    signals: Mapping[str, float]
    score: float


def suggest_backlinks(draft: Draft, site: Site, *, limit: int = 10) -> tuple[Backlink, ...]:
    """At most `limit` links to the draft, one from each page, best first.

    Looked at are the pages most like the draft that are files, not hidden and do not link to it; of them only
    those whose words name it are suggested.
    """
    own = site.own_page(draft)
    alike = site.similar_to(draft, _ALIKE)
    hosts = [n for n in sorted(alike, key=lambda n: (-alike[n], site.pages[n].path)) if n != own and not site.pages[n].hidden]
    files = [_File(site.pages[n], source, rank) for rank, n in enumerate(hosts, 1) if (source := _source(site, n)) is not None]
    target = _target(draft, site, own, files)
    return tuple(_backlink(target, place) for place in nlargest(limit, _places(target, files), key=lambda place: place.score))


def _source(site: Site, number: int) -> str | None:
    """The text of a page's file; None where it has none that can be read."""
    try:
        return (site.root / site.pages[number].path).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None


# ------------------------------------------------------------------ the draft as a page


def _target(draft: Draft, site: Site, own: int | None, files: Sequence[_File]) -> _Target:
    """The draft's own page; where it has none yet, one among the pages like it and some others."""
    if own is None:
        site, own = _with_guest(draft, site, files)
    titles = names_of(site.pages[own].title)
    anchors = (anchor_phrase(words) for n in site.inlinks(own) for words in site.outlinks(n).get(own, ()))
    names = dict.fromkeys(name for name in (*titles, *anchors, *_parts(site, own)) if name)
    return _Target(site, own, tuple(names))


def _with_guest(draft: Draft, site: Site, files: Sequence[_File]) -> tuple[Site, int]:
    name = PurePath(draft.path).name or "draft.md"
    others = {n: _source(site, n) for n in range(0, len(site), max(1, len(site) // _OTHERS))}
    texts = {site.pages[n].path: (site.pages[n], source) for n, source in others.items() if source is not None} | {
        file.page.path: (file.page, file.source) for file in files
    }
    pages = [_read(page, source) for page, source in texts.values() if page.path != name]
    near = Site(site.root, [*filter(None, pages), read_page(name, draft.source)])
    return near, next(n for n, page in enumerate(near.pages) if page.path == name)


def _read(page: Page, source: str) -> Page | None:
    """A page with its links, where the site says that it stands."""
    try:
        return replace(read_page(page.path, source), url=page.url)
    except DraftRefused:
        return None


def _parts(site: Site, own: int) -> Iterator[str]:
    """Every two telling words of the title that stand side by side."""
    telling = site.known.title_words[own]
    for name in names_of(site.pages[own].title):
        words = name.split()
        yield from (f"{one} {other}" for one, other in pairwise(words) if one in telling and other in telling)


# ------------------------------------------------------------------ pages as drafts


class _Host(Survey):
    """A page that may link to one other, though that is younger, or hidden still."""

    def __init__(self, draft: Draft, target: _Target) -> None:
        super().__init__(draft, target.site)
        self._target = target.number

    def is_allowed(self, page: int) -> bool:
        return page not in self.linked if page == self._target else super().is_allowed(page)


def _places(target: _Target, files: Iterable[_File]) -> Iterator[_Place]:
    """The best place in each page that names the target."""
    naming = (file for file in files if _may_name(file.source, target.names))
    return filter(None, (_best_place(target, file) for file in islice(naming, _ASKED)))


def _may_name(source: str, names: Sequence[str]) -> bool:
    """Whether all words of a name stand somewhere in a text, as far as can be told without reading it."""
    lower = source.lower().replace("’", "'")
    return any(all(word.removesuffix("y") in lower for word in name.split()) for name in names)


def _best_place(target: _Target, file: _File) -> _Place | None:
    try:
        host = _Host(parse(file.source, str(Path(target.site.root, file.page.path))), target)
    except DraftRefused:
        return None
    page = target.number
    if not host.is_allowed(page) or not _says(host, target.names) or page not in host.candidates:
        return None
    of_page = page_signals(host, page)
    signals = {window: of_page | place_signals(host, page, window) for window in windows(host, page)}
    named = [window for window in signals if _names(signals[window], _of_title(host, page, window))]
    if not named:
        return None
    best = max(named, key=lambda window: (fitness(signals[window]), -window[0]))
    return _Place(file, host, best, signals[best], probability(_as_of_old(signals[best])))


def _says(host: Survey, names: Iterable[str]) -> bool:
    """Whether a name stands where an anchor may."""
    said = f" {' '.join(host.text.stems)} "
    return any(f" {name} " in said for name in names)


def _of_title(host: Survey, page: int, window: Window) -> int:
    """How many telling words of the page's title are among these."""
    return len(host.known.title_words[page].intersection(host.text.stems[slice(*window)]))


def _names(signals: Mapping[str, float], of_title: int) -> bool:
    """Whether the words name the page: its title or a part of it, what others link it by, or most of the title and little else."""
    if signals["lone"]:
        return bool(signals["title"] or signals["anchor"]) and bool(signals["proper"]) and signals["rare"] >= _RARE
    if signals["title"] or signals["anchor"]:
        return True
    return of_title >= _FEWEST and signals["title_covered"] >= _MOSTLY and signals["fits"] >= _MOSTLY


def _as_of_old(signals: Mapping[str, float]) -> dict[str, float]:
    return {**signals, **{name: max(_HALF, signals[name]) for name in _OF_OLD_PAGES}}


# ------------------------------------------------------------------ what is told


def _backlink(target: _Target, place: _Place) -> Backlink:
    host, page = place.survey.draft, place.file.page
    span = place.survey.text.span(*place.window)
    return Backlink(
        page=page.url,
        path=page.path,
        title=page.title,
        line=host.line(span.start),
        span=span,
        anchor=host.text(span),
        sentence=marked(host, span),
        reason=_reason(target, place),
        score=round(place.score, 4),
        recommended=place.score >= _RECOMMENDED_AT,
    )


def _reason(target: _Target, place: _Place) -> str:
    """What speaks for the link, in a sentence that can be checked."""
    used = target.site.known.anchors[place.survey.phrase(place.window)].get(target.number, 0)
    grounds = []
    if used:
        grounds.append(f"{used} other {'page links' if used == 1 else 'pages link'} these words to the draft's page")
    if place.signals["title"]:
        grounds.append("the sentence has the draft's title, or a part of it that names it")
    elif place.signals["title_covered"] >= _MOSTLY:
        grounds.append("the words are most of the draft's title")
    rank = place.file.rank
    grounds.append("it is the page most like the draft" if rank == 1 else f"it is no. {rank} of the pages most like the draft")
    if place.signals["links_back"]:
        grounds.append("the draft links to it")
    text = "; ".join(grounds)
    return text[0].upper() + text[1:]
