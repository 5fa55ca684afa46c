"""Which files a project holds, by name: gathered once, for it costs a walk through its folders."""

from __future__ import annotations

import os
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


def holds_file_named(root: Path, name: str) -> bool:
    """Whether the project of the site at `root` holds a file of that name, in any folder; capitals do not matter. True where that is not known."""
    names = _names(root)
    return names is None or name.lower() in names


@lru_cache(maxsize=4)
def _names(root: Path) -> frozenset[str] | None:
    if not root.is_absolute():
        root = root.resolve()
    found: set[str] = set()
    count = 0
    for _, folders, names in os.walk(project_of(root)):
        folders[:] = [name for name in folders if name not in _NOT_THE_AUTHORS]
        count += len(names)
        if count > _MOST_FILES:
            return None
        found.update(name.lower() for name in names)
    return frozenset(found)


def project_of(root: Path) -> Path:
    """The folder of the repository or build that the site belongs to; the site's own where none is found."""
    for folder in (root, *root.parents[:_HIGHEST]):
        if (folder / ".git").exists():
            return folder
    for folder in (root, *root.parents[:_HIGHEST]):
        if any((folder / name).exists() for name in _ROOTS):
            return folder
    return root
