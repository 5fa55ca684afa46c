"""reviewdog's rdjson: diagnostics with suggestions, which it can post to a review. Columns are bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from geo_optimizer.errors import GeoError
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Edit, Severity, Span
from geo_optimizer.report.json import Object, dumps
from geo_optimizer.report.result import Checked, CheckRun, Located, LocatedFix, Place, Places, RuleInfo
from geo_optimizer.report.view import PLAIN, View, encodable, relative

_SEVERITY: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_BOM = len("\ufeff".encode())
_LINE_END = lazily(r"\r\n|\r|\n")


class Change(NamedTuple):
    """Something to tell of a draft: about what (a word or two), in a sentence, where, and the edit that an editor can take, if there is one."""

    code: str
    message: str
    span: Span
    edit: Edit | None


class Proposed(NamedTuple):
    """The changes that are proposed for the draft at `path`, or why there are none."""

    path: str
    draft: Draft | None = None
    changes: tuple[Change, ...] = ()
    error: GeoError | None = None


def render(run: CheckRun, view: View = PLAIN) -> str:
    return result(row for file in run.files for row in _diagnostics(file, _path(file.path, view), run.rules))


def result(diagnostics: Iterable[Object]) -> str:
    return dumps({"source": {"name": "geo-optimizer"}, "diagnostics": list(diagnostics)}, indent=1)


def proposed(one: Proposed, view: View = PLAIN) -> list[Object]:
    """The diagnostics of one draft: its changes as suggestions, each on its own.

    What begins and ends within a line is given by its columns. GitHub takes
    whole lines, which reviewdog makes of that where it knows the line; what
    has several lines is given as whole lines at once, without columns.
    """
    return list(_proposed(one, _path(one.path, view)))


def _path(path: str, view: View) -> str:
    return encodable(relative(path, view.root))


def _proposed(one: Proposed, path: str) -> Iterator[Object]:
    if one.error:
        yield _failure(one.error, path)
    if one.draft is None:
        return
    places = Places(one.draft.source, one.draft.line_starts)
    for change in one.changes:
        reach, text = _suggestion(places, change.edit) if change.edit else (_columns(places, change.span), "")
        yield {
            "message": change.message,
            "location": {"path": path, "range": reach},
            "severity": "INFO",
            "code": {"value": change.code},
            **({"suggestions": [{"range": reach, "text": text}]} if change.edit else {}),
        }


def _suggestion(places: Places, edit: Edit) -> tuple[Object, str]:
    """The range of an edit, and what stands there afterwards."""
    if not _LINE_END.search(edit.text) and not _LINE_END.search(edit.span.of(places.source)):
        return _columns(places, edit.span), edit.text
    first, last = _lines(places, edit.span)
    text = _edited(places, first, last, edit)
    if not text and first > 1:  # lines that go: what is above them stays
        first -= 1
        text = _edited(places, first, last, edit)
    if last < len(places.starts):
        text = re.sub(r"(?:\r\n|\r|\n)\Z", "", text)
    return {"start": {"line": first}, "end": {"line": last}}, text


def _edited(places: Places, first: int, last: int, edit: Edit) -> str:
    """These lines, their ends included, once the edit is made."""
    end = places.starts[last] if last < len(places.starts) else len(places.source)
    return places.source[places.starts[first - 1] : edit.span.start] + edit.text + places.source[edit.span.end : end]


def _lines(places: Places, span: Span) -> tuple[int, int]:
    """The lines that a span touches. Behind the last line end there is no line that anybody could comment on; the one before is taken."""
    first, last = places.place(span.start).line, places.place(span.end).line
    if first > 1 and places.starts[first - 1] == len(places.source):
        first -= 1
    return first, max(first, last - (last > 1 and places.starts[last - 1] == len(places.source)))


def _columns(places: Places, span: Span) -> Object:
    start = places.place(span.start)
    bom = _BOM if _after_bom(start, span) else 0
    return {"start": _position(start, bom), "end": _position(places.place(span.end), bom)}


def _failure(error: GeoError, path: str) -> Object:
    line = {"range": {"start": {"line": error.line}}} if error.line else {}
    return {"message": error.message, "location": {"path": path, **line}, "severity": "ERROR", "code": {"value": error.slug}}


def _diagnostics(file: Checked, path: str, rules: Mapping[str, RuleInfo]) -> Iterator[Object]:
    if file.error:
        yield _failure(file.error, path)
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
