"""Jekyll: posts by a permalink of dates and titles, collections, pages by their path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from posixpath import basename
from typing import Any, NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.site.pages import date_of
from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, address, below, dated, filled, is_templated, quoted, split, text_of

# https://jekyllrb.com/docs/permalinks/#built-in-formats
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_POST = lazily(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(?P<title>.+)")
_NOT_A_WORD = lazily(r"[\W_]+")
_NOT_IN_A_TITLE = lazily(r"[^\w.~!$&'()+,;=@]+")


class _Settings(NamedTuple):
    """Of `_config.yml`. `style`: the permalink of posts, which pages and collections follow in how it ends."""

    source: str
    style: str
    collections: Mapping[str, Mapping[str, Any]]
    collections_dir: str
    defaults: Sequence[Mapping[str, Any]]
    include: Sequence[str]
    exclude: Sequence[str]


def jekyll(reader: Reader) -> Rule:
    """https://jekyllrb.com/docs/permalinks/, https://jekyllrb.com/docs/collections/"""
    said = reader.settings()
    settings = _settings(said)
    reader.contents = (settings.source,) if settings.source.strip("/.") else ()
    reader.put_below(text_of(said, "baseurl"), site=text_of(said, "url"))
    reader.inherit = lambda path, values: _with_defaults(below(path, settings.source), values, settings)

    def rule(path: str, values: Mapping[str, Any]) -> str | None:
        place = below(path, settings.source)
        if place is None:
            return None
        return NO_PAGE if _is_excluded(place, settings) else _url(place, values, settings)

    return rule


def _settings(said: Mapping[str, Any]) -> _Settings:
    named = said.get("collections")
    collections = dict.fromkeys(map(str, named)) if isinstance(named, list) else named if isinstance(named, dict) else {}
    defaults = said.get("defaults")
    return _Settings(
        source=text_of(said, "source"),
        style=text_of(said, "permalink") or "date",
        collections={str(label): about if isinstance(about, dict) else {} for label, about in collections.items()},
        collections_dir=text_of(said, "collections_dir"),
        defaults=[one for one in defaults if isinstance(one, dict)] if isinstance(defaults, list) else [],
        include=_texts(said, "include"),
        exclude=_texts(said, "exclude"),
    )


def _texts(said: Mapping[str, Any], key: str) -> list[str]:
    value = said.get(key)
    return [str(one) for one in value] if isinstance(value, list) else []


def _is_excluded(path: str, settings: _Settings) -> bool:
    """https://jekyllrb.com/docs/configuration/options/: a file, a folder, or a pattern, from the source on; `include` is stronger."""

    def among(stated: Sequence[str]) -> bool:
        bare = (one.strip("/") for one in stated)
        return any(path == one or path.startswith(f"{one}/") or fnmatchcase(path, one) for one in bare if one)

    return among(settings.exclude) and not among(settings.include)


def _url(path: str, values: Mapping[str, Any], settings: _Settings) -> str | None:
    if _is_post(path):
        return _post(path, values, settings)
    if label := _label(path, settings):
        return _of_collection(label, _inside(path, settings).split("/", 1)[1], values, settings)
    if any(part.startswith("_") and part not in settings.include for part in path.split("/")):
        return NO_PAGE
    return _page(path, values, settings)


def _is_post(path: str) -> bool:
    return not {"_posts", "_drafts"}.isdisjoint(path.split("/")[:-1])


def _label(path: str, settings: _Settings) -> str:
    """The collection that a file is of, "" for none."""
    inside = _inside(path, settings)
    label = inside.split("/")[0].removeprefix("_") if inside.startswith("_") and "/" in inside else ""
    return label if label in settings.collections else ""


def _inside(path: str, settings: _Settings) -> str:
    return below(path, settings.collections_dir) or path


def _post(path: str, values: Mapping[str, Any], settings: _Settings) -> str | None:
    name = split(path)[1]
    dated_name = _POST.fullmatch(name)
    if dated_name is None and "_drafts" not in path.split("/"):
        return NO_PAGE
    own = settings.collections.get("posts", {})
    pattern = text_of(values, "permalink") or text_of(own, "permalink") or settings.style
    tokens = _Tokens(path, values, dated_name["title"] if dated_name else name, "posts", path)
    return tokens.fill(_STYLES.get(pattern, pattern))


