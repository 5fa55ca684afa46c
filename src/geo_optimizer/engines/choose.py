"""Which engines a run uses: the one that proposes, then the one that stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from geo_optimizer.engines import Engine

Choice = Literal["auto", "offline", "claude"]


def choose(choice: Choice, environ: Mapping[str, str], *, model: str | None = None, base_url: str | None = None) -> tuple[Engine, ...]:
    """`auto` is claude where a key is there, else offline. The offline engine always comes last.

    Raises UsageError where a prompt file is wrong.
    """
    from geo_optimizer.engines.offline import OfflineEngine

    offline = OfflineEngine()
    if choice == "offline":
        return (offline,)
    from geo_optimizer.engines.claude import DEFAULT_MODEL, ClaudeEngine, available

    if choice == "auto" and not available(environ):
        return (offline,)
    return (ClaudeEngine(model=model or DEFAULT_MODEL, base_url=base_url), offline)
