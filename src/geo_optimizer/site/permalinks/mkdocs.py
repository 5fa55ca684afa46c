"""MkDocs: the path below `docs`; posts of Material's blog by date and title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.patterns import Patterns, problem
from geo_optimizer.site.pages import date_of
from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, address, below, split, text_of

_NOT_A_WORD = lazily(r"[^\w\s-]+")
_BETWEEN = lazily(r"[-\s]+")
_FORMAT = lazily(r"\{(\w+)\}")
_DAYS = {"yyyy": "{0.year:04}", "MM": "{0.month:02}", "dd": "{0.day:02}"}


class _Blog(NamedTuple):
    """https://squidfunk.github.io/mkdocs-material/plugins/blog/"""

    folder: str
    url: str
    days: str


def mkdocs(reader: Reader) -> Rule:
    """https://www.mkdocs.org/user-guide/configuration/#docs_dir, #use_directory_urls"""
    said = reader.settings()
    reader.put_below(text_of(said, "site_url"))
    docs = text_of(said, "docs_dir") or "docs"
    reader.contents = (docs,)
    left_out = Patterns(tuple(_lines(said, "exclude_docs") + _lines(said, "draft_docs")))
    folders = said.get("use_directory_urls") is not False
    blogs = [_blog(about) for name, about in plugins(said) if name in ("blog", "material/blog")]

    def rule(path: str, values: Mapping[str, Any]) -> str | None:
        inside = below(path, docs)
        if inside is None:
            return None
        if left_out.match(inside):
            return NO_PAGE
        post = next((url for blog in blogs if (url := _of_post(inside, values, blog))), None)
        return post or _of_page(inside, folders=folders)

    return rule


def _lines(said: Mapping[str, Any], key: str) -> list[str]:
    """Patterns as in a .gitignore, a line each: https://www.mkdocs.org/user-guide/configuration/#exclude_docs"""
    lines = (line.strip() for line in text_of(said, key).splitlines())
    return [line for line in lines if line and not line.startswith("#") and not problem(line)]


def plugins(said: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The plugins of a configuration with what each is told."""
    listed = said.get("plugins")
    items = listed if isinstance(listed, list) else [{name: about} for name, about in listed.items()] if isinstance(listed, dict) else []
    pairs = [pair for item in items for pair in (item.items() if isinstance(item, dict) else [(item, None)])]
    return [(str(name), about if isinstance(about, dict) else {}) for name, about in pairs]


def _of_page(path: str, *, folders: bool) -> str:
    folder, name = split(path)
    if name.lower() in ("index", "readme"):
        return address(folder) if folders or not folder else address(folder, "index", ending=".html")
    return address(folder, name) if folders else address(folder, name, ending=".html")


def _blog(about: Mapping[str, Any]) -> _Blog:
    folder = text_of(about, "blog_dir") or "blog"
    return _Blog(
        "" if folder == "." else folder,
        text_of(about, "post_url_format") or "{date}/{slug}",
        text_of(about, "post_url_date_format") or "yyyy/MM/dd",
    )


def _of_post(path: str, values: Mapping[str, Any], blog: _Blog) -> str | None:
    """None for what is no post, or has no date, on which the address depends."""
    inside = below(path, f"{blog.folder}/posts".strip("/"))
    stated = values.get("date")
    day = date_of({"date": stated.get("created") if isinstance(stated, dict) else stated}, "")
    if inside is None or (day is None and "{date}" in blog.url):
        return None
    filed = values.get("categories")
    written = blog.days
    for sign, shown in _DAYS.items():
        written = written.replace(sign, shown.format(day) if day else "")
    known = {
        "date": written,
        "slug": text_of(values, "slug") or _slug(text_of(values, "title") or split(inside)[1].replace("-", " ")),
        "file": split(inside)[1],
        "categories": "/".join(_slug(str(one)) for one in filed[:1]) if isinstance(filed, list) else "",
    }
    return address(blog.folder, _FORMAT.sub(lambda found: known.get(found[1], ""), blog.url))


def _slug(text: str) -> str:
    """A title as Material's blog has it in an address."""
    return _BETWEEN.sub("-", _NOT_A_WORD.sub("", text).strip().lower())
