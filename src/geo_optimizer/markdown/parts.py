"""Generated parts, known by their shape: a heading, label, box or key in the known words, or the link comment's first line.

No markers: an editor may reword everything below the label, and authors who
wrote a TL;DR of their own are recognised too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter import EMPTY
from geo_optimizer.markdown.lines import LINE_END
from geo_optimizer.model import Block, BlockKind, Frontmatter, Known, KnownKind, Span


class _Read(Protocol):
    """Which part a block's text announces; `above`: before or at the first section."""

    def __call__(self, text: str, *, above: bool) -> KnownKind | None: ...


# What the writer uses, by language: the label of the TL;DR and of the takeaways.
LABELS: dict[str, tuple[str, str]] = {
    "en": ("TL;DR", "Key takeaways"),
    "de": ("Das Wichtigste in Kürze", "Kernaussagen"),
    "fr": ("En bref", "À retenir"),
    "es": ("En resumen", "Puntos clave"),
    "it": ("In breve", "Punti chiave"),
    "pt": ("Em resumo", "Pontos principais"),
    "nl": ("In het kort", "Belangrijkste punten"),
}
LINK_COMMENT = "geo-optimizer: internal link suggestions"
# What a comment says that ends what lists of pages show of an article.
EXCERPT_ENDS = r"more|truncate|(?:end[ _-]?)?excerpt|end|read[ -]?more|teaser[_-]end|pelican_end_summary"

