"""Edits apply in one pass and undo; what they do not touch stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_optimizer.markdown import apply_edits, invert_edits
from geo_optimizer.model import Edit, Span

NASTY = st.text(alphabet=st.sampled_from("ab \n\r\t\f\x85\u2028\ufeff\0é🦉\u0301\u05d0#*-<>"), max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and disjoint edits of it, in any order."""
    source = draw(NASTY)
    marks = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    spans = [Span(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    edits = [Edit(span, draw(NASTY), "test") for span in spans]
    return source, draw(st.permutations(edits))


@given(edited())
def test_undoing_gives_the_source_back(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    edits = sorted(edits, key=lambda e: (e.span.start, e.span.end))
    output = apply_edits(edits, source)
    assert apply_edits(invert_edits(edits, source), output) == source


@given(NASTY)
def test_no_edit_changes_nothing(source: str) -> None:
    assert apply_edits([], source) == source


@given(edited())
def test_the_order_in_which_edits_are_given_does_not_matter(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    if len({e.span for e in edits}) == len(edits):
        assert apply_edits(edits, source) == apply_edits(edits[::-1], source)


def test_insertions_at_one_place_keep_their_order() -> None:
    edits = [Edit(Span(1, 1), "X", "first"), Edit(Span(1, 1), "Y", "second")]
    assert apply_edits(edits, "ab") == "aXYb"


@pytest.mark.parametrize("spans", [((0, 2), (1, 3)), ((0, 3), (1, 1)), ((0, 2), (0, 2))])
def test_overlapping_edits_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits([Edit(Span(*span), "", "test") for span in spans], "abcd")
