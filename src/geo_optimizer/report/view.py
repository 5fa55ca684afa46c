"""How a run is to be shown, and text of other people's on its way to what shows it."""

from __future__ import annotations

import os
import unicodedata
from pathlib import PurePath
from typing import Literal, NamedTuple

from geo_optimizer.model import Severity

PLURAL: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "notes"}
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # words of many languages and emoji are written with them


class View(NamedTuple):
    """What a format is told beside the run. `root`: paths below it are given from there.

    `fail_on`: the least severity that counts as a failure, for formats that know such. `colour`, `links`: the terminal knows colours, and addresses behind words
    (OSC 8). `width`: its columns, 0 if that is not known.
    """

    root: str = ""
    colour: bool = False
    links: bool = False
    width: int = 0
    fail_on: Literal["error", "warning", "never"] = "warning"


PLAIN = View()


def relative(path: str, root: str = "") -> str:
    """A path with `/`, from `root` on if it lies below it."""
    if _is_plain(path) and _is_plain(root):
        return path.removeprefix(f"{root.rstrip('/')}/") if root else path
    pure = PurePath(path)
    return (pure.relative_to(root) if root and pure.is_relative_to(root) else pure).as_posix()


def _is_plain(path: str) -> bool:
    """Whether a path is as `PurePath` would write it."""
    return os.sep == "/" and not path.startswith("./") and not path.endswith(("/", "/.")) and "//" not in path and "/./" not in path


def encodable(path: str) -> str:
    """A file name as UTF-8 can hold it: a reader of JSON may refuse all of a file for one byte of a name."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def visible(text: str) -> str:
    """Text of any origin on one line: what moves a cursor, turns the direction of writing or shows as nothing, as its escape."""
    return text if text.isprintable() else "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    hidden = unicodedata.category(character) in _ESCAPED and character not in _JOINERS
    return ascii(character)[1:-1] if hidden else character


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def severities(count: dict[Severity, int]) -> str:
    """`2 errors, 1 note`; empty for none."""
    return ", ".join(f"{n} {PLURAL[name] if n != 1 else PLURAL[name][:-1]}" for name, n in count.items() if n)
