"""Where a claim says more, less or other than its evidence, apart from figures: polarity, direction, modality, extent, subject.

Each check looks at words that answer to each other, so that a clause which the
claim leaves out is no contradiction, and yields the objections that it finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from geo_optimizer.analysis.verbs import PAST, carries, is_verb
from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.evidence import COPY, Evidence
from geo_optimizer.grounding.languages import told_otherwise
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.population import is_group, population
from geo_optimizer.grounding.reading import Reading, around, head_after, is_negator, word_after
from geo_optimizer.grounding.relations import relations
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Reason

_WINDOW = 5  # words around a partner in which a counterpart is looked for
_FAR = 6  # words behind a modal among which what it is about is looked for
_GAP = 6  # words of the draft that may stand where one of the claim is looked for
_RANK = {"possible": 0, "belief": 1, "plan": 1, "future": 2, "pending": 2, "duty": 2, "proven": 4}
_FACT = 3
_FEW = 0.5  # a claim of at most this share is at odds with a larger one; "most" for "all" only says less


def facets(evidence: Evidence, language: str, headings: Callable[[Evidence], str]) -> Iterator[Objection]:
    """What speaks against the claim; `headings` tells what the evidence stands under."""
    for number, alignment in enumerate(evidence.alignments):
        pair = _Pair(evidence, alignment, evidence.passages[number].line)
        spoken = list(_polarity(pair, language))
        yield from spoken
        if not spoken and alignment is evidence.main:
            yield from _unspoken(pair, language)
        yield from _direction(pair)
        if language == "en":
            for check in _ENGLISH:
                yield from check(pair)
    if language != "en":
        yield from told_otherwise(evidence, language)
    else:
        yield from relations(evidence)
        yield from _subject(evidence)
        yield from _planned(evidence, headings)
        yield from _partly(evidence)


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
        """Word `i` of the claim has no partner: in a copy none in what it copies, else none in any of the evidence."""
        if self.evidence.copied >= COPY and self.alignment is self.evidence.main:
            return self.to[i] is None and not self._left(i)
        return self.evidence.found(i) is None and not self._left(i)

    def _left(self, i: int) -> bool:
        """A small word that was moved along with others has no partner, but stands in the passage."""
        lower = self.claim.words[i].lower
        return any(word.lower == lower and j not in self.back for j, word in enumerate(self.draft.words))

    def instead(self, i: int) -> list[int]:
        """Words of the passage, themselves without a partner, that stand where word `i` of the claim would."""
        gap = self.alignment.gap(i, i)
        return [j for j in gap if j not in self.back] if len(gap) <= _GAP else []

    def says(self, j: int) -> str:
        return f"line {self.line} says '{around(self.draft, j)}'"

    def partner(self, i: int) -> int | None:
        """The passage's word that answers to what word `i` of the claim is about."""
        head = head_after(self.claim, i)
        return None if head is None else self.to[head]


# ------------------------------------------------------------------ polarity and direction


def _polarity(pair: _Pair, language: str) -> Iterator[Objection]:
    for i, j in enumerate(pair.to):
        if j is None or (i in pair.claim.denied) == (j in pair.draft.denied):
            continue
        if i in pair.claim.denied and pair.alignment is not pair.evidence.main and _contrasted(pair.claim, i):
            continue
        if _same_denial(pair.claim, i, pair.to, pair.draft, language) or _same_denial(pair.draft, j, pair.back, pair.claim, language):
            continue
        if i in pair.claim.denied and not _negated_near(pair.draft, j, language, pair.back):
            yield Objection("denied", Reason("negation", f"the claim denies '{pair.claim.words[i].text}'; {pair.says(j)}"))
        elif j in pair.draft.denied and not _negated_near(pair.claim, i, language, dict(_answered(pair.to))):
            yield Objection("affirmed", Reason("negation", f"the claim affirms '{pair.claim.words[i].text}'; {pair.says(j)}"))


