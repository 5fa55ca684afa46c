"""What a store knows that a draft's links are judged by, asked for as much of it as one draft needs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from geo_optimizer.analysis.words import stems
from geo_optimizer.site.gist import length, rarity, weighed
from geo_optimizer.site.naming import STOP_STEMS
from geo_optimizer.site.refresh import tokens
from geo_optimizer.site.store import Store, unpacked

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_HELD = 50_000  # answers that are kept
_TERMS = 40  # words of a draft, heaviest first, by which pages like it are looked for
_POSTINGS = 60_000  # places of those words in the index that are looked at
_FEWEST_TERMS = 4
_COUNTED = 2_000  # mentions of a phrase up to which they are counted
_TOO_COMMON = 0.12  # rarity up to which a word tells no page from another
_BY_ANCHOR, _BY_ADDRESS, _BY_HEADING = 0.9, 0.5, 0.25  # how much a page is called by words there, beside its title's 1


class Answers(Generic[K, V]):
    """Questions of one kind that were asked, and their answers: asked for many at once, then one by one."""

    def __init__(self, ask: Callable[[Sequence[K]], Mapping[K, V]], nothing: Callable[[], V]) -> None:
        self._ask = ask
        self._nothing = nothing
        self._held: dict[K, V] = {}

    def load(self, keys: Iterable[K]) -> None:
        """Ask for those that are not known yet."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._held]
        if len(self._held) + len(missing) > _HELD:
            self._held.clear()
        if missing:
            found = self._ask(missing)
            self._held.update((key, found[key] if key in found else self._nothing()) for key in missing)

    def __getitem__(self, key: K) -> V:
        if key not in self._held:
            self.load([key])
        return self._held[key]


