"""Every figure in a plain text: where it is, how it is written, what it comes to, and in what unit.

The one reader of figures: statistics are chosen from what it finds, and
grounding compares what it finds in a claim with what it finds in the draft.
It judges nothing: a date or a version is read too, and named as such.

    >>> [(q.text, q.value, q.unit, q.comparison) for q in quantities("Nearly a third of 1,200 teams spent $2.3 million.")]
    [('a third', 33.33, '%', 'nearly'), ('1,200', 1200.0, 'team', None), ('$2.3 million', 2300000.0, '$', None)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.analysis.grammar import FRACTIONS, LONGEST_SIGN, MULTIPLIED, Grammar, words_in
from geo_optimizer.analysis.grammar import grammar as grammar_of
from geo_optimizer.analysis.numerals import normal
from geo_optimizer.analysis.units import counted_noun, measured_figure
from geo_optimizer.analysis.values import MEASURES, Kind, Quantity, clock_value, date_value, first_number, read_number, read_words
from geo_optimizer.lazy import lazily

__all__ = ["MEASURES", "Kind", "Quantity", "may_measure", "quantities"]


def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """All figures of `text`, in order, not overlapping. `language` is an ISO 639-1 code."""
    grammar = grammar_of(language)
    begins = _Beginnings(text, grammar)
    if begins.next(0) is None:
        return ()
    found = list(_read(text, begins, grammar))
    return tuple(_ranges(text, found, grammar)) if len(found) > 1 else tuple(found)


# Digits within a word, after "#" and in a key of letters and digits state no amount, unless money is written so. Both patterns begin
# with what is rarest in a text.
_FRACTIONS = "".join(FRACTIONS)
_AMOUNT = lazily(rf"[\d{_FRACTIONS}](?<![\w#]\d)(?:(?<=[{_FRACTIONS}])|(?!\d*[^\W\d]+\d))")
_CODE = r"(?i:USD|EUR|GBP|CHF|JPY|INR)"
_MONEY = lazily(rf"\d(?:(?<=[$€£¥₹]\d)|(?<=[$€£¥₹]\s\d)|(?<={_CODE}\d)|(?<={_CODE}\s\d))")


def may_measure(text: str, language: str = "en") -> bool:
    """Whether there may be a figure in `text` that measures something; soon told, and False of most texts."""
    if _AMOUNT.search(text) or _MONEY.search(text):
        return True
    return not grammar_of(language).cues.isdisjoint(words_in(text))


# ------------------------------------------------------------------ reading

_DIGIT = lazily(rf"[\d{_FRACTIONS}]")


class _Beginnings:
    """Where a figure may begin in a text, asked from places further and further on."""

    __slots__ = ("_digits", "_grammar", "_text", "_words")

    def __init__(self, text: str, grammar: Grammar) -> None:
        self._text = text
        self._grammar = grammar
        self._digits = self._next_digits(0)
        self._words = None if grammar.cues.isdisjoint(words_in(text)) else grammar.words.search(text)

    def next(self, at: int) -> re.Match[str] | None:
        """The first beginning at or after `at`."""
        if self._digits and self._digits.start() < at:
            self._digits = self._next_digits(at)
        if self._words and self._words.start() < at:
            self._words = self._grammar.words.search(self._text, at)
        if self._digits and self._words:
            return self._digits if self._digits.start() < self._words.start() else self._words
        return self._digits or self._words

    def _next_digits(self, at: int) -> re.Match[str] | None:
        digit = _DIGIT.search(self._text, at)
        return self._grammar.digits.search(self._text, max(at, digit.start() - LONGEST_SIGN)) if digit else None


def _claims(text: str, grammar: Grammar) -> Iterator[re.Match[str]]:
    """What `Grammar.claimed` finds. Addresses aside, that is never without a digit, nor begins more than two words before it."""
    anywhere = text[:1].isspace() or "@" in text or "://" in text or "www." in text
    at = 0
    while (start := at if anywhere else _before_digit(text, at)) is not None and (match := grammar.claimed.search(text, start)):
        if match["free"] is None:
            yield match
        at = match.end()


def _before_digit(text: str, start: int) -> int | None:
    """Where the second word before the next digit begins, or an earlier place; at least `start`. None without a digit."""
    digit = _DIGIT.search(text, start)
    place = digit.start() if digit else -1
    for _ in range(3):
        if place >= 0:
            place = text.rfind(" ", start, place)
    return max(place, start) if digit else None


def _read(text: str, begins: _Beginnings, grammar: Grammar) -> Iterator[Quantity]:
    claims = list(_claims(text, grammar))
    at, claim = 0, 0
    while match := begins.next(at):
        while claim < len(claims) and claims[claim].end() <= match.start():
            yield from _named(claims[claim], grammar)
            claim += 1
        if claim < len(claims) and claims[claim].start() < match.end():
            yield from _named(claims[claim], grammar)
            at = max(claims[claim].end(), at + 1)
            claim += 1
            continue
        quantity, at = _figure(text, match, grammar)
        if quantity:
            yield _compared(text, quantity, grammar)
    for left in claims[claim:]:
        yield from _named(left, grammar)


def _named(match: re.Match[str], grammar: Grammar) -> Iterator[Quantity]:
    """A date, time, version or ordinal; nothing for an address or identifier."""
    lead = len(match.group()) - len(match.group().lstrip(" (\t"))
    text = match.group()[lead:]
    start, end = match.start() + lead, match.end()
    if match["date"]:
        yield Quantity(start, end, text, date_value(text, grammar.lexicon), None, "date")
    elif match["time"]:
        yield Quantity(start, end, text, clock_value(text), None, "time")
    elif match["version"]:
        yield Quantity(start, end, text, first_number(text), None, "version")
    elif match["ordinal"]:
        yield Quantity(start, end, text, first_number(text), None, "ordinal")


def _figure(text: str, match: re.Match[str], grammar: Grammar) -> tuple[Quantity | None, int]:
    """The quantity that begins at this match, if it is one, and where to read on."""
    if "digits" in match.re.groupindex:
        if match["digits"]:
            return _digits(text, match, grammar)
        value = round(FRACTIONS[match.group()], 2)
        return Quantity(match.start(), match.end(), match.group(), value, "%", "percent", share=True), match.end()
    if match["share"] or match["half"]:
        return _share(text, match, grammar)
    if match["twice"]:
        return Quantity(
            match.start(), match.end(), match.group(), 3.0 if match["twice"].lower() == "triple" else 2.0, "x", "multiple"
        ), match.end()
    if match["times"]:
        return Quantity(match.start(), match.end(), match.group(), MULTIPLIED[normal(match["times"])], "x", "multiple"), match.end()
    return _spelled(text, match, grammar)


_GROUPED = lazily(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LONGEST = 24  # characters of a number that somebody may have counted; longer ones are keys and hashes


def _digits(text: str, match: re.Match[str], grammar: Grammar) -> tuple[Quantity | None, int]:
    start, end = match.start("sign") if match["sign"] else match.start("digits"), match.end("digits")
    if start and not match["sign"] and text[start - 1] in "−-" and (start == 1 or text[start - 2] in " (\t~"):
        start -= 1
    digits = match["digits"]
    if len(digits) > _LONGEST:
        return None, end
    if grammar.lexicon.decimal == "." and "," in digits and not _GROUPED.fullmatch(digits):
        digits = digits.split(",")[0]  # "1,2" is a list in English
        end = match.start("digits") + len(digits)
    value = read_number(digits, grammar.lexicon.decimal)
    return measured_figure(text, (start, end), -value if text[start] in "−-" else value, match["sign"], grammar)


def _spelled(text: str, match: re.Match[str], grammar: Grammar) -> tuple[Quantity | None, int]:
    value, end = read_words(text, match, grammar)
    quantity, after = measured_figure(text, (match.start(), end), value, None, grammar)
    if value == 1 and quantity and quantity.kind == "count" and not quantity.share and end == quantity.end:
        return None, end  # "one" alone is an article or a pronoun
    if (
        value == 1
        and quantity
        and quantity.kind == "duration"
        and match.group().lower() not in ("one", "1")
        and grammar.lexicon.decimal == "."
    ):
        return None, after
    return quantity, after


# ------------------------------------------------------------------ shares in words

_OF = lazily(
    r"[\s]+(?:of|the|our|all|their|its|these|those|der|des|von|aller|d[eu]s?|de|del|di|dei|degli|delle|della|van|das|dos)\b|\s?[(]|\sd['’]",
    re.IGNORECASE,
)
_HALF_NOT = lazily(r"\b(?:first|second|last|latter|other|in|on|next|next|early|erste|zweite|the)\s$", re.IGNORECASE)


def _share(text: str, match: re.Match[str], grammar: Grammar) -> tuple[Quantity | None, int]:
    """ "two-thirds", "a quarter of", "half of": in percent. "half a million" is a number, "half an hour" a duration, "second half" nothing."""
    lead = text[max(0, match.start() - 28) : match.start()]
    compared = grammar.before.search(lead) is not None
    of = _OF.match(text, match.end()) is not None
    if match["half"]:
        return _half(text, match, grammar, lead, stated=of or compared)
    part = match["part"].lower()
    count = grammar.lexicon.words.get(part, 1)
    if part in grammar.lexicon.articles and not (of or compared or lead.lower().endswith("by ")):
        return None, match.end()  # "a third party", "a quarter later"
    whole = grammar.lexicon.shares.get(normal(match["whole"]))
    if whole is None:
        return None, match.end()
    value = round(100 * count / whole, 2)
    return Quantity(match.start(), match.end(), match.group(), value, "%", "percent", share=True), match.end()


def _half(text: str, match: re.Match[str], grammar: Grammar, lead: str, *, stated: bool) -> tuple[Quantity | None, int]:
    scaled = re.compile(rf"\s(?:{'|'.join(grammar.lexicon.articles)})\s(?P<word>[^\W\d]+)").match(text, match.end())
    if scaled:
        word = scaled["word"].lower()
        if factor := grammar.lexicon.scales.get(word):
            unit = counted_noun(text, scaled.end(), grammar)
            return Quantity(match.start(), scaled.end(), text[match.start() : scaled.end()], factor / 2, unit, "count"), scaled.end()
        if unit := grammar.lexicon.durations.get(word):
            return Quantity(match.start(), scaled.end(), text[match.start() : scaled.end()], 0.5, unit, "duration"), scaled.end()
        return None, match.end()
    before = lead.lower()
    if before.endswith(("and a ", "and one ")):
        return None, match.end()
    if (
        not stated
        or (_HALF_NOT.search(before) and not _OF.match(text, match.end()))
        or re.search(r"\b(?:first|second|last|latter|other)\s$", before)
    ):
        return None, match.end()
    return Quantity(match.start(), match.end(), match.group(), 50.0, "%", "percent", share=True), match.end()


# ------------------------------------------------------------------ comparisons and ranges

_COMPARING_SIGNS = {
    "~": "about",
    "≈": "about",
    "±": "about",
    "<": "less than",
    "<=": "up to",
    "≤": "up to",
    ">": "more than",
    ">=": "at least",
    "≥": "at least",
}


def _compared(text: str, quantity: Quantity, grammar: Grammar) -> Quantity:
    """With the comparison that stands before it, or after it."""
    if quantity.comparison:
        return quantity
    lex = grammar.lexicon
    if before := grammar.before.search(text, max(0, quantity.start - 32), quantity.start):
        word = normal(before["word"] or "")
        return quantity._replace(comparison=lex.before.get(word) or _COMPARING_SIGNS.get(before["sign"] or "", "about"))
    if after := grammar.after.match(text, quantity.end):
        return quantity._replace(comparison=lex.after.get(normal(after["word"])))
    return quantity


_CHANGE = lazily(
    r"\b(?:from|von|de|da|van)\s(?:last\s\w+[’']s\s)?(?:(?:about|around|nearly|almost|over|only|just|roughly|some|under|below|more\sthan|less\sthan|rund|etwa|knapp|environ|cerca\sde|circa)\s)?$",
    re.IGNORECASE,
)
_LONGEST_CHANGE = len("from last year’s more than ")


def _ranges(text: str, found: list[Quantity], grammar: Grammar) -> Iterator[Quantity]:
    """ "10–30 %", "3 to 6 seconds", "between 5 and 7 million" are one quantity with a `high` end."""
    i = 0
    while i < len(found):
        low = found[i]
        high = found[i + 1] if i + 1 < len(found) else None
        joined = _range(text, low, high, grammar) if high else None
        yield joined or low
        i += 2 if joined else 1


def _range(text: str, low: Quantity, high: Quantity, grammar: Grammar) -> Quantity | None:
    if not high.measured or low.share or high.share or low.kind not in (high.kind, "count", "version", "money"):
        return None
    gap = text[low.end : high.start]
    between = grammar.between.search(text, max(0, low.start - 12), low.start) is not None
    if not (grammar.to.fullmatch(gap) or (between and re.fullmatch(rf"\s{grammar.lexicon.joiner}\s", gap))):
        return None
    if not between and gap.strip() not in ("–", "—", "-") and _CHANGE.search(text, max(0, low.start - _LONGEST_CHANGE), low.start):
        return None  # "from 8 % to 2 %" is a change
    unit = low.unit if low.kind == "money" else high.unit
    if (low.kind == "money" and high.kind not in ("money", "count")) or (low.kind == high.kind != "count" and low.unit != high.unit):
        return None
    value = _shared_scale(low, high)
    if value >= high.value:
        return None
    kind: Kind = "money" if low.kind == "money" else high.kind
    return high._replace(
        start=low.start,
        text=text[low.start : high.end],
        value=value,
        high=high.value,
        unit=unit,
        kind=kind,
        comparison=low.comparison,
    )


def _shared_scale(low: Quantity, high: Quantity) -> float:
    """ "5 to 7 million": the scale word of the upper end is that of the lower."""
    for factor in (1e12, 1e9, 1e6, 1e3):
        if high.value >= factor and low.value < 1000 and re.search(r"[^\W\d]", high.text) and not re.search(r"[^\W\d$€£]", low.text):
            return low.value * factor
    return low.value
