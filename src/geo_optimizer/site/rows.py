"""A site that is open -> the rows that an audit reads, in the order of the files: two indexes of one site may number pages otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from geo_optimizer.analysis.links import is_internal
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown.frontmatter import find_frontmatter
from geo_optimizer.site.addresses import FOLDER_NAMES, without_extension
from geo_optimizer.site.audit import Audit, LinkRow, PageRow, audit
from geo_optimizer.site.dead import is_made_otherwise, meant
from geo_optimizer.site.fingerprint import fingerprint_of
from geo_optimizer.site.gist import text_of
from geo_optimizer.site.index import Site
from geo_optimizer.site.sources import is_file
from geo_optimizer.site.store import unpacked

_LANGUAGE = frozenset({"lang", "language", "locale"})
_OPEN = frozenset(":{<$*[")  # of an address that the generator fills in


def audit_site(site: Site) -> Audit:
    """Look at a site; what is no page of it may still be a file on disk."""
    rows = Rows(site)
    return audit(
        rows.pages(),
        rows.links(),
        is_there=lambda page, found: is_made_otherwise(site, rows.numbers[page], found),
        spelled=site.addresses.spelled,
        clashes=rows.clashes(),
        languages=site.languages.folders,
    )


class Rows:
    """The pages and links of a site. `numbers`: of each page in the order of the files, the number that the site gives it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        found = list(site.store.rows("SELECT number, path FROM page ORDER BY path"))
        self.numbers = [number for number, _ in found]
        self._place = {number: at for at, number in enumerate(self.numbers)}
        self._below = _below(path for _, path in found)

    def pages(self) -> Iterator[PageRow]:
        columns = "path, url, title, description, hidden, date, stems"
        for at, row in enumerate(self._site.store.rows(f"SELECT {columns} FROM page ORDER BY path")):  # noqa: S608 - our own names
            path, url, title, description, hidden, date, said = row
            words = text_of(self._site.store.decoded(unpacked, said)).split()
            day = dt.date.fromisoformat(date) if date else None
            yield PageRow(at, path, url, title, description, bool(hidden), day, len(words), self._is_list(path), fingerprint_of(words))

    def links(self) -> Iterator[LinkRow]:
        question = (
            "SELECT link.page, href, link.words, wiki, target FROM page CROSS JOIN link ON link.page = number ORDER BY path, link.rowid"
        )
        hosts = self._site.addresses.hosts
        for page, href, words, wiki, target in self._site.store.rows(question):
            internal = bool(wiki) or (is_internal(href, hosts) and not self._site.addresses.is_elsewhere(href))
            found = target if target is not None or not internal else self._sought(page, href, words, wiki=bool(wiki))
            place = None if found is None else self._place[found]
            yield LinkRow(self._place[page], href, words, place, internal, bool(wiki))

    def clashes(self) -> Iterator[tuple[int, str]]:
        """Pages, and files that are left out as another page has their address: no folder's readme, and none that is hidden."""
        question = (
            "SELECT page.number, file.path, file.url FROM file JOIN page ON page.url_key = file.url_key"
            " WHERE file.page IS NULL AND file.url != '' ORDER BY file.path"
        )
        for page, path, url in self._site.store.rows(question):
            if is_file(path) and not _is_readme(path) and not _OPEN & set(url) and not self._states_language(path):
                yield self._place[page], path

    def _states_language(self, path: str) -> bool:
        """Whether the language of a file is a part of its address that is not stated."""
        try:
            frontmatter = find_frontmatter((self._site.root / path).read_bytes().decode("utf-8-sig"), 0)
        except (OSError, ValueError, DraftRefused):
            return False
        return frontmatter is not None and not _LANGUAGE.isdisjoint(frontmatter.values)

    def _sought(self, page: int, href: str, words: str, *, wiki: bool) -> int | None:
        """The page of a link of which the index knows none: its own; of `[[a|b]]`, where either may be the page, the other."""
        if meant(href, wiki=wiki) is None:
            return None
        found = self._site.addresses.resolve(href, page, wiki=wiki)
        return self._site.addresses.resolve(words, page, wiki=True) if found is None and wiki else found

    def _is_list(self, path: str) -> bool:
        """Whether a page stands for its folder, which has others."""
        folder, _, name = path.rpartition("/")
        return without_extension(name).lower() in FOLDER_NAMES and self._below[folder] > 1


def _is_readme(path: str) -> bool:
    return path.lower().endswith(("readme.md", "readme.mdx"))


def _below(paths: Iterable[str]) -> dict[str, int]:
    """How many pages each folder has, those of its folders included."""
    found: dict[str, int] = {}
    for path in paths:
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            found[folder] = found.get(folder, 0) + 1
    return found
