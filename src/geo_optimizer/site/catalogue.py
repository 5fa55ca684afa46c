"""A catalogue of pages that a person keeps, in CSV, YAML or TOML: what links may lead to, and by which words.

    url,title,anchors,use when,never
    /guides/sea-kale/,Sea kale,sea kale; growing sea kale,the text is about beds near the coast,
    /legal/imprint/,,,,yes

`anchors` are words that the page may be linked by; `use when` is a person's
word on when; `never` is yes for a page that is not to be suggested at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from geo_optimizer.errors import SiteError, nearest
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.site.addresses import url_key

if TYPE_CHECKING:
    from geo_optimizer.markdown.frontmatter.records import Told

ENDINGS = (".csv", ".yaml", ".yml", ".toml")
COLUMNS = ("url", "title", "anchors", "use when", "never")
_LIST = "pages"  # the key below which YAML and TOML may have the list of pages
_LARGEST = 10 << 20
_DELIMITERS = ",;\t|"
_YES, _NO = frozenset({"yes", "true", "y", "1", "x"}), frozenset({"", "no", "false", "n", "0"})
_BETWEEN = lazily(r"[\s_-]+")
_TABLE = lazily(r"^[ \t]*\[\[[ \t]*[\"']?pages[\"']?[ \t]*\]\]", re.MULTILINE)
_PLACE = lazily(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


class Entry(NamedTuple):
    """What is said of one page: `title` and `use_when` are "" where nothing is. `line` is where it stands, 0 where that is not known."""

    url: str
    title: str = ""
    anchors: tuple[str, ...] = ()
    use_when: str = ""
    never: bool = False
    line: int = 0


class _Row(NamedTuple):
    """One page as it stands in the file; `number` counts from 1."""

    number: int
    line: int
    cells: Sequence[tuple[str, Told, int]]


def read_catalogue(path: Path) -> list[Entry]:
    """The pages in a catalogue, in order. Raises SiteError with the line of whatever cannot be meant."""
    text = _text(path)
    found: dict[str, Entry] = {}
    for row in _READERS[path.suffix.lower()](path, text):
        entry = _entry(path, row)
        first = found.setdefault(url_key(entry.url), entry)
        if first is not entry:
            where = f"line {first.line}" if first.line else f"entry {list(found.values()).index(first) + 1}"
            raise _wrong(path, row, f"{entry.url} is there already, in {where}", "make one entry of the two")
    return list(found.values())


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            message = f"it is larger than {_LARGEST >> 20} MiB"
            raise SiteError(
                "catalogue-too-large", message, hint="a catalogue that a person keeps is smaller; give a sitemap", path=str(path)
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        hint = "save it as UTF-8 (in Excel: CSV UTF-8)"
        raise SiteError("catalogue-not-utf8", "it is not UTF-8", hint=hint, path=str(path), line=line) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SiteError("catalogue-unreadable", f"it cannot be read: {reason}", hint="check the path", path=str(path)) from None


# ------------------------------------------------------------------ one entry


def _entry(path: Path, row: _Row) -> Entry:
    cells: dict[str, tuple[Told, int]] = {}
    for name, value, line in row.cells:
        column = _column(path, row._replace(line=line), name)
        if column in cells:
            raise _wrong(path, row._replace(line=line), f"`{column}` is there twice", "leave one of the two")
        cells[column] = (value, line)
    return Entry(
        url=_url(path, row, cells),
        title=_one(path, row, cells, "title"),
        anchors=_several(path, row, cells),
        use_when=_one(path, row, cells, "use when"),
        never=_never(path, row, cells),
        line=row.line,
    )


def _column(path: Path, row: _Row, name: str) -> str:
    """The column that a name means: case, blanks, hyphens and underscores do not count."""
    bare = _bare(name)
    known = {_bare(column): column for column in COLUMNS} | {"anchor": "anchors"}
    if bare in known:
        return known[bare]
    near = nearest(bare, known)
    hint = f"did you mean `{known[near]}`? " if near else ""
    raise _wrong(path, row, f"`{name.strip()[:60]}` is not known", f"{hint}known are {', '.join(COLUMNS)}")


def _bare(name: str) -> str:
    return _BETWEEN.sub("", name.strip().casefold())


def _one(path: Path, row: _Row, cells: Mapping[str, tuple[Told, int]], column: str) -> str:
    """The text of a column, on one line."""
    value, line = cells.get(column, ("", row.line))
    if not isinstance(value, str):
        raise _wrong(path, row._replace(line=line), f"`{column}` must be a text", "write one, or leave it out")
    return " ".join(value.split())


def _several(path: Path, row: _Row, cells: Mapping[str, tuple[Told, int]]) -> tuple[str, ...]:
    value, line = cells.get("anchors", ("", row.line))
    if value is None:
        raise _wrong(path, row._replace(line=line), "`anchors` must be a list of texts", "write them with `;` between them, or as a list")
    texts = re.split(r"[;|]", value) if isinstance(value, str) else value
    return tuple(dict.fromkeys(anchor for text in texts if (anchor := " ".join(text.split()))))


def _never(path: Path, row: _Row, cells: Mapping[str, tuple[Told, int]]) -> bool:
    value = _one(path, row, cells, "never")
    if value.casefold() in _YES | _NO:
        return value.casefold() in _YES
    line = cells["never"][1]
    raise _wrong(path, row._replace(line=line), f"`never` must be yes or no, not {value[:40]}", "yes: the page is never suggested")


def _url(path: Path, row: _Row, cells: Mapping[str, tuple[Told, int]]) -> str:
    url = _one(path, row, cells, "url")
    row = row._replace(line=cells.get("url", ("", row.line))[1])
    if not url:
        raise _wrong(path, row, "it has no `url`", "write the address of the page, such as /guides/sea-kale/")
    if not _is_address(url):
        raise _wrong(path, row, f"{url[:80]} is no address of a page", "begin it with / from the root of the site, or with https://")
    return url


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    below = url.startswith("/") and not url.startswith("//")
    return (whole or below) and not any(char.isspace() or not char.isprintable() or char in '<>"`\\' for char in url)


def _wrong(path: Path, row: _Row, message: str, hint: str) -> SiteError:
    where = "" if row.line else f"entry {row.number}: "
    return SiteError("catalogue-entry", where + message, hint=hint, path=str(path), line=row.line or None)


# ------------------------------------------------------------------ CSV


def _csv_rows(path: Path, text: str) -> Iterator[_Row]:
    import csv

    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.lower().startswith("sep=")), len(lines))
    delimiter = _delimiter(lines[first]) if first < len(lines) else ","
    reader = csv.reader(lines[first:], delimiter=delimiter, strict=True, skipinitialspace=True)
    header: list[str] = []
    number, begins = 0, first + 1
    try:
        for cells in reader:
            line, begins = begins, first + reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(path, cells, line)
                continue
            number += 1
            yield _Row(number, line, _cells(path, header, cells, _Row(number, line, ())))
    except csv.Error as error:
        message = f"it is not CSV: {error}"
        raise SiteError(
            "catalogue-syntax", message, hint="close each quote, and double those inside", path=str(path), line=begins
        ) from None


def _delimiter(header: str) -> str:
    """What stands between the names of the columns: what makes most of them known ones, a comma if nothing does."""
    known = {_bare(column) for column in COLUMNS}

    def count(sign: str) -> int:
        return sum(_bare(name.strip().strip('"')) in known for name in header.split(sign))

    return max(_DELIMITERS, key=count)


def _header(path: Path, cells: list[str], line: int) -> list[str]:
    """The names of the columns, checked here so that what is wrong is told of the first line; one without a name must be empty."""
    row = _Row(0, line, ())
    known = [_column(path, row, name) if name.strip() else "" for name in cells]
    twice = next((name for n, name in enumerate(known) if name and name in known[:n]), None)
    if twice:
        raise _wrong(path, row, f"`{twice}` is there twice", "leave one of the two")
    if "url" not in known:
        raise _wrong(path, row, "no column is called `url`", f"the first line names the columns: {', '.join(COLUMNS)}")
    return known


def _cells(path: Path, header: list[str], cells: list[str], row: _Row) -> list[tuple[str, Told, int]]:
    if any(cell.strip() for n, cell in enumerate(cells) if n >= len(header) or not header[n]):
        message = f"it has {len(cells)} cells, where {len(header)} columns are named"
        raise _wrong(path, row, message, "put a text that has the delimiter in it in double quotes")
    return [(name, cell, row.line) for name, cell in zip(header, cells, strict=False) if name]


# ------------------------------------------------------------------ YAML and TOML


def _yaml_rows(path: Path, text: str) -> Iterator[_Row]:
    from geo_optimizer.markdown.frontmatter.records import records

    try:
        found = records(text, _LIST)
    except Unreadable as error:
        raise SiteError("catalogue-syntax", f"it is not read: {error}", hint=error.hint, path=str(path), line=error.line + 1) from None
    for number, record in enumerate(found, 1):
        yield _Row(number, record.line + 1, [(name, value, line + 1) for name, value, line in record.pairs])


def _toml_rows(path: Path, text: str) -> Iterator[_Row]:
    listed = _toml_list(path, text)
    tables = [text.count("\n", 0, match.start()) + 1 for match in _TABLE.finditer(text)]
    for number, table in enumerate(listed, 1):
        line = tables[number - 1] if len(tables) == len(listed) else 0
        yield _Row(number, line, [(name, _toml_told(value), line) for name, value in table.items()])


def _toml_list(path: Path, text: str) -> list[Mapping[str, object]]:
    import tomllib

    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place["line"]) if place and place["line"] else len(text.splitlines()) or 1
        message = f"it is not TOML: {_PLACE.sub('', str(error)).lower()}"
        raise SiteError("catalogue-syntax", message, hint="text needs quotes, a list needs brackets", path=str(path), line=line) from None
    except (RecursionError, ValueError) as error:
        message = f"it is not TOML: {'it is nested too deeply' if isinstance(error, RecursionError) else error}"
        raise SiteError("catalogue-syntax", message, hint="make it flat", path=str(path)) from None
    listed = parsed.pop(_LIST, [])
    if parsed or not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        hint = "begin each entry with a line [[pages]]"
        raise SiteError("catalogue-syntax", "it is no list of pages", hint=hint, path=str(path), line=1)
    return listed


def _toml_told(value: object) -> Told:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)] if all(isinstance(one, str) for one in value) else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else None


_READERS = {".csv": _csv_rows, ".yaml": _yaml_rows, ".yml": _yaml_rows, ".toml": _toml_rows}
