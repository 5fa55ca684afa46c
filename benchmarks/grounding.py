"""How well grounding tells supported claims from others, what it costs, and the weights it is made with.

    python benchmarks/grounding.py measure CLAIMS.jsonl...      detection and false alarms, by set and by kind
    python benchmarks/grounding.py train CLAIMS.jsonl...        the weights, cross-validated by draft; --write puts them in place
    python benchmarks/grounding.py cost [DRAFT]                 CPU time of a draft's statistics and of twelve lines judged

CLAIMS.jsonl has an object per line: "draft" (a path, from the file's folder), "text", "supported" (true or false), and for
the tables "set" and "kind". Detection is the share of unsupported claims that are refused, false alarms that of supported
ones. A set counts as much as another in training, whatever its size; a line `"set": "x", "share": 0.3` counts for less.

Training is logistic regression over the features of `geo_optimizer.grounding.weighing`, fitted by Adam on the worst
sentence of each claim and the best case for it, which are found anew between rounds. No weight may speak for a claim.
What the claims do not show stays at its prior: an objection counts most in a close copy and least in a free rewording.
Needs nothing beyond the package.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from inputs import article

from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.grounding import ground
from geo_optimizer.grounding.claims import opinions
from geo_optimizer.grounding.objection import Kind
from geo_optimizer.grounding.opinion import Opinion
from geo_optimizer.grounding.weighing import Features, Manner
from geo_optimizer.markdown import parse
from geo_optimizer.model import Draft, Enhancement, Reason
from geo_optimizer.options import SUPPORTED_AT

_WEIGHTS = Path(__file__).parent.parent / "src/geo_optimizer/grounding/weights.py"
_MANNERS: tuple[Manner, ...] = get_args(Manner)
_UNBORNE = ("uncovered", "hardly covered", "strange names")
# Kinds that words answering to one another more by chance than by sense often raise.
_SOFT = frozenset("word name cause planned future moved unsaid subject unspoken population frequency hedge certainty strength".split())
_PRIOR = {"close": 2.5, "copy": 2.0, "free": 1.8}
_SOFTER = {"close": 0.8, "copy": 0.6, "free": 0.35}
# Below these no claims may bring a weight: a figure or source that the draft has not is refused, and so is what it hardly speaks of.
_LEAST = {"figure": 3.0, "source": 3.0, "loose": 1.5}
_LEAST_HARDLY = 3.0
_ROUNDS, _STEPS, _RATE = 4, 600, 0.03
_PULL = 0.001  # of the prior
_CAUTION = 1.3  # what an unsupported claim counts beside a supported one
_FOLDS = 5

# A sentence that the draft has word for word, and one that it says nothing about.
_CERTAIN: dict[bool, tuple[Features, ...]] = {True: ({"verbatim": 1.0},), False: ({"nothing": 1.0},)}


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with what is known of it; `cases`: for each of its sentences, the features of every case that was weighed."""

    draft: str
    text: str
    supported: bool
    name: str
    kind: str
    share: float
    cases: tuple[tuple[Features, ...], ...] = ()
    refused: bool = False  # without being weighed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("measure", "train", "cost"))
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.task == "cost":
        cost(asked.files[0].read_text() if asked.files else article(20_000))
        return
    claims = [claim for path in asked.files for claim in weighed(path)]
    if asked.task == "measure":
        table(claims, [score(claim, None) for claim in claims])
        return
    held_out = cross_validated(claims)
    print(f"held out, {_FOLDS} folds by draft")
    table(claims, held_out, kinds=False)
    weights = fitted(claims)
    if asked.write:
        _WEIGHTS.write_text(written(weights))


# ------------------------------------------------------------------ measuring


