"""Whether a line of German, French, Spanish, Italian, Portuguese or Dutch can be quoted alone.

The English checks know verbs and word order; these rest on lists of words, so they refuse more: of a language that is known less well
fewer lines are said.
"""

from __future__ import annotations

import re

from geo_optimizer.engines.offline.tongues import TONGUES, Tongue
from geo_optimizer.engines.offline.words import LEANING, STOP_WORDS
from geo_optimizer.lazy import lazily

_CLAUSE = lazily(r"(?:[^,;:–—(]|,(?=\d)|(?<=\d):(?=\d)|(?<=\w):(?=\w))*")
_ASIDE = lazily(r", ([^,]{3,25}),")  # a connective between commas: "..., tuttavia, ..."
_FIRST_WORD = lazily(r"[\"'¿¡]*([^\W\d_]+)")
_WORD = lazily(r"[^\W\d_]+")
_SHORT = 40  # characters; below, a line is often no sentence
_STEM = 5  # letters by which two forms of a noun are known for one
_DAS = frozenset({"das", "die", "der"})
# What stands between a German article and its noun: adjectives, figures, and words that go with figures.
_ARTICLE = lazily(
    r"(?:das|die|der) (?:(?:[a-zäöüß-]+(?:e|en|er|es|ste|sten)(?<!haben)(?<!werden)(?<!können)(?<!sollen)(?<!müssen)(?<!wurde)(?<!würde)(?<!hatte)(?<!sollte)(?<!wollen)(?<!machen)(?<!kommen)"
    r"|rund|etwa|drei|vier|fünf|sechs|acht|zehn|meist|sehr|\d[\d.,]*) ){0,3}[A-ZÄÖÜ„]"
)
_HE = {  # pronouns that nothing before them explains
    "de": lazily(r"\b(?:er|sie|ihn|ihm|ihnen|ihrer)\b"),
    "fr": lazily(r"\b(?:elles?|ils|lui|eux)\b"),
    "es": lazily(r"\b(?:él|ell[oa]s?)\b"),
    "it": lazily(r"\b(?:lui|lei|loro|ess[oiae])\b"),
    "pt": lazily(r"\b(?:d|n)?el[ea]s?\b"),
    "nl": lazily(r"\b(?:hij|ze|zij|hem|hen)\b"),
}
_NEAR = 5  # words into the line
_AFTER_ADVERBIAL = lazily(
    r"(?!Si\b|S['’]|Quand|Lorsqu|Comme|Parce|Puisqu|Bien qu|Quoi|Dès qu|Tant qu|Une fois|Pour qu|Avant qu|Après qu|Même si|Qui\b)[^,]+, "
    r"(?:elles?|ils|il(?! (?:ne )?(?:faut|y a|suffit|est|existe|convient|vaut|reste|s['’]agit|arrive|semble)))\b"
)
_I = lazily(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself)\b", re.IGNORECASE)
_QUOTED = lazily(r"['‘](?![st]\s)")
_ABBREVIATED = lazily(
    r"\b(bzw|ggf|evtl|inkl|exkl|vgl|sog|zzgl|max|min|mind|ca|ex|ej|es|bijv|incl|excl|resp|env|aprox|núm|pág|nr|no|art)\. (?=[a-zà-ÿ])"
)


def leans(text: str, language: str) -> bool:
    """Whether a line points at what stands before it in the draft."""
    tongue = TONGUES.get(language)
    if tongue is None:
        return True
    if tongue.impersonal.match(text):
        text = text.split(" ", 1)[1]
    elif _opens_leaning(text, tongue, language):
        return True
    return _leans_within(text, tongue) or _points(text, tongue) or _unbound(text, language)


def _opens_leaning(text: str, tongue: Tongue, language: str) -> bool:
    found = _FIRST_WORD.match(text)
    first = found.group(1).lower() if found else ""
    if language == "de" and first in _DAS:
        return not _ARTICLE.match(text[:1].lower() + text[1:]) or bool(tongue.opens.match(text) or tongue.nouns.match(text))
    articles = {"pt": ("o", "os"), "nl": ("het",)}.get(language, ())
    leaning = LEANING.get(language, frozenset())
    apart = re.match(r"\w+['’]\w+", text)
    return bool(
        (first in leaning and first not in articles)
        or (apart and apart.group().replace("’", "'").lower() in leaning)
        or tongue.opens.match(text)
        or tongue.nouns.match(text)
        or (language == "fr" and _AFTER_ADVERBIAL.match(text))
        or "?" in text
    )


def _leans_within(text: str, tongue: Tongue) -> bool:
    clause = _CLAUSE.match(text)
    first = clause.end() if clause else 0
    aside = _ASIDE.search(text)
    found = tongue.within.search(text)
    return bool((found and found.start() < first) or (aside and tongue.within.fullmatch(aside.group(1))))


def _points(text: str, tongue: Tongue) -> bool:
    """Whether a demonstrative points at something that the line has not named before it."""
    for match in tongue.pointers.finditer(text):
        noun = next((group for group in match.groups() if group), None)
        if noun is None or not (tongue.times.fullmatch(noun) or noun[:_STEM].lower() in text[: match.start()].lower()):
            return True
    return False


def _unbound(text: str, language: str) -> bool:
    """Whether a pronoun stands near the beginning, before any noun that it could stand for."""
    found = _HE[language].search(text)
    if not found:
        return False
    before = _WORD.findall(text[: found.start()])
    if (
        language == "de"
    ):  # whose nouns have capitals; the first word, which always has one, may be one where the pronoun is in another clause
        clause = _CLAUSE.match(text)
        later = clause is not None and found.start() > clause.end()
        return not any(word[0].isupper() and (n or (later and word.lower() not in STOP_WORDS["de"])) for n, word in enumerate(before))
    return len(before) < _NEAR and not any(len(word) > 3 and word.lower() not in STOP_WORDS[language] for word in before[:-1])


def spelt_out(text: str) -> str:
    """Without the full stops of abbreviations that a small letter follows."""
    return _ABBREVIATED.sub(r"\1 ", text)


def says_something(text: str, language: str) -> bool:
    """Neither about the page, nor by the writer alone, nor speech, nor a note without a verb."""
    tongue = TONGUES.get(language)
    if tongue is None or tongue.page.search(text) or tongue.self.search(text) or _QUOTED.match(text):
        return False
    return len(text) >= _SHORT or bool(tongue.verbs.search(text))


def first_person(text: str, language: str) -> bool:
    """Whether the writer speaks of themself alone, in any language that is known."""
    return bool(TONGUES[language].self.search(text) if language in TONGUES else _I.search(text.replace("’", "'")))


def is_sentence(item: str, language: str) -> bool:
    """Whether a list item is surely a sentence: its first clause has a finite verb. A step, or a thing with what is said of it, is none."""
    tongue, clause = TONGUES.get(language), _CLAUSE.match(item)
    return tongue is not None and clause is not None and bool(tongue.verbs.search(clause.group()))


def is_in(text: str, language: str) -> bool:
    """Whether no other language's function words stand out in `text`."""
    words = [word.lower() for word in _WORD.findall(text)]
    own = sum(word in STOP_WORDS[language] for word in words) if language in STOP_WORDS else 0
    return all(sum(word in common for word in words) <= max(own + 1, own * 1.5) for code, common in STOP_WORDS.items() if code != language)