def _unspoken(pair: _Pair, language: str) -> Iterator[Objection]:
    """A negation whose own word has no partner: of what follows it in its clause, the first word that has one is denied."""
    sides = ((pair.claim, pair.to, pair.draft, pair.back, "denies"), (pair.draft, pair.back, pair.claim, pair.to, "affirms"))
    for reading, partners, other, answers, verb in sides:
        for n, word in enumerate(reading.words):
            if not is_negator(word, language) or _answer(partners, n) is not None:
                continue
            at = next((i for i in _clause_after(reading, n) if _answer(partners, i) is not None), None)
            if at is None or at in reading.denied:
                continue
            j = _answer(partners, at)
            assert j is not None
            taken = {k for k in range(len(other.words)) if _answer(answers, k) is not None}
            if j not in other.denied and not _negated_near(other, j, language, dict.fromkeys(taken, 0)):
                where = j if verb == "denies" else at
                claimed = reading.words[at].text
                yield Objection("unspoken", Reason("negation", f"the claim {verb} '{claimed}'; {pair.says(where)}"))
                return


def _answer(partners: Mapping[int, int] | tuple[int | None, ...], at: int) -> int | None:
    return partners[at] if isinstance(partners, tuple) else partners.get(at)


def _clause_after(reading: Reading, at: int) -> Iterator[int]:
    """The words with content behind a negation in its clause, a few of them."""
    for i in range(at + 1, min(at + 1 + _FAR, len(reading.words))):
        if re.search(r"[,;:.()—–]", reading.between(i - 1, i)):
            return
        if reading.words[i].role == "content" and reading.words[i].figure is None:
            yield i


def _contrasted(claim: Reading, at: int) -> bool:
    """The "not Y" of "X, not Y": it says what X is not, and no more."""
    return any(w.lower == "not" and n and claim.between(n - 1, n).strip() for n, w in enumerate(claim.words[: at + 1]))


def _same_denial(reading: Reading, at: int, partners: Mapping[int, int] | tuple[int | None, ...], other: Reading, language: str) -> bool:
    """Whether the negation before a denied word answers to one of the other text, which is said before another of its words."""
    if at not in reading.denied:
        return False
    before = next((n for n in range(at - 1, -1, -1) if is_negator(reading.words[n], language)), None)
    partner = None if before is None else _answer(partners, before)
    return partner is not None and is_negator(other.words[partner], language)


def _answered(to: tuple[int | None, ...]) -> Iterator[tuple[int, int]]:
    return ((i, j) for i, j in enumerate(to) if j is not None)


_OUTSIDE = frozenset({"outside", "beyond", "instead", "refuse", "refuses", "refused", "avoid", "avoids", "avoided", "prevent", "prevents"})


def _negated_near(reading: Reading, at: int, language: str, partners: Mapping[int, int]) -> bool:
    """A negation shortly before the word (or right behind it) that answers to none of the other text, though it may be about another word."""
    first = max(0, at - _WINDOW)
    for n, word in enumerate(reading.words[first : at + 2], first):
        if n not in partners and (is_negator(word, language) or (language == "en" and _undoes(word.lower, at - n))):
            return True
    return False


def _undoes(word: str, before: int) -> bool:
    """Words that deny without a "not": "outside their control", "unfinished" for what is not finished."""
    return word in _OUTSIDE or (before == 0 and word.startswith(("un", "in", "dis", "non")))


def _direction(pair: _Pair) -> Iterator[Objection]:
    """A rise where the draft has a fall."""
    if pair.alignment is not pair.evidence.main:
        return
    for i, word in enumerate(pair.claim.words):
        way = lexicon.WAY.get(word.lower, 0)
        if not way or not pair.own(i) or _before(pair.claim, i) == "at":
            continue
        ways = {w: j for j in pair.instead(i) if (w := lexicon.WAY.get(pair.draft.words[j].lower))}
        if -way in ways and way not in ways:
            yield Objection("direction", Reason("direction", f"the claim says '{word.text}'; {pair.says(ways[-way])}"))


def _opposite(pair: _Pair) -> Iterator[Objection]:
    """A word where the passage has its opposite."""
    if pair.alignment is not pair.evidence.main:
        return
    for i, word in enumerate(pair.claim.words):
        if pair.to[i] is not None or word.lower not in lexicon.OPPOSITES or pair.claim.words[i - 1].lower in ("at", "no", "not"):
            continue
        against = next((j for j in pair.instead(i) if lexicon.OPPOSITES.get(pair.draft.words[j].lower) == word.lower), None)
        if against is not None:
            yield Objection("opposite", Reason("direction", f"the claim says '{word.text}'; {pair.says(against)}"))


# ------------------------------------------------------------------ modality, frequency, extent


