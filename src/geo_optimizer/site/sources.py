"""Where the pages of a site come from: a folder of them, its sitemap, a catalogue that a person keeps, or several of these.

    source = open_source("public/sitemap.xml", pages="content", catalogue="links.csv")
    for one in source.listed():
        page = source.page(one.name, source.load(one.name))

Of what is listed, only what has changed since needs to be loaded: a file is
told by its size and time, an address of a sitemap or catalogue by what is
said of it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from geo_optimizer.analysis.dates import day_of
from geo_optimizer.errors import DraftRefused, SiteError
from geo_optimizer.lazy import lazily
from geo_optimizer.patterns import Patterns
from geo_optimizer.presets import PresetChoice
from geo_optimizer.site import catalogue as catalogues
from geo_optimizer.site import html_pages, sitemap
from geo_optimizer.site.addresses import FOLDER_NAMES, url_key, without_extension
from geo_optimizer.site.catalogue import read_catalogue
from geo_optimizer.site.pages import Page, Skipped, named, read_page
from geo_optimizer.site.permalinks import Permalinks, permalinks
from geo_optimizer.site.sitemap import Sitemap

NOTHING = Patterns()
MARKDOWN = (".md", ".mdx", ".markdown")
HOW = "give --site the folder of the site's pages, its sitemap.xml, or a catalogue of its pages (.csv, .yaml, .toml)"
_NO_PAGES = frozenset({"node_modules", "_site", "_includes", "_layouts", "_data", "dist", "build", "vendor", "venv"})
_OUR_OUTPUT = ".optimized.md"
_LARGEST = 10 << 20  # bytes of a page
_NO_PATH = lazily(r"^[a-z][a-z0-9+.-]*://[^/?#]*|[?#].*$", re.IGNORECASE)
_DATED = lazily(r"^\d{4}-\d{2}-\d{2}-")
_DAY = lazily(r"/(\d{4})/(\d{2})/(\d{2})/")


class Listed(NamedTuple):
    """What a page is read from: its name, and what tells that it has not changed (of a file its size and time in nanoseconds)."""

    name: str
    size: int
    changed: int


class Entry(NamedTuple):
    """What a sitemap and a catalogue say of one page. `listed`: the sitemap has it."""

    url: str
    title: str = ""
    anchors: tuple[str, ...] = ()
    use_when: str = ""
    never: bool = False
    listed: bool = False


# ------------------------------------------------------------------ a folder


class Folder:
    """The pages in a folder: its Markdown or, with `html`, its built pages if it has no Markdown."""

    def __init__(self, root: Path, ignore: Iterable[str] = (), preset: PresetChoice = "auto", *, html: bool = False) -> None:
        self.root = root.resolve()
        self.ignore = tuple(ignore)
        self.preset = preset
        self.endings = html_pages.ENDINGS if html and next(files_of(self.root, self.ignore), None) is None else MARKDOWN

    @cached_property
    def permalinks(self) -> Permalinks:
        return permalinks(self.root, self.preset)

    def listed(self) -> Iterator[Listed]:
        for name in files_of(self.root, self.ignore, self.endings):
            try:
                found = (self.root / name).stat()
            except OSError:  # it is told when the file is loaded
                yield Listed(name, 0, 0)
            else:
                yield Listed(name, found.st_size, found.st_mtime_ns)

    def load(self, name: str) -> bytes:
        """A file's bytes. Raises OSError, whose `strerror` says why."""
        path = self.root / name
        if path.is_symlink() and not path.resolve().is_relative_to(self.root):
            raise OSError(errno.EXDEV, "a symbolic link that leaves the site")
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "no regular file")
        if found.st_size > _LARGEST:
            raise OSError(errno.EFBIG, f"larger than {_LARGEST >> 20} MiB")
        return path.read_bytes()

    def page(self, name: str, data: bytes) -> Page | Skipped:
        try:
            text = data.decode("utf-8")
            address = self.permalinks.url_of
            page = read_page(name, text, address) if self.endings == MARKDOWN else html_pages.read_html(name, text, _as_built)
        except UnicodeDecodeError:
            return Skipped(name, "not UTF-8 text")
        except DraftRefused as error:
            return Skipped(name, error.message)
        more = self.permalinks.redirects.get(url_key(page.url), ())
        return replace(page, aliases=tuple(dict.fromkeys((*page.aliases, *more)))) if more else page


def _as_built(path: str, _: object) -> str:
    """Where a built page stands: at its own path, an index at its folder's."""
    folder, _, name = path.rpartition("/")
    place = f"/{folder}/" if folder else "/"
    return place if name.lower() in ("index.html", "index.htm") else place + name


