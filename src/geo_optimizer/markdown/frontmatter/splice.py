"""Changing metadata: the edits that give keys their values, and not one character more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from geo_optimizer.markdown.edits import apply_edits
from geo_optimizer.markdown.frontmatter.errors import Unchangeable, Unreadable
from geo_optimizer.markdown.frontmatter.layout import MADE, Entry, Layout, line_around
from geo_optimizer.markdown.frontmatter.load import EMPTY, load, read
from geo_optimizer.markdown.frontmatter.templates import has_template, shown_key
from geo_optimizer.markdown.frontmatter.writing import Scalar, item, written
from geo_optimizer.model import Edit, Frontmatter, FrontmatterFormat, Newline, Span, Template

_MARKS = {"yaml": ": ", "toml": " = "}


def splice(
    source: str,
    start: int,
    frontmatter: Frontmatter | None,
    changes: Mapping[str, Scalar],
    newline: Newline,
    *,
    replace: frozenset[str] = frozenset(),
    new: FrontmatterFormat = "yaml",
) -> tuple[Edit, ...]:
    """The edits that give the `changes` to the metadata; a whole block of format `new` at `start` where there is none.

    A key that is there but empty gets its value in its place; one that is
    missing is added. A value that is there is left, unless its key is in
    `replace` or it says the same already. The author's quotes, comments,
    order and indentation stay.

    Raises Unchangeable, with the reason in plain words, where a key cannot be
    changed, or the result, read back, would not be the old values and exactly
    the changes.
    """
    if not changes:
        return ()
    if any(has_template(text) for value in changes.values() for text in ([value] if isinstance(value, str) else value)):
        raise Unchangeable("the new text has signs that a template engine would act on")
    if frontmatter is None:
        return (Edit(Span(start, start), newline.join([*_block(new, changes), "", ""]), "frontmatter"),)
    if frontmatter.problem is not None:
        raise Unchangeable(frontmatter.problem.message)
    kind, text = frontmatter.format, frontmatter.content.of(source)
    wanted = {key: value for key, value in changes.items() if frontmatter.values.get(key) != value}
    layout = _layout(kind, text)
    edits = [*_changed(source, frontmatter, layout, wanted, replace, newline)]
    edits += _added(kind, text, layout, {key: value for key, value in wanted.items() if not layout.of(key)}, newline)
    _verify(kind, text, frontmatter.values, edits, wanted)
    base = frontmatter.content.start
    return tuple(Edit(Span(edit.span.start + base, edit.span.end + base), edit.text, edit.kind) for edit in edits)


def _block(kind: FrontmatterFormat, changes: Mapping[str, Scalar]) -> list[str]:
    """The lines of a block with these keys."""
    if kind == "toml":
        return ["+++", *(f"{key} = {written(kind, value)}" for key, value in changes.items()), "+++"]
    if kind == "json":
        pairs = [f"  {written(kind, key)}: {written(kind, value)}" for key, value in changes.items()]
        return ["{", *(pair + "," for pair in pairs[:-1]), pairs[-1], "}"]
    return ["---", *(f"{key}: {written(kind, value)}" for key, value in changes.items()), "---"]


def keys_of(source: str, frontmatter: Frontmatter) -> dict[str, list[Span]]:
    """The lines on which each top-level key stands; more than one where it is given twice."""
    found: dict[str, list[Span]] = {}
    if frontmatter.format == "other":
        return found
    text, base = frontmatter.content.of(source), frontmatter.content.start
    line = Span(0, 0)
    for entry in _layout(frontmatter.format, text).entries:
        if not line.start <= entry.at < line.end:
            line = line_around(text, entry.at)
        found.setdefault(entry.key, []).append(Span(line.start + base, line.end + base))
    return found


def values_of(source: str, frontmatter: Frontmatter) -> dict[str, Span]:
    """Where each top-level key's value stands, quotes included; the key itself where it has none. The first of a key given twice."""
    found: dict[str, Span] = {}
    if frontmatter.format == "other":
        return found
    base = frontmatter.content.start
    for entry in _layout(frontmatter.format, frontmatter.content.of(source)).entries:
        place = entry.value if len(entry.value) else Span(entry.at, entry.at + len(entry.key))
        found.setdefault(entry.key, Span(place.start + base, place.end + base))
    return found


def _layout(kind: FrontmatterFormat, text: str) -> Layout:
    if kind == "yaml":
        from geo_optimizer.markdown.frontmatter.yaml_layout import yaml_layout as layout
    elif kind == "toml":
        from geo_optimizer.markdown.frontmatter.toml_layout import toml_layout as layout
    else:
        from geo_optimizer.markdown.frontmatter.json_layout import json_layout as layout
    if not has_template(text):
        return layout(text)
    shown = read(kind, text)
    return _with_templates(text, layout(shown.text), shown.filler)


def _with_templates(text: str, layout: Layout, filler: str) -> Layout:
    """The layout with the values fixed that a template makes: in its place, or behind a key that has none."""
    entries, end = [], len(text)
    for entry in reversed(layout.entries):
        made = has_template(text[entry.value.start : end if entry.shape == "nothing" else entry.value.end])
        entries.append(entry._replace(key=shown_key(entry.key, filler), fixed=entry.fixed or (MADE if made else "")))
        end = entry.at
    return layout._replace(entries=tuple(reversed(entries)))


