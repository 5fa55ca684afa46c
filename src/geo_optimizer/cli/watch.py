"""`check --watch`: again whenever a draft changes, until it is interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo_optimizer.cli import inputs
from geo_optimizer.errors import GeoError

if TYPE_CHECKING:
    from geo_optimizer.cli.check import Asked

_EVERY = 0.3  # seconds between two looks; soon enough after a save, and a thousand files cost a look some milliseconds

Stamp = tuple[int, int] | None


def watched(asked: Asked) -> int:
    """Check all, then each draft that comes or changes. An interrupt ends it with 0: nothing was left undone."""
    from geo_optimizer.cli.check import Run

    run = Run(asked)
    known: dict[str, Stamp] = {}
    first = True
    try:
        while True:
            now = {path: _stamp(Path(path)) for path in _there(run.found, first=first)}
            changed = [path for path, stamp in now.items() if (stamp and known.get(path) != stamp) or (first and not stamp)]
            gone = [path for path in known if now.get(path) is None]
            known = {path: stamp for path, stamp in now.items() if stamp}
            if changed:
                run.look_again()
                run.some(run.in_scope(changed))
            _tell(changed, gone, len(known), first=first)
            first = False
            time.sleep(_EVERY)
    except KeyboardInterrupt as stop:  # by Ctrl-C it is done; a signal has its own code
        return getattr(stop, "code", 0)


def _there(found: Callable[[], Sequence[str]], *, first: bool) -> Sequence[str]:
    """The drafts that are there now; none where a folder has lost its last one, which is no error while it is watched."""
    try:
        return found()
    except GeoError:
        if first:
            raise
        return ()


def _stamp(path: Path) -> Stamp:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def _tell(changed: Sequence[str], gone: Sequence[str], number: int, *, first: bool) -> None:
    for path in gone:
        inputs.talk(f"{inputs.shown(path)}: gone")
    if changed or first:
        inputs.talk(f"watching {number} file{'s' * (number != 1)}; Ctrl-C ends it")
