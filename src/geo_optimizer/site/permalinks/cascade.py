"""Hugo's cascade: what pages have from the `_index.md` of a folder above them, or from the configuration, where they do not state it themselves.

https://gohugo.io/content-management/front-matter/#cascade-1, https://gohugo.io/configuration/cascade/
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from posixpath import dirname
from typing import Any, NamedTuple

from geo_optimizer.errors import DraftRefused
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter import find_frontmatter
from geo_optimizer.site.permalinks.rule import Reader

_INDEX = lazily(r"_index(?:\.[\w-]+)?\.(?:md|mdx|markdown|html)", re.IGNORECASE)
_GLOB = lazily(r"\*\*|[*?{},]")
_MEANING = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|"}
_BUILT_FOR = "production"
_LONGEST = 200  # characters of a pattern


class Place(NamedTuple):
    """A page as targets know it: its `path` from the content on, with a slash before it, its `kind` and language; and the folder of its file."""

    folder: str
    path: str
    kind: str
    language: str


class Passed(NamedTuple):
    """What the pages below a folder have, of one language (None: of each), as far as the target fits them."""

    folder: str
    language: str | None
    target: Mapping[str, str]
    values: Mapping[str, Any]

    def is_for(self, page: Place) -> bool:
        if self.language not in (None, page.language):
            return False
        known = {"path": page.path, "kind": page.kind, "lang": page.language, "environment": _BUILT_FOR}
        return all(_fits(pattern, known[key]) for key, pattern in self.target.items() if key in known)


class Cascade:
    """What was passed on in one project, by folder."""

    def __init__(self, found: Iterator[Passed]) -> None:
        self._by_folder: dict[str, list[Passed]] = defaultdict(list)
        for one in found:
            self._by_folder[one.folder].append(one)

    def over(self, page: Place, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """A page's frontmatter with what is passed on to it; the closer folder wins, the page itself over all."""
        if not self._by_folder:
            return values
        own = {key.lower() for key in values}
        found: dict[str, Any] = {}
        for one in (one for folder in _upward(page.folder) for one in self._by_folder.get(folder, ())):
            if one.is_for(page):
                found = {**one.values, **found}
        return {**{key: value for key, value in found.items() if key not in own}, **values}


def _upward(folder: str) -> Iterator[str]:
    """A folder and those above it, the root last."""
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""


def passed_on(reader: Reader, configured: object, folders: tuple[str, ...], place_of: Callable[[str], Place | None]) -> Iterator[Passed]:
    """All that a project's index files pass on, and behind it what its configuration does.

    Only that is noted of these files: a section's text may change and the pages below it stay as they are.
    """
    for path in _indexes(reader.root, folders):
        text = reader.peek(path)
        page = place_of(path) if "cascade" in text.lower() else None
        if page is not None:
            yield from _noted(reader, _parts(_stated(text), page.folder, page.language))
    yield from _parts(configured, "", None)


def _noted(reader: Reader, found: Iterator[Passed]) -> Iterator[Passed]:
    for one in found:
        reader.note(one)
        yield one


def _indexes(root: Path, folders: tuple[str, ...]) -> Iterator[str]:
    """The index files of the folders of content, in a fixed order, below the project's root."""
    found: set[str] = set()
    for top in folders:
        for folder, below, names in os.walk(root / top):
            below[:] = [name for name in below if not name.startswith(".") and name != "node_modules"]
            place = Path(folder).relative_to(root).as_posix()
            found.update(f"{place}/{name}" for name in names if name[:1] == "_" and _INDEX.fullmatch(name))
    return iter(sorted(found))


def _stated(text: str) -> object:
    try:
        frontmatter = find_frontmatter(text, 0)
    except DraftRefused:  # it is told with the page
        return None
    return next((value for key, value in frontmatter.values.items() if key.lower() == "cascade"), None) if frontmatter else None


def _parts(cascade: object, folder: str, language: str | None) -> Iterator[Passed]:
    """One table, or a list of them; each with a target, or for all."""
    for one in cascade if isinstance(cascade, list) else [cascade]:
        if isinstance(one, dict):
            said = {str(key).lower(): value for key, value in one.items()}
            targets = [value for key in ("target", "_target") if isinstance(value := said.pop(key, None), dict)]
            target = {str(key).lower(): str(value) for each in targets for key, value in each.items()}
            yield Passed(folder, language, target, said)


def _fits(pattern: str, text: str) -> bool:
    found = _compiled(pattern.lower())
    return found is not None and found.fullmatch(text.lower()) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """A glob in which `*` ends at a slash and `{a,b}` is a choice; None for what is none."""
    code, at = [], 0
    for sign in _GLOB.finditer(pattern):
        code += [re.escape(pattern[at : sign.start()]), _MEANING[sign.group()]]
        at = sign.end()
    try:
        return re.compile("".join([*code, re.escape(pattern[at:])])) if len(pattern) <= _LONGEST else None
    except re.error:
        return None
