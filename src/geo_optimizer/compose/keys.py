"""Which frontmatter keys a draft lacks, and the edits that give them their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from geo_optimizer.markdown.frontmatter import CATEGORY_KEYS, DESCRIPTION_KEYS, SLUG_KEYS, TITLE_KEYS, Scalar, splice
from geo_optimizer.model import Draft, Edit, Enhancement, EnhancementKind, Note, Span
from geo_optimizer.options import Options

KEYS: dict[EnhancementKind, tuple[str, ...]] = {
    "title": TITLE_KEYS,
    "description": DESCRIPTION_KEYS,
    "slug": SLUG_KEYS,
    "category": CATEGORY_KEYS,
}
MOST_CATEGORIES = 5
_NAMELESS = re.compile(
    r"(?:draft|index|_index|readme|untitled|post|article|page|new|temp|text|document|content|stdin|-)[-_ ]?\d*", re.IGNORECASE
)
_MDX_METADATA = re.compile(r"^export\s+(?:const|let|var)\s+(?:meta|metadata|frontmatter|frontMatter)\b", re.MULTILINE)


def wanted_keys(draft: Draft, options: Options) -> set[EnhancementKind]:
    """The kinds of frontmatter value that this draft lacks and that a tool may add."""
    if _metadata_elsewhere(draft) is not None:
        return set()
    kinds = {kind for kind in KEYS if _key_for(draft, kind, options) is not None}
    return kinds - _part_of_address(draft, options) if _has_address(draft) else kinds


def _values(draft: Draft) -> dict[str, object]:
    return draft.frontmatter.values if draft.frontmatter else {}


def _key_for(draft: Draft, kind: EnhancementKind, options: Options) -> str | None:
    """The key to fill: an empty one that is there, else the usual one; None where any of the names has a value."""
    names = {name.casefold() for name in KEYS[kind]}
    present = {name: value for name, value in _values(draft).items() if name.casefold() in names}
    if any(value not in (None, "", [], {}) for value in present.values()):
        return None
    usual = options.taxonomy if kind == "category" and options.taxonomy else KEYS[kind][0]
    return next(iter(present), usual)


def _part_of_address(draft: Draft, options: Options) -> set[EnhancementKind]:
    """What could move a published page: a slug, and categories, which Jekyll puts into the address. Tags do not."""
    category = _key_for(draft, "category", options)
    return {"slug", "category"} if category in ("categories", "category") and category not in _values(draft) else {"slug"}


def _has_address(draft: Draft) -> bool:
    """Whether the page already lives somewhere: it carries metadata and its file has a name of its own.

    A `slug` there could move a published page.
    """
    unpublished = draft.frontmatter is None or _values(draft).get("draft") is True
    return not unpublished and not _NAMELESS.fullmatch(PurePath(draft.path).name.split(".")[0] or "-")


def _metadata_elsewhere(draft: Draft) -> str | None:
    if draft.frontmatter is None and draft.dialect == "mdx" and (found := _MDX_METADATA.search(draft.source)):
        return found.group()
    return None


def frontmatter_edits(draft: Draft, lines: Sequence[Enhancement], options: Options, notes: list[Note]) -> tuple[Edit, ...]:
    if "frontmatter" in options.parts and (elsewhere := _metadata_elsewhere(draft)):
        notes.append(Note("frontmatter", f"the metadata is in `{elsewhere}`, which is left to you"))
    changes: dict[str, Scalar] = {}
    for kind in KEYS:
        texts = [line.text for line in lines if line.kind == kind]
        if texts and (key := _key_for(draft, kind, options)):
            changes[key] = texts[:MOST_CATEGORIES] if kind == "category" and key != "category" else texts[0]
    edits: list[Edit] = []
    try:
        return splice(draft.source, _top(draft), draft.frontmatter, changes, draft.newline)
    except ValueError:
        # One key that cannot be written must not keep the others out.
        for key, value in changes.items():
            edits += _one_key(draft, key, value, notes)
    return _together(edits)


def _one_key(draft: Draft, key: str, value: Scalar, notes: list[Note]) -> tuple[Edit, ...]:
    try:
        return splice(draft.source, _top(draft), draft.frontmatter, {key: value}, draft.newline)
    except ValueError as error:
        notes.append(Note("frontmatter", f"{key} was left out: {error}"))
        return ()


def _together(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Keys inserted at one place as one edit."""
    by_span: dict[Span, str] = {}
    for edit in edits:
        by_span[edit.span] = by_span.get(edit.span, "") + edit.text
    return tuple(Edit(span, text, "frontmatter") for span, text in by_span.items())


def _top(draft: Draft) -> int:
    return draft.frontmatter.span.start if draft.frontmatter else draft.body.start
