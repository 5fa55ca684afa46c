"""What a heading is: a question, a statement, or a label.

Read by form alone: a question mark or inverted word order, a finite verb.
Answer engines match questions and statements with what people ask; that
makes the difference worth reporting, not worth a grammar.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo_optimizer.lazy import lazily
from geo_optimizer.model import Heading, HeadingKind


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Interrogatives, and the verbs that follow them directly in a question.
_ASKING = {
    "en": (
        "what|why|when|where|who|whom|how|which|whose",
        "is|are|was|were|am|do|does|did|can|could|should|shall|will|would|has|have|had|might|must|isn't|aren't|don't|doesn't|can't|won't",
    ),
    "de": (
        "was|warum|weshalb|wieso|wann|wo|wer|wem|wen|wie|welche[rsmn]?|woher|wohin|wozu|womit|wodurch",
        "ist|sind|war|waren|hat|haben|kann|können|soll|sollte|sollten|muss|müssen|wird|werden|darf|dürfen|macht|machen|bedeutet|funktioniert|kostet|kosten|geht|gibt|heißt|lohnt|braucht|brauchen",
    ),
    "fr": (
        "qu'est-ce|quoi|pourquoi|quand|où|qui|comment|quels?|quelles?|combien|que",
        "est|sont|était|a|ont|peut|peuvent|doit|doivent|faut|fait|font|faire|que|qui|va|vont|coûte|signifie|fonctionne",
    ),
    "es": (
        "¿?qué|por qué|¿?cuándo|¿?dónde|¿?quién(?:es)?|¿?cómo|¿?cuál(?:es)?|¿?cuánt[oa]s?",
        "es|son|era|fue|hay|ha|han|puede|pueden|debe|deben|significa|funciona|cuesta|hace|sirve",
    ),
    "it": (
        "che cosa|cosa|cos'|perché|quando|dove|chi|come|quale|quali|quant[oaie]",
        "è|sono|era|ha|hanno|può|possono|deve|devono|significa|funziona|costa|serve|fa",
    ),
    "pt": (
        "o que|por que|quando|onde|quem|como|qual|quais|quant[oa]s?",
        "é|são|era|foi|há|tem|têm|pode|podem|deve|devem|significa|funciona|custa|faz|serve",
    ),
    "nl": (
        "wat|waarom|wanneer|waar|wie|hoe|welke?|hoeveel",
        "is|zijn|was|waren|heeft|hebben|kan|kunnen|moet|moeten|wordt|worden|zal|betekent|werkt|kost|doet|gaat",
    ),
}
_ENGLISH_INVERSION = lazily(
    r"(?:(?:is|are|was|were|does|did|should|will|would|could)\s(?:you|i|we|it|they|he|she|there|this|that|these|those|the|an?|your|my|our|[a-z]\w*\s\w+)|(?:do|can|have|has)\s(?:you|i|we|it|they|he|she|there))\b",
    re.IGNORECASE,
)
# "How much does", "which tool is": up to two words between the interrogative and its verb, where the language allows them.
_MEASURED = lazily(
    rf"(?:how\s(?:much|many|long|often|far|fast|big|well|old)(?:\s\w+){{0,2}}?"
    rf"|(?:what|which|whose)\s(?!(?:the|an?|we|you|i|they|it|he|she|our|your|my|their|this|these|those|to)\b)\w+(?:\s\w+)?)\s(?:{_ASKING['en'][1]})\s\w",
    re.IGNORECASE,
)


# Finite verbs by language: auxiliaries and the commonest full verbs whose form is no noun's.
_FINITE = {
    "en": """is are was were am isn't aren't wasn't weren't has have had hasn't haven't hadn't will won't can can't cannot could couldn't should
        shouldn't would wouldn't might must does doesn't did didn't it's that's there's they're we're you're i'm we've you've i've they've
        makes takes means became becomes remains stays goes comes gives keeps lets helps says matters grows grew rose fell dropped reached
        saved reduces reduced improves improved increased requires required replaces replaced outperforms outperformed depends deserves
        exists happens happened belongs begins began brings brought found showed proves proved creates created drove enables enabled allows
        allowed caused wants knows thinks thought feels felt sees saw tells told used offered provides provided includes included adopted
        announced launched released joined turned moved took went came gave said lost won failed doubled tripled halved overtook surpasses
        surpassed led paid""",
    "de": """ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können konnte soll sollen sollte muss müssen darf dürfen will wollen
        bleibt bleiben macht machen braucht brauchen gibt geht gehen kommt kommen steigt sinkt spart sparen lohnt hilft helfen zeigt zeigen bringt
        bringen führt führen kostet kosten funktioniert bedeutet gilt liegt""",
    "fr": """est sont était étaient a ont avait sera seront peut peuvent doit doivent faut va vont fait font devient reste restent permet permettent
        coûte augmente baisse montre change aide""",
    "es": "es son era eran fue fueron está están ha han había hay será puede pueden debe deben va van hace hacen tiene tienen crece sube baja cuesta permite ayuda muestra",
    "it": "è sono era erano ha hanno aveva sarà può possono deve devono va vanno fa fanno resta cresce sale scende costa permette aiuta mostra diventa",
    "pt": "é são era eram foi foram está estão há tem têm havia será pode podem deve devem vai vão faz fazem cresce sobe cai custa permite ajuda mostra",
    "nl": "is zijn was waren heeft hebben had wordt worden werd kan kunnen moet moeten zal zullen gaat gaan komt blijft blijven maakt werkt kost stijgt daalt helpt helpen",
}
_SUBJECT = lazily(r"(?:we|they|it|she|he|i)\s(?!and\b|or\b|the\b)[a-z][\w'’]+", re.IGNORECASE)
_CLAUSE_OPENERS = "what|why|when|where|who|how|which|whether|if|was|warum|wann|wo|wer|wie|weshalb|pourquoi|comment|quand|où|qui|por qué|cómo|cuándo|dónde|perché|come|quando|dove|como|onde|waarom|hoe|wanneer|waar|wie"
_EMBEDDED = lazily(rf"(?:{_CLAUSE_OPENERS})\b", re.IGNORECASE)
_SUBORDINATE = lazily(
    r"(?<=\w)[,;]?\s(?:that|what|which|who|whom|whose|how|why|where|when|while|if|until|unless|before|because|whether|dass|weil|wenn|ob|qui|que|quand|si|che|quando|se|cuando|dat|omdat|als)\s",
    re.IGNORECASE,
)
_NO_OBJECT = frozenset(_split(" by in for with from at on to of as and or during"))
_LEAD_NUMBER = lazily(r"^\W*(?:\d+(?:\.\d+)*[.):]?\s+)?")


def heading_kind(heading: Heading, language: str = "en") -> HeadingKind:
    """ "question": asks, with or without its mark. "declarative": states something, with a finite verb. "label": names a subject.

    "Why we left" and "How to leave" name what follows without asking or
    stating it: labels.
    """
    text = _LEAD_NUMBER.sub("", heading.text.replace("’", "'").strip())
    if re.search(r"[?？]\W*$", text) or _is_question(text, language):
        return "question"
    bare = re.sub(r"\([^)]*\)", " ", text)
    if any(_is_statement(part, language) for part in (bare, re.split(r":\s|\s[—–|]\s", bare)[-1])):
        return "declarative"
    return "label"


def _is_question(text: str, language: str) -> bool:
    """Inverted word order without a question mark: "What is a takeaway", "How long does it take"."""
    if _asked(language).match(text):
        return True
    if language != "en":
        return False
    return bool((_MEASURED.match(text) and not _embedded_subject(text)) or _ENGLISH_INVERSION.match(text))


def _embedded_subject(text: str) -> bool:
    """ "What customers are saying": the word before the verb is its subject, not what is asked for."""
    return bool(
        re.match(
            r"(?:what|which)\s\w+s\s(?:are|were|have|do|can|will|should)\b(?!\s(?:the|a|an|you|we|i|they|there|it)\b)", text, re.IGNORECASE
        )
    )


@lru_cache(maxsize=8)
def _asked(language: str) -> re.Pattern[str]:
    words, verbs = _ASKING.get(language, _ASKING["en"])
    return re.compile(rf"(?:{words})\s?(?:{verbs})\b(?!\s(?:new|next|inside|ahead)\W*$)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _finite(language: str) -> frozenset[str]:
    return frozenset(_FINITE.get(language, _FINITE["en"]).split())


def _is_statement(text: str, language: str) -> bool:
    """A finite verb of the main clause that is not the first word: what stands in brackets or behind "that", "if", "to" does not count."""
    if _EMBEDDED.match(text):
        return False
    main = _SUBORDINATE.split(text)[0]
    words = re.findall(r"[^\W\d_][\w'-]*", main.lower())
    verbs = _finite(language)
    stated = any(
        word in verbs and before not in ("to", "and", "or") and not _is_participle(word, after)
        for before, word, after in zip(words, words[1:], [*words[2:], ""], strict=False)
    )
    return stated or (language == "en" and not text.startswith("IT ") and _SUBJECT.match(text) is not None)


def _is_participle(word: str, after: str) -> bool:
    """English "tools used", "time required by hand": a past form that no object follows."""
    return word.endswith("ed") and (not after or after in _NO_OBJECT)
