"""Locks that the system drops with the process that holds them, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo_optimizer.errors import FileError

_PATIENCE = 30.0  # seconds; a write takes a few hundredths of one, also on a slow disk
_PAUSE = 0.01  # seconds between two attempts

if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Lock an open file for this process; False while another one has it. Raises OSError where there are no locks."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Lock an open file for this process; False while another one has it. Raises OSError where there are no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def locked(file: Path, target: Path) -> Iterator[None]:
    """Hold the lock `file` while `target` is written.

    Raises OSError where the file cannot be made or locked, FileError where
    another run has held it for half a minute.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + _PATIENCE
        while not try_lock(handle):
            if time.monotonic() > until:
                raise FileError("busy", "another run is writing it", hint="run again when that one has ended", path=str(target))
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)
