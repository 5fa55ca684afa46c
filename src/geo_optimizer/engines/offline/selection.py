"""Which candidates become the description, the TL;DR and the takeaways. Greedy, deterministic, and rather fewer lines than filled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo_optimizer.engines.offline.candidates import MIN_LENGTH, Candidate, candidates
from geo_optimizer.engines.offline.ranking import Chances, Scene, features, line_chances, scene
from geo_optimizer.engines.offline.standing import first_person
from geo_optimizer.engines.offline.stems import overlap, terms
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.engines.offline.weights import total, weights
from geo_optimizer.model import Brief, Manner

DESCRIPTION_LENGTH = (120, 160)  # characters; what result pages show whole (display practice, research/science.md, official guidance)
_FALLBACK_LENGTHS = ((100, 160), (70, 160), (50, 160))  # for drafts with too little prose
_SHORTEST, _LEEWAY = 50, 40  # characters: of a description, and between the shortest and the longest that is looked for
_TONE, _HARDLY = 1.0, 0.1  # of the worth of a description, and of the site's descriptions
BULLET_LENGTH = (35, 220)  # characters
_MOST_ALIKE = 0.5  # share of terms that two bullets may have in common
_SCRAP_LENGTH = 50  # characters
_PER_LIST = 2  # lines made of one list
_WORDS_PER_BULLET = 45  # of the draft's prose: a TL;DR of a third of the text is no summary
_LONG_DRAFT = 700  # words
_PAIRED = 70  # lines tried as halves of a description
_SUMMARY = 60  # words of a summary, about: a list of bullets is judged by the share of both that they have in common
_READABLE = 0.15  # what the log odds that an editor would publish a line count beside the share of its words that a summary has
# Log odds from which on a line is said among the first of a list, and beside those: of lines that were read, editors would not publish
# one in five above the first, one in seven above the second.
_AT_ALL, _AS_WELL, _FEWEST = -1.2, 0.1, 3
_AGAIN = 0.3  # what a word counts that a list has already


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its terms, the chances of its words, what is known of it, and its worth in a TL;DR and among the takeaways (by word)."""

    line: Candidate
    terms: frozenset[str]
    described: Chances
    bulleted: Chances
    known: Mapping[str, float]
    description: float
    tldr: float
    takeaway: float
    readable: float


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
    known, weighed = features(line, brief, at), weights()
    described, bulleted = (line_chances(line.text, at, part) for part in ("description", "bullets"))
    told = known | bulleted.features()
    readable = total(told, weighed.readable)
    bullet = total(told, weighed.bullets) + _READABLE * readable
    return Scored(
        line,
        frozenset(terms(line.said or line.text, at.language)),
        described,
        bulleted,
        known,
        description=total(known, weighed.description),
        tldr=bullet + total(known, weighed.tldr),
        takeaway=bullet + total(known, weighed.takeaway),
        readable=readable,
    )


# ------------------------------------------------------------------ description


def describe(found: Pool, without: Iterable[int] = (), manner: Manner | None = None) -> Candidate | None:
    """The best one or two sentences of 120-160 characters, or of the length of a site's own; shorter ones where the draft has none such.

    `without`: numbers of sentences not to use. `manner`: how the site's own are written.
    """
    barred = set(without)
    lines = [s for s in found.lines if barred.isdisjoint(s.line.numbers)]
    for length in _lengths(manner):
        best = max(_descriptions(lines, length, found.at, manner if found.at.language == "en" else None), key=lambda s: s[0], default=None)
        if best:
            return best[1]
    return None


def _lengths(manner: Manner | None) -> tuple[tuple[int, int], ...]:
    """The lengths to try, in turn: the site's own first, as far as result pages show them."""
    usual = (DESCRIPTION_LENGTH, *_FALLBACK_LENGTHS)
    if manner is None:
        return usual
    most = max(_SHORTEST + _LEEWAY, min(DESCRIPTION_LENGTH[1], manner.longest))
    return (max(_SHORTEST, min(manner.shortest, most - _LEEWAY)), most), *usual


def _unlike(lines: Sequence[Scored], manner: Manner | None) -> float:
    """What a description loses that says "we" or "you" on a site whose own hardly do."""
    if manner is None:
        return 0.0
    said = ((manner.we, "we"), (manner.you, "you"))
    return _TONE * sum(max(s.known[name] for s in lines) for share, name in said if share < _HARDLY)


