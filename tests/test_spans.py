"""Every part of every draft is where it says it is: one walk over all the Markdown that the tests can find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import FOLDER, read_cases
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.model import Dialect, Draft, Link, Span
from oracle.walk import walk
from test_parse import PIECES

SAMPLES = sorted(p for p in (Path(__file__).parent.parent / "samples").rglob("*") if p.suffix in (".md", ".mdx"))
CASES = sorted(path for path in FOLDER.rglob("*.md"))
MORE = [
    "> - [two\n>   lines](/a\n>   'title') and `code\n>   too`\n",
    "1. one\n   # In a list\n\n   under\n   ===\n2. two\n   - [x] done\n\n     ```py\n     code\n\n     more\n     ```\n",
    "- > quoted\nlazy [link](<a b> 't')\n\n      indented\n",
    "-\ttab\n\n\t\tcode\n\t- deeper\n\t\t1) three\n",
    "| `a \\| b` | [x\\|y](/p\\|q) |\n|-|:-:|\n| \\| | ![i](<j k>)\n| one | two | three |\n",
    "[![alt *text*](/i.png)][ref] ![ref] [ref][] <me@a.example> <https://a.example/%41>\n\n[ref]: </a b>\n  'title'\n",
    "Note[^a b] and[^1] and^[inline *note*].\n\n[^1]: One\n\n    Two\n\n    - item\n",
    "## Named {#id .class} ##\n\n# ![only](image.png)\n\n#\n\n## A &amp; \\{b\\} {-}\n",
    "[a]({{< ref \"b\" >}}) [c]({{ '/d' | url }} \"t\") [e]\n\n[e]: {{ site.url }}/f\n",
    "[a](<>) [b]() [c](/d\\)e&amp;f) [](/g) [h]( /i )\n",
    "A \\{{ escaped }} and \\[[wiki]] and \\q.\n",
    "~~~\nnever closed\n\n\n",
    "* * *\n* a\n*\n* b\n",
    "\u00a0\ntext\n\u00a0\n# \u00a0x\u00a0 #\n",
]  # fmt: skip
# Not MDX, whose braces reach across blocks: what is in them does not stand alone.
DIALECTS: tuple[Dialect, ...] = ("markdown", "myst", "obsidian")
ANY = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from(list("\r\n\t\f\v\x85\u2028\0\ufeff\u0301🦉א -*#>`[]()<>|\\&;:!^~_{}1."))
    ),
    max_size=80,
)


def sources() -> Iterator[tuple[str, str]]:
    """Every draft that the test tree holds: the samples, the cases as files, the blocks of the cases, and those above."""
    yield from ((path.read_bytes().decode(), path.name) for path in [*SAMPLES, *CASES])
    for family in sorted(path.name for path in FOLDER.iterdir() if path.is_dir()):
        for case in read_cases(family):
            yield from ((block.text, "a.mdx" if block.name.endswith(".mdx") else "a.md") for block in case.blocks)
    yield from ((source, "a.md") for source in MORE)


def faults(source: str, path: str = "a.md", dialect: Dialect | None = None) -> list[Any]:
    """Of a draft that is refused there are none: it has no parts."""
    try:
        return list(walk(parse(source, path, dialect=dialect))[1])
    except DraftRefused:
        return []


@pytest.mark.parametrize(("source", "path"), list(sources()))
def test_of_the_drafts_here(source: str, path: str) -> None:
    assert faults(source, path) == []


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["crlf", "cr"])
@pytest.mark.parametrize("source", MORE)
def test_with_other_line_ends(source: str, end: str) -> None:
    assert faults(source.replace("\n", end)) == []


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*PIECES, *MORE, "> ", "- ", "1. ", "    "]), max_size=8).map("".join), st.sampled_from(DIALECTS))
def test_of_any_mixture(source: str, dialect: Dialect) -> None:
    assert faults(source, dialect=dialect) == []


@pytest.mark.parametrize("source", ["Some text\nlast line\n: meaning", "> x\rb\n: c", "- an item\n  goes on\nb\n: x"])
def test_of_what_only_looks_like_a_definition(source: str) -> None:
    draft = parse(source)
    assert faults(source) == []
    assert "".join(prose.text for prose in draft.prose).endswith(("meaning", " c", " x"))


def test_a_heading_that_is_not_numbered_is_so_behind_a_fence_that_one_reading_has_and_another_not() -> None:
    assert faults("Term\n: meaning\n~~~\nnever closed\n\n## Lamps {-}\n") == []


@settings(deadline=None, max_examples=500)
@given(ANY)
def test_of_any_text(source: str) -> None:
    assert faults(source) == []


# ------------------------------------------------------------------ what the parts say


def texts(draft: Draft, spans: Any) -> list[str | None]:
    return [None if span is None else draft.text(span) for span in spans]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](/b)", ("inline", "[a](/b)", "a", "/b", "/b")),
        ("[a](<b c> 't')", ("inline", "[a](<b c> 't')", "a", "b c", "b%20c")),
        ("[a](/b\\)&amp;c)", ("inline", "[a](/b\\)&amp;c)", "a", "/b\\)&amp;c", "/b)&c")),
        ("> [a\n> b](\n> /c)", ("inline", "[a\n> b](\n> /c)", "a\n> b", "/c", "/c")),
        ("[a](<>)", ("inline", "[a](<>)", "a", "", "")),
        ("[a]()", ("inline", "[a]()", "a", "", "")),
        ("[a][B]\n\n[b]: /c", ("reference", "[a][B]", "a", None, "/c")),
        ("[b][]\n\n[b]: <c d>", ("reference", "[b][]", "b", None, "c%20d")),
        ("[b]\n\n[b]: {{ site.url }}/c", ("reference", "[b]", "b", None, "{{ site.url }}/c")),
        ("[a]({{ '/b' | url }})", ("inline", "[a]({{ '/b' | url }})", "a", "{{ '/b' | url }}", "{{ '/b' | url }}")),
        ("<https://a.example>", ("autolink", "<https://a.example>", "https://a.example", "https://a.example", "https://a.example")),
        ("<me@a.example>", ("autolink", "<me@a.example>", "me@a.example", "me@a.example", "mailto:me@a.example")),
        ("![a *b*](/c)", ("inline", "![a *b*](/c)", "a *b*", "/c", "/c")),
        ("[x](javascript:y)", ("inline", "[x](javascript:y)", "x", "javascript:y", "javascript:y")),
        ("|a|\n|-|\n|[x\\|y](/z)|", ("inline", "[x\\|y](/z)", "x\\|y", "/z", "/z")),
    ],
)
def test_a_link_knows_its_text_and_its_destination(source: str, expected: tuple[str | None, ...]) -> None:
    draft = parse(source)
    (link,) = draft.links
    assert (link.kind, *texts(draft, [link.span, link.text_span, link.href_span]), link.href) == expected


def test_an_image_in_a_link_is_an_image_and_the_link_comes_first() -> None:
    draft = parse("[![alt](/i.png)](/page)\n\nText.\n")
    assert [(link.image, link.text, link.href, link.prose) for link in draft.links] == [
        (False, "", "/page", None),
        (True, "alt", "/i.png", None),
    ]


def test_an_item_ends_with_its_text_and_knows_its_depth() -> None:
    draft = parse("> 1. a\n>\n>    b\n>\n>    - c\n>\n> 2. d\n>\n\n- e\n-\n\n\ntext\n")
    assert [(draft.text(i.span), i.ordered, i.depth, [draft.prose[n].text for n in i.prose]) for i in draft.items] == [
        ("1. a\n>\n>    b\n>\n>    - c", True, 0, ["a", "b"]),
        ("- c", False, 1, ["c"]),
        ("2. d", True, 0, ["d"]),
        ("- e", False, 0, ["e"]),
        ("-", False, 0, []),
    ]


def test_code_knows_its_lines() -> None:
    draft = parse("> ~~~py x\n>  a\n>\n> b\n> ~~~\n\n    c\n\n      d\n\n`` e ` f `` and `g\nh`\n")
    assert [(c.kind, c.info, texts(draft, c.content)) for c in draft.code] == [
        ("fenced", "py x", [" a", "", "b"]),
        ("indented", "", ["c", "", "  d"]),
        ("inline", "", ["e ` f"]),
        ("inline", "", ["g", "h"]),
    ]


def test_footnotes_and_definitions_know_their_labels() -> None:
    draft = parse("A[^n] b^[c] [x].\n\n[^n]: One\n\n    two\n\n[X]:\n  </y z>\n  'title'\n")
    assert [(f.label, f.definition, draft.text(f.span)) for f in draft.footnotes] == [
        ("n", False, "[^n]"),
        (None, False, "^[c]"),
        ("n", True, "[^n]: One\n\n    two"),
    ]
    assert [(d.label, d.href, draft.text(d.span)) for d in draft.definitions] == [("X", "/y%20z", "[X]:\n  </y z>\n  'title'")]
    assert texts(draft, [d.href_span for d in draft.definitions]) == ["/y z"]


@pytest.mark.parametrize(
    ("source", "level", "text", "span"),
    [
        ("- # In a list #", 1, "In a list", "# In a list #"),
        ("> 1. Two\n>    lines\n>    ---", 2, "Two lines", "Two\n>    lines\n>    ---"),
        ("## With *id* {#a .b}", 2, "With id", "## With *id* {#a .b}"),
        ("## Also {: .b}", 2, "Also", "## Also {: .b}"),
        ("# ![logo](a.png)", 1, "", "# ![logo](a.png)"),
        ("##", 2, "", "##"),
    ],
)
def test_a_heading_begins_at_its_mark(source: str, level: int, text: str, span: str) -> None:
    draft = parse("Text.\n\n" + source)
    assert [(h.level, h.text, draft.text(h.span)) for h in draft.headings] == [(level, text, span)]
    assert draft.prose[draft.headings[0].prose].text == text


def test_a_cell_with_escaped_pipes_is_known_to_the_character() -> None:
    draft = parse("| a \\| b | c |\n|---|---|\n")
    cell = draft.prose[0]
    assert (cell.kind, cell.text, draft.text(cell.span)) == ("cell", "a | b", "a \\| b")
    assert texts(draft, [cell.source_span(2, 3), cell.source_span(4, 5)]) == ["\\|", "b"]


# ------------------------------------------------------------------ the walk itself


def moved(part: Any, by: int) -> Any:
    span = Span(part.span.start + by, part.span.end + by)
    return part._replace(span=span)


@pytest.mark.parametrize("kind", ["headings", "items", "links", "code", "footnotes", "definitions", "sentences"])
@pytest.mark.parametrize("by", [-1, 1])
def test_the_walk_sees_a_part_that_is_one_character_off(kind: str, by: int) -> None:
    draft = parse("\nText.\n\n# A heading\n\n- an [item](/x) with `code`[^1] and [y].\n\n[^1]: A note.\n\n[y]: /z\n\nThe end.\n")
    parts = getattr(draft, kind)
    for n in range(len(parts)):
        wrong: dict[str, Any] = {kind: (*parts[:n], moved(parts[n], by), *parts[n + 1 :])}
        assert walk(replace(draft, **wrong))[1]


@pytest.mark.parametrize(
    "change", [{"href": "/other"}, {"text": "else"}, {"href_span": Span(2, 3)}, {"text_span": Span(5, 7)}, {"kind": "reference"}]
)
def test_the_walk_sees_a_link_that_says_something_else(change: dict[str, Any]) -> None:
    draft = parse("[ab](/cd)\n")
    wrong: Link = draft.links[0]._replace(**change)
    assert walk(replace(draft, links=(wrong,)))[1]
