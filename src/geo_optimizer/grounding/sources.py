"""Who a claim says it from, and whether the draft says it from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo_optimizer.analysis.sources import named_source
from geo_optimizer.analysis.verbs import is_verb
from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.reading import Reading
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Reason

_NAMED = lazily(
    r"\b(?:according to|as reported by|as stated by|reported by|conducted by|commissioned by|carried out by|published by|based on|estimates from|data from|figures from|research by|research from)\s+(?P<source>[^,;:()]+)",
    re.IGNORECASE,
)
_LAST = lazily(rf",\s(?P<source>(?:[A-Z][\w&.'’-]*\s|the\s|of\s){{1,5}})(?:{'|'.join(sorted(lexicon.SAYING))})\W*$")
_CLAUSE_SAYS = lazily(
    rf"(?:^|[:;—]\s|\s[–-]\s)(?P<source>(?:(?:[Tt]he|[Aa]n?)\s)?(?:[A-Z][\w&.'’-]*\s){{1,5}}(?:of\s(?:[A-Z][\w&.'’-]*\s){{1,3}})?(?:researchers|analysts|scientists)?\s?)(?:{'|'.join(sorted(lexicon.SAYING))})\b"
)
_GENERIC = lexicon.listed(
    """university institute institution college school foundation association society agency department ministry office bureau bank group
    council commission committee centre center company corporation inc ltd llc corp research international national global report survey
    union federation board lab labs laboratory organization organisation review journal"""
)  # parts of many names, which tell none from another
_SUBJECT = 7  # words that a source at the head of a sentence may take, its verb included
_REACH = 12  # sentences above in the same section among which a source may be named


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words of a claim that name its source, and all that only serve to name it (not weighed against the draft)."""

    source: tuple[int, ...]
    frame: frozenset[int]


def attribution(claim: Reading) -> Attribution | None:
    """The claim's "according to X" or "X found that", if it has one."""
    if match := _NAMED.search(claim.text) or _LAST.search(claim.text) or _CLAUSE_SAYS.search(claim.text):
        inside = [i for i, w in enumerate(claim.words) if match.start() <= w.start and w.end <= match.end()]
        first, last = match.span("source")
        source = [i for i in inside if first <= claim.words[i].start and claim.words[i].end <= last and claim.words[i].figure is None]
        return _of(claim, source, inside)
    for i, word in enumerate(claim.words[:_SUBJECT]):
        if word.lower in lexicon.SAYING and i and not _stopped(claim, i):
            subject = [n for n in range(i) if claim.words[n].figure is None]
            if any(_names_source(claim, n) for n in subject):
                return _of(claim, subject, [*range(i + 1)])
    return None


def _of(claim: Reading, source: list[int], frame: list[int]) -> Attribution | None:
    telling = [n for n in source if claim.words[n].role != "function"]
    return Attribution(tuple(telling), frozenset(n for n in frame if claim.words[n].figure is None)) if telling else None


def _stopped(claim: Reading, at: int) -> bool:
    """Something other than a noun phrase stands before the verb."""
    head = claim.text[: claim.words[at].start]
    return bool(re.search(r"[,;:(]", head)) or any(claim.words[n].figure is not None for n in range(at))


def _names_source(claim: Reading, at: int) -> bool:
    return _is_name(claim, at) or claim.words[at].lower in lexicon.STUDY


def _is_name(claim: Reading, at: int) -> bool:
    """A name, or a first word that could be one."""
    word = claim.words[at]
    opens = at == 0 and word.text[0].isupper() and word.role == "content" and word.lower not in lexicon.STUDY
    return word.name or (opens and not is_verb(word.lower))


def source_reason(claim: Reading, found: Attribution, passages: tuple[int, ...], known: Index) -> Objection | None:
    """What is wrong with the source: unknown to the draft, or named by it for something else."""
    near = _near(passages, known)
    if not any(_is_name(claim, n) for n in found.source) and any(claim.words[n].lower in lexicon.STUDY for n in found.source):
        told = [n for n in found.source if claim.words[n].role == "content" and claim.words[n].lower not in lexicon.STUDY]
        known_one = _studied(near, known) and all(_named_in(claim, n, near, known) for n in told)
        return None if known_one else _unknown(claim, found, passages, known)
    names = (
        [n for n in found.source if _is_name(claim, n)]
        or [n for n in found.source if claim.words[n].lower not in lexicon.STUDY]
        or list(found.source)
    )
    names = [n for n in names if claim.words[n].lower not in _GENERIC] or names
    rarest = min(names, key=lambda n: len(known.holding(claim.words[n])) or len(known.passages))
    if _named_in(claim, rarest, _credited(passages, near, known), known):
        return None
    elsewhere = next((known.passages[known.holding(claim.words[n])[0]].line for n in names if known.holding(claim.words[n])), None)
    if elsewhere is None:
        return _unknown(claim, found, passages, known)
    line = known.passages[passages[0]].line
    return Objection(
        "elsewhere", Reason("attribution", f"'{_shown(claim, found)}' is named in line {elsewhere}, but not as the source of line {line}")
    )


def _unknown(claim: Reading, found: Attribution, passages: tuple[int, ...], known: Index) -> Objection:
    line = known.passages[passages[0]].line
    return Objection(
        "source", Reason("attribution", f"'{_shown(claim, found)}' is not in the draft; line {line} does not give it as a source")
    )


def _shown(claim: Reading, found: Attribution) -> str:
    return claim.text[claim.words[found.source[0]].start : claim.words[found.source[-1]].end]


def _studied(near: list[int], known: Index) -> bool:
    """Whether any study is spoken of there."""
    return any(word.lower in lexicon.STUDY for n in near for word in known.passages[n].reading.words) or any(
        word.lower in lexicon.STUDY for word in known.title.words
    )


def _credited(passages: tuple[int, ...], near: list[int], known: Index) -> list[int]:
    """Where the evidence may have its source from: only where it is itself said to be from somebody, else all that is near."""
    own = [n for n in passages[:1] if named_source(known.passages[n].text)]
    return own or near


def _near(passages: tuple[int, ...], known: Index) -> list[int]:
    """The evidence, what it leans on, and the sentences above it in its section."""
    near: dict[int, None] = {}
    for number in passages:
        section = known.passages[number].section
        chain = [number, *known.passages[number].context]
        chain += [c for n in known.passages[number].context for c in known.passages[n].context]
        chain += [n for n in range(max(0, number - _REACH), number) if known.passages[n].section == section]
        near.update(dict.fromkeys(chain))
    return list(near)


def _named_in(claim: Reading, at: int, near: list[int], known: Index) -> bool:
    """Whether the word stands near the evidence: a name as a name."""
    word = claim.words[at]
    if not word.name and known.title.holding(word):
        return True
    found = [known.passages[n].reading.words[i] for n in near for i in known.passages[n].reading.holding(word)]
    return any(not word.name or other.text[0].isupper() == word.text[0].isupper() for other in found)
