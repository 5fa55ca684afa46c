"""Where a claim says more, less or other than its evidence, apart from figures: polarity, direction, modality, extent, cause.

Each check looks at words that answer to each other, so that a clause which the
claim leaves out is no contradiction, and yields the reasons that it finds,
each with the score that it leaves the claim at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.evidence import Evidence
from geo_optimizer.grounding.objection import ADDED, CHANGED, REFUTED, WIDENED, Objection
from geo_optimizer.grounding.reading import Reading, around, head_after, is_negator
from geo_optimizer.model import Reason

_WINDOW = 5  # words around a partner in which a counterpart is looked for
_GAP = 6  # words of the draft that may stand where one of the claim is looked for
_RANK = {"possible": 0, "belief": 1, "plan": 1, "future": 2, "pending": 2, "duty": 2, "proven": 4}
_FACT = 3
_CLAIMED = 0.9  # `Evidence.borne` of a word that stands right beside the evidence


def facets(evidence: Evidence, language: str) -> Iterator[Objection]:
    """Reasons against the claim, each with the score that it leaves at most."""
    for number, alignment in enumerate(evidence.alignments):
        pair = _Pair(evidence, alignment, evidence.passages[number].line)
        yield from _polarity(pair, language)
        yield from _direction(pair)
        if language == "en":
            for check in _ENGLISH:
                yield from check(pair)
    if language == "en":
        yield from _swapped_sides(evidence)
        yield from _cause(evidence)
        yield from _strength(evidence)


class _Pair:
    """The claim beside one passage."""

    def __init__(self, evidence: Evidence, alignment: Alignment, line: int) -> None:
        self.evidence = evidence
        self.to = alignment.to
        self.alignment = alignment
        self.claim = alignment.claim
        self.draft = alignment.evidence
        self.line = line
        self.back = alignment.back()

    def own(self, i: int) -> bool:
        """Word `i` of the claim has a partner nowhere in the evidence."""
        return self.evidence.found(i) is None

    def instead(self, i: int) -> list[int]:
        """Words of the passage, themselves without a partner, that stand where word `i` of the claim would."""
        gap = self.alignment.gap(i, i)
        return [j for j in gap if j not in self.back] if len(gap) <= _GAP else []

    def says(self, j: int) -> str:
        return f"line {self.line} says '{around(self.draft, j)}'"

    def partner(self, i: int) -> int | None:
        """The passage's word that answers to what word `i` of the claim is about."""
        head = head_after(self.claim, i)
        return None if head is None or head in self.alignment.moved else self.to[head]


# ------------------------------------------------------------------ polarity and direction


def _polarity(pair: _Pair, language: str) -> Iterator[Objection]:
    for i, j in enumerate(pair.to):
        if j is None or (i in pair.claim.denied) == (j in pair.draft.denied):
            continue
        if i in pair.claim.denied and pair.alignment is not pair.evidence.main and _contrasted(pair.claim, i):
            continue
        if i in pair.claim.denied and not _negated_near(pair.draft, j, language):
            yield Objection(REFUTED, Reason("negation", f"the claim denies '{pair.claim.words[i].text}'; {pair.says(j)}"))
        elif j in pair.draft.denied and not _negated_near(pair.claim, i, language):
            yield Objection(REFUTED, Reason("negation", f"the claim affirms '{pair.claim.words[i].text}'; {pair.says(j)}"))


def _contrasted(claim: Reading, at: int) -> bool:
    """The "not Y" of "X, not Y": it says what X is not, and no more."""
    return any(w.lower == "not" and n and claim.between(n - 1, n).strip() for n, w in enumerate(claim.words[: at + 1]))


def _negated_near(reading: Reading, at: int, language: str) -> bool:
    """A negation shortly before the word (or right behind it), though it may be about another."""
    return any(is_negator(w, language) for w in reading.words[max(0, at - _WINDOW) : at + 2])


def _direction(pair: _Pair) -> Iterator[Objection]:
    """A rise where the draft has a fall."""
    for i, word in enumerate(pair.claim.words):
        way = lexicon.WAY.get(word.lower, 0)
        if not way or not pair.own(i):
            continue
        ways = {w: j for j in pair.instead(i) if (w := lexicon.WAY.get(pair.draft.words[j].lower))}
        if -way in ways and way not in ways:
            yield Objection(REFUTED, Reason("direction", f"the claim says '{word.text}'; {pair.says(ways[-way])}"))


# ------------------------------------------------------------------ modality, frequency, extent


def _modality(pair: _Pair) -> Iterator[Objection]:
    """A possibility made a fact, a fact made a forecast: by a word that the claim adds."""
    for i, word in enumerate(pair.claim.words):
        mode = lexicon.MODALITY.get(word.lower)
        if mode is None or not pair.own(i):
            continue
        there = [(m, j) for j in pair.instead(i) if (m := lexicon.MODALITY.get(pair.draft.words[j].lower))]
        at = there[0][1] if there else pair.partner(i)
        if at is None or any(m == mode for m, _ in there):
            continue
        stated = max((_RANK[m] for m, _ in there), default=_FACT)
        unsaid = not there and mode in ("future", "plan", "duty") and not _modes(pair.draft, at)
        if _RANK[mode] > stated or unsaid:
            yield Objection(CHANGED, Reason("modality", f"the claim says '{word.text}'; {pair.says(at)}"))


def _modes(reading: Reading, at: int) -> set[str]:
    near = reading.words[max(0, at - _WINDOW) : at + 2]
    return {lexicon.MODALITY[w.lower] for w in near if w.lower in lexicon.MODALITY}