_NAME = r"tl\s?[;/:.,-]?\s?dr;?"
_TLDR = lazily(
    rf"(?:the |a |quick )?{_NAME}(?: version| summary| section)?|summary \({_NAME}\)?|too long[;,]? didn.?t read|in (?:brief|short|a nutshell)|(?:key (?:points|facts) )?at a glance"
    r"|executive summary|the (?:short|quick|brief) version|(?:quick|brief|short) (?:summary|take|version|overview|answer)|summary in \w+ (?:lines|points|sentences)"
    r"|(?:das wichtigste )?auf einen blick|kurz (?:gesagt|gefasst|und knapp|und bündig)|zusammengefasst|kurzfassung|in kürze|das wichtigste(?: in kürze| vorab| zusammengefasst)?"
    r"|en bref|en résumé|l.essentiel(?: en bref)?|en (?:deux|quelques) mots|résumé rapide|en resumen|en breve|en pocas palabras|lo esencial|resumen rápido|in breve|in sintesi|in (?:poche|due) parole"
    r"|em resumo|em síntese|em poucas palavras|resumindo|resumo rápido|in het kort|kort samengevat|samengevat|kortom|in een notendop",
    re.IGNORECASE,
)
_TAKEAWAYS = lazily(
    r"(?:the |our |my |your )?(?:key |main |top |big |important |quick )?take-?aways?|(?:key|main) (?:points|lessons|messages|learnings|insights)|what to remember|(?:things|points) to remember"
    r"|kernaussagen|kernpunkte|(?:die )?wichtigste[n]? (?:erkenntnisse|punkte|aussagen)|fazit in kürze|das sollten sie sich merken|[àa] retenir|(?:les )?points (?:clés|clefs|essentiels)|ce qu.il faut retenir"
    r"|l.essentiel à retenir|puntos (?:clave|principales)|ideas clave|conclusiones clave|lo más importante|punti (?:chiave|principali|salienti)|da ricordare|pontos[- ](?:principais|chave)|principais (?:pontos|conclusões)"
    r"|belangrijkste (?:punten|inzichten|lessen)|kernpunten|om te onthouden",
    re.IGNORECASE,
)
# A summary: above the first section it stands for a TL;DR, further down for takeaways.
_SUMMARY = lazily(
    r"(?:the )?bottom line|(?:the |a |main |key )?(?:summary|highlights|findings|points|facts)|abstract|zusammenfassung|résumé|sommaire|resumen|riassunto|sommario|resumo|samenvatting",
    re.IGNORECASE,
)
# In a heading that says more; not the program of that name ("tldr pages").
_NAMED = lazily(rf"(?:the |quick )?{_NAME}(?:\s*[:–—|(/,.!-]|\s+(?:of|for|on)\b)|.*[(/:|–—-]\s*{_NAME}\W*$", re.IGNORECASE)
# Run into a paragraph it needs a mark of its own: emphasis, or a colon or dash; the name with its semicolon is one itself.
_BOLD = lazily(r"(?P<mark>\*{1,3}|_{1,3})(?P<label>[^*_]+?)(?P=mark)")
_PLAIN = lazily(rf"[*_(\[\"“]{{0,3}}(?:(?P<label>{_NAME})\s*(?:[:–—]|-(?=\s))|(?P<name>tl(?:;\s?dr;?|\s?dr;))(?=\s))", re.IGNORECASE)
_CALLOUT = lazily(r"^[> \t]*\[!\w+\][+-]?[> \t\r\n]*")
_INNER_HEADING = lazily(r"#+\s*(?P<label>.+)")
# Names of components, shortcodes, directives, admonitions, callouts, classes; spelled without case, hyphen or underscore.
_BOX_NAMES: dict[str, KnownKind] = {
    **dict.fromkeys(("tldr", "tldrbox", "toolongdidntread", "inbrief", "inshort", "quicksummary", "executivesummary"), "tldr"),
    **dict.fromkeys(("takeaways", "takeaway", "keytakeaways", "keytakeaway", "keypoints", "keylearnings"), "takeaways"),
}
_BOX_SUMMARIES = frozenset(("summary", "abstract", "highlights", "articlesummary", "postsummary"))
_BOX = lazily(
    r"[> \t]*(?:<!--.*?-->\s*)?(?::{3,}|/{3,}|`{3,}|~{3,}|!!!|\?\?\?\+?|<|\{\{[<%]?-?|\{%-?|\[!)[ \t]*\{?(?P<name>[A-Za-z][\w.-]*)\]?\}?[+-]?(?P<rest>[^\r\n]*)",
)
_BOX_TITLE = lazily(
    r"\b(?:title|label|heading|header|name|summary)\s*[=:]\s*\{?[\"'“](?P<named>[^\"'”\r\n]+)|^\s*(?:\|\s*)?[\"'\[](?P<quoted>[^\"'\]\r\n]+)|^\s*\|?\s*(?P<bare>[^\"'<>{}=|\r\n]+)$",
    re.IGNORECASE,
)
_HTML_TITLE = lazily(r"<(?:summary|strong|b|h[1-6]|legend|em)\b[^<>]*>\s*(?:<[^<>]*>\s*)*(?P<text>[^<>\r\n]{2,80})", re.IGNORECASE)
# What opens a box, or boxes in boxes, up to the first line inside; of MyST with its options.
_OPENING = lazily(
    r"\s*(?:(?::{3,}|`{3,}|~{3,})[ \t]*\{[^\r\n]*(?:\s*?[\r\n][ \t]*:[\w-]+:[^\r\n]*)*|(?::{3,}|/{3,}|!!!|\?\?\?)[^\r\n]*"
    r"|\{\{[<%][^{}\r\n]*[>%]\}\}|\{%[^{}\r\n]*%\}|<[A-Za-z][^<>]*>|<!--[^<>]*-->)"
)
_DEFINED = lazily(r"(?P<term>[^\r\n]+)(?:\r\n|\r|\n)\s*:\s")
_MARKER = lazily(r"\s*(?:(?P<bullet>[-*+])|\d{1,9}(?P<number>[.)]))\s+")
_SECTION_INSIDE = lazily(r"[\r\n][ \t]*#{1,6}[ \t]")
# Comments behind which another thing begins: ends of an excerpt, tables of contents, ranges for tools, words about the next block.
_DIVIDES = lazily(
    rf"\W*(?:{EXCERPT_ENDS}|"
    r"/?toc\w*|(?:wp|anchor\w*):.*|(?:start|begin|end|/?#?(?:end)?region)\b.*"
    r"|[\w:-]*[-:](?:ignore|disable|enable|start|end)\b.*|[\w:-]+ (?:ignore|disable|enable|on|off)\b.*|"
    + re.escape(LINK_COMMENT)
    + r".*)\W*",
    re.IGNORECASE | re.DOTALL,
)
_CLASS = lazily(r"\b(?:class(?:Name)?|id|type|variant)\s*=\s*\{?[\"'](?P<names>[^\"'\r\n]*)", re.IGNORECASE)
_KEYS: dict[str, KnownKind] = {**_BOX_NAMES, "tl;dr": "tldr"}
_KEY_LINE = lazily(r"^(?P<key>[^\r\n:=]++)[:=][^\r\n]*", re.MULTILINE)
_AROUND_KEYS = " \t\"'"
_ICON = lazily(r"^(?:[^\s*_#]{1,4}|:\w+:)\s+(?=[*_]|tl)", re.IGNORECASE)
_LONGEST_LABEL = 80  # characters; what is longer says something itself
_LONGEST_HEADING = 300  # characters; no label with what may stand beside it is longer
_LONGEST_INTRODUCTION = 160  # characters of a paragraph that leads to a list with its colon
_LONGEST_BOX = 2500  # characters; a box that opens with a label and is longer holds more than that part
_LONGEST_COMMENT = 300  # characters of a comment that an editor wrote between lines
_LONGEST_LINE = 400  # characters; a paragraph that was a line of ours is no longer
_MOST_LINES = 7
_LOOKED_AT = 600  # characters of a box in which its title stands
_TAG = lazily(r"<[^<>]*>|\s*\{[:#.][^{}]*\}\s*$")
_EDGES = lazily(r"^(?:[\W_]*(?::\w+:|\d+[.)]\s))?[\W_]+|^\d+[.)]\s+|(?<![\W_])(?>(?::_*+[^\W_]\w*+:|[\W_])+)$")


