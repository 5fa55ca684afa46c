"""Where the pages of a generator's project stand: a file's path, its frontmatter and the generator's configuration -> a URL.

The URL is from the root of the site. A path that a whole site is put below
(`baseurl`, `base`) is left out, as it is in what generators themselves call a
page's URL, and in links written behind `{{ site.baseurl }}`; it is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo_optimizer.generator import Project, find_project
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.presets import PresetChoice, PresetName
from geo_optimizer.site.addresses import ADDRESS_KEYS, Origin, own_addresses, url_of
from geo_optimizer.site.pages import Inherit, as_stated
from geo_optimizer.site.permalinks.astro import astro
from geo_optimizer.site.permalinks.docusaurus import docusaurus
from geo_optimizer.site.permalinks.eleventy import eleventy
from geo_optimizer.site.permalinks.hugo import hugo
from geo_optimizer.site.permalinks.jekyll import jekyll
from geo_optimizer.site.permalinks.mkdocs import mkdocs
from geo_optimizer.site.permalinks.next import next_js
from geo_optimizer.site.permalinks.redirects import leading_to, redirects
from geo_optimizer.site.permalinks.rule import NO_PAGE, Reader, Rule, by_path, is_pattern, text_of

# A generator's project -> its rule. Raises Unreadable for a configuration that cannot be read.
_RULES: dict[PresetName, Callable[[Reader], Rule]] = {
    "astro": astro,
    "docusaurus": docusaurus,
    "eleventy": eleventy,
    "hugo": hugo,
    "jekyll": jekyll,
    "mkdocs": mkdocs,
    "next": next_js,
}
_STATED_BY_URL = ("hugo", "plain")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Permalinks:
    """The addresses of the pages in one folder.

    `below`: the folder, from the project's root, "" for the root itself.
    `keys`: of frontmatter, by which a page states its address.
    `inherit`: what of a file's frontmatter stands elsewhere.
    `redirects`: the key of an address (`url_key`) -> those that lead on to it.
    `origin`: what the project says of all addresses.
    `contents`: the folders below it that alone have pages, () where all may.
    `told`: a digest of all that was read of the project. `trouble`: file and
    reason, where its configuration could not be read and its defaults hold.
    """

    folder: Path
    preset: PresetChoice = "auto"
    rule: Rule = by_path
    inherit: Inherit = as_stated
    keys: tuple[str, ...] = ADDRESS_KEYS
    below: str = ""
    redirects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    contents: tuple[str, ...] = ()
    told: str = ""
    trouble: tuple[str, str] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Another process reads the configuration anew: a rule cannot be sent."""
        return permalinks, (self.folder, self.preset)

    def may_be(self, path: str) -> bool:
        """Whether the generator may make a page of the file at `path` below the folder: a theme's pages, a README beside the content are none."""
        return not self.contents or path.startswith(self.contents)

    def url_of(self, path: str, values: Mapping[str, Any]) -> str | None:
        """The URL of the file at `path` below the folder; None where the generator makes no page of it."""
        values = own_addresses(values, frozenset(filter(None, [self.origin.host])), self.keys)
        stated = text_of(values, *self.keys)
        found = stated if stated and not is_pattern(stated) else self.rule(self._place(path), self.values_of(path, values))
        if found == NO_PAGE:
            return None
        return _from_root(found or url_of(path, values))

    def leading_to(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """The addresses that lead on to one of these."""
        return leading_to(self.redirects, addresses)

    def values_of(self, path: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The frontmatter of the file at `path` with what it has from its folders, or from the generator's configuration."""
        return self.inherit(self._place(path), values)

    def _place(self, path: str) -> str:
        """A path below the folder as one below the project's root."""
        return f"{self.below}/{path}" if self.below else path


def _from_root(url: str) -> str:
    """A URL that begins with a slash, unless it is another site's, or a pattern that only the generator can fill in."""
    return url if _SCHEME.match(url) or is_pattern(url) else f"/{url}"


def permalinks(folder: Path, preset: PresetChoice = "auto") -> Permalinks:
    """The addresses of the pages in a folder, by the generator's project that it belongs to."""
    project = find_project(folder, preset)
    reader = Reader(project.root, project.config)
    rule, trouble = _rule(project, reader)
    generator = "" if trouble or rule is by_path else project.preset.name
    origin = Origin(reader.base, "" if reader.is_base_added else reader.base, reader.host, generator)
    leading = redirects(reader, rule, origin)
    below = folder.relative_to(project.root).as_posix()
    told = f"{project.preset.name} {reader.digest.hexdigest()}"
    return Permalinks(
        folder,
        preset,
        rule,
        reader.inherit,
        ADDRESS_KEYS if project.preset.name in _STATED_BY_URL else ("permalink",),
        "" if below == "." else below,
        leading,
        origin,
        _contents(reader, below),
        told,
        trouble,
    )


def _contents(reader: Reader, below: str) -> tuple[str, ...]:
    """The folders of pages with a slash behind each, if the folder is the project's own root and has one of them."""
    found = [f"{folder}/" for one in reader.contents if (folder := one.removeprefix("./").strip("/")) and (reader.root / folder).is_dir()]
    return tuple(found) if below == "." else ()


def _rule(project: Project, reader: Reader) -> tuple[Rule, tuple[str, str] | None]:
    make = _RULES.get(project.preset.name)
    if make is None:
        return by_path, None
    try:
        return make(reader), None
    except Unreadable as error:
        name = project.config.name if project.config else project.preset.label
        reason = f"it cannot be read, so that pages stand where {project.preset.label} puts them by default: line {error.line + 1}: {error}"
        without = Reader(project.root)
        rule = make(without)
        reader.inherit = without.inherit
        return rule, (name, reason)
