"""Comments by which an author says that a finding is meant to be so, and what becomes of those that silence nothing.

    <!-- geo-optimizer-disable-next-line S001 -->      the next line that is not blank
    <!-- geo-optimizer-disable-line S001 -->           its own line
    <!-- geo-optimizer-disable S001 -- why -->         from here on ...
    <!-- geo-optimizer-enable S001 -->                 ... to here, or to the end
    <!-- geo-optimizer-disable-file S001 -->           everywhere

and the same as `{/* ... */}` in MDX. Codes, their beginnings or names, with
commas or blanks between them; without one, every rule. What follows `--` is
the author's reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from geo_optimizer.model import Draft, Finding, Span

_MARK = "geo-optimizer-"
_ITS_OWN = "U"  # findings about the comments themselves; one that silences everything does not hide what is said of it
Action = Literal["disable", "enable", "disable-line", "disable-next-line", "disable-file"]


@dataclass(slots=True)
class Suppression:
    """One comment: what it silences (no codes: everything), from `reach.start` up to `reach.end`, and which of its codes did so far."""

    span: Span
    action: Action
    codes: tuple[str, ...]
    reach: Span
    used: set[str] = field(default_factory=set)

    def covers(self, finding: Finding, matches: Callable[[str, str], bool]) -> bool:
        """Whether it silences a finding; notes by which code."""
        if self.action != "disable-file" and not self.reach.start <= finding.span.start < self.reach.end:
            return False
        by = [code for code in self.codes if matches(code, finding.code)]
        if not self.codes and not finding.code.startswith(_ITS_OWN):
            by = [""]
        self.used.update(by)
        return bool(by)


def suppressions(draft: Draft) -> list[Suppression]:
    """The comments of a draft, in order; those in code are text."""
    if _MARK not in draft.source:
        return []
    pattern = re.compile(
        r"(?:<!--|\{/\*)[ \t]*geo-optimizer-(?P<action>disable-next-line|disable-line|disable-file|disable|enable)\b"
        r"(?P<codes>[^\r\n]*?)[ \t]*(?:-->|\*/\})"
    )
    found = []
    for match in pattern.finditer(draft.source, draft.body.start):
        span = Span(*match.span())
        if not any(code.span.contains(span) for code in draft.code):
            named = re.split(r"(?:^|\s)--(?:\s|$)", match["codes"], maxsplit=1)[0]
            action: Action = match["action"]  # type: ignore[assignment] # one of the alternatives of the pattern
            found.append(Suppression(span, action, tuple(re.findall(r"[\w-]+", named)), _reach(draft, span, action)))
    return _ended(found)


def _reach(draft: Draft, span: Span, action: Action) -> Span:
    """From where to where a comment speaks; a finding that begins there is silenced."""
    if action == "disable-line":
        return _line(draft, draft.line(span.start))
    if action == "disable-next-line":
        number = draft.line(span.end) + 1
        while number < len(draft.line_starts) and not draft.text(_line(draft, number)).strip():
            number += 1
        return _line(draft, number)
    return Span(span.end, len(draft.source) + 1)


def _line(draft: Draft, number: int) -> Span:
    """The characters of a 1-based line; nothing past the end."""
    starts = draft.line_starts
    if number > len(starts):
        return Span(len(draft.source), len(draft.source))
    return Span(starts[number - 1], starts[number] if number < len(starts) else len(draft.source) + 1)


def _ended(found: list[Suppression]) -> list[Suppression]:
    """A `disable` ends where its codes are enabled again; an `enable` without codes ends all."""
    for n, opened in enumerate(found):
        if opened.action != "disable":
            continue
        for later in found[n + 1 :]:
            if later.action == "enable" and (not later.codes or set(later.codes) >= set(opened.codes)):
                opened.reach = Span(opened.reach.start, later.span.start)
                break
    return [one for one in found if one.action != "enable"]


def silenced(findings: Iterable[Finding], comments: list[Suppression], matches: Callable[[str, str], bool]) -> Iterator[Finding]:
    """The findings that no comment silences."""
    for finding in findings:
        covered = [comment.covers(finding, matches) for comment in comments]  # every one that covers it is noted as used
        if not any(covered):
            yield finding


def unused(comments: Iterable[Suppression]) -> Iterator[tuple[Suppression, tuple[str, ...]]]:
    """Comments with codes that silenced nothing; no codes: the comment, which names none, silenced nothing at all."""
    for comment in comments:
        if not comment.codes and not comment.used:
            yield comment, ()
        elif left := tuple(code for code in comment.codes if code not in comment.used):
            yield comment, left
