"""The quotable statistics of a draft: sentences that state a measured quantity about the world.

Finding figures is `quantities`; the work here is to judge them. Each figure
starts from what its kind is worth (a percentage mostly is a measurement, a
small count mostly is not), and cues from the words around it, its sentence
and what stands above it are added. A sentence states a statistic if one of
its figures reaches the threshold.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from geo_optimizer.analysis.bindings import NOTHING, binding
from geo_optimizer.analysis.cues import ABOVE, AFTER, BEFORE, CREDITED, NEAR, SENTENCE, TEXT_NOUNS, WORLD_NOUNS, Cue
from geo_optimizer.analysis.enclosed import enclosed_view
from geo_optimizer.analysis.grammar import words_in
from geo_optimizer.analysis.html import html_view
from geo_optimizer.analysis.leaning import lacking, time, told
from geo_optimizer.analysis.quantities import Kind, Quantity, may_measure, quantities
from geo_optimizer.analysis.ranges import fixed
from geo_optimizer.analysis.sources import credit, link_credit, named_source, sentences_of
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Lack, Prose, Sentence, Statistic, Value, measured

THRESHOLD = 1.0  # of the sum of cues; half of what a plain percentage is worth
_WINDOW = 60  # characters of context looked at on either side of a figure
_MIN_WORDS = 3
_BESIDE = 0.9  # beside a statistic, a figure this much weaker is part of it (a sample size, the figure compared with)
_NEAR = 60  # characters between "nearly half" and the "(48 %)" that makes it exact
_ROUNDING = 10.0  # percentage points by which a share in words may differ from its figure


@dataclass(frozen=True, slots=True)
class _Judged:
    quantity: Quantity
    score: float
    against: Cue | None


@measured
def statistics(draft: Draft) -> tuple[Statistic, ...]:
    """Every sentence that states a statistic, or seems to: those that do not hold up have `quotable` False, and say why.

    The text of raw HTML and inside components is read too. Tables, code, known parts and frontmatter are left out.
    """
    found = [statistic for view in (draft, html_view(draft), enclosed_view(draft)) if view for statistic in _statistics(view)]
    return tuple(sorted(found, key=lambda statistic: statistic.span))


def _statistics(draft: Draft) -> Iterator[Statistic]:
    measured_ones = ((n, [q for q in figures if q.measured]) for n, figures in figures_of(draft).items())
    found = (_statistic(draft, draft.sentences[number], figures) for number, figures in measured_ones if figures)
    return (statistic for statistic in found if statistic)


@measured
def figures_of(draft: Draft) -> dict[int, tuple[Quantity, ...]]:
    """The figures of each sentence in which a statistic may stand, by its number; kept, since grounding looks for the same."""
    candidates = [not prose.known and prose.kind not in ("cell", "footnote") for prose in draft.prose]
    return {
        number: quantities(sentence.text, draft.language)
        for number, sentence in enumerate(draft.sentences)
        if candidates[sentence.prose] and may_measure(sentence.text, draft.language) and len(sentence.text.split()) >= _MIN_WORDS
    }


def _statistic(draft: Draft, sentence: Sentence, found: Sequence[Quantity]) -> Statistic | None:
    prose = draft.prose[sentence.prose]
    ranges = fixed(draft)[sentence.prose]
    figures = [q for q in found if not _in_code(draft, prose, ranges.at(sentence.start + q.start))]
    if not figures:
        return None
    said = frozenset(words_in(sentence.text))
    places = [_place(sentence.text, said, q, heading=prose.kind == "heading") for q in figures]
    if not any(_looks_like_one(place.quantity) or _may_be_one(place) for place in places):
        return None
    shared = _shared_cues(draft, sentence, said)
    if _is_credited(draft, sentence):
        shared.append(CREDITED)
    judged = [_judge(place, shared) for place in places]
    best = max(judged, key=lambda j: j.score)
    quotable = best.score >= THRESHOLD
    if not quotable and not any(_looks_like_one(j.quantity) for j in judged):
        return None
    chosen = _stated(sentence.text, judged) if quotable else [j.quantity for j in judged if _looks_like_one(j.quantity)]
    values = tuple(_value(draft, sentence, q) for q in chosen)
    who, link = credit(draft, sentence), link_credit(draft, sentence)
    lacks = lacking(draft, sentence, values, [found for found in (who, link) if found])
    return Statistic(
        sentence=sentence,
        values=values,
        quotable=quotable,
        why=_why(best, lacks, quotable=quotable),
        attribution=who.said if who else None,
        source_url=link.said if link else None,
        confidence=round(1 / (1 + math.exp(-1.5 * (best.score - THRESHOLD))), 2),
        attribution_place=who.place if who else None,
        source_place=link.place if link else None,
        time=time(draft, sentence),
        lacks=lacks,
    )


def _stated(text: str, judged: list[_Judged]) -> list[Quantity]:
    """The figures that the statistic consists of: not "half" where "(48 %)" says it exactly."""
    kept = [j.quantity for j in judged if j.score >= THRESHOLD - (0.0 if j.quantity.kind == "duration" else _BESIDE)]
    exact = [(q.start, q.value) for q in kept if q.kind == "percent" and not q.share and text[q.start - 1 : q.start] in "(>~<"]
    return [q for q in kept if not (q.share and _is_exact_behind(q, exact))]


def _is_exact_behind(share: Quantity, exact: list[tuple[int, float]]) -> bool:
    """Whether one of the figures, in order of their places, stands shortly behind the share and says the same."""
    near = exact[bisect_right(exact, (share.end, math.inf)) : bisect_left(exact, (share.end + _NEAR, -math.inf))]
    return any(abs(value - share.value) <= _ROUNDING for _, value in near)


def _in_code(draft: Draft, prose: Prose, within: tuple[int, int] | None) -> bool:
    """Whether the range is a code span or an address (links are `fixed` too, and are prose)."""
    if within is None:
        return False
    start = within[0]
    before = prose.source_span(start, start + 1).start - 1
    return draft.source[before : before + 1] == "`" or prose.text[start : start + 4] in ("http", "www.")


def _value(draft: Draft, sentence: Sentence, quantity: Quantity) -> Value:
    span = draft.prose[sentence.prose].source_span(sentence.start + quantity.start, sentence.start + quantity.end)
    bound = binding(sentence.text, quantity) if draft.language == "en" else NOTHING
    return Value(
        text=quantity.text,
        value=quantity.value,
        unit=quantity.unit,
        span=span,
        kind=quantity.kind,
        high=quantity.high,
        scale=_scale(quantity),
        comparison=quantity.comparison,
        direction=bound.direction,
        population=bound.population,
        measures=bound.measures,
    )


_NUMBER = lazily(r"\d[\d.,]*")


def _scale(quantity: Quantity) -> float:
    """By what the digits were multiplied: 1e6 for "million"; 1 where there is no scale word."""
    digits = _NUMBER.search(quantity.text)
    if quantity.kind not in ("count", "money") or not digits or not any(char.isalpha() for char in quantity.text):
        return 1.0
    factor = max(quantity.high or quantity.value, 1.0)
    return next(
        (scale for scale in (1e12, 1e9, 1e6, 1e3) if factor >= scale and len(re.sub(r"\D", "", digits.group().partition(".")[0])) <= 3), 1.0
    )


def _looks_like_one(quantity: Quantity) -> bool:
    """A reader would take it for a statistic at first sight."""
    if quantity.kind == "count":
        return abs(quantity.value) >= 1000 and quantity.unit is not None and not _UNGROUPED.fullmatch(quantity.text)
    return quantity.kind in ("percent", "money") and not quantity.share


def _why(best: _Judged, lacks: Sequence[Lack], *, quotable: bool) -> str:
    if quotable:
        return f"states a measured quantity; {told(lacks)}"
    return best.against.why if best.against else "nothing says that it was measured"


# ------------------------------------------------------------------ judging

# "nearly 40" was counted or measured; "at least 40" may be a condition.
_ROUNDED = {"more than": 0.4, "less than": 0.2, "about": 0.4, "nearly": 0.5, "only": 0.4, "average": 0.6, "at least": -0.4, "up to": -0.2}
_UNGROUPED = lazily(r"\d{5,}")  # an identifier: people group the digits of what they count
_THEY = lazily(r"\s(?:have|are|had|were|live|lack|use|do(?:n['’]t)?)\s")  # "19.9 million have ...": people, or whoever the lead-in names
_OF_THEM = lazily(r"\s+of\s+(?:them|these|those|which|whom|the|our|its|their|all)\b")


def _is_credited(draft: Draft, sentence: Sentence) -> bool:
    """Whether the sentence or the lead-in above its list names who measured."""
    parent = draft.prose[sentence.prose].parent
    lead = sentences_of(draft)[parent] if parent is not None else ()
    return any(named_source(one.text) for one in (sentence, *lead[-2:]))


def _shared_cues(draft: Draft, sentence: Sentence, said: frozenset[str]) -> list[Cue]:
    """What the sentence, of the words `said`, and the words above it say about all of its figures."""
    above = []
    prose = draft.prose[sentence.prose]
    if prose.heading is not None and prose.kind != "heading":
        above.append(draft.headings[prose.heading].text)
    if prose.parent is not None and (lead := sentences_of(draft)[prose.parent]):
        above.append(lead[-1].text)
    cues = [cue for cue in SENTENCE if cue.may_stand_among(said) and cue.compiled.search(sentence.text)]
    return cues + [cue for cue in ABOVE if any(cue.compiled.search(text) for text in above)]


@dataclass(frozen=True)
class _Place:
    """A figure with the words around it; `said` are those of its sentence, `worth` is what it comes to before any cue is known."""

    quantity: Quantity
    text: str
    said: frozenset[str]
    before: str
    after: str
    worth: float

    @cached_property
    def near(self) -> frozenset[str]:
        """The words on both sides; at the far ends they may be cut."""
        return frozenset(words_in(f"{self.before}\n{self.after}"))


def _place(text: str, said: frozenset[str], quantity: Quantity, *, heading: bool) -> _Place:
    before = text[max(0, quantity.start - _WINDOW) : quantity.start]
    after = text[quantity.end : quantity.end + _WINDOW]
    worth = _prior(quantity, after, heading=heading) + _ROUNDED.get(quantity.comparison or "", 0.0)
    return _Place(quantity, text, said, before, after, worth)


def _is_after(cue: Cue, place: _Place) -> bool:
    return cue.compiled.match(place.after) is not None


def _is_before(cue: Cue, place: _Place) -> bool:
    return cue.compiled.search(place.before) is not None


def _is_near(cue: Cue, place: _Place) -> bool:
    compiled = cue.compiled
    return cue.may_stand_among(place.near) and (compiled.search(place.before) or compiled.search(place.after)) is not None


def _is_in_sentence(cue: Cue, place: _Place) -> bool:
    return cue.may_stand_among(place.said) and cue.compiled.search(place.text) is not None


@cache
def _in_favour(kind: Kind) -> tuple[tuple[Cue, Callable[[Cue, _Place], bool]], ...]:
    """The cues that speak for a figure of this kind, those first that are soonest looked for."""
    places = ((AFTER, _is_after), (BEFORE, _is_before), (NEAR, _is_near), (SENTENCE, _is_in_sentence))
    return tuple((cue, is_there) for cues, is_there in places for cue in cues if cue.weight > 0 and (not cue.kinds or kind in cue.kinds))


_ROUNDING_ERROR = 1e-6  # sums of weights depend on their order by less than this


def _may_be_one(place: _Place) -> bool:
    """Whether what speaks for a figure would be enough if nothing spoke against it; of most figures, little does."""
    hoped = _in_favour(place.quantity.kind)
    most = place.worth + sum(cue.weight for cue, _ in hoped) + CREDITED.weight + _ROUNDING_ERROR
    for cue, is_there in hoped:
        if most < THRESHOLD:
            return False
        if not is_there(cue, place):
            most -= cue.weight
    return most >= THRESHOLD


def _judge(place: _Place, shared: list[Cue]) -> _Judged:
    cues = [
        *(c for c in shared if _bears_on(c, place.quantity)),
        *(c for c in NEAR if _bears_on(c, place.quantity) and _is_near(c, place)),
        *(c for c in BEFORE if _bears_on(c, place.quantity) and _is_before(c, place)),
        *(c for c in AFTER if _bears_on(c, place.quantity) and _is_after(c, place)),
    ]
    score = place.worth + sum(c.weight for c in cues)
    against = min((c for c in cues if c.weight < 0), key=lambda c: c.weight, default=None)
    return _Judged(place.quantity, score, against)


def _bears_on(cue: Cue, quantity: Quantity) -> bool:
    return (not cue.kinds or quantity.kind in cue.kinds) and abs(quantity.value) < cue.below


def _prior(quantity: Quantity, after: str, *, heading: bool) -> float:
    """What a figure is worth before its context is known."""
    if quantity.kind == "percent":
        return _percent_prior(quantity, after)
    if quantity.kind == "money":
        return 1.4 if quantity.value >= 1e5 else 0.4
    if quantity.kind == "multiple":
        return 0.0
    if quantity.kind == "duration":
        brief = quantity.unit in ("millisecond", "microsecond", "nanosecond", "second")
        return (-0.6 if brief else -1.2) + (1.0 if quantity.value % 1 else 0.0)
    return _count_prior(quantity, after, heading=heading)


def _percent_prior(quantity: Quantity, after: str) -> float:
    if quantity.value == 100 and re.match(r"\s+(?!of\b|growth|increase|coverage)[A-Za-z]", after):
        return -1.0  # "100 % free", "100 % sure"
    if quantity.share and re.search(r"(?<!out )\bof\b", quantity.text):
        return 0.4  # "two of three": as likely narrated as measured
    return 1.5 if quantity.share else 2.0


def _count_prior(quantity: Quantity, after: str, *, heading: bool) -> float:
    size = abs(quantity.value)
    base = 1.2 if size >= 1e5 else 0.9 if size >= 1000 else 0.2 if size >= 10 else -2.0
    if _UNGROUPED.fullmatch(quantity.text):
        return -1.5
    if size >= 100 and size % 10 and quantity.unit and quantity.unit.islower():
        base += 0.3  # not rounded: somebody counted
    if _OF_THEM.match(after):
        base += 0.3
    elif quantity.unit is None:
        base -= 0.0 if size >= 1e5 and _THEY.match(after) else 0.6
    elif quantity.unit in TEXT_NOUNS:
        base -= 1.0
    elif quantity.unit in WORLD_NOUNS:
        base += 0.7
    elif not quantity.unit.islower():  # a unit sign: "GB", "MHz"
        base -= 0.6
    return base - 0.8 if heading and size < 1000 else base
