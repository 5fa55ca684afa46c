"""Findings that were there when the check was introduced, so that it can ask for nothing but what is new.

A JSON file to be kept with the drafts: path (below the file's folder) -> rule
code and fingerprint -> how often. Fingerprints are of words, not of lines, so
a finding is known again when text above it comes or goes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geo_optimizer.corpus.files import read_draft
from geo_optimizer.errors import UsageError
from geo_optimizer.report.result import Checked, Located, fingerprints

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """`entries`: path below `folder`, with `/` -> `CODE fingerprint` -> how often."""

    folder: Path
    entries: Mapping[str, Mapping[str, int]]

    def without_known(self, checked: Checked) -> Checked:
        """The findings that are new, and how many were not."""
        left = Counter(self.entries.get(_below(checked.path, self.folder), {}))
        new = []
        for found, mark in _marked(checked.findings):
            if left[mark] > 0:
                left[mark] -= 1
            else:
                new.append(found)
        return replace(checked, findings=tuple(new), known=len(checked.findings) - len(new))

    def settled(self, checked: Checked, ran: Container[str]) -> int:
        """How many entries for a file, of the rules that ran, have no finding any more; `checked` as before `without_known`."""
        if checked.error is not None:
            return 0
        known = Counter({mark: n for mark, n in self.entries.get(_below(checked.path, self.folder), {}).items() if _code(mark) in ran})
        return (known - Counter(mark for _, mark in _marked(checked.findings))).total()


def _code(mark: str) -> str:
    return mark.partition(" ")[0]


def _marked(findings: Sequence[Located]) -> Iterable[tuple[Located, str]]:
    """Each finding with what it is known by."""
    for found, mark in zip(findings, fingerprints(findings), strict=True):
        yield found, f"{found.code} {mark.partition(':')[0]}"


def _below(path: str, folder: Path) -> str:
    """A path below a folder, with `/`; bytes that are not UTF-8 as their escapes."""
    relative = os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def read_baseline(path: Path) -> Baseline:
    """Raises UsageError for a file that is no baseline, or one that another version wrote; FileError where it cannot be read."""
    if not path.exists():
        raise UsageError("no-baseline", "there is no such baseline", hint="--update-baseline writes it", path=str(path))
    anew = "delete it, and write it anew with --update-baseline"
    try:
        stated: Any = json.loads(read_draft(path, largest=None).removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise UsageError("bad-baseline", f"this is no baseline: {error.msg}", hint=anew, path=str(path), line=error.lineno) from None
    if not isinstance(stated, dict) or "findings" not in stated:
        raise UsageError("bad-baseline", "this is no baseline", hint=anew, path=str(path))
    if stated.get("schema") != SCHEMA:
        by = stated.get("version") or "another version"
        raise UsageError(
            "bad-baseline",
            f"it was written by {by} in a form (schema {stated.get('schema')}) that this version does not read",
            hint=anew,
            path=str(path),
        )
    if not _is_sound(stated["findings"]):
        raise UsageError("bad-baseline", "an entry of it is damaged", hint=anew, path=str(path))
    return Baseline(path.parent, stated["findings"])


def _is_sound(entries: object) -> bool:
    return isinstance(entries, dict) and all(
        isinstance(marks, dict) and all(isinstance(number, int) and number > 0 for number in marks.values()) for marks in entries.values()
    )


def baseline_text(
    files: Iterable[Checked], folder: Path, version: str, ran: Callable[[str], Container[str]], old: Baseline | None = None
) -> str:
    """A baseline of all findings of these files.

    Of an `old` one is kept what it has of other files that are still there, and
    of rules that did not run: `ran` gives, for a path, the codes of those that did.
    """
    entries = {name: dict(marks) for name, marks in (old.entries if old else {}).items() if (folder / name).exists()}
    for checked in files:
        if checked.error is not None:
            continue
        name, codes = _below(checked.path, folder), ran(checked.path)
        kept = {mark: n for mark, n in entries.pop(name, {}).items() if _code(mark) not in codes}
        marks = Counter(mark for _, mark in _marked(checked.findings)) + Counter(kept)
        if marks:
            entries[name] = dict(sorted(marks.items()))
    return (
        json.dumps({"schema": SCHEMA, "version": version, "findings": dict(sorted(entries.items()))}, indent=1, ensure_ascii=False) + "\n"
    )
