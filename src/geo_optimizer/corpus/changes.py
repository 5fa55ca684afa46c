"""Which lines have changed since a revision, as git tells it: a check can then speak of these alone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo_optimizer.errors import UsageError
from geo_optimizer.lazy import lazily
from geo_optimizer.report.result import Checked, Located

_HUNK = lazily(r"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")
_ESCAPE = lazily(r"\\(?:([0-7]{3})|(.))")
_DIFF = (
    *("-c", "core.quotePath=true", "diff", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--unified=0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/", "--find-renames", "--diff-filter=d"),
)
_EVERY_LINE = ((1, sys.maxsize),)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


@dataclass(frozen=True, slots=True)
class Changes:
    """Real path of a file -> its changed lines as ranges `[first, last]`; None where the whole file is new."""

    lines: Mapping[str, tuple[tuple[int, int], ...] | None]

    def has(self, path: Path) -> bool:
        return os.path.realpath(path) in self.lines

    def only(self, checked: Checked) -> Checked:
        """The findings that touch a changed line; those about a file as a whole if it is new."""
        ranges = self.lines.get(os.path.realpath(checked.path), ())
        if ranges is None:
            return checked
        return replace(checked, findings=tuple(found for found in checked.findings if not found.whole and _touches(found, ranges)))


def _touches(found: Located, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(found.start.line <= last and first <= found.end.line for first, last in ranges)


def changed_since(revision: str, folders: Iterable[Path]) -> Changes:
    """What differs in the work trees of the repositories around some folders from where their branches left `revision`.

    Untracked files are new. Raises UsageError where there is no git, no repository or no such revision.
    """
    lines: dict[str, tuple[tuple[int, int], ...] | None] = {}
    known: set[str] = set()
    for folder in folders:
        if _top_of(folder) in known:
            continue
        top = Path(_git(["rev-parse", "--show-toplevel"], folder).decode("utf-8", "surrogateescape").rstrip("\n"))
        known.add(os.path.realpath(top))
        lines.update(_changed_in(top, revision))
    return Changes(lines)


def _top_of(folder: Path) -> str | None:
    """The nearest folder that looks like the root of a repository: git is asked once for each."""
    real = Path(os.path.realpath(folder))
    return next((str(parent) for parent in (real, *real.parents) if (parent / ".git").exists()), None)


def _changed_in(top: Path, revision: str) -> Iterable[tuple[str, tuple[tuple[int, int], ...] | None]]:
    diff = _git([*_DIFF, _base(revision, top), "--"], top)
    yield from _changed(diff.decode("utf-8", "surrogateescape"), top)
    untracked = _git(["ls-files", "--others", "--exclude-standard", "-z"], top).decode("utf-8", "surrogateescape")
    yield from ((os.path.realpath(top / name), None) for name in untracked.split("\0") if name)


def _base(revision: str, top: Path) -> str:
    """The commit from which the branch at hand and `revision` went different ways; the revision itself without a common one."""
    found = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], top, quiet=True)
    if not found:
        raise UsageError(
            "unknown-revision",
            f"git knows no revision {revision!r}",
            hint="fetch it first; in CI, fetch the whole history (fetch-depth: 0)",
        )
    commit = found.decode("ascii").strip()
    return _git(["merge-base", commit, "HEAD"], top, quiet=True).decode("ascii").strip() or commit


def _git(arguments: Sequence[str], folder: Path, *, quiet: bool = False) -> bytes:
    """What git prints. Raises UsageError where it fails; with `quiet`, nothing is printed then."""
    import subprocess

    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607 - the user's own git
    except FileNotFoundError:
        raise UsageError("no-git", "git is not installed, and --changed-since asks it what has changed", hint="install git") from None
    if done.returncode and not quiet:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise UsageError(
            "no-repository", f"git cannot tell what has changed: {said}", hint="run it inside the repository", path=str(folder)
        )
    return b"" if done.returncode else done.stdout


def _changed(diff: str, top: Path) -> Iterable[tuple[str, tuple[tuple[int, int], ...] | None]]:
    """Each file of a diff without context, and its changed lines."""
    for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
        name = re.search(r"^\+\+\+ (?:\"b/(?P<quoted>(?:[^\"\\]|\\.)*)\"|b/(?P<plain>[^\t\n]*))", part, re.MULTILINE)
        if name is None:  # a binary file, a change of mode, a renamed file with the same text
            continue
        path = os.path.realpath(top / (_unquoted(name["quoted"]) if name["quoted"] is not None else name["plain"]))
        if re.search(r"^--- /dev/null", part, re.MULTILINE):
            yield path, None
        else:
            yield path, _EVERY_LINE if _has_other_lines(Path(path)) else tuple(_ranges(part))


def _has_other_lines(path: Path) -> bool:
    """Whether a file has line ends that git does not count: its numbers are not ours then."""
    try:
        return re.search(rb"\r(?!\n)", path.read_bytes()) is not None
    except OSError:  # it is told when it is checked
        return False


def _ranges(part: str) -> Iterable[tuple[int, int]]:
    """Changed lines; where lines are only gone, nothing is left to find anything in."""
    for line in part.split("\n"):
        if (hunk := _HUNK.match(line)) and (count := int(hunk["count"] or 1)):
            yield int(hunk["first"]), int(hunk["first"]) + count - 1


def _unquoted(name: str) -> str:
    """A name as git quotes it (C escapes, octal bytes)."""
    data = bytearray()
    at = 0
    for escape in _ESCAPE.finditer(name):
        data += name[at : escape.start()].encode("utf-8", "surrogateescape")
        data += bytes([int(escape[1], 8)]) if escape[1] else _ESCAPED.get(escape[2], escape[2]).encode()
        at = escape.end()
    return (data + name[at:].encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
