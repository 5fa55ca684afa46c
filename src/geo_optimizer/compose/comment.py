"""Link suggestions as one comment at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.compose.insertion import insertion, is_safe, obstacle
from geo_optimizer.markdown.parts import LINK_COMMENT
from geo_optimizer.model import Draft, Edit, LinkSuggestion, Note, Span
from geo_optimizer.options import Options

_MODELINE = 300  # characters of a comment in which it says what it is for
# Modelines of vim (its last five lines) and Emacs (the last page), and what ends a range for a linter or formatter.
_STAYS_LAST = re.compile(
    r"\s*(?:<!--|\{/\*|%|#)[\s-]*(?:(?:vim?|ex):|local variables:|-\*-|kate:|[\w:-]+-(?:enable|restore|end)\b|(?:cspell|textlint|vale|alex):?[ -](?:enable|on|end)\b"
    r"|vale \S+ = yes|lint enable\b|#?endregion\b|/toc\b)",
    re.IGNORECASE,
)


def link_comment(
    draft: Draft, links: Sequence[LinkSuggestion], options: Options, before: Sequence[Edit], notes: list[Note]
) -> tuple[Edit, ...]:
    """One comment at the end; the one of an earlier run is replaced, or goes when nothing is suggested any more."""
    if "links" not in options.parts:
        return ()
    old = next((k.span for k in reversed(draft.known) if k.kind == "links"), None)
    lines = _comment(draft, [s for s in links if s.recommended])
    if old is not None:
        return _replaced(draft, old, draft.newline.join(lines)) if _may_replace(draft, old, options, notes) else ()
    if not lines:
        return ()
    edit = insertion(draft, _last_place(draft), lines, "links")
    if draft.blocks and is_safe(draft, edit, before):
        return (edit,)
    notes.append(
        obstacle(draft, edit, "links", "no comment can follow the end of this text safely; `geo-optimize links` prints the suggestions")
    )
    return ()


def _may_replace(draft: Draft, old: Span, options: Options, notes: list[Note]) -> bool:
    """A run with a site renews the comment; one without has nothing better than links of one with it, nor than what an editor left."""
    if options.taxonomy is not None:
        return True
    if "links" in options.refresh and " -> " in draft.text(old):
        notes.append(Note("links", "its links were found with a site; give --site to refresh them", old))
        return False
    return "links" in options.refresh


def _last_place(draft: Draft) -> int:
    """The end, or before the comments there that are read by an editor or a linter and must stay last."""
    place = len(draft.blocks)
    while (
        place > 0
        and draft.blocks[place - 1].kind in ("comment", "opaque")
        and _STAYS_LAST.match(draft.text(draft.blocks[place - 1].span)[:_MODELINE])
    ):
        place -= 1
    return place


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
