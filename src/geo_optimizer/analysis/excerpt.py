"""Words of a draft in the sentence that they stand in."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from geo_optimizer.model import Draft, Span

_START = attrgetter("span.start")


class Marked(NamedTuple):
    """A sentence as it is read, with the words of a link apart."""

    before: str
    words: str
    after: str

    @property
    def sentence(self) -> str:
        return self.before + self.words + self.after


def marked(draft: Draft, span: Span) -> Marked:
    """The sentence that the words at `span` stand in; what is written there, if that is in none."""
    words = draft.text(span)
    number = bisect_right(draft.sentences, span.start, key=_START) - 1
    if number >= 0 and (sentence := draft.sentences[number]).span.contains(span):
        prose, at = draft.prose[sentence.prose], sentence.text.find(words)
        while at >= 0:
            start = sentence.start + at
            if prose.source_span(start, start + len(words)) == span:
                return Marked(sentence.text[:at], words, sentence.text[at + len(words) :])
            at = sentence.text.find(words, at + 1)
    return Marked("", words, "")
