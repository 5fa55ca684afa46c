"""Where a claim relates things otherwise than its evidence: the sides of a comparison, causes, praise and effects of its own. English only."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.evidence import Evidence
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.reading import Reading, around, word_after
from geo_optimizer.model import Reason

_APART = 0.4  # share of a clause's words by which one sentence bears it better than another
_CLAIMED = 0.9  # `Evidence.borne` of a word that stands right beside the evidence


def relations(evidence: Evidence) -> Iterator[Objection]:
    """What speaks against how the claim relates things."""
    yield from _swapped_sides(evidence)
    yield from _cause(evidence)
    yield from _associated(evidence)
    yield from _strength(evidence)


_PIVOT = frozenset({"than", "versus", "vs", "compared", "against"})


def _swapped_sides(evidence: Evidence) -> Iterator[Objection]:
    """What stood before "than" now stands behind it, and the other way round."""
    alignment = evidence.main
    ours, theirs = _pivot(alignment.claim), _pivot(alignment.evidence)
    if ours is None or theirs is None:
        return
    crossed = {(i > ours, j > theirs) for i, j in enumerate(alignment.to) if j is not None and _telling(alignment, i)}
    if {(True, False), (False, True)} <= crossed and (True, True) not in crossed:
        yield Objection(
            "sides", Reason("direction", f"the two sides of the comparison in line {evidence.passages[0].line} have changed places")
        )


def _telling(alignment: Alignment, i: int) -> bool:
    """A word that stands once in the evidence, so that its side is known."""
    word = alignment.claim.words[i]
    return word.role == "content" and word.figure is None and len(alignment.evidence.holding(word)) == 1


def _pivot(reading: Reading) -> int | None:
    return next((i for i, w in enumerate(reading.words) if w.lower in _PIVOT and w.figure is None), None)


def _cause(evidence: Evidence) -> Iterator[Objection]:
    """A "because" that the draft does not say."""
    said = {w.lower for p in evidence.passages for w in p.reading.words}
    for i, word in enumerate(evidence.claim.words):
        if word.lower in lexicon.CAUSE and evidence.found(i) is None and not said & lexicon.CAUSE:
            reason = Reason("other", f"'{word.text}' makes a cause of what line {evidence.passages[0].line} only states")
            yield Objection("joined" if _joined(evidence, i) else "cause", reason)


def _associated(evidence: Evidence) -> Iterator[Objection]:
    """One thing that makes another more or less, where the evidence says only that they go together."""
    main, claim = evidence.main.evidence, evidence.claim
    there = next((j for j in range(len(main.words)) if _goes_together(main, j) and j not in evidence.main.back()), None)
    if there is None or any(_goes_together(claim, i) for i in range(len(claim.words))):
        return
    effect = next((word for word in claim.words[1:] if word.lower in _EFFECTS), None)
    if effect is not None:
        said = f"'{effect.text}' makes a cause of what line {evidence.passages[0].line} says goes together: '{around(main, there)}'"
        yield Objection("associated", Reason("other", said))


def _goes_together(reading: Reading, at: int) -> bool:
    return reading.words[at].lower in _TOGETHER or (reading.words[at].lower in _TIED and word_after(reading, at) in ("to", "with"))


_TOGETHER = frozenset("correlates correlate correlated correlation correlations coincides coincided association associations".split())
_TIED = frozenset("associated linked related tied connected".split())
_EFFECTS = frozenset(
    """increases increase increased raises raise raised reduces reduce reduced lowers lower lowered cuts cut boosts boost boosted improves improve
    improved causes cause caused leads led drives drove makes make made prevents prevent prevented protects protect harms harm creates create produces produce brings bring""".split()
)


def _joined(evidence: Evidence, at: int) -> bool:
    """Whether what stands before a word of the claim is of one sentence of the draft, and what stands behind it of another."""
    if len(evidence.alignments) == 1:
        return False
    first, second = (alignment.to for alignment in evidence.alignments)
    telling = [i for i, word in enumerate(evidence.claim.words) if word.role == "content"]

    def leaning(part: list[int]) -> float:
        return sum((first[i] is not None) - (second[i] is not None) for i in part) / len(part) if part else 0.0

    parted = at if any(i < at for i in telling) else _first_clause(evidence.claim, at)
    before, behind = leaning([i for i in telling if i <= parted and i != at]), leaning([i for i in telling if i > parted and i != at])
    return before * behind < 0 and min(abs(before), abs(behind)) > _APART


def _first_clause(reading: Reading, at: int) -> int:
    """The last word before the first comma behind `at`: "Because of this, that"."""
    return next((i - 1 for i in range(at + 1, len(reading.words)) if "," in reading.between(i - 1, i)), at)


def _strength(evidence: Evidence) -> Iterator[Objection]:
    """Praise and effects that the draft does not claim."""
    for i, word in enumerate(evidence.claim.words):
        if word.lower in lexicon.STRONG and evidence.found(i) is None and evidence.borne[i] < _CLAIMED:
            yield Objection(
                "strength",
                Reason("other", f"'{word.text}' is only in the claim; line {evidence.passages[0].line} does not go so far", firm=True),
            )
