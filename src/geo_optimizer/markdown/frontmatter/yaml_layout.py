"""The keys of a YAML block, from the marks of its nodes."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from geo_optimizer.markdown.frontmatter.layout import ANCHORED, BARE, COMMENTED, NESTED, Entry, Layout, Quote, Shape, gaps, line_around
from geo_optimizer.markdown.frontmatter.yaml_reader import build_key, compose_yaml
from geo_optimizer.model import Span

_QUOTES: dict[str | None, Quote] = {"'": "single", '"': "double"}
_INDICATORS = ("&", "*", "!")


def yaml_layout(text: str) -> Layout:
    root = compose_yaml(text)
    if not isinstance(root, yaml.MappingNode):
        return Layout((), len(text))
    entries = tuple(_entries(text, root))
    if root.flow_style:
        return Layout(entries, text.index("{", root.start_mark.index) + 1, inside=True)  # behind its tag or anchor
    line = line_around(text, entries[0].at).of(text)
    return Layout(entries, len(text), indent=line[: len(line) - len(line.lstrip(" "))])


def _entries(text: str, root: yaml.MappingNode) -> Iterator[Entry]:
    for key, value in root.value:
        name, at = build_key(key), key.start_mark.index
        span = Span(value.start_mark.index, max(value.start_mark.index, value.end_mark.index))
        if span.start < key.end_mark.index:
            yield Entry(name, at, Span(key.end_mark.index, key.end_mark.index), fixed=ANCHORED)
        elif text.startswith(_INDICATORS, span.start):
            yield Entry(name, at, span, fixed=ANCHORED)
        elif isinstance(value, yaml.ScalarNode):
            bare = "" if ":" in text[key.end_mark.index : span.start] else BARE
            shape: Shape = "scalar block" if value.style in ("|", ">") else "inline" if len(span) else "nothing"
            yield Entry(name, at, _trimmed(text, span), shape, _QUOTES.get(value.style, "plain" if len(span) else "double"), bare)
        elif isinstance(value, yaml.SequenceNode):
            yield _list_entry(text, name, at, value)
        else:
            yield Entry(name, at, _trimmed(text, span), "inline", fixed=NESTED if value.value else "")


def _list_entry(text: str, name: str, at: int, node: yaml.SequenceNode) -> Entry:
    items = [Span(item.start_mark.index, max(item.start_mark.index, item.end_mark.index)) for item in node.value]
    start = node.start_mark.index
    end = node.end_mark.index if node.flow_style else max(start, items[-1].end)
    shape: Shape = "inline" if node.flow_style else "items"
    fixed = _why_fixed(text, Span(start, max(start, end)), node, items)
    quote = _QUOTES.get(getattr(node.value[0], "style", None), "plain") if node.value else "double"
    return Entry(name, at, Span(start, max(start, end)), shape, quote, fixed)


def _why_fixed(text: str, whole: Span, node: yaml.SequenceNode, items: list[Span]) -> str:
    at = whole.start
    for item, span in zip(node.value, items, strict=True):
        if span.start < at or text.startswith(_INDICATORS, span.start):
            return ANCHORED
        if not isinstance(item, yaml.ScalarNode) or item.style in ("|", ">"):
            return NESTED
        at = span.end
    return COMMENTED if any("#" in gap for gap in gaps(whole, items, text)) else ""


def _trimmed(text: str, span: Span) -> Span:
    """Without the blank lines that a block scalar's marks take in."""
    return Span(span.start, span.start + len(span.of(text).rstrip()))
