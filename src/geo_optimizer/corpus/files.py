"""Files in, files out. A write is a temporary file beside the target, flushed and renamed: the old bytes or the new ones, whole."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from geo_optimizer.errors import DraftRefused, FileError, UsageError

DRAFT_SUFFIXES = (".md", ".mdx", ".markdown")
OPTIMIZED = ".optimized"
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
_BINARY_SNIFF = 8192  # bytes looked at for a NUL, as git does


def read_draft(path: Path, shown: str | None = None) -> str:
    """The decoded text of a UTF-8 file, a BOM as its first character, line ends as they are.

    Raises FileError for what cannot be read and DraftRefused for what is not UTF-8 text.
    """
    name = shown or str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileError("not-found", "there is no such file", hint="check the path", path=name) from None
    except IsADirectoryError:
        raise FileError("is-a-folder", "this is a folder, not a file", hint="name a file in it", path=name) from None
    except PermissionError:
        raise FileError("unreadable", "you may not read this file", hint="check its permissions", path=name) from None
    except OSError as error:
        raise FileError("unreadable", f"it cannot be read: {error.strerror or error}", path=name) from None
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text. Raises DraftRefused, naming the line, for UTF-16, binary data and broken UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DraftRefused("not-utf8", "it is UTF-16", hint="save it as UTF-8", path=name)
    if b"\0" in data[:_BINARY_SNIFF]:
        raise DraftRefused("not-text", "it is a binary file", hint="name a Markdown file", path=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DraftRefused("not-utf8", "it holds bytes that are not UTF-8", hint="save it as UTF-8", path=name, line=line) from None


def write_atomic(path: Path, text: str) -> None:
    """Replace the file that `path` leads to (through symlinks), keeping its mode. Raises FileError; the old file is then untouched."""
    target = Path(os.path.realpath(path))
    if _is_device(target):
        _write_through(target, path, text)
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        _set_mode(temporary, target)
        temporary.replace(target)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise


def _is_device(target: Path) -> bool:
    """A pipe or a device such as /dev/null: written to, never replaced."""
    return target.exists() and not target.is_file() and not target.is_dir()


def _write_through(target: Path, path: Path, text: str) -> None:
    try:
        target.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise _unwritable(path, error) from None


def _set_mode(temporary: Path, target: Path) -> None:
    """The mode of the file that is replaced; for a new one what the umask leaves."""
    if target.exists():
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "the file is read-only")
        temporary.chmod(target.stat().st_mode & 0o7777)
    else:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)


def _unwritable(path: Path, error: OSError) -> FileError:
    return FileError(
        "unwritable",
        f"it cannot be written: {(error.strerror or str(error)).lower()}",
        hint="nothing was changed; choose another place with -o",
        path=str(path),
    )


# ------------------------------------------------------------------ finding drafts


def find_drafts(paths: Iterable[str], *, outside: Path | None = None) -> list[Path]:
    """The files named, and the drafts in the folders named (but not in `outside`), each once, in order.

    Raises UsageError for an output of this tool given as a draft, FileError
    where a path does not exist or a folder holds no draft.
    """
    found: dict[str, Path] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            inside = [p for p in _in_folder(path) if outside is None or outside.resolve() not in p.resolve().parents]
            if not inside:
                raise FileError("no-drafts", "no Markdown file is in this folder", hint="name a folder with .md or .mdx files", path=name)
            for draft in inside:
                found.setdefault(os.path.realpath(draft), draft)
        elif is_output(path):
            raise UsageError(
                "is-an-output", "this is an output of geo-optimize, not a draft", hint="name the draft it was made from", path=name
            )
        else:
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def is_output(path: Path) -> bool:
    return path.stem.endswith(OPTIMIZED)


def _in_folder(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED_FOLDERS)
        for name in sorted(files):
            path = Path(parent, name)
            if path.suffix.lower() in DRAFT_SUFFIXES and not name.startswith(".") and not is_output(path):
                yield path


def beside(path: Path) -> Path:
    """Where the optimised text of a draft goes if nothing else is said: `draft.md` -> `draft.optimized.md`."""
    return path.with_name(f"{path.stem}{OPTIMIZED}{path.suffix}")


def below(path: Path, base: Path, folder: Path) -> Path:
    """The place in `folder` that `path` has below `base`. Raises UsageError where it is not below it."""
    try:
        return folder / path.resolve().relative_to(base.resolve())
    except ValueError:
        raise UsageError(
            "outside-base", f"this draft is not below {base}", hint="name a folder above all drafts with --base", path=str(path)
        ) from None


# ------------------------------------------------------------------ our own outputs


def cache_dir() -> Path:
    """The user's cache folder for this program, by the platform's custom; `GEO_OPTIMIZER_CACHE` overrides it."""
    if own := os.environ.get("GEO_OPTIMIZER_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "geo-optimizer"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/geo-optimizer"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "geo-optimizer"


def _mark(path: Path) -> Path:
    return cache_dir() / "outputs" / hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def remember_output(path: Path, text: str) -> None:
    """Note what we wrote, so that the next run can tell our own output from an edited one. Without a cache it simply cannot."""
    mark = _mark(path)
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(_digest(text.encode("utf-8")))
    except OSError:
        return


def may_overwrite(path: Path, text: str) -> bool:
    """Whether `path` is absent, no regular file, holds `text` already, or holds exactly what we last wrote there."""
    if _is_device(path):
        return True
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        known = _mark(path).read_text()
    except OSError:
        known = ""
    return data == text.encode("utf-8") or _digest(data) == known
