"""Generated parts, known by their shape: a heading, label, box or key in the known words, or the link comment's first line.

No markers: an editor may reword everything below the label, and authors who
wrote a TL;DR of their own are recognised too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo_optimizer.model import Block, Frontmatter, Known, KnownKind, Span

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

_NAME = r"tl\s?[;/:.,-]?\s?dr;?"
_TLDR = re.compile(
    rf"(?:the |a |quick )?{_NAME}(?: version| summary| section)?|summary \({_NAME}\)?|too long[;,]? didn.?t read|in (?:brief|short|a nutshell)|(?:key (?:points|facts) )?at a glance"
    r"|executive summary|the (?:short|quick|brief) version|(?:quick|brief|short) (?:summary|take|version|overview|answer)|summary in \w+ (?:lines|points|sentences)"
    r"|(?:das wichtigste )?auf einen blick|kurz (?:gesagt|gefasst|und knapp|und bündig)|zusammengefasst|kurzfassung|in kürze|das wichtigste(?: in kürze| vorab| zusammengefasst)?"
    r"|en bref|en résumé|l.essentiel(?: en bref)?|en (?:deux|quelques) mots|résumé rapide|en resumen|en breve|en pocas palabras|lo esencial|resumen rápido|in breve|in sintesi|in (?:poche|due) parole"
    r"|em resumo|em síntese|em poucas palavras|resumindo|resumo rápido|in het kort|kort samengevat|samengevat|kortom|in een notendop",
    re.IGNORECASE,
)
_TAKEAWAYS = re.compile(
    r"(?:the |our |my |your )?(?:key |main |top |big |important |quick )?take-?aways?|(?:key|main) (?:points|lessons|messages|learnings|insights)|what to remember|(?:things|points) to remember"
    r"|kernaussagen|kernpunkte|(?:die )?wichtigste[n]? (?:erkenntnisse|punkte|aussagen)|fazit in kürze|das sollten sie sich merken|[àa] retenir|(?:les )?points (?:clés|clefs|essentiels)|ce qu.il faut retenir"
    r"|l.essentiel à retenir|puntos (?:clave|principales)|ideas clave|conclusiones clave|lo más importante|punti (?:chiave|principali|salienti)|da ricordare|pontos[- ](?:principais|chave)|principais (?:pontos|conclusões)"
    r"|belangrijkste (?:punten|inzichten|lessen)|kernpunten|om te onthouden",
    re.IGNORECASE,
)
# A summary: above the first section it stands for a TL;DR, further down for takeaways.
_SUMMARY = re.compile(
    r"(?:the )?bottom line|(?:the |a |main |key )?(?:summary|highlights|findings|points|facts)|abstract|zusammenfassung|résumé|sommaire|resumen|riassunto|sommario|resumo|samenvatting",
    re.IGNORECASE,
)
# In a heading that says more; not the program of that name ("tldr pages").
_NAMED = re.compile(rf"(?:the |quick )?{_NAME}(?:\s*[:–—|(/,.!-]|\s+(?:of|for|on)\b)|.*[(/:|–—-]\s*{_NAME}\W*$", re.IGNORECASE)
# Run into a paragraph it needs a mark of its own: bold, or a colon or dash; the name with its semicolon is one itself.
_MARKED = re.compile(
    rf"(?P<mark>\*\*|__|\*|_)(?P<bold>[^*_]+?)(?P=mark)|(?P<plain>{_NAME})\s*[:–—-]|(?P<name>tl;\s?dr;?)(?=\s)|#+\s*(?P<quoted>.+)",
    re.IGNORECASE,
)
# Names of components, shortcodes, directives, admonitions, callouts, classes; spelled without case, hyphen or underscore.
_BOX_NAMES: dict[str, KnownKind] = {
    **dict.fromkeys(("tldr", "tldrbox", "toolongdidntread", "inbrief", "inshort", "quicksummary", "executivesummary"), "tldr"),
    **dict.fromkeys(("takeaways", "takeaway", "keytakeaways", "keytakeaway", "keypoints", "keylearnings"), "takeaways"),
}
_BOX_SUMMARIES = frozenset(("summary", "abstract", "highlights", "articlesummary", "postsummary"))
_BOX = re.compile(
    r"[> \t]*(?:<!--.*?-->\s*)?(?::{3,}|/{3,}|`{3,}|~{3,}|!!!|\?\?\?\+?|<|\{\{[<%]?-?|\{%-?|\[!)[ \t]*\{?(?P<name>[A-Za-z][\w.-]*)\]?\}?[+-]?(?P<rest>[^\r\n]*)",
)
_BOX_TITLE = re.compile(
    r"\b(?:title|label|heading|header|name|summary)\s*[=:]\s*\{?[\"'“](?P<named>[^\"'”\r\n]+)|^\s*(?:\|\s*)?[\"'\[](?P<quoted>[^\"'\]\r\n]+)|^\s*\|?\s*(?P<bare>[^\"'<>{}=|\r\n]+)$",
    re.IGNORECASE,
)
_HTML_TITLE = re.compile(r"<(?:summary|strong|b|h[1-6]|legend|em)\b[^<>]*>\s*(?:<[^<>]*>\s*)*(?P<text>[^<>\r\n]{2,80})", re.IGNORECASE)
_CLASS = re.compile(r"\b(?:class(?:Name)?|id|type|variant)\s*=\s*\{?[\"'](?P<names>[^\"'\r\n]*)", re.IGNORECASE)
_KEYS: dict[str, KnownKind] = {**_BOX_NAMES, "tl;dr": "tldr"}
_ICON = re.compile(r"^(?:[^\s*_#]{1,4}|:\w+:)\s+(?=[*_]|tl)", re.IGNORECASE)
_LONGEST_LABEL = 80  # characters; what is longer says something itself
_LONGEST_HEADING = 300  # characters; no label with what may stand beside it is longer
_LONGEST_LINE = 400  # characters; a paragraph that was a line of ours is no longer
_MOST_LINES = 7
_LOOKED_AT = 600  # characters of a box in which its title stands
_TAG = re.compile(r"<[^<>]*>|\s*\{[:#.][^{}]*\}\s*$")
_EDGES = re.compile(r"^(?:[\W_]*(?::\w+:|\d+[.)]\s))?[\W_]+|^\d+[.)]\s+|(?::\w+:|[\W_])+$")
_LINE_END = re.compile(r"\r\n|\r|\n")


def label_kind(text: str) -> KnownKind | None:
    """Which part this heading or label announces, if it is nothing but that label."""
    words = _words(text)
    if _TLDR.fullmatch(words):
        return "tldr"
    if _TAKEAWAYS.fullmatch(words):
        return "takeaways"
    return None


def find_known(source: str, blocks: Sequence[Block], frontmatter: Frontmatter | None = None) -> tuple[Known, ...]:
    """The known parts of a draft, in order: keys of its frontmatter that hold one, and parts among its top-level blocks."""
    found = [*_keys(source, frontmatter)] if frontmatter else []
    first_section = next((i for i, b in enumerate(blocks) if b.kind == "heading" and _level(b.span.of(source)) > 1), len(blocks))
    for i, block in enumerate(blocks):
        if part := _part(blocks, i, block.span.of(source), above=i <= first_section):
            found.append(part)
    return tuple(found)


def _part(blocks: Sequence[Block], i: int, text: str, *, above: bool) -> Known | None:
    block = blocks[i]
    if _is_link_comment(block, text):
        return Known("links", block.span)
    if block.kind == "heading":
        heading = _heading_text(text)
        kind = _headed(heading, above=above)
        return _section(blocks, i, kind, of_text=_is_summary(heading)) if kind else None
    if block.kind in ("paragraph", "quote") and (kind := _run_in(text, above=above)):
        return _labelled(blocks, i, text, kind)
    if block.kind in ("opaque", "html", "code", "quote") and (kind := _boxed(text[:_LOOKED_AT], above=above)):
        return Known(kind, block.span)
    return None


def _keys(source: str, frontmatter: Frontmatter) -> Iterator[Known]:
    """Each key that holds a part; its span is the key's line."""
    for key, value in frontmatter.values.items():
        kind = _KEYS.get(_squeezed(str(key))) if value not in (None, "", [], {}, False) else None
        line = kind and re.compile(rf"^[ \t\"']*{re.escape(str(key))}[\"']?[ \t]*[:=][^\r\n]*", re.MULTILINE).search(
            source, frontmatter.content.start, frontmatter.content.end
        )
        if kind and line:
            yield Known(kind, Span(*line.span()))


