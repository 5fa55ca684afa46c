"""Parts that a draft has already. The cases are in cases/known: a draft, and which lines are which part."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import Case, read_cases
from geo_optimizer.compose import compose, wanted
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Draft, Edit, Enhancement, LinkSuggestion, Note, Span
from geo_optimizer.options import Options, Part, Refreshable
from geo_optimizer.presets import Habits
from geo_optimizer.promise import verify_output

LINES = ("One line stands here.", "Another line follows it.", "A third line ends it.")
NEWER = ("A newer line stands here.", "A second one follows it.", "A third one too.", "A fourth one ends it.")
LISTS: frozenset[Part] = frozenset(("tldr", "takeaways"))
ARTICLE = "# Lamps\n\nLamps need oil.\n\n## Wicks\n\nWicks burn for a year.\n\n## Glass\n\nGlass breaks when it is wet.\n"
LINK = LinkSuggestion("words", Span(0, 0), "/there/", "There", "a reason", 0.9, recommended=True)


def composed(
    source: str,
    *,
    lines: tuple[str, ...] = LINES,
    parts: frozenset[Part] = LISTS,
    refresh: tuple[Refreshable, ...] = (),
    site: bool = False,
) -> tuple[str, tuple[Edit, ...], tuple[Note, ...]]:
    options = Options(parts=parts, refresh=frozenset(refresh), habits=Habits() if site else None)
    draft = parse(source, language="en")
    proposed = [Enhancement(kind, text) for kind in ("tldr", "takeaway") for text in lines]
    edits, notes = compose(draft, proposed, [LINK], options)
    output = apply_edits(edits, source)
    verify_output(draft, edits, output, lambda after: compose(after, proposed, [LINK], options)[0])
    return output, edits, notes


def shown(draft: Draft) -> list[str]:
    """Each known part as "kind: first line to last", and whether it is a section of the text."""
    return [
        f"{part.kind}: {draft.line(part.span.start)} to {draft.line(part.span.end)}" + (", of the text" if part.of_text else "")
        for part in draft.known
    ]


@pytest.mark.parametrize("case", list(read_cases("known")), ids=lambda case: case.id)
def test_known(case: Case) -> None:
    source, expected = case.blocks
    assert shown(parse(source.text, source.name or "draft.md")) == expected.text.splitlines()


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("form", ["## {}", "**{}**", "*{}:*", "{}:", "> **{}**", "#### ✨ {}", "{}\n---", "__{}__:", "## 1. {}"])
def test_every_label_of_ours_is_known_in_every_form(language: str, form: str) -> None:
    for label, kind in zip(LABELS[language], ("tldr", "takeaways"), strict=True):
        draft = parse(f"# T\n\n{form.format(label)}\n\n- A.\n- B.\n\nProse.\n", language=language)
        assert [part.kind for part in draft.known] == [kind]


# ------------------------------------------------------------------ an editor's changes

Change = Callable[[str, random.Random], str]


def reworded(part: str, chance: random.Random) -> str:
    return re.sub(
        r"(?m)^- .*",
        lambda m: f"- {chance.choice(('Oil is dear', 'Wicks are cheap', 'So it goes'))}." if chance.random() < 0.6 else m.group(),
        part,
    )


def thinned(part: str, chance: random.Random) -> str:
    kept = chance.randrange(3)
    label, *items = re.split(r"\n(?=- )", part)
    return "\n".join([label, *items[:kept]]).rstrip("\n") + "\n\n"


def numbered(part: str, _: random.Random) -> str:
    return re.sub(r"(?m)^- ", "1. ", part)


def starred(part: str, _: random.Random) -> str:
    return re.sub(r"(?m)^- ", "* ", part)


def loosened(part: str, _: random.Random) -> str:
    return re.sub(r"(?m)\n(?=- )", "\n\n", part)


def paragraphs(part: str, _: random.Random) -> str:
    return re.sub(r"(?m)^- (.*)$", r"\1\n", part)


def run_in(part: str, _: random.Random) -> str:
    label, *items = re.split(r"\n+(?:- )?", part.strip())
    return f"**{label.strip('#* ')}:** {' '.join(items)}\n\n"


def quoted(part: str, _: random.Random) -> str:
    return re.sub(r"(?m)^", "> ", part.strip()) + "\n\n"


def in_a_box(part: str, chance: random.Random) -> str:
    label, _, rest = part.strip().partition("\n")
    return f":::tip {label.strip('#* ')}\n{rest}\n:::\n\n"


BOXES = [
    (":::tip\n", "\n:::"),
    (":::{tip}\n:class: wide\n\n", "\n:::"),
    ("{{% box %}}\n\n", "\n\n{{% /box %}}"),
    ('{{< callout type="info" >}}\n', "\n{{< /callout >}}"),
    ("<Callout>\n\n", "\n\n</Callout>"),
    ("<div>\n\n", "\n\n</div>"),
    ("<Card>\n<Body>\n\n", "\n\n</Body>\n</Card>"),
    ("/// note\n\n", "\n\n///"),
    ("{% note %}\n", "\n{% endnote %}"),
]


def boxed(part: str, chance: random.Random) -> str:
    opening, closing = chance.choice(BOXES)
    return f"{opening}{part.strip()}{closing}\n\n"


def admonished(part: str, _: random.Random) -> str:
    return "!!! tip\n\n" + re.sub(r"(?m)^(?=.)", "    ", part.strip()) + "\n\n"


def between_items(part: str, chance: random.Random, what: str) -> str:
    places = [m.start() for m in re.finditer(r"(?m)^- ", part)][1:]
    at = chance.choice(places) if places else len(part.rstrip())
    return f"{part[:at]}{what}{part[at:]}" if places else part


def split_by_a_comment(part: str, chance: random.Random) -> str:
    return between_items(part, chance, chance.choice(("<!-- mine: keep -->\n", "\n<!-- mine: keep -->\n\n")))


def split_by_an_item(part: str, chance: random.Random) -> str:
    return between_items(part, chance, "* This is mine.\n")


def introduced(part: str, chance: random.Random) -> str:
    label, _, rest = part.partition("\n")
    words = chance.choice(("These are mine:", "These words are mine.", "<!-- mine: reviewed -->"))
    return f"{label}\n\n{words}\n{rest}"


def footnoted(part: str, _: random.Random) -> str:
    items = part.rstrip().rsplit("\n", 1)
    return f"{items[0]}\n{items[-1]}[^mine]\n\n[^mine]: A note.\n\n" if len(items) > 1 else part


def defined(part: str, _: random.Random) -> str:
    return part.rstrip() + "\n\n  [mine]: https://example.org/\n\n"


def deeper(part: str, chance: random.Random) -> str:
    return between_items(part, chance, chance.choice(("  - This is mine.\n", "\n  This is mine.\n\n", "  ![mine](mine.png)\n")))


def folded(part: str, chance: random.Random) -> str:
    label, _, rest = part.strip().partition("\n")
    return f"<details>\n<summary>{label.strip('#* ')}</summary>\n{rest}\n\n</details>\n\n"


def headed(part: str, chance: random.Random) -> str:
    label, _, rest = part.partition("\n")
    return f"{'#' * chance.randrange(2, 5)} {label.strip('#* ')}\n{rest}"


def in_bold(part: str, chance: random.Random) -> str:
    label, _, rest = part.partition("\n")
    return f"**{label.strip('#* ')}**\n{rest}"


def translated(part: str, chance: random.Random) -> str:
    label, _, rest = part.partition("\n")
    ours = label.strip("#* ")
    return label.replace(ours, LABELS[chance.choice(list(LABELS))][0 if ours == "TL;DR" else 1]) + "\n" + rest


def longer(part: str, _: random.Random) -> str:
    return part.rstrip("\n") + "\n\nAnd ask your keeper of lamps.\n\n"


CHANGES: list[Change] = [
    reworded, thinned, numbered, starred, loosened, paragraphs, run_in, quoted, in_a_box, folded, headed, in_bold, translated, longer,
    boxed, admonished, split_by_a_comment, split_by_an_item, introduced, footnoted, defined, deeper
]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(CHANGES), st.sampled_from(CHANGES[:5]), st.sampled_from(["tldr", "takeaways"]), st.randoms(use_true_random=False))
def test_an_editors_change_to_a_part_does_not_bring_it_again(change: Change, first: Change, kind: str, chance: random.Random) -> None:
    output, edits, _ = composed(ARTICLE)
    written = next(edit.text for edit in edits if edit.kind == kind)
    body = written.strip("\n") + "\n\n"
    assert output.count(body.strip()) == 1
    edited = output.replace(body.strip(), change(first(body, chance), chance).strip())
    again, new, _ = composed(edited)
    assert not new, again


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(CHANGES), st.sampled_from(CHANGES[:5]), st.sampled_from(["tldr", "takeaways"]), st.randoms(use_true_random=False))
def test_refresh_after_an_editors_change_replaces_a_whole_part_or_nothing(
    change: Change, first: Change, kind: Refreshable, chance: random.Random
) -> None:
    only: frozenset[Part] = frozenset(("tldr",) if kind == "tldr" else ("takeaways",))
    output, edits, _ = composed(ARTICLE, parts=only)
    body = edits[0].text.strip("\n")
    edited = output.replace(body, change(first(body + "\n\n", chance), chance).strip())
    renewed, new, notes = composed(edited, lines=NEWER, parts=only, refresh=(kind,))
    assert len(new) + len(notes) == 1
    assert [renewed.count(words) for words in ("mine", "keeper")] == [edited.count(words) for words in ("mine", "keeper")]
    assert not new or not any(line in renewed for line in LINES)


def test_a_part_that_was_moved_is_known_where_it_is() -> None:
    output, edits, _ = composed(ARTICLE)
    part = next(edit.text for edit in edits if edit.kind == "tldr")
    moved = output.replace(part, "") + "\n" + part
    assert composed(moved)[0] == moved


# ------------------------------------------------------------------ the link comment

LINKS: frozenset[Part] = frozenset(("links",))


def test_an_edited_link_comment_is_left_by_a_run_without_a_site_and_renewed_by_one_with_it() -> None:
    output = composed(ARTICLE, parts=LINKS)[0]
    edited = output.replace("a reason", "my own reason")
    assert edited != output
    assert composed(edited, parts=LINKS)[0] == edited
    assert composed(edited, parts=LINKS, site=True)[0] == output


def test_a_moved_link_comment_is_renewed_where_it_is() -> None:
    output = composed(ARTICLE, parts=LINKS)[0]
    comment = output[output.index("<!--") :].strip()
    moved = comment + "\n\n" + output.replace(comment, "").strip() + "\n"
    assert composed(moved, parts=LINKS, site=True)[0] == moved


def test_links_found_with_a_site_are_not_refreshed_without_one() -> None:
    edited = composed(ARTICLE, parts=LINKS)[0].replace("a reason", "my own reason")
    output, edits, notes = composed(edited, parts=LINKS, refresh=("links",))
    assert (output, edits) == (edited, ())
    assert "--site" in notes[0].message


# ------------------------------------------------------------------ refresh


def test_refresh_replaces_the_lines_alone_and_a_second_refresh_nothing() -> None:
    output = composed(ARTICLE)[0]
    newer, edits, notes = composed(output, lines=NEWER, refresh=("tldr", "takeaways"))
    assert newer == output.replace("- " + "\n- ".join(LINES), "- " + "\n- ".join(NEWER))
    assert [edit.kind for edit in edits] == ["tldr", "takeaways"]
    assert not notes
    assert composed(newer, lines=NEWER, refresh=("tldr", "takeaways"))[1] == ()


def test_refresh_of_one_part_leaves_the_other() -> None:
    output = composed(ARTICLE)[0]
    edits = composed(output, lines=NEWER, refresh=("takeaways",))[1]
    assert [edit.kind for edit in edits] == ["takeaways"]


@pytest.mark.parametrize(
    ("label", "old", "new"),
    [
        ("## In short", "1. Old.\n2. Older.\n", "1. {}\n2. {}\n3. {}\n4. {}\n"),
        ("*Key points at a glance:*", "+ Old.\n\n+ Older.\n", "+ {}\n+ {}\n+ {}\n+ {}\n"),
        ("**TL;DR**", "3) Old.\n", "3) {}\n4) {}\n5) {}\n6) {}\n"),
    ],
)
def test_refresh_keeps_the_authors_label_and_marker(label: str, old: str, new: str) -> None:
    draft = "# Lamps\n\n{}\n\n{}\n## Oil\n\nLamps need oil.\n"
    output = composed(draft.format(label, old), lines=NEWER, parts=frozenset(("tldr",)), refresh=("tldr",))[0]
    assert output == draft.format(label, new.format(*NEWER))


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("**TL;DR:** lamps need oil.", "not one plain list directly under its label"),
        ("> **TL;DR**\n>\n> - Lamps need oil.", "not one plain list directly under its label"),
        ("## Summary\n\n- Lamps need oil.", "a section of the author's own"),
        ("## TL;DR\n\nMy summary.\n\n<!--more-->\n\n- It comes from far.\n- It burns.", "not one plain list directly under its label"),
        ("## TL;DR\n\nLamps need oil, as we saw.\n\n- It comes from far.\n- It burns.", "not one plain list directly under its label"),
        ("## TL;DR\n\n<!--more-->\n\n- It comes from far.\n- It burns.", "not one plain list directly under its label"),
        ("**TL;DR**\n\n- Oil.\n\n<!-- keep -->\n\n- Wicks.", "not one plain list directly under its label"),
        ("**TL;DR**\n\n- Oil.\n* Wicks.", "not one plain list directly under its label"),
        ("**TL;DR**\n<!-- reviewed -->\n\n- Oil.", "not one plain list directly under its label"),
        ("**TL;DR**\n\n<Lamp />", "not one plain list directly under its label"),
        ("## TL;DR\n\n### Oil\n\nIt is dear.", "not one plain list directly under its label"),
        (":::tip\n**TL;DR**\n\n- Oil.\n:::", "not one plain list directly under its label"),
    ],
)
def test_refresh_leaves_other_forms_with_a_note(part: str, why: str) -> None:
    source = f"# Lamps\n\n{part}\n\n## Oil\n\nLamps need oil.\n"
    output, edits, notes = composed(source, parts=frozenset(("tldr",)), refresh=("tldr",))
    assert (output, edits) == (source, ())
    assert [(why in note.message, note.span and parse(source).line(note.span.start)) for note in notes] == [(True, 3)]


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ("- Oil.[^q]\n\n[^q]: From far.", "line 5: what is there is left as it is: it holds a footnote"),
        ("- Oil.\n- Wicks.^[From far.]", "line 6: what is there is left as it is: it holds a footnote"),
        ("- Oil [l].\n- Wicks.\n\n  [l]: https://example.org/", "line 8: what is there is left as it is: it holds a link definition"),
        ("- Oil.\n- ![Wicks](wicks.png)", "line 6: what is there is left as it is: it holds an image"),
        ("- Oil.\n- Trim the [wicks](/wicks).", "line 6: what is there is left as it is: it holds a link"),
        ("- Oil.\n  - It is dear.", "line 5: what is there is left as it is: an item holds more than a line of text"),
        ("- Oil.\n\n  It is dear.\n\n- Wicks.", "line 5: what is there is left as it is: an item holds more than a line of text"),
        ("- Oil.\n- Wicks.\n\n      light()", "line 6: what is there is left as it is: an item holds more than a line of text"),
        ("- Oil.\n- > Wicks.", "line 6: what is there is left as it is: an item holds more than a line of text"),
        ("- Oil.\n- Wicks. <!-- check -->", "line 6: what is there is left as it is: an item holds more than a line of text"),
        ("- Oil.\n  ***\n- Wicks.", "line 5: what is there is left as it is: an item holds more than a line of text"),
        ("- Oil.\n- Wicks {{ site.year }}.", "line 6: what is there is left as it is: an item holds more than a line of text"),
    ],
)
def test_refresh_loses_nothing_that_a_list_holds_besides_its_lines(items: str, why: str) -> None:
    source = f"# Lamps\n\n**TL;DR**\n\n{items}\n\n## Oil\n\nLamps need oil [l].\n"
    output, edits, notes = composed(source, parts=frozenset(("tldr",)), refresh=("tldr",))
    assert (output, edits) == (source, ())
    draft = parse(source)
    assert [f"line {draft.line(note.span.start)}: {note.message}" for note in notes if note.span is not None] == [why]


def test_refresh_of_one_of_several_parts_replaces_none_and_names_their_lines() -> None:
    chapter = "## Chapter\n\nLamps need oil.\n\n### Key takeaways\n\n- Oil.\n\n"
    source = "# Lamps\n\n" + chapter * 3
    output, edits, notes = composed(source, parts=frozenset(("takeaways",)), refresh=("takeaways",))
    assert (output, edits) == (source, ())
    assert [note.message for note in notes] == [
        "what is there is left as it is: there are 3 of them, on lines 7, 15 and 23, and nothing says which of them is meant"
    ]


def test_refresh_leaves_a_summary_of_the_authors_beside_the_part() -> None:
    source = "# Lamps\n\n## Summary\n\nOil is dear.\n\n**TL;DR**\n\n- Oil.\n\n## Oil\n\nLamps need oil.\n"
    output = composed(source, parts=frozenset(("tldr",)), refresh=("tldr",))[0]
    assert output == source.replace("- Oil.", "- " + "\n- ".join(LINES))


COMMENT = '<!-- geo-optimizer: internal link suggestions\n- "oil" -> /oil/: a reason\n-->'


@pytest.mark.parametrize(
    ("label", "below"),
    [
        ("## TL;DR", "\n\n## Oil\n\nLamps need oil.\n"),
        ("## TL;DR", "\n## Oil\n\nLamps need oil.\n"),
        ("**TL;DR**\n-", "\n\n## Oil\n\nLamps need oil.\n"),
        ("**TL;DR**", "\n## Oil\n\nLamps need oil.\n"),
        ("**TL;DR**", "\n\n---\n\nLamps need oil.\n"),
        ("**TL;DR**", f"\n\n{COMMENT}\n"),
        ("## TL;DR", f"\n{COMMENT}\n"),
        ("## TL;DR", "\n\n[l]: https://example.org/\n"),
        ("## TL;DR", ""),
        ("**TL;DR**", "\n\n**Key takeaways**\n\n- Oil.\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_refresh_fills_a_label_with_nothing_under_it(label: str, below: str, end: str) -> None:
    source = f"# Lamps\n\nLamps burn [l].\n\n{label}{below}".replace("\n", end)
    output = composed(source, parts=frozenset(("tldr",)), refresh=("tldr",))[0]
    lines = "\n\n- " + "\n- ".join(LINES)
    assert output == f"# Lamps\n\nLamps burn [l].\n\n{label}{lines}{below}".replace("\n", end)


def test_takeaways_and_links_after_a_short_tldr_leave_it_what_it_is() -> None:
    source = "# Lamps\n\n## TL;DR\n\nLamps need oil.\n\nWicks burn for a year.\n\nGlass breaks.\n"
    before = shown(parse(source))
    output = composed(source, parts=LISTS | LINKS)[0]
    assert shown(parse(output))[0] == before[0] == "tldr: 3 to 5"
    assert len(shown(parse(output))) == 3


def test_refresh_with_too_few_lines_keeps_the_old_part_with_a_note() -> None:
    output = composed(ARTICLE)[0]
    same, edits, notes = composed(output, lines=NEWER[:2], refresh=("tldr",))
    assert (same, edits) == (output, ())
    assert "stays" in notes[0].message


def test_what_is_there_is_wanted_only_to_be_refreshed() -> None:
    draft = parse(composed(ARTICLE)[0])
    assert wanted(draft, Options(parts=LISTS)) == frozenset()
    assert wanted(draft, Options(parts=LISTS, refresh=frozenset(("tldr",)))) == {"tldr"}
