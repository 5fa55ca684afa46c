"""Text -> Draft: every part with the exact characters it was read from."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from geo_optimizer.errors import DraftRefused
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects import FILLERS, OpenTags, dialect_of, mask, merge
from geo_optimizer.markdown.frontmatter import find_frontmatter
from geo_optimizer.markdown.grammar import ROWS, START, Row, block_tokens
from geo_optimizer.markdown.inline import read_inline
from geo_optimizer.markdown.language import language_of
from geo_optimizer.markdown.lines import LINE_END, Content, Lines, line_starts
from geo_optimizer.markdown.parts import find_known
from geo_optimizer.markdown.reading import Inline, destination, href
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import (
    OBJECT,
    Block,
    BlockKind,
    Code,
    CodeKind,
    Definition,
    Dialect,
    Draft,
    Footnote,
    Frontmatter,
    Heading,
    Item,
    KnownKind,
    Link,
    Newline,
    Piece,
    Prose,
    ProseKind,
    Sentence,
    Span,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

BOM = "\ufeff"
_H1 = lazily(r"<h1\b[^<>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_H1_END = lazily(r"</h1>", re.IGNORECASE)
_TAG = lazily(r"<[^<>]*>")
_LABEL = lazily(r"\[(?P<label>(?:[^\[\]\\]|\\.)*)\]:", re.DOTALL)  # of a link definition
_ATTRIBUTES = lazily(r"\{(?::?[ \t]*[#.][^{}]*|-)\}\s*")  # `{-}`: Pandoc's "not numbered"
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
_WRAPPER = lazily(
    r"<(?P<close>/?)(?P<name>div|section|details|figure|center|aside|article|main|header|footer|nav|table|[A-Z]\w*)\b[^>]*?(?P<self>/?)>"
)
_URL = lazily(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_BRACKETS = lazily(r"\[[^\[\]]*\]")
_OBJECTS = lazily(OBJECT)


def parse(source: str, path: str = "draft.md", *, dialect: Dialect | None = None, language: str | None = None) -> Draft:
    """Read a draft.

    `path` and what the text begins with tell the dialect; `path` stands in messages; nothing is opened.
    Raises DraftRefused where the text cannot be understood for certain:
    broken or unclosed frontmatter, MDX that does not balance.
    """
    try:
        return _parse(source, path, dialect, language)
    except DraftRefused as error:
        error.path = path
        raise


def blocks_of(source: str, dialect: Dialect) -> tuple[Block, ...]:
    """`Draft.blocks` alone, for a fraction of the work. Raises DraftRefused as `parse` does."""
    _, body = _divided(source)
    masked, foreign, _ = mask(body.of(source), dialect)
    reader = _Reader(Lines(source, body, masked))
    reader.read(only_blocks=True)
    return _merged(source, reader.blocks, _moved(foreign, body.start))


def _divided(source: str) -> tuple[Frontmatter | None, Span]:
    """The metadata, and where the body lies; a byte order mark belongs to neither."""
    frontmatter = metadata_of(source)
    return frontmatter, Span(frontmatter.span.end if frontmatter else _top(source), len(source))


def metadata_of(source: str) -> Frontmatter | None:
    """The frontmatter of a draft alone. Raises DraftRefused as `parse` does."""
    return find_frontmatter(source, _top(source))


def _top(source: str) -> int:
    return len(BOM) if source.startswith(BOM) else 0


def _parse(source: str, path: str, dialect: Dialect | None, language: str | None) -> Draft:
    frontmatter, body = _divided(source)
    dialect = dialect or dialect_of(path, body.of(source))
    try:
        masked, foreign, wiki = mask(body.of(source), dialect)
    except DraftRefused as error:
        error.line = (error.line or 1) + len(LINE_END.findall(source, 0, body.start))
        raise
    reader = _Reader(Lines(source, body, masked))
    reader.read()
    blocks = _merged(source, reader.blocks, _moved(foreign, body.start))
    known = find_known(source, blocks, frontmatter)
    generated = [part for part in known if not part.of_text]
    parts, places = _Places([part.span for part in generated]), _Places(_moved(wiki, body.start))
    prose = tuple(_finished(p, [generated[n].kind for n in parts.over(p.span)[:1]] if generated else (), places) for p in reader.prose)
    language = language or _stated_language(frontmatter) or language_of([p.text for p in prose if p.kind != "cell" and p.known is None])
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
        items=tuple(reader.items),
        code=tuple(reader.code),
        footnotes=tuple(reader.footnotes),
        definitions=tuple(reader.definitions),
        line_starts=tuple(line_starts(source)),
    )


def _html_title(source: str, blocks: Sequence[Block]) -> str | None:
    """The text of an `<h1>` written as HTML, as README files have it."""
    for block in blocks:
        # no further than the last closing tag: an `<h1>` without one would be followed to the end of the block, and so would the next
        end = max((m.end() for m in _H1_END.finditer(source, block.span.start, block.span.end)), default=0) if block.kind == "html" else 0
        if end and (title := _H1.search(source, block.span.start, end)):
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


@dataclass(slots=True)
class _Holder:
    """An item or footnote that is open: its place in the draft's, where it begins, the least it covers, the texts it holds."""

    place: int
    start: int
    least: int
    prose: list[int] = field(default_factory=list)


