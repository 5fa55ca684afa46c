"""How well the offline engine's descriptions and bullets say what authors say, and the weights it chooses them by. Needs numpy and rouge-score.

    python benchmarks/summaries.py measure DESCRIPTIONS SUMMARIES    with the weights in place, and with weights found without the site itself
    python benchmarks/summaries.py train DESCRIPTIONS SUMMARIES      the same, and new weights; --write puts them in place
    python benchmarks/summaries.py bounds DESCRIPTIONS SUMMARIES     the best that could be chosen of what the engine can say

Both files are JSON lines: "site", "draft" (a path, from the file's folder), "title", and "description", or "gold" (the bullets) and "kind"
("takeaways" are compared with the takeaways, anything else with the TL;DR). The drafts are without what was taken from them.

Measured is ROUGE-1 and ROUGE-2 (F, with stemming): the words, and pairs of neighbours, that ours and the author's have in common.

Three things are trained, each by a small linear model. Words: a logistic regression of whether a stem of the draft stands in
the author's text. Descriptions: of one draft's possible ones, weights under which the likely choice has most of the author's
words (a softmax over them, by gradient). Bullets: a ridge regression of the share of a line's words, and twice that of its
pairs of words, that the author's bullets have. "readable" (see `readings.py`) and "by hand" in the file of weights are not touched.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rouge_score.tokenize import tokenize
from rouge_score.tokenizers import DefaultTokenizer

from geo_optimizer import parse
from geo_optimizer.engines.offline import likely, selection, weights
from geo_optimizer.engines.offline.ranking import Scene, line_chances
from geo_optimizer.engines.offline.sections import concluding
from geo_optimizer.engines.offline.selection import DESCRIPTION_LENGTH, Pool, Scored
from geo_optimizer.engines.offline.stems import small_stems, stems
from geo_optimizer.engines.offline.weights import Sum, Weights
from geo_optimizer.pipeline import brief

_FILE = Path(weights.__file__).parent.parent.parent / "data" / "summary-weights.json"
_RIDGE = {"words": 3.0, "description": 0.02, "bullets": 30.0}
_LENGTHS = (DESCRIPTION_LENGTH, *selection._FALLBACK_LENGTHS)  # noqa: SLF001 - the engine's own
_STEEP, _STEPS, _RATE = 8.0, 250, 0.05  # of the softmax: its steepness, how often and how far the weights are moved

Grams = tuple[Counter[str], Counter[tuple[str, str]]]
Rouge = tuple[float, float]


@dataclass(slots=True)
class Case:
    """A draft, what its author wrote of it, and what the engine can say."""

    site: str
    kind: str  # "description", "takeaways" or another kind of summary
    gold: str
    grams: Grams
    found: Pool
    at: likely.Standing
    language: str
    choices: list[tuple[Scored, ...]]
    rouge: list[Rouge]


# ------------------------------------------------------------------ reading


def cases(path: Path, kind: str | None = None) -> list[Case]:
    """The drafts of a file of descriptions or, with no `kind`, of summaries."""
    rows = (json.loads(line) for line in path.open(encoding="utf-8"))
    return [case for row in rows if (case := _case(path.parent, row, kind)).found.lines]


def _case(folder: Path, row: Mapping[str, Any], kind: str | None) -> Case:
    file = folder / row["draft"]
    told = brief(parse(file.read_bytes().decode("utf-8", "replace"), str(file)))
    found = selection.pool(told)
    gold = row["description"] if kind else "\n".join(row["gold"])
    grams = grams_of(gold)
    said = (list(selection.possible(found.lines, length, found.at)) for length in _LENGTHS)
    choices = next(filter(None, said), []) if kind else []
    rouges = [rouge(grams, grams_of(" ".join(s.line.text for s in choice))) for choice in choices]
    at = likely.standing(told, concluding(told))
    return Case(row["site"].split(":")[0], kind or row["kind"], gold, grams, found, at, told.draft.language, choices, rouges)


@cache
def _stem(word: str) -> str:
    found = _TOKENS.tokenize(word)
    return found[0] if found else word


_TOKENS = DefaultTokenizer(use_stemmer=True)


def grams_of(text: str) -> Grams:
    words = [_stem(word) for word in tokenize(text, None)]
    return Counter(words), Counter(pairwise(words))


def rouge(gold: Grams, said: Grams) -> Rouge:
    """ROUGE-1 and ROUGE-2."""
    return _f(gold[0], said[0]), _f(gold[1], said[1])


def _f(gold: Counter[Any], said: Counter[Any]) -> float:
    common = (gold & said).total()
    return 2 * common / (gold.total() + said.total()) if common else 0.0


# ------------------------------------------------------------------ training


def fitted_words(found: Sequence[Case]) -> Sum:
    known = [(case, word) for case in found for word in (*case.at.said, *sorted(case.at.title - case.at.said.keys()))]
    gold = {id(case): set(stems(case.gold)) for case in found}
    rows = [likely.features(word, case.at, small_stems(case.language)) for case, word in known]
    names = ("bias", *rows[0])
    x = np.array([[1.0, *row.values()] for row in rows])
    y = np.array([float(word in gold[id(case)]) for case, word in known])
    w = np.zeros(x.shape[1])
    for _ in range(10):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + _RIDGE["words"] * np.eye(len(w)), x.T @ (y - p) - _RIDGE["words"] * w)
    return dict(zip(names, map(float, w), strict=True))


def read_anew(case: Case, words: Mapping[str, Sum]) -> Pool:
    """What the engine can say, with the chances of words by other weights."""
    at: Scene = replace(case.found.at, likely={part: likely.chances(case.at, told, case.language) for part, told in words.items()})
    lines = tuple(
        replace(s, described=line_chances(s.line.text, at, "description"), bulleted=line_chances(s.line.text, at, "bullets"))
        for s in case.found.lines
    )
    return Pool(lines, at, case.found.words)


def _described(case: Case, found: Pool) -> list[dict[str, float]]:
    """What is known of each possible description."""
    anew = dict(zip(map(id, case.found.lines), found.lines, strict=True))
    return [_description(tuple(anew[id(s)] for s in choice), found.at) for choice in case.choices]


def _description(lines: tuple[Scored, ...], at: Scene) -> dict[str, float]:
    lengths = [len(s.line.text) for s in lines]
    mean = {n: sum(s.known[n] * k for s, k in zip(lines, lengths, strict=True)) / sum(lengths) for n in lines[0].known}
    return mean | selection.joint(lines, at)


def fitted_descriptions(found: Sequence[Case], words: Mapping[str, Sum]) -> Sum:
    tables = []
    for case in found:
        if case.choices:
            known = _described(case, read_anew(case, words))
            tables.append((known, np.array([2 * (a + b) for a, b in case.rouge])))
    names = list(tables[0][0][0])
    xs = [np.array([[row[n] for n in names] for row in known]) for known, _ in tables]
    spread = np.vstack(xs).std(0) + 1e-9
    xs = [(x - x.mean(0)) / spread for x in xs]
    w = _ridge_start(xs, [y for _, y in tables]) * _STEEP
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, _STEPS + 1):
        slope = -_RIDGE["description"] * 0.1 * w
        for x, (_, y) in zip(xs, tables, strict=True):
            score = x @ w
            p = np.exp(score - score.max())
            p /= p.sum()
            slope += x.T @ (p * (y - p @ y)) / len(xs)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        w += _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return dict(zip(names, map(float, w / spread / _STEEP), strict=True))


def _ridge_start(xs: Sequence[np.ndarray], ys: Sequence[np.ndarray]) -> np.ndarray:
    a = sum(x.T @ x / len(x) for x in xs) + 0.05 * len(xs) * np.eye(xs[0].shape[1])
    return np.linalg.solve(a, sum(x.T @ (y - y.mean()) / len(y) for x, y in zip(xs, ys, strict=True)))


def fitted_bullets(found: Sequence[Case], words: Mapping[str, Sum]) -> Sum:
    xs, ys, names = [], [], None
    for case in found:
        lines = [s for s in read_anew(case, words).lines if selection._quotable(s.line)]  # noqa: SLF001 - the engine's own
        if not lines:
            continue
        known = [{**s.known, **s.bulleted.features()} for s in lines]
        names = list(known[0])
        xs.append(np.array([[row[n] for n in names] for row in known]))
        ys.append(np.array([_share(s, case.gold) for s in lines]))
    spread = np.vstack(xs).std(0) + 1e-9
    level, middle = float(np.concatenate(ys).mean()), np.vstack(xs).mean(0)
    z = np.vstack([(x - x.mean(0)) / spread for x in xs])
    y = np.concatenate([y - y.mean() for y in ys])
    w = np.linalg.solve(z.T @ z + _RIDGE["bullets"] * np.eye(z.shape[1]), z.T @ y) / spread
    assert names is not None
    return {"bias": level - float(middle @ w), **dict(zip(names, map(float, w), strict=True))}


def _share(line: Scored, gold: str) -> float:
    """The share of a line's words, and twice that of its pairs, that the author has."""
    said, words = stems(gold), line.bulleted.words
    both = len(set(words) & set(said)) + 2 * len(set(pairwise(words)) & set(pairwise(said)))
    return both / max(1, len(words))


