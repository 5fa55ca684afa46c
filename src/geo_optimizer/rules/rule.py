"""What a rule is: a small function, its code, its severity, and how well its reason is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_optimizer.model import Draft, Edit, Finding, Fix, Severity, Span

if TYPE_CHECKING:
    from geo_optimizer.site import Site

Grade = Literal["measured", "observed", "guidance", "craft"]


class Evidence(NamedTuple):
    """How well a rule's reason is known.

    `measured`: a controlled study. `observed`: an association. `guidance`: a
    search engine's own documentation. `craft`: editorial practice.
    """

    grade: Grade
    source: str


class Hit(NamedTuple):
    """Where a rule fired and what it says there.

    `whole`: it is about the draft as a whole. Of that a rule says one thing at
    most, since such a finding is known again by its rule alone.
    """

    span: Span
    message: str
    fix: Fix | None = None
    whole: bool = False


Check = Callable[..., Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as listed in `RULES`. `name` and `doc` come from its function; the docstring's examples are tests.

    `options`: the keyword-only parameters of its function, with their
    defaults: what a configuration may set. `needs_site`: its function takes
    the site as well, and it is silent without one. `default`: it is on unless
    something else is selected. `whole`: all it finds is about the draft as a
    whole.
    """

    code: str
    name: str
    severity: Severity
    evidence: Evidence
    doc: str
    check: Check
    needs_site: bool = False
    default: bool = True
    whole: bool = False
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """The first sentence of its documentation."""
        return self.doc.split("\n", 1)[0]

    @property
    def why(self) -> str:
        """The paragraph of its documentation that gives the reason, on one line."""
        from inspect import cleandoc

        return " ".join(cleandoc(self.doc).partition("\nWhy: ")[2].partition("\n\n")[0].split())

    def hits(self, draft: Draft, site: Site | None = None, options: Mapping[str, object] | None = None) -> Iterator[Hit]:
        """What it says of a draft; `options` as configured, defaults left out."""
        if not self.needs_site:
            return self.check(draft, **(options or {}))
        return self.check(draft, site, **(options or {})) if site is not None else iter(())

    def finding(self, hit: Hit, severity: Severity | None = None) -> Finding:
        return Finding(self.code, self.name, severity or self.severity, hit.span, hit.message, hit.fix, hit.whole)


def rule(
    code: str, severity: Severity, evidence: Evidence, *, needs_site: bool = False, default: bool = True, whole: bool = False
) -> Callable[[Check], Rule]:
    """Make a rule of a function: its name with hyphens, its docstring as the documentation, its keyword-only parameters as options."""

    def made(check: Check) -> Rule:
        name = getattr(check, "__name__", "").replace("_", "-")
        options = getattr(check, "__kwdefaults__", None) or {}
        return Rule(code, name, severity, evidence, check.__doc__ or "", check, needs_site, default, whole, options)

    return made


def replacement(span: Span, text: str, title: str, *, safe: bool = False) -> Fix:
    """A fix that puts `text` in place of what stands at `span`; an empty text deletes it."""
    return Fix(Edit(span, text, "fix"), title, safe)
