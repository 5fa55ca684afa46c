"""Whether a draft's opening speaks of what its title names."""

from __future__ import annotations

from geo_optimizer.analysis.running import running
from geo_optimizer.analysis.words import CHROME, WORD, says_something, stem
from geo_optimizer.model import Draft

_LEAD = 100  # words
_LEAST_LEAD = 50  # words from which an opening can be expected to have come to the point
_SHARED = 4  # letters of a part of a compound word
_PREFIX = 5  # letters with which two words of one family begin
# Words of titles that announce rather than name a subject, and those of the calendar.
_ANNOUNCING = frozenset(
    "introducing announcing presenting welcome hello world meet launching looking forward ahead future life weekly monthly daily annual update"
    " recap roundup summary reflections thoughts lessons learned q&a interview part"
    " january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    " monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter minutes hours days weeks months decade".split()
)
_OTHER_SCRIPTS = "\u0530"  # from here on: scripts without blanks between words, or whose words are joined to others in front


def subject(title: str) -> dict[str, str]:
    """The words of a title that name a subject, by their stems."""
    return {
        stem(word): word for word in WORD.findall(title) if says_something(word) and word.lower() not in CHROME and not word[0].isdigit()
    }


def lead(draft: Draft) -> str:
    """The first words of the text, about 100, summaries included; "" where it has too few."""
    counted = running(draft).words
    parts, words = [], 0
    for prose, count in zip(draft.prose, counted, strict=True):
        if count or (prose.known and prose.kind != "heading"):
            parts.append(prose.text)
            words += count or prose.text.count(" ") + 1
            if words >= _LEAD:
                break
    return " ".join(parts) if words >= _LEAST_LEAD else ""


def speaks_of(text: str, words: dict[str, str]) -> bool:
    """Whether a text has any of the words (as `subject` gives them), in another form or as a part of one."""
    low = text.lower()
    if any(key in low for key in words):
        return True
    spoken = {stem(word) for word in WORD.findall(text) if len(word) >= _SHARED}
    squeezed = "".join(WORD.findall(low))
    if any(word.lower() in squeezed for word in words.values()):
        return True
    return any(
        one[:_PREFIX] == other[:_PREFIX] or (len(one) >= _SHARED and one in other)
        for one in spoken
        for other in words
        if len(other) >= _SHARED
    )


def can_be_compared(title: str) -> bool:
    """Whether a title is written in letters whose words differ, if at all, by their endings."""
    return all(char < _OTHER_SCRIPTS for char in title if char.isalpha())


def is_initials(word: str, text: str) -> bool:
    """Whether a word is made of the first letters of words that follow one another in a text, as "EPA" is."""
    if not 2 <= len(word) <= 6 or not word.isupper():
        return False
    return word in "".join(one[0] for one in WORD.findall(text)).upper()
