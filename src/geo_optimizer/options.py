"""What a run may be told. Frozen dataclasses with defaults; standard library only, so that a check starts fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo_optimizer.model import Dialect
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
    `select`/`ignore`: rule codes or their beginnings; an empty `select` means
    every rule. `fallback`: where an engine fails, the next one writes.
    `refresh`: what is replaced although the draft has it; nothing else is.
    `preset`: what is known of the site's generator. `habits`: what the site's
    own pages show, for this draft; None without a site.
    """

    parts: frozenset[Part] = frozenset(PARTS)
    language: str | None = None
    dialect: Dialect | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fallback: bool = False
    refresh: frozenset[Refreshable] = frozenset()
    preset: Preset = PLAIN
    habits: Habits | None = None

    @property
    def taxonomy(self) -> Taxonomy | None:
        """ "categories" or "tags", as the site has it; None without a site."""
        return self.habits.taxonomy if self.habits else None