def _squeezed(name: str) -> str:
    return re.sub(r"[-_. ]", "", name).casefold()


def _words(text: str) -> str:
    return _EDGES.sub("", _TAG.sub("", text)) if len(text) < _LONGEST_HEADING else text


def _announced(text: str, *, above: bool) -> KnownKind | None:
    """What a heading or label announces; `above`: before or at the first section."""
    if _is_summary(text):
        return "tldr" if above else "takeaways"
    return label_kind(text)


def _is_summary(text: str) -> bool:
    return bool(_SUMMARY.fullmatch(_words(text)))


def _headed(text: str, *, above: bool) -> KnownKind | None:
    """What a heading announces; beside "TL;DR" it may say more."""
    return _announced(text, above=above) or (
        "tldr" if len(text) < _LONGEST_HEADING and _NAMED.match(_TAG.sub("", text).strip(" *_")) else None
    )


def _is_link_comment(block: Block, text: str) -> bool:
    return block.kind in ("comment", "opaque", "html") and text.lstrip("<!-{/* \t\r\n").startswith(LINK_COMMENT)


def _level(text: str) -> int:
    return len(text) - len(text.lstrip("#")) or (2 if text.rstrip().endswith("-") else 1)


def _heading_text(text: str) -> str:
    return _LINE_END.split(text, maxsplit=1)[0].strip().strip("#").strip()


