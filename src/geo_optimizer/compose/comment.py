"""Link suggestions as one comment at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.compose.insertion import insertion, is_safe
from geo_optimizer.markdown.parts import LINK_COMMENT
from geo_optimizer.model import Draft, Edit, LinkSuggestion, Note, Span
from geo_optimizer.options import Options


def link_comment(draft: Draft, links: Sequence[LinkSuggestion], options: Options, notes: list[Note]) -> tuple[Edit, ...]:
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
    edit = insertion(draft, len(draft.blocks), lines, "links")
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
