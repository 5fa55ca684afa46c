"""A draft's top-level blocks with what placement asks of them, each found once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from geo_optimizer.compose.enclosures import Pair, pairs
from geo_optimizer.model import Block, Draft, Heading, Link, Span, measured

# What names, decorates or numbers a heading without being part of its words.
_ORNAMENT = re.compile(r"^(?:[\W_]*(?::\w+:|\d+[.)]))?[\W_]+|^\d+[.)]\s+|(?<![\W_])(?>(?::_*+[^\W_]\w*+:|[\W_])+)$")
_TOOL_COMMENT = re.compile(
    r"\{/\*|\{#|\{%-?\s*comment\b|\{\{-?\s*/\*|<%#|%%|%[ \t]|<!--|\[//\]:"
)  # of MDX, Nunjucks, Liquid, Go, ERB, Obsidian, MyST
LONGEST_TRAIL = 300  # characters; more links than fit in it are the article
_LONGEST_MARK = 300  # characters of a heading that may be one of the known ones, or of a comment for a tool
# Comments, anchors and labels that speak about the block below them.
_SPEAKS_OF_NEXT = re.compile(
    r"<!--[\s-]*(?:prettier-ignore|[\w:-]+[-:](?:disable|ignore)-next(?:-line)?|[\w:-]+ ignore-next(?:-line)?)\b[^\n\r]*-->"
    r"|\{/\*\s*(?:prettier-ignore|[\w:-]+[-:](?:disable|ignore)-next(?:-line)?)\b[^\n\r]*\*/\}"
    r"|<(?P<tag>a|span)\s[^<>]*\b(?:id|name)=[^<>]*(?:/>|>\s*</(?P=tag)>)|\([\w.:-]+\)=",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Places:
    """The indices of the blocks before which a part may stand, best first; without one, why, and what is in the way."""

    at: tuple[int, ...]
    why: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """`headings` are by the index of their block; `sections[i]` is the index of the heading that block `i` is or stands under.

    `parents`: the heading block of a higher level above each heading block. `title`: the block of the H1 that is
    the article's title; where a draft with a title in its frontmatter has several H1s, they are its sections.
    `said`: up to which block the author's running text reaches, as a count of such blocks before each index.
    `pairs`: of comments, those that share blocks as one; without a linter's around the whole text, where what is added is meant to be.
    """

    draft: Draft
    headings: dict[int, Heading]
    sections: tuple[int | None, ...]
    parents: dict[int, int | None]
    title: int | None
    said: tuple[int, ...]
    pairs: tuple[Pair, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.draft.blocks

    def text(self, i: int) -> str:
        return self.draft.text(self.blocks[i].span)

    def words(self, i: int) -> str:
        """The text of block `i` as it is read: without markup, code and what is foreign to Markdown."""
        span, prose = self.blocks[i].span, self.draft.prose
        first = bisect_left(prose, span.start, key=lambda p: p.span.start)
        last = bisect_left(prose, span.end, key=lambda p: p.span.start)
        return " ".join(p.text for p in prose[first:last])

    def items(self, i: int) -> list[tuple[str, bool]]:
        """The texts in block `i`, and whether each holds a link."""
        span, prose = self.blocks[i].span, self.draft.prose
        first = bisect_left(prose, span.start, key=lambda p: p.span.start)
        last = bisect_left(prose, span.end, key=lambda p: p.span.start)
        linked = {link.prose for link in self.links(i)}
        return [(prose[n].text, n in linked or "http" in prose[n].text) for n in range(first, last)]

    def links(self, i: int) -> tuple[Link, ...]:
        """The links in block `i`."""
        span, links = self.blocks[i].span, self.draft.links
        first = bisect_left(links, span.start, key=lambda link: link.span.start)
        return links[first : bisect_left(links, span.end, key=lambda link: link.span.start)]

    def heading(self, i: int) -> str:
        """The words of the heading at block `i` without number, emoji and closing mark, in lower case; empty if it is none."""
        text = self.headings[i].text if i in self.headings else ""
        return _ORNAMENT.sub("", text).casefold() if len(text) < _LONGEST_MARK else text

    def has_prose(self, start: int, end: int) -> bool:
        """Whether the author says anything in blocks `[start, end)`."""
        return self.said[end] > self.said[start]

    def is_comment(self, i: int) -> bool:
        """Whether no reader sees anything of block `i`."""
        return self.blocks[i].kind == "comment" or (
            self.blocks[i].kind == "opaque" and _TOOL_COMMENT.match(self.text(i).lstrip()) is not None
        )

    def is_links(self, i: int) -> bool:
        """Nothing but links and what separates them: a switch of languages, a trail of pages."""
        rest = words = self.words(i)
        if len(words) >= LONGEST_TRAIL:
            return False
        for link in self.links(i):
            rest = rest.replace(link.text, "", 1)
        return rest != words and not re.search(r"\w", rest)

    def around(self, place: int) -> Pair | None:
        """The pairs of comments, as one, inside of which a part before block `place` would stand."""
        n = bisect_left(self.pairs, place, key=lambda pair: pair.first) - 1
        return self.pairs[n] if n >= 0 and self.pairs[n].holds(place) else None

    def first_section(self) -> int:
        """The first heading that is not the title; the number of blocks if there is none."""
        return next((i for i in self.headings if i != self.title), len(self.blocks))

    def before_attached(self, place: int) -> int:
        """`place`, or the start of the comments, anchors and labels that belong to the block there."""
        while (
            0 < place < len(self.blocks)
            and len(self.blocks[place - 1].span) < _LONGEST_MARK
            and _SPEAKS_OF_NEXT.fullmatch(self.text(place - 1).strip())
        ):
            place -= 1
        return place


@measured
def layout(draft: Draft) -> Layout:
    starts = [b.span.start for b in draft.blocks]
    headings = {}
    for heading in draft.headings:
        i = bisect_right(starts, heading.span.start) - 1
        if i >= 0 and draft.blocks[i].kind == "heading":
            headings[i] = heading
    sections: list[int | None] = []
    for i in range(len(draft.blocks)):
        sections.append(i if i in headings else sections[-1] if sections else None)
    said = _said(draft)
    apart = [pair for pair in pairs(draft) if not (pair.switch and said[pair.last] - said[pair.first] == said[-1])]
    return Layout(draft, headings, tuple(sections), _parents(headings), _title(draft, headings), said, _joined(apart))


def is_italic(text: str) -> bool:
    """Wholly in italics, as editors set what stands outside the article."""
    inner = text[1:-1]
    return (
        len(text) > 2
        and text[0] == text[-1]
        and text[0] in "*_"
        and inner[0] not in "*_ "
        and not re.search(rf"(?<![\w\\]){re.escape(text[0])}|{re.escape(text[0])}(?!\w)", inner)
    )


def _joined(apart: Iterable[Pair]) -> tuple[Pair, ...]:
    joined: list[Pair] = []
    for pair in sorted(apart, key=lambda pair: (pair.first, pair.last)):
        if joined and pair.first <= joined[-1].last:
            last = joined[-1]
            joined[-1] = Pair(last.first, max(last.last, pair.last), last.switch and pair.switch)
        else:
            joined.append(pair)
    return tuple(joined)


def _parents(headings: dict[int, Heading]) -> dict[int, int | None]:
    parents: dict[int, int | None] = {}
    chain: list[int] = []
    for i, heading in headings.items():
        while chain and headings[chain[-1]].level >= heading.level:
            chain.pop()
        parents[i] = chain[-1] if chain else None
        chain.append(i)
    return parents


def _title(draft: Draft, headings: dict[int, Heading]) -> int | None:
    firsts = [i for i, heading in headings.items() if heading.level == 1]
    if not firsts:
        return None
    stated = draft.frontmatter.values.get("title") if draft.frontmatter else None
    same = isinstance(stated, str) and stated.strip().casefold() == headings[firsts[0]].text.casefold()
    return None if stated and len(firsts) > 1 and not same else firsts[0]


def _said(draft: Draft) -> tuple[int, ...]:
    parts = [part.span for part in draft.generated]
    ends = [part.end for part in parts]
    counts = [0]
    for block in draft.blocks:
        n = bisect_right(ends, block.span.start)
        ours = n < len(parts) and parts[n].overlaps(block.span)
        counts.append(counts[-1] + (block.kind in ("paragraph", "list", "quote") and not ours))
    return tuple(counts)


def nothing_to_sum_up(at: Layout) -> Places:
    """Why a draft has no place for a part: no running text, or all of it inside one block that is not entered."""
    widest = max(at.blocks, key=lambda b: len(b.span), default=None)
    if widest is not None and widest.kind in ("opaque", "html", "comment") and len(widest.span) * 2 > len(at.draft.body):
        opening = re.split(r"[\r\n]", at.draft.text(widest.span).strip(), maxsplit=1)[0][:40].rstrip()
        why = f"all of the text is inside `{opening}` (line {at.draft.line(widest.span.start)}), where nothing can be added safely"
        return Places((), why, widest.span)
    return Places((), "there is no running text outside code, tables and markup to sum up")
