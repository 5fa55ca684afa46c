"""Whether readers of an edited text read what they read before, and the announced edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from geo_optimizer.markdown.edits import Moves
from geo_optimizer.markdown.grammar import normalized
from geo_optimizer.model import LINKED, Draft, Edit, Link, Span

Part = tuple[str, Span, str]  # what it is, where, and what it says
_END: Part = ("end", Span(0, 0), "")
_NO_LINKS: Mapping[Span, str] = {}


def changed_part(draft: Draft, after: Draft, edits: Sequence[Edit], links: Mapping[Span, str] = _NO_LINKS) -> str | None:
    """What `after`, read from the edited text, has otherwise than the draft; None if only the edits are new.

    That is a part of the draft that is gone or says something else, one that
    no edit brought, or a link around the words at a span of `links` that does not lead there.
    """
    places = Moves(edits, LINKED)
    made = {new: edit for edit, new in places.made() if edit.kind in LINKED}
    for new, edit in made.items():
        if why := _unlike(after, new, edit.span.of(draft.source), links.get(edit.span)):
            return why
    own = [(kind, places.moved(span), text) for kind, span, text in _parts(draft) if not places.replaced(span)]
    kept = [part for part in _parts(after) if not places.inserted(part[1]) and not (part[0] == "link" and part[1] in made)]
    if own == kept:
        return None
    kind, span, _ = next(a if a != b else b for a, b in zip([*own, _END], [*kept, _END], strict=False) if a != b)
    return f"the {kind} on line {after.line(min(span.start, len(after.source)))} of the output would be read as another"


def _unlike(after: Draft, place: Span, words: str, leads_to: str | None) -> str | None:
    """How the link at `place` is not one of these words to this address; of a wikilink its words alone are known."""
    where = f"on line {after.line(place.start)} of the output"
    if leads_to is None:
        return f"a link {where} was not announced"
    if place.of(after.source).startswith("[["):
        return None
    found = [link for link in after.links if link.span == place]
    if len(found) != 1 or not _is_plain(found[0], words):
        return f"the link of “{words}” {where} would not be read as one"
    same = unquote(found[0].href) == unquote(normalized(leads_to))
    return None if same else f"the link of “{words}” {where} would lead to {found[0].href}"


def _is_plain(link: Link, words: str) -> bool:
    return link.kind == "inline" and not link.image and link.text == words


def _parts(draft: Draft) -> Iterator[Part]:
    """All that a reader of the Markdown sees in the body; which prose is the article's, and which a part's that we would add."""
    yield from (("block", b.span, b.kind) for b in draft.blocks)
    yield from (("heading", h.span, f"{h.level} {h.text}") for h in draft.headings)
    yield from ((p.kind, p.span, f"{p.known} {p.text}") for p in draft.prose)
    yield from (("item", i.span, f"{i.depth} {i.ordered}") for i in draft.items)
    yield from (("image" if x.image else "link", x.span, f"{x.href} {x.text}") for x in draft.links)
    yield from (("code", c.span, f"{c.kind} {c.info}") for c in draft.code)
    yield from (("footnote", f.span, f"{f.definition} {f.label}") for f in draft.footnotes)
    yield from (("link definition", d.span, f"{d.label} {d.href}") for d in draft.definitions)
    yield from ((f"{k.kind} part", k.span, "") for k in draft.known)
