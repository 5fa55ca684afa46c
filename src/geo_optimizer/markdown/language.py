"""Which language a text is in: the one whose commonest words it holds most of."""

from __future__ import annotations

from collections import Counter

from geo_optimizer.lazy import lazily

# The commonest words that tell these languages from each other.
_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the of and to is that it for was with as on are this be at by have from or a an they which you not but were we can".split()
    ),
    "de": frozenset(
        "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus er hat dass sie nach wird bei".split()
    ),
    "fr": frozenset(
        "le la les des et est une du que en dans qui par pour au sur pas plus ce avec il sont cette aux ont ne nous vous mais ces".split()
    ),
    "es": frozenset(
        "el la los las de que y en un una por con para es se del al lo como más su pero sus le ya o este sí porque esta entre".split()
    ),
    "it": frozenset(
        "il di che la e un una per è con del non sono le dei si da della nel alla più anche gli ma come delle lo ha questo al".split()
    ),
    "pt": frozenset("o a os as de que e em um uma para é com não por mais do da dos das no na se ao como foi mas pelo sua ou são".split()),
    "nl": frozenset(
        "de het een van en in is dat op te zijn met voor niet aan er om ook als maar bij door worden naar uit kan nog deze wordt".split()
    ),
}
_LANGUAGES: dict[str, list[str]] = {}  # by word, those that have it among their commonest
for _code, _common in _WORDS.items():
    for _word in _common:
        _LANGUAGES.setdefault(_word, []).append(_code)
_WORD = lazily(r"[^\W\d_]++")
_SAMPLE = 6000  # characters; more changes no verdict and costs time
_FEW_WORDS = 12
_ENOUGH = 0.06  # share of known words below which nothing is said


UNKNOWN = "und"  # ISO 639-2, undetermined


def detect_language(text: str, default: str = "en") -> str:
    """The ISO 639-1 code among en, de, fr, es, it, pt, nl that fits best.

    `default` for a text too short to tell; `UNKNOWN` for one that is none of these.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEW_WORDS:
        return default if all(letter < "\u0250" for word in words for letter in word) else UNKNOWN
    found = Counter(code for word in words if word in _LANGUAGES for code in _LANGUAGES[word])
    scores = {code: found[code] / len(words) for code in _WORDS}
    best = max(scores, key=lambda code: (scores[code], code == default))
    return best if scores[best] >= _ENOUGH else UNKNOWN
