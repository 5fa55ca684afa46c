"""Which figures the S rules speak of, and which links the L rules: the cases that their examples leave out."""

from __future__ import annotations

import pytest

from geo_optimizer.markdown import parse
from geo_optimizer.options import Options
from geo_optimizer.rules import check


def codes(text: str, select: str) -> list[str]:
    return [found.code for found in check(parse(text), Options(select=(select,)))]


def messages(text: str, select: str) -> list[str]:
    return [found.message for found in check(parse(text), Options(select=(select,)))]


@pytest.mark.parametrize(
    "text",
    [
        "Roll the flag out to 10% of users.",  # a share that is set
        "Our tool saves 40% of developers a whole day.",  # the writer's own
        "Of all asked, 40% of the respondents had no lamp.",  # the survey's own
        "If 40% of companies left, nobody would notice.",  # supposed
        "Why do 40% of companies leave?",
        "The Harbour Institute asked 900 firms. 40% of companies had no lamp.",  # named one sentence before
        "> 40% of companies have no lamp.",
    ],
)
def test_figures_that_need_no_source(text: str) -> None:
    assert codes(text + "\n", "S001") == []


def test_a_figure_sourced_once_is_sourced() -> None:
    once = "40% of companies have no lamp.\n\nThe Harbour Institute found:\n\n- 40% have no lamp\n"
    assert codes(once, "S001") == []
    assert codes("40% of companies have no lamp.\n", "S001") == ["S001"]


@pytest.mark.parametrize(
    "text",
    [
        "90% of respondents said they want lamps. 90% of users need oil.",
        "In 2019, 40% of companies bought oil lamps. In 2020, 45% of companies bought oil lamps.",
        "40% of large companies buy oil lamps. 60% of small companies buy oil lamps.",
        "9% of teams have failed audits. 91% of teams can't stand them.",
    ],
)
def test_figures_that_go_together(text: str) -> None:
    assert codes(text + "\n", "S004") == []


def test_the_title_s_figure_may_be_written_otherwise_in_the_text() -> None:
    filler = "The lamps were lit one after the other along the coast while the people watched. " * 10
    assert codes(f"# 90% of harbours\n\nNine out of ten harbours have one. {filler}\n", "S005") == []
    assert codes(f"# A $2 million lamp\n\nIt came to $2,013,400 in all. {filler}\n", "S005") == []
    assert "100 − 12 (line 3)" in messages(f"# 88% of harbours\n\nOnly 12% of harbours have one. {filler}\n", "S005")[0]


@pytest.mark.parametrize(
    ("href", "meant"),
    [
        ("www.harbour.org", "https://www.harbour.org"),
        ("harbour.org/lamps", "https://harbour.org/lamps"),
        ("htttps://harbour.org", "https://harbour.org"),
        ("https:/harbour.org/x", "https://harbour.org/x"),
        ("https:///harbour.org/x", "https://harbour.org/x"),
        ("http://http://harbour.org", "http://harbour.org"),
        ("//blog/lamps/", "/blog/lamps/"),
    ],
)
def test_a_misspelt_address_is_mended(href: str, meant: str) -> None:
    (found,) = check(parse(f"See [the lamps]({href}).\n"), Options(select=("L011",)))
    assert found.fix is not None
    assert found.fix.edit.text == meant


@pytest.mark.parametrize(
    "href",
    [
        "lamps.md",
        "node.js",
        "/www/lamps",
        "https://harbour.org//lamps",
        "mailto:kim@harbour.org",
        "//harbour.org/x",
        "http-server",
        "tel:123",
        "x.html",
    ],
)
def test_an_address_that_is_one_is_left_alone(href: str) -> None:
    assert codes(f"See [the lamps]({href}).\n", "L011") == []


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("## Why Node.js? An *answer*", "why-nodejs-an-answer"),
        ("## 2. Oil & gas", "oil-gas"),
        ("## 2. Oil & gas", "2-oil--gas"),
        ("## Öl", "ol"),
        ("## Lamp {#the.lamp}", "the.lamp"),
        ('<a name="lamp"></a>\n\n## Oil', "lamp"),
        ("## Oil\n\n## Oil", "oil-1"),
        ("> ## Oil\n\n## Gas", "oil"),
    ],
)
def test_a_section_is_found_under_any_renderer_s_id(heading: str, fragment: str) -> None:
    assert codes(f"See [it](#{fragment}).\n\n{heading}\n", "L010") == []
