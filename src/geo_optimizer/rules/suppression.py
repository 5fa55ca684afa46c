"""Comments by which an author says that a finding is meant to be so, and what becomes of those that silence nothing.

    <!-- geo-optimizer-disable-next-line S001 -->      the next line that is neither blank nor such a comment
    <!-- geo-optimizer-disable-line S001 -->           its own line
    <!-- geo-optimizer-disable S001 -- why -->         from here on ...
    <!-- geo-optimizer-enable S001 -->                 ... to here, or to the end
    <!-- geo-optimizer-disable-file S001 -->           everywhere

and the same as `{/* ... */}` in MDX. Codes, their beginnings or names, with
commas or blanks between them; without one, every rule (but for those about
such comments). What follows `--` is the author's reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from geo_optimizer.model import Draft, Finding, Span

ACTIONS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")
_MARK = "geo-optimizer-"

Meaning = Callable[[str], frozenset[str]]  # of a word in a comment: the codes of the rules that it names; of "", every rule's


@dataclass(slots=True)
class Suppression:
    """One comment: `words` are the rules it names, none for every rule; `used`, those of them that silenced something ("" where it names none).

    `action` is one of ACTIONS, or what stands in its place.
    """

    span: Span
    action: str
    words: tuple[str, ...]
    used: set[str] = field(default_factory=set)

    def note(self, code: str, meaning: Meaning) -> None:
        """It has silenced a finding of this rule."""
        self.used.update(word for word in self.words or ("",) if code in meaning(word))


def suppressions(draft: Draft) -> list[Suppression]:
    """The comments of a draft, in order; those in code, and those that readers see, are text."""
    if not any(mark in draft.source for mark in (_MARK, "geo-optimize-", "Geo-Optimize")):
        return []
    found = []
    for match in _pattern().finditer(draft.source, draft.body.start):
        span = Span(*match.span())
        if _is_comment(draft, match) and not any(code.span.contains(span) for code in draft.code):
            named = re.split(r"(?:^|\s)--(?:\s|$)", match["named"], maxsplit=1)[0]
            action = match["action"] if match["mark"] == _MARK else match["mark"] + match["action"]
            found.append(Suppression(span, action, tuple(re.findall(r"[\w-]+", named))))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:<!--|(?P<mdx>\{/\*))\s*+(?P<mark>geo-optimizer?-)(?P<action>[\w-]*)"
        r"(?P<named>(?>(?:(?!-->|\*/\}|<!--|\{/\*).){0,500}))(?:-->|\*/\})",
        re.IGNORECASE | re.DOTALL,
    )


def _is_comment(draft: Draft, match: re.Match[str]) -> bool:
    return draft.source[match.start() - 1] != "\\" and (match["mdx"] is None or draft.dialect == "mdx")


def silenced(draft: Draft, findings: Iterable[Finding], comments: Iterable[Suppression], meaning: Meaning) -> Iterator[Finding]:
    """The findings that no comment silences; the comments are told which of their words did."""
    reach = _Reach(draft, comments, meaning)
    for finding in findings:
        covering = reach.over(finding)
        for comment in covering:
            comment.note(finding.code, meaning)
        if not covering:
            yield finding


class _Reach:
    """Which comments speak of a place."""

    def __init__(self, draft: Draft, comments: Iterable[Suppression], meaning: Meaning) -> None:
        self.draft = draft
        self.whole: dict[str, list[Suppression]] = defaultdict(list)
        self.lines: dict[tuple[int, str], list[Suppression]] = defaultdict(list)
        self.ranges: dict[str, tuple[list[int], list[tuple[Suppression, ...]]]] = {}  # code -> where it changes, and who is on from there
        own = {draft.line(comment.span.start) for comment in comments}
        for comment in comments:
            for code in sorted({code for word in comment.words or ("",) for code in meaning(word)}):
                self._add(comment, code, own)

    def _add(self, comment: Suppression, code: str, own: set[int]) -> None:
        if comment.action == "disable-file":
            self.whole[code].append(comment)
        elif comment.action == "disable-line":
            self.lines[self.draft.line(comment.span.start), code].append(comment)
        elif comment.action == "disable-next-line":
            self.lines[self._next(comment, own), code].append(comment)
        elif comment.action in ("disable", "enable"):
            places, on = self.ranges.setdefault(code, ([0], [()]))
            places.append(comment.span.end)
            on.append((*on[-1], comment) if comment.action == "disable" else ())

    def _next(self, comment: Suppression, own: set[int]) -> int:
        """The line that is meant by "next": past blank ones, and past other comments of this kind."""
        starts, number = self.draft.line_starts, self.draft.line(comment.span.end) + 1
        while number < len(starts) and (number in own or not self.draft.source[starts[number - 1] : starts[number]].strip()):
            number += 1
        return number

    def over(self, finding: Finding) -> tuple[Suppression, ...]:
        """The comments that silence a finding, by where it begins."""
        places, on = self.ranges.get(finding.code, ([0], [()]))
        line = self.lines.get((self.draft.line(finding.span.start), finding.code), ())
        return (*self.whole.get(finding.code, ()), *line, *on[bisect_right(places, finding.span.start) - 1])


def unused(comments: Iterable[Suppression]) -> Iterator[tuple[Suppression, tuple[str, ...]]]:
    """Comments with the words that silenced nothing; no words: the comment, which names none, silenced nothing at all."""
    for comment in comments:
        if comment.action not in ACTIONS or comment.action == "enable":
            continue
        if not comment.words and not comment.used:
            yield comment, ()
        elif left := tuple(word for word in comment.words if word not in comment.used):
            yield comment, left