def trained(described: Sequence[Case], bulleted: Sequence[Case]) -> dict[str, Any]:
    words = {"description": fitted_words(described), "bullets": fitted_words(bulleted)}
    return {"words": words, "description": fitted_descriptions(described, words), "bullets": fitted_bullets(bulleted, words)}


# ------------------------------------------------------------------ measuring


def measured(told: Weights, described: Iterable[Case], bulleted: Iterable[Case]) -> Iterator[tuple[Case, Rouge]]:
    """What the engine says with these weights, as it says it."""
    kept = weights.weights
    weights.weights = selection.weights = lambda: told  # type: ignore[assignment, attr-defined]
    try:
        for case in (*described, *bulleted):
            said = _said(case, _weighed(read_anew(case, told.words), told))
            yield case, rouge(case.grams, grams_of(said)) if said else (0.0, 0.0)
    finally:
        weights.weights = selection.weights = kept  # type: ignore[attr-defined]


def _weighed(found: Pool, told: Weights) -> Pool:
    lines = []
    for s in found.lines:
        features = {**s.known, **s.bulleted.features()}
        readable = weights.total(features, told.readable)
        bullet = weights.total(features, told.bullets) + selection._READABLE * readable  # noqa: SLF001 - the engine's own
        of_tldr, of_takeaways = (bullet + weights.total(s.known, hand) for hand in (told.tldr, told.takeaway))
        lines.append(
            replace(s, description=weights.total(s.known, told.description), tldr=of_tldr, takeaway=of_takeaways, readable=readable)
        )
    return Pool(tuple(lines), found.at, found.words)


