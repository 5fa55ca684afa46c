"""Within one sentence, the words around a figure or name tell what it belongs to: has the claim put two in each other's place?

Each aligned word of the claim pulls what it stands beside towards what its
partner stands beside: the stronger the nearer the two are in the claim, and
the more alike the distance in the evidence.
Where all that surrounds a figure of the claim pulls it to another figure of
the same sentence, the claim has moved it.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.analysis.verbs import carries
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.figures import comparable, difference
from geo_optimizer.grounding.population import is_age, population
from geo_optimizer.grounding.reading import Reading, distances
from geo_optimizer.grounding.words import Word

_WINDOW = 10  # words on either side that pull
_CHANGE = frozenset({"from", "to", "by", "than"})
_FUNCTION = 0.25  # what a function word pulls with, beside one with content
_TOLERANCE = 2.0  # words by which a word may be nearer or further in the evidence before its pull is halved
_LONGEST_SUBJECT = 4  # words of a subject without a verb behind it: "ground-source pumps 4.1"
_STANDS_FOR = frozenset({"it", "its", "they", "their", "he", "his", "she", "her", "this", "that", "these", "those", "which", "who"})
_VAGUE = 1  # words that may stand between that and the figure: "about"
_SURE = 1.6  # how many times as strong the other's pull must be


class Frame:
    """An alignment with the distances that pulls are measured by."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self._ours = distances(alignment.claim)
        self._theirs = distances(alignment.evidence)

    def pull(self, i: int, j: int, *, without: frozenset[int]) -> float:
        """How strongly the words around word `i` of the claim pull it to word `j` of the evidence; `without` some of the claim's."""
        total = 0.0
        words = self.alignment.claim.words
        for n in range(max(0, i - _WINDOW), min(len(words), i + _WINDOW + 1)):
            k = self.alignment.to[n]
            if k is None or n == i or k == j or n in without:
                continue
            if words[n].role == "function":
                if (n < i) != (k < j) or words[n].lower in _CHANGE:
                    continue  # "of" leads to what follows it; "from" and "to" are for `change`
                weight = _FUNCTION
            else:
                weight = 1.0
            ours, theirs = abs(self._ours[n] - self._ours[i]), abs(self._theirs[k] - self._theirs[j])
            total += weight / (1 + ours) / (1 + abs(ours - theirs) / _TOLERANCE)
        return total


def moved_figures(alignment: Alignment) -> Iterator[tuple[int, int, int]]:
    """Figures of the claim that stand where the evidence has another: the claim's word, its true place, the place it was moved to."""
    claim, evidence = alignment.claim, alignment.evidence
    figures = evidence.at_word
    if not claim.figures or len(figures) < 2:
        return
    frame = Frame(alignment)
    own = frozenset(claim.at_word)
    for i in claim.at_word:
        figure = claim.figure(i)
        here = [j for j in figures if difference(figure, evidence.figure(j)) is None]
        others = [j for j in figures if j not in here and comparable(figure, evidence.figure(j))]
        if not here or not others:
            continue
        without = frozenset(n for n in own if _alike(claim, n, i))
        if not any(population(evidence, j) for j in here):
            without |= frozenset(population(claim, i))  # "47% of travellers ..., and nine out of ten ...": of whom is said but once
        true, rival = (max((frame.pull(i, j, without=without), -j) for j in places) for places in (here, others))
        if rival[0] > _SURE * true[0]:
            yield i, -true[1], -rival[1]


