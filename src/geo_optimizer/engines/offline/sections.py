"""Where the sentences of a draft stand: under which heading, in which paragraph."""

from __future__ import annotations

from geo_optimizer.engines.offline.words import CONCLUDING
from geo_optimizer.model import Brief, Draft, Heading


def own_headings(draft: Draft) -> tuple[Heading, ...]:
    """Without those of known parts, so that a part that is there changes nothing."""
    return tuple(h for h in draft.headings if draft.prose[h.prose].known is None)


def section(draft: Draft, prose: int) -> Heading | None:
    """The heading that a text stands under; a known part's heading does not take the text after the part."""
    at = draft.prose[prose].heading
    while at is not None and at >= 0 and draft.prose[draft.headings[at].prose].known is not None:
        at -= 1
    return draft.headings[at] if at is not None and at >= 0 else None


def firsts(brief: Brief) -> tuple[frozenset[int], frozenset[int]]:
    """The sentences that open a paragraph, and those that open a section."""
    prose, sections = set(), set()
    last_prose, last_section = -1, None
    for n, sentence in enumerate(brief.sentences):
        over = section(brief.draft, sentence.prose)
        if sentence.prose != last_prose:
            prose.add(n)
        if over != last_section and over is not None:
            sections.add(n)
        last_prose, last_section = sentence.prose, over
    return frozenset(prose), frozenset(sections)


def paragraphs(brief: Brief) -> dict[int, int]:
    """The number of each sentence's paragraph, from 0."""
    numbers: dict[int, int] = {}
    for sentence in brief.sentences:
        numbers.setdefault(sentence.prose, len(numbers))
    return {n: numbers[s.prose] for n, s in enumerate(brief.sentences)}


def concluding(brief: Brief) -> frozenset[int]:
    """The sentences of sections whose heading says that they conclude or advise."""
    marks = CONCLUDING.get(brief.draft.language, ())
    over = ((n, section(brief.draft, sentence.prose)) for n, sentence in enumerate(brief.sentences))
    return frozenset(n for n, h in over if h and h.level > 1 and any(mark in h.text.lower() for mark in marks))


def sections(brief: Brief) -> list[Heading | None]:
    """The heading that each sentence stands under."""
    return [section(brief.draft, sentence.prose) for sentence in brief.sentences]
