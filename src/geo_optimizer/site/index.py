"""Many pages -> a `Site`: what each is about, what others call it, who links to whom."""

from __future__ import annotations

import math
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from geo_optimizer.analysis.words import CHROME, STOP, WORD, is_small, stem, stems, trimmed
from geo_optimizer.model import Draft
from geo_optimizer.patterns import Patterns
from geo_optimizer.presets import PLAIN, Habits, Preset, PresetChoice, Taxonomy
from geo_optimizer.site.addresses import FOLDER_NAMES, Addresses, url_key, url_of, without_extension
from geo_optimizer.site.alternates import alternates
from geo_optimizer.site.habits import Stated, folder_of, habits_of
from geo_optimizer.site.pages import Address, Page, Skipped
from geo_optimizer.site.places import TITLE_COUNTS, draft_stems
from geo_optimizer.site.sources import NOTHING, Source, nothing_in, open_source
from geo_optimizer.site.vocabulary import likeliest_terms

# How much a word in each place says about its page, beside a word of the body.
_TITLE_WEIGHT, _HEADING_WEIGHT, _DESCRIPTION_WEIGHT = 5.0, 1.5, 2.0
_LONGEST_PHRASE = 14  # words; longer titles are matched by their parts
_ARTICLES = frozenset(
    "the a an your our my this der die das ein eine le la les un une el los las il lo gli o a os as uma um de het een".split()
)
_TOO_COMMON = 0.12  # rarity (see Site.rarity) up to which a word tells no page from another
_BY_ANCHOR, _BY_ADDRESS, _BY_HEADING = 0.9, 0.5, 0.25  # how much a page is called by words there, beside its title's 1


@dataclass(frozen=True, slots=True)
class Postings:
    """Pages on which a stem stands, and its weight on each (a page's weights have length 1)."""

    pages: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)


def open_site(
    path: str | os.PathLike[str],
    *,
    pages: str | os.PathLike[str] | None = None,
    catalogue: str | os.PathLike[str] | None = None,
    ignore: Iterable[str] = (),
    never: Patterns = NOTHING,
    preset: PresetChoice = "auto",
) -> Site:
    """The site at `path`, as `open_source` has it. Raises SiteError if there is none, or no page in it."""
    source = open_source(path, pages=pages, catalogue=catalogue, ignore=ignore, never=never, preset=preset)
    found, skipped = _read_all(source)
    if not found:
        raise nothing_in(path, source, skipped)
    return Site(source.root, found, skipped, source.folder.permalinks.url_of if source.folder else url_of)


def _read_all(source: Source) -> tuple[tuple[Page, ...], tuple[Skipped, ...]]:
    pages: dict[str, Page] = {}
    skipped: list[Skipped] = []
    for name in (one.name for one in source.listed()):
        page = _read_one(source, name)
        if isinstance(page, Skipped):
            skipped.append(page)
        elif (first := pages.setdefault(url_key(page.url), page)) is not page and source.is_file(name):
            skipped.append(Skipped(name, f"same address as {first.path}: {page.url}", "" if page.hidden else page.url, hidden=page.hidden))
    return tuple(pages.values()), (*source.skipped, *skipped)


def _read_one(source: Source, name: str) -> Page | Skipped:
    try:
        return source.page(name, source.load(name))
    except OSError as error:
        return Skipped(name, error.strerror or "cannot be read")