def weighed(path: Path) -> Iterable[Claim]:
    """The claims of a file, each weighed against its draft."""
    drafts: dict[str, Draft] = {}
    for row in path.read_text().split("\n"):
        if not row.strip():
            continue
        asked: dict[str, Any] = json.loads(row)
        name = str(path.parent / asked["draft"])
        if name not in drafts:
            drafts[name] = parse(Path(name).read_bytes().decode(), name)
        told = _told(asked["text"], drafts[name])
        cases = tuple(one.cases or _CERTAIN[one.score == 1.0] for one in told or ())
        label = (bool(asked["supported"]), asked.get("set", ""), asked.get("kind", ""), float(asked.get("share", 1)))
        yield Claim(name, asked["text"], *label, cases, told is None)


def _told(text: str, draft: Draft) -> list[Opinion] | None:
    """What the draft says about every sentence of a text; None where that cannot be checked."""
    found: list[Opinion] = []
    for prose in parse(text, dialect="markdown", language=draft.language).prose:
        told = opinions(Enhancement("line", prose.text), draft)
        if isinstance(told, Reason):
            return None
        found += told
    return found or None


def table(claims: Sequence[Claim], scores: Sequence[float], *, kinds: bool = True) -> None:
    """Detection, false alarms and their balance for each set; the share refused of each kind."""
    sets: dict[str, list[tuple[Claim, bool]]] = defaultdict(list)
    for claim, one in zip(claims, scores, strict=True):
        sets[claim.name].append((claim, one < SUPPORTED_AT))
    for name, told in sorted(sets.items()):
        caught = [refused for claim, refused in told if not claim.supported]
        alarms = [refused for claim, refused in told if claim.supported]
        found, false = sum(caught) / max(1, len(caught)), sum(alarms) / max(1, len(alarms))
        print(f"{name:24} detection {found:.3f}  false alarms {false:.3f}  balanced {(found + 1 - false) / 2:.3f}  ({len(told)})")
        if kinds:
            counts = Counter((claim.supported, claim.kind) for claim, _ in told)
            refusals = Counter((claim.supported, claim.kind) for claim, refused in told if refused)
            for (supported, kind), number in sorted(counts.items()):
                print(f"    {'supported' if supported else 'unsupported':12} {kind:24} refused {refusals[supported, kind]}/{number}")


def score(claim: Claim, weights: Features | None) -> float:
    """How likely the claim is supported by these weights, or by those in place."""
    if claim.refused:
        return 0.0
    weights = _in_place() if weights is None else weights
    odds = min((max(_log_odds(case, weights) for case in cases) for cases in claim.cases), default=-9.0)
    return 1 / (1 + math.exp(-odds))


def _log_odds(case: Features, weights: Features) -> float:
    if "verbatim" in case or "nothing" in case:
        return 9.0 if "verbatim" in case else -9.0
    return weights["bias"] - sum(weights[name] * value for name, value in case.items())


def _in_place() -> Features:
    from geo_optimizer.grounding.weights import AGAINST, BIAS, UNBORNE

    told = {f"{kind}, {manner}": one for kind, three in AGAINST.items() for manner, one in zip(_MANNERS, three, strict=True)}
    return {"bias": BIAS, **UNBORNE, **told}


# ------------------------------------------------------------------ training


def prior(name: str) -> float:
    """What a weight is where no claim shows it."""
    kind, comma, manner = name.partition(", ")
    if not comma:
        return 0.5
    return _PRIOR[manner] * (_SOFTER[manner] if kind in _SOFT else 1.0)


def least(name: str) -> float:
    return _LEAST_HARDLY if name == "hardly covered" else _LEAST.get(name.partition(", ")[0], 0.0)


def fitted(claims: Sequence[Claim]) -> Features:
    """The weights that tell these claims best."""
    names = [*_UNBORNE, *(f"{kind}, {manner}" for kind in get_args(Kind) for manner in _MANNERS)]
    weights = {"bias": 3.0} | {name: max(prior(name), least(name)) for name in names}
    counts = Counter((claim.name, claim.supported) for claim in claims)
    for _ in range(_ROUNDS):
        rows = [
            (_telling(claim, weights), float(claim.supported), _counts(claim, counts))
            for claim in claims
            if claim.cases and not claim.refused
        ]
        rows = [(case, told, count) for case, told, count in rows if "verbatim" not in case and "nothing" not in case]
        _descend(weights, rows)
    return weights


