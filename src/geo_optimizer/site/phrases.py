"""Without a site: the draft's own key phrases that deserve a link once there is a page about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from geo_optimizer.analysis.words import is_small, stems
from geo_optimizer.markdown.parts import label_kind
from geo_optimizer.model import Draft, LinkSuggestion
from geo_optimizer.site.nouns import is_inner, may_begin, may_end, used_as_verbs
from geo_optimizer.site.places import CLOSE, Places, places

_SHORTEST, _LONGEST = 2, 4  # words
_MENTIONS = 2  # from which a phrase is a subject of the draft, without a heading that names it
_HEADING, _TITLE, _NAME, _WORD_MORE = 1.5, 1.0, 0.8, 0.35  # what each adds to the number of mentions
_ENOUGH = 6.0  # sum at which a phrase scores 1
_SHOWN = 0.45  # score from which a phrase is put before an editor
_NOUNS_ARE_CAPITAL = ("de",)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase: the words where it first stands, how often it is said, and what else speaks for it."""

    first: tuple[int, int]
    times: int
    heading: str | None
    in_title: bool

    def weight(self, text: Places) -> float:
        start, end = self.first
        named = all(word[0].isupper() for word in text.words[start:end] if not is_small(word))
        return (
            self.times
            + (_HEADING if self.heading else 0.0)
            + (_TITLE if self.in_title else 0.0)
            + (_NAME if named else 0.0)
            + _WORD_MORE * (end - start - _SHORTEST)
        )


def phrases(draft: Draft, *, limit: int = 5) -> tuple[LinkSuggestion, ...]:
    """Up to `limit` noun-like phrases of two to four words, repeated or named by a heading, not linked yet; best first.

    `target` and `title` are empty: whether there is a page to link to is for the editor to say. English only: elsewhere
    nothing here knows a noun from a verb.
    """
    if draft.language != "en":
        return ()
    text = places(draft)
    found = _collected(draft, text)
    worth = {phrase: entry for phrase, entry in found.items() if entry.times >= _MENTIONS or entry.heading or entry.in_title}
    ranked = sorted(_maximal(worth), key=lambda phrase: (-worth[phrase].weight(text), worth[phrase].first))
    return tuple(_suggestion(draft, text, worth[phrase]) for phrase in islice(_apart(_unlinked(draft, ranked)), limit))


def _collected(draft: Draft, text: Places) -> dict[str, _Phrase]:
    """Every phrase that could name a subject, by its stems."""
    first: dict[str, tuple[int, int]] = {}
    times: Counter[str] = Counter()
    acting = used_as_verbs(draft)
    for start, end in _windows(text):
        if text.words[start] not in acting and _is_noun_like(draft, text, start, end):
            phrase = " ".join(text.stems[start:end])
            first.setdefault(phrase, (start, end))
            times[phrase] += 1
    titled = set(_parts(stems(draft.title or "")))
    headed: dict[str, str] = {}
    for heading in draft.headings:
        if heading.level > 1 and label_kind(heading.text) is None:
            for part in _parts(stems(heading.text)):
                headed.setdefault(part, heading.text)
    return {phrase: _Phrase(at, times[phrase], headed.get(phrase), phrase in titled) for phrase, at in first.items()}


def _parts(words: Sequence[str]) -> Iterator[str]:
    """Every run of words that is as long as a phrase may be."""
    for length in range(_SHORTEST, min(_LONGEST, len(words)) + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _unlinked(draft: Draft, ranked: Iterable[str]) -> Iterator[str]:
    """Those that are in no link's words, in their order. A phrase inside a linked one is linked too, so the others' order does not change."""
    linked = {" ".join(stems(link.text)) for link in draft.links if not link.image}
    parts = {part for words in linked for part in _parts(words.split())}
    together = "\n".join(sorted(linked))  # words of a link may begin or end inside a phrase's first or last word, too
    return (phrase for phrase in ranked if phrase not in parts and phrase not in together)


def _is_noun_like(draft: Draft, text: Places, start: int, end: int) -> bool:
    """The last word stands apart ("vision-driven" is half a name); in German both edges are capital."""
    if not draft.source[text.starts[end - 1] - 1].isspace():
        return False
    return draft.language not in _NOUNS_ARE_CAPITAL or all(text.words[i][0].isupper() for i in (start, end - 1))


def _windows(text: Places) -> Iterator[tuple[int, int]]:
    """Every stretch of two to four joined words of substance."""
    known = set(text.words)
    inner = {word for word in known if is_inner(word)}
    begins, ends = {word for word in known if may_begin(word)}, {word for word in known if may_end(word)}
    for start in range(len(text.words)):
        if not text.opens[start] or text.words[start] not in begins:
            continue
        for end in range(start + _SHORTEST, min(start + _LONGEST, len(text.words)) + 1):
            if text.gaps[end - 2] != CLOSE or text.words[end - 1] not in inner:
                break
            if text.shuts[end - 1] and text.words[end - 1] in ends:
                yield start, end


def _maximal(found: dict[str, _Phrase]) -> list[str]:
    """Without phrases that stand only inside a longer one that is as frequent."""
    longer: dict[str, int] = {}
    for phrase, entry in found.items():
        for part in _parts(phrase.split()):
            if part != phrase:
                longer[part] = max(longer.get(part, 0), entry.times)
    return [phrase for phrase, entry in found.items() if longer.get(phrase, 0) < entry.times]


def _apart(ranked: Iterable[str]) -> Iterator[str]:
    """The better of two phrases of which one holds the other."""
    kept: list[str] = []
    for phrase in ranked:
        if not any(f" {phrase} " in f" {other} " or f" {other} " in f" {phrase} " for other in kept):
            kept.append(phrase)
            yield phrase


def _suggestion(draft: Draft, text: Places, phrase: _Phrase) -> LinkSuggestion:
    span = text.span(*phrase.first)
    times = phrase.times
    said = f"Said {times} times" if times > 1 else "Said once"
    where = f", and the heading '{phrase.heading}' names it" if phrase.heading else ", and the title names it" if phrase.in_title else ""
    score = round(min(1.0, phrase.weight(text) / _ENOUGH), 4)
    return LinkSuggestion(
        draft.text(span), span, "", "", f"{said}{where}: link it if you have a page about it", score, recommended=score >= _SHOWN
    )