class _Reader:
    """One walk over the block tokens."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.tokens, self.env = block_tokens(lines.text)
        self.blocks: list[Block] = []
        self.prose: list[Prose] = []
        self.headings: list[Heading] = []
        self.items: list[Item] = []
        self.links: list[Link] = []
        self.code: list[Code] = []
        self.footnotes: list[Footnote] = []
        self.definitions = [self._definition(token) for token in self.tokens if token.type == "definition"]
        self._open: list[str] = []  # types of the open containers
        self._lead: list[int | None] = []  # for each open list: the prose that introduces it
        self._holders: list[_Holder] = []
        self._end = 0  # of the block read last
        self._table: tuple[list[Row], int] = ([], 0)  # the rows of the table that is being read, and the line of the first
        self._cells: Iterator[Content] = iter(())  # of the row that is being read, those to come

    def read(self, *, only_blocks: bool = False) -> None:
        for i, token in enumerate(self.tokens):
            if token.nesting < 0:
                self._leave(token.type)
                continue
            if token.level == 0 and token.map:
                self._block(token)
            if token.meta and ROWS in token.meta:
                self._leaf(token)
            if token.type == "inline":
                if not only_blocks or (self._open == ["paragraph_open"] and not token.content[:1].isalnum()):  # it may have no words
                    self._inline(token, self.tokens[i - 1])
            elif token.nesting == 1:
                self._enter(token)

    def _enter(self, token: Token) -> None:
        kind = token.type
        if kind.endswith("_list_open"):
            self._lead.append(self._last_prose())
        elif kind == "list_item_open":
            self._item(token)
        elif kind == "footnote_reference_open":
            self._footnote(token)
        elif kind == "tr_open":
            assert token.map is not None
            rows, first = self._table
            self._cells = iter(self.lines.cells(rows[token.map[0] - first], token.map[0]))
        self._open.append(kind)

    def _leave(self, kind: str) -> None:
        self._open.pop()
        if kind.endswith("_list_close"):
            self._lead.pop()
        elif kind in ("list_item_close", "footnote_reference_close"):
            holder = self._holders.pop()
            self._end = max(holder.least, self._end)
            span = Span(holder.start, self._end)
            if kind == "list_item_close":
                item = self.items[holder.place]
                self.items[holder.place] = Item(span, item.ordered, item.depth, tuple(holder.prose))
            else:
                self.footnotes[holder.place] = self.footnotes[holder.place]._replace(span=span)

    def _item(self, token: Token) -> None:
        start = self._start(token)
        least = start + len(token.info) + 1
        self._holders.append(_Holder(len(self.items), start, least))
        self.items.append(Item(Span(start, least), ordered=bool(token.info), depth=len(self._lead) - 1))

    def _footnote(self, token: Token) -> None:
        start = self._start(token)
        label = Span(start + len("[^"), start + len("[^") + len(token.meta["label"]))
        self._holders.append(_Holder(len(self.footnotes), start, label.end + len("]:")))
        self.footnotes.append(Footnote(Span(start, label.end + len("]:")), label.of(self.lines.source), definition=True))

    def _definition(self, token: Token) -> Definition:
        """A link definition; where its address holds template syntax, references to it are to have it as it is written."""
        assert token.map is not None
        content = self.lines.joined(token.meta[ROWS], token.map[0])
        label = _LABEL.match(content.text)
        at = destination(content, label.end(), len(content.text)) if label else None
        address = href(self.lines.source, content, at, token.meta["url"])
        meant = self.env["references"][token.meta["id"]]
        if meant["map"] == token.map:
            meant["href"] = address
        return Definition(
            span=Span(self._start(token), self.lines.span(*token.map).end),
            label=content.span(*label.span("label")).of(self.lines.source) if label else token.meta["label"],
            href=address,
            href_span=content.span(*at) if at else None,
        )

    def _start(self, token: Token) -> int:
        assert token.map is not None
        return self.lines.at(token.meta[START], token.map[0])

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

    def _leaf(self, token: Token) -> None:
        assert token.map is not None
        first, rows = token.map[0], token.meta[ROWS]
        self._end = self.lines.span(*token.map).end
        if token.type == "table_open":
            self._table = rows, first
        elif token.type == "fence":
            self._add_code("fenced", self._start(token), self.lines.rows(rows, first + 1), token.info.strip())
        elif token.type == "code_block":
            content = self.lines.rows(rows, first)
            self._add_code("indented", content[0].start, content)

    def _add_code(self, kind: CodeKind, start: int, content: Sequence[Span], info: str = "") -> None:
        """A code block without the blank lines that follow one that is never closed."""
        lines = tuple(line for line in content if line.end <= self._end)
        self.code.append(Code(kind, Span(start, self._end), lines, info))

    def _inline(self, token: Token, opener: Token) -> None:
        content = self._content(token, opener)
        if content is None:
            return
        inline = read_inline(self.lines.source, content, self.env, len(self.prose))
        heading = opener.type == "heading_open"
        empty = not heading and not inline.text.replace(OBJECT, " ").strip()
        self.links += [link._replace(prose=None) for link in inline.links] if empty else inline.links
        self.code += inline.code
        self.footnotes += inline.footnotes
        if empty:
            self._mark_empty(token, inline.links)
            return
        if heading:
            inline = _without_attributes(inline)
            self._add_heading(opener, inline.text)
        if self._holders:
            self._holders[-1].prose.append(len(self.prose))
        self.prose.append(
            Prose(
                kind=self._kind(opener),
                span=content.span(0, len(content.text)),
                text=inline.text,
                pieces=inline.pieces,
                fixed=inline.fixed,
                heading=len(self.headings) - 1 if self.headings else None,
                parent=self._lead[-1] if self._lead else None,
                quoted="blockquote_open" in self._open,
            )
        )

    def _content(self, token: Token, opener: Token) -> Content | None:
        """Where an inline's content lies; None for a cell that is not written, only meant."""
        if opener.type in ("th_open", "td_open"):
            cell = next(self._cells, None)
            return cell if cell and cell.text == token.content else None
        assert opener.map is not None
        rows = opener.meta[ROWS]
        marks = len(opener.markup) if opener.markup.startswith("#") else 0
        return self.lines.content(token.content, rows, opener.map[0], skip=marks)

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
        span = Span(self._start(opener), self.lines.span(*opener.map).end)
        self.headings.append(Heading(int(opener.tag[1]), text.strip(), span, len(self.prose)))

    def _mark_empty(self, token: Token, links: Sequence[Link]) -> None:
        """A top-level paragraph without words is its image, or foreign syntax."""
        if len(self._open) == 1 and self._open[0] == "paragraph_open":
            kind: BlockKind = (
                "opaque" if any(filler in token.content for filler in FILLERS) else "image" if any(link.image for link in links) else "html"
            )
            self.blocks[-1] = Block(kind, self.blocks[-1].span)


