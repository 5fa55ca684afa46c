"""What of a site's link graph is drawn: all pages of a small one, of a large one its folders and its most linked pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo_optimizer.site.audit import Audit
from geo_optimizer.site.sections import called, sections

MOST_PAGES = 240  # that a reader can still tell apart on one ring
MOST_SECTIONS = 10  # colours that can be told apart
_MOST_FOLDERS = 40
_SMALLEST_FOLDER = 0.004  # of all pages


class Node(NamedTuple):
    """A page, or a folder of them. `section`: its place in `Picture.sections`; `orphans`: of its pages, those no page links to.

    `inlinks` and `outlinks` count the pages (of a folder, the links from and to others) beyond what is drawn, too.
    """

    label: str
    path: str
    section: int
    pages: int
    orphans: int
    inlinks: int
    outlinks: int


class Edge(NamedTuple):
    """That one node links to another, so many times; nodes by their place in `Picture.nodes`."""

    source: int
    target: int
    links: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes in their order on a ring, section by section. `edges`: those that most need to be seen first; `sections`: what they are called."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    sections: tuple[str, ...]
    of_pages: bool


def pages_picture(audit: Audit) -> Picture:
    """The pages that are not hidden, the most linked ones if they are too many."""
    shown = [n for n, page in enumerate(audit.pages) if not page.hidden]
    if len(shown) > MOST_PAGES:
        shown = sorted(shown, key=lambda n: (-audit.pages[n].inlinks, n))[:MOST_PAGES]
    paths = [page.path for page in audit.pages]
    section = sections(paths, MOST_SECTIONS)
    names = sorted({section[n] for n in shown})
    edges = _among(audit, set(shown))
    order = _near_their_likes(audit, sorted(shown, key=lambda n: (section[n], paths[n])), section, edges)
    orphans = set(audit.orphans)
    nodes = [
        Node(page.title, page.path, names.index(section[n]), 1, int(n in orphans), page.inlinks, page.outlinks)
        for n in order
        for page in (audit.pages[n],)
    ]
    place = {n: at for at, n in enumerate(order)}
    pairs = [(place[a], place[b]) for a, b in edges]
    return Picture(tuple(nodes), tuple(_in_turn(pairs)), tuple(called(one, names) for one in names), of_pages=True)


def folders_picture(audit: Audit) -> Picture | None:
    """The site's folders and how many links lead from each to each; None for a site whose pages can all be drawn, or without folders."""
    paths = [page.path for page in audit.pages]
    folder = sections(paths, _MOST_FOLDERS, least=_SMALLEST_FOLDER)
    order = sorted(set(folder))
    if sum(not page.hidden for page in audit.pages) <= MOST_PAGES or len(order) < 3:
        return None
    section = sections(paths, MOST_SECTIONS)
    above = {folder[n]: section[n] for n in reversed(range(len(paths)))}
    order.sort(key=lambda name: (above[name], name))
    place = {name: at for at, name in enumerate(order)}
    links = Counter((place[folder[a]], place[folder[b]]) for a, b in _edges(audit))
    names = sorted({above[name] for name in order})
    nodes = _folder_nodes(audit, folder, order, [names.index(above[name]) for name in order], links)
    edges = [Edge(a, b, n) for (a, b), n in sorted(links.items(), key=lambda item: (-item[1], item[0])) if a != b]
    return Picture(tuple(nodes), tuple(edges), tuple(called(one, names) for one in names), of_pages=False)


def _folder_nodes(
    audit: Audit, folder: Sequence[str], order: Sequence[str], section: Sequence[int], links: Counter[tuple[int, int]]
) -> Iterator[Node]:
    pages, orphans = Counter(folder), Counter(folder[n] for n in audit.orphans)
    into, out = Counter[int](), Counter[int]()
    for (a, b), n in links.items():
        if a != b:
            into[b] += n
            out[a] += n
    for at, name in enumerate(order):
        whole = called(name, order)
        label = whole.removesuffix(name) + "/".join(name.split("/")[-2:])
        yield Node(label, whole, section[at], pages[name], orphans[name], into[at], out[at])


def _among(audit: Audit, pages: set[int]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in _edges(audit) if a in pages and b in pages]


def _near_their_likes(audit: Audit, pages: Sequence[int], section: Sequence[str], edges: Sequence[tuple[int, int]]) -> list[int]:
    """Section by section, pages that are linked after each other; those without links within their section come last, and the orphans."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        if section[a] == section[b]:
            beside[a].append(b)
            beside[b].append(a)
    found: dict[int, None] = {}
    orphans = set(audit.orphans)
    for start in sorted(pages, key=lambda n: (section[n], n in orphans, not beside[n], -audit.pages[n].inlinks, n)):
        ahead = [start]
        while ahead:  # depth first: each page stands beside one that it is linked with, as long as there is one
            page = ahead.pop()
            if page not in found:
                found[page] = None
                ahead += sorted((n for n in beside[page] if n not in found and n not in orphans), key=lambda n: (-len(beside[n]), n))
    return list(found)


def _edges(audit: Audit) -> Iterator[tuple[int, int]]:
    return zip(*audit.edges, strict=True)


def _in_turn(pairs: Sequence[tuple[int, int]]) -> list[Edge]:
    """Every page's first link, then every page's second one: if not all are drawn, none is without."""
    turn: dict[int, int] = defaultdict(int)
    found = []
    for source, target in pairs:
        found.append((turn[source], source, target))
        turn[source] += 1
    return [Edge(source, target, 1) for _, source, target in sorted(found)]