def _modality(pair: _Pair) -> Iterator[Objection]:
    """A possibility made a fact, a fact made a forecast: by a word that the claim adds."""
    for i, word in enumerate(pair.claim.words):
        mode = _mode(pair.claim, i)
        if mode is None or not pair.own(i):
            continue
        there = [(m, j) for j in pair.instead(i) if (m := _mode(pair.draft, j))]
        at = there[0][1] if there else pair.partner(i)
        if at is None or any(m == mode for m, _ in there):
            continue
        stated = max((_RANK[m] for m, _ in there), default=_FACT)
        unsaid = not there and mode in ("future", "plan", "duty") and not _modes(pair.draft, at)
        if _RANK[mode] > stated or unsaid:
            yield Objection("certainty", Reason("modality", f"the claim says '{word.text}'; {pair.says(at)}"))


def _modes(reading: Reading, at: int) -> set[str]:
    return {mode for n in range(max(0, at - _WINDOW), min(at + 2, len(reading.words))) if (mode := _mode(reading, n))}


_WANTING = frozenset({"want", "wants", "wanted", "wanting"})  # to say what was wanted without it changes little
_COMPARING = frozenset({"more", "less", "most", "least", "as", "equally", "very", "how", "so", "too"})


def _mode(reading: Reading, at: int) -> str | None:
    """How certain a word makes what it is about; "more likely" compares."""
    lower = reading.words[at].lower
    return None if lower == "likely" and _before(reading, at) in _COMPARING else lexicon.MODALITY.get(lower)


def _hedges(pair: _Pair) -> Iterator[Objection]:
    """A possibility, a plan or a forecast that the claim states as a fact, by leaving a word out."""
    if pair.alignment is not pair.evidence.main:
        return
    for j in range(len(pair.draft.words)):
        mode = _mode(pair.draft, j) if pair.draft.words[j].lower not in _WANTING else None
        if mode not in ("possible", "plan", "future", "pending") or j in pair.back:
            continue
        head = head_after(pair.draft, j, reach=_FAR)
        if head is None or head not in pair.back or pair.back[head] in pair.alignment.moved:
            continue
        if mode in ("plan", "pending") and word_after(pair.draft, j) not in _TOWARDS:
            continue
        if not any(_RANK[m] <= _RANK[mode] for m in _modes(pair.claim, pair.back[head])):
            done = mode == "plan" and _tells_past(pair.claim, pair.back[head])
            yield Objection("done" if done else "hedge", Reason("modality", f"{pair.says(j)}; the claim states it as a fact"))


def _tells_past(reading: Reading, at: int) -> bool:
    """Whether a word is a verb in the past or the perfect: "has opened", "bought"."""
    lower = reading.words[at].lower
    return lower in PAST or (lower.endswith("ed") and is_verb(lower))


def _undone(pair: _Pair) -> Iterator[Objection]:
    """In a copy: words of the claim's own in the place of a plan or a possibility."""
    if pair.alignment is not pair.evidence.main or pair.evidence.copied < COPY or _open_modes(pair.claim):
        return
    open_ones = {j for j in _open_modes(pair.draft) if j not in pair.back}
    for i in range(len(pair.claim.words)):
        if pair.to[i] is None and (replaced := open_ones.intersection(pair.instead(i))):
            at = min(replaced)
            yield Objection("undone", Reason("modality", f"{pair.says(at)}; the claim states it as a fact"))
            return


_TOWARDS = frozenset({"to", "on", "in", "for", "towards", "toward", "that"})


def _frequency(pair: _Pair) -> Iterator[Objection]:
    for i, word in enumerate(pair.claim.words):
        level = lexicon.FREQUENCY.get(word.lower)
        if level is None or not pair.own(i):
            continue
        there = [(lexicon.FREQUENCY[lower], j) for j in pair.instead(i) if (lower := pair.draft.words[j].lower) in lexicon.FREQUENCY]
        if there and (level > there[0][0] or level < there[0][0] - 1):
            yield Objection("frequency", Reason("modality", f"the claim says '{word.text}'; {pair.says(there[0][1])}"))
        elif not there and level in (0, 5) and (at := pair.partner(i)) is not None:
            yield Objection("always", Reason("scope", f"'{word.text}' is only in the claim; {pair.says(at)}"))


