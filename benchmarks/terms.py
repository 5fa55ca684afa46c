"""How well the site's own tags or categories are chosen for a draft, and the weights of what speaks for one. Needs numpy.

    python benchmarks/terms.py measure SITES     with the weights in place, and with weights found without the site itself
    python benchmarks/terms.py train SITES       the same, and new weights; --write puts them in place
        --pages N    of each site only so many pages, drawn at random        --without SIGNAL ...    as if there were no such signals

SITES is a folder of sites, each a folder of Markdown files, some of which say in their frontmatter what they are filed under.

Of a site's pages that are filed, a third, at most 30, are drafts: their terms are taken out, and sought. That is done four times with
other drafts. A draft is part of the site, as it is where an author works on it; its page tells nothing of it.

Recall 5 is the share of a draft's terms among the first five that the site is thought to file it under, averaged over drafts, then
over sites. Terms that only the draft itself has are sought, too, and cannot be found: `bound` is the recall of who knows the others.
Shown is how many terms are proposed, precision which share of them is right: a lower bound, since no author gives all terms that fit.

The weights are found by logistic regression with a small ridge (Newton's method), in which sites count by the root of their drafts. A
new signal needs a weight of 0 in the file first, and one that is taken away must be taken out of it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geo_optimizer.engines.offline.naming import fitting
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.site.index import Site
from geo_optimizer.site.pages import Page, read_page
from geo_optimizer.site.vocabulary import name_of_term, term_signals
from geo_optimizer.site.weights import TermWeights, term_weights

_FILE = Path(__file__).parent.parent / "src/geo_optimizer/data/term-weights.json"
_ROOT = Path("/nowhere")
_TIMES, _MOST_DRAFTS = 4, 30
_RIDGE = 1e-4
_BANDS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A draft: the terms in question, a row of signals for each, which are right, and how many would be."""

    site: str
    names: tuple[str, ...]  # of signals
    terms: tuple[str, ...]
    rows: Array
    right: Array
    wanted: int
    kind: str


# ------------------------------------------------------------------ reading


