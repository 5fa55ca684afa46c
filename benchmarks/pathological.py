"""Time and memory of `geo-optimize` on drafts that are very long, very deep or very malformed.

    python benchmarks/pathological.py                      every input at all its sizes, both commands
    python benchmarks/pathological.py --only nested        inputs whose name contains "nested"
    python benchmarks/pathological.py --commands check     one command
    python benchmarks/pathological.py --write NAME SIZE    the input alone, on standard output
    python benchmarks/pathological.py --json FILE          the figures as JSON, too

Each run is a process of its own with a limit on CPU time and on memory. What an empty draft takes (the interpreter and
the imports) is taken off before the growth is fitted: the slope of log(cost) over log(size), 1 for linear, 2 for
quadratic. Exit code 1 if something grew faster than the bound, ran over a limit, or ended in a traceback. Unix only.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from inputs import INPUTS, Input

CPU_LIMIT = 300  # seconds of one run
MEMORY_LIMIT = 8 << 30  # bytes of address space of one run
BOUND = 1.2  # of the fitted growth: linear, the hash tables' and the sorter's logarithm, and a loaded machine's noise
_FROM_SECONDS, _FROM_MIB = 0.5, 20.0  # costs below these, above those of an empty draft, are noise
_COMMANDS = {
    "check": ["check", "--format", "json"],
    "optimize": ["optimize", "--engine", "offline", "-o", os.devnull],
}
_SLUG = re.compile(r'"slug": ?"([\w-]+)"')
_REFUSAL = re.compile(r"draft\.\w+(?::\d+)?: (?P<why>.*)")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: the draft's size in bytes, CPU seconds, peak MiB and how it ended."""

    size: int
    seconds: float
    mib: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Series:
    """One input and command at growing sizes. `time` and `memory`: the fitted growth; None where the costs are too small to tell."""

    name: str
    command: str
    runs: tuple[Run, ...]
    time: float | None
    memory: float | None

    @property
    def passed(self) -> bool:
        bounded = all(growth is None or growth <= BOUND for growth in (self.time, self.memory))
        return bounded and all(run.outcome == "done" or run.outcome.startswith("refused") for run in self.runs)


def main() -> int:
    given = _arguments()
    if given.write:
        sys.stdout.write(_named(given.write[0]).make(int(given.write[1])))
        return 0
    chosen = [one for one in INPUTS if given.only in one.name]
    with tempfile.TemporaryDirectory() as folder:
        empty = {command: _run(Path(folder), "", command) for command in given.commands}
        series = list(_measured(Path(folder), chosen, given.commands, empty, given.sizes))
    if given.json:
        Path(given.json).write_text(json.dumps([asdict(one) for one in series], indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.passed for one in series) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORDS", help="inputs whose name contains these words")
    parser.add_argument("--commands", nargs="+", choices=_COMMANDS, default=list(_COMMANDS))
    parser.add_argument("--sizes", type=int, default=3, metavar="N", help="the N smallest sizes of each input")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--write", nargs=2, metavar=("NAME", "SIZE"))
    return parser.parse_args()


def _named(name: str) -> Input:
    return next(one for one in INPUTS if one.name == name)


def _measured(folder: Path, chosen: Sequence[Input], commands: Sequence[str], empty: dict[str, Run], sizes: int) -> Iterator[Series]:
    print(f"| {'input':44} | command  | {'size':>9} | {'CPU s':>6} | {'MiB':>6} | time | mem. | outcome |")
    print(f"|{'-' * 46}|----------|----------:|-------:|-------:|-----:|-----:|---------|")
    for one in chosen:
        for command in commands:
            runs = tuple(_run(folder, one.make(size), command, one.suffix) for size in one.sizes[:sizes])
            time = growth([(run.size, run.seconds - empty[command].seconds) for run in runs], _FROM_SECONDS)
            memory = growth([(run.size, run.mib - empty[command].mib) for run in runs], _FROM_MIB)
            series = Series(one.name, command, runs, time, memory)
            last = runs[-1]
            outcome = last.outcome if series.passed else f"**{last.outcome}**"
            print(
                f"| {one.name:44} | {command:8} | {last.size:9,} | {last.seconds:6.2f} | {last.mib:6.0f} "
                f"| {_shown(time)} | {_shown(memory)} | {outcome} |",
                flush=True,
            )
            yield series


def _shown(slope: float | None) -> str:
    return "   –" if slope is None else f"{slope:4.2f}"


def growth(points: Sequence[tuple[int, float]], least: float) -> float | None:
    """The slope of the line of least squares through (log size, log cost) of the costs above `least`; None with fewer than two."""
    logs = [(math.log(size), math.log(cost)) for size, cost in points if cost >= least and size]
    if len(logs) < 2:
        return None
    x, y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    spread = sum((a - x) ** 2 for a, _ in logs)
    return round(sum((a - x) * (b - y) for a, b in logs) / spread, 2) if spread else None


# ------------------------------------------------------------------ one run


def _run(folder: Path, text: str, command: str, suffix: str = ".md") -> Run:
    """The command on this text, in a process of its own."""
    draft = folder / f"draft{suffix}"
    draft.write_bytes(data := text.encode("utf-8"))
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "geo_optimizer", *_COMMANDS[command], str(draft)],
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=os.environ | {"GEO_OPTIMIZER_CACHE": str(folder / "cache")},
            preexec_fn=_limit,  # noqa: PLW1509  (unsafe beside threads, and there are none)
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        outcome = _outcome(process.returncode, said.read())
    draft.unlink()
    return Run(len(data), round(used.ru_utime + used.ru_stime, 2), round(used.ru_maxrss / _RSS_PER_MIB, 1), outcome)


_RSS_PER_MIB = (1 << 20) if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB elsewhere


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def _outcome(code: int, said: str) -> str:
    if code < 0:
        return f"over {CPU_LIMIT} s" if code == -24 else f"killed by signal {-code}"
    if "Traceback" in said or "MemoryError" in said:
        return f"traceback: {said.strip().splitlines()[-1][:60]}"
    if code == 3:
        slug, told = _SLUG.search(said), _REFUSAL.search(said)
        return f"refused: {slug[1] if slug else told['why'][:60] if told else said.strip()[-60:]}"
    return "done" if code in (0, 1) else f"exit {code}"


if __name__ == "__main__":
    sys.exit(main())
