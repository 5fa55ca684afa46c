"""How well links are suggested, and the weights of the signals, from links that authors made. Needs numpy.

    python benchmarks/links.py measure SITES     with the weights in place, and with weights found without the site itself
    python benchmarks/links.py train SITES       the same, and new weights; --write puts them in place
        --without SIGNAL ...    as if there were no such signals        --keep FILE    read the sites once, and keep what was read

SITES is a folder of sites. Each is a folder with

    site.jsonl.gz    a page a line: "path" (of its file), "url", "title", "date" (or null), "text" (Markdown, with its links)
    drafts/*.md      some of these pages with their links taken out and the words left: what an author had before linking
    gold.jsonl       a link a line that the author made in a draft: "draft" ("x.md"), "page" (its url), "target" (a url),
                     "anchor" (its words) and "tag": "inline" if it stands in running text. Only these are sought; a suggestion
                     of any link that the author made is right.

A draft takes the place of its page, a few at a time, so that a site keeps most of the links that it is learnt from. A link
to a page younger than the draft was added later, and does not count.

Recall is the share of a draft's targets among the first 5 or 10 suggestions, MRR the mean of 1/rank of the first target found;
overlap is how many of the targets among the first 10 have an anchor with words of the author's. Each is averaged over
drafts, then over sites. Precision of what is recommended is a lower bound: authors do not make every good link.

Three sums are trained, each by logistic regression with a small ridge (Newton's method), drafts of a site and sites counting
alike: which pages are worth a closer look; of two places for one page, which one overlaps the author's words; and whether the
author made the link, where the signals in `_BENT` count along a curve of straight lines. Last, the log odds are scaled and
shifted so that the score is the share of suggestions that authors made, on sites left out. Sites are read with the weights in
place, which choose the pages that are looked at closely: a new signal needs a weight of 0 there first, and one that is taken away
must be taken out of the file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import pickle
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geo_optimizer.site import suggest

sys.path.insert(0, str(Path(__file__).parent))
from link_cases import EXACT, PART, Array, Case, Names, cases

_FILE = Path(__file__).parent.parent / "src/geo_optimizer/data/link-weights.json"
_KNOTS = [0.0, 0.2, 0.5, 1.0]
_BENT = frozenset(
    """similar sentence_best title_said neighbours neighbours_share inlinks everywhere recent linked_best said_often titled
    linked name_weight weight sentence sentence_share context rare fits body""".split()
)
# Signals that no site here shows: what a person wrote down of a page counts as much as is said here.
_BY_HAND = {"pages": {"asked_for": 2.0}, "places": {"given": 2.0}, "links": {"asked_for": 1.0, "given": 2.0}}
_NOT_FOR_LINKS = frozenset({"title_fits", "camel", "item", "half_name", "verbal_start", "small_edge", "title_whole"})
_RIDGE = {"pages": 1e-5, "places": 1e-5, "links": 1e-6}
_SHOWN = 20  # suggestions for each draft
_BANDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)

# ------------------------------------------------------------------ weights


def _height(told: float | list[float], column: Array) -> Array:
    """What a signal adds, value by value."""
    if isinstance(told, list):
        return np.interp(column, _KNOTS, told)
    return told * column


def _sum(weights: Mapping[str, float | list[float]], names: Sequence[str], rows: Array) -> Array:
    total = np.zeros(len(rows))
    for name, told in weights.items():
        total += _height(told, rows[:, names.index(name)])
    return total


def _logistic(rows: Array, right: Array, count: Array, ridge: float, *, bias: bool = True) -> Array:
    """The weights with which the logistic of the sum tells the right rows, by Newton's method; the last is the bias."""
    x = np.concatenate([rows, np.ones((len(rows), 1), dtype=rows.dtype)], axis=1).astype(np.float64) if bias else rows.astype(np.float64)
    count = count / count.sum()
    pull = np.full(x.shape[1], 2 * ridge)
    if bias:
        pull[-1] = 1e-12
    found = np.zeros(x.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (count * (chance - right)) + pull * found
        bend = (x * (count * np.maximum(chance * (1 - chance), 1e-6))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        found -= step * min(1.0, 4 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-4:
            break
    return found


def _pages_fitted(found: Sequence[Case], names: Names, without: frozenset[str]) -> dict[str, float]:
    kept = [i for i, name in enumerate(names.pages) if name not in without and name not in _BY_HAND["pages"]]
    rows = np.concatenate([case.of_pages[:, kept] for case in found if case.pages])
    right = np.concatenate([np.array([page in case.gold for page in case.pages], dtype=float) for case in found if case.pages])
    count = np.concatenate([np.full(len(case.pages), case.weight) for case in found if case.pages])
    fitted = _logistic(rows, right, count, _RIDGE["pages"])
    return {names.pages[i]: float(weight) for i, weight in zip(kept, fitted[:-1], strict=True)}


def _places_fitted(found: Sequence[Case], names: Names, without: frozenset[str]) -> dict[str, float]:
    """From pairs of places for one page that the author linked, of which one agrees better with the words that were used."""
    kept = [i for i, name in enumerate(names.places) if name not in without and name not in _BY_HAND["places"]]
    rows, count = [], []
    for case in found:
        pairs = [pair for i, page in enumerate(case.pages) if page in case.gold for pair in _pairs(case, i)]
        for better, worse, share in pairs:
            rows.append((case.of_places[better][:, None, :] - case.of_places[worse][None, :, :])[:, :, kept].reshape(-1, len(kept)))
            count.append(np.full(len(rows[-1]), case.weight * share / len(pairs) / len(rows[-1])))
    both = np.concatenate(rows)
    fitted = _logistic(both, np.ones(len(both)), np.concatenate(count), _RIDGE["places"], bias=False)
    return {names.places[i]: float(weight) for i, weight in zip(kept, fitted, strict=True)}


def _pairs(case: Case, page: int) -> Iterator[tuple[Array, Array, float]]:
    """The places of a page by how they agree, each better kind with each worse."""
    own = np.flatnonzero(case.page_of == page)
    by = [own[case.agrees[own] == agrees] for agrees in (0, PART, EXACT)]
    for better, worse, share in ((by[1], by[0], 1.0), (by[2], by[0], 1.0), (by[2], by[1], 0.5)):
        if len(better) and len(worse):
            yield better, worse, share


def _links_fitted(
    found: Sequence[Case], names: Names, places: Mapping[str, float], without: frozenset[str]
) -> tuple[dict[str, float | list[float]], float]:
    signals = names.pages + names.places
    by_hand = _BY_HAND["links"]
    kept = [i for i, name in enumerate(signals) if name not in without and name not in by_hand and name not in _NOT_FOR_LINKS]
    bent = [i for i in kept if signals[i] in _BENT]
    rows, right, count = [], [], []
    for case in found:
        best = _best_places(case, names, places)
        if not best or not case.gold:
            continue
        own = np.concatenate([case.of_pages[list(best)], case.of_places[[own[0] for own in best.values()]]], axis=1)
        rows.append(np.concatenate([own[:, kept], *(np.maximum(0, own[:, bent] - knot) for knot in _KNOTS[1:-1])], axis=1))
        right.append(np.array([case.pages[i] in case.gold for i in best], dtype=float))
        count.append(np.full(len(best), case.weight))
    fitted = _logistic(np.concatenate(rows), np.concatenate(right), np.concatenate(count), _RIDGE["links"])
    return _curves([signals[i] for i in kept], [signals[i] for i in bent], fitted), float(fitted[-1])


def _curves(straight: Sequence[str], bent: Sequence[str], fitted: Array) -> dict[str, float | list[float]]:
    """Slopes, and their changes at each knot, as weights and heights at the knots."""
    found: dict[str, float | list[float]] = {name: float(weight) for name, weight in zip(straight, fitted, strict=False)}
    for i, name in enumerate(bent):
        slope, changes = found[name], [float(fitted[len(straight) + k * len(bent) + i]) for k in range(len(_KNOTS) - 2)]
        assert isinstance(slope, float)
        found[name] = [
            slope * at + sum(change * max(0.0, at - knot) for change, knot in zip(changes, _KNOTS[1:], strict=False)) for at in _KNOTS
        ]
    return found


def fitted(found: Sequence[Case], names: Names, without: frozenset[str]) -> dict[str, Any]:
    """The weights that these drafts show, as in the file of weights."""
    pages, places = _pages_fitted(found, names, without), _places_fitted(found, names, without)
    links, bias = _links_fitted(found, names, places, without)
    return {"pages": pages, "places": places, "links": links, "bias": bias}


# ------------------------------------------------------------------ suggesting


def _best_places(case: Case, names: Names, places: Mapping[str, float], most: int = 1) -> dict[int, list[int]]:
    """For each page (as index in `pages`) with places, its best windows, best first."""
    if not case.windows:
        return {}
    suits = _sum(places, names.places, case.of_places)
    found: dict[int, list[int]] = {}
    for window in sorted(range(len(suits)), key=lambda i: (-suits[i], case.windows[i])):
        own = found.setdefault(int(case.page_of[window]), [])
        if len(own) < most:
            own.append(window)
    return found


Chosen = list[tuple[int, int, float]]  # page (its number), window (its index), log odds


def _suggested(case: Case, names: Names, told: Mapping[str, Any]) -> Chosen:
    """As `suggest_links` does, with these weights."""
    best = _best_places(case, names, told["places"], 4)
    of_pages = _sum({k: v for k, v in told["links"].items() if k in names.pages}, names.pages, case.of_pages)
    of_places = _sum({k: v for k, v in told["links"].items() if k in names.places}, names.places, case.of_places) if best else np.zeros(0)
    odds = {(page, window): float(of_pages[page] + of_places[window] + told["bias"]) for page, own in best.items() for window in own}
    queue = [(-odds[page, own[0]], page, 0) for page, own in best.items()]
    heapify(queue)
    taken: set[int] = set()
    chosen: Chosen = []
    while queue and len(chosen) < _SHOWN:
        _, page, n = heappop(queue)
        window = best[page][n]
        words = set(range(*case.windows[window]))
        if not words & taken:
            taken |= words
            chosen.append((case.pages[page], window, odds[page, window]))
        elif n + 1 < len(best[page]):
            heappush(queue, (-odds[page, best[page][n + 1]], page, n + 1))
    return sorted(chosen, key=lambda one: -one[2])


def _recommended(case: Case, names: Names, chosen: Chosen) -> Chosen:
    """Those that would be shown without being asked for, as `suggest_links` does."""
    kept: dict[str, tuple[int, int, float]] = {}
    for page, window, odds in chosen:
        row = case.pages.index(page)
        signals = dict(zip(names.pages + names.places, [*case.of_pages[row].tolist(), *case.of_places[window].tolist()], strict=True))
        candidate = suggest.Candidate(page, case.windows[window], signals, _chance(odds))
        if suggest.is_recommendable(candidate):
            kept.setdefault(case.phrases[window], (page, window, odds))
    return list(kept.values())[: case.fits]


def _chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def calibrated(told: Mapping[str, Any], found: Iterable[tuple[Case, Chosen]]) -> dict[str, Any]:
    """The weights scaled and shifted so that the score is the share of suggestions that authors made."""
    rows = [(odds, page in case.linked, case.weight) for case, chosen in found for page, _, odds in chosen]
    odds, right, count = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    scale, shift = _logistic(odds[:, None], right, count, 1e-9)
    links = {name: [scale * h for h in w] if isinstance(w, list) else scale * w for name, w in told["links"].items()}
    return {**told, "links": links, "bias": float(scale * told["bias"] + shift)}


# ------------------------------------------------------------------ measuring


def table(found: Sequence[Case], suggested: Sequence[Chosen], names: Names) -> dict[str, float]:
    """Prints the figures of each site, and of all."""
    sites: dict[str, list[dict[str, float]]] = defaultdict(list)
    for case, chosen in zip(found, suggested, strict=True):
        if case.gold:
            sites[case.site].append(_figures(case, chosen, names))
    columns = ("recall 5", "recall 10", "MRR", "overlap", "exact", "recommended", "precision", "linked first")
    print(f"{'':24}" + "".join(f"{name:>13}" for name in columns))
    means = {site: _means(rows) for site, rows in sites.items()}
    means["MEAN"] = {name: float(np.mean([row[name] for row in means.values()])) for name in columns}
    for site, row in means.items():
        print(f"{site:24}" + "".join(f"{row[name]:13.3f}" for name in columns))
    return means["MEAN"]


def _figures(case: Case, chosen: Chosen, names: Names) -> dict[str, float]:
    pages = [page for page, _, _ in chosen]
    first = next((rank for rank, page in enumerate(pages, 1) if page in case.gold), None)
    anchors = [int(case.agrees[window]) for page, window, _ in chosen[:10] if page in case.gold]
    shown = _recommended(case, names, chosen)
    return {
        "recall 5": len(case.gold.keys() & set(pages[:5])) / len(case.gold),
        "recall 10": len(case.gold.keys() & set(pages[:10])) / len(case.gold),
        "MRR": 1 / first if first else 0.0,
        "anchors": len(anchors),
        "overlapping": sum(agrees > 0 for agrees in anchors),
        "the same": sum(agrees == EXACT for agrees in anchors),
        "recommended": len(shown),
        "right": sum(page in case.linked for page, _, _ in shown),
        "linked first": float(bool(pages) and pages[0] in case.linked),
    }


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total = {name: sum(row[name] for row in rows) for name in rows[0]}
    return {name: value / len(rows) for name, value in total.items()} | {
        "overlap": total["overlapping"] / max(1, total["anchors"]),
        "exact": total["the same"] / max(1, total["anchors"]),
        "precision": total["right"] / max(1, total["recommended"]),
    }


def reliability(found: Sequence[Case], suggested: Sequence[Chosen]) -> None:
    """Prints, for each band of scores, the share of suggestions that authors made."""
    rows = [(_chance(odds), page in case.linked) for case, chosen in zip(found, suggested, strict=True) for page, _, odds in chosen]
    print("score       suggestions   mean score   made by authors")
    for low, high in pairwise(_BANDS):
        band = [(score, right) for score, right in rows if low <= score < high]
        if band:
            print(
                f"{low:.1f} - {min(1.0, high):.1f} {len(band):12} {np.mean([s for s, _ in band]):12.2f} {np.mean([r for _, r in band]):12.2f}"
            )


def left_out(found: Sequence[Case], names: Names, without: frozenset[str]) -> list[Chosen]:
    """What is suggested in each draft by weights that were found without its site; the scores calibrated on the other sites."""
    told = _by_others(found, names, without)
    scales = {
        site: calibrated(
            {"links": {"": 1.0}, "bias": 0.0}, [(case, one) for case, one in zip(found, told, strict=True) if case.site != site]
        )
        for site in {case.site for case in found}
    }
    return [
        [(page, window, odds * scales[case.site]["links"][""] + scales[case.site]["bias"]) for page, window, odds in one]
        for case, one in zip(found, told, strict=True)
    ]


def _by_others(found: Sequence[Case], names: Names, without: frozenset[str]) -> list[Chosen]:
    """What is suggested in each draft by weights that the other sites show, scores as they come."""
    weights = {
        site: fitted([case for case in found if case.site != site], names, without) for site in sorted({case.site for case in found})
    }
    return [_suggested(case, names, weights[case.site]) for case in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("measure", "train"))
    parser.add_argument("sites", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without", nargs="+", default=[])
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    names, found = _kept(asked.sites, asked.keep)
    print(f"{len(found)} drafts; weights found without the site itself:")
    suggested = left_out(found, names, frozenset(asked.without))
    table(found, suggested, names)
    reliability(found, suggested)
    if asked.task == "measure":
        told = json.loads(_FILE.read_text(encoding="utf-8"))
        print("\nwith the weights in place:")
        table(found, [_suggested(case, names, told) for case in found], names)
        return
    told = calibrated_on_others(found, names, frozenset(asked.without))
    print("\nwith the new weights, which know these sites:")
    table(found, [_suggested(case, names, told) for case in found], names)
    if asked.write:
        _FILE.write_text(written(told, found), encoding="utf-8")


def _kept(sites: Path, keep: Path | None) -> tuple[Names, list[Case]]:
    if keep is not None and keep.exists():
        return pickle.loads(keep.read_bytes())  # type: ignore[no-any-return]
    found = cases(sites)
    if keep is not None:
        keep.write_bytes(pickle.dumps(found))
    return found


def calibrated_on_others(found: Sequence[Case], names: Names, without: frozenset[str]) -> dict[str, Any]:
    """The weights that all sites show. Their scale is that which weights found without a site need on that site."""
    return calibrated(fitted(found, names, without), zip(found, _by_others(found, names, without), strict=True))


def written(told: Mapping[str, Any], found: Sequence[Case]) -> str:
    """The file of weights."""
    kinds = sorted({case.site for case in found})
    head = {
        "about": "How much each signal counts (see site/signals.py, site/wording.py). A list is a curve: its heights at the knots.",
        "trained on": f"links that authors made in {len(found)} pages of {len(kinds)} sites: {', '.join(kinds)}",
        "when": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "python benchmarks/links.py train SITES --write",
        "knots": _KNOTS,
    }
    body = {**head, **{kind: _rounded(told[kind]) for kind in ("pages", "places", "links", "bias")}, "by hand": _BY_HAND}
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return re.sub(r"\[\s+([^\[\]]+?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text) + "\n"


def _rounded(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _rounded(value) for name, value in told.items()}
    return [round(value, 3) for value in told] if isinstance(told, list) else round(told, 3)


if __name__ == "__main__":
    main()
