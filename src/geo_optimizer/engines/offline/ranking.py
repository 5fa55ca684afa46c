"""How much a line says about its draft: features of every candidate."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo_optimizer.analysis.verbs import VERBS
from geo_optimizer.engines.offline.candidates import Candidate
from geo_optimizer.engines.offline.likely import chances, standing
from geo_optimizer.engines.offline.sections import concluding, firsts, own_headings, paragraphs
from geo_optimizer.engines.offline.standing import first_person
from geo_optimizer.engines.offline.stems import small_stems, stem, stems, terms
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.engines.offline.weights import weights
from geo_optimizer.engines.offline.words import ADVISING, word_set
from geo_optimizer.model import Brief

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
_LIKELIEST = 6  # words
_STRANGE = 0.02  # the chance of a stem that only a trimmed or joined line has
_ANNOUNCES = re.compile(
    r"\b(?:this|the|our|today's) (?:\w+ ){0,2}?(?:post|article|tutorial|guide|document|series|piece|walkthrough|lesson|report|paper|page|section|release|announcement)\b"
    r"|\b(?:we|i|you)(?:'ll| will)\b|\bhow to\b|\blearn\b|\b(?:announc|introduc|present|releas|launch)(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did)\b|\b(?:we|they|he|she|it|who|team|[A-Z]\w+) \w+ed\b")
_WE_DID = re.compile(
    r"^(?:\w+, )?[Ww]e (?!are\b|recommend|believe|think|suggest|advise)\w+|\b[Ww]e(?:'ll|’ll| will| had| were| did| can see)\b"
)
_DEFINES = re.compile(r"^(?:\S+ ){1,5}(?:is|are) (?:an?|the) |\b(?:refers to|stands for|consists of|is called|are called|means that)\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w.-]+")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a draft's lines are compared with. `centroid` is the draft's: tf-idf with sentences as documents, `norm` its length; numbers of sentences count from 0. `likely`: the chance of each stem, by the part that is written."""

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
    likely: Mapping[str, Mapping[str, float]]


def scene(brief: Brief) -> Scene:
    language = brief.draft.language
    documents = [terms(s.text, language) for s in brief.sentences]
    held = Counter(term for document in documents for term in dict.fromkeys(document))
    idf = {term: math.log((1 + len(documents)) / n) for term, n in held.items()}
    tf = Counter(term for document in documents for term in document)
    centroid = {term: (1 + math.log(n)) * idf[term] if n > 1 else 0.3 * idf[term] for term, n in tf.items()}
    spans = {s.span for s in brief.statistics if s.quotable}
    prose, sections = firsts(brief)
    concludes = concluding(brief)
    words = standing(brief, concludes)
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
        concluding=concludes,
        paragraphs=paragraphs(brief),
        total=len(brief.sentences),
        likely={part: chances(words, told, language) for part, told in weights().words.items()},
    )


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
        "leans": min(1.0, candidate.leans / 2),
        "would": float("would" in words or "could" in words),
        "past": float(bool(_PAST.search(candidate.text))),
        "we_did": float(bool(_WE_DID.search(candidate.text))),
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


@dataclass(frozen=True, slots=True)
class Chances:
    """Of a line's words, how likely each stands in what an author would write: by word, and of neighbours together."""

    words: tuple[str, ...]
    likely: tuple[float, ...]
    pairs: float
    small: frozenset[str]

    def beside(self, other: Chances) -> Chances:
        """Of two lines, one after the other."""
        return Chances(self.words + other.words, self.likely + other.likely, self.pairs + other.pairs, self.small)

    def features(self) -> dict[str, float]:
        """By word of the line, each stem counted once: of all, of those with a topic, of neighbours, and of the six likeliest."""
        each = dict(zip(self.words, self.likely, strict=True))
        topics = [chance for word, chance in each.items() if word not in self.small]
        n = max(1, len(self.words))
        return {
            "likely": sum(each.values()) / n,
            "likely_topics": sum(topics) / n,
            "likely_pairs": self.pairs / n,
            "likeliest": sum(sorted(topics, reverse=True)[:_LIKELIEST]) / _LIKELIEST,
        }


def line_chances(text: str, at: Scene, part: str) -> Chances:
    words = tuple(stems(text))
    likely = tuple(at.likely[part].get(word, _STRANGE) for word in words)
    return Chances(words, likely, sum(math.sqrt(a * b) for a, b in pairwise(likely)), small_stems(at.language))
