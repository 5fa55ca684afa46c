"""Astro: pages by their path; of a collection, below the route that asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo_optimizer.lazy import lazily
from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, address, below, quoted, split, text_of

_ROUTE = lazily(r"\[(?:\.\.\.)?\w+\]\.astro$")
_ASKS = lazily(r"""\bgetCollection\(\s*["'`](\w[\w-]*)["'`]""")
_DROPPED = lazily(r"[^\w\s-]+")
_MOST_ROUTES = 200


def astro(reader: Reader) -> Rule:
    """https://docs.astro.build/en/guides/routing/, https://docs.astro.build/en/guides/content-collections/#generating-routes-from-content"""
    script = reader.script()
    reader.put_below(script.text("base"), site=script.text("site"))
    slash = script.text("trailingSlash") != "never"
    routes = {"docs": ""} if "starlight" in script.code else {}
    routes |= _routes(reader)
    collections = ("src/content", "src/data")

    def rule(path: str, values: Mapping[str, Any]) -> str | None:
        if any(part.startswith("_") for part in path.split("/")):
            return NO_PAGE
        if (page := below(path, "src/pages")) is not None:
            folder, name = split(page)
            return address(folder, "" if name == "index" else name, slash=slash)
        entry = next((inside for base in collections if (inside := below(path, base)) is not None), None)
        if entry is None or "/" not in entry:
            return None
        collection, inside = entry.split("/", 1)
        return address(routes.get(collection, collection), text_of(values, "slug") or _id(inside), slash=slash)

    return rule


def _routes(reader: Reader) -> dict[str, str]:
    """Collection -> the folder of the one route that shows its entries."""
    found: dict[str, str] = {}
    pages = reader.root / "src" / "pages"
    files = sorted(file for file in pages.rglob("*.astro") if _ROUTE.search(file.name)) if pages.is_dir() else []
    for file in files[:_MOST_ROUTES]:
        folder = file.parent.relative_to(pages).as_posix()
        asked = _ASKS.findall(reader.text(Path("src/pages") / file.relative_to(pages)))
        if len(set(asked)) == 1 and "[" not in folder:
            found.setdefault(asked[0], "" if folder == "." else folder)
    return found


def _id(path: str) -> str:
    """An entry's identity: its path, each part as a slug, an index for its folder."""
    folder, name = split(path)
    parts = [*folder.split("/"), "" if name == "index" else name]
    return "/".join(quoted(re.sub(r"\s", "-", _DROPPED.sub("", part.lower()))) for part in parts if part)
