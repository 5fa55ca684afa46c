"""Pages that say of themselves what others say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from geo_optimizer.analysis.words import says_something, stem
from geo_optimizer.site.alternates import one_of_each
from geo_optimizer.site.naming import as_said

_TELLING = 3  # words that carry a subject; with fewer, "Getting started" in another folder may be with something else
SHORTEST_DESCRIPTION = 30  # characters; what is shorter is a label rather than a description


class Shared(NamedTuple):
    """A text and the pages that have it, by number."""

    text: str
    pages: tuple[int, ...]


def is_telling(title: str) -> bool:
    """Whether a title says so much of its own subject that no two pages should have it, wherever they stand."""
    words = {stem(word) for word in re.findall(r"\w+", title) if word.isdigit() or says_something(word)}
    return len(words) >= _TELLING


class Sayings:
    """Texts as they come, page by page; those of several pages are kept."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._shown: dict[str, str] = {}
        self._pages: dict[str, list[int]] = {}

    def add(self, text: str, page: int) -> None:
        said = as_said(text)
        if said and (first := self._first.setdefault(said, page)) != page:
            self._shown.setdefault(said, text)
            self._pages.setdefault(said, [first]).append(page)

    def shared(self, paths: Sequence[str], *, anywhere: bool, languages: Collection[str] | None) -> Iterator[Shared]:
        """The texts of several pages that are no translations or versions of each other.

        Unless `anywhere`, a text that tells little counts only within a folder. `languages`: see `alternates`.
        """
        for said, pages in self._pages.items():
            text = self._shown[said]
            for group in one_of_each(((n, paths[n]) for n in pages), languages):
                within = [group] if anywhere or is_telling(text) else _by_folder(group, paths)
                yield from (Shared(text, tuple(found)) for found in within if len(found) > 1)


def _by_folder(pages: Sequence[int], paths: Sequence[str]) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for number in pages:
        found.setdefault(paths[number].rpartition("/")[0], []).append(number)
    return list(found.values())
