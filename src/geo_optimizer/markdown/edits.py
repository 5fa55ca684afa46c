"""The only code that makes output text: sorted, disjoint edits, applied in one forward pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from geo_optimizer.model import Edit, Span


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits by place; insertions at one place keep their order. Raises ValueError if two overlap."""
    result = tuple(sorted(edits, key=lambda e: (e.span.start, e.span.end)))
    for before, after in pairwise(result):
        if before.span.end > after.span.start:
            raise ValueError(f"edits overlap at {after.span.start}: {before.kind}, {after.kind}")
    return result


def apply_edits(edits: Iterable[Edit], source: str) -> str:
    """`source` with every edit made; text outside their spans is copied as it is."""
    return "".join(_pieces(ordered(edits), source))


def _pieces(edits: tuple[Edit, ...], source: str) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield source[at : edit.span.start]
        yield edit.text
        at = edit.span.end
    yield source[at:]


def invert_edits(edits: Iterable[Edit], source: str) -> tuple[Edit, ...]:
    """The edits that turn the result of `edits` back into `source`."""
    shift, inverse = 0, []
    for edit in ordered(edits):
        start = edit.span.start + shift
        inverse.append(Edit(Span(start, start + len(edit.text)), edit.span.of(source), edit.kind))
        shift += len(edit.text) - len(edit.span)
    return tuple(inverse)
