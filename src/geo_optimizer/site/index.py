"""Many pages -> a `Site`: what each is about, what others call it, who links to whom, as it is asked for one draft."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from geo_optimizer.errors import FileError
from geo_optimizer.model import Draft, Manner
from geo_optimizer.patterns import Patterns
from geo_optimizer.presets import PLAIN, Habits, Preset, PresetChoice, Taxonomy
from geo_optimizer.site.addresses import FOLDER_NAMES, Addresses, stated_url, url_key, url_of, without_extension
from geo_optimizer.site.alternates import alternates
from geo_optimizer.site.book import Book
from geo_optimizer.site.filing import Filed, filed_like
from geo_optimizer.site.folder import Judge
from geo_optimizer.site.gist import dot
from geo_optimizer.site.habits import Stated, folder_of, habits_of
from geo_optimizer.site.knowledge import Knowledge
from geo_optimizer.site.languages import Languages, languages_in
from geo_optimizer.site.manner import manner_of
from geo_optimizer.site.naming import as_said
from geo_optimizer.site.pages import Address, Page, Skipped
from geo_optimizer.site.places import draft_counts
from geo_optimizer.site.refresh import Given, Source, refresh
from geo_optimizer.site.saying import Saying, forms
from geo_optimizer.site.shelf import Shelf
from geo_optimizer.site.sources import NOTHING, is_file, nothing_in, open_source, own_name
from geo_optimizer.site.store import DAMAGED, Store, abandon, heal, is_damage, open_store
from geo_optimizer.site.vocabulary import chances

_SHOWING = 2_000  # pages of a large site whose frontmatter is looked at for its habits


def open_site(  # noqa: PLR0913 - by name, and each but the path may be missing
    path: str | os.PathLike[str],
    *,
    pages: str | os.PathLike[str] | None = None,
    catalogue: str | os.PathLike[str] | None = None,
    ignore: Iterable[str] = (),
    never: Patterns = NOTHING,
    preset: PresetChoice = "auto",
    judge: Callable[[Path], Judge] | None = None,
    on_many: Callable[[int], None] | None = None,
    today: dt.date | None = None,
) -> Site:
    """The site at `path`, its index brought up to date; what the arguments mean, `open_source` says.

    `judge`: what else is left out of the folder of pages, asked with that folder.
    `on_many` is told how many pages are to be read, if it takes some time.
    `today`: the day for which it is asked which pages are there, by default that of the clock.
    Raises SiteError if there is none, or no page in it.
    """
    source = open_source(path, pages=pages, catalogue=catalogue, ignore=ignore, never=never, preset=preset)
    if source.folder and judge:
        source = replace(source, folder=replace(source.folder, judge=judge(source.folder.root)))
    store, trouble = _refreshed(source, "\0".join((source.key, preset, *never.lines)), on_many)
    left_out = frozenset(source.folder.left_out) if source.folder else frozenset[str]()
    now = dt.datetime.now().astimezone().date() if today is None else today
    site = Site(source.root, store=store, trouble=trouble, address=source.address, left_out=left_out, today=now)
    if not site.pages:
        raise nothing_in(path, source, site.skipped)
    return site


def _refreshed(source: Source, key: str, on_many: Callable[[int], None] | None) -> tuple[Store, str | None]:
    """The store of a source, up to date; one in memory where the file fails. What is wrong, if anything.

    `key` names the source and how it is read: two configurations of one folder
    that take turns would have each page read again by either.
    """
    store, trouble = open_store(key)
    try:
        try:
            refresh(store, source, on_many)
        except DAMAGED as error:
            if store.path is None or not is_damage(error):
                raise
            store = heal(store)
            trouble = f"the site's index was damaged, and is made anew ({error})"
            refresh(store, source)
        store.read_on()
    except (sqlite3.Error, OSError, FileError) as error:
        abandon(store, error)
        trouble = f"the site's index cannot be kept ({error}), so that each run reads all pages"
        store = Store()
        refresh(store, source)
    return store, trouble


class Site:
    """The pages of a site, by number, and what is known of them together.

    `Site(root, pages)` holds pages in memory. `trouble` says why the index is
    not kept, or was made anew. `today`: a page of a later date is not there
    yet; None where that is not asked.
    """

    def __init__(
        self,
        root: Path,
        pages: Sequence[Page] = (),
        skipped: Sequence[Skipped] = (),
        *,
        store: Store | None = None,
        trouble: str | None = None,
        address: Address = url_of,
        left_out: frozenset[str] = frozenset(),
        today: dt.date | None = None,
    ) -> None:
        self.root = root
        self.today = today
        self.trouble = trouble
        self._address = address
        self._left_out = left_out
        if store is None:
            store = Store()
            refresh(store, Given(pages, skipped))
        self._store = store
        self._book = Book(store)
        self.addresses = Addresses(self._book)
        self.pages = Shelf(store)
        self.known = Knowledge(store)

    def __reduce__(self) -> tuple[Any, ...]:
        return _with_store, (self.root, self._store, self.trouble, self._address, self._left_out, self.today)

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def store(self) -> Store:
        """Where the site's pages are kept, for what is asked of all of them."""
        return self._store

    @cached_property
    def skipped(self) -> tuple[Skipped, ...]:
        """What is left out of the site: the files that are no pages, and what a sitemap names and nobody finds."""
        rows = self._store.rows(
            "SELECT file.path, CASE WHEN other.path IS NULL THEN reason ELSE 'same address as ' || other.path || ': ' || reason END, file.url"
            " FROM file LEFT JOIN page AS other ON other.url_key = file.url_key WHERE file.page IS NULL ORDER BY file.path"
        )
        passed_over = json.loads(self._store.meta("passed_over") or "[]")
        return (*(Skipped(*one) for one in passed_over), *(Skipped(*row) for row in rows if is_file(row[0])))

    # -------------------------------------------------------------- finding pages

    def own_page(self, draft: Draft) -> int | None:
        """The draft's own page, if it is one of these: the same file, the same stated address, or the address that the draft's place ends in."""
        by_path = self.number_of(draft.path)
        if by_path is not None:
            return by_path
        values = draft.frontmatter.values if draft.frontmatter else {}
        stated = stated_url(values, self.addresses.hosts)
        return self.addresses.by_url(stated) if stated else self._called(draft)

    def _called(self, draft: Draft) -> int | None:
        """The page whose address ends as the draft is called: with most of the folders above it, or alone, or with its title.

        A draft that lies among the files of a folder is none of the others.
        """
        name = _called_as(draft)
        folders = [part for part in Path(draft.path).parent.as_posix().lower().split("/") if part not in ("", ".", "..")]
        own_folder = folders[:-1] if _is_index(draft.path) else folders
        found = next((n for key in _ends_of(own_folder, name) if (n := self.addresses.by_url(key)) is not None), None)
        number = self._ending_in(name, draft.title or "") if found is None else found
        is_another = number is not None and is_file(self.pages[number].path) and self._below(draft.path) is not None
        return None if is_another else number

    def _ending_in(self, name: str, title: str) -> int | None:
        """The one page whose file has a name, or whose address ends in it; of several the one that has the title."""
        ending = "SELECT number FROM page WHERE name = ? UNION SELECT number FROM page WHERE url_key = ? OR substr(url_key, ?) = ? LIMIT 50"
        found = [n for (n,) in self._store.rows(ending, name, name, -len(name) - 1, f"/{name}")] if name else []
        told = [n for n in found if as_said(self.pages[n].title) == as_said(title)] if len(found) > 1 else found
        return told[0] if len(told) == 1 else None

    def number_of(self, path: str) -> int | None:
        """The page that is the file at `path` on disk."""
        below = self._below(path)
        number: int | None = None if below is None else self._store.one("SELECT number FROM page WHERE path = ?", below)
        return number

    def _below(self, path: str) -> str | None:
        """A path on disk as one below the site's root, if it is."""
        try:
            return Path(path).resolve().relative_to(self.root).as_posix()
        except (ValueError, OSError, RuntimeError):  # RuntimeError: of links that lead in a circle, before Python 3.13
            return None

    # -------------------------------------------------------------- pages that are alike

    def others_titled(self, draft: Draft, title: str) -> list[Page]:
        """The other pages with this title."""
        return self._others(draft, "SELECT number FROM page WHERE title_said = ? AND NOT hidden ORDER BY number", title)

    def is_beside(self, draft: Draft, pages: Iterable[Page]) -> bool:
        """Whether one of the pages lies in the draft's folder."""
        path = self._below(draft.path)
        return path is not None and any(page.path.rpartition("/")[0] == path.rpartition("/")[0] for page in pages)

    def others_described(self, draft: Draft, description: str) -> list[Page]:
        """The other pages with this description."""
        return self._others(draft, "SELECT number FROM page WHERE description_said = ? AND NOT hidden ORDER BY number", description)

    def _others(self, draft: Draft, question: str, text: str) -> list[Page]:
        """Those that are not the draft's own page, nor a translation or another version of it."""
        said = as_said(text)
        own, path = self.own_page(draft), self._below(draft.path)
        pages = [self.pages[n] for (n,) in self._store.rows(question, said) if n != own] if said else []
        return [page for page in pages if path is None or not alternates(path, page.path, self.languages.folders)]

    def sharing_address(self, draft: Draft) -> list[str]:
        """The other files whose pages would stand at the draft's address."""
        path = self._below(draft.path)
        if path is None:
            return []
        url = self._address(path, draft.frontmatter.values if draft.frontmatter else {})
        if url is None or not _is_fixed(url):
            return []
        return [
            other
            for other, at in self._at(url_key(url))
            if other != path and _is_fixed(at) and not alternates(path, other, self.languages.folders)
        ]

    def _at(self, key: str) -> Iterator[tuple[str, str]]:
        """The files whose pages are, or would be, at an address, a folder's readme aside, and how they state it."""
        shown = "SELECT path, url FROM page WHERE url_key = ? AND NOT hidden"
        hidden = "SELECT path, url FROM file WHERE page IS NULL AND url_key = ? AND url != ''"
        for path, url in (*self._store.rows(shown, key), *self._store.rows(hidden, key)):
            if is_file(path) and not path.lower().endswith(("readme.md", "readme.mdx")):
                yield path, url

    # -------------------------------------------------------------- places

    def is_list(self, number: int) -> bool:
        """Whether a page stands for its folder: the home page, a section's index."""
        path = self.pages[number].path
        if without_extension(path.rsplit("/", 1)[-1]).lower() not in FOLDER_NAMES:
            return False
        folder = self._folder(number)
        others = "SELECT 1 FROM page WHERE number != ? AND path > ? AND path < ? LIMIT 1"
        return self._store.row(others, number, folder, folder + "\U0010ffff") is not None

    def _folder(self, number: int) -> str:
        """The folder of a page's file, "" or with a slash at its end."""
        path = self.pages[number].path
        return path.rpartition("/")[0] + "/" if "/" in path else ""

    def has_file(self, number: int, path: str) -> bool:
        """Whether a path as written on a page is a file on disk: beside the page, below the site's root, or beside that."""
        folder = self.root / self._folder(number)
        bases = [folder] if not path.startswith("/") else [self.root, *self.root.parents[:3]]
        return any((base / unquote(path).lstrip("/")).exists() for base in bases)

    def is_left_out(self, address: str) -> bool:
        """Whether an address may be that of a page which the project has, and which is left out of the site."""
        key = f"/{url_key(address)}/"
        return any(f"/{url_key(path)}/" in key for path in self._left_out)

    @cached_property
    def languages(self) -> Languages:
        """Which folders are of a language each."""
        return languages_in(self._store)

    def language_of(self, draft: Draft) -> str:
        """The language of the site's pages that a draft belongs to; "" on a site of one."""
        own = self.own_page(draft)
        return self.languages.of_draft(draft, self._below(draft.path) if own is None else self.pages[own].path)

    @cached_property
    def has_hidden(self) -> bool:
        """Whether any page is a draft, or kept from search engines."""
        return self._store.row("SELECT 1 FROM page WHERE hidden LIMIT 1") is not None

    # -------------------------------------------------------------- the link graph

    def outlinks(self, number: int) -> dict[int, list[str]]:
        """The pages that a page links to, each with the words it uses."""
        return self.known.outlinks[number]

    def inlinks(self, number: int) -> set[int]:
        """The pages that link to a page."""
        return {page for (page,) in self._store.rows("SELECT DISTINCT page FROM link WHERE target = ?", number)}

    # -------------------------------------------------------------- pages about the same

    def similar_to(self, draft: Draft, most: int) -> dict[int, float]:
        """The pages most like a draft, at most so many, and the cosine with each; not its own."""
        vector = self.known.vector(draft_counts(draft))
        weights = self.known.weights(set(self.known.alike(vector, most)) - {self.own_page(draft)}, vector.keys())
        return {page: dot(vector, of_page) for page, of_page in weights.items()}

    # -------------------------------------------------------------- the site's own terms

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The key that more pages have, "categories" or "tags"; "categories" where neither is used."""
        pages: dict[str, int] = dict(self._store.rows("SELECT kind, count(DISTINCT page) FROM term GROUP BY kind"))
        return "tags" if pages.get("tags", 0) > pages.get("categories", 0) else "categories"

    def habits(self, draft: Draft, preset: Preset = PLAIN) -> Habits:
        """How the pages like a draft write their frontmatter: those of its folder, or all; its own does not count."""
        own = self.own_page(draft)
        below = self._below(draft.path)
        folder = folder_of(below) if below is not None else None
        articles = [(place, stated) for n, place, stated in self._articles if n != own]
        kinds: tuple[Taxonomy, ...] = ("categories", "tags")
        return habits_of(folder, articles, {kind: frozenset(self._use(kind, own)) for kind in kinds}, self.taxonomy, preset)

    def manner(self, draft: Draft) -> Manner | None:
        """How the site's descriptions are written, the draft's own aside; None where too few pages have one."""
        own = self.own_page(draft)
        question = "SELECT number, description FROM page WHERE description != '' AND hidden = 0 ORDER BY number LIMIT ?"
        return manner_of([text for number, text in self._store.rows(question, _SHOWING) if number != own])

    @cached_property
    def _articles(self) -> list[tuple[int, str, Stated]]:
        """The pages with frontmatter that are no folder's own, each with the folder in which it has its likes; of a large site, some."""
        step = max(1, len(self.pages) // _SHOWING)
        placed = [(n, folder_of(page.path), page.stated) for n, page in self.pages.every(step)]
        return [(n, place, stated) for n, place, stated in placed if place is not None and stated is not None]

    def _use(self, taxonomy: Taxonomy, own: int | None) -> Counter[str]:
        """On how many pages that are not hidden each term stands, one page aside."""
        rows = self._store.rows("SELECT term, count(*) FROM term WHERE kind = ? AND page IS NOT ? GROUP BY term", taxonomy, own)
        return Counter(dict(rows))

    def vocabulary(self, draft: Draft, taxonomy: Taxonomy | None = None) -> tuple[str, ...]:
        """The site's terms for a taxonomy, its usual one if none is named, likeliest for this draft first; a hidden page's do not count."""
        return tuple(self.filing(draft, taxonomy))

    def filing(self, draft: Draft, taxonomy: Taxonomy | None = None) -> dict[str, float]:
        """The same terms in the same order, each with how likely the site would file this draft under it."""
        evidence = self.evidence(draft, taxonomy)
        return chances(*evidence) if evidence else {}

    def evidence(self, draft: Draft, taxonomy: Taxonomy | None = None) -> tuple[list[Filed], Counter[str], Saying] | None:
        """What that is judged by: the pages like the draft, the use of each term, what the draft says; None where the site files nothing."""
        kind, own = taxonomy or self.taxonomy, self.own_page(draft)
        use = self._use(kind, own)
        if not use:
            return None
        asked = {word for term in use for form in forms(term) for word in form}
        return filed_like(self._store, self.known, draft, own, kind, asked), use, Saying(draft)


def _called_as(draft: Draft) -> str:
    """The last part of a draft's address, as far as the draft says: its slug, or its file's or folder's name; "" without one."""
    slug = draft.frontmatter.values.get("slug") if draft.frontmatter else None
    return url_key(slug).rpartition("/")[2] if isinstance(slug, str) else own_name(draft.path)


def _is_index(path: str) -> bool:
    return without_extension(path.rpartition("/")[2]).lower() in FOLDER_NAMES


def _ends_of(folders: Sequence[str], name: str) -> Iterator[str]:
    """Addresses that a file of this name in these folders may have, the longest first; at least one folder is in each."""
    yield from ("/".join((*folders[n:], name)) for n in range(len(folders)) if name)


def _with_store(root: Path, store: Store, trouble: str | None, address: Address, left_out: frozenset[str], today: dt.date | None) -> Site:
    return Site(root, store=store, trouble=trouble, address=address, left_out=left_out, today=today)


def _is_fixed(url: str) -> bool:
    """Whether it is an address of this site: no pattern that the generator fills in, and no other site's."""
    return not any(sign in url for sign in ":{<$*[")