def _descriptions(lines: Sequence[Scored], length: tuple[int, int], at: Scene, manner: Manner | None) -> Iterator[tuple[float, Candidate]]:
    """Those of a length, each with its worth."""
    for found in possible(lines, length, at):
        yield _worth(found, at) - _unlike(found, manner), found[0].line if len(found) == 1 else _pair(found[0].line, found[1].line)


def possible(lines: Sequence[Scored], length: tuple[int, int], at: Scene) -> Iterator[tuple[Scored, ...]]:
    """Single sentences, two that stand together in the draft, and two of which the first takes up the title, and the second a word of it or of the title."""
    least, most = length
    yield from ((s,) for s in lines if _opens(s.line) and least <= len(s.line.text) <= most)
    short = [s for s in lines if len(s.line.text) <= most - MIN_LENGTH - 1]
    ranked = sorted(short, key=lambda s: -worth(s))
    for a in [s for s in ranked if _opens(s.line)][:_PAIRED]:
        for b in ranked[:_PAIRED]:
            if least <= len(a.line.text) + 1 + len(b.line.text) <= most and _follows(a, b, at):
                yield (a, b)


def worth(line: Scored) -> float:
    """How good a line is in a description."""
    return line.description + total(line.described.features(), weights().description)


def _opens(line: Candidate) -> bool:
    """Whether a description can begin with the line."""
    return line.alone or line.page


def _follows(a: Scored, b: Scored, at: Scene) -> bool:
    """Whether `b` can be read after `a`: later in the draft and saying something else, but of one matter; only its very next sentence may lean on it."""
    shared = overlap(a.terms, b.terms)
    if b.line.index <= a.line.index or shared > _MOST_ALIKE:
        return False
    if not _beside(a, b, at) and (
        b.line.joined or b.known["instructs"] or b.known["reader"] or a.terms.isdisjoint(at.title) or b.terms.isdisjoint(a.terms | at.title)
    ):
        return False
    return (_opens(b.line) and not (a.line.page and b.line.page)) or (b.line.index == a.line.index + 1 and b.line.cost == 0)


def _beside(a: Scored, b: Scored, at: Scene) -> bool:
    """Whether two lines stand together: one right after the other, or in one paragraph with a sentence between them."""
    if a.line.joined or b.line.joined:
        return False
    gap = b.line.index - a.line.index - 1
    return gap == 0 or (gap == 1 and at.paragraphs[a.line.index] == at.paragraphs[b.line.index])


def joint(lines: Sequence[Scored], at: Scene) -> dict[str, float]:
    """What is known of one line, or two together, as a description, each about 0..1."""
    first, last = lines[0], lines[-1]
    two = len(lines) > 1
    words = first.described.beside(last.described) if two else first.described
    said = first.terms | last.terms
    return {
        **words.features(),
        "title_covered": len(said & at.title) / max(3, len(at.title)),
        "title_left": len(at.title - said) / max(3, len(at.title)),
        "two": float(two),
        "far": min(1.0, (last.line.index - first.line.index - 1) / 5) if two else 0.0,
        "together": float(two and _beside(first, last, at)),
        "leans": float(two and not _opens(last.line)),
        "scrap": max(0.0, 1 - min(len(s.line.text) for s in lines) / _SCRAP_LENGTH),
        "page": float(any(s.line.page for s in lines)),
    }


def _worth(lines: Sequence[Scored], at: Scene) -> float:
    """How good a description they are: the mean of what each is, by length, and what they are together."""
    lengths = [len(s.line.text) for s in lines]
    alone = sum(s.description * length for s, length in zip(lines, lengths, strict=True)) / sum(lengths)
    return alone + total(joint(lines, at), weights().description)


def _pair(a: Candidate, b: Candidate) -> Candidate:
    return Candidate(f"{a.text} {b.text}", (*a.numbers, *b.numbers), a.cost + b.cost, alone=True)


# ------------------------------------------------------------------ bullets


def bullets(found: Pool) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The TL;DR and the takeaways, each in the draft's order; a part with fewer than two lines is left out."""
    tldr, takeaways = _dealt([s for s in found.lines if _quotable(s.line)], _most(found.words))
    return _in_order(tldr), _in_order(takeaways)