def _extent(pair: _Pair) -> Iterator[Objection]:
    """All where the draft has some, most where it has few."""
    for i, word in enumerate(pair.claim.words):
        extent = lexicon.QUANTIFIER.get(word.lower)
        if extent is None or pair.to[i] is not None:
            continue
        shares = [(s, j) for j in pair.instead(i) if (s := _share(pair.draft, j))]
        clash = next((j for s, j in shares if s[1] < extent[0] or s[0] > extent[1] <= _FEW), None)
        if clash is not None:
            yield Objection("extent", Reason("scope", f"the claim says '{word.text}'; {pair.says(clash)}"))
        elif not shares and extent[0] == 1.0 and not _sums_up(pair.claim, i) and pair.own(i) and (at := pair.partner(i)) is not None:
            yield Objection("all", Reason("scope", f"'{word.text}' is only in the claim; {pair.says(at)}"))


def _sums_up(reading: Reading, at: int) -> bool:
    """The "all" of "Ann, Bob and Carl have all moved": it stands for those named before."""
    return (
        reading.words[at].lower == "all"
        and _before(reading, at) in ("have", "are", "were", "had")
        and "," in reading.text[: reading.words[at].start]
    )


def _share(reading: Reading, at: int) -> tuple[float, float] | None:
    """The share that a word or a percentage stands for."""
    word = reading.words[at]
    if word.figure is not None:
        figure = reading.figures[word.figure]
        return (figure.value / 100, figure.value / 100) if figure.kind == "percent" else None
    return lexicon.QUANTIFIER.get(word.lower)


def _widened(pair: _Pair) -> Iterator[Objection]:
    """Some that became all because the claim leaves the word out."""
    for j, word in enumerate(pair.draft.words):
        extent = _share(pair.draft, j)
        if extent is None or extent[0] == 1.0 or j in pair.back:
            continue
        if word.figure is not None and not _of_people(pair.draft, j):
            continue
        head = head_after(pair.draft, j)
        if head is None or head not in pair.back or pair.back[head] in pair.alignment.moved:
            continue
        i = pair.back[head]
        near = pair.claim.words[max(0, i - _WINDOW) : i + _WINDOW + 2]
        if not any((lexicon.QUANTIFIER.get(w.lower) or (1.0, 1.0))[0] < 1.0 or w.figure is not None for w in near):
            yield Objection("some", Reason("scope", f"{pair.says(j)}; the claim leaves out '{word.text}'"))


def _almost(pair: _Pair) -> Iterator[Objection]:
    """All, where the passage says almost all."""
    for j, word in enumerate(pair.draft.words[:-1]):
        if word.lower in _NEARLY and j not in pair.back and pair.draft.words[j + 1].lower in _ALL:
            i = next((i for i, w in enumerate(pair.claim.words) if w.lower == pair.draft.words[j + 1].lower), None)
            if i is not None and _before(pair.claim, i) not in _NEARLY:
                yield Objection("some", Reason("scope", f"{pair.says(j)}; the claim leaves out '{word.text}'"))


_NEARLY = frozenset({"almost", "nearly", "virtually", "practically"})
_ALL = frozenset({"all", "every", "everyone", "everybody", "everything", "no", "none", "always", "never"})


def _changes(pair: _Pair) -> Iterator[Objection]:
    """A share ("86% of users say that ... rose") told as a change ("rose by 86%")."""
    for i, j in enumerate(pair.to):
        if j is None or pair.claim.words[i].figure is None or pair.claim.figure(i).kind != "percent":
            continue
        ours, theirs = _before(pair.claim, i) == "by", _before(pair.draft, j) == "by"
        if ours and not theirs and word_after(pair.draft, j) == "of" != word_after(pair.claim, i) and _of_people(pair.draft, j):
            yield Objection("share", Reason("other", f"'{pair.claim.words[i].text}' is a share, not a change; {pair.says(j)}"))


def _of_people(reading: Reading, at: int) -> bool:
    whom = population(reading, at)
    return bool(whom) and is_group(reading.words[whom[-1]])


def _before(reading: Reading, at: int) -> str:
    return reading.words[at - 1].lower if at else ""


_ENGLISH: tuple[Callable[[_Pair], Iterator[Objection]], ...] = (
    _opposite,
    _modality,
    _hedges,
    _undone,
    _frequency,
    _extent,
    _almost,
    _widened,
    _changes,
)


