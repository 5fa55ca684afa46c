"""The day that a value of metadata states, and values that certainly state none."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from geo_optimizer.lazy import lazily

_ISO_DATE = lazily(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBERED = lazily(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)")
_PLACEHOLDER = lazily(r"[ymdjthsxa#?]{2,4}([-/. ])[ymdjtmxa#?]{2,4}(?:\1[ymdjtxa#?]{2,4})?", re.IGNORECASE)


def day_of(value: Any) -> dt.date | None:
    """A date, or a text that begins with one as ISO 8601 writes it."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _ISO_DATE.match(value.strip()) if isinstance(value, str) else None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def no_date(text: str) -> str | None:
    """Why a text is certainly no date; None where it may be one. How a date may be written is each generator's own affair."""
    text = text.strip()
    if numbered := _NUMBERED.match(text):
        try:
            dt.date(int(numbered["year"]), int(numbered["month"]), int(numbered["day"]))
        except ValueError:
            return "no calendar has that day"
        return None
    if text.casefold() in _no_days() or _PLACEHOLDER.fullmatch(text):
        return "it says no day"
    return None


@lru_cache(maxsize=1)
def _no_days() -> frozenset[str]:
    """Words that people and programs leave where a date belongs."""
    return frozenset(
        "yesterday|tomorrow|soon|coming soon|tbd|tba|tbc|todo|to do|xxx|undefined|null|nan|invalid date|none|gestern|morgen|demnächst|hier|demain"
        "|bientôt|ayer|mañana|próximamente|ieri|domani|prossimamente|ontem|amanhã|em breve|gisteren|binnenkort".split("|")
    )