def _without_attributes(inline: Inline) -> Inline:
    """A heading's text and its pieces without the attributes that end it: `{#id .class}`."""
    opening = inline.text.rfind("{")
    if opening < 0 or not _ATTRIBUTES.fullmatch(inline.text, opening):
        return inline
    end = len(inline.text[:opening].rstrip())
    pieces = [p if p.at + p.length <= end else _cut(p, end) for p in inline.pieces if p.at < end]
    return replace(
        inline,
        text=inline.text[:end],
        pieces=tuple(pieces),
        fixed=tuple((a, min(b, end)) for a, b in inline.fixed if a < end),
    )


def _cut(piece: Piece, end: int) -> Piece:
    """The part of a piece that is before `end` of the text."""
    length = end - piece.at
    span = Span(piece.span.start, piece.span.start + length) if piece.length == len(piece.span) else piece.span
    return Piece(piece.at, length, span)


def _merged(source: str, blocks: Sequence[Block], foreign: Sequence[Span]) -> tuple[Block, ...]:
    """Blocks that one foreign stretch or one HTML wrapper spans are one block: nothing may be put between them."""
    return tuple(_join(_join(list(blocks), foreign, "opaque"), _wrappers(source, blocks), "html"))


class _Places:
    """Spans in the order of their starts, to ask which of them overlap another without going through them all."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [span.start for span in spans]
        self._ends = list(accumulate((span.end for span in spans), max))

    def __bool__(self) -> bool:
        return bool(self._starts)

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
    text, fixed = prose.text, set(prose.fixed)
    if "://" in text or "www." in text:
        fixed.update(url.span() for url in _URL.finditer(text))
    if "[" in text:
        fixed.update(bracket.span() for bracket in _BRACKETS.finditer(text))
    if OBJECT in text:
        fixed.update(shown.span() for shown in _OBJECTS.finditer(text))
    if wiki and wiki.over(prose.span):
        fixed.update((p.at, p.at + p.length) for p in prose.pieces if wiki.over(p.span))
    if not part and len(fixed) == len(prose.fixed) and (len(fixed) < 2 or prose.fixed == tuple(sorted(fixed))):
        return prose
    return Prose(
        kind=prose.kind,
        span=prose.span,
        text=prose.text,
        pieces=prose.pieces,
        fixed=tuple(sorted(fixed)),
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
