"""YAML, by the safe constructors alone: bounded before it is built, its errors in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.markdown.frontmatter.load import MAX_DEPTH
from geo_optimizer.model import Template

# Values after every alias is written out; a bomb of nine lines has 10**9.
MAX_EXPANDED = 100_000
_DEEP = lazily(r"(?:[-?:][ \t]++){50}|^[ \t]{100}", re.MULTILINE)
_ALIAS = lazily(r"[\s\[{,:]\*\S")

# libyaml's words -> ours, and the remedy. The error's place is where the context begins if `True`, else where it was noticed.
_PLAIN: tuple[tuple[str, str, str, bool], ...] = (
    (
        r"mapping values are not allowed",
        "a second `: ` in a value without quotes, or a line that is indented too far",
        "put the value in quotes",
        False,
    ),
    (r"could not find expected ':'", "a line is neither `key: value` nor indented under its key", "write `key: value`, or indent it", True),
    (
        r"did not find expected key",
        "a line does not line up with the keys, or text follows a closing quote",
        "line it up; quote all of the value",
        False,
    ),
    (r"found unexpected end of stream|EOF", "a quote is opened and never closed", "close it", True),
    (
        r"did not find expected ',' or|expected ',' or",
        "a list or mapping in brackets is never closed",
        "close it, or put the value in quotes",
        True,
    ),
    (
        r"found undefined alias|did not find expected alphabetic or numeric",
        "a value begins with `*` or `&`, which refers to nothing",
        "put the value in quotes",
        False,
    ),
    (r"found unknown escape character", "a backslash in double quotes that YAML does not know", "use single quotes", False),
    (r"unhashable key|found unacceptable key", "braces stand where a key is expected", "put the value in quotes", False),
    (r"(?:special|control) characters are not allowed", "a control character", "remove it", False),
    (r"expected a single document|did not find expected <document start>", "a second document begins", "remove the line", False),
)


def load_yaml(text: str) -> Any:
    """What the text says, built by safe constructors. Raises Unreadable."""
    try:
        _check_bounds(text)
        return YAMLHandler().load(text, Loader=_loader())
    except yaml.YAMLError as error:
        raise _unreadable(error, text) from None
    except (ValueError, RecursionError, TypeError) as error:
        raise Unreadable(str(error)) from None


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of a text that `load_yaml` has read, with the characters that each was read from."""
    node: yaml.Node | None = yaml.compose(text, Loader=_loader())
    return node


def compose_checked(text: str) -> yaml.Node | None:
    """The nodes of a text that nobody has read yet. Raises Unreadable."""
    try:
        _check_bounds(text)
        return compose_yaml(text)
    except yaml.YAMLError as error:
        raise _unreadable(error, text) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None


@cache
def _loader() -> Any:
    base: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    loader: Any = type("Loader", (base,), {})
    for tag in ("timestamp", "int", "float", "bool"):
        full = f"tag:yaml.org,2002:{tag}"
        loader.add_constructor(full, _or_text(base.yaml_constructors[full]))
    loader.add_constructor("tag:yaml.org,2002:value", lambda self, node: self.construct_scalar(node))  # a lone `=`
    loader.add_constructor(None, lambda _, node: Template(node.tag))
    return loader


def _or_text(build: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A day that no calendar has, a number without end, or what its tag says it is and it is not, is the text it is written as.

    PyYAML's constructors look it up, cut it and match it before they ask what it is: hence the errors of all kinds.
    """

    def built(loader: Any, node: Any) -> Any:
        try:
            return build(loader, node)
        except (ValueError, OverflowError, LookupError, AttributeError):
            return node.value

    return built


def _check_bounds(text: str) -> None:
    """Refuse what would take more than linear time or a deep stack: PyYAML's composer recurses in C, and too deep ends the process.

    Only text that could be such is looked at twice.
    """
    brackets = text.count("[") + text.count("{")
    if brackets < MAX_DEPTH and not _DEEP.search(text) and not ("&" in text and _ALIAS.search(text)):
        return
    sizes: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = [(None, 0)]
    for event in yaml.parse(text, Loader=_loader()):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, 0))
            if len(open_) > MAX_DEPTH:
                raise Unreadable(f"lists or keys are nested more than {MAX_DEPTH} deep", line)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, size = open_.pop()
            _count(open_, sizes, anchor, size + 1, line)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise Unreadable("a value that begins with `*` refers to nothing before it", line, "put the value in quotes")
            _count(open_, sizes, None, sizes[event.anchor], line)
        elif isinstance(event, yaml.ScalarEvent):
            _count(open_, sizes, event.anchor, 1, line)


def _count(open_: list[tuple[str | None, int]], sizes: dict[str, int], anchor: str | None, size: int, line: int) -> None:
    if anchor is not None:
        sizes[anchor] = size
    above, so_far = open_[-1]
    open_[-1] = (above, so_far + size)
    if so_far + size > MAX_EXPANDED:
        raise Unreadable(f"its aliases stand for more than {MAX_EXPANDED:,} values", line, "write the values out, or fewer of them")


def _unreadable(error: yaml.YAMLError, text: str) -> Unreadable:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).split("\n", 1)[0]
    noticed, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    line = noticed.line if noticed else text.count("\n", 0, getattr(error, "position", 0) or 0)
    if "nesting depth" in str(problem):  # a limit of the library itself, which depends on its version
        return Unreadable(f"lists or keys are nested more than {MAX_DEPTH} deep", line)
    if "cannot start any token" in str(problem) and noticed:
        return _reserved(text[noticed.index : noticed.index + 1], line)
    for pattern, plain, hint, from_context in _PLAIN:
        if re.search(pattern, str(problem)):
            return Unreadable(plain, began.line if from_context and began else line, hint)
    return Unreadable(str(problem), line)


def _reserved(sign: str, line: int) -> Unreadable:
    if sign == "\t":
        return Unreadable("a tab stands where YAML allows only spaces", line, "indent with spaces")
    return Unreadable(f"a value begins with {sign}, which is a sign that YAML keeps for itself", line, "put the value in quotes")


def build_key(node: yaml.Node) -> str:
    """A key as `load` names it."""
    if node.tag in ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge") or not isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return str(_loader()("").construct_object(node))
