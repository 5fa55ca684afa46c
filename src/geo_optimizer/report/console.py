"""Findings on a terminal: where, what, the lines with a mark under the place, and the remedy."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from geo_optimizer.errors import GeoError
from geo_optimizer.model import Severity
from geo_optimizer.report.result import EXCERPT, SEVERITIES, Checked, CheckRun, Located, LocatedFix, Row, RuleInfo
from geo_optimizer.report.view import PLAIN, View, counted, relative, severities, shortened, visible, visible_character

_COLOURS: dict[Severity, str] = {"error": "1;31", "warning": "1;33", "info": "1;36"}
_BOLD, _DIM, _GREEN = "1", "2", "32"
_TAB = 4
_NARROWEST = 60  # columns: in a place that is cut out of a line, it stands 40 columns in
_REPLACEMENT = 80  # characters of a replacement that are shown


def render(run: CheckRun, view: View = PLAIN) -> str:
    """All of a run: each file, then the summary."""
    files = (file(checked, run.rules, view) for checked in run.files)
    return "\n".join(text for text in (*files, summary(run, view)) if text)


def file(checked: Checked, rules: Mapping[str, RuleInfo] | None = None, view: View = PLAIN) -> str:
    """One file's findings, each `path:line:column: severity CODE name: message`, or why it could not be checked."""
    path = visible(relative(checked.path, view.root))
    if checked.error:
        return _failure(path, checked.error, view)
    if view.links and view.root:
        path = _to(_address(checked.path, view.root), path)
    return "\n".join(row for found in checked.findings for row in _finding(path, found, (rules or {}).get(found.code), view))


def _failure(path: str, error: GeoError, view: View) -> str:
    where = f"{path}:{error.line}" if error.line else path
    hint = f" ({visible(error.hint)})" if error.hint else ""
    return f"{_painted(where, _BOLD, view)}: {_painted('error', _COLOURS['error'], view)}: {visible(error.message)}{hint}"


def _finding(path: str, found: Located, rule: RuleInfo | None, view: View) -> Iterator[str]:
    where = _painted(f"{path}:{found.start.line}:{found.start.column}", _BOLD, view)
    severity = _painted(found.severity, _COLOURS[found.severity], view)
    yield f"{where}: {severity} {_linked(found.code, rule, view)} {found.name}: {visible(found.message)}"
    margin = len(str(found.rows[-1].line)) if found.rows else 0
    if not found.whole and any(row.text.strip() for row in found.rows):
        yield from _excerpt(found, margin, view)
    if found.fix:
        yield f"{' ' * margin} {_painted('=', _DIM, view)} {_remedy(found.fix, view)}"
    yield ""


def _remedy(fix: LocatedFix, view: View) -> str:
    word = _painted("fix" if fix.safe else "suggestion", _GREEN, view)
    text = f" -> {visible(shortened(fix.text, _REPLACEMENT))}" if fix.text.strip() else ""
    return f"{word}: {visible(fix.title)}{text}"


def _linked(code: str, rule: RuleInfo | None, view: View) -> str:
    shown = _painted(code, _BOLD, view)
    if not (view.links and rule and rule.url.startswith(("https://", "http://"))):
        return shown
    return _to(rule.url, shown)


def _to(address: str, shown: str) -> str:
    """Words that lead to an address, where the terminal knows such (OSC 8)."""
    return f"\x1b]8;;{visible(address)}\x1b\\{shown}\x1b]8;;\x1b\\"


def _address(path: str, root: str) -> str:
    """Of a file on this machine."""
    from urllib.parse import quote_from_bytes

    return "file://" + quote_from_bytes(os.fsencode(os.path.join(root, path)))  # noqa: PTH118 - a name of any bytes


def _painted(text: str, colour: str, view: View) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if view.colour else text


# ------------------------------------------------------------------ the excerpt


def _excerpt(found: Located, margin: int, view: View) -> Iterator[str]:
    """The lines of a finding with their numbers, and below each the mark of what is meant."""
    before: Row | None = None
    for row in found.rows:
        if before is not None and row.line > before.line + 1:
            yield _gutter("." * margin, margin, view)
        before = row
        text, mark = _marked(row, _first(found, row), _last(found, row), _width(margin, view))
        yield f"{_gutter(str(row.line), margin, view)} {text}".rstrip()
        if mark:
            yield f"{_gutter('', margin, view)} {_painted(mark, _COLOURS[found.severity], view)}"


def _gutter(text: str, margin: int, view: View) -> str:
    return _painted(f"{text:>{margin}} |", _DIM, view)


def _width(margin: int, view: View) -> int:
    return max(_NARROWEST, min(EXCERPT, view.width - margin - len(" | ……"))) if view.width else EXCERPT


