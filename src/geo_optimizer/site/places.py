"""The words of a draft, and between which of them a link's anchor may begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass

from geo_optimizer.model import Draft, Prose, Span, measured
from geo_optimizer.site.scan import masked
from geo_optimizer.site.words import WORD, stem

# Between two words of one anchor: a space, a hyphen, a slash, an ampersand. A comma or colon only inside a page's whole title.
_CLOSE = re.compile(r" |[-–/’'.]| & ")
_LOOSE = re.compile(r"[:,] | [-–—|] ")
# Characters that make a word part of something longer when they touch it: "open-source", "user_id", "@name", "node.js".
_BEFORE = re.compile(r"(?:[-–_/@#$~\\+=]|\w[.:’'&])\Z")
_AFTER = re.compile(r"[-–_@/\\+=#][\w(]|[_#+]|[.:’'&]\w|\(\)")
CLOSE, LOOSE, APART = 0, 1, 2
TITLE_COUNTS = 5  # how often each word of the title is counted beside those of the body


@dataclass(frozen=True, slots=True)
class Places:
    """The draft's words in paragraphs and list items, in order, as parallel columns.

    `gap[i]` says what stands between word `i` and the next: CLOSE, LOOSE or
    APART. `opens[i]`/`shuts[i]`: whether an anchor may begin/end there.
    `free[i]`: nothing forbids an anchor over this word.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    gaps: tuple[int, ...]
    opens: tuple[bool, ...]
    shuts: tuple[bool, ...]
    at: dict[str, list[int]]
    prose: tuple[int, ...]

    def joined(self, start: int, end: int, *, loose: bool = False) -> bool:
        """Whether words `[start, end)` can be one anchor."""
        most = LOOSE if loose else CLOSE
        return self.opens[start] and self.shuts[end - 1] and all(gap <= most for gap in self.gaps[start : end - 1])

    def span(self, start: int, end: int) -> Span:
        """Where words `[start, end)` stand in the source, a possessive at the end left out."""
        last = self.words[end - 1]
        owner = len(last) - 2 if last.endswith(("'s", "’s")) and len(last) > 3 else len(last)
        return Span(self.spans[start].start, self.spans[end - 1].start + owner)


@measured
def places(draft: Draft) -> Places:
    """Where anchors may stand: not in headings, cells, footnotes, quotes, known parts, links, code; not across markup or a line's end."""
    shown = masked(_authors(draft))
    columns = _Columns(draft, shown)
    for number, prose in enumerate(draft.prose):
        if prose.kind in ("paragraph", "item") and not prose.quoted and prose.known is None and prose.pieces:
            columns.read(number, prose)
    return columns.done()


def _authors(draft: Draft) -> str:
    """The source at its length without generated parts, whose brackets and backticks must not pair with the author's."""
    text = draft.source
    for part in draft.generated:
        text = text[: part.span.start] + re.sub(r"[^\r\n]", " ", part.span.of(text)) + text[part.span.end :]
    return text


@measured
def draft_stems(draft: Draft) -> Counter[str]:
    """The stems of the draft's own text, headings and cells included, counted; generated parts left out."""
    return Counter(stem(word) for p in draft.prose if p.known is None for word in WORD.findall(p.text))


class _Columns:
    def __init__(self, draft: Draft, shown: str) -> None:
        self.draft = draft
        self.shown = shown
        self.sentences = defaultdict(list)  # type: defaultdict[int, list[tuple[int, int]]]
        for number, sentence in enumerate(draft.sentences):
            self.sentences[sentence.prose].append((sentence.start, number))
        self.rows: list[tuple[str, Span, int, int, bool, bool, int]] = []

    def read(self, number: int, prose: Prose) -> None:
        words = list(WORD.finditer(prose.text))
        starts = self.sentences[number]
        for i, match in enumerate(words):
            span = prose.source_span(*match.span())
            free = self._is_free(prose, match.start(), match.end(), span)
            sentence = starts[max(0, bisect_right(starts, (match.start(), 1 << 62)) - 1)][1] if starts else -1
            gap = self._gap(prose, match.end(), words[i + 1].start()) if i + 1 < len(words) else APART
            opens, shuts = self._edges(prose.text, *match.span())
            self.rows.append((match.group(), span, sentence, gap if free else APART, free and opens, free and shuts, number))

    def _is_free(self, prose: Prose, start: int, end: int, span: Span) -> bool:
        return (
            prose.text[start:end] == span.of(self.draft.source)
            and "\0" not in self.shown[span.start : span.end]
            and not any(a < end and start < b for a, b in prose.fixed)
        )

    def _gap(self, prose: Prose, start: int, end: int) -> int:
        text = prose.text[start:end]
        span = prose.source_span(start - 1, end + 1)
        if span.of(self.draft.source)[1:-1] != text or "\0" in self.shown[span.start : span.end]:
            return APART
        return CLOSE if _CLOSE.fullmatch(text) else LOOSE if _LOOSE.fullmatch(text) else APART

    @staticmethod
    def _edges(text: str, start: int, end: int) -> tuple[bool, bool]:
        return not _BEFORE.search(text[max(0, start - 2) : start]), not _AFTER.match(text[end : end + 2])

    def done(self) -> Places:
        words = tuple(row[0] for row in self.rows)
        stems = tuple(map(stem, words))
        sentences = tuple(row[2] for row in self.rows)
        at: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(stems):
            at[word].append(i)
        gaps = [row[3] for row in self.rows]
        for i in range(len(gaps) - 1):
            if sentences[i] != sentences[i + 1]:
                gaps[i] = APART
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * 7
        _, spans, _, _, opens, shuts, prose = columns
        return Places(words, stems, spans, sentences, tuple(gaps), opens, shuts, dict(at), prose)
