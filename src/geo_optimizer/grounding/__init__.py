"""Does the draft support a line? A claim and a draft in, a verdict with its evidence out. Who proposed the line is not known here."""

from __future__ import annotations

from geo_optimizer.grounding.claims import ground_statement
from geo_optimizer.grounding.terms import ground_category, ground_slug
from geo_optimizer.model import Draft, Enhancement, Verdict

__all__ = ["ground"]


def ground(enhancement: Enhancement, draft: Draft) -> Verdict:
    """Judge one generated line by the draft's own sentences; its known parts (a TL;DR, takeaways) are no evidence.

    A title, a description, a bullet or any other line is a statement and must
    be borne out sentence by sentence. A slug must be made of words of the
    title or the draft; a category must share a word with them.
    """
    if enhancement.kind == "slug":
        return ground_slug(enhancement, draft)
    if enhancement.kind == "category":
        return ground_category(enhancement, draft)
    return ground_statement(enhancement, draft)
