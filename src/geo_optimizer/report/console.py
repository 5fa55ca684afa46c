"""Findings on a terminal: where, what, and the line with a mark under the place."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.errors import printable
from geo_optimizer.report.result import EXCERPT, SEVERITIES, Checked, CheckRun, Located

_PLURAL = {"error": "errors", "warning": "warnings", "info": "notes"}


def file(checked: Checked) -> str:
    """`path:line:column: severity CODE name: message` of each finding, with its line of the draft."""
    return "\n".join(row for found in checked.findings for row in _finding(printable(checked.path), found))


def _finding(path: str, found: Located) -> Iterator[str]:
    yield f"{path}:{found.start.line}:{found.start.column}: {found.severity} {found.code} {found.name}: {found.message}"
    if found.excerpt and len(found.span):
        at = found.start.column - found.excerpt_column
        length = len(found.span) if found.end.line == found.start.line else EXCERPT
        yield f"    {found.excerpt}"
        yield f"    {' ' * at}{'^' * max(1, min(length, len(found.excerpt) - at))}"


def summary(run: CheckRun) -> str:
    """One line: how many files and findings."""
    files = len(run.files)
    words = [f"{n} {_PLURAL[name] if n != 1 else _PLURAL[name][:-1]}" for name in SEVERITIES if (n := run.count(name))]
    known = sum(checked.known for checked in run.files)
    return "; ".join(
        part
        for part in (
            f"{files} file{'s' * (files != 1)}: {', '.join(words) or 'nothing found'}",
            f"{known} in the baseline" if known else "",
            f"{run.unreadable} could not be checked" if run.unreadable else "",
        )
        if part
    )
