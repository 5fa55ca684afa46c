"""Pages that are one page in several forms: translations, and versions of a manual."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo_optimizer.lazy import lazily

_LANGUAGES = frozenset(
    "ar az bg bn ca cs da de el en eo es et eu fa fi fr gl gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl no"
    " pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh".split()
)
_LANGUAGE = lazily(r"([a-z]{2})(?:[-_](?:[a-z]{2}|hans|hant|419))?", re.IGNORECASE)
_VERSION = lazily(r"(?:v|version[-_]?)?\d+(?:\.\d+)*(?:\.x)?|next|latest|stable|current|legacy|versioned_docs|docs", re.IGNORECASE)


def alternates(one: str, other: str) -> bool:
    """Whether two paths are the same page in two languages or versions, or pages of two languages at all."""
    return _languages(one) != _languages(other) or (one != other and _without_version(one) == _without_version(other))


def one_of_each(paths: Iterable[tuple[int, str]]) -> list[list[int]]:
    """Numbered paths as groups of which no two are alternates: by language, one version of each page."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    for number, path in paths:
        found.setdefault(tuple(_languages(path)), {}).setdefault(tuple(_without_version(path)), number)
    return [list(pages.values()) for pages in found.values()]


def _parts(path: str) -> list[str]:
    """Folders and the words of the file name between its dots."""
    folder, _, name = path.rpartition("/")
    return [part for part in (*folder.split("/"), *name.split(".")) if part]


def _languages(path: str) -> list[str]:
    found = [(part, match[1].lower()) for part in _parts(path)[:-1] if (match := _LANGUAGE.fullmatch(part))]
    return [part.lower() for part, language in found if language in _LANGUAGES]


def _without_version(path: str) -> list[str]:
    return [part for part in _parts(path) if not _VERSION.fullmatch(part)]