def other_subjects(alignment: Alignment) -> Iterator[tuple[int, int, int]]:
    """Figures told of whom the evidence tells another of: the claim's word, where the evidence has the figure, and its other figure.

    "A emits 240 grams; B emits 120": each figure has the clause that is nearer to it than to any other, and the words before its verb.
    """
    claim, evidence = alignment.claim, alignment.evidence
    subjects = {j: _subject(evidence, j) for j in evidence.at_word}
    for i in claim.at_word:
        here = [j for j in evidence.at_word if difference(claim.figure(i), evidence.figure(j)) is None]
        if not claim.figure(i).measured or len(here) != 1 or not subjects[here[0]] or is_age(claim, i) or _of_change(evidence, here[0]):
            continue
        told = [claim.words[n] for n, home in enumerate(claim.home) if home == i and n != i]
        for j in evidence.at_word:
            ours, theirs = claim.figure(i), evidence.figure(j)
            if (
                j == here[0]
                or not subjects[j]
                or _of_change(evidence, j)
                or not (comparable(ours, theirs) or (ours.kind, ours.unit) == (theirs.kind, theirs.unit))
            ):
                continue
            true, other = (_without(evidence, subjects[one], subjects[two]) for one, two in ((here[0], j), (j, here[0])))
            if true and any(w.same(word) for w in told for word in other) and not any(claim.holds(word) for word in true):
                yield i, here[0], j
                break


def _of_change(reading: Reading, at: int) -> bool:
    """Whether a figure is the beginning, the end or the amount of a change, which has one subject."""
    return any(word.lower in _CHANGE for word in reading.words[max(0, at - 2) : at])


def _subject(reading: Reading, at: int) -> list[int]:
    """The words with content, before the verb, of the clause that is told of the figure at `at`."""
    found: list[int] = []
    for n in range(at):
        word = reading.words[n]
        if reading.home[n] != at:
            continue
        if found and carries(reading.words[n - 1].lower, word.lower):
            return found
        if word.lower in _STANDS_FOR or word.lower.endswith(("ing", "ed")):
            return []  # "nearly quadrupling their 6% share" is of the subject before
        if word.role == "content":
            found.append(n)
    return found[:_LONGEST_SUBJECT] if found and at - found[-1] <= 1 + _VAGUE else []


def _without(reading: Reading, one: list[int], two: list[int]) -> list[Word]:
    return [reading.words[n] for n in one if not any(reading.words[n].same(reading.words[m]) for m in two)]


def _alike(claim: Reading, n: int, i: int) -> bool:
    """Figures of one kind do not tell of one another where they belong."""
    return claim.figure(n).kind == claim.figure(i).kind


def exchanged_words(alignment: Alignment) -> Iterator[tuple[int, int, int]]:
    """Words of the claim that stand in each other's place: the two words, and where the evidence has the first."""
    claim, evidence = alignment.claim, alignment.evidence
    back = alignment.back()
    moved = [i for i in sorted(alignment.moved) if _tells(claim.words[i])]
    frame = Frame(alignment) if moved else None
    for i in moved:
        j = alignment.to[i]
        assert j is not None
        assert frame is not None
        for other in alignment.gap(i, i):
            k = back.get(other)
            if k is None or other == j or not _tells(evidence.words[other]) or claim.words[k].same(claim.words[i]):
                continue
            if claim.home[i] != claim.home[k] and _keeps_figure(alignment, i, j) and _keeps_figure(alignment, k, other):
                continue
            without = _own(claim, i) | _own(claim, k)
            pulled = frame.pull(i, other, without=without) > _SURE * frame.pull(i, j, without=without)
            if pulled and frame.pull(k, j, without=without) > _SURE * frame.pull(k, other, without=without):
                yield i, k, j
                break


def _keeps_figure(alignment: Alignment, i: int, j: int) -> bool:
    """Whether a word belongs to the same figure in both, wherever the two have moved."""
    ours, theirs = alignment.claim.home[i], alignment.evidence.home[j]
    return ours is not None and theirs is not None and difference(alignment.claim.figure(ours), alignment.evidence.figure(theirs)) is None


def _own(reading: Reading, at: int) -> frozenset[int]:
    """A word wherever it stands, and the words of the name that it is part of."""
    first = last = at
    while first and reading.words[first - 1].name:
        first -= 1
    while last + 1 < len(reading.words) and reading.words[last + 1].name:
        last += 1
    return frozenset(range(first, last + 1)) | frozenset(n for n, word in enumerate(reading.words) if word.same(reading.words[at]))


def _tells(word: Word) -> bool:
    return word.figure is None and word.role == "content"