def label_kind(text: str) -> KnownKind | None:
    """Which part this heading or label announces, if it is nothing but that label."""
    return _kind(_words(text))


def _kind(words: str) -> KnownKind | None:
    if _TLDR.fullmatch(words):
        return "tldr"
    if _TAKEAWAYS.fullmatch(words):
        return "takeaways"
    return None


def find_known(source: str, blocks: Sequence[Block], frontmatter: Frontmatter | None = None) -> tuple[Known, ...]:
    """The known parts of a draft, in order: keys of its frontmatter that hold one, and parts among its top-level blocks."""
    found = [*_keys(source, frontmatter)] if frontmatter else []
    first_section = next((i for i, b in enumerate(blocks) if b.kind == "heading" and _level(b.span.of(source)) > 1), len(blocks))
    stated = frontmatter.values.get("excerpt_separator") if frontmatter else None
    outline = _Outline(source, blocks, stated.strip() if isinstance(stated, str) else "")
    for i, block in enumerate(blocks):
        text = outline.text(i)
        kind = _announces(block, text, above=i <= first_section)
        within = found[-1] if found and found[-1].span.contains(block.span) and not found[-1].of_text else None
        if kind and not (within and within.kind == kind):
            found.append(_part(outline, i, kind))
    return tuple(found)


def _announces(block: Block, text: str, *, above: bool) -> KnownKind | None:
    """Which part begins with this block; `above`: before or at the first section."""
    if _is_link_comment(block, text):
        return "links"
    return next((kind for read in _READERS.get(block.kind, ()) if (kind := read(text, above=above))), None)


def _part(outline: _Outline, i: int, kind: KnownKind) -> Known:
    block, text = outline.blocks[i], outline.text(i)
    if block.kind == "heading":
        of_text = _is_summary(_heading_text(text))
        reach = _listed(outline, i) or _under(outline, i, kind)
        return Known(kind, Span(block.span.start, outline.blocks[reach.last].span.end), of_text, None if of_text else reach.lines)
    if kind != "links" and outline.is_label(i):
        reach = _listed(outline, i) or _below(outline, i)
        return Known(kind, Span(block.span.start, outline.blocks[reach.last].span.end), lines=reach.lines)
    return Known(kind, _first_item_span(block, text) if block.kind == "list" else block.span)


