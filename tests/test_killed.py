"""A writer that is killed at any moment leaves a whole file, and the next one goes on as if nothing had been."""

from __future__ import annotations

import os
import random
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_optimizer.corpus.outputs import write_draft, write_output
from geo_optimizer.folders import cache_dir

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a writer that can be forked is needed")

KILLS = 100  # of each kind
LONGEST_WAIT = 0.02  # seconds; a write takes about two thousandths
SEED = 20_260_301

# One process that is told, line by line, to fork a writer; so each costs a fork and not the start of an interpreter.
# The writer names itself when it is about to begin, and goes on until it is killed.
NURSERY = """
import os, sys
from pathlib import Path
from geo_optimizer.corpus.outputs import write_draft, write_output
sys.path.insert(0, sys.argv[1])
from test_killed import number, version
path, kind = Path(sys.argv[2]), sys.argv[3]

def write_for_ever():
    n = number(path)
    print(os.getpid(), flush=True)
    while True:
        if kind == "draft":
            write_draft(path, version(n), version(n + 1))
        else:
            write_output(path, version(n + 1))
        n += 1

for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        try:
            write_for_ever()
        finally:
            os._exit(1)
    os.waitpid(pid, 0)
    print("dead", flush=True)
"""


def version(n: int) -> str:
    """The n-th text that is written: of many sizes, and every line of it says which it is."""
    return f"version {n}\n" * (1 + n * 7919 % 60_000)


def number(path: Path) -> int:
    """Which version a file holds. Fails unless it is whole."""
    text = path.read_text()
    n = int(text[: text.index("\n")].removeprefix("version "))
    assert text == version(n), "a mixture"
    return n


@pytest.fixture(params=["draft", "output"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / "drafts" / "a.md"
    path.parent.mkdir()
    if kind == "draft":
        path.write_text(version(0))
    else:
        write_output(path, version(0))
    path.chmod(0o640)
    return path


@pytest.fixture
def nursery(path: Path, kind: str) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-c", NURSERY, str(Path(__file__).parent), str(path), kind]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True) as nursery:
        yield nursery
        os.killpg(nursery.pid, signal.SIGKILL)


def kill_a_writer(nursery: subprocess.Popen[str], wait: float) -> None:
    """Start one, and kill it this many seconds after it began."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write("\n")
    nursery.stdin.flush()
    pid = int(nursery.stdout.readline())
    select.select([], [], [], wait)
    os.kill(pid, signal.SIGKILL)
    assert nursery.stdout.readline() == "dead\n"


def test_a_kill_at_any_moment_leaves_a_whole_file(path: Path, kind: str, nursery: subprocess.Popen[str]) -> None:
    moments = random.Random(SEED)
    left, written = 0, 0
    for _ in range(KILLS):
        before = number(path)
        kill_a_writer(nursery, moments.random() * LONGEST_WAIT)
        n = number(path)
        left += len(list(path.parent.iterdir())) > 1
        written += n > before
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        if kind == "draft":
            write_draft(path, version(n), version(n + 1))
        else:
            write_output(path, version(n + 1))  # not refused: a kill does not make our own output look edited
        assert number(path) == n + 1
        assert [p.name for p in path.parent.iterdir()] == ["a.md"]
    assert left > KILLS // 10, "the kills hit no write; wait for other times"
    assert written > KILLS // 10, "no writer came to write; wait longer"
    assert len(list((cache_dir() / "outputs").iterdir())) <= 3, "one memory, its lock, and perhaps what a kill has left of the next memory"
