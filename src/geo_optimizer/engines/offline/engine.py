"""The engine that needs no key and no network: it says what the draft says, in the draft's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo_optimizer.analysis.slugs import slug
from geo_optimizer.engines.offline import naming
from geo_optimizer.engines.offline.candidates import Candidate
from geo_optimizer.engines.offline.selection import Pool, bullets, describe, instead, pool
from geo_optimizer.model import Brief, Usage, Verdict

if TYPE_CHECKING:
    from geo_optimizer.engines.schema import Answer, Line


class OfflineEngine:
    """Extractive: every line is a sentence of the draft, whole or trimmed. The same brief gives the same answer.

    What it answers does not depend on what the draft has already: known parts
    and frontmatter descriptions are not looked at.
    """

    name = "offline"
    usage = Usage()

    def propose(self, brief: Brief) -> Answer:
        from geo_optimizer.engines.schema import Answer, Line  # pydantic is slow to import, and a check needs no engine

        brief, found = _titled(brief)
        tldr, takeaways = bullets(found)
        described = describe(found, manner=brief.manner)
        return Answer(
            title=Line(text=brief.title) if brief.title else None,
            description=_line(described) if described else None,
            slug=(slug(brief.title, brief.draft.language) or None) if brief.title else None,
            categories=naming.categories(brief),
            tldr=[_line(line) for line in tldr],
            takeaways=[_line(line) for line in takeaways],
        )

    def revise(self, brief: Brief, refused: Sequence[Verdict]) -> Answer | None:
        """The next best lines in place of the refused ones: none of them uses a sentence of a refused line again."""
        from geo_optimizer.engines.schema import Answer

        brief, found = _titled(brief)
        kinds = [verdict.enhancement.kind for verdict in refused]
        barred = _barred(brief, refused)
        described = describe(found, barred, brief.manner) if "description" in kinds else None
        answer = Answer(
            description=_line(described) if described else None,
            tldr=[_line(line) for line in instead(found, "tldr", kinds.count("tldr"), barred)],
            takeaways=[_line(line) for line in instead(found, "takeaway", kinds.count("takeaway"), barred)],
        )
        return answer if answer.description or answer.tldr or answer.takeaways else None


def _titled(brief: Brief) -> tuple[Brief, Pool]:
    """The brief with a title, its own or one made here, and its candidates: the next run, which finds that title, must answer the same."""
    found = pool(brief)
    if brief.title or not (title := naming.title(brief, found)):
        return brief, found
    titled = brief._replace(title=title)
    return titled, pool(titled)


def _barred(brief: Brief, refused: Sequence[Verdict]) -> set[int]:
    """The numbers of the sentences that refused lines are made of; of a list's line only its item, since the others may stand."""
    numbers = {sentence.span: n for n, sentence in enumerate(brief.sentences, 1)}
    lines = [verdict.enhancement for verdict in refused]
    return {numbers[span] for line in lines for span in (line.cites if line.kind == "description" else line.cites[:1]) if span in numbers}


def _line(candidate: Candidate) -> Line:
    from geo_optimizer.engines.schema import Line

    return Line(text=candidate.text, sentences=list(candidate.numbers))
