"""What stands in raw HTML and in components is read as text, and every character of it is one of the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_optimizer.analysis.enclosed import enclosed_view
from geo_optimizer.analysis.html import html_view
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.model import Draft

SAMPLES = sorted((Path(__file__).parent.parent / "samples").rglob("*.md*"))
PARTS = (
    *(
        "<p>",
        "</p>",
        "<li>",
        "<ul>",
        "</ul>",
        "<br>",
        "<sup>",
        "</sup>",
        "<!-- ",
        " -->",
        "<script>",
        "</script>",
        "<td>",
        "&amp;",
        "&nbsp;",
    ),
    *(":::note", ":::", "{{< box >}}", "{{< /box >}}", "> ", "- ", "1. ", "\n", "\n\n", "\r\n", "  ", "\t", "| a |", "```\n"),
    *("48% of hens ", "lay 6 eggs. ", "2", "32", "Grün ", "\u2028", "<", "*", "[a](b)"),
)
drafts = st.lists(st.sampled_from(PARTS), max_size=24).map("".join)


def views(source: str) -> list[Draft]:
    draft = parse(source)
    return [view for view in (html_view(draft), enclosed_view(draft)) if view]


def check_view(view: Draft) -> None:
    for prose in view.prose:
        assert prose.pieces[0].span.start == prose.span.start
        assert prose.pieces[-1].span.end == prose.span.end
        assert "".join(prose.text[piece.at : piece.at + piece.length] for piece in prose.pieces) == prose.text
        for piece in prose.pieces:
            shown, written = prose.text[piece.at : piece.at + piece.length], view.text(piece.span)
            read = re.sub(r"\s", " ", written)
            assert shown == read or shown.isspace() or written.startswith(("&", "<", "\\")), (shown, written)
    for sentence in view.sentences:
        prose = view.prose[sentence.prose]
        assert sentence.text == prose.text[sentence.start : sentence.end]
        assert sentence.span == prose.source_span(sentence.start, sentence.end)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples(path: Path) -> None:
    for view in views(path.read_text(encoding="utf-8")):
        check_view(view)


@given(drafts)
def test_whatever_stands_in_them(source: str) -> None:
    try:
        found = views(source)
    except DraftRefused:
        return
    for view in found:
        check_view(view)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Up to 2<sup>32</sup> numbers.\n", "Up to 2^32 numbers."),
        ("The 1<sup>st</sup> of May, CO<sub>2</sub> and x<sup>2</sup>.\n", "The 1st of May, CO2 and x2."),
        ("One line<br>another<br />\nand a third.\n", "One line another and a third."),
    ],
)
def test_tags_that_tell_how_the_text_is_to_be_read(source: str, text: str) -> None:
    for draft in (parse(source), *views(f"<p>\n{source}</p>\n")):
        assert " ".join(prose.text.strip() for prose in draft.prose) == text
        assert [draft.text(p.span) for one in draft.prose for p in one.pieces if one.text[p.at] == "^"] == ["<sup>"] * text.count("^")


def test_what_is_hidden_is_not_read() -> None:
    source = """<div>
<p>Six hens lay.</p>
<p hidden>77% of hens hate us.</p>
<p style="color: red; display: none">66% of hens bite.</p>
<p>Four sleep.</p>
</div>
"""
    (view,) = views(source)
    assert [prose.text for prose in view.prose] == ["Six hens lay.", "Four sleep."]
