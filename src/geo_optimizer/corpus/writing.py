"""Writing: the old bytes or the new ones, whole, at any moment.

A write is a temporary file beside the target, flushed to the disk and renamed.
The temporary has one of eight names, its slot, which follow from the target's
name, so that the next write to the same target finds and removes what a killed
one has left. Whose a slot is, the lock on the file in it says, which the system
drops with the process:

- A file comes into a slot only where there is none (O_EXCL), and is locked
  before anything is written. Until then any other run may take it for left.
- Out of a slot (removed, or renamed to the target) a file is taken only by who
  holds its lock, and has seen after locking that it is still the file in this
  slot; the lock is kept until it is out.

So the file in a slot is, from its lock to its rename, the one that its writer
has open, whoever else writes. Where the system has no locks, a file in a slot
is left alone until it is an hour old.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from geo_optimizer.corpus.attributes import take_access, take_over
from geo_optimizer.errors import FileError
from geo_optimizer.locks import try_lock

_SLOTS = 8  # temporaries of one target at a time: runs of several users, which no common lock keeps apart
_ROUNDS = 8  # attempts at all slots; one fails where another run looks at a new file before it is locked
_SURELY_LEFT = 3600.0  # seconds since the last byte was written; a write takes a few hundredths of one
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_OPEN = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(slots=True)
class Replacement:
    """A file that is written and flushed, but not yet in its place. `lost`: what of the old file could not be kept, in words."""

    target: Path
    lost: tuple[str, ...]
    _file: FileIO
    _temporary: Path
    _done: bool = False

    def current(self) -> bytes | None:
        """What the target holds at this moment; None if there is no such file."""
        try:
            return self.target.read_bytes()
        except FileNotFoundError:
            return None

    def commit(self) -> tuple[str, ...]:
        """Put it in its place, and answer with what was lost. Raises FileError where the temporary is not there any more."""
        if not _is_in(self._temporary, self._file.fileno()):
            raise FileError(
                "unwritable",
                "another program has removed the new text before it was in its place",
                hint="nothing was changed; run again",
                path=str(self.target),
            )
        if os.name == "nt":  # an open file cannot be renamed there
            self._file.close()
        self._temporary.replace(self.target)
        self._done = True
        _flush_folder(self.target.parent)
        return self.lost

    def give_up(self) -> None:
        """Remove the temporary unless it has become the target; under its lock, so that it cannot be another run's by now."""
        if os.name == "nt":  # an open file cannot be removed there, nor one that another run has open
            self._file.close()
            if not self._done:
                _remove(self._temporary)
        elif not self._file.closed:
            if _is_in(self._temporary, self._file.fileno()):
                self._temporary.unlink(missing_ok=True)
            self._file.close()


@contextmanager
def replacing(path: Path, data: bytes, draft: Path | None = None) -> Iterator[Replacement]:
    """Bytes for the file that `path` leads to (through symlinks), ready for `commit`; without it, nothing is changed.

    A file that is replaced hands on its mode, owner, group and attributes as far
    as this user may give them. A new one is open to those to whom `draft` is, or
    where there is none, to whom the umask leaves it open.
    Every OSError in the body, too, is raised as FileError.
    """
    try:
        target = real(path)
        old = _replaceable(target)
        with _temporary(target, 0o600 if old or draft else 0o666) as (file, temporary):
            new = Replacement(target, (), file, temporary)
            try:
                _write_all(file, data)
                if old:
                    new.lost = tuple(f"{path}: {what}" for what in (*_links_cut(old), *take_over(file.fileno(), str(target), old)))
                elif draft:
                    take_access(file.fileno(), str(draft))
                os.fsync(file.fileno())
                yield new
            finally:
                new.give_up()
    except OSError as error:
        raise unwritable(path, error) from None


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def real(path: Path) -> Path:
    """The file that `path` leads to. Raises OSError for links that lead in a circle."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def _replaceable(target: Path) -> os.stat_result | None:
    """The file that is there; None if there is none. Raises OSError for a folder and for a file that is read-only."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not old.st_mode & _WRITABLE or not os.access(target, os.W_OK):  # root may write whatever the mode says
        raise PermissionError(errno.EACCES, "the file is read-only")
    return old


