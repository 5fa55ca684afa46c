"""Does the draft support a line? The cases are in cases/grounding, for a writer to read: a draft, then claims and what they deserve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
from _pytest.mark.structures import ParameterSet

from geo_optimizer.grounding import ground
from geo_optimizer.grounding.objection import Kind
from geo_optimizer.grounding.reading import read
from geo_optimizer.grounding.weights import AGAINST
from geo_optimizer.markdown import parse
from geo_optimizer.model import Enhancement, EnhancementKind, Verdict
from geo_optimizer.options import SUPPORTED_AT

CASES = Path(__file__).parent / "cases" / "grounding"
_DRAFT = re.compile(r"^```draft\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CLAIM = re.compile(
    r"^- (?:(?P<kind>\w+), )?(?P<verdict>supported|unsupported|unverifiable)(?: \((?P<reason>\w+)\))?: (?P<text>.+)$", re.MULTILINE
)

DRAFT = """# Ships

The fleet has 14 ships. 90% of organisations view managed crews as essential. It sails on Mondays, and nobody minds.

Last year, the average captain planned to invest $186M in radar.
"""


class Case(NamedTuple):
    source: str
    kind: EnhancementKind
    text: str
    verdict: str
    reason: str | None


def cases() -> Iterator[ParameterSet]:
    for path in sorted(CASES.glob("*.md")):
        for source, claims in drafts(path):
            for claim in _CLAIM.finditer(claims):
                kind: EnhancementKind = next(kind for kind in get_args(EnhancementKind) if kind == (claim["kind"] or "line"))
                case = Case(source, kind, claim["text"], claim["verdict"], claim["reason"])
                yield pytest.param(case, id=f"{path.stem}: {claim['text']}")


def drafts(path: Path) -> list[tuple[str, str]]:
    """The drafts of a page, each with the text (its claims) up to the next."""
    _, *rest = _DRAFT.split(path.read_text(encoding="utf-8"))
    return list(zip(rest[::2], rest[1::2], strict=True))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_no_claim_is_overlooked(path: Path) -> None:
    pages = drafts(path)
    assert pages, "no draft"
    for _, claims in pages:
        assert claims.count("\n- ") == len(_CLAIM.findall(claims)) > 0


def judged(source: str, text: str, kind: EnhancementKind = "line") -> Verdict:
    return ground(Enhancement(kind, text), parse(source))


@pytest.mark.parametrize("case", [*cases()])
def test_claim(case: Case) -> None:
    verdict = judged(case.source, case.text, case.kind)
    said = [(reason.kind, reason.detail) for reason in verdict.reasons]
    assert verdict.state == case.verdict, said
    assert case.reason is None or case.reason in [kind for kind, _ in said], said


def test_every_kind_of_objection_has_its_weights() -> None:
    assert set(AGAINST) == set(get_args(Kind))
    assert all(weight >= 0 for row in AGAINST.values() for weight in row)


def test_reasons_name_the_words_and_the_line() -> None:
    scope = judged(DRAFT, "90% of successful voyages require managed crews.")
    number = judged(DRAFT, "The average captain planned to invest $187 million in radar.")
    assert scope.reasons[0].detail == "90% is of 'organisations' (line 3), not of 'successful voyages'"
    assert number.reasons[0].detail == "'$187 million' is not in the draft's text; line 5 says '$186M'"


def test_a_line_is_as_good_as_its_worst_sentence() -> None:
    assert judged(DRAFT, "The fleet has 14 ships. It sails on Mondays.").supported
    assert not judged(DRAFT, "The fleet has 14 ships. It sails on Fridays.").supported


def test_a_figure_in_the_title_alone_is_no_evidence() -> None:
    draft = "# 70% of ships sink\n\nShips are old, and the sea is wide.\n"
    verdict = judged(draft, "70% of ships sink in the wide sea.")
    assert [reason.kind for reason in verdict.reasons][:1] == ["number"]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_every_sentence_of_a_draft_is_supported_by_it(path: Path) -> None:
    for source, _ in drafts(path):
        draft = parse(source)
        own = [s for s in draft.sentences if not draft.prose[s.prose].known and draft.prose[s.prose].kind != "cell"]
        for sentence in own:
            verdict = ground(Enhancement("tldr", sentence.text), draft)
            assert (verdict.state, verdict.score, verdict.reasons) == ("supported", 1.0, ()), sentence.text


@pytest.mark.parametrize("case", [*cases()])
def test_a_verdict_is_consistent(case: Case) -> None:
    draft = parse(case.source)
    verdict = ground(Enhancement(case.kind, case.text), draft)
    assert 0 <= verdict.score <= 1
    assert verdict.supported == (verdict.score >= SUPPORTED_AT)
    assert bool(verdict.reasons) != verdict.supported
    known = [part.span for part in draft.known]
    assert all(0 <= span.start < span.end <= len(draft.source) for span in verdict.evidence)
    assert not any(span.overlaps(part) for span in verdict.evidence for part in known)
    assert verdict == ground(Enhancement(case.kind, case.text), parse(case.source)), "the same bytes, the same verdict"


def test_without_prose_nothing_can_be_said() -> None:
    assert judged("---\ntitle: Empty\n---\n\n```sh\nls\n```\n", "The command lists files.").state == "unverifiable"
    assert judged("", "Anything goes.").state == "unverifiable"
    assert judged(DRAFT, "").state == "unverifiable"


def test_evidence_is_the_sentence_found() -> None:
    draft = parse(DRAFT)
    verdict = ground(Enhancement("tldr", "The average captain planned to put $186 million into radar."), draft)
    assert [draft.line(span.start) for span in verdict.evidence] == [5]


MANY = 20_000  # parts of a sentence that a reading whose cost grows with their square would not be done with while anybody waits


def test_each_word_of_a_sentence_with_very_many_figures_belongs_to_the_nearest() -> None:
    sentence = read("$5 and " * MANY, "en")
    assert len(sentence.figures) == MANY
    assert sentence.home[:5] == (0, 2, 2, 4, 4)
    assert sentence.home[-2:] == (2 * MANY - 2, 2 * MANY - 2)


def test_a_word_stands_where_very_many_synonyms_of_it_do() -> None:
    sentence, word = read("firm business company " * MANY, "en"), read("company", "en").words[0]
    held = sentence.holding(word)
    assert sorted(held) == list(range(3 * MANY))
    assert held[:3] == (2, 5, 8)