def _of_collection(label: str, path: str, values: Mapping[str, Any], settings: _Settings) -> str | None:
    about = settings.collections[label]
    if about.get("output") is not True:
        return NO_PAGE
    stated = text_of(values, "permalink") or text_of(about, "permalink")
    pattern = _STYLES.get(stated, stated) or "/:collection/:path" + _ending(settings.style)
    name = split(path)[1]
    dated_name = _POST.fullmatch(name)
    return _Tokens(path, values, dated_name["title"] if dated_name else name, label, path).fill(pattern)


def _page(path: str, values: Mapping[str, Any], settings: _Settings) -> str | None:
    folder, name = split(path)
    if stated := text_of(values, "permalink"):
        return _Tokens(path, values, name, "", path).fill(stated)
    if name.lower() in ("index", "readme"):
        return address(folder)
    ending = _ending(settings.style)
    return address(folder, name, slash=ending == "/", ending=".html" if ending == ":output_ext" else "")


def _ending(style: str) -> str:
    """How pages and collections end: with a slash or an extension if the permalink of posts does."""
    if style in _STYLES:
        return "/" if style == "pretty" else ":output_ext"
    return "/" if style.endswith("/") else ":output_ext" if style.endswith(":output_ext") else ""


class _Tokens(NamedTuple):
    """What stands for the tokens of one document. `inside`: its path below its collection."""

    path: str
    values: Mapping[str, Any]
    title: str
    collection: str
    inside: str

    def fill(self, pattern: str) -> str | None:
        if is_templated(pattern):
            return None
        found = filled(pattern, self._token)
        return quoted(found) if found else None

    def _token(self, name: str, _: str) -> str | None:
        slug = text_of(self.values, "slug") or self.title
        folder, bare = split(self.inside)
        known = {
            "title": _NOT_IN_A_TITLE.sub("-", slug).strip("-"),
            "slug": slugified(slug),
            "name": slugified(bare),
            "basename": bare,
            "path": folder if not self.collection else f"{folder}/{bare}",
            "collection": self.collection,
            "categories": "/".join(one.lower() for one in self._categories()),
            "slugified_categories": "/".join(slugified(one) for one in self._categories()),
            "output_ext": ".html",
        }
        return known[name] if name in known else dated(name, date_of(self.values, self.path))

    def _categories(self) -> list[str]:
        """Those of the folders above `_posts`, and those stated; a text is several with spaces between."""
        above = self.path.split("/_posts/")[0].split("/") if "/_posts/" in self.path else []
        stated: list[str] = []
        for key in ("category", "categories"):
            value = self.values.get(key)
            stated += [str(one) for one in value] if isinstance(value, list) else value.split() if isinstance(value, str) else []
        return list(dict.fromkeys((*above, *stated)))


def slugified(text: str) -> str:
    return _NOT_A_WORD.sub("-", text).strip("-").lower()


def _with_defaults(path: str | None, values: Mapping[str, Any], settings: _Settings) -> Mapping[str, Any]:
    """The frontmatter over the defaults that are for the file; the closer of these wins.

    https://jekyllrb.com/docs/configuration/front-matter-defaults/
    """
    if path is None:
        return values
    found: dict[str, Any] = {}
    kind = "posts" if _is_post(path) else _label(path, settings) or "pages"
    fitting = [one for one in settings.defaults if _fits(path, kind, _table(one, "scope"))]
    for one in sorted(fitting, key=lambda one: _closeness(_table(one, "scope"))):
        found.update(_table(one, "values"))
    return {**found, **values} if found else values


def _table(one: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = one.get(key)
    return value if isinstance(value, dict) else {}


def _closeness(scope: Mapping[str, Any]) -> tuple[int, bool]:
    return len(text_of(scope, "path").strip("/")), "type" in scope


def _fits(path: str, kind: str, scope: Mapping[str, Any]) -> bool:
    wanted, where = text_of(scope, "type"), text_of(scope, "path").strip("/")
    if wanted and wanted != kind and not (kind == "posts" and wanted == "drafts" and "_drafts" in path):
        return False
    return not where or path == where or path.startswith(where + "/") or ("*" in where and _fits_pattern(path, where))


def _fits_pattern(path: str, where: str) -> bool:
    return fnmatchcase(path, where) or fnmatchcase(path, where + "/*") or fnmatchcase(basename(path), where)
