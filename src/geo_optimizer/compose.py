"""Accepted lines -> edits: where things go, and under which keys.

Every insertion is tried on a parse of the text it would make; where the
author's own blocks would not come out as they were, the part is left out and a
note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath

from geo_optimizer.analysis.calls import is_call_to_action
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.markdown.frontmatter import CATEGORY_KEYS, DESCRIPTION_KEYS, SLUG_KEYS, TITLE_KEYS, Scalar, splice
from geo_optimizer.markdown.parts import LABELS, LINK_COMMENT
from geo_optimizer.model import Block, Draft, Edit, Enhancement, EnhancementKind, Heading, LinkSuggestion, Note, Span
from geo_optimizer.options import Options

KEYS: dict[EnhancementKind, tuple[str, ...]] = {
    "title": TITLE_KEYS,
    "description": DESCRIPTION_KEYS,
    "slug": SLUG_KEYS,
    "category": CATEGORY_KEYS,
}
FEWEST_LINES, MOST_LINES = 3, 5
MOST_CATEGORIES = 5

_NAMELESS = re.compile(
    r"(?:draft|index|_index|readme|untitled|post|article|page|new|temp|text|document|content|stdin|-)[-_ ]?\d*", re.IGNORECASE
)
_EXCERPT_END = re.compile(r"(?:<!--|\{/\*)\s*(?:more|truncate|excerpt|end excerpt|readmore)\s*(?:-->|\*/\})", re.IGNORECASE)
_MDX_METADATA = re.compile(r"^export\s+(?:const|let|var)\s+(?:meta|metadata|frontmatter|frontMatter)\b", re.MULTILINE)
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


def wanted(draft: Draft, options: Options) -> frozenset[EnhancementKind]:
    """The kinds of line that this draft lacks and this run may add."""
    kinds: set[EnhancementKind] = set()
    if "frontmatter" in options.parts and _metadata_elsewhere(draft) is None:
        kinds |= {kind for kind in KEYS if _key_for(draft, kind, options) is not None}
        if _has_address(draft):
            kinds -= _part_of_address(draft, options)
    if "tldr" in options.parts and not draft.knows("tldr"):
        kinds.add("tldr")
    if "takeaways" in options.parts and not draft.knows("takeaways"):
        kinds.add("takeaway")
    return frozenset(kinds)


def compose(
    draft: Draft, lines: Sequence[Enhancement], links: Sequence[LinkSuggestion], options: Options
) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """The edits that put accepted lines and link suggestions into the draft, and notes on what was left out."""
    kinds = wanted(draft, options)
    notes: list[Note] = []
    edits = [*_frontmatter(draft, [line for line in lines if line.kind in kinds], options, notes)]
    labels = LABELS.get(draft.language)
    for kind, part, at in (("tldr", "tldr", lead_places), ("takeaway", "takeaways", closing_places)):
        texts = [line.text for line in lines if line.kind == kind][:MOST_LINES]
        if kind not in kinds:
            continue
        if labels is None:
            notes.append(Note(part, f"no label is known for the language {draft.language!r}"))
        elif len(texts) < FEWEST_LINES:
            notes.append(
                Note(part, f"too little in the draft stands alone: {_count(len(texts))} of the {FEWEST_LINES} needed; nothing was padded")
            )
        else:
            edits += _list_part(draft, part, texts, at, labels, notes)
    edits += _link_comment(draft, links, options, notes)
    return tuple(edits), tuple(notes)


def _count(lines: int) -> str:
    return {0: "no line", 1: "only one line"}.get(lines, f"only {lines} lines")


# ------------------------------------------------------------------ frontmatter


def _values(draft: Draft) -> dict[str, object]:
    return draft.frontmatter.values if draft.frontmatter else {}


def _key_for(draft: Draft, kind: EnhancementKind, options: Options) -> str | None:
    """The key to fill: an empty one that is there, else the usual one; None where any of the names has a value."""
    names = {name.casefold() for name in KEYS[kind]}
    present = {name: value for name, value in _values(draft).items() if name.casefold() in names}
    if any(value not in (None, "", [], {}) for value in present.values()):
        return None
    usual = options.taxonomy if kind == "category" and options.taxonomy else KEYS[kind][0]
    return next(iter(present), usual)


def _part_of_address(draft: Draft, options: Options) -> set[EnhancementKind]:
    """What could move a published page: a slug, and categories, which Jekyll puts into the address. Tags do not."""
    category = _key_for(draft, "category", options)
    return {"slug", "category"} if category in ("categories", "category") and category not in _values(draft) else {"slug"}


def _has_address(draft: Draft) -> bool:
    """Whether the page already lives somewhere: it carries metadata and its file has a name of its own.

    A `slug` there could move a published page.
    """
    unpublished = draft.frontmatter is None or _values(draft).get("draft") is True
    return not unpublished and not _NAMELESS.fullmatch(PurePath(draft.path).name.split(".")[0] or "-")


def _metadata_elsewhere(draft: Draft) -> str | None:
    if draft.frontmatter is None and draft.dialect == "mdx" and (found := _MDX_METADATA.search(draft.source)):
        return found.group()
    return None


def _frontmatter(draft: Draft, lines: Sequence[Enhancement], options: Options, notes: list[Note]) -> tuple[Edit, ...]:
    if "frontmatter" in options.parts and (elsewhere := _metadata_elsewhere(draft)):
        notes.append(Note("frontmatter", f"the metadata is in `{elsewhere}`, which is left to you"))
    changes: dict[str, Scalar] = {}
    for kind in KEYS:
        texts = [line.text for line in lines if line.kind == kind]
        if texts and (key := _key_for(draft, kind, options)):
            changes[key] = texts[:MOST_CATEGORIES] if kind == "category" and key != "category" else texts[0]
    edits: list[Edit] = []
    try:
        return splice(draft.source, _top(draft), draft.frontmatter, changes, draft.newline)
    except ValueError:
        # One key that cannot be written must not keep the others out.
        for key, value in changes.items():
            edits += _one_key(draft, key, value, notes)
    return _together(edits)


def _one_key(draft: Draft, key: str, value: Scalar, notes: list[Note]) -> tuple[Edit, ...]:
    try:
        return splice(draft.source, _top(draft), draft.frontmatter, {key: value}, draft.newline)
    except ValueError as error:
        notes.append(Note("frontmatter", f"{key} was left out: {error}"))
        return ()


def _together(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Keys inserted at one place as one edit."""
    by_span: dict[Span, str] = {}
    for edit in edits:
        by_span[edit.span] = by_span.get(edit.span, "") + edit.text
    return tuple(Edit(span, text, "frontmatter") for span, text in by_span.items())


