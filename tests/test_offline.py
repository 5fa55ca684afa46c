"""The offline engine: what may be dropped, what can be quoted alone, and what it says of whole drafts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases import Case, read_cases
from geo_optimizer.analysis.slugs import slug
from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.engines import enhancements
from geo_optimizer.engines.offline import OfflineEngine, unread
from geo_optimizer.engines.offline.candidates import candidates
from geo_optimizer.engines.offline.selection import DESCRIPTION_LENGTH
from geo_optimizer.engines.offline.standing import stands_alone
from geo_optimizer.engines.offline.trim import shorter
from geo_optimizer.engines.schema import Answer
from geo_optimizer.markdown import parse
from geo_optimizer.model import Brief, Draft, Enhancement, Manner, Verdict
from geo_optimizer.options import Options, Part
from geo_optimizer.pipeline import optimize
from geo_optimizer.site.manner import manner_of

SAMPLES = Path(__file__).parent.parent / "samples"
DRAFTS = sorted(p for p in SAMPLES.glob("*.md*") if p.name != "README.md")
CASES = {
    name: [c for c in read_cases("offline") if c.id.startswith(name)] for name in ("trimming", "standing", "limits", "articles", "unfit")
}
ENGINE = OfflineEngine()


def lines_of(case: Case, kind: str) -> list[tuple[str, str]]:
    """The lines of the blocks of a kind, each with the block's language."""
    return [(line, block.name or "en") for block in case.blocks if block.kind == kind for line in block.text.split("\n") if line]


def brief(draft: Draft) -> Brief:
    own = tuple(
        s for s in draft.sentences if draft.prose[s.prose].known is None and draft.prose[s.prose].kind not in ("heading", "footnote")
    )
    return Brief(draft=draft, title=draft.title, spelling=None, sentences=own, statistics=statistics(draft))


def sample(path: Path) -> Brief:
    return brief(parse(path.read_bytes().decode("utf-8"), str(path)))


def said(answer: Answer, told: Brief) -> list[str]:
    return [f"{line.kind}: {line.text}" for line in enhancements(answer, told)]


def refusal(line: Enhancement) -> Verdict:
    return Verdict(line, "unsupported", 0.1)


@pytest.mark.parametrize("case", CASES["trimming"], ids=lambda case: case.id)
def test_trimming(case: Case) -> None:
    text, forms = case.blocks
    assert [form for form, _ in shorter(text.text.strip())] == forms.text.strip().split("\n")


@pytest.mark.parametrize("case", CASES["limits"], ids=lambda case: case.id)
def test_what_limits_a_claim_is_never_cut(case: Case) -> None:
    lines = [line for line, _ in lines_of(case, "whole")]
    assert lines
    assert {line: forms for line in lines if (forms := [form for form, _ in shorter(line)]) != [line]} == {}


@pytest.mark.parametrize("case", CASES["standing"], ids=lambda case: case.id)
def test_standing(case: Case) -> None:
    assert [line for line, language in lines_of(case, "stands") if not stands_alone(line, language)] == []
    assert [line for line, language in lines_of(case, "leans") if stands_alone(line, language)] == []


@pytest.mark.parametrize("case", CASES["articles"], ids=lambda case: case.id)
def test_articles(case: Case) -> None:
    told = brief(parse(next(b.text for b in case.blocks if b.kind == "markdown")))
    lines = said(ENGINE.propose(told), told)
    assert [line for line, _ in lines_of(case, "says") if line not in lines] == []
    assert [(word, line) for word, _ in lines_of(case, "never") for line in lines if re.search(rf"{word}\b", line.split(": ", 1)[1])] == []


