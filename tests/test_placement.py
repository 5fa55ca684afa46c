"""Where the parts go. The cases are in cases/placement; ‹TL;DR›, ‹takeaways› and ‹links› stand for the inserted parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from cases import FOLDER, Case, read_cases
from geo_optimizer.compose import compose
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Enhancement, LinkSuggestion, Span
from geo_optimizer.options import Options
from geo_optimizer.presets import PLAIN, PRESETS, Habits
from geo_optimizer.promise import verify_output

LINES = ("One line stands here.", "Another line follows it.", "A third line ends it.")
PROPOSED = [Enhancement(kind, text) for kind in ("tldr", "takeaway") for text in LINES]
BODY = Options(parts=frozenset(("tldr", "takeaways", "links")))
LIST = "- " + "\n- ".join(LINES)
SHOWN = {
    "‹TL;DR›": f"**TL;DR**\n\n{LIST}",
    "‹takeaways›": f"## Key takeaways\n\n{LIST}",
    "‹###takeaways›": f"### Key takeaways\n\n{LIST}",
    "‹**takeaways›": f"**Key takeaways**\n\n{LIST}",
}
COMMENT = '{open} geo-optimizer: internal link suggestions\n- "words" -> /there/{where}: a reason\n{close}'
CASES = list(read_cases("placement"))


def options_for(kind: str) -> tuple[Options, list[LinkSuggestion]]:
    """What a draft's fence says of its run: `markdown-jekyll` is for a preset, `markdown-nolinks` a run with a site that suggests nothing."""
    said = kind.partition("-")[2]
    links = [LinkSuggestion("words", Span(0, 0), "/there/", "There", "a reason", 0.9, recommended=True)]
    preset = next((preset for name, preset in PRESETS.items() if name == said), PLAIN)
    return replace(BODY, preset=preset, habits=Habits() if said == "nolinks" else None), [] if said == "nolinks" else links


def composed(source: str, path: str = "draft.md", kind: str = "markdown", lines: Sequence[Enhancement] = PROPOSED) -> tuple[str, list[str]]:
    """The output, whose promise is kept, and each note as "part: message (line N)"."""
    options, links = options_for(kind)
    draft = parse(source, path, language="en")
    edits, notes = compose(draft, lines, links, options)
    output = apply_edits(edits, source)
    verify_output(draft, edits, output, lambda after: compose(after, lines, links, options)[0])
    return output, [f"{n.part}: {n.message}" + (f" (line {draft.line(n.span.start)})" if n.span else "") for n in notes]


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
    output, notes = composed(source, case.blocks[0].name or "draft.md", case.blocks[0].kind)
    assert output == expected(case, source)
    for block in case.blocks[2:]:
        assert notes == block.text.splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_second_run_adds_nothing(case: Case) -> None:
    path, kind = case.blocks[0].name or "draft.md", case.blocks[0].kind
    once, _ = composed(case.blocks[0].text, path, kind)
    assert composed(once, path, kind)[0] == once


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_draft_with_carriage_returns_keeps_them(case: Case) -> None:
    source = case.blocks[0].text.replace("\n", "\r\n")
    path, kind = case.blocks[0].name or "draft.md", case.blocks[0].kind
    output, _ = composed(source, path, kind)
    assert not re.search(r"(?<!\r)\n", output)
    assert output.replace("\r\n", "\n") == composed(case.blocks[0].text, path, kind)[0]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_byte_order_mark_stays_first_and_line_ends_stay(end: str) -> None:
    source = "\ufeff# Lamps" + end * 2 + "Lamps need oil." + end * 3
    output, _ = composed(source, "draft.md")
    assert output.startswith("\ufeff# Lamps" + end * 2 + "**TL;DR**" + end * 2)
    assert output.endswith("-->" + end * 3)
    assert "\n" not in output.replace(end, "")


@pytest.mark.parametrize(
    ("opening", "what"),
    [
        ("```", "code fence"),
        ("~~~~", "code fence"),
        ("<!-- never", "HTML comment"),
        ("<pre>", "<pre> element"),
        (":::note", "::: block"),
        ("{% raw %}", "{% raw %} tag"),
        ("$$", "$$ formula"),
        ("<details>", "<details> element"),
        ("<div class=wide>", "<div> element"),
        ("<SECTION>", "<section> element"),
    ],
)
def test_an_unclosed_construct_is_named_with_its_line_and_the_rest_is_done(opening: str, what: str) -> None:
    output, notes = composed(f"# Title\n\nSome words.\n\n{opening}\nnever closed\n", "draft.md")
    assert "**TL;DR**" in output
    assert output.endswith(f"{opening}\nnever closed\n")
    assert [note.split(":")[0] for note in notes][-1] == "links"
    why = f"this {what} is never closed, and what is added below would stand inside it: close it (line 5)"
    assert {note.partition(": ")[2] for note in notes} == {why}


