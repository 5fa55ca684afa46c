"""Link suggestions as one comment at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.compose.insertion import insertion, is_safe, obstacle
from geo_optimizer.compose.layout import layout
from geo_optimizer.markdown.parts import LINK_COMMENT
from geo_optimizer.model import Draft, Edit, LinkSuggestion, Note, Span
from geo_optimizer.options import Options

_WHOLE = re.compile(r"<!--(?>(?:(?!-->).)*)-->|\{/\*(?>(?:(?!\*/).)*)\*/\}", re.DOTALL)  # one comment and nothing else
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
    """One comment at the end; the one of an earlier run is replaced, or goes when nothing is suggested any more. Of several, the last stays."""
    if "links" not in options.parts:
        return ()
    old = [k.span for k in draft.known if k.kind == "links"]
    lines = _comment(draft, [s for s in links if s.recommended])
    if old:
        return _renewed(draft, old, draft.newline.join(lines), before, notes) if _may_replace(draft, old[-1], options, notes) else ()
    if not lines:
        return ()
    edit = insertion(draft, _last_place(draft), lines, "links")
    if draft.blocks and is_safe(draft, edit, before):
        return (edit,)
    notes.append(
        obstacle(draft, edit, "links", "no comment can follow the end of this text safely; `geo-optimize links` prints the suggestions")
    )
    return ()


def _renewed(draft: Draft, old: Sequence[Span], text: str, before: Sequence[Edit], notes: list[Note]) -> tuple[Edit, ...]:
    """The last comment as `text`, the others gone; one that shares its lines, or whose place would join its neighbours, stays with a note."""
    edits: list[Edit] = []
    for span in old:
        edit = Edit(span, text, "links") if text and span is old[-1] else Edit(_with_blank_line(draft, span), "", "links")
        if draft.text(edit.span) == edit.text:
            continue
        if not _WHOLE.fullmatch(draft.text(span)):
            notes.append(Note("links", "it has no end, or something else stands on its lines: left as it is", span))
        elif not is_safe(draft, edit, [*before, *edits]):
            notes.append(Note("links", "without it the text around it would be read otherwise: left as it is", span))
        else:
            edits.append(edit)
    return tuple(edits)


def _with_blank_line(draft: Draft, comment: Span) -> Span:
    """A comment that goes, with the line end before it; and with a blank line above it, unless it is all that parts it from what is below."""
    line, below = draft.line(comment.start), draft.line(comment.end)
    start = comment.start
    if _line(draft, line).start > draft.body.start:
        start = _line(draft, line - 1).end
        if (
            not draft.text(_line(draft, below + 1)).strip()
            and not len(_line(draft, line - 1))
            and _line(draft, line - 1).start > draft.body.start
        ):
            start = _line(draft, line - 2).end
    return Span(start, comment.end)


def _line(draft: Draft, number: int) -> Span:
    """A line without its line end; one past the last is empty."""
    bounds = (*draft.line_starts[number - 1 : number + 1], len(draft.source), len(draft.source))
    return Span(bounds[0], bounds[0] + len(draft.source[bounds[0] : bounds[1]].rstrip("\r\n")))


def _may_replace(draft: Draft, old: Span, options: Options, notes: list[Note]) -> bool:
    """A run with a site renews the comment; one without has nothing better than links of one with it, nor than what an editor left."""
    if options.taxonomy is not None:
        return True
    if "links" in options.refresh and " -> " in draft.text(old):
        notes.append(Note("links", "its links were found with a site; give --site to refresh them", old))
        return False
    return "links" in options.refresh


def _last_place(draft: Draft) -> int:
    """The end, or before the comments there that are read by an editor or a linter and must stay last; never inside a pair of comments."""
    place, lasts = len(draft.blocks), {pair.last for pair in layout(draft).pairs}
    while (
        place > 0
        and place - 1 not in lasts
        and draft.blocks[place - 1].kind in ("comment", "opaque")
        and _STAYS_LAST.match(draft.text(draft.blocks[place - 1].span)[:_MODELINE])
    ):
        place -= 1
    return place


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
