"""How a site writes: the length and the tone of its pages' descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles

from geo_optimizer.model import Manner

FEWEST = 8  # descriptions; of fewer a quarter is one or two
_WE = re.compile(r"\b(?:we|our|ours)\b", re.IGNORECASE)
_YOU = re.compile(r"\byour?\b", re.IGNORECASE)


def manner_of(descriptions: Sequence[str]) -> Manner | None:
    """The manner of a site with these descriptions, whose person is told of English ones alone; None if they are too few."""
    if len(descriptions) < FEWEST:
        return None
    low, _, high = quantiles(map(len, descriptions), n=4)
    we, you = (sum(bool(person.search(text)) for text in descriptions) / len(descriptions) for person in (_WE, _YOU))
    return Manner(int(low), int(high), we, you)