def cases(folder: Path, most: int | None) -> list[Case]:
    """The drafts of all sites."""
    jobs = [(site, time) for site in sorted(p for p in folder.iterdir() if p.is_dir()) for time in range(_TIMES)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return [case for part in pool.map(partial(_read, most=most), jobs) for case in part]


def _read(job: tuple[Path, int], most: int | None) -> list[Case]:
    folder, time = job
    chance = random.Random(time)
    sources = dict(_sources(folder))
    pages = {path: page for path, source in sources.items() if (page := _page(path, source)) is not None}
    if most is not None:
        pages = dict(sorted(chance.sample(sorted(pages.items()), min(most, len(pages)))))
    kind = "tags" if sum(bool(page.tags) for page in pages.values()) >= len(pages) / 10 else "categories"
    filed = [path for path, page in pages.items() if getattr(page, kind)]
    held = frozenset(chance.sample(filed, min(_MOST_DRAFTS, len(filed) // 3)))
    site = Site(_ROOT, [replace(page, tags=(), categories=(), description="") if path in held else page for path, page in pages.items()])
    return [case for path in sorted(held) if (case := _case(folder.name, site, path, sources[path], getattr(pages[path], kind), kind))]


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".mdx") and path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8", errors="replace")


def _page(path: str, source: str) -> Page | None:
    try:
        return read_page(path, source)
    except DraftRefused:
        return None


def _case(site_name: str, site: Site, path: str, source: str, gold: Sequence[str], kind: Any) -> Case | None:
    evidence = site.evidence(parse(source, str(_ROOT / path)), kind)
    if evidence is None:
        return None
    signals = term_signals(*evidence)
    wanted = {name_of_term(term) for term in gold}
    terms = tuple(sorted(signals))
    names = tuple(signals[terms[0]])
    rows = np.array([[signals[term][name] for name in names] for term in terms])
    return Case(site_name, names, terms, rows, np.array([float(name_of_term(term) in wanted) for term in terms]), len(wanted), kind)


# ------------------------------------------------------------------ weights


def fitted(found: Sequence[Case], without: Sequence[str]) -> TermWeights:
    """The weights that these drafts show."""
    names = found[0].names
    kept = [n for n, name in enumerate(names) if name not in without]
    drafts = Counter(case.site for case in found)
    count = np.concatenate([np.full(len(case.terms), drafts[case.site] ** -0.5) for case in found])
    rows = np.concatenate([case.rows[:, kept] for case in found])
    weights = _logistic(rows, np.concatenate([case.right for case in found]), count)
    return TermWeights({names[n]: float(weight) for n, weight in zip(kept, weights, strict=False)}, float(weights[-1]))


def _logistic(rows: Array, right: Array, count: Array) -> Array:
    """The weights with which the logistic of the sum tells the right rows, by Newton's method; the last is the bias."""
    scale = np.sqrt(np.average(rows**2, axis=0, weights=count)) + 1e-9
    x = np.concatenate([rows / scale, np.ones((len(rows), 1))], axis=1)
    count = count / count.sum()
    pull = np.full(x.shape[1], _RIDGE)
    pull[-1] = 1e-12
    found = np.zeros(x.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (count * (chance - right)) + pull * found
        bend = (x * (count * np.maximum(chance * (1 - chance), 1e-9))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        found -= step * min(1.0, 3 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-6:
            break
    return np.append(found[:-1] / scale, found[-1])


def without_own(found: Sequence[Case], without: Sequence[str]) -> dict[str, TermWeights]:
    """For each site the weights that the others show."""
    return {site: fitted([case for case in found if case.site != site], without) for site in sorted({case.site for case in found})}


# ------------------------------------------------------------------ measuring


def ranked(case: Case, told: TermWeights) -> tuple[list[int], Array]:
    """The terms, as indices, likeliest first, and the chance of each."""
    weights = np.array([told.signals.get(name, 0.0) for name in case.names])
    chance = 1 / (1 + np.exp(-np.clip(case.rows @ weights + told.bias, -30, 30)))
    return sorted(range(len(chance)), key=lambda n: (-chance[n], case.terms[n])), chance


def _figures(case: Case, told: TermWeights) -> dict[str, float]:
    order, chance = ranked(case, told)
    shown = order[: len(fitting([float(chance[n]) for n in order], case.kind))]
    return {
        "recall 5": case.right[order[:5]].sum() / case.wanted,
        "bound": min(5.0, case.right.sum()) / case.wanted,
        "first": case.right[order[0]],
        "shown": len(shown),
        "of them right": case.right[shown].sum(),
        "recall shown": case.right[shown].sum() / case.wanted,
        "drafts": 1.0,
    }


def table(found: Sequence[Case], weights: Mapping[str, TermWeights]) -> None:
    """Prints the figures of each site, and of all."""
    sites: dict[str, list[dict[str, float]]] = defaultdict(list)
    for case in found:
        sites[case.site].append(_figures(case, weights[case.site]))
    columns = ("recall 5", "bound", "first", "shown", "precision", "recall shown", "drafts")
    print(f"{'':24}" + "".join(f"{name:>13}" for name in columns))
    means = {site: _means(rows) for site, rows in sites.items()}
    means["MEAN"] = {name: float(np.mean([row[name] for row in means.values()])) for name in columns}
    means["MEAN OF DRAFTS"] = _means([row for rows in sites.values() for row in rows])
    for site, row in means.items():
        print(f"{site:24}" + "".join(f"{row[name]:13.3f}" for name in columns))


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    mean = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
    return {**mean, "precision": mean["of them right"] / max(1e-9, mean["shown"]), "drafts": float(len(rows))}


def reliability(found: Sequence[Case], weights: Mapping[str, TermWeights]) -> None:
    """Prints how often terms of a chance are right."""
    pairs = [(chance, case.right) for case in found for _, chance in [ranked(case, weights[case.site])]]
    chance, right = (np.concatenate(column) for column in zip(*pairs, strict=True))
    for low, high in pairwise(_BANDS):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            print(f"{low:.2f} - {min(high, 1.0):.2f}  {inside.sum():7}  {chance[inside].mean():.2f}  {right[inside].mean():.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("measure", "train"))
    parser.add_argument("sites", type=Path)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without", nargs="+", default=[])
    asked = parser.parse_args()
    found = cases(asked.sites, asked.pages)
    every = sorted({case.site for case in found})
    print(f"{len(found)} drafts; weights found without the site itself:")
    others = without_own(found, asked.without)
    table(found, others)
    reliability(found, others)
    told = term_weights() if asked.task == "measure" else fitted(found, asked.without)
    print(f"\nwith the {'weights in place' if asked.task == 'measure' else 'new weights, which know these sites'}:")
    table(found, dict.fromkeys(every, told))
    if asked.write:
        _FILE.write_text(_written(told, found), encoding="utf-8")


def _written(told: TermWeights, found: Sequence[Case]) -> str:
    sites = sorted({case.site for case in found})
    body = {
        "about": "What each signal adds to the log odds that a site files a draft under a term (see site/vocabulary.py).",
        "trained on": f"what {len(found)} pages of {len(sites)} sites are filed under: {', '.join(sites)}",
        "when": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "python benchmarks/terms.py train SITES --write",
        "signals": {name: round(weight, 3) for name, weight in told.signals.items()},
        "bias": round(told.bias, 3),
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
