"""Eleventy: the path below the input folder, or a permalink, which a folder's data may state for all that is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from posixpath import basename
from typing import Any

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.model import Template
from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, address, below, is_templated, quoted, split, text_of

_DATED = lazily(r"\d{4}-\d{2}-\d{2}-(.*)")
_OUTPUT = lazily(r"\{\{-?\s*(?P<name>[\w.]+)\s*(?P<filter>\|[^}]*?)?\s*-?\}\}")
_SLUGS = frozenset({"", "slugify", "slug", "url"})
_NOT_A_WORD = lazily(r"[^\w\s-]+")
_BETWEEN = lazily(r"[-\s]+")


def eleventy(reader: Reader) -> Rule:
    """https://www.11ty.dev/docs/permalinks/, https://www.11ty.dev/docs/data-template-dir/"""
    script = reader.script()
    reader.put_below(script.text("pathPrefix"), added="HtmlBasePlugin" in script.code)
    folder = (script.text("setInputDirectory") or script.text("input") or "").strip("./")
    reader.contents = (folder,) if folder else ()
    stated: dict[str, dict[str, Any]] = {}
    for place, data in _stated(reader, folder):
        stated.setdefault(place, {}).update(data)

    def inherit(path: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The frontmatter over the data of the folders that a file lies in; the closer one wins."""
        place = split(below(path, folder) or "")[0] if stated else ""
        found: dict[str, Any] = {}
        while place:
            found = {**stated.get(place, {}), **found}
            place = place.rpartition("/")[0]
        return {**found, **values} if found else values

    reader.inherit = inherit

    def rule(path: str, values: Mapping[str, Any]) -> str | None:
        inside = below(path, folder)
        if inside is None:
            return None
        place, name = split(inside)
        return _url(place, name, values.get("permalink"), values)

    return rule


def _stated(reader: Reader, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The folders of pages that have data, each with these; JSON is read, JavaScript is not."""
    top = reader.root / folder
    for place, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")) and name != "node_modules")
        path = Path(place).relative_to(top).as_posix()
        data = [name for name in (f"{Path(place).name}.json", f"{Path(place).name}.11tydata.json") if name in names]
        for name in data if path != "." else ():
            with suppress(Unreadable):  # it is said where the site is built
                yield path, reader.data(Path(folder) / path / name)


def _url(folder: str, name: str, permalink: Any, values: Mapping[str, Any]) -> str:
    if permalink is False:
        return NO_PAGE
    if isinstance(permalink, dict):
        permalink = permalink.get("build")
    if isinstance(permalink, Template):
        permalink = permalink.text
    url = _filled(permalink, folder, name, values) if isinstance(permalink, str) else None
    if url:
        return quoted(f"/{url.lstrip('/')}").removesuffix("index.html")
    if name == "index" or name == basename(folder):
        return address(folder)
    return address(folder, name)


def _filled(permalink: str, folder: str, name: str, values: Mapping[str, Any]) -> str | None:
    """A permalink with what a file and its frontmatter say; None where the template says more."""
    bare = _undated(name)
    known = {
        "page.fileSlug": _undated(basename(folder)) if bare == "index" else bare,
        "page.filePathStem": f"{folder}/{bare}" if folder else bare,
        "title": text_of(values, "title"),
        "slug": text_of(values, "slug"),
    }

    def fill(match: Any) -> str:
        shown, how = known.get(match["name"]), (match["filter"] or "").strip("| ")
        if not shown or how not in _SLUGS:
            return str(match[0])
        return slugified(shown) if how else shown

    url = _OUTPUT.sub(fill, permalink)
    return None if is_templated(url) else url


def _undated(name: str) -> str:
    found = _DATED.fullmatch(name)
    return found[1] if found else name


def slugified(text: str) -> str:
    return _BETWEEN.sub("-", _NOT_A_WORD.sub("", text).strip().lower())
