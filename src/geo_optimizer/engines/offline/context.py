"""What the draft around a sentence makes of it: a sentence that is whole can still be a step, an example, or the half of a contrast."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo_optimizer.analysis.verbs import VERBS
from geo_optimizer.engines.offline.sections import section
from geo_optimizer.engines.offline.stems import stem
from geo_optimizer.engines.offline.trim import words_of
from geo_optimizer.model import Brief, Sentence

_CODE_NEXT = re.compile(r"[ \t]*\n(?:[ \t]*\n)*(?:[ \t]*(?:```|~~~|\{%-?[ ]*highlight|\{\{<[ ]*highlight|<pre\b)| {4}|\t)")
_STRUCK = re.compile(
    r"~~(?=\S)(?:[^~\n]|\n(?!\n))+?~~|<(?:del|s|strike)\b[^<>]{0,200}>[^<]{0,2000}</(?:del|s|strike)>", re.DOTALL | re.IGNORECASE
)
_TURNS = re.compile(r"(?:but|on the other hand|however|yet|unfortunately|instead|alas|sadly)\b", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"(?:imagine|suppose|let['’]s say|say you|pretend|consider the case|once upon)\b|.*\bfor (?:example|instance)[:.]$|.*\bexample:$",
    re.IGNORECASE,
)
# Lead-ins whose items are no statements: they go on with the lead-in, or are examples.
_OPEN_LEAD = re.compile(
    r"\b(?:examples?|scenarios?|situations?|such as|symptoms?|drawbacks?|disadvantages?|problems?|how to|allows?|helps?|lets?|enables?|can|could|will|would|to|of|that|like|including"
    r"|includes?|covers?|covered|talks?|related|posts|articles|by|with|for|if|when|because|means|what['’]s next|roadmap|agenda|we)\W*$|\b(?:for example|for instance|such as|imagine)\b",
    re.IGNORECASE,
)
# Sections that are about the page, its maker or other pages.
_ASIDE = re.compile(
    r"(?:\W*(?:you may also like|related|acknowledge?ments?|thanks|thank you|credits?|contact|get involved|join us|references?|further reading|read more|see also|all posts|resources|links"
    r"|about (?:the author|us|me)|over and out|stay in touch|newsletter|sponsors?|disclaimer|licen[cs]e|questions)\b)(?:\W+\w+){0,3}\W*",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:fig(?:ure)?|table|listing|image|photo|video|source|credits?|diagram|chart)\b[ .:]*\d*[.:]", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|such|both) (?P<noun>[a-z][a-z-]+)\b(?! (?:of|that|which|who|for|in|to|on|at|from|with|between|where|when|[a-z-]+ing|[a-z-]+ed)\b)",
    re.IGNORECASE,
)
# What a tutorial tells its reader to do, step by step.
_OPERATES = frozenset(
    """copy create move verify get update make save run add export migrate build use find take come click open install set write pull push download import paste select enter
    type start restart configure deploy clone edit replace delete remove rename generate launch log sign navigate press""".split()
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_NEAR = 2  # sentences


@dataclass(frozen=True, slots=True)
class Context:
    """What is looked up for every sentence of a brief."""

    brief: Brief
    struck: tuple[tuple[int, int], ...]
    has_code: bool
    title: frozenset[str]


def context(brief: Brief) -> Context:
    source = brief.draft.source
    struck = tuple(found.span() for found in _STRUCK.finditer(source)) if "~~" in source or "<del" in source or "<s" in source else ()
    return Context(brief, struck, bool(_FENCE.search(source)), frozenset(stem(word) for word in words_of(brief.title or "")))


def says_so(at: Context, n: int) -> bool:
    """Whether the draft means the sentence of this number (from 1) as a statement of its own: not struck out, no caption, no step before code, no example, no set-up of a "but"."""
    sentences = at.brief.sentences
    sentence = sentences[n - 1]
    after = sentences[n] if n < len(sentences) else None
    if after is not None and _TURNS.match(after.text) and after.prose == sentence.prose:
        return False
    return not (_is_struck(at, sentence) or _is_aside(at, sentence) or _is_step(at, sentence) or _is_supposed(at, n))


def _is_struck(at: Context, sentence: Sentence) -> bool:
    return any(start < sentence.span.end and sentence.span.start < end for start, end in at.struck)


def _is_aside(at: Context, sentence: Sentence) -> bool:
    """Whether it is a caption, or in a section about the page rather than its subject."""
    over = section(at.brief.draft, sentence.prose)
    prose = at.brief.draft.prose[sentence.prose]
    return bool(_CAPTION.match(prose.text)) or (over is not None and over.level > 1 and bool(_ASIDE.fullmatch(over.text)))


def _is_step(at: Context, sentence: Sentence) -> bool:
    """Whether it tells the reader to do what the code behind it shows, or goes on with what introduces its list."""
    draft = at.brief.draft
    prose = draft.prose[sentence.prose]
    words = words_of(sentence.text)
    if words and words[0].lower() in _OPERATES and at.has_code:
        return True
    if words and words[0].lower() in VERBS and _CODE_NEXT.match(draft.source, prose.span.end):
        return True
    return prose.kind == "item" and prose.parent is not None and bool(_OPEN_LEAD.search(draft.prose[prose.parent].text))


def _is_supposed(at: Context, n: int) -> bool:
    """Whether it is part of an example that one of the sentences before it in its paragraph opens."""
    sentences = at.brief.sentences
    near = (s for s in sentences[max(0, n - 1 - _NEAR) : n - 1] if s.prose == sentences[n - 1].prose)
    return any(_SUPPOSES.match(s.text) for s in near)


def known_before(at: Context, n: int, line: str) -> float:
    """How many things a line of sentence `n` takes as known that the sentences just before it spoke of, and the title does not."""
    sentences = at.brief.sentences
    near = {stem(word) for s in sentences[max(0, n - 1 - _NEAR) : n - 1] for word in words_of(s.text)}
    nouns = {stem(found["noun"]) for found in _DEFINITE.finditer(line)}
    return float(len((nouns & near) - at.title))
