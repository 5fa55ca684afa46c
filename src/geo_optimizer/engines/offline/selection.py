"""Which candidates become the description, the TL;DR and the takeaways. Greedy, deterministic, and rather fewer lines than filled ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo_optimizer.engines.offline.candidates import Candidate, candidates
from geo_optimizer.engines.offline.ranking import DESCRIPTION, TAKEAWAY, TLDR, Scene, features, overlap, scene, score, terms
from geo_optimizer.engines.offline.standing import first_person
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.model import Brief

DESCRIPTION_LENGTH = (120, 160)  # characters; what result pages show whole (display practice, research/science.md, official guidance)
_FALLBACK_LENGTHS = ((100, 160), (70, 160), (50, 160))  # for drafts with too little prose
BULLET_LENGTH = (35, 190)  # characters
_MOST_ALIKE = 0.5  # share of terms that two bullets may have in common
_APART, _FAR, _SCRAP = 0.04, 0.03, 0.05  # what a description's score loses, see _together
_SCRAP_LENGTH = 50  # characters
_PER_LIST = 2  # lines made of one list
_WORDS_PER_BULLET = 45  # of the draft's prose: a TL;DR of a third of the text is no summary
_PAIRED = 70  # lines tried as halves of a description


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its terms and its worth for each part."""

    line: Candidate
    terms: frozenset[str]
    description: float
    tldr: float
    takeaway: float


@dataclass(frozen=True, slots=True)
class Pool:
    """All that may be said of a brief's draft, in the draft's order."""

    lines: tuple[Scored, ...]
    at: Scene
    words: int


def pool(brief: Brief) -> Pool:
    at = scene(brief)
    lines = tuple(_scored(line, brief, at) for line in candidates(brief))
    return Pool(lines, at, sum(len(words_of(s.text)) for s in brief.sentences))


def _scored(line: Candidate, brief: Brief, at: Scene) -> Scored:
    known = features(line, brief, at)
    return Scored(
        line, frozenset(terms(line.said or line.text, at.language)), *(score(known, weights) for weights in (DESCRIPTION, TLDR, TAKEAWAY))
    )


# ------------------------------------------------------------------ description


def describe(found: Pool, without: Iterable[int] = ()) -> Candidate | None:
    """The best one or two sentences of 120-160 characters; shorter ones where the draft has none such.

    `without`: numbers of sentences not to use.
    """
    barred = set(without)
    lines = [s for s in found.lines if barred.isdisjoint(s.line.numbers)]
    for length in (DESCRIPTION_LENGTH, *_FALLBACK_LENGTHS):
        best = max(_descriptions(lines, length, found.at), key=lambda s: s[0], default=None)
        if best:
            return best[1]
    return None


def _descriptions(lines: Sequence[Scored], length: tuple[int, int], at: Scene) -> Iterator[tuple[float, Candidate]]:
    """Single sentences, two that stand together in the draft, and two of which the second takes up a word of the first or of the title, which are worth less; each with its worth."""
    least, most = length
    for s in lines:
        if s.line.alone and least <= len(s.line.text) <= most:
            yield s.description, s.line
    firsts = sorted((s for s in lines if s.line.alone and len(s.line.text) <= most - 31), key=lambda s: -s.description)[:_PAIRED]
    seconds = sorted((s for s in lines if len(s.line.text) <= most - 31), key=lambda s: -s.description)[:_PAIRED]
    for a in firsts:
        for b in seconds:
            if least <= len(a.line.text) + 1 + len(b.line.text) <= most and _follows(a, b, at):
                yield _together(a, b, at), _pair(a.line, b.line)


def _follows(a: Scored, b: Scored, at: Scene) -> bool:
    """Whether `b` can be read after `a`: later in the draft and saying something else, but of one matter; only its very next sentence may lean on it."""
    shared = overlap(a.terms, b.terms)
    if b.line.index <= a.line.index or shared > _MOST_ALIKE:
        return False
    if not _beside(a, b, at) and (b.line.joined or b.terms.isdisjoint(a.terms | at.title)):
        return False
    return b.line.alone or (b.line.index == a.line.index + 1 and b.line.cost == 0)


def _beside(a: Scored, b: Scored, at: Scene) -> bool:
    """Whether two lines stand together: one right after the other, or in one paragraph with a sentence between them."""
    if a.line.joined or b.line.joined:
        return False
    gap = b.line.index - a.line.index - 1
    return gap == 0 or (gap == 1 and at.paragraphs[a.line.index] == at.paragraphs[b.line.index])


def _together(a: Scored, b: Scored, at: Scene) -> float:
    """The mean worth by length; less for sentences that stand apart in the draft, and for a scrap that fills up."""
    x, y = len(a.line.text), len(b.line.text)
    gap = b.line.index - a.line.index - 1
    apart = 0.0 if _beside(a, b, at) else _APART + _FAR * min(1.0, gap / 5)
    return (a.description * x + b.description * y) / (x + y) - apart - _SCRAP * max(0.0, 1 - min(x, y) / _SCRAP_LENGTH)


def _pair(a: Candidate, b: Candidate) -> Candidate:
    return Candidate(f"{a.text} {b.text}", (*a.numbers, *b.numbers), a.cost + b.cost, alone=True)


# ------------------------------------------------------------------ bullets


def bullets(found: Pool, without: Iterable[int] = ()) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The TL;DR and the takeaways, each in the draft's order; a part with fewer than two lines is left out."""
    barred = set(without)
    usable = [s for s in found.lines if _quotable(s.line) and barred.isdisjoint(s.line.numbers)]
    tldr, takeaways = _dealt(usable, min(4, found.words // _WORDS_PER_BULLET))
    return _in_order(tldr), _in_order(takeaways)


def _quotable(line: Candidate) -> bool:
    """Whether a line can be a bullet: it stands alone, in a bullet's length, and nobody has to ask who "I" is."""
    return line.alone and BULLET_LENGTH[0] <= len(line.text) <= BULLET_LENGTH[1] and not first_person(line.text)


def _dealt(usable: Sequence[Scored], most: int) -> tuple[list[Scored], list[Scored]]:
    """Both parts choose in turn, so that neither is made of what the other left over."""
    tldr: list[Scored] = []
    takeaways: list[Scored] = []
    for_tldr = sorted(usable, key=lambda s: (-s.tldr, s.line.index))
    for_takeaways = sorted(usable, key=lambda s: (-s.takeaway, s.line.index))
    for _ in range(most):
        for part, order in ((tldr, for_tldr), (takeaways, for_takeaways)):
            part.extend([s for s in order if _adds(s, (*tldr, *takeaways))][:1])
    return tldr if len(tldr) > 1 else [], takeaways if len(takeaways) > 1 else []


def _adds(line: Scored, taken: Sequence[Scored]) -> bool:
    """Whether a line comes from other sentences than the lines already taken, and says something else."""
    if line.line.joined and sum(t.line.lead == line.line.lead for t in taken) >= _PER_LIST:
        return False
    items = set(line.line.items)
    return all(items.isdisjoint(t.line.items) and overlap(line.terms, t.terms) <= _MOST_ALIKE for t in taken)


def _in_order(picked: Sequence[Scored]) -> tuple[Candidate, ...]:
    return tuple(s.line for s in sorted(picked, key=lambda s: s.line.index))
