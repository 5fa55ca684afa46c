"""What a figure is, and what a number, a date or a clock time that was found comes to."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from geo_optimizer.analysis.grammar import Grammar
from geo_optimizer.analysis.numerals import Lexicon, normal

Kind = Literal["percent", "money", "count", "multiple", "duration", "year", "date", "ordinal", "version", "time", "other"]

# Kinds that state how much or how many; the others only name or place a thing.
MEASURES: frozenset[Kind] = frozenset({"percent", "money", "count", "multiple", "duration"})


class Quantity(NamedTuple):
    """A figure as written in `text[start:end]`, with its sign, scale word and closely bound unit ("$2.3 trillion", "12%", "6-month").

    `value`: normalised: scale applied; percent and shares in percent ("nine
    out of ten" -> 90, "half" -> 50); money in whole currency units; a
    duration in its own `unit`; a date as YYYYMMDD with zeros for what is not
    said; a clock time in minutes. `high`: the upper end of a range, else
    None. `unit`: "%", "percentage points", a currency sign, "x" (multiples),
    a time unit in the English singular, a unit sign ("GB"), else the counted
    noun, singular and lower-case; None where nothing is counted.
    `comparison`: "more than", "at least", "less than", "up to", "about",
    "nearly", "only", "average", in English whatever the language; not part of
    the figure. `share`: written as a share in words or as a ratio.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str | None
    kind: Kind
    comparison: str | None = None
    high: float | None = None
    share: bool = False

    @property
    def measured(self) -> bool:
        """It says how much or how many, rather than when or which."""
        return self.kind in MEASURES


# ------------------------------------------------------------------ dates and times


def first_number(text: str) -> float:
    found = re.search(r"\d+(?:\.\d+)?", text)
    return float(found.group()) if found else 0.0


def clock_value(text: str) -> float:
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    hour = numbers[0] % 12 + 12 if re.search(r"p\.?m", text, re.IGNORECASE) else numbers[0]
    return float(hour * 60 + (numbers[1] if len(numbers) > 1 else 0))


def date_value(text: str, lex: Lexicon) -> float:
    """YYYYMMDD; zeros for what is not said. `5/17/16` is read month first, `17.5.2016` day first."""
    if iso := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return float("".join(iso.groups()))
    if parts := re.fullmatch(r"(\d{1,2})([/.])(\d{1,2})[/.](\d{2,4})", text):
        first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
        month, day = (first, second) if parts[2] == "/" and first <= 12 else (second, first)
        return _date(year + 2000 if year < 100 else year, month, day)
    months = [month.lower() for month in lex.months]
    named = next((m for m in re.findall(r"[^\W\d]+", text.lower()) if m in months), None)
    year_said, day_said = re.search(r"\b\d{4}\b", text), re.search(r"\b\d{1,2}(?!\d)", text)
    return _date(int(year_said.group()) if year_said else 0, _month(named, months), int(day_said.group()) if day_said else 0)


def _date(year: int, month: int, day: int) -> float:
    return float(year * 10000 + month * 100 + day)


def _month(name: str | None, months: list[str]) -> int:
    """The short names stand behind the twelve full ones."""
    if name is None:
        return 0
    return next(i for i, month in enumerate(months) if month == name or (name not in months[:12] and month.startswith(name[:3]))) + 1


# ------------------------------------------------------------------ numbers


def read_number(digits: str, decimal: str) -> float:
    """`1,200.5`, `1.200,5`, `1 200`: one kind of separator before three digits groups them, unless it is the language's decimal sign."""
    if digits.isdecimal():
        return float(digits)
    marks = re.findall(r"\D", digits)
    last = marks[-1]
    grouped = re.fullmatch(r"\d{1,3}(?:\D\d{3})+", digits) is not None
    if len(set(marks)) == 1 and (len(marks) > 1 or (grouped and last != decimal)):
        return float(re.sub(r"\D", "", digits)) if grouped or last != "." else float(".".join(digits.split(".")[:2]))
    whole, _, tenths = digits.rpartition(last)
    if last not in ",.":
        return float(re.sub(r"\D", "", digits))
    return float((re.sub(r"\D", "", whole) or "0") + "." + tenths)


def read_words(text: str, match: re.Match[str], grammar: Grammar) -> tuple[float, int]:
    """The value of number words from `match` on, as far as they make one number, and where they end."""
    number, end = _Number(), match.start()
    if match["article"]:
        number, end = _Number(group=1.0), match.end() - 1
    while word := grammar.word.match(text, end):
        if end == match.start() and word.start("word") != end:
            break
        longer = number.followed_by(normal(word["word"]), grammar.lexicon, conjunction=bool(word["and"]))
        if longer is None:
            break
        number, end = longer, word.end()
    return number.total + max(number.group, 0.0), end


class _Number(NamedTuple):
    """Number words read so far: `total` of the finished groups ("three thousand"), and the open `group` (-1: none begun)."""

    total: float = 0.0
    group: float = -1.0

    def followed_by(self, word: str, lex: Lexicon, *, conjunction: bool) -> _Number | None:
        """The number with its next word; None if they do not make one number ("two and three")."""
        english = lex.joiner == "and"
        if conjunction and not self._takes_and(english=english):
            return None
        value = lex.words.get(word)
        if value is None:
            return self._scaled(lex.scales.get(word, 0.0))
        if self.group < 0 or (self.total and self.group == 0):
            return _Number(self.total, float(value))
        return self._joined(value, english=english)

    def _takes_and(self, *, english: bool) -> bool:
        if self.total and self.group <= 0:
            return True
        return self.group >= 20 and self.group % (100 if english else 10) == 0

    def _scaled(self, scale: float) -> _Number | None:
        if not scale or self.group <= 0 or (self.total and self.total <= scale):
            return None
        return _Number(self.total + self.group * scale, 0.0)

    def _joined(self, value: int, *, english: bool) -> _Number | None:
        if value in (12, 100) and 0 < self.group <= 10:  # "two dozen", "three hundred"
            return _Number(self.total, self.group * value)
        if value == 20 and self.group == 4 and not english:  # quatre-vingts
            return _Number(self.total, 80.0)
        rest = self.group % 100
        room = 100 if rest == 0 else 20 if rest in (60, 80) and not english else 10  # soixante-dix, quatre-vingt-dix
        fits = 0 < value < room and (rest == 0 or (rest >= 20 and rest % 10 == 0))
        return _Number(self.total, self.group + value) if fits else None
