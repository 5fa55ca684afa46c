"""Markdown and notes to the editor that readers see as characters, because they are not read as what they were meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from geo_optimizer.analysis.ranges import Ranges, ranges
from geo_optimizer.analysis.visible import visible_text
from geo_optimizer.analysis.vocabulary import told
from geo_optimizer.lazy import lazily
from geo_optimizer.model import OBJECT, Draft, Prose, Span, measured

ShownKind = Literal["bold", "link", "bullets", "heading", "table", "newline", "entity", "comment", "note"]


class Shown(NamedTuple):
    """A stretch that is shown as it is written. `instead`: how it was meant, where that is certain."""

    span: Span
    kind: ShownKind
    words: str
    instead: str | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "bold": re.compile(
            r"(?<![*\w/\\])\*\*(?P<inner>[^*\s][^*]{0,200}?\s)\*\*(?![*/\w])|(?<![*\w/])\*\*(?P<late>[ ][^*]{1,200}?[^*\s])\*\*(?![*/\w])"
        ),
        "link": re.compile(
            r"(?<![\w\]])\[(?P<text>[^\[\]\n]{2,200})\](?P<gap>[ ]?)\((?P<href>(?:https?://|mailto:|/|\.\.?/|#)[^()\n]{1,300})\)"
        ),
        "bullets": re.compile(r"(?:^|\s)[•‣▪●◦]\s"),
        "heading": re.compile(r"#{2,6}(?=[^\W\d_])"),
        "newline": re.compile(r"(?<![\w\\])?\\n(?:\\n|(?=[#*-] |\d\. ))"),
        "entity": re.compile(r"&(?:nbsp|amp|quot|lt|gt|#39|apos|mdash|ndash|hellip|[lr][sd]quo|#x?[0-9a-fA-F]{2,5});"),
        "comment": re.compile(r"<!(?:--|-|\s--|[–—])(?P<inner>(?:(?!<!).){0,400}?)(?:--?|[–—])>"),
        "note": re.compile(
            r"^(?:(?:suggested|recommended)\s+)?internal\s+link(?:ing)?\s+(?:suggestions?|opportunit(?:y|ies))\s*:"
            r"|\[(?:(?:suggested|add|insert|recommended)\s+)?internal\s+link\b\s*(?::|to\b|-|→)[^\[\]]{2,120}\]",
            re.IGNORECASE,
        ),
    }


_NO_BLANK_BEHIND, _NO_BLANK_BEFORE = " \t\r\n([“‘«", " \t\r\n.,;:!?…)]”’»"
_MARKS = "•‣▪●◦"
_ANYWHERE: frozenset[ShownKind] = frozenset({"newline", "entity", "comment", "note"})
_BROKEN = lazily(r"<br|(?:  |\\)\r?\n")  # lines that stay lines
_BULLETS = lazily(r"(^|\n)[ \t]*[•‣▪●◦][ \t]+")
_ROWS = lazily(r"(?:[ \t>]*\|[^\n]*\|[ \t]*(?:\r?\n|\Z)){2,}")
_DELIMITERS = lazily(r"[ \t>]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$", re.MULTILINE)


@measured
def shown(draft: Draft) -> tuple[Shown, ...]:
    """All of a draft, in order of place."""
    kinds = _possible(visible_text(draft), told(draft))
    if not kinds:
        return ()
    code = ranges(part.span for part in draft.code)
    own = (prose for prose in draft.prose if prose.pieces and not prose.quoted)
    found = (one for prose in own for one in _of_prose(draft, prose, kinds) if not code.first(one.span.start, one.span.end))
    return tuple(sorted(found, key=lambda one: one.span))


def _possible(text: str, words: frozenset[str]) -> frozenset[ShownKind]:
    """Kinds that the draft may hold, by what each needs; `words` are those of the text, in lower case."""
    asked: dict[ShownKind, bool] = {
        "bold": "*" in text and "**" in text,
        "link": "[" in text and ("](" in text or "] (" in text),
        "newline": "\\" in text and "\\n" in text,
        "entity": "&" in text and ";" in text,
        "comment": "<" in text and "<!" in text,
        "note": "internal" in words and "nternal link" in text,
        "heading": "#" in text and "##" in text,
        "table": "|" in text and (text.startswith("|") or "\n|" in text),
        "bullets": not text.isascii() and any(mark in text for mark in _MARKS),
    }
    return frozenset(kind for kind, may in asked.items() if may)


def _of_prose(draft: Draft, prose: Prose, kinds: frozenset[ShownKind]) -> Iterator[Shown]:
    text = prose.text
    if "**" in text:
        yield from _bold(draft, prose)
    if "](" in text or "] (" in text:
        yield from _links(draft, prose)
    for kind in kinds & _ANYWHERE:
        yield from _plain(draft, prose, kind)
    if prose.kind == "paragraph":
        yield from _paragraph(draft, prose)


def _paragraph(draft: Draft, prose: Prose) -> Iterator[Shown]:
    text = prose.text
    if text.startswith("##") and (match := _patterns()["heading"].match(text)):
        span = prose.source_span(*match.span())
        if draft.text(span) == match.group() and len(text.split()) <= 16:
            yield Shown(span, "heading", text[:60], match.group() + " ")
    if text.startswith("|"):
        yield from _table(draft, prose)
    if any(mark in text for mark in _MARKS):
        yield from _bullets(draft, prose)


def _plain(draft: Draft, prose: Prose, kind: ShownKind) -> Iterator[Shown]:
    for match in _patterns()[kind].finditer(prose.text):
        span = prose.source_span(*match.span())
        if OBJECT not in match.group() and (kind != "comment" or _is_note(prose, match)):
            yield Shown(span, kind, _short(draft.text(span) if kind != "entity" else match.group()))


def _is_note(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a comment stands alone and says something; any other is shown as an example of one."""
    return match.group() == prose.text.strip() and len(match["inner"].split()) >= _FEWEST_WORDS_OF_A_NOTE


