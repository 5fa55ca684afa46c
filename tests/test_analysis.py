"""Headings, links, spelling, residue."""

from __future__ import annotations

import pytest

from geo_optimizer.analysis.headings import heading_kind
from geo_optimizer.analysis.language import spelling, spelling_marks
from geo_optimizer.analysis.links import is_internal, links
from geo_optimizer.analysis.residue import residue
from geo_optimizer.markdown import parse

# ------------------------------------------------------------------ headings

HEADINGS = [
    ("question", "What is a sourdough?"),
    ("question", "What is a sourdough"),
    ("question", "How long does a loaf keep"),
    ("question", "Which flour is best for rye"),
    ("question", "Should you weigh the water"),
    ("question", "4. Why does it matter?"),
    ("declarative", "Bread is a habit"),
    ("declarative", "We measured every oven"),
    ("declarative", "The mill has moved"),
    ("declarative", "Rye: it never forgives"),
    ("label", "Ingredients"),
    ("label", "How to knead"),
    ("label", "What we learned"),
    ("label", "Why the crust is dark"),
    ("label", "Tools used"),
    ("label", "Weigh what you bake"),
    ("label", "What's new"),
    ("label", "IT budgets"),
]


@pytest.mark.parametrize(("kind", "text"), HEADINGS)
def test_heading_kind(kind: str, text: str) -> None:
    (heading,) = parse(f"# {text}\n").headings
    assert heading_kind(heading, "en") == kind


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [
        ("de", "question", "Was ist Sauerteig"),
        ("de", "label", "Warum Roggen wartet"),
        ("de", "declarative", "Brot braucht Zeit"),
        ("fr", "question", "Qu'est-ce que le levain"),
        ("fr", "label", "Comment pétrir"),
        ("es", "question", "Cómo funciona la levadura"),
    ],
)
def test_heading_kind_in_other_languages(language: str, kind: str, text: str) -> None:
    (heading,) = parse(f"# {text}\n").headings
    assert heading_kind(heading, language) == kind


# ------------------------------------------------------------------ links


@pytest.mark.parametrize(
    "href", ["/bread", "../rye.md", "rye", "./a?b=c", "/bread#crust", "https://baker.example/rye", "//www.baker.example/rye"]
)
def test_internal(href: str) -> None:
    assert is_internal(href, frozenset({"baker.example"}))


@pytest.mark.parametrize(
    "href", ["", "#crust", "mailto:a@baker.example", "data:text/plain,hi", "//mill.example/x", "https://mill.example", "tel:123"]
)
def test_not_internal(href: str) -> None:
    assert not is_internal(href, frozenset({"baker.example"}))


def test_links_leave_out_images_and_known_parts() -> None:
    draft = parse("# A\n\n## TL;DR\n\n- [x](/x)\n\nSee [rye](/rye), [mill](https://mill.example) and ![oven](/oven.png).\n")
    assert [link.href for link in links(draft)] == ["/rye", "https://mill.example"]
    assert [link.href for link in links(draft) if is_internal(link.href)] == ["/rye"]


# ------------------------------------------------------------------ spelling


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The colour of the organisation.", "british"),
        ("The color of the organization.", "american"),
        ("We analyse the programme, whilst others wait.", "british"),
        ("They traveled to the center.", "american"),
        ("The organization keeps its colour.", "british"),  # Oxford spelling
        ("We advise you to exercise, revise and rise: a size is a prize.", None),
        ("A promise, bitwise and otherwise, of fundraising.", None),
        ("The program has a license.", None),
        ("She joined the Ministry of Labour.", None),  # a name
        ("Run `colorize` on it.", None),
        ("The colour and the color.", None),
    ],
)
def test_spelling(text: str, expected: str | None) -> None:
    assert spelling(parse(text + "\n", language="en")) == expected


def test_spelling_is_told_of_english_only() -> None:
    assert spelling(parse("Die Organisation der Farben.\n", language="de")) is None


def test_spelling_marks_say_where() -> None:
    draft = parse("Our *favourite* color.\n", language="en")
    assert [(draft.text(m.span), m.spelling) for m in spelling_marks(draft)] == [("favourite", "british"), ("color", "american")]


# ------------------------------------------------------------------ residue


def kinds(source: str) -> list[str]:
    return [r.kind for r in residue(parse(source))]


LEAKED = """Here's the complete article with all the requested changes:

---
title: "Bread"
description: "On bread."
slug: bread
---

# Bread

Bread needs time.

The article now includes all the SEO improvements you requested:

- ✅ TL;DR box with four bullet points
- ✅ Keyword-rich headings
"""


def test_a_leaked_chat() -> None:
    draft = parse(LEAKED)
    assert [(r.kind, draft.line(r.span.start)) for r in residue(draft)] == [
        ("preamble", 1),
        ("frontmatter", 3),
        ("outro", 13),
        ("status", 15),
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("preamble", "Certainly! Here is your revised post:\n\n# Rye\n\nRye waits."),
        ("preamble", "I've rewritten the article to be clearer.\n\n# Rye\n\nRye waits."),
        ("outro", "# Rye\n\nRye waits.\n\nLet me know if you'd like me to adjust the tone!"),
        ("outro", "# Rye\n\nRye waits.\n\nWould you like me to add a recipe?"),
        ("assistant", "# Rye\n\nAs an AI language model, I cannot taste bread."),
        ("placeholder", "# Rye\n\nWrite to [insert email here] today."),
        ("placeholder", "# Rye\n\nTODO: ask the miller"),
        ("placeholder", "# Rye\n\nLorem ipsum dolor sit amet."),
        ("frontmatter", '# Rye\n\ntitle: "Rye" description: "On rye" slug: "rye"'),
    ],
)
def test_residue(kind: str, text: str) -> None:
    assert kinds(text + "\n") == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Here's a story about bread.\n\n# Rye\n\nRye waits.",
        "# Rye\n\nHere are the rules:\n\n- ✅ whole grain\n- ✅ slow dough",
        "# Rye\n\nLet me know if you have questions.",
        "# Rye\n\nWe use Rye as an AI assistant for bakers.",
        "# Rye\n\nA TODO list helps. See [the docs](https://e.org) and [1].",
        "# Rye\n\n```yaml\n---\ntitle: x\nslug: y\n---\n```",
        "# Rye\n\nThe title: a long story.",
        "# Rye\n\nHere is the full text of the law, which we discuss below. It is long.",
    ],
)
def test_ordinary_text_is_no_residue(text: str) -> None:
    assert kinds(text + "\n") == []


def test_residue_shows_its_beginning() -> None:
    (found,) = residue(parse("# Rye\n\nTODO: " + "ask the miller " * 20 + "\n"))
    assert found.words.startswith("TODO: ask the miller")
    assert len(found.words) < 90
