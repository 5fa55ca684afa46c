"""The SQLite file in which the pages of a site are kept between runs, and how it is opened, shared and mended.

One file a site, in the user's cache folder (a site may lie where nothing can
be written). Write-ahead logging lets runs read while another one refreshes;
a run sees the site as it was when it began to read. What is wrong with the
file (damage, another version, a folder that cannot be written) costs the time
to read the pages again, never a suggestion.

A file that was written to its end is sealed: its time of change is set to one
that is noted in it and that no writing gives it. Whatever is written into it
later, cut off or put in its place shows at the next opening without a byte
being read, and the index is made anew. Not seen in this way is what changes
beneath the file system (a failing disk), or in a file while runs have it open.
In a small file the former shows by a checksum of it all, which is kept beside
it. Of the rest, SQLite and the checksums of packed texts find a part, which
ends the run with an error and takes the file away; what is left is not found.
"""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from geo_optimizer.errors import FileError
from geo_optimizer.folders import cache_dir
from geo_optimizer.locks import locked
from geo_optimizer.site.seal import (
    PATIENCE,
    is_at,
    is_emptied,
    is_sealed,
    is_sealed_below,
    leave,
    lock_of,
    seal,
    seal_of_now,
    size_of,
    sum_of,
)

Row = tuple[Any, ...]
T = TypeVar("T")
D = TypeVar("D")

