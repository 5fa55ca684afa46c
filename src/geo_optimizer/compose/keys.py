"""Which frontmatter keys a draft lacks, or is to have anew, and the edits that give them their values.

The key that the draft has wins over the key that its site uses, and that over
the preset's. What could move a page, break a build or make a page public is
left out, and a note says why.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from geo_optimizer.engines.offline import why_little
from geo_optimizer.markdown.frontmatter import (
    CATEGORY_KEYS,
    DESCRIPTION_KEYS,
    EMPTY,
    SLUG_KEYS,
    TITLE_KEYS,
    Scalar,
    Unchangeable,
    keys_of,
    splice,
)
from geo_optimizer.markdown.parts import LABELS
from geo_optimizer.model import Draft, Edit, Enhancement, EnhancementKind, Note, Span, Template
from geo_optimizer.options import Options, Refreshable
from geo_optimizer.presets import SINGULAR_KEYS, TAXONOMY_KEYS, Habits

KEYS: dict[EnhancementKind, tuple[str, ...]] = {
    "title": TITLE_KEYS,
    "description": DESCRIPTION_KEYS,
    "slug": SLUG_KEYS,
    "category": CATEGORY_KEYS,
}
MOST_CATEGORIES = 5
_REFRESHED: dict[EnhancementKind, Refreshable] = {"title": "title", "description": "description", "category": "categories"}
# Names of files that say nothing, so that no address can be made of them. `index` and `readme` are their folder's page, which has one.
_NAMELESS = re.compile(r"(?:draft|untitled|post|article|page|new|temp|text|document|content|stdin|-)[-_ ]?\d*", re.IGNORECASE)
_MDX_METADATA = re.compile(
    r"^export\s+(?:const|let|var)\s+(?:meta|metadata|pageMeta|frontmatter|frontMatter|title|description)\b", re.MULTILINE
)
_TABLE = "it is a table, which is left to you"
_TEMPLATE = "its value is made by a template"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a kind of value goes: under `key`, over what is there if `replaces`; or nowhere, because of `why`."""

    key: str
    replaces: bool = False
    why: str | None = None


def wanted_keys(draft: Draft, options: Options) -> set[EnhancementKind]:
    """The kinds of frontmatter value that this draft lacks, or is to have anew, and that a tool may write."""
    if _untouched(draft, options):
        return set()
    return {kind for kind in KEYS if (place := _place(draft, kind, options)) and not place.why}


def replaceable_keys(options: Options) -> frozenset[str]:
    """The names, casefolded, of the keys whose values this run may replace."""
    return frozenset(name.casefold() for kind, refreshed in _REFRESHED.items() if refreshed in options.refresh for name in KEYS[kind])


def frontmatter_edits(draft: Draft, lines: Sequence[Enhancement], options: Options, notes: list[Note]) -> tuple[Edit, ...]:
    """The edits that write the accepted lines; what is left out is noted, with the line of the draft that is the reason."""
    if "frontmatter" not in options.parts:
        return ()
    if untouched := _untouched(draft, options):
        notes.append(untouched)
        return ()
    planned = {kind: place for kind in KEYS if (place := _place(draft, kind, options))}
    notes += [Note("frontmatter", f"`{p.key}` was left out: {p.why}", _span(draft, p.key)) for p in planned.values() if p.why]
    places = {kind: place for kind, place in planned.items() if not place.why}
    changes = dict(_values(draft, lines, places, options, notes))
    replaced = frozenset(place.key for place in places.values() if place.replaces)
    return _written(draft, changes, replaced, options, notes)


# ------------------------------------------------------------------ where values go


def _place(draft: Draft, kind: EnhancementKind, options: Options) -> _Place | None:
    """The key to fill: an empty one that is there, else the site's, else the preset's; to replace, if that is asked for."""
    present = _present(draft, kind)
    filled = [name for name, value in present.items() if value not in EMPTY]
    if filled:
        return _anew(draft, kind, filled, options) if _REFRESHED.get(kind) in options.refresh else None
    key = next(iter(present), None) or _usual(kind, options)
    if kind == "slug" and (key != "slug" or _has_address(draft, options) or _siblings_have_none(options)):
        return None
    if kind == "category" and not present and (_has_no_terms(options) or _moves_unasked(draft, key, options)):
        return None
    return _Place(key, why=_caution(draft, kind, key, options))


