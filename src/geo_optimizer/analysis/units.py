"""A number becomes a quantity: by the scale, sign or unit that follows it, else by the noun it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo_optimizer.analysis.grammar import Grammar
from geo_optimizer.analysis.numerals import Lexicon, normal
from geo_optimizer.analysis.values import Kind, Quantity
from geo_optimizer.lazy import lazily

_AND_A_HALF = lazily(r"\s(?:and a half|½)\b")
_CURRENCY_SIGNS = {"US$": "$", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


def measured_figure(text: str, span: tuple[int, int], value: float, currency: str | None, grammar: Grammar) -> tuple[Quantity | None, int]:
    """A number with the scale and unit that follow it."""
    start, end = span
    sign = _CURRENCY_SIGNS.get(currency.upper(), currency.upper()) if currency else None
    scale = grammar.scale.match(text, end)
    if scale and (factor := _scale(scale, sign, grammar.lexicon)):
        value, end = value * factor, scale.end()
    elif half := _AND_A_HALF.match(text, end):
        value, end = value + 0.5, half.end()
    suffix = grammar.suffix.match(text, end)
    assert suffix is not None
    found = _Found(text, start, end, value, sign, suffix, grammar)
    quantity = _UNITS.get(suffix.lastgroup or "", _counted)(found) or _counted(found)
    return quantity, quantity.end if quantity else max(end, start + 1)


def _scale(match: re.Match[str], sign: str | None, lex: Lexicon) -> float | None:
    word = normal(match.group())
    if match["letter"]:
        plain = match["letter"]
        return {
            "k": 1e3,
            "K": 1e3,
            "M": 1e6,
            "m": 1e6 if sign else None,
            "B": 1e9,
            "b": 1e9 if sign else None,
            "T": 1e12 if sign else None,
            "t": 1e12 if sign else None,
        }.get(plain)
    if word == "mm":
        return 1e6 if sign else None
    return lex.scales.get(word)


@dataclass(slots=True)
class _Found:
    """A number of `text` with its currency `sign`, and what follows it: `suffix` names at most one family of units."""

    text: str
    start: int
    end: int
    value: float
    sign: str | None
    suffix: re.Match[str]
    grammar: Grammar


def _as(
    found: _Found, kind: Kind, unit: str | None, group: str | None = None, value: float | None = None, *, share: bool = False
) -> Quantity:
    """The figure with its unit, which ends where `group` does; without one, and with its own value, as it was found."""
    end = found.suffix.end(group) if group else found.end
    comparison = None
    if found.suffix["plus"]:
        comparison, end = "at least", max(end, found.suffix.end("plus"))
    return Quantity(
        found.start,
        end,
        found.text[found.start : end],
        found.value if value is None else value,
        unit,
        kind,
        comparison,
        share=share,
    )


def _percent(found: _Found) -> Quantity | None:
    value = found.value / 10 if "‰" in found.suffix["percent"] else found.value
    return _as(found, "percent", "%", "percent", value)


def _points(found: _Found) -> Quantity | None:
    return _as(found, "percent", "percentage points", "points")


def _money(found: _Found) -> Quantity | None:
    name = found.suffix["money"]
    return _as(found, "money", found.grammar.lexicon.currencies.get(normal(name), name.strip()), "money")


def _fold(found: _Found) -> Quantity | None:
    return _as(found, "multiple", "x", "fold")


_COMPARES = lazily(r"\s(?:as|the|more|less|fewer|than|that of|\w{3,}er|so|plus|más|più|mais|zo|higher)\b", re.IGNORECASE)


def _times(found: _Found) -> Quantity | None:
    """ "four times faster" compares; "four times a week" counts."""
    if _COMPARES.match(found.text, found.suffix.end()):
        return _as(found, "multiple", "x", "times")
    return _as(found, "count", "time")


# Time units that may follow their number without a space: "400ms".
_ATTACHED = frozenset(("s", "ms", "µs", "μs", "ns", "h", "sec", "min", "mins", "hr", "hrs"))


def _duration(found: _Found) -> Quantity | None:
    if found.sign:  # "$5 minutes" is no duration
        return None
    word = normal(found.suffix["duration"])
    unit = found.grammar.lexicon.durations.get(word)
    joint = found.suffix["duration"][0]
    if unit is None or (joint.isalpha() and word not in _ATTACHED) or (joint == "-" and word in ("s", "h")):
        return None
    return _as(found, "duration", unit, "duration")


def _ratio(found: _Found) -> Quantity | None:
    """ "nine out of ten", "1 in 4", "12 of 15": a share in percent. "12 in 2015" is none."""
    whole = _whole(found)
    value, by = found.value, found.suffix["ratio"].lower().split()[0]
    end = found.suffix.end("ratio")
    if found.sign or not 0 < value < whole or _DECIMALS.match(found.text, end):
        return None
    if by in ("of", "von", "aus") and value == 1:
        return None  # "one of ten" is one of them
    if by in ("in", "of") and 1900 <= whole <= 2099:
        return None
    every = "every" in found.suffix["ratio"].lower()
    if by == "in" and not every and (value > 10 or value % 1 or not _round(whole) or _has_unit(found, end)):
        return None
    return _as(found, "percent", "%", "ratio", round(100 * value / whole, 2), share=True)


_DECIMALS = lazily(r"[.,]\d")


def _whole(found: _Found) -> float:
    """What the figure is a share of; 0 where that is no number."""
    word = found.suffix["of"].lower()
    return float(word.replace(",", "")) if word[0].isdecimal() else float(found.grammar.lexicon.words.get(word, 0))


def _has_unit(found: _Found, at: int) -> bool:
    """ "3 in 10 minutes" is no share."""
    unit = found.grammar.suffix.match(found.text, at)
    return bool(unit and (unit["duration"] or unit["percent"]))


def _round(whole: float) -> bool:
    return whole <= 10 or whole in (12, 20, 25, 50, 100, 1000, 10000, 100000, 1000000)


def _slash(found: _Found) -> Quantity | None:
    whole = float(found.suffix["den"])
    if found.sign or not 0 < found.value < whole:
        return _as(found, "other", None, "slash") if whole else None
    return _as(found, "percent", "%", "slash", round(100 * found.value / whole, 2), share=True)


def _colon(found: _Found) -> Quantity | None:
    """A ratio ("2.4:1"); two whole numbers may be a clock time, a verse, an aspect ratio."""
    against = float(found.suffix["against"])
    if found.sign or against != 1:
        return _as(found, "other", None, "colon")
    return _as(found, "multiple", "x", "colon", share=True)


def _signed(found: _Found) -> Quantity | None:
    unit = found.suffix["measure"].strip("-").strip()
    return _as(found, "count", unit.removesuffix("s") if unit in ("bits", "bytes") else unit, "measure")


_UNITS = {
    "points": _points,
    "percent": _percent,
    "money": _money,
    "fold": _fold,
    "duration": _duration,
    "times": _times,
    "ratio": _ratio,
    "slash": _slash,
    "colon": _colon,
    "measure": _signed,
}


# ------------------------------------------------------------------ what has no unit of its own

_WORD = lazily(r"[)\]]?[\s\u00a0]+[(\"'“‘*]?(?P<word>[^\W\d_][\w'’./&+#-]*)(?P<stop>[,;:!?)\]]|\.(?=\s|$))?")
_NOT_PLURAL = lazily(r"(?:ss|us|is|ous|ness|less|[^aeiou]{4})$")
_IRREGULAR = {
    "people": "people",
    "children": "child",
    "women": "woman",
    "men": "man",
    "staff": "staff",
    "personnel": "personnel",
}
_TIME_BEFORE = lazily(
    r"(?:\b(?:in|since|by|of|from|to|until|till|during|before|after|through|for|around|late|early|mid|fy|year|summer|winter|spring|fall|autumn|q[1-4]"
    r"|ab|seit|bis|von|im|jahr|anfang|ende|en|depuis|dès|desde|hasta|dal|nel|em|sinds|tot|and|und|et|y|e|vs\.?|versus|as)\s|[–—/(-]\s?|^)$",
    re.IGNORECASE,
)
_AGE = lazily(r"\b(?:age|ages|aged)\s$", re.IGNORECASE)
_LIKE_A_YEAR = lazily(r"(?:1[5-9]|20)\d{2}")
_PLAIN = lazily(r"\d+(?:\.\d+)?")
_LOOKAHEAD = 5  # words after a figure among which its noun is looked for


def _counted(found: _Found) -> Quantity | None:
    """Money by its sign; a year; the number in a name ("Chrome 64"); else a count of the noun that follows."""
    start, end = found.start, found.end
    if found.sign:
        return _as(found, "money", found.sign)
    if end < len(found.text) and (found.text[end].isalpha() or found.text[end] == "_"):
        return None  # "3D", "4xx"
    bare = found.text[start:end]
    if _AGE.search(found.text, max(0, start - 8), start):
        return _as(found, "other", None)
    noun = counted_noun(found.text, end + len(found.suffix["plus"] or ""), found.grammar)
    if _LIKE_A_YEAR.fullmatch(bare) and _is_year(found, noun):
        return _as(found, "year", None)
    plain = (noun is None or "." in bare) and not found.suffix["plus"] and _PLAIN.fullmatch(bare)
    if (
        plain
        and (name := found.grammar.named.search(found.text[max(0, start - 40) : start]))
        and not _is_function_word(name["name"], found.grammar)
    ):
        return _as(found, "version", None)
    return _as(found, "count", noun)


def counted_noun(text: str, at: int, grammar: Grammar) -> str | None:
    """The noun in "10-page", else the one that follows, also behind "or more"."""
    if hyphenated := grammar.hyphenated.match(text, at):
        noun = hyphenated["noun"].lower()
        return _singular(noun) if grammar.lexicon.decimal == "." else noun
    after = grammar.after.match(text, at)
    return _noun(text, after.end() if after else at, grammar.lexicon)


def _is_function_word(name: str, grammar: Grammar) -> bool:
    """Capitalised only because it opens the sentence: "Over 80", "With 20"."""
    word = name.lower()
    return word in grammar.lexicon.stop or grammar.before.search(word + " ") is not None


def _is_year(found: _Found, noun: str | None) -> bool:
    """Four digits without separator are a year, unless they are round and count something ("2000 users")."""
    if _TIME_BEFORE.search(found.text[max(0, found.start - 12) : found.start]) and not (noun and found.value % 100 == 0):
        return True
    return found.value % 100 != 0 or noun is None


def _noun(text: str, at: int, lex: Lexicon) -> str | None:
    """The counted noun: the first plural among the words that follow ("state and county employees"), else the first of them."""
    first: str | None = None
    for _ in range(_LOOKAHEAD):
        match = _WORD.match(text, at)
        if match is None or (match["word"].lower() in lex.stop and not (first and match["word"] == lex.joiner)):
            break
        word = match["word"].strip("'’.-")
        if lex.decimal != ".":
            return word.lower()
        if _is_plural(word):
            return _singular(word.lower())
        first = first or (word.lower() if word[0].islower() and not word.endswith(("ed", "ly")) else None)
        if match["stop"]:
            break
        at = match.end()
    return first


def _is_plural(word: str) -> bool:
    """English: as far as its ending tells."""
    lower = word.lower()
    return lower in _IRREGULAR or (
        len(word) > 3 and lower.endswith("s") and not _NOT_PLURAL.search(lower) and not lower.endswith(("'s", "’s"))
    )


def _singular(word: str) -> str:
    """Of an English noun in lower case; other languages' nouns stay as they stand."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not _NOT_PLURAL.search(word) else word