def _first(found: Located, row: Row) -> int:
    """The index in the row's text at which the finding begins: on a later line, with its first word."""
    return found.start.column - row.column if row.line == found.start.line else len(row.text) - len(row.text.lstrip())


def _last(found: Located, row: Row) -> int:
    if not len(found.span):
        return _first(found, row) + 1  # between two characters, at the second
    return found.end.column - row.column if row.line == found.end.line else len(row.text.rstrip())


def _marked(row: Row, first: int, last: int, most: int) -> tuple[str, str]:
    """A row as a terminal shows it, at most so many columns wide, and the carets for `[first, last)` of its text, column by column."""
    left = "…" if row.column > 1 else ""
    if row.text.isascii() and row.text.isprintable():
        return _marked_plain(row, first, last, most, left)
    cells, at = [], 0
    begin, end = len(left), len(left)
    for index, character in enumerate(row.text):
        shown, width = _cell(character, at)
        if at + width > most:
            break
        cells.append(shown)
        at += width
        if index < first:
            begin = end = len(left) + at
        elif index < last:
            end = len(left) + at
    right = "…" if row.more or len(cells) < len(row.text) else ""
    carets = max(end - begin, int(last > first))
    return f"{left}{''.join(cells)}{right}", " " * begin + "^" * carets if carets else ""


def _marked_plain(row: Row, first: int, last: int, most: int, left: str) -> tuple[str, str]:
    """As `_marked`, of a row in which every character is a column wide and shown as it is."""
    text = row.text[:most]
    begin = min(max(0, first), len(text))
    carets = max(min(last, len(text)) - begin, int(last > first))
    return f"{left}{text}{'…' if row.more or len(text) < len(row.text) else ''}", " " * (len(left) + begin) + "^" * carets if carets else ""


def _cell(character: str, at: int) -> tuple[str, int]:
    """What stands for a character at a column, and how many columns that takes."""
    if character == "\t":
        width = _TAB - at % _TAB
        return " " * width, width
    if (shown := visible_character(character)) != character:
        return shown, len(shown)
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":  # marks, joiners, Hangul that joins
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


# ------------------------------------------------------------------ the summary


def summary(run: CheckRun, view: View = PLAIN) -> str:
    """How many files and findings there are, and what can be done about them."""
    return "\n".join([_totals(run), *(_painted(step, _DIM, view) for step in _next(run))])


def _totals(run: CheckRun) -> str:
    found = severities({name: run.count(name) for name in SEVERITIES}) or "nothing found"
    rest = (
        f"{fixed} fixed" if (fixed := sum(file.fixed for file in run.files)) else "",
        f"{run.known} in the baseline" if run.known else "",
        f"{run.unreadable} could not be checked" if run.unreadable else "",
    )
    return "; ".join(part for part in (f"{counted(len(run.files), 'file')}: {found}", *rest) if part)


def _next(run: CheckRun) -> Iterator[str]:
    safe, judged = run.fixes(safe=True), run.fixes(safe=False)
    if safe:
        yield f"{safe} can be fixed: geo-optimize check --fix"
    if judged:
        yield f"{judged} {'has' if judged == 1 else 'have'} a suggestion, which is yours to judge"
    findings = (found for file in run.files for found in file.findings)
    if worst := min(findings, key=lambda found: SEVERITIES.index(found.severity), default=None):
        yield f"why a rule asks for it, and how well that is known: geo-optimize rule {worst.code}"


def statistics(run: CheckRun, view: View = PLAIN) -> str:
    """The findings by rule, the most frequent first."""
    findings = [(found, index) for index, file in enumerate(run.files) for found in file.findings]
    if not findings:
        return _totals(run)
    count = Counter(found.code for found, _ in findings)
    worst = {found.code: (found.severity, found.name) for found, _ in reversed(findings)}
    places = Counter(code for code, _ in {(found.code, index) for found, index in findings})
    fixable = Counter(found.code for found, _ in findings if found.fix and found.fix.safe)
    rows = [("findings", "files", "fixes", "rule")]
    rows += [(str(n), str(places[code]), str(fixable[code] or ""), code) for code, n in sorted(count.items(), key=lambda c: (-c[1], c[0]))]
    return "\n".join([*(_row(row, worst, view) for row in rows), "", _totals(run)])


def _row(row: tuple[str, str, str, str], names: Mapping[str, tuple[Severity, str]], view: View) -> str:
    numbers = "  ".join(f"{cell:>{width}}" for cell, width in zip(row[:3], (8, 5, 5), strict=True))
    code = row[3]
    if code not in names:
        return f"{numbers}  {code}"
    severity, name = names[code]
    return f"{numbers}  {_painted(code, _COLOURS[severity], view)}  {name}"
