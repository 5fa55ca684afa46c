"""Text -> Draft: every part with the exact characters it was read from."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown.dialects import FILLER, OpenTags, dialect_of, mask, merge
from geo_optimizer.markdown.frontmatter import find_frontmatter
from geo_optimizer.markdown.inline import Content, InlineLink, parser, read_inline
from geo_optimizer.markdown.language import detect_language
from geo_optimizer.markdown.parts import find_known
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import (
    Block,
    BlockKind,
    Dialect,
    Draft,
    Frontmatter,
    Heading,
    KnownKind,
    Link,
    Newline,
    Prose,
    ProseKind,
    Sentence,
    Span,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

BOM = "\ufeff"
_H1 = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LINE_END = re.compile(r"\r\n|\r|\n")
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "table_open": "table",
    "hr": "rule",
    "footnote_reference_open": "footnote",
    "definition": "definition",
}
_WRAPPER = re.compile(
    r"<(?P<close>/?)(?P<name>div|section|details|figure|center|aside|article|main|header|footer|nav|table|[A-Z]\w*)\b[^>]*?(?P<self>/?)>"
)
_URL = re.compile(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def parse(source: str, path: str = "draft.md", *, dialect: Dialect | None = None, language: str | None = None) -> Draft:
    """Read a draft.

    `path` tells the dialect and stands in messages; nothing is opened.
    Raises DraftRefused where the text cannot be understood for certain:
    broken or unclosed frontmatter, MDX that does not balance.
    """
    try:
        return _parse(source, path, dialect or dialect_of(path), language)
    except DraftRefused as error:
        error.path = path
        raise


def _parse(source: str, path: str, dialect: Dialect, language: str | None) -> Draft:
    top = len(BOM) if source.startswith(BOM) else 0
    frontmatter = find_frontmatter(source, top)
    body = Span(frontmatter.span.end if frontmatter else top, len(source))
    try:
        masked, foreign, wiki = mask(body.of(source), dialect)
    except DraftRefused as error:
        error.line = (error.line or 1) + len(_LINE_END.findall(source, 0, body.start))
        raise
    lines = _Lines(source, body, masked)
    reader = _Reader(lines, _block_tokens(lines.text))
    reader.read()
    blocks = _merged(source, reader.blocks, _moved(foreign, body.start))
    known = find_known(source, blocks)
    generated = [part for part in known if not part.of_text]
    parts, places = _Places([part.span for part in generated]), _Places(_moved(wiki, body.start))
    prose = tuple(_finished(p, [generated[n].kind for n in parts.over(p.span)[:1]], places) for p in reader.prose)
    language = (
        language
        or _stated_language(frontmatter)
        or detect_language(" ".join(p.text for p in prose if p.kind != "cell" and p.known is None))
    )
    return Draft(
        source=source,
        path=path,
        language=language,
        dialect=dialect,
        newline=_newline(source),
        frontmatter=frontmatter,
        body=body,
        blocks=blocks,
        prose=prose,
        headings=tuple(reader.headings),
        sentences=tuple(_sentences(prose, language)),
        links=tuple(reader.links),
        known=known,
        given_title=_html_title(source, blocks),
        line_starts=(0, *(m.end() for m in _LINE_END.finditer(source))),
    )


def _html_title(source: str, blocks: Sequence[Block]) -> str | None:
    """The text of an `<h1>` written as HTML, as README files have it."""
    for block in blocks:
        if block.kind == "html" and (title := _H1.search(block.span.of(source))):
            return " ".join(html.unescape(_TAG.sub(" ", title[1])).split()) or None
    return None


def _newline(source: str) -> Newline:
    """The line end most lines have; `\\n` for a text of one line."""
    crlf = source.count("\r\n")
    counts: dict[Newline, int] = {"\n": source.count("\n") - crlf, "\r\n": crlf, "\r": source.count("\r") - crlf}
    return max(counts, key=lambda end: counts[end])


def _stated_language(frontmatter: Frontmatter | None) -> str | None:
    values = frontmatter.values if frontmatter else {}
    stated = next((values[key] for key in ("lang", "language", "locale") if isinstance(values.get(key), str)), "")
    code = re.match(r"[a-z]{2}(?=$|[-_])", stated.strip().lower())
    return code.group() if code else None


def _moved(spans: Sequence[Span], by: int) -> list[Span]:
    return [Span(span.start + by, span.end + by) for span in spans]


# ------------------------------------------------------------------ blocks


class _Lines:
    """The body as markdown-it sees it, and where each of its lines begins and ends in the source."""

    def __init__(self, source: str, body: Span, masked: str) -> None:
        self.source = source
        self.starts: list[int] = []
        self.ends: list[int] = []
        shown: list[str] = []
        at = 0
        for end in _LINE_END.finditer(masked):
            self._add(shown, masked, body.start, at, end.start())
            at = end.end()
        self._add(shown, masked, body.start, at, len(masked))
        self.shown = shown
        self.text = "\n".join(shown).replace("\0", "\ufffd")

    def _add(self, shown: list[str], masked: str, base: int, start: int, end: int) -> None:
        shown.append(masked[start:end])
        self.starts.append(base + start)
        self.ends.append(base + end)

    def span(self, first: int, last: int) -> Span:
        """Lines `[first, last)` without trailing blank ones or the last line's end."""
        while last - 1 > first and not self.shown[last - 1].strip():
            last -= 1
        return Span(self.starts[first], self.ends[last - 1])

    def content(self, text: str, first: int, *, heading: bool) -> Content | None:
        """Where each line of an inline's content lies; None where a line is not found as it is."""
        starts, at = [], 0
        for n, line in enumerate(text.split("\n")):
            offset = self._offset(line, first + n, heading=heading)
            if offset is None:
                return None
            starts.append((at, offset))
            at += len(line) + 1
        return Content(text, tuple(starts))

    def _offset(self, line: str, number: int, *, heading: bool) -> int | None:
        shown = self.shown[number].replace("\0", "\ufffd")
        if heading and (mark := re.search(r"#{1,6}[ \t]+", shown)):
            found = shown.find(line, mark.end())
            return self.starts[number] + found if found >= 0 else None
        bare = shown.rstrip(" \t")
        tail = line.rstrip(" \t")
        if bare.endswith(tail):
            return self.starts[number] + len(bare) - len(tail)
        # A tab that a container cut in two is spaces in the content.
        if bare.endswith(tail.lstrip()):
            return self.starts[number] + len(bare) - len(tail.lstrip()) - (len(tail) - len(tail.lstrip()))
        return None


