"""The plain text of an inline as it is put together, each character with its place, and the parts found on the way."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it.helpers import parseLinkDestination

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects import FILLERS, SHOWN
from geo_optimizer.markdown.grammar import PLAIN_ADDRESS
from geo_optimizer.markdown.lines import Content
from geo_optimizer.model import OBJECT, Code, Footnote, Link, LinkKind, Piece, Span

_RUNS = lazily(rf"[^{FILLERS}]+|{SHOWN}[^{SHOWN}]*?(?=[^{FILLERS}]|{SHOWN}|\Z)")
FILLED = lazily(f"[{FILLERS}]")


@dataclass(slots=True)
class Inline:
    """What one inline's tokens say: plain text, its pieces, the ranges nothing may be wrapped around, and the parts in it."""

    text: str
    pieces: tuple[Piece, ...]
    fixed: tuple[tuple[int, int], ...]
    links: tuple[Link, ...]
    code: tuple[Code, ...]
    footnotes: tuple[Footnote, ...]


class Reading:
    """The plain text that is put together so far, and what was found in it; `prose` is the number that it will have in the draft."""

    def __init__(self, source: str, content: Content, prose: int) -> None:
        self.source = source
        self.content = content
        self.prose = prose
        self.filled = FILLED.search(content.text) is not None
        # Where the first character lies, if all of the content lies there one after the other and is shown as it is.
        self.base = content.sources[0] - content.offsets[0] if len(content.offsets) == 1 and not self.filled else None
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.fixed: list[tuple[int, int]] = []
        self.links: list[Link] = []
        self.code: list[Code] = []
        self.footnotes: list[Footnote] = []

    def put(self, shown: str, start: int, end: int) -> None:
        """Add `shown`, read from `content[start:end]`."""
        if shown:
            self._add(shown, self.content.span(start, end))

    def put_text(self, start: int, end: int) -> None:
        """Add `content[start:end]` as a reader reads it: every line end, with the blanks around it, is a space."""
        text = self.content.text
        if self.base is not None:
            if start < end:
                self._add(text[start:end], Span(self.base + start, self.base + end))
            return
        while (line_end := text.find("\n", start, end)) >= 0:
            last = line_end
            while last > start and text[last - 1] == " ":
                last -= 1
            self.put_verbatim(start, last)
            start = line_end + 1
            while start < end and text[start] in " \t":
                start += 1
            self.put(" ", line_end, start)
        self.put_verbatim(start, end)

    def put_verbatim(self, start: int, end: int) -> None:
        """Add `content[start:end]` as it is, with OBJECT for foreign syntax of which something is shown, and nothing for the rest of it."""
        if start == end:
            return
        if not self.filled and (whole := self.content.verbatim(start, end)):
            self._add(self.content.text[start:end], whole)
            return
        for first, last in self.content.runs(start, end):
            shown, span = self.content.text[first:last], self.content.span(first, last)
            if not self.filled or not FILLED.search(shown):
                self._add(shown, span)
                continue
            for part in _RUNS.finditer(shown):
                text = OBJECT if part.group().startswith(SHOWN) else part.group()
                self._add(text, Span(span.start + part.start(), span.start + part.end()))

    def _add(self, shown: str, span: Span) -> None:
        length = len(shown)
        self.pieces.append(Piece(self.length, length, span))
        self.text.append(shown)
        self.length += length

    def add_code(self, start: int, end: int, ticks: int, *, trimmed: bool) -> None:
        """Add a code span: its line ends are spaces; one space on either side is no part of it if `trimmed`."""
        first, last = start + ticks + trimmed, end - ticks - trimmed
        lines, at, length = [], first, self.length
        for line in self.content.text[first:last].split("\n"):
            if at > first:
                self.put(" ", at - 1, at)
            span = self.content.span(at, at + len(line))
            if self.base is not None and line:
                self._add(line, span)
            else:
                self.put_verbatim(at, at + len(line))
            lines.append(span)
            at += len(line) + 1
        self.fixed.append((length, self.length))
        self.code.append(Code("inline", self.content.span(start, end), tuple(lines)))

    def link(
        self,
        at: tuple[int, int],
        text: tuple[int, int],
        known: tuple[int, int] | None,
        read: str,
        shown: str | None = None,
        *,
        kind: LinkKind,
        image: bool = False,
    ) -> Link:
        """The link or image at `at`, whose text and (if `known`) destination stand at these ranges of the content."""
        content = self.content
        return Link(
            span=content.span(*at),
            text=FILLED.sub("", content.text[slice(*text)]) if shown is None else shown,
            href=href(self.source, content, known, read) if self.filled else read,
            prose=self.prose,
            image=image,
            kind=kind,
            text_span=content.span(*text),
            href_span=content.span(*known) if known else None,
        )

    def done(self) -> Inline:
        return Inline("".join(self.text), tuple(self.pieces), tuple(self.fixed), tuple(self.links), tuple(self.code), tuple(self.footnotes))


def destination(content: Content, at: int, end: int) -> tuple[int, int] | None:
    """The range of the link destination that stands at or after `at` and before `end`, without `<>`; None if none is to be read."""
    text = content.text
    while at < end and text[at] in " \t\n":
        at += 1
    if plain := PLAIN_ADDRESS.match(text, at, end):
        return plain.span()
    found = parseLinkDestination(text, at, end)
    if not found.ok:
        return (at, at) if text.startswith(")", at) else None
    return (at + 1, found.pos - 1) if text.startswith("<", at) else (at, found.pos)


def href(source: str, content: Content, at: tuple[int, int] | None, read: str) -> str:
    """A destination as the parser read it; as it is written where it holds template syntax."""
    return content.span(*at).of(source) if at and FILLED.search(content.text, *at) else read
