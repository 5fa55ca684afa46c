"""A site's pages by folder, in so many groups that a reader can tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


def sections(paths: Sequence[str], most: int, *, least: float = 0.03) -> list[str]:
    """For each path the folder that stands for its section, "" for the root; at most so many different ones.

    The largest section is split into its folders for as long as there is room.
    A folder with less than `least` of all pages stays with the one above it.
    """
    below, inside = _counted(paths)
    chosen = _chosen(below, inside, most, max(2, least * len(paths)))
    return [_nearest(path.rpartition("/")[0], chosen) for path in paths]


def called(section: str, among: Iterable[str]) -> str:
    """What to call a section: beside others that lie in it, it is the rest of its folder."""
    inner = any(other != section and (not section or other.startswith(f"{section}/")) for other in among)
    return (f"the rest of {section}" if section else "the rest") if inner else section or "/"


def _counted(paths: Sequence[str]) -> tuple[dict[str, int], dict[str, set[str]]]:
    """How many pages each folder has, those of its folders included; and which folders are in it."""
    below: dict[str, int] = defaultdict(int)
    inside: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder = path.rpartition("/")[0]
        below[folder] += 1
        while folder:
            folder, last = folder.rpartition("/")[0], folder
            below[folder] += 1
            inside[folder].add(last)
    return below, inside


def _chosen(below: dict[str, int], inside: dict[str, set[str]], most: int, least: float) -> set[str]:
    """The folders that stand for sections."""
    left = {"": below[""]}  # of those that may be split further, the pages that are in no section below
    chosen = {""}
    while left and len(chosen) < most:
        folder = min(left, key=lambda name: (-left[name], name))
        if len(chosen) > 1 and left[folder] < below[""] / most:
            break
        left.pop(folder)
        children = sorted((name for name in inside[folder] if below[name] >= least), key=lambda name: (-below[name], name))
        for child in children[: most - len(chosen)]:
            chosen.add(child)
            left[child] = below[child]
    return chosen


def _nearest(folder: str, chosen: set[str]) -> str:
    while folder not in chosen:
        folder = folder.rpartition("/")[0]
    return folder
