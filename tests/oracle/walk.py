"""The contract of a draft's parts, checked against the source alone: `source[span]` is what the part says it is.

    python tests/oracle/walk.py FOLDER

walks every Markdown file of a folder and prints the parts by kind and what is wrong with them.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll

from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.dialects import FILLERS
from geo_optimizer.model import OBJECT, Code, Definition, Draft, Footnote, Heading, Item, Link, Piece, Prose, Sentence, Span

LINE_END = re.compile(r"\r\n|\r|\n")
_CONTINUED = re.compile(r"(?:\r\n|\r|\n)[ \t>]*")
_BREAK = re.compile(r"\\?[ \t]*(?:\r\n|\r|\n)[ \t>]*")
_MARKER = re.compile(r"(?:[-*+]|(?P<number>\d{1,9}[.)]))(?=[ \t\r\n]|\Z)")
_FENCE = re.compile(r"`{3,}|~{3,}")
_CONTAINERS = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]*\]:)[ \t>]*)*")
_UNREADABLE = str.maketrans(dict.fromkeys(["\0", *FILLERS], "\ufffd"))
_NORMALIZE = MarkdownIt("commonmark").normalizeLink


@dataclass(frozen=True, slots=True)
class Fault:
    """A part that is not what it says."""

    part: object
    why: str


def walk(draft: Draft) -> tuple[Counter[str], list[Fault]]:
    """How many parts of each kind a draft has, and those that break the contract."""
    counts: Counter[str] = Counter(blocks=len(draft.blocks))
    faults = [Fault(b, "blocks overlap") for a, b in pairwise(draft.blocks) if a.span.end > b.span.start]
    for name, check in _CHECKS.items():
        parts = getattr(draft, name)
        counts[name] = len(parts)
        faults += [Fault(b, "not in source order") for a, b in pairwise(parts) if a.span.start > b.span.start]
        for part in parts:
            if not draft.body.contains(part.span):
                faults.append(Fault(part, "outside of the body"))
            faults += [Fault(part, why) for why in check(draft, part)]
    return counts, faults


def _alone(draft: Draft, span: Span, lead: str) -> Draft:
    """What stands in a span as a draft of its own, after a lead, with the definitions that it may refer to."""
    shown = _CONTINUED.sub(_line_end, draft.text(span))
    known = ""
    if "[" in shown:
        links = (_CONTINUED.sub("\n", draft.text(d.span)) for d in draft.definitions)
        notes = (f"[^{note.label}]: x" for note in draft.footnotes if note.definition)
        known = "\n\n".join(["", *links, *notes])
    return parse(lead + shown + known, draft.path, dialect=draft.dialect, language="en")


def _line_end(match: re.Match[str]) -> str:
    """Without the indent, unless it keeps the next line from being a block of its own."""
    indent = match.group().lstrip("\r\n").rpartition(">")[2].expandtabs(4)
    return "\n    " if len(indent) >= 4 else "\n"


def _same(draft: Draft, shown: str, text: str) -> bool:
    """Whether a text is what is shown, spaces and unreadable characters aside."""
    return _plain(shown) == _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.translate(_UNREADABLE).split())


# ------------------------------------------------------------------ words


def _prose(draft: Draft, prose: Prose) -> Iterator[str]:
    at = 0
    for piece in prose.pieces:
        if piece.at != at:
            yield f"a piece begins at {piece.at}, not at {at}"
        if not prose.span.contains(piece.span):
            yield "a piece is outside of it"
        shown = prose.text[piece.at : piece.at + piece.length]
        if not _piece(piece, shown, draft.text(piece.span)):
            yield f"{shown!r} is not read from {draft.text(piece.span)!r}"
        at += piece.length
    if at != len(prose.text):
        yield "the pieces are not all of the text"
    if any(a.span.end > b.span.start for a, b in pairwise(prose.pieces) if len(b.span)) and prose.text.strip():
        yield "pieces overlap"
    if prose.kind == "cell":
        yield from _cell(draft, prose)


def _piece(piece: Piece, shown: str, written: str) -> bool:
    if shown == OBJECT:
        return bool(written)
    if piece.length == len(piece.span):
        return all(a == b or a == b.translate(_UNREADABLE) or (a == " " and b in "\r\n\t") for a, b in zip(shown, written, strict=True))
    return (
        (shown == " " and _BREAK.fullmatch(written) is not None)
        or shown == unescapeAll(written)
        or html.unescape(written) == shown
        or (written.startswith("&#") and shown == "\ufffd")
    )


def _cell(draft: Draft, prose: Prose) -> Iterator[str]:
    """A cell stands between pipes or the ends of its line."""
    line = draft.line_starts[draft.line(prose.span.start) - 1]
    before = draft.source[line : prose.span.start].rstrip()
    after = LINE_END.split(draft.source[prose.span.end :], maxsplit=1)[0].lstrip()
    if before.rstrip("|") == before and not _CONTAINERS.fullmatch(before):
        yield f"no pipe before it, but {before[-9:]!r}"
    if after and not after.startswith("|"):
        yield f"no pipe after it, but {after[:9]!r}"


def _sentence(draft: Draft, sentence: Sentence) -> Iterator[str]:
    prose = draft.prose[sentence.prose]
    if prose.text[sentence.start : sentence.end] != sentence.text:
        yield "not in the text it names"
    if prose.source_span(sentence.start, sentence.end) != sentence.span or not prose.span.contains(sentence.span):
        yield "not where its text is"
    if sentence.text.strip() != sentence.text or not sentence.text:
        yield "space around it"


def _heading(draft: Draft, heading: Heading) -> Iterator[str]:
    if heading.text != draft.prose[heading.prose].text.strip():
        yield "not the text it names"
    lead = "[right above]: /x 'x'\n"  # right above, so that the heading's lines can be no term and its meaning
    found = _alone(draft, heading.span, lead).headings
    if len(found) != 1:
        yield f"alone it is {len(found)} headings"
    elif (found[0].level, found[0].span.start) != (heading.level, len(lead)) or not _same(draft, found[0].text, heading.text):
        yield f"alone it is {found[0].level} {found[0].text!r}"


# ------------------------------------------------------------------ containers


def _item(draft: Draft, item: Item) -> Iterator[str]:
    text = draft.text(item.span)
    marker = _MARKER.match(text)
    if not marker or (marker["number"] is not None) != item.ordered:
        yield f"its marker is {text[:9]!r}"
    if not LINE_END.split(text)[-1].strip(" \t"):
        yield "it ends in a blank line"
    if any(not item.span.contains(draft.prose[n].span) for n in item.prose):
        yield "a text of its own is outside of it"
    holders = sum(other.span.contains(item.span) for other in draft.items if other is not item)
    if item.depth and not holders:
        yield "no item around it"
    line = draft.line_starts[draft.line(item.span.start) - 1]
    if item.depth == 0 and line == item.span.start and draft.dialect == "markdown":
        within = sum(item.span.contains(other.span) for other in draft.items)
        found = parse("x\n\n<!-- -->\n\n" + text, draft.path, dialect=draft.dialect, language="en").items
        if len(found) != within or len(found[0].span) != len(item.span):
            yield f"alone it is {len(found)} items, not {within}"


def _footnote(draft: Draft, note: Footnote) -> Iterator[str]:
    text = draft.text(note.span)
    if note.label is None:
        if not (text.startswith("^[") and text.endswith("]")):
            yield "no footnote in its text"
    elif not (text.startswith(f"[^{note.label}]:") if note.definition else text == f"[^{note.label}]"):
        yield "not its label"


def _definition(draft: Draft, definition: Definition) -> Iterator[str]:
    if not draft.text(definition.span).startswith(f"[{definition.label}]:"):
        yield "not its label"
    found = _alone(draft, definition.span, "x\n\n").definitions
    if not found or (found[0].label.split(), found[0].href) != (definition.label.replace(">", " ").split(), definition.href):
        yield f"alone it is {found[:1]}"
    yield from _address(draft, definition.href, definition.href_span)


# ------------------------------------------------------------------ links and code


def _link(draft: Draft, link: Link) -> Iterator[str]:
    opening = "<" if link.kind == "autolink" else "![" if link.image else "["
    text = draft.text(link.span)
    if not text.startswith(opening) or not text.endswith((">" if link.kind == "autolink" else ")" if link.kind == "inline" else "]",)):
        yield f"its marks are {text[:2]!r} and {text[-1:]!r}"
    found = _alone(draft, link.span, "x ").links
    if not found:
        yield "alone it is no link"
    elif not _same(draft, found[0].text, link.text) or (found[0].href, found[0].image, found[0].kind) != (link.href, link.image, link.kind):
        yield f"alone it is {found[0].text!r} to {found[0].href!r}"
    yield from _address(draft, link.href, link.href_span)
    if link.text_span is None or not link.span.contains(link.text_span):
        yield "its text is not in it"
    elif link.kind == "autolink":
        if not _same(draft, draft.text(link.text_span), link.text):
            yield "its text is not the address"
    elif draft.source[link.text_span.end] != "]" or draft.source[link.text_span.start - 1] != "[":
        yield "no brackets around its text"
    elif "![" not in draft.text(link.text_span) and link.text.strip():
        shown = _alone(draft, link.text_span, "x ").prose
        if not shown or not _same(draft, shown[0].text[1:], link.text):
            yield f"its text alone is {shown[0].text[2:] if shown else ''!r}"


def _address(draft: Draft, href: str, span: Span | None) -> Iterator[str]:
    """The destination as written leads to where the part says."""
    if span is None:
        return
    written = draft.text(span)
    before, after = draft.source[span.start - 1], draft.source[span.end : span.end + 1]
    if before not in "(<: \t\r\n>" or after not in ("", *")> \t\r\n"):
        yield f"its address stands between {before!r} and {after!r}"
    read = _NORMALIZE(unescapeAll(written.translate(_UNREADABLE).replace("\\|", "|")))
    if href not in (read, written, _NORMALIZE("mailto:" + written), _NORMALIZE(written)):
        yield f"its address reads {read!r}"


def _code(draft: Draft, code: Code) -> Iterator[str]:
    text = draft.text(code.span)
    if any(not code.span.contains(line) for line in code.content):
        yield "a line of it is outside of it"
    if code.kind == "inline":
        ticks = re.match(r"`+", text)
        if not ticks or not text.endswith(ticks.group()) or len(ticks.group()) * 2 >= len(text):
            yield "no backticks around it"
        elif (found := (alone := _alone(draft, code.span, "x ")).code[:1]) and _lines(draft, code) != _lines(alone, found[0]):
            yield f"alone it is {found[0]}"
        return
    yield from _code_lines(draft, code, text)


def _lines(draft: Draft, code: Code) -> list[str]:
    """Without their indents, which the parser may have cut."""
    return [draft.text(code.content[0]), *(draft.text(line).lstrip(" \t>") for line in code.content[1:])]


def _code_lines(draft: Draft, code: Code, text: str) -> Iterator[str]:
    """Whole lines but for what containers put before them, one after the other."""
    fence = _FENCE.match(text)
    if (fence is not None and code.kind != "fenced") and not code.content:
        yield "an empty block without a fence"
    if code.kind == "fenced" and fence is None:
        yield "no fence at its start"
    rows = len(LINE_END.split(text))
    expected = (rows,) if code.kind == "indented" else (rows - 1, rows - 2)
    if len(code.content) not in expected:
        yield f"{len(code.content)} lines of {rows}"
    first = draft.line(code.span.start) + (code.kind == "fenced")
    for number, line in enumerate(code.content, first):
        start = max(draft.body.start, draft.line_starts[number - 1])  # a byte order mark is no part of its line
        whole = LINE_END.split(draft.source[start : line.end + 2], maxsplit=1)[0]
        if draft.line(line.start) != number or start + len(whole) != line.end:
            yield f"line {number} is not all there"
        elif not _CONTAINERS.fullmatch(draft.source[start : line.start]):
            yield f"line {number} is cut after {draft.source[start : line.start]!r}"


_CHECKS: dict[str, Callable[[Draft, Any], Iterator[str]]] = {
    "prose": _prose,
    "sentences": _sentence,
    "headings": _heading,
    "items": _item,
    "links": _link,
    "code": _code,
    "footnotes": _footnote,
    "definitions": _definition,
}


def main(folder: Path, shown: int = 12) -> int:
    """Walk every Markdown file below a folder; 1 if any part breaks the contract."""
    totals, faulty, refused, files = Counter[str](), 0, 0, 0
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".mdx", ".markdown") and p.is_file()):
        files += 1
        try:
            draft = parse(path.read_bytes().decode("utf-8"), path.name)
        except (DraftRefused, UnicodeDecodeError):
            refused += 1
            continue
        counts, faults = walk(draft)
        totals += counts
        for fault in faults:
            faulty += 1
            if faulty <= shown:
                print(f"{path}: {fault.why}\n    {fault.part}")
    print(f"{files} files, {refused} refused, {sum(totals.values())} parts, {faulty} faults")
    print("  ".join(f"{name} {count}" for name, count in totals.items()))
    return int(faulty > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
