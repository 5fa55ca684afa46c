"""Patterns that cost nothing until they are used: of those a module knows, a draft needs few."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_MEMBERS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "groupindex")


class _Lazy:
    """Compiles when it is first asked for more than its text, and from then on has the members of the compiled pattern for its own."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _MEMBERS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({member: getattr(compiled, member) for member in _MEMBERS})
        return getattr(compiled, name)


def lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, put off until the pattern is first used; an error in it shows only then."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
