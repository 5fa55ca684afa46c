"""A unified diff of a draft and its output, as `patch` and `git apply` take it."""

from __future__ import annotations

import difflib
import re


def unified(source: str, output: str, path: str) -> str:
    """Lines end at `\\n` alone, so that a carriage return stays a character of its line, as it does for git."""
    name = re.sub(r"^(?:\.?/)+", "", path)
    rows = difflib.unified_diff(_lines(source), _lines(output), f"a/{name}", f"b/{name}", n=3)
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
