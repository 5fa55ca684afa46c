"""Generated parts, known by their shape: a heading or label in the known words, or the link comment's first line.

No markers: an editor may reword everything below the label, and authors who
wrote a TL;DR of their own are recognised too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.model import Block, Known, KnownKind, Span

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

_TLDR = re.compile(
    r"tl;?\s?dr;?|too long;? didn.t read|in (?:brief|short|a nutshell)|(?:key (?:points|facts) )?at a glance|executive summary"
    r"|the (?:short|quick) version|quick (?:summary|take|version|overview)|short version|summary in \w+ (?:lines|points|sentences)"
    r"|auf einen blick|kurz (?:gesagt|gefasst|und knapp)|zusammengefasst|das wichtigste(?: in kürze| vorab)?"
    r"|en bref|en résumé|l.essentiel|en resumen|en breve|in breve|in sintesi|em resumo|resumindo|in het kort|kort samengevat",
    re.IGNORECASE,
)
_TAKEAWAYS = re.compile(
    r"(?:the |our |my )?(?:key |main |top |big )?takeaways?|key (?:points|lessons|messages)|what to remember|things to remember"
    r"|kernaussagen|wichtigste (?:erkenntnisse|punkte)|fazit in kürze|à retenir|points clés|ce qu.il faut retenir|puntos clave|conclusiones clave"
    r"|punti chiave|pontos principais|principais pontos|belangrijkste punten|kernpunten",
    re.IGNORECASE,
)
# A summary: above the first section it stands for a TL;DR, further down for takeaways.
_SUMMARY = re.compile(
    r"(?:the )?bottom line|(?:the |a |main |key )?(?:summary|highlights|findings|points|facts)|abstract|zusammenfassung|résumé|sommaire|resumen|riassunto|sommario|resumo|samenvatting",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\btl;?\s?dr\b", re.IGNORECASE)
_LONGEST_LABEL = 80  # characters; what is longer says something itself
_EDGES = re.compile(r"^[\W_]+|[\s:.!*_#–—-]+$")


def label_kind(text: str) -> KnownKind | None:
    """Which part this heading or label announces, if it is nothing but that label."""
    words = _EDGES.sub("", text)
    if _TLDR.fullmatch(words):
        return "tldr"
    if _TAKEAWAYS.fullmatch(words):
        return "takeaways"
    return None


def find_known(source: str, blocks: Sequence[Block]) -> tuple[Known, ...]:
    """The known parts among a draft's top-level blocks, in order."""
    found: list[Known] = []
    first_section = next((i for i, b in enumerate(blocks) if b.kind == "heading" and _level(b.span.of(source)) > 1), len(blocks))
    for i, block in enumerate(blocks):
        text = block.span.of(source)
        if _is_link_comment(block, text):
            found.append(Known("links", block.span))
        elif block.kind == "heading" and (kind := _headed(_heading_text(text), above=i <= first_section)):
            found.append(Known(kind, _section(blocks, i), of_text=_is_summary(_heading_text(text))))
        elif block.kind in ("paragraph", "quote") and (kind := _run_in(text, whole=i > first_section)):
            found.append(Known(kind, _labelled(blocks, i, text)))
    return tuple(found)


def _announced(text: str, *, above: bool) -> KnownKind | None:
    """What a heading or label announces; `above`: before or at the first section."""
    if _is_summary(text):
        return "tldr" if above else "takeaways"
    return label_kind(text)


def _is_summary(text: str) -> bool:
    return bool(_SUMMARY.fullmatch(_EDGES.sub("", text)))


def _headed(text: str, *, above: bool) -> KnownKind | None:
    """What a heading announces; beside "TL;DR" it may say more."""
    return "tldr" if _NAMED.search(text) else _announced(text, above=above)


def _is_link_comment(block: Block, text: str) -> bool:
    return block.kind in ("comment", "opaque", "html") and text.lstrip("<!-{/* \t\r\n").startswith(LINK_COMMENT)


def _level(text: str) -> int:
    return len(text) - len(text.lstrip("#")) or (2 if text.rstrip().endswith("-") else 1)


def _heading_text(text: str) -> str:
    return re.sub(r"\s*\{#[^}]*\}\s*$", "", re.split(r"\r\n|\r|\n", text)[0].strip().strip("#"))


def _section(blocks: Sequence[Block], at: int) -> Span:
    """The heading and what it heads: up to its first list, else its first block, never past the next heading."""
    end = at
    for i in range(at + 1, min(at + 4, len(blocks))):
        if blocks[i].kind in ("heading", "rule"):
            break
        if blocks[i].kind == "list":
            end = i
            break
        if end == at:
            end = i
    return Span(blocks[at].span.start, blocks[end].span.end)


def _run_in(text: str, *, whole: bool) -> KnownKind | None:
    """A label at the start of a paragraph or quote: alone on it, or in bold, or closed by a colon or dash.

    Below the first section only a label that stands alone counts: further down "in short" opens ordinary prose.
    """
    plain = text.lstrip("> \t*_")
    if not plain.startswith("#") and len(plain) < _LONGEST_LABEL and (kind := _announced(plain, above=not whole)):
        return kind
    first = re.split(r"\r\n|\r|\n", text)[0].lstrip("> \t")
    marked = re.match(
        r"(?:\S{1,3}\s+)?(?:(?P<mark>\*\*|__|\*|_)(?P<bold>[^*_]+?)(?P=mark)|(?P<plain>tl;?\s?dr;?)\s*[:–—-]|#+\s*(?P<quoted>.+))",
        first,
        re.IGNORECASE,
    )
    if not marked or whole:
        return None
    return _announced(marked["bold"] or marked["plain"] or marked["quoted"] or "", above=True)


def _labelled(blocks: Sequence[Block], at: int, text: str) -> Span:
    """A label that stands alone takes the list or quote (or, failing that, the paragraph) under it."""
    end = at
    alone = len(text) < _LONGEST_LABEL and _announced(text, above=True) is not None
    if alone and at + 1 < len(blocks) and blocks[at + 1].kind in ("list", "quote", "paragraph"):
        end = at + 1
    return Span(blocks[at].span.start, blocks[end].span.end)
