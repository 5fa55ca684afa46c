"""Which drafts are meant by what was named: files, folders, patterns; without what is ignored."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from geo_optimizer.corpus.files import DRAFT_SUFFIXES, OPTIMIZED, is_folder, is_output, is_there
from geo_optimizer.errors import FileError, UsageError
from geo_optimizer.patterns import Patterns, problem

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
IGNORE_FILES = (".gitignore", ".ignore", ".geo-optimizer-ignore")  # in the order in which they speak; what is said later counts more
_WILD = frozenset("*?[")


class Excluded(Protocol):
    """Whether the configuration leaves out a file, or a folder with all that is in it."""

    def __call__(self, path: str, *, folder: bool = False) -> bool: ...


@dataclass(slots=True)
class Found:
    """The drafts, each once, in order, and the files that were named but are excluded by the configuration."""

    drafts: list[str] = field(default_factory=list)
    excluded: list[Path] = field(default_factory=list)


def find_drafts(paths: Iterable[str], *, outside: Path | None = None, excluded: Excluded | None = None) -> list[Path]:
    """The drafts of `look_for`, where what is excluded needs no mention."""
    return [Path(path) for path in look_for(paths, outside=outside, excluded=excluded).drafts]


def look_for(paths: Iterable[str], *, outside: Path | None = None, excluded: Excluded | None = None) -> Found:
    """The files named, those that match a pattern, and the drafts in the folders named (but not in `outside`), each once, in order.

    In a folder, and behind a pattern, files that an ignore file of git or of
    this tool leaves out are left out; a file that is named is not, unless it is
    `excluded`. Raises UsageError for an output of this tool given as a draft,
    FileError where a folder or a pattern gives none; beside drafts that are
    there it stands for itself, and is told when it is read.
    """
    found = Found()
    seen: set[str] = set()
    beyond = os.path.realpath(outside) if outside else None
    failed: list[tuple[str, FileError]] = []
    for name in paths:
        try:
            for path, real in _meant(name, beyond, excluded, found):
                if real not in seen:
                    seen.add(real)
                    found.drafts.append(path)
        except FileError as error:
            failed.append((name, error))
            found.drafts.append(name)
    if failed and len(failed) == len(found.drafts):
        raise failed[0][1]
    return found


def _meant(name: str, beyond: str | None, excluded: Excluded | None, found: Found) -> Iterator[tuple[str, str]]:
    """The drafts that one argument means, each with its real path."""
    path = Path(name)
    if is_folder(path):
        yield from _some(
            _in_folder(path, beyond, excluded), name, "no Markdown file is in this folder", "name a folder with .md or .mdx files"
        )
    elif _WILD & set(name) and not is_there(path):
        yield from _some(_matching(name, beyond, excluded), name, "no Markdown file matches this pattern", "`**` stands for any folders")
    elif is_output(path):
        raise UsageError(
            "is-an-output", "this is an output of geo-optimize, not a draft", hint="name the draft it was made from", path=name
        )
    elif excluded and excluded(name):
        found.excluded.append(path)
    else:
        yield str(path), os.path.realpath(path)


def _some(drafts: Iterator[tuple[str, str]], name: str, otherwise: str, hint: str) -> Iterator[tuple[str, str]]:
    """All of them. Raises FileError where there is none."""
    first = next(drafts, None)
    if first is None:
        raise FileError("no-drafts", f"{otherwise} that is not ignored or excluded", hint=hint, path=name)
    yield first
    yield from drafts


def _matching(pattern: str, beyond: str | None, excluded: Excluded | None) -> Iterator[tuple[str, str]]:
    """The drafts that match a pattern, and those in folders that do. Raises UsageError for a pattern that is none."""
    parts = pattern.replace(os.sep, "/").split("/")
    fixed = next(n for n, part in enumerate(parts) if _WILD & set(part))
    rest = "/".join(parts[fixed:])
    if why := problem(rest):
        raise UsageError("bad-pattern", f"this pattern {why}", hint="`*`, `?`, `[abc]` and `**`", path=pattern)
    above = "/".join(parts[:fixed]) or ("/" if fixed else "")
    wanted, base = Patterns((f"/{rest}",)), f"{above.rstrip('/')}/" if above else ""
    if is_folder(Path(above or ".")):
        for path, real in _in_folder(Path(above or "."), beyond, excluded):
            if wanted.match(path.replace(os.sep, "/").removeprefix(base)):
                yield path, real


def _in_folder(folder: Path, beyond: str | None, excluded: Excluded | None) -> Iterator[tuple[str, str]]:
    ignored = _Ignored.above(folder)
    here = "./" if str(folder) == "." else ""  # which no path begins with
    for parent, names in _walk(str(folder), os.path.realpath(folder), ignored, _Left(beyond, excluded)):
        for name, real in names:
            path = os.path.join(parent, name)  # noqa: PTH118 - of thousands
            if not (excluded and excluded(path)):
                yield path.removeprefix(here), real


class _Left(NamedTuple):
    """Folders that are not looked into: the one outputs go to, and those that are excluded."""

    beyond: str | None
    excluded: Excluded | None

    def out(self, folder: str, real: str) -> bool:
        return real == self.beyond or (self.excluded is not None and self.excluded(folder, folder=True))


def _walk(folder: str, real: str, ignored: _Ignored, left: _Left) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each folder from here down, with the names and real paths of its drafts: its own first, then its folders', sorted."""
    if left.out(folder, real):
        return
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:  # it stands for what may be in it, and is told when it is read
        yield os.path.dirname(folder), [(os.path.basename(folder), real)]  # noqa: PTH119, PTH120
        return
    ignored = ignored.within(real, {entry.name for entry in entries})
    names = [
        (e.name, _real(e, real)) for e in entries if _is_draft(e.name) and e.is_file() and not ignored.has(f"{real}/{e.name}", folder=False)
    ]
    yield folder, names
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name in _SKIPPED_FOLDERS or not entry.is_dir(follow_symlinks=False):
            continue
        if not ignored.has(f"{real}/{name}", folder=True):
            yield from _walk(os.path.join(folder, name), f"{real}/{name}", ignored, left)  # noqa: PTH118


