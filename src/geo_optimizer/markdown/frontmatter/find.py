"""Where a draft's metadata begins and ends, and what it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from geo_optimizer.errors import DraftRefused
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.markdown.frontmatter.load import check_depth, json_unreadable, load
from geo_optimizer.markdown.frontmatter.names import CATEGORY_KEYS, DESCRIPTION_KEYS, SLUG_KEYS, TITLE_KEYS
from geo_optimizer.markdown.frontmatter.templates import absent, has_template, masked
from geo_optimizer.markdown.lines import LINE_END
from geo_optimizer.model import Frontmatter, FrontmatterFormat, Note, Span

# Real blocks are below 20,000 characters; a YAML block of this size takes about a second to read.
MAX_CHARACTERS = 1_000_000

# Hugo and Zola: ---, +++, {; Middleman and GitLab: ;;;; gray-matter and Eleventy: a language behind the fence.
_OPEN = lazily(
    r"(?P<blank>(?>(?:[ \t]*+(?:\r\n|\r|\n))*))(?P<fence>---|\+\+\+|;;;)(?P<language>[A-Za-z][\w-]*+)?[ \t]*+(?P<end>\r\n|\r|\n)"
)
_SECOND = lazily(r"(?>(?:[ \t]*+(?:\r\n|\r|\n))*)(?P<fence>---|\+\+\+)[ \t]*+(?:\r\n|\r|\n)(?=[A-Za-z_\"'])")
_CLOSE = {
    fence: re.compile(rf"(?<=[\r\n])(?:{closers})[^\S\r\n]*+(?:\r\n|\r|\n|\Z)")
    for fence, closers in (("---", r"---|\.\.\."), ("+++", r"\+\+\+"), (";;;", ";;;"))
}
_JSON_OPEN = lazily(r"""\{\s*+(?:"(?>(?:[^"\\\r\n]|\\.)*)"\s*+:|\})""")
_REST_OF_LINE = lazily(r"[ \t]*+(?:\r\n|\r|\n|\Z)")
_SAYING = lazily(r"^[ \t]*+[^\s#][^\r\n]*+", re.MULTILINE)
_YAML_KEY = lazily(r"""(?P<quote>["']?)(?:[^\s"'#:\-\[\]{}]|-\w)[^"'#:]*+(?P=quote)[ \t]*+:(?:[ \t].*|)$""")
# What begins a mapping otherwise, behind an anchor or a tag; `? ` is a key, too.
_OTHERWISE = lazily(r"[ \t]*+(?>(?:[&!]\S*+[ \t]++)*)(?:\{|\? |<%)")
_LIKE_A_KEY = lazily(r"""["']?[\w.-]++["']?:(?!//)""")
_WORD = lazily(r"[a-z_][\w-]*")

_LANGUAGES: dict[str, FrontmatterFormat] = {"yaml": "yaml", "yml": "yaml", "toml": "toml", "json": "json"}
_FORMATS: dict[str, FrontmatterFormat] = {"---": "yaml", "+++": "toml", ";;;": "json"}
_USUAL_KEYS = frozenset((*TITLE_KEYS, *DESCRIPTION_KEYS, *SLUG_KEYS, *CATEGORY_KEYS, "date", "author", "layout", "draft"))


def find_frontmatter(source: str, start: int) -> Frontmatter | None:
    """The metadata block at `start` (after a BOM), or None.

    Raises DraftRefused where there clearly is one that cannot be read:
    unclosed, too long, or not valid YAML, TOML or JSON. The error names the line.
    """
    opening = _OPEN.match(source, start)
    if opening is None:
        return _bare_json(source, start)
    fence, language = opening["fence"], opening["language"]
    kind = _FORMATS[fence] if language is None else _LANGUAGES.get(language.lower(), "other")
    closing = _CLOSE[fence].search(source, opening.end())
    # `---` is a rule, too, and `;;;` or a word behind a fence may be text: what then is metadata, its content shows.
    shows = fence == "+++" if language is None else closing is not None
    if closing is None:
        if shows or (kind == "yaml" and language is None and _says_keys(source[opening.end() : opening.end() + 500], empty=False)):
            raise _unclosed(source, opening)
        return None
    content = Span(opening.end(), closing.start())
    if kind == "yaml" and not shows and not _says_keys(content.of(source), empty=not opening["blank"]):
        return None
    if fence == ";;;" and not content.of(source).lstrip().startswith("{"):
        kind = "other"
    return _with_second(source, _read(kind, source, Span(opening.start("fence"), closing.end()), content))


