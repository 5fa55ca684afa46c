"""One file of a site -> a `Page`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo_optimizer.analysis.dates import day_of
from geo_optimizer.markdown.frontmatter import DATE_KEYS, find_frontmatter
from geo_optimizer.presets import TAXONOMY_KEYS
from geo_optimizer.site.addresses import FOLDER_NAMES, url_of, without_extension
from geo_optimizer.site.habits import Stated, stated_in
from geo_optimizer.site.scan import Reference, bare, scan

_DESCRIPTION_KEYS = ("description", "desc", "summary", "excerpt", "subtitle", "abstract")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    `path` is the file below the site's root, with `/`. `date` is the day it
    was published, if stated. `hidden`: a draft, or kept from search engines.
    `links` are as written; `text` is the body as words, for reading by machine.
    `stated`: which keys its frontmatter has, None without one. `aliases` are
    other addresses that lead to it. Of a page in a catalogue: `anchors` it may
    be linked by, and `use_when`, a person's word on when.
    """

    path: str
    url: str
    title: str
    description: str = ""
    headings: tuple[str, ...] = ()
    date: dt.date | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    hidden: bool = False
    links: tuple[Reference, ...] = ()
    text: str = ""
    stated: Stated | None = None
    aliases: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    use_when: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over, and why. `url`: the address that another file has already, if that is why; `hidden`: what it would be there."""

    path: str
    reason: str
    url: str = ""
    hidden: bool = False


def read_page(path: str, source: str) -> Page:
    """Read a file's source. Raises DraftRefused where its frontmatter cannot be read."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    frontmatter = find_frontmatter(source, 0)
    values = frontmatter.values if frontmatter else {}
    found = scan(source[frontmatter.span.end :] if frontmatter else source)
    return Page(
        path=path,
        url=url_of(path, values),
        title=_text(values.get("title")) or next((h for level, h in found.headings if level == 1), "") or _named(path),
        description=next((text for key in _DESCRIPTION_KEYS if (text := _text(values.get(key)))), ""),
        headings=tuple(text for _, text in found.headings),
        date=date_of(values, path),
        tags=_terms(values, TAXONOMY_KEYS["tags"]),
        categories=_terms(values, TAXONOMY_KEYS["categories"]),
        hidden=_is_hidden(values, path),
        links=found.links,
        text=found.text,
        stated=stated_in(frontmatter) if frontmatter else None,
    )


def _text(value: Any) -> str:
    """A stated text on one line; numbers count as text, anything else as none."""
    return bare(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _named(path: str) -> str:
    """A title from the file's name, or its folder's where the file is an index."""
    parts = without_extension(path).split("/")
    name = parts[-2] if parts[-1].lower() in FOLDER_NAMES and len(parts) > 1 else parts[-1]
    words = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", name)
    return re.sub(r"[-_.]+", " ", words).strip().capitalize() or "Home"


def date_of(values: Mapping[str, Any], path: str) -> dt.date | None:
    """The day of publication: stated, or in the file's name."""
    for key in DATE_KEYS:
        if day := day_of(values.get(key)):
            return day
    return day_of(path.replace("\\", "/").rsplit("/", 1)[-1][:10])


def _terms(values: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """A list of terms, or one text of terms separated by commas; Zola keeps them under `taxonomies`."""
    below = values.get("taxonomies")
    for source in (values, below if isinstance(below, Mapping) else {}):
        for key in keys:
            stated = source.get(key)
            terms = stated.split(",") if isinstance(stated, str) else stated if isinstance(stated, list) else []
            if kept := tuple(dict.fromkeys(text for term in terms if (text := _text(term)))):
                return kept
    return ()


def _is_hidden(values: Mapping[str, Any], path: str) -> bool:
    robots = values.get("robots")
    return (
        any(values.get(key) is True for key in ("draft", "noindex", "unlisted", "private"))
        or values.get("published") is False
        or values.get("status") in ("draft", "private")
        or (isinstance(robots, str) and "noindex" in robots.lower())
        or "_drafts" in path.split("/")
    )