def _real(entry: os.DirEntry[str], folder: str) -> str:
    return os.path.realpath(entry.path) if entry.is_symlink() else f"{folder}/{entry.name}"


def _is_draft(name: str) -> bool:
    stem, _, _ = name.rpartition(".")
    return name.lower().endswith(DRAFT_SUFFIXES) and not name.startswith(".") and not stem.endswith(OPTIMIZED)


# ------------------------------------------------------------------ ignore files


class _Ignored(NamedTuple):
    """What ignore files say, from the repository's root down to a folder. git's own counts only inside a repository."""

    patterns: tuple[tuple[str, Patterns], ...] = ()
    in_repository: bool = False

    @classmethod
    def above(cls, folder: Path) -> _Ignored:
        """What is said above a folder. If that ignores the folder itself, it counts for nothing: the folder was named."""
        real = os.path.realpath(folder)
        chain = [real]
        while not is_there(Path(chain[-1], ".git")) and os.path.dirname(chain[-1]) != chain[-1]:  # noqa: PTH120
            chain.append(os.path.dirname(chain[-1]))  # noqa: PTH120
        inside = is_there(Path(chain[-1], ".git"))
        ignored = cls((), inside)
        for parent in reversed(chain[1:]) if inside else ():
            ignored = ignored.within(parent, {name for name in IGNORE_FILES if is_there(Path(parent, name))})
        return cls((), inside) if ignored.has(real, folder=True) else ignored

    def within(self, folder: str, names: set[str]) -> _Ignored:
        """With what the folder's own ignore files, if there are any among `names`, say."""
        here = [name for name in IGNORE_FILES if name in names and (self.in_repository or name != ".gitignore")]
        if not here:
            return self
        lines = tuple(line for name in here for line in _lines(Path(folder, name)) if not problem(line))
        return _Ignored((*self.patterns, (f"{folder.rstrip('/')}/", Patterns(lines))), self.in_repository)

    def has(self, path: str, *, folder: bool) -> bool:
        """Whether the nearest ignore file that speaks of a path leaves it out."""
        for base, patterns in reversed(self.patterns):
            if path.startswith(base) and (said := patterns.said(path[len(base) :], folder=folder)) is not None:
                return said
        return False


class LeftOut(NamedTuple):
    """What ignore files and the configuration leave out of a folder that is looked through from the top down (see `left_out_of`)."""

    ignored: _Ignored
    excluded: Excluded | None

    def within(self, folder: str, names: set[str]) -> LeftOut:
        """With what the ignore files in a folder, if there are any among `names`, say."""
        return LeftOut(self.ignored.within(folder, names), self.excluded)

    def has(self, path: str, *, folder: bool) -> bool:
        """Whether a file, or a folder with all that is in it, is left out."""
        return self.ignored.has(path, folder=folder) or (self.excluded is not None and self.excluded(path, folder=folder))


def left_out_of(folder: Path, excluded: Excluded) -> LeftOut:
    """What is left out of a folder that was named. What leaves out the folder itself, or all that is in it, counts for nothing."""
    real = os.path.realpath(folder)
    whole = excluded(real, folder=True) or excluded(os.path.join(real, "-"))  # noqa: PTH118 - a name that only `*` fits
    return LeftOut(_Ignored.above(folder), None if whole else excluded)


def _lines(path: Path) -> list[str]:
    """The lines of an ignore file. Raises FileError where it cannot be read: what it says would be passed over."""
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise FileError("unreadable", f"this ignore file cannot be read: {why}", hint="check its permissions", path=str(path)) from None
    lines = (line.rstrip("\r") for line in text.split("\n"))
    return [re.sub(r"(?<!\\)[ \t]+$", "", line) for line in lines if not line.startswith("#")]
