"""Safe fixes, made through the same writer as all output: announced edits, undone and compared before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from geo_optimizer.errors import REPORT_IT, DraftRefused, OutputUnsafe
from geo_optimizer.markdown import apply_edits, invert_edits
from geo_optimizer.model import Draft, Edit, Finding, Span

_ROUNDS = 10  # a fix can uncover another finding; more rounds than this are a circle
_ONE_BY_ONE = 20  # fixes that are tried each alone, with a parse each, where all together would change how the draft is read


def fixed(source: str, read: Callable[[str], Draft], judge: Callable[[Draft], Iterable[Finding]]) -> tuple[str, int]:
    """The text with every safe fix made, again until there is none left, and how many were made.

    `read` and `judge`: the text as a draft, and what is found in it. Raises
    DraftRefused for a text that cannot be read, OutputUnsafe where fixing
    would harm it or does not come to an end.
    """
    text, made = source, 0
    for _ in range(_ROUNDS):
        draft = _read(text, read, anew=made > 0)
        edits = _harmless(draft, _compatible([found.fix.edit for found in judge(draft) if found.fix and found.fix.safe]), read)
        if not edits:
            return text, made
        text, made = _made(draft, edits), made + len(edits)
    raise _unsafe(_read(text, read, anew=True), "the fixes do not come to an end")


def fixed_once(draft: Draft, findings: Iterable[Finding], read: Callable[[str], Draft]) -> tuple[str, int]:
    """The text with the safe fixes of these findings made, and how many were made."""
    edits = _harmless(draft, _compatible([found.fix.edit for found in findings if found.fix and found.fix.safe]), read)
    return _made(draft, edits), len(edits)


def _made(draft: Draft, edits: Sequence[Edit]) -> str:
    after = apply_edits(edits, draft.source)
    if apply_edits(invert_edits(edits, draft.source), after) != draft.source:
        raise _unsafe(draft, "undoing the fixes does not give the draft back")
    return after


def _harmless(draft: Draft, edits: Sequence[Edit], read: Callable[[str], Draft]) -> Sequence[Edit]:
    """Those fixes after which all else is read as what it was: all of them or, where they are not, each that is so with those before it."""
    if not edits or _keeps(draft, edits, read):
        return edits
    kept: list[Edit] = []
    for edit in edits[:_ONE_BY_ONE]:
        if _keeps(draft, [*kept, edit], read):
            kept.append(edit)
    return kept


def _keeps(draft: Draft, edits: Sequence[Edit], read: Callable[[str], Draft]) -> bool:
    """Whether blocks, headings and items come out as they were, but for those that are gone with all that they said."""
    try:
        after = read(apply_edits(edits, draft.source))
    except DraftRefused:
        return False
    return _shape(draft, edits) == _shape(after)


def _shape(draft: Draft, edits: Sequence[Edit] = ()) -> list[tuple[str, ...]]:
    """What a draft is made of, without comments, and without what the edits take away whole."""

    def stays(span: Span) -> bool:
        left = draft.text(span)
        for edit in edits:
            if edit.span.overlaps(span):
                left = left.replace(draft.source[max(edit.span.start, span.start) : min(edit.span.end, span.end)], edit.text, 1)
        return bool(left.strip())

    return [
        *((block.kind,) for block in draft.blocks if block.kind not in ("comment", "opaque") and stays(block.span)),
        *(("heading", str(heading.level)) for heading in draft.headings if stays(heading.span)),
        *(("item", str(item.depth), str(item.ordered), str(len(item.prose))) for item in draft.items if stays(item.span)),
        *((prose.kind, str(prose.quoted)) for prose in draft.prose if stays(prose.span)),
        *(("code", code.kind) for code in draft.code if stays(code.span)),
    ]


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
