"""What editors think of what the product proposes, learnt from what they said when they read it. Needs numpy.

    python benchmarks/readings.py links            which recommended links an editor takes as they stand
    python benchmarks/readings.py lines            which lines of a TL;DR or of takeaways an editor would publish
        --write    new weights, put in place: `data/taken-weights.json`, "readable" in `data/summary-weights.json`

`readings-links.csv` and `readings-lines.csv` hold a reading a line, numbers alone: the draw it is from, how it was judged (1 as it stands,
0 not at all, between them in part), then what was known of it (`site/signals.py` and `site/wording.py`; `engines/offline/ranking.py`).
The links are recommended ones, five draws at random from drafts of six sites; the lines are all of drafts drawn at random from some
twenty sites. Each was read by one reader who knew nothing of how it was chosen, with the page or the draft at hand.

The weights are a logistic regression with a ridge (Newton's method). Printed is how well it tells them on draws left out in turn.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_HERE = Path(__file__).parent
_DATA = _HERE.parent / "src" / "geo_optimizer" / "data"
_RIDGE = {"links": 4.0, "lines": 15.0}
_SHARES = (0.3, 0.5, 0.7, 0.9, 1.0)
_GOOD = 0.9  # judged so or better is taken as it stands


def fitted(known: np.ndarray, judged: np.ndarray, ridge: float) -> np.ndarray:
    """The weights of the columns of `known`, the first of which is 1."""
    middle, spread = known.mean(0), known.std(0) + 1e-9
    middle[0], spread[0] = 0, 1
    scaled = (known - middle) / spread
    weights, held = np.zeros(known.shape[1]), ridge * np.eye(known.shape[1])
    held[0, 0] = 0
    for _ in range(20):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + held
        weights += np.linalg.solve(slope, scaled.T @ (judged - likely) - held @ weights)
    weights /= spread
    weights[0] -= weights[1:] @ middle[1:]
    return weights


def read(kind: str) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """The names of what is known of each, its draw, how it was judged, and what is known, with a first column of ones."""
    path = _HERE / f"readings-{kind}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        _, _, *names = next(csv.reader(file))
    rows = np.loadtxt(path, delimiter=",", skiprows=1)
    known = rows[:, 2:].copy()
    if kind == "links":
        known[:, 0] = np.log(known[:, 0] / (1 - known[:, 0]))
        names[0] = "log_odds"
    return names, rows[:, 0], rows[:, 1], np.column_stack([np.ones(len(rows)), known])


def measured(draws: np.ndarray, judged: np.ndarray, known: np.ndarray, ridge: float) -> None:
    told = np.zeros(len(judged))
    for draw in np.unique(draws):
        out = draws == draw
        told[out] = known[out] @ fitted(known[~out], judged[~out], ridge)
    order = np.argsort(-told)
    for share in _SHARES:
        best = judged[order[: int(share * len(judged))]]
        print(f"of the likeliest {share:4.0%}: {(best >= _GOOD).mean():.1%} as they stand, {(best > 0).mean():.1%} not refused")


def put(kind: str, names: Sequence[str], weights: np.ndarray, count: int) -> None:
    told = {name: round(float(weight), 4) for name, weight in zip(("bias", *names), weights, strict=True)}
    if kind == "links":
        path = _DATA / "taken-weights.json"
        body = json.loads(path.read_text(encoding="utf-8"))
        body |= {"trained on": f"{count} links that were read", "bias": told.pop("bias"), "signals": told}
    else:
        path = _DATA / "summary-weights.json"
        body = json.loads(path.read_text(encoding="utf-8")) | {"readable": told}
    text = json.dumps(body, indent=2, ensure_ascii=False) + "\n"
    path.write_text(re.sub(r"\[\s+([^\[\]]+?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("links", "lines"))
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    names, draws, judged, known = read(wanted.kind)
    measured(draws, judged, known, _RIDGE[wanted.kind])
    if wanted.write:
        put(wanted.kind, names, fitted(known, judged, _RIDGE[wanted.kind]), len(judged))


if __name__ == "__main__":
    main()
