"""The page that a dead link was probably meant to lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from geo_optimizer.site.addresses import FOLDER_NAMES, undated, url_key, without_extension

_NEAR = 0.8  # likeness of two names (SequenceMatcher), from which one may be the other misspelt or reworded
_COMMON = 60  # pages whose names have a word, from which on it tells no page from another
_MOST = 200  # names that one is compared with


class Nearest:
    """The names of a site's pages: the last parts of their addresses, and of their files."""

    def __init__(self, pages: Iterable[tuple[int, str, str]]) -> None:
        """`pages`: number, path and URL of each page that a link may lead to."""
        self._named: dict[str, list[int]] = defaultdict(list)
        self._beside: dict[str, list[str]] = defaultdict(list)
        self._with: dict[str, list[str]] = defaultdict(list)
        self._keys: dict[int, str] = {}
        self._known: dict[str, int | None] = {}
        for number, path, url in pages:
            self._add(number, path, url)

    def _add(self, number: int, path: str, url: str) -> None:
        key = self._keys[number] = url_key(url)
        for name in dict.fromkeys(name for name in (_last(key), _last(path)) if name and name not in FOLDER_NAMES):
            if not self._named[name]:
                for word in _words(name):
                    if len(self._with[word]) <= _COMMON:
                        self._with[word].append(name)
            self._named[name].append(number)
            self._beside[_folder(key)].append(name)

    def to(self, key: str, page: int | None = None, *, moved: bool = False) -> int | None:
        """The page nearest to an address (as `url_key`) or a file's path: the same name elsewhere, else a like one; None if none is near.

        `page` has the link, and is not what it was meant to lead to. `moved`: a
        page of this name is the one that was meant, if no other is called so.
        """
        alone = self._named.get(_last(key), ()) if moved else ()
        if len(alone) == 1 and alone[0] != page:
            return alone[0]
        if key not in self._known:
            self._known[key] = self._find(key)
        found = self._known[key]
        return self._find(key, page) if found is not None and found == page else found

    def _find(self, key: str, but: int | None = None) -> int | None:
        name = _last(key)
        if not name or name in FOLDER_NAMES:
            return None
        if name in self._named:
            moved = [n for n in self._named[name][:_MOST] if n != but and self._may_be(key, n)]
            return self._best(key, moved) if moved else None
        near = [other for other in self._alike(key, name) if _figures(other) == _figures(name) and self._named[other] != [but]]
        found = get_close_matches(name, near, n=1, cutoff=_NEAR)
        return self._best(key, [n for n in self._named[found[0]][:_MOST] if n != but]) if found else None

    def _alike(self, key: str, name: str) -> list[str]:
        """Names with which one shares a rare word, and those beside it."""
        rare = [other for word in _words(name) if 0 < len(self._with.get(word, ())) <= _COMMON for other in self._with[word]]
        beside = self._beside.get(_folder(key), ())
        return sorted(dict.fromkeys([*rare, *beside[:_MOST]]))

    def _may_be(self, key: str, number: int) -> bool:
        """Whether a page of the same name may be the one that was meant: a name of one word ("tools") is many a page's."""
        own, other = _folder(key), _folder(self._keys[number])
        if len(_words(_last(key))) > 1 or _last(own) == _last(other):
            return True
        return len(self._named[_last(key)]) == 1 and own.split("/")[0] == other.split("/")[0]

    def _best(self, key: str, numbers: list[int]) -> int:
        """Of pages with one name the one whose address has most in common."""
        return max(numbers, key=lambda n: (SequenceMatcher(None, self._keys[n], key, autojunk=False).ratio(), -n))


def _last(key: str) -> str:
    """The name in an address or a path, without extension and date."""
    return undated(without_extension(key.strip("/").rsplit("/", 1)[-1])).lower()


def _folder(key: str) -> str:
    return key.strip("/").rpartition("/")[0]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", name) if len(word) > 2]


def _figures(name: str) -> list[str]:
    """The numbers in a name: part 2 is not a misspelt part 3."""
    return re.findall(r"\d+", name)
