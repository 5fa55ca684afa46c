"""How hard a draft is to read: Flesch's formula, in the languages that it was fitted to.

textstat finds the words and hyphenates; two things are our own. Sentences:
textstat drops those of one or two words and runs list items without a stop
together. Syllables of English words: textstat looks them up through NLTK,
which asks the network for a dictionary, and refuses a local one that other
accounts may write to (any that was installed under umask 002). The one here
is the same (CMU's, see `data/CMUDICT-LICENSE`) and is read from the package;
a word that it lacks has one syllable per hyphenation point and one more, as
in textstat. A figure counts as one syllable.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, measured


@dataclass(frozen=True, slots=True)
class Readability:
    """Flesch reading ease (100 is very easy, 0 very hard; not bounded) of the running text.

    `grade`: years of American schooling, English only. Scores are rounded to
    two decimals, and compare texts of one language only.
    """

    language: str
    words: int
    sentences: int
    flesch_reading_ease: float
    grade: float | None
    words_per_sentence: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """Reading ease is `base - per_length * words per sentence - per_syllable * syllables per word`; `locale` hyphenates."""

    base: float
    per_length: float
    per_syllable: float
    locale: str


# The formulas that textstat knows, with who fitted each to its language.
_SCALES = {
    "en": _Scale(206.835, 1.015, 84.6, "en_US"),  # Flesch 1948, "A new readability yardstick"
    "de": _Scale(180, 1, 58.5, "de_DE"),  # Amstad 1978, "Wie verständlich sind unsere Zeitungen?"
    "es": _Scale(206.84, 1.02, 60, "es"),  # Fernández Huerta 1959, "Medidas sencillas de lecturabilidad"
    "fr": _Scale(207, 1.015, 73.6, "fr"),  # Kandel & Moles 1958, "Application de l'indice de Flesch à la langue française"
    "it": _Scale(217, 1.3, 60, "it_IT"),  # Franchina & Vacca 1986, "Adaptation of Flesch readability index"
    "nl": _Scale(206.835, 0.93, 77, "nl_NL"),  # Douma 1960, "De leesbaarheid van landbouwbladen"
    "ru": _Scale(206.835, 1.3, 60.1, "ru_RU"),  # Oborneva 2006, on assessing the difficulty of school texts
    "hu": _Scale(206.835, 1.015, 58.5, "hu_HU"),  # Dóra 2019, "Olvashatósági tesztek: elmélet és gyakorlat"
}
_RUNNING_TEXT = frozenset({"paragraph", "item"})
_SYLLABLES = Path(__file__).parents[1] / "data" / "syllables-en.txt.gz"
_ADDRESS = lazily(r"(?:https?://|www\.)\S+")
_BETWEEN_WORDS = lazily(r"[—–/]")


@measured
def readability(draft: Draft) -> Readability | None:
    """How hard the paragraphs and list items are to read; None without words, or in a language without a formula.

    Headings, table cells, footnotes, code blocks and generated parts do not count.
    """
    scale = _SCALES.get(draft.language)
    if scale is None:
        return None
    counts = [_count(text, scale.locale) for text in _running_text(draft)]
    sentences = sum(words > 0 for words, _ in counts)
    words = sum(words for words, _ in counts)
    if not words:
        return None
    length, syllables = words / sentences, sum(syllables for _, syllables in counts) / words
    return Readability(
        language=draft.language,
        words=words,
        sentences=sentences,
        flesch_reading_ease=round(scale.base - scale.per_length * length - scale.per_syllable * syllables, 2),
        grade=_grade(length, syllables) if draft.language == "en" else None,
        words_per_sentence=round(length, 2),
    )


def _running_text(draft: Draft) -> list[str]:
    """The sentences that count."""
    prose = draft.prose
    return [s.text for s in draft.sentences if prose[s.prose].kind in _RUNNING_TEXT and prose[s.prose].known is None]


def _grade(words_per_sentence: float, syllables_per_word: float) -> float:
    """The Flesch-Kincaid grade (Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch Report 8-75)."""
    return round(0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59, 2)


def _count(sentence: str, locale: str) -> tuple[int, int]:
    """Words and syllables. "Well-known" is one word, as Flesch counts; the English dictionary has its parts."""
    from textstat.backend.selections import list_words

    text = _BETWEEN_WORDS.sub(" ", _ADDRESS.sub(" ", sentence)).replace("’", "'")
    words = list_words(text, lowercase=True)
    parts = list_words(text, lowercase=True, split_hyphens=locale == "en_US")
    return len(words), sum(_syllables(part, locale) for part in parts)


def _syllables(word: str, locale: str) -> int:
    from textstat.backend.utils import get_pyphen

    if locale == "en_US":
        known = _english_syllables()
        if count := known.get(word) or known.get(word.lstrip("'")):
            return count
    return len(get_pyphen(locale).positions(word)) + 1


@cache
def _english_syllables() -> dict[str, int]:
    """Word in lower case -> syllables of its first pronunciation."""
    counts: dict[str, int] = {}
    for line in gzip.decompress(_SYLLABLES.read_bytes()).decode("ascii").split("\n"):
        number, *words = line.split(" ")
        if number.isdigit():
            counts |= dict.fromkeys(words, int(number))
    return counts
