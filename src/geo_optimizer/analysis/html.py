"""The text of raw HTML: it is read on the page, so it states and supports things, though nothing is ever written into it."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from geo_optimizer.analysis.closing import Closers
from geo_optimizer.analysis.ranges import Ranges, ranges
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.inline import ORDINAL
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import Draft, Piece, Prose, ProseKind, Sentence, Span, measured

_OPENING = lazily(r"<!--|<(?P<name>script|style|pre)\b|<(?P<tag>/?[a-zA-Z][\w-]*)|\{[{%]", re.IGNORECASE)
_HOLDERS = frozenset({"list", "quote"})
_HOLDS = lazily(r"<(?:p|div|li|td|h[1-6])\b", re.IGNORECASE)  # in a list or quote: a block of HTML
_MARKERS = frozenset("*+->")  # of lists and quotes
_BLANK_LINE = lazily(r"\n[ \t\r]*\n")
_HIDDEN = lazily(r"\shidden(?=[\s/>=])(?!=[\"']?until)|\sstyle=[\"'][^\"'>]*display:\s*none", re.IGNORECASE)
_TOKEN = lazily(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);|\s+|[^\s&]+|&")
# Tags that end a text; all others stand inside one.
_ENDS = frozenset(
    """p li ul ol dl dt dd td th tr table thead tbody caption div section article header footer main aside nav h1 h2 h3 h4 h5 h6 blockquote
    figure figcaption details summary br hr form fieldset iframe video audio svg""".split()
)


@measured
def html_view(draft: Draft) -> Draft | None:
    """The draft with the texts of its raw HTML in place of its prose; None where it has no such text.

    Spans are those of the one source, so that what is measured on the view is
    true of the draft. It has no links (their addresses stand in the source)
    and its headings are the draft's own.
    """
    prose = tuple(_texts(draft))
    if not prose:
        return None
    sentences = tuple(
        Sentence(one.source_span(start, end), one.text[start:end], number, start, end)
        for number, one in enumerate(prose)
        for start, end in boundaries(one.text, draft.language)
    )
    return replace(draft, prose=prose, sentences=sentences, links=(), facts={})


def _texts(draft: Draft) -> Iterator[Prose]:
    number, lead = 0, None
    for stretch in _stretches(draft):
        for kind, runs in _runs(draft.source, stretch):
            text, pieces = _read(draft.source, runs)
            if not any(char.isalnum() for char in text):
                continue
            heading = bisect_right(draft.headings, runs[0].start, key=lambda h: h.span.start) - 1
            span = Span(pieces[0].span.start, pieces[-1].span.end)
            parent = lead if kind == "item" else None
            yield Prose(kind, span, text, pieces, heading=heading if heading >= 0 else None, parent=parent)
            lead = lead if kind == "item" else number
            number += 1


def _stretches(draft: Draft) -> Iterator[Span]:
    """Where raw HTML may stand: its own blocks, and in lists and quotes what is neither prose nor code."""
    read_already: Ranges | None = None
    for block in draft.blocks:
        if block.kind != "html" and (block.kind not in _HOLDERS or not _HOLDS.search(draft.source, block.span.start, block.span.end)):
            continue
        if read_already is None:
            other = [*(part.span for part in draft.code), *(part.span for part in draft.definitions)]
            read_already = ranges([*(part.span for part in draft.generated), *(prose.span for prose in draft.prose), *other])
        inside = read_already.first(block.span.start, block.span.end)
        if block.kind == "html":
            if inside is None:
                yield block.span
            continue
        yield from _between(block.span, read_already)


def _between(span: Span, read_already: Ranges) -> Iterator[Span]:
    at = span.start
    while at < span.end:
        found = read_already.first(at, span.end)
        if found is None:
            yield Span(at, span.end)
            return
        if found[0] > at:
            yield Span(at, found[0])
        at = max(at + 1, found[1])


def _runs(source: str, stretch: Span) -> Iterator[tuple[ProseKind, list[Span]]]:
    """The texts of a stretch: of each, the stretches of the source between its tags."""
    text = source[stretch.start : stretch.end]
    runs: list[Span] = []
    kind: ProseKind = "paragraph"
    at = 0
    for start, end, tag in (*_marks(text), (len(text), len(text), "p")):
        for cut in _BLANK_LINE.finditer(text, at, start):
            yield kind, [*runs, _span(stretch, at, cut.start())]
            runs, at = [], cut.end()
        runs.append(_span(stretch, at, start))
        at = end
        if tag.removeprefix("/") in _ENDS:
            yield kind, runs
            runs, kind = [], "item" if tag == "li" else "paragraph"


def _span(stretch: Span, start: int, end: int) -> Span:
    return Span(stretch.start + start, stretch.start + end)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where comments, tags, templates and elements whose text is not read (hidden ones too) begin and end, with the tag's name ("/p" for an end tag).

    An unclosed comment or element may still be a tag.
    """
    closers, at = Closers(text), 0
    while opening := _OPENING.search(text, at):
        end = _end(text, opening, closers)
        at = opening.start() + 1 if end is None else end
        if end is not None:
            yield opening.start(), end, (opening["tag"] or "").lower()


