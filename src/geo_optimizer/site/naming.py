"""What a page is called: titles, headings and anchors brought to the stems that are looked for in a draft."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.analysis.words import CHROME, STOP, WORD, is_small, stem, trimmed

LONGEST_PHRASE = 14  # words; longer titles are matched by their parts
ARTICLES = frozenset(
    "the a an your our my this der die das ein eine le la les un une el los las il lo gli o a os as uma um de het een".split()
)
_TITLE_BREAKS = (": ", " - ", " – ", " — ", " | ", " (", "? ", "! ")
STOP_STEMS = frozenset(stem(word) for word in STOP)


def as_said(text: str) -> str:
    """A text by which to tell whether two say the same: its words, without case."""
    return " ".join(WORD.findall(text.casefold()))


def names_of(title: str) -> Iterator[str]:
    """A title as stems, whole and in parts, that can stand for the page; a part must say something of its own."""
    parts = [title]
    for mark in _TITLE_BREAKS:
        if mark in title:
            parts += [part.rstrip(")") for part in title.split(mark)]
    for i, part in enumerate(parts):
        phrase = anchor_phrase(part, own=i > 0)
        if phrase:
            yield phrase
            yield from _in_full(part)


def _in_full(name: str) -> Iterator[str]:
    """A name with the small words at its start ("What is ..."), articles aside."""
    words = WORD.findall(name)
    if words and words[0].lower() in ARTICLES:
        words = words[1:]
    if len(words) <= LONGEST_PHRASE:
        yield " ".join(map(stem, words))


def anchor_phrase(text: str, *, own: bool = False) -> str:
    """The stems of a text without stop words and page words at its edges; "" if it says nothing ("read more", "here").

    `own`: it must say more than one common word, being only a part of a name.
    """
    words = WORD.findall(text)
    start, end = trimmed(words)
    words = words[start:end]
    if not words or len(words) > LONGEST_PHRASE or all(w.lower() in CHROME or is_small(w) for w in words):
        return ""
    if own and len(words) < 2:
        return ""
    return " ".join(map(stem, words))
