"""What speaks against a claim, and how much it leaves of its score. All limits are below the threshold: one is enough."""

from __future__ import annotations

from typing import Final, NamedTuple

from geo_optimizer.model import Reason

REFUTED: Final = 0.1  # the draft says the opposite, or has no such figure or source
CHANGED: Final = 0.2  # said of something else, of someone else, or with another certainty
ADDED: Final = 0.35  # the claim has a word of its own that says more
WIDENED: Final = 0.45  # the claim leaves out what narrows the draft's sentence


class Objection(NamedTuple):
    """A reason against a claim, and the score (0..1) that it leaves at most."""

    limit: float
    reason: Reason
