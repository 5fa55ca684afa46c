"""Next.js: `pages` and `app` by their paths; what lies in `content` as Nextra has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, address, below, split

_ROUTERS = ("src/pages", "pages", "src/app", "app")
_CONTENTS = ("src/content", "content")


def next_js(reader: Reader) -> Rule:
    """https://nextjs.org/docs/pages/building-your-application/routing/pages-and-layouts, https://nextjs.org/docs/app/guides/mdx,
    https://nextra.site/docs/file-conventions/content-directory"""
    script = reader.script()
    reader.put_below(script.text("basePath"), added="nextra" in script.code)
    slash = script.flag("trailingSlash") is True

    def rule(path: str, values: Mapping[str, Any]) -> str | None:  # noqa: ARG001 - frontmatter has no say in Next.js
        for folder in (*_ROUTERS, *_CONTENTS):
            inside = below(path, folder)
            if inside is not None:
                return _of_app(inside, slash=slash) if folder.endswith("app") else _of_page(inside, slash=slash)
        return None

    return rule


def _of_page(path: str, *, slash: bool) -> str:
    folder, name = split(path)
    if any(part.startswith("_") or "[" in part for part in path.split("/")) or folder.split("/")[0] == "api":
        return NO_PAGE
    return address(folder, "" if name == "index" else name, slash=slash)


def _of_app(path: str, *, slash: bool) -> str:
    """Only files called `page` are pages; folders in parentheses are no part of the address, folders with `_` none of the site."""
    folder, name = split(path)
    parts = [part for part in folder.split("/") if part and not part.startswith("(")]
    if name != "page" or any(part.startswith(("_", "@")) or "[" in part for part in parts):
        return NO_PAGE
    return address(*parts, slash=slash)
