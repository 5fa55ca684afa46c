"""How much a line says about its draft: features of every candidate, and one linear score for each part that is written."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_optimizer.analysis.verbs import VERBS
from geo_optimizer.engines.offline.candidates import Candidate
from geo_optimizer.engines.offline.standing import first_person
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.engines.offline.words import ADVISING, CONCLUDING, STOP_WORDS, word_set
from geo_optimizer.model import Brief, Draft, Heading

Weights = Mapping[str, float]

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s?(?:%|percent|per cent|Prozent|pour cent|por ciento|million|billion|trillion)|[$€£]\s?\d")
_WE = word_set("we our us we're we've we'll wir unser unsere nous notre nos nuestro nuestra noi nostro nossa nosso wij onze")
_PROMISES = re.compile(
    r"\b(?:reveals?|maps?|outlines?|paints?|lays? out|sets? out|identif(?:y|ies)|tells?|raises?) "
    r"(?:an?|the|us|why|how|what|which|several|many|two|three|four|five|six|seven|eight|nine|ten|\d+) ",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)
_TURNS = re.compile(r"(?:it['’]s|it is|they['’]re|they are|that['’]s|but|instead|rather|on the contrary|what)\b", re.IGNORECASE)
_ADVICE_WITHIN = 6  # words
_ANNOUNCES = re.compile(
    r"\b(?:this|the|our|today's) (?:\w+ ){0,2}?(?:post|article|tutorial|guide|document|series|piece|walkthrough|lesson|report|paper|page|section|release|announcement)\b"
    r"|\b(?:we|i|you)(?:'ll| will)\b|\bhow to\b|\blearn\b|\b(?:announc|introduc|present|releas|launch)(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"^(?:\S+ ){1,5}(?:is|are) (?:an?|the) |\b(?:refers to|stands for|consists of|is called|are called|means that)\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w.-]+")


def stem(word: str) -> str:
    """A crude common form: lower case, without plural and verb endings, at most eight letters."""
    low = word.lower().removesuffix("'s")
    for ending, least in (("ing", 6), ("ied", 5), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if low.endswith(ending) and len(low) >= least and not low.endswith("ss"):
            low = low[: -len(ending)]
            break
    return low[:8]


def terms(text: str, language: str) -> list[str]:
    """The stems of the words that carry a topic."""
    stop = STOP_WORDS.get(language, frozenset())
    return [stem(word) for word in words_of(text) if word.lower() not in stop and len(word) > 1]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a draft's lines are compared with. `centroid` is the draft's: tf-idf with sentences as documents, `norm` its length; numbers of sentences count from 0."""

    language: str
    title: frozenset[str]
    headings: frozenset[str]
    idf: Mapping[str, float]
    centroid: Mapping[str, float]
    norm: float
    figures: frozenset[int]
    first_of_section: frozenset[int]
    first_of_prose: frozenset[int]
    concluding: frozenset[int]
    paragraphs: Mapping[int, int]
    total: int


def scene(brief: Brief) -> Scene:
    language = brief.draft.language
    documents = [terms(s.text, language) for s in brief.sentences]
    held = Counter(term for document in documents for term in dict.fromkeys(document))
    idf = {term: math.log((1 + len(documents)) / n) for term, n in held.items()}
    tf = Counter(term for document in documents for term in document)
    centroid = {term: (1 + math.log(n)) * idf[term] if n > 1 else 0.3 * idf[term] for term, n in tf.items()}
    spans = {s.span for s in brief.statistics if s.quotable}
    prose, sections = _firsts(brief)
    return Scene(
        language=language,
        title=frozenset(terms(brief.title or "", language)),
        headings=frozenset(t for h in own_headings(brief.draft) for t in terms(h.text, language)),
        idf=idf,
        centroid=centroid,
        norm=math.sqrt(sum(weight * weight for weight in centroid.values())),
        figures=frozenset(n for n, s in enumerate(brief.sentences) if s.span in spans),
        first_of_section=sections,
        first_of_prose=prose,
        concluding=_concluding(brief),
        paragraphs=_paragraphs(brief),
        total=len(brief.sentences),
    )


