"""A store brought up to date with the site's files.

What has not changed is not read, and what follows from a page is worked out
again only where it may differ. A store that was refreshed says the same as one
made anew, but for the numbers of its pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from posixpath import dirname
from typing import NamedTuple, Protocol

from geo_optimizer.analysis.words import stems
from geo_optimizer.site.addresses import Addresses, Origin, host_of_most, hosts_among, last_of, name_of, parts_of, url_key
from geo_optimizer.site.book import Book
from geo_optimizer.site.gist import gist, length, rarity, said_by, weighed
from geo_optimizer.site.naming import anchor_phrase, as_said, names_of
from geo_optimizer.site.pages import Page, Skipped
from geo_optimizer.site.store import Row, Store, packed, unpacked

_OF_PAGES = ("alias", "link", "anchor", "phrase", "term", "weight")  # tables with rows of a page
_EXACT = 2_000  # pages of a site up to which frequencies are counted again with every change
_MANY = 1_000  # pages that take a second or so to read
_DRIFT = 0.01  # share of a larger site's pages that may change before they are


class Listed(NamedTuple):
    """A page that a source has: its name, and what tells that it has not changed; `changed` in nanoseconds, 0 where that is not known."""

    name: str
    size: int
    changed: int


class Source(Protocol):
    """Where pages come from.

    `key` names it among others; `told`: all that the reading of pages depends
    on beside their own bytes. `seen` notes the state of all of it, if that can
    be told at a glance (else ""); `is_seen` says whether it is still that.
    `passed_over`: what is not listed, though it is part of it. `origin`: what it
    says of all its addresses.
    """

    @property
    def key(self) -> str: ...
    @property
    def told(self) -> str: ...
    @property
    def seen(self) -> str: ...
    @property
    def passed_over(self) -> Sequence[Skipped]: ...
    @property
    def origin(self) -> Origin: ...
    def is_seen(self, noted: str) -> bool: ...
    def listed(self) -> Sequence[Listed]:
        """All there are; of two with one address, the first is the page."""
        ...

    def load(self, name: str) -> bytes:
        """What a page is made of. Raises OSError."""
        ...

    def page(self, name: str, data: bytes) -> Page | Skipped:
        """A page, or why it is none."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """Pages that are at hand."""

    pages: Sequence[Page]
    skipped: Sequence[Skipped] = ()
    key: str = ""
    told: str = ""
    seen: str = ""
    passed_over: Sequence[Skipped] = ()
    origin: Origin = field(default_factory=Origin)

    def is_seen(self, _: str) -> bool:
        return False

    def listed(self) -> list[Listed]:
        return [Listed(name, 0, 0) for name in self._by_name]

    def load(self, name: str) -> bytes:
        return name.encode()

    def page(self, name: str, _: bytes) -> Page | Skipped:
        return self._by_name[name]

    @property
    def _by_name(self) -> dict[str, Page | Skipped]:
        given: list[Page | Skipped] = [*self.pages, *self.skipped]
        return {one.path: one for one in given}


class _Known(NamedTuple):
    size: int
    changed: int
    digest: bytes
    page: int | None


@dataclass(slots=True)
class _Work:
    """What is still to be done: `free` numbers, pages whose links are to be followed again, ends of addresses that lead elsewhere now.

    `numbers`: how many are given to pages, or free.
    """

    order: Mapping[str, int]
    numbers: int
    free: list[int] = field(default_factory=list)
    relink: set[int] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    openers: dict[str, int] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    changed: int = 0

    def number(self) -> int:
        """A number for a new page."""
        if self.free:
            return self.free.pop()
        self.numbers += 1
        return self.numbers - 1


def refresh(store: Store, source: Source, on_many: Callable[[int], None] | None = None) -> None:
    """Bring the store up to date; `on_many` is told how many pages are to be read, if it takes some time. Raises sqlite3.Error."""
    if source.is_seen(store.meta("seen") or ""):
        return
    listed = source.listed()
    current = _is_current(store, source, listed)
    passed_over = json.dumps([(one.path, one.reason) for one in source.passed_over])
    if current and (source.seen, passed_over) == (store.meta("seen") or "", store.meta("passed_over")):
        return
    with store.writing():
        if not current:
            _update(store, source, listed, on_many)
        store.note("seen", source.seen)
        store.note("passed_over", passed_over)


def _is_current(store: Store, source: Source, listed: Sequence[Listed]) -> bool:
    if store.meta("told") != source.told:
        return False
    known = {path: (size, changed) for path, size, changed in store.rows("SELECT path, size, changed FROM file")}
    return len(known) == len(listed) and all(one.changed and known.get(one.name) == (one.size, one.changed) for one in listed)


def _update(store: Store, source: Source, listed: Sequence[Listed], on_many: Callable[[int], None] | None) -> None:
    files = {row[0]: _Known(*row[1:]) for row in store.rows("SELECT path, size, changed, digest, page FROM file")}
    known = files if store.meta("told") == source.told else {}
    if on_many and (many := sum(not _is_unchanged(one, known.get(one.name)) for one in listed)) >= _MANY:
        on_many(many)
    work = _Work({one.name: n for n, one in enumerate(listed)}, store.one("SELECT count(*) FROM page"))
    for name in files.keys() - work.order.keys():
        _take_out(store, name, files[name].page, work)
        store.change("DELETE FROM file WHERE path = ?", name)
    for one in listed:
        _look_at(store, source, one, known.get(one.name), work)
    stamps = {one.name: one for one in listed}
    while work.waiting:
        if (name := work.waiting.pop()) in stamps:
            _look_at(store, source, stamps[name], None, work)
    store.note("told", source.told)
    for part, said in source.origin._asdict().items():
        store.note(part, said)
    _close_up(store, work)
    if work.changed:
        _follow(store, work)
        _weigh(store, work)


def _is_unchanged(one: Listed, known: _Known | None) -> bool:
    return known is not None and one.changed != 0 and (known.size, known.changed) == (one.size, one.changed)


def _look_at(store: Store, source: Source, one: Listed, known: _Known | None, work: _Work) -> None:
    """Read a page if it may have changed."""
    if _is_unchanged(one, known):
        return
    try:
        data = source.load(one.name)
    except OSError as error:
        _keep(store, one, b"", Skipped(one.name, error.strerror or "cannot be read"), work)
        return
    digest = blake2b(data, digest_size=16).digest()
    if known and known.digest == digest:
        store.change("UPDATE file SET size = ?, changed = ? WHERE path = ?", one.size, one.changed, one.name)
    else:
        _keep(store, one, digest, source.page(one.name, data), work)


def _keep(store: Store, one: Listed, digest: bytes, found: Page | Skipped, work: _Work) -> None:
    """Put what was read in the place of what was known of the file."""
    before = store.one("SELECT page FROM file WHERE path = ?", one.name)
    work.changed += 1
    if isinstance(found, Page) and _gives_way(store, found, before, work):
        found = Skipped(one.name, found.url, found.url, hidden=found.hidden)
    if isinstance(found, Skipped):
        _take_out(store, one.name, before, work)
        key = url_key(found.url) if found.url else None
        shown = "" if found.hidden else found.url
        row: Row = (one.name, one.size, one.changed, digest, None, found.reason, shown, key)
    else:
        number = _put(store, found, before, work)
        row = (one.name, one.size, one.changed, digest, number, None, None, None)
    store.change("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *row)


def _gives_way(store: Store, page: Page, own: int | None, work: _Work) -> bool:
    """Whether another page with this one's address comes before it; one that comes behind gives way itself.

    The reason that is kept of a file that gave way is the address as it states it: whose it is may change.
    """
    other = store.row("SELECT number, path, url, hidden FROM page WHERE url_key = ? AND number IS NOT ?", url_key(page.url), own)
    if other is None:
        return False
    number, path, url, hidden = other
    if work.order[path] < work.order[page.path]:
        return True
    _take_out(store, path, number, work, waiting=False)
    store.change(
        "UPDATE file SET page = NULL, reason = ?, url = ?, url_key = ? WHERE path = ?",
        *(url, "" if hidden else url, url_key(url), path),
    )
    return False


# ------------------------------------------------------------------ one page


def _put(store: Store, page: Page, before: int | None, work: _Work) -> int:
    """Write a page down, in its old place if it had one."""
    if before is not None:
        stays = store.row("SELECT url_key, path_key FROM page WHERE number = ?", before) == (url_key(page.url), url_key(page.path))
        same = stays and {key for (key,) in store.rows("SELECT key FROM alias WHERE page = ?", before)} == _alias_keys(page)
        _take_out(store, page.path, before, work, waiting=not stays, moved=not same)
        number = work.free.pop()  # the one that it had
    else:
        number = work.number()
    if before is None or not same:
        work.touched |= {last_of(page.url), last_of(page.path), name_of(page.path), *map(last_of, page.aliases)}
    said, called = said_by(page), _called(page)
    store.change(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(number, page.path, page.url, url_key(page.url), url_key(page.path), name_of(page.path), dirname(page.path), page.title),
        *(as_said(page.title), page.description, as_said(page.description), page.date.isoformat() if page.date else None, page.hidden),
        *(_rest(page), said.count(" ") - 1, packed(said), called, packed(json.dumps(gist(said)))),
    )
    store.change("INSERT INTO said (rowid, body, called) VALUES (?, ?, ?)", number, tokens(said), tokens(called))
    store.changes("INSERT INTO alias VALUES (?, ?)", ((key, number) for key in sorted(_alias_keys(page))))
    store.changes(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, NULL)",
        ((number, link.href, link.text, link.wiki, *parts_of(link.href, wiki=link.wiki)) for link in page.links),
    )
    store.changes("INSERT INTO term VALUES (?, ?, ?)", _terms(page, number))
    for phrase, kind in sorted(_phrases(page)):
        store.change("INSERT INTO phrase VALUES (?, ?, ?)", phrase, kind, number)
        _open(work, phrase)
    work.relink.add(number)
    return number


def _take_out(store: Store, path: str, number: int | None, work: _Work, *, waiting: bool = True, moved: bool = True) -> None:
    """Forget a page. `waiting`: whoever has its address is the page now. `moved`: links to it lead elsewhere."""
    if number is None:
        return
    row = store.row("SELECT url_key, path_key, name FROM page WHERE number = ?", number)
    assert row is not None
    key = row[0]
    if moved:
        work.touched.update(map(last_of, row), (last_of(key) for (key,) in store.rows("SELECT key FROM alias WHERE page = ?", number)))
        work.relink.update(page for (page,) in store.rows("SELECT page FROM link WHERE target = ?", number))
    if waiting:
        work.waiting += [other for (other,) in store.rows("SELECT path FROM file WHERE page IS NULL AND url_key = ?", key) if other != path]
    _unsay(store, number)
    for table in _OF_PAGES:
        store.change(f"DELETE FROM {table} WHERE page = ?", number)  # noqa: S608 - our own names
    store.change("DELETE FROM page WHERE number = ?", number)
    work.relink.discard(number)
    work.free.append(number)
    work.changed += 1


def _unsay(store: Store, number: int) -> None:
    """Take a page out of the full-text index, which wants its words for it."""
    row = store.row("SELECT stems, called FROM page WHERE number = ?", number)
    assert row is not None
    said = unpacked(row[0])
    store.change("INSERT INTO said (said, rowid, body, called) VALUES ('delete', ?, ?, ?)", number, tokens(said), tokens(row[1]))


def _called(page: Page) -> str:
    """The stems that a page is called by, whatever other pages say."""
    return " ".join(dict.fromkeys(word for text in (page.title, *page.headings, page.url, *page.anchors) for word in stems(text)))


def tokens(text: str) -> str:
    """Stems as the full-text index takes each for one word: with a letter for an apostrophe."""
    return text.replace("'", "ʼ")


def _rest(page: Page) -> str:
    stated = page.stated and [page.stated.format, dict(page.stated.keys), dict(page.stated.kinds)]
    rest = [page.headings, page.tags, page.categories, stated, page.aliases, page.anchors, page.use_when]
    rest.append(page.until.isoformat() if page.until else None)
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))


def _alias_keys(page: Page) -> set[str]:
    return {url_key(alias) for alias in page.aliases} - {url_key(page.url)}


def _terms(page: Page, number: int) -> Iterator[Row]:
    """What a page is filed under, and who wrote it; what a hidden page says does not count."""
    if not page.hidden:
        yield from (("tags", term, number) for term in dict.fromkeys(page.tags))
        yield from (("categories", term, number) for term in dict.fromkeys(page.categories))
        yield from (("authors", name, number) for name in page.authors)


def _phrases(page: Page) -> set[tuple[str, str]]:
    """What names a page: its title in whole and part, its headings of two words and more, the anchors that a person wrote down."""
    found = {(phrase, "title") for phrase in names_of(page.title)}
    found |= {(phrase, "heading") for heading in page.headings if (phrase := anchor_phrase(heading)).count(" ")}
    return found | {(phrase, "given") for anchor in page.anchors if (phrase := " ".join(stems(anchor)))}


def _open(work: _Work, phrase: str) -> None:
    first, _, _ = phrase.partition(" ")
    work.openers[first] = work.openers.get(first, 0) | 1 << phrase.count(" ")


# ------------------------------------------------------------------ what follows from the pages


def _close_up(store: Store, work: _Work) -> None:
    """Give the last pages the numbers that are free, so that there are no gaps."""
    for hole in sorted(work.free, reverse=True):
        last = store.one("SELECT max(number) FROM page")
        if last is not None and last > hole:
            _renumber(store, last, hole)
            if last in work.relink:
                work.relink = work.relink - {last} | {hole}
    work.free.clear()


def _renumber(store: Store, page: int, number: int) -> None:
    row = store.row("SELECT stems, called FROM page WHERE number = ?", page)
    assert row is not None
    _unsay(store, page)
    said = unpacked(row[0])
    store.change("INSERT INTO said (rowid, body, called) VALUES (?, ?, ?)", number, tokens(said), tokens(row[1]))
    for table, column in (
        *((table, "page") for table in _OF_PAGES),
        ("link", "target"),
        ("anchor", "target"),
        ("file", "page"),
        ("page", "number"),
    ):
        store.change(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", number, page)  # noqa: S608 - our own names


def _follow(store: Store, work: _Work) -> None:
    """Find where the links lead that may lead elsewhere now, and what pages are called by them."""
    store.note("pages", store.one("SELECT count(*) FROM page"))
    _learn_hosts(store, work)
    ends = sorted(work.touched | {""}) if work.touched else []
    work.relink.update(page for (page,) in store.among("SELECT DISTINCT page FROM link WHERE last IN ({})", ends))
    addresses = Addresses(Book(store))
    for page in sorted(work.relink):
        _relink(store, addresses, page, work)
    store.changes(
        "INSERT INTO opener VALUES (?, ?) ON CONFLICT (stem) DO UPDATE SET lengths = lengths | excluded.lengths",
        sorted(work.openers.items()),
    )
    most = "SELECT max(n) FROM (SELECT count(DISTINCT page) AS n FROM link WHERE target IS NOT NULL GROUP BY target)"
    store.note("most_inlinks", store.one(most) or 0)


def _learn_hosts(store: Store, work: _Work) -> None:
    """Which hosts are the site's own; where that has changed, absolute links lead elsewhere."""
    links = store.rows("SELECT DISTINCT host, href FROM link WHERE host IS NOT NULL")
    stated = (url for (url,) in store.rows("SELECT url FROM page WHERE url LIKE 'http%'"))
    book = Book(store)
    found = hosts_among(links, book.has_url) | host_of_most(stated, int(store.meta("pages") or 0))
    hosts = " ".join(sorted(found | {book.origin.host} - {""}))
    if hosts != store.meta("hosts"):
        store.note("hosts", hosts)
        work.relink.update(page for (page,) in store.rows("SELECT DISTINCT page FROM link WHERE host IS NOT NULL"))


