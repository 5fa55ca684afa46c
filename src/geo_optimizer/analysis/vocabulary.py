"""The words of a draft, each once: they tell soon what need not be looked for."""

from __future__ import annotations

from collections import Counter

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, measured

_WORD = lazily(r"[a-z]+")
_PLAIN = bytes(ord(char.lower()) if (char := chr(code)).isascii() and (char.isalnum() or char == "_") else ord(" ") for code in range(256))


@measured
def own_text(draft: Draft) -> str:
    """The author's own wording, each prose on a line; nothing quoted or generated."""
    return "\n".join([prose.text for prose in draft.prose if not (prose.known or prose.quoted) and prose.pieces])


@measured
def vocabulary(draft: Draft) -> frozenset[str]:
    """The words of it, with the marks that touch them."""
    return frozenset(own_text(draft).split())


@measured
def plain_words(draft: Draft) -> list[str]:
    """The words of it in order, in lower case and without marks: "Cost/benefit" is two, and so is what a letter beyond ASCII parts."""
    return _plain(own_text(draft))


def _plain(text: str) -> list[str]:
    return text.encode("ascii", "replace").translate(_PLAIN).decode("ascii").split()


@measured
def plain_counts(draft: Draft) -> Counter[str]:
    """How often each of them stands there."""
    return Counter(plain_words(draft))


@measured
def told(draft: Draft) -> frozenset[str]:
    """The plain words of all that a reader sees: what is not here stands nowhere in the text."""
    others = [prose.text for prose in draft.prose if prose.known or prose.quoted or not prose.pieces]
    return frozenset(plain_counts(draft)).union(_plain("\n".join(others))) if others else frozenset(plain_counts(draft))


@measured
def told_text(draft: Draft) -> str:
    """The same as a text: what is in none of them is not in it."""
    return " ".join(told(draft))


Hints = tuple[tuple[str, str], ...]


def hints(*signs: str) -> Hints:
    """Signs of something in a text, each with the longest word, or part of one, that is in it; for `possible`."""
    return tuple((sign, max(_WORD.findall(sign.lower()), key=len, default="")) for sign in signs)


def possible(draft: Draft, signs: Hints) -> list[str]:
    """Those that may stand in what a reader sees, by its words."""
    text = told_text(draft)
    return [sign for sign, word in signs if word in text]
