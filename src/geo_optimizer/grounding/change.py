"""Which way a figure goes, and whether a change began or ended with it."""

from __future__ import annotations

import re

from geo_optimizer.analysis.bindings import direction_of
from geo_optimizer.grounding.binding import Place
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.reading import Reading, around
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Reason

_BEGUN = frozenset({"from"})
_ENDED = frozenset({"to"})
_BETWEEN = frozenset(
    {
        "about",
        "around",
        "nearly",
        "almost",
        "over",
        "only",
        "just",
        "a",
        "an",
        "roughly",
        "some",
        "more",
        "than",
        "less",
        "as",
        "low",
        "high",
    }
)


def change_reason(claim: Reading, at: int, place: Place, known: Index) -> Objection | None:
    """How the claim tells the figure's change otherwise than the draft does at `place`."""
    passage = known.passages[place.passage]
    draft, line = passage.reading, passage.line
    ours, theirs = direction_of(claim.text, claim.figure(at)), direction_of(draft.text, draft.figure(place.at))
    said = around(draft, place.at)
    if ours and theirs and ours != theirs:
        return Objection("change", Reason("direction", f"the claim tells of a {_NAMES[ours]}; line {line} says '{said}'"))
    rate, other = _rate(claim, at), _rate(draft, place.at)
    if rate and other and rate != other:
        return Objection(
            "rate", Reason("unit", f"the claim counts '{claim.words[at].text}' per {rate}; line {line} says '{said}', per {other}")
        )
    if (ours or theirs) and {_lead(claim, at), _lead(draft, place.at)} == {"by", "to"}:
        role = "what it changed by" if _lead(claim, at) == "by" else "where it ended"
        return Objection("change", Reason("direction", f"in the claim '{claim.words[at].text}' is {role}; line {line} says '{said}'"))
    begun, before = _end(claim, at), _end(draft, place.at)
    if begun and before and begun != before and _other_end(claim, at) and _other_end(draft, place.at):
        return Objection(
            "change", Reason("direction", f"in the claim the change {begun} with '{claim.words[at].text}'; line {line} says '{said}'")
        )
    return None


_NAMES = {"up": "rise", "down": "fall"}


_EVERY = lazily(
    r"\b(?:(?:per|a|an|each|every)\s(?P<unit>second|minute|hour|day|week|month|quarter|year)\b(?!\s(?:earlier|ago|later|before|after|on|from)\b)|(?P<adverb>hourly|daily|weekly|monthly|quarterly|annually|yearly|annual)\b)",
    re.IGNORECASE,
)
_RATES = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "annually": "year",
    "yearly": "year",
    "annual": "year",
}
_NEAR = 50  # characters behind a figure within which its rate is told


def _rate(reading: Reading, at: int) -> str | None:
    """How often, by the nearest words that say so: "10 billion messages a day" -> "day"."""
    figure = reading.figure(at)
    if figure.kind == "duration":
        return None
    other = min((reading.figure(n).start for n in reading.at_word if n > at), default=len(reading.text))
    match = _EVERY.search(reading.text, figure.end, min(figure.end + _NEAR, max(other, figure.end)))
    return (match["unit"] or _RATES[match["adverb"].lower()]).lower() if match else None


def _end(reading: Reading, at: int) -> str | None:
    """Whether "from" or "to" leads to the figure."""
    for n in range(at - 1, max(-1, at - 5), -1):
        lower = reading.words[n].lower
        if lower in _BEGUN:
            return "begins"
        if lower in _ENDED:
            return "ends"
        if lower not in _BETWEEN:
            return None
    return None


def _lead(reading: Reading, at: int) -> str:
    """ "by" or "to" (not "up to") before a figure and what may stand between."""
    for n in range(at - 1, max(-1, at - 5), -1):
        lower = reading.words[n].lower
        if lower not in _BETWEEN:
            return lower if n and reading.words[n - 1].lower not in ("up", "due") else ""
    return ""


def _other_end(reading: Reading, at: int) -> bool:
    """Whether another figure of the sentence stands at the other end of the change."""
    own = _end(reading, at)
    return any((end := _end(reading, n)) and end != own for n in reading.at_word if n != at)
