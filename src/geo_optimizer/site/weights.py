"""How much each signal counts. The figures are data, found by `benchmarks/links.py train` and `benchmarks/readings.py`, which tell how."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"
_FILE, _TAKEN = _DATA / "link-weights.json", _DATA / "taken-weights.json"

Signals = Mapping[str, float]
Weight = float | list[float]


class Sum:
    """A sum over signals, each from 0 to 1, by a weight or along a curve: its heights at `knots`, straight lines between."""

    def __init__(self, weights: Mapping[str, Weight], knots: list[float]) -> None:
        self.names = tuple(weights)
        self._straight = [(name, weight) for name, weight in weights.items() if not isinstance(weight, list)]
        self._bent = [(name, _lines(weight, knots)) for name, weight in weights.items() if isinstance(weight, list)]

    def of(self, signals: Signals) -> float:
        total = 0.0
        for name, weight in self._straight:
            total += weight * signals[name]
        for name, lines in self._bent:
            total += _height(lines, signals[name])
        return total

    def part(self, name: str, value: float) -> float:
        """What one signal adds."""
        for known, weight in self._straight:
            if known == name:
                return weight * value
        return next((_height(lines, value) for known, lines in self._bent if known == name), 0.0)


Line = tuple[float, float, float]  # from which value on, the height there, the slope


def _lines(heights: list[float], knots: list[float]) -> list[Line]:
    """The straight lines of a curve, the last first."""
    steps = zip(knots, knots[1:], heights, heights[1:], strict=False)
    return [(left, low, (high - low) / (right - left)) for left, right, low, high in steps][::-1]


def _height(lines: list[Line], value: float) -> float:
    for start, height, slope in lines:
        if value >= start:
            return height + slope * (value - start)
    return 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """`pages`: which pages are worth a closer look. `places`: which words for a page. `links`: with `bias`, the log odds that an author makes the link."""

    pages: Sum
    places: Sum
    links: Sum
    bias: float


@cache
def weights() -> Weights:
    return read_weights(json.loads((_DATA / "link-weights.json").read_text(encoding="utf-8")))


@cache
def editors() -> tuple[Sum, float]:
    """With the bias, the log odds that an editor takes a link as it stands; `log_odds` is those of its score. Found by `benchmarks/readings.py`."""
    told = json.loads(_TAKEN.read_text(encoding="utf-8"))
    return Sum(told["signals"], []), told["bias"]


def read_weights(told: Mapping[str, object]) -> Weights:
    """The weights in a file's content (see `benchmarks/links.py`)."""
    knots, bias = told["knots"], told["bias"]
    pages, places, links = (told[kind] for kind in ("pages", "places", "links"))
    by_hand = told["by hand"]
    assert isinstance(knots, list)
    assert isinstance(bias, float)
    assert isinstance(pages, dict)
    assert isinstance(places, dict)
    assert isinstance(links, dict)
    assert isinstance(by_hand, dict)
    sums = [Sum({**own, **by_hand[kind]}, knots) for kind, own in (("pages", pages), ("places", places), ("links", links))]
    return Weights(sums[0], sums[1], sums[2], bias)


@dataclass(frozen=True, slots=True)
class TermWeights:
    """What each signal adds to the log odds that a site files a draft under a term, and what they begin with."""

    signals: Mapping[str, float]
    bias: float

    def chance(self, signals: Signals) -> float:
        return 1 / (1 + math.exp(-self.bias - sum(weight * signals[name] for name, weight in self.signals.items())))


@cache
def term_weights() -> TermWeights:
    told = json.loads((_DATA / "term-weights.json").read_text(encoding="utf-8"))
    return TermWeights(told["signals"], told["bias"])
