"""How a draft says the terms of a site: as a phrase, in whichever of its forms, and where."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from geo_optimizer.analysis.words import WORD, stem, stems
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft
from geo_optimizer.site.places import authors_source, draft_counts

_EARLY = 150  # words of the text, in which an article tells what it is about
_HEADING_COUNTS = 2  # how often each word of a heading is counted beside those of the text, as in an index (see `gist`)
_CAMEL = lazily(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_COMPOUND = lazily(r"[^\W_]+(?:[-./][^\W_]+)+")
_PLUS, _SHARP, _DOT = lazily(r"(?<!\w)([A-Za-z])\+\+"), lazily(r"(?<!\w)([A-Za-z])#(?!\w)"), lazily(r"(?<!\w)\.([A-Z]{3})\b", 2)

Form = tuple[str, ...]  # stems, in order


def spelled(text: str) -> str:
    """A text with what tells C++, C# and .NET from C and net as letters."""
    if "+" in text or "#" in text or "." in text:
        text = _DOT.sub(r"dot\1", _SHARP.sub(r"\1sharp", _PLUS.sub(r"\1pp", text)))
    return text


def name_of_term(term: str) -> str:
    """What two spellings of one term have in common: "How-to" and "how to"."""
    return " ".join(WORD.findall(spelled(html.unescape(term)).casefold())) or term


@lru_cache(maxsize=1 << 14)
def forms(term: str) -> tuple[Form, ...]:
    """The stems by which a text says a term: as it is written, with the parts of CamelCase apart, and in one word."""
    plain = spelled(html.unescape(term))
    written = (stems(plain), stems(_CAMEL.sub(" ", plain)), stems("".join(WORD.findall(plain))))
    return tuple(dict.fromkeys(tuple(form) for form in written if form))


def amount(term: str, counts: Mapping[str, int]) -> int:
    """How often a text with such counts of stems can say a term, at most."""
    return max((min(counts.get(word, 0) for word in form) for form in forms(term)), default=0)


class Saying:
    """What a draft says itself: generated parts and frontmatter left out but for the title."""

    def __init__(self, draft: Draft) -> None:
        body = spelled(authors_source(draft)[draft.body.start :])
        words = stems(body)
        self._text = _line(words)
        self._early = _line(words[:_EARLY])
        self._title = _line(stems(spelled(draft.title or "")))
        self._joined = [stem("".join(WORD.findall(word))) for word in _COMPOUND.findall(f"{draft.title or ''}\n{body}")]
        self._words = {*words, *self._title.split(), *self._joined}
        self._draft = draft

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much is said of each stem, as `gist` counts a page."""
        found = dict(draft_counts(self._draft))
        for heading in self._draft.headings:
            for word in set(stems(heading.text)):
                found[word] = found.get(word, 0) + _HEADING_COUNTS
        return found

    def is_said(self, term: str) -> bool:
        return any(self._words.issuperset(form) for form in forms(term)) and (self.times(term) > 0 or self.in_title(term))

    def times(self, term: str) -> int:
        """How often the text says a term."""
        return max((self._times(form) for form in forms(term)), default=0)

    def _times(self, form: Form) -> int:
        if not self._words.issuperset(form):
            return 0
        return self._text.count(_line(form)) or (self._joined.count(form[0]) if len(form) == 1 else 0)

    def in_title(self, term: str) -> bool:
        return any(_line(form) in self._title for form in forms(term))

    def is_early(self, term: str) -> bool:
        return any(_line(form) in self._early for form in forms(term))


def _line(words: Sequence[str]) -> str:
    """Words with a space around each, so that whole words are found."""
    return f" {' '.join(words)} "
