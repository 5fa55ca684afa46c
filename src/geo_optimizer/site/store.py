"""The SQLite file in which the pages of a site are kept between runs, and how it is opened, shared and mended.

One file a site, in the user's cache folder (a site may lie where nothing can
be written). Write-ahead logging lets runs read while another one refreshes;
a run sees the site as it was when it began to read. What is wrong with the
file (damage, another version, a folder that cannot be written) costs the time
to read the pages again, never a suggestion.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from geo_optimizer.errors import FileError
from geo_optimizer.folders import cache_dir
from geo_optimizer.locks import locked

Row = tuple[Any, ...]

_FOLDER = "sites"
_PATIENCE = 30.0  # seconds that a file is waited for while another run writes it
_MEMORY = 65_536  # KiB of the file that are kept in memory at most; with SQLite's own 2 MiB a large site's indexes are read over and over
_AT_ONCE = 500  # values in one question; SQLite takes 999 at least
_MOST_FILES, _DAYS = 50, 60  # indexes that are kept, and for how long without use
_DAY = 86_400
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
        self._reading = False
        self._pid = os.getpid()
        self._file = _connected(path)

    def __getstate__(self) -> tuple[Path | None, bytes | None]:
        return self.path, None if self.path else self._file.serialize()

    def __setstate__(self, state: tuple[Path | None, bytes | None]) -> None:
        self.path, held = state
        self._reading = False
        self._pid = os.getpid()
        self._file = _connected(self.path)
        if held is not None:
            self._file.deserialize(held)
        else:
            self.read_on()

    @property
    def file(self) -> sqlite3.Connection:
        """The connection. A process that was forked must not use that of its parent."""
        if self.path is not None and self._pid != os.getpid():
            self._pid = os.getpid()
            self._file = _connected(self.path)
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
        self._file.close()

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
            yield from self.file.execute(question, values)
        except sqlite3.DatabaseError as error:
            if self.path is None or not self._reading or not is_damage(error):
                raise
            _remove(self.path)
            raise FileError(
                "site-index", f"the site's index is damaged ({error})", hint="run again: it is made anew", path=str(self.path)
            ) from error

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
        except BaseException:
            file.execute("ROLLBACK")
            raise
        file.execute("COMMIT")
        if self.path is not None:
            file.execute("PRAGMA wal_checkpoint(PASSIVE)").close()


def _connected(path: Path | None) -> sqlite3.Connection:
    """Open a file, or make it. Raises sqlite3.Error, OSError."""
    file = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)
    try:
        if path is not None:
            file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = OFF")  # what a power cut has damaged is read from the pages again
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
        if not path.exists():
            _prune(folder)
        return _opened(path)
    except (sqlite3.Error, OSError, FileError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Store(), f"the site's index cannot be kept ({reason}), so that each run reads all pages"


def _opened(path: Path) -> tuple[Store, str | None]:
    """Open a file that has our tables, of this version. Raises sqlite3.Error, OSError, FileError."""
    try:
        store = Store(path)
        if store.meta("code") == _code():
            os.utime(path)
            return store, None
        store.close()
        trouble = None
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        trouble = f"the site's index was damaged, and is made anew ({error})"
    _remove(path)
    return Store(path), trouble


def heal(store: Store) -> Store:
    """Another, empty store in the place of a damaged one. Raises sqlite3.Error, OSError, FileError."""
    store.close()
    if store.path is None:
        return Store()
    _remove(store.path)
    return Store(store.path)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is none of ours, or not as we wrote it; all else is a matter of the place where it is (locked, full, not to be written)."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such table" in str(error)


def _remove(path: Path) -> None:
    """Take a file away with its journals; runs that have it open keep what they have. Raises OSError, FileError."""
    with locked(path.with_suffix(".lock"), path):
        for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            with suppress(FileNotFoundError):
                one.unlink()


def _prune(folder: Path) -> None:
    """Take away the indexes that were not used for long, and the oldest of too many."""
    files = sorted(((path.stat().st_mtime, path) for path in folder.glob("*.sqlite")), reverse=True)
    for number, (used, path) in enumerate(files):
        if number >= _MOST_FILES or time.time() - used > _DAYS * _DAY:
            _remove(path)


def _code() -> str:
    """A hash of the code that says what is kept of a page: what another version kept is not to be read."""
    top = Path(__file__).parents[1]
    digest = blake2b(digest_size=16)
    for name in _CODE:
        place = top / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
