"""Drafts whose authors' links are known, read with the signals of every page and place; `links.py` trains and measures on them."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from geo_optimizer.analysis.words import WORD, is_small
from geo_optimizer.markdown import parse
from geo_optimizer.model import Draft
from geo_optimizer.site import suggest
from geo_optimizer.site.index import Site
from geo_optimizer.site.pages import Page, read_page
from geo_optimizer.site.survey import Survey

_TOGETHER = 0.15  # share of a site's drafts that take the place of their pages at a time
_FEWEST = 8
_ROOT = Path("/nowhere")
EXACT, PART = 2, 1  # how a place agrees with the author's anchor

Array = np.ndarray[Any, Any]
Windows = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Case:
    """A draft: the pages that come into question, the places for those looked at closely, and what its author linked."""

    site: str
    draft: str
    fits: int  # links for its length
    gold: dict[int, list[str]]
    linked: set[int]
    pages: list[int]
    of_pages: Array  # a row of signals for each page
    windows: Windows
    phrases: list[str]
    page_of: Array  # for each window, the index in `pages`
    of_places: Array  # a row of signals for each window
    agrees: Array  # for each window: 0, PART or EXACT
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Names:
    pages: list[str]
    places: list[str]


# ------------------------------------------------------------------ reading


def cases(folder: Path) -> tuple[Names, list[Case]]:
    """The drafts of all sites, with their signals."""
    jobs = [(site, part) for site in sorted(p for p in folder.iterdir() if (p / "gold.jsonl").exists()) for part in _parts(site)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [pair for part in pool.map(_read_part, jobs) for pair in part]
    names = next(names for names, _ in found if names.places)
    per_site = {case.site: sum(other.site == case.site for _, other in found) for _, case in found}
    return names, [replace(case, weight=1 / per_site[case.site]) for _, case in found]


def _gold(site: Path) -> dict[str, list[dict[str, str]]]:
    """The links that an author made in each draft when the draft was written."""
    date = {page["url"]: page.get("date") or "" for page in _pages(site)}
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in (site / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        link = json.loads(line)
        if not (date.get(link["page"]) and date.get(link["target"], "") > date[link["page"]]):
            found[link["draft"]].append(link)
    return found


def _pages(site: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(site / "site.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _parts(site: Path) -> list[list[str]]:
    """The drafts with a link to find, a few at a time."""
    names = sorted(draft for draft, links in _gold(site).items() if any(link["tag"] == "inline" for link in links))
    names = [name for name in names if (site / "drafts" / name).exists()]
    random.Random(0).shuffle(names)
    size = max(_FEWEST, int(_TOGETHER * len(names)))
    return [names[i : i + size] for i in range(0, len(names), size)]


def _read_part(job: tuple[Path, list[str]]) -> list[tuple[Names, Case]]:
    folder, names = job
    gold = _gold(folder)
    drafts = {gold[name][0]["page"]: name for name in names}
    pages: dict[str, Page] = {}
    parsed: dict[str, Draft] = {}
    for page in _pages(folder):
        path, name = re.sub(r"\.[a-z]+$", ".md", page["path"]), drafts.get(page["url"])
        text = page["text"] if name is None else (folder / "drafts" / name).read_text(encoding="utf-8")
        source = _with_head(page, text)
        pages.setdefault(page["url"], read_page(path, source))
        if name is not None:
            parsed[name] = parse(source, str(_ROOT / path))
    site = Site(_ROOT, sorted(pages.values(), key=lambda page: page.path))
    numbers = {page.url: n for n, page in enumerate(site.pages)}
    return [_case(folder.name, name, draft, site, gold[name], numbers) for name, draft in parsed.items()]


def _with_head(page: Mapping[str, Any], text: str) -> str:
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    date = f"date: {page['date']}\n" if page.get("date") else ""
    return f"---\ntitle: {json.dumps(page['title'], ensure_ascii=False)}\nurl: {page['url']}\n{date}---\n{body}"


def _case(
    site_name: str, name: str, draft: Draft, site: Site, links: Iterable[Mapping[str, str]], numbers: Mapping[str, int]
) -> tuple[Names, Case]:
    survey = Survey(draft, site)
    gold: dict[int, list[str]] = defaultdict(list)
    linked = {numbers[link["target"]] for link in links if link["target"] in numbers}
    for link in links:
        if link["tag"] == "inline" and link["target"] in numbers:
            gold[numbers[link["target"]]].append(link["anchor"])
    pages = suggest.pages_by_worth(survey)
    order = list(pages)
    of_pages, of_places = [list(signals.values()) for signals in pages.values()], []
    windows: Windows = []
    page_of, agrees, names = [], [], Names([], [])
    for page, signals, places in suggest.places_of_pages(survey):
        for window, of_place in places.items():
            names = Names(list(signals), list(of_place))
            windows.append(window)
            page_of.append(order.index(page))
            of_places.append(list(of_place.values()))
            agrees.append(_agreement(draft.text(survey.text.span(*window)), gold.get(page, [])))
    return names, Case(
        site_name,
        name,
        suggest.links_that_fit(draft),
        dict(gold),
        linked,
        order,
        np.array(of_pages, dtype=np.float32),
        windows,
        [survey.phrase(window) for window in windows],
        np.array(page_of, dtype=int),
        np.array(of_places, dtype=np.float32),
        np.array(agrees, dtype=int),
    )


def _agreement(anchor: str, authors: Iterable[str]) -> int:
    """EXACT: the same words. PART: one has the other's words, or half of all words are in both, small ones aside."""
    own = _said(anchor)
    best = 0
    for other in map(_said, authors):
        if own[0] == other[0]:
            return EXACT
        one, two = own[1], other[1]
        if one and two and (one <= two or two <= one or 2 * len(one & two) >= len(one | two)):
            best = PART
    return best


def _said(text: str) -> tuple[str, set[str]]:
    words = WORD.findall(re.sub(r"[*`]", "", text).lower())
    return " ".join(words), {word for word in words if not is_small(word)} or set(words)