class Knowledge:
    """Pages go by their numbers; words and phrases are stems."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.titles: Answers[str, list[int]] = Answers(self._titled, list)
        self.headings: Answers[str, list[int]] = Answers(self._headed, list)
        self.given: Answers[str, list[int]] = Answers(self._given, list)
        self.anchors: Answers[str, dict[int, int]] = Answers(self._anchored, dict)
        self.outlinks: Answers[int, dict[int, list[str]]] = Answers(self._linked, dict)
        self.inlinks: Answers[int, int] = Answers(self._linking, int)
        self.names: Answers[int, dict[str, float]] = Answers(self._named, dict)
        self.title_words: Answers[int, frozenset[str]] = Answers(self._titling, frozenset)
        self.frequency: Answers[str, int] = Answers(self._frequent, int)
        self._mentioned: Answers[str, int] = Answers(self._counted_phrases, int)

    # -------------------------------------------------------------- words

    @cached_property
    def pages(self) -> int:
        """How many pages there were when words were counted."""
        return int(self._store.meta("counted") or 0)

    def _frequent(self, words: Sequence[str]) -> dict[str, int]:
        return dict(self._store.among("SELECT stem, pages FROM word WHERE stem IN ({})", words))

    def rarity(self, word: str) -> float:
        """0 (on every page) to 1 (on one or none)."""
        return self._rarities[self.frequency[word]]

    def rarity_of(self, pages: int) -> float:
        """The rarity of what stands on so many pages."""
        return self._rarities[pages]

    @cached_property
    def _rarities(self) -> Answers[int, float]:
        return Answers(lambda having: {n: rarity(n, self.pages) for n in having}, float)

    def telling(self, words: Iterable[str]) -> dict[str, float]:
        """The words that can tell a page from others, and how rare each is."""
        kept = [word for word in dict.fromkeys(words) if word not in STOP_STEMS and not word.isdigit()]
        self.frequency.load(kept)
        return {word: rare for word in kept if (rare := self.rarity(word)) > _TOO_COMMON}

    def vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        """The weights of a text's stems, of length 1."""
        self.frequency.load(counts)
        weights = weighed(counts, self.rarity)
        whole = length(weights)
        return {word: weight / whole for word, weight in weights.items()}

    # -------------------------------------------------------------- pages about the same

    def alike(self, vector: Mapping[str, float], most: int) -> list[int]:
        """Pages with the heaviest words of a text, at most so many, best first."""
        return self._matching("body", vector, most)

    def called(self, words: Collection[str], most: int) -> list[int]:
        """The pages that are called by most of some words, rare ones counting more, at most so many, best first."""
        return self._matching("called", self.telling(words), most)

    def _matching(self, column: str, weights: Mapping[str, float], most: int) -> list[int]:
        chosen = self._affordable(weights)
        if not chosen:
            return []
        asked = f"{column} : ({' OR '.join(chosen)})"
        rows = self._store.rows("SELECT rowid FROM said WHERE said MATCH ? ORDER BY bm25(said), rowid LIMIT ?", asked, most)
        return [page for (page,) in rows]

    def _affordable(self, weights: Mapping[str, float]) -> list[str]:
        """The heaviest words, as long as the index has few enough places of them."""
        found: list[str] = []
        places = 0
        for word in sorted(weights, key=lambda word: (-weights[word], word)):
            places += self.frequency[word]
            if len(found) >= _FEWEST_TERMS and (places > _POSTINGS or len(found) >= _TERMS):
                break
            if self.frequency[word]:
                found.append(f'"{tokens(word)}"')
        return found

    def weights(self, pages: Collection[int], words: Collection[str]) -> dict[int, dict[str, float]]:
        """What some words weigh on some pages, in vectors of length 1."""
        self.frequency.load(words)
        rarities = {word: self.rarity(word) for word in words}
        return {
            number: {word: weight / whole for word, weight in weighed(own, rarities.__getitem__).items()}
            for number, own, whole in self.counts(pages, words)
        }

    def counts(self, pages: Collection[int], words: Collection[str]) -> Iterator[tuple[int, dict[str, int], float]]:
        """How often some words are said on some pages (see `gist`), and the length of the whole page's vector."""
        wanted = set(words)
        question = "SELECT number, gist, length FROM page JOIN weight ON page = number WHERE number IN ({})"
        for number, gist, whole in self._store.among(question, sorted(pages)):
            counts: dict[str, int] = json.loads(self._store.decoded(unpacked, gist))
            yield number, {word: counts[word] for word in wanted.intersection(counts)}, whole

    # -------------------------------------------------------------- phrases

    def _phrased(self, kind: str, phrases: Sequence[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        question = f"SELECT phrase, page FROM phrase WHERE kind = '{kind}' AND phrase IN ({{}}) ORDER BY page"  # noqa: S608 - our own names
        for phrase, page in self._store.among(question, phrases):
            found.setdefault(phrase, []).append(page)
        return found

    def _titled(self, phrases: Sequence[str]) -> dict[str, list[int]]:
        return self._phrased("title", phrases)

    def _given(self, phrases: Sequence[str]) -> dict[str, list[int]]:
        return self._phrased("given", phrases)

    def _headed(self, phrases: Sequence[str]) -> dict[str, list[int]]:
        """Headings of several pages ("see also") name none."""
        return {phrase: pages for phrase, pages in self._phrased("heading", phrases).items() if len(pages) <= 2}

    def _anchored(self, phrases: Sequence[str]) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = {}
        question = "SELECT phrase, target, count(*) FROM anchor WHERE phrase IN ({}) GROUP BY phrase, target"
        for phrase, target, pages in self._store.among(question, phrases):
            found.setdefault(phrase, {})[target] = pages
        return found

    def openers(self, words: Iterable[str]) -> dict[str, list[int]]:
        """The first stems of known phrases among some words -> the lengths, in words, of phrases that begin so."""
        question = "SELECT stem, lengths FROM opener WHERE stem IN ({})"
        rows = self._store.among(question, list(dict.fromkeys(words)))
        return {word: [n + 1 for n in range(lengths.bit_length()) if lengths >> n & 1] for word, lengths in rows}

    def mentions(self, phrase: str) -> int:
        """On how many pages a phrase stands, up to 2,000."""
        return self._mentioned[phrase] if " " in phrase else self.frequency[phrase]

    def _counted_phrases(self, phrases: Sequence[str]) -> dict[str, int]:
        question = "SELECT count(*) FROM (SELECT 1 FROM said WHERE said MATCH ? LIMIT ?)"
        return {phrase: self._store.one(question, f'body : "{tokens(phrase)}"', _COUNTED) for phrase in phrases}

    # -------------------------------------------------------------- the link graph

    @cached_property
    def most_inlinks(self) -> int:
        return int(self._store.meta("most_inlinks") or 0)

    def _linked(self, pages: Sequence[int]) -> dict[int, dict[int, list[str]]]:
        found: dict[int, dict[int, list[str]]] = {}
        question = "SELECT page, target, words FROM link WHERE target IS NOT NULL AND page IN ({}) ORDER BY rowid"
        for page, target, words in self._store.among(question, pages):
            found.setdefault(page, {}).setdefault(target, []).append(words)
        return found

    def _linking(self, pages: Sequence[int]) -> dict[int, int]:
        question = "SELECT target, count(DISTINCT page) FROM link WHERE target IN ({}) GROUP BY target"
        return dict(self._store.among(question, pages))

    def hrefs(self, most: int) -> list[tuple[str, bool]]:
        """Destinations of links from page to page as they are written, and which are wikilinks; at most so many."""
        rows = self._store.rows("SELECT href, wiki FROM link WHERE target IS NOT NULL ORDER BY rowid LIMIT ?", most)
        return [(href, bool(wiki)) for href, wiki in rows]

    # -------------------------------------------------------------- what pages are called

    def _named(self, pages: Sequence[int]) -> dict[int, dict[str, float]]:
        """Each page's stems that it is called by, weighed: title, then the anchors of others, its address, its headings."""
        anchors: dict[int, Counter[str]] = {}
        question = "SELECT target, phrase, count(*) FROM anchor WHERE target IN ({}) GROUP BY target, phrase"
        for target, phrase, count in self._store.among(question, pages):
            for word in set(phrase.split()):
                anchors.setdefault(target, Counter())[word] += count
        stated = self._store.among("SELECT number, title, url, called FROM page WHERE number IN ({})", pages)
        weights = {number: _weighed_names(anchors.get(number, Counter()), title, url, called) for number, title, url, called in stated}
        rare = self.telling(word for of_page in weights.values() for word in of_page)
        return {number: {w: weight * rare[w] for w, weight in of_page.items() if w in rare} for number, of_page in weights.items()}

    def _titling(self, pages: Sequence[int]) -> dict[int, frozenset[str]]:
        """The stems of each page's title that can tell it from others."""
        words = {number: stems(title) for number, title in self._store.among("SELECT number, title FROM page WHERE number IN ({})", pages)}
        telling = self.telling(word for own in words.values() for word in own)
        return {number: frozenset(own).intersection(telling) for number, own in words.items()}


def _weighed_names(anchors: Counter[str], title: str, url: str, called: str) -> dict[str, float]:
    weights = {word: _BY_ANCHOR * min(1.0, 0.5 + count / 4) for word, count in anchors.items()}
    for words, weight in ((called.split(), _BY_HEADING), (stems(url), _BY_ADDRESS), (stems(title), 1.0)):
        for word in words:
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights
