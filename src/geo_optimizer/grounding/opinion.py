"""One sentence of a claim against the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo_optimizer.analysis.quantities import MEASURES
from geo_optimizer.grounding.binding import Place, misplaced, places
from geo_optimizer.grounding.evidence import Evidence, gather
from geo_optimizer.grounding.facets import facets
from geo_optimizer.grounding.objection import CHANGED, REFUTED, Objection
from geo_optimizer.grounding.passages import Index, rank
from geo_optimizer.grounding.population import is_age, scope_reason
from geo_optimizer.grounding.reading import Reading
from geo_optimizer.grounding.sources import Attribution, attribution, source_reason
from geo_optimizer.grounding.wording import substitutions
from geo_optimizer.model import Reason, ReasonKind, Span
from geo_optimizer.options import SUPPORTED_AT

_CANDIDATES = 4
_COPY = 0.75  # from this share of the claim on, a passage is what it was written from
_TIE = 0.05
_POOR = 0.8  # `Evidence.borne` of a word below which it counts as missing
_BORNE_AT = 0.8  # share of a claim's words that its evidence must bear
_CLOSE = 0.15  # figures of the draft that fit a claim's about equally well

_PLACED = MEASURES | {"year", "date"}  # kinds of figures that can be given to the wrong subject


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the draft says about one sentence.

    `likely` 0..1: how far its words are borne out; `limit` 0..1: what is left
    of that by what speaks against it.
    """

    likely: float
    limit: float = 1.0
    evidence: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def score(self) -> float:
        return min(self.likely, self.limit)


def judge(claim: Reading, known: Index) -> Opinion:
    """The best case that the draft makes for the claim."""
    if (number := known.verbatim(claim)) is not None:
        return Opinion(1.0, evidence=(known.passages[number].span,))
    ranked = rank(claim, known)
    if not ranked:
        return Opinion(0.0, reasons=(Reason("other", f"the draft says nothing about '{claim.text}'"),))
    numbers = [n for _, n in ranked]
    source = attribution(claim) if known.language == "en" else None
    skip = source.frame if source else frozenset()
    figures = list(_figures(claim, known))
    found = [gather(claim, n, numbers, known, skip) for n in numbers[:_CANDIDATES]]
    cases = [_weigh(evidence, source, known, figures) for evidence in _nearest(found)]
    return max(cases, key=lambda case: case.score)


def _nearest(found: list[Evidence]) -> list[Evidence]:
    """A claim that nearly copies a sentence is judged by that sentence; otherwise any may bear it."""
    closest = max(evidence.copied for evidence in found)
    return [e for e in found if closest < _COPY or e.copied >= closest - _TIE]


def _weigh(evidence: Evidence, source: Attribution | None, known: Index, figures: list[Objection]) -> Opinion:
    skip = source.frame if source else frozenset()
    against = [*figures, *facets(evidence, known.language), *substitutions(evidence, skip)]
    if source and (reason := source_reason(evidence.claim, source, evidence.numbers, known)):
        against.append(reason)
    against.sort(key=lambda objection: objection.limit)
    limit = against[0].limit if against else 1.0
    likely = _likelihood(evidence.coverage)
    reasons = [reason for _, reason in against]
    if likely < SUPPORTED_AT:
        reasons.append(_unborne(evidence, skip))
    return Opinion(likely, limit, tuple(p.span for p in evidence.passages), tuple(dict.fromkeys(reasons)))


def _unborne(evidence: Evidence, skip: frozenset[int]) -> Reason:
    """The words that the evidence does not bear."""
    claim, line = evidence.claim, evidence.passages[0].line
    poor = [i for i, b in enumerate(evidence.borne) if b < _POOR and i not in skip and claim.words[i].role == "content"]
    shown = ", ".join(f"'{claim.words[i].text}'" for i in poor[:4])
    kind: ReasonKind = "entity" if any(claim.words[i].name for i in poor) else "other"
    return Reason(kind, f"the nearest sentence (line {line}) does not say {shown or 'this'}")


def _likelihood(coverage: float) -> float:
    """Coverage as a score: one half where supported and unsupported claims are told apart best."""
    return 0.5 * coverage / _BORNE_AT if coverage < _BORNE_AT else 0.5 + 0.5 * (coverage - _BORNE_AT) / (1 - _BORNE_AT)


def _figures(claim: Reading, known: Index) -> Iterator[Objection]:
    """What is wrong with the claim's figures, wherever the draft has them."""
    chosen: dict[int, list[Place]] = {}
    for at, word in enumerate(claim.words):
        if word.figure is None:
            continue
        found = places(claim, at, known)
        agreeing = [p for p in found if p.differs is None]
        if not agreeing:
            yield Objection(REFUTED, _missing(claim, at, found, known))
            continue
        if claim.figure(at).kind in _PLACED and not is_age(claim, at):
            chosen[at] = found
        if claim.figure(at).measured and (scope := _scope(claim, at, agreeing, known)):
            yield scope
    for at, place, rival in misplaced(claim, chosen, known):
        yield Objection(CHANGED, _moved(claim, at, place, rival, known))


def _scope(claim: Reading, at: int, agreeing: list[Place], known: Index) -> Objection | None:
    """What is wrong with the figure's population at every place that fits it about equally well."""
    close = [p for p in agreeing if p.fit >= agreeing[0].fit - _CLOSE]
    found = [scope_reason(claim, at, p, known) for p in close]
    objections = [objection for objection in found if objection]
    return max(objections, key=lambda o: o.limit) if len(objections) == len(found) else None


def _missing(claim: Reading, at: int, rivals: list[Place], known: Index) -> Reason:
    text = claim.words[at].text
    if not rivals:
        return Reason("number", f"'{text}' is not in the draft's text")
    near = rivals[0]
    return Reason(
        near.differs or "number", f"'{text}' is not in the draft's text; line {known.passages[near.passage].line} says '{near.figure.text}'"
    )


def _moved(claim: Reading, at: int, place: Place, rival: Place, known: Index) -> Reason:
    text, line = claim.words[at].text, known.passages[place.passage].line
    other = known.passages[rival.passage].line
    return Reason("scope", f"'{text}' (line {line}) belongs to something else; of this line {other} says '{rival.figure.text}'")
