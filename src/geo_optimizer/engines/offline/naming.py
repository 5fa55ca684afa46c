"""What an article is called and filed under: title, categories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from geo_optimizer.analysis.verbs import VERBS, is_verb
from geo_optimizer.engines.offline.sections import own_headings
from geo_optimizer.engines.offline.selection import Pool, worth
from geo_optimizer.engines.offline.stems import stem
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.engines.offline.words import STOP_WORDS, word_set
from geo_optimizer.model import OBJECT, Brief

_TITLE_LENGTH = (15, 70)  # characters of a title made from a heading or a clause
_LABELS = re.compile(
    r"(?:introduction|intro|overview|background|summary|contents|table of contents|about|abstract|preface|motivation|welcome|start|einleitung|überblick"
    r"|introducción|introduzione|introdução|inleiding|aperçu)\W*",
    re.IGNORECASE,
)
# Nouns too general to file an article under.
_GENERAL = word_set("""year years month months week weeks day days hour hours minute minutes time times people person thing things part parts example examples number numbers
    lot lots kind kinds case cases point points place places good better best great new big small high higher low lower large early late long short first second one two three working
    third four five six seven eight nine hundred thousand million billion percent cent home work post article guide introduction overview different important
    public major area areas strict single impossible available possible able sure simple easy hard free full main own real click good common specific special general next last previous current recent today
    following question questions answer answers problem problems reason reasons result results step steps change changes world life side end start line lines
    content contents text code codes element elements function functions value values output outputs input inputs project projects file files object objects
    property properties request requests team teams tool tools experience position positions software book books phrase image images feature features version versions
    option options data detail details information issue issues list lists item items method methods page pages process section sections type types
    update updates user way ways website websites something everything anything approach experiment effort efforts topic topics
    word words name names idea ideas fact order level group members member user users euro euros dollar dollars prozent jahr jahre jahren monat monate tag tage uhr mensch menschen beispiel teil années jours exemple años días ejemplo""")
_QUALITY = ("able", "ible", "abl", "ibl", "ive", "iv", "ous", "ful", "less", "ical", "ional", "ental", "ital")  # of words and their stems
_MOST_TERMS = {"categories": 3, "tags": 5}
# Chance from which a further term of the site's is proposed. A category says where a page stands, and of a wrong one too much hangs;
# of tags an editor strikes out the odd one sooner than miss one.
_LIKELY = {"categories": 0.1, "tags": 0.015}
_KEY_TERMS = 3
_SHORT_DRAFT = 150  # words; below, what is said twice is chance
# Times that the text must say a term which is in the title, in a heading, in neither. A common noun that the title
# does not have is taken where there is nothing better: most that an article repeats are what it talks with, not about.
_SAID = {"pair": (2, 3, 4), "name": (2, 3, 5), "noun": (3, 3, 6)}
_TITLE_WORTH, _HEADING_WORTH = 3, 2  # mentions
_PAIR_WORTH = 4  # a term of two words says what one of them leaves open


def title(brief: Brief, found: Pool) -> str | None:
    """The draft's own; else the heading that it begins with, if that is no mere label; else its strongest short sentence.

    A heading further down names a section.
    """
    if brief.title:
        return brief.title
    first = next((n for n, prose in enumerate(brief.draft.prose) if prose.known is None), None)
    heading = next((h for h in own_headings(brief.draft) if h.prose == first), None)
    if heading and OBJECT not in heading.text and len(words_of(heading.text)) > 1 and not _LABELS.fullmatch(heading.text):
        return heading.text
    least, most = _TITLE_LENGTH
    short = [s for s in found.lines if s.line.alone and least <= len(s.line.text) <= most]
    best = max(short, key=worth, default=None)
    return best.line.text.rstrip(".") if best else None


# ------------------------------------------------------------------ categories


def categories(brief: Brief) -> list[str]:
    """Likeliest first: from the site's vocabulary, whose order is a judgement already, where there is one; else the draft's own key terms."""
    if not brief.vocabulary:
        return _key_terms(brief)
    return list(brief.vocabulary[: len(fitting(brief.chances, brief.taxonomy)) if brief.chances else _MOST_TERMS.get(brief.taxonomy, 3)])


def fitting(chances: Sequence[float], taxonomy: str) -> Sequence[float]:
    """Of how likely each of the site's terms is, likeliest first, those of the terms that are proposed."""
    return [chance for n, chance in enumerate(chances[: _MOST_TERMS.get(taxonomy, 3)]) if n == 0 or chance >= _LIKELY.get(taxonomy, 0.1)]


