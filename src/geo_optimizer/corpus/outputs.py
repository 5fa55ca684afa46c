"""Our own outputs: written under a lock, and known again, so that an editor's work is never overwritten.

The memory is in the user's cache: 256 small files of lines `PLACE HASH [HASH]`,
where PLACE is a hash of the output's path and HASH of its bytes. Before an
output is put in its place, the hash of the new bytes is noted beside that of
the old ones; afterwards the new one alone. So a run that is killed between the
two leaves a file that is known either way, and an edited file is never known.
The lock of a target is that of its file in the memory.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo_optimizer.corpus.files import is_device
from geo_optimizer.corpus.writing import real, replacing, unwritable, write_through
from geo_optimizer.errors import FileError
from geo_optimizer.folders import cache_dir
from geo_optimizer.lazy import lazily
from geo_optimizer.locks import locked

_REMEMBERED = 256  # outputs in one file of the memory; with 256 files, 65,536 outputs in about 7 MB
_LINE = lazily(r"([0-9a-f]{32})((?: [0-9a-f]{64}){1,2})")


def write_draft(path: Path, source: str, output: str) -> tuple[str, ...]:
    """Change a draft in place, if it still holds `source`. Answers with what the user should hear.

    Raises FileError where it was changed or removed meanwhile and does not
    hold `output` already, and where it cannot be written.
    """
    data = output.encode("utf-8")
    with _held(path) as memory, replacing(path, data) as new:
        current = new.current()
        if current == data:
            return ()
        if current != source.encode("utf-8"):
            what = "removed" if current is None else "changed"
            raise FileError("changed-meanwhile", f"the draft was {what} while it was read", hint="run again", path=str(path))
        return (*new.commit(), *memory.warnings("two runs at once cannot take turns"))


def write_output(path: Path, output: str, *, draft: Path | None = None, force: bool = False) -> tuple[str, ...]:
    """Write an output; a new file is open to nobody to whom its `draft` is not. Answers with what the user should hear.

    Raises FileError where the file that is there is not one that we wrote (unless
    `force`), and where it cannot be written.
    """
    _check_there(draft)
    data = output.encode("utf-8")
    if is_device(path):
        write_through(path, data)
        return ()
    with _held(path) as memory, replacing(path, data, None if draft is None or is_device(draft) else draft) as new:
        current = new.current()
        known = memory.known()
        had = _digest(current) if current is not None else ""
        if current not in (None, data) and had not in known and not force:
            raise FileError(
                "output-edited",
                "it was edited since it was written, or is not ours",
                hint="--force overwrites it, -o names another",
                path=str(path),
            )
        memory.note(_digest(data), *(had,) * (had in known))
        said = new.commit()
        memory.note(_digest(data))
        return (*said, *memory.warnings("the next run will ask for --force"))


def write_atomic(path: Path, data: bytes) -> tuple[str, ...]:
    """Replace the file that `path` leads to, whatever it holds. Raises FileError; the old file is then untouched."""
    if is_device(path):
        write_through(path, data)
        return ()
    with _held(path), replacing(path, data) as new:
        return new.commit()


def _check_there(draft: Path | None) -> None:
    if draft is not None and not draft.exists():
        raise FileError("changed-meanwhile", "the draft was removed while it was read", hint="run again", path=str(draft))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ------------------------------------------------------------------ the memory


@dataclass(slots=True)
class _Memory:
    """What is known of one output. `file` is None, and `trouble` says why, where the cache cannot be used."""

    place: str
    file: Path | None = None
    trouble: str = ""

    def warnings(self, consequence: str) -> tuple[str, ...]:
        """One line for a cache that cannot be used, and what follows from that."""
        if not self.trouble:
            return ()
        return (f"the cache cannot be used ({self.trouble}), so {consequence}; GEO_OPTIMIZER_CACHE names another folder",)

    def known(self) -> tuple[str, ...]:
        """The hashes of what we wrote there; two after a run that was killed."""
        return self._lines().get(self.place, ())

    def note(self, *hashes: str) -> None:
        """Note what the output holds, or may hold. Outputs that were not written for the longest time are forgotten."""
        if self.file is None:
            return
        try:
            lines = self._lines()
            lines.pop(self.place, None)
            kept = [*list(lines.items())[-(_REMEMBERED - 1) :], (self.place, hashes)]
            temporary = self.file.with_suffix(".tmp")
            temporary.write_text("".join(" ".join((place, *known)) + "\n" for place, known in kept), encoding="ascii")
            temporary.replace(self.file)
        except OSError as error:
            self.trouble = _reason(error)

    def _lines(self) -> dict[str, tuple[str, ...]]:
        """The file of the memory; a line that is damaged is as good as none."""
        if self.file is None:
            return {}
        try:
            text = self.file.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.trouble = _reason(error)
            return {}
        return {found[1]: tuple(found[2].split()) for line in text.split("\n") if (found := _LINE.fullmatch(line))}


@contextmanager
def _held(path: Path) -> Iterator[_Memory]:
    """The memory of the file that `path` leads to, under its lock. Without a cache, neither; each write is whole all the same."""
    try:
        target = real(path)
    except OSError as error:
        raise unwritable(path, error) from None
    memory = _Memory(hashlib.sha256(os.fsencode(target)).hexdigest()[:32])
    with ExitStack() as stack:
        try:
            folder = cache_dir() / "outputs"
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder / f"{memory.place[:2]}.lock", path))
            memory.file = folder / memory.place[:2]
        except (OSError, RuntimeError) as error:
            memory.trouble = _reason(error)
        yield memory


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower().rstrip(".")
