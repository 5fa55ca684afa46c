"""The promise in code: what is checked before any output may be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from geo_optimizer.errors import REPORT_IT, DraftRefused, OutputUnsafe
from geo_optimizer.markdown import apply_edits, changed_part, invert_edits, parse
from geo_optimizer.markdown.frontmatter import EMPTY
from geo_optimizer.model import LINKED, Draft, Edit, Span

_NO_LINKS: Mapping[Span, str] = {}
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
    links: Mapping[Span, str] = _NO_LINKS,
) -> None:
    """Raise OutputUnsafe unless the output is the draft and the announced edits, and nothing else to any reader.

    Nothing may be replaced but in the frontmatter and in a part of the edit's
    own kind, and of words that become a link nothing at all; the edits must undo
    to the source; a parse of the output must find the draft's own parts as they
    were, and the added ones recognised for what they are; the words at each span
    of `links` must lead where it says, and no others; of the frontmatter's keys only empty, missing and `refreshed` ones (casefolded)
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
    if changed := _unknown_part(after, edits) or changed_part(draft, after, edits, links):
        raise _unsafe(draft, changed, Misread)
    if changed := _changed_key(draft, after, refreshed):
        raise _unsafe(draft, changed)
    if kinds := {edit.kind for edit in again(after)}:
        why = f"a second run would change the output again ({', '.join(sorted(kinds))})"
        raise _unsafe(draft, why, Misread if kinds <= LINKED else OutputUnsafe)


def _read_again(draft: Draft, output: str) -> Draft:
    """The output as a draft. Raises OutputUnsafe where it cannot be read."""
    try:
        return parse(output, draft.path, dialect=draft.dialect, language=draft.language)
    except DraftRefused as error:
        raise _unsafe(draft, f"the output cannot be read again: {error.message}", Misread) from error


def _in_its_place(draft: Draft, edit: Edit) -> bool:
    """Whether an edit is announced by where it stands: metadata in the metadata, a part in place of that part, or an insertion into the body."""
    if edit.kind in LINKED:
        return draft.body.contains(edit.span) and _is_around(edit.text, edit.span.of(draft.source))
    if edit.kind == "frontmatter":
        frontmatter = draft.frontmatter
        return frontmatter.content.contains(edit.span) if frontmatter else edit.span == Span(draft.body.start, draft.body.start)
    if not len(edit.span):
        return draft.body.contains(edit.span)
    own = [part.span for part in draft.known if part.kind == edit.kind]
    blank = edit.span.start + len(edit.span.of(draft.source)) - len(edit.span.of(draft.source).lstrip())
    return any(span.contains(Span(min(blank, edit.span.end), edit.span.end)) for span in own)


def _is_around(text: str, words: str) -> bool:
    """Whether a text is these words as a link, on one line."""
    inline = text.startswith(f"[{words}](") and text.endswith(")")
    wiki = text.startswith("[[") and text.endswith((f"|{words}]]", f"[[{words}]]"))
    return bool(words) and (inline or wiki) and len(text.splitlines()) == 1


def _unknown_part(after: Draft, edits: Sequence[Edit]) -> str | None:
    """An added part that would not be known again."""
    announced = {edit.kind for edit in edits if edit.text} - {"frontmatter"} - LINKED
    missing = announced - {part.kind for part in after.known}
    return f"the added {', '.join(sorted(missing))} would not be recognised" if missing else None


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
