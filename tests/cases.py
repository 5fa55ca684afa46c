"""Test cases as documents: a heading names a case, its fenced blocks are what goes in and what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
_PART = re.compile(r"^````(?P<kind>\S*)(?: (?P<name>\S+))?\n(?P<text>.*?)^````$|^## (?P<title>[^\n]+)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of four backticks: its first word, its second, and its text."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """`id` is the file's name and the heading."""

    id: str
    blocks: tuple[Block, ...]


def read_cases(folder: str) -> Iterator[Case]:
    for path in sorted((FOLDER / folder).glob("*.md")):
        title, blocks = "", []
        for part in _PART.finditer(path.read_text(encoding="utf-8")):
            if part["title"] is None:
                blocks.append(Block(part["kind"], part["name"] or "", part["text"]))
                continue
            if blocks:
                yield Case(f"{path.stem}: {title}", tuple(blocks))
            title, blocks = part["title"], []
        if blocks:
            yield Case(f"{path.stem}: {title}", tuple(blocks))
