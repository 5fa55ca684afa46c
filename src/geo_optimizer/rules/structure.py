"""T: the parts by which a page answers at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.grounding import ground
from geo_optimizer.model import Draft, Enhancement, KnownKind, Span
from geo_optimizer.rules.rule import Evidence, Hit, rule

_LEAD = Evidence(
    "observed", "position of cited passages: first 30 % of the page is cited 1.5 times as often as evenly spread; no clean causal test"
)
_FAITHFUL = Evidence("craft", "a summary is quoted without the text that would correct it")
_ENOUGH_WORDS = 300  # below this a summary would repeat the text


def _long_enough(draft: Draft) -> bool:
    return sum(len(p.text.split()) for p in draft.prose if p.known is None and p.kind in ("paragraph", "item")) >= _ENOUGH_WORDS


def _top(draft: Draft) -> Span:
    return draft.headings[0].span if draft.headings else Span(draft.body.start, draft.body.start)


@rule("T001", "info", _LEAD)
def missing_tldr(draft: Draft) -> Iterator[Hit]:
    """An article of 300 words or more has no TL;DR.

    Why: conclusions that stand first are found first.
    """
    if not draft.knows("tldr") and _long_enough(draft):
        yield Hit(_top(draft), "no TL;DR; `geo-optimize` writes one from the draft's own sentences")


@rule("T002", "info", _FAITHFUL)
def missing_takeaways(draft: Draft) -> Iterator[Hit]:
    """An article of 300 words or more has no key takeaways.

    Why: readers who scan look for them, and they are quoted whole.
    """
    if not draft.knows("takeaways") and _long_enough(draft):
        yield Hit(_top(draft), "no key takeaways; `geo-optimize` writes them from the draft's own sentences")


@rule("T003", "warning", _FAITHFUL)
def ungrounded_summary_line(draft: Draft) -> Iterator[Hit]:
    """A line of the TL;DR or the takeaways says what the article does not.

    Why: answer engines quote single sentences; a wrong figure in a summary is
    quoted without its context.

    Fires on:

        # Agents

        **TL;DR**

        - 90% of all projects need outside help.

        In the survey, 12% of organisations have scaled their agents.

    Silent on:

        # Agents

        **TL;DR**

        - 12% of organisations have scaled their agents.

        In the survey, 12% of organisations have scaled their agents.
    """
    kinds: tuple[KnownKind, ...] = ("tldr", "takeaways")
    for prose in draft.prose:
        if prose.known in kinds and prose.kind == "item":
            verdict = ground(Enhancement("line", prose.text), draft)
            if not verdict.supported:
                yield Hit(prose.span, "; ".join(r.detail for r in verdict.reasons) or "the article does not say this")
