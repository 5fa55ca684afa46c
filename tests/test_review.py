"""Edits as suggestions of a review: what an editor accepts is what the edit does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from command import Run
from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Edit, Span
from geo_optimizer.options import Options
from geo_optimizer.pipeline import optimize
from geo_optimizer.report.linking import changes
from geo_optimizer.report.rdjson import Change, Proposed, proposed, result
from geo_optimizer.site import open_site

ROOT = Path(__file__).parent.parent
SITE = ROOT / "samples" / "site"
SAMPLE = ROOT / "samples" / "ai-orchestration.md"
RDJSON = Draft7Validator(json.loads((ROOT / "tests" / "schemas" / "rdjson.json").read_text(encoding="utf-8")))
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def accepted(source: str, suggestion: dict[str, Any]) -> str:
    """The draft once an editor takes a suggestion: columns count bytes; without them its lines are replaced, their last end kept."""
    lines = LINE.findall(source.encode())
    start, end, new = suggestion["range"]["start"], suggestion["range"]["end"], suggestion["text"].encode()
    if "column" in start:
        first, last = (sum(map(len, lines[: place["line"] - 1])) + place["column"] - 1 for place in (start, end))
        return str(source.encode()[:first] + new + source.encode()[last:], "utf-8")
    line_end = re.sub(rb"[^\r\n]+", b"", lines[end["line"] - 1])
    return str(b"".join([*lines[: start["line"] - 1], new, line_end, *lines[end["line"] :]]), "utf-8")


def diagnostics(source: str, edits: list[Edit]) -> list[Any]:
    draft = parse(source)
    said = json.loads(result(proposed(Proposed("a.md", draft, tuple(Change(e.kind, "it", e.span, e) for e in edits)))))
    RDJSON.validate(said)
    found: list[Any] = said["diagnostics"]
    return found


@pytest.mark.parametrize(
    ("source", "edit", "reach", "text"),
    [
        ("Our lamps.\n", (4, 9, "[lamps](/x/)"), ((1, 5), (1, 10)), "[lamps](/x/)"),
        ("# Ö\n\nÖl lamps.\n", (8, 13, "[lamps](/x/)"), ((3, 5), (3, 10)), "[lamps](/x/)"),
        ("\ufeffOur lamps.\n", (5, 10, "[lamps](/x/)"), ((1, 8), (1, 13)), "[lamps](/x/)"),
        ("Lamps.\n\nOil.\n", (8, 8, "**TL;DR**\n\n"), ((3,), (3,)), "**TL;DR**\n\nOil."),
        ("Lamps.\r\n\r\nOil.\r\n", (10, 10, "**TL;DR**\r\n\r\n"), ((3,), (3,)), "**TL;DR**\r\n\r\nOil."),
        ("\ufeffLamps.\n", (1, 1, "---\na: b\n---\n"), ((1,), (1,)), "\ufeff---\na: b\n---\nLamps."),
        ("Lamps.\n", (6, 6, "\n\n<!-- a -->"), ((1,), (1,)), "Lamps.\n\n<!-- a -->"),
        ("Lamps.", (6, 6, "\n\n<!-- a -->"), ((1,), (1,)), "Lamps.\n\n<!-- a -->"),
        ("Lamps.\n", (7, 7, "Oil.\n"), ((1,), (1,)), "Lamps.\nOil."),
        ("Lamps.\n\n<!-- a\nb -->\n", (6, 20, ""), ((1,), (4,)), "Lamps."),
    ],
)
def test_what_is_given_for_an_edit(source: str, edit: tuple[int, int, str], reach: Any, text: str) -> None:
    start, end, new = edit
    (found,) = diagnostics(source, [Edit(Span(start, end), new, "links")])
    (suggestion,) = found["suggestions"]
    assert tuple(tuple(suggestion["range"][side].values()) for side in ("start", "end")) == reach
    assert suggestion["text"] == text
    assert found["location"]["range"] == suggestion["range"], "reviewdog takes no suggestion for other lines than the comment's"


TEXTS = st.text(st.sampled_from("aö 水\n\r"), max_size=30)


@settings(max_examples=300)
@given(source=TEXTS.filter(bool), new=TEXTS, places=st.tuples(st.integers(0, 30), st.integers(0, 30)), bom=st.booleans())
def test_taking_a_suggestion_does_what_the_edit_does(source: str, new: str, places: tuple[int, int], bom: bool) -> None:  # noqa: FBT001
    source = "\ufeff" * bom + source
    start, end = sorted(max(bom, min(place, len(source))) for place in places)
    new = re.sub(r"\r(?!\n)", "\n", new)
    edit = Edit(Span(start, end), new, "links")
    whole = apply_edits([edit], source)
    if source.endswith(("\n", "\r")) and not whole.endswith(("\n", "\r")):
        return  # no suggestion takes the last line end away
    (found,) = diagnostics(source, [edit])
    assert accepted(source, found["suggestions"][0]).splitlines() == whole.splitlines()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_edit_of_a_run_can_be_taken_alone(end: str) -> None:
    source = SAMPLE.read_text(encoding="utf-8").replace("\n", end)
    done = optimize(source, [OfflineEngine()], open_site(SITE), Options(apply_links=True), path=str(SAMPLE))
    said = json.loads(result(proposed(Proposed("a.md", done.draft, changes(done)))))
    RDJSON.validate(said)
    assert {found["code"]["value"] for found in said["diagnostics"]} == {"frontmatter", "tldr", "takeaways", "link"}
    for edit, found in zip(done.edits, said["diagnostics"], strict=True):
        assert accepted(source, found["suggestions"][0]) == apply_edits([edit], source)


# ------------------------------------------------------------------ the commands


def review(run: Run, *arguments: object) -> tuple[int, list[Any]]:
    done = run(*arguments, "--format", "rdjson")
    said = done.json()
    RDJSON.validate(said)
    return done.code, said["diagnostics"]


def test_links_for_a_review(run: Run) -> None:
    code, found = review(run, "links", SAMPLE, "--site", SITE)
    assert code == 0
    source = SAMPLE.read_text(encoding="utf-8")
    for one in found:
        assert one["severity"] == "INFO"
        after = parse(accepted(source, one["suggestions"][0]))
        assert len(after.links) == len(parse(source).links) + 1
    assert [one["location"]["range"]["start"]["line"] for one in found] == sorted(
        one["location"]["range"]["start"]["line"] for one in found
    )
    assert (
        "“shadow AI” could link to “Shadow AI: govern the queue before the tool” (/insights/shadow-ai-governance/): " in found[0]["message"]
    )


def test_a_link_that_cannot_be_written_is_told_without_a_suggestion(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "lamps.md").write_text("---\ntitle: Oil lamps\nurl: /:title/\n---\nOil lamps give light.\n")
    (tmp_path / "draft.md").write_text("We sell oil lamps.\n")
    _, found = review(run, "links", tmp_path / "draft.md", "--site", tmp_path / "site", "-n", "5")
    (one,) = found
    assert "oil lamps" in one["message"]
    assert "suggestions" not in one


def test_a_draft_that_fails_is_told_in_the_review(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("---\ntitle: a\n")
    for command in (["links"], ["optimize"]):
        code, found = review(run, *command, tmp_path / "bad.md", SAMPLE, "--site", SITE)
        assert code == 3
        assert found[0]["severity"] == "ERROR"
        assert found[0]["location"]["path"].endswith("bad.md")
        assert len(found) > 1


def test_a_run_as_a_review_writes_nothing(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_bytes(SAMPLE.read_bytes())
    code, found = review(run, draft, "--site", SITE, "--apply-links", "-q")
    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.md"]
    assert draft.read_bytes() == SAMPLE.read_bytes()
    assert "link" in {one["code"]["value"] for one in found}
    assert review(run, draft, "--check", "-q")[0] == 1


@pytest.mark.parametrize("other", [["-i"], ["-o", "x.md"], ["--output-dir", "x"], ["--diff"]])
def test_a_review_is_the_only_output(run: Run, other: list[str]) -> None:
    done = run(SAMPLE, "--format", "rdjson", *other)
    assert done.code == 2
    assert "--format rdjson" in done.err
