"""Draft -> the lines that could be said: the draft's own sentences, whole and trimmed, and list items joined with what introduces them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from geo_optimizer.analysis.forms import is_interview, is_verse
from geo_optimizer.analysis.verbs import VERBS
from geo_optimizer.engines.offline.context import Context, context, known_before, says_so
from geo_optimizer.engines.offline.languages import first_person, is_sentence
from geo_optimizer.engines.offline.pronouns import resolved
from geo_optimizer.engines.offline.sections import section
from geo_optimizer.engines.offline.standing import stands_alone, stands_beside_title
from geo_optimizer.engines.offline.trim import as_lesson, capitalised, has_finite_verb, has_sure_verb, shorter, words_of
from geo_optimizer.engines.offline.words import STOP_WORDS, word_set
from geo_optimizer.model import OBJECT, Brief, Prose, Sentence

MAX_LENGTH = 220  # characters; a longer line is no summary
MIN_LENGTH = 30
_LONGEST = 1_000  # characters of a sentence that may be trimmed; none so long becomes a line, and looking costs the square of its length
MOST_SENTENCES = 1500  # of a very long draft: the first thousand and the last five hundred
HEAD = 1000

_WHOLE_LIST = 4  # items that one sentence can hold
_ASIDE = re.compile(r"\s+\([^()]*\)$")
_DASH = re.compile(r"\s+[-–—]+\s+|—")
_LABEL = re.compile(r"^[^.:!?]{2,50}: (?=[\"“'A-Z\d])")
_EMOJI = re.compile(r"^[\W_]*?[\U0001f000-\U0001faff☀-➿⬀-⯿️]+\s*")
_POPULATION = re.compile(
    r"^(?P<of>(?:of|among) (?:the |all the |all )?[\w\s-]+?),? (?:that |whom |who )?(?:they|we|it|he|she) (?P<did>studied|surveyed|asked|interviewed|polled|examined"
    r"|analysed|analyzed|reviewed|questioned|sampled|tracked|observed|tested)$",
    re.IGNORECASE,
)
_OF_POPULATION = re.compile(r"^(?:of|among) (?:the|all|those|our) [^,.:]+$", re.IGNORECASE)
_OPEN_VERB = re.compile(r"\b(?:should|must|need to|needs to|have to|has to|recommend to|want to)$", re.IGNORECASE)
_OPEN_THAT = re.compile(r"\b(?:found|shows?|showed|reports?|reported|says?|said|estimates?|concluded?|revealed?) that$", re.IGNORECASE)
_FIGURE_FIRST = re.compile(
    r"^(?:only |just |about |nearly |almost |over |more than |fewer than |less than |roughly )*[$€£]?\d", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\b(?P<who>[A-Z][\w&.-]*(?: (?:[A-Z][\w&.-]*|of|and|for)){0,4}?)(?:'s|’s)? (?:(?:\d{4}|[a-z]+) ){0,3}(?:research|report|survey|study|data|analysis|index|poll|findings|census)\b"
)
_NO_SOURCE = word_set("the a an our this that their his her its my your these those in of and for new recent latest one")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that the draft says: `numbers` of its sentences (from 1), the first `own` of which it is made of, and what trimming it costs (0..1).

    `alone`: it can be quoted alone; otherwise only right after the sentence before it. `lead`: the number of the sentence that a
    list item was joined with; `said`: what the item itself says. `page`: it can stand beside the title of the page that it speaks of, or that it begins.
    `leans`: how many things it takes as known.
    """

    text: str
    numbers: tuple[int, ...]
    cost: float
    alone: bool
    own: int = 1
    lead: int | None = None
    said: str = ""
    page: bool = False
    leans: float = 0.0

    @property
    def index(self) -> int:
        return self.numbers[0] - 1

    @property
    def items(self) -> tuple[int, ...]:
        return self.numbers[: self.own]

    @property
    def joined(self) -> bool:
        return self.lead is not None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A brief with what is looked up for every sentence: the number of the first that is read, each text's last sentence (from 1), each lead-in's items, each text's code."""

    brief: Brief
    around: Context
    first: int
    last: dict[int, int]
    items: dict[int, list[int]]
    code: dict[int, frozenset[str]]


def candidates(brief: Brief) -> tuple[Candidate, ...]:
    """In the order of the draft; none in a language whose function words are not known, and none of a poem."""
    if brief.draft.language not in STOP_WORDS or is_verse(brief.draft):
        return ()
    last = {sentence.prose: n for n, sentence in enumerate(brief.sentences, 1)}
    code = {prose: _code(brief, brief.draft.prose[prose]) for prose in {sentence.prose for _, sentence in _read(brief)}}
    reading = _Reading(brief, context(brief), next((n for n, _ in _read(brief)), 0), last, _items(brief), code)
    found: dict[str, Candidate] = {}
    spoken = is_interview(brief.draft)
    for n, sentence in _read(brief):
        if brief.draft.language == "en" and not says_so(reading.around, n):
            continue
        for candidate in _of_sentence(reading, n, sentence):
            if OBJECT in candidate.text:  # what is shown there is not known
                continue
            if spoken and first_person(candidate.text, brief.draft.language):
                continue
            found.setdefault(candidate.text, candidate)
    return tuple(found.values())


