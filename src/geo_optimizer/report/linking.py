"""Suggested links, as an editor reads them: the sentence with its words marked, the page, the reason."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from geo_optimizer.analysis.excerpt import Marked, marked
from geo_optimizer.model import Backlink, Draft, Edit, LinkSuggestion, Optimization, Span
from geo_optimizer.report.markdown import as_code, as_prose
from geo_optimizer.report.rdjson import Change
from geo_optimizer.report.view import counted, visible

_AROUND = 80  # characters of the sentence that are shown on either side of the words
_START = attrgetter("span.start")
_PARTS = {
    "frontmatter": "add metadata that the draft lacks",
    "tldr": "add a TL;DR of the draft's own lines",
    "takeaways": "add key takeaways from the draft's own lines",
    "links": "bring the comment with links to consider up to date",
}


def _near(found: Marked) -> Marked:
    """With as much of the sentence as helps to find the words."""
    before, after = visible(found.before), visible(found.after)
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return Marked(before, visible(found.words), after)


def text(draft: Draft, path: str, found: Sequence[LinkSuggestion], unsure: int = 0) -> str:
    """A list for the terminal; `unsure`: how many more there are, not recommended."""
    rows = [f"{path}: {counted(len(found), 'link')} to make" if found else f"{path}: no link to recommend"]
    for rank, suggestion in enumerate(found, 1):
        rows += ["", *_rows(draft, rank, suggestion)]
    if unsure:
        rows += ["", f"{unsure} more, not recommended: -n {len(found) + unsure} shows {'it' if unsure == 1 else 'them'}"]
    if path != "<stdin>" and any(suggestion.recommended for suggestion in found):
        rows += ["", f"To make what is recommended: geo-optimize -i {shlex.quote(path)} --site SITE --only links --apply-links"]
    return "\n".join(rows)


def _rows(draft: Draft, rank: int, found: LinkSuggestion) -> Iterator[str]:
    before, words, after = _near(marked(draft, found.span))
    yield f"{rank:>3}. line {draft.line(found.span.start)}: {before}[{words}]{after}"
    yield f"     -> {visible(found.title)}  {visible(found.target)}"
    yield f"     {visible(found.reason)}  ({_score(found)})"


def _score(found: LinkSuggestion | Backlink) -> str:
    return f"{found.score:.2f}" if found.recommended else f"{found.score:.2f}, not recommended"


def markdown(draft: Draft, path: str, found: Sequence[LinkSuggestion]) -> str:
    """A comment on a pull request, in which nothing of the draft or the site acts."""
    rows = [f"### {as_prose(path)}: {counted(len(found), 'link') if found else 'no link'} to {'make' if found else 'recommend'}", ""]
    for suggestion in found:
        rows += [f"- line {draft.line(suggestion.span.start)}: {_strong(marked(draft, suggestion.span))}  "]
        rows += [f"  → {as_prose(suggestion.title)}, {as_code(suggestion.target)} ({_score(suggestion)}): {as_prose(suggestion.reason)}"]
    return "\n".join(rows)


def _strong(found: Marked) -> str:
    before, words, after = _near(found)
    return f"{as_prose(before)}{' ' * before.endswith(' ')}**{as_prose(words)}**{' ' * after.startswith(' ')}{as_prose(after)}"


# ------------------------------------------------------------------ from pages to the draft


def backlinks(found: Sequence[Backlink], path: str) -> str:
    """A list for the terminal."""
    if not found:
        return f"{path}: no page to recommend that could link to it"
    rows = [f"{path}: {counted(len(found), 'page')} that could link to it"]
    for rank, one in enumerate(found, 1):
        before, words, after = _near(Marked(*one.sentence))
        rows += [
            "",
            f"{rank:>3}. {visible(one.path)}:{one.line}: {before}[{words}]{after}",
            f"     from {visible(one.title)}  {visible(one.page)}",
        ]
        rows += [f"     {visible(one.reason)}  ({_score(one)})"]
    return "\n".join(rows)


def markdown_backlinks(found: Sequence[Backlink], path: str) -> str:
    """The same as a comment on a pull request."""
    rows = [f"### {as_prose(path)}: {counted(len(found), 'page') if found else 'no page'} that could link to it", ""]
    for one in found:
        rows += [f"- {as_code(f'{one.path}:{one.line}')}: {_strong(Marked(*one.sentence))}  "]
        rows += [f"  from {as_prose(one.title)}, {as_code(one.page)} ({_score(one)}): {as_prose(one.reason)}"]
    return "\n".join(rows)


# ------------------------------------------------------------------ as suggestions of a review


def link_changes(found: Iterable[LinkSuggestion], edits: Iterable[Edit]) -> tuple[Change, ...]:
    """Links as changes in the order of the text; one that cannot be written is told without an edit."""
    made = {edit.span: edit for edit in edits}
    return tuple(Change("link", _told(s), s.span, made.get(s.span)) for s in sorted(found, key=_START))


def _told(found: LinkSuggestion) -> str:
    return f"“{found.anchor}” could link to “{found.title}” ({found.target}): {found.reason}"


def changes(done: Optimization) -> tuple[Change, ...]:
    """Every edit of a run as a change."""
    links: Mapping[Span, LinkSuggestion] = {s.span: s for s in done.links}
    return tuple(
        Change(edit.kind, _told(links[edit.span]) if edit.kind == "link" else _PARTS.get(edit.kind, edit.kind), edit.span, edit)
        for edit in done.edits
    )