def instead(found: Pool, kind: Literal["tldr", "takeaway"], count: int, without: Iterable[int]) -> tuple[Candidate, ...]:
    """The next best lines in place of so many refused ones; `without`: the numbers of the sentences that those are made of."""
    barred = set(without)
    parts = _dealt([s for s in found.lines if _quotable(s.line)], _most(found.words))
    tldr, takeaways = ([s for s in part if barred.isdisjoint(s.line.numbers)] for part in parts)
    own, worth = (tldr, _for_tldr) if kind == "tldr" else (takeaways, _for_takeaways)
    part = _Part()
    for line in own:
        part.take(line, worth(line))
    usable = [s for s in found.lines if _quotable(s.line) and barred.isdisjoint(s.line.numbers)]
    for _ in range(count):
        _take_best(part, worth, usable, (*part.lines, *(takeaways if kind == "tldr" else tldr)))
    return _in_order(part.lines[len(own) :])


def _most(words: int) -> int:
    """How many bullets a text of so many words bears."""
    return min(5 if words >= _LONG_DRAFT else 4, words // _WORDS_PER_BULLET)


def _quotable(line: Candidate) -> bool:
    """Whether a line can be a bullet: it stands alone, in a bullet's length, and nobody has to ask who "I" is."""
    return line.alone and BULLET_LENGTH[0] <= len(line.text) <= BULLET_LENGTH[1] and not first_person(line.text)


class _Part:
    """A list of bullets as it grows: the next is the one with which the list has most of what a summary would say, by its length."""

    def __init__(self) -> None:
        self.lines: list[Scored] = []
        self._said: set[str] = set()
        self._words, self._worth = 0, 0.0

    def take(self, line: Scored, worth: float) -> None:
        self._worth += self._adds(line, worth)
        self._words += len(line.bulleted.words)
        self._said.update(line.bulleted.words)
        self.lines.append(line)

    def with_(self, line: Scored, worth: float) -> float:
        return (self._worth + self._adds(line, worth)) / (self._words + len(line.bulleted.words) + _SUMMARY)

    def _adds(self, line: Scored, worth: float) -> float:
        """The line's worth by its words, of which those said already count little."""
        chances = line.bulleted
        new = sum(p * (_AGAIN if word in self._said else 1.0) for word, p in zip(chances.words, chances.likely, strict=True))
        return max(0.0, worth) * len(chances.words) * new / sum(chances.likely)


def _dealt(usable: Sequence[Scored], most: int) -> tuple[list[Scored], list[Scored]]:
    """Both parts choose in turn, so that neither is made of what the other left over."""
    tldr, takeaways = _Part(), _Part()
    for _ in range(most):
        for part, worth in ((tldr, _for_tldr), (takeaways, _for_takeaways)):
            least = _AS_WELL if len(part.lines) >= _FEWEST else _AT_ALL
            _take_best(part, worth, usable, (*tldr.lines, *takeaways.lines), least)
    return tldr.lines if len(tldr.lines) > 1 else [], takeaways.lines if len(takeaways.lines) > 1 else []


def _take_best(
    part: _Part, worth: Callable[[Scored], float], usable: Sequence[Scored], taken: Sequence[Scored], least: float = _AT_ALL
) -> None:
    """The line with which the part becomes best, of those that say something else than all that is taken; the earlier one wins a tie.

    `least`: the log odds that it must have of being published.
    """
    best = max(
        (s for s in usable if s.readable >= least and _adds(s, taken)), key=lambda s: (part.with_(s, worth(s)), -s.line.index), default=None
    )
    if best:
        part.take(best, worth(best))


def _for_tldr(line: Scored) -> float:
    return line.tldr


def _for_takeaways(line: Scored) -> float:
    return line.takeaway


def _adds(line: Scored, taken: Sequence[Scored]) -> bool:
    """Whether a line comes from other sentences than the lines already taken, and says something else."""
    if line.line.joined and sum(t.line.lead == line.line.lead for t in taken) >= _PER_LIST:
        return False
    items = set(line.line.items)
    return all(items.isdisjoint(t.line.items) and overlap(line.terms, t.terms) <= _MOST_ALIKE for t in taken)


def _in_order(picked: Sequence[Scored]) -> tuple[Candidate, ...]:
    return tuple(s.line for s in sorted(picked, key=lambda s: s.line.index))
