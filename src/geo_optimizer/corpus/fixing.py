"""Safe fixes, made through the same writer as all output: announced edits, undone and compared before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from geo_optimizer.errors import REPORT_IT, DraftRefused, OutputUnsafe
from geo_optimizer.markdown import apply_edits, invert_edits
from geo_optimizer.model import Draft, Edit, Finding

_ROUNDS = 10  # a fix can uncover another finding; more rounds than this are a circle


def fixed(source: str, read: Callable[[str], Draft], judge: Callable[[Draft], Iterable[Finding]]) -> tuple[str, int]:
    """The text with every safe fix made, again until there is none left, and how many were made.

    `read` and `judge`: the text as a draft, and what is found in it. Raises
    DraftRefused for a text that cannot be read, OutputUnsafe where fixing
    would harm it or does not come to an end.
    """
    text, made = source, 0
    for _ in range(_ROUNDS):
        draft = _read(text, read, anew=made > 0)
        edits = _compatible([found.fix.edit for found in judge(draft) if found.fix and found.fix.safe])
        if not edits:
            return text, made
        after = apply_edits(edits, text)
        if apply_edits(invert_edits(edits, text), after) != text:
            raise _unsafe(draft, "undoing the fixes does not give the draft back")
        text, made = after, made + len(edits)
    raise _unsafe(_read(text, read, anew=True), "the fixes do not come to an end")


def _read(text: str, read: Callable[[str], Draft], *, anew: bool) -> Draft:
    try:
        return read(text)
    except DraftRefused as error:
        if not anew:
            raise
        raise OutputUnsafe(
            "output-unsafe", f"the fixed draft cannot be read again: {error.message}: nothing was written", hint=REPORT_IT, path=error.path
        ) from error


def _compatible(edits: Iterable[Edit]) -> Sequence[Edit]:
    """Of fixes that touch the same place the first; the others come in the next round, if they are still wanted."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.span, e.text)):
        if not kept or (edit.span.start >= kept[-1].span.end and edit.span != kept[-1].span):
            kept.append(edit)
    return kept


def _unsafe(draft: Draft, why: str) -> OutputUnsafe:
    return OutputUnsafe(
        "output-unsafe", f"{why}: nothing was written", hint=f"this is a bug in geo-optimizer; {REPORT_IT}", path=draft.path
    )
