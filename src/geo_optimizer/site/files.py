"""Which files a project holds, by name: gathered once, for it costs a walk through its folders."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_NOT_THE_AUTHORS = frozenset(
    {"node_modules", "venv", ".venv", ".git", "__pycache__", ".tox", ".cache", ".next", ".nuxt", ".astro", ".docusaurus"}
)
_MOST_FILES = 200_000  # a project with more is not walked to its end, and nothing is said of it
_ROOTS = (
    ".git",
    "package.json",
    "hugo.toml",
    "hugo.yaml",
    "config.toml",
    "_config.yml",
    "mkdocs.yml",
    "pyproject.toml",
    "astro.config.mjs",
    "Gemfile",
)
_HIGHEST = 4  # folders above the site in which the project's root is looked for


@dataclass(frozen=True, slots=True)
class Files:
    """The names of a project's files, and the ends of its folders' paths ("static/img", "img"), in small letters."""

    names: frozenset[str]
    folders: frozenset[str]


def is_missing(root: Path, path: str) -> bool:
    """Whether the project of the site at `root` lacks the file that a path in a page leads to: no file in any folder is called so.

    A path from the site's root is only judged if the project has such a folder: others may be served from elsewhere.
    """
    files = files_of(root)
    if files is None:
        return False
    folder, _, name = path.lower().rpartition("/")
    return name not in files.names and (not path.startswith("/") or not folder.strip("/") or folder.strip("/") in files.folders)


@lru_cache(maxsize=4)
def files_of(root: Path) -> Files | None:
    """None if there are too many."""
    project = project_of(root.resolve())
    names: set[str] = set()
    ends: set[str] = set()
    count = 0
    for folder, folders, inside in os.walk(project):
        folders[:] = [name for name in folders if name not in _NOT_THE_AUTHORS]
        count += len(inside)
        if count > _MOST_FILES:
            return None
        names.update(name.lower() for name in inside)
        parts = Path(folder).relative_to(project).as_posix().lower().split("/")
        ends.update("/".join(parts[n:]) for n in range(len(parts)))
    return Files(frozenset(names), frozenset(ends))


def project_of(root: Path) -> Path:
    """The folder of the repository or build that the site belongs to; the site's own where none is found."""
    for folder in (root, *root.parents[:_HIGHEST]):
        if (folder / ".git").exists():
            return folder
    for folder in (root, *root.parents[:_HIGHEST]):
        if any((folder / name).exists() for name in _ROOTS):
            return folder
    return root
