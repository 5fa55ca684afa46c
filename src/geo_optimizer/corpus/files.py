"""Files in: reading drafts, refusing what is none, and where their outputs go."""

from __future__ import annotations

import os
import re
import stat
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from geo_optimizer.errors import DraftRefused, FileError, UsageError

DRAFT_SUFFIXES = (".md", ".mdx", ".markdown")
OPTIMIZED = ".optimized"
LARGEST_DRAFT = 10 * 1024 * 1024  # bytes; an article of 20,000 words has about 130,000
_OPEN_ALREADY = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # pipes that the shell has opened, as for <(command)


# ------------------------------------------------------------------ reading


def read_draft(path: Path, shown: str | None = None, *, largest: int | None = LARGEST_DRAFT) -> str:
    """The decoded text of a UTF-8 file, a BOM as its first character, line ends as they are.

    `largest`: bytes; None for a file that is no draft and may be of any size.
    Raises FileError for what cannot be read, DraftRefused for what is too large
    or not UTF-8 text.
    """
    name = shown or str(path)
    return decode(read_bytes(path, name, largest=largest), name)


def read_bytes(path: Path | str, name: str, *, largest: int | None = LARGEST_DRAFT) -> bytes:
    """The bytes of a file that is called `name` in messages. Raises as `read_draft`, but for its encoding."""
    try:
        kind = _checked_kind(path, name)
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - of thousands
            return _read_still(file, name, largest) if stat.S_ISREG(kind) else _read_at_most(file, name, largest)
    except (FileNotFoundError, ValueError):  # ValueError: a name that no file can have
        raise FileError("not-found", "there is no such file", hint="check the path", path=name) from None
    except IsADirectoryError:
        if not os.access(path, os.R_OK | os.X_OK):
            raise FileError("unreadable", "you may not look into this folder", hint="check its permissions", path=name) from None
        raise FileError("is-a-folder", "this is a folder, not a file", hint="name a file in it", path=name) from None
    except PermissionError:
        what = "look into this folder" if is_folder(path) else "read this file"
        raise FileError("unreadable", f"you may not {what}", hint="check its permissions", path=name) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise FileError("unreadable", f"it cannot be read: {why}", hint="check the file", path=name) from None


def read_stream(stream: BinaryIO, name: str) -> str:
    """The decoded text of standard input, as `read_draft` reads a file."""
    return decode(_read_at_most(stream, name, LARGEST_DRAFT), name)


def _checked_kind(path: Path | str, name: str) -> int:
    """The mode of a file. A pipe with a name would be waited for, perhaps for ever; a device has no end."""
    mode = os.stat(path).st_mode  # noqa: PTH116 - of thousands
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or str(path).startswith(_OPEN_ALREADY)):
        raise FileError("not-a-file", "this is a pipe or a device, not a file", hint="give - and redirect it to standard input", path=name)
    return mode


def _read_still(file: FileIO, name: str, largest: int | None) -> bytes:
    """The bytes of a file that nobody writes at the same time."""
    before = os.fstat(file.fileno())
    if largest is not None and before.st_size > largest:
        raise _too_large(name, largest)
    data = file.readall()  # no `read(largest)`, which makes room for the largest before the smallest is read
    after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileError("changed-meanwhile", "it was changed while it was read", hint="run again", path=name)
    return data


def _read_at_most(stream: BinaryIO | FileIO, name: str, largest: int | None) -> bytes:
    """All of a stream. Raises DraftRefused where that is over the limit, without reading more than that of it."""
    read, left = [], -1 if largest is None else largest + 1
    while left and (some := stream.read(left)):
        read.append(some)
        left -= len(some) if largest is not None else 0
    if not left:
        raise _too_large(name, largest)
    return b"".join(read)


def _too_large(name: str, largest: int | None) -> DraftRefused:
    limit = (largest or 0) // 1024**2
    return DraftRefused("too-large", f"it is larger than {limit} MiB, the most that a draft may have", hint="split it", path=name)


# ------------------------------------------------------------------ decoding

