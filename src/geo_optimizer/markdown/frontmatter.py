"""Frontmatter: found by our own scanner, read by python-frontmatter's handlers, changed by splicing lines.

The handlers' `dumps` would sort keys and drop comments, and their splitter
loses text (see the tests); so neither is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from geo_optimizer.errors import DraftRefused
from geo_optimizer.model import Edit, Frontmatter, FrontmatterFormat, Newline, Span

Scalar = str | list[str]

_OPEN = re.compile(r"(?P<blank>(?:[ \t]*(?:\r\n|\r|\n))*)(?P<fence>---|\+\+\+)[ \t]*(?P<end>\r\n|\r|\n)")
_YAML_KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[^\s"'#:\-\[\]{}][^"'#:]*?|-\w[^"'#:]*?)(?P=quote)[ \t]*:(?P<value>[ \t].*|)$""")
_LIKE_A_KEY = re.compile(r"""["']?[\w.-]+["']?:(?!//)""")
_TOML_KEY = re.compile(r"""["']?(?P<key>[\w-]+)["']?[ \t]*=(?P<value>.*)$""")
_EMPTY = re.compile(r"""(?P<blank>[ \t]*)(?P<value>""|''|\[[ \t]*\]|null|~|)(?P<rest>[ \t]*(?:#.*)?)$""")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MAX_YAML_ALIASES = 100

# The keys under which sites keep each part of what is generated; the first is what a plain draft gets.
TITLE_KEYS = ("title",)
DESCRIPTION_KEYS = (
    "description",
    "summary",
    "excerpt",
    "meta_description",
    "metaDescription",
    "seo_description",
    "abstract",
    "lede",
    "teaser",
)
SLUG_KEYS = ("slug", "permalink", "url")
CATEGORY_KEYS = ("categories", "category", "tags", "tag", "topics", "keywords", "taxonomies")


def find_frontmatter(source: str, start: int) -> Frontmatter | None:
    """The metadata block at `start` (after a BOM), or None.

    Raises DraftRefused where there clearly is one that cannot be read:
    unclosed, or not valid YAML, TOML or JSON. The error names the line.
    """
    opening = _OPEN.match(source, start)
    if opening is None:
        return _json(source, start)
    closers = ("---", "...") if opening["fence"] == "---" else ("+++",)
    at = opening.end()
    while at < len(source):
        line = _LINE.match(source, at)
        assert line is not None
        if line.group().rstrip() in closers and not line.group()[0].isspace():
            content = Span(opening.end(), at)
            if opening["fence"] == "---" and not _looks_like_yaml(content.of(source), blank=bool(opening["blank"])):
                return None
            return _read("yaml" if opening["fence"] == "---" else "toml", source, Span(opening.start("fence"), line.end()), content)
        at = line.end()
    if opening["fence"] == "---" and not _looks_like_yaml(source[opening.end() : opening.end() + 500], blank=True):
        return None
    number = 1 + _count_lines(source, opening.start("fence"))
    raise DraftRefused(
        "frontmatter-unclosed", "the frontmatter is never closed", hint=f"end it with a line {opening['fence']}", line=number
    )


def _looks_like_yaml(content: str, *, blank: bool) -> bool:
    """Whether text between two rules is metadata: its first line that says something is a key.

    An empty block counts only at the very start; after blank lines `---` twice is two rules.
    """
    for line in re.split(r"\r\n|\r|\n", content):
        if line.strip() and not line.lstrip().startswith("#"):
            return bool(_YAML_KEY.match(line.strip()) or _LIKE_A_KEY.match(line)) or line.lstrip().startswith(("{", "? "))
    return not blank


def _json(source: str, start: int) -> Frontmatter | None:
    if not re.compile(r"\{\s*(?:\"|\})").match(source, start):
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(source, start)
    except json.JSONDecodeError as error:
        line = 1 + _count_lines(source, error.pos)
        raise DraftRefused(
            "frontmatter-invalid", f"the frontmatter is not valid JSON: {error.msg}", hint="mend it and run again", line=line
        ) from None
    tail = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)").match(source, end)
    if tail is None:
        return None
    return Frontmatter("json", Span(start, tail.end()), Span(start, end), values)