# ------------------------------------------------------------------ keys that are there


def _changed(
    source: str,
    frontmatter: Frontmatter,
    layout: Layout,
    wanted: Mapping[str, Scalar],
    replace: frozenset[str],
    newline: Newline,
) -> Iterator[Edit]:
    text = frontmatter.content.of(source)
    for key, value in wanted.items():
        old, entries = frontmatter.values.get(key), layout.of(key)
        if len(entries) > 1:
            raise Unchangeable(f"it is there twice, on lines {_lines(source, frontmatter, entries)}: leave one of them")
        if why := _why_kept(old, entries, may_replace=key in replace):
            raise Unchangeable(why)
        for entry in entries:
            yield from _rewritten(frontmatter.format, text, entry, value, newline, inside=layout.inside)


def _why_kept(old: Any, entries: list[Entry], *, may_replace: bool) -> str | None:
    """The reason for which a value may not be changed, if there is one."""
    if isinstance(old, Template):
        return "a template or a tag of your site makes its value, which is left to you"
    if not entries:
        return None if old in EMPTY and old != {} else "its value comes from a merge, a dotted key or a table, and is left to you"
    if entries[0].fixed:
        return f"{entries[0].fixed}, so it is left to you"
    return None if old in EMPTY or may_replace else "it has a value, which is left to you"


def _lines(source: str, frontmatter: Frontmatter, entries: list[Entry]) -> str:
    text = source[: frontmatter.content.end].replace("\r\n", "\n\0").replace("\r", "\n")
    numbers = [str(1 + text.count("\n", 0, frontmatter.content.start + entry.at)) for entry in entries]
    return ", ".join(numbers[:-1]) + " and " + numbers[-1]


def _rewritten(kind: FrontmatterFormat, text: str, entry: Entry, value: Scalar, newline: Newline, *, inside: bool) -> Iterator[Edit]:
    quote = "double" if inside and entry.quote == "plain" else entry.quote
    if entry.shape == "nothing":  # the blanks, and the comment behind them, stay where they are
        yield Edit(Span(entry.value.start, entry.value.start), " " + written(kind, value, quote), "frontmatter")
    elif entry.shape == "items":
        yield Edit(entry.value, _items(text, entry, value, newline), "frontmatter")
    elif entry.shape == "scalar block":
        yield from _unfolded(text, entry, written(kind, value))
    else:
        yield Edit(entry.value, written(kind, value, quote), "frontmatter")


def _items(text: str, entry: Entry, value: Scalar, newline: Newline) -> str:
    if isinstance(value, str):
        raise Unchangeable("a list stands there where one text was to go")
    indent = text[line_around(text, entry.value.start).start : entry.value.start]
    return (newline + indent).join(item(one, entry.quote) for one in value)


def _unfolded(text: str, entry: Entry, value: str) -> Iterator[Edit]:
    """A `|` or `>` block becomes one line; the comment behind its indicator stays."""
    at = entry.value
    head = at.start + 1
    while text[head : head + 1] in tuple("+-0123456789"):
        head += 1
    yield Edit(Span(at.start, head), value, "frontmatter")
    if (line_end := line_around(text, at.start).end) < at.end:
        yield Edit(Span(line_end, at.end), "", "frontmatter")


# ------------------------------------------------------------------ keys that are not


def _added(kind: FrontmatterFormat, text: str, layout: Layout, changes: Mapping[str, Scalar], newline: Newline) -> Iterator[Edit]:
    if not changes:
        return
    at = Span(layout.insertion, layout.insertion)
    if kind == "json" or layout.inside:
        # In front of the author's first key, so that no line of the author's needs a comma more.
        pairs = [f"{written('json', key)}: {written('json', value)}" for key, value in changes.items()]
        if not layout.entries:
            lines = ", ".join(pairs)
        elif layout.inside:
            lines = "".join(f"{pair}, " for pair in pairs)
        else:
            lines = "".join(f"{layout.indent}{pair},{newline}" for pair in pairs)
    else:
        lead = newline if at.start and text[at.start - 1] not in "\r\n" else ""
        lines = lead + "".join(f"{layout.indent}{key}{_MARKS[kind]}{written(kind, value)}{newline}" for key, value in changes.items())
    yield Edit(at, lines, "frontmatter")


def _verify(kind: FrontmatterFormat, text: str, values: dict[str, Any], edits: list[Edit], changes: Mapping[str, Scalar]) -> None:
    try:
        result = load(kind, apply_edits(edits, text))
    except Unreadable as error:
        raise Unchangeable(f"the result would not be valid {kind.upper()}: {error}") from None
    # By `repr`, because 1 equals True, and no NaN itself.
    if {key: repr(value) for key, value in result.items()} != {key: repr(value) for key, value in {**values, **changes}.items()}:
        raise Unchangeable("the result would change other keys")
    if [key for key in result if key in values] != list(values):
        raise Unchangeable("the result would change the order of the keys")