def _anew(draft: Draft, kind: EnhancementKind, filled: Sequence[str], options: Options) -> _Place:
    """The key whose value is replaced: the one that the site uses, if the draft has it, else its first."""
    usual = _usual(kind, options)
    key = usual if usual in filled else filled[0]
    value = _present(draft, kind)[key]
    if isinstance(value, dict | Template):
        return _Place(key, why=_TABLE if isinstance(value, dict) else _TEMPLATE)
    return _Place(key, replaces=True, why=_caution(draft, kind, key, options))


def _usual(kind: EnhancementKind, options: Options) -> str:
    habits, preset = options.habits, options.preset
    if habits and kind in habits.keys:
        return habits.keys[kind]
    if kind == "category":
        return options.taxonomy or preset.category
    return {"title": preset.title, "description": preset.description, "slug": preset.slug}[kind]


def _caution(draft: Draft, kind: EnhancementKind, key: str, options: Options) -> str | None:
    """Why a key is neither added nor changed: by the preset, or by what the site's pages show."""
    preset, habits = options.preset, options.habits
    if caution := preset.caution(key):
        return caution.why
    if preset.unshown and habits and habits.pages and key not in habits.shown and key not in _present(draft, kind):
        return preset.unshown
    return _term_caution(key, options) if kind == "category" else None


def _term_caution(key: str, options: Options) -> str | None:
    preset, habits = options.preset, options.habits
    if key == "taxonomies":
        return _TABLE
    if habits and key in habits.unclear:
        return "the site's own values are texts that may be one term or several with spaces between"
    if habits and habits.terms and key not in TAXONOMY_KEYS[habits.taxonomy]:
        return f"the site's own terms are its {habits.taxonomy}"
    return preset.new_terms if preset.new_terms and not (habits and habits.terms) else None


def _has_no_terms(options: Options) -> bool:
    return options.habits is not None and not options.habits.terms


def _moves_unasked(draft: Draft, key: str, options: Options) -> bool:
    """Where the generator is not known: categories may be part of a published page's address, as with Jekyll; tags are not."""
    return options.preset.name == "plain" and key in TAXONOMY_KEYS["categories"] and _has_address(draft, options)


def _siblings_have_none(options: Options) -> bool:
    habits = options.habits
    return habits is not None and habits.beside and habits.pages > 0 and "slug" not in habits.keys


def _has_address(draft: Draft, options: Options) -> bool:
    """Whether the page already lives somewhere, so that a `slug` could move it.

    Of a site that is not known only metadata and a name of its own say so.
    """
    preset = options.preset
    values = draft.frontmatter.values if draft.frontmatter else {}
    if preset.in_drafts or any(values.get(key) is value for key, value in preset.unpublished):
        return False
    if draft.frontmatter is None and not preset.bare_pages:
        return False
    return preset.name != "plain" or not _NAMELESS.fullmatch(PurePath(draft.path).name.split(".")[0] or "-")


def _present(draft: Draft, kind: EnhancementKind) -> dict[str, Any]:
    """The draft's own keys of a kind, with their values."""
    names = {name.casefold() for name in KEYS[kind]}
    values = draft.frontmatter.values if draft.frontmatter else {}
    return {name: value for name, value in values.items() if name.casefold() in names}


# ------------------------------------------------------------------ where nothing is written


def _untouched(draft: Draft, options: Options) -> Note | None:
    """Why nothing at all is written into a draft's frontmatter, or as one."""
    if draft.frontmatter is not None:
        return draft.frontmatter.problem
    return _stated_in_code(draft) or _not_to_begin(options)


def _stated_in_code(draft: Draft) -> Note | None:
    """MDX can state its metadata in code: no frontmatter is put beside it."""
    for block in draft.blocks if draft.dialect == "mdx" else ():
        if block.kind == "opaque" and (found := _MDX_METADATA.search(draft.source, block.span.start, block.span.end)):
            return Note("frontmatter", f"the metadata is in `{found.group()}`, which is left to you", Span(*found.span()))
    return None


def _not_to_begin(options: Options) -> Note | None:
    preset, habits = options.preset, options.habits
    if not preset.bare or (preset.bare_shown and habits and habits.pages):
        return None
    return Note("frontmatter", f"none was added: {preset.bare}")


# ------------------------------------------------------------------ what goes there


