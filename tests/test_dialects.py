"""What is not Markdown is recognised and never entered. The cases are in cases/dialects.

In a case, `found` lists the draft's blocks: the kind of each, and the texts that a reader reads in it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import Case, read_cases
from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.dialects import FILLERS, dialect_of, mask, unclosed
from geo_optimizer.model import OBJECT, Dialect, Draft
from geo_optimizer.pipeline import optimize

CASES = list(read_cases("dialects"))
DIALECTS: tuple[Dialect, ...] = ("markdown", "mdx", "myst", "obsidian")
MANY = 20_000


def found(draft: Draft) -> list[str]:
    lines = []
    for block in draft.blocks:
        texts = [p.text for p in draft.prose if block.span.contains(p.span)]
        lines.append(f"{block.kind}: {' | '.join(texts).replace(OBJECT, '‹…›')}" if texts else block.kind)
    return [line.rstrip() for line in lines]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_is_found(case: Case, newline: str) -> None:
    source, expected = case.blocks[0], case.blocks[1].text.splitlines()
    draft = parse(source.text.replace("\n", newline), source.name or "draft.md")
    if expected[0].startswith("dialect: "):
        assert f"dialect: {draft.dialect}" == expected.pop(0)
    assert found(draft) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_optimising_twice_is_optimising_once(case: Case) -> None:
    path = case.blocks[0].name or "draft.md"
    once = optimize(case.blocks[0].text, [OfflineEngine()], path=path).output
    assert optimize(once, [OfflineEngine()], path=path).output == once


# ------------------------------------------------------------------ any mixture


PIECES = [
    *"{}<>`$%:!=[]()|'\"\\/#^*~&;.-+ \t",
    *("\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "word ", "# Heading\n", "- item\n", "> quote\n", "    ", *FILLERS, "5", "x"),
    *("{{", "}}", "{{< a >}}", "{{< /a >}}", "{{% b", "%}}", "{% if c %}", "{% endif %}", "{% raw %}", "{% endraw %}", "{#", "#}", "<%", "%>"),
    *(":::note\n", ":::\n", "::::\n", "!!! a\n", '=== "b"\n', "/// a\n", "::a[b]{c}", ": meaning\n", "[TOC]\n", "*[A]: b\n", "> [!NOTE]\n"),
    *("$$", "$x^2$", "\\[", "\\]", "\\(", "\\)", "\\begin{a}", "\\end{a}", "{#id .a}", "{: .a}", "{::a}", "{:/}", "[[", "]]", "![[", "|a"),
    *("%%", " ^id\n", "(a)=\n", "+++\n", "{name}`a`", "```\n", "~~~\n", "``` a\n", "<!--", "-->", "<pre>", "</pre>", "<script>\n"),
    *("import a from 'b'\n", "export const a = {\n", "<A>", "</A>", "<A b={", "<div c={d}>", "</div>", "/>", "{/*", "*/}", "${", "=>", "//"),
]  # fmt: skip
MIXTURES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(deadline=None, max_examples=400)
@given(MIXTURES, st.sampled_from(DIALECTS))
def test_masking_keeps_every_place(body: str, dialect: Dialect) -> None:
    try:
        masked, foreign, wiki = mask(body, dialect)
    except DraftRefused:
        return
    assert len(masked) == len(body)
    assert [(m.start(), m.group()) for m in re.finditer(r"[\r\n]", masked)] == [
        (m.start(), m.group()) for m in re.finditer(r"[\r\n]", body)
    ]
    assert all(shown in (own, *FILLERS) or (shown == "\ufffd" and own in FILLERS) for shown, own in zip(masked, body, strict=True))
    assert all(before.end <= after.start for before, after in pairwise(foreign))
    assert all(span.of(body)[-1] not in " \t\r\n" for span in foreign)
    assert all(link.of(body).endswith("]]") for link in wiki)


@settings(deadline=None, max_examples=300)
@given(MIXTURES)
def test_only_mdx_is_refused(body: str) -> None:
    lines = 1 + len(re.findall(r"\r\n|\r|\n", body))
    assert all(len(mask(body, dialect)[0]) == len(body) for dialect in DIALECTS if dialect != "mdx")
    with suppress(DraftRefused):
        mask(body, "mdx")
        return
    with pytest.raises(DraftRefused) as refused:
        mask(body, "mdx")
    assert 1 <= (refused.value.line or 0) <= lines


@settings(deadline=None, max_examples=300)
@given(MIXTURES, st.sampled_from(DIALECTS))
def test_no_filler_is_read_as_text(body: str, dialect: Dialect) -> None:
    try:
        draft = parse(f"x\n\n{body}", dialect=dialect)
    except DraftRefused:
        return
    assert not any(filler in prose.text for prose in draft.prose for filler in FILLERS)


@pytest.mark.parametrize("filler", FILLERS)
def test_a_filler_of_the_authors_own_is_read_as_an_unreadable_character(filler: str) -> None:
    draft = parse(
        f"# A{filler}b\n\nLamps {filler}{filler} need {{{{ a }}}} oil, see [the {filler}](/x{filler}) and [[{filler}|{filler}]].\n"
    )
    assert [prose.text for prose in draft.prose] == ["A\ufffdb", f"Lamps \ufffd\ufffd need {OBJECT} oil, see the \ufffd and \ufffd."]
    assert [(link.text, draft.text(link.text_span)) for link in draft.links if link.text_span] == [("the \ufffd", f"the {filler}")]


@pytest.mark.parametrize("filler", FILLERS)
def test_a_paragraph_of_such_characters_alone_is_text(filler: str) -> None:
    assert [block.kind for block in parse(f"Lamps.\n\n{filler * 3}\n").blocks] == ["paragraph", "paragraph"]


@settings(deadline=None, max_examples=200)
@given(MIXTURES)
def test_line_ends_make_no_difference(body: str) -> None:
    lines = re.sub(r"\r\n|\r", "\n", body)
    masked = mask(lines, "markdown")[0]
    assert mask(lines.replace("\n", "\r"), "markdown")[0] == masked.replace("\n", "\r")
    assert mask(lines.replace("\n", "\r\n"), "markdown")[0].replace("\r\n", "\n") == masked


ARTICLE = (
    "Brass lamps burned 40 litres of oil a year in 1890, as the harbour office wrote. A wick of cotton lasted for 12 nights. "
    "Glass chimneys cut the soot by 30%.\n\nThe keepers trimmed each wick twice a day. Oil from rape seed replaced whale oil after 1850. "
    "In 1910 the last keeper of Hull lit 58 lamps by hand.\n\n"
)


@settings(deadline=None, max_examples=60)
@given(MIXTURES, MIXTURES, st.sampled_from(["a.md", "a.mdx"]))
def test_any_mixture_is_optimised_once(above: str, below: str, path: str) -> None:
    source = f"# Lamps\n\n{above}\n\n{ARTICLE}{below}\n\n## Oil\n\n{ARTICLE}"
    try:
        once = optimize(source, [OfflineEngine()], path=path)
    except DraftRefused:
        return
    assert optimize(once.output, [OfflineEngine()], path=path).edits == ()


# ------------------------------------------------------------------ openings that nothing closes


@pytest.mark.parametrize(
    ("body", "what", "opening"),
    [
        ("a\n\n```py\nb\n", "code fence", "```"),
        ("a\n\n~~~\nb\n", "code fence", "~~~"),
        ("a\n\n<!-- b\n\nc\n", "HTML comment", "<!--"),
        ("a\n\n<pre>\nb\n", "<pre> element", "<pre"),
        ("a\n\n:::note\nb\n", "::: block", ":::note"),
        ("a\n\n/// note\nb\n", "/// block", "/// note"),
        ("a\n\n{% if b %}\nc\n", "{% if %} tag", "{%"),
        ("a\n\n{::comment}\nb\n", "{::comment} extension", "{::comment}"),
        ("a\n\n$$\nb\n", "$$ formula", "$$"),
    ],
)
def test_what_is_never_closed_is_named(body: str, what: str, opening: str) -> None:
    (one,) = unclosed(body, "markdown")
    assert (one.what, one.span.of(body)) == (what, opening)


def test_a_comment_of_obsidian_that_is_never_closed_is_named() -> None:
    (one,) = unclosed("a\n\n%% b\n", "obsidian")
    assert (one.what, one.span.start) == ("%% comment", 3)


@pytest.mark.parametrize(
    "case", [c for c in CASES if "never closed" not in c.id and "without its end" not in c.id], ids=lambda case: case.id
)
def test_what_is_closed_is_not_named(case: Case) -> None:
    path, text = case.blocks[0].name or "draft.md", case.blocks[0].text
    assert unclosed(text, dialect_of(path, text)) == ()


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("# A\n\n<Tabs>\n\n</Tab>\n", "<Tabs>", 3),
        ("# A\n\n{a\n", "{", 3),
        ("---\na: b\n---\n\nexport const a = [\n\n# B\n", "export", 5),
        ("# A\r\n\r\n<div a={b}>\r\n", "<div>", 3),
    ],
)
def test_mdx_that_does_not_balance_is_refused_with_line_reason_and_remedy(source: str, what: str, line: int) -> None:
    with pytest.raises(DraftRefused) as refused:
        parse(source, "a.mdx")
    assert (refused.value.message, refused.value.line) == (f"{what} is never closed", line)
    assert "close it" in refused.value.hint


# ------------------------------------------------------------------ growth: see test_growth.py for what these tests can show


@pytest.mark.parametrize(
    "opening",
    [
        '{{< a "',
        "<% a ",
        ":::a\n",
        "!!! a\n",
        "$a$b ",
        "\\( a ",
        "\\begin{a}\n",
        '{a="',
        "T\n: a\n",
        "> ```a\n\n",
        "%% a ",
        "[[a|",
        "{::a} ",
    ],
)
def test_openings_without_a_closer_are_read_once(opening: str) -> None:
    assert len(mask(opening * MANY, "obsidian")[0]) == len(opening) * MANY


@pytest.mark.parametrize("opening", ["{", "<A>", "<A b={", "{`${", "<a b={1}>", "{'\\'", "{=/[", "{/* "])
def test_mdx_without_a_closer_is_refused_at_its_first_line_and_is_words_elsewhere(opening: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        mask(opening * MANY, "mdx")
    assert refused.value.line == 1
    assert len(mask(opening * MANY, "markdown")[0]) == len(opening) * MANY


def test_a_slash_is_followed_for_a_thousand_characters_and_no_further() -> None:
    assert mask("{" + "=/" + "[{]" * 330 + "/}", "mdx")[1]
    with pytest.raises(DraftRefused):
        mask("{" + "=/" + "[{]" * 340 + "/}", "mdx")


@pytest.mark.parametrize(("opening", "closer"), [("{", "}"), ("<A>", "</A>"), ("{`${", "}`}"), ("{(", ")}"), ("<A b={", "}/>")])
def test_no_depth_is_too_deep(opening: str, closer: str) -> None:
    source = opening * MANY + "a" + closer * MANY
    assert [span.of(source) for span in mask(source, "mdx")[1]] == [source]
