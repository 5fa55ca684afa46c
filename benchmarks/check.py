"""What `geo-optimize check` costs, beside other linters, as ratios within rounds of one run.

    python benchmarks/check.py [FOLDER]        of Markdown posts; without one, 1,000 posts are made
        --rounds N    --many N    --json FILE

Each round runs every command once, in turn, so that what else the machine does falls on all of them alike; a figure is
the median of the rounds' ratios. Time is CPU time, of a command and all its processes. The tools check different things:
their cost is an anchor, not a verdict. rumdl is what the others are measured against; markdownlint-cli2, textlint (three
rules) and yoastseo are taken along where they are found: on the PATH, or in the node_modules of the working directory.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from inputs import article

_ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"NO_COLOR": "1"}
_FEW = 20  # files for tools that take half a second for each
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds; the peak resident memory of the largest process, in MiB."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Tool:
    """A command that gets files; `own` arguments come behind them."""

    name: str
    command: tuple[str, ...]
    own: tuple[str, ...] = ()


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        posts = asked.folder or _made(Path(folder, "posts"), 1_000)
        result = _measured(posts, Path(folder), asked.rounds, asked.many)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n")
    print(_table(result))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=10_000, help="files for the memory of a large site (0: leave it out)")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _made(folder: Path, number: int) -> Path:
    """Posts of 4 to 16 kB, each another text."""
    folder.mkdir(parents=True)
    for n in range(number):
        text = article(4_000 + 12_000 * (n * 7919 % number) // number)
        (folder / f"{n:05}.md").write_text(f"---\ntitle: Post {n}\n---\n\n# Post {n}\n\n{text}")
    return folder


def _copied(posts: Path, folder: Path, number: int) -> Path:
    """As many posts as wanted, from these again and again; no two are the same."""
    files = sorted(posts.rglob("*.md"))
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:05}.md").write_bytes(files[n % len(files)].read_bytes() + b"\n<!-- %d -->\n" % n)
    return folder


def _measured(posts: Path, folder: Path, rounds: int, many: int) -> dict[str, Any]:
    files = [str(path) for path in sorted(posts.rglob("*.md"))]
    one = [min(files, key=lambda name: abs(Path(name).stat().st_size - 9_200))]
    ours, rumdl = (_found(name) for name in ("geo-optimize", "rumdl"))
    if rumdl is None or ours is None:
        sys.exit("geo-optimize and rumdl have to be on the PATH")
    cold = ("check", "--no-cache")
    reference, all_others = Tool("rumdl", (rumdl, *cold, "-q")), _others(folder)
    warm = Tool("geo-optimize, warm", (ours, "check", "--cache-dir", str(folder / "ours")))
    warm_reference = Tool("rumdl, warm", (rumdl, "check", "-q", "--cache-dir", str(folder / "theirs")))
    check = Tool("geo-optimize", (ours, *cold))
    result = {
        "one draft": _rounds([reference, check, *all_others], one, rounds),
        f"{len(files):,} posts": _rounds(
            [reference, check, *[t for t in all_others if t.name == "markdownlint-cli2"]], [str(posts)], rounds
        ),
        f"{len(files):,} posts, warm cache": _rounds([warm_reference, warm], [str(posts)], rounds),
        f"{_FEW} posts": _rounds([reference, check, *all_others], files[:_FEW], max(1, rounds // 2)),
        "one worker and two": _rounds([Tool(f"geo-optimize -j {n}", (ours, *cold, "-j", str(n))) for n in (1, 2)], [str(posts)], rounds),
    }
    if many:
        result[f"{many:,} posts"] = _rounds([reference, check], [str(_copied(posts, folder / "many", many))], 1)
    return result


def _others(folder: Path) -> list[Tool]:
    """The other linters that are there, with what they need to run."""
    tools = []
    if lint := _found("markdownlint-cli2"):
        tools.append(Tool("markdownlint-cli2", (lint,)))
    if lint := _found("textlint"):
        rules = folder / "textlintrc.json"
        rules.write_text(json.dumps({"rules": {"no-todo": True, "terminology": True, "common-misspellings": True}}))
        tools.append(Tool("textlint (3 rules)", (lint, "-c", str(rules))))
    if (node := shutil.which("node")) and Path("node_modules/yoastseo").is_dir():
        tools.append(Tool("yoastseo", (node, str(_HERE / "yoast.mjs"))))
    return tools


def _found(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{Path('node_modules/.bin').resolve()}")


def _rounds(tools: Sequence[Tool], files: Sequence[str], rounds: int) -> dict[str, Any]:
    """Every tool's median cost, and its ratio to the first within a round."""
    runs: dict[str, list[Cost]] = {tool.name: [] for tool in tools}
    for tool in tools:
        _cost(tool, files)  # compiles, fills caches
    for _ in range(rounds):
        for tool in tools:
            runs[tool.name].append(_cost(tool, files))
    first = runs[tools[0].name]
    return {
        name: {
            "cpu ratio": round(statistics.median(a.cpu / b.cpu for a, b in zip(costs, first, strict=True)), 2),
            "wall ratio": round(statistics.median(a.wall / b.wall for a, b in zip(costs, first, strict=True)), 2),
            "cpu s": round(statistics.median(cost.cpu for cost in costs), 3),
            "peak MiB": round(max(cost.memory for cost in costs)),
        }
        for name, costs in runs.items()
    }


def _cost(tool: Tool, files: Sequence[str]) -> Cost:
    started = time.perf_counter()
    names = [f"{name}/**/*.md" if tool.name == "markdownlint-cli2" and Path(name).is_dir() else name for name in files]
    process = subprocess.Popen([*tool.command, *names, *tool.own], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_ENV)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{tool.name}: exit {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024)


def _table(result: dict[str, Any]) -> str:
    rows = ["| what | command | CPU ratio | wall ratio | CPU s | peak MiB |", "|---|---|---:|---:|---:|---:|"]
    for what, tools in result.items():
        for name, cost in tools.items():
            rows.append(f"| {what} | {name} | {cost['cpu ratio']} | {cost['wall ratio']} | {cost['cpu s']} | {cost['peak MiB']} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