def files_of(root: Path, ignore: Iterable[str] = (), endings: tuple[str, ...] = MARKDOWN) -> Iterator[str]:
    """Pages below the root in a fixed order, a folder's index before its other files."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _NO_PAGES and not name.startswith("."))
        base = Path(folder).relative_to(root).as_posix()
        for name in sorted(names, key=_index_first):
            path = name if base == "." else f"{base}/{name}"
            if name.lower().endswith(endings) and not name.endswith(_OUR_OUTPUT) and not _is_ignored(path, ignore):
                yield path


def _index_first(name: str) -> tuple[int, str]:
    bare = without_extension(name).lower()
    return (FOLDER_NAMES.index(bare) if bare in FOLDER_NAMES else len(FOLDER_NAMES), name)


def _is_ignored(path: str, ignore: Iterable[str]) -> bool:
    return any(path == out.strip("/") or path.startswith(out.strip("/") + "/") for out in ignore)


# ------------------------------------------------------------------ all of them


class Source:
    """The pages of a folder, of a sitemap and of a catalogue together; each of the three may be missing.

    A file's page has what the others say of its address. What no file is
    found for is a page of its own, behind those of files: its name is its
    address as a key, which no file has. `read_from`: the files of the sitemap
    and the catalogue.
    """

    def __init__(
        self,
        root: Path,
        folder: Folder | None,
        entries: Mapping[str, Entry],
        *,
        skipped: tuple[Skipped, ...] = (),
        never: Patterns = NOTHING,
        read_from: tuple[Path, ...] = (),
    ) -> None:
        self.root = root
        self.folder = folder
        self.entries = entries
        self.read_from = read_from
        self.never = never
        self._skipped = skipped
        self._mapped = any(entry.listed for entry in entries.values())

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What the sitemap names and is left out, and what of the project could not be read."""
        trouble = self.folder.permalinks.trouble if self.folder else None
        return (*self._skipped, *([Skipped(*trouble)] if trouble else ()))

    @cached_property
    def told(self) -> str:
        """A digest of all that a page depends on beside its own file: where it differs, every page may."""
        digest = blake2b("\0".join(self.never.lines).encode(), digest_size=16)
        if self.folder:
            digest.update(repr((self.folder.ignore, self.folder.endings, self.folder.permalinks.told)).encode())
            for key, entry in self.entries.items():
                digest.update(repr((key, *entry)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def listed(self) -> list[Listed]:
        """All there are; of two with one address, the first is the page."""
        files = list(self.folder.listed()) if self.folder else []
        return [*files, *(_stamp(key, entry) for key, entry in self.entries.items())]

    def is_file(self, name: str) -> bool:
        """Whether a page has a file of its own. One that has none gives way to a file with its address, of which nothing is to be said."""
        return name not in self.entries

    def load(self, name: str) -> bytes:
        """What a page is made of. Raises OSError."""
        if (entry := self.entries.get(name)) is not None:
            return repr(tuple(entry)).encode("utf-8", "surrogatepass")
        if self.folder is None:
            raise FileNotFoundError(errno.ENOENT, "no such page")
        return self.folder.load(name)

    def page(self, name: str, data: bytes) -> Page | Skipped:
        """A page, or why it is none."""
        if (entry := self.entries.get(name)) is not None:
            return self._closed(_of_entry(name, entry))
        found = self.folder.page(name, data) if self.folder else Skipped(name, "no such page")
        return found if isinstance(found, Skipped) else self._closed(self._with_entry(found))

    def _with_entry(self, page: Page) -> Page:
        """A file's page with what is said of its address; where there is a sitemap that does not have it, it is hidden."""
        entry = self.entries.get(key_of(page.url)) or self._by_name.get(page.path)
        if entry is None:
            return replace(page, hidden=True) if self._mapped else page
        return replace(
            page,
            url=entry.url if entry.listed else page.url,
            title=entry.title or page.title,
            anchors=entry.anchors,
            use_when=entry.use_when,
            hidden=page.hidden or entry.never,
        )

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        """File -> the address in the sitemap that ends as the file is called, where the name is more than a word and nothing else's.

        Where no generator is known, its rules are not either; the sitemap then says where a page stands.
        """
        files = (
            _by_last((_own_name(name), name) for name in files_of(self.folder.root, self.folder.ignore, self.folder.endings))
            if self.folder
            else {}
        )
        ends = _by_last((key.rpartition("/")[2], key) for key in self.entries)
        return {files[last]: self.entries[key] for last, key in ends.items() if "-" in last and last in files and self.entries[key].listed}

    def _closed(self, page: Page) -> Page:
        """Hidden, if it is one of those that are never to be suggested."""
        if self.never.lines and any(self.never.match(path) for path in (_path_of(page.url), page.path) if path):
            return replace(page, hidden=True)
        return page


def key_of(url: str) -> str:
    """The name of a page that has no file: its address as a key, that of the home page "index"."""
    return url_key(url) or "index"


def _path_of(url: str) -> str:
    """The path of an address, as text, without slashes around it."""
    return unquote(_NO_PATH.sub("", url)).strip("/")


def _own_name(path: str) -> str:
    """What a file is called, or its folder if it is an index, as the last part of an address; without a date before it."""
    *folders, name = without_extension(path).lower().split("/")
    last = folders[-1] if name in FOLDER_NAMES and folders else name
    return _DATED.sub("", last)


def _by_last(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name -> the one thing that is called so."""
    found: dict[str, str] = {}
    twice = set()
    for last, thing in pairs:
        if last in found:
            twice.add(last)
        found[last] = thing
    return {last: thing for last, thing in found.items() if last not in twice}


def _stamp(key: str, entry: Entry) -> Listed:
    said = repr(tuple(entry)).encode("utf-8", "surrogatepass")
    return Listed(key, len(said), int.from_bytes(blake2b(said, digest_size=7).digest()) | 1)


def _of_entry(name: str, entry: Entry) -> Page:
    """A page of which only its address is known, and what a person wrote of it.

    Its date is the one in its address. The `lastmod` of a sitemap is none: it
    says when a page was changed, and a page that is older than a draft would
    be held for a younger one.
    """
    found = _DAY.search(entry.url)
    return Page(
        path=name,
        url=entry.url,
        title=entry.title or named(_path_of(entry.url)),
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
) -> Source:
    """The pages at `path`: a folder, a sitemap, or a catalogue.

    `pages`: the folder of the pages that a sitemap names, as Markdown or built
    HTML. `catalogue`: what a person says of the pages. `ignore`: paths below
    the folder, with `/`, of what is left out. `never`: what is never
    suggested, by address or path. `preset`: the generator of the folder.
    Raises SiteError for what is not there, or cannot be read.
    """
    place = Path(path)
    kind = _kind(place)
    if kind == "catalogue" and catalogue is not None:
        message = "this is a catalogue already, and another one is named"
        raise SiteError("site-two-catalogues", message, hint="name the folder or the sitemap that it is of", path=str(place))
    found = Sitemap(place) if kind == "sitemap" else None
    entries = {key: Entry(one.url, listed=True) for one in found.entries() for key in [key_of(one.url)]} if found else {}
    listing = place if kind == "catalogue" else _there(catalogue) if catalogue is not None else None
    if listing is not None:
        entries = {**entries, **_of_catalogue(listing, entries)}
    home = place if kind == "folder" else _folder(pages) if pages is not None else None
    folder = Folder(home, ignore, preset, html=kind != "folder") if home else None
    root = folder.root if folder else place.resolve().parent
    read_from = (*(found.files if found else ()), *([listing] if listing else ()))
    return Source(root, folder, entries, skipped=tuple(found.skipped) if found else (), never=never, read_from=read_from)


def _of_catalogue(path: Path, known: Mapping[str, Entry]) -> dict[str, Entry]:
    if not path.name.lower().endswith(catalogues.ENDINGS):
        hint = f"a catalogue ends in {', '.join(catalogues.ENDINGS)}"
        raise SiteError("catalogue-other", "this is no catalogue", hint=hint, path=str(path))
    found = {}
    for said in read_catalogue(path):
        key = key_of(said.url)
        listed = known.get(key)
        found[key] = Entry(listed.url if listed else said.url, said.title, said.anchors, said.use_when, said.never, listed is not None)
    return found


def _kind(path: Path) -> str:
    """Whether a path is a folder, a sitemap or a catalogue. Raises SiteError for what is none of them."""
    if path.is_dir():
        return "folder"
    _there(path)
    name = path.name.lower()
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


def _folder(path: str | os.PathLike[str]) -> Path:
    place = _there(path)
    if not place.is_dir():
        message = "this is a file, not the folder of the pages that a sitemap names"
        raise SiteError("site-not-folder", message, hint="name the folder that holds them", path=str(place))
    return place


def nothing_in(path: str | os.PathLike[str], source: Source, skipped: tuple[Skipped, ...]) -> SiteError:
    """What is wrong where no page was found."""
    reason = f"; the first of {len(skipped)} that failed: {skipped[0].path}: {skipped[0].reason}" if skipped else ""
    what = "no Markdown pages in this folder" if source.folder and not source.entries else "it names no page"
    return SiteError("site-empty", f"{what}{reason}", hint=HOW, path=str(path))
