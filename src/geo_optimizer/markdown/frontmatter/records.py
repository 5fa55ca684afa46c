"""A YAML text that lists records, as values that know their lines."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.markdown.frontmatter.yaml_reader import compose_checked

Told = str | list[str] | None  # None: something else than a text or a list of texts


class Record(NamedTuple):
    """The keys of a mapping in order, each with its value and its line, from 0."""

    line: int
    pairs: tuple[tuple[str, Told, int], ...]


def records(text: str, key: str) -> list[Record]:
    """The mappings of a list that is all of the text, or that stands below `key`. Numbers and dates are as they are written. Raises Unreadable."""
    node = compose_checked(text)
    if isinstance(node, yaml.MappingNode):
        node = next((value for name, value in node.value if name.value == key), node)
    if node is None or _is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise Unreadable(f"it is neither a list nor has one below `{key}:`", node.start_mark.line, "begin each entry with `- url: ...`")
    return [_record(item) for item in node.value]


def _record(node: yaml.Node) -> Record:
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("an entry is no list of keys with values", node.start_mark.line, "write `- url: ...`, and the other keys below it")
    return Record(node.start_mark.line, tuple((str(name.value), _told(value), name.start_mark.line) for name, value in node.value))


def _told(node: yaml.Node) -> Told:
    if isinstance(node, yaml.ScalarNode):
        return "" if _is_null(node) else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
        return [str(one.value) for one in node.value if not _is_null(one)]
    return None


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")