def _bold(draft: Draft, prose: Prose) -> Iterator[Shown]:
    """A pair of `**` with a blank inside one of them, which is no mark of strong text."""
    for match in _patterns()["bold"].finditer(prose.text):
        span = prose.source_span(*match.span())
        written = draft.text(span)
        if (
            written.startswith("**")
            and written.endswith("**")
            and OBJECT not in match.group()
            and draft.source[span.start - 1 : span.start] != "\\"
        ):
            yield Shown(span, "bold", _short(written), _bold_as_meant(draft, span))


def _bold_as_meant(draft: Draft, span: Span) -> str:
    """A pair of `**` with the blanks inside put outside, where the text needs one there."""
    inner, source = draft.text(span)[2:-2], draft.source
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    if source[span.start - 1 : span.start] in ("", *_NO_BLANK_BEHIND):
        before = ""
    if source[span.end : span.end + 1] in ("", *_NO_BLANK_BEFORE):
        after = ""
    return f"{before}**{inner.strip()}**{after}"


def _links(draft: Draft, prose: Prose) -> Iterator[Shown]:
    """A link whose text and address were parted, or whose address cannot be read."""
    for match in _patterns()["link"].finditer(prose.text):
        span = prose.source_span(*match.span())
        written = draft.text(span)
        if OBJECT in match.group() or "\\" in written or "{" in written or (match["gap"] and _is_number(match["text"])):
            continue
        if any(draft.links[n].span.contains(span) for n in _linked(draft).over(span.start, span.end)):
            continue
        parted = written.count("] (") == 1 and " " not in match["href"]
        if match["gap"] or not parted:
            yield Shown(span, "link", _short(written), written.replace("] (", "](") if parted else None)


@measured
def _linked(draft: Draft) -> Ranges:
    return Ranges([(link.span.start, link.span.end) for link in draft.links])


def _is_number(text: str) -> bool:
    """Whether the brackets hold the number of a note rather than the words of a link."""
    return not any(char.isalpha() for char in text)


def _table(draft: Draft, prose: Prose) -> Iterator[Shown]:
    """Rows with a row of dashes under the first that has another number of cells; rows without one are a table to some renderers."""
    written = draft.text(prose.span)
    lines = written.splitlines()
    if len(lines) > 1 and _ROWS.fullmatch(written) and _DELIMITERS.fullmatch(lines[1]):
        yield Shown(prose.span, "table", _short(lines[0]))


_FEWEST_WORDS_OF_A_NOTE = 3
_FEWEST_WORDS = 4  # of a point, on average; shorter ones are a line of separated words ("Home • About • Contact")


def _bullets(draft: Draft, prose: Prose) -> Iterator[Shown]:
    """Points that a list was meant to part, run together."""
    points = [point for point in _patterns()["bullets"].split(prose.text) if point.strip()]
    marks = len(_patterns()["bullets"].findall(prose.text))
    if marks < 2 or sum(len(point.split()) for point in points) < _FEWEST_WORDS * len(points):
        return
    written = draft.text(prose.span)
    if not _BROKEN.search(written):
        lines = _BULLETS.sub(r"\1- ", written)
        yield Shown(prose.span, "bullets", _short(prose.text), lines if not any(mark in lines for mark in _MARKS) else None)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
