"""Plain text in which no link may stand: what another person says, what is struck out or not settled yet, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geo_optimizer.analysis.closing import elements
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Dialect

# ------------------------------------------------------------------ in the source

# Openers with what closes each, in the same paragraph: struck out, the marks of CriticMarkup for what is taken out, put in,
# replaced and remarked, and formulas.
_CLOSED_BY = {"~~": "~~", "{--": "--}", "{++": "++}", "{~~": "~~}", "{>>": "<<}", "$$": "$$", "\\(": "\\)", "\\\\(": "\\\\)"}
_SIGNS = lazily(
    r"\n[ \t]*\n|\{(?:--|\+\+|~~|>>)|(?:--|\+\+|~~|<<)\}|(?<!~)~~(?!~)|(?<!\$)\$\$(?!\$)|\\\\?[()]|\\.",
)
_STRUCK = lazily(r"(?<![~\w])~(?=\w)[^~\n]{1,200}(?<=\S)~(?![~\w])")
_ELEMENTS = lazily(r"<(q|del|s|strike|cite)\b", re.IGNORECASE)
# Pandoc's rule: no blank inside the dollars, no letter or digit behind them.
_DOLLARS = lazily(r"(?<![\\$\w])\$(?![\s$])(?P<inside>(?:[^$\n\\]|\\.|\n(?![ \t]*\n))*)(?<![\s\\])\$(?![\w$])")
_MONEY = lazily(r"\d[\d.,]*(?:[^\w.,]|[kmbKMB]\b|$)")
_SIGN_OF_FORMULA = lazily(r"[\\^_=]|\w[ ]?[-+*/<>][ ]?\w")
_READS_DOLLARS = frozenset({"myst", "obsidian"})


def quoting_elements(source: str) -> Iterator[tuple[int, int]]:
    """Elements whose text is another's, or is taken out."""
    return elements(source, _ELEMENTS)


