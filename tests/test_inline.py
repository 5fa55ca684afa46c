"""Inlines that are read at one look are read as the Markdown parser reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_optimizer.markdown.inline import read_tokens
from geo_optimizer.markdown.lines import Content
from geo_optimizer.markdown.simple import read_simple
from test_commonmark import EXAMPLES

ENVIRONMENTS: list[dict[str, Any]] = [{}, {"references": {"A": {"title": "", "href": "/a", "map": [0, 1]}}}]
# Marks with what may stand beside them, so that openings find what closes them.
PARTS = (
    'a|b c|word|é|.|,|:|(|)|"|\'|-| |  |\n| \n|  \n  |*|**|***|_|__|~|~~|`|``|` | `|[|]|](|](/x)|](/x_y*)|](<x y>)|](x "t")|](x(y))'
    "|[a]|[a_b](/u)|[`c`](/u)|[[w](/u)]|!|![|^|[^|<|<b>|</b>|<http://x.y>|&|&amp;|&#42;|&x|\\|\\*|\\[|\\`|\\\\|\\a|\u00a0|\u2028|\x1c|\t"
    "|**bold**|_it_|*it*|`code`|{|}|\ufdd0|\ufdd1\ufdd0"
).split("|")


def check(text: str) -> bool:
    """Whether the text is simple; what is read of it must then be what its tokens say."""
    simple = False
    for env in ENVIRONMENTS:
        content = Content(text, (0,), (0,))
        inline = read_simple(text, content, env, 0)
        if inline is not None:
            simple = True
            assert inline == read_tokens(text, content, env, 0), text
    return simple


@pytest.mark.parametrize("text", [example["markdown"].strip() for example in EXAMPLES])
def test_the_examples_of_the_specification(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_any_marks(text: str) -> None:
    check(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "words",
        "two\nlines  \n  and three",
        "**bold** and *it*, (_it_): snake_case * and 2 * 3",
        "***both***",
        "**a *nested* one**",
        "`code`, ` trimmed `, `   `, `over\nlines`",
        "[text](/address), [`code` in it](https://example.org/a_b), [[a](/b)]",
        "no reference [here] or [there]",
        "\\*escaped\\* and \\[so on\\]",
        "AT&T ^ ! ~ 1 < 2",
    ],
)
def test_these_are_simple(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize(
    "text", ["a**b**c", "**a _b** c_", "*a**b*", "![image](/x)", "<b>x</b>", "`a``b`", "&amp;", '[a](/x "title")', "a\\\nb"]
)
def test_these_need_the_parser(text: str) -> None:
    assert not check(text)
