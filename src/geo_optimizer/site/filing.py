"""The pages that are most like a draft, how, and what they are filed under."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from geo_optimizer.analysis.words import stems
from geo_optimizer.model import Draft
from geo_optimizer.presets import Taxonomy
from geo_optimizer.site.addresses import parts_of
from geo_optimizer.site.knowledge import Knowledge
from geo_optimizer.site.pages import authors_of
from geo_optimizer.site.places import draft_counts, linking_source
from geo_optimizer.site.scan import links_of
from geo_optimizer.site.store import Store

_FOUND = 2_000  # pages with the draft's words, best first, of which some may be filed under nothing
_READ = 400  # pages whose words are read
_TOO_COMMON = 0.7  # share of pages that have something in common from which on it tells none from another

Mark = tuple[str, ...]
M = TypeVar("M", str, Mark)


@dataclass(frozen=True, slots=True)
class Filed:
    """A page that is filed under something.

    `words`, `title` and `marks` say how like the draft it is, each from 0 to 1 (a cosine): in its words, in those of its title, and in
    what it links to and who wrote it. `counts`: how much it says of the words that were asked for (see `gist`).
    """

    terms: tuple[str, ...]
    words: float
    title: float
    marks: float
    counts: Mapping[str, int]


def filed_like(store: Store, known: Knowledge, draft: Draft, own: int | None, kind: Taxonomy, asked: Collection[str]) -> list[Filed]:
    """At most 400 pages that are filed under terms of a kind, `own` aside, in the order of their numbers."""
    vector = known.vector(draft_counts(draft))
    found = [number for number in known.alike(vector, _FOUND) if number != own]
    terms = _listed(store, kind, found)
    pages = [number for number in found if number in terms][:_READ]
    titles, marks = _titles(known, draft, pages), _marks(store, draft, pages)
    telling = {word: weight * known.rarity(word) for word, weight in vector.items()}
    return [
        Filed(tuple(terms[number]), _product(telling, counts) / whole, titles[number], marks[number], counts)
        for number, counts, whole in known.counts(pages, {*vector, *asked})
    ]


def _listed(store: Store, kind: str, pages: Iterable[int]) -> dict[int, list[str]]:
    """The terms of a kind of each page that has any."""
    terms: dict[int, list[str]] = {}
    question = f"SELECT page, term FROM term WHERE kind = '{kind}' AND page IN ({{}}) ORDER BY page, term"  # noqa: S608 - our own names
    for page, term in store.among(question, sorted(pages)):
        terms.setdefault(page, []).append(term)
    return terms


def _product(telling: Mapping[str, float], counts: Mapping[str, int]) -> float:
    """The product of a draft's vector, times the rarities, and a page's counts (see `weighed`)."""
    return sum(weight * (1 + math.log(counts[word])) for word, weight in telling.items() if word in counts)


def _titles(known: Knowledge, draft: Draft, pages: Sequence[int]) -> dict[int, float]:
    """How like the draft's the title of each page is: the cosine of their words, rare ones counting more."""
    own = known.telling(stems(draft.title or ""))
    known.title_words.load(pages)
    of_pages = {number: known.title_words[number] for number in pages}
    square = {word: known.rarity(word) ** 2 for words in (*of_pages.values(), own) for word in words}
    return {number: _shared(own.keys(), words, square) for number, words in of_pages.items()}


def _marks(store: Store, draft: Draft, pages: Sequence[int]) -> dict[int, float]:
    """How much of what it links to, and of its authors, each page has in common with the draft: the cosine, rare ones counting more."""
    of_pages: dict[int, set[Mark]] = defaultdict(set)
    for page, host, last in store.among("SELECT page, host, last FROM link WHERE page IN ({})", sorted(pages)):
        of_pages[page].update(_link_marks(host, last))
    for page, names in _listed(store, "authors", pages).items():
        of_pages[page].update(("by", name, "") for name in names)
    linked = (parts_of(link.href, wiki=link.wiki) for link in links_of(linking_source(draft)))
    own: set[Mark] = {mark for last, host in linked for mark in _link_marks(host, last)}
    own.update(("by", name, "") for name in authors_of(draft.frontmatter.values if draft.frontmatter else {}))
    use = Counter(mark for marks in (own, *of_pages.values()) for mark in marks)
    every = len(pages) + 1
    square = {mark: math.log((every + 1) / (n + 0.5)) ** 2 for mark, n in use.items() if 1 < n <= _TOO_COMMON * every}
    return {number: _shared(own, of_pages[number], square) for number in pages}


def _link_marks(host: str | None, last: str) -> tuple[Mark, ...]:
    """What links to one place have in common: the host, the end of the path, both."""
    if host and last:
        return (host, ""), ("", last), (host, last)
    return ((host or "", last),) if host or last else ()


def _shared(own: Collection[M], other: Collection[M], square: Mapping[M, float]) -> float:
    """The cosine of two sets, given the square of each member's weight; 0 for those without one."""
    both = math.fsum(square.get(one, 0.0) for one in other if one in own)  # fsum: the same in whatever order a set has its members
    if not both:
        return 0.0
    return both / math.sqrt(math.fsum(square.get(one, 0.0) for one in own) * math.fsum(square.get(one, 0.0) for one in other))
