"""Lines that name a subject and state nothing: "How to mend a lamp", "Learn how ...", "An introduction to ...", and questions.

What they name must be what the draft is about; what speaks against a
statement (another certainty, a denial) does not apply.
"""

from __future__ import annotations

import re
from itertools import pairwise

from geo_optimizer.analysis.verbs import carries
from geo_optimizer.grounding.objection import Kind
from geo_optimizer.grounding.reading import Reading
from geo_optimizer.lazy import lazily

_FRAME = lazily(
    r"(?:(?:learn|read|see|find\sout|discover|explore|understand|watch|check\sout|take\sa\slook\sat|get\sstarted\swith)\b(?:\s(?:more|about|on|at))*(?:\s(?:how|what|why|when|where)\b(?:\sto\b)?)?"
    r"|(?:how|what|why)\b(?:\sto\b)?(?=[^,;:]*$)"
    r"|(?:announcing|introducing|meet|using|understanding|exploring|celebrating|presenting)\b"
    r"|(?:an?|the|our|this|some|a\sfew)\s(?:[\w-]+\s){0,3}?(?:introduction|guide|look|roundup|description|overview|tutorial|backstory|history|story|summary|plan|check-in|check|talk|primer|recap|review"
    r"|list|collection|comparison|case\sstudy|example|post|article|series|walkthrough|update|report)\s(?:to|of|at|for|about|from|on|in|how|into)\b)",
    re.IGNORECASE,
)
_LONGEST = 10  # words of a title without a verb; in a longer text there is one that is not known
_NOT_OF_TOPICS: frozenset[Kind] = frozenset(
    (
        "planned",
        "ahead",
        "future",
        "certainty",
        "hedge",
        "undone",
        "done",
        "some",
        "denied",
        "affirmed",
        "unspoken",
        "cause",
        "word",
        "number of",
        "share",
    )
)


def frame(claim: Reading) -> frozenset[int] | None:
    """The words of a line that only announce its subject; None for a statement."""
    if claim.text.rstrip().endswith("?"):
        return frozenset()
    match = _FRAME.match(claim.text.lstrip("\"“'‘ "))
    if match is not None and not any(figure.measured for figure in claim.figures):
        return frozenset(n for n, word in enumerate(claim.words) if word.end <= match.end())
    if len(claim.words) > _LONGEST or any(figure.measured for figure in claim.figures):
        return None
    lower = [word.lower for word in claim.words]
    return None if any(carries(before, word) for before, word in pairwise(["", *lower])) else frozenset()


def speaks_against_topic(kind: Kind) -> bool:
    """Whether an objection of this kind speaks against a line that only names its subject."""
    return kind not in _NOT_OF_TOPICS
