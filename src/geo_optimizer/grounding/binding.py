"""A claim's figure belongs to something: find what the draft's same figure belongs to, and compare.

Each word of a sentence belongs to the nearest figure in it (see
`Reading.home`). A figure is bound the better, the more of the claim's words
belong to it in the draft, too; and if another figure of the same kind is bound
clearly better, the claim has moved a figure to a subject that is not its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo_optimizer.analysis.quantities import Quantity
from geo_optimizer.grounding.figures import comparable, difference, same_value
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.reading import Reading
from geo_optimizer.model import ReasonKind

_ELSEWHERE = 0.6  # a claim's word that stands in the sentence, but nearer to another figure
_AROUND = 0.5  # one that stands in the lead-in, the sentence before or the heading
_OTHERS = 0.5  # what a word of the claim weighs that is nearer to another figure of the claim


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of the draft: the word at `at` in `passage`, and how well the claim's words fit it (0..1)."""

    passage: int
    at: int
    figure: Quantity
    fit: float
    differs: ReasonKind | None


def places(claim: Reading, at: int, known: Index) -> list[Place]:
    """Every figure of the draft that could be the claim's, best bound first."""
    wanted = claim.figure(at)
    weights = _weights(claim, at, known)
    total = sum(weights.values()) or 1.0
    found = []
    for number in known.figured:
        alike = [n for n, f in enumerate(known.passages[number].figures) if comparable(wanted, f) or same_value(wanted, f)]
        at_word = known.passages[number].reading.at_word if alike else ()
        for n in alike:
            figure, i = known.passages[number].figures[n], at_word[n]
            fit = _fit(claim, weights, known, number, i) / total
            found.append(Place(number, i, figure, fit, difference(wanted, figure)))
    return sorted(found, key=lambda p: (-p.fit, p.passage, p.at))


def _weights(claim: Reading, at: int, known: Index) -> dict[int, float]:
    """What each word of the claim says about its figure at `at`."""
    return {
        i: known.weight(word) * (1.0 if claim.home[i] == at else _OTHERS)
        for i, word in enumerate(claim.words)
        if word.figure is None and known.weight(word) > 0
    }


def _fit(claim: Reading, weights: dict[int, float], known: Index, number: int, at: int) -> float:
    passage = known.passages[number]
    fit = 0.0
    for i, weight in weights.items():
        word = claim.words[i]
        if spots := passage.reading.holding(word):
            fit += weight * (1.0 if any(passage.reading.home[s] == at for s in spots) else _ELSEWHERE)
        elif any(known.passages[near].reading.holds(word) for near in passage.context):
            fit += weight * _AROUND
    return fit


def zone(reading: Reading, at: int) -> Iterator[int]:
    """The words that belong to the figure at `at`."""
    return (i for i, home in enumerate(reading.home) if home == at and i != at)


_MARGIN = 0.12  # by how much better another figure must fit before a claim's is called misplaced
_BASELINES = frozenset({"from", "than", "versus", "vs", "against"})
_SWAP = 0.06  # the same for two figures of a claim that would fit better the other way round


def misplaced(claim: Reading, found: dict[int, list[Place]], known: Index) -> Iterator[tuple[int, Place, Place]]:
    """Figures of the claim (by their word) that the draft gives to something else, with the figure it gives to this."""
    for at, candidates in found.items():
        place = next(p for p in candidates if p.differs is None)
        others = [candidates for other, candidates in found.items() if other != at]
        for rival in candidates:
            if rival.differs is None or rival.fit <= place.fit + _MARGIN:
                continue
            told = any((there := _at(candidates, rival)) and there.differs is None for candidates in others)
            apart = rival.passage != place.passage or _better_swapped(place, rival, others)
            if apart or (not told and _left_out(claim, at, place, rival, known)):
                yield at, place, rival
                break


def _better_swapped(place: Place, rival: Place, others: list[list[Place]]) -> bool:
    """In one sentence figures share their subject: they are swapped if another of the claim's fits this place better, too."""
    for candidates in others:
        here, there = _at(candidates, place), _at(candidates, rival)
        if here and there and there.differs is None:
            return rival.fit + here.fit > place.fit + there.fit + _SWAP
    return False


def _at(candidates: list[Place], place: Place) -> Place | None:
    return next((p for p in candidates if (p.passage, p.at) == (place.passage, place.at)), None)


def _left_out(claim: Reading, at: int, place: Place, rival: Place, known: Index) -> bool:
    """What belongs to the figure in the draft is missing from the claim, and what belongs to its rival is there."""
    if _former(known.passages[place.passage].reading, place.at) and not _former(claim, at):
        return True
    return _unrepresented(claim, place, known) and not _unrepresented(claim, rival, known)


def _former(reading: Reading, at: int) -> bool:
    """An earlier value, given for comparison: "up from 44%", "compared to 27%"."""
    return bool(at) and reading.words[at - 1].lower in _BASELINES


def _unrepresented(claim: Reading, place: Place, known: Index) -> bool:
    """Little of what belongs to the draft's figure is in the claim."""
    reading = known.passages[place.passage].reading
    own = [reading.words[i] for i in zone(reading, place.at) if reading.words[i].role == "content"]
    return sum(bool(claim.holding(w)) for w in own) < 0.34 * len(own)
