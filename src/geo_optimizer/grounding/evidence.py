"""The one or two sentences that bear a claim, and how much of it they bear."""

from __future__ import annotations

from dataclasses import dataclass

from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.align import Alignment, align
from geo_optimizer.grounding.figures import difference
from geo_optimizer.grounding.passages import Index, Passage
from geo_optimizer.grounding.reading import Reading
from geo_optimizer.grounding.words import Word

# How far a word of the claim is borne out, by where the draft has it.
_MOVED = 0.8  # in the sentence, but out of order
_CONTEXT = 0.9
_SECTION = 0.7
_TITLE = 0.7
_DRAFT = 0.45
_SMALL = 0.3  # what a function word weighs where order matters
COPY = 0.6  # from this share of a claim's words in the order of its evidence on it is a copy, in which each change tells
CLOSE_COPY = 0.85  # and from this one nearly word for word
_MERGE_AT = 0.08  # a second sentence must add this share of the claim


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages in order of weight (one or two), each with its alignment; `borne[i]` 0..1 for each word of the claim."""

    claim: Reading
    passages: tuple[Passage, ...]
    numbers: tuple[int, ...]
    alignments: tuple[Alignment, ...]
    borne: tuple[float, ...]
    coverage: float
    copied: float

    @property
    def main(self) -> Alignment:
        return self.alignments[0]

    def found(self, i: int) -> tuple[Alignment, int] | None:
        """The alignment and evidence word that answer to word `i` of the claim."""
        for alignment in self.alignments:
            j = alignment.to[i]
            if j is not None:
                return alignment, j
        return None


def gather(claim: Reading, first: int, others: list[int], known: Index, skip: frozenset[int]) -> Evidence:
    """Evidence around passage `first`, with the one of `others` that adds most. `skip`: words of the claim not to be weighed."""
    main = align(claim, known.passages[first].reading)
    missing = [i for i, word in enumerate(claim.words) if _open(main, i, word) and i not in skip]
    total = sum(known.weight(w) for i, w in enumerate(claim.words) if i not in skip) or 1.0
    second = _second(claim, missing, [n for n in others if n != first], known, total)
    numbers = (first,) if second is None else (first, second)
    alignments = (main,) if second is None else (main, align(claim, known.passages[second].reading))
    borne = tuple(_borne(claim, i, alignments, numbers, known) for i in range(len(claim.words)))
    weights = [0.0 if i in skip else known.weight(word) for i, word in enumerate(claim.words)]
    coverage = sum(b * w for b, w in zip(borne, weights, strict=True)) / total
    copied = _copied(main, weights, skip)
    return Evidence(claim, tuple(known.passages[n] for n in numbers), numbers, alignments, borne, coverage, copied)


def _copied(alignment: Alignment, weights: list[float], skip: frozenset[int]) -> float:
    """The share of the claim's words, small ones too, that stand in the passage in their order."""
    full = [0.0 if i in skip else weight or _SMALL for i, weight in enumerate(weights)]
    ordered = sum(w for i, w in enumerate(full) if alignment.to[i] is not None and i not in alignment.moved)
    return ordered / (sum(full) or 1.0)


def _open(alignment: Alignment, i: int, word: Word) -> bool:
    """A word that the alignment leaves without a partner, or a figure with another one."""
    if word.role == "function":
        return False
    j = alignment.to[i]
    return j is None or (word.figure is not None and difference(alignment.claim.figure(i), alignment.evidence.figure(j)) is not None)


def _second(claim: Reading, missing: list[int], others: list[int], known: Index, total: float) -> int | None:
    best, most = None, _MERGE_AT * total
    for number in others:
        reading = known.passages[number].reading
        gain = sum(known.weight(claim.words[i]) for i in missing if _holds(reading, claim, i))
        if gain > most:
            best, most = number, gain
    return best


def _holds(reading: Reading, claim: Reading, i: int) -> bool:
    word = claim.words[i]
    if word.figure is None:
        return reading.holds(word)
    return any(difference(claim.figure(i), figure) is None for figure in reading.figures)


def _borne(claim: Reading, i: int, alignments: tuple[Alignment, ...], numbers: tuple[int, ...], known: Index) -> float:
    word = claim.words[i]
    closed = [a for a in alignments if not _open(a, i, word)]
    if word.role == "function" or any(i not in a.moved for a in closed):
        return 1.0
    if word.figure is None and (closed or any(a.evidence.holds(word) for a in alignments)):
        return _MOVED
    if word.figure is not None and any(_holds(a.evidence, claim, i) for a in alignments):
        return 1.0  # whether it is the right one is for `binding`
    if _same_way(word, numbers, known):
        return _CONTEXT
    near = {n for number in numbers for n in (*known.passages[number].context, number + 1) if n < len(known.passages)}
    if any(_holds(known.passages[n].reading, claim, i) for n in sorted(near)):
        return _CONTEXT
    return 0.0 if word.figure is not None else _elsewhere(word, numbers, known)


def _same_way(word: Word, numbers: tuple[int, ...], known: Index) -> bool:
    """A rise is borne out by a growth."""
    way = lexicon.WAY.get(word.lower)
    return bool(way) and any(lexicon.WAY.get(w.lower) == way for n in numbers for w in known.passages[n].reading.words)


def _elsewhere(word: Word, numbers: tuple[int, ...], known: Index) -> float:
    if known.title.holding(word):
        return _TITLE
    holders = known.holding(word)
    sections = {known.passages[n].section for n in numbers}
    if any(known.passages[n].section in sections for n in holders):
        return _SECTION
    return _DRAFT if holders else 0.0
