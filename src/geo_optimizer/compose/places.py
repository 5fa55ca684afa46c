"""Where in the body a part may stand: after the title and what belongs to it, and before what follows the argument."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo_optimizer.analysis.calls import is_call_to_action
from geo_optimizer.model import Block, Draft, Heading

_EXCERPT_END = re.compile(r"(?:<!--|\{/\*)\s*(?:more|truncate|excerpt|end excerpt|readmore)\s*(?:-->|\*/\})", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:\W*(?:by|von|par|por|di|door|written by|posted|published|updated|last updated|reading time|photo|image)\b|\W*\d{1,2}[. ]|\W*\w+ \d{1,2}, \d{4}).{0,110}",
    re.IGNORECASE | re.DOTALL,
)
_NOTICE = re.compile(
    r"(?:update|updated|note|notice|edit|editor.s note|correction|warning|important|disclaimer|hinweis|nota|mise à jour)\b", re.IGNORECASE
)
_REFERENCES = re.compile(
    r"(?:references?|sources?|citations?|bibliography|works cited|further reading|additional (?:resources|reading)|resources|notes|footnotes|endnotes"
    r"|see also|related(?: (?:posts|articles|reading|links))?|read (?:more|next)|links|acknowledge?ments?|credits|about (?:the authors?|us|me)|appendix.*"
    r"|changelog|license|quellen(?:verzeichnis)?|literatur(?:verzeichnis)?|weiterführende links|références|pour aller plus loin|referencias|fuentes|fonti|fontes|bronnen)",
    re.IGNORECASE,
)
_CALL_HEADING = re.compile(
    r"(?:get (?:started|involved|in touch)|next steps?|what.s next\??|try it(?: (?:out|yourself|now))?|contact(?: us)?|join (?:us|in).*|sign up.*|subscribe.*|call to action"
    r"|learn more|ready to .*|want to (?:learn|know|try) more\??|nächste schritte|kontakt|prochaines étapes|próximos pasos|contatti|contato)",
    re.IGNORECASE,
)


def lead_places(draft: Draft) -> Iterable[int]:
    """Where a TL;DR may stand, best first: after the title and what belongs to it, before the first prose."""
    blocks = draft.blocks
    if not _has_prose(draft, len(blocks)):
        return
    first_section = next((i for i, b in enumerate(blocks) if b.kind == "heading" and not _is_title(draft, b)), len(blocks))
    excerpt = next((i for i, b in enumerate(blocks[:first_section]) if _EXCERPT_END.fullmatch(draft.text(b.span).strip())), None)
    if excerpt is not None:
        yield excerpt + 1
        return
    place = next((i for i, b in enumerate(blocks) if not _belongs_to_title(draft, b)), None)
    if place is not None:
        yield place
        if place + 1 < first_section:
            yield place + 1


def _has_prose(draft: Draft, end: int) -> bool:
    """Whether the author says anything in the first `end` blocks."""
    known = [part.span for part in draft.generated]
    return any(b.kind in ("paragraph", "list", "quote") and not any(k.overlaps(b.span) for k in known) for b in draft.blocks[:end])


def _is_title(draft: Draft, block: Block) -> bool:
    return any(h.level == 1 and block.span.contains(h.span) for h in draft.headings)


def _belongs_to_title(draft: Draft, block: Block) -> bool:
    text = draft.text(block.span)
    match block.kind:
        case "heading":
            return _is_title(draft, block)
        case "image" | "comment" | "html" | "opaque" | "definition":
            return True
        case "paragraph":
            return len(text.split()) <= 16 and not re.search(r"[.!?]\W*$", text) and bool(_BYLINE.fullmatch(text.strip(" *_>")))
        case "quote":
            return bool(_NOTICE.match(text.lstrip("> *_[!\t")))
        case "list":
            return bool(re.fullmatch(r"(?:\s*[-*+\d.)]+\s+\[[^\]]*\]\(#[^)]*\)\s*)+", text))
        case _:
            return False


def closing_places(draft: Draft) -> Iterable[int]:
    """Where takeaways may stand, best first: after the argument, before what follows it."""
    blocks = draft.blocks
    place = len(blocks)
    while place > 0 and (start := _tail(draft, place)) < place:
        place = start
    if _has_prose(draft, place):
        yield place
        if place < len(blocks):
            yield len(blocks)


def _tail(draft: Draft, end: int) -> int:
    """The place before the last thing ahead of `end` that closes an article rather than argues; `end` if none does."""
    block = draft.blocks[end - 1]
    text = draft.text(block.span)
    section = next((i for i in range(end - 1, -1, -1) if draft.blocks[i].kind == "heading"), None)
    if section is not None and (heading := _heading(draft, draft.blocks[section])) and heading.level > 1:
        title = heading.text.strip(" :.!*")
        if _REFERENCES.fullmatch(title) or (_CALL_HEADING.fullmatch(title) and end == len(draft.blocks)):
            return section
        if section == end - 1:
            return section
    if block.kind in ("comment", "definition", "footnote") or (block.kind == "opaque" and re.fullmatch(r"<[^<>]*/>", text.strip())):
        return end - 1
    if block.kind == "rule" and end < len(draft.blocks):
        return end - 1
    if block.kind == "paragraph" and _calls(draft, block):
        return end - 1
    return end


def _calls(draft: Draft, block: Block) -> bool:
    """Whether a paragraph asks the reader to do something with the publisher."""
    words = " ".join(p.text for p in draft.prose if block.span.contains(p.span))
    return len(words.split()) <= 80 and is_call_to_action(words)


def _heading(draft: Draft, block: Block) -> Heading | None:
    return next((h for h in draft.headings if block.span.contains(h.span)), None)
