"""Where a draft lies in its project, as far as its path can tell: its name and the folders next to it.

A path may be absolute, and what is above the project says nothing of the
draft: it may be checked out below `docs/`, `snippets/` or `2024-05/`. Where
the project begins is not known here. So two folders count, those of numbers
that part a year's posts (`2024/05/`) beside them, and none above a folder of
posts: relative or absolute, a path then tells the same of a draft that lies
two folders deep, or in such a folder.
"""

from __future__ import annotations

from pathlib import PurePath

from geo_optimizer.model import Draft, measured

POST_FOLDERS = frozenset({"_posts", "posts", "post", "blog", "blogs", "news"})
_NEAREST = 2
_LONGEST_NUMBER = 4  # digits of a year


@measured
def folders(draft: Draft) -> tuple[str, ...]:
    """The folders next to a draft in lower case, the nearest last."""
    found: list[str] = []
    named = 0
    for folder in reversed(PurePath(draft.path).parts[:-1]):
        if named == _NEAREST:
            break
        found.insert(0, folder.lower())
        named += not (folder.isdigit() and len(folder) <= _LONGEST_NUMBER)
        if folder.lower() in POST_FOLDERS:
            break
    return tuple(found)


def name(draft: Draft) -> str:
    """The name of a draft's file, with its ending."""
    return PurePath(draft.path).name


def stem(draft: Draft) -> str:
    """The same without its ending."""
    return PurePath(draft.path).stem
