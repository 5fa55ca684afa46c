"""A claim that copies a sentence of the draft word for word, but for a few words: are they the same thing said otherwise?

In a free rewording a new word only lowers the score. In a copy it stands in
the place of another, and unless the two say the same, it changed the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.evidence import Evidence
from geo_optimizer.grounding.objection import ADDED, CHANGED, Objection
from geo_optimizer.grounding.reading import Reading, around
from geo_optimizer.model import Reason, ReasonKind

_COPY = 0.6  # from this share of the claim on it is a copy
_CLOSE_COPY = 0.75  # and from this on any word counts, not only names and what figures count
_BESIDE = 0.9  # `Evidence.borne` of a word in the sentence before or behind
_LONGER = 1  # words by which what is replaced may be longer: more is a clause left out
_FACETS = (
    frozenset(lexicon.MODALITY) | frozenset(lexicon.FREQUENCY) | frozenset(lexicon.QUANTIFIER) | lexicon.UP | lexicon.DOWN | lexicon.VAGUE
)


def substitutions(evidence: Evidence, skip: frozenset[int]) -> Iterator[Objection]:
    """Words that took the place of others."""
    alignment = evidence.main
    line = evidence.passages[0].line
    for other, passage in zip(evidence.alignments, evidence.passages, strict=True):
        yield from _exchanged(other, passage.line)
    if evidence.copied < _COPY:
        return
    taken = {j for j in alignment.to if j is not None}
    for run in _runs(alignment, skip):
        words = [alignment.claim.words[i] for i in run]
        telling = [i for i in run if _tells(alignment.claim, i)]
        if _referring(evidence, run, telling):
            continue
        names = any(alignment.claim.words[i].name for i in telling)
        free = [j for j in alignment.gap(run[0], run[-1]) if j not in taken]
        replaced = [j for j in free if _tells(alignment.evidence, j) or (names and alignment.evidence.words[j].role != "function")]
        if not telling or not replaced or len(replaced) > len(telling) + _LONGER:
            continue
        ours = alignment.claim.text[words[0].start : words[-1].end]
        theirs = alignment.evidence.text[alignment.evidence.words[replaced[0]].start : alignment.evidence.words[replaced[-1]].end]
        names = names or any(alignment.evidence.words[j].name for j in replaced)
        counted = _counted(alignment.claim, run[0])
        if not names and not counted and evidence.copied < _CLOSE_COPY:
            continue
        kind: ReasonKind = "entity" if names else "scope" if counted else "other"
        yield Objection(CHANGED if names or counted else ADDED, Reason(kind, f"the claim says '{ours}', line {line} says '{theirs}'"))


def _referring(evidence: Evidence, run: list[int], telling: list[int]) -> bool:
    """ "The ferry", for a ship that the sentence names: a description that stands beside the evidence."""
    claim = evidence.claim
    article = claim.words[run[0]].lower if claim.words[run[0]].role == "function" else claim.words[run[0] - 1].lower if run[0] else ""
    return article in ("the", "this", "these") and all(evidence.borne[i] >= _BESIDE and not claim.words[i].name for i in telling)


def _exchanged(alignment: Alignment, line: int) -> Iterator[Objection]:
    """Two names that stand in each other's place."""
    words = alignment.claim.words
    moved = [i for i in sorted(alignment.moved) if words[i].name]
    for i, k in combinations(moved, 2):
        crossed = alignment.to[k] in alignment.gap(i, i) and alignment.to[i] in alignment.gap(k, k)
        if crossed and k > i + 1 and not words[i].same(words[k]):
            said = around(alignment.evidence, alignment.to[k] or 0)
            yield Objection(
                CHANGED, Reason("entity", f"line {line} says '{said}'; the claim exchanges '{words[i].text}' and '{words[k].text}'")
            )
            return


def _runs(alignment: Alignment, skip: frozenset[int]) -> Iterator[list[int]]:
    """Stretches of the claim's words that have no partner in their place."""
    run: list[int] = []
    for i, j in enumerate(alignment.to):
        free = j is None and i not in skip and alignment.claim.words[i].figure is None
        if free and (not run or run[-1] == i - 1):
            run.append(i)
        elif run:
            yield run
            run = [i] if free else []
    if run:
        yield run


def _tells(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return word.figure is None and (word.name or (word.role == "content" and word.lower not in _FACETS))


def _counted(reading: Reading, at: int) -> bool:
    """Whether a measured figure stands right before: what it counts has changed."""
    for n in range(at - 1, max(-1, at - 4), -1):
        if re.search(r"[,;:]", reading.between(n, n + 1)):
            return False
        if reading.words[n].figure is not None:
            return reading.figure(n).measured
    return False
