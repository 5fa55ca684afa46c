"""Why metadata is not read, and why it is not changed. Any other error that escapes from here is our own bug."""

from __future__ import annotations


class Unreadable(Exception):
    """Metadata that its format's own loader does not read. `line` counts from 0 at the start of the content."""

    def __init__(self, message: str, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint or "mend it and run again"


class Unchangeable(ValueError):
    """A key that cannot be given its value: the message says why, to the author."""