def _key_terms(brief: Brief) -> list[str]:
    """What the draft is about in its own words: terms of its title or a heading that its text repeats, names and pairs that it keeps repeating.

    Of a short draft only terms of its title; none rather than a chance word.
    """
    language = brief.draft.language
    if language not in STOP_WORDS:
        return []
    titled = _counted([brief.title or ""], language)
    headed = _counted([h.text for h in own_headings(brief.draft)], language)
    text = _counted([s.text for s in brief.sentences], language)
    names = _names_in([s.text for s in brief.sentences])
    short = sum(len(words_of(s.text)) for s in brief.sentences) < _SHORT_DRAFT
    worth: dict[str, float] = {}
    passing: list[str] = []  # common nouns that the title does not have
    for key, forms in text.items():
        kind = "pair" if " " in key else "name" if key in names else "noun"
        said = forms.total()
        if (
            said < _SAID[kind][_place(key, titled, headed)]
            or (short and key not in titled)
            or (kind == "noun" and _qualifies(key, language))
        ):
            continue
        weight = said + _TITLE_WORTH * (key in titled) + _HEADING_WORTH * (key in headed)
        worth[key] = weight * (_PAIR_WORTH if kind == "pair" else 1)
        if kind == "noun" and key not in titled:
            passing.append(key)
    telling = worth.keys() - set(passing) or {max(passing, key=worth.__getitem__)} if worth else set()
    ranked = sorted((key for key in worth if key in telling), key=lambda key: -worth[key])
    return _distinct((key, text[key].most_common(1)[0][0]) for key in ranked)


def _place(key: str, titled: Container[str], headed: Container[str]) -> int:
    """Where a term stands beside the text: 0 in the title, 1 in a heading, 2 in neither."""
    return 0 if key in titled else 1 if key in headed else 2


def _names_in(texts: Iterable[str]) -> frozenset[str]:
    """The stems of words with a capital wherever they stand, but at most once in three: names and acronyms."""
    capital, every = Counter[str](), Counter[str]()
    for text in texts:
        for word in re.findall(r"[\w'-]+", text.replace("’", "'"))[1:]:
            every[stem(word)] += 1
            capital[stem(word)] += word != word.lower()
    return frozenset(key for key, n in every.items() if 3 * capital[key] >= 2 * n)


def _qualifies(word: str, language: str) -> bool:
    """Whether an English word is rather a quality ("digital", "possible") than a topic, by its ending."""
    return language == "en" and word.endswith(_QUALITY)


def _counted(texts: Iterable[str], language: str) -> dict[str, Counter[str]]:
    """How often each term is said, by its stems, in each of its forms: in lower case, but German, whose nouns have capitals."""
    topics = _Topics(language)
    forms = Counter(phrase for text in texts for phrase in _phrases(text, topics))
    counted: dict[str, Counter[str]] = {}
    for words, said in forms.items():
        form = " ".join(words)
        counted.setdefault(" ".join(stem(word) for word in words), Counter())[form if language == "de" else form.lower()] += said
    return counted


class _Topics(dict[str, tuple[bool, bool]]):
    """Whether a word could be part of a topic's name, and be one alone: worked out once for a word, however often it is said."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, word: str) -> tuple[bool, bool]:
        names = _names(word, self._language)
        self[word] = judged = names, names and not _acts(word, self._language)
        return judged


def _phrases(text: str, topics: _Topics) -> Iterator[tuple[str, ...]]:
    """Single words and pairs that could name a topic."""
    words = re.findall(r"[\w'-]+|[^\w\s]", text.replace("’", "'"))
    for first, second in pairwise([*words, "."]):
        names, alone = topics[first]
        if alone:
            yield (first,)
        if names and topics[second][0]:
            yield (first, second)


def _names(word: str, language: str) -> bool:
    """Whether a word could be (part of) a topic's name: no function word, figure, verb or adverb."""
    low = word.lower()
    if len(low) < 2 or low in _GENERAL or not low[0].isalpha() or low in STOP_WORDS[language] or "'" in low:
        return False
    if language == "de":
        return word[0].isupper() and len(low) > 3
    return (
        len(low) > 3 and not (language == "en" and ((low.endswith(("ly", "ed")) and not low.endswith("eed")) or is_verb(low)))
    ) or word.isupper()


def _acts(word: str, language: str) -> bool:
    """Whether an English word is an -ing form: alone it is more often something done ("asking") than a topic."""
    low = word.lower()
    bare = low.removesuffix("ing")
    return (
        language == "en"
        and low != bare
        and (bare in VERBS or bare + "e" in VERBS or (len(bare) > 3 and bare[-1] == bare[-2] and bare[:-1] in VERBS))
    )


def _distinct(ranked: Iterable[tuple[str, str]]) -> list[str]:
    """The best terms that do not repeat each other's words."""
    kept: list[str] = []
    used: set[str] = set()
    for key, term in ranked:
        if used.isdisjoint(key.split()):
            kept.append(term)
            used.update(key.split())
        if len(kept) == _KEY_TERMS:
            break
    return kept
