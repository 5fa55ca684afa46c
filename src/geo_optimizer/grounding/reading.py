"""A sentence as grounding sees it: words, figures, what is denied, and which words belong to which figure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from geo_optimizer.analysis.quantities import Quantity, quantities
from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.words import Word, words
from geo_optimizer.lazy import lazily

_SEPARATOR = lazily(r"[,;:)\]—–|•/]|\s-\s|\.\s|\.{3}|…")
_SPLITS = lexicon.listed("and but while whilst versus vs than compared whereas although though or with which for against")
_SEPARATED = 6  # a separator keeps a word as far from a figure as this many words do
_COMPARED_WITHIN = 13  # characters between "no" or "not" and the figure whose comparison it belongs to, at most
_REACH = 4  # words between a negation and what it denies, at most
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words and figures.

    In `words` each figure is one word with the key "#". `denied` are the
    indexes of words that a negation stands before; `home` gives, for each
    word, the index (in `words`) of the figure it belongs to, or None where
    the text has no figure. `places`: where each key and synonym group stands.
    """

    text: str
    words: tuple[Word, ...]
    figures: tuple[Quantity, ...]
    denied: frozenset[int]
    home: tuple[int | None, ...]
    places: dict[str | int, tuple[int, ...]]

    def holding(self, word: Word) -> tuple[int, ...]:
        """Where the word or a synonym of it stands."""
        keys: tuple[str | int, ...] = (word.key, *word.senses)
        return tuple(dict.fromkeys(i for key in keys for i in self.places.get(key, ())))

    def holds(self, word: Word) -> bool:
        """Whether the word or a synonym of it stands anywhere."""
        return word.key in self.places or any(sense in self.places for sense in word.senses)

    @property
    def content(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if word.role == "content" and word.figure is None)

    @property
    def at_word(self) -> tuple[int, ...]:
        """The word that stands for each figure."""
        return tuple(i for i, word in enumerate(self.words) if word.figure is not None)

    def figure(self, index: int) -> Quantity:
        """The quantity that the word at `index` stands for."""
        at = self.words[index].figure
        assert at is not None
        return self.figures[at]

    def between(self, left: int, right: int) -> str:
        """The characters between two words."""
        return self.text[self.words[left].end : self.words[right].start]


@lru_cache(maxsize=512)
def read(text: str, language: str) -> Reading:
    """Read a sentence. Kept, because a claim is read once per draft and once per rule that asks."""
    text = tidied(text)
    return read_with(text, quantities(text, language), language)


def read_with(text: str, figures: tuple[Quantity, ...], language: str) -> Reading:
    """Read a tidied sentence whose figures are known."""
    found = _with_figures(words(text, language), figures)
    return Reading(text, found, figures, _denied(text, found, figures, language), _homes(text, found), _places(found))


# Text that was cut into words and put together again: "$ 10, 000", "34 - year - old", "half - time".
_APART = (
    (lazily(r"\b([Pp])er cent\b"), r"\1ercent"),
    (lazily(r"\b([Oo]ne|[Tt]wo|[Tt]hree) ([a-z]+) in (three|four|five|six|ten|[3-9]|10)\b(?! [a-z]+s\b)"), r"\1 in \3 \2"),
    (lazily(r"\bQ1\b"), "first quarter"),
    (lazily(r"\bQ2\b"), "second quarter"),
    (lazily(r"\bQ3\b"), "third quarter"),
    (lazily(r"\bQ4\b"), "fourth quarter"),
    (lazily(r"(?<=[a-z]{3})\.(?=[A-Z][a-z])"), ". "),
    (lazily(r"(?<=[$€£]) (?=\d)"), ""),
    (lazily(r"(?<![\d.,])(\d{1,3}), (?=\d{3}(?!\d))"), r"\1,"),
    (lazily(r"(?<=\d) - (?=\w)"), "-"),
    (lazily(r"(?<=[$€£])(\d[\d.,]*) (?=(?:m|bn|k|tn)\b)"), r"\1"),
    (lazily(r"(?<=-[a-z]{4}) - (?=old\b)"), "-"),
    (lazily(r"(?<=\w) (?=['’](?:s|re|ve|ll|d|m|t)\b)|(?<=['’]) (?=(?:s|re|ve|ll|t)\b)"), ""),
)


def tidied(text: str) -> str:
    """`text` with signs and separators back at their figures."""
    for pattern, joined in _APART:
        text = pattern.sub(joined, text)
    return text


def _places(found: tuple[Word, ...]) -> dict[str | int, tuple[int, ...]]:
    places: dict[str | int, list[int]] = {}
    for i, word in enumerate(found):
        keys: tuple[str | int, ...] = (word.key, *word.senses)
        for key in keys:
            places.setdefault(key, []).append(i)
    return {key: tuple(at) for key, at in places.items()}


