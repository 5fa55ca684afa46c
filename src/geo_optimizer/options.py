"""What a run may be told. Frozen dataclasses with defaults; standard library only, so that a check starts fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from geo_optimizer.model import Dialect, Severity
from geo_optimizer.presets import PLAIN, Habits, Preset, Taxonomy

Part = Literal["frontmatter", "tldr", "takeaways", "links"]
Refreshable = Literal["title", "description", "categories", "tldr", "takeaways", "links"]
REFRESHABLE: tuple[Refreshable, ...] = ("title", "description", "categories", "tldr", "takeaways", "links")
PARTS: tuple[Part, ...] = ("frontmatter", "tldr", "takeaways", "links")
SUPPORTED_AT = 0.5  # the one threshold: a line is supported when its grounding score reaches it


@dataclass(frozen=True, slots=True)
class Options:
    """What one run does.

    `parts`: what may be added. `language`: ISO 639-1, otherwise detected.
    `select`/`extend_select`/`ignore`: rule codes, their beginnings, names, or
    ALL; an empty `select` means every rule that is on by default. `severity`:
    of rules, by code, where it is another than their own. `rule_options`: of
    rules, by code, each by its name. `fallback`: where an engine fails, the next one writes.
    `refresh`: what is replaced although the draft has it; nothing else is.
    `apply_links`: suggested links are made in the text, and no comment lists them.
    `preset`: what is known of the site's generator. `habits`: what the site's
    own pages show, for this draft; None without a site.
    """

    parts: frozenset[Part] = frozenset(PARTS)
    language: str | None = None
    dialect: Dialect | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    rule_options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    fallback: bool = False
    refresh: frozenset[Refreshable] = frozenset()
    apply_links: bool = False
    preset: Preset = PLAIN
    habits: Habits | None = None

    @property
    def taxonomy(self) -> Taxonomy | None:
        """ "categories" or "tags", as the site has it; None without a site."""
        return self.habits.taxonomy if self.habits else None