def _items(brief: Brief) -> dict[int, list[int]]:
    """The one-sentence items of each list, by the text that introduces it."""
    items: dict[int, list[int]] = {}
    texts = [sentence.prose for sentence in brief.sentences]
    held = Counter(texts)
    for n, prose in enumerate(texts, 1):
        parent = brief.draft.prose[prose].parent
        if parent is not None and held[prose] == 1:
            items.setdefault(parent, []).append(n)
    return items


def _read(brief: Brief) -> Iterator[tuple[int, Sentence]]:
    """The sentences worth reading: neither quoted nor in headings, cells or notes."""
    total = len(brief.sentences)
    for n, sentence in enumerate(brief.sentences, 1):
        prose = brief.draft.prose[sentence.prose]
        if prose.kind in ("paragraph", "item") and not prose.quoted and (n <= HEAD or n > total - (MOST_SENTENCES - HEAD)):
            yield n, sentence


def _of_sentence(reading: _Reading, n: int, sentence: Sentence) -> Iterator[Candidate]:
    prose, language = reading.brief.draft.prose[sentence.prose], reading.brief.draft.language
    text = _EMOJI.sub("", " ".join(sentence.text.split()))
    if len(text) > _LONGEST:
        return
    if prose.kind == "item":
        joined = list(_joined(reading, n, prose)) if language == "en" else []
        if joined:
            yield from joined
            return
        if language != "en" and not is_sentence(text, language):
            return
        text = _ended(_LABEL.sub("", text))
        if language == "en" and not _is_statement(reading, n, text):
            return
    code = reading.code[sentence.prose]
    if language == "en":
        yield from filter(None, (_with_subject(reading, n, text), _lesson(n, text)))
    for form, cost in _forms(text, language, reading.around.title):
        if not MIN_LENGTH <= len(form) <= MAX_LENGTH or _respelt(form, code):
            continue
        alone = stands_alone(form, language)
        page = not alone and language == "en" and (stands_beside_title(form, reading.around.title) or _begins(reading, n, form))
        if alone or page or (language == "en" and stands_alone(form, language, after=True)):
            yield Candidate(form, (n,), cost, alone, page=page, leans=known_before(reading.around, n, form))


def _is_statement(reading: _Reading, n: int, item: str) -> bool:
    """Whether a list item says something by itself: no name or title with its author, no step, and nothing that goes on with what introduces the list."""
    return has_sure_verb(_DASH.split(item, maxsplit=1)[0]) and not (words_of(item)[0].lower() in VERBS and not _advises(reading, n))


def _advises(reading: _Reading, n: int) -> bool:
    """Whether the section is one of advice."""
    over = section(reading.brief.draft, reading.brief.sentences[n - 1].prose)
    return over is None or over.level == 1 or not reading.around.has_code


def _begins(reading: _Reading, n: int, form: str) -> bool:
    """Whether a line is the draft's first sentence: it leans on nothing but the title, and a description stands beside that."""
    return n == reading.first and stands_alone(form, after=True)


def _with_subject(reading: _Reading, n: int, text: str) -> Candidate | None:
    """The sentence with the name that its "It" stands for, which the sentence before it in the same paragraph defines."""
    sentences = reading.brief.sentences
    if n < 2 or sentences[n - 2].prose != sentences[n - 1].prose:
        return None
    line = resolved(text, " ".join(sentences[n - 2].text.split()))
    if line is None or not MIN_LENGTH <= len(line) <= MAX_LENGTH or not stands_alone(line):
        return None
    return Candidate(line, (n, n - 1), 0.0, alone=True)


def _forms(text: str, language: str, title: frozenset[str]) -> Iterator[tuple[str, float]]:
    """A sentence in the forms that it can be said in, with their costs: shortened, where the language is known well; as it is, where it announces the page."""
    if language != "en":
        return iter(((text, 0.0),))
    return chain(shorter(text), [(text, 0.0)] if stands_beside_title(text, title) else [])


def _lesson(n: int, text: str) -> Candidate | None:
    """What the article announces to answer, as its description would say it."""
    line = as_lesson(text)
    if line is None or not MIN_LENGTH <= len(line) <= MAX_LENGTH or not stands_alone(line):
        return None
    return Candidate(line, (n,), 0.0, alone=False, page=True)


