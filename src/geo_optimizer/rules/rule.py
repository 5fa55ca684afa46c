"""What a rule is: a small function, its code, its severity, and how well its reason is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from geo_optimizer.model import Draft, Edit, Finding, Severity, Span

Grade = Literal["measured", "observed", "guidance", "craft"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well a rule's reason is known.

    `measured`: a controlled study. `observed`: an association. `guidance`: a
    search engine's own documentation. `craft`: editorial practice.
    """

    grade: Grade
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule fired and what it says there."""

    span: Span
    message: str
    fix: Edit | None = None


Check = Callable[[Draft], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as listed in `RULES`. `name` and `doc` come from its function; the docstring's examples are tests."""

    code: str
    name: str
    severity: Severity
    evidence: Evidence
    doc: str
    check: Check

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for hit in self.check(draft):
            yield Finding(self.code, self.name, self.severity, hit.span, hit.message, hit.fix)


def rule(code: str, severity: Severity, evidence: Evidence) -> Callable[[Check], Rule]:
    """Make a rule of a function: its name with hyphens, its docstring as the documentation."""

    def made(check: Check) -> Rule:
        return Rule(code, check.__name__.replace("_", "-"), severity, evidence, check.__doc__ or "", check)

    return made