def _boxed(text: str, *, above: bool) -> KnownKind | None:
    """What a box announces by its title or, without one, by its name or class."""
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


# ------------------------------------------------------------------ how far a part reaches


def _section(blocks: Sequence[Block], at: int, kind: KnownKind, *, of_text: bool) -> Known:
    """The heading and what it heads: up to its first list, else its short paragraphs, else its first block, never past the next heading."""
    here = blocks[at].span
    end = _listed(blocks, at)
    if end is not None:
        return Known(kind, Span(here.start, blocks[end].span.end), of_text, None if of_text else blocks[end].span)
    under = _under(blocks, at, kind)
    if under == at:
        return Known(kind, here, of_text, None if of_text else Span(here.end, here.end))
    return Known(kind, Span(here.start, blocks[under].span.end), of_text)


def _listed(blocks: Sequence[Block], at: int) -> int | None:
    """The list that the heading at `at` heads: below it, or below a line or two of introduction."""
    for i in range(at + 1, min(at + 4, len(blocks))):
        if blocks[i].kind == "list":
            return i
        if blocks[i].kind not in ("paragraph", "comment"):
            return None
    return None


def _under(blocks: Sequence[Block], at: int, kind: KnownKind) -> int:
    """The last of the short paragraphs that make up a section; its first block if they are more, or longer; `at` if there is none.

    Takeaways may reach the end of the draft; below a TL;DR the article begins there.
    """
    for i in range(at + 1, min(at + 2 + _MOST_LINES, len(blocks))):
        if blocks[i].kind in ("heading", "rule", "comment", "definition", "footnote", "opaque"):
            return i - 1
        if blocks[i].kind != "paragraph" or len(blocks[i].span) > _LONGEST_LINE:
            return at + 1
    last = len(blocks) - 1
    return last if kind == "takeaways" and last - at <= _MOST_LINES else min(at + 1, last)


def _labelled(blocks: Sequence[Block], at: int, text: str, kind: KnownKind) -> Known:
    """A label that stands alone takes the list or quote (or, failing that, the paragraph) under it."""
    here = blocks[at].span
    alone = blocks[at].kind == "paragraph" and len(text) < _LONGEST_LABEL and _announced(text, above=True) is not None
    if not alone:
        return Known(kind, here)
    if at + 1 < len(blocks) and blocks[at + 1].kind in ("list", "quote", "paragraph"):
        below = blocks[at + 1]
        return Known(kind, Span(here.start, below.span.end), lines=below.span if below.kind == "list" else None)
    return Known(kind, here, lines=Span(here.end, here.end))


def _run_in(text: str, *, above: bool) -> KnownKind | None:
    """A label at the start of a paragraph or quote: alone on it, or in bold, or closed by a colon or dash.

    Below the first section only a label that stands alone counts, or a TL;DR
    or takeaways by name in bold: further down "in short" opens ordinary prose.
    """
    plain = re.sub(r"^[> \t]*\[!\w+\][+-]?[> \t\r\n]*", "", text)
    bare = plain.lstrip("> \t*_")
    if not bare.startswith("#") and len(bare) < _LONGEST_LABEL and (kind := _announced(bare, above=above)):
        opens_prose = not above and kind == "tldr" and bare == plain and not re.fullmatch(_NAME, _words(bare), re.IGNORECASE)
        return None if opens_prose else kind
    first = _ICON.sub("", _LINE_END.split(plain, maxsplit=1)[0].lstrip("> \t"))
    marked = _MARKED.match(first)
    if not marked:
        return None
    label = marked["bold"] or marked["plain"] or marked["name"] or marked["quoted"] or ""
    if above:
        return _announced(label, above=True)
    if marked["quoted"] or (marked["bold"] and not first[marked.end() :].strip(" \t:") and first != plain):
        return label_kind(label)
    named = (
        marked["bold"]
        and marked["mark"] in ("**", "__")
        and (re.fullmatch(_NAME, _words(label), re.IGNORECASE) or label_kind(label) == "takeaways")
    )
    return label_kind(label) if named else None
