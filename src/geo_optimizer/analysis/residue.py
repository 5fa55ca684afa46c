"""What a chat assistant or a template leaves in a draft: found so that it is not published.

Precision first: each pattern needs words that address the one who asked for
the text, or characters that no author types. Code is never looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from geo_optimizer.analysis.ranges import Ranges
from geo_optimizer.analysis.visible import visible_text
from geo_optimizer.analysis.vocabulary import own_text, told
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Prose, Span, measured

ResidueKind = Literal["preamble", "outro", "status", "assistant", "placeholder", "frontmatter"]


class Residue(NamedTuple):
    """A stretch of the draft that was never meant to be read by its readers. `words`: the beginning of it, for a message."""

    span: Span
    kind: ResidueKind
    words: str


_EDGE = 4  # runs of prose at either end of the body in which chat text is looked for
_WORDS = 80  # characters shown of what was found

_WORK = r"(?:article|post|blog\s?post|draft|text|version|content|piece|copy|page|rewrite|markdown|essay|newsletter|summary|document|story)"
_DONE = r"(?:complete|completed|updated|revised|rewritten|optimi[sz]ed|enhanced|final|full|polished|improved|edited|refined|requested|cleaned-up|expanded|formatted|SEO|GEO)"
_PREAMBLE = lazily(
    rf"(?:(?:sure|certainly|of\ course|absolutely|great|understood|got\ it|no\ problem)[!,.:]?\s+)?(?:here(?:['’]s|\ is|\ are)\s+(?:(?:the|your|a|an)\s+)?(?:[\w,-]+\s+){{0,5}}?{_WORK}\b[^.!?]*:$"
    rf"|i(?:['’]ve|\ have)\s+(?:\w+\s+)?(?:rewritten|updated|revised|optimi[sz]ed|edited|polished|enhanced|created|drafted|written)\s+(?:the|your|a|an|this)\s+(?:\w+\s+){{0,3}}?{_WORK}\b"
    rf"|below\s+is\s+(?:the|your|an?)\s+(?:[\w-]+\s+){{0,4}}?{_WORK}\b[^.!?]*:$)",
    re.IGNORECASE | re.VERBOSE,
)
_EAGER = lazily(r"(?:sure|certainly|of course|absolutely)[!,.]\s+(?:here|i['’]ll|i can|let me)\b", re.IGNORECASE)
_FINISHED = lazily(rf"\b{_DONE}\b|\bas\s+(?:you\s+)?requested\b|\bwith\s+(?:all|the)\b", re.IGNORECASE)
_OUTRO = lazily(
    rf"""(?:the|this|your)\s+(?:[\w-]+\s+)?{_WORK}\s+(?:now|is\s+now)\s+(?:includes?|contains?|has|features|optimi[sz]ed|ready)\b.*(?:you\s+(?:requested|asked)|SEO|GEO|optimi[sz])
    |(?:would\s+you\s+like|do\s+you\s+want)\s+me\s+to\b
    |(?:please\s+)?let\s+me\s+know\s+if\s+you(?:['’]d|\s+would)?\s+(?:like|want|need|prefer)\s+(?:me\s+to|any\s+(?:\w+\s+)?(?:changes|adjustments|revisions|edits|tweaks|modifications))
    |(?:these|the)\s+(?:[\w/-]+\s+){{0,3}}(?:changes|optimi[sz]ations|enhancements|edits|elements|improvements)\b.*\b{_WORK}\b.*\b(?:while|without)\s+(?:maintaining|preserving|keeping|losing|changing)\s+(?:the|your)\s+original
    |i(?:['’]ve|\s+have)\s+(?:\w+\s+)?(?:added|included|kept|preserved|maintained|optimi[sz]ed|made)\b.*\b(?:SEO|GEO|keywords?|headings?|TL;?DR|frontmatter|meta|original\s+(?:content|text|tone|voice))""",
    re.IGNORECASE | re.VERBOSE,
)
_TICK = lazily(r"\s*(?:[✅✔☑✓]\ufe0f?|\[[xX]\]\s)")
_EDITORIAL = lazily(
    r"TL;?\s?DR|\bSEO\b|\bGEO\b|\bH[1-6]s?\b|\bheadings?\b|front\s?matter|\bmeta\b|\bkeywords?\b|\bschema\b|\btakeaways\b|optimi[sz]|\bword count\b|internal links?"
    r"|\bslug\b|\bbullet points?\b|answer engines?|readability|\bFAQs?\b|structured data|\bquotable\b",
    re.IGNORECASE,
)
_ASSISTANT = lazily(
    r"(?:^|[.!?]\s+)(?P<words>as an ai(?: language model| assistant)?,? i\b[^.!?]*|i(?:['’]m| am) (?:just )?an ai (?:language model|assistant)\b[^.!?]*"
    r"|i(?:['’]m| am) sorry,? but i (?:can(?:['’]|no)t|am unable to)[^.!?]*|as of my (?:last|latest) (?:knowledge |training )?(?:update|cutoff)[^.!?]*|my knowledge cut-?off[^.!?]*)",
    re.IGNORECASE,
)
_FILLED = "insert|add|your|link to|url of|replace|placeholder|company|client|product|author|name|date|image|citation|source"
_OPEN = "insert|placeholder|tbd|tbc|todo|fixme|tk"
_PLACEHOLDER = lazily(
    rf"(?P<words>\[(?:{_FILLED})\b[^\[\]]{{0,60}}\b(?:here|name|title|url|link|needed|company|date|image|source|text|quote|number|statistic|example|email|city|product|role|goes here)\s*\]"
    rf"|\[(?:{_OPEN})(?:[\s:][^\[\]]{{0,80}})?\]|(?<![\w.])(?:TODO|FIXME|TBD)(?:\([\w-]+\))?:\s*\S[^\n]{{0,60}}|lorem ipsum dolor\b)",
    re.IGNORECASE,
)
_PLACEHOLDER_ALONE = lazily(r"\W*(?:TODO|TBD|FIXME|TK)\W*")
_KEYS = "title|description|slug|date|tags|categories|author|authors|keywords|publishedAt|published|pubDate|layout|draft|excerpt|image|canonical|permalink|summary"
_KEY_NAMES = frozenset(_KEYS.split("|"))
_LONGEST_KEY = max(map(len, _KEY_NAMES))
_FENCED_KEYS = lazily(
    r"^---[ \t]*\r?\n(?P<keys>(?>(?:[A-Za-z_][\w-]*[ \t]*:.*|[ \t]+\S.*|-[ \t].*)\r?\n){2,})---[ \t]*$",
    re.MULTILINE,
)
_KEY_LINE = lazily(rf"(?:^|(?<=[\r\n])|(?<=[\"'\]]\s))(?P<key>{_KEYS}):[ \t]+\S")

# Some part of each is in every match, in lower case; most drafts have none of it.
_MARKS: dict[ResidueKind, tuple[str, ...]] = {
    "assistant": ("an ai", "sorry", "as of my", "my knowledge cut"),
    "placeholder": ("todo:", "todo(", "fixme:", "fixme(", "tbd:", "tbd(", "lorem ipsum"),
    "outro": (
        *("requested", "asked", "seo", "geo", "optimi", "would", "want", "know", "original", "keyword", "heading"),
        *("tldr", "tl;dr", "frontmatter", "meta"),
    ),
}
# One of these words is in it.
_WORDS_OF: dict[ResidueKind, frozenset[str]] = {
    "assistant": frozenset(("ai", "sorry", "update", "cutoff", "knowledge")),
    "placeholder": frozenset(("todo", "fixme", "tbd", "lorem")),
}
# What begins chat, in lower case.
_OPENING = (
    "sure",
    "certainly",
    "of course",
    "absolutely",
    "great",
    "understood",
    "got it",
    "no problem",
    "here",
    "i've",
    "i’ve",
    "i have",
    "below",
)
_CLOSING = ("the", "this", "your", "would", "do", "please", "let", "i")
_TO_FILL_IN = lazily(rf"\[(?:{_FILLED}|{_OPEN})\b", re.IGNORECASE)
_ALONE_WORDS = frozenset(("todo", "tbd", "fixme", "tk"))


def _may_hold(kind: ResidueKind, lower: str) -> bool:
    """Whether anything of the kind can be in a text in lower case: soon told, and False of most."""
    if any(mark in lower for mark in _MARKS[kind]):
        return True
    return kind == "placeholder" and "[" in lower and _TO_FILL_IN.search(lower) is not None


@measured
def residue(draft: Draft) -> tuple[Residue, ...]:
    """All that was found, in order of place; a stretch is reported once."""
    found = [*_chat(draft), *_ticks(draft), *_frontmatter(draft), *_in_prose(draft)]
    kept: list[Residue] = []
    for item in sorted(found, key=lambda r: (r.span.start, -r.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return tuple(kept)


def _residue(draft: Draft, span: Span, kind: ResidueKind) -> Residue:
    words = " ".join(draft.text(span).split())
    return Residue(span, kind, words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + "…")


# ------------------------------------------------------------------ chat


def _chat(draft: Draft) -> Iterator[Residue]:
    """What stands before and after the article: "Here's the complete article:", "Let me know if you'd like me to ..."."""
    texts = [p for p in draft.prose if p.kind in ("paragraph", "heading") and not p.quoted]
    for prose in texts[: _before_heading(texts)]:
        if prose.kind == "paragraph" and _is_preamble(prose.text.strip()):
            yield _residue(draft, prose.span, "preamble")
    for prose in texts[-_EDGE:]:
        text = prose.text.strip()
        if prose.kind == "paragraph" and text.lower().startswith(_CLOSING) and _may_hold("outro", text.lower()) and _OUTRO.match(text):
            yield _residue(draft, prose.span, "outro")


def _before_heading(texts: Sequence[Prose]) -> int:
    """Up to the first heading, and the paragraph below a heading that opens the body."""
    first = next((i for i, p in enumerate(texts) if p.kind == "heading"), len(texts))
    return min(first or 2, 2)


def _is_preamble(text: str) -> bool:
    if not text.lower().startswith(_OPENING):
        return False
    if _EAGER.match(text):
        return True
    match = _PREAMBLE.match(text)
    return bool(match and (_FINISHED.search(text) or text.lower().startswith(("sure", "certainly", "of course", "i've", "i’ve", "i have"))))


def _ticks(draft: Draft) -> Iterator[Residue]:
    """A list at the end whose ticked items report what was done to the article."""
    items = [p for p in draft.prose if p.kind == "item" and _TICK.match(p.text)]
    for group in _by_list(items):
        if 2 * sum(_EDITORIAL.search(p.text) is not None for p in group) > len(group):
            yield _residue(draft, Span(group[0].span.start, group[-1].span.end), "status")


def _by_list(items: Sequence[Prose]) -> list[list[Prose]]:
    groups: list[list[Prose]] = []
    for item in items:
        if groups and groups[-1][-1].parent == item.parent and groups[-1][-1].heading == item.heading:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


# ------------------------------------------------------------------ tokens and templates


def _in_prose(draft: Draft) -> Iterator[Residue]:
    if not told(draft).isdisjoint(_ALONE_WORDS):
        yield from _placeholders_alone(draft)
    patterns: tuple[tuple[re.Pattern[str], ResidueKind], ...] = ((_ASSISTANT, "assistant"), (_PLACEHOLDER, "placeholder"))
    for pattern, kind in patterns:
        if _may_be_told(draft, kind):
            yield from _matches(draft, pattern, kind)


def _may_be_told(draft: Draft, kind: ResidueKind) -> bool:
    """Whether anything of the kind can stand in the text."""
    text = visible_text(draft)
    if kind == "placeholder" and "[" in text and _TO_FILL_IN.search(text):
        return True
    return not told(draft).isdisjoint(_WORDS_OF[kind]) and _may_hold(kind, text.lower())


def _placeholders_alone(draft: Draft) -> Iterator[Residue]:
    for prose in draft.prose:
        if not prose.quoted and prose.pieces and prose.kind != "cell" and _PLACEHOLDER_ALONE.fullmatch(prose.text):
            yield _residue(draft, prose.span, "placeholder")


def _matches(draft: Draft, pattern: re.Pattern[str], kind: ResidueKind) -> Iterator[Residue]:
    for prose in draft.prose:
        if prose.quoted or not prose.pieces or not _may_hold(kind, prose.text.lower()):
            continue
        ranges = _plain_fixed(prose)
        for match in pattern.finditer(prose.text):
            start, end = match.span("words") if "words" in pattern.groupindex else match.span()
            if not ranges.at(start):
                yield _residue(draft, prose.source_span(start, end), kind)


def _plain_fixed(prose: Prose) -> Ranges:
    """Code and links; a range that begins with a bracket is plain text."""
    return Ranges([(start, end) for start, end in prose.fixed if start < end and prose.text[start] != "["])


@measured
def cites(draft: Draft) -> bool:
    """Whether an assistant's tokens that have "cite" in their names may stand anywhere in the draft."""
    return "cite" in draft.source


def _outside_code(draft: Draft, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches in the body that begin neither in a code block or comment nor, by the backticks before them in their line, in a code span."""
    line, counted, ticks = -1, 0, 0
    for match in pattern.finditer(draft.source, draft.body.start):
        at = match.start()
        if (start := draft.line_starts[draft.line(at) - 1]) != line:
            line, counted, ticks = start, start, 0
        ticks += draft.source.count("`", counted, at)
        counted = at
        if ticks % 2 == 0 and not _in_code_block(draft, at):
            yield match


def _in_code_block(draft: Draft, at: int) -> bool:
    number = bisect_right(draft.blocks, at, key=lambda block: block.span.start) - 1
    return number >= 0 and draft.blocks[number].kind in ("code", "comment") and at < draft.blocks[number].span.end


def _frontmatter(draft: Draft) -> Iterator[Residue]:
    """Metadata in the body: a fenced block of keys, or keys run together in a paragraph."""
    fences = draft.source.count("\n---", max(0, draft.body.start - 1)) + draft.source.startswith("---", draft.body.start)
    for match in _outside_code(draft, _FENCED_KEYS) if fences > 1 else ():
        if len(set(_KEY_LINE.findall(match["keys"]))) > 1:
            yield _residue(draft, Span(*match.span()), "frontmatter")
    if not draft.known and not _may_begin_with_key(draft):
        return
    for prose in draft.prose:
        if prose.kind in ("paragraph", "heading") and not prose.quoted:
            if draft.source.find(":", prose.span.start, prose.span.start + _LONGEST_KEY + 1) < 0:
                continue
            source = draft.text(prose.span)
            if _KEY_LINE.match(source) and len({m["key"] for m in _KEY_LINE.finditer(source)}) > 1:
                yield _residue(draft, prose.span, "frontmatter")


def _may_begin_with_key(draft: Draft) -> bool:
    """Whether a text of the author's begins with a key."""
    begun = [line for line in own_text(draft).split("\n") if ":" in line[: _LONGEST_KEY + 1]]
    return any(line.partition(":")[0] in _KEY_NAMES for line in begun)
