"""Writing: the old bytes or the new ones, whole, at any moment.

A write is a temporary file beside the target, flushed to the disk and renamed.
The temporary's name follows from the target's, so that the next write to the
same target finds and removes what a killed one has left; it is locked while it
is in use, and the system drops the lock with the process.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from geo_optimizer.corpus.attributes import take_over
from geo_optimizer.corpus.locks import try_lock
from geo_optimizer.errors import FileError

_SLOTS = 8  # temporaries of one target at a time: runs of several users, which no common lock keeps apart
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_OPEN = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def write_atomic(path: Path, data: bytes) -> tuple[str, ...]:
    """Replace the file that `path` leads to, whatever it holds. Raises FileError; the old file is then untouched."""
    if is_device(path):
        write_through(path, data)
        return ()
    with replacing(path, data) as new:
        return new.commit()


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
        """Put it in its place, and answer with what was lost."""
        if os.name == "nt":  # an open file cannot be renamed there
            self._file.close()
        self._temporary.replace(self.target)
        self._done = True
        _flush_folder(self.target.parent)
        return self.lost

    def give_up(self) -> None:
        """Remove the temporary unless it has become the target."""
        self._file.close()
        if not self._done:
            self._temporary.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, data: bytes, mode: int = 0o666) -> Iterator[Replacement]:
    """Bytes for the file that `path` leads to (through symlinks), ready for `commit`; without it, nothing is changed.

    A file that is replaced hands on its mode, owner, group and attributes as far
    as this user may give them; a new one gets `mode` without the umask's bits.
    Every OSError in the body, too, is raised as FileError.
    """
    try:
        target = real(path)
        old = _replaceable(target)
        with _temporary(target, 0o600 if old else mode) as (file, temporary):
            new = Replacement(target, (), file, temporary)
            try:
                _write_all(file, data)
                if old:
                    new.lost = tuple(f"{path}: {what}" for what in (*_links_cut(old), *take_over(file.fileno(), str(target), old)))
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
    if not os.access(target, os.W_OK):
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
    """A new file in the target's folder, open and locked. What killed runs have left of this target is removed."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    slots = [target.with_name(f".geo-optimizer-{name}.{n}.tmp") for n in range(_SLOTS)]
    free = [slot for slot in slots if _is_free(slot)]
    for slot in free:
        try:
            handle = os.open(slot, _OPEN | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            continue
        with suppress(OSError):  # no locks on this file system: the lock on the target, in the cache, keeps our runs apart
            try_lock(handle)
        with FileIO(handle, "wb") as file:  # no buffer: what did not fit on the disk must not be tried again on closing
            yield file, slot
        return
    raise FileError("busy", "other runs are writing it", hint="run again when they have ended", path=str(target))


def _is_free(slot: Path) -> bool:
    """Whether nothing is at this place, after removing a file that no running process holds."""
    try:
        handle = os.open(slot, _OPEN)
    except FileNotFoundError:
        return True
    except OSError:  # not ours, or in use
        return False
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode) or not _is_left(handle):
            return False
    finally:
        os.close(handle)
    try:
        slot.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _is_left(handle: int) -> bool:
    """Whether no process writes this file any more. Where there are no locks, nobody can tell, and it counts as left."""
    if sys.platform == "win32":  # a file in use cannot be removed there
        return True
    try:
        return try_lock(handle)
    except OSError:
        return True


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


def is_device(path: Path) -> bool:
    """A pipe or a device such as /dev/null: written to, never replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write_through(path: Path, data: bytes) -> None:
    """Write into a pipe or a device. Raises FileError."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> FileError:
    """Why a file could not be written, and the remedy."""
    why = (error.strerror or str(error)).lower()
    if error.errno == errno.ENOENT:
        why, remedy = "its folder is not there", "make it, or choose another place with -o"
    else:
        remedy = "make room, or choose another place with -o" if error.errno in _NO_ROOM else "choose another place with -o"
    return FileError("unwritable", f"it cannot be written: {why}", hint=f"nothing was changed; {remedy}", path=str(path))
