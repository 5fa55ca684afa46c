"""The seal of a site's index: what tells at its opening that it is as the last run that wrote it has left it.

See `store` for what it is good for.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from geo_optimizer.errors import FileError
from geo_optimizer.locks import locked

PATIENCE = 30.0  # seconds that a file is waited for while another run writes it
_SMALL = 16 << 20  # bytes of a file that is read at each opening, for its checksum: some hundredths of a second
_UNSEALED = "unsealed"  # where a file system does not keep the times that files are given
_DAY = 86_400


def seal_of_now() -> int:
    """A time of change, in nanoseconds, that no writing gives a file: a whole number of seconds (an even one, which all file systems keep), yesterday."""
    return (int(time.time()) // 2 * 2 - _DAY) * 10**9


def is_sealed(file: sqlite3.Connection, path: Path) -> bool:
    """Whether nothing was written into a file since it was sealed. Raises OSError."""
    found = file.execute("SELECT value FROM meta WHERE key = 'seal'").fetchone()
    return found is not None and (found[0] == _UNSEALED or (found[0] == str(path.stat().st_mtime_ns) and _is_whole(path)))


def is_sealed_below(path: Path) -> bool:
    """Whether a file is sealed but for what is in its log, which has checksums of SQLite's own. Raises sqlite3.Error, OSError."""
    with closing(_below(path)) as file:
        return is_sealed(file, path)


def _below(path: Path) -> sqlite3.Connection:
    """A connection that sees a file without its log."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


def _is_whole(path: Path) -> bool:
    """Whether a small file has the checksum that is kept beside it; of a large one that is not asked. Raises OSError."""
    with suppress(sqlite3.Error):
        return path.stat().st_size > _SMALL or (sum_of(path).exists() and sum_of(path).read_text(encoding="ascii") == _checksum(path))
    return False


def _checksum(path: Path) -> str:
    """Of all that is in a file. Read by SQLite: closing the file after another way of reading would undo the locks that SQLite has on it."""
    with closing(_below(path)) as file:
        return str(zlib.crc32(file.serialize()))


@contextmanager
def _at_once(file: sqlite3.Connection) -> Iterator[None]:
    """Within, nothing is waited for: whoever holds the lock of a file must not wait for one that writes it, and then waits for the lock."""
    file.execute("PRAGMA busy_timeout = 0").close()
    try:
        yield
    finally:
        file.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}").close()


def is_emptied(file: sqlite3.Connection) -> bool:
    """Whether all that is in the log could be brought into the file, and the log cut; not while another run reads or writes."""
    with _at_once(file):
        busy: int = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def seal(file: sqlite3.Connection, path: Path, number: int) -> None:
    """Seal a file, unless others write it, or read what it was before: the last of them does it. What fails here costs the next run its time."""
    with suppress(sqlite3.Error, OSError):
        if not is_emptied(file) or not is_at(path, number):
            return
        with _at_once(file):
            file.execute("BEGIN IMMEDIATE")
        try:
            found = file.execute("SELECT value FROM meta WHERE key = 'seal'").fetchone()
            if found and found[0] != _UNSEALED and not _is_given(path, int(found[0])):
                file.execute("UPDATE meta SET value = ? WHERE key = 'seal'", (_UNSEALED,))
        finally:
            file.execute("COMMIT")


def _is_given(path: Path, changed: int) -> bool:
    """Give a file a time of change, and a small one its checksum; whether it has kept the time."""
    if path.stat().st_size <= _SMALL:
        sum_of(path).write_text(_checksum(path), encoding="ascii")
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), changed))
    return path.stat().st_mtime_ns == changed


def is_at(path: Path, number: int) -> bool:
    """Whether the file at a path still is the one that was opened."""
    try:
        return path.stat().st_ino == number
    except OSError:
        return False


def leave(file: sqlite3.Connection, path: Path | None, number: int, pid: int) -> None:
    """Close a connection; what its reading kept another run from sealing is sealed."""
    if pid != os.getpid():
        return
    with suppress(sqlite3.Error, OSError, FileError):
        if file.in_transaction:
            file.execute("COMMIT")
        if path is not None and size_of(Path(f"{path}-wal")):
            with locked(lock_of(path), path):
                seal(file, path, number)
    with suppress(sqlite3.Error):
        file.close()


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def lock_of(path: Path) -> Path:
    """The file that is locked while an index is sealed or taken away; its time of change says when the index was last used."""
    return path.with_suffix(".lock")


def sum_of(path: Path) -> Path:
    """The file in which the checksum of a small index is kept."""
    return path.with_suffix(".sum")
