"""On which line each key of a TOML text stands, and each item of its lists. The text is TOML already (`tomllib` has read it)."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter

Place = tuple[str | int, ...]
_TOKEN = re.compile(
    r"""(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')
    |(?P<comment>\#[^\n]*)|(?P<word>[A-Za-z0-9_-]+)|(?P<mark>[\[\]{},.=\n])""",
    re.VERBOSE | re.DOTALL,
)


def places(text: str) -> dict[Place, int]:
    """The 1-based line of each key, by the names that lead to it; of a list's item, by its number from 0."""
    return _Reader(text).read()


class _Reader:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text) if match["comment"] is None]
        self.starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
        self.at = 0
        self.found: dict[Place, int] = {}
        self.tables: Counter[Place] = Counter()

    def read(self) -> dict[Place, int]:
        table: Place = ()
        while self._more():
            if self._now() == "\n":
                self.at += 1
            elif self._now() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.found

    def _more(self) -> bool:
        return self.at < len(self.tokens)

    def _now(self) -> str:
        return self.tokens[self.at][0] if self._more() else "\n"

    def _line(self) -> int:
        return bisect_right(self.starts, self.tokens[self.at][1])

    def _header(self) -> Place:
        """`[a.b]`, or `[[a.b]]`, which opens the next item of a list."""
        line = self._line()
        self.at += 1
        many = self._now() == "["
        self.at += many
        table = self._key((), line)
        self.at += 1 + many
        if many:
            self.tables[table] += 1
            table = (*table, self.tables[table] - 1)
            self.found.setdefault(table, line)
        return table

    def _key(self, table: Place, line: int) -> Place:
        """A key with its dots, below a table; within a list of tables, below the last one."""
        while True:
            table = (*table, _name(self._now()))
            self.found.setdefault(table, line)
            self.at += 1
            if self._now() != ".":
                return table
            self.at += 1
            if table in self.tables:
                table = (*table, self.tables[table] - 1)

    def _pair(self, table: Place) -> None:
        key = self._key(table, self._line())
        self.at += 1  # the equals sign
        self._value(key)

    def _value(self, place: Place) -> None:
        if self._now() == "[":
            self._list(place)
        elif self._now() == "{":
            self._inline_table(place)
        else:
            while self._now() not in ("\n", ",", "]", "}"):
                self.at += 1

    def _list(self, place: Place) -> None:
        self.at += 1
        number = 0
        while self._more() and self._now() != "]":
            if self._now() in ("\n", ","):
                self.at += 1
                continue
            self.found.setdefault((*place, number), self._line())
            self._value((*place, number))
            number += 1
        self.at += 1

    def _inline_table(self, place: Place) -> None:
        self.at += 1
        while self._more() and self._now() != "}":
            if self._now() in ("\n", ","):
                self.at += 1
            else:
                self._pair(place)
        self.at += 1


def _name(token: str) -> str:
    return str(tomllib.loads(f"key = {token}")["key"]) if token[0] in "\"'" else token
