"""What a run may be told. Frozen dataclasses with defaults; standard library only, so that a check starts fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo_optimizer.model import Dialect

Part = Literal["frontmatter", "tldr", "takeaways", "links"]
PARTS: tuple[Part, ...] = ("frontmatter", "tldr", "takeaways", "links")
REFRESHABLE = ("title", "description", "categories", "tldr", "takeaways")
SUPPORTED_AT = 0.5  # the one threshold: a line is supported when its grounding score reaches it


@dataclass(frozen=True, slots=True)
class Options:
    """What one run does.

    `parts`: what may be added. `refresh`: parts or keys to write anew though
    present. `language`: ISO 639-1, otherwise detected. `select`/`ignore`: rule
    codes or their prefixes; an empty `select` means every default rule.
    `fallback`: where an engine fails, the next one writes the lines.
    `max_links`: suggestions per draft at most (0: a number that fits its length).
    """

    parts: frozenset[Part] = frozenset(PARTS)
    refresh: frozenset[str] = frozenset()
    language: str | None = None
    dialect: Dialect | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    max_links: int = 0
    fallback: bool = False
