"""A claim that copies a sentence of the draft word for word, but for a few words: are they the same thing said otherwise?

In a free rewording a new word only lowers the score. In a copy it stands in
the place of another, and unless the two say the same, it changed the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.analysis.verbs import carries, is_verb
from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.align import Alignment
from geo_optimizer.grounding.evidence import COPY, Evidence
from geo_optimizer.grounding.framing import exchanged_words
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.population import is_anybody, is_group
from geo_optimizer.grounding.reading import Reading, around
from geo_optimizer.model import Reason, ReasonKind

_CLOSE_COPY = 0.75  # and from this on any word counts, not only names and what figures count
_BESIDE = 0.9  # `Evidence.borne` of a word in the sentence before or behind
_ALIKE = 2  # words with content that two sentences share, in order, where they are put alike
_LETTERS = 3  # of an abbreviation, at least
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
    if evidence.copied < COPY:
        return
    taken = {j for j in alignment.to if j is not None}
    for run in _runs(alignment, skip):
        words = [alignment.claim.words[i] for i in run]
        telling = [i for i in run if _tells(alignment.claim, i)]
        names = any(alignment.claim.words[i].name or _opens_as_name(alignment, i) for i in telling)
        free = [j for j in _in_place(alignment, run) if j not in taken]
        replaced = [j for j in free if _tells(alignment.evidence, j) or (names and alignment.evidence.words[j].role != "function")]
        if not telling or not replaced or (len(replaced) > len(telling) + _LONGER and not _one_name(alignment, telling, replaced)):
            continue
        if _referring(evidence, run, telling) and any(alignment.evidence.words[j].name for j in replaced):
            continue
        if _resolved(evidence, telling, replaced) or _abbreviated(alignment, telling, replaced):
            continue
        ours = alignment.claim.text[words[0].start : words[-1].end]
        theirs = alignment.evidence.text[alignment.evidence.words[replaced[0]].start : alignment.evidence.words[replaced[-1]].end]
        names = names or any(alignment.evidence.words[j].name for j in replaced)
        counted = _counted(alignment.claim, run[0])
        if not names and not counted and not _other_group(alignment, telling, replaced) and evidence.copied < _CLOSE_COPY:
            continue
        group = _other_group(alignment, telling, replaced)
        kind: ReasonKind = "entity" if names else "scope" if counted or group else "other"
        yield Objection(
            "group" if group else "name" if names else "counted" if counted else "mixed" if _mixed(evidence, telling) else "word",
            Reason(kind, f"the claim says '{ours}', line {line} says '{theirs}'"),
        )


def slots(evidence: Evidence) -> Iterator[Objection]:
    """A name beside a verb where a sentence of the evidence has another name beside the same verb; told of free rewordings, not of copies."""
    if evidence.copied >= COPY:
        return
    claim = evidence.claim
    for alignment, passage in zip(evidence.alignments, evidence.passages, strict=True):
        draft = alignment.evidence
        for first, last in _names(claim):
            for verb, ahead in ((_beside(claim, first, -1), True), (_beside(claim, last, 1), False)):
                j = None if verb is None else alignment.to[verb]
                if verb is None or j is None or not carries("", claim.words[verb].lower):
                    continue
                there = _name_beside(draft, j, 1 if ahead else -1)
                if there is None or any(
                    draft.words[n].same(claim.words[i]) for n in range(there[0], there[1] + 1) for i in range(len(claim.words))
                ):
                    continue
                ours, theirs = _text(claim, (first, last)), _text(draft, there)
                yield Objection("slot", Reason("entity", f"the claim says '{ours}' where line {passage.line} says '{theirs}'"))
                return


def _names(reading: Reading) -> Iterator[tuple[int, int]]:
    """The first and last word of each name."""
    at = 0
    while at < len(reading.words):
        if not reading.words[at].name:
            at += 1
            continue
        last = at
        while last + 1 < len(reading.words) and reading.words[last + 1].name:
            last += 1
        yield at, last
        at = last + 1


def _beside(reading: Reading, at: int, step: int) -> int | None:
    """The nearest word with content on one side, at most one small word away."""
    for n in (at + step, at + 2 * step):
        if 0 <= n < len(reading.words) and reading.words[n].role != "function":
            return n
    return None


def _name_beside(reading: Reading, at: int, step: int) -> tuple[int, int] | None:
    """The name on one side of a word, at most one small word away."""
    n = _beside(reading, at, step)
    return None if n is None else next(((a, b) for a, b in _names(reading) if a <= n <= b), None)


def _text(reading: Reading, at: tuple[int, int]) -> str:
    return reading.text[reading.words[at[0]].start : reading.words[at[1]].end]


def _referring(evidence: Evidence, run: list[int], telling: list[int]) -> bool:
    """ "The ferry", for a ship that the sentence names: a description that stands beside the evidence."""
    claim = evidence.claim
    article = claim.words[run[0]].lower if claim.words[run[0]].role == "function" else claim.words[run[0] - 1].lower if run[0] else ""
    return article in ("the", "this", "these") and all(evidence.borne[i] >= _BESIDE and not claim.words[i].name for i in telling)


def _opens_as_name(alignment: Alignment, i: int) -> bool:
    """Whether the first word of the claim stands for the first word of the evidence, neither being an ordinary word in small letters."""
    ours, theirs = alignment.claim.words, alignment.evidence.words
    if i or alignment.to[0] is not None or not theirs or 0 in alignment.back():
        return False
    return all(
        w.text[0].isupper() and w.role == "content" and not is_verb(w.lower) and not w.lower.endswith(("s", "ing", "ed", "ly"))
        for w in (ours[0], theirs[0])
    )


def _one_name(alignment: Alignment, telling: list[int], replaced: list[int]) -> bool:
    """Whether both are names, of however many words."""
    claim, draft = alignment.claim, alignment.evidence
    together = replaced[-1] - replaced[0] <= len(replaced)
    return together and all(claim.words[i].name for i in telling) and all(draft.words[j].name for j in replaced)


def _other_group(alignment: Alignment, telling: list[int], replaced: list[int]) -> bool:
    """Other people or organisations than those of the evidence."""
    ours = [alignment.claim.words[i] for i in telling if is_group(alignment.claim.words[i])]
    theirs = [alignment.evidence.words[j] for j in replaced if is_group(alignment.evidence.words[j])]
    return bool(ours and theirs) and not any(
        word.same(other) or (is_anybody(word) and is_anybody(other)) for word in ours for other in theirs
    )


def _resolved(evidence: Evidence, telling: list[int], replaced: list[int]) -> bool:
    """A name that stands beside the evidence, for a description of whoever bears it."""
    claim, draft = evidence.claim, evidence.main.evidence
    return all(claim.words[i].name and evidence.borne[i] >= _BESIDE for i in telling) and not any(draft.words[j].name for j in replaced)


def _abbreviated(alignment: Alignment, telling: list[int], replaced: list[int]) -> bool:
    """ "PM" for "Prime Minister", or the other way round; also where only a part of the long name has no partner."""
    ours = [re.sub(r"['’]s$", "", alignment.claim.words[i].text) for i in telling]
    theirs = [re.sub(r"['’]s$", "", alignment.evidence.words[j].text) for j in replaced]
    short = "".join(theirs).replace("&", ""), "".join(ours).replace("&", "")
    if _initials(ours) == short[0] or _initials(theirs) == short[1]:
        return True
    sides = ((alignment.claim, telling[0], theirs), (alignment.evidence, replaced[0], ours))
    return any(_stands_for(letters, _long_name(reading, at)) for reading, at, names in sides for letters in names)


def _long_name(reading: Reading, at: int) -> list[str]:
    """The words with a capital around word `at`, that follow each other."""
    first = last = at
    while first and reading.words[first - 1].text[0].isupper() and reading.between(first - 1, first) == " ":
        first -= 1
    while last + 1 < len(reading.words) and reading.words[last + 1].text[0].isupper() and reading.between(last, last + 1) == " ":
        last += 1
    return [word.text for word in reading.words[first : last + 1]]


def _stands_for(letters: str, name: list[str]) -> bool:
    """Whether some letters shorten a name or a part of it: "USWDS" for "US Web Design System"."""
    initials = "".join(word if word.isupper() else word[0] for word in name)
    return len(letters) >= _LETTERS and letters.isupper() and len(name) > 1 and letters in initials


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _exchanged(alignment: Alignment, line: int) -> Iterator[Objection]:
    """Two words that stand in each other's place."""
    words = alignment.claim.words
    for i, k, j in exchanged_words(alignment):
        said = around(alignment.evidence, j)
        reason = Reason("entity", f"line {line} says '{said}'; the claim exchanges '{words[i].text}' and '{words[k].text}'")
        yield Objection("exchanged", reason)
        return


