"""The draft as evidence: every sentence it states itself, with the text around that it leans on."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from geo_optimizer.analysis.enclosed import enclosed_view
from geo_optimizer.analysis.html import html_view
from geo_optimizer.analysis.quantities import Quantity, quantities
from geo_optimizer.analysis.statistics import figures_of
from geo_optimizer.grounding.reading import Reading, read, read_with, tidied
from geo_optimizer.grounding.words import Word, outline
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Prose, ProseKind, Span, measured

_LIGHT = 0.35  # what a light word weighs beside one with content
_FIGURE = 1.6  # what a figure weighs beside one with content
_NEAR = 0.25  # what a passage's context adds to its rank


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence (or table row) of the draft, as tidied `text`, with its `figures`.

    `context` are the indexes of the passages that it leans on: the lead-in
    above its list, the sentence before, its heading. `section` is the index of
    its heading, -1 above the first. `length` in words, a figure being one. Few
    passages of a long draft are ever compared with a claim, so `reading` waits
    until one is.
    """

    text: str
    figures: tuple[Quantity, ...]
    language: str
    length: int
    span: Span
    line: int
    kind: ProseKind
    context: tuple[int, ...]
    section: int

    @cached_property
    def reading(self) -> Reading:
        return read_with(self.text, self.figures, self.language)


@dataclass(frozen=True, slots=True)
class Index:
    """A draft's passages and how rare its words are.

    `postings`: for the key of a word and for each of its synonym groups, the
    passages that hold it. `title`: the words of the author's title.
    `written`: for the words of a passage, as they stand, its number.
    `figured`: the numbers of the passages with figures; `length` of all, in words.
    """

    language: str
    passages: tuple[Passage, ...]
    postings: dict[str | int, tuple[int, ...]]
    title: Reading
    written: dict[str, int]
    figured: tuple[int, ...]
    length: int

    def verbatim(self, claim: Reading) -> int | None:
        """The passage that the claim repeats word for word, if there is one."""
        return self.written.get(_written(claim.text))

    def above(self, number: int) -> str:
        """The text of the heading that a passage stands under; empty where there is none."""
        for near in self.passages[number].context:
            if self.passages[near].kind == "heading":
                return self.passages[near].text
        return ""

    def weight(self, word: Word) -> float:
        """How much a word tells: its inverse document frequency, scaled to about 1; less for light words."""
        if word.figure is not None:
            return _FIGURE
        if word.role == "function":
            return 0.0
        rarity = self.rarity(word.key)
        return rarity * (_LIGHT if word.role == "light" else 1.0)

    def rarity(self, key: str) -> float:
        count = len(self.postings.get(key, ()))
        total = len(self.passages) + 1
        return 0.4 + 0.6 * math.log(total / (1 + count)) / math.log(total + 1) if total > 1 else 1.0

    def holding(self, word: Word) -> tuple[int, ...]:
        """The passages that hold the word or a synonym."""
        if not word.senses:
            return self.postings.get(word.key, ())
        found = set(self.postings.get(word.key, ()))
        for sense in word.senses:
            found.update(self.postings.get(sense, ()))
        return tuple(sorted(found))


def language_of(draft: Draft) -> str:
    """The language whose words are looked for; English where the draft does not show one."""
    return "en" if draft.language == "und" else draft.language


@measured
def index(draft: Draft) -> Index:
    """Every sentence of the draft but its title and its known parts."""
    return _index(_passages(draft), Index(language_of(draft), (), {}, read(draft.title or "", language_of(draft)), {}, (), 0))


@measured
def title_index(draft: Draft) -> Index:
    """The same with the author's titles, which are evidence for a title."""
    return _index((_as_passage(draft, span, text) for span, text in _titles(draft)), index(draft))


def _index(more: Iterable[_Keyed], known: Index) -> Index:
    """`known` and more passages."""
    passages, written = list(known.passages), dict(known.written)
    postings: dict[str | int, list[int]] = defaultdict(list)
    for passage, keys in more:
        written.setdefault(_written(passage.text), len(passages))
        for key in keys:
            postings[key].append(len(passages))
        passages.append(passage)
    held = known.postings | {key: (*known.postings.get(key, ()), *at) for key, at in postings.items()}
    figured = tuple(number for number, passage in enumerate(passages) if passage.figures)
    return Index(known.language, tuple(passages), held, known.title, written, figured, sum(passage.length for passage in passages))


