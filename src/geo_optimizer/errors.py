"""One tree of errors that a user can act on. Anything else that escapes is our own bug.

GeoError
├── UsageError         exit 2   an option or a configuration that cannot be meant
├── FileError          exit 3   a file that cannot be read or written
│   └── DraftRefused   exit 3   a draft that cannot be edited safely
├── SiteError          exit 2   a site that cannot be used
├── EngineError        exit 4   a model that failed or refused
└── OutputUnsafe       exit 70  our output broke our promise: nothing was written
"""

from __future__ import annotations

from collections.abc import Iterable

REPORT_IT = (
    "please report it in the project's issue tracker, with the draft (or the part of it that shows this), "
    "the command line and what `geo-optimize --version` prints"
)


def printable(path: str) -> str:
    """A file name on one line, whatever bytes it is made of."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


class GeoError(Exception):
    """An error with a stable `slug`, the `path` and 1-based `line` it is about, and a `hint` that says the remedy."""

    exit_code = 70

    def __init__(self, slug: str, message: str, *, hint: str = "", path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.slug = slug
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.slug, self.message, self.hint, self.path, self.line))

    def __str__(self) -> str:
        """`path:line: message (hint)` on one line."""
        path = printable(self.path or "")
        where = f"{path}:{self.line}: " if path and self.line else f"{path}: " if path else ""
        return where + self.message + (f" ({self.hint})" if self.hint else "")


def _rebuild(kind: type[GeoError], slug: str, message: str, hint: str, path: str | None, line: int | None) -> GeoError:
    return kind(slug, message, hint=hint, path=path, line=line)


class UsageError(GeoError):
    """An option or a configuration that cannot be meant."""

    exit_code = 2


class SiteError(GeoError):
    """A site that cannot be used."""

    exit_code = 2


class FileError(GeoError):
    """A file that cannot be read or written."""

    exit_code = 3


class DraftRefused(FileError):
    """A draft that cannot be edited safely; it is left as it is."""


class EngineError(GeoError):
    """A model that failed or refused."""

    exit_code = 4


class OutputUnsafe(GeoError):
    """Our own output broke our promise. Nothing was written; please report it."""

    exit_code = 70


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that a word was probably meant to be; empty where none is near."""
    from difflib import get_close_matches

    names = {name.lower(): name for name in known}
    found = get_close_matches(word.lower().replace("_", "-"), names, n=1)
    return names[found[0]] if found else ""


def bug(error: Exception, path: str | None = None) -> GeoError:
    """An error that no user caused, as one that a user can report; the error itself is its cause."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    found = GeoError("bug", f"a bug in geo-optimizer: {what}", hint=f"{REPORT_IT}; --debug shows where", path=path)
    found.__cause__ = error
    return found
