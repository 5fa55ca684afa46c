"""GitLab Code Quality: an array of issues, as `artifacts: reports: codequality` takes it.

GitLab drops issues whose fingerprints are equal, and compares them between
branches: each is unique in its run, and stays when lines move.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from geo_optimizer.model import Severity
from geo_optimizer.report.json import Object, dumps
from geo_optimizer.report.result import Checked, CheckRun, Located, fingerprints
from geo_optimizer.report.view import PLAIN, View, encodable, relative

_SEVERITY: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(run: CheckRun, view: View = PLAIN) -> str:
    issues = [issue for file in run.files for issue in _issues(file, encodable(relative(file.path, view.root)))]
    return "[\n" + ",\n".join(dumps(issue) for issue in issues) + "\n]"


def _issues(file: Checked, path: str) -> Iterator[Object]:
    if file.error:
        yield {
            "description": file.error.message,
            "check_name": file.error.slug,
            "fingerprint": _fingerprint(path, file.error.slug),
            "severity": "blocker",
            "location": {"path": path, "lines": {"begin": file.error.line or 1}},
        }
    for found, mark in zip(file.findings, fingerprints(file.findings), strict=True):
        yield {
            "description": found.message,
            "check_name": f"{found.code} {found.name}",
            "fingerprint": _fingerprint(path, mark),
            "severity": _SEVERITY[found.severity],
            "location": {"path": path, "lines": _lines(found)},
        }


def _lines(found: Located) -> Object:
    return {"begin": found.start.line, "end": found.end.line}


def _fingerprint(path: str, mark: str) -> str:
    return blake2b(f"{path}\0{mark}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