def _with_figures(found: list[Word], figures: tuple[Quantity, ...]) -> tuple[Word, ...]:
    """The words with those inside a figure taken out and the figure put in their place."""
    if not figures:
        return tuple(word for word in found if word.text != "%")
    at = [bisect_right(figures, w.start, key=lambda f: f.end) for w in found]  # the first figure that ends behind the word's start
    kept = [w for w, n in zip(found, at, strict=True) if w.text != "%" and (n == len(figures) or figures[n].start >= w.end)]
    kept += [Word(f.text, f.start, f.end, "#", frozenset(), "content", figure=n) for n, f in enumerate(figures)]
    return tuple(sorted(kept, key=lambda w: w.start))


def is_negator(word: Word, language: str) -> bool:
    lower = word.lower.replace("’", "'")
    return lower in lexicon.NEGATORS.get(language, lexicon.NEGATORS["en"]) or (language == "en" and lower.endswith("n't"))


def _denied(text: str, found: tuple[Word, ...], figures: tuple[Quantity, ...], language: str) -> frozenset[int]:
    heads: set[int] = set()
    for i, word in enumerate(found):
        if not is_negator(word, language):
            continue
        following = found[i + 1].lower if i + 1 < len(found) else ""
        if following in _NOT_ONLY or following == "but" or text[word.end : word.end + 1] == "-" or _is_comparison(word, figures):
            continue  # "not only", "nothing but", "no-cost", "no fewer than 10"
        head = _head(text, found, i)
        if head is not None and (found[head].figure is None or word.lower not in ("neither", "nor")):
            heads.add(head)
    return frozenset(heads)


def _is_comparison(word: Word, figures: tuple[Quantity, ...]) -> bool:
    """The "no" of "no more than 10" belongs to the figure."""
    if word.lower not in ("no", "not"):
        return False
    first, last = (bisect_right(figures, at, key=lambda f: f.start) for at in (word.end, word.end + _COMPARED_WITHIN))
    return any(figure.comparison in ("up to", "at least") for figure in figures[first:last])


def _head(text: str, found: tuple[Word, ...], at: int, reach: int = _REACH) -> int | None:
    """The first word with content after `at`, in the same clause."""
    for i in range(at + 1, min(at + 1 + reach, len(found))):
        if _SEPARATOR.search(text[found[i - 1].end : found[i].start]):
            return None
        if found[i].role != "function" and not _passing(found[i].lower):
            return i
    return None


_SHORT_LY = 6  # letters of "family", "supply", "assembly": longer words in -ly are adverbs
_ADVERBS = frozenset(
    {
        "currently",
        "today",
        "now",
        "already",
        "yet",
        "ever",
        "even",
        "quite",
        "really",
        "actually",
        "necessarily",
        "fully",
        "directly",
        "likely",
    }
)


def _passing(word: str) -> bool:
    """An adverb, which is not what a negation or modal before it is about."""
    return word in lexicon.FREQUENCY or word in _ADVERBS or (word.endswith("ly") and len(word) > _SHORT_LY)


def head_after(reading: Reading, at: int, reach: int = _REACH) -> int | None:
    """The word that a modal, quantifier or negation at `at` is about, among the next `reach`."""
    return _head(reading.text, reading.words, at, reach)


def _homes(text: str, found: tuple[Word, ...]) -> tuple[int | None, ...]:
    """For each word, the nearest figure; separators count as distance."""
    places = [i for i, word in enumerate(found) if word.figure is not None]
    if not places:
        return (None,) * len(found)
    at = _distances(text, found)
    return tuple(_nearest(at, places, i) for i in range(len(found)))


def _distances(text: str, found: tuple[Word, ...]) -> list[float]:
    """How far each word is from the first, in words; separators count as distance."""
    at: list[float] = [0.0]
    for left, right in pairwise(found):
        between = text[left.end : right.start]
        step = 1 + _SEPARATED * (bool(_SEPARATOR.search(between)) + (right.lower in _SPLITS))
        at.append(at[-1] + step)
    return at


def distances(reading: Reading) -> list[float]:
    """How far each word is from the first, in words; what separates clauses counts as distance."""
    return _distances(reading.text, reading.words)


def _nearest(at: list[float], places: list[int], i: int) -> int:
    """Of the figure before and the one behind, the nearer; the one behind if they are as far."""
    behind = bisect_left(places, i)
    beside = places[max(0, behind - 1) : behind + 1]
    return min(beside, key=lambda p: (abs(at[p] - at[i]), -p))


def word_after(reading: Reading, at: int) -> str:
    """The word behind one, in small letters; empty at the end."""
    return reading.words[at + 1].lower if at + 1 < len(reading.words) else ""


def around(reading: Reading, at: int) -> str:
    """A few words around one, as written."""
    first, last = max(0, at - 3), min(len(reading.words) - 1, at + 3)
    return reading.text[reading.words[first].start : reading.words[last].end]
