"""The only code that makes output text: sorted, disjoint edits, applied in one forward pass."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate, pairwise

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


class Moves:
    """Where the edits take the characters of the source.

    Edits of the kinds in `around` write before and after what is there: it is
    neither replaced nor inserted, and what holds it holds all of their text.
    """

    def __init__(self, edits: Iterable[Edit], around: Collection[str] = ()) -> None:
        self._edits = ordered(edits)
        self._around = around
        self._starts = [edit.span.start for edit in self._edits]
        self._ends = [edit.span.end for edit in self._edits]
        grown = list(accumulate((len(edit.text) - len(edit.span) for edit in self._edits), initial=0))
        self._grown = grown
        self._new = [Span(e.span.start + by, e.span.start + by + len(e.text)) for e, by in zip(self._edits, grown, strict=False)]
        self._new_starts = [span.start for span in self._new]

    def made(self) -> Iterator[tuple[Edit, Span]]:
        """Each edit, and where its text is in the output."""
        return zip(self._edits, self._new, strict=True)

    def moved(self, span: Span) -> Span:
        """`span` in the output. An insertion at its start comes before it, one at its end, or where it is empty, after it."""
        end = span.end + self._grown[bisect_left(self._starts, span.end)]
        return Span(span.start + self._grown[bisect_right(self._ends, span.start)] if len(span) else end, end)

    def replaced(self, span: Span) -> bool:
        """Whether `span` lies within text that an edit takes away."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and bool(len(span)) and self._takes(at) and self._edits[at].span.contains(span)

    def inserted(self, span: Span) -> bool:
        """Whether `span` of the output lies within an edit's text. What is empty at its start ends the text before it."""
        at = (bisect_right if len(span) else bisect_left)(self._new_starts, span.start) - 1
        return at >= 0 and self._takes(at) and self._new[at].contains(span)

    def _takes(self, number: int) -> bool:
        return self._edits[number].kind not in self._around
