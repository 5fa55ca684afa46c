"""What a site costs by its size: its index, a draft's links, the report. Unix only.

    python benchmarks/site.py                              sites of 1,000, 10,000 and 100,000 pages (`sites.py` makes them)
        --sizes N ...    --drafts N    --keep FOLDER (sites are made once and stay there)    --json FILE

Each figure is of a process of its own, the interpreter included; memory is the peak resident one. Of drafts, what one more
costs in the same run is told besides. Growth is the slope of log(cost) over log(pages), fitted by least squares: 1 for
linear, 2 for quadratic. Exit code 1 if a cost grows faster, or a run needs more memory, than the bounds.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sites import drafts, make_site

GROWTH, MEMORY = 1.1, 500  # bounds: the exponent, and MiB
_SIZES = (1_000, 10_000, 100_000)
_OPEN = "import sys; from geo_optimizer.site import open_site; print(len(open_site(sys.argv[1])))"
_FROM_SECONDS = 0.5  # of the largest run, from which on a slope is more than the start of the interpreter


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds of a process, and its peak memory in MiB."""

    wall: float
    cpu: float
    mib: float


def main() -> int:
    asked = _arguments()
    with nullcontext(asked.keep) if asked.keep else tempfile.TemporaryDirectory() as folder:
        found = {size: _measured(Path(folder), size, asked.drafts) for size in asked.sizes}
    growth = {name: _growth({size: costs[name] for size, costs in found.items()}) for name in next(iter(found.values()))}
    if asked.json:
        told = {"costs": {size: {name: asdict(cost) for name, cost in costs.items()} for size, costs in found.items()}, "growth": growth}
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(_table(found, growth))
    too_fast = any(slope is not None and slope > GROWTH for slope in growth.values())
    return int(too_fast or any(cost.mib > MEMORY for costs in found.values() for cost in costs.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    parser.add_argument("--drafts", type=int, default=20, help="beside the first, to tell what one more costs")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _measured(folder: Path, size: int, more: int) -> dict[str, Cost]:
    """The costs of one size; the cache of the runs is new, and theirs alone."""
    site = folder / f"site-{size}"
    if not site.exists():
        make_site(site, size)
    texts = folder / f"drafts-{size}"
    texts.mkdir(exist_ok=True)
    names = []
    for number, text in enumerate(drafts(size, more + 1)):
        names.append(str(texts / f"{number}.md"))
        Path(names[-1]).write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as cache:
        open_it = [sys.executable, "-c", _OPEN, str(site)]
        ours = [str(Path(sys.executable).parent / "geo-optimize")]
        links = [*ours, "links", "--site", str(site), "--format", "jsonl"]
        costs = {
            "index": _cost(open_it, cache),
            "index again": _cost(open_it, cache),
            "one draft": _cost([*links, names[0]], cache),
            f"{more + 1} drafts": _cost([*links, *names], cache),
            "report": _cost([*ours, "site", str(site), "--report", str(folder / "report.html")], cache),
        }
    one, all_of_them = costs["one draft"], costs[f"{more + 1} drafts"]
    costs["one draft more"] = Cost((all_of_them.wall - one.wall) / more, (all_of_them.cpu - one.cpu) / more, 0.0)
    return costs


def _cost(command: Sequence[str], cache: str) -> Cost:
    started = time.perf_counter()
    env = {**os.environ, "GEO_OPTIMIZER_CACHE": cache, "NO_COLOR": "1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command[:3])} ...: exit {process.returncode}")
    return Cost(round(time.perf_counter() - started, 3), round(used.ru_utime + used.ru_stime, 3), round(used.ru_maxrss / 1024, 1))


def _growth(costs: dict[int, Cost]) -> float | None:
    """The fitted exponent of the CPU time; None where there is too little to tell."""
    if len(costs) < 2 or max(cost.cpu for cost in costs.values()) < _FROM_SECONDS:
        return None
    points = [(math.log(size), math.log(max(cost.cpu, 1e-3))) for size, cost in costs.items()]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return round(sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points), 2)


def _table(found: dict[int, dict[str, Cost]], growth: dict[str, float | None]) -> str:
    sizes = list(found)
    head = " | ".join(f"{size:,} pages: CPU s | MiB" for size in sizes)
    rows = [f"| what | {head} | growth |", "|---|" + "---:|---:|" * len(sizes) + "---:|"]
    for name in next(iter(found.values())):
        cells = " | ".join(f"{found[size][name].cpu:.2f} | {found[size][name].mib:.0f}" for size in sizes)
        slope = growth[name]
        rows.append(f"| {name} | {cells} | {'–' if slope is None else slope} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