def _keys(source: str, frontmatter: Frontmatter) -> Iterator[Known]:
    """Each key that holds a part; its span is the key's line."""
    filled = (str(key) for key, value in frontmatter.values.items() if value not in EMPTY and value is not False)
    kinds = {key.strip(_AROUND_KEYS): kind for key in filled if (kind := _KEYS.get(_squeezed(key)))}
    for line in _KEY_LINE.finditer(source, frontmatter.content.start, frontmatter.content.end) if kinds else ():
        if kind := kinds.pop(line["key"].strip(_AROUND_KEYS), None):
            yield Known(kind, Span(*line.span()))


def _squeezed(name: str) -> str:
    return re.sub(r"[-_. ]", "", name).casefold()


def _words(text: str) -> str:
    return _EDGES.sub("", _TAG.sub("", text)) if len(text) < _LONGEST_HEADING else text


def _announced(text: str, *, above: bool) -> KnownKind | None:
    """What a heading or label announces; `above`: before or at the first section."""
    words = _words(text)
    if _SUMMARY.fullmatch(words):
        return "tldr" if above else "takeaways"
    return _kind(words)


def _is_summary(text: str) -> bool:
    return bool(_SUMMARY.fullmatch(_words(text)))


def _headed(text: str, *, above: bool) -> KnownKind | None:
    """What a heading announces; beside "TL;DR" it may say more."""
    text = _heading_text(text)
    return _announced(text, above=above) or (
        "tldr" if len(text) < _LONGEST_HEADING and _NAMED.match(_TAG.sub("", text).strip(" *_")) else None
    )


def _is_link_comment(block: Block, text: str) -> bool:
    return block.kind in ("comment", "opaque", "html") and text.lstrip("<!-{/* \t\r\n").startswith(LINK_COMMENT)


def _level(text: str) -> int:
    return len(text) - len(text.lstrip("#")) or (2 if text.rstrip().endswith("-") else 1)


def _heading_text(text: str) -> str:
    return LINE_END.split(text, maxsplit=1)[0].strip().strip("#").strip()


def _boxed(text: str, *, above: bool) -> KnownKind | None:
    """What a box announces by its title or, without one, by its name or class."""
    text = text[:_LOOKED_AT]
    box = _BOX.match(text.lstrip())
    if box is None:
        return None
    titled = _BOX_TITLE.search(box["rest"].strip().strip("%>}/ "))
    html = _HTML_TITLE.search(text)
    title = next(
        (words for words in ((titled["named"] or titled["quoted"] or titled["bare"]) if titled else None, html and html["text"]) if words),
        None,
    )
    if title and (kind := _announced(title, above=True)):
        return kind if above or label_kind(title) else None
    classes = _CLASS.search(box["rest"])
    names = [_squeezed(name) for name in (box["name"], *(classes["names"].split() if classes else ()))]
    if kind := next((_BOX_NAMES[name] for name in names if name in _BOX_NAMES), None):
        return kind
    return "tldr" if above and not title and names[0] in _BOX_SUMMARIES else None


def _inside(text: str, *, above: bool) -> KnownKind | None:
    """What the first line inside a box announces, or a term that is defined, if all of it can be that part."""
    if defined := _DEFINED.match(text[:_LOOKED_AT]):
        return _within(defined["term"], above=above)
    if len(text) > _LONGEST_BOX:
        return None
    at, end = 0, min(len(text), _LOOKED_AT)
    while opening := _OPENING.match(text, at, end):
        at = opening.end()
    inner = text[at:].lstrip()
    if not at or _SECTION_INSIDE.search(inner):
        return None
    return _within(LINE_END.split(inner, maxsplit=1)[0], above=above)