def _end(text: str, opening: re.Match[str], closers: Closers) -> int | None:
    mark = opening.group()
    if mark[0] == "{":
        return closers.end(r"[%}]\}", opening.end())
    whole = closers.end("-->", opening.end()) if mark == "<!--" else None
    tag = closers.end(">", opening.start())
    if opening["tag"] and tag is not None and _HIDDEN.search(text, opening.start(), tag):
        whole = closers.end(f"</{opening['tag'].lower()}>", opening.end())
    if opening["name"]:
        whole = closers.end(f"</{mark[1:].lower()}>", opening.end())
    return whole if whole is not None else closers.end(">", opening.start())


def _read(source: str, runs: list[Span]) -> tuple[str, tuple[Piece, ...]]:
    """The text of stretches of the source, with single spaces and characters for entities."""
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []  # where it begins in the text, its length; its span
    length, blank = 0, None
    before = None
    for run in runs:
        if before is not None and _raised(source, before, run.start):
            length = _add(parts, pieces, length, "^", before, run.start)
        before = run.end
        for token in _TOKEN.finditer(source, run.start, run.end):
            shown, start, end = token.group(), token.start(), token.end()
            if shown.isspace():
                blank = blank or (start, end)
                continue
            if shown in _MARKERS and (not parts or (blank and "\n" in source[blank[0] : blank[1]])):
                continue
            if shown[0] == "&" and len(shown) > 1:
                shown = html.unescape(shown).replace("\xa0", " ")
            if blank and parts:
                length = _add(parts, pieces, length, " ", *blank)
            blank = None
            length = _add(parts, pieces, length, shown, start, end)
    return "".join(parts), tuple(Piece(at, size, Span(start, end)) for at, size, start, end in pieces)


def _raised(source: str, start: int, end: int) -> bool:
    """Whether the tag at `start` sets what follows above the digit before it: "2<sup>32</sup>" is not 232."""
    return source[start:end].lower().startswith("<sup") and source[start - 1 : start].isdigit() and not ORDINAL.match(source, end)


def _add(parts: list[str], pieces: list[tuple[int, int, int, int]], length: int, shown: str, start: int, end: int) -> int:
    """Put a stretch behind the others, as part of the last piece where both agree character by character."""
    parts.append(shown)
    same = len(shown) == end - start
    if same and pieces and pieces[-1][3] == start and pieces[-1][1] == start - pieces[-1][2]:
        at, size, first, _ = pieces[-1]
        pieces[-1] = at, size + len(shown), first, end
    else:
        pieces.append((length, len(shown), start, end))
    return length + len(shown)
