"""GitHub's workflow commands: findings as annotations of a pull request's lines.

GitHub shows ten annotations of each level in a step and says nothing of the
others. So files that could not be checked and the most severe findings come
first, and the rest are listed in the log. For a job's summary there is the Markdown format.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from geo_optimizer.model import Severity
from geo_optimizer.report.console import summary
from geo_optimizer.report.result import Checked, CheckRun, Located
from geo_optimizer.report.view import PLAIN, View, counted, encodable, relative, shortened, visible

_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_RANK = list(_LEVEL.values())
_SHOWN = 10  # annotations of a level in a step
_MESSAGE = 4000  # GitHub cuts a message at 4096 characters

Annotation = tuple[str, str, str, str]  # level, command, place, message


def render(run: CheckRun, view: View = PLAIN) -> str:
    files = sorted(run.files, key=lambda file: file.error is None)
    annotations = (a for file in files for a in _annotations(file, encodable(relative(file.path, view.root))))
    found = sorted(annotations, key=lambda a: _RANK.index(a[0]))
    shown, rest = _within_the_cap(found)
    rows = [command for _, command, _, _ in shown]
    if rest:
        rows += [
            "::group::What GitHub does not annotate",
            *(_log(level, place, message) for level, _, place, message in rest),
            "::endgroup::",
        ]
        rows.append(_command("notice", {"title": "geo-optimize"}, _left_out(len(rest), len(found))))
    return "\n".join([*rows, _safe(summary(run))])


def _within_the_cap(found: list[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """What is annotated, and what is not; one notice less where one must say so."""
    cut = any(len(list(same)) > _SHOWN for _, same in groupby(found, key=lambda a: a[0]))
    shown, rest = [], []
    for level, same in groupby(found, key=lambda a: a[0]):
        rows = list(same)
        most = _SHOWN - 1 if cut and level == "notice" else _SHOWN
        shown += rows[:most]
        rest += rows[most:]
    return shown, rest


def _left_out(rest: int, total: int) -> str:
    return (
        f"{rest} of {counted(total, 'finding')} are not annotated: GitHub shows {_SHOWN} errors, {_SHOWN} warnings and {_SHOWN} notices "
        "of a step. The log of this step lists them; so do the formats sarif and markdown (append that to $GITHUB_STEP_SUMMARY)."
    )


def _annotations(file: Checked, path: str) -> Iterator[Annotation]:
    if file.error:
        at = {"file": path} | ({"line": str(file.error.line)} if file.error.line else {})
        message = f"{file.error.message} ({file.error.hint})" if file.error.hint else file.error.message
        where = f"{path}:{file.error.line or 1}"
        yield "error", _command("error", at | {"title": f"could not be checked: {file.error.slug}"}, message), where, message
    for found in file.findings:
        level = _LEVEL[found.severity]
        message = found.message + (f"\n{'fix' if found.fix.safe else 'suggestion'}: {found.fix.title}" if found.fix else "")
        where = f"{path}:{found.start.line}:{found.start.column}"
        title = f"{found.code} {found.name}"
        yield level, _command(level, {"file": path, **_range(found), "title": title}, message), where, f"{title}: {found.message}"


def _range(found: Located) -> dict[str, str]:
    """Columns only within one line: GitHub takes none where a finding ends on another."""
    start, end = found.start, found.end
    columns = {"col": str(start.column), "endColumn": str(end.column)} if start.line == end.line else {}
    return {"line": str(start.line), "endLine": str(end.line), **columns}


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(shortened(message, _MESSAGE))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _log(level: str, place: str, message: str) -> str:
    return _safe(f"- {visible(place)}: {level}: {visible(message)}")


def _safe(text: str) -> str:
    """A line of the log that is no command: an old kind begins anywhere with `##[`."""
    return text.replace("##[", "## [")