def _said(case: Case, found: Pool) -> str:
    if case.kind == "description":
        line = selection.describe(found)
        return line.text if line else ""
    tldr, takeaways = selection.bullets(found)
    return "\n".join(line.text for line in (takeaways if case.kind == "takeaways" else tldr))


def _weights(told: Mapping[str, Any], kept: Mapping[str, Any]) -> Weights:
    return weights.read_weights({**kept, **told})


def left_out(described: Sequence[Case], bulleted: Sequence[Case], kept: Mapping[str, Any]) -> list[tuple[Case, Rouge]]:
    """Each site by weights that the others show."""
    result: list[tuple[Case, Rouge]] = []
    for site in sorted({case.site for case in (*described, *bulleted)}):
        other: Callable[[Case], bool] = lambda case, site=site: case.site != site  # type: ignore[misc]  # noqa: E731
        told = _weights(trained([*filter(other, described)], [*filter(other, bulleted)]), kept)
        result += measured(told, [c for c in described if c.site == site], [c for c in bulleted if c.site == site])
    return result


def _table(title: str, found: Iterable[tuple[Case, Rouge]]) -> None:
    by: dict[tuple[bool, str], list[Rouge]] = defaultdict(list)
    for case, scores in found:
        for site in (case.site, "ALL"):
            by[case.kind == "description", site].append(scores)
    print(title)
    for (is_description, site), scores in sorted(by.items(), key=lambda item: (not item[0][0], item[0][1])):
        one, two = (100 * float(np.mean([s[i] for s in scores])) for i in (0, 1))
        if site == "ALL" or len(scores) >= 10:
            print(f"  {'description' if is_description else 'bullets':12} {site:20} {len(scores):5} {one:6.2f} {two:6.2f}")


def bounds(described: Sequence[Case]) -> None:
    best = [max(case.rouge, key=sum) for case in described if case.rouge]
    print("best possible description", [round(100 * float(np.mean([s[i] for s in best])), 2) for i in (0, 1)], len(best))


def written(told: Mapping[str, Any], kept: Mapping[str, Any], count: tuple[int, int]) -> str:
    body = {
        "about": "How much each feature of a word or line counts (see engines/offline: likely.py, ranking.py, selection.py).",
        "trained on": f"{count[0]} descriptions and {count[1]} lists of bullets that authors wrote",
        "when": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "python benchmarks/summaries.py train DESCRIPTIONS SUMMARIES --write",
        **{kind: _rounded(told[kind]) for kind in ("words", "description", "bullets")},
        **kept,
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _rounded(told: Any) -> Any:
    return {name: _rounded(value) for name, value in told.items()} if isinstance(told, dict) else round(told, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("measure", "train", "bounds"))
    parser.add_argument("descriptions", type=Path)
    parser.add_argument("summaries", type=Path)
    parser.add_argument("--write", action="store_true", help="put new weights in place")
    parser.add_argument("--quick", action="store_true", help="without leaving sites out")
    wanted = parser.parse_args()
    described, bulleted = cases(wanted.descriptions, "description"), cases(wanted.summaries)
    kept = {kind: told for kind, told in json.loads(_FILE.read_text(encoding="utf-8")).items() if kind in ("readable", "by hand")}
    if wanted.task == "bounds":
        bounds(described)
        return
    _table("with the weights in place", measured(weights.weights(), described, bulleted))
    if not wanted.quick:
        _table("with weights found without the site", left_out(described, bulleted, kept))
    if wanted.task == "train":
        told = trained(described, bulleted)
        _table("with new weights", measured(_weights(told, kept), described, bulleted))
        if wanted.write:
            _FILE.write_text(written(told, kept, (len(described), len(bulleted))), encoding="utf-8")


if __name__ == "__main__":
    main()
