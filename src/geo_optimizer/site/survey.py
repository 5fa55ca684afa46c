"""One draft beside one site: everything that signals are read from, computed once."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from posixpath import dirname

from geo_optimizer.analysis.words import stem
from geo_optimizer.model import Draft
from geo_optimizer.site.gist import dot
from geo_optimizer.site.index import Site
from geo_optimizer.site.pages import Page, date_of
from geo_optimizer.site.places import Places, draft_counts, draft_stems, linking_source, places
from geo_optimizer.site.scan import links_of

NEAR = 20  # similar pages whose links are looked at
_VOTING = 50  # similar pages that are asked whether they link to a page
_DOUBT, _SILENT_DOUBT = 0.05, 1.0  # weight of pages that are asked, beside which those found count little
_TELLING = 0.35  # rarity from which a word tells what a page is about
_ALIKE, _CALLED = 200, 200  # pages looked at for their likeness to the draft, and for what they are called
_POOL = 40  # pages kept from each way of finding candidates
_CUES = frozenset(
    map(
        stem,
        """read see check learn described wrote written covered covers explains explained detail blog post article guide series previous
        earlier""".split(),
    )
)


def share(part: float, whole: float) -> float:
    """A part of a whole, from 0 to 1; 0 of nothing."""
    return min(1.0, part / whole) if whole > 0 else 0.0


class Survey:
    """A draft as the site sees it. Pages go by their numbers; only those that it may be linked to are looked at."""

    def __init__(self, draft: Draft, site: Site) -> None:
        self.draft = draft
        self.site = site
        self.known = site.known
        self.text: Places = places(draft)
        self.counts = draft_stems(draft)
        self.own = site.own_page(draft)
        self.wordings: dict[tuple[int, int], dict[str, float]] = {}  # signals of words, whichever page they would lead to

    # -------------------------------------------------------------- which pages come into question

    @cached_property
    def date(self) -> dt.date | None:
        stated = date_of(self.draft.frontmatter.values if self.draft.frontmatter else {}, self.draft.path)
        return stated or (self.site.pages[self.own].date if self.own is not None else None)

    @cached_property
    def folder(self) -> str | None:
        return dirname(self.site.pages[self.own].path) if self.own is not None else None

    def is_allowed(self, page: int) -> bool:
        """Not this page, not linked already, not hidden, there when the draft is, in its language."""
        if page not in self._allowed:
            found = self.site.pages[page]
            free = page != self.own and page not in self.linked and not found.hidden
            self._allowed[page] = free and self._is_there(found) and not self._is_in_another_language(found)
        return self._allowed[page]

    @cached_property
    def _language(self) -> str:
        return self.site.language_of(self.draft)

    def _is_in_another_language(self, page: Page) -> bool:
        known = self.site.languages
        return known.differ(self._language, known.of(page.path))

    @cached_property
    def _allowed(self) -> dict[int, bool]:
        return {}

    def _is_there(self, page: Page) -> bool:
        """Whether a page is published when the draft is, or today where the draft does not say when; and is not gone by then, nor today."""
        days = [day for day in (self.date, self.site.today) if day]
        if not days:
            return True
        return not (page.date and page.date > days[0]) and not (page.until and page.until <= max(days))

    @cached_property
    def linked(self) -> set[int]:
        """The pages that the draft links to, in whatever syntax; a suggestion in the link comment is no link."""
        resolve = self.site.addresses.resolve
        found = {resolve(link.href, self.own) for link in self.draft.links}
        found |= {resolve(link.href, self.own, wiki=link.wiki) for link in links_of(linking_source(self.draft))}
        return {n for n in found if n is not None and n != self.own}

    @cached_property
    def candidates(self) -> list[int]:
        """Pages worth a closer look, in order of number: the best by each way of finding them."""
        pool = {n for n in self.similar_rank if self.similar_rank[n] <= _POOL}
        for scores in ({page: max(at.values()) for page, at in self.sentence_scores.items()}, self.neighbours):
            pool.update(sorted((n for n in scores if self.is_allowed(n)), key=lambda n: (-scores[n], n))[:_POOL])
        return sorted(pool.union(self.hits))

    # -------------------------------------------------------------- the draft and whole pages

    @cached_property
    def vector(self) -> dict[str, float]:
        """The weights of the draft's words, of length 1."""
        return self.known.vector(draft_counts(self.draft))

    @cached_property
    def similar(self) -> dict[int, float]:
        """The pages most like the draft, and the cosine with each."""
        return {page: dot(self.vector, weights) for page, weights in self._alike.items()}

    @cached_property
    def _alike(self) -> dict[int, dict[str, float]]:
        """Those pages, with what the draft's words weigh on each."""
        return self.known.weights(set(self.known.alike(self.vector, _ALIKE)) - {self.own}, self.vector.keys())

    @cached_property
    def similar_order(self) -> list[int]:
        return sorted((n for n, score in self.similar.items() if score > 0), key=lambda n: (-self.similar[n], self.site.pages[n].path))

    @cached_property
    def similar_rank(self) -> dict[int, int]:
        """The place, from 1, of each allowed page among the pages most like the draft."""
        return {n: rank for rank, n in enumerate(filter(self.is_allowed, self.similar_order), 1)}

    @cached_property
    def neighbours(self) -> dict[int, float]:
        """How much pages like the draft link to a page; the most linked has 1."""
        votes: dict[int, float] = defaultdict(float)
        self.known.outlinks.load(self.similar_order[:NEAR])
        for near in self.similar_order[:NEAR]:
            for target in self.site.outlinks(near):
                votes[target] += self.similar[near]
        most = max(votes.values(), default=0.0)
        return {page: share(vote, most) for page, vote in votes.items()}

    def as_neighbours_do(self, page: int) -> tuple[float, float]:
        """The share of similar pages that link to a page, and of those that say what it is called and do not; nearer ones count more.

        A page that is older than the other one could not link to it.
        """
        date, title = self.site.pages[page].date, self.known.title_words[page].intersection(self.text.at)
        linking = asked = saying = silent = 0.0
        for number, likeness, near_date, links, words in self._voters:
            if number == page or (date and near_date and near_date < date):
                continue
            links_to = page in links
            asked += likeness * likeness
            linking += likeness * likeness * links_to
            if title and title <= words.keys():
                saying += likeness
                silent += likeness * (not links_to)
        return share(linking, asked + _DOUBT), share(silent, saying + _SILENT_DOUBT)

    @cached_property
    def _voters(self) -> list[tuple[int, float, dt.date | None, dict[int, list[str]], dict[str, float]]]:
        near = self.similar_order[:_VOTING]
        self.known.outlinks.load(near)
        return [(n, self.similar[n], self.site.pages[n].date, self.known.outlinks[n], self._alike[n]) for n in near]

    # -------------------------------------------------------------- sentences, and what pages are called

    @cached_property
    def sentence_words(self) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for word, sentence in zip(self.text.stems, self.text.sentences, strict=True):
            found[sentence].add(word)
        return {sentence: frozenset(words) for sentence, words in found.items()}

    @cached_property
    def sentence_scores(self) -> dict[int, dict[int, float]]:
        """Page -> sentence -> cosine of the sentence with what the page is called."""
        called = self._called
        scores: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for sentence, words in self.sentence_words.items():
            rarity = {word: self.known.rarity(word) for word in words if word in called}
            length = math.sqrt(sum(r * r for r in rarity.values())) or 1.0
            for word in sorted(rarity):
                for page, weight in called[word]:
                    scores[page][sentence] += weight * rarity[word] / length
        return {page: dict(at) for page, at in scores.items()}

    @cached_property
    def _called(self) -> dict[str, list[tuple[int, float]]]:
        """Stem -> the pages called by it, with its share in the name (a page's shares have length 1)."""
        pages = {*self.known.called(self.text.at, _CALLED), *self.similar, *self.neighbours, *self.hits}
        self.known.names.load(sorted(pages))
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for page in sorted(filter(self.is_allowed, pages)):
            weights = self.known.names[page]
            length = math.sqrt(sum(v * v for v in weights.values())) or 1.0
            for word, weight in weights.items():
                if word in self.text.at:
                    found[word].append((page, weight / length))
        return dict(found)

    @cached_property
    def sentence_tops(self) -> dict[int, float]:
        """The best score that any page has in a sentence."""
        tops: dict[int, float] = defaultdict(float)
        for scores in self.sentence_scores.values():
            for sentence, score in scores.items():
                tops[sentence] = max(tops[sentence], score)
        return tops

    def has_cue(self, sentence: int) -> bool:
        """Whether a sentence sends the reader on ("see", "as described in")."""
        return bool(_CUES & self.sentence_words.get(sentence, frozenset()))

    @cached_property
    def rarities(self) -> dict[str, float]:
        """How rare each of the draft's stems is on the site."""
        self.known.frequency.load(self.text.at)
        return {word: self.known.rarity(word) for word in self.text.at}

    @cached_property
    def telling(self) -> frozenset[str]:
        """The draft's stems that are rare enough to be what a page is about."""
        return frozenset(word for word, rare in self.rarities.items() if rare > _TELLING and not word.isdigit())

    def title_rarity(self, page: int) -> float:
        """The rarities of the telling words of a page's title, added up."""
        if page not in self._title_rarities:
            self._title_rarities[page] = math.fsum(map(self.known.rarity, self.known.title_words[page]))
        return self._title_rarities[page]

    @cached_property
    def _title_rarities(self) -> dict[int, float]:
        return {}

    # -------------------------------------------------------------- paragraphs and whole pages

    def context(self, page: int, prose: int) -> float:
        """The cosine of a paragraph with a candidate page."""
        key = (page, prose)
        if key not in self._contexts:
            weights = self.body(page)
            self._contexts[key] = sum(weight * weights.get(word, 0.0) for word, weight in self._paragraphs[prose].items())
        return self._contexts[key]

    @cached_property
    def _contexts(self) -> dict[tuple[int, int], float]:
        return {}

    @cached_property
    def _page_weights(self) -> dict[int, dict[str, float]]:
        """The weights that the draft's words have on pages: those most like it, and those looked at closely."""
        return dict(self._alike)

    def look_closely(self, pages: Iterable[int]) -> None:
        """Read what pages are about, so that `context` and `body` can tell."""
        self._page_weights.update(self.known.weights(set(pages) - self._page_weights.keys(), self.vector.keys()))

    def body(self, page: int) -> dict[str, float]:
        """What the draft's words weigh on a page."""
        if page not in self._page_weights:
            self.look_closely([page])
        return self._page_weights[page]

    @cached_property
    def _paragraphs(self) -> dict[int, dict[str, float]]:
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for word, prose in zip(self.text.stems, self.text.prose, strict=True):
            counts[prose][word] += 1
        return {prose: self.known.vector(words) for prose, words in counts.items()}

    # -------------------------------------------------------------- phrases that name a page

    def phrase(self, window: tuple[int, int]) -> str:
        """The stems of some of the draft's words."""
        return " ".join(self.text.stems[slice(*window)])

    def name(self, windows: Iterable[tuple[int, int]]) -> None:
        """Ask what pages are called by some words, all at once."""
        phrases = {self.phrase(window) for window in windows}
        for kind in (self.known.titles, self.known.anchors, self.known.headings, self.known.given):
            kind.load(sorted(phrases))

    def names_another(self, page: int, window: tuple[int, int]) -> bool:
        """Whether the words are the title of another page, and nobody uses them for this one."""
        phrase = self.phrase(window)
        named = self.known.titles[phrase]
        return bool(named) and not (page in named or page in self.known.anchors[phrase] or page in self.known.given[phrase])

    def mentions(self, phrase: str) -> int:
        """On how many pages words stand that others use as an anchor, at least as many as use them."""
        return max(self.known.mentions(phrase), sum(self.known.anchors[phrase].values()), 1)

    @cached_property
    def hits(self) -> dict[int, set[tuple[int, int]]]:
        """Page -> where the draft has its title, a heading of it, or an anchor that others use for it."""
        found: dict[int, set[tuple[int, int]]] = defaultdict(set)
        spots = {window: " ".join(self.text.stems[slice(*window)]) for window in self._named()}
        for kind in (self.known.titles, self.known.anchors, self.known.headings, self.known.given):
            kind.load(spots.values())
            for window, phrase in spots.items():
                for page in filter(self.is_allowed, kind[phrase]):
                    found[page].add(window)
        return found

    def _named(self) -> Iterator[tuple[int, int]]:
        """The stretches of words that may be a phrase that the site knows."""
        words = self.text.stems
        openers = self.known.openers(words)
        for start, word in enumerate(words):
            for length in openers.get(word, ()):
                end = start + length
                if end <= len(words) and self.text.joined(start, end, loose=True):
                    yield start, end
