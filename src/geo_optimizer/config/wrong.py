"""What is wrong with a configuration, in words that say what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geo_optimizer.config.model import Config, OverrideTable
from geo_optimizer.config.places import Place
from geo_optimizer.errors import nearest
from geo_optimizer.settings import toml

_WANTED = {
    "string_type": "a text in quotes",
    "list_type": "a list, in brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "string_pattern_mismatch": "two letters, such as en or de",
}


class Wrong(Exception):
    """Something at `place` that cannot be meant, and what to write instead."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.place, self.message, self.hint = place, message, hint


def first_wrong(error: ValidationError, line: Callable[[Place], int | None]) -> Wrong:
    """Of all that pydantic finds wrong, what stands first in the file."""
    found = [_wrong(detail) for detail in error.errors(include_url=False)]
    return min(found, key=lambda wrong: line(wrong.place) or 0)


def _wrong(detail: ErrorDetails) -> Wrong:
    place = tuple(detail["loc"])
    if place and place[-1] == "[key]":
        place = place[:-1]
    kind = detail["type"]
    if kind == "extra_forbidden":
        return unknown(place, str(place[-1]), _keys(place))
    if kind == "missing":
        return Wrong(place, f"an override without `{place[-1]}`", 'say which files it is for, such as files = ["legacy/**"]')
    if kind == "too_short":
        return Wrong(place, f"`{name(place)}` is empty", 'name at least one pattern, such as "legacy/**"')
    if kind == "string_too_short":
        return Wrong(place, f"`{name(place)}` is empty", "give a path, or leave it out")
    if kind == "literal_error":
        return _none_of(place, str(detail["ctx"]["expected"]).replace("'", ""), detail["input"])
    return mistyped(place, _WANTED.get(kind, "something else"), detail["input"])


def _none_of(place: Place, choices: str, given: object) -> Wrong:
    near = nearest(str(given), re.findall(r"\w+", choices.replace(" or ", ", ")))
    return mistyped(place, choices, given, f"did you mean `{near}`?" if near else "")


def _keys(place: Place) -> list[str]:
    """The keys that may stand where an unknown one does."""
    model = OverrideTable if len(place) == 3 and place[0] == "overrides" else Config
    return [field.alias or key for key, field in model.model_fields.items()]


def unknown(place: Place, word: str, known: list[str], *, what: str = "is not known", list_them: str = "") -> Wrong:
    """A name that nothing has; the hint is the nearest that something has, or else where to find them."""
    near = nearest(word, known)
    return Wrong(place, f"`{word}` {what}", f"did you mean `{near}`?" if near else list_them or f"known are {', '.join(known)}")


def mistyped(place: Place, wanted: str, given: object, hint: str = "") -> Wrong:
    """A value of another kind than is wanted."""
    if wanted == _WANTED["list_type"] and isinstance(given, str):
        hint = f"write [{toml(given)}]"
    return Wrong(place, f"`{name(place)}` must be {wanted}, not {kind_of(given)}", hint or "correct it, or leave it out")


def name(place: Place) -> str:
    """A place as its keys are written; the number of an item is the line's to say."""
    keys = [part for n, part in enumerate(place) if isinstance(part, str) and not (n == 0 and part == "overrides" and len(place) > 2)]
    return ".".join(keys) or "tool.geo-optimizer"


def kind_of(given: object) -> str:
    """What a value is, in the words of TOML; a short one itself."""
    if isinstance(given, bool | str | int | float):
        text = toml(given)
        return text if len(text) <= 40 else f"{text[:37]}..."
    return "a table" if isinstance(given, Mapping) else "a list" if isinstance(given, list) else "a date"