def _mixed(evidence: Evidence, telling: list[int]) -> bool:
    """Whether what is in the place of other words is from a second sentence that is put as the first is: "Ann leads the ferry", "Bob leads the bus"."""
    if len(evidence.alignments) == 1:
        return False
    claim, other = evidence.claim, evidence.alignments[1]
    kept = [i for i, j in enumerate(other.to) if j is not None and i not in other.moved and claim.words[i].role != "function"]
    alike = [i for i in kept if i not in telling and evidence.main.to[i] is not None]
    return set(telling) <= set(kept) and len(alike) >= _ALIKE


def _in_place(alignment: Alignment, run: list[int]) -> range:
    """Where the evidence may have other words for `run`; at the end of a claim, no further than the clause goes."""
    gap = alignment.gap(run[0], run[-1])
    draft = alignment.evidence
    if run[-1] + 1 == len(alignment.to):
        for j in gap[1:]:
            if re.search(r"[,;:()—–]", draft.between(j - 1, j)):
                return range(gap.start, j)
    return gap


_LEADS = frozenset("in on at for from to with by as since during over".split())


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
    if is_verb(reading.words[at].lower):
        return False
    for n in range(at - 1, max(-1, at - 4), -1):
        if reading.words[n].lower in _LEADS or carries("", reading.words[n].lower):
            return False
        if re.search(r"[,;:]", reading.between(n, n + 1)):
            return False
        if reading.words[n].figure is not None:
            return reading.figure(n).measured
    return False
