"""SARIF 2.1.0 (errata 01), as code scanning services take it. Columns are code points, and a byte order mark has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from urllib.parse import quote

from geo_optimizer.model import Severity
from geo_optimizer.report.json import Object, dumps
from geo_optimizer.report.result import SEVERITIES, Checked, CheckRun, Located, LocatedFix, RuleInfo, fingerprints
from geo_optimizer.report.view import PLAIN, View, counted, relative

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_MOST = 25_000  # GitHub refuses a file with more results

Result = tuple[Severity, Object]


def render(run: CheckRun, view: View = PLAIN) -> str:
    rules = _rules(run)
    index = {rule.code: n for n, rule in enumerate(rules)}
    results = [result for file in run.files for result in _results(file, relative(file.path, view.root), index)]
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run, view, rules, results)]})


def _run(run: CheckRun, view: View, rules: list[RuleInfo], results: list[Result]) -> Object:
    version = {"semanticVersion": run.version} if run.version else {}
    return {
        "tool": {"driver": {"name": "geo-optimize", **version, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that paths are relative to."}}},
        "invocations": [
            {
                "executionSuccessful": not run.unreadable,
                "toolExecutionNotifications": [*_failures(run, view), *_cut(results)],
            }
        ],
        "results": [result for _, result in _most_severe(results)],
    }


def _most_severe(results: list[Result]) -> list[Result]:
    return sorted(results, key=lambda r: SEVERITIES.index(r[0]))[:_MOST] if len(results) > _MOST else results


def _cut(results: list[Result]) -> Iterator[Object]:
    if len(results) > _MOST:
        text = f"{counted(len(results) - _MOST, 'finding')} of the least severe are left out: a service takes {_MOST} results."
        yield {"level": "warning", "descriptor": {"id": "results-left-out"}, "message": {"text": text}}


# ------------------------------------------------------------------ rules


def _rules(run: CheckRun) -> list[RuleInfo]:
    """The rules that were on, and those of findings whose rule is not described."""
    known = dict(run.rules)
    for found in (found for file in run.files for found in file.findings):
        known.setdefault(found.code, RuleInfo(found.code, found.name, found.severity, found.name, "", "", ""))
    return list(known.values())


def _rule(rule: RuleInfo) -> Object:
    why = rule.why[:1].upper() + rule.why[1:]
    help_text = "\n\n".join(part for part in (rule.summary, why, _evidence(rule)) if part)
    evidence = {"grade": rule.grade, "source": rule.source} if rule.grade else {}
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.summary),
        "fullDescription": _message(" ".join(part for part in (rule.summary, why) if part)),
        "help": {**_message(help_text), "markdown": _doubled(help_text).replace("<", "\\<")},
        **({"helpUri": rule.url} if rule.url else {}),
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {**evidence, "problem.severity": _PROBLEM[rule.severity]},
    }


def _evidence(rule: RuleInfo) -> str:
    return f"Evidence: {rule.grade}. {rule.source}" if rule.grade else ""


# ------------------------------------------------------------------ results


def _results(file: Checked, path: str, index: Mapping[str, int]) -> Iterator[Result]:
    for found, mark in zip(file.findings, fingerprints(file.findings), strict=True):
        yield (
            found.severity,
            {
                "ruleId": found.code,
                "ruleIndex": index[found.code],
                "level": _LEVEL[found.severity],
                "message": _message(found.message),
                "locations": [{"physicalLocation": {"artifactLocation": _location(path), "region": _region(found)}}],
                "partialFingerprints": {"finding/v1": mark},
                **({"fixes": [_fix(found.fix, path)]} if found.fix else {}),
            },
        )


def _region(found: Located) -> Object:
    snippet = _snippet(found)
    return {**_lines(found), **({"snippet": {"text": snippet}} if snippet else {})}


def _lines(what: Located | LocatedFix) -> Object:
    return {
        "startLine": what.start.line,
        "startColumn": what.start.column,
        "endLine": what.end.line,
        "endColumn": what.end.column,
    }


def _snippet(found: Located) -> str:
    """The words of a finding within one line; empty where they are not all at hand."""
    if not found.rows or found.start.line != found.end.line:
        return ""
    row = found.rows[0]
    text = row.text[found.start.column - row.column : found.end.column - row.column]
    return text if len(text) == found.end.column - found.start.column else ""


def _fix(fix: LocatedFix, path: str) -> Object:
    replacement: Object = {"deletedRegion": _lines(fix), "insertedContent": {"text": fix.text}}
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": _location(path), "replacements": [replacement]}],
        "properties": {"safe": fix.safe},
    }


def _failures(run: CheckRun, view: View) -> Iterator[Object]:
    for file in run.files:
        if file.error:
            place: Object = {"artifactLocation": _location(relative(file.path, view.root))}
            if file.error.line:
                place["region"] = {"startLine": file.error.line}
            yield {
                "level": "error",
                "descriptor": {"id": file.error.slug},
                "message": _message(f"{file.error.message} ({file.error.hint})" if file.error.hint else file.error.message),
                "locations": [{"physicalLocation": place}],
            }


def _location(path: str) -> Object:
    if PurePath(path).is_absolute():
        return {"uri": f"file://{'' if path.startswith('/') else '/'}{_quoted(path, safe='/:')}"}
    return {"uri": _quoted(path, safe="/"), "uriBaseId": _ROOT}


def _quoted(path: str, *, safe: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe=safe)


def _message(text: str) -> Object:
    """A plain message. What would be a link in it (`[words](address)`) is kept from being one."""
    return {"text": _doubled(text).replace("](", "]\u2060(")}


def _doubled(text: str) -> str:
    """Braces stand for themselves when they are doubled."""
    return text.replace("{", "{{").replace("}", "}}")
