"""Nothing untrue: what the offline engine writes into the samples, and into variations of them, is in the draft."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from geo_optimizer.errors import DraftRefused
from oracle.truth import unsaid, untrue, varied

SAMPLES = Path(__file__).parent.parent / "samples"
DRAFTS = sorted(SAMPLES.glob("*.md*"))
SOURCE = "# Ferries\n\nThe Bergen line carried 1,204 people in May, nine of ten of them on foot. It costs $3.5 million a year."


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("In May the Bergen line carried 1204 people.", []),
        ("The line costs $3.5 million a year.", []),
        ("Nine of ten came on foot.", []),
        ("In June the Bergen line carried 1,205 people.", ["June", "1,205"]),
        ("The line costs $35 million.", ["35"]),
        ("Eight of ten came on foot.", ["Eight"]),
        ("The line to Oslo costs a billion.", ["Oslo", "billion"]),
    ],
)
def test_figures_and_names_that_are_not_in_the_text_are_seen(line: str, missing: list[str]) -> None:
    assert sorted(unsaid(line, SOURCE)) == sorted(missing)


@pytest.mark.parametrize("path", [path for path in DRAFTS if path.name != "README.md"], ids=lambda path: path.name)
def test_every_line_written_is_in_the_draft(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    chance = random.Random(path.name)
    assert list(untrue(source)) == []
    for text in (varied(source, chance) for _ in range(6)):
        with suppress(DraftRefused):  # where the metadata were cut
            assert list(untrue(text)) == []
