"""A frontmatter block for a draft that has none."""

from __future__ import annotations

from collections.abc import Mapping

from geo_optimizer.markdown.frontmatter import Scalar, splice
from geo_optimizer.markdown.frontmatter.writing import written
from geo_optimizer.model import Edit, FrontmatterFormat, Newline, Span


def new_block(kind: FrontmatterFormat, at: int, changes: Mapping[str, Scalar], newline: Newline) -> tuple[Edit, ...]:
    """The edit that begins a draft with a block of this format, a blank line behind it; none without changes."""
    if kind == "yaml" or not changes:
        return splice("", at, None, changes, newline)
    if kind == "toml":
        lines = ["+++", *(f"{key} = {written(kind, value)}" for key, value in changes.items()), "+++"]
    else:
        pairs = [f"  {written(kind, key)}: {written(kind, value)}" for key, value in changes.items()]
        lines = ["{", *(pair + "," for pair in pairs[:-1]), pairs[-1], "}"]
    return (Edit(Span(at, at), newline.join([*lines, "", ""]), "frontmatter"),)
