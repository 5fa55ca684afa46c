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
    options = Options(parts=parts, refresh=frozenset(refresh), taxonomy="tags" if site else None)
    draft = parse(source, language="en")
    proposed = [Enhancement(kind, text) for kind in ("tldr", "takeaway") for text in lines]
    edits, notes = compose(draft, proposed, [LINK], options)
    return apply_edits(edits, source), edits, notes


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
    reworded, thinned, numbered, starred, loosened, paragraphs, run_in, quoted, in_a_box, folded, headed, in_bold, translated, longer
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


def test_refresh_fills_a_label_without_lines() -> None:
    output = composed("# Lamps\n\n## TL;DR\n\n## Oil\n\nLamps need oil.\n", parts=frozenset(("tldr",)), refresh=("tldr",))[0]
    assert output == f"# Lamps\n\n## TL;DR\n\n- {LINES[0]}\n- {LINES[1]}\n- {LINES[2]}\n\n## Oil\n\nLamps need oil.\n"


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("**TL;DR:** lamps need oil.", "not a list under a label"),
        ("> **TL;DR**\n>\n> - Lamps need oil.", "not a list under a label"),
        ("## Summary\n\n- Lamps need oil.", "a section of the author's own"),
    ],
)
def test_refresh_leaves_other_forms_with_a_note(part: str, why: str) -> None:
    source = f"# Lamps\n\n{part}\n\n## Oil\n\nLamps need oil.\n"
    output, edits, notes = composed(source, parts=frozenset(("tldr",)), refresh=("tldr",))
    assert (output, edits) == (source, ())
    assert [(why in note.message, "line 3" in note.message, note.span is not None) for note in notes] == [(True, True, True)]


def test_refresh_with_too_few_lines_keeps_the_old_part_with_a_note() -> None:
    output = composed(ARTICLE)[0]
    same, edits, notes = composed(output, lines=NEWER[:2], refresh=("tldr",))
    assert (same, edits) == (output, ())
    assert "stays" in notes[0].message


def test_what_is_there_is_wanted_only_to_be_refreshed() -> None:
    draft = parse(composed(ARTICLE)[0])
    assert wanted(draft, Options(parts=LISTS)) == frozenset()
    assert wanted(draft, Options(parts=LISTS, refresh=frozenset(("tldr",)))) == {"tldr"}