def _links_cut(old: os.stat_result) -> tuple[str, ...]:
    """A renamed file is a new one. Writing into the old one would keep its other names, but could leave half a text."""
    if (others := old.st_nlink - 1) < 1:
        return ()
    if others == 1:
        return ("1 other name of the file (hard link) still holds the old text",)
    return (f"{others} other names of the file (hard links) still hold the old text",)


@contextmanager
def _temporary(target: Path, mode: int) -> Iterator[tuple[FileIO, Path]]:
    """A new file in the target's folder, open and locked. What killed runs have left of this target is removed.

    Raises FileError where all slots are other runs'.
    """
    handle, slot = _taken(target, mode)
    with FileIO(handle, "wb") as file:  # no buffer: what did not fit on the disk must not be tried again on closing
        yield file, slot


def _taken(target: Path, mode: int) -> tuple[int, Path]:
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    slots = [target.with_name(f".geo-optimizer-{name}.{n}.tmp") for n in range(_SLOTS)]
    for _ in range(_ROUNDS):
        for slot in [slot for slot in slots if _is_free(slot)]:
            if (handle := _new(slot, mode)) is not None:
                return handle, slot
    raise FileError("busy", "other runs are writing it", hint="run again when they have ended", path=str(target))


def _new(slot: Path, mode: int) -> int | None:
    """A new file in this slot, locked; None if another run has put one there, or has taken ours for left before it was locked."""
    try:
        handle = os.open(slot, _OPEN | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return None
    if _lock(handle) is not False and _is_in(slot, handle):
        return handle
    os.close(handle)
    return None


def _is_free(slot: Path) -> bool:
    """Whether nothing is in this slot, after removing a file that no running process holds."""
    if sys.platform == "win32":  # a file in use cannot be removed there, and one that we have opened to ask is in use
        return _remove(slot)
    try:
        handle = os.open(slot, _OPEN)
    except FileNotFoundError:
        return True
    except OSError:  # not ours, or in use
        return False
    try:
        return stat.S_ISREG(os.fstat(handle).st_mode) and _is_left(handle) and _is_in(slot, handle) and _remove(slot)
    finally:
        os.close(handle)


def _remove(slot: Path) -> bool:
    try:
        slot.unlink(missing_ok=True)
    except OSError:  # in use, or in a folder where each may only remove what is his
        return False
    return True


def _is_in(slot: Path, handle: int) -> bool:
    """Whether the open file is the one that is in this slot now."""
    try:
        there = slot.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(handle), there)


def _is_left(handle: int) -> bool:
    """Whether no process writes this file any more; it is then locked for us."""
    locked = _lock(handle)
    return time.time() - os.fstat(handle).st_mtime > _SURELY_LEFT if locked is None else locked


def _lock(handle: int) -> bool | None:
    """As `try_lock`; None where the file system has no locks."""
    try:
        return try_lock(handle)
    except OSError:
        return None


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut. The file is whole either way, so a system that cannot do it is no failure."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_through(path: Path, data: bytes) -> None:
    """Write into a pipe or a device. Raises FileError."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> FileError:
    """Why a file could not be written, and the remedy."""
    why = (error.strerror or str(error)).lower()
    if error.errno == errno.ENOENT and not Path(os.path.realpath(path)).parent.is_dir():
        why, remedy = "its folder is not there", "make it, or choose another place"
    else:
        remedy = "make room, or choose another place" if error.errno in _NO_ROOM else "choose another place"
    return FileError("unwritable", f"it cannot be written: {why}", hint=f"nothing was changed; {remedy}", path=str(path))
