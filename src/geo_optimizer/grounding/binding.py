"""A claim's figure belongs to something: find what the draft's same figure belongs to, and compare.

Each word of a sentence belongs to the nearest figure in it (see
`Reading.home`). A figure is bound the better, the more of the claim's words
belong to it in the draft, too; and if another figure of the same kind is bound
clearly better, the claim has moved a figure to a subject that is not its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geo_optimizer.analysis.quantities import Quantity
from geo_optimizer.grounding.figures import comparable, difference, same_value
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.reading import Reading, distances
from geo_optimizer.model import ReasonKind

_ELSEWHERE = 0.6  # a claim's word that stands in the sentence, but nearer to another figure
_AROUND = 0.5  # one that stands in the lead-in, the sentence before or the heading
_CLAUSE = 10.0  # words from the figure, a separator counting as several, within which a word is of its clause
_WINDOW = 40  # words on either side of a figure that tell what it is told of: more than a sentence that anybody reads has
_OTHERS = 0.4  # what a word of the claim weighs that is nearer to another figure of the claim


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
    held = _held(claim, weights, known)
    found = []
    for number in known.figured:
        alike = [n for n, f in enumerate(known.passages[number].figures) if comparable(wanted, f) or same_value(wanted, f)]
        if not alike:
            continue
        at_word = known.passages[number].reading.at_word
        fits = _fits(claim, weights, held, known, number)
        for n in alike:
            figure, i = known.passages[number].figures[n], at_word[n]
            found.append(Place(number, i, figure, fits(i) / total, difference(wanted, figure)))
    return sorted(found, key=lambda p: (-p.fit, p.passage, p.at))


def _weights(claim: Reading, at: int, known: Index) -> dict[int, float]:
    """What each word of the claim says about its figure at `at`: less what another clause has, or another figure."""
    away = distances(claim)
    first = max(0, at - _WINDOW)
    return {
        i: known.weight(word) * (1.0 if abs(away[i] - away[at]) <= _CLAUSE and claim.home[i] == at else _OTHERS)
        for i, word in enumerate(claim.words[first : at + _WINDOW + 1], first)
        if word.figure is None and known.weight(word) > 0
    }


def _held(claim: Reading, weights: dict[int, float], known: Index) -> dict[int, list[int]]:
    """For each passage that holds any of the weighed words, which."""
    held: dict[int, list[int]] = {}
    for i in weights:
        for number in known.holding(claim.words[i]):
            held.setdefault(number, []).append(i)
    return held


def _fits(claim: Reading, weights: dict[int, float], held: dict[int, list[int]], known: Index, number: int) -> Callable[[int], float]:
    """How well the weighed words fit a figure of the passage, by its word."""
    passage, own = known.passages[number], held.get(number, ())
    around = {i for near in passage.context for i in held.get(near, ())}.difference(own)
    ground = sum(weights[i] * _ELSEWHERE for i in own) + sum(weights[i] * _AROUND for i in sorted(around))
    nearer: defaultdict[int, float] = defaultdict(float)
    for i in own:
        for home in {passage.reading.home[spot] for spot in passage.reading.holding(claim.words[i])}:
            if home is not None:
                nearer[home] += weights[i] * (1 - _ELSEWHERE)
    return lambda at: ground + nearer[at]


def zone(reading: Reading, at: int) -> Iterator[int]:
    """The words that belong to the figure at `at`."""
    return (i for i, home in enumerate(reading.home) if home == at and i != at)


_MARGIN = 0.12  # by how much better another figure must fit before a claim's is called misplaced


def misplaced(claim: Reading, found: dict[int, list[Place]], known: Index) -> Iterator[tuple[int, Place, Place]]:
    """Figures of the claim (by their word) that the draft gives to something else, with the figure that another sentence gives to this."""
    for at, candidates in found.items():
        place = next(p for p in candidates if p.differs is None)
        for rival in candidates:
            if rival.differs is None or rival.fit <= place.fit + _MARGIN or rival.passage == place.passage:
                continue
            if _figures_said(claim, rival.passage, known) + 1 >= _figures_said(claim, place.passage, known):
                yield at, place, rival
                break


def _figures_said(claim: Reading, number: int, known: Index) -> int:
    """How many of the claim's figures a sentence has: where it has several, what they are told of is told there."""
    return sum(any(difference(claim.figure(i), figure) is None for figure in known.passages[number].figures) for i in claim.at_word)


def other_rows(claim: Reading, found: dict[int, list[Place]], known: Index) -> Iterator[tuple[int, int, Place, int]]:
    """Figures of one table row told of what stands in another: the figure's word, the word told of, the figure's place, the other row."""
    for at, candidates in found.items():
        agreeing = [place for place in candidates if place.differs is None]
        if any(known.passages[place.passage].kind != "cell" for place in agreeing):
            continue
        having = {place.passage for place in agreeing}
        if other := _labelled(at, found, having, known):
            yield at, other[0], agreeing[0], other[1]
            continue
        rows = [number for place in agreeing[:1] for number in _table(place.passage, known)]
        for i in zone(claim, at):
            holders = [number for number in rows if known.passages[number].reading.holds(claim.words[i])]
            if claim.words[i].role == "content" and 0 < len(holders) < len(rows) and having.isdisjoint(holders):
                yield at, i, agreeing[0], holders[0]
                break


def _labelled(at: int, found: dict[int, list[Place]], having: set[int], known: Index) -> tuple[int, int] | None:
    """A figure of the claim that names another row than those in `having`, where none names one of them: its word, and the row."""
    other = None
    for i, candidates in found.items():
        rows = {p.passage for p in candidates if p.differs is None and known.passages[p.passage].kind == "cell"}
        first = [
            n for n in rows if known.passages[n].reading.at_word[0] in {p.at for p in candidates if p.passage == n and p.differs is None}
        ]
        if i == at or not first:
            continue
        if not having.isdisjoint(first):
            return None
        other = other or (i, min(first))
    return other


def _table(number: int, known: Index) -> range:
    """The rows of the table that passage `number` is a row of."""
    first = last = number
    while first and known.passages[first - 1].kind == "cell":
        first -= 1
    while last + 1 < len(known.passages) and known.passages[last + 1].kind == "cell":
        last += 1
    return range(first, last + 1)


_BORROWED = 0.3  # by how much better another sentence must fit the words around a figure than the one that has it
_WELL = 0.7  # how well it must fit them


def borrowed(claim: Reading, found: dict[int, list[Place]], known: Index) -> Iterator[tuple[int, Place, int]]:
    """Figures of the claim whose words another sentence bears well, without such a figure, and their own hardly: with that sentence."""
    for at, candidates in found.items():
        place = next(p for p in candidates if p.differs is None)
        weights = _weights(claim, at, known)
        total = sum(weights.values()) or 1.0
        best, most = None, max(_WELL, place.fit + _BORROWED)
        for number in {n for i in weights for n in known.holding(claim.words[i])}:
            reading = known.passages[number].reading
            near = {number, *known.passages[number].context}
            if place.passage in near or number in known.passages[place.passage].context or abs(number - place.passage) == 1:
                continue
            fit = sum(w for i, w in weights.items() if reading.holds(claim.words[i])) / total
            if fit > most:
                best, most = number, fit
        if best is not None:
            yield at, place, best
