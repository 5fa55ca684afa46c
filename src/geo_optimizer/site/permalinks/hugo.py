"""Hugo: the path below `content`, or a pattern for each section; languages by folder or by the file's name."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import basename, dirname
from typing import Any, NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.site.pages import date_of
from geo_optimizer.site.permalinks.cascade import Cascade, Place, passed_on
from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, address, below, dated, filled, is_pattern, quoted, split, text_of

_DEFAULTS = "config/_default"
_KINDS = ("page", "section", "taxonomy", "term")
_DROPPED = lazily(r"[^\w\s./\\#+~@%-]+")
_BLANK = lazily(r"-?\s+-?")
_DATED = lazily(r"\d{4}-\d{2}-\d{2}-(?P<title>.+)")
_PART = lazily(r"\[(?:(?P<one>last|\d+)|(?P<from>\d*):(?P<to>last|\d*))\]")


class _Settings(NamedTuple):
    """Of the configuration. `contents`: folders of pages, the deepest first, each with its language; `permalinks`: kind -> section -> pattern."""

    contents: tuple[tuple[str, str], ...]
    permalinks: Mapping[str, Mapping[str, str]]
    languages: frozenset[str]
    unprefixed: str
    lower: bool
    ugly: bool
    dated_names: bool


def hugo(reader: Reader) -> Rule:
    """https://gohugo.io/content-management/urls/, https://gohugo.io/configuration/permalinks/"""
    said = _said(reader)
    settings = _settings(said)
    reader.put_below(text_of(said, "baseurl"))
    reader.contents = tuple(folder for folder, _ in settings.contents)

    def place_of(path: str) -> Place | None:
        return next(
            (_place(inside, one, settings) for folder, one in settings.contents if (inside := below(path, folder)) is not None), None
        )

    cascade = Cascade(passed_on(reader, said.get("cascade"), reader.contents, place_of))
    reader.inherit = lambda path, values: cascade.over(page, values) if (page := place_of(path)) else values

    def rule(path: str, values: Mapping[str, Any]) -> str | None:
        for folder, language in settings.contents:
            if (inside := below(path, folder)) is not None:
                return _url(inside, language, values, settings)
        return None

    return rule


def _said(reader: Reader) -> dict[str, Any]:
    """The configuration, with the parts that have files of their own. Its keys are in small letters: Hugo tells no case."""
    said = _small(reader.settings())
    for part in ("hugo", "config", "permalinks", "languages"):
        for ending in ("toml", "yaml", "yml", "json"):
            if found := _small(reader.data(f"{_DEFAULTS}/{part}.{ending}")):
                said.update(found if part in ("hugo", "config") else {part: found})
    return said


def _small(found: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in found.items()}


def _settings(said: Mapping[str, Any]) -> _Settings:
    named = said.get("languages")
    languages = (
        {str(code).lower(): _small(about) if isinstance(about, dict) else {} for code, about in named.items()}
        if isinstance(named, dict)
        else {}
    )
    default = text_of(said, "defaultcontentlanguage").lower() or "en"
    main = text_of(said, "contentdir") or "content"
    own = {code: folder.strip("/") for code, about in languages.items() if (folder := text_of(about, "contentdir"))}
    contents = sorted([*((folder, code) for code, folder in own.items()), (main, "")], key=lambda pair: -len(pair[0]))
    read_dates = str(said.get("frontmatter", "")).lower()
    return _Settings(
        contents=tuple(contents),
        permalinks=_permalinks(said.get("permalinks")),
        languages=frozenset(languages),
        unprefixed="" if said.get("defaultcontentlanguageinsubdir") is True else default,
        lower=said.get("disablepathtolower") is not True,
        ugly=said.get("uglyurls") is True,
        dated_names=":filename" in read_dates,
    )


def _permalinks(said: object) -> dict[str, dict[str, str]]:
    """Patterns by kind; in older configurations all are for pages."""
    found: dict[str, dict[str, str]] = {}
    for name, value in said.items() if isinstance(said, dict) else ():
        if isinstance(value, dict) and name in _KINDS:
            found.setdefault(name, {}).update({str(section).strip("/"): str(pattern) for section, pattern in value.items()})
        elif isinstance(value, str):
            found.setdefault("page", {})[str(name).strip("/")] = value
    return found


