"""Findings as a comment on a pull request or the summary of a job, in GitHub's Markdown.

Nothing of a draft acts there: its words stand in code, where nobody is
mentioned and nothing linked; in messages, what would act is cut by a joiner
that cannot be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Severity
from geo_optimizer.report.result import SEVERITIES, Checked, CheckRun, Located, RuleInfo
from geo_optimizer.report.view import PLAIN, View, counted, relative, severities, shortened, visible

MARKER = "<!-- geo-optimize check -->"
MOST = 65_536  # bytes of a comment: GitHub takes as many characters
MOST_OF_A_SUMMARY = 2**20  # bytes of a step's summary
_OPEN = 10  # findings that are shown unfolded
_ICON: dict[Severity, str] = {"error": "🔴", "warning": "🟡", "info": "🔵"}
_EXCERPT = 100
_MESSAGE = 1000
_MARKUP = lazily(r"([\\`*_{}\[\]<>()#|~$&!+=-])")
# Between which two nothing may stand if a mention, a reference, an address, an emoji or a commit is to be seen.
_ACTS = lazily(
    r"(?<=[@#:])(?=\w)|(?<=\w)(?=@)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)|(?<=[0-9a-f]{6})(?=[0-9a-f])",
    re.IGNORECASE,
)
_JOINER = "\u2060"


def render(run: CheckRun, view: View = PLAIN, *, most: int = MOST) -> str:
    """At most so many bytes. The files with the most severe findings come first; what has no room is counted."""
    files = sorted((file for file in run.files if file.error or file.findings), key=_gravity)
    findings = sum(len(file.findings) for file in files)
    text = "\n".join(_head(run))
    room = most - _size(text) - _size(_left_out(findings, len(files)))
    for number, file in enumerate(files):
        part, shown = _fitting(file, run.rules, view, room, unfolded=findings <= _OPEN)
        text += part
        room -= _size(part)
        if shown < len(file.findings) or not part:
            rest = sum(len(other.findings) for other in files[number:]) - shown
            return text + _left_out(rest, len(files) - number)
    return text


def _gravity(file: Checked) -> tuple[int, ...]:
    count = [sum(found.severity == severity for found in file.findings) for severity in SEVERITIES]
    return (-int(file.error is not None), *(-n for n in count))


def _head(run: CheckRun) -> Iterator[str]:
    found = severities({name: run.count(name) for name in SEVERITIES})
    yield MARKER
    yield f"### geo-optimize: {found or 'nothing found'} in {counted(len(run.files), 'file')}"
    rest = [
        f"{run.unreadable} could not be checked" if run.unreadable else "",
        f"{run.known} in the baseline" if run.known else "",
        f"{run.fixes(safe=True)} can be fixed with `geo-optimize check --fix`" if run.fixes(safe=True) else "",
    ]
    if said := "; ".join(part for part in rest if part):
        yield f"\n{said}."


def _left_out(findings: int, files: int) -> str:
    return f"\n\n**{counted(findings, 'more finding')} in {counted(files, 'file')} left out here**: `geo-optimize check` shows them all."


def _fitting(file: Checked, rules: Mapping[str, RuleInfo], view: View, room: int, *, unfolded: bool) -> tuple[str, int]:
    """As many findings of a file as there is room for, and how many; an empty text if there is none."""
    rows = [_failure(file)] if file.error else [_finding(found, rules.get(found.code)) for found in file.findings]
    head, tail = _fold(file, view, unfolded=unfolded), "\n\n</details>"
    room -= _size(head) + _size(tail)
    taken: list[str] = []
    for row in rows:
        room -= _size(row)
        if room < 0:
            break
        taken.append(row)
    return (head + "".join(taken) + tail if taken else ""), (len(taken) if not file.error else 0)


def _fold(file: Checked, view: View, *, unfolded: bool) -> str:
    count: dict[Severity, int] = {name: sum(found.severity == name for found in file.findings) for name in SEVERITIES}
    path = escape(visible(relative(file.path, view.root)))
    said = "could not be checked" if file.error else severities(count)
    return f"\n\n<details{' open' if unfolded else ''}><summary><code>{path}</code>: {said}</summary>\n"


def _failure(file: Checked) -> str:
    assert file.error is not None
    where = f"line {file.error.line}: " if file.error.line else ""
    hint = f" ({as_prose(file.error.hint)})" if file.error.hint else ""
    return f"\n- {_ICON['error']} {where}{as_prose(file.error.message)}{hint}"


def _finding(found: Located, rule: RuleInfo | None) -> str:
    code = f"`{found.code}`"
    if rule and re.fullmatch(r"https?://[^\s()<>]+", rule.url):
        code = f"[{code}]({rule.url})"
    row = f"\n- {_ICON[found.severity]} line {found.start.line}, {found.severity} {code} {found.name}: {as_prose(found.message)}"
    if (excerpt := _excerpt(found)) and not found.whole:
        row += f"  \n  {as_code(excerpt)}"
    if found.fix:
        text = f" → {as_code(shortened(found.fix.text, _EXCERPT))}" if found.fix.text.strip() else ""
        row += f"  \n  {'fix' if found.fix.safe else 'suggestion'}: {as_prose(found.fix.title)}{text}"
    return row


def _excerpt(found: Located) -> str:
    """The words that are meant, in the first line that has any of them."""
    if not found.rows or not len(found.span):
        return ""
    row = found.rows[0]
    end = found.end.column - row.column if found.end.line == row.line else len(row.text)
    text = row.text[found.start.column - row.column : end].strip()
    goes_on = found.end.line > row.line or end > len(row.text)
    return shortened(f"{text}…" if goes_on else text, _EXCERPT)


# ------------------------------------------------------------------ other people's words


def as_prose(text: str) -> str:
    """Text that is nothing but text: no markup, no mention, no link."""
    plain = shortened(visible(" ".join(text.split())), _MESSAGE)
    cuts = [0, *(match.start() for match in _ACTS.finditer(plain)), len(plain)]
    return _JOINER.join(_MARKUP.sub(r"\\\1", plain[start:end]) for start, end in pairwise(cuts))


def as_code(text: str) -> str:
    """Text as a code span, whatever backticks are in it."""
    plain = visible(" ".join(text.split()))
    longest = max((len(run) for run in re.findall("`+", plain)), default=0)
    fence = "`" * (longest + 1)
    space = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{space}{plain}{space}{fence}"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
