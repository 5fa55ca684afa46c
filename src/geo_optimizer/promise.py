"""The promise in code: what is checked before any output may be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from geo_optimizer.errors import REPORT_IT, DraftRefused, OutputUnsafe
from geo_optimizer.markdown import Moves, apply_edits, invert_edits, parse
from geo_optimizer.markdown.frontmatter import EMPTY
from geo_optimizer.model import Draft, Edit, Span

Part = tuple[str, Span, str]  # what it is, where, and what it says
_NOTHING = ": nothing was written"


class Misread(OutputUnsafe):
    """The author's own parts, or the added ones, would not be read as what they are."""

    @property
    def why(self) -> str:
        return self.message.removesuffix(_NOTHING)


def verify_output(
    draft: Draft,
    edits: Sequence[Edit],
    output: str,
    again: Callable[[Draft], Sequence[Edit]],
    refreshed: Collection[str] = (),
) -> None:
    """Raise OutputUnsafe unless the output is the draft and the announced edits, and nothing else to any reader.

    Nothing may be replaced but in the frontmatter and in a part of the edit's
    own kind; the edits must undo to the source; a parse of the output must find
    the draft's own parts as they were, and the added ones recognised for what
    they are; of the frontmatter's keys only empty, missing and `refreshed` ones (casefolded)
    may have another value; and `again`, the plan for the output read as a
    draft, must be empty. Misread is raised for what the parse finds.
    """
    if stray := next((edit for edit in edits if not _in_its_place(draft, edit)), None):
        raise _unsafe(draft, f"an edit ({stray.kind}) would change the author's text on line {draft.line(stray.span.start)}")
    if apply_edits(invert_edits(edits, draft.source), output) != draft.source:
        raise _unsafe(draft, "undoing the edits does not give the source back")
    if not edits:
        return
    after = _read_again(draft, output)
    if changed := _changed_part(draft, after, edits):
        raise _unsafe(draft, changed, Misread)
    if changed := _changed_key(draft, after, refreshed):
        raise _unsafe(draft, changed)
    if planned := again(after):
        raise _unsafe(draft, f"a second run would change the output again ({', '.join(sorted({edit.kind for edit in planned}))})")


def _read_again(draft: Draft, output: str) -> Draft:
    """The output as a draft. Raises OutputUnsafe where it cannot be read."""
    try:
        return parse(output, draft.path, dialect=draft.dialect, language=draft.language)
    except DraftRefused as error:
        raise _unsafe(draft, f"the output cannot be read again: {error.message}", Misread) from error


def _in_its_place(draft: Draft, edit: Edit) -> bool:
    """Whether an edit is announced by where it stands: metadata in the metadata, a part in place of that part, or an insertion into the body."""
    if edit.kind == "frontmatter":
        frontmatter = draft.frontmatter
        return frontmatter.content.contains(edit.span) if frontmatter else edit.span == Span(draft.body.start, draft.body.start)
    if not len(edit.span):
        return draft.body.contains(edit.span)
    own = [part.span for part in draft.known if part.kind == edit.kind]
    blank = edit.span.start + len(edit.span.of(draft.source)) - len(edit.span.of(draft.source).lstrip())
    return any(span.contains(Span(min(blank, edit.span.end), edit.span.end)) for span in own)


def _changed_part(draft: Draft, after: Draft, edits: Sequence[Edit]) -> str | None:
    """What the output's readers would read otherwise: a part of the draft that is gone, one that no edit brought, or an added one that is not known."""
    announced = {edit.kind for edit in edits if edit.text} - {"frontmatter"}
    if missing := announced - {part.kind for part in after.known}:
        return f"the added {', '.join(sorted(missing))} would not be recognised"
    places = Moves(edits)
    own = [(kind, places.moved(span), text) for kind, span, text in _parts(draft) if not places.replaced(span)]
    kept = [part for part in _parts(after) if not places.inserted(part[1])]
    if own == kept:
        return None
    kind, span, _ = next(a if a != b else b for a, b in zip([*own, _END], [*kept, _END], strict=False) if a != b)
    return f"the {kind} on line {after.line(min(span.start, len(after.source)))} of the output would be read as another"


_END: Part = ("end", Span(0, 0), "")


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


def _changed_key(draft: Draft, after: Draft, refreshed: Collection[str]) -> str | None:
    before = draft.frontmatter.values if draft.frontmatter else {}
    now = after.frontmatter.values if after.frontmatter else {}
    kept = {key: value for key, value in before.items() if value not in EMPTY and key.casefold() not in refreshed}
    lost = next((key for key, value in kept.items() if repr(now.get(key)) != repr(value)), None)
    return f"the value of `{lost}` would be another" if lost is not None else None


def _unsafe(draft: Draft, why: str, kind: type[OutputUnsafe] = OutputUnsafe) -> OutputUnsafe:
    return kind(
        "output-unsafe",
        why + _NOTHING,
        hint=f"this is a bug in geo-optimizer; {REPORT_IT}",
        path=draft.path,
    )
