"""A line that states something: can it be checked at all, and if so, what the draft says about each of its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.analysis.quantities import quantities
from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.opinion import Opinion, judge
from geo_optimizer.grounding.passages import Index, index, language_of, points, title_index
from geo_optimizer.grounding.reading import Reading, read
from geo_optimizer.markdown.language import detect_language
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import Draft, Enhancement, Reason, Span, Verdict, VerdictState
from geo_optimizer.options import SUPPORTED_AT

_FOREIGN = 0.3  # share of a line's words that the draft knows, from which on the line is not taken for another language's
_MOST_FIGURES = 60  # of a sentence, each to be compared with each of the draft
_TELLING = 100  # a count below this stands somewhere in most code
_LONG = 20  # words of a line that may be longer than a draft of a sentence or two
_SHORT = 12  # words below which `detect_language` does not answer


def ground_statement(enhancement: Enhancement, draft: Draft) -> Verdict:
    """The verdict on a title, a description, a bullet or any other sentence(s)."""
    told = opinions(enhancement, draft)
    if isinstance(told, Reason):
        return Verdict(enhancement, "unverifiable", 0.0, (), (told,))
    verdict = _verdict(enhancement, told)
    if any(reason.kind == "number" for reason in verdict.reasons) and (unread := _only_shown(enhancement.text, draft)):
        return Verdict(enhancement, "unverifiable", 0.0, verdict.evidence, (unread,))
    return verdict


def opinions(enhancement: Enhancement, draft: Draft) -> list[Opinion] | Reason:
    """What the draft says about each sentence of a line, or why it cannot be checked."""
    text = " ".join(enhancement.text.split())
    own_title = enhancement.kind == "title" or _same(text, draft.title or "")
    known = title_index(draft) if own_title else index(draft)
    language = language_of(draft)
    whole = read(text, language)
    if obstacle := _obstacle(whole, known):
        return Reason("other", obstacle)
    if len(max((read(text[a:b], language).at_word for a, b in boundaries(text, language)), key=len, default=())) > _MOST_FIGURES:
        return Reason("other", f"a sentence of this line has more than {_MOST_FIGURES} figures, which cannot be told apart")
    sentences = [read(text[a + c : a + d], language) for a, b in boundaries(text, language) for c, d in points(text[a:b])]
    return [judge(sentence, known) for sentence in sentences if _checkable(sentence)] or [judge(whole, known)]


def _verdict(enhancement: Enhancement, opinions: Sequence[Opinion]) -> Verdict:
    """Sentences are one claim: it is as good as its worst."""
    score = round(min(o.score for o in opinions), 4)
    supported = score >= SUPPORTED_AT
    state: VerdictState = "supported" if supported else "unsupported"
    spans: dict[Span, None] = dict.fromkeys(span for o in opinions for span in o.evidence)
    reasons: dict[Reason, None] = dict.fromkeys(r for o in opinions for r in o.reasons if not supported)
    return Verdict(enhancement, state, score, tuple(spans), tuple(reasons))


def _checkable(claim: Reading) -> bool:
    return any(word.role != "function" for word in claim.words)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


# ------------------------------------------------------------------ what cannot be checked


def _obstacle(claim: Reading, known: Index) -> str:
    """Why the line cannot be checked against this draft, or nothing."""
    if not _checkable(claim):
        return "there is nothing in this line that could be checked"
    if not known.passages:
        return "the draft has no prose to check this against"
    if len(claim.words) > max(known.length, _LONG):
        return "this line is longer than the draft's text"
    language = _other_language(claim, known)
    return f"this line is in another language ({language}) than the draft ({known.language})" if language else ""


def _only_shown(text: str, draft: Draft) -> Reason | None:
    """Why a line cannot be checked whose figure stands nowhere in the draft's text, but in code or in what an image shows."""
    known = index(draft)
    said = {figure.text for number in known.figured for figure in known.passages[number].figures}
    shown = [(part.span, "code") for part in draft.code]
    shown += [(link.span, "the description of an image") for link in draft.links if link.image]
    for figure in quantities(text, known.language):
        if not figure.measured or figure.text in said or (figure.kind == "count" and figure.value < _TELLING):
            continue
        whole = re.compile(rf"(?<![\w.,]){re.escape(figure.text)}(?![\w%]|[.,]\d)")
        for span, what in shown:
            if found := whole.search(draft.source, span.start, span.end):
                return Reason(
                    "number", f"'{figure.text}' stands only in {what} (line {draft.line(found.start())}), which is not read as text"
                )
    return None


def _other_language(claim: Reading, known: Index) -> str:
    """The language of a line that is not in the draft's, or nothing; only where the draft hardly knows its words."""
    language = known.language
    words = [word for word in claim.words if word.figure is None]
    telling = [word for word in words if word.role != "function"]
    if telling and sum(bool(known.holding(word)) for word in telling) / len(telling) >= _FOREIGN:
        return ""
    if len(words) >= _SHORT:
        guess = detect_language(claim.text, default=language)
        return guess if guess != language and guess in lexicon.FUNCTION else ""
    counts = {code: sum(word.lower in listed for word in words) for code, listed in lexicon.FUNCTION.items()}
    best = max(counts, key=lambda code: (counts[code], code == language))
    return best if counts[best] >= 2 and counts[best] > 2 * counts.get(language, 0) else ""
