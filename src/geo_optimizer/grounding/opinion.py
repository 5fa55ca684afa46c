"""One sentence of a claim against the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo_optimizer.analysis.quantities import MEASURES, Quantity
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.binding import Place, borrowed, misplaced, other_rows, places
from geo_optimizer.grounding.change import change_reason
from geo_optimizer.grounding.dating import other_years
from geo_optimizer.grounding.evidence import COPY, Evidence, gather
from geo_optimizer.grounding.facets import facets
from geo_optimizer.grounding.figures import difference
from geo_optimizer.grounding.framing import moved_figures, other_subjects
from geo_optimizer.grounding.languages import from_another
from geo_optimizer.grounding.objection import Kind, Objection
from geo_optimizer.grounding.passages import Index, rank
from geo_optimizer.grounding.population import is_age, scope_reason
from geo_optimizer.grounding.reading import Reading
from geo_optimizer.grounding.sources import Attribution, attribution, source_reason
from geo_optimizer.grounding.topics import frame, speaks_against_topic
from geo_optimizer.grounding.weighing import Features, features, heaviest_first, likelihood
from geo_optimizer.grounding.wording import slots, substitutions
from geo_optimizer.model import Reason, ReasonKind, Span
from geo_optimizer.options import SUPPORTED_AT

_CANDIDATES = 4
_CLEARLY = 0.3  # by how much better another figure must fit a claim's words for it to be clear
_BY_CHANCE = 10.0  # a count below this stands somewhere in most drafts
_LOOSE = 0.15  # how well a figure of the draft must fit the words around the claim's, at least
_REPLACING = 0.75  # from this share of a claim's words in the order of its evidence on, another figure in its place tells
_ORDER = 0.4  # what the order of the words counts beside the words, in the choice of the evidence
_TIE = 0.03
_SEVERAL = 2  # figures of a claim that tell together which sentence it is from
_POOR = 0.8  # `Evidence.borne` of a word below which it counts as missing
_BORNE_AT = 0.8  # share of a claim's words that its evidence must bear
_RELATIVELY_CLOSE = 0.6  # and as a share of how well the best fits
_CLOSE = 0.15  # figures of the draft that fit a claim's about equally well

_PLACED = MEASURES | {"year", "date"}  # kinds of figures that can be given to the wrong subject


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the draft says about one sentence: how likely it supports it (`score`, 0..1), where, and what speaks against it.

    `cases`: what each case that could be made for it was weighed by (see
    `weighing.features`); none for a sentence that the draft has word for
    word, or says nothing about.
    """

    score: float
    evidence: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()
    cases: tuple[Features, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """How a sentence is put: the source it names; the words that only name it, or announce a subject; whether it does no more than that."""

    source: Attribution | None
    skip: frozenset[int]
    is_topic: bool


def judge(claim: Reading, known: Index) -> Opinion:
    """The best case that the draft makes for the claim."""
    if (number := known.verbatim(claim)) is not None:
        return Opinion(1.0, evidence=(known.passages[number].span,))
    ranked = rank(claim, known)
    if not ranked:
        return Opinion(0.0, reasons=(Reason("other", f"the draft says nothing about '{claim.text}'"),))
    numbers = [n for _, n in ranked]
    way = _way(claim, known)
    figures = list(_figures(claim, known))
    found = [gather(claim, n, numbers, known, way.skip) for n in numbers[:_CANDIDATES]]
    cases = [_weigh(evidence, way, known, figures) for evidence in _nearest(found, claim)]
    return replace(max(cases, key=lambda case: case.score), cases=tuple(case.cases[0] for case in cases))


def _nearest(found: list[Evidence], claim: Reading) -> list[Evidence]:
    """What bears the claim best, by its words and by their order, and what does so about as well, or alone has all of its figures."""
    closest = max(evidence.copied for evidence in found)
    quality = [evidence.copied if closest >= COPY else evidence.coverage + _ORDER * evidence.copied for evidence in found]
    chosen = [evidence for evidence, one in zip(found, quality, strict=True) if one >= max(quality) - _TIE]
    if len(claim.at_word) < _SEVERAL or any(_says_all(evidence, claim) for evidence in chosen):
        return chosen
    return chosen + [evidence for evidence in found if _says_all(evidence, claim) and evidence.coverage >= _BORNE_AT]


def _says_all(evidence: Evidence, claim: Reading) -> bool:
    """Whether its first sentence has every figure of the claim."""
    return all(_says(evidence.main.evidence, claim, i) for i in claim.at_word)


def _way(claim: Reading, known: Index) -> _Way:
    source = attribution(claim) if known.language == "en" else None
    if source is not None:
        return _Way(source, source.frame, is_topic=False)
    announced = frame(claim) if known.language == "en" else None
    return _Way(None, announced or frozenset(), is_topic=announced is not None)


def _weigh(evidence: Evidence, way: _Way, known: Index, figures: list[Objection]) -> Opinion:
    against = [
        objection for objection in _against(evidence, way, known, figures) if not way.is_topic or speaks_against_topic(objection.kind)
    ]
    found = features(evidence, against, known, way.skip)
    score = likelihood(found)
    reasons = [objection.reason for objection in heaviest_first(against, evidence)]
    unborne = _unborne(evidence, way.skip)
    if score < SUPPORTED_AT and (unborne or not reasons):
        reasons.append(unborne or Reason("other", f"the nearest sentence (line {evidence.passages[0].line}) does not say this"))
    return Opinion(score, tuple(p.span for p in evidence.passages), tuple(dict.fromkeys(reasons)), (found,))


def _against(evidence: Evidence, way: _Way, known: Index, figures: list[Objection]) -> Iterator[Objection]:
    """All that speaks against the claim beside this evidence."""
    copied = evidence.numbers[0] if evidence.copied >= _REPLACING else None  # in a copy, what other sentences say does not tell
    yield from (one for one in figures if one.passage is None or one.passage != copied)
    yield from _swapped(evidence, known)
    yield from facets(evidence, known.language, lambda e: _heading(e, known))
    yield from substitutions(evidence, way.skip)
    yield from slots(evidence)
    yield from from_another(evidence, known.language, known)
    if way.source and (reason := source_reason(evidence.claim, way.source, evidence.numbers, known)):
        yield reason


def _heading(evidence: Evidence, known: Index) -> str:
    """What the evidence stands under; nothing where it has a lead-in, which tells of what is in its list rather than the heading does."""
    context = [known.passages[n] for n in known.passages[evidence.numbers[0]].context]
    led = evidence.passages[0].kind == "item" and any(passage.kind != "heading" for passage in context)
    return "" if led else known.above(evidence.numbers[0])


def _unborne(evidence: Evidence, skip: frozenset[int]) -> Reason | None:
    """The words that the evidence does not bear, if there are any."""
    claim, line = evidence.claim, evidence.passages[0].line
    poor = [i for i, b in enumerate(evidence.borne) if b < _POOR and i not in skip and claim.words[i].role == "content"]
    if not poor:
        return None
    shown = ", ".join(f"'{claim.words[i].text}'" for i in poor[:4])
    kind: ReasonKind = "entity" if any(claim.words[i].name for i in poor) else "other"
    return Reason(kind, f"the nearest sentence (line {line}) does not say {shown}")


def _figures(claim: Reading, known: Index) -> Iterator[Objection]:
    """What is wrong with the claim's figures, wherever the draft has them."""
    chosen: dict[int, list[Place]] = {}
    for at in claim.at_word:
        found = places(claim, at, known)
        agreeing = [place for place in found if place.differs is None]
        if agreeing:
            yield from _of_figure(claim, at, agreeing, known)
            if claim.figure(at).kind in _PLACED and not is_age(claim, at):
                chosen[at] = found
        elif not _in_passing(claim, at, known):
            yield Objection("figure", _missing(claim, at, found, known))
    yield from _elsewhere(claim, chosen, known)


def _of_figure(claim: Reading, at: int, agreeing: list[Place], known: Index) -> Iterator[Objection]:
    """What is wrong with a figure that the draft has."""
    if _is_telling(claim, at) and agreeing[0].fit < _LOOSE:
        line = known.passages[agreeing[0].passage].line
        yield Objection("loose", Reason("scope", f"line {line} says '{claim.words[at].text}' of something else"))
    if claim.figure(at).measured and (scope := _scope(claim, at, agreeing, known)):
        yield scope
    if known.language == "en" and (change := _change(claim, at, agreeing, known)):
        yield change


def _is_telling(claim: Reading, at: int) -> bool:
    """A measured figure that is not found by chance: "two" is everywhere."""
    figure = claim.figure(at)
    return figure.measured and (figure.kind != "count" or figure.value >= _BY_CHANCE)


def _elsewhere(claim: Reading, chosen: dict[int, list[Place]], known: Index) -> Iterator[Objection]:
    """Figures that the draft has where it speaks of something else."""
    for at, place, number in borrowed(claim, chosen, known):
        text, line, elsewhere = claim.words[at].text, known.passages[number].line, known.passages[place.passage].line
        reason = Reason("scope", f"'{text}' is from line {elsewhere}; line {line}, of which this is told, does not say it")
        yield Objection("borrowed", reason, place.passage)
    for at, i, place, row in other_rows(claim, chosen, known):
        text, line, whose = claim.words[at].text, known.passages[place.passage].line, claim.words[i].text
        reason = Reason("scope", f"'{text}' stands in the row of line {line}; '{whose}' in that of line {known.passages[row].line}")
        yield Objection("misplaced", reason, place.passage)
    for at, place, rival in misplaced(claim, chosen, known):
        kind: Kind = "misplaced" if rival.fit > place.fit + _CLEARLY else "moved"
        yield Objection(kind, _moved(claim, at, place, rival, known), place.passage)


def _swapped(evidence: Evidence, known: Index) -> Iterator[Objection]:
    """Figures that stand where the evidence has another."""
    if evidence.copied >= _REPLACING:
        yield from _replaced(evidence)
    yield from _other_years(evidence, known)
    told = {i for i in evidence.claim.at_word if _says(evidence.main.evidence, evidence.claim, i)}
    subjects = {i: j for i, _, j in other_subjects(evidence.main)} if known.language == "en" else {}
    for i, j in subjects.items():
        yield Objection("misplaced", _belongs_elsewhere(evidence.main, i, j, evidence.passages[0].line))
    for alignment, passage in zip(evidence.alignments, evidence.passages, strict=True):
        for i, _, j in moved_figures(alignment):
            if i in (subjects if alignment is evidence.main else told):
                continue
            yield Objection("swapped", _belongs_elsewhere(alignment, i, j, passage.line))


def _belongs_elsewhere(alignment: Alignment, i: int, j: int, line: int) -> Reason:
    text, other = alignment.claim.words[i].text, alignment.evidence.words[j].text
    return Reason("scope", f"'{text}' belongs to something else; of this line {line} says '{other}'")


def _other_years(evidence: Evidence, known: Index) -> Iterator[Objection]:
    """A year or date that is neither in the evidence nor beside it, which has another; and one that is there, of another figure."""
    alignment, claim = evidence.main, evidence.claim
    near = {n for number in evidence.numbers for n in (number, *known.passages[number].context)}
    for i in claim.at_word:
        if claim.figure(i).kind not in ("year", "date") or any(_says(known.passages[n].reading, claim, i) for n in near):
            continue
        dated = [j for j in alignment.evidence.at_word if alignment.evidence.figure(j).kind in ("year", "date")]
        if dated:
            text, other = claim.words[i].text, alignment.evidence.words[dated[0]].text
            yield Objection("dated", Reason("date", f"line {evidence.passages[0].line} says '{other}', not '{text}'"))
    around = [known.passages[n] for n in dict.fromkeys((*evidence.numbers, *sorted(near)))]
    for i, year, n, j in other_years(claim, [passage.reading for passage in around]):
        text, told, other = claim.words[i].text, claim.words[year].text, around[n].reading.words[j].text
        yield Objection("dated", Reason("date", f"line {around[n].line} says '{text}' of '{other}', not of '{told}'"))


def _replaced(evidence: Evidence) -> Iterator[Objection]:
    """Figures of a copy that stand in the place of another, which the draft has elsewhere."""
    alignment, line = evidence.main, evidence.passages[0].line
    for i in alignment.claim.at_word:
        j = alignment.to[i]
        if j is None or _says(alignment.evidence, alignment.claim, i):
            continue
        figure, other = alignment.claim.figure(i), alignment.evidence.figure(j)
        if figure.kind == other.kind and difference(figure, other) is not None:
            yield Objection(
                "replaced", Reason("scope", f"line {line} says '{_compared(other)}' where the claim says '{_compared(figure)}'")
            )


def _says(reading: Reading, claim: Reading, at: int) -> bool:
    return any(difference(claim.figure(at), figure) is None for figure in reading.figures)


def _in_passing(claim: Reading, at: int, known: Index) -> bool:
    """ "In one day", "a year later": told rather than measured; "the 20th anniversary" of what began 20 years ago."""
    figure = claim.figure(at)
    if figure.kind == "ordinal":
        return any(found.value == figure.value for n in known.figured for found in known.passages[n].figures)
    return figure.kind == "duration" and figure.value == 1


def _scope(claim: Reading, at: int, agreeing: list[Place], known: Index) -> Objection | None:
    """What is wrong with the figure's population at every place that fits it about equally well."""
    found = [scope_reason(claim, at, p, known) for p in _about_as_good(agreeing)]
    objections = [objection for objection in found if objection]
    return objections[0] if len(objections) == len(found) else None


def _about_as_good(agreeing: list[Place]) -> list[Place]:
    """The places that fit about as well as the first."""
    best = agreeing[0].fit
    return [place for place in agreeing if place.fit >= max(best - _CLOSE, best * _RELATIVELY_CLOSE)]


def _change(claim: Reading, at: int, agreeing: list[Place], known: Index) -> Objection | None:
    """A figure told as a rise where it is a fall, or as where a change began where it ended, at every place that fits it about equally well."""
    found = [change_reason(claim, at, p, known) for p in _about_as_good(agreeing)]
    objections = [objection for objection in found if objection]
    return objections[0] if len(objections) == len(found) else None


def _missing(claim: Reading, at: int, rivals: list[Place], known: Index) -> Reason:
    figure = claim.figure(at)
    text = claim.words[at].text
    if not rivals:
        return Reason("number", f"'{text}' is not in the draft's text")
    near = rivals[0]
    kind, line = near.differs or "number", known.passages[near.passage].line
    if near.figure.text == figure.text and near.figure.comparison != figure.comparison:
        return Reason(kind, f"the claim says '{_compared(figure)}'; line {line} says '{_compared(near.figure)}'")
    return Reason(kind, f"'{text}' is not in the draft's text; line {line} says '{near.figure.text}'")


def _compared(figure: Quantity) -> str:
    return f"{figure.comparison} {figure.text}" if figure.comparison else figure.text


def _moved(claim: Reading, at: int, place: Place, rival: Place, known: Index) -> Reason:
    text, line = claim.words[at].text, known.passages[place.passage].line
    other = known.passages[rival.passage].line
    if rival.figure.text == text:
        return Reason("scope", f"the claim says '{_compared(claim.figure(at))}'; line {other} says '{_compared(rival.figure)}'")
    return Reason("scope", f"'{text}' (line {line}) belongs to something else; of this line {other} says '{rival.figure.text}'")