def _within(line: str, *, above: bool) -> KnownKind | None:
    """What a line announces that stands first in something; below the first section "Summary" is then about that thing."""
    return None if not above and _is_summary(line) else _run_in(line, above=above)


def _header_cell(text: str, *, above: bool) -> KnownKind | None:
    """A table of one column, with a label above it."""
    return _within(LINE_END.split(text, maxsplit=1)[0].strip("| \t"), above=above)


def _first_item(text: str, *, above: bool) -> KnownKind | None:  # noqa: ARG001 - one of the readers of a block, by its name wherever it stands
    """A list that opens with "TL;DR: ..."; other labels are as likely what the list is about."""
    marker = _MARKER.match(text)
    line = LINE_END.split(text[marker.end() :], maxsplit=1)[0] if marker else ""
    return "tldr" if any(re.fullmatch(_NAME, _words(label), re.IGNORECASE) for label in _labels(line)) else None


def _first_item_span(block: Block, text: str) -> Span:
    """The first item's lines, up to the next marker that is no deeper."""
    first = _MARKER.match(text)
    indent = len(text) - len(text.lstrip(" "))
    following = re.compile(rf"[\r\n][ ]{{0,{indent + 1}}}(?:[-*+]|\d+[.)])\s").search(text, first.end() if first else 0)
    return Span(block.span.start, block.span.start + len(text[: following.start()].rstrip())) if following else block.span


# ------------------------------------------------------------------ how far a part reaches


class _Reach(NamedTuple):
    """The last block of a part, and its lines as in `Known`."""

    last: int
    lines: Span | None = None


class _Outline(NamedTuple):
    """The blocks of a draft, and what ends an excerpt in it beside the usual marks."""

    source: str
    blocks: Sequence[Block]
    separator: str

    def text(self, i: int) -> str:
        return self.blocks[i].span.of(self.source)

    def kind(self, i: int) -> BlockKind | None:
        """None past the end."""
        return self.blocks[i].kind if i < len(self.blocks) else None

    def is_label(self, i: int) -> bool:
        """Whether the block is nothing but a label."""
        return (
            self.kind(i) == "paragraph" and len(self.blocks[i].span) < _LONGEST_LABEL and _announced(self.text(i), above=True) is not None
        )

    def is_introduction(self, i: int) -> bool:
        """Whether the block is a short paragraph that leads to what follows with its colon."""
        return (
            self.kind(i) == "paragraph"
            and len(self.blocks[i].span) <= _LONGEST_INTRODUCTION
            and self.text(i).rstrip("*_ \t").endswith((":", "："))
            and not self.is_label(i)
        )

    def is_remark(self, i: int) -> bool:
        """Whether the block is a comment that can stand in the middle of a part: of those that an editor leaves."""
        if self.kind(i) not in ("comment", "opaque") or len(self.blocks[i].span) > _LONGEST_COMMENT:
            return False
        text = self.text(i).strip()
        comment = (text.startswith("<!--") and text.endswith("-->")) or (text.startswith("{/*") and text.endswith("*/}"))
        return comment and text != self.separator and not _DIVIDES.fullmatch(text)

    def marker(self, i: int) -> str | None:
        """What marks the items of the list at `i`: a bullet, or what closes its numbers."""
        marker = _MARKER.match(self.text(i))
        return (marker["bullet"] or marker["number"]) if marker else None

    def is_empty(self, at: int) -> bool:
        """Whether the label or heading at `at` certainly has nothing under it."""
        i = at + 1
        while self.kind(i) in ("definition", "footnote"):
            i += 1
        if self.kind(i) == "heading":
            return self.kind(at) != "heading" or _level(self.text(i)) <= _level(self.text(at))
        return self.kind(i) in (None, "rule") or self.is_label(i) or _is_link_comment(self.blocks[i], self.text(i))


def _listed(outline: _Outline, at: int) -> _Reach | None:
    """The list right below, or below its one short introduction; its lines can be replaced if nothing cuts it in two."""
    first = at + 1
    remark = outline.is_remark(first)
    if remark or outline.is_introduction(first):
        first += 1
    if outline.kind(first) != "list":
        return None
    last = _last_piece(outline, first)
    return _Reach(last, None if remark or last > first else outline.blocks[first].span)


