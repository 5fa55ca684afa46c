"""reviewdog's rdjson: diagnostics with suggestions, which it can post to a review. Columns are bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geo_optimizer.model import Severity, Span
from geo_optimizer.report.json import Object, dumps
from geo_optimizer.report.result import Checked, CheckRun, Located, LocatedFix, Place, RuleInfo
from geo_optimizer.report.view import PLAIN, View, encodable, relative

_SEVERITY: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_BOM = len("\ufeff".encode())


def render(run: CheckRun, view: View = PLAIN) -> str:
    diagnostics = [row for file in run.files for row in _diagnostics(file, encodable(relative(file.path, view.root)), run.rules)]
    return dumps({"source": {"name": "geo-optimizer"}, "diagnostics": diagnostics}, indent=1)


def _diagnostics(file: Checked, path: str, rules: Mapping[str, RuleInfo]) -> Iterator[Object]:
    if file.error:
        line = {"range": {"start": {"line": file.error.line}}} if file.error.line else {}
        yield {
            "message": file.error.message,
            "location": {"path": path, **line},
            "severity": "ERROR",
            "code": {"value": file.error.slug},
        }
    for found in file.findings:
        yield {
            "message": found.message,
            "location": {"path": path, "range": _range(found)},
            "severity": _SEVERITY[found.severity],
            "code": _code(found, rules.get(found.code)),
            **({"suggestions": [{"range": _range(found.fix), "text": found.fix.text}]} if found.fix else {}),
        }


def _code(found: Located, rule: RuleInfo | None) -> Object:
    return {"value": found.code, **({"url": rule.url} if rule and rule.url else {})}


def _range(what: Located | LocatedFix) -> Object:
    bom = _BOM if _after_bom(what.start, what.span) else 0
    return {"start": _position(what.start, bom), "end": _position(what.end, bom)}


def _after_bom(start: Place, span: Span) -> bool:
    """A place has no column for a byte order mark; reviewdog counts the bytes of the line that it reads."""
    return start.line == 1 and span.start == start.column


def _position(place: Place, bom: int) -> Object:
    return {"line": place.line, "column": place.byte_column + (bom if place.line == 1 else 0)}
