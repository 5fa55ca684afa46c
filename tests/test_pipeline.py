"""The promise: only announced edits, nothing untrue, a second run adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.engines.schema import Answer, Line
from geo_optimizer.errors import DraftRefused, EngineError, OutputUnsafe
from geo_optimizer.markdown import apply_edits, invert_edits, parse
from geo_optimizer.model import Brief, Draft, Edit, Span, Usage, Verdict
from geo_optimizer.options import Options
from geo_optimizer.pipeline import brief, optimize, settle
from geo_optimizer.promise import verify_output
from test_parse import PIECES

SAMPLES = Path(__file__).parent.parent / "samples"
SENTENCES = [
    "Of the 214 firms studied in 2025, 41% keep their lamps in the cellar.\n\n",
    "The harbour board replaced every oil lamp on the quay within four months.\n\n",
    "Lamp keepers should test each wick before the first long night of winter.\n\n",
    "A second survey by the Quay Institute found that `oil` prices had doubled since spring.\n\n",
    "- Store the oil away from the stove, because it may catch fire.\n- Trim the wick once a week.\n\n",
    "## Oil and wicks\n\n",
    "# Lamps on the quay\n\n",
    "**In short**\n\n",
    "Ready for winter? Book a free consultation with our lamp doctors today.\n\n",
]


@settings(deadline=None, max_examples=120)
@given(
    st.lists(st.sampled_from([*SENTENCES, *SENTENCES, *PIECES]), max_size=16).map("".join),
    st.sampled_from(["draft.md", "draft.mdx", "my-post.md"]),
)
def test_any_draft_is_kept_and_done_once(source: str, path: str) -> None:
    try:
        done = optimize(source, [OfflineEngine()], path=path)
    except DraftRefused:
        return
    assert apply_edits(invert_edits(done.edits, source), done.output) == source
    again = optimize(done.output, [OfflineEngine()], path=path)
    assert [edit for edit in again.edits if edit.text] == []
    assert again.output == done.output


class Scripted:
    """An engine that answers what it is told to: proposals first, then revisions."""

    def __init__(self, *answers: Answer | EngineError) -> None:
        self.name = "scripted"
        self.usage = Usage()
        self.answers = list(answers)
        self.refused: list[str] = []

    def propose(self, brief: Brief) -> Answer:  # noqa: ARG002 - the protocol's argument
        answer = self.answers.pop(0)
        if isinstance(answer, EngineError):
            raise answer
        return answer

    def revise(self, brief: Brief, refused: Sequence[Verdict]) -> Answer | None:  # noqa: ARG002 - the protocol's argument
        self.refused = [verdict.enhancement.text for verdict in refused]
        answer = self.answers.pop(0) if self.answers else None
        assert not isinstance(answer, EngineError)
        return answer


TRUE = ["Lamps need oil in winter.", "Oil is dear in spring.", "Wicks last a year at most."]
DRAFT = "# Lamps\n\n" + " ".join(TRUE) + " Lamp glass breaks when it is wet.\n"


def lines(*texts: str) -> list[Line]:
    return [Line(text=text, sentences=[1]) for text in texts]


def test_refused_lines_go_back_once_and_what_stays_refused_is_shown_and_not_written() -> None:
    engine = Scripted(Answer(tldr=lines(*TRUE[:2], "Wicks last 9 years at most.")), Answer(tldr=lines(TRUE[2])))
    done = optimize(DRAFT, [engine], options=Options(parts=frozenset({"tldr"})))
    assert engine.refused == ["Wicks last 9 years at most."]
    assert all(f"- {text}" in done.output for text in TRUE)
    assert "9 years" not in done.output
    assert [v.enhancement.text for v in done.verdicts if not v.supported] == ["Wicks last 9 years at most."]


def test_a_kind_that_is_refused_altogether_gets_the_next_engines_lines() -> None:
    liar = Scripted(Answer(tldr=lines("Lamps run on water.", "Nine of ten lamps are blue.")))
    done = optimize((SAMPLES / "ai-orchestration.md").read_text(), [liar, OfflineEngine()])
    assert "run on water" not in done.output
    assert "**TL;DR**" in done.output
    assert done.engine == "scripted"


def test_an_engine_that_fails_is_passed_over_only_if_asked() -> None:
    failure = EngineError("overloaded", "the API is overloaded")
    told = brief(parse((SAMPLES / "ai-orchestration.md").read_text()))
    with pytest.raises(EngineError):
        settle([Scripted(failure), OfflineEngine()], told)
    verdicts, notes, name, _ = settle([Scripted(failure), OfflineEngine()], told, fallback=True)
    assert (name, len(notes), bool(verdicts)) == ("offline", 1, True)


def test_no_engine_is_asked_when_nothing_is_wanted() -> None:
    done = optimize(DRAFT, [Scripted()], options=Options(parts=frozenset({"links"})))
    assert done.engine == "none"


LIST = "**TL;DR**\n\n- Lamps need oil.\n\n"


def nothing_more(_after: Draft) -> tuple[Edit, ...]:
    return ()


def refused(source: str, edits: Sequence[Edit], output: str | None = None, again: Sequence[Edit] = ()) -> str:
    """Why this output is not let out."""
    with pytest.raises(OutputUnsafe) as error:
        verify_output(parse(source), edits, apply_edits(edits, source) if output is None else output, lambda _: again)
    assert error.value.exit_code == 70
    return error.value.message


@pytest.mark.parametrize("damage", [lambda s: s[:-2], lambda s: s.replace("oil", "gas"), lambda s: s + "more"])
def test_an_output_that_breaks_the_promise_is_not_let_out(damage: Callable[[str], str]) -> None:
    edits = (Edit(Span(9, 9), LIST, "tldr"),)
    output = apply_edits(edits, DRAFT)
    verify_output(parse(DRAFT), edits, output, nothing_more)
    assert refused(DRAFT, edits, damage(output)) == "undoing the edits does not give the source back: nothing was written"


def test_an_added_part_that_would_not_be_known_again_is_not_let_out() -> None:
    assert "would not be recognised" in refused(DRAFT, [Edit(Span(9, 9), "Some words.\n\n", "tldr")])


@pytest.mark.parametrize(
    ("source", "edit", "why"),
    [
        ("# A\n\n- one\n- two\n", Edit(Span(5, 5), "**TL;DR**\n\n- Lamps.\n", "tldr"), "block on line"),  # runs into the author's list
        ("# A\n\nWords.\n", Edit(Span(5, 5), LIST + "```\n", "tldr"), "block on line"),  # an open fence over the author's text
        ("# A\n\nSee [b].\n", Edit(Span(13, 13), "\n\n" + LIST + "[b]: /b\n", "tldr"), "paragraph on line"),  # a definition for the author's words
        ("Title\n", Edit(Span(5, 5), "\n---\n\n" + LIST, "tldr"), "block on line"),  # an underline for the author's paragraph
    ],
)  # fmt: skip
def test_an_output_in_which_the_authors_parts_read_otherwise_is_not_let_out(source: str, edit: Edit, why: str) -> None:
    assert why in refused(source, [edit])


@pytest.mark.parametrize(
    ("source", "taken", "by", "kind"),
    [
        (DRAFT, "Oil is dear", "Oil is cheap", "frontmatter"),
        ("# A\n\n```py\na = 1\n```\n\nWords.\n", "a = 1", "a = 2", "frontmatter"),
        ("# A\n\nWords.\n\n<div>old</div>\n", "old", "new", "tldr"),
        ("# A\n\nWords.\n\n[a]: /b\n", "/b", "/c", "links"),
        ("---\ntitle: A\n---\nWords.\n", "Words", "Others", "frontmatter"),
    ],
)
def test_an_edit_of_the_authors_text_is_not_let_out(source: str, taken: str, by: str, kind: str) -> None:
    at = source.index(taken)
    assert f"an edit ({kind}) would change the author's text" in refused(source, [Edit(Span(at, at + len(taken)), by, kind)])


@pytest.mark.parametrize(
    ("taken", "by", "key"),
    [
        ("slug: here", "slug: there", "slug"),
        ("draft: true", "draft: false", "draft"),
        ("slug: here\n", "", "slug"),
        ("a: 1", "a: 1.0", "a"),
    ],
)
def test_another_value_of_a_key_is_not_let_out(taken: str, by: str, key: str) -> None:
    source = "---\nslug: here\ndraft: true\na: 1\n---\nWords.\n"
    at = source.index(taken)
    assert f"the value of `{key}` would be another" in refused(source, [Edit(Span(at, at + len(taken)), by, "frontmatter")])


def test_a_value_that_is_refreshed_may_be_another() -> None:
    source = "---\nDescription: Old.\n---\nWords.\n"
    edits = [Edit(Span(17, 21), "New.", "frontmatter")]
    verify_output(parse(source), edits, apply_edits(edits, source), nothing_more, {"description"})


def test_a_part_that_would_make_the_text_read_otherwise_is_left_out_and_the_rest_is_done() -> None:
    source = "# Lamps\n\n**TL;DR**\n\n- Lamps [need] oil.\n\n  [need]: /why\n\n" + " ".join(TRUE) + " We [need] lamps.\n"
    engine = Scripted(Answer(description=Line(text=" ".join(TRUE), sentences=[1, 2, 3]), tldr=lines(*TRUE)))
    done = optimize(source, [engine], options=Options(parts=frozenset({"tldr", "frontmatter"}), refresh=frozenset({"tldr"})))
    assert "[need]: /why" in done.output
    assert "description:" in done.output
    assert [note.part for note in done.notes if "left" in note.message] == ["tldr"]


def test_an_output_that_a_second_run_would_change_is_not_let_out() -> None:
    again = [Edit(Span(0, 0), "title: Lamps\n", "frontmatter")]
    assert "a second run would change the output again (frontmatter)" in refused(DRAFT, [Edit(Span(9, 9), LIST, "tldr")], again=again)


def test_a_summary_of_the_authors_own_is_told_of_and_kept() -> None:
    text = "Frost kills the blossoms of a pear at two degrees. A frost alarm rings in time for the candles.\n\n"
    own = (
        "# Frost\n\n"
        + text * 8
        + "## In the valley\n\n"
        + text
        + "## Summary\n\n- Frost kills blossoms.\n- An alarm rings in time.\n- Candles help.\n"
    )
    done = optimize(own, [OfflineEngine()])
    assert [note.message for note in done.notes if note.part == "takeaways"] == ["the draft has its own, “Summary”; it is kept"]
    labelled = own.replace("## Summary", "## Key takeaways")
    assert [note for note in optimize(labelled, [OfflineEngine()]).notes if note.part == "takeaways"] == []
