"""Patterns for paths, as a .gitignore has them.

A pattern without a slash fits at any depth, one with a slash from the top;
`**` is any number of folders; a slash at the end means folders alone; `!`
takes back what an earlier pattern fits. What lies in a folder that fits, fits.

Not pathspec's: to that, `x/` and `x/**` are one pattern, so that `!x/a.md`
means behind one of them what git says of the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CLASS = re.compile(r"\[(?P<not>[!^]?)(?P<members>\]?[^\]]*)\]")


class Patterns(NamedTuple):
    """Lines of a .gitignore; where several fit, the last one decides."""

    lines: tuple[str, ...] = ()

    def match(self, path: str, *, folder: bool = False) -> bool:
        """Whether a path, with `/` and relative to where the patterns hold, or a folder that it lies in, fits. `folder`: it is one."""
        parts = path.split("/") if self.lines else []
        return any(self.said("/".join(parts[:n]), folder=folder or n < len(parts)) for n in range(1, len(parts) + 1))

    def said(self, path: str, *, folder: bool = False) -> bool | None:
        """What the last line that speaks of a path says; None where none does."""
        for line in reversed(self.lines):
            negated, folders_only, pattern = _compiled(line)
            if (folder or not folders_only) and pattern.fullmatch(path):
                return not negated
        return None


def problem(line: str) -> str:
    """Why a line can fit nothing; empty where it can."""
    try:
        _, _, pattern = _compiled(line)
    except re.error:
        return "is no pattern: its brackets hold no range"
    if not pattern.pattern:
        return "is empty"
    if ".." in line.split("/"):
        return "leads out of the folder of the configuration"
    return ""


@lru_cache(maxsize=512)
def _compiled(line: str) -> tuple[bool, bool, re.Pattern[str]]:
    """Whether it takes back, whether it is for folders alone, and what it fits."""
    negated = line.startswith("!")
    body = line.removeprefix("!").removeprefix("./")
    return negated, body.endswith("/"), re.compile(_regex(body), re.DOTALL)


def _regex(pattern: str) -> str:
    body = pattern.strip("/")
    if not body:
        return ""
    *folders, last = body.split("/")
    from_top = bool(folders) or pattern.startswith("/")
    above = "".join("(?:.*/)?" if part == "**" else _segment(part) + "/" for part in folders)
    return ("" if from_top else "(?:.*/)?") + above + (".+" if last == "**" else _segment(last))


def _segment(part: str) -> str:
    """One name of a path, with wildcards."""
    regex, at = "", 0
    while at < len(part):
        members = _CLASS.match(part, at)
        if members and members["members"]:
            regex += f"[{'^/' if members['not'] else ''}{_members(members['members'])}]"
            at = members.end()
            continue
        if part[at] == "\\" and at + 1 < len(part):
            at += 1
            regex += re.escape(part[at])
        else:
            regex += {"*": "[^/]*", "?": "[^/]"}.get(part[at]) or re.escape(part[at])
        at += 1
    return regex.replace("[^/]*[^/]*", "[^/]*")


def _members(text: str) -> str:
    return re.sub(r"[\\\[\]^&~|]", lambda found: "\\" + found[0], text)