def barred(source: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Formulas and marked changes, code already masked. Line ends are `\\n`."""
    yield from _between(source)
    if "~" in source:
        yield from (match.span() for match in _STRUCK.finditer(source))
    if source.count("$") > 1:
        yield from (m.span() for m in _DOLLARS.finditer(source) if dialect in _READS_DOLLARS or _is_formula(m["inside"]))


def _between(source: str) -> Iterator[tuple[int, int]]:
    opened: re.Match[str] | None = None
    for sign in _SIGNS.finditer(source):
        if opened and sign.group() == _CLOSED_BY[opened.group()]:
            yield opened.start(), sign.end()
            opened = None
        elif sign.group().isspace():
            opened = None
        elif opened is None and sign.group() in _CLOSED_BY:
            opened = sign


def _is_formula(inside: str) -> bool:
    """Whether dollars stand around a formula or a name, and not before two prices."""
    return not _MONEY.match(inside) or bool(_SIGN_OF_FORMULA.search(inside))


# ------------------------------------------------------------------ in the text as it is read

_MARKS = lazily(r"[\"'“”„‟‘’‚‹›«»]")
_CLOSERS = {
    '"': '"', "'": "'", "“": "”", "„": "“”", "‟": "”", "”": "”", "‘": "’", "‚": "‘’", "’": "’", "«": "»", "»": "«", "‹": "›", "›": "‹",
}  # fmt: skip
_APOSTROPHES = frozenset("'’‘")
_TERM = 4  # words of a quoted term; more are somebody's speech, unless they are called a post, or each is capitalised as in a title
_TITLE = 16  # words of a title
_WORD = lazily(r"\w[\w'’-]*")
_SMALL = 4  # letters of a word that is not capitalised in a title
_SAID = (
    "sa(?:id|ys?|ying)|ask(?:s|ed|ing)?|repl(?:y|ies|ied)|answer(?:s|ed)?|add(?:s|ed)|told|tells?|wr(?:ote|ites?)|explain(?:s|ed)?|not(?:es|ed)"
    "|argu(?:es|ed)|claim(?:s|ed)|warn(?:s|ed)|recall(?:s|ed)|admit(?:s|ted)|insist(?:s|ed)|shout(?:s|ed)|whisper(?:s|ed)|remark(?:s|ed)|joke[sd]"
    "|sagt(?:e|en)?|sagen|schr(?:ieb|eibt)|fragt(?:e)?|antwortete?t?|erklärte?t?|meinte?|betonte?t?|warnte?|ergänzte?"
    "|dit|disait|déclare|écrit|répond(?:it)?|explique|ajoute|dijo|dice|respondió|explica|añade|disse|diz|afirma|scrive|spiega|zei|zegt|schreef"
)
_SAID_BEFORE = lazily(rf"\b(?:{_SAID})(?:\s+(?:me|us|you|him|her|them|mir|uns|ihm|ihr))?[,:]?\s*$", re.IGNORECASE)
_SAID_AFTER = lazily(rf"^[\s,–—-]*(?!(?:and|but|or|und|oder|aber|et|y)\b)(?:[\w’'.]+\s+){{0,3}}?(?:{_SAID})\b", re.IGNORECASE)
_WORK = (
    "(?:blog[ -]?)?(?:posts?|articles?|essays?|guides?|tutorials?|chapters?|sections?|pages?|papers?|talks?|videos?|books?|series|reports?|newsletter)"
    "|Beitrag|Artikel|Kapitel|Buch"
)
_NAMED_BEFORE = lazily(
    rf"\b(?:{_WORK}|titled|entitled|called|named|headed|published|read|see|watch|check out|namens|my|our|your|his|her|their)[,:]?\s*$",
    re.IGNORECASE,
)
_IN_BEFORE = lazily(r"\b(?:in|from|about)\s*$", re.IGNORECASE)  # where, with a capital behind it, a name stands
_NAMED_AFTER = lazily(rf"^\s*(?:{_WORK})\b", re.IGNORECASE)
_AROUND = 60  # characters beside a quote in which the verb stands
_BETWEEN_APOSTROPHES = 400  # characters of a quote; beyond, they are but apostrophes


def spoken(text: str) -> list[tuple[int, int]]:
    """Ranges of a text that are another's words: quotes of more than a term, and any that somebody is said to say."""
    found, at, never = [], 0, set[str]()
    while mark := _MARKS.search(text, at):
        start, at, sign = mark.start(), mark.end(), mark.group()
        if sign in never or not _opens(text, start, sign):
            continue
        end = _end(text, start, sign)
        if end is None and start == 0 and sign in '"“„«':
            return [(0, len(text))]  # a speech of several paragraphs: only its last one is closed
        if end is None and sign not in _APOSTROPHES:
            never.add(sign)
        if end is not None and _is_speech(text, start, end):
            found.append((start, end))
            at = end
    return found


def _opens(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after in ",.;:!?)" or (after.isspace() and sign not in "«‹") or (sign in _APOSTROPHES and not after.isalpha()):
        return False
    return not before or before.isspace() or before in "([{-–—/:\"'“‘„«"


def _end(text: str, start: int, sign: str) -> int | None:
    """Where a quote ends; an apostrophe after an s ends one only where nothing else does."""
    closers, depth, likely = _CLOSERS[sign], 0, None
    for mark in _MARKS.finditer(text, start + 1, start + _BETWEEN_APOSTROPHES if sign in _APOSTROPHES else len(text)):
        at, closer = mark.start(), mark.group()
        if closer == sign and _opens(text, at, sign):
            if likely:
                break
            depth += closer not in closers
        elif closer in closers and _closes(text, at, closer):
            if depth:
                depth -= 1
            elif closer in _APOSTROPHES and text[at - 1] == "s" and text[at + 1 : at + 2].isspace():
                likely = likely or mark.end()
            else:
                return mark.end()
    return likely


def _closes(text: str, at: int, sign: str) -> bool:
    after = text[at + 1 : at + 2]
    return (not text[at - 1].isspace() or sign in "»›") and not (after.isalnum() or after == "_")


def _is_speech(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if _SAID_BEFORE.search(before) or (any(sign in text[end - 2 : end + 1] for sign in ",?!…") and _SAID_AFTER.search(after)):
        return True
    words = _WORD.findall(text, start, end)
    return len(words) > _TERM and not (len(words) <= _TITLE and (_is_title(words) or _is_named(before, words, after)))


def _is_named(before: str, words: list[str], after: str) -> bool:
    """Whether the words beside a quote say that it is what something is called."""
    return bool(_NAMED_BEFORE.search(before) or _NAMED_AFTER.search(after) or (words[0][0].isupper() and _IN_BEFORE.search(before)))


def _is_title(words: Iterable[str]) -> bool:
    return all(word != word.lower() or word[0].isdigit() or len(word) <= _SMALL for word in words)