def _values(
    draft: Draft, lines: Sequence[Enhancement], places: Mapping[EnhancementKind, _Place], options: Options, notes: list[Note]
) -> Iterator[tuple[str, Scalar]]:
    """Each key with its new value; a note where what is there was to be replaced and nothing better was found."""
    for kind, place in places.items():
        texts = [line.text for line in lines if line.kind == kind]
        if kind == "category":
            texts = _allowed(place.key, texts, options, notes)[:MOST_CATEGORIES]
        if texts:
            old = _present(draft, kind).get(place.key)
            value = _shaped(place.key, texts, old, options.habits) if kind == "category" else texts[0]
            if value != old:
                yield place.key, value
        elif place.replaces:
            notes.append(Note("frontmatter", f"`{place.key}` was kept: nothing better was found in the draft", _span(draft, place.key)))


def unfound_keys(draft: Draft, lines: Sequence[Enhancement], options: Options) -> tuple[Note, ...]:
    """Why keys that the draft lacks, and that may be written, get no value from these lines."""
    if "frontmatter" not in options.parts or _untouched(draft, options):
        return ()
    found = {line.kind for line in lines}
    lacking = ((kind, place) for kind in KEYS if kind not in found and (place := _place(draft, kind, options)))
    return tuple(
        Note("frontmatter", f"no `{place.key}` was made: {_why_none(draft, kind, found, options)}")
        for kind, place in lacking
        if not (place.why or place.replaces)
    )


def _why_none(draft: Draft, kind: EnhancementKind, found: Container[EnhancementKind], options: Options) -> str:
    """Why no value was found for a key."""
    if kind == "title":
        return "no heading begins the draft, and no line of it can stand for one"
    if kind == "slug":
        return (
            "the title has no letter that an address is written with"
            if draft.title or "title" in found
            else "there is no title to make it of"
        )
    if kind == "category" and (options.taxonomy or draft.language in LABELS):
        return f"none of the site's {options.taxonomy} fits" if options.taxonomy else "no term is said often enough to file the draft under"
    return why_little(draft)


def _allowed(key: str, terms: Sequence[str], options: Options, notes: list[Note]) -> list[str]:
    """The terms that the generator lets a tool add: any, or those that the site has."""
    known = options.habits.terms if options.habits else frozenset()
    if not options.preset.new_terms:
        return list(terms)
    if new := [term for term in terms if term not in known]:
        notes.append(Note("frontmatter", f"{', '.join(new)} was left out of `{key}`: {options.preset.new_terms}"))
    return [term for term in terms if term in known]


def _shaped(key: str, terms: Sequence[str], old: object, habits: Habits | None) -> Scalar:
    """Terms as the draft, or else its site, writes them: a list, a text with commas, a single term."""
    shape = habits.shapes.get(key) if habits else None
    if isinstance(old, str) and old.strip():
        shape = "joined" if "," in old else "one"
    elif isinstance(old, list) and old:
        shape = "list"
    if shape == "one" or (shape is None and key.casefold() in SINGULAR_KEYS):
        return terms[0]
    if shape == "joined" and not any("," in term for term in terms):
        return ", ".join(terms)
    return list(terms)


def _written(
    draft: Draft, changes: Mapping[str, Scalar], replaced: frozenset[str], options: Options, notes: list[Note]
) -> tuple[Edit, ...]:
    new = (options.habits.format if options.habits else None) or options.preset.format

    def spliced(changes: Mapping[str, Scalar]) -> tuple[Edit, ...]:
        start = draft.frontmatter.span.start if draft.frontmatter else draft.body.start
        return splice(draft.source, start, draft.frontmatter, changes, draft.newline, replace=replaced, new=new)

    try:
        return spliced(changes)
    except Unchangeable:
        pass
    # One key that cannot be written must not keep the others out.
    fit: dict[str, tuple[Edit, ...]] = {}
    for key, value in changes.items():
        try:
            fit[key] = spliced({key: value})
        except Unchangeable as error:
            notes.append(Note("frontmatter", f"`{key}` was left out: {error}", _span(draft, key)))
    if draft.frontmatter is None:
        return spliced({key: changes[key] for key in fit})
    return _together([edit for edits in fit.values() for edit in edits])


def _together(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Keys inserted at one place as one edit."""
    by_span: dict[Span, str] = {}
    for edit in edits:
        by_span[edit.span] = by_span.get(edit.span, "") + edit.text
    return tuple(Edit(span, text, "frontmatter") for span, text in by_span.items())


def _span(draft: Draft, key: str | None) -> Span | None:
    """The line of a key; of one that is not there, the frontmatter."""
    if draft.frontmatter is None:
        return None
    lines = keys_of(draft.source, draft.frontmatter).get(key, []) if key else []
    return lines[-1] if lines else draft.frontmatter.span