class Site:
    """The pages of a site, by number, and what is known of them together.

    Everything derived is computed when first asked for and kept, so that
    vocabulary alone costs no link index.
    """

    def __init__(self, root: Path, pages: Sequence[Page], skipped: Sequence[Skipped] = (), address: Address = url_of) -> None:
        self.root = root
        self.address = address
        self.pages = tuple(pages)
        self.skipped = tuple(skipped)

    def __len__(self) -> int:
        return len(self.pages)

    # -------------------------------------------------------------- finding pages

    @cached_property
    def addresses(self) -> Addresses:
        addresses = Addresses(self.pages)
        addresses.learn_hosts(link.href for page in self.pages for link in page.links if link.href.startswith(("http", "//")))
        return addresses

    def own_page(self, draft: Draft) -> int | None:
        """The draft's own page, if it is one of these: the same file, or the same stated address."""
        by_path = self.number_of(draft.path)
        if by_path is not None:
            return by_path
        values = draft.frontmatter.values if draft.frontmatter else {}
        stated = next((values[key] for key in ("url", "permalink") if isinstance(values.get(key), str)), None)
        return self.addresses.by_url(stated) if stated else None

    def number_of(self, path: str) -> int | None:
        """The page that is the file at `path` on disk."""
        below = self._below(path)
        return None if below is None else self._by_path.get(below)

    def _below(self, path: str) -> str | None:
        """A path on disk as one below the site's root, if it is."""
        try:
            return Path(path).resolve().relative_to(self.root).as_posix()
        except (ValueError, OSError):
            return None

    @cached_property
    def _by_path(self) -> dict[str, int]:
        return {page.path: n for n, page in enumerate(self.pages)}

    # -------------------------------------------------------------- pages that are alike

    def others_titled(self, draft: Draft, title: str) -> list[Page]:
        """The other pages with this title."""
        return self._others(draft, self._by_title.get(as_said(title), ()))

    def is_beside(self, draft: Draft, pages: Iterable[Page]) -> bool:
        """Whether one of the pages lies in the draft's folder."""
        path = self._below(draft.path)
        return path is not None and any(page.path.rpartition("/")[0] == path.rpartition("/")[0] for page in pages)

    def others_described(self, draft: Draft, description: str) -> list[Page]:
        """The other pages with this description."""
        return self._others(draft, self._by_description.get(as_said(description), ()))

    def _others(self, draft: Draft, numbers: Iterable[int]) -> list[Page]:
        """Those that are not the draft's own page, nor a translation or another version of it."""
        own, path = self.own_page(draft), self._below(draft.path)
        pages = [self.pages[n] for n in numbers if n != own]
        return [page for page in pages if path is None or not alternates(path, page.path)]

    def sharing_address(self, draft: Draft) -> list[str]:
        """The other files whose pages would stand at the draft's address."""
        path = self._below(draft.path)
        if path is None:
            return []
        url = self.address(path, draft.frontmatter.values if draft.frontmatter else {})
        others = self._by_address.get(url_key(url), ()) if url and _is_fixed(url) else ()
        return [other for other in others if other != path and not alternates(path, other)]

    @cached_property
    def _by_title(self) -> dict[str, list[int]]:
        return self._shown_by(lambda page: page.title)

    @cached_property
    def _by_description(self) -> dict[str, list[int]]:
        return self._shown_by(lambda page: page.description)

    def _shown_by(self, said: Callable[[Page], str]) -> dict[str, list[int]]:
        """The pages that are not hidden, by something they say."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, page in enumerate(self.pages):
            if not page.hidden and (text := as_said(said(page))):
                found[text].append(n)
        return dict(found)

    @cached_property
    def _by_address(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        shown = [(page.url, page.path) for page in self.pages if not page.hidden]
        for url, path in (*shown, *((skipped.url, skipped.path) for skipped in self.skipped if skipped.url)):
            if _is_fixed(url) and not path.lower().endswith(("readme.md", "readme.mdx")):
                found[url_key(url)].append(path)
        return dict(found)

    # -------------------------------------------------------------- places

    def is_list(self, number: int) -> bool:
        """Whether a page stands for its folder: the home page, a section's index."""
        return without_extension(self.pages[number].path.rsplit("/", 1)[-1]).lower() in FOLDER_NAMES and any(
            other.path.startswith(self._folder(number)) for n, other in enumerate(self.pages) if n != number
        )

    def _folder(self, number: int) -> str:
        """The folder of a page's file, "" or with a slash at its end."""
        return self.pages[number].path.rpartition("/")[0] + "/" if "/" in self.pages[number].path else ""

    def has_file(self, number: int, path: str) -> bool:
        """Whether a path as written on a page is a file on disk: beside the page, below the site's root, or beside that."""
        folder = self.root / self._folder(number)
        bases = [folder] if not path.startswith("/") else [self.root, *self.root.parents[:3]]
        return any((base / unquote(path).lstrip("/")).exists() for base in bases)

    @cached_property
    def has_hidden(self) -> bool:
        """Whether any page is a draft, or kept from search engines."""
        return any(page.hidden for page in self.pages)

    # -------------------------------------------------------------- the link graph

    @cached_property
    def _graph(self) -> tuple[list[dict[int, list[str]]], list[set[int]]]:
        out: list[dict[int, list[str]]] = [{} for _ in self.pages]
        back: list[set[int]] = [set() for _ in self.pages]
        for n, page in enumerate(self.pages):
            for link in page.links:
                target = self.addresses.resolve(link.href, n, wiki=link.wiki)
                if target is not None and target != n:
                    out[n].setdefault(target, []).append(link.text)
                    back[target].add(n)
        return out, back

    def outlinks(self, number: int) -> dict[int, list[str]]:
        """The pages that a page links to, each with the words it uses."""
        return self._graph[0][number]

    def inlinks(self, number: int) -> set[int]:
        """The pages that link to a page."""
        return self._graph[1][number]

    @cached_property
    def most_inlinks(self) -> int:
        return max(map(len, self._graph[1]))

    # -------------------------------------------------------------- what pages are called

    @cached_property
    def titles(self) -> dict[str, list[int]]:
        """Titles, and their parts before and after a colon or dash, as stems -> pages."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, page in enumerate(self.pages):
            for name in dict.fromkeys(names_of(page.title)):
                found[name].append(n)
        return dict(found)

    @cached_property
    def anchors(self) -> dict[str, dict[int, int]]:
        """Words with which pages are linked, as stems -> target -> how many pages link it so."""
        found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for n in range(len(self.pages)):
            for target, texts in self.outlinks(n).items():
                for phrase in {phrase for text in texts if (phrase := anchor_phrase(text))}:
                    found[phrase][target] += 1
        return {phrase: dict(targets) for phrase, targets in found.items()}

    @cached_property
    def headings(self) -> dict[str, list[int]]:
        """Headings of two words and more -> pages; those of several pages ("see also") name none."""
        found: dict[str, set[int]] = defaultdict(set)
        for n, page in enumerate(self.pages):
            for heading in page.headings:
                phrase = anchor_phrase(heading)
                if phrase.count(" ") >= 1:
                    found[phrase].add(n)
        return {phrase: sorted(pages) for phrase, pages in found.items() if len(pages) <= 2}

    @cached_property
    def openers(self) -> dict[str, set[int]]:
        """The first stem of every known phrase -> the lengths, in words, of phrases that begin so."""
        found: dict[str, set[int]] = defaultdict(set)
        for phrase in (*self.titles, *self.anchors, *self.headings):
            first, _, _ = phrase.partition(" ")
            found[first].add(phrase.count(" ") + 1)
        return dict(found)

    @cached_property
    def title_words(self) -> list[frozenset[str]]:
        """The stems of each page's title that can tell it from others."""
        return [frozenset(w for w in stems(page.title) if w not in _STOP_STEMS and self.rarity(w) > _TOO_COMMON) for page in self.pages]

    @cached_property
    def names(self) -> list[dict[str, float]]:
        """Each page's stems that it is called by, weighed: title, then the anchors of others, its address, its headings."""
        found: list[Counter[str]] = [Counter() for _ in self.pages]
        for phrase, targets in self.anchors.items():
            for target, count in targets.items():
                for word in set(phrase.split()):
                    found[target][word] += count
        return [self._named(n, anchors) for n, anchors in enumerate(found)]

    def _named(self, number: int, anchors: Counter[str]) -> dict[str, float]:
        page = self.pages[number]
        weights = {word: _BY_ANCHOR * min(1.0, 0.5 + count / 4) for word, count in anchors.items()}
        for text, weight in ((" ".join(page.headings), _BY_HEADING), (page.url, _BY_ADDRESS), (page.title, 1.0)):
            for word in stems(text):
                weights[word] = max(weight, weights.get(word, 0.0))
        return {
            word: weight * rarity
            for word, weight in weights.items()
            if word not in _STOP_STEMS and not word.isdigit() and (rarity := self.rarity(word)) > _TOO_COMMON
        }

    @cached_property
    def called(self) -> dict[str, list[tuple[int, float]]]:
        """Stem -> the pages called by it, with its share in the name (a page's shares have length 1)."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for n, weights in enumerate(self.names):
            length = math.sqrt(sum(v * v for v in weights.values())) or 1.0
            for word, weight in weights.items():
                found[word].append((n, weight / length))
        return dict(found)

    # -------------------------------------------------------------- what pages are about

    @cached_property
    def _texts(self) -> list[str]:
        """Every page's stems, body and title, between spaces, to search phrases in."""
        return [f" {' '.join(stems(page.title))} | {' '.join(stems(page.text))} " for page in self.pages]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [_gist(page, text) for page, text in zip(self.pages, self._texts, strict=True)]

    @cached_property
    def frequency(self) -> Counter[str]:
        """On how many pages a stem stands."""
        return Counter(word for counts in self._counts for word in counts)

    def rarity(self, word: str) -> float:
        """0 (on every page) to 1 (on one or none): the inverse document frequency over its largest value."""
        if word not in self._rarities:
            self._rarities[word] = self.rarity_of(self.frequency.get(word, 0))
        return self._rarities[word]

    def rarity_of(self, pages: int) -> float:
        """The rarity of what stands on so many pages."""
        return max(0.0, min(1.0, math.log((len(self.pages) + 1) / (pages + 0.5)) / math.log(len(self.pages) + 1)))

    @cached_property
    def _rarities(self) -> dict[str, float]:
        return {}

    def vector(self, counts: Counter[str]) -> dict[str, float]:
        """TF-IDF weights of a text's stems, of length 1. tf is 1 + log (Salton and Buckley 1988, `ltc`)."""
        weights = {w: (1 + math.log(n)) * r for w, n in counts.items() if n > 0 and w not in _STOP_STEMS and (r := self.rarity(w)) > 0.05}
        length = math.sqrt(sum(v * v for v in weights.values())) or 1.0
        return {w: v / length for w, v in weights.items()}

    @cached_property
    def postings(self) -> dict[str, Postings]:
        found: dict[str, Postings] = {}
        for n, counts in enumerate(self._counts):
            for word, weight in self.vector(counts).items():
                entry = found.get(word)
                if entry is None:
                    entry = found[word] = Postings()
                entry.pages.append(n)
                entry.weights.append(weight)
        return found

    def similar(self, vector: dict[str, float]) -> list[float]:
        """The cosine of a text's vector with every page's."""
        scores = [0.0] * len(self.pages)
        for word, weight in vector.items():
            entry = self.postings.get(word)
            if entry is not None:
                for page, other in zip(entry.pages, entry.weights, strict=True):
                    scores[page] += weight * other
        return scores

    def similar_to(self, draft: Draft) -> list[float]:
        """The cosine of a draft, its title counted more, with every page; 0 for its own."""
        counts = draft_stems(draft) + Counter(dict.fromkeys(stems(draft.title or ""), TITLE_COUNTS))
        scores = self.similar(self.vector(counts))
        own = self.own_page(draft)
        if own is not None:
            scores[own] = 0.0
        return scores

    # -------------------------------------------------------------- the site's own terms

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The key that more pages have, "categories" or "tags"; "categories" where neither is used."""
        tagged, sorted_in = sum(bool(page.tags) for page in self.pages), sum(bool(page.categories) for page in self.pages)
        return "tags" if tagged > sorted_in else "categories"

    def habits(self, draft: Draft, preset: Preset = PLAIN) -> Habits:
        """How the pages like a draft write their frontmatter: those of its folder, or all; its own does not count."""
        own = self.own_page(draft)
        below = self._below(draft.path)
        folder = folder_of(below) if below is not None else None
        articles = [(place, stated) for n, place, stated in self._articles if n != own]
        terms = {kind: self._terms_without(kind, own) for kind in self._terms}
        return habits_of(folder, articles, terms, self.taxonomy, preset)

    @cached_property
    def _articles(self) -> list[tuple[int, str, Stated]]:
        """The pages with frontmatter that are no folder's own, each with the folder in which it has its likes."""
        placed = [(n, folder_of(page.path), page.stated) for n, page in enumerate(self.pages)]
        return [(n, place, stated) for n, place, stated in placed if place is not None and stated is not None]

    @cached_property
    def _terms(self) -> dict[Taxonomy, Counter[str]]:
        """On how many pages that are not hidden each term stands."""
        shown = [page for page in self.pages if not page.hidden]
        return {
            "categories": Counter(term for page in shown for term in page.categories),
            "tags": Counter(term for page in shown for term in page.tags),
        }

    def _terms_without(self, taxonomy: Taxonomy, number: int | None) -> frozenset[str]:
        """The terms of all pages but one."""
        own: tuple[str, ...] = ()
        if number is not None and not self.pages[number].hidden:
            own = self.pages[number].tags if taxonomy == "tags" else self.pages[number].categories
        return frozenset(term for term, n in self._terms[taxonomy].items() if n > 1 or term not in own)

    def vocabulary(self, draft: Draft, taxonomy: Taxonomy | None = None) -> tuple[str, ...]:
        """The site's terms for a taxonomy, its usual one if none is named, likeliest for this draft first; a hidden page's do not count."""
        own = self.own_page(draft)
        tags = (taxonomy or self.taxonomy) == "tags"
        terms = [() if page.hidden or n == own else (page.tags if tags else page.categories) for n, page in enumerate(self.pages)]
        return likeliest_terms(terms, self.similar_to(draft), draft_stems(draft), draft.title or "")

    # -------------------------------------------------------------- phrases in the text

    @cached_property
    def _mentions(self) -> dict[str, int]:
        return {}

    def mentions(self, phrase: str) -> int:
        """On how many pages a phrase (stems) stands."""
        if phrase not in self._mentions:
            self._mentions[phrase] = sum(f" {phrase} " in self._texts[n] for n in self._having(phrase.split()))
        return self._mentions[phrase]

    def _having(self, words: list[str]) -> Iterable[int]:
        """Pages that may hold all the words: those of the rarest one that is indexed."""
        entries = [self.postings[word] for word in words if word in self.postings]
        return min(entries, key=lambda entry: len(entry.pages)).pages if entries else range(len(self.pages))


