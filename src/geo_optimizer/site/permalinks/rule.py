"""What the rules of all generators are made of."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from posixpath import basename, dirname
from typing import Any
from urllib.parse import quote

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter import load
from geo_optimizer.model import FrontmatterFormat
from geo_optimizer.site.addresses import host_of, without_extension
from geo_optimizer.site.pages import Inherit, as_stated

# A path below the project's root, with `/`, and the frontmatter -> the page's URL; NO_PAGE where the generator makes none of the file,
# None where the rule has nothing to say of it.
Rule = Callable[[str, Mapping[str, Any]], str | None]
NO_PAGE = ""

_LARGEST = 1 << 20  # characters that are read of a configuration
_FORMATS: dict[str, FrontmatterFormat] = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}
# Strings come first: a glob (`'**/*.md'`) begins no comment.
_COMMENTS = lazily(r"""(?P<string>(["'])(?:\\.|(?!\2)[^\\\n])*\2|`(?:\\.|[^\\`])*`)|^[ \t]*//[^\n]*$|/\*.*?\*/""", re.MULTILINE | re.DOTALL)
_ORIGIN = lazily(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*|[?#].*$", re.IGNORECASE)
_TOKEN = lazily(r":([a-z_]+)(\[[^\]]*\])?", re.IGNORECASE)
_UNSAFE = lazily(r"[\s<>\"`{}|\\^]+")


def by_path(path: str, values: Mapping[str, Any]) -> str | None:  # noqa: ARG001 - it is a rule as others are
    """Where no generator is known: as the path says."""
    return None


class Reader:
    """The files of a project, as its rule reads them; `digest` is of all that was read, file by file.

    What a rule learns on its way: `host`, the site's own; `base`, the path that
    the whole site is put below, and whether the generator puts it before the links of authors;
    `contents`, the folders out of which it makes no page, if these are known;
    `inherit`, what of a file's frontmatter stands elsewhere.
    """

    def __init__(self, root: Path, config: Path | None = None) -> None:
        self.root = root
        self.config = config
        self.digest = blake2b(digest_size=16)
        self.host = ""
        self.base = ""
        self.is_base_added = False
        self.contents: tuple[str, ...] = ()
        self.inherit: Inherit = as_stated

    def put_below(self, stated: str | None, *, site: str | None = None, added: bool = False) -> None:
        """Note the path in an address, or the path, that the whole site is put below; what a template fills in is not known.

        `site`: the address that states the host, if that one does not.
        """
        path = _ORIGIN.sub("", stated or "").strip("/")
        self.base = "" if not path or is_templated(path) or _UNSAFE.search(path) else f"/{path}"
        self.is_base_added = added
        self.host = host_of(site or stated or "")

    def text(self, path: Path | str) -> str:
        """A file's text, "" where there is none."""
        text = self.peek(path)
        self.digest.update(f"{path}\0{text}\0".encode("utf-8", "surrogatepass"))
        return text

    def peek(self, path: Path | str) -> str:
        """The same of a file of which only a part matters; who reads it notes that part."""
        try:
            with (self.root / path).open(encoding="utf-8-sig", errors="replace") as file:
                return file.read(_LARGEST)
        except OSError:
            return ""

    def note(self, said: object) -> None:
        """Add what was learnt to the digest."""
        self.digest.update(f"{said!r}\0".encode("utf-8", "surrogatepass"))

    def data(self, path: Path | str) -> dict[str, Any]:
        """What a file of TOML, YAML or JSON says; nothing where there is none. Raises Unreadable."""
        text = self.text(path)
        return load(_FORMATS[Path(path).suffix.lower()], text) if text.strip() else {}

    def items(self, path: str) -> list[Any]:
        """The items of a list in JSON; none where it is no such."""
        try:
            found = json.loads(self.text(path) or "[]")
        except (ValueError, RecursionError):
            return []
        return found if isinstance(found, list) else []

    def settings(self) -> dict[str, Any]:
        """What the project's own configuration says. Raises Unreadable."""
        return self.data(self.config) if self.config else {}

    def script(self) -> Script:
        """The project's configuration, as far as it is written out in a script."""
        return Script(self.text(self.config) if self.config else "")

    def first(self, *paths: str) -> str:
        """The first of these folders that the project has, "" without one."""
        return next((path for path in paths if (self.root / path).is_dir()), "")


class Script:
    """What a configuration in JavaScript says in so many words; what it computes is not known."""

    def __init__(self, text: str) -> None:
        self.code = _COMMENTS.sub(lambda found: found["string"] or "", text)

    def text(self, key: str, code: str | None = None) -> str | None:
        """The text that is given to a key, or to a function as its only argument."""
        found = re.search(rf"""\b{key}["']?\s*[:(]\s*(["'`])([^"'`\n]*)\1""", self.code if code is None else code)
        return found[2] if found else None

    def flag(self, key: str) -> bool | None:
        found = re.search(rf"\b{key}\s*:\s*(true|false)\b", self.code)
        return found[1] == "true" if found else None

    def objects(self, key: str) -> list[tuple[str, str]]:
        """The innermost `{...}` around each use of a key, with the name that the object is given to."""
        found = []
        for use in re.finditer(rf"\b{key}\s*:", self.code):
            start, end = _braces(self.code, use.start())
            name = re.search(r"""([\w@/-]+)["']?\s*[:,]\s*$""", self.code[max(0, start - 200) : start])
            found.append((name[1] if name else "", self.code[start:end]))
        return found


def _braces(code: str, at: int) -> tuple[int, int]:
    """Where the object that holds a place begins and ends."""
    start, depth = at, 0
    while start > 0 and depth >= 0:
        start -= 1
        depth += {"}": 1, "{": -1}.get(code[start], 0)
    end, depth = at, 0
    while end < len(code) and depth >= 0:
        depth += {"{": 1, "}": -1}.get(code[end], 0)
        end += 1
    return start, end


def own_keys(code: str) -> str:
    """An object's code without the objects in it."""
    kept, depth, at = [], 0, 1
    for brace in re.finditer(r"[{}]", code[1:-1]):
        if depth == 0:
            kept.append(code[at : brace.start() + 1])
        depth += 1 if brace[0] == "{" else -1
        at = brace.end() + 1
    return "".join([*kept, code[at:]])


# ------------------------------------------------------------------ paths


def below(path: str, folder: str) -> str | None:
    """A path as from a folder that it lies in, None where it does not."""
    folder = folder.strip("/.")
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(folder + "/") else None


def split(path: str) -> tuple[str, str]:
    """Folder and name, without the extension."""
    bare = without_extension(path)
    return dirname(bare), basename(bare)


def address(*parts: str, slash: bool = True, ending: str = "") -> str:
    """A URL of parts of a path; with a slash behind it, unless it is to end otherwise."""
    path = re.sub(r"/{2,}", "/", "/" + "/".join(part for part in parts if part)).rstrip("/")
    if not path:
        return "/"
    return quoted(path) + (ending or ("/" if slash else ""))


def quoted(url: str) -> str:
    """A URL that can stand in a link: what would end it is escaped, letters of all languages are not."""
    return _UNSAFE.sub(lambda found: quote(found[0]), url)


def text_of(values: Mapping[str, Any], *keys: str) -> str:
    """The first of these keys that has a text or a number, as text; "" without one."""
    for key in keys:
        value = values.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def is_templated(text: str) -> bool:
    return "{{" in text or "{%" in text or "${" in text


# ------------------------------------------------------------------ patterns


def is_pattern(text: str) -> bool:
    """Whether an address is one that the generator fills in."""
    return is_templated(text) or _TOKEN.search(text) is not None


def filled(pattern: str, token: Callable[[str, str], str | None]) -> str | None:
    """A pattern with its tokens (`:year`, `:sections[1:]`) filled in; None if one is not known."""
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        value = token(match[1], match[2] or "")
        missing = missing or value is None
        return value or ""

    url = _TOKEN.sub(fill, pattern)
    return None if missing else re.sub(r"/{2,}", "/", "/" + url)


_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split()
_DATES: dict[str, Callable[[dt.date], str]] = {
    "year": lambda day: f"{day.year:04}",
    "short_year": lambda day: f"{day.year % 100:02}",
    "month": lambda day: f"{day.month:02}",
    "i_month": lambda day: str(day.month),
    "day": lambda day: f"{day.day:02}",
    "i_day": lambda day: str(day.day),
    "y_day": lambda day: f"{day.timetuple().tm_yday:03}",
    "w_year": lambda day: str(day.isocalendar().year),
    "week": lambda day: f"{day.isocalendar().week:02}",
    "w_day": lambda day: str(day.isoweekday()),
    "short_month": lambda day: _MONTHS[day.month - 1][:3],
    "long_month": lambda day: _MONTHS[day.month - 1],
    "short_day": lambda day: _DAYS[day.isoweekday() % 7][:3],
    "long_day": lambda day: _DAYS[day.isoweekday() % 7],
    "monthname": lambda day: _MONTHS[day.month - 1],
    "weekday": lambda day: str(day.isoweekday() % 7),
    "weekdayname": lambda day: _DAYS[day.isoweekday() % 7],
    "yearday": lambda day: str(day.timetuple().tm_yday),
}


def dated(name: str, day: dt.date | None) -> str | None:
    """A token for a part of a date."""
    return _DATES[name](day) if day and name in _DATES else None