def _planned(evidence: Evidence, headings: Callable[[Evidence], str]) -> Iterator[Objection]:
    """Plans and forecasts told as what was done, and what was done told as plans, wherever in the sentence the words for it stand."""
    if evidence.copied >= COPY:
        return  # there, word answers to word
    ours, theirs = _open_modes(evidence.claim), _open_modes(evidence.main.evidence)
    line, main = evidence.passages[0].line, evidence.main.evidence
    if _done(evidence.claim) and not ours:
        if theirs and theirs[0] not in evidence.main.back():
            yield Objection("planned", Reason("modality", f"line {line} says '{around(main, theirs[0])}'; the claim tells it as done"))
        elif not _done(main) and (match := _AHEAD.search(headings(evidence))):
            yield Objection("ahead", Reason("modality", f"line {line} stands under '{match.string}'; the claim tells it as done"))
    elif ours and not theirs and _done(main):
        yield Objection("future", Reason("modality", f"the claim says '{around(evidence.claim, ours[0])}'; line {line} tells it as done"))


_AIMS = frozenset({"goal", "goals", "target", "targets", "aim", "aims"})
_AHEAD = lazily(r"\b(?:plans?|planned|future|next|upcoming|roadmap|ahead|forward|goals?|to come)\b", re.IGNORECASE)
_COMING = lazily(
    r"\b(?:next\s(?:week|month|quarter|year|spring|summer|autumn|fall|winter)|(?:is|are)\s(?:due|coming|about)\b|coming\s(?:up|soon|months|years)|soon\b)",
    re.IGNORECASE,
)
_PAST = frozenset({"has", "have", "had", "was", "were", "did"})


def _done(reading: Reading) -> bool:
    """Whether something is told in the past or the perfect."""
    for n, word in enumerate(reading.words):
        lower = word.lower
        if lower in _PAST or (n and lower.endswith("ed") and is_verb(lower)) or (n and lower in PAST):
            return True
    return False


def _open_modes(reading: Reading) -> list[int]:
    """Words by which something is planned, forecast or only possible."""
    found = []
    if coming := _COMING.search(reading.text):
        found.append(next(n for n, word in enumerate(reading.words) if word.end > coming.start()))
    for at in range(len(reading.words)):
        mode = _mode(reading, at)
        aimed = (reading.words[at].lower in _AIMS and word_after(reading, at) in ("is", "are", "to")) or (
            mode in ("plan", "pending") and word_after(reading, at) in _TOWARDS
        )
        if mode in ("possible", "future") or aimed:
            found.append(at)
    return found


def _partly(evidence: Evidence) -> Iterator[Objection]:
    """All of them, where the evidence speaks of some, in whatever place."""
    claim, main = evidence.claim, evidence.main
    if evidence.copied >= COPY or any(claim.figure(i).kind == "percent" for i in claim.at_word):
        return
    whole = next((i for i, w in enumerate(claim.words) if w.lower in _WHOLE and main.to[i] is None), None)
    part = next(
        (j for j in range(len(main.evidence.words)) if (s := _share(main.evidence, j)) and s[1] < 1.0 and j not in main.back()), None
    )
    if whole is not None and part is not None:
        said = around(main.evidence, part)
        yield Objection(
            "partly", Reason("scope", f"the claim says '{claim.words[whole].text}'; line {evidence.passages[0].line} says '{said}'")
        )


_WHOLE = frozenset({"all", "every", "everyone", "everybody", "whole", "entire", "entirely", "completely", "everything", "each"})


# ------------------------------------------------------------------ whom it is said of


def _subject(evidence: Evidence) -> Iterator[Objection]:
    """A name before the verb that the sentence does not have, where the sentence has another before its own."""
    if evidence.copied >= COPY:
        return  # there, `wording` tells
    ours, theirs = _subject_names(evidence.claim), _subject_names(evidence.main.evidence)
    if not ours or not theirs:
        return
    claim, draft = evidence.claim, evidence.main.evidence
    if any(draft.holds(claim.words[i]) for i in ours) or any(claim.holds(draft.words[j]) for j in theirs):
        return
    said = draft.text[draft.words[theirs[0]].start : draft.words[theirs[-1]].end]
    name = claim.text[claim.words[ours[0]].start : claim.words[ours[-1]].end]
    yield Objection("subject", Reason("entity", f"line {evidence.passages[0].line} says it of '{said}', not of '{name}'"))


def _subject_names(reading: Reading) -> list[int]:
    """The names before the first verb that carries a clause."""
    found: list[int] = []
    for n, word in enumerate(reading.words):
        if n and carries(reading.words[n - 1].lower, word.lower) and not word.name:
            break
        if word.figure is None and (
            word.name or (n == 0 and word.text[0].isupper() and word.role == "content" and _after_is_name(reading))
        ):
            found.append(n)
    return found


def _after_is_name(reading: Reading) -> bool:
    return len(reading.words) > 1 and reading.words[1].name