def test_ten_thousand_closing_blocks_are_read_once_each() -> None:
    source = "# Lamps\n\nLamps need oil.\n\n" + "".join(f"[o{n}]: /oil/{n}/\n\n" for n in range(10_000))
    output, _ = composed(source, "draft.md")
    assert output.index("## Key takeaways") < output.index("[o0]:")


def test_ten_thousand_pairs_of_comments_are_read_once_each() -> None:
    nested = (
        "".join(f"<!-- start {n} -->\n\n" for n in range(5_000))
        + "Wicks burn.\n\n"
        + "".join(f"<!-- end {n} -->\n\n" for n in range(5_000))
    )
    output, _ = composed("# Lamps\n\nLamps need oil.\n\n" + nested)
    assert output.index("<!-- end 4999 -->") < output.index("## Key takeaways")


def test_a_long_table_of_contents_with_another_line_is_read_once() -> None:
    source = "# Lamps\n\nSee:\n\n" + "".join(f"- [Part {n}](#part-{n})\n" for n in range(2_000)) + "- and more\n\nLamps need oil.\n"
    output, _ = composed(source, "draft.md")
    assert output.index("**TL;DR**") < output.index("- [Part 0]")


@pytest.mark.parametrize("opening", ["<Layout>", "{{% section %}}"])
def test_that_there_is_no_place_is_said_before_that_there_are_too_few_lines(opening: str) -> None:
    closing = opening.replace("<", "</").replace("% ", "% /")
    path = "draft.mdx" if opening == "<Layout>" else "draft.md"
    _, notes = composed(f"# Lamps\n\n{opening}\n\nLamps need oil, and more of it in winter.\n\n{closing}\n", path, lines=())
    why = f"all of the text is inside `{opening}` (line 3), where nothing can be added safely (line 3)"
    assert notes == [f"tldr: {why}", f"takeaways: {why}"]


def phrases(section: str) -> list[str]:
    """The bullets below a heading of cases/placement/phrases.md, of all its languages."""
    text = (FOLDER / "placement" / "phrases.md").read_text(encoding="utf-8")
    body = text.split(f"\n## {section}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    return [line[2:] for line in body.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("heading", phrases("Headings of sections that close an article"))
def test_takeaways_come_before_a_section_that_closes(heading: str) -> None:
    output, _ = composed(
        f"# Lamps\n\n## Oil\n\nLamps need oil. They burn more of it in winter than in summer.\n\n## {heading}\n\nAda kept one at sea.\n"
    )
    assert output.index("Lamps need oil.") < output.index("## Key takeaways") < output.index(f"## {heading}")


@pytest.mark.parametrize("heading", phrases("Headings of sections that argue"))
def test_takeaways_come_after_a_section_that_argues(heading: str) -> None:
    output, _ = composed(f"# Lamps\n\n## Oil\n\nLamps need oil.\n\n## {heading}\n\nAda kept one at sea.\n")
    assert output.index("Ada kept one at sea.") < output.index("## Key takeaways")


@pytest.mark.parametrize("paragraph", phrases("Paragraphs that close an article"))
def test_takeaways_come_before_a_paragraph_that_closes(paragraph: str) -> None:
    output, _ = composed(f"# Lamps\n\nLamps need oil.\n\n{paragraph}\n")
    assert output.index("Lamps need oil.") < output.index("**Key takeaways**") < output.index(paragraph)


@pytest.mark.parametrize("paragraph", phrases("Paragraphs that argue"))
def test_takeaways_come_after_a_paragraph_that_argues(paragraph: str) -> None:
    output, _ = composed(f"# Lamps\n\nLamps need oil.\n\n{paragraph}\n")
    assert output.index(paragraph) < output.index("## Key takeaways")


@pytest.mark.parametrize("line", phrases("Lines that lead to a last list of links"))
def test_takeaways_come_before_the_line_that_leads_to_the_last_links(line: str) -> None:
    output, _ = composed(f"# Lamps\n\nLamps need oil.\n\n{line}\n\n- [Wicks](/wicks/)\n")
    assert output.index("Lamps need oil.") < output.index("**Key takeaways**") < output.index(line)
