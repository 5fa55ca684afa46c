"""What may import what, and what a check must not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
HEAVY = ("anthropic", "nltk", "textstat", "httpx2", "pydantic")
DRAFT = ROOT / "samples" / "ai-orchestration.md"

_LOADED = """
import sys, threading
sys.argv = ["geo-optimize", *{arguments!r}]
from geo_optimizer.cli import exit_code
exit_code()
print("LOADED", *[name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
print("THREADS", threading.active_count(), file=sys.stderr)
"""


def loaded_by(*arguments: str) -> tuple[set[str], int]:
    """Which heavy packages a command loads, and how many threads are alive at its end."""
    code = _LOADED.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    rows = {row.split()[0]: row.split()[1:] for row in done.stderr.split("\n") if row.startswith(("LOADED", "THREADS"))}
    return set(rows["LOADED"]), int(rows["THREADS"][0])


def test_contracts() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == 0


def test_a_check_loads_nothing_heavy_and_starts_no_thread() -> None:
    assert loaded_by("check", str(DRAFT)) == (set(), 1)


@pytest.mark.parametrize("arguments", [("config",), ("rule",), ("rule", "S001")], ids=" ".join)
def test_the_rules_and_an_absent_configuration_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) == (set(), 1)


def test_the_help_loads_nothing_heavy() -> None:
    assert loaded_by("--help") == (set(), 1)


def test_an_offline_run_loads_no_model_client() -> None:
    loaded, _ = loaded_by(str(DRAFT), "--engine", "offline", "--check", "-q")
    assert loaded <= {"pydantic"}


def test_importing_the_package_is_cheap() -> None:
    code = f"import sys, geo_optimizer; print([m for m in {(*HEAVY, 'click', 'markdown_it', 'yaml')!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
