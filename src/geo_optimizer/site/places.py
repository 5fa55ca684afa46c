"""The words of a draft, and between which of them a link's anchor may begin and end."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from geo_optimizer.analysis.ranges import Ranges, fixed
from geo_optimizer.analysis.words import WORD, stem, stems
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Prose, Span, measured
from geo_optimizer.site.barred import barred, quoting_elements, spoken
from geo_optimizer.site.scan import masked

# Between two words of one anchor: a space, a hyphen, a slash, an ampersand. A comma or colon only inside a page's whole title.
_CLOSE = lazily(r" |[-–/’'.]| & ")
_LOOSE = lazily(r"[:,] | [-–—|] ")
# Characters that make a word part of something longer when they touch it: "open-source", "user_id", "@name", "node.js".
# "==" marks what is between two of them, unless it compares: "a==b".
_BEFORE = lazily(r"(?:[-–_/@#$~\\+]|(?<!=)=|[\w=]==|\w[.:’'&])\Z")
_AFTER = lazily(r"[-–_@/\\+=#][\w(]|[_#+]|[.:’'&]\w|\(\)")
# Behind these in the source a bracket would open something else than a link: an image, a note, a tag.
_MISREAD_BEFORE = frozenset("![]^{<\\")
CLOSE, LOOSE, APART = 0, 1, 2
_TITLE_COUNTS = 5  # how often each word of the title is counted beside those of the body


@dataclass(frozen=True, eq=False)
class Places:
    """The draft's words in paragraphs and list items, in order, as parallel columns.

    `starts[i]` is where word `i` begins in the source. `gaps[i]` says what stands between word `i` and the next: CLOSE, LOOSE or
    APART. `opens[i]`/`shuts[i]`: whether an anchor may begin/end there.
    `free[i]`: nothing forbids an anchor over this word.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    starts: Sequence[int]
    sentences: tuple[int, ...]
    gaps: tuple[int, ...]
    opens: tuple[bool, ...]
    shuts: tuple[bool, ...]
    prose: tuple[int, ...]

    @cached_property
    def at(self) -> dict[str, list[int]]:
        """The places of each stem."""
        at: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.stems):
            at[word].append(i)
        return dict(at)

    def joined(self, start: int, end: int, *, loose: bool = False) -> bool:
        """Whether words `[start, end)` can be one anchor."""
        most = LOOSE if loose else CLOSE
        return self.opens[start] and self.shuts[end - 1] and all(gap <= most for gap in self.gaps[start : end - 1])

    def span(self, start: int, end: int) -> Span:
        """Where words `[start, end)` stand in the source, a possessive at the end left out."""
        last = self.words[end - 1]
        owner = len(last) - 2 if last.endswith(("'s", "’s")) and len(last) > 3 else len(last)
        return Span(self.starts[start], self.starts[end - 1] + owner)


@measured
def places(draft: Draft) -> Places:
    """Where anchors may stand.

    Not in headings, cells, footnotes, quotes, known parts, links, code, formulas, what others say or what is struck out; not across
    markup or a line's end.
    """
    shown = _shown(draft)
    columns = _Columns(draft, shown)
    for number, (prose, ranges) in enumerate(zip(draft.prose, fixed(draft), strict=True)):
        if prose.kind in ("paragraph", "item") and not prose.quoted and prose.known is None and prose.pieces:
            columns.read(number, prose, _with_speech(prose, ranges))
    return columns.done()


def _shown(draft: Draft) -> str:
    """The source at its length, NUL where no anchor may stand whoever reads it."""
    source = authors_source(draft)
    shown, at = masked(source), 0
    pieces = []
    for start, end in sorted([*quoting_elements(source), *barred(shown, draft.dialect)]):
        if start >= at:
            pieces += [shown[at:start], "\0" * (end - start)]
        elif end > at:
            pieces.append("\0" * (end - at))
        at = max(at, end)
    return "".join([*pieces, shown[at:]])


def _with_speech(prose: Prose, ranges: Ranges) -> Ranges:
    said = spoken(prose.text)
    return Ranges(sorted([*prose.fixed, *said])) if said else ranges


def authors_source(draft: Draft) -> str:
    """The source at its length without generated parts, whose brackets and backticks must not pair with the author's."""
    shown, at = [], 0
    for part in sorted(draft.generated, key=lambda part: part.span):
        start = max(at, part.span.start)
        shown += [draft.source[at:start], re.sub(r"[^\r\n]", " ", draft.source[start : part.span.end])]
        at = max(at, part.span.end)
    return "".join([*shown, draft.source[at:]])


def linking_source(draft: Draft) -> str:
    """The body with blanks for the comment that lists suggestions, which are no links; places in it are those of the body."""
    source = draft.source
    for part in draft.generated:
        if part.kind == "links":
            source = source[: part.span.start] + " " * len(part.span) + source[part.span.end :]
    return source[draft.body.start :]


