"""What the pages of a site show about its frontmatter: which keys, written how, in which format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname
from typing import Any, Literal

from geo_optimizer.markdown.frontmatter import DESCRIPTION_KEYS, EMPTY, SLUG_KEYS, TITLE_KEYS
from geo_optimizer.model import Frontmatter, FrontmatterFormat
from geo_optimizer.presets import SINGULAR_KEYS, TAXONOMY_KEYS, Habits, Preset, Shape, Taxonomy

# Nothing is learned from fewer pages: one is chance, two may be a page and its copy; three is the fewest of which most is not all
# or one. It is the number from which a site's addresses are learned, too (`addresses._OWN_PAGES`).
FEWEST_PAGES = 3
_KEYS: dict[str, tuple[str, ...]] = {
    "title": TITLE_KEYS,
    "description": DESCRIPTION_KEYS,
    "slug": SLUG_KEYS,
    "categories": TAXONOMY_KEYS["categories"],
    "tags": TAXONOMY_KEYS["tags"],
    "table": ("taxonomies",),
}
_KIND_OF = {name.casefold(): kind for kind, names in _KEYS.items() for name in names}
_RANK = {name: n for names in _KEYS.values() for n, name in enumerate(names)}
_FOLDER_FILES = ("_index", "readme")  # a folder's own page, which is unlike the pages in it; `index` may be a page with a folder to itself

Written = Literal["list", "commas", "spaces", "word"]


@dataclass(frozen=True, slots=True)
class Stated:
    """The frontmatter of a page, as far as a site has habits in it: its format, and its keys of our kinds that have a value.

    `keys`: how the value of each is written. `kinds`: kind -> its keys.
    """

    format: FrontmatterFormat
    keys: Mapping[str, Written]
    kinds: Mapping[str, tuple[str, ...]]


def stated_in(frontmatter: Frontmatter) -> Stated | None:
    """What a page states; None where its frontmatter is in a language that is not read."""
    if frontmatter.format == "other":
        return None
    values = {name: value for name, value in frontmatter.values.items() if name.casefold() in _KIND_OF and value not in EMPTY}
    kinds: dict[str, tuple[str, ...]] = {}
    for name in values:
        kind = _KIND_OF[name.casefold()]
        kinds[kind] = (*kinds.get(kind, ()), name)
    return Stated(frontmatter.format, {name: _written(value) for name, value in values.items()}, kinds)


def _written(value: Any) -> Written:
    if not isinstance(value, str):
        return "list" if isinstance(value, list) else "word"
    return "commas" if "," in value else "spaces" if " " in value.strip() else "word"


def folder_of(path: str) -> str | None:
    """The folder in which a page has its likes; None for a folder's own page. `posts/one/index.md` is a page of `posts`."""
    folder, name = dirname(path), basename(path).split(".")[0].lower()
    if name in _FOLDER_FILES:
        return None
    return dirname(folder) if name == "index" and folder else folder


def habits_of(
    folder: str | None, articles: Sequence[tuple[str, Stated]], terms: Mapping[Taxonomy, frozenset[str]], usual: Taxonomy, preset: Preset
) -> Habits:
    """What the pages in a draft's folder show and, where those are too few or silent, what all do.

    `folder`: below the site's root, None for a draft that lies elsewhere; each of the `articles` stands with its own.
    `terms`: what the site files its pages under; `usual`: which of the two more
    pages have. One that the preset warns of is not chosen where there is another.
    """
    every = [stated for _, stated in articles]
    alike = [stated for place, stated in articles if place == folder]
    near = alike if len(alike) >= FEWEST_PAGES else every if len(every) >= FEWEST_PAGES else ()
    groups = [near, every] if near else []
    filed = _taxonomy(groups, terms, usual, preset)
    shapes = dict(_shapes(every)) | dict(_shapes(near)) if near else {}
    return Habits(
        pages=len(near),
        beside=folder is not None,
        keys=dict(_keys(groups, near, filed)),
        shown=frozenset(name for page in near for name in page.keys),
        shapes={name: shape for name, shape in shapes.items() if shape is not None},
        unclear=frozenset(name for name, shape in shapes.items() if shape is None),
        format=_most(Counter(page.format for page in near), len(near)),
        taxonomy=filed,
        terms=terms[filed],
    )


def _keys(groups: Sequence[Sequence[Stated]], near: Sequence[Stated], filed: Taxonomy) -> Iterator[tuple[str, str]]:
    """Kind of value -> its key, from the first group that agrees on one; a slug only where most of the pages near it have one."""
    for kind, named in (("title", "title"), ("description", "description"), ("category", "table"), ("category", filed)):
        if key := next((key for pages in groups if (key := _key(pages, named))), None):
            yield kind, key
    key = _key(near, "slug")
    if key and 2 * sum(key in page.keys for page in near) > len(near):
        yield "slug", key


def _key(pages: Sequence[Stated], kind: str) -> str | None:
    """The key that most of the pages with a value of this kind have it under, and not too few; of several the usual one."""
    named = [names for page in pages if (names := page.kinds.get(kind))]
    count = Counter(name for names in named for name in names)
    common = [name for name, n in count.items() if n >= FEWEST_PAGES and 2 * n > len(named)]
    return min(common, key=lambda name: (_RANK.get(name, len(_RANK)), name), default=None)


def _taxonomy(groups: Sequence[Sequence[Stated]], terms: Mapping[Taxonomy, frozenset[str]], usual: Taxonomy, preset: Preset) -> Taxonomy:
    """Whether pages are filed under categories or tags: what more of them have, unless the preset warns of it."""
    for pages in groups:
        count = Counter(kind for page in pages for kind in page.kinds)
        for kind in sorted(TAXONOMY_KEYS, key=lambda kind: (-count[kind], kind != usual)):
            if count[kind] and terms[kind] and preset.caution(kind) is None:
                return kind
    other: Taxonomy = "categories" if usual == "tags" else "tags"
    return other if preset.caution(usual) and preset.caution(other) is None else usual


def _shapes(pages: Sequence[Stated]) -> Iterator[tuple[str, Shape | None]]:
    """How the values of each key are written; None where a text may be one term or several with spaces between, as Jekyll reads it."""
    by_key: dict[str, Counter[Written]] = {}
    for page in pages:
        for name, written in page.keys.items():
            by_key.setdefault(name, Counter())[written] += 1
    for name, count in by_key.items():
        if count["list"] * 2 >= count.total():
            yield name, "list"
        elif name.casefold() in SINGULAR_KEYS:
            yield name, "one"
        elif count["commas"]:
            yield name, "joined"
        else:
            yield name, None if count["spaces"] else "one"


def _most(count: Counter[FrontmatterFormat], pages: int) -> FrontmatterFormat | None:
    return next((value for value, n in count.most_common(1) if 2 * n > pages), None)
