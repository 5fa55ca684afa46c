"""Engines propose lines. They neither judge nor write them, and know only what the brief says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from geo_optimizer.model import Brief, Enhancement, Span, Usage, Verdict

if TYPE_CHECKING:
    from geo_optimizer.engines.schema import Answer, Line


class Engine(Protocol):
    """What proposes lines for a draft.

    `propose` fills the whole schema. `revise` is called at most once, with the
    refused verdicts, and answers with an `Answer` that holds only replacements
    for them (the same kinds), or None if it has nothing better. Both raise
    `EngineError` when no usable answer can be had. `usage` grows with each
    request, so an engine belongs to one thread.
    """

    name: str
    usage: Usage

    def propose(self, brief: Brief) -> Answer: ...

    def revise(self, brief: Brief, refused: Sequence[Verdict]) -> Answer | None: ...


def enhancements(answer: Answer, brief: Brief) -> tuple[Enhancement, ...]:
    """The answer as single lines, each with the spans that it cites; numbers that name no sentence are dropped."""
    lines: list[Enhancement] = []
    if answer.title:
        lines.append(Enhancement("title", answer.title.text, _spans(answer.title, brief)))
    if answer.description:
        lines.append(Enhancement("description", answer.description.text, _spans(answer.description, brief)))
    if answer.slug:
        lines.append(Enhancement("slug", answer.slug))
    lines += [Enhancement("category", term) for term in answer.categories]
    lines += [Enhancement("tldr", line.text, _spans(line, brief)) for line in answer.tldr]
    lines += [Enhancement("takeaway", line.text, _spans(line, brief)) for line in answer.takeaways]
    return tuple(lines)


def _spans(line: Line, brief: Brief) -> tuple[Span, ...]:
    return tuple(brief.sentences[n - 1].span for n in line.sentences if 1 <= n <= len(brief.sentences))