@pytest.mark.parametrize("case", CASES["unfit"], ids=lambda case: case.id)
def test_a_draft_that_is_no_article_gets_what_fits_it_and_its_editor_is_told_why(case: Case) -> None:
    parts: frozenset[Part] = frozenset({"frontmatter", "tldr", "takeaways"})
    done = optimize(next(b.text for b in case.blocks if b.kind == "markdown"), [ENGINE], options=Options(parts=parts))
    lines = [f"{v.enhancement.kind}: {v.enhancement.text}" for v in done.verdicts if v.supported]
    if any(block.kind == "written" for block in case.blocks):
        assert lines == [line for line, _ in lines_of(case, "written")]
    assert [
        (word, line) for word, _ in lines_of(case, "never") for line in lines if re.search(rf"\b{word}\b", line.split(": ", 1)[1])
    ] == []
    notes = [f"{note.part}: {note.message}" for note in done.notes]
    assert [begun for begun, _ in lines_of(case, "notes") if not any(note.startswith(begun) for note in notes)] == []
    assert {edit.kind for edit in done.edits} | {note.part for note in done.notes} >= {"tldr", "takeaways"}


def test_of_a_very_long_draft_its_editor_is_told_what_was_read() -> None:
    told = brief(parse("# Pears\n\n" + "Pears bear fruit. " * 1600))
    assert unread(told) == "of its 1,600 sentences the first 1,000 and the last 500 were read"
    assert unread(sample(SAMPLES / "launch.mdx")) is None


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_every_sample_gets_every_part(path: Path) -> None:
    told = sample(path)
    answer = ENGINE.propose(told)
    assert answer.title
    assert answer.slug
    assert answer.categories
    assert answer.description
    assert DESCRIPTION_LENGTH[0] <= len(answer.description.text) <= DESCRIPTION_LENGTH[1]
    assert 3 <= len(answer.tldr) <= 5
    assert 3 <= len(answer.takeaways) <= 5
    bullets = [line.text for line in (*answer.tldr, *answer.takeaways)]
    assert len(set(bullets)) == len(bullets)
    assert all(stands_alone(line, told.draft.language) for line in bullets)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_every_line_cites_the_sentences_it_is_made_of(path: Path) -> None:
    told = sample(path)
    answer = ENGINE.propose(told)
    for line in (*answer.tldr, *answer.takeaways, answer.description):
        assert line
        cited = re.findall(r"[^\W_]+", " ".join(told.sentences[n - 1].text for n in line.sentences).lower())
        assert [word for word in re.findall(r"[^\W_]+", line.text.lower()) if word not in cited] in ([], ["and"])


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_parts_that_are_there_change_nothing(path: Path) -> None:
    source = path.read_bytes().decode("utf-8")
    told = brief(parse(source, str(path)))
    first = ENGINE.propose(told)
    tldr = "\n".join(f"- {line.text}" for line in first.tldr)
    takeaways = "\n".join(f"- {line.text}" for line in first.takeaways)
    top, end = (told.draft.prose[told.sentences[n].prose].span.start for n in (0, -1))
    labels = ("Das Wichtigste in Kürze", "Kernaussagen") if "waerme" in path.name else ("TL;DR", "Key takeaways")
    again = "".join((source[:top], f"## {labels[0]}\n\n{tldr}\n\n", source[top:end], f"## {labels[1]}\n\n{takeaways}\n\n", source[end:]))
    assert ENGINE.propose(brief(parse(again, str(path)))) == first


@pytest.mark.parametrize("kind", ["description", "tldr", "takeaway"])
def test_a_refused_line_is_replaced_by_another(kind: str) -> None:
    told = sample(SAMPLES / "ai-orchestration.md")
    lines = enhancements(ENGINE.propose(told), told)
    refused = next(line for line in lines if line.kind == kind)
    revised = ENGINE.revise(told, [refusal(refused)])
    assert revised
    replacements = enhancements(revised, told)
    assert [line.kind for line in replacements] == [kind]
    assert replacements[0].text not in {line.text for line in lines if line.kind == kind}
    assert refused.cites[0] not in replacements[0].cites


def test_a_draft_with_nothing_else_to_say_has_no_replacement() -> None:
    told = brief(parse("# Tea\n\nTea came to Europe by ship, long before the first coffee house opened its doors in the harbour.\n"))
    refused = next(line for line in enhancements(ENGINE.propose(told), told) if line.kind == "description")
    assert ENGINE.revise(told, [refusal(refused)]) is None


