"""Whether two figures say the same, and if not, how they differ."""

from __future__ import annotations

import math
import re

from geo_optimizer.analysis.quantities import Quantity
from geo_optimizer.grounding.words import stem
from geo_optimizer.lazy import lazily
from geo_optimizer.model import ReasonKind

_VAGUE = frozenset({"about", "nearly", "average"})
_ABOVE = frozenset({"more than", "at least"})
_BELOW = frozenset({"less than", "up to", "nearly"})
_SLACK = 0.07  # how far a round word may be from the figure: "half" for 48 %, "three quarters" for 76 %
_STRETCH = 0.25  # how far a bound may be: "more than half" for 55 %, "over 5,000" for 5,883
_TIMES = {
    "nanosecond": 1e-9,
    "microsecond": 1e-6,
    "millisecond": 1e-3,
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "quarter": 7889400.0,
    "year": 31557600.0,
    "decade": 315576000.0,
}
# Bits, and hertz, watts, metres and grams, with what their prefixes stand for; a B is a byte.
_SIGN = lazily(r"(?P<prefix>[kKMGTPEcm]?)(?P<binary>i?)(?P<base>[Bb](?:ytes?|its?)?|bps|bit/s|B/s|bytes?|bits?|Hz|W|Wh|m|g)")
_PREFIXES = {"": 1.0, "c": 1e-2, "m": 1e-3, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_BASES = {
    "B": ("bit", 8.0),
    "b": ("bit", 1.0),
    "byte": ("bit", 8.0),
    "bit": ("bit", 1.0),
    "bps": ("bit/s", 1.0),
    "bit/s": ("bit/s", 1.0),
    "B/s": ("bit/s", 8.0),
}
_SMALL_BYTES = {"mb": 8e6, "gb": 8e9, "tb": 8e12}  # as people write megabytes in haste
_WORDS = {
    prefix + base: ("bit", bits * factor)
    for prefix, factor in (("kilo", 1e3), ("mega", 1e6), ("giga", 1e9), ("tera", 1e12), ("peta", 1e15), ("exa", 1e18), ("zetta", 1e21))
    for base, bits in (("byte", 8.0), ("bit", 1.0))
}
_YEARS = frozenset({"year", "date"})


def difference(claim: Quantity, draft: Quantity) -> ReasonKind | None:
    """How a claim's figure departs from the draft's, or None if the draft's bears it out."""
    if claim.kind in _YEARS and draft.kind in _YEARS:
        return None if _same_date(claim, draft) else "date"
    kind = _kind_difference(claim, draft)
    if kind:
        return kind
    value, other = (claim.value, draft.value) if _bare(claim) or _bare(draft) else (_amount(claim), _amount(draft))
    if _ranged(claim, draft):
        return None
    if not _near(claim, draft, value, other):
        if claim.value == draft.value and claim.unit != draft.unit:
            return "unit"
        return "scale" if _scaled(value, other) else "number"
    return _bound_difference(claim, draft, value, other)


def same_value(claim: Quantity, draft: Quantity) -> bool:
    """Whether the two come to the same, whatever they count and whichever bound they give."""
    return claim.value == draft.value or _near(claim, draft, _amount(claim), _amount(draft))


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether the one could be mistaken for the other: the same kind, and for counts and money the same unit."""
    if one.kind in _YEARS and other.kind in _YEARS:
        return all(date[0] for date in (_date(one), _date(other)))
    if one.kind != other.kind:
        return False
    if one.kind == "count":
        return one.unit is not None and other.unit is not None and stem(one.unit) == stem(other.unit)
    return one.kind != "money" or one.unit == other.unit


def _kind_difference(claim: Quantity, draft: Quantity) -> ReasonKind | None:
    if "percent" in (claim.kind, draft.kind) and claim.kind != draft.kind:
        return "unit"
    if claim.kind == "percent" and claim.unit != draft.unit:
        return "unit"
    if "multiple" in (claim.kind, draft.kind) and claim.kind != draft.kind:
        return None if _bare(claim) or _bare(draft) else "unit"
    if claim.kind == "money" or draft.kind == "money":
        return None if claim.unit == draft.unit else "unit"
    if (claim.kind == "duration") != (draft.kind == "duration"):
        return None if _bare(claim) or _bare(draft) else "unit"
    ours, theirs = _size(claim), _size(draft)
    return "unit" if ours and theirs and ours[0] != theirs[0] else None


def _bare(figure: Quantity) -> bool:
    """A number that counts nothing, such as an age set off by commas."""
    return figure.kind == "count" and figure.unit is None


def _amount(figure: Quantity) -> float:
    if size := _size(figure):
        return figure.value * size[1]
    return figure.value * _TIMES.get(figure.unit or "", 1.0) if figure.kind == "duration" else figure.value


def _size(figure: Quantity) -> tuple[str, float] | None:
    """What a unit measures, and by how much its number is to be multiplied: "MB", "megabyte" -> ("bit", 8e6)."""
    if figure.unit in _WORDS:
        return _WORDS[figure.unit]
    if figure.unit in _SMALL_BYTES:
        return "bit", _SMALL_BYTES[figure.unit]
    match = _SIGN.fullmatch(figure.unit) if figure.kind == "count" and figure.unit else None
    if match is None:
        return None
    base, factor = _BASES.get(match["base"].removesuffix("s"), (match["base"], 1.0))
    return base, factor * (
        2.0 ** (10 * "_KMGTPE".index(match["prefix"].upper())) if match["binary"] and match["prefix"] else _PREFIXES[match["prefix"]]
    )


def _ranged(claim: Quantity, draft: Quantity) -> bool:
    """One end of a range for the range, or a figure inside it that is called vague."""
    ends = [v for v in (draft.value, draft.high) if v is not None]
    if claim.high is not None:
        return claim.value in ends and claim.high in ends
    return draft.high is not None and claim.comparison is not None and draft.value <= claim.value <= draft.high


def _near(claim: Quantity, draft: Quantity, value: float, other: float) -> bool:
    if (claim.high is None) != (draft.high is None):
        return False
    if math.isclose(value, other, rel_tol=1e-6):
        return claim.high == draft.high or claim.high is None
    return _rounded(value, other, claim) or _within(value, other, claim)


def _within(value: float, other: float, claim: Quantity) -> bool:
    """The draft's figure lies where a bound or a round word of the claim puts it."""
    gap = (other - value) / max(abs(other), 1e-9)
    if claim.comparison in _ABOVE:
        return 0 < gap <= _STRETCH
    if claim.comparison == "less than":
        return 0 < -gap <= _STRETCH
    if claim.comparison == "nearly":
        return 0 < -gap <= 2 * _SLACK
    return (claim.comparison in _VAGUE or claim.share) and abs(gap) <= _SLACK


def _rounded(value: float, other: float, claim: Quantity) -> bool:
    """`value` is `other` with fewer decimals, or (called vague) with fewer digits."""
    decimals = len(m.group(1)) if (m := re.search(r"\.(\d+)", claim.text)) else 0
    if claim.kind == "percent" and claim.comparison not in _ABOVE:
        return abs(value - other) <= 0.5 * 10**-decimals + 1e-9 and other != round(other, decimals)
    vague = claim.comparison in _VAGUE or "illion" in claim.text
    if not vague or not value or not other:
        return False
    step = 10.0 ** (math.floor(math.log10(abs(value))) - max(0, _digits(claim) - 1))
    return abs(value - other) <= step / 2 + 1e-9


def _digits(figure: Quantity) -> int:
    """Significant digits as written."""
    digits = re.sub(r"\D", "", figure.text.split("–")[0]).lstrip("0")
    return max(1, len(digits if "." in figure.text else digits.rstrip("0")))


def _scaled(value: float, other: float) -> bool:
    if not value or not other:
        return False
    power = math.log10(abs(value / other))
    return abs(power) >= 2 and math.isclose(power, round(power), abs_tol=1e-9)


def _bound_difference(claim: Quantity, draft: Quantity, value: float, other: float) -> ReasonKind | None:
    """A bound the other way, or one the draft does not give."""
    exact = math.isclose(value, other, rel_tol=1e-6)
    if not exact or claim.kind == "duration":
        return None  # "over ten years" may be during them
    if claim.comparison in _ABOVE:
        return None if draft.comparison in _ABOVE else "number"
    if claim.comparison == "up to":
        return "number" if draft.comparison in _ABOVE else None
    if claim.comparison == "less than":
        return None if draft.comparison in _BELOW else "number"
    if claim.comparison == "nearly":
        return "number" if draft.comparison in _ABOVE else None
    return None


def _same_date(claim: Quantity, draft: Quantity) -> bool:
    """The claim's date is the draft's, or as much of it as the claim gives."""
    ours, theirs = _date(claim), _date(draft)
    if claim.high is not None and claim.high != draft.high:
        return False
    return all(a == b or not a or not b for a, b in zip(ours, theirs, strict=True))


def _date(figure: Quantity) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not said."""
    number = int(figure.value)
    return (number, 0, 0) if figure.kind == "year" else (number // 10_000, number // 100 % 100, number % 100)
