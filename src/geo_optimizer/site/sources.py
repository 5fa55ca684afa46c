"""Where the pages of a site come from: a folder of them, its sitemap, a catalogue that a person keeps, or several of these.

source = open_source("public/sitemap.xml", pages="content", catalogue="links.csv")
for one in source.listed():
    page = source.page(one.name, source.load(one.name))
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from geo_optimizer.analysis.dates import day_of
from geo_optimizer.errors import SiteError
from geo_optimizer.lazy import lazily
from geo_optimizer.patterns import Patterns
from geo_optimizer.presets import PresetChoice
from geo_optimizer.site import catalogue as catalogues
from geo_optimizer.site import sitemap
from geo_optimizer.site.addresses import FOLDER_NAMES, Origin, spellings, undated, url_key, url_of, without_extension
from geo_optimizer.site.catalogue import read_catalogue
from geo_optimizer.site.closed import Closed, path_of
from geo_optimizer.site.folder import UNSETTLED, Folder
from geo_optimizer.site.pages import Address, Page, Skipped, named
from geo_optimizer.site.refresh import Listed
from geo_optimizer.site.sitemap import Sitemap

NOTHING = Patterns()
HOW = "give --site the folder of the site's pages, its sitemap.xml, or a catalogue of its pages (.csv, .yaml, .toml)"
_DAY = lazily(r"/(\d{4})/(\d{2})/(\d{2})/")


class Mention(NamedTuple):
    """What a sitemap and a catalogue say of one page. `listed`: the sitemap has it."""

    url: str
    title: str = ""
    anchors: tuple[str, ...] = ()
    use_when: str = ""
    never: bool = False
    listed: bool = False


class _Said(NamedTuple):
    """What was read of sitemap and catalogue: entries by their keys, the files, and what was left out."""

    entries: Mapping[str, Mention]
    files: tuple[Path, ...] = ()
    passed_over: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class Sources:
    """The pages of a folder, of a sitemap and of a catalogue together; each of the three may be missing.

    A file's page has what the others say of its address. What no file is
    found for is a page of its own, behind those of files; its name is its
    address as a key, which is the name of no file (see `is_file`). Sitemap and
    catalogue are read when they are first asked for.
    """

    root: Path
    folder: Folder | None = None
    sitemap: Path | None = None
    catalogue: Path | None = None
    never: Patterns = NOTHING

    @property
    def key(self) -> str:
        others = [str(path.resolve()) for path in (self.sitemap, self.catalogue) if path]
        return (
            "\0".join((self.folder.key if self.folder else "", *(f"+{path}" for path in others)))
            if others or not self.folder
            else self.folder.key
        )

    @property
    def address(self) -> Address:
        """Where a file below the root would stand."""
        return self.folder.permalinks.url_of if self.folder else url_of

    @property
    def origin(self) -> Origin:
        return self.folder.permalinks.origin if self.folder else Origin()

    @property
    def entries(self) -> Mapping[str, Mention]:
        return self._said.entries

    @cached_property
    def _said(self) -> _Said:
        found = Sitemap(self.sitemap) if self.sitemap else None
        entries = {key_of(one.url): Mention(one.url, listed=True) for one in found.entries()} if found else {}
        if self.catalogue:
            entries.update(_of_catalogue(self.catalogue, entries, self.origin.base))
        files = (*(found.files if found else ()), *([self.catalogue] if self.catalogue else ()))
        return _Said(entries, files, tuple(found.skipped) if found else ())

    @property
    def passed_over(self) -> tuple[Skipped, ...]:
        """What the sitemap names and is left out, and what of the project could not be read."""
        return (*self._said.passed_over, *(self.folder.passed_over if self.folder else ()))

    # -------------------------------------------------------------- what has changed

    @cached_property
    def told(self) -> str:
        """A digest of all that the reading of pages depends on beside their own files and entries."""
        digest = blake2b("\0".join(self.never.lines).encode(), digest_size=16)
        if self.folder:
            digest.update(repr((self.folder.told, self.folder.endings)).encode())
            for key, entry in self.entries.items():
                digest.update(repr((key, *entry)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    @property
    def seen(self) -> str:
        """The files of sitemap and catalogue as they are; "" where there is more to look at than these."""
        return "" if self.folder or self._said.passed_over else _stamps(self.never, [str(path.resolve()) for path in self._said.files])

    def is_seen(self, noted: str) -> bool:
        """Whether all is as it was noted."""
        return bool(noted) and self.folder is None and noted == _stamps(self.never, json.loads(noted)["files"])

    def listed(self) -> list[Listed]:
        return [*self._files, *(_listed(key, entry) for key, entry in self.entries.items())]

    @cached_property
    def _files(self) -> list[Listed]:
        """The folder's files, without those that its generator makes no pages of."""
        return [one for one in self.folder.listed() if self.folder.permalinks.may_be(one.name)] if self.folder else []

    # -------------------------------------------------------------- pages

    def load(self, name: str) -> bytes:
        if self.folder and is_file(name):
            return self.folder.load(name)
        return repr(tuple(self.entries[name])).encode("utf-8", "surrogatepass")

    def page(self, name: str, data: bytes) -> Page | Skipped:
        if self.folder is None or not is_file(name):
            return self._closed(_of_entry(name, self.entries[name]))
        found = self.folder.page(name, data)
        return found if isinstance(found, Skipped) else self._closed(self._with_entry(found))

    def _with_entry(self, page: Page) -> Page:
        """A file's page with what is said of its address; where there is a sitemap that does not have it, it is hidden."""
        keys = spellings(url_key(page.url), self.origin.base)
        entry = next((self.entries[key] for one in keys if (key := _as_name(one)) in self.entries), None) or self._by_name.get(page.path)
        if entry is None:
            return replace(page, hidden=True) if self.sitemap else page
        return replace(
            page,
            url=entry.url if entry.listed else page.url,
            title=entry.title or page.title,
            anchors=entry.anchors,
            use_when=entry.use_when,
            hidden=page.hidden or entry.never,
        )

    @cached_property
    def _by_name(self) -> dict[str, Mention]:
        """File -> the address in the sitemap that ends as the file is called, where the name is more than a word and nothing else's.

        Where no generator is known, its rules are not either; the sitemap then says where a page stands.
        """
        if self.folder is None or self.sitemap is None:
            return {}
        files = _by_last((own_name(one.name), one.name) for one in self._files)
        ends = _by_last((key.rpartition("/")[2], key) for key in self.entries)
        return {files[last]: self.entries[key] for last, key in ends.items() if "-" in last and last in files and self.entries[key].listed}

    def _closed(self, page: Page) -> Page:
        """Hidden, if it is one of those that are never to be suggested."""
        return replace(page, hidden=True) if self._shut.has(page.path, (page.url, *page.aliases)) else page

    @cached_property
    def _shut(self) -> Closed:
        return Closed(self.never, self.origin.base)