def test_the_title_of_an_untitled_draft_is_its_strongest_short_sentence() -> None:
    told = brief(
        parse(
            "Every orchard needs a frost alarm. The survey of 120 growers that Morrow ran last winter found that 41% have never owned one.\n"
        )
    )
    answer = ENGINE.propose(told)
    assert answer.title
    assert answer.title.text == "Every orchard needs a frost alarm"
    assert answer.slug == "every-orchard-needs-a-frost-alarm"


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Why CIOs don’t scale", "en", "why-cios-dont-scale"),
        ("Über Öl — und mehr", "de", "ueber-oel-und-mehr"),
        ("L'été à Besançon", "fr", "lete-a-besancon"),
        ("Smørrebrød & Łódź", "en", "smorrebrod-lodz"),
        ("Привет", "en", ""),
    ],
)
def test_slugs(title: str, language: str, expected: str) -> None:
    assert slug(title, language) == expected


@pytest.mark.parametrize(("taxonomy", "most"), [("categories", 3), ("tags", 5)])
def test_a_site_names_what_an_article_is_filed_under(taxonomy: str, most: int) -> None:
    vocabulary = ("databases", "backups", "postgres", "operations", "linux", "music")
    told = sample(SAMPLES / "postgres-backups.md")._replace(vocabulary=vocabulary, taxonomy=taxonomy)
    assert ENGINE.propose(told).categories == list(vocabulary[:most])


def test_without_a_site_an_article_is_filed_under_its_own_terms() -> None:
    told = sample(SAMPLES / "launch.mdx")
    assert {"rota", "swaps"} < set(ENGINE.propose(told).categories)


def test_a_description_is_as_long_as_the_sites_own_and_says_we_only_where_they_do() -> None:
    source = (
        "# Frost in the orchard\n\nWe lost a third of the pears to frost in May, and we had no alarm in the orchard to wake us in time for the candles.\n\n"
        "Frost kills the blossoms of a pear at two degrees below zero.\n\nA frost alarm in the orchard rings at one degree above zero, and a "
        "grower has an hour to light the candles between the rows before the blossoms freeze.\n"
    )
    told = brief(parse(source))
    short = ENGINE.propose(told._replace(manner=Manner(50, 80, we=0.0, you=0.0))).description
    long = ENGINE.propose(told._replace(manner=Manner(110, 158, we=0.0, you=0.5))).description
    assert short
    assert short.text == "Frost kills the blossoms of a pear at two degrees below zero."
    assert long
    assert not long.text.startswith("We")
    assert 110 <= len(long.text) <= 158


def test_the_manner_of_a_site_is_that_of_its_descriptions() -> None:
    assert manner_of(["We sell pears."] * 7) is None
    assert manner_of([*["We sell pears."] * 6, *["Pears for your cellar, and quinces."] * 2]) == Manner(14, 29, we=0.75, you=0.25)


@pytest.mark.parametrize(
    "hostile", ["\n" * 40_000, "<s>" * 40_000, "<del>" * 40_000, "~~a " * 40_000], ids=["blank lines", "<s>", "<del>", "~~"]
)
def test_what_stands_around_a_sentence_is_looked_at_once(hostile: str) -> None:
    """Without a clock: what looks at the rest of the draft from each place does not come to an end."""
    told = brief(parse(f"# Frost\n\nRead the gauge in the morning.\n{hostile}\n\nFrost kills the blossoms of a pear at two degrees.\n"))
    assert [line.text for line in candidates(told)][-1] == "Frost kills the blossoms of a pear at two degrees."


def test_an_order_before_a_block_of_code_is_a_step_and_no_line() -> None:
    order = "Compare the numbers of both gauges with the diary of the village."
    code = parse(f"# Frost\n\n{order}\n\n```sh\ngauge\n```\n")
    assert [line.text for line in candidates(brief(parse(f"# Frost\n\n{order}\n")))] == [order]
    assert candidates(brief(code)) == ()
