"""Frontmatter: found, read, and changed without touching a byte that was not asked for."""

from __future__ import annotations

import pytest

from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.markdown.frontmatter import Scalar, splice

# Before, the changes, after.
SPLICED: list[tuple[str, dict[str, Scalar], str]] = [
    ("# T\n", {"title": "T"}, '---\ntitle: "T"\n---\n\n# T\n'),
    ("\ufeff# T\r\n", {"title": "T"}, '\ufeff---\r\ntitle: "T"\r\n---\r\n\r\n# T\r\n'),
    ("---\na: 1 # why\n---\nx\n", {"title": "T: U"}, '---\na: 1 # why\ntitle: "T: U"\n---\nx\n'),
    ("---\ntitle:\nb: 'q'\n---\n", {"title": "T"}, "---\ntitle: \"T\"\nb: 'q'\n---\n"),
    ("---\ntitle:   # later\n---\n", {"title": "T"}, '---\ntitle: "T"   # later\n---\n'),
    ("---\ntitle:\t\n---\n", {"title": "T"}, '---\ntitle: "T"\t\n---\n'),
    ("---\ntitle:  ''\n---\n", {"title": "T"}, '---\ntitle:  "T"\n---\n'),
    ('{"a": "", "b": 1}\nx\n', {"a": "T"}, '{"a": "T", "b": 1}\nx\n'),
    ('---\ntitle: ""  # later\n---\n', {"title": "T"}, '---\ntitle: "T"  # later\n---\n'),
    ("---\ntags: []\n---\n", {"tags": ["a", "b"]}, '---\ntags: ["a", "b"]\n---\n'),
    ("---\r\na: 1\r\n...\r\nx", {"b": "c"}, '---\r\na: 1\r\nb: "c"\r\n...\r\nx'),
    ("---\n---\nx\n", {"b": "c"}, '---\nb: "c"\n---\nx\n'),
    ("\n\n---\na: 1\n---\nx\n", {"b": "c"}, '\n\n---\na: 1\nb: "c"\n---\nx\n'),
    ("---\na: |\n  ---\n  text\n---\nx\n", {"b": "c"}, '---\na: |\n  ---\n  text\nb: "c"\n---\nx\n'),
    (
        '+++\ndescription = ""\n[params]\nx = 1\n+++\n',
        {"description": "D", "slug": "s"},
        '+++\ndescription = "D"\nslug = "s"\n[params]\nx = 1\n+++\n',
    ),
    ('{\n  "a": 1\n}\n\nx\n', {"b": ["c"]}, '{\n  "b": ["c"],\n  "a": 1\n}\n\nx\n'),
    ("{}\nx\n", {"b": "c"}, '{"b": "c"}\nx\n'),
    ('{"a": 1}\nx\n', {"b": "c"}, '{"b": "c", "a": 1}\nx\n'),
]


@pytest.mark.parametrize(("before", "changes", "after"), SPLICED)
def test_spliced(before: str, changes: dict[str, Scalar], after: str) -> None:
    draft = parse(before)
    top = draft.frontmatter.span.start if draft.frontmatter else draft.body.start
    assert apply_edits(splice(before, top, draft.frontmatter, changes, draft.newline), before) == after


@pytest.mark.parametrize(
    ("before", "key", "why"),
    [
        ("---\ntitle:\ntitle:\n---\n", "title", "twice"),
        ("---\ntitle: Mine\n---\n", "title", "left to you"),
        ("---\n- a\n---\n", None, None),
    ],
)
def test_what_cannot_be_meant_is_not_written(before: str, key: str | None, why: str | None) -> None:
    if key is None:
        assert parse(before).frontmatter is None
        return
    draft = parse(before)
    with pytest.raises(ValueError, match=why):
        splice(before, 0, draft.frontmatter, {key: "new"}, "\n")


@pytest.mark.parametrize(
    ("source", "slug", "line"),
    [
        ("---\ntitle: A\nx: [1\n---\n", "frontmatter-invalid", 3),
        ("---\ntitle: A\n\n# Body\n", "frontmatter-unclosed", 1),
        ("+++\ntitle = \n+++\n", "frontmatter-invalid", 2),
        ('{"title": "x",}\n\n# a\n', "frontmatter-invalid", 1),
        ("---\ntitle:# x\n---\n# a\n", "frontmatter-invalid", 2),
        ("---\ntitle: {{ page.title }}\n---\n", "frontmatter-invalid", 2),
    ],
)
def test_broken_frontmatter_is_refused_with_its_line(source: str, slug: str, line: int) -> None:
    with pytest.raises(DraftRefused) as refused:
        parse(source, "post.md")
    assert (refused.value.slug, refused.value.path) == (slug, "post.md")
    assert refused.value.line in (line, line + 1)


@pytest.mark.parametrize("source", ["---\n\nBody\n\n---\n\nmore\n", "----\n\ntext\n", "--- \n\n---\ntext\n---\n"])
def test_rules_are_not_frontmatter(source: str) -> None:
    draft = parse(source)
    assert draft.frontmatter is None or not draft.frontmatter.values
    assert draft.blocks


def test_many_aliases_are_refused() -> None:
    rows = "\n".join(f"k{n}: *a" for n in range(150))
    with pytest.raises(DraftRefused, match="aliases"):
        parse(f"---\na: &a [1]\n{rows}\n---\n")