def _top(draft: Draft) -> int:
    return draft.frontmatter.span.start if draft.frontmatter else draft.body.start


# ------------------------------------------------------------------ TL;DR and takeaways


def _list_part(
    draft: Draft, part: str, texts: Sequence[str], places: Callable[[Draft], Iterable[int]], labels: tuple[str, str], notes: list[Note]
) -> tuple[Edit, ...]:
    for place in places(draft):
        head = f"**{labels[0]}**" if part == "tldr" else _takeaways_head(draft, place, labels[1])
        bullet = "*" if _marker(draft, place) == "-" else "-"
        edit = _insertion(draft, place, [head, "", *(f"{bullet} {_escaped(text)}" for text in texts)], part)
        if is_safe(draft, edit):
            return (edit,)
    notes.append(Note(part, "no place is safe for it: the text around every candidate would change its meaning"))
    return ()


def _takeaways_head(draft: Draft, place: int, label: str) -> str:
    """A heading, unless it would take a paragraph of the author's under it; then a bold label."""
    if any(b.kind not in ("comment", "definition", "footnote", "rule", "opaque") for b in _until_heading(draft, place)):
        return f"**{label}**"
    return f"{'#' * _section_level(draft)} {label}"


def _until_heading(draft: Draft, place: int) -> Iterator[Block]:
    for block in draft.blocks[place:]:
        if block.kind == "heading":
            return
        yield block


def _section_level(draft: Draft) -> int:
    """The level of the draft's sections: the commonest below the H1."""
    levels = [h.level for h in draft.headings if h.level > 1]
    return min(levels, default=2)


def _marker(draft: Draft, place: int) -> str | None:
    """The bullet of a list that would follow ours and, with the same bullet, run into it."""
    if place < len(draft.blocks) and draft.blocks[place].kind == "list":
        return draft.text(draft.blocks[place].span).lstrip()[:1]
    return None