def _last_piece(outline: _Outline, i: int) -> int:
    """The last piece of the list that begins at `i`: an item with another marker, or a remark, makes several lists of it."""
    while True:
        if outline.kind(i + 1) == "list":
            i += 1
        elif outline.kind(i + 2) == "list" and outline.is_remark(i + 1) and outline.marker(i) == outline.marker(i + 2):
            i += 2
        else:
            return i


def _under(outline: _Outline, at: int, kind: KnownKind) -> _Reach:
    """What a heading without a list heads: of a TL;DR its first block; of takeaways their short paragraphs, or the first block if they are more, or longer.

    Takeaways may reach the end of the draft; below a TL;DR the article begins there.
    """
    ends = ("heading", "rule", "comment", "definition", "footnote", "opaque", None)
    if outline.kind(at + 1) in ends or outline.is_label(at + 1):
        return _empty(outline, at)
    if kind == "tldr":
        return _Reach(at + 1)
    for i in range(at + 1, at + 2 + _MOST_LINES):
        if outline.kind(i) in ends or outline.is_label(i):
            return _Reach(i - 1)
        if outline.kind(i) != "paragraph" or len(outline.blocks[i].span) > _LONGEST_LINE:
            break
    return _Reach(at + 1)


def _below(outline: _Outline, at: int) -> _Reach:
    """What a label without a list is the label of: the quote or the paragraph under it, if that is no other part's label."""
    below = outline.kind(at + 1)
    if below == "quote" or (below == "paragraph" and not outline.is_label(at + 1)):
        return _Reach(at + 1)
    return _empty(outline, at)


def _empty(outline: _Outline, at: int) -> _Reach:
    end = outline.blocks[at].span.end
    return _Reach(at, Span(end, end) if outline.is_empty(at) else None)


def _run_in(text: str, *, above: bool) -> KnownKind | None:
    """A label at the start of a paragraph or quote: alone on it, or in bold, or closed by a colon or dash.

    Below the first section only a label that stands alone counts, or a TL;DR
    or takeaways by name in bold: further down "in short" opens ordinary prose.
    """
    plain = _CALLOUT.sub("", text) if "[!" in text else text
    bare = plain.lstrip("> \t*_")
    if not bare.startswith("#") and len(bare) < _LONGEST_LABEL and (kind := _announced(bare, above=above)):
        opens_prose = not above and kind == "tldr" and bare == plain and not re.fullmatch(_NAME, _words(bare), re.IGNORECASE)
        return None if opens_prose else kind
    first = _ICON.sub("", LINE_END.split(plain, maxsplit=1)[0].lstrip("> \t"))
    if above:
        return next((kind for label in _labels(first) if (kind := _announced(label, above=True))), None)
    if inner := _INNER_HEADING.match(first):
        return label_kind(inner["label"])
    bold = _BOLD.match(first)
    if not bold or not (kind := label_kind(bold["label"])):
        return None
    alone = not first[bold.end() :].strip(" \t:") and first != plain
    named = len(bold["mark"]) > 1 and (kind == "takeaways" or re.fullmatch(_NAME, _words(bold["label"]), re.IGNORECASE))
    return kind if alone or named else None


def _labels(line: str) -> Iterator[str]:
    """What at the start of a line is set apart as a label can be."""
    for pattern in (_BOLD, _PLAIN, _INNER_HEADING):
        if found := pattern.match(line):
            yield found["label"] or found["name"]


_READERS: dict[BlockKind, tuple[_Read, ...]] = {
    "heading": (_headed,),
    "paragraph": (_run_in, _inside),
    "quote": (_run_in, _boxed),
    "opaque": (_boxed, _inside),
    "html": (_boxed, _inside),
    "code": (_boxed, _inside),
    "list": (_first_item,),
    "table": (_header_cell,),
}
