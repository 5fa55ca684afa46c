"""Runs of a check as tests need them: a draft, and findings at words of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from geo_optimizer.errors import FileError
from geo_optimizer.markdown import parse
from geo_optimizer.model import Edit, Finding, Fix, Severity, Span
from geo_optimizer.report.result import Checked, CheckRun, RuleInfo, locate

URL = "https://example.org/rules/X001"
RULE = RuleInfo("X001", "odd-word", "warning", "A word is odd.", "readers stop at {it}.", "craft", "A style guide, 2020", URL)
_LINE = re.compile(r'^(?P<severity>error|warning|info) (?P<code>\S+) "(?P<words>[^"]+)": (?P<message>.*)$')
_FIX = re.compile(r"^  (?P<safe>fix|suggestion): (?P<title>.*?)(?: => (?P<text>.*))?$")


def finding(source: str, words: str, message: str = "an odd word", severity: Severity = "warning", fix: Fix | None = None) -> Finding:
    """A finding of X001 at the first place of these words."""
    at = source.index(words)
    return Finding("X001", "odd-word", severity, Span(at, at + len(words)), message, fix)


def checked(path: str, source: str, findings: Iterable[Finding]) -> Checked:
    return Checked(path, locate(parse(source), sorted(findings, key=lambda f: (f.span, f.code))))


def one(source: str, *findings: Finding, path: str = "a.md") -> CheckRun:
    return CheckRun((checked(path, source, findings),), {"X001": RULE}, "1.2.3")


def failed(path: str, message: str = "there is no such file", line: int | None = None) -> Checked:
    return Checked(path, error=FileError("not-found", message, hint="check the path", path=path, line=line))


def stated(source: str, text: str) -> list[Finding]:
    """Findings as a case lists them: `warning X001 "words": message`, below it `  fix: title => replacement`; `\\n` for a line end."""
    found: list[Finding] = []
    for row in text.splitlines():
        if match := _LINE.match(row):
            made = finding(source, match["words"].replace("\\n", "\n"), match["message"], cast("Severity", match["severity"]))
            found.append(made._replace(code=match["code"]))
        elif match := _FIX.match(row):
            edit = Edit(found[-1].span, match["text"] or "", "fix")
            found[-1] = found[-1]._replace(fix=Fix(edit, match["title"], match["safe"] == "fix"))
    return found