def _written(text: str) -> str:
    return " ".join(text.strip(" .!…").split())


def _titles(draft: Draft) -> Iterator[tuple[Span, str]]:
    for heading in draft.headings:
        if heading.level == 1 and heading.text:
            yield heading.span, heading.text
    stated = draft.frontmatter.values.get("title") if draft.frontmatter else None
    if draft.frontmatter and isinstance(stated, str) and stated.strip():
        at = draft.source.find(stated, draft.frontmatter.content.start, draft.frontmatter.content.end)
        yield (Span(at, at + len(stated)) if at >= 0 else draft.frontmatter.content), stated.strip()


_Keyed = tuple[Passage, frozenset[str | int]]  # with the keys of its telling words, and their senses


def _as_passage(draft: Draft, span: Span, text: str) -> _Keyed:
    return _passage(draft, _Unit(span, text, "heading", ("title", 0), None, -1), ())


def _passage(draft: Draft, unit: _Unit, context: tuple[int, ...]) -> _Keyed:
    text, language = tidied(unit.text), language_of(draft)
    figures = unit.figures if unit.figures is not None and text == unit.text else quantities(text, language)
    length, keys = outline(text, [(figure.start, figure.end) for figure in figures], language)
    return Passage(text, figures, language, length, unit.span, draft.line(unit.span.start), unit.kind, context, unit.section), keys


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence on its way to be a passage; `group` is the text it stands in, `lead` the text that introduces its list.

    `figures` where they have been read for another purpose.
    """

    span: Span
    text: str
    kind: ProseKind
    group: tuple[str, int]
    lead: tuple[str, int] | None
    section: int
    figures: tuple[Quantity, ...] | None = None


def _passages(draft: Draft) -> Iterator[_Keyed]:
    units = sorted([*_sentences(draft), *_views(draft), *_rows(draft)], key=lambda u: u.span)
    found: list[Passage] = []
    last: dict[tuple[str, int], int] = {}  # text -> its last passage
    above: dict[int, int] = {}  # heading -> its passage
    for unit in units:
        context = _context(unit, found, last, above)
        passage, keys = _passage(draft, unit, context)
        yield passage, keys
        found.append(passage)
        last[unit.group] = len(found) - 1
        if unit.kind == "heading":
            above[unit.section] = len(found) - 1


def _context(unit: _Unit, found: list[Passage], last: dict[tuple[str, int], int], above: dict[int, int]) -> tuple[int, ...]:
    """The sentence before in the same text, else the lead-in, else the text above; then the heading."""
    near: list[int] = []
    if unit.group in last:
        near.append(last[unit.group])
    elif unit.lead in last:
        near.append(last[unit.lead])
    elif unit.kind not in ("heading", "cell") and (before := _before(unit, found)) is not None:
        near.append(before)
    if unit.kind != "heading" and unit.section in above:
        near.append(above[unit.section])
    return tuple(dict.fromkeys(near))


def _before(unit: _Unit, found: list[Passage]) -> int | None:
    """The nearest text above, past the other items of the same list."""
    for number in range(len(found) - 1, max(-1, len(found) - 30), -1):
        if unit.kind != "item" or found[number].kind != "item":
            return number
    return None


def _sentences(draft: Draft) -> Iterator[_Unit]:
    known = figures_of(draft) if draft.language == language_of(draft) else {}
    for number, sentence in enumerate(draft.sentences):
        prose = draft.prose[sentence.prose]
        if prose.known or prose.kind == "cell":
            continue
        section = _section(draft, sentence.span.start)
        if prose.kind == "heading" and draft.headings[section].level == 1:  # a title promises; it is no evidence
            continue
        lead = None if prose.parent is None else ("prose", prose.parent)
        for start, end in points(sentence.text):
            span = prose.source_span(sentence.start + start, sentence.start + end)
            figures = known.get(number) if end - start == len(sentence.text) else None
            yield _Unit(span, sentence.text[start:end], prose.kind, ("prose", sentence.prose), lead, section, figures)


_POINT = lazily(r"\s*[•‣▪]\s+")


def points(text: str) -> list[tuple[int, int]]:
    """Where the parts of a text begin and end: it is cut at bullets that were pasted into a paragraph."""
    cuts = [m.span() for m in _POINT.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _section(draft: Draft, at: int) -> int:
    """The index of the heading that `at` stands under (or in), -1 above the first."""
    return bisect_right(draft.headings, at, key=lambda h: h.span.start) - 1


def _views(draft: Draft) -> Iterator[_Unit]:
    """What is read on the page beside the draft's own prose: raw HTML, and what stands inside components."""
    for name, view in (("html", html_view(draft)), ("enclosed", enclosed_view(draft))):
        if view is None:
            continue
        known = figures_of(view) if draft.language == language_of(draft) else {}
        for number, sentence in enumerate(view.sentences):
            prose = view.prose[sentence.prose]
            lead = None if prose.parent is None else (name, prose.parent)
            for start, end in points(sentence.text):
                span = prose.source_span(sentence.start + start, sentence.start + end)
                figures = known.get(number) if end - start == len(sentence.text) else None
                kind = "paragraph" if prose.kind == "heading" else prose.kind
                yield _Unit(span, sentence.text[start:end], kind, (name, sentence.prose), lead, _section(draft, span.start), figures)


