"""Calls to action: words that ask the reader to do something with the publisher."""

from __future__ import annotations

import re

from geo_optimizer.lazy import lazily

_CALL = lazily(
    r"\b(?:sign up|subscribe|(?:book|schedule|request|arrange) (?:an?|your) (?:\w+ )?(?:demo|call|meeting|consultation|trial|walk-?through|tour|visit|appointment|session)|contact (?:us|me)\b|get in touch|reach out to us|join us\b"
    r"|start (?:your|a) free|free trial|try (?:it|\w+) (?:for free|today|now)|get started|download (?:it|our|the) |register (?:now|today|for|here)|apply (?:now|here|today)"
    r"|take (?:our|the) [\w -]{0,40}(?:assessment|quiz|survey|test)|learn more (?:at|about|on)|read more (?:at|on)|visit (?:our|us)\b|follow us\b|let us know|talk to (?:us|our)\b"
    r"|leave a comment|share (?:it|this)|ask us\b|email us\b|drop us\b|write to (?:us|me|\S+@)|(?:get|order|reserve) your (?:free )?copy|come (?:and )?(?:see|talk|join)"
    r"|vereinbaren sie|melden sie sich|kontaktieren sie|abonnieren sie|schreiben sie uns"
    r"|contactez|inscrivez|abonnez|contáctenos|suscríbase|contattaci|iscriviti|neem contact)",
    re.IGNORECASE,
)


def is_call_to_action(text: str) -> bool:
    """Whether `text` asks its reader to do something with the publisher: sign up, write, buy, comment.

    A judgement by set phrases: it fits a line or a short paragraph, not a page.
    """
    return bool(_CALL.search(text))
