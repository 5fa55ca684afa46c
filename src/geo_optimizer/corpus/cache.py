"""What a check found before: kept by what it was found in, so that it holds wherever and whenever the same text is checked.

The key is a hash of the draft's bytes, its path as given, all that the check
was told, this program's own code, and the versions of Python and of the
packages that read Markdown; no time stamp, so that it works in CI.
Findings are kept as well as their absence. One SQLite file; what is wrong
with it (damage, another version, a folder that cannot be written) costs time,
never a finding.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

from geo_optimizer import __version__
from geo_optimizer.errors import FileError
from geo_optimizer.model import Span
from geo_optimizer.report.result import Checked, Located, LocatedFix, Place, Row

try:
    from _blake2 import blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b  # loads OpenSSL, which takes as long as two hundred drafts

_FORMAT = 3
_NAME = "check.sqlite"
_LOCK = "check.lock"  # of whoever empties a damaged file
_COLUMNS = "SELECT key, day, found FROM checked LIMIT 0"
_PATIENCE = 5.0  # seconds that a file is waited for while another run writes it
_MOST = 200_000  # files that are remembered; about 100 MB with three findings each
_DAYS = 30  # without use after which one is forgotten
_AT_ONCE = 500  # keys in one question; SQLite takes 999 at least
_DAY = 86_400
_PACKAGES = frozenset({"markdown_it_py", "mdit_py_plugins", "mdurl", "pyphen", "python_frontmatter", "pyyaml", "textstat"})


def key_base(told: str) -> bytes:
    """What all keys of a run have in common: the program, what it runs on, and all that it was told, as one text."""
    ground = f"{_FORMAT}\0{__version__}\0{sys.implementation.name} {sys.version_info}\0{_versions()}\0{told}\0"
    return blake2b(ground.encode("utf-8", "surrogatepass") + _code(), digest_size=20).digest()


def key_of(base: bytes, path: str, data: bytes) -> bytes:
    """The key of one draft, by its path as given and its bytes."""
    digest = blake2b(base, digest_size=20)
    digest.update(os.fsencode(path) + b"\0")
    digest.update(data)
    return digest.digest()


@cache
def _code() -> bytes:
    """A hash of this package's own files, the same wherever and whenever it was installed."""
    digest = blake2b(digest_size=20)
    top = str(Path(__file__).parents[1])
    for path in _files(top):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - two hundred, at each start
            data = file.read()
        digest.update(f"{path[len(top) :]}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.digest()


def _files(folder: str) -> Iterator[str]:
    """Those of a package, in order; not what Python, an editor or the system puts there."""
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield entry.path


def _versions() -> str:
    """Those of the packages that findings depend on, by the names of the folders that tell of them: `importlib.metadata` takes long to load."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - hundreds, of which seven count
        except OSError:
            continue
        for name in sorted(name for name in names if name.endswith((".dist-info", ".egg-info"))):
            package, _, version = name.rpartition(".")[0].partition("-")
            found.setdefault(package.lower(), version)
    return " ".join(f"{package}={found.get(package, '')}" for package in sorted(_PACKAGES))


def _days() -> int:
    return int(time.time()) // _DAY


@dataclass(slots=True)
class Cache:
    """What was found before. `trouble` says why it is not used, or was begun anew; each is to be told once. `today`: days since 1970."""

    folder: Path
    today: int = field(default_factory=_days)
    trouble: list[str] = field(default_factory=list)
    _file: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        try:
            self._open()
        except (sqlite3.Error, OSError, FileError) as error:
            self._give_up(error)
        return self

    def _open(self) -> None:
        """Open the file; a damaged one is emptied. Raises sqlite3.Error, OSError, FileError."""
        try:
            self._connect()
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise
            self.__exit__()
            _empty(self.folder, known=False)
            self._connect()
            self.trouble.append(f"the cache was damaged, and is begun anew ({error})")

    def _connect(self) -> None:
        """Open the file as it is. Raises sqlite3.Error, OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(self.folder / _NAME, timeout=_PATIENCE)
        self._file.execute("PRAGMA synchronous = OFF")  # a cache that a power cut has damaged is made anew
        if _version(self._file) != _FORMAT:
            _begin(self._file)
        self._file.execute(_COLUMNS).close()

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _give_up(self, error: Exception) -> None:
        self.trouble.append(f"the cache cannot be used ({getattr(error, 'strerror', None) or error}); --cache-dir names another folder")
        self.__exit__()

    def found(self, keys: Sequence[bytes]) -> dict[bytes, tuple[Located, ...]]:
        """The findings of those of these keys that are known."""
        known: dict[bytes, tuple[Located, ...]] = {}
        for at in range(0, len(keys), _AT_ONCE):
            if self._file is None:
                break
            some = keys[at : at + _AT_ONCE]
            marks = ",".join("?" * len(some))
            try:
                rows = self._file.execute(f"SELECT key, day, found FROM checked WHERE key IN ({marks})", some).fetchall()  # noqa: S608 - marks alone
                known.update((key, _read(found) if found else ()) for key, _, found in rows)
                self._used([key for key, day, _ in rows if day != self.today])
            except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
                self._damaged(error)
        return known

    def _used(self, keys: Iterable[bytes]) -> None:
        if stale := [(self.today, key) for key in keys]:
            assert self._file is not None
            with self._file:
                self._file.executemany("UPDATE checked SET day = ? WHERE key = ?", stale)

    def keep(self, found: Mapping[bytes, Checked]) -> None:
        """Remember what was found; what could not be read is looked at again."""
        if self._file is None:
            return
        rows = [(key, self.today, _written(checked)) for key, checked in found.items() if checked.error is None]
        try:
            with self._file:
                self._file.executemany("INSERT OR REPLACE INTO checked (key, day, found) VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._damaged(error)

    def prune(self) -> None:
        """Forget what was not used for long, and the oldest of too many."""
        if self._file is None:
            return
        try:
            with self._file:
                self._file.execute("DELETE FROM checked WHERE day < ?", (self.today - _DAYS,))
                self._file.execute(
                    "DELETE FROM checked WHERE key IN (SELECT key FROM checked ORDER BY day DESC LIMIT -1 OFFSET ?)", (_MOST,)
                )
        except sqlite3.Error as error:
            self._damaged(error)

    def _damaged(self, error: Exception) -> None:
        """What is wrong with the file itself empties it; with a locked or full place it is only not used."""
        if not _is_damage(error):
            self._give_up(error)
            return
        self.__exit__()
        try:
            _empty(self.folder, known=True)
        except (sqlite3.Error, OSError, FileError) as why:
            self._give_up(why)
        else:
            self.trouble.append(f"the cache was damaged, and is begun anew with the next run ({error})")


def _is_damage(error: Exception) -> bool:
    """Whether the file is none of ours, or not as we wrote it; all else is a matter of the place where it is (locked, full, not to be written)."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    unknown = sqlite3.SQLITE_ERROR  # a table or column that is asked for is not there
    return code is None or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, unknown)


def _empty(folder: Path, *, known: bool) -> None:
    """Empty a damaged file. Raises sqlite3.Error, OSError, FileError.

    Not `known`: only if no other run has done so meanwhile. The file stays
    in its place: SQLite knows a journal by the name alone, and would apply
    that of a new file to one that was deleted and that others still have open.
    """
    from geo_optimizer.locks import locked

    path = folder / _NAME
    with locked(folder / _LOCK, path), closing(sqlite3.connect(path, timeout=_PATIENCE)) as file:
        try:
            file.execute("BEGIN EXCLUSIVE")
            file.execute(_COLUMNS).close()
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise
            known = True
        if known:
            os.truncate(path, 0)


def _version(file: sqlite3.Connection) -> int:
    with closing(file.execute("PRAGMA user_version")) as asked:
        return int(asked.fetchone()[0])


def _begin(file: sqlite3.Connection) -> None:
    """Make the table in a file that is new, or of another version, unless another run does so meanwhile. Raises sqlite3.Error."""
    with file:
        file.execute("BEGIN IMMEDIATE")
        if _version(file) != _FORMAT:
            file.execute("DROP TABLE IF EXISTS checked")
            file.execute(
                "CREATE TABLE IF NOT EXISTS checked (key BLOB PRIMARY KEY, day INTEGER NOT NULL, found TEXT NOT NULL) WITHOUT ROWID"
            )
            file.execute(f"PRAGMA user_version = {_FORMAT}")


# ------------------------------------------------------------------ findings as text


def _written(checked: Checked) -> str:
    return json.dumps([_row(found) for found in checked.findings], separators=(",", ":")) if checked.findings else ""


def _row(found: Located) -> list[Any]:
    fix = found.fix
    return [
        *(found.code, found.name, found.severity, found.message, *_span(found.span), *_place(found.start), *_place(found.end)),
        *(found.key, found.whole, [[row.line, row.column, row.text, row.more] for row in found.rows]),
        fix and [fix.title, fix.safe, *_span(fix.span), *_place(fix.start), *_place(fix.end), fix.text],
    ]


def _span(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _place(place: Place) -> tuple[int, int, int]:
    return place.line, place.column, place.byte_column


def _read(text: str) -> tuple[Located, ...]:
    return tuple(map(_found, json.loads(text)))


def _found(row: list[Any]) -> Located:
    code, name, severity, message, begin, end, line, column, byte, last, last_column, last_byte, key, whole, rows, fix = row
    shown = tuple([Row(*one) for one in rows])
    start, past = Place(line, column, byte), Place(last, last_column, last_byte)
    return Located(code, name, severity, message, Span(begin, end), start, past, shown, key, whole, fix and _fix(fix))


def _fix(row: list[Any]) -> LocatedFix:
    title, safe, start, end, *rest = row
    return LocatedFix(title, safe, Span(start, end), Place(*rest[:3]), Place(*rest[3:6]), rest[6])