def _relink(store: Store, addresses: Addresses, page: int, work: _Work) -> None:
    anchors: dict[tuple[str, int], None] = {}
    rows = []
    for row, href, words, wiki in store.rows("SELECT rowid, href, words, wiki FROM link WHERE page = ?", page):
        target = addresses.resolve(href, page, wiki=bool(wiki))
        target = None if target == page else target
        rows.append((target, row))
        if target is not None and (phrase := anchor_phrase(words)):
            anchors[phrase, target] = None
            _open(work, phrase)
    store.changes("UPDATE link SET target = ? WHERE rowid = ?", rows)
    store.change("DELETE FROM anchor WHERE page = ?", page)
    store.changes("INSERT INTO anchor VALUES (?, ?, ?)", [(phrase, target, page) for phrase, target in anchors])


def _weigh(store: Store, work: _Work) -> None:
    """Count on how many pages each word stands, and weigh the pages by it.

    On a large site that has hardly changed the counts of before serve on, so
    that a page is added to a hundred thousand in no time.
    """
    pages = int(store.meta("pages") or 0)
    drift = int(store.meta("drift") or 0) + work.changed
    if pages <= _EXACT or drift > _DRIFT * pages or store.meta("counted") is None:
        store.change("DELETE FROM word")
        store.change("INSERT INTO word SELECT replace(term, 'ʼ', ''''), doc FROM vocabulary")
        store.change("DELETE FROM weight")
        store.note("counted", pages)
        drift = 0
    store.note("drift", drift)
    _measure(store, int(store.meta("counted") or 0))


def _measure(store: Store, pages: int) -> None:
    """The lengths of the vectors that have none yet."""
    rarities = {word: rarity(count, pages) for word, count in store.rows("SELECT stem, pages FROM word")}
    rows = store.rows("SELECT number, gist FROM page WHERE number NOT IN (SELECT page FROM weight)")
    found = [(number, length(weighed(json.loads(unpacked(counts)), lambda word: rarities.get(word, 1.0)))) for number, counts in rows]
    store.changes("INSERT INTO weight VALUES (?, ?)", found)