def _is_fixed(url: str) -> bool:
    """Whether it is an address of this site: no pattern that the generator fills in, and no other site's."""
    return not any(sign in url for sign in ":{<$*[")


def as_said(text: str) -> str:
    """A text by which to tell whether two say the same: its words, without case."""
    return " ".join(WORD.findall(text.casefold()))


_STOP_STEMS = frozenset(stem(word) for word in STOP)


def _gist(page: Page, text: str) -> Counter[str]:
    """A page's stems, counted; those of its title, headings and description count more."""
    counts: Counter[str] = Counter(text.split())
    del counts["|"]
    for part, weight in ((page.title, _TITLE_WEIGHT), (page.description, _DESCRIPTION_WEIGHT), (" ".join(page.headings), _HEADING_WEIGHT)):
        for word in set(stems(part)):
            counts[word] += math.ceil(weight)
    return counts


_TITLE_BREAKS = (": ", " - ", " – ", " — ", " | ", " (", "? ", "! ")


def names_of(title: str) -> Iterator[str]:
    """A title as stems, whole and in parts, that can stand for the page; a part must say something of its own."""
    parts = [title]
    for mark in _TITLE_BREAKS:
        if mark in title:
            parts += [part.rstrip(")") for part in title.split(mark)]
    for i, part in enumerate(parts):
        phrase = anchor_phrase(part, own=i > 0)
        if phrase:
            yield phrase
            yield from _in_full(part)


def _in_full(name: str) -> Iterator[str]:
    """A name with the small words at its start ("What is ..."), articles aside."""
    words = WORD.findall(name)
    if words and words[0].lower() in _ARTICLES:
        words = words[1:]
    if len(words) <= _LONGEST_PHRASE:
        yield " ".join(map(stem, words))


def anchor_phrase(text: str, *, own: bool = False) -> str:
    """The stems of a text without stop words and page words at its edges; "" if it says nothing ("read more", "here").

    `own`: it must say more than one common word, being only a part of a name.
    """
    words = WORD.findall(text)
    start, end = trimmed(words)
    words = words[start:end]
    if not words or len(words) > _LONGEST_PHRASE or all(w.lower() in CHROME or is_small(w) for w in words):
        return ""
    if own and len(words) < 2:
        return ""
    return " ".join(map(stem, words))
