"""The promise in code: what is checked before any output may be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from geo_optimizer.errors import REPORT_IT, DraftRefused, OutputUnsafe
from geo_optimizer.markdown import Moves, apply_edits, invert_edits, parse
from geo_optimizer.model import Draft, Edit, Span

Part = tuple[str, Span, str]  # what it is, where, and what it says


def verify_output(draft: Draft, edits: Sequence[Edit], output: str, again: Callable[[Draft], Sequence[Edit]]) -> None:
    """Raise OutputUnsafe unless the output is the draft and the announced edits, and nothing else to any reader.

    The edits must undo to the source; a parse of the output must find the
    draft's own parts, as they were, and the added ones recognised for what they
    are; and `again`, the plan for the output read as a draft, must be empty.
    """
    if apply_edits(invert_edits(edits, draft.source), output) != draft.source:
        raise _unsafe(draft, "undoing the edits does not give the source back")
    if not edits:
        return
    try:
        after = parse(output, draft.path, dialect=draft.dialect, language=draft.language)
    except DraftRefused as error:
        raise _unsafe(draft, f"the output cannot be read again: {error.message}") from error
    announced = {edit.kind for edit in edits if edit.text} - {"frontmatter"}
    if missing := announced - {part.kind for part in after.known}:
        raise _unsafe(draft, f"the added {', '.join(sorted(missing))} would not be recognised")
    if changed := _changed(draft, after, edits):
        raise _unsafe(draft, f"{changed} would be read as another")
    if planned := again(after):
        raise _unsafe(draft, f"a second run would change the output again ({', '.join(sorted({edit.kind for edit in planned}))})")


def _changed(draft: Draft, after: Draft, edits: Sequence[Edit]) -> str | None:
    """The first part of the draft that the output lacks, or of the output that neither the draft has nor an edit brought."""
    places = Moves(edits)
    own = [(kind, places.moved(span), text) for kind, span, text in _parts(draft) if not places.replaced(span)]
    kept = [part for part in _parts(after) if not places.inserted(part[1])]
    if own == kept:
        return None
    kind, span, _ = next(a if a != b else b for a, b in zip([*own, _END], [*kept, _END], strict=False) if a != b)
    return f"the {kind} on line {after.line(span.start)} of the output"


_END: Part = ("end", Span(0, 0), "")


def _parts(draft: Draft) -> Iterator[Part]:
    """All that a reader of the Markdown sees in the body; which prose is the article's, and which a part's that we would add."""
    yield from (("block", b.span, b.kind) for b in draft.blocks)
    yield from (("heading", h.span, f"{h.level} {h.text}") for h in draft.headings)
    yield from ((p.kind, p.span, f"{p.known} {p.text}") for p in draft.prose)
    yield from (("image" if x.image else "link", x.span, f"{x.href} {x.text}") for x in draft.links)
    yield from ((f"{k.kind} part", k.span, "") for k in draft.known)


def _unsafe(draft: Draft, why: str) -> OutputUnsafe:
    return OutputUnsafe(
        "output-unsafe",
        f"{why}: nothing was written",
        hint=f"this is a bug in geo-optimizer; {REPORT_IT}",
        path=draft.path,
    )