def _block_tokens(text: str) -> tuple[list[Token], dict[str, Any]]:
    md, tokens, env = parser(), [], {}  # type: Any, list[Token], dict[str, Any]
    md.block.parse(text, md, env, tokens)
    return tokens, env


class _Reader:
    """One walk over the block tokens."""

    def __init__(self, lines: _Lines, parsed: tuple[list[Token], dict[str, Any]]) -> None:
        self.lines = lines
        self.tokens, self.env = parsed
        self.blocks: list[Block] = []
        self.prose: list[Prose] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self._open: list[str] = []  # types of the open containers
        self._lead: list[int | None] = []  # for each open list: the prose that introduces it
        self._row = (-1, 0)  # the table line being read, and how far

    def read(self) -> None:
        for i, token in enumerate(self.tokens):
            if token.level == 0 and token.nesting >= 0 and token.map:
                self._block(token)
            if token.type == "inline":
                self._inline(token, self.tokens[i - 1])
            elif token.nesting == 1:
                self._enter(token.type)
            elif token.nesting == -1:
                self._leave(token.type)

    def _enter(self, kind: str) -> None:
        if kind.endswith("_list_open"):
            self._lead.append(self._last_prose())
        self._open.append(kind)

    def _leave(self, kind: str) -> None:
        self._open.pop()
        if kind.endswith("_list_close"):
            self._lead.pop()

    def _last_prose(self) -> int | None:
        """The paragraph or item directly above a list, not a heading."""
        last = len(self.prose) - 1
        return last if last >= 0 and self.prose[last].kind in ("paragraph", "item") else None

    def _block(self, token: Token) -> None:
        assert token.map is not None
        span = self.lines.span(*token.map)
        kind = _KINDS.get(token.type, "opaque")
        if kind == "html" and span.of(self.lines.source).lstrip().startswith("<!--"):
            kind = "comment"
        self.blocks.append(Block(kind, span))

    def _inline(self, token: Token, opener: Token) -> None:
        assert token.map is not None
        heading = opener.type == "heading_open"
        content = self._content(token, heading=heading)
        if content is None:
            return
        children: list[Token] = []
        parser().inline.parse(token.content, parser(), self.env, children)
        text, pieces, fixed, links = read_inline(content, children)
        self._add_links(links)
        if heading:
            self._add_heading(opener, text)
        elif not text.strip():
            self._mark_empty(token, links)
            return
        span = content.span(0, len(content.text))
        self.prose.append(
            Prose(
                kind=self._kind(opener),
                span=span,
                text=text,
                pieces=pieces,
                fixed=fixed,
                heading=len(self.headings) - 1 if self.headings else None,
                parent=self._lead[-1] if self._lead else None,
                quoted="blockquote_open" in self._open,
            )
        )

    def _content(self, token: Token, *, heading: bool) -> Content | None:
        assert token.map is not None
        if self._open and self._open[-1] in ("th_open", "td_open"):
            return self._cell(token.content, token.map[0])
        content = self.lines.content(token.content, token.map[0], heading=heading and token.map[1] - token.map[0] == 1)
        return content if content or not heading else self.lines.content("", token.map[0], heading=False)

    def _cell(self, text: str, number: int) -> Content | None:
        """A table cell, searched from where the last one ended; None if it holds an escaped pipe."""
        at = self._row[1] if self._row[0] == number else 0
        found = self.lines.shown[number].find(text, at)
        if not text or found < 0:
            return None
        self._row = (number, found + len(text))
        return Content(text, ((0, self.lines.starts[number] + found),))

    def _kind(self, opener: Token) -> ProseKind:
        if opener.type == "heading_open":
            return "heading"
        if opener.type in ("th_open", "td_open"):
            return "cell"
        if "footnote_reference_open" in self._open:
            return "footnote"
        return "item" if "list_item_open" in self._open else "paragraph"

    def _add_heading(self, opener: Token, text: str) -> None:
        assert opener.map is not None
        lines = self.lines.span(*opener.map)
        indent = len(lines.of(self.lines.source)) - len(lines.of(self.lines.source).lstrip(" >\t"))
        span = Span(lines.start + indent, lines.end)
        self.headings.append(Heading(int(opener.tag[1]), re.sub(r"\s*\{[#.][^{}]*\}\s*$", "", text).strip(), span, len(self.prose)))

    def _add_links(self, links: Sequence[InlineLink]) -> None:
        self.links += [Link(link.span, link.text, link.href, len(self.prose), link.image) for link in links]

    def _mark_empty(self, token: Token, links: Sequence[InlineLink]) -> None:
        """A top-level paragraph without words is its image, or foreign syntax."""
        if len(self._open) == 1 and self._open[0] == "paragraph_open":
            kind: BlockKind = "opaque" if FILLER in token.content else "image" if any(link.image for link in links) else "html"
            self.blocks[-1] = Block(kind, self.blocks[-1].span)