def _rows(draft: Draft) -> Iterator[_Unit]:
    """Each table row as one unit: its cells, each after the head of its column."""
    for cells, head in _table_rows(draft):
        span = Span(cells[0].span.start, cells[-1].span.end)
        yield _Unit(span, _row_text(cells, head), "cell", ("row", draft.line(span.start)), None, _section(draft, span.start))


def rows(draft: Draft) -> Iterator[tuple[Span, str]]:
    """What each row of a table says, the rows of heads left out."""
    for cells, head in _table_rows(draft):
        if cells is not head:
            yield Span(cells[0].span.start, cells[-1].span.end), _row_text(cells, head)


def _table_rows(draft: Draft) -> Iterator[tuple[list[Prose], list[Prose]]]:
    """The cells of each row, with those of its head (themselves, in the head)."""
    found: dict[int, list[Prose]] = defaultdict(list)
    for prose in draft.prose:
        if prose.kind == "cell" and not prose.known:
            found[draft.line(prose.span.start)].append(prose)
    head: list[Prose] = []
    previous = -2
    for line, cells in sorted(found.items()):
        if line > previous + 2 or not head:
            head = cells
        yield cells, head
        previous = line


def _row_text(cells: list[Prose], head: list[Prose]) -> str:
    return "; ".join(c.text if c is h else f"{h.text}: {c.text}" for c, h in zip(cells, _padded(head, cells), strict=True))


def _padded(head: list[Prose], cells: list[Prose]) -> list[Prose]:
    """The head of each cell's column, or the cells themselves where the counts differ (an empty cell is no prose)."""
    return head if len(head) == len(cells) else cells


def rank(claim: Reading, known: Index, *, limit: int = 6) -> list[tuple[float, int]]:
    """The passages that share most with the claim, best first: (share of the claim's weight, passage)."""
    own: defaultdict[int, float] = defaultdict(float)
    total = 0.0
    for word in _distinct(claim.words):
        weight = known.weight(word)
        total += weight
        holders = _figure_holders(claim, word, known) if word.figure is not None else known.holding(word)
        for number in holders:
            own[number] += weight
    scores = dict(own)
    for number in own:
        for near in known.passages[number].context:
            scores[number] += _NEAR * own.get(near, 0.0)
    best = nsmallest(limit, scores, key=lambda n: (-scores[n], known.passages[n].length, n))
    return [(scores[n] / total if total else 0.0, n) for n in best]


def _distinct(found: Iterable[Word]) -> list[Word]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for word in found:
        mark = (word.key, word.text if word.figure is not None else "")
        if word.role != "function" and mark not in seen:
            seen.add(mark)
            kept.append(word)
    return kept


def _figure_holders(claim: Reading, word: Word, known: Index) -> list[int]:
    assert word.figure is not None
    wanted = claim.figures[word.figure].value
    return [n for n in known.figured if any(abs(f.value - wanted) <= 0.005 * abs(wanted) for f in known.passages[n].figures)]
