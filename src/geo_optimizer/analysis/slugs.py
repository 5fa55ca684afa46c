"""Words as a web address writes them: ASCII, lower case, hyphens between them."""

from __future__ import annotations

import re
import unicodedata

from geo_optimizer.lazy import lazily

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " "})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # as German writes them without the dots
_APOSTROPHES = lazily(r"['’‘`´]")


def slug(text: str, language: str) -> str:
    """The words of `text` joined by hyphens; empty if no letter or digit survives."""
    low = unicodedata.normalize("NFC", text).lower()
    if language == "de":
        low = low.translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", low.translate(_LETTERS))
    plain = plain.translate({ord(c): None for c in set(plain) if unicodedata.combining(c)})
    return re.sub(r"[^a-z0-9]+", "-", _APOSTROPHES.sub("", plain)).strip("-")
