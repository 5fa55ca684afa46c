"""Patterns mean the same on every Python that is supported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import geo_optimizer

SOURCES = sorted(Path(geo_optimizer.__file__).parent.rglob("*.py"))
# Before Python 3.11.5 such a group forgets what it matched when a part of it had backtracked (CPython issue 106052): `(?>(?:...)*)` says the same.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_group_is_repeated_possessively(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    assert [line for line in lines if POSSESSIVE_GROUP.search(line)] == []