def _merged(source: str, blocks: Sequence[Block], foreign: Sequence[Span]) -> tuple[Block, ...]:
    """Blocks that one foreign stretch or one HTML wrapper spans are one block: nothing may be put between them."""
    return tuple(_join(_join(list(blocks), foreign, "opaque"), _wrappers(source, blocks), "html"))


class _Places:
    """Spans in the order of their starts, to ask which of them overlap another without going through them all."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [span.start for span in spans]
        self._ends = list(accumulate((span.end for span in spans), max))

    def over(self, span: Span) -> range:
        """The indices from the first to the last that overlaps `span`; empty if none does."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))


def _join(blocks: list[Block], spans: Sequence[Span], kind: BlockKind) -> list[Block]:
    joined: list[Block] = []
    places = _Places([b.span for b in blocks])
    for span in spans:
        inside = [blocks[n] for n in places.over(span)]
        if len(inside) > 1 or (inside and span.contains(inside[0].span)):
            joined.append(Block(kind, Span(min(span.start, inside[0].span.start), max(span.end, inside[-1].span.end))))
        elif not inside:
            joined.append(Block(kind, span))
    taken = _Places([j.span for j in joined])
    kept = [b for b in blocks if not taken.over(b.span)]
    return sorted([*kept, *joined], key=lambda b: b.span)


def _wrappers(source: str, blocks: Sequence[Block]) -> list[Span]:
    """From each raw HTML block that leaves an element open to the one that closes it."""
    spans: list[Span] = []
    opened = OpenTags()
    for block in blocks:
        if block.kind != "html":
            continue
        # no further than the last `>`: a tag that is not closed would be followed to the end of the block
        for tag in _WRAPPER.finditer(source, block.span.start, source.rfind(">", block.span.start, block.span.end) + 1):
            if tag["self"]:
                continue
            if not tag["close"]:
                opened.open(tag["name"], block.span.start)
            elif (start := opened.close(tag["name"])) is not None and start < block.span.start:
                spans.append(Span(start, block.span.end))
    return merge(spans)


# ------------------------------------------------------------------ prose


def _finished(prose: Prose, part: Sequence[KnownKind], wiki: _Places) -> Prose:
    """With the known part that it stands in, and with what nothing may be wrapped around."""
    fixed = [*prose.fixed, *(m.span() for m in _URL.finditer(prose.text)), *(m.span() for m in _BRACKETS.finditer(prose.text))]
    if wiki.over(prose.span):
        fixed += [(p.at, p.at + p.length) for p in prose.pieces if wiki.over(p.span)]
    return Prose(
        kind=prose.kind,
        span=prose.span,
        text=prose.text,
        pieces=prose.pieces,
        fixed=tuple(sorted(set(fixed))),
        heading=prose.heading,
        parent=prose.parent,
        quoted=prose.quoted,
        known=part[0] if part else None,
    )


def _sentences(prose: Sequence[Prose], language: str) -> list[Sentence]:
    return [
        Sentence(p.source_span(start, end), p.text[start:end], n, start, end)
        for n, p in enumerate(prose)
        if p.kind != "cell" and p.pieces
        for start, end in boundaries(p.text, language)
    ]