def _code(brief: Brief, prose: Prose) -> frozenset[str]:
    """The first words of the stretches of code in a text."""
    spans = ((prose.source_span(start, end), prose.text[start:end]) for start, end in prose.fixed if start < end)
    return frozenset(
        text.split()[0] for span, text in spans if "`" in brief.draft.source[max(0, span.start - 1) : span.start + 1] and text.strip()
    )


def _respelt(form: str, code: frozenset[str]) -> bool:
    """Whether a line begins with code that trimming gave a capital: "Maxmemory" is another name than "maxmemory"."""
    first = form.split(" ", 1)[0].rstrip(",.;:")
    return first not in code and first[:1].lower() + first[1:] in code


def _ended(item: str) -> str:
    """A list item that is a sentence but for its full stop gets one."""
    if len(words_of(item)) < 4 or not item[-1].isalnum():
        return item + "." if item.endswith(")") and has_sure_verb(item) else item
    return item + "." if has_sure_verb(item) else item


# ------------------------------------------------------------------ lists


def _joined(reading: _Reading, n: int, prose: Prose) -> Iterator[Candidate]:
    """The item (and, at the first one, the whole list) as the end of the sentence that introduces it, where that leaves exactly this open."""
    parent = prose.parent
    lead_n = reading.last.get(parent) if parent is not None else None
    siblings = reading.items.get(parent, []) if parent is not None else []
    at = bisect_left(siblings, n)
    if lead_n is None or at == len(siblings) or siblings[at] != n:
        return
    sentences = reading.brief.sentences
    lead = " ".join(sentences[lead_n - 1].text.split())
    if not lead.endswith(":"):
        return
    groups = [(n,), tuple(siblings)] if at == 0 and _fit_one_sentence(siblings, sentences) else [(n,)]
    for group in groups:
        items = [" ".join(sentences[i - 1].text.split()) for i in group]
        yield from _line_of(reading, lead_n, lead.removesuffix(":").strip(), group, items)


def _fit_one_sentence(siblings: Sequence[int], sentences: Sequence[Sentence]) -> bool:
    return 1 < len(siblings) <= _WHOLE_LIST and not any("," in sentences[n - 1].text for n in siblings)


def _line_of(reading: _Reading, lead_n: int, lead: str, group: tuple[int, ...], items: list[str]) -> Iterator[Candidate]:
    source, source_n = _named_source(reading.brief, lead_n, " ".join((lead, *items)))
    bare = [_ASIDE.sub("", item.rstrip(".;, ")) if source or len(items) > 1 else item.rstrip(".;, ") for item in items]
    opening = _opening(lead, bare)
    if opening is None:
        return
    text = opening + _series([_lowered(item) for item in bare]) + (f" ({source})." if source else ".")
    if MIN_LENGTH <= len(text) <= MAX_LENGTH:
        numbers = tuple(dict.fromkeys((*group, lead_n, *((source_n,) if source_n else ()))))
        yield Candidate(text, numbers, 0.0, stands_alone(text), own=len(group), lead=lead_n, said=" ".join(bare))


def _series(items: list[str]) -> str:
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else items[0]


def _opening(lead: str, items: list[str]) -> str | None:
    """What stands before the items when they end the lead-in's sentence; None where they would not do so grammatically."""
    if population := _POPULATION.match(lead.replace("’", "'")):  # without the pronoun that says who asked
        lead = f"{population['of']} {population['did']}"
    if _OF_POPULATION.match(lead) and all(_FIGURE_FIRST.match(item) and has_finite_verb(item) for item in items):
        return f"{capitalised(lead)}, "
    if _OPEN_THAT.search(lead) and all(has_finite_verb(item) for item in items):
        return f"{lead} "
    if _OPEN_VERB.search(lead) and all((words_of(item) or [""])[0].lower() in VERBS for item in items):
        return f"{lead} "
    return None


def _lowered(item: str) -> str:
    """With a small first letter where the first word is an ordinary one."""
    first = item.split(" ", 1)[0]
    ordinary = first.lower() in STOP_WORDS["en"] or first.lower() in VERBS or first.lower() in ("only", "nearly", "roughly")
    return item[0].lower() + item[1:] if ordinary and first != "I" else item


# ------------------------------------------------------------------ sources


def _named_source(brief: Brief, lead_n: int, text: str) -> tuple[str | None, int | None]:
    """Who did the study that a list reports: named in its lead-in or in the two sentences before, in the same section."""
    section = brief.draft.prose[brief.sentences[lead_n - 1].prose].heading
    for n in range(lead_n, max(0, lead_n - 3), -1):
        sentence = brief.sentences[n - 1]
        if brief.draft.prose[sentence.prose].heading != section:
            break
        found = _SOURCE.search(sentence.text)
        if found and found["who"].lower() not in _NO_SOURCE:
            return (None, None) if found["who"] in text else (found["who"], n)
    return None, None
