"""How much each feature counts. The figures are data, found by `benchmarks/summaries.py`, which tells how."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent.parent.parent / "data" / "summary-weights.json"

Sum = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """`words`: the log odds, with a bias, that a word stands in a description or in a summary ("bullets").

    `description`: how good a description is; `bullets`: with a bias, what share
    of a line's words and pairs of words a summary has. `readable`: the log odds
    that an editor who reads a line would publish it. `tldr` and `takeaway` are
    what an editor wants beside that, set by hand.
    """

    words: Mapping[str, Sum]
    description: Sum
    bullets: Sum
    readable: Sum
    tldr: Sum
    takeaway: Sum


@cache
def weights() -> Weights:
    return read_weights(json.loads(_FILE.read_text(encoding="utf-8")))


def read_weights(told: Mapping[str, Any]) -> Weights:
    """The weights in a file's content."""
    by_hand = told["by hand"]
    description = dict(told["description"])
    for name, value in by_hand["description"].items():
        description[name] = description.get(name, 0.0) + value
    return Weights(told["words"], description, told["bullets"], told["readable"], by_hand["tldr"], by_hand["takeaway"])


def total(known: Mapping[str, float], weighed: Sum) -> float:
    """The weighted sum of features; one without a weight counts nothing."""
    return weighed.get("bias", 0.0) + sum(weighed[name] * value for name, value in known.items() if name in weighed)
