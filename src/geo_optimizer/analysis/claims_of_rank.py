"""Promises and superlatives: what the writer claims for something without showing it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.vocabulary import vocabulary
from geo_optimizer.analysis.wording import words
from geo_optimizer.model import OBJECT, Draft, Prose, Span, measured


class Boast(NamedTuple):
    """The words of a claim, and where they stand."""

    span: Span
    words: str


# A text without one of these words has no such claim.
_WORDS = (
    "guaranteed guarantee best-in-class best-of-breed world-class world's world’s world-leading industry-leading market-leading leader revolutionary revolutionize revolutionizes"
    " revolutionized revolutionizing revolutionise revolutionises revolutionised revolutionising unparalleled unrivalled unrivaled unmatched unbeatable unsurpassed game-changing"
    " game-changer game-changers none foolproof peerless next-level"
).split()
_FORMS = frozenset(form + mark for word in _WORDS for form in (word, word.capitalize()) for mark in ("", ",", ".", ":", ";", "!", ")"))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:best[- ]in[- ]class|best-of-breed|world-class|world-leading|industry-leading|market-leading|unparalleled|unrivall?ed|unmatched|unbeatable|unsurpassed|peerless"
        r"|game-chang(?:ing|ers?)|foolproof|next-level"
        r"|revolutionary|revolutioni[sz](?:e|es|ed|ing)\b"
        r"|second to none|(?:100 ?% |money-back |results? )guaranteed?|guaranteed (?:results?|success|rankings?|returns?|savings|growth|to (?:work|succeed|rank|grow|increase|save|win|boost|double))|we guarantee(?! that [a-z]+ (?:is|are|will))"
        r"|(?:the )?world['’]s (?:leading|best|finest|greatest|most (?:advanced|powerful|trusted|innovative|popular|comprehensive)|number one|no\. ?1|#1|premier|foremost)"
        r"|the (?:undisputed|unquestioned|clear|market|industry) leader)\b",
        re.IGNORECASE,
    )


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:not|no|never|nothing|nobody|isn['’]t|aren['’]t|wasn['’]t|without|hardly|less|than|if|whether|so-called|claims?|claimed|call(?:s|ed)?|avoid|myth|hype|opinion|goal|aims?|want|become|becoming|strive)\b[^.!?;]{0,40}$",
        re.IGNORECASE,
    )


@cache
def _evidence() -> re.Pattern[str]:
    return re.compile(r"\d|\baccording to\b|\bnamed\b|\bawarded?\b|\branked\b|\brated\b|\bsurvey|\bstudy\b|\bbenchmark", re.IGNORECASE)


@measured
def boasts(draft: Draft) -> tuple[Boast, ...]:
    """Those that are the writer's own, with neither a figure nor a source in their sentence."""
    if draft.language != "en" or vocabulary(draft).isdisjoint(_FORMS):
        return ()
    return tuple(
        Boast(prose.source_span(*match.span()), match.group())
        for prose, said in zip(draft.prose, words(draft), strict=True)
        if prose.kind in ("paragraph", "item") and not _FORMS.isdisjoint(said)
        for match in _pattern().finditer(prose.text)
        if _is_own_and_bare(prose, match)
    )


def _is_own_and_bare(prose: Prose, match: re.Match[str]) -> bool:
    text, start, end = prose.text, match.start(), match.end()
    first = max(text.rfind(stop, 0, start) for stop in (". ", "! ", "? ")) + 1
    last = min((at for stop in (". ", "! ", "? ") if (at := text.find(stop, end)) >= 0), default=len(text))
    before, sentence = text[first:start], text[first:last]
    in_quotes = any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»")) or before.count('"') % 2 == 1
    is_linked = any(a <= start < b or first <= a < last for a, b in prose.fixed)
    return not (in_quotes or is_linked or OBJECT in sentence or _negated().search(before) or _evidence().search(sentence))