def _hedges(pair: _Pair) -> Iterator[Objection]:
    """A possibility, a plan or a forecast that the claim states as a fact, by leaving a word out."""
    for j, word in enumerate(pair.draft.words):
        mode = lexicon.MODALITY.get(word.lower)
        if mode not in ("possible", "plan", "future", "pending") or j in pair.back:
            continue
        head = head_after(pair.draft, j)
        if head is None or head not in pair.back or pair.back[head] in pair.alignment.moved:
            continue
        if mode in ("plan", "pending") and pair.draft.words[j + 1].lower not in ("to", "on", "for", "towards", "toward"):
            continue
        if not _modes(pair.claim, pair.back[head]):
            yield Objection(CHANGED, Reason("modality", f"{pair.says(j)}; the claim states it as a fact"))


def _frequency(pair: _Pair) -> Iterator[Objection]:
    for i, word in enumerate(pair.claim.words):
        level = lexicon.FREQUENCY.get(word.lower)
        if level is None or not pair.own(i):
            continue
        there = [(lexicon.FREQUENCY[lower], j) for j in pair.instead(i) if (lower := pair.draft.words[j].lower) in lexicon.FREQUENCY]
        if there and (level > there[0][0] or level < there[0][0] - 1):
            yield Objection(CHANGED, Reason("modality", f"the claim says '{word.text}'; {pair.says(there[0][1])}"))
        elif not there and level in (0, 5) and (at := pair.partner(i)) is not None:
            yield Objection(CHANGED, Reason("scope", f"'{word.text}' is only in the claim; {pair.says(at)}"))


def _extent(pair: _Pair) -> Iterator[Objection]:
    """All where the draft has some, most where it has few."""
    for i, word in enumerate(pair.claim.words):
        extent = lexicon.QUANTIFIER.get(word.lower)
        if extent is None or pair.to[i] is not None:
            continue
        shares = [(s, j) for j in pair.instead(i) if (s := _share(pair.draft, j))]
        clash = next((j for s, j in shares if s[1] < extent[0] or s[0] > extent[1]), None)
        if clash is not None:
            yield Objection(REFUTED, Reason("scope", f"the claim says '{word.text}'; {pair.says(clash)}"))
        elif not shares and extent[0] == 1.0 and pair.own(i) and (at := pair.partner(i)) is not None:
            yield Objection(ADDED, Reason("scope", f"'{word.text}' is only in the claim; {pair.says(at)}"))


def _share(reading: Reading, at: int) -> tuple[float, float] | None:
    """The share that a word or a percentage stands for."""
    word = reading.words[at]
    if word.figure is not None:
        figure = reading.figures[word.figure]
        return (figure.value / 100, figure.value / 100) if figure.kind == "percent" else None
    return lexicon.QUANTIFIER.get(word.lower)


def _widened(pair: _Pair) -> Iterator[Objection]:
    """Some that became all because the claim leaves the word out."""
    if any(
        pair.to[i] is not None and pair.claim.figure(i).kind == "percent" for i, w in enumerate(pair.claim.words) if w.figure is not None
    ):
        return  # a share says more exactly how many
    for j, word in enumerate(pair.draft.words):
        extent = lexicon.QUANTIFIER.get(word.lower)
        if extent is None or extent[0] == 1.0 or j in pair.back:
            continue
        head = head_after(pair.draft, j)
        if head is None or head not in pair.back or pair.back[head] in pair.alignment.moved:
            continue
        i = pair.back[head]
        near = pair.claim.words[max(0, i - _WINDOW) : i + _WINDOW]
        if not any(w.lower in lexicon.QUANTIFIER or w.figure is not None for w in near):
            yield Objection(ADDED, Reason("scope", f"{pair.says(j)}; the claim leaves out '{word.text}'"))


def _changes(pair: _Pair) -> Iterator[Objection]:
    """A share ("86% of users say that ... rose") told as a change ("rose by 86%")."""
    for i, j in enumerate(pair.to):
        if j is None or pair.claim.words[i].figure is None or pair.claim.figure(i).kind != "percent":
            continue
        ours, theirs = _before(pair.claim, i) == "by", _before(pair.draft, j) == "by"
        if ours and not theirs and j + 1 < len(pair.draft.words) and pair.draft.words[j + 1].lower == "of":
            yield Objection(CHANGED, Reason("other", f"'{pair.claim.words[i].text}' is a share, not a change; {pair.says(j)}"))


def _before(reading: Reading, at: int) -> str:
    return reading.words[at - 1].lower if at else ""


_ENGLISH: tuple[Callable[[_Pair], Iterator[Objection]], ...] = (_modality, _hedges, _frequency, _extent, _widened, _changes)


# ------------------------------------------------------------------ comparison and cause

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
            CHANGED, Reason("direction", f"the two sides of the comparison in line {evidence.passages[0].line} have changed places")
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
            yield Objection(WIDENED, Reason("other", f"'{word.text}' makes a cause of what line {evidence.passages[0].line} only states"))


def _strength(evidence: Evidence) -> Iterator[Objection]:
    """Praise and effects that the draft does not claim."""
    for i, word in enumerate(evidence.claim.words):
        if word.lower in lexicon.STRONG and evidence.found(i) is None and evidence.borne[i] < _CLAIMED:
            yield Objection(
                ADDED,
                Reason("other", f"'{word.text}' is only in the claim; line {evidence.passages[0].line} does not go so far", firm=True),
            )
