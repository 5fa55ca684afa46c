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
    "‹###takeaways›": f"### Key takeaways\n\n{LIST}",
    "‹**takeaways›": f"**Key takeaways**\n\n{LIST}",
    "‹*TL;DR›": f"**TL;DR**\n\n{LIST}".replace("\n- ", "\n* "),
}
COMMENT = '{open} geo-optimizer: internal link suggestions\n- "words" -> /there/{where}: a reason\n{close}'
CASES = list(read_cases("placement"))


def composed(source: str, path: str) -> tuple[str, list[str]]:
    """The output, and each note as "part: message (line N)"."""
    draft = parse(source, path, language="en")
    link = LinkSuggestion("words", Span(0, 0), "/there/", "There", "a reason", 0.9, recommended=True)
    edits, notes = compose(draft, PROPOSED, [link], BODY)
    lines = [f"{note.part}: {note.message}" + (f" (line {draft.line(note.span.start)})" if note.span else "") for note in notes]
    return apply_edits(edits, source), lines


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
    output, notes = composed(source, case.blocks[0].name or "draft.md")
    assert output == expected(case, source)
    for block in case.blocks[2:]:
        assert notes == block.text.splitlines()


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


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_byte_order_mark_stays_first_and_line_ends_stay(end: str) -> None:
    source = "\ufeff# Lamps" + end * 2 + "Lamps need oil." + end * 3
    output, _ = composed(source, "draft.md")
    assert output.startswith("\ufeff# Lamps" + end * 2 + "**TL;DR**" + end * 2)
    assert output.endswith("-->" + end * 3)
    assert "\n" not in output.replace(end, "")


@pytest.mark.parametrize(
    ("opening", "what"),
    [("```", "code fence"), ("~~~~", "code fence"), ("<!-- never", "HTML comment"), ("<pre>", "<pre> element")],
)
def test_an_unclosed_construct_is_named_with_its_line_and_the_rest_is_done(opening: str, what: str) -> None:
    output, notes = composed(f"# Title\n\nSome words.\n\n{opening}\nnever closed\n", "draft.md")
    assert "**TL;DR**" in output
    assert output.endswith(f"{opening}\nnever closed\n")
    assert [note.split(":")[0] for note in notes][-1] == "links"
    assert all("line 5" in note and f"close that {what}" in note for note in notes)


def test_ten_thousand_closing_blocks_are_read_once_each() -> None:
    source = "# Lamps\n\nLamps need oil.\n\n" + "".join(f"[o{n}]: /oil/{n}/\n\n" for n in range(10_000))
    output, _ = composed(source, "draft.md")
    assert output.index("## Key takeaways") < output.index("[o0]:")


def test_a_long_table_of_contents_with_another_line_is_read_once() -> None:
    source = "# Lamps\n\n" + "".join(f"- [Part {n}](#part-{n})\n" for n in range(2_000)) + "- and more\n\nLamps need oil.\n"
    output, _ = composed(source, "draft.md")
    assert output.index("**TL;DR**") < output.index("- [Part 0]")