def own_headings(draft: Draft) -> tuple[Heading, ...]:
    """Without those of known parts, so that a part that is there changes nothing."""
    return tuple(h for h in draft.headings if draft.prose[h.prose].known is None)


def _section(draft: Draft, prose: int) -> Heading | None:
    """The heading that a text stands under; a known part's heading does not take the text after the part."""
    at = draft.prose[prose].heading
    while at is not None and at >= 0 and draft.prose[draft.headings[at].prose].known is not None:
        at -= 1
    return draft.headings[at] if at is not None and at >= 0 else None


def _firsts(brief: Brief) -> tuple[frozenset[int], frozenset[int]]:
    """The sentences that open a paragraph, and those that open a section."""
    prose, sections = set(), set()
    last_prose, last_section = -1, None
    for n, sentence in enumerate(brief.sentences):
        section = _section(brief.draft, sentence.prose)
        if sentence.prose != last_prose:
            prose.add(n)
        if section != last_section and section is not None:
            sections.add(n)
        last_prose, last_section = sentence.prose, section
    return frozenset(prose), frozenset(sections)


def _paragraphs(brief: Brief) -> dict[int, int]:
    """The number of each sentence's paragraph, from 0."""
    numbers: dict[int, int] = {}
    for sentence in brief.sentences:
        numbers.setdefault(sentence.prose, len(numbers))
    return {n: numbers[s.prose] for n, s in enumerate(brief.sentences)}


def _concluding(brief: Brief) -> frozenset[int]:
    """The sentences of sections whose heading says that they conclude or advise."""
    marks = CONCLUDING.get(brief.draft.language, ())
    over = ((n, _section(brief.draft, sentence.prose)) for n, sentence in enumerate(brief.sentences))
    return frozenset(n for n, h in over if h and h.level > 1 and any(mark in h.text.lower() for mark in marks))


def features(candidate: Candidate, brief: Brief, at: Scene) -> dict[str, float]:
    """What is known of a line, each about 0..1."""
    said = set(terms(candidate.text, at.language))
    words = [word.lower() for word in words_of(candidate.text)]
    n = candidate.index
    sentence = brief.sentences[n]
    return {
        "lead": 1 / (1 + n),
        "early": max(0.0, 1 - at.paragraphs[n] / 5),
        "late": n / max(1, at.total - 1),
        "opens_section": float(n in at.first_of_section),
        "opens_paragraph": float(n in at.first_of_prose),
        "concludes": float(n in at.concluding),
        "title": len(said & at.title) / max(3, len(at.title)),
        "subject": float(not at.title.isdisjoint(terms(" ".join(words[:5]), at.language))),
        "announces": float(bool(_ANNOUNCES.search(sentence.text.replace("’", "'")))),
        "defines": float(bool(_DEFINES.search(candidate.text))),
        "you": float("you" in words or "your" in words),
        "headings": len(said & at.headings) / max(4, len(said)),
        "centroid": _cosine(said, at),
        "figure": 1.0 if n in at.figures else 0.5 * bool(_FIGURE.search(candidate.text)),
        "advises": _advice(words, at.language),
        "promises": float(bool(_PROMISES.search(candidate.text))),
        "definite": float(_definite(words, at)),
        "sets_up": float(_sets_up(brief, n, candidate.text)),
        "reader": float(words[0] in ("you", "your", "if", "when")),
        "instructs": float(at.language == "en" and words[0] in VERBS and "," not in candidate.text.split(" ", 1)[0]),
        "names": min(2, len(_NAME.findall(candidate.text))) / 2,
        "self": float(first_person(candidate.text)),
        "we": float(not _WE.isdisjoint(words)),
        "item": float(brief.draft.prose[sentence.prose].kind == "item" and not candidate.joined),
        "joined": float(candidate.joined),
        "cost": candidate.cost * 10,
        "length": min(1.0, len(candidate.text) / 160),
        "short": max(0.0, 1 - len(candidate.text) / 70),
        "exclaims": float(candidate.text.endswith("!")),
    }