def _counts(claim: Claim, counts: Counter[tuple[str, bool]]) -> float:
    return claim.share * (1.0 if claim.supported else _CAUTION) / counts[claim.name, claim.supported]


def _telling(claim: Claim, weights: Features) -> Features:
    """Of the worst sentence, the best case."""
    best = [max(cases, key=lambda case: _log_odds(case, weights)) for cases in claim.cases]
    return min(best, key=lambda case: _log_odds(case, weights))


def _descend(weights: Features, rows: Sequence[tuple[Features, float, float]]) -> None:
    total = sum(count for _, _, count in rows)
    first, second = dict.fromkeys(weights, 0.0), dict.fromkeys(weights, 0.0)
    for step in range(1, _STEPS + 1):
        slope = {name: _PULL * (value - prior(name)) if name != "bias" else 0.0 for name, value in weights.items()}
        for case, told, count in rows:
            error = (1 / (1 + math.exp(-_log_odds(case, weights))) - told) * count / total
            slope["bias"] += error
            for name, value in case.items():
                slope[name] -= error * value
        for name, one in slope.items():
            first[name] += 0.1 * (one - first[name])
            second[name] += 0.001 * (one * one - second[name])
            move = first[name] / (1 - 0.9**step) / (math.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
            weights[name] -= _RATE * move
            if name != "bias":
                weights[name] = max(weights[name], least(name))


def cross_validated(claims: Sequence[Claim]) -> list[float]:
    """The score of each claim by weights that were fitted without its draft."""
    drafts = sorted({claim.draft for claim in claims})
    random.Random(0).shuffle(drafts)
    fold = {draft: number % _FOLDS for number, draft in enumerate(drafts)}
    weights = [fitted([claim for claim in claims if fold[claim.draft] != number]) for number in range(_FOLDS)]
    return [score(claim, weights[fold[claim.draft]]) for claim in claims]


def written(weights: Features) -> str:
    """The module with the weights."""
    unborne = "\n".join(f'    "{name}": {weights[name]:.2f},' for name in _UNBORNE)
    against = "\n".join(f'    "{kind}": ({_three(weights, kind)}),' for kind in get_args(Kind))
    return f"{_HEAD}\nBIAS = {weights['bias']:.2f}\nUNBORNE = {{\n{unborne}\n}}\nAGAINST: dict[str, tuple[float, float, float]] = {{\n{against}\n}}\n"


def _three(weights: Features, kind: str) -> str:
    return ", ".join(f"{weights[kind + ', ' + manner]:.2f}" for manner in _MANNERS)


_HEAD = '''"""The weights of `weighing`, in log odds: fitted by `benchmarks/grounding.py train` to some 3,000 claims about 150 articles and news texts.

`AGAINST`: for each kind of objection, what it takes from a claim that copies
its evidence closely, from one that copies it, and from a free rewording.
"""
'''


# ------------------------------------------------------------------ cost


def cost(source: str) -> None:
    """CPU milliseconds of reading a draft, of its statistics, and of twelve lines judged; the median of five."""
    told = []
    for _ in range(5):
        start = time.process_time()
        draft = parse(source)
        read = time.process_time()
        statistics(draft)
        measured = time.process_time()
        lines = [sentence.text for sentence in draft.sentences if len(sentence.text.split()) > 8][:: max(1, len(draft.sentences) // 12)][
            :12
        ]
        for line in lines:
            ground(Enhancement("tldr", line.replace(" the ", " this ")), draft)
        told.append((read - start, measured - read, time.process_time() - measured))
    read, measured, judged = (1000 * sorted(column)[2] for column in zip(*told, strict=True))
    words = len(source.split())
    print(
        f"{words} words: read {read:.0f} ms, statistics {measured:.0f} ms, 12 lines {judged:.0f} ms; together {read + measured + judged:.0f} ms"
    )


if __name__ == "__main__":
    main()
