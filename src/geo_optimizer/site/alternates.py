"""Pages that are one page in several forms: translations, and versions of a manual."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from geo_optimizer.lazy import lazily
from geo_optimizer.site.languages import codes_in

_VERSION = lazily(r"(?:v|version[-_]?)?\d+(?:\.\d+)*(?:\.x)?|next|latest|stable|current|legacy|versioned_docs|docs", re.IGNORECASE)


def alternates(one: str, other: str, known: Collection[str] | None = None) -> bool:
    """Whether two paths are the same page in two languages or versions, or pages of two languages at all.

    `known`: the folders that are languages (see `Languages`); None: all that look so. Of a folder that only looks so, a page is a
    translation of what stands at the same place without it.
    """
    if _languages(one, known) != _languages(other, known):
        return True
    bare, other_bare = _without_version(one), _without_version(other)
    return one != other and (bare == other_bare or _without_language(bare) == other_bare or bare == _without_language(other_bare))


def one_of_each(paths: Iterable[tuple[int, str]], known: Collection[str] | None = None) -> list[list[int]]:
    """Numbered paths as groups of which no two are alternates: by language, one version of each page."""
    numbered = [(number, path, tuple(_without_version(path))) for number, path in paths]
    there = {bare for _, _, bare in numbered}
    found: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    for number, path, bare in numbered:
        without = tuple(_without_language(bare))
        found.setdefault(tuple(_languages(path, known)), {}).setdefault(without if without in there else bare, number)
    return [list(pages.values()) for pages in found.values()]


def _parts(path: str) -> list[str]:
    """Folders and the words of the file name between its dots."""
    folder, _, name = path.rpartition("/")
    return [part for part in (*folder.split("/"), *name.split(".")) if part]


def _languages(path: str, known: Collection[str] | None) -> list[str]:
    """A folder counts if it is known as a language, a part of the file's name if it looks so."""
    folder, _, name = path.rpartition("/")
    folders = [code for code in codes_in(folder.split("/")) if known is None or code in known]
    return [*folders, *codes_in(name.split(".")[:-1])]


def _without_version(path: str) -> list[str]:
    return [part for part in _parts(path) if not _VERSION.fullmatch(part)]


def _without_language(parts: Sequence[str]) -> list[str]:
    """Without the folders that look like languages."""
    looks = frozenset(codes_in(parts[:-1]))
    return [part for part in parts if part.lower() not in looks]
