"""From what bears a sentence of a claim and what speaks against it to how likely it is supported.

A logistic regression with weights that can be read (`weights`): each kind of
objection takes its own weight from the log odds, more in a claim that copies
the evidence, where each change tells, than in a free rewording, where words
answer to one another less surely.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from geo_optimizer.grounding.evidence import CLOSE_COPY, COPY, Evidence
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.weights import AGAINST, BIAS, UNBORNE

Features = dict[str, float]
Manner = Literal["close", "copy", "free"]

_MOST_NAMES = 2.0  # names that are counted, at most
_HARDLY = 0.6  # share of a claim's words, below which it is hardly borne


def features(evidence: Evidence, objections: Sequence[Objection], known: Index, skip: frozenset[int]) -> Features:
    """What the score is made of, by name; what is 0 is left out.

    "uncovered": the share of the claim's weight that the evidence does not
    bear; "hardly covered": by how much
    less than 0.6 the evidence does; "strange
    names": names that the draft does not have; "KIND, MANNER" for each kind of
    objection met, 1.
    """
    found = {"uncovered": 1 - evidence.coverage, "hardly covered": max(0.0, _HARDLY - evidence.coverage)}
    found["strange names"] = min(_MOST_NAMES, sum(1.0 for _ in _strange_names(evidence, known, skip)))
    manner = manner_of(evidence)
    for objection in objections:
        found[f"{objection.kind}, {manner}"] = 1.0
    return {name: value for name, value in found.items() if value}


def heaviest_first(objections: Sequence[Objection], evidence: Evidence) -> list[Objection]:
    """The objections by what they take from the score."""
    manner = manner_of(evidence)
    return sorted(objections, key=lambda objection: -_weight(f"{objection.kind}, {manner}"))


def manner_of(evidence: Evidence) -> Manner:
    """How closely a claim keeps to the words of its evidence, and to their order."""
    return "close" if evidence.copied >= CLOSE_COPY else "copy" if evidence.copied >= COPY else "free"


def _strange_names(evidence: Evidence, known: Index, skip: frozenset[int]) -> Iterator[int]:
    for i, word in enumerate(evidence.claim.words):
        if word.name and word.role == "content" and i not in skip and not known.holding(word) and not known.title.holding(word):
            yield i


def likelihood(found: Features) -> float:
    """The probability (0..1) that a sentence with these features is supported."""
    log_odds = BIAS - sum(_weight(name) * value for name, value in found.items())
    return 1 / (1 + math.exp(-log_odds))


def _weight(name: str) -> float:
    kind, comma, manner = name.partition(", ")
    return AGAINST[kind][("close", "copy", "free").index(manner)] if comma else UNBORNE[name]
