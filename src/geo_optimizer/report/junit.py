"""JUnit XML: a suite per file, a case per finding. What the check does not fail on is no failure; a file without findings is a case that passed.

A case is known by its file and its name, so names are unique in a file and
have no line: a case stays the same one when lines move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from geo_optimizer.lazy import lazily
from geo_optimizer.report.result import SEVERITIES, Checked, CheckRun, Located
from geo_optimizer.report.view import PLAIN, View, relative, visible

_FORBIDDEN = lazily("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # to XML 1.0
_NAME = "geo-optimize check"


def render(run: CheckRun, view: View = PLAIN) -> str:
    failures = sum(_fails(found, view) for file in run.files for found in file.findings)
    tests = sum(max(1, len(file.findings)) for file in run.files)
    head = _tag("testsuites", name=_NAME, tests=tests, failures=failures, errors=run.unreadable)
    suites = [row for file in run.files for row in _suite(file, visible(relative(file.path, view.root)), view)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{head}>", *suites, "</testsuites>"])


def _suite(file: Checked, path: str, view: View) -> Iterator[str]:
    failures = sum(_fails(found, view) for found in file.findings)
    yield f"  <{_tag('testsuite', name=path, tests=max(1, len(file.findings)), failures=failures, errors=int(file.error is not None))}>"
    if file.error:
        where = f"{path}:{file.error.line}" if file.error.line else path
        hint = f"\n{file.error.hint}" if file.error.hint else ""
        yield from _case(path, "can be checked", "error", file.error.slug, file.error.message, f"{where}: {file.error.message}{hint}")
    elif not file.findings:
        yield f"    <{_tag('testcase', name='no findings', classname=path)}/>"
    for found, name in zip(file.findings, _names(file), strict=True):
        text = f"{path}:{found.start.line}:{found.start.column}: {found.message}{_remedy(found)}"
        if _fails(found, view):
            yield from _case(path, name, "failure", found.severity, found.message, text)
        else:
            yield f"    <{_tag('testcase', name=name, classname=path)}>"
            yield f"      <system-out>{_text(text)}</system-out>"
            yield "    </testcase>"
    yield "  </testsuite>"


def _names(file: Checked) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for found in file.findings:
        name = _allowed(f"{found.code} {found.name}: {found.message}")
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _case(path: str, name: str, kind: str, sort: str, message: str, text: str) -> Iterator[str]:
    yield f"    <{_tag('testcase', name=name, classname=path)}>"
    yield f"      <{_tag(kind, type=sort, message=message)}>{_text(text)}</{kind}>"
    yield "    </testcase>"


def _remedy(found: Located) -> str:
    if not found.fix:
        return ""
    return f"\n{'fix' if found.fix.safe else 'suggestion'}: {found.fix.title}" + (f" -> {found.fix.text}" if found.fix.text else "")


def _fails(found: Located, view: View) -> bool:
    """Whether it makes the check fail: a suite that fails and an exit code of 0 would contradict each other."""
    return view.fail_on != "never" and SEVERITIES.index(found.severity) <= SEVERITIES.index(view.fail_on)


def _tag(element: str, **attributes: str | int) -> str:
    return " ".join([element, *(f"{key}={quoteattr(_allowed(str(value)))}" for key, value in attributes.items())])


def _text(text: str) -> str:
    return escape(_allowed(text), {"\r": "&#13;"})


def _allowed(text: str) -> str:
    """What XML can hold; the rest as the character that stands for what cannot be shown."""
    return _FORBIDDEN.sub("\ufffd", text)
