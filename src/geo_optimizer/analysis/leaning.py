"""What the sentence of a statistic leaves to the text around it: of whom, since when, who says so.

An answer engine quotes one sentence; what it leans on is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo_optimizer.analysis.bindings import names_group, opens_with
from geo_optimizer.analysis.quantities import quantities
from geo_optimizer.analysis.sources import Credit, above
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Lack, Sentence, Value

_SUBJECT = lazily(
    r"(?:(?:and|but|so)\s)?(?:it|they|he|she|this|that|these|those|such|its|their|his|her|both|the\s(?:former|latter|same))\b(?:['’]\w+)?",
    re.IGNORECASE,
)
_MISSING: dict[Lack, str] = {"subject": "what its first word stands for", "population": "of whom", "source": "who says so", "time": "when"}
_DATED = 10_000  # from this value on a date has its year


def time(draft: Draft, sentence: Sentence) -> str | None:
    """The first year or date of a sentence as written, else that of the lead-in above its list or of its heading."""
    prose = draft.prose[sentence.prose]
    texts = [sentence.text, *(one.text for place, one in above(draft, sentence) if place == "lead-in")]
    if prose.heading is not None:
        texts.append(draft.headings[prose.heading].text)
    return next((found for text in texts if (found := _dated(text, draft.language))), None)


def _dated(text: str, language: str) -> str | None:
    if not any(char.isdigit() for char in text):
        return None
    return next((q.text for q in quantities(text, language) if q.kind == "year" or (q.kind == "date" and q.value >= _DATED)), None)


def lacking(draft: Draft, sentence: Sentence, values: Sequence[Value], found: Sequence[Credit]) -> tuple[Lack, ...]:
    """What a reader of the sentence alone would miss. Subject and population are told of English sentences only."""
    return tuple(_lacking(draft, sentence, values, found))


def _lacking(draft: Draft, sentence: Sentence, values: Sequence[Value], found: Sequence[Credit]) -> Iterator[Lack]:
    english = draft.language == "en"
    if english and _SUBJECT.match(sentence.text):
        yield "subject"
    shares = [value for value in values if value.unit == "%" and not value.population]
    if english and shares and (not names_group(sentence.text) or any(opens_with(sentence.text, value.text) for value in shares)):
        yield "population"
    if not any(credit.place in ("sentence", "footnote") and not credit.said.startswith("#") for credit in found):
        yield "source"
    if _dated(sentence.text, draft.language) is None:
        yield "time"


def told(lacks: Sequence[Lack]) -> str:
    """The same for a reader."""
    missing = [_MISSING[lack] for lack in lacks]
    if not missing:
        return "it can be quoted alone"
    named = missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + " or " + missing[-1]
    return f"alone it does not say {named}"
