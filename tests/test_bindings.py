"""What a figure belongs to: of whom it is, what is said of them, which way it goes."""

from __future__ import annotations

import pytest

from geo_optimizer.analysis.bindings import binding
from geo_optimizer.analysis.quantities import quantities

CASES = [
    ("90% of bakers view flour as essential.", "90%", "bakers", "view flour as essential", None),
    ("Of the harbours that were asked, only 9% have a lamp.", "9%", "the harbours that were asked", "have a lamp", None),
    ("Most respondents (88%) agree that tea is best.", "88%", "respondents", "agree that tea is best", None),
    ("Almost half (48%) of captains have been using charts.", "48%", "captains", "have been using charts", None),
    ("Most respondents use charts (61%) and radio (59%).", "61%", "respondents", "Most respondents use charts", None),
    ("Old tools: 19%", "19%", None, "Old tools", None),
    ("51% are exploring the reef", "51%", None, "are exploring the reef", None),
    ("Revenue grew by 20% last year.", "20%", None, "Revenue grew by … last year", "up"),
    ("The patch reduces waits by up to 30%.", "30%", None, "The patch reduces waits", "down"),
    ("Late fees stood at 55%, slightly down from 59% in May.", "55%", None, "Late fees stood", "down"),
    ("Late fees stood at 55%, slightly down from 59% in May.", "59%", None, "in May", None),
    ("They opened 11 pull requests in a week.", "11", "pull requests", "They opened … in a week", None),
    ("The average port plans to spend $3 million on lamps.", "$3 million", None, "The average port plans to spend … on lamps", None),
    ("Binaries are about 30% smaller when built twice.", "30%", None, "Binaries are … smaller when built twice", "down"),
    ("62% of parents in small towns read aloud, compared to 19% of parents in cities.", "19%", "parents in cities", None, None),
]


@pytest.mark.parametrize(("text", "figure", "population", "measures", "direction"), CASES)
def test_a_figure_belongs_to(text: str, figure: str, population: str | None, measures: str | None, direction: str | None) -> None:
    (quantity,) = [found for found in quantities(text) if found.text == figure]
    bound = binding(text, quantity)
    assert (bound.population, bound.direction) == (population, direction)
    if measures is not None:
        assert bound.measures == measures


def test_every_word_of_it_is_the_sentences() -> None:
    for text, figure, *_ in CASES:
        for quantity in quantities(text):
            if quantity.text == figure:
                bound = binding(text, quantity)
                assert all(part in text for said in (bound.population, bound.measures) if said for part in said.split(" … "))