_BOMS = (  # UTF-32 before UTF-16: one begins with the other
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SNIFF = 4096  # bytes; a multiple of 4
_MOSTLY = 0.7  # of the bytes at a place; Latin text in UTF-16 has a NUL in every other one
_LINE_END = re.compile(rb"\r\n?|\n")
_BYTES_OF_OTHER_ALPHABETS = 0.2  # of the bytes; an accented letter in eight is much for a Latin alphabet


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text. Raises DraftRefused for another encoding and for what is no text, with the line and what to do."""
    if wide := _wide_encoding(data):
        raise DraftRefused("not-utf8", f"it is {wide}", hint="save it as UTF-8", path=name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise DraftRefused("not-text", "it is a binary file", hint="name a Markdown file", path=name) from None
        raise _not_utf8(data, error, name) from None
    if (at := data.find(b"\0")) >= 0:
        line, column = _place(data, at)
        raise DraftRefused("not-text", f"there is a NUL character (column {column})", hint="delete it", path=name, line=line)
    return text


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by where its NULs stand."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    head = data[:_SNIFF]
    if len(head) < 4 or b"\0" not in head:
        return None
    share = [part.count(0) / len(part) for part in (head[n::4] for n in range(4))]
    full = [s >= _MOSTLY for s in share]
    if full in ([False, True, True, True], [True, True, True, False]):
        return "UTF-32 without a byte order mark"
    if full in ([False, True, False, True], [True, False, True, False]):
        return "UTF-16 without a byte order mark"
    return None


def _not_utf8(data: bytes, error: UnicodeDecodeError, name: str) -> DraftRefused:
    line, column = _place(data, error.start)
    bad = data[error.start]
    if error.reason == "unexpected end of data":
        what, remedy = "it ends within a character", "it seems cut off; restore its end"
    elif bad == 0xED and data[error.start + 1 : error.start + 2] >= b"\xa0":
        what, remedy = "it holds half a surrogate pair, which is no character", "delete it"
    else:
        what, remedy = f"it holds bytes that are not UTF-8: 0x{bad:02X} in column {column}", _guess(data)
    return DraftRefused("not-utf8", what, hint=remedy, path=name, line=line)


def _place(data: bytes, at: int) -> tuple[int, int]:
    """The 1-based line and column, in characters, of a byte that only UTF-8 text precedes."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(data, 0, at))]
    return len(starts), len(data[starts[-1] : at].decode("utf-8")) + 1


def _guess(data: bytes) -> str:
    """What the writer should do, by what the file probably is."""
    high = sum(len(run) for run in re.findall(rb"[\x80-\xff]+", data))
    sound = data.decode("utf-8", "ignore")
    if any(ord(c) > 0x7F for c in sound):
        return "the rest of it is UTF-8; type this character again"
    if high <= _BYTES_OF_OTHER_ALPHABETS * len(data):
        return "it looks like Windows-1252 or Latin-1; save it as UTF-8"
    return "save it as UTF-8"


# ------------------------------------------------------------------ names


def is_folder(path: Path | str) -> bool:
    """Whether there is such a folder; False, too, for a name that no file can have."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for a name that is too long


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; False, too, for a name that no file can have."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long


def is_device(path: Path) -> bool:
    """A pipe or a device such as /dev/null: written to, never replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def is_output(path: Path) -> bool:
    return path.stem.endswith(OPTIMIZED)


def beside(path: Path) -> Path:
    """Where the optimised text of a draft goes if nothing else is said: `draft.md` -> `draft.optimized.md`."""
    return path.with_name(f"{path.stem}{OPTIMIZED}{path.suffix}")


def below(path: Path, base: Path, folder: Path) -> Path:
    """The place in `folder` that `path` has below `base`. Raises UsageError where it is not below it."""
    try:
        return folder / Path(os.path.realpath(path)).relative_to(os.path.realpath(base))
    except ValueError:
        raise UsageError(
            "outside-base", f"this draft is not below {base}", hint="name a folder above all drafts with --base", path=str(path)
        ) from None