def _url(path: str, language: str, values: Mapping[str, Any], settings: _Settings) -> str | None:
    if _is_not_built(values):
        return NO_PAGE
    folder, name, language = _named(path, language, settings)
    page = _Page(folder, name, values, date_of(values, path), settings)
    prefix = "" if not language or language == settings.unprefixed else language
    url = page.by_pattern() or page.by_path()
    return address(prefix, url) if url.endswith("/") else address(prefix, url, slash=False)


def _named(path: str, language: str, settings: _Settings) -> tuple[str, str, str]:
    """Folder, name and language of a file below its folder of content."""
    folder, name = split(path)
    bare, _, code = name.rpartition(".")
    return (folder, bare, code.lower()) if bare and code.lower() in settings.languages else (folder, name, language)


def _place(path: str, language: str, settings: _Settings) -> Place:
    folder, name, language = _named(path, language, settings)
    is_list, is_bundle = name.lower() == "_index", name.lower() == "index"
    kind = "page" if not is_list else "section" if folder else "home"
    return Place(
        folder, f"/{folder}" if is_list or is_bundle else f"/{folder}/{name}".replace("//", "/"), kind, language or settings.unprefixed
    )


def _is_not_built(values: Mapping[str, Any]) -> bool:
    """https://gohugo.io/content-management/build-options/"""
    build = values.get("build", values.get("_build"))
    return values.get("headless") is True or (isinstance(build, dict) and build.get("render") in ("never", "link", False))


class _Page(NamedTuple):
    """A file below its folder of content, without extension and language."""

    folder: str
    name: str
    values: Mapping[str, Any]
    date: Any
    settings: _Settings

    @property
    def is_section(self) -> bool:
        return self.name.lower() in ("_index", "readme")

    @property
    def is_bundle(self) -> bool:
        return self.name.lower() == "index"

    @property
    def sections(self) -> list[str]:
        """The folders that a page lies in; that of a bundle is the page itself."""
        folder = dirname(self.folder) if self.is_bundle else self.folder
        return [part for part in folder.split("/") if part]

    @property
    def own_name(self) -> str:
        name = basename(self.folder) if self.is_bundle else self.name
        found = _DATED.fullmatch(name) if self.settings.dated_names else None
        return found["title"] if found else name

    def by_path(self) -> str:
        if self.is_section or (self.is_bundle and not self.folder):
            return self._ended(self._small(self.folder))
        last = text_of(self.values, "slug").strip("/") or self.own_name
        return self._ended(self._small("/".join((*self.sections, last))))

    def by_pattern(self) -> str | None:
        """By the frontmatter's `url` if it is a pattern, or the one of its section."""
        section = self.sections[0] if self.sections else ""
        pattern = self.settings.permalinks.get("section" if self.is_section else "page", {}).get(section, "")
        stated = text_of(self.values, "url")
        if stated and is_pattern(stated):
            pattern = stated
        elif self.is_section and len(self.sections) != 1:
            return None
        return filled(pattern, self._token) if pattern else None

    def _token(self, name: str, part: str) -> str | None:
        slug, title = text_of(self.values, "slug"), text_of(self.values, "title")
        known = {
            "title": title,
            "slug": slug or title,
            "filename": self.own_name,
            "contentbasename": self.own_name,
            "slugorfilename": slug or self.own_name,
            "slugorcontentbasename": slug or self.own_name,
            "section": self.sections[0] if self.sections else "",
            "sections": "/".join(_some(self.sections, part)),
        }
        return self._small(known[name]) if name in known else dated(name, self.date)

    def _small(self, path: str) -> str:
        path = urlized(path)
        return path.lower() if self.settings.lower else path

    def _ended(self, path: str) -> str:
        return f"{path}.html" if self.settings.ugly and path and not self.is_section else f"{path}/"


def urlized(text: str) -> str:
    """A text as Hugo has it in an address: hyphens for blanks, few signs."""
    return quoted(_BLANK.sub("-", _DROPPED.sub("", text).strip()))


def _some(sections: list[str], part: str) -> list[str]:
    """`[1]`, `[last]`, `[1:]`, `[:last]` of the sections."""
    found = _PART.fullmatch(part)
    if found is None:
        return sections
    last = len(sections) - 1
    if found["one"]:
        at = last if found["one"] == "last" else int(found["one"])
        return sections[at : at + 1]
    start = int(found["from"] or 0)
    end = last if found["to"] == "last" else int(found["to"]) if found["to"] else len(sections)
    return sections[start:end]