_FOLDER = "sites"
_MEMORY = 65_536  # KiB of the file that are kept in memory at most; with SQLite's own 2 MiB a large site's indexes are read over and over
_AT_ONCE = 500  # values in one question; SQLite takes 999 at least
_MOST_FILES, _MOST_BYTES, _DAYS = 50, 4 << 30, 60  # of the indexes that are kept, and for how long without use
_DAY = 86_400
# Of SQLite's errors, those that come of the place where a file is (held, full, not to be written) and say nothing of what is in it.
_OF_THE_PLACE = frozenset(
    {
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_ABORT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_AUTH),
    }
)
DAMAGED = (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, LookupError, AssertionError)  # what comes of reading a damaged file
_CODE = ("site", "markdown/frontmatter", "analysis/words.py", "analysis/closing.py", "analysis/dates.py", "generator.py", "presets.py")
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, digest BLOB, page INTEGER, reason TEXT, url TEXT, url_key TEXT
) WITHOUT ROWID;
CREATE INDEX file_page ON file (page);
CREATE INDEX file_url ON file (url_key) WHERE page IS NULL;
CREATE TABLE page (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL, path_key TEXT NOT NULL, name TEXT NOT NULL,
    folder TEXT NOT NULL, title TEXT NOT NULL, title_said TEXT NOT NULL, description TEXT NOT NULL, description_said TEXT NOT NULL,
    date TEXT, hidden INTEGER NOT NULL, rest TEXT NOT NULL, words INTEGER NOT NULL, stems BLOB NOT NULL, called TEXT NOT NULL, gist BLOB NOT NULL
);
CREATE UNIQUE INDEX page_path ON page (path);
CREATE INDEX page_url ON page (url_key);
CREATE INDEX page_path_key ON page (path_key);
CREATE INDEX page_name ON page (name);
CREATE INDEX page_folder ON page (folder);
CREATE INDEX page_title ON page (title_said);
CREATE INDEX page_description ON page (description_said);
CREATE TABLE weight (page INTEGER PRIMARY KEY, length REAL NOT NULL);
CREATE TABLE alias (key TEXT, page INTEGER, PRIMARY KEY (key, page)) WITHOUT ROWID;
CREATE INDEX alias_page ON alias (page);
CREATE TABLE link (page INTEGER, href TEXT, words TEXT, wiki INTEGER, last TEXT, host TEXT, target INTEGER);
CREATE INDEX link_page ON link (page);
CREATE INDEX link_target ON link (target, page) WHERE target IS NOT NULL;
CREATE INDEX link_last ON link (last);
CREATE INDEX link_host ON link (host) WHERE host IS NOT NULL;
CREATE TABLE anchor (phrase TEXT, target INTEGER, page INTEGER, PRIMARY KEY (phrase, target, page)) WITHOUT ROWID;
CREATE INDEX anchor_target ON anchor (target);
CREATE INDEX anchor_page ON anchor (page);
CREATE TABLE phrase (phrase TEXT, kind TEXT, page INTEGER, PRIMARY KEY (phrase, kind, page)) WITHOUT ROWID;
CREATE INDEX phrase_page ON phrase (page);
CREATE TABLE opener (stem TEXT PRIMARY KEY, lengths INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE term (kind TEXT, term TEXT, page INTEGER, PRIMARY KEY (kind, term, page)) WITHOUT ROWID;
CREATE INDEX term_page ON term (page);
CREATE TABLE word (stem TEXT PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE said USING fts5 (body, called, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (said, 'row');
"""


class Store:
    """A connection to the file, made anew in a process that was forked from the one that had it.

    `path` is None for a site that is held in memory alone.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._connect()

    def _connect(self) -> None:
        self._reading = False
        self._pid = os.getpid()
        self._file = _connected(self.path)
        self._number = self.path.stat().st_ino if self.path else 0
        _OPEN.add(self)
        self._left = weakref.finalize(self, leave, self._file, self.path, self._number, self._pid)

    def __getstate__(self) -> tuple[Path | None, bytes | None]:
        return self.path, None if self.path else self._file.serialize()

    def __setstate__(self, state: tuple[Path | None, bytes | None]) -> None:
        self.path, held = state
        self._connect()
        if held is not None:
            self._file.deserialize(held)
        else:
            self.read_on()

    @property
    def file(self) -> sqlite3.Connection:
        """The connection. A process that was forked must not use that of its parent."""
        if self.path is not None and self._pid != os.getpid():
            self._connect()
            self.read_on()
        return self._file

    def read_on(self) -> None:
        """From here on, see the site as it is now, whatever other runs write."""
        if self._file.in_transaction:
            self._file.execute("COMMIT")
        self._file.execute("BEGIN")
        self._file.execute("SELECT count(*) FROM meta").fetchone()
        self._reading = True

    def close(self) -> None:
        self._left()

    def remove(self) -> None:
        """Close the file and take it away; runs that have it open keep what they have. Raises OSError, FileError."""
        self.close()
        if self.path is not None:
            with locked(lock_of(self.path), self.path):
                if is_at(self.path, self._number):  # else another run has made it anew meanwhile
                    _unlink(self.path)

    def is_filled(self) -> bool:
        """Whether pages were read to the end, once at least."""
        return self.meta("told") is not None

    def is_as_left(self) -> bool:
        """Whether the file is as the last run that wrote it has left it; as far as can be seen, while others have it open. Raises OSError, FileError."""
        if self.path is None or not self.is_filled() or is_sealed(self._file, self.path):
            return True
        with locked(lock_of(self.path), self.path):  # whoever is about to seal it holds this
            if is_sealed_below(self.path):  # and the runs that had it open were killed
                seal(self._file, self.path, self._number)
                return True
            return is_sealed(self._file, self.path) or not is_emptied(self._file)

    # -------------------------------------------------------------- questions

    def rows(self, question: str, *values: object) -> Iterator[Row]:
        """All answers, one by one."""
        return self._asked(question, values)

    def row(self, question: str, *values: object) -> Row | None:
        """The first answer."""
        return next(self._asked(question, values), None)

    def one(self, question: str, *values: object) -> Any:
        """The first column of the first answer; None without one."""
        found = self.row(question, *values)
        return found[0] if found else None

    def among(self, question: str, values: Sequence[object]) -> Iterator[Row]:
        """The answers for values of any number; `question` has `{}` where they are to stand."""
        for at in range(0, len(values), _AT_ONCE):
            some = values[at : at + _AT_ONCE]
            yield from self._asked(question.format(",".join("?" * len(some))), some)

    def _asked(self, question: str, values: Sequence[object]) -> Iterator[Row]:
        """The answers. Raises sqlite3.Error; FileError where a draft is being answered and the file turns out to be damaged."""
        try:
            for row in self.file.execute(question, values):  # noqa: UP028 - it would close the cursor also where the file is closed already
                yield row
        except (sqlite3.DatabaseError, ValueError) as error:  # ValueError: of a text that is not UTF-8
            if self.path is None or not self._reading or not is_damage(error):
                raise
            raise self._damaged(error) from error

    def decoded(self, decode: Callable[[D], T], data: D) -> T:
        """What a value means by `decode`. Raises FileError where it means nothing, because the file is damaged."""
        try:
            return decode(data)
        except DAMAGED as error:
            if self.path is None:
                raise
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> FileError:
        """What to say of a file in which damage was met while a draft was answered; the next run finds none."""
        why, hint = f"the site's index is damaged ({error})", "run again: it is made anew"
        try:
            self.remove()
        except (OSError, FileError):
            hint = "delete it, and run again"
        return FileError("site-index", why, hint=hint, path=str(self.path))

    def meta(self, key: str) -> str | None:
        """What is noted of the whole."""
        found: str | None = self.one("SELECT value FROM meta WHERE key = ?", key)
        return found

    # -------------------------------------------------------------- changes

    def note(self, key: str, value: object) -> None:
        self.change("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, str(value))

    def change(self, statement: str, *values: object) -> None:
        self.file.execute(statement, values)

    def changes(self, statement: str, rows: Iterable[Row]) -> None:
        self.file.executemany(statement, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing of what is changed within, and no other run changes anything meanwhile."""
        file = self.file
        self._reading = False
        if file.in_transaction:
            file.execute("COMMIT")
        file.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.note("seal", seal_of_now())
            with locked(lock_of(self.path), self.path) if self.path else nullcontext():
                file.execute("COMMIT")
                if self.path is not None:
                    seal(file, self.path, self._number)
        except BaseException:
            if file.in_transaction:
                file.execute("ROLLBACK")
            raise


_OPEN: weakref.WeakSet[Store] = weakref.WeakSet()


def _connected(path: Path | None) -> sqlite3.Connection:
    """Open a file, or make it. Raises sqlite3.Error, OSError."""
    file = sqlite3.connect(path or ":memory:", timeout=PATIENCE, isolation_level=None)
    try:
        if path is not None:
            file.execute("PRAGMA journal_mode = WAL")
        file.execute(f"PRAGMA synchronous = {'NORMAL' if path else 'OFF'}")  # a file is on the disk before it is sealed
        file.execute("PRAGMA cell_size_check = ON")
        file.execute("PRAGMA temp_store = MEMORY")
        file.execute(f"PRAGMA cache_size = -{_MEMORY}")
        file.execute("BEGIN IMMEDIATE" if path is None else "BEGIN")
        if file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            file.execute("COMMIT")
            file.execute("BEGIN IMMEDIATE")
            if file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:  # unless another run made them meanwhile
                for statement in _TABLES.strip().split(";\n"):
                    file.execute(statement)
                file.execute("INSERT INTO meta VALUES ('code', ?)", (_code(),))
        file.execute("COMMIT")
    except BaseException:
        file.close()
        raise
    return file


def close_all() -> None:
    """Close all files, at the end of a process that ends at once."""
    for store in tuple(_OPEN):
        store.close()


def packed(text: str) -> bytes:
    """A long text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> str:
    """The text that was `packed`."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


# ------------------------------------------------------------------ the file


def open_store(key: str) -> tuple[Store, str | None]:
    """The store of the site that `key` names, emptied where it is damaged or another version's, and what is wrong, if anything.

    One that cannot be kept is held in memory.
    """
    try:
        folder = cache_dir() / _FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{blake2b(os.fsencode(key), digest_size=12).hexdigest()}.sqlite"
        if path.exists():
            return _opened(path)
        _prune(folder)
        return _begun(path), None
    except (sqlite3.Error, OSError, FileError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Store(), f"the site's index cannot be kept ({reason}), so that each run reads all pages"


def _opened(path: Path) -> tuple[Store, str | None]:
    """Open a file that has our tables, of this version, as it was left. Raises sqlite3.Error, OSError, FileError."""
    trouble = None
    try:
        store = Store(path)
        if store.meta("code") == _code():
            if store.is_as_left():
                lock_of(path).touch()
                return store, None
            trouble = "the site's index is not as it was left, and is made anew"
        store.remove()
    except DAMAGED as error:
        if not is_damage(error):
            raise
        trouble = f"the site's index was damaged, and is made anew ({error})"
        with locked(lock_of(path), path):
            _unlink(path)
    return _begun(path), trouble


def _begun(path: Path) -> Store:
    """A new file, or none that is left behind. Raises sqlite3.Error, OSError."""
    try:
        return Store(path)
    except sqlite3.Error:
        _unlink(path)
        raise


def heal(store: Store) -> Store:
    """Another, empty store in the place of a damaged one. Raises sqlite3.Error, OSError, FileError."""
    store.remove()
    return _begun(store.path) if store.path else Store()


def abandon(store: Store, error: Exception) -> None:
    """Close a store that cannot be kept. One that was never filled, or that fills the disk, is not left behind."""
    with suppress(sqlite3.Error, OSError, FileError):
        if _code_of(error) == sqlite3.SQLITE_FULL or not store.is_filled():
            store.remove()
    store.close()


def is_damage(error: Exception) -> bool:
    """Whether an error that came of reading a file says that it is none of ours, or not as we wrote it."""
    return not isinstance(error, sqlite3.Error) or _code_of(error) not in _OF_THE_PLACE


def _code_of(error: Exception) -> int | None:
    """SQLite's code for an error; None where Python itself has found it."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _unlink(path: Path) -> None:
    """Take a file away with its journals and its checksum. Raises OSError."""
    for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), sum_of(path)):
        with suppress(FileNotFoundError):
            one.unlink()


def _prune(folder: Path) -> None:
    """Take away the indexes that were not used for long, and the oldest of too many, or too large ones. Raises OSError, FileError."""
    files = sorted(((_used(path), path) for path in folder.glob("*.sqlite")), reverse=True)
    room = _MOST_BYTES
    for number, (used, path) in enumerate(files):
        room -= path.stat().st_size + size_of(Path(f"{path}-wal"))
        if number >= _MOST_FILES or room < 0 or time.time() - used > _DAYS * _DAY:
            with locked(lock_of(path), path):
                _unlink(path)


def _used(path: Path) -> float:
    """When an index was last used. Raises OSError."""
    lock = lock_of(path)
    return (lock if lock.exists() else path).stat().st_mtime


def _code() -> str:
    """A hash of the code that says what is kept of a page: what another version kept is not to be read."""
    top = Path(__file__).parents[1]
    digest = blake2b(digest_size=16)
    for name in _CODE:
        place = top / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
