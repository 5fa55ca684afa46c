"""Which language a text is in: the one whose commonest words it holds most of.

Seven languages are worked with. The others are known only so that none of their texts is taken for one of the seven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from geo_optimizer.lazy import lazily

# The commonest words that tell these languages from each other.
_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the of and to in is that it for was with as on are this be at by have from or a an they which you not but were we can".split()
    ),
    "de": frozenset(
        "der die und das den in von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus er hat dass sie nach wird bei".split()
    ),
    "fr": frozenset(
        "le la les des et est une du que en dans qui par pour au sur pas plus ce avec il sont cette aux ont ne nous vous mais ces".split()
    ),
    "es": frozenset(
        "el la los las de que y en un una por con para es se del al lo como más su pero sus le ya o este sí porque esta entre".split()
    ),
    "it": frozenset(
        "il di che la e un in una per è con del non sono le dei si da della nel alla più anche gli ma come delle lo ha questo al".split()
    ),
    "pt": frozenset("o a os as de que e em um uma para é com não por mais do da dos das no na se ao como foi mas pelo sua ou são".split()),
    "nl": frozenset(
        "de het een van en in is dat op te zijn met voor niet aan er om ook als maar bij door worden naar uit kan nog deze wordt".split()
    ),
}
# Commonest words of languages that are near those, or share their short words.
_OTHERS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "sv": "och att det som är inte på av för med till den har jag ett en om kan från eller när också sig deras ska var de i",
        "da": "og at det som er ikke på af for med til den har jeg et en om kan fra eller når også sig deres skal der de i men",
        "nb": "og at det som er ikke på av for med til den har jeg et en om kan fra eller når også seg deres skal de i men ble",
        "is": "og að í er á sem það til um var við en ekki fyrir með af frá eru þar hann",
        "af": "die en 'n van is het in nie wat vir met op te aan hulle ook dit sal deur hulle nie sy hy",
        "ca": "els les amb és una per però també dels que al són aquest aquesta com més seva i no ha del el la un va amb pel molt",
        "gl": "unha do dos da non os as é máis pola polo ao cos nos tamén pero como que e de o a un no na",
        "ro": "și în de la cu este care pe o un nu din sunt mai pentru ce au fost sau dar prin după a al să se",
        "tr": "ve bir bu için ile da de olarak daha en çok gibi olan ne ya var kadar sonra her o",
        "hu": "a az és hogy nem egy is van meg de ez volt csak ha már mint kell el azt lehet",
        "id": "yang dan di dengan untuk pada dari ini itu dalam adalah tidak ke oleh akan juga sebagai para bisa",
        "la": "et in est non ad cum ut ex quod sed qui per quae esse sunt ab si autem quam una",
        "pl": "na do się nie to jest że jak przez od po dla są oraz ale który",
        "cs": "se na je že to do jako pro které ale který za od jsou po nebo",
        "fi": "ja on ei se että oli hän ovat kun mutta joka myös niin tai kuin sen",
    }.items()
}
_LANGUAGES: dict[str, list[str]] = {}  # by word, those that have it among their commonest
for _code, _common in (*_WORDS.items(), *_OTHERS.items()):
    for _word in _common:
        _LANGUAGES.setdefault(_word, []).append(_code)
_WORD = lazily(r"[^\W\d_]++")
_SAMPLE = 6000  # characters; more changes no verdict and costs time
_FEW_WORDS = 12
_ENOUGH = 0.06  # share of known words below which nothing is said
_PLAINLY = 1.25  # how much more of its words one of the others must have
_NEAR = 0.5  # share of the best language's words that a second has where a draft may be in both
_A_PART = 0.4  # of the words of a draft in two languages: enough for the one that it begins with


UNKNOWN = "und"  # ISO 639-2, undetermined


def detect_language(text: str, default: str = "en") -> str:
    """The ISO 639-1 code among en, de, fr, es, it, pt, nl that fits best.

    `default` for a text too short to tell; `UNKNOWN` for one that is none of
    these, or the code of the other language that it plainly is.
    """
    words = _words(text)
    if len(words) < _FEW_WORDS:
        return _of_few(words, default)
    return _best(_scores(words), default)


def language_of(texts: Sequence[str]) -> str:
    """The language of a draft's texts; of two that it is written in, the one it begins with, unless that is a small part."""
    words = _words(" ".join(texts))
    if len(words) < _FEW_WORDS:
        return _of_few(words, "en")
    scores = _scores(words)
    language = _best(scores, "en")
    if language == UNKNOWN or sum(scores[code] >= _NEAR * scores[language] for code in _WORDS) < 2:
        return language
    told: Counter[str] = Counter()
    for text in texts:
        if (count := text.count(" ") + 1) >= _FEW_WORDS and told.total() < _SAMPLE:
            told[detect_language(text, language)] += count
    begins = next(iter(told), language)
    return begins if told[begins] >= _A_PART * told.total() else told.most_common(1)[0][0]


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:_SAMPLE].lower())


def _of_few(words: Sequence[str], default: str) -> str:
    return default if all(letter < "\u0250" for word in words for letter in word) else UNKNOWN


def _scores(words: Sequence[str]) -> dict[str, float]:
    """The share of the words that are among each language's commonest."""
    scores = dict.fromkeys((*_WORDS, *_OTHERS), 0.0)
    share = 1 / len(words)
    for word in words:
        for code in _LANGUAGES.get(word, ()):
            scores[code] += share
    return scores


def _best(scores: Mapping[str, float], default: str) -> str:
    best = max(_WORDS, key=lambda code: (scores[code], code == default))
    other = max(_OTHERS, key=lambda code: scores[code])
    if scores[other] > max(_PLAINLY * scores[best], 2 * _ENOUGH):
        return other
    return best if scores[best] >= _ENOUGH else UNKNOWN