_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|^[#+-](?=\s)")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s)")


def _escaped(text: str) -> str:
    """The line as Markdown that shows exactly its characters; an underscore inside a word needs nothing."""
    escaped = _MARKUP.sub(lambda m: m.group() if m.group() == "_" and _inside_word(text, m.start()) else "\\" + m.group(), text)
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _insertion(draft: Draft, place: int, lines: Sequence[str], kind: str) -> Edit:
    """Lines as blocks of their own before block `place`, or after the last block."""
    end = draft.newline
    text = end.join(lines)
    if place >= len(draft.blocks):
        at = draft.blocks[-1].span.end if draft.blocks else draft.body.end
        return Edit(Span(at, at), end * 2 + text, kind)
    at = draft.blocks[place].span.start
    lead = "" if at == draft.body.start or _blank_before(draft, at) else end
    return Edit(Span(at, at), lead + text + end * 2, kind)


def _blank_before(draft: Draft, at: int) -> bool:
    line = draft.line(at)
    return line > 1 and not draft.source[draft.line_starts[line - 2] : at].strip() and draft.line_starts[line - 2] >= draft.body.start


_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}(?=[^`\r\n]*(?:\r|\n|\Z))|~{3,})(?P<rest>[^\r\n]*)", re.MULTILINE)


def is_safe(draft: Draft, edit: Edit) -> bool:
    """Whether the insertion is outside the author's blocks for us, and outside code for a reader that knows less.

    Many preprocessors find code by its fences alone, and know neither HTML
    comments nor how far a list indents.
    """
    fence = ""
    for line in _FENCE.finditer(draft.source, draft.body.start, edit.span.start):
        if not fence:
            fence = line["fence"]
        elif line["fence"].startswith(fence) and not line["rest"].strip():
            fence = ""
    return not fence and keeps_blocks(draft, edit)


def keeps_blocks(draft: Draft, edit: Edit) -> bool:
    """Whether the author's blocks come out of the edited text as they were, with whole new ones between them."""
    try:
        after = parse(apply_edits([edit], draft.source), draft.path, dialect=draft.dialect, language=draft.language)
    except DraftRefused:
        return False
    shift = len(edit.text) - len(edit.span)
    here = Span(edit.span.start, edit.span.start + len(edit.text))
    old = [b for b in draft.blocks if not edit.span.contains(b.span)]
    new = [b for b in after.blocks if not here.contains(b.span)]
    moved = [Block(b.kind, Span(b.span.start + shift, b.span.end + shift) if b.span.start >= edit.span.end else b.span) for b in old]
    return new == moved and len(new) < len(after.blocks)


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


# ------------------------------------------------------------------ links


def _link_comment(draft: Draft, links: Sequence[LinkSuggestion], options: Options, notes: list[Note]) -> tuple[Edit, ...]:
    """One comment at the end; the one of an earlier run is replaced, or goes when nothing is suggested any more."""
    if "links" not in options.parts:
        return ()
    old = next((k.span for k in reversed(draft.known) if k.kind == "links"), None)
    lines = _comment(draft, [s for s in links if s.recommended])
    if old is not None and options.taxonomy is None and " -> " in draft.text(old):
        return ()  # a run without the site has nothing better than the links of one with it
    if old is not None:
        return _replaced(draft, old, draft.newline.join(lines))
    if not lines:
        return ()
    edit = _insertion(draft, len(draft.blocks), lines, "links")
    if draft.blocks and is_safe(draft, edit):
        return (edit,)
    notes.append(Note("links", "no comment can follow the end of this text safely; `geo-optimize links` prints the suggestions"))
    return ()


def _replaced(draft: Draft, old: Span, text: str) -> tuple[Edit, ...]:
    if draft.text(old) == text:
        return ()
    if text:
        return (Edit(old, text, "links"),)
    start = len(draft.source[: old.start].rstrip("\r\n"))
    return (Edit(Span(start, old.end), "", "links"),)


def _comment(draft: Draft, links: Sequence[LinkSuggestion]) -> list[str]:
    if not links:
        return []
    opening, closing = ("{/*", "*/}") if draft.dialect == "mdx" else ("<!--", "-->")
    head = LINK_COMMENT if links[0].target else f"{LINK_COMMENT} (no site given: phrases that deserve a link; --site names the pages)"
    return [f"{opening} {head}", *(_suggestion(draft, link) for link in links), closing]


def _suggestion(draft: Draft, link: LinkSuggestion) -> str:
    section = next((h.text for h in reversed(draft.headings) if h.span.start < link.span.start and draft.prose[h.prose].known is None), "")
    where = f', under "{_plain(section)}"' if section else ""
    target = f" -> {link.target.replace('--', '-%2D').replace('*/', '*%2F')}" if link.target else ""
    return f'- "{_plain(link.anchor)}"{target}{where}: {_plain(link.reason)}'


def _plain(text: str) -> str:
    """Words that cannot end the comment they stand in."""
    return re.sub(r"-(?=-)", "- ", " ".join(text.split())).replace("*/", "* /").replace("->", "- >")
