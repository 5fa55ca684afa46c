"""Rules about articles of some length, which no example in a docstring has."""

from __future__ import annotations

import pytest

from geo_optimizer.markdown import parse
from geo_optimizer.options import Options
from geo_optimizer.rules import check

SENTENCE = "Lamps need oil, and they need it most on the long nights of winter. "  # 14 words
PARAGRAPH = SENTENCE * 3 + "\n\n"
SECTIONS = "# Lamps\n\n" + PARAGRAPH + "".join(f"## {name}\n\n" + PARAGRAPH * 18 for name in ("Oil of spring", "Oil of autumn"))
WALL = "# Lamps\n\n" + (SENTENCE * 6 + "\n\n") * 8


def codes(text: str, path: str = "lamps.md") -> set[str]:
    return {finding.code for finding in check(parse(text, path), Options(extend_select=("T",)))}


def test_a_long_article_wants_a_summary() -> None:
    assert codes(SECTIONS) >= {"T001", "T002"}
    assert not {"T001", "T002"} & {
        finding.code for finding in check(parse(SECTIONS, "lamps.md"))
    }  # which articles, is for an editor to say


@pytest.mark.parametrize(
    "text",
    [
        "# Lamps\n\nLamps need oil.\n",
        WALL,  # without sections it wants those first
        SECTIONS.replace("# Lamps\n", "# Lamps 2.4.1\n", 1),
        "---\nweight: 3\n---\n" + SECTIONS,
        SECTIONS.replace("# Lamps\n", "# Lamps\n\n**TL;DR**\n\n- Lamps need oil.\n", 1) + "\n## Key takeaways\n\n- Lamps need oil.\n",
    ],
    ids=["short", "no sections", "release", "reference", "has both"],
)
def test_what_is_short_or_looked_up_wants_none(text: str) -> None:
    assert not {"T001", "T002"} & codes(text)


@pytest.mark.parametrize(
    "text",
    [
        SECTIONS + "## Summary of the winter\n\n" + PARAGRAPH,
        SECTIONS.replace("## Oil of spring\n", "Our two findings are:\n\n- oil is dear\n- wicks are not\n\n## Oil of spring\n"),
        SECTIONS.replace("## Oil of spring\n", "In short:\n\n- oil is dear\n- wicks are not\n\n## Oil of spring\n"),
        SECTIONS.replace("# Lamps\n", "# How to trim a lamp, step by step\n", 1),
        SECTIONS.replace("# Lamps\n", "# The guild of lamplighters turns 90\n", 1),
        SECTIONS.replace("# Lamps\n", "# A day in the life of a lamplighter\n", 1),
        SECTIONS.replace("# Lamps\n", "# Lamps: an interview with two watchmen\n", 1),
        SECTIONS.replace("# Lamps\n", "# Lamps\n\n_This is the text of my speech at the harbour._\n", 1),
        SECTIONS + "".join(f"**{name}:** {PARAGRAPH}" for name in ("MAYA", "OLE", "MAYA", "OLE")),
    ],
    ids=["summary", "findings", "in short", "tutorial", "anniversary", "profile", "interview", "speech", "speakers"],
)
def test_what_is_summed_up_or_cannot_be_wants_none(text: str) -> None:
    assert "T001" not in codes(text)


def test_what_lies_among_documentation_is_looked_up_unless_it_is_a_post() -> None:
    assert "T001" not in codes(SECTIONS, "docs/lamps.md")
    assert "T001" in codes("---\ndate: 2024-05-02\n---\n" + SECTIONS, "docs/blog/lamps.md")


def test_running_text_is_long_until_something_breaks_it_up() -> None:
    long = "# Lamps\n\n## Oil\n\n" + PARAGRAPH * 18 + "## Wicks\n\n" + PARAGRAPH
    assert "T005" in codes(long)
    for between in (
        "- oil\n- wicks\n\n",
        "### Wicks\n\n",
        "**Wicks.** They burn.\n\n",
        "**OLE:** They burn.\n\n",
        "**Wicks**. They burn.\n\n",
        "_What wicks are made of_\n\n",
    ):
        assert "T005" not in codes("# Lamps\n\n## Oil\n\n" + PARAGRAPH * 10 + between + PARAGRAPH * 10)
    assert "T005" in codes("# Lamps\n\n## Oil\n\n" + PARAGRAPH * 10 + "**Wicks** burn, too.\n\n" + PARAGRAPH * 10)
    assert "T005" not in codes(long.replace("# Lamps\n", "# Lamps: a transcript\n", 1))


def test_a_paragraph_is_long_and_a_quoted_one_is_somebody_elses() -> None:
    assert "T006" in codes("# Lamps\n\n" + SENTENCE * 15)
    assert "T006" not in codes("# Lamps\n\n" + SENTENCE * 13)
    assert "T006" not in codes("# Lamps\n\n> " + SENTENCE * 15)


def test_text_without_any_way_in_is_a_wall() -> None:
    assert codes(WALL) & {"T005", "T007"} == {"T007"}
    assert "T007" not in codes("# Lamps\n\n" + PARAGRAPH * 16)
    assert "T007" in codes("# Lamps\n\n" + PARAGRAPH * 24)
    assert "T007" not in codes(WALL + "![A lamp](lamp.png)\n")
    assert "T007" not in codes("# Lamps\n\n" + ("**Why?** " + PARAGRAPH) * 16)


def test_an_article_begins_with_what_it_is_about() -> None:
    body = PARAGRAPH * 10
    assert "T008" in codes("# Harbour wages\n\n- Oil\n- Wicks\n\n" + body)
    assert "T008" in codes("# Harbour wages\n\n## Thank you\n\n" + body)
    assert "T008" not in codes("# Harbour wages\n\n## Introduction\n\n" + body)
    assert "T008" not in codes("# Harbour lamps\n\n## Oil for lamps\n\n" + body)
    assert "T008" not in codes("# Harbour wages\n\nThey fell.\n\n## Thank you\n\n" + body)
    assert "T008" not in codes("# Harbour wages\n\n**TL;DR**\n\n- They fell.\n\n## Thank you\n\n" + body)
