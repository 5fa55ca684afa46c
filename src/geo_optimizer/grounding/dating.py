"""Which year a figure is told of: has the claim given a figure the year of another?

>>> from geo_optimizer.grounding.reading import read
>>> reading = read("The city counted 14 repair cafés in 2024, up from 9 in 2022.", "en")
>>> [(reading.words[figure].text, reading.words[year].text) for figure, year in years(reading).items()]
[('14', '2024'), ('9', '2022')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo_optimizer.grounding.figures import comparable, difference
from geo_optimizer.grounding.reading import Reading

# What a year follows that says when: "the 2024 report" and "since 2022" do not.
_WHEN = frozenset(
    "in of during for on between from to and en im von für au pour per nel del di dal al e y und et entre zwischen tra".split()
)
_DATED = ("year", "date")


def years(reading: Reading) -> dict[int, int]:
    """For each figure whose year the sentence gives, the words of the two.

    Among figures of a kind and as many years, they go together in their order, whichever comes first: "9 in 2022 and 14 in 2024", "from 9
    to 14 between 2022 and 2024", "in 2022 9 and 14 in 2024". Otherwise none is given.
    """
    told = [i for i in reading.at_word if reading.figure(i).kind in _DATED]
    if not told or any(reading.figure(i).high is not None or not _says_when(reading, i) for i in told):
        return {}
    found: dict[int, int] = {}
    for i in reading.at_word:
        alike = [j for j in reading.at_word if reading.figure(j).measured and _of_a_kind(reading, i, j)]
        if i in alike and len(alike) == len(told):
            found[i] = told[alike.index(i)]
    return found


def _of_a_kind(reading: Reading, i: int, j: int) -> bool:
    one, other = reading.figure(i), reading.figure(j)
    return i == j or comparable(one, other) or (one.kind == other.kind and None in (one.unit, other.unit))


def _says_when(reading: Reading, at: int) -> bool:
    return at == 0 or reading.words[at - 1].lower in _WHEN or not reading.between(at - 1, at).isspace()


def other_years(claim: Reading, readings: Iterable[Reading]) -> Iterator[tuple[int, int, int, int]]:
    """Figures that the claim tells of another year than any of the readings that have them and give a year.

    Yields the words of the figure and year in the claim, the number of the first such reading and the word of its year.
    """
    told = years(claim)
    if not told:
        return
    given = [(number, reading, years(reading)) for number, reading in enumerate(readings)]
    for i, year in told.items():
        rivals = [
            (number, j, reading.figure(j))
            for number, reading, pairs in given
            for figure, j in pairs.items()
            if difference(claim.figure(i), reading.figure(figure)) is None
        ]
        if rivals and all(difference(claim.figure(year), other) is not None for _, _, other in rivals):
            yield i, year, rivals[0][0], rivals[0][1]