def _advice(words: Sequence[str], language: str) -> float:
    """Whether the line itself advises or obliges: by one of its first words, not in some clause of its end."""
    return float(not ADVISING.get(language, frozenset()).isdisjoint(words[:_ADVICE_WITHIN]))


def _definite(words: Sequence[str], at: Scene) -> bool:
    """Whether the line opens with a "the" that only the text before it explains: not the article's subject, and nothing after it says which."""
    if at.language != "en" or words[0] != "the":
        return False
    return at.title.isdisjoint(stem(word) for word in words[1:4]) and not any(
        word in ("of", "that", "who", "which", "for", "in") for word in words[2:5]
    )


def _sets_up(brief: Brief, n: int, text: str) -> bool:
    """Whether the line only says what is not so, and the next sentence what is ("It isn't the tools. It's the people.")."""
    if n + 1 >= len(brief.sentences) or not _DENIES.search(text):
        return False
    return bool(_TURNS.match(brief.sentences[n + 1].text))


def _cosine(said: set[str], at: Scene) -> float:
    """Between the line's terms (weighted by idf) and the draft's centroid; summed in one order, so that every run rounds alike."""
    weights = [(at.idf.get(term, 0.0), at.centroid.get(term, 0.0)) for term in sorted(said)]
    own = math.sqrt(sum(idf * idf for idf, _ in weights))
    return sum(idf * weight for idf, weight in weights) / (own * at.norm) if own and at.norm else 0.0


def score(known: Mapping[str, float], weights: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in known.items())


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the shorter line's terms that the other has too."""
    return len(a & b) / max(1, min(len(a), len(b)))


# Ridge regression of ROUGE (against descriptions and summaries that authors wrote) on the features, leaving each site out in turn,
# rounded; then moved by hand to what an editor wants: figures and named subjects up, the writer's own person and exclamations down.
DESCRIPTION: Weights = {
    "title": 0.4, "centroid": 0.35, "headings": 0.27, "early": 0.12, "lead": 0.1, "figure": 0.06, "opens_paragraph": 0.05, "names": 0.04, "defines": 0.04,
    "subject": 0.03, "announces": 0.03, "concludes": 0.03, "cost": -0.05, "item": -0.06, "length": -0.08, "self": -0.14, "we": -0.04, "joined": -0.15,
    "exclaims": -0.02, "sets_up": -0.15, "promises": -0.1, "reader": -0.05, "definite": -0.05,
}  # fmt: skip
TLDR: Weights = {
    "centroid": 0.33, "headings": 0.2, "figure": 0.2, "early": 0.18, "title": 0.15, "length": 0.1, "joined": 0.1, "defines": 0.03, "short": -0.15,
    "self": -0.2, "exclaims": -0.08, "cost": -0.03, "advises": -0.05, "instructs": -0.08, "item": -0.02, "we": -0.02, "sets_up": -0.15, "promises": -0.1,
    "reader": -0.03, "definite": -0.05,
}  # fmt: skip
TAKEAWAY: Weights = {
    "headings": 0.28, "centroid": 0.2, "title": 0.14, "advises": 0.13, "length": 0.12, "instructs": 0.1, "concludes": 0.1, "opens_section": 0.04,
    "late": 0.04, "exclaims": -0.16, "short": -0.12, "self": -0.2, "figure": -0.05, "we": -0.03, "item": -0.02, "cost": -0.02, "joined": -0.15,
    "sets_up": -0.15, "promises": -0.1, "definite": -0.03, "early": -0.12,
}  # fmt: skip
