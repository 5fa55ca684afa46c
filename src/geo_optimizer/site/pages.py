"""One file of a site -> a `Page`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import dirname, join
from typing import Any

from geo_optimizer.analysis.dates import day_of
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter import DATE_KEYS, find_frontmatter
from geo_optimizer.presets import TAXONOMY_KEYS
from geo_optimizer.site.addresses import FOLDER_NAMES, undated, url_key, url_of, without_extension
from geo_optimizer.site.habits import Stated, stated_in
from geo_optimizer.site.scan import Reference, bare, scan

# Hugo, Jekyll (jekyll-redirect-from) and others. Obsidian has other names of a note below `aliases`: they are no addresses and lead nowhere.
_ALIAS_KEYS = ("aliases", "alias", "redirect_from", "redirects", "redirect-from", "redirectFrom")
# Hugo's, in whatever case: from when on a page is there, and until when.
_FROM_KEYS, _UNTIL_KEYS = ("publishdate", "pubdate"), ("expirydate", "unpublishdate", "expires")
_ERROR_PAGE = lazily(r"(?:[a-z]{2}(?:-[a-z]{2,4})?/)?404")
_UNPUBLISHED = frozenset({"draft", "private", "pending", "unpublished"})
_AUTHOR_KEYS = ("author", "authors", "by", "byline", "author_staff_member")  # the last is that of CloudCannon's templates
_BETWEEN_AUTHORS = lazily(r"\s*[,;&]\s*|\s+and\s+")
_DESCRIPTION_KEYS = ("description", "desc", "summary", "excerpt", "subtitle", "abstract")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    `path` is the file below the site's root, with `/`. `date` is the day it
    was published, or is to be, if stated, `until` the one from which on it is
    gone. `hidden`: a draft, or kept from search engines. `authors`: in lower case.
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
    until: dt.date | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over, and why. `url`: the address that another file has already, if that is why; `hidden` as of a page."""

    path: str
    reason: str
    url: str = ""
    hidden: bool = False


# The file below the site's root and its frontmatter -> the page's URL, None where the site has no such page.
Address = Callable[[str, Mapping[str, Any]], str | None]

# The same -> the frontmatter with what the file has from its folders, or from the generator's configuration.
Inherit = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


def as_stated(path: str, values: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001 - it inherits as others do
    """Where nothing is inherited."""
    return values


def read_page(path: str, source: str, address: Address = url_of, inherit: Inherit = as_stated) -> Page:
    """Read a file's source. Raises DraftRefused where its frontmatter cannot be read.

    What it inherits says whether it is published; what it is called and filed under, it says itself.
    """
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    frontmatter = find_frontmatter(source, 0)
    values = frontmatter.values if frontmatter else {}
    found = scan(source[frontmatter.span.end :] if frontmatter else source)
    url = address(path, values)
    return Page(
        path=path,
        url=url_of(path, values) if url is None else url,
        title=_text(values.get("title")) or next((h for level, h in found.headings if level == 1), "") or named(path),
        description=next((text for key in _DESCRIPTION_KEYS if (text := _text(values.get(key)))), ""),
        headings=tuple(text for _, text in found.headings),
        date=_published(values, path),
        until=_stated_day(values, _UNTIL_KEYS),
        tags=_terms(values, TAXONOMY_KEYS["tags"]),
        categories=_terms(values, TAXONOMY_KEYS["categories"]),
        hidden=url is None or is_error_page(url) or _is_hidden(inherit(path, values), path),
        links=found.links,
        text=found.text,
        stated=stated_in(frontmatter) if frontmatter else None,
        aliases=_aliases(values, url or ""),
        authors=authors_of(values),
    )


def _text(value: Any) -> str:
    """A stated text on one line; numbers count as text, anything else as none."""
    return bare(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def named(path: str) -> str:
    """A title from the file's name, or its folder's where the file is an index."""
    parts = without_extension(path).split("/")
    name = parts[-2] if parts[-1].lower() in FOLDER_NAMES and len(parts) > 1 else parts[-1]
    return re.sub(r"[-_.]+", " ", undated(name)).strip().capitalize() or "Home"


def date_of(values: Mapping[str, Any], path: str) -> dt.date | None:
    """The day of publication: stated, or in the file's name."""
    for key in DATE_KEYS:
        if day := day_of(values.get(key)):
            return day
    return day_of(path.replace("\\", "/").rsplit("/", 1)[-1][:10])


def _published(values: Mapping[str, Any], path: str) -> dt.date | None:
    """The day of publication; a later one, from which on the page is to be there, is that."""
    return max(filter(None, (date_of(values, path), _stated_day(values, _FROM_KEYS))), default=None)


def _stated_day(values: Mapping[str, Any], keys: tuple[str, ...]) -> dt.date | None:
    return next((day for key, value in values.items() if key.lower() in keys and (day := day_of(value))), None)


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


def authors_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Who wrote a page, as its frontmatter names them, in lower case: texts, or tables with a name."""
    stated = [value for key in _AUTHOR_KEYS for value in _items(values.get(key))]
    names = [one.get("name") if isinstance(one, Mapping) else one for one in stated]
    return tuple(
        dict.fromkeys(name for text in names if isinstance(text, str) for name in _BETWEEN_AUTHORS.split(text.strip().lower()) if name)
    )


def _aliases(values: Mapping[str, Any], url: str) -> tuple[str, ...]:
    """Other addresses that lead to a page: one text or a list; what does not begin with a slash stands beside the page, as Hugo has it."""
    stated = [one for key in _ALIAS_KEYS for one in _listed(values.get(key))]
    base = url if url.startswith("/") else "/"
    found = (one if one.startswith("/") or "://" in one else join(dirname(base.rstrip("/")) or "/", one) for one in stated)
    return tuple(dict.fromkeys(found))


def _listed(value: Any) -> list[str]:
    """The texts of a list, or the one text that stands in its place."""
    return [one.strip() for one in _items(value) if isinstance(one, str) and one.strip()]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_hidden(values: Mapping[str, Any], path: str) -> bool:
    return (
        any(_is(values.get(key), truth=True) for key in ("draft", "unlisted", "private"))
        or _is(values.get("published"), truth=False)
        or str(values.get("status")).strip().lower() in _UNPUBLISHED
        or any(_is_kept_out(one) for one in (values, values.get("seo")) if isinstance(one, Mapping))
        or bool(_listed(values.get("redirect_to")))
        or "_drafts" in path.split("/")
    )


def is_error_page(url: str) -> bool:
    """Whether a page is shown where there is none, at the root of the site or of a language."""
    return _ERROR_PAGE.fullmatch(url_key(url)) is not None


def _is(value: Any, *, truth: bool) -> bool:
    """Whether a value is true, or false, be it as text."""
    return value is truth or (isinstance(value, str) and value.strip().lower() in (("true", "yes") if truth else ("false", "no")))


def _is_kept_out(values: Mapping[str, Any]) -> bool:
    """Whether search engines are told to leave a page out: `noindex`, or `robots` as a text, a list, or a table."""
    robots = values.get("robots")
    if isinstance(robots, Mapping):
        return _is(robots.get("noindex"), truth=True) or _is(robots.get("index"), truth=False)
    return _is(values.get("noindex"), truth=True) or is_kept_out(" ".join(_listed(robots)))


def is_kept_out(robots: str) -> bool:
    """Whether a text for search engines tells them to leave a page out; `none` is `noindex` and `nofollow`."""
    return bool({"noindex", "none"} & set(re.split(r"[\s,:;]+", robots.lower())))
