"""Suggested links -> links in the text: those that every reader sees as such, no more than the text bears, nothing left for a second run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from geo_optimizer.analysis.words import stems
from geo_optimizer.compose import link_edits, obstructed
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import Moves, apply_edits, changed_part, invert_edits, parse
from geo_optimizer.model import LINKED, Draft, LinkSuggestion, Note, Span, WrittenLink
from geo_optimizer.site import Site, Unwritable, Writer, links_that_fit, suggest_links


@dataclass(slots=True)
class Linking:
    """What became of suggestions: the links to write, and notes on those that cannot be written.

    `found`: the suggestions, with those that came up only when the first were written.
    """

    found: list[LinkSuggestion]
    written: list[WrittenLink] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # addresses

    def refuse(self, found: LinkSuggestion, why: str) -> None:
        if found.target not in self.refused:
            self.refused.add(found.target)
            self.notes.append(Note("link", f"“{found.anchor}” is not linked to {found.target}: {why}", found.span))


def write_links(draft: Draft, site: Site, found: Sequence[LinkSuggestion]) -> Linking:
    """Each suggestion as a link, whatever becomes of the others."""
    done, writer = Linking(list(found)), Writer(draft, site)
    for suggestion in found:
        link = _written(draft, writer, suggestion, done)
        if link is not None and _try(draft, [link], done) is not None:
            done.written.append(link)
    return done


def settle_links(draft: Draft, site: Site, found: Sequence[LinkSuggestion]) -> Linking:
    """The recommended suggestions as links, as many as there is room for beside the links that the draft has.

    What is suggested depends on what is linked. So suggestions are made again, as a second run
    would make them, until none is left that would be written.
    """
    done, now, suggested = Linking(list(found)), draft, list(found)
    while True:
        writer = Writer(now, site)
        room = links_that_fit(draft) - len(writer.linked)
        links = _to_write(draft, now, writer, suggested, done)
        with_more = _add(draft, links, room, done)
        if with_more is None:
            if room <= 0 and found and not done.written:
                _note_full(done, len(writer.linked))
            return done
        now = with_more
        suggested = _back(draft, done.written, suggest_links(now, site))
        known = {s.target for s in done.found}
        done.found += [s for s in suggested if s.target not in known and s.recommended]


def _to_write(draft: Draft, now: Draft, writer: Writer, suggested: Iterable[LinkSuggestion], done: Linking) -> list[WrittenLink]:
    """The recommended links, best first; of words that are a link already, a reader would not know which page is meant."""
    used = {" ".join(stems(link.text)) for link in now.links}
    fresh = [s for s in suggested if s.recommended and s.target not in done.refused and " ".join(stems(s.anchor)) not in used]
    return [link for s in fresh if (link := _written(draft, writer, s, done)) is not None]


def _written(draft: Draft, writer: Writer, found: LinkSuggestion, done: Linking) -> WrittenLink | None:
    try:
        link = writer.written(found)
    except Unwritable as error:
        done.refuse(found, str(error))
        return None
    if why := obstructed(draft, link):
        done.refuse(found, why)
        return None
    return link


def _add(draft: Draft, links: Sequence[WrittenLink], room: int, done: Linking) -> Draft | None:
    """Write so many of the links, and answer with the draft that has them; None if none can be added."""
    if room <= 0 or not links:
        return None
    together = _add_together(draft, links[:room], done)
    if together is not None:
        return together
    left = _without_spoilers(draft, links, done)
    if len(left) < len(links) and left and (together := _add_together(draft, left[:room], done)) is not None:
        return together
    return _add_each(draft, left, room, done)


def _add_together(draft: Draft, links: Sequence[WrittenLink], done: Linking) -> Draft | None:
    after = _try(draft, [*done.written, *links], None)
    if after is not None:
        done.written += links
    return after


def _without_spoilers(draft: Draft, links: Sequence[WrittenLink], done: Linking) -> list[WrittenLink]:
    """The links without those that are refused alone already: so that not the whole draft is read for each, their paragraphs are first."""
    return [link for link in links if _fits_its_block(draft, link) or _try(draft, [*done.written, link], done) is not None]


def _fits_its_block(draft: Draft, link: WrittenLink) -> bool:
    """Whether a link is read as one where its paragraph or list is all there is."""
    span = link.suggestion.span
    place = next((block.span for block in draft.blocks if block.span.contains(span)), None)
    if place is None:
        return False
    within = Span(span.start - place.start, span.end - place.start)
    edits = [edit._replace(span=within) for edit in link_edits([link])]
    try:
        before = parse(draft.text(place), dialect=draft.dialect, language=draft.language)
        after = parse(apply_edits(edits, before.source), dialect=draft.dialect, language=draft.language)
    except DraftRefused:
        return False
    return changed_part(before, after, edits, {within: link.to}) is None


def _add_each(draft: Draft, links: Sequence[WrittenLink], room: int, done: Linking) -> Draft | None:
    """One after the other: each may be well alone, and not beside another."""
    after = None
    for link in links:
        if room > 0 and (tried := _try(draft, [*done.written, link], done)) is not None:
            done.written.append(link)
            after, room = tried, room - 1
    return after


def _try(draft: Draft, links: Sequence[WrittenLink], done: Linking | None) -> Draft | None:
    """The draft with these links; None if a reader would see anything else beside them, which the last one is refused for."""
    edits = link_edits(links)
    try:
        after = parse(apply_edits(edits, draft.source), draft.path, dialect=draft.dialect, language=draft.language)
        why = changed_part(draft, after, edits, {link.suggestion.span: link.to for link in links})
    except DraftRefused as error:
        why = error.message
    if why is None:
        return replace(after, frontmatter=draft.frontmatter, given_title=draft.given_title, facts={})
    if done is not None:
        done.refuse(links[-1].suggestion, why)
    return None


def _back(draft: Draft, written: Sequence[WrittenLink], found: Iterable[LinkSuggestion]) -> list[LinkSuggestion]:
    """Suggestions for the draft with links, with their places in the one without."""
    moves = Moves(invert_edits(link_edits(written), draft.source), LINKED)
    return [s._replace(span=moves.moved(s.span)) for s in found]


def _note_full(done: Linking, linked: int) -> None:
    """Say why none of the suggestions was a recommended one."""
    pages = "1 page" if linked == 1 else f"{linked} pages"
    done.notes.append(Note("link", f"no link is recommended: the text links to {pages} of the site, all that its length bears"))