def _read(kind: FrontmatterFormat, source: str, span: Span, content: Span) -> Frontmatter:
    text = content.of(source)
    try:
        values = load(kind, text)
    except _Unreadable as error:
        first = 1 + _count_lines(source, content.start)
        raise DraftRefused(
            "frontmatter-invalid",
            f"the frontmatter is not valid {kind.upper()}: {error}",
            hint="mend it and run again",
            line=first + error.line,
        ) from None
    return Frontmatter(kind, span, content, values)


class _Unreadable(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def load(kind: FrontmatterFormat, text: str) -> dict[str, Any]:
    loaders: dict[FrontmatterFormat, Callable[[str], Any]] = {"yaml": _load_yaml, "toml": _load_toml, "json": json.loads}
    values = loaders[kind](text)
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _Unreadable(f"a {type(values).__name__} where keys with values are expected", 0)
    return {str(key): value for key, value in values.items()}


def _load_yaml(text: str) -> Any:
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    if len(re.findall(r"(?<![\w*])\*[\w-]+", text)) > _MAX_YAML_ALIASES:
        raise _Unreadable(f"more than {_MAX_YAML_ALIASES} aliases", 0)
    try:
        return YAMLHandler().load(re.sub(r"\r\n|\r", "\n", text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        raise _Unreadable(problem, mark.line if mark else 0) from None
    except (ValueError, RecursionError, TypeError) as error:
        raise _Unreadable(str(error), 0) from None


def _load_toml(text: str) -> Any:
    import tomllib

    from frontmatter.default_handlers import BaseHandler

    class TomlHandler(BaseHandler):
        """python-frontmatter's own needs the `toml` package and, without it, takes metadata for text."""

        FM_BOUNDARY = re.compile(r"^\+{3}\s*$", re.MULTILINE)

        def load(self, fm: str) -> dict[str, Any]:
            return tomllib.loads(fm)

    try:
        return TomlHandler().load(re.sub(r"\r\n|\r", "\n", text))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        raise _Unreadable(re.sub(r" \(at line.*", "", str(error)), int(where[1]) - 1 if where else 0) from None


def _count_lines(source: str, end: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", source[:end]))


# ------------------------------------------------------------------ changing it


def splice(source: str, start: int, frontmatter: Frontmatter | None, changes: Mapping[str, Scalar], newline: Newline) -> tuple[Edit, ...]:
    """The edits that give the `changes` to the metadata; a whole new block at `start` where there is none.

    A key that is there but empty gets its value on its own line; others are
    added behind the last key. Raises ValueError where the result, read back,
    would not be the old values and exactly the changes.
    """
    if not changes:
        return ()
    if frontmatter is None:
        lines = ["---", *(f"{key}: {_written(value)}" for key, value in changes.items()), "---", "", ""]
        return (Edit(Span(start, start), newline.join(lines), "frontmatter"),)
    edits = (
        _json_edits(source, frontmatter, changes, newline)
        if frontmatter.format == "json"
        else _line_edits(source, frontmatter, changes, newline)
    )
    _verify(source, frontmatter, edits, changes)
    return edits


def _written(value: Scalar) -> str:
    """A JSON string or list, which YAML and TOML read as the same value."""
    return json.dumps(value, ensure_ascii=False)


def keys_of(source: str, frontmatter: Frontmatter) -> dict[str, list[Span]]:
    """The lines on which each top-level key stands; more than one where it is given twice."""
    pattern = _TOML_KEY if frontmatter.format == "toml" else _YAML_KEY
    found: dict[str, list[Span]] = {}
    for line in _lines(source, frontmatter.content):
        text = line.of(source).rstrip("\r\n")
        if frontmatter.format == "toml" and text.startswith("["):
            break
        if match := pattern.match(text):
            found.setdefault(match["key"], []).append(Span(line.start, line.start + len(text)))
    return found


def _lines(source: str, span: Span) -> list[Span]:
    lines, at = [], span.start
    while at < span.end:
        match = _LINE.match(source, at, span.end)
        assert match is not None
        lines.append(Span(*match.span()))
        at = match.end()
    return lines


def _line_edits(source: str, frontmatter: Frontmatter, changes: Mapping[str, Scalar], newline: Newline) -> tuple[Edit, ...]:
    keys = keys_of(source, frontmatter)
    mark = " = " if frontmatter.format == "toml" else ": "
    edits, added = [], []
    for key, value in changes.items():
        places = keys.get(key, [])
        if len(places) > 1:
            raise ValueError(f"the key {key} is there twice")
        if places:
            edits.append(_filled(source, places[0], mark, value))
        else:
            added.append(f"{key}{mark}{_written(value)}")
    if added:
        at = _insertion_point(source, frontmatter)
        lead = "" if source[at - 1] in "\r\n" else newline
        edits.append(Edit(Span(at, at), lead + newline.join(added) + newline, "frontmatter"))
    return tuple(edits)


def _insertion_point(source: str, frontmatter: Frontmatter) -> int:
    if frontmatter.format == "toml":
        for line in _lines(source, frontmatter.content):
            if line.of(source).startswith("["):
                return line.start
    return frontmatter.content.end


def _filled(source: str, line: Span, mark: str, value: Scalar) -> Edit:
    text = line.of(source)
    at = text.index(mark.strip()) + 1
    empty = _EMPTY.fullmatch(text, at)
    if empty is None:
        raise ValueError("it is there in a form that is left to you")
    if not empty["value"]:  # the blanks, and the comment behind them, stay where they are
        return Edit(Span(line.start + at, line.start + at), " " + _written(value), "frontmatter")
    return Edit(Span(line.start + empty.start("value"), line.start + empty.end("value")), _written(value), "frontmatter")


def _json_edits(source: str, frontmatter: Frontmatter, changes: Mapping[str, Scalar], newline: Newline) -> tuple[Edit, ...]:
    content = frontmatter.content.of(source)
    filled = tuple(_filled_json(source, frontmatter, key, value) for key, value in changes.items() if key in frontmatter.values)
    added = {key: value for key, value in changes.items() if key not in frontmatter.values}
    return filled + _added_json(frontmatter, content, added, newline)


def _filled_json(source: str, frontmatter: Frontmatter, key: str, value: Scalar) -> Edit:
    empty = re.compile(rf"{re.escape(_written(key))}\s*:\s*(\"\"|null|\[\s*\])")
    places = list(empty.finditer(source, frontmatter.content.start, frontmatter.content.end))
    if len(places) != 1:
        raise ValueError("it is there in a form that is left to you")
    return Edit(Span(*places[0].span(1)), _written(value), "frontmatter")


def _added_json(frontmatter: Frontmatter, content: str, changes: Mapping[str, Scalar], newline: Newline) -> tuple[Edit, ...]:
    if not changes:
        return ()
    indent = re.match(r"\{([ \t]*(?:\r\n|\r|\n))([ \t]*)", content)
    pairs = [f"{_written(key)}: {_written(value)}" for key, value in changes.items()]
    # In front of the author's first key, so that no line of the author's needs a comma more.
    at = frontmatter.content.start + (len(indent[1]) + 1 if indent else 1)
    if not frontmatter.values:
        return (Edit(Span(at, at), ", ".join(pairs), "frontmatter"),)
    if indent is None:
        return (Edit(Span(at, at), "".join(f"{pair}, " for pair in pairs), "frontmatter"),)
    return (Edit(Span(at, at), "".join(f"{indent[2]}{pair},{newline}" for pair in pairs), "frontmatter"),)


def _verify(source: str, frontmatter: Frontmatter, edits: tuple[Edit, ...], changes: Mapping[str, Scalar]) -> None:
    from geo_optimizer.markdown.edits import apply_edits

    base = frontmatter.content.start
    moved = [Edit(Span(e.span.start - base, e.span.end - base), e.text, e.kind) for e in edits]
    try:
        values = load(frontmatter.format, apply_edits(moved, frontmatter.content.of(source)))
    except (_Unreadable, ValueError) as error:
        raise ValueError(f"the result would not be valid {frontmatter.format.upper()}: {error}") from None
    if values != {**frontmatter.values, **changes}:
        raise ValueError("the result would change other keys")