def is_file(name: str) -> bool:
    """Whether a page of this name has a file of its own. One that has none gives way to a file at its address, and nothing is to be said of it."""
    return without_extension(name) != name


def key_of(url: str) -> str:
    """The name of a page that has no file: its address as a key, that of the home page "index"."""
    return _as_name(url_key(url))


def _as_name(key: str) -> str:
    """A key as the name of a page without a file; of one whose query ends as a file does, with a slash behind it."""
    return f"{key}/" if is_file(key) else key or "index"


def own_name(path: str) -> str:
    """What a file is called, or its folder if it is an index, as the last part of an address; without a date before it."""
    *folders, name = without_extension(path).lower().split("/")
    last = folders[-1] if name in FOLDER_NAMES and folders else name
    return undated(last)


def _by_last(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name -> the one thing that is called so."""
    found: dict[str, str] = {}
    twice = set()
    for last, thing in pairs:
        if last in found:
            twice.add(last)
        found[last] = thing
    return {last: thing for last, thing in found.items() if last not in twice}


def _listed(key: str, entry: Mention) -> Listed:
    """An entry, told by what is said in it."""
    said = repr(tuple(entry)).encode("utf-8", "surrogatepass")
    return Listed(key, len(said), int.from_bytes(blake2b(said, digest_size=7).digest()) | 1)


def _stamps(never: Patterns, files: Iterable[str]) -> str:
    """Files with their sizes and times; "" where one is not there, or may have changed within the time that file systems tell apart."""
    found = {}
    try:
        for path in files:
            about = os.stat(path)  # noqa: PTH116 - as its name was noted
            if time.time_ns() - about.st_mtime_ns < UNSETTLED:
                return ""
            found[path] = (about.st_size, about.st_mtime_ns)
    except OSError:
        return ""
    return json.dumps({"never": never.lines, "files": found})


def _of_entry(name: str, entry: Mention) -> Page:
    """A page of which only its address is known, and what a person wrote of it.

    Its date is the one in its address. The `lastmod` of a sitemap is none: it
    says when a page was changed, and a page that is older than a draft would
    be held for a younger one.
    """
    found = _DAY.search(entry.url)
    return Page(
        path=name,
        url=entry.url,
        title=entry.title or named(path_of(entry.url)),
        date=day_of("-".join(found.groups())) if found else None,
        anchors=entry.anchors,
        use_when=entry.use_when,
        hidden=entry.never,
    )


# ------------------------------------------------------------------ opening them


def open_source(
    path: str | os.PathLike[str],
    *,
    pages: str | os.PathLike[str] | None = None,
    catalogue: str | os.PathLike[str] | None = None,
    ignore: Iterable[str] = (),
    never: Patterns = NOTHING,
    preset: PresetChoice = "auto",
) -> Sources:
    """The pages at `path`: a folder, a sitemap, or a catalogue.

    `pages`: the folder of the pages that a sitemap names, as Markdown or built
    HTML. `catalogue`: what a person says of the pages. `ignore`: paths below
    the folder, with `/`, of what is left out. `never`: what is never
    suggested, by address or path. `preset`: the generator of the folder.
    Raises SiteError for what is not there; what is wrong in a file shows when it is read.
    """
    place = Path(path)
    kind = _kind(place)
    if kind == "catalogue" and catalogue is not None:
        message = "this is a catalogue already, and another one is named"
        raise SiteError("site-two-catalogues", message, hint="name the folder or the sitemap that it is of", path=str(place))
    listing = place if kind == "catalogue" else _catalogue(catalogue) if catalogue is not None else None
    home = place if kind == "folder" else _folder(pages) if pages is not None else None
    folder = Folder(home.resolve(), tuple(ignore), preset) if home else None
    if folder:
        folder = folder.of_any_kind()
    root = folder.root if folder else place.resolve().parent
    return Sources(root, folder, place if kind == "sitemap" else None, listing, never)


def _of_catalogue(path: Path, known: Mapping[str, Mention], base: str) -> dict[str, Mention]:
    """What a catalogue says, with the addresses as a sitemap has them, else without the path that the whole site is put below."""
    found = {}
    for said in read_catalogue(path):
        keys = [_as_name(one) for one in spellings(url_key(said.url), base)]
        key = next((key for key in keys if key in known), min(keys, key=len))
        listed = known.get(key)
        found[key] = Mention(listed.url if listed else said.url, said.title, said.anchors, said.use_when, said.never, listed is not None)
    return found


def _kind(path: Path) -> str:
    """Whether a path is a folder, a sitemap or a catalogue. Raises SiteError for what is none of them."""
    if path.is_dir():
        return "folder"
    name = _there(path).name.lower()
    if name.endswith(sitemap.ENDINGS):
        return "sitemap"
    if name.endswith(catalogues.ENDINGS):
        return "catalogue"
    raise SiteError("site-not-folder", "this is neither a folder, nor a sitemap, nor a catalogue", hint=HOW, path=str(path))


def _there(path: str | os.PathLike[str]) -> Path:
    place = Path(path)
    if not place.exists():
        raise SiteError("site-missing", "there is no such file or folder", hint=HOW, path=str(place))
    return place


def _catalogue(path: str | os.PathLike[str]) -> Path:
    place = _there(path)
    if place.is_dir() or not place.name.lower().endswith(catalogues.ENDINGS):
        hint = f"a catalogue is a file that ends in {', '.join(catalogues.ENDINGS)}"
        raise SiteError("catalogue-other", "this is no catalogue", hint=hint, path=str(place))
    return place


def _folder(path: str | os.PathLike[str]) -> Path:
    place = _there(path)
    if not place.is_dir():
        message = "this is a file, not the folder of the pages that a sitemap names"
        raise SiteError("site-not-folder", message, hint="name the folder that holds them", path=str(place))
    return place


def nothing_in(path: str | os.PathLike[str], source: Sources, skipped: tuple[Skipped, ...]) -> SiteError:
    """What is wrong where no page was found."""
    reason = f"; the first of {len(skipped)} that failed: {skipped[0].path}: {skipped[0].reason}" if skipped else ""
    what = (
        "it names no page"
        if source.sitemap or (source.catalogue and not source.folder)
        else "no Markdown pages in this folder, and none of HTML"
    )
    return SiteError("site-empty", f"{what}{reason}", hint=HOW, path=str(path))
