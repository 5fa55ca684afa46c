"""Which recommended links an editor takes as they stand, from links that were read: the weights of `data/taken-weights.json`. Needs numpy.

    python benchmarks/taken.py            how well it is told, draws left out in turn
    python benchmarks/taken.py --write    new weights, put in place

`readings.csv` holds a link a line, numbers alone: the draw it is from, whether a reader took it as it stood, its score and what spoke
for it (see `site/signals.py` and `site/wording.py`). The links are 795 recommended ones, four draws at random from drafts of six sites;
each was read by one reader who knew neither the score's threshold nor the sites, with the page at hand.

The weights are a logistic regression with a ridge (Newton's method) on the log odds of the score and on the signals.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np

_HERE = Path(__file__).parent
_FILE = _HERE.parent / "src" / "geo_optimizer" / "data" / "taken-weights.json"
_RIDGE = 4.0
_SHARES = (0.5, 0.7, 0.8, 0.9, 1.0)


def fitted(known: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """The weights of the columns of `known`, the first of which is 1."""
    middle, spread = known.mean(0), known.std(0) + 1e-9
    middle[0], spread[0] = 0, 1
    scaled = (known - middle) / spread
    weights = np.zeros(known.shape[1])
    for _ in range(20):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + _RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(slope, scaled.T @ (taken - likely) - _RIDGE * weights)
    weights /= spread
    weights[0] -= weights[1:] @ middle[1:]
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    with (_HERE / "readings.csv").open(encoding="utf-8", newline="") as file:
        names = [name for name in next(csv.reader(file)) if name not in ("draw", "taken", "score")]
    rows = np.genfromtxt(_HERE / "readings.csv", delimiter=",", names=True)
    odds = np.log(rows["score"] / (1 - rows["score"]))
    known = np.column_stack([np.ones(len(rows)), odds, *(rows[name] for name in names)])
    told = np.zeros(len(rows))
    for draw in np.unique(rows["draw"]):
        left_out = rows["draw"] == draw
        told[left_out] = known[left_out] @ fitted(known[~left_out], rows["taken"][~left_out])
    order = np.argsort(-told)
    for share in _SHARES:
        print(f"of the likeliest {share:.0%}: {rows['taken'][order[: int(share * len(rows))]].mean():.1%} taken")
    weights = fitted(known, rows["taken"])
    body = {
        "about": "How likely an editor takes a link as it stands: log odds, by the log odds of its score and its signals.",
        "trained on": f"{len(rows)} links that were read (benchmarks/readings.csv)",
        "command": "python benchmarks/taken.py --write",
        "bias": round(float(weights[0]), 3),
        "signals": {
            "log_odds": round(float(weights[1]), 3),
            **{name: round(float(w), 3) for name, w in zip(names, weights[2:], strict=True)},
        },
    }
    text = json.dumps(body, indent=2) + "\n"
    print(text)
    if wanted.write:
        _FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
