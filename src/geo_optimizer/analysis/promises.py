"""What a title or description promises in figures, and whether the body keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo_optimizer.analysis.quantities import Quantity, quantities
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Span, measured

_LEAST_COUNT = 10  # smaller counts in a title are of the article's own parts, or a turn of phrase
_MOST_FIGURES = 20  # that are looked up of one title or description; each costs a look at the whole body
_LEAST_WORDS = 100  # of a body that can be expected to bear its title out
_LISTED = (
    r"ways|tips|reasons|steps|things|lessons|mistakes|myths|rules|questions|strategies|techniques|examples|benefits|tools|ideas|principles|trends|facts"
    r"|signs|habits|tricks|practices|challenges|takeaways|features|pillars|stages|methods|secrets|hacks|points|keys|traits|pitfalls|exercises"
)


class Place(NamedTuple):
    """Where a figure is promised: `part` as a reader calls it, its words, and where in the source they stand."""

    part: str
    text: str
    span: Span


def places(draft: Draft) -> Iterator[Place]:
    """The title, the description and the H1, where the author gives them as text."""
    block = draft.frontmatter
    for key in ("title", "description") if block else ():
        value = block.values.get(key) if block else None
        if isinstance(value, str) and block and (at := draft.source.find(value, block.span.start, block.span.end)) >= 0:
            yield Place(key, value, Span(at, at + len(value)))
    first = next((h for h in draft.headings if h.level == 1), None)
    if first and first.text and (at := draft.source.find(first.text, first.span.start, first.span.end)) >= 0:
        yield Place("heading", first.text, Span(at, at + len(first.text)))


def unkept(draft: Draft) -> Iterator[tuple[Place, Quantity]]:
    """Each figure of the title, description or H1 that stands nowhere in the body."""
    for place in places(draft):
        if _FIGURE.search(place.text):
            for figure in quantities(place.text, draft.language)[:_MOST_FIGURES]:
                if _can_be_looked_up(place.text, figure) and not _is_stated(draft, figure):
                    yield place, figure


_FIGURE = lazily(r"\d\s?%|[$€£]\s?\d|\d(?:x|\sper|\stimes|\s[mbt]r?illion)|(?<![\d.])\d[\d,]+\+?\s[a-z]")


def _can_be_looked_up(text: str, figure: Quantity) -> bool:
    if not any(char.isdigit() for char in figure.text) or text[max(0, figure.start - 1) : figure.start] in ("#", "-", "v"):
        return False
    if re.search(r"\b(?:top|best|first|last|week|day|part|episode|no\.?|top-)\s$", text[: figure.start], re.IGNORECASE):
        return False
    if figure.kind in ("percent", "money"):
        return figure.value not in (0, 100)
    if figure.kind == "multiple":
        return True
    counted = figure.kind == "count" and figure.value >= _LEAST_COUNT and figure.unit is not None and figure.unit.islower()
    return counted and not re.match(rf"\s(?:\w+\s){{0,2}}(?:{_LISTED})\b", text[figure.end :], re.IGNORECASE)


def _is_stated(draft: Draft, figure: Quantity) -> bool:
    """Whether the body holds the digits as written, or a figure that comes to the same; a body too short to say is taken to."""
    body = _body(draft)
    digits = re.sub(r"[^\d.,]", "", figure.text).strip(".,")
    if re.search(rf"(?<![\d.,]){re.escape(digits)}(?!\d)", body) or body.count(" ") < _LEAST_WORDS:
        return True
    return any(_comes_to(figure, other) for other in body_figures(draft))


@measured
def _body(draft: Draft) -> str:
    """All below the frontmatter but the H1."""
    first = next((h.span for h in draft.headings if h.level == 1), None)
    return draft.source[draft.body.start :] if first is None else draft.source[draft.body.start : first.start] + draft.source[first.end :]


@measured
def body_figures(draft: Draft) -> tuple[Quantity, ...]:
    """The figures of the body, the H1 left out."""
    return tuple(
        figure
        for prose in draft.prose
        if not (prose.kind == "heading" and prose.heading is not None and draft.headings[prose.heading].level == 1)
        for figure in quantities(prose.text, draft.language)
    )


def _comes_to(figure: Quantity, other: Quantity) -> bool:
    """Whether the body's figure is the promised one, or the promised one rounds it."""
    slack = 0.5 if figure.kind == "percent" else _ROUNDING * abs(figure.value)
    ends = [end for end in (other.value, other.high) if end is not None]
    return any(end == figure.value or (other.kind == figure.kind and abs(end - figure.value) <= slack) for end in ends)


_ROUNDING = 0.05  # how far "$2.3 million" may be from the sum that it rounds


def remainder(draft: Draft, figure: Quantity) -> tuple[Quantity, int] | None:
    """The share of the body of which a title's share is what is left of 100, and its line."""
    if figure.kind != "percent":
        return None
    for prose in draft.prose:
        if prose.kind == "heading":
            continue
        for other in quantities(prose.text, draft.language):
            if other.kind == "percent" and abs(other.value + figure.value - 100) < 1e-9:
                return other, draft.line(prose.source_span(other.start, other.end).start)
    return None


_NUMBERED = lazily(
    r"^(?:(?:step|tip|lesson|reason|rule|myth|mistake|way|question|principle|stage|trend|sign)\s*)?#?(?P<number>\d{1,2})(?:[.):]|\s[-–—]|\s(?=[A-Z]))",
    re.IGNORECASE,
)
_LEAST_NUMBERED = 3
_IN_WORDS = {word: number for number, word in enumerate("three four five six seven eight nine ten eleven twelve".split(), start=3)}


def miscounted(draft: Draft) -> tuple[Place, str, int, int] | None:
    """A count in the title or H1 ("7 ways to ...") that the numbered headings do not come to: where, its words, it, and theirs."""
    pattern = re.compile(rf"\b(?P<figure>\d{{1,2}}|{'|'.join(_IN_WORDS)})\s(?:[\w'’-]+\s){{0,3}}?(?:{_LISTED})\b", re.IGNORECASE)
    for place in places(draft):
        match = pattern.search(place.text) if place.part != "description" else None
        if match is None or re.search(r"\bpart\b|\(\d", place.text, re.IGNORECASE):
            continue
        figure = match["figure"].lower()
        promised, counts = _IN_WORDS.get(figure) or int(figure), _numbered(draft)
        if counts and promised not in counts and promised not in _sections(draft):
            return place, match.group(), promised, max(counts)
    return None


def _numbered(draft: Draft) -> list[int]:
    """How far the headings of each level are numbered, from 1 and without a gap."""
    found = []
    for level in range(1, 7):
        numbers = [int(m["number"]) for h in draft.headings if h.level == level and (m := _NUMBERED.match(h.text))]
        if len(numbers) >= _LEAST_NUMBERED and numbers in (list(range(1, len(numbers) + 1)), list(range(len(numbers), 0, -1))):
            found.append(len(numbers))
    return found


def _sections(draft: Draft) -> set[int]:
    """What else the title may count: the headings of a level, the items of a list."""
    found = {sum(h.level == level for h in draft.headings) for level in range(1, 7)}
    run = 0
    for item in draft.items:
        run = run + 1 if item.ordered and item.depth == 0 else 0
        found.add(run)
    return found
