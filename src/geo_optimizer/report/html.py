"""One self-contained page. What comes from a draft is text in it, wherever it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from geo_optimizer.errors import GeoError
from geo_optimizer.model import Severity
from geo_optimizer.report.page import foot, head
from geo_optimizer.report.result import SEVERITIES, Checked, CheckRun, Located, LocatedFix, Row, RuleInfo
from geo_optimizer.report.view import PLAIN, PLURAL, View, counted, relative, visible

_TITLE = "geo-optimize check"
_FILTERED = 10  # findings, from which on filters help
_SHOWN: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}

Numbered = tuple[str, Checked]  # an address within the page, and the file


def render(run: CheckRun, view: View = PLAIN) -> str:
    files = [(f"file-{number}", file) for number, file in enumerate(run.files, 1)]
    return "\n".join(
        (
            *head(_TITLE, "findings"),
            *_header(run),
            '<main id="findings">',
            *_filters(run),
            *_index(files, view),
            *(row for number, file in files if file.error or file.findings for row in _section(number, file, run.rules, view)),
            *_clean(files, view),
            "</main>",
            *foot(run.version),
        )
    )


def _header(run: CheckRun) -> Iterator[str]:
    yield f"<header><h1>{_TITLE}</h1>"
    yield '<ul class="counts">'
    yield _count(len(run.files), "files" if len(run.files) != 1 else "file")
    for severity in SEVERITIES:
        yield _count(run.count(severity), PLURAL[severity] if run.count(severity) != 1 else _SHOWN[severity], severity)
    for number, said in ((run.unreadable, "could not be checked"), (run.fixes(safe=True), "can be fixed"), (run.known, "in the baseline")):
        if number:
            yield _count(number, said)
    yield "</ul></header>"


def _count(number: int, said: str, kind: str = "") -> str:
    return f"<li{f' class={chr(34)}{kind}{chr(34)}' if kind and number else ''}><b>{number}</b>{said}</li>"


def _filters(run: CheckRun) -> Iterator[str]:
    """Without the script they stay hidden, and all is shown."""
    found = Counter((found.code, found.name) for file in run.files for found in file.findings)
    if found.total() <= _FILTERED:
        return
    yield '<div class="filters" id="filters" role="group" aria-label="Which findings are shown" hidden>'
    for severity in SEVERITIES:
        if run.count(severity):
            yield f'<label><input type="checkbox" value="{severity}" checked>{PLURAL[severity]}</label>'
    yield '<label>rule <select><option value="">all</option>'
    for (code, name), number in sorted(found.items()):
        yield f'<option value="{escape(code)}">{escape(code)} {escape(name)} ({number})</option>'
    yield '</select></label><p role="status"></p></div>'


def _index(files: list[Numbered], view: View) -> Iterator[str]:
    if len(files) < 2:
        return
    yield '<nav aria-label="Files"><div class="scroll"><table><thead><tr><th scope="col">file</th>'
    yield "".join(f'<th scope="col" class="number">{PLURAL[severity]}</th>' for severity in SEVERITIES) + "</tr></thead><tbody>"
    for number, file in files:
        if file.error or file.findings:
            link = f'<a href="#{number}">{_path(file, view)}</a>'
            said = " (could not be checked)" if file.error else ""
            count = Counter(found.severity for found in file.findings)
            cells = "".join(f'<td class="number">{count[severity] or ""}</td>' for severity in SEVERITIES)
            yield f'<tr id="to-{number}"><td>{link}{said}</td>{cells}</tr>'
    yield "</tbody></table></div></nav>"


def _section(number: str, file: Checked, rules: Mapping[str, RuleInfo], view: View) -> Iterator[str]:
    yield f'<section class="file" id="{number}" aria-labelledby="{number}-path"><h2 id="{number}-path">{_path(file, view)}</h2>'
    yield '<ol class="findings">'
    if file.error:
        yield from _failure(file.error)
    for found in file.findings:
        yield from _finding(found, rules.get(found.code))
    yield "</ol></section>"


def _failure(error: GeoError) -> Iterator[str]:
    where = f'<span class="place">line {error.line}</span> ' if error.line else ""
    yield '<li class="finding error" data-severity="error"><h3>'
    yield f'{where}<span class="severity">could not be checked</span></h3>'
    yield f'<p class="message">{_prose(error.message)}</p>'
    if error.hint:
        yield f'<p class="fix"><b>what to do:</b> {_prose(error.hint)}</p>'
    yield "</li>"


def _finding(found: Located, rule: RuleInfo | None) -> Iterator[str]:
    yield f'<li class="finding {found.severity}" data-severity="{found.severity}" data-code="{escape(found.code)}"><h3>'
    yield f'<span class="place">{found.start.line}:{found.start.column}</span> '
    yield f'<span class="severity">{_SHOWN[found.severity]}</span> {_code(found, rule)} <span class="name">{escape(found.name)}</span></h3>'
    yield f'<p class="message">{_prose(found.message)}</p>'
    if found.rows and not found.whole:
        yield f"<pre>{''.join(_excerpt(found))}</pre>"
    if found.fix:
        yield _fix(found.fix)
    if rule and rule.why:
        yield "<details><summary>Why, and how well that is known</summary>"
        yield f"<p>{_prose(rule.why[:1].upper() + rule.why[1:])}</p>"
        yield f'<p class="grade">Evidence: <b>{escape(rule.grade)}</b>. {_prose(rule.source)}</p></details>'
    yield "</li>"


def _code(found: Located, rule: RuleInfo | None) -> str:
    code = f"<code>{escape(found.code)}</code>"
    if rule and rule.url.startswith(("https://", "http://")):
        return f'<a href="{escape(rule.url)}" rel="noreferrer">{code}</a>'
    return code


def _fix(fix: LocatedFix) -> str:
    text = f" → <code>{_text(fix.text)}</code>" if fix.text.strip() else ""
    return f'<p class="fix"><b>{"fix" if fix.safe else "suggestion"}:</b> {_prose(fix.title)}{text}</p>'


def _excerpt(found: Located) -> Iterator[str]:
    before = found.rows[0].line
    for row in found.rows:
        if row.line > before + 1:
            yield '<span class="row"><span class="at">…</span></span>'
        before = row.line
        yield f'<span class="row"><span class="at">{row.line}</span><span dir="auto">{_marked(row, found)}</span></span>'


def _marked(row: Row, found: Located) -> str:
    first = found.start.column - row.column if row.line == found.start.line else 0
    last = found.end.column - row.column if row.line == found.end.line else len(row.text)
    before, meant, after = row.text[:first], row.text[first:last], row.text[max(first, last) :]
    left, right = "…" if row.column > 1 else "", "…" if row.more else ""
    mark = f"<mark>{_source(meant)}</mark>" if meant else ""
    return f"{left}{_source(before)}{mark}{_source(after)}{right}"


def _clean(files: Iterable[Numbered], view: View) -> Iterator[str]:
    clean = [file for _, file in files if not file.error and not file.findings]
    if not clean:
        return
    yield f"<details><summary>{counted(len(clean), 'file')} without findings</summary><ul>"
    yield from (f"<li>{_path(file, view)}</li>" for file in clean)
    yield "</ul></details>"


def _path(file: Checked, view: View) -> str:
    return _text(relative(file.path, view.root))


def _source(text: str) -> str:
    """A piece of a line, its tabs as they are."""
    return "\t".join(map(_text, text.split("\t")))


def _text(text: str) -> str:
    return escape(visible(text))


def _prose(text: str) -> str:
    """A message: what stands between backticks is code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", _text(text))
