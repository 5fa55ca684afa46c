"""What the fuzzer found once stays mended, and a few new tries are made on each run."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from promise import broken, draft_name

from fuzz import FINDS, mutated

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.md*"))


@pytest.mark.parametrize("path", sorted(FINDS.iterdir()), ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    assert broken(path.read_bytes().decode("utf-8", "surrogatepass"), draft_name(path.suffix)) is None


@pytest.mark.parametrize("seed", range(40))
def test_new_mutations(seed: int) -> None:
    rng = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    assert broken(mutated(rng.choice(texts), texts, rng), draft_name(rng.choice((".md", ".mdx")))) is None
