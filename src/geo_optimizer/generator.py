"""Which generator makes a site of the folder that a draft lies in, by the files that it leaves there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.presets import ASTRO, DOCUSAURUS, ELEVENTY, HUGO, JEKYLL, MKDOCS, NEXT, PLAIN, PRESETS, Preset, PresetChoice, PresetName

_LEVELS = 8  # folders above a draft that are looked at, its own counted
_SCRIPTS = ("js", "mjs", "cjs", "ts", "mts", "cts")
_DATA = ("toml", "yaml", "yml", "json")
_DOCUSAURUS_FORMAT = lazily(r"""\bformat\s*:\s*["'](?:detect|md)["']""")
_LARGEST_CONFIG = 1 << 16  # characters that are read of one


# Where each generator has its pages, by its defaults.
CONTENT: dict[PresetName, tuple[str, ...]] = {
    "hugo": ("content",),
    "jekyll": ("_posts", "posts"),
    "astro": ("src/content", "src/pages"),
    "eleventy": ("src/content", "src/posts", "content", "posts", "src"),
    "docusaurus": ("docs", "blog"),
    "mkdocs": ("docs",),
    "next": ("content", "src/content", "posts", "src/posts", "app", "pages"),
    "plain": ("content", "src/content", "posts", "_posts", "docs", "articles", "blog"),
}


def _named(stem: str, endings: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{stem}.{ending}" for ending in endings)


class _Sign(NamedTuple):
    """A folder is the generator's if one of `files` is in it, one of `beside` and one of `also` where there are any, and none of `without`."""

    preset: Preset
    files: tuple[str, ...]
    beside: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def config(self, folder: Path) -> Path | None:
        """The file by which the generator is known, if the folder is its own."""
        found = _first(folder, self.files)
        if found is None or _first(folder, self.without):
            return None
        wanted = [names for names in (self.beside, self.also) if names]
        return folder / found if all(_first(folder, names) for names in wanted) else None


def _first(folder: Path, names: Sequence[str]) -> str | None:
    """The first of the names that is in the folder, and may be looked at.

    Some four hundred are asked for the first draft of a run, which takes `Path.exists` three times as long.
    """
    base = f"{folder}{os.sep}"
    return next((name for name in names if os.path.exists(base + name)), None)  # noqa: PTH110


# In the order in which they are asked: a name that only one generator uses comes before one that others share.
# https://www.11ty.dev/docs/config/, https://gohugo.io/configuration/introduction/ (before 0.110: `config`). `_config.yml` is Jekyll's,
# Hexo's (with `scaffolds`) and Jupyter Book's (with `_toc.yml`); a `config.toml` with `content` and `templates` is Zola's.
_SIGNS = (
    _Sign(DOCUSAURUS, _named("docusaurus.config", _SCRIPTS)),
    _Sign(ASTRO, _named("astro.config", _SCRIPTS)),
    _Sign(ELEVENTY, (".eleventy.js", ".eleventy.cjs", *_named("eleventy.config", _SCRIPTS))),
    _Sign(HUGO, _named("hugo", _DATA)),
    _Sign(HUGO, tuple(f"config/_default/{name}" for name in (*_named("hugo", _DATA), *_named("config", _DATA))), beside=("content",)),
    _Sign(MKDOCS, ("mkdocs.yml", "mkdocs.yaml")),
    _Sign(NEXT, _named("next.config", _SCRIPTS)),
    _Sign(HUGO, _named("config", _DATA), beside=("content",), also=("archetypes", "layouts", "themes"), without=("templates",)),
    _Sign(
        JEKYLL,
        ("_config.yml", "_config.yaml"),
        beside=("Gemfile", "_posts", "_drafts", "_layouts", "_includes"),
        without=("_toc.yml", "scaffolds"),
    ),
)


# What folders were found to be, for one run: the generator's preset, if one makes a site of the folder, and whether the search ends there.
Folders = dict[Path, tuple[Preset | None, bool]]


def find_preset(path: Path, name: PresetChoice = "auto", seen: Folders | None = None) -> Preset:
    """The preset of the nearest folder above the draft at `path` that is a generator's; plain Markdown where there is none.

    With a `name` that one, for a draft at this place. The search ends at the
    root of the repository, or after 8 folders. A symbolic link counts where it
    stands. What cannot be looked at (no permission, a loop of links) counts as absent.
    Folders that are in `seen` are not looked into again; those that are looked into are added.
    """
    try:
        folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - Path.resolve would leave the folder in which a link stands
    except OSError:  # the working directory is gone
        folder = path.parent
    if name != "auto":
        return PRESETS[name].placed(folder.parts)
    below: list[str] = []
    seen = {} if seen is None else seen
    for _ in range(_LEVELS):
        if folder not in seen:
            seen[folder] = _look_into(folder)
        preset, last = seen[folder]
        if preset:
            return preset.placed(below)
        if last:
            break
        below.append(folder.name)
        folder = folder.parent
    return PLAIN


class Project(NamedTuple):
    """What a generator makes a site of: its root folder, and the file by which it is known, None where there is none."""

    preset: Preset
    root: Path
    config: Path | None = None


def find_project(folder: Path, name: PresetChoice = "auto") -> Project:
    """The project that a folder of pages belongs to, or is; plain Markdown with the folder itself as its root where there is none.

    With a `name` the nearest project of that generator; where there is none, the root is what its usual folder of pages lies in.
    """
    levels = list(_upward(folder))
    for above in levels:
        for sign in _SIGNS:
            if name in ("auto", sign.preset.name) and (config := sign.config(above)):
                return Project(sign.preset, above, config)
    if name == "auto":
        return Project(PLAIN, folder)
    return Project(PRESETS[name], _root_above(levels, name) or folder)


def _root_above(levels: Sequence[Path], name: PresetName) -> Path | None:
    """What the nearest folder that is called as the generator's folders of pages are lies in."""
    usual = [Path(content).parts for content in CONTENT[name]]
    return next((above.parents[len(parts) - 1] for above in levels for parts in usual if above.parts[-len(parts) :] == parts), None)


def _upward(folder: Path) -> Iterator[Path]:
    """The folder and those above it, to the root of the repository, or eight of them."""
    for above in (folder, *folder.parents)[:_LEVELS]:
        yield above
        if _first(above, (".git",)):
            return


def _look_into(folder: Path) -> tuple[Preset | None, bool]:
    for sign in _SIGNS:
        if config := sign.config(folder):
            return _as_configured(sign.preset, config), True
    return None, folder == folder.parent or _first(folder, (".git",)) is not None


def _as_configured(preset: Preset, config: Path) -> Preset:
    """Docusaurus reads `.md` as MDX unless told otherwise, which is the one thing that its configuration is read for."""
    if preset is not DOCUSAURUS:
        return preset
    try:
        with config.open(encoding="utf-8", errors="replace") as file:
            told = _DOCUSAURUS_FORMAT.search(file.read(_LARGEST_CONFIG))
    except OSError:  # it cannot be read: then as Docusaurus does by default
        return preset
    return preset._replace(dialect=None) if told else preset
