"""A folder of pages as the source of a site: Markdown and MDX, or pages as they were built."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from geo_optimizer.errors import DraftRefused
from geo_optimizer.presets import PresetChoice
from geo_optimizer.site import html_pages
from geo_optimizer.site.addresses import FOLDER_NAMES, Origin, without_extension
from geo_optimizer.site.pages import Page, Skipped, read_page
from geo_optimizer.site.permalinks import Permalinks, permalinks
from geo_optimizer.site.refresh import Listed

MARKDOWN = (".md", ".mdx", ".markdown")
_LARGEST = 10 << 20  # bytes of a page
_NO_PAGES = frozenset({"node_modules", "_site", "_includes", "_layouts", "_data", "dist", "build", "vendor", "venv"})
_OUR_OUTPUT = ".optimized.md"
UNSETTLED = 2_000_000_000  # nanoseconds within which a file may change again and keep its time: file systems round it, some to two seconds


class Judge(Protocol):
    """What of a folder is kept out of the project, asked from the top down: for each folder, what holds `within` it, by the names of its files."""

    def within(self, folder: str, names: set[str]) -> Judge: ...
    def has(self, path: str, *, folder: bool) -> bool: ...


@dataclass(frozen=True)
class Folder:
    """`root` is resolved. `ignore`: paths below it, with `/`, of pages or folders to leave out; `judge`: what else is left out.

    `preset`: the generator by whose rules the pages stand; auto: the one whose
    project the folder belongs to. `endings`: of the files that are pages.
    """

    root: Path
    ignore: tuple[str, ...] = ()
    preset: PresetChoice = "auto"
    endings: tuple[str, ...] = MARKDOWN
    judge: Judge | None = None

    @property
    def key(self) -> str:
        return "\0".join((str(self.root), *self.ignore))

    @property
    def told(self) -> str:
        return self.permalinks.told

    @property
    def origin(self) -> Origin:
        return self.permalinks.origin

    @property
    def seen(self) -> str:
        return ""

    def is_seen(self, _: str) -> bool:
        return False

    @property
    def passed_over(self) -> tuple[Skipped, ...]:
        """What of the project could not be read, and the folders that could not be looked into when its pages were listed."""
        trouble = (Skipped(*self.permalinks.trouble),) if self.permalinks.trouble else ()
        return (*trouble, *(Skipped(path, f"the folder cannot be read: {why}") for path, why in sorted(self._closed.items())))

    @cached_property
    def left_out(self) -> set[str]:
        """The folders and pages that were left out by the judge when pages were listed."""
        return set()

    @cached_property
    def _closed(self) -> dict[str, str]:
        """Folders that could not be looked into, and why."""
        return {}

    @cached_property
    def permalinks(self) -> Permalinks:
        return permalinks(self.root, self.preset)

    def of_any_kind(self) -> Folder:
        """With its built pages, if it has no Markdown."""
        return self if next(self._walked(), None) else replace(self, endings=html_pages.ENDINGS)

    def listed(self) -> list[Listed]:
        """Pages below the root in a fixed order, a folder's index before its other files."""
        return list(self._walked())

    def _walked(self) -> Iterator[Listed]:
        now = time.time_ns()
        self._closed.clear()
        self.left_out.clear()
        judges = {str(self.root): self.judge}
        for folder, folders, names in os.walk(self.root, onerror=self._note_closed):
            judge = judges.pop(folder)
            judge = judge.within(folder, set(names)) if judge else None
            folders[:] = sorted(name for name in folders if name not in _NO_PAGES and not name.startswith("."))
            folders[:] = [name for name in folders if not self._is_out(judge, f"{folder}{os.sep}{name}", folder=True)]
            judges.update((f"{folder}{os.sep}{name}", judge) for name in folders)
            base = Path(folder).relative_to(self.root).as_posix()
            for name in sorted(names, key=_index_first):
                path, place = readable(name if base == "." else f"{base}/{name}"), f"{folder}{os.sep}{name}"
                if self._is_page(name) and not self._is_ignored(path) and not self._is_out(judge, place, folder=False):
                    yield _listed(path, place, now)

    def _is_page(self, name: str) -> bool:
        return name.lower().endswith(self.endings) and not name.endswith(_OUR_OUTPUT)

    def _is_out(self, judge: Judge | None, place: str, *, folder: bool) -> bool:
        """Whether a page or folder is left out by the judge; if so, it is kept in mind."""
        if judge is None or not judge.has(place.replace(os.sep, "/"), folder=folder):
            return False
        self.left_out.add(os.path.relpath(place, self.root).replace(os.sep, "/"))
        return True

    def _note_closed(self, error: OSError) -> None:
        """Keep a folder that cannot be looked into; one that is gone meanwhile needs no mention."""
        if not isinstance(error, FileNotFoundError):
            self._closed[readable(os.path.relpath(error.filename, self.root))] = (error.strerror or str(error)).lower()

    def _is_ignored(self, path: str) -> bool:
        return any(path == out.strip("/") or path.startswith(out.strip("/") + "/") for out in self.ignore)

    def load(self, name: str) -> bytes:
        path = self.root / name
        if "\\x" in name and not path.exists():
            raise OSError(0, "its name is not UTF-8")
        if path.is_symlink() and not _resolved(path).is_relative_to(self.root):
            raise OSError(0, "a symbolic link that leaves the site")
        if not path.is_file() and path.exists():
            raise OSError(0, "no regular file")
        if path.stat().st_size > _LARGEST:
            raise OSError(0, f"larger than {_LARGEST >> 20} MiB")
        return path.read_bytes()

    def page(self, name: str, data: bytes) -> Page | Skipped:
        try:
            text = data.decode("utf-8")
            page = self._read(name, text)
        except UnicodeDecodeError:
            return Skipped(name, "not UTF-8 text")
        except DraftRefused as error:
            return Skipped(name, error.message)
        more = self.permalinks.leading_to((page.url, *page.aliases))
        return replace(page, aliases=tuple(dict.fromkeys((*page.aliases, *more)))) if more else page

    def _read(self, name: str, text: str) -> Page:
        if self.endings != MARKDOWN:
            return html_pages.read_html(name, text)
        return read_page(name, text, self.permalinks.url_of, self.permalinks.values_of)


def _resolved(path: Path) -> Path:
    """Where a symbolic link leads. Raises OSError for one that leads in a circle."""
    try:
        return path.resolve()
    except RuntimeError:  # before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


def readable(path: str) -> str:
    """A path with `\\xe9` for each byte of it that is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _index_first(name: str) -> tuple[int, str]:
    bare = without_extension(name).lower()
    return (FOLDER_NAMES.index(bare) if bare in FOLDER_NAMES else len(FOLDER_NAMES), name)


def _listed(path: str, place: str, now: int) -> Listed:
    try:
        found = os.stat(place)  # noqa: PTH116 - a hundred thousand, at each start
    except OSError:
        return Listed(path, 0, 0)
    settled = now - found.st_mtime_ns > UNSETTLED
    return Listed(path, found.st_size, found.st_mtime_ns if settled else 0)
