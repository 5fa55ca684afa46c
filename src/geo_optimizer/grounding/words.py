"""Text -> words that can be compared: spelling, inflection and number forms taken away.

The stemmer is a light suffix stripper, kinder than Porter's (1980) to agent
nouns: `leader` is not `lead`, and `user` is not `use`, because a figure of the
one is no figure of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from geo_optimizer.grounding import lexicon
from geo_optimizer.lazy import lazily

Role = Literal["content", "light", "function"]

_TOKEN = lazily(r"[^\W_]+(?:[.'’][^\W_]+)*[+#]*|[&%]")
_BRITISH = (
    (re.compile(r"is(e|es|ed|er|ers|ing|ation|ations|able|ably)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"ll(ed|ing|er|ers|or|ors)$"), r"l\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|al|able|ful|ite|ites)?$"), r"or\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"(?<=fib|met|lit)re(s?)$|(?<=cent)re(s?)$|(?<=theat|calib)re(s?)$"), r"er\1"),
)
_SUFFIXES = (
    ("ization", "iz"), ("ibility", "ibl"), ("ability", "abl"), ("fulness", "ful"), ("ational", "at"), ("ation", "at"), ("ative", "at"),
    ("iveness", "iv"), ("ously", "ous"), ("ment", ""), ("ness", ""), ("ically", "ic"), ("ical", "ic"), ("ity", ""), ("ance", ""), ("ence", ""),
    ("ancy", ""), ("ency", ""), ("ant", ""), ("ent", ""), ("ion", ""), ("ive", ""), ("ally", ""), ("ly", ""), ("al", ""), ("ate", "at"),
    ("ery", "er"), ("ful", ""),
)  # fmt: skip
_INITIALS = lazily(r"(?:[A-Z]\.)+[A-Z]?")
_CODE_NAME = lazily(r"\w\.[a-z]{2}|^[^\W\d].*\d")  # "login.gov", "es6"
_OPENERS = frozenset(" \"'“‘«([*_")  # what may stand between a stop and the first word of a sentence
_FORMS = {form: word.rstrip("_") for form, word in lexicon.FORMS.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`, the `key` it is compared by, and what it does.

    `senses` are the groups of synonyms that it belongs to. `name`: written
    with a capital where none is needed, or an abbreviation. `figure`: the
    index of the quantity that this word stands for (its key is then "#").
    """

    text: str
    start: int
    end: int
    key: str
    senses: frozenset[int]
    role: Role
    name: bool = False
    figure: int | None = None

    @property
    def lower(self) -> str:
        return self.text.lower()

    def same(self, other: Word) -> bool:
        """Whether the two say the same thing, as words."""
        return self.key == other.key or not self.senses.isdisjoint(other.senses)


def stem(word: str) -> str:
    """The part of a lower-case English word that its inflections and spellings share.

    >>> stem("organisations") == stem("organization"), stem("delivery") == stem("delivering")
    (True, True)
    """
    return _stem(word)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = _FORMS.get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    for pattern, plain in _BRITISH:
        word = pattern.sub(plain, word)
    word = _inflection(word)
    word = _FORMS.get(word, word)
    return _derivation(word)


def _inflection(word: str) -> str:
    """Without plural, third person, past and progressive endings."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= 3 and re.search("[aeiouy]", bare):
            return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare  # "planned", but "added"
    return word


def _derivation(word: str) -> str:
    """Without the endings that make a noun of a verb or an adverb of an adjective."""
    for ending, rest in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= 5:
            word = word[: -len(ending)] + rest
            break
    word = word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(lexicon.SYNONYMS.split(";")):
        for word in group.split():
            found.setdefault(stem(word), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


@lru_cache(maxsize=20_000)
def _known(lower: str, language: str) -> tuple[str, frozenset[int], Role]:
    """Key, senses and role of a lower-case word."""
    bare = re.sub(r"['’](?:s|ll|re|ve|d|m)$", "", lower).replace("’", "'")
    if bare in lexicon.FUNCTION.get(language, frozenset()) or bare.endswith("n't"):
        return bare, frozenset(), "function"
    if language != "en":
        return _foreign(bare), frozenset(), "content"
    key = stem(bare)
    role: Role = "light" if bare in lexicon.LIGHT else "content"
    return key, _groups().get(key, frozenset()), role


def _foreign(word: str) -> str:
    """Where nothing better is known: the word without its last letters, which is where these languages inflect."""
    return word if len(word) < 6 or not word.isalpha() else word[: max(5, len(word) - 2)]


def words(text: str, language: str) -> list[Word]:
    """The words of `text` in order; names are told apart by their capitals."""
    found: list[Word] = []
    for match, key, senses, role in _tokens(text, language):
        name = role != "function" and _capital(text, match.start(), match.group())
        found.append(Word(match.group(), match.start(), match.end(), key, senses, role, name))
    return found


def _tokens(text: str, language: str) -> Iterator[tuple[re.Match[str], str, frozenset[int], Role]]:
    for match in _TOKEN.finditer(text):
        shown = match.group()
        if "." in shown and _INITIALS.fullmatch(shown):
            yield match, shown.lower().replace(".", ""), frozenset(), "content"
            continue
        key, senses, role = _known(shown.lower(), language)
        if role == "function" and shown in lexicon.CAPITALS and (shown.isupper() or _capital(text, match.start(), shown)):
            key, role = ("us" if shown == "US" else shown), "content"
        yield match, key, senses, role


def outline(text: str, figures: Sequence[tuple[int, int]], language: str) -> tuple[int, frozenset[str | int]]:
    """How many words `text` has, each of the `figures` (in order) being one, and the keys and senses of the telling ones.

    Neither figures nor function words tell.
    """
    count, keys, figure = len(figures), set[str | int](), 0
    for match, key, senses, role in _tokens(text, language):
        while figure < len(figures) and figures[figure][1] <= match.start():
            figure += 1
        if match.group() == "%" or (figure < len(figures) and figures[figure][0] < match.end()):
            continue
        count += 1
        if role != "function":
            keys.add(key)
            keys |= senses
    return count, frozenset(keys)


def _capital(text: str, start: int, shown: str) -> bool:
    """Capitals that no sentence start asks for: inside a sentence, or more than the first letter."""
    if _CODE_NAME.search(shown):
        return True
    if not any(c.isupper() for c in shown) or not shown[0].isalnum():
        return False
    if any(c.isupper() for c in shown[1:]):
        return True
    at = start
    while at and text[at - 1] in _OPENERS:
        at -= 1
    return at > 0 and text[at - 1] not in ".!?:;•–—|"