@measured
def draft_stems(draft: Draft) -> Counter[str]:
    """The stems of the draft's own text, headings and cells included, counted; generated parts left out."""
    return Counter(stem(word) for p in draft.prose if p.known is None for word in WORD.findall(p.text))


def draft_counts(draft: Draft) -> Counter[str]:
    """The draft's stems with its title counted more."""
    return draft_stems(draft) + Counter(dict.fromkeys(stems(draft.title or ""), _TITLE_COUNTS))


class _Spans:
    """`Prose.source_span`, asked from places further and further on."""

    def __init__(self, prose: Prose) -> None:
        self._prose, self._pieces, self._at = prose, prose.pieces, 0

    def of(self, start: int, end: int) -> Span:
        pieces = self._pieces
        while self._at + 1 < len(pieces) and pieces[self._at + 1].at <= start:
            self._at += 1
        piece = pieces[self._at]
        within = self._at + 1 == len(pieces) or pieces[self._at + 1].at >= end
        if not within or piece.length != len(piece.span):
            return self._prose.source_span(start, end)
        by = piece.span.start - piece.at
        return Span(start + by, end + by)


class _Starts:
    """In which sentence of a text a place is, asked from places further and further on; -1 where the text has none."""

    def __init__(self, starts: list[tuple[int, int]]) -> None:
        self._starts, self._at = starts, 0

    def at(self, place: int) -> int:
        while self._at + 1 < len(self._starts) and self._starts[self._at + 1][0] <= place:
            self._at += 1
        return self._starts[self._at][1] if self._starts else -1


class _Columns:
    def __init__(self, draft: Draft, shown: str) -> None:
        self.draft = draft
        self.shown = shown
        self.sentences = defaultdict(list)  # type: defaultdict[int, list[tuple[int, int]]]
        for number, sentence in enumerate(draft.sentences):
            self.sentences[sentence.prose].append((sentence.start, number))
        self.words: list[str] = []
        self.starts = array("q")
        self.known: dict[str, str] = {}  # each word once, however often it is said
        self.places: list[int] = []
        self.gaps: list[int] = []
        self.opens: list[bool] = []
        self.shuts: list[bool] = []
        self.prose: list[int] = []
        self.free, self.end = False, 0  # of the word read last

    def read(self, number: int, prose: Prose, ranges: Ranges) -> None:
        text, spans, sentences = prose.text, _Spans(prose), _Starts(self.sentences[number])
        above: Span | None = None  # the word before, if there is one
        for match in WORD.finditer(text):
            start, end = match.span()
            span = spans.of(start, end)
            if above is not None:
                self.gaps.append(self._gap(text[self.end : start], above.end, span.start) if self.free else APART)
            self.free = self._is_free(match.group(), span) and not ranges.first(start, end)
            self.end, above = end, span
            self.words.append(self.known.setdefault(match.group(), match.group()))
            self.starts.append(span.start)
            self.places.append(sentences.at(start))
            self.opens.append(self.free and self._may_open(text, start, span.start))
            self.shuts.append(self.free and self._may_shut(text, end, span.end))
            self.prose.append(number)
        if above is not None:
            self.gaps.append(APART)

    def _may_open(self, text: str, start: int, place: int) -> bool:
        if self.draft.source[place - 1 : place] in _MISREAD_BEFORE:
            return False
        return not start or text[start - 1] == " " or not _BEFORE.search(text[max(0, start - 3) : start])

    def _may_shut(self, text: str, end: int, place: int) -> bool:
        if self.draft.source[place : place + 1] == "{":
            return False
        return text[end : end + 1] == " " or not _AFTER.match(text[end : end + 2])

    def _is_free(self, word: str, span: Span) -> bool:
        return word == self.draft.source[span.start : span.end] and "\0" not in self.shown[span.start : span.end]

    def _gap(self, text: str, start: int, end: int) -> int:
        """What stands between two words: they are one anchor's only if the source has just that, and no syntax touches it."""
        if self.draft.source[start:end] != text or "\0" in self.shown[start - 1 : end + 1]:
            return APART
        return CLOSE if text == " " or _CLOSE.fullmatch(text) else LOOSE if _LOOSE.fullmatch(text) else APART

    def done(self) -> Places:
        stems = tuple(map(stem, self.words))
        for i, (here, after) in enumerate(pairwise(self.places)):
            if here != after:
                self.gaps[i] = APART
        return Places(
            words=tuple(self.words),
            stems=stems,
            starts=self.starts,
            sentences=tuple(self.places),
            gaps=tuple(self.gaps),
            opens=tuple(self.opens),
            shuts=tuple(self.shuts),
            prose=tuple(self.prose),
        )
