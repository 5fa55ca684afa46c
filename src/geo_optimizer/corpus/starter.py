"""A first configuration for a folder: by the generator found, the folder that its pages lie in, and what the pages are written in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geo_optimizer.corpus.files import read_draft
from geo_optimizer.corpus.finding import find_drafts
from geo_optimizer.errors import GeoError
from geo_optimizer.generator import CONTENT, find_preset
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.language import UNKNOWN
from geo_optimizer.model import Dialect
from geo_optimizer.presets import PRESETS, PresetName
from geo_optimizer.rules import RULES
from geo_optimizer.rules.book import families, family_summary
from geo_optimizer.settings import toml

# Where each generator puts what it makes of the pages, by its defaults.
_GENERATED: dict[PresetName, tuple[str, ...]] = {
    "hugo": ("/public/", "/resources/", "/themes/"),
    "jekyll": ("/_site/", "/vendor/"),
    "astro": ("/dist/",),
    "eleventy": ("/_site/",),
    "docusaurus": ("/build/",),
    "mkdocs": ("/site/",),
    "next": ("/out/",),
    "plain": (),
}
_ELSEWHERE = ("/vendor/", "/third_party/")  # what others wrote, where there is such a folder
_SAMPLE = 24  # pages that are read
_ENOUGH = 3  # pages from which anything is said
_TELLING = 0.2  # of the pages; most pages of a site that has a dialect use nothing of it


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder shows. `site` is relative to it; `drafts`: how many there are in it, or else in the folder itself."""

    preset: PresetName
    site: str | None = None
    drafts: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    dialect: Dialect | None = None
    exclude: tuple[str, ...] = ()

    @property
    def language(self) -> str | None:
        """The one that all pages are in."""
        code, count = self.languages.most_common(1)[0] if self.languages else (UNKNOWN, 0)
        return code if _ENOUGH <= count == self.languages.total() and code != UNKNOWN else None

    @property
    def label(self) -> str:
        return PRESETS[self.preset].label


def look(folder: Path) -> Found:
    """What is found in a folder; at most two dozen of its drafts are read."""
    preset = find_preset(folder / "draft.md").name
    site = _site(folder, preset)
    exclude = (*_GENERATED[preset], *(name for name in _ELSEWHERE if (folder / name.strip("/")).is_dir()))
    drafts = _drafts(folder / (site or "."))
    languages, dialects = _read(drafts[:: max(1, len(drafts) // _SAMPLE)][:_SAMPLE])
    mixed = any(path.suffix.lower() == ".mdx" for path in drafts)
    return Found(preset, site, len(drafts), languages, None if mixed else _dialect(dialects), exclude)


def _site(folder: Path, preset: PresetName) -> str | None:
    return next((name for name in CONTENT[preset] if _drafts(folder / name)), None)


def _drafts(folder: Path) -> list[Path]:
    try:
        return find_drafts([str(folder)]) if folder.is_dir() else []
    except (GeoError, OSError):  # none is in it, or it may not be looked at
        return []


def _read(paths: list[Path]) -> tuple[Counter[str], Counter[Dialect]]:
    languages: Counter[str] = Counter()
    dialects: Counter[Dialect] = Counter()
    for path in paths:
        try:
            draft = parse(read_draft(path), str(path))
        except GeoError:  # a check will say what is wrong with it
            continue
        languages[draft.language] += 1
        dialects[draft.dialect] += 1
    return languages, dialects


def _dialect(found: Counter[Dialect]) -> Dialect | None:
    """A dialect that some pages show: the others are to be read so as well, wherever they say nothing of it."""
    for dialect in ("myst", "obsidian"):
        if found.total() >= _ENOUGH and found[dialect] >= _TELLING * found.total():
            return dialect
    return None


def configuration(found: Found) -> str:
    """A commented geo-optimizer.toml for what was found."""
    return "\n".join(_rows(found)) + "\n"


def _rows(found: Found) -> Iterator[str]:
    yield "# How geo-optimizer treats this site. Every key may be left out; options on the command line win."
    yield "# `geo-optimize config` shows what holds, `geo-optimize config --schema` prints the schema for editors."
    yield ""
    yield f"# The generator of the site{'' if found.preset != 'plain' else '; none was found'}. auto: by the files around each draft."
    yield f"preset = {toml(found.preset if found.preset != 'plain' else 'auto')}"
    yield from ("", "# The folder of the site's pages: what links may lead to, and whose tags and key names are used.")
    yield f"site = {toml(found.site)}" if found.site else '# site = "content"'
    yield "# It may also be a sitemap, with the folder of the pages that it names beside it, or a catalogue that a person keeps (CSV, YAML, TOML)."
    yield '# site-pages = "content"'
    yield '# site-catalogue = "pages.csv"'
    yield "# Pages that are never suggested: patterns as in a .gitignore, of their addresses or paths."
    yield '# site-never = ["/legal/"]'
    yield from ("", "# The language of all drafts; otherwise it is found out for each.")
    yield f"language = {toml(found.language)}" if found.language else '# language = "en"'
    yield from ("", "# How drafts are to be read: markdown, mdx, myst or obsidian; otherwise by name and content.")
    yield f"dialect = {toml(found.dialect)}" if found.dialect else '# dialect = "markdown"'
    yield from ("", "# What is not looked at in a folder: patterns as in a .gitignore.")
    yield f"exclude = {toml(found.exclude)}"
    yield from ("", "# The parts that may be added to a draft.", 'only = ["frontmatter", "tldr", "takeaways", "links"]')
    yield from ("", "# From which severity on a finding makes `geo-optimize check` fail: error, warning, or never.", 'fail-on = "error"')
    yield from _on_rules()


def _on_rules() -> Iterator[str]:
    yield from ("", "# Rules, by code (S001), by a beginning of codes (S) or by name; `geo-optimize rule` lists and explains them.")
    for letters, members in families(RULES).items():
        yield f"#   {letters}  {family_summary(members[0])}"
    some, off = RULES[0], next((rule for rule in RULES if not rule.default), RULES[0])
    yield "ignore = []"
    yield f'# extend-select = ["{off.code}"]'
    yield from ("", "[severity]", f'# {some.code} = "error"')
    if rule := next((rule for rule in RULES if rule.options), None):
        option, default = next(iter(rule.options.items()))
        yield from ("", f"# [rules.{rule.name}]", f"# {option.replace('_', '-')} = {toml(default)}")
    yield from ("", "# What holds for some files only.", "# [[overrides]]", '# files = ["archive/**"]', '# ignore = ["ALL"]')


def is_taken(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere."""
    return os.path.lexists(path)