def _unclosed(source: str, opening: re.Match[str]) -> DraftRefused:
    return DraftRefused(
        "frontmatter-unclosed",
        "the frontmatter is never closed",
        hint=f"end it with a line {opening['fence']}",
        line=_line(source, opening.start("fence")),
    )


def _says_keys(content: str, *, empty: bool) -> bool:
    """Whether text between two rules is metadata: its first line that says something is a key.

    An empty block counts only at the very start; after blank lines `---` twice is two rules.
    """
    first = _SAYING.search(content.replace("\r", "\n"))
    if first is None:
        return empty
    line = first[0]
    return any((_YAML_KEY.match(line.strip()), _LIKE_A_KEY.match(line), _OTHERWISE.match(line)))


def _read(kind: FrontmatterFormat, source: str, span: Span, content: Span) -> Frontmatter:
    if kind == "other":
        fence = source[span.start : content.start].strip()
        problem = Note("frontmatter", f"metadata fenced by `{fence}` is not read; it is left to you", Span(span.start, content.start))
        return Frontmatter(kind, span, content, {}, problem)
    if len(content) > MAX_CHARACTERS:
        raise _too_long(source, content.start)
    try:
        values = load(kind, content.of(source))
    except Unreadable as error:
        raise _invalid(kind, error, _line(source, content.start)) from None
    return Frontmatter(kind, span, content, values)


def _too_long(source: str, start: int) -> DraftRefused:
    message = f"the frontmatter is longer than {MAX_CHARACTERS:,} characters"
    return DraftRefused("frontmatter-too-long", message, hint="move what is not metadata into the text", line=_line(source, start))


def _invalid(kind: FrontmatterFormat, error: Unreadable, first: int) -> DraftRefused:
    message = f"the frontmatter is not valid {kind.upper()}: {error}"
    return DraftRefused("frontmatter-invalid", message, hint=error.hint, line=first + error.line)


def _bare_json(source: str, start: int) -> Frontmatter | None:
    """An object without a fence, as Hugo has it."""
    if not _JSON_OPEN.match(source, start):
        return None
    try:
        values, end = _decoded(source, start)
        check_depth(values, source[start:end])
    except json.JSONDecodeError as error:
        raise _invalid("json", json_unreadable(error), 1) from None
    except Unreadable as error:
        raise _invalid("json", error, _line(source, start)) from None
    except (ValueError, RecursionError):
        raise _invalid("json", Unreadable("a number is too long, or lists are nested too deeply"), _line(source, start)) from None
    tail = _REST_OF_LINE.match(source, end)
    if tail is None:
        return None
    if end - start > MAX_CHARACTERS:
        raise _too_long(source, start)
    return _with_second(source, Frontmatter("json", Span(start, tail.end()), Span(start, end), values))


def _decoded(source: str, start: int) -> tuple[dict[str, Any], int]:
    """The object at `start` and where it ends; read through a copy without templates if it cannot be read as it is."""
    decoder = json.JSONDecoder()
    try:
        values, end = decoder.raw_decode(source, start)
    except json.JSONDecodeError:
        shown = source[: start + MAX_CHARACTERS]
        if not has_template(shown):
            raise
        _, end = decoder.raw_decode(masked("json", shown, absent(shown)), start)
    return (load("json", source[start:end]) if has_template(source[start:end]) else values), end


def _with_second(source: str, first: Frontmatter) -> Frontmatter:
    """The block with all that follow it directly, as when a tool's whole answer was pasted in: none of them is text."""
    end, second = first.span.end, None
    while (block := _following(source, end)) is not None:
        second, end = second or block, block.end
    if second is None:
        return first
    problem = first.problem or Note("frontmatter", "a second block of metadata follows the first: make one of the two", second)
    return replace(first, span=Span(first.span.start, end), problem=problem)


def _following(source: str, at: int) -> Span | None:
    """A block of keys at `at`, if it can be nothing else: prose between two rules has a blank line, or no keys."""
    opening = _SECOND.match(source, at)
    closing = opening and _CLOSE[opening["fence"]].search(source, opening.end())
    if opening is None or closing is None or closing.start() - opening.end() > MAX_CHARACTERS:
        return None
    try:
        values = load(_FORMATS[opening["fence"]], source[opening.end() : closing.start()])
    except Unreadable:
        return None
    keys = list(values)
    if keys and all(map(_WORD.fullmatch, keys)) and (len(keys) > 1 or keys[0] in _USUAL_KEYS):
        return Span(opening.start("fence"), closing.end())
    return None


def _line(source: str, at: int) -> int:
    return 1 + len(LINE_END.findall(source, 0, at))
