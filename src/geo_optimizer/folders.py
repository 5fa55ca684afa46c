"""Where this program keeps what it remembers between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_dir() -> Path:
    """The user's cache folder for this program, by the platform's custom; `GEO_OPTIMIZER_CACHE` overrides it.

    Raises RuntimeError where the user has no home.
    """
    if own := os.environ.get("GEO_OPTIMIZER_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "geo-optimizer"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/geo-optimizer"
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "geo-optimizer"
