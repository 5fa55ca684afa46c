"""Where the parts go. The cases are in cases/placement; ‹TL;DR›, ‹takeaways› and ‹links› stand for the inserted parts."""

from __future__ import annotations

import re

import pytest

from cases import Case, read_cases
from geo_optimizer.compose import compose
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Enhancement, LinkSuggestion, Span
from geo_optimizer.options import Options

LINES = ("One line stands here.", "Another line follows it.", "A third line ends it.")
PROPOSED = [Enhancement(kind, text) for kind in ("tldr", "takeaway") for text in LINES]
BODY = Options(parts=frozenset(("tldr", "takeaways", "links")))
LIST = "- " + "\n- ".join(LINES)
SHOWN = {
    "‹TL;DR›": f"**TL;DR**\n\n{LIST}",
    "‹takeaways›": f"## Key takeaways\n\n{LIST}",
    "‹**takeaways›": f"**Key takeaways**\n\n{LIST}",
    "‹*TL;DR›": f"**TL;DR**\n\n{LIST}".replace("\n- ", "\n* "),
}
COMMENT = '{open} geo-optimizer: internal link suggestions\n- "words" -> /there/{where}: a reason\n{close}'
CASES = list(read_cases("placement"))


def composed(source: str, path: str) -> tuple[str, set[str]]:
    draft = parse(source, path)
    link = LinkSuggestion("words", Span(0, 0), "/there/", "There", "a reason", 0.9, recommended=True)
    edits, notes = compose(draft, PROPOSED, [link], BODY)
    return apply_edits(edits, source), {note.part for note in notes}


def expected(case: Case, source: str) -> str:
    text = case.blocks[1].text
    opening, closing = ("{/*", "*/}") if case.blocks[0].name.endswith(".mdx") else ("<!--", "-->")
    for name, shown in SHOWN.items():
        text = text.replace(name, shown)
    text = text.replace("‹links›", COMMENT.format(open=opening, close=closing, where=""))
    return text if source.endswith("\n") else text.removesuffix("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_placement(case: Case) -> None:
    source = case.blocks[0].text
    if case.blocks[0].kind == "markdown-unended":
        source = source.removesuffix("\n")
    output, _ = composed(source, case.blocks[0].name or "draft.md")
    assert output == expected(case, source)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_second_run_adds_nothing(case: Case) -> None:
    path = case.blocks[0].name or "draft.md"
    once, _ = composed(case.blocks[0].text, path)
    assert composed(once, path)[0] == once


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_draft_with_carriage_returns_keeps_them(case: Case) -> None:
    source = case.blocks[0].text.replace("\n", "\r\n")
    output, _ = composed(source, case.blocks[0].name or "draft.md")
    assert not re.search(r"(?<!\r)\n", output)
    assert output.replace("\r\n", "\n") == composed(case.blocks[0].text, case.blocks[0].name or "draft.md")[0]


@pytest.mark.parametrize(
    "source",
    [
        "# Title\n\nSome words.\n\n```\nnever closed\n",
        "# Title\n\nSome words.\n\n<!-- never closed\n",
        "# Title\n\nSome words.\n\n<pre>\nnever closed\n",
    ],
)
def test_where_nothing_is_safe_it_is_said_and_the_rest_is_done(source: str) -> None:
    output, notes = composed(source, "draft.md")
    assert "**TL;DR**" in output
    assert "links" in notes
    assert output.endswith("never closed\n")
