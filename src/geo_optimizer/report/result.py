"""What a check found, as every format of it reads it: frozen, without the drafts, small enough to keep for a whole site."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo_optimizer.errors import GeoError
from geo_optimizer.model import Draft, Finding, Fix, Severity, Span

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
EXCERPT = 120  # characters of a line that are shown
_ROWS = 4  # lines that are shown; of a longer place its first two and its last
_BEFORE = 40  # characters of it before the place, where the line is longer
_KEY = 200  # characters by which a finding is known again


class Place(NamedTuple):
    """A place in a file: 1-based; columns in characters and, for formats that count so, in UTF-8 bytes. A BOM has no column."""

    line: int
    column: int
    byte_column: int


class LocatedFix(NamedTuple):
    """A fix with its place: `span` from `start` up to `end` becomes `text`."""

    title: str
    safe: bool
    span: Span
    start: Place
    end: Place
    text: str


class Row(NamedTuple):
    """A line as far as it is shown: `text` begins at `column`, and the line goes on after it if there is `more`."""

    line: int
    column: int
    text: str
    more: bool


class Located(NamedTuple):
    """A finding with its place. `end` is past its last character.

    `rows`: the lines it stands in; of many only the first and the last. `key`:
    the words it is about, by which it is known again when lines move.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    start: Place
    end: Place
    rows: tuple[Row, ...]
    key: str
    whole: bool = False
    fix: LocatedFix | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its findings in source order, or why it could not be checked.

    `path` as it was given. `known`: how many findings a baseline has already,
    which are left out. `fixed`: how many fixes were made before the findings
    that are listed. `said`: what the user should hear of writing it.
    """

    path: str
    findings: tuple[Located, ...] = ()
    error: GeoError | None = None
    known: int = 0
    fixed: int = 0
    said: tuple[str, ...] = ()


class RuleInfo(NamedTuple):
    """What a format may say of a rule. `url`: its documentation, if it stands anywhere."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    grade: str
    source: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """All files of a run, in order, and the rules that were on, by code."""

    files: tuple[Checked, ...]
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    version: str = ""

    def count(self, severity: Severity) -> int:
        return sum(found.severity == severity for file in self.files for found in file.findings)

    @property
    def unreadable(self) -> int:
        return sum(file.error is not None for file in self.files)

    @property
    def known(self) -> int:
        """Findings left out because a baseline has them."""
        return sum(file.known for file in self.files)

    def fixes(self, *, safe: bool) -> int:
        """Findings with a fix that needs no judgement (`safe`), or with a suggestion."""
        return sum(found.fix is not None and found.fix.safe == safe for file in self.files for found in file.findings)


class Places:
    """Where offsets of a text lie. Lines end in `\\n`, `\\r\\n` or a lone `\\r`."""

    def __init__(self, source: str, line_starts: Sequence[int]) -> None:
        self.source = source
        self.starts = line_starts
        self.first = 1 if source.startswith("\ufeff") else 0  # a BOM is no character of the first line to an editor

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        start = max(self.starts[line - 1], self.first)
        before = self.source[start : max(offset, start)]
        return Place(line, len(before) + 1, len(before.encode("utf-8", "surrogatepass")) + 1)

    def end(self, offset: int) -> Place:
        """The end of a span: at the end of a line, not at the start of the next one."""
        at = offset
        if at > 0 and self.starts[bisect_right(self.starts, at) - 1] == at:
            while at > 0 and self.source[at - 1] in "\r\n":
                at -= 1
        return self.place(at)

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.source)
        return self.source[max(self.starts[number - 1], self.first) : end].rstrip("\r\n")


def locate(draft: Draft, findings: Iterable[Finding]) -> tuple[Located, ...]:
    """Findings with their places."""
    places = Places(draft.source, draft.line_starts)
    return tuple(_located(draft, places, finding) for finding in findings)


def _located(draft: Draft, places: Places, found: Finding) -> Located:
    start = places.place(found.span.start)
    end = places.end(found.span.end) if len(found.span) else start
    if (end.line, end.column) < (start.line, start.column):  # a place in nothing but line ends
        end = start
    return Located(
        code=found.code,
        name=found.name,
        severity=found.severity,
        message=found.message,
        span=found.span,
        start=start,
        end=end,
        rows=tuple(_rows(places, start, end)),
        key="" if found.whole else " ".join(draft.source[found.span.start : min(found.span.end, found.span.start + _KEY)].split()),
        whole=found.whole,
        fix=_fix(places, found.fix) if found.fix else None,
    )


def _rows(places: Places, start: Place, end: Place) -> Iterator[Row]:
    numbers = range(start.line, end.line + 1)
    shown = numbers if len(numbers) <= _ROWS else (start.line, start.line + 1, end.line)
    for number in shown:
        line = places.line(number)
        first = start.column - 1 - _BEFORE if number == start.line else 0
        cut = max(0, min(first, len(line) - EXCERPT))
        yield Row(number, cut + 1, line[cut : cut + EXCERPT], more=len(line) > cut + EXCERPT)


def _fix(places: Places, fix: Fix) -> LocatedFix:
    span = fix.edit.span
    return LocatedFix(fix.title, fix.safe, span, places.place(span.start), places.place(span.end), fix.edit.text)


def fingerprints(findings: Sequence[Located]) -> Iterator[str]:
    """Each finding of one file by its rule and words, whatever line they stand on; the second of the same words ends in `:2`."""
    from hashlib import blake2b

    seen: Counter[str] = Counter()
    for found in findings:
        digest = blake2b(f"{found.code}\0{found.key}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        seen[digest] += 1
        yield digest if seen[digest] == 1 else f"{digest}:{seen[digest]}"
