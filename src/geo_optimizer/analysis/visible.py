"""All that a reader sees of a draft as one text: what is not in it is in none of its parts, which is soon asked."""

from __future__ import annotations

from geo_optimizer.model import Draft, measured


@measured
def visible_text(draft: Draft) -> str:
    """The plain texts of the draft, each on a line of its own."""
    return "\n".join([prose.text for prose in draft.prose])
