"""More of what an assistant leaves: tokens of its citations, remarks on itself, offers to go on, and the fence around an article.

`residue` finds the reply around an article; what is here stands inside or around one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.chat_languages import said
from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.analysis.residue import cites, residue
from geo_optimizer.analysis.visible import visible_text
from geo_optimizer.analysis.vocabulary import hints, possible, told, told_text
from geo_optimizer.model import Block, Draft, Prose, Span, measured

_EDGE = 3  # paragraphs at the end in which an offer to go on is looked for


class Left(NamedTuple):
    """What was left, and its words for a message."""

    span: Span
    words: str


# ------------------------------------------------------------------ tokens


def _may_hold_tokens(draft: Draft) -> bool:
    """Whether the draft holds a part of a token; most drafts hold none."""
    source = draft.source
    if cites(draft) and any(mark in source for mark in ("contentReference", "oaicite:", "[cite")):
        return True
    if "(start_span)" in source or "grok" in source or "turn0" in told_text(draft):
        return True
    if not source.isascii() and any(mark in source for mark in "†‡\ue200"):
        return True
    return "[" in visible_text(draft) and any(mark in source for mark in ("[web:", "attached_file:"))


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r":contentReference\[oaicite:[^\]\n]{0,200}\](?:\{[^}\n]{0,200}\})?|\[?oaicite:\d+\]?|\[?oai_citation:\d+[‡†][^\]\s]*\]?(?:\([^()\s]*\))?"
        r"|【[^【】\n]{0,20}†[^【】\n]{0,80}】"
        r"|\[cite_(?:start|end)\]|\[cite:\s?\d+(?:[,\s\d-]*)\]|\[\[cite_(?:start|end)\]\]"
        r"|\ue200[^\ue200\ue201\n]{0,200}\ue201|(?:file)?cite(?:turn\d+(?:search|view|news|file|image|academia|reddit|maps)\d+)+"
        r"|\bturn\d+(?:search|view|news|file|image|academia|forecast|product|reddit)\d+\b"
        r"|<grok:render\b[^<>]*>(?:.{0,300}?</grok:render>)?|<grok-card\b[^<>]*>(?:</grok-card>)?|grok_render_citation_card_json=\{[^{}\n]*\}|\[?grok_card[^\]\s]*\]?"
        r"|\[(?:attached_file|web):\d+\]|\[span_\d+\]\((?:start|end)_span\)"
    )


_LIKE_A_DIRECTIVE = ":contentReference["  # alone on a line this token is read as one


@measured
def tokens(draft: Draft) -> tuple[Left, ...]:
    """What assistants put where they cite, with the blanks before it; not in code."""
    source = draft.source
    if not _may_hold_tokens(draft):
        return ()
    opaque = [block.span for block in draft.blocks if block.kind == "opaque" and not source.startswith(_LIKE_A_DIRECTIVE, block.span.start)]
    code = ranges([*(part.span for part in draft.code), *opaque])
    return tuple(
        Left(Span(*match.span()), match.group().strip("\ue200\ue201").replace("\ue202", " "))
        for match in _token().finditer(source, draft.body.start)
        if not code.at(match.start())
    )


# ------------------------------------------------------------------ remarks

_REMARK_MARKS = hints(" my last", " my latest", "my knowledge", "real-time ", "search results", "language model")


@cache
def _remark() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|(?<=[.!?:]\s))(?:\(?(?:note|please note)[:,]?\s+(?:that\s+)?)?"
        r"(?:as of my (?:last|latest|most recent) (?:knowledge |training )?(?:update|cut-?off)\b[^.!?]*"
        r"|as of my knowledge cut-?off\b[^.!?]*|my (?:knowledge|training data) (?:only |currently )?(?:goes|extends|ends|cuts off|is limited)\b[^.!?]*"
        r"|(?:up to|until|based on) my (?:last|latest) (?:knowledge |training )?(?:update|cut-?off)\b[^.!?]*"
        r"|i (?:do not|don['’]t) have (?:access to |direct access to )?real-time (?:data|information|access|updates)\b[^.!?]*"
        r"|i (?:cannot|can['’]t|am unable to|['’]m unable to) access real-time\b[^.!?]*"
        r"|(?:based on|according to|in) the (?:provided search results|search results provided)\b[^.!?]*"
        r"|the provided search results (?:do not|don['’]t)\b[^.!?]*"
        r"|as a(?:n ai)?(?: large)? language model,? i\b[^.!?]*|as an ai(?: assistant| model)?,? i (?:do not|don['’]t|can|cannot|am)\b[^.!?]*)",
        re.IGNORECASE,
    )


@cache
def _offer() -> re.Pattern[str]:
    """An offer to go on with this very text; an author may offer readers another post, or help."""
    task = (
        r"(?:adjust|adapt|revise|rewrite|reformat|shorten|lengthen|convert|tailor|turn (?:this|it|the)|polish|refine|tweak|modify|edit (?:this|it|the)"
        r"|expand (?:on )?(?:any|this section|the section)|make (?:it|this|any|further|more|additional)\b|add (?:more|any|some|a section|an? faq|internal links))"
    )
    part = r"(?:an? |the |some |more )?(?:seo |shorter |longer |short |matching |compelling )?(?:meta|social media|linkedin|twitter|tweet|headline|title|slug|faq|schema|featured image|image prompt|version|variant|outline|summary|excerpt|newsletter version)"
    make = rf"(?:create|write|draft|generate|provide|prepare|suggest)s? {part}"
    changes = r"(?:any |some |further |more |additional )*(?:\w+ )?(?:changes|adjustments|revisions|edits|tweaks|modifications|refinements)\b(?! to (?:suggest|share|propose|the code))"
    me = r"(?:if|whether) you(?:['’]d| would)? (?:like|want|need|prefer)"
    return re.compile(
        rf"(?:i hope (?:this|that) helps[.!] )?(?:(?:please )?(?:just )?let me know {me} (?:me to (?:also )?(?:{task}|{make})|{changes}|(?:it|this) (?:to be )?(?:shorter|longer|adjusted|changed|in a)\b)"
        rf"|(?:please )?feel free to (?:ask|request|let me know)(?: for| if| about)?(?: you need)? {changes}"
        rf"|(?:{me}(?: me to)?,? )?i (?:can|could) (?:also )?(?:{task} (?:this|it|the (?:article|post|draft|text|piece|content|tone|copy))|{make})\b"
        rf"|(?:would you like|do you want|want) me to (?:also )?(?:{task}|{make})|is there anything else you(?:['’]d| would) like me to (?:change|adjust|add|revise)\b)",
        re.IGNORECASE,
    )


@cache
def _reply() -> re.Pattern[str]:
    work = r"(?:article|blog ?post|post|draft|essay|newsletter|rewrite|(?:version|copy) of (?:the|your|this) [\w -]{3,30})"
    return re.compile(
        rf"(?:(?P<eager>(?:sure|certainly|absolutely|of course|great)[!,.]\s+))?(?:here(?:['’]s| is)|below is)\s+(?:an?|the|your)\s+(?:[\w,-]+\s+){{0,5}}?{work}\b[^.!?:]*(?P<end>[:.!]?)",
        re.IGNORECASE,
    )


@cache
def _anywhere() -> re.Pattern[str]:
    work, done = (
        r"(?:article|blog ?post|post|draft|content|page)",
        r"(?:complete|updated|revised|rewritten|optimi[sz]ed|enhanced|polished|full|final)",
    )
    return re.compile(
        rf"here(?:['’]s| is) (?:the|your) {done},? (?:[\w-]+ )?{work} with (?:all|the)\b[^.!?]*(?:\bSEO\b|\bGEO\b|requested|optimi[sz])[^.!?]*:"
        rf"|(?:the|this|your) (?:[\w-]+ )?{work} (?:now|is now) [^.!?]*\byou(?:['’]ve)? (?:requested|asked for)\b[^.!?]*[:.!]?",
        re.IGNORECASE,
    )


_REQUESTED = frozenset(("requested", "asked", "seo", "geo"))  # or "optimi": one of them is in each
_BEGINNINGS = ("Here", "here", "The ", "This ", "Your ")


@cache
def _field() -> re.Pattern[str]:
    return re.compile(
        r"(?:meta[ -](?:description|title)|seo title|(?:focus|primary|target) keywords?|(?:url |suggested )?slug)\s*:\s+\S", re.IGNORECASE
    )


# How whatever `_offer` and `_field` match begins, in lower case.
_OFFERING = (
    *("i hope", "please", "just", "let me", "feel free", "if you", "whether you", "i can", "i could", "would you", "do you", "want me"),
    "is there",
)
_FIELDS = ("meta", "seo", "focus", "primary", "target", "url", "suggested", "slug")
_LONGEST_OPENING = 12  # characters


def is_offer(text: str) -> bool:
    return _offer().match(text) is not None


@measured
def remarks(draft: Draft) -> tuple[Left, ...]:
    """What an assistant says of itself or its work, in any paragraph; its reply before the article; what it offers in the last ones."""
    texts = [p for p in draft.prose if p.kind in ("paragraph", "item", "heading") and not p.quoted and p.known is None and p.pieces]
    found = [Left(prose.span, _short(prose.text)) for prose in _replies(texts)]
    if marks := [mark for mark in possible(draft, _REMARK_MARKS) if mark in visible_text(draft)]:
        found += _on_itself(texts, marks)
    may_report = not told(draft).isdisjoint(_REQUESTED) or "optimi" in told_text(draft)
    begun = (prose for prose in texts if prose.kind == "paragraph" and prose.text.startswith(_BEGINNINGS)) if may_report else ()
    found += [Left(prose.span, _short(prose.text)) for prose in begun if _anywhere().fullmatch(prose.text.strip())]
    if " me to " in draft.source or ", I can " in draft.source:
        found += [Left(prose.span, _short(prose.text)) for prose in texts if _is_plain_offer(prose)]
    found += [Left(span, _short(draft.text(span))) for span in said(draft, texts)]
    return tuple(sorted(set(found), key=lambda one: one.span))


@cache
def _plain_offer() -> re.Pattern[str]:
    """An offer to make a further piece out of the text, or to change it, that no author makes in the middle of an article."""
    piece = (
        r"(?:meta (?:title|description)|social media|linkedin|instagram|facebook|twitter|tweet|newsletter|email|slug|faq|schema|featured image|image prompts?"
        r"|headlines?|titles?|(?:shorter|longer|condensed|simplified|revised|different|another) (?:\w+ )?version|outline|summary|excerpt|infographic|follow-up (?:post|article))"
    )
    make = rf"(?:create|write|draft|generate|provide|prepare|suggest|put together|come up with) (?:[\w-]+ ){{0,4}}?{piece}"
    task = r"(?:adjust|adapt|revise|rewrite|reformat|shorten|lengthen|tailor|polish|refine|tweak|expand (?:on )?(?:any|this|the)|optimi[sz]e) (?:\w+ )?(?:this|it|the|any|further|more|anything|section|for|tone)"
    return re.compile(
        rf"(?:(?:i )?hope (?:this|that|it) helps[.!,]? )?(?:would you like me to|do you want me to|(?:please )?(?:just )?let me know if (?:you(?:['’]d| would) like|you want|you need) me to"
        rf"|if you(?:['’]d| would)? (?:like|want|prefer),? i can) (?:also |then |now )*(?:{make}|{task})\b",
        re.IGNORECASE,
    )


_PLAINLY_OFFERING = (
    "Would you like me",
    "Do you want me",
    "Let me know if",
    "Please let me",
    "Just let me",
    "If you",
    "I hope",
    "Hope th",
    "Hope it",
)


def _is_plain_offer(prose: Prose) -> bool:
    return prose.kind == "paragraph" and prose.text.startswith(_PLAINLY_OFFERING) and _plain_offer().match(prose.text) is not None


def _replies(texts: Sequence[Prose]) -> Iterator[Prose]:
    """Paragraphs at the edges that are not of the article: what introduces it above its first heading, offers, fields for a search engine."""
    if len(texts) > 1 and texts[0].kind == "paragraph" and texts[1].kind == "heading":
        match = _reply().fullmatch(texts[0].text.strip())
        if match and (match["eager"] or match["end"] == ":"):
            yield texts[0]
    for prose in (*texts[:_EDGE], *texts[-_EDGE:]):
        if prose.kind != "paragraph":
            continue
        low = prose.text[:_LONGEST_OPENING].lower()
        if (low.startswith(_OFFERING) and is_offer(prose.text)) or (low.startswith(_FIELDS) and _field().match(prose.text)):
            yield prose


def _on_itself(texts: Sequence[Prose], marks: Sequence[str]) -> Iterator[Left]:
    for prose in texts:
        if any(mark in prose.text for mark in marks):
            for match in _remark().finditer(prose.text):
                yield Left(prose.source_span(*match.span()), _short(match.group()))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"


# ------------------------------------------------------------------ a report in one paragraph


@cache
def _done_to() -> re.Pattern[str]:
    return re.compile(
        r"TL;?DR|\bSEO\b|\bGEO\b|\bH[1-6]s?\b|front ?matter|\bmeta\b|keyword|\bschema\b|takeaways|optimi[sz]|word count|internal link|\bslug\b|bullet points?|answer engines?|readability|\bFAQs?\b",
        re.IGNORECASE,
    )


@measured
def reports(draft: Draft) -> tuple[Left, ...]:
    """Paragraphs whose ticks part what was done to the article: a list that ran together."""
    if "✅" not in draft.source and "✔" not in draft.source:
        return ()
    found = []
    for prose in draft.prose:
        points = [point for point in re.split(r"[✅✔]\ufe0f?", prose.text) if point.strip()] if prose.kind == "paragraph" else []
        if len(points) > 2 and 2 * sum(_done_to().search(point) is not None for point in points) > len(points):
            found.append(Left(prose.span, _short(prose.text)))
    return tuple(found)


# ------------------------------------------------------------------ the article in a fence


@measured
def fenced_article(draft: Draft) -> Span | None:
    """The fence that holds the whole article as code, as a chat shows it; None if the article is no code."""
    blocks = [block for block in draft.blocks if block.kind != "comment"]
    if not blocks or len(blocks) > 3:  # the fence, and the reply before and after it
        return None
    fences = [code for code in draft.code if code.kind == "fenced" and code.info.split()[:1] in (["markdown"], ["md"], ["mdx"], [])]
    if len(fences) != 1 or not fences[0].content:
        return None
    code = fences[0]
    around = [block for block in blocks if not block.span.overlaps(code.span)]
    lines = [draft.text(line) for line in code.content]
    first = next((line for line in lines if line.strip()), "")
    is_article = (
        first.startswith("# ") or first.strip() == "---" or bool(code.info and any(line.startswith("#") for line in lines))
    ) and sum(bool(line.strip()) for line in lines) > 1
    if not is_article or any(block.kind != "paragraph" for block in around):
        return None
    return code.span if not around or (len(around) < len(blocks) and _is_reply(draft, around)) else None


def _is_reply(draft: Draft, around: Sequence[Block]) -> bool:
    said = [found.span for found in residue(draft) if found.kind in ("preamble", "outro")] + [left.span for left in remarks(draft)]
    return all(any(span.overlaps(block.span) for span in said) for block in around)
