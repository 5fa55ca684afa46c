"""Patterns for paths, as a .gitignore has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Patterns:
    """Lines of a .gitignore; where several fit, the last one decides."""

    lines: tuple[str, ...] = ()

    def said(self, path: str, *, folder: bool = False) -> bool | None:
        """Whether a path, with `/` and relative to where the patterns hold, fits; None where none of them speaks of it. `folder`: it is one."""
        return _spec(self.lines).check_file(f"{path}/" if folder else path).include if self.lines else None

    def match(self, path: str, *, folder: bool = False) -> bool:
        """Whether a path, or a folder that it lies in, fits."""
        parts = path.split("/") if self.lines else []
        above = ("/".join(parts[:n]) for n in range(1, len(parts)))
        return any(self.said(parent, folder=True) for parent in above) or self.said(path, folder=folder) is True


def problem(line: str) -> str:
    """Why a line can fit nothing; empty where it can."""
    if not line.strip("/! \t") or line.startswith("#"):
        return "is empty"
    if ".." in line.split("/"):
        return "leads out of the folder of the configuration"
    try:
        _spec((line,))
    except (ValueError, re.error):
        return "is no pattern of a .gitignore"
    return ""


@lru_cache(maxsize=256)  # those of a configuration, and of the ignore files that hold where drafts are looked for
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """The lines, ready to be asked. A leading `./` means what it means elsewhere, though git knows none. Raises ValueError."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(line.removeprefix("./") for line in lines)
