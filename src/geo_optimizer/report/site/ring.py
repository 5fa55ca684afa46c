"""The picture of a link graph: pages on a ring, by folder; links as bundles through its middle.

Links between two sections run together for most of their way, as in Holten,
"Hierarchical edge bundles" (2006), so that one sees which parts of a site lead
to which, and not every line. Where a node stands follows from its place in the
site alone: the same site gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, log2, pi, sin, sqrt

from geo_optimizer.report.view import shortened, visible
from geo_optimizer.site.picture import Picture

_RADIUS = 290.0
_BAND = 4.0  # from the largest node to the arc that marks a section
_LABEL = 14.0  # from there to where names begin
_SMALLEST, _LARGEST, _LARGEST_FOLDER = 2.6, 11.0, 20.0  # radius of a node
_FREE = 1.4  # between two nodes
_BETWEEN = 10.0  # between two sections
_ROW = 15.5  # the height of a name
_NAMED = 72  # nodes whose names are shown
_NAME = 30  # characters
_DRAWN, _OF_FOLDERS = 600, 160  # links that are always seen
_ON_DEMAND = 2_000  # those that are shown of a node when it is looked at
_PULL = 0.42  # how far from the middle a bundle passes, of the radius


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a node stands: its angle, and the radius of its dot."""

    angle: float
    size: float


def ring(picture: Picture, name: str) -> Iterator[str]:
    """An SVG element, and beside it what the page's script fills with the node that is looked at. `name`: what the picture shows."""
    spots = _spots(picture)
    middles = _middles(picture, spots)
    yield f'<div class="graph" data-of="{"pages" if picture.of_pages else "folders"}"><div class="scroll"><svg class="ring" viewBox="-520 -520 1040 1040" role="group" aria-label="{escape(name)}">'
    yield '<g class="edges">'
    yield from _edges(picture, spots, middles)
    yield "</g>"
    yield from _arcs(picture, spots)
    yield '<g class="nodes">'
    named = _named(spots)
    yield from (_node(picture, n, spot, has_name=n in named) for n, spot in enumerate(spots))
    yield '</g></svg></div><div class="about" aria-live="polite" hidden>'
    yield "Point at a dot, or go to one with Tab and on with the arrow keys, to see its links.</div></div>"


def drawn(picture: Picture) -> int:
    """How many links are always seen."""
    return min(len(picture.edges), _DRAWN if picture.of_pages else _OF_FOLDERS)


# ------------------------------------------------------------------ where everything stands


def _spots(picture: Picture) -> list[_Spot]:
    sizes = _sizes(picture)
    widths = [2 * size + _FREE for size in sizes]
    gaps = [_BETWEEN if _ends_section(picture, n) else 0.0 for n in range(len(sizes))]
    scale = 2 * pi / max(sum(widths) + sum(gaps), 1.0)
    factor = min(1.0, scale * _RADIUS)  # where there is no room for all of them they are smaller
    found, at = [], -pi / 2
    for size, width, gap in zip(sizes, widths, gaps, strict=True):
        found.append(_Spot(at + width * scale / 2, size * factor))
        at += (width + gap) * scale
    return found


def _sizes(picture: Picture) -> list[float]:
    """The area of a dot is as its inlinks; of a folder, as its pages."""
    weights = [node.inlinks if picture.of_pages else node.pages for node in picture.nodes]
    most = max(weights, default=0) or 1
    return [_SMALLEST + (_largest(picture) - _SMALLEST) * sqrt(weight / most) for weight in weights]


def _largest(picture: Picture) -> float:
    return _LARGEST if picture.of_pages else _LARGEST_FOLDER


def _ends_section(picture: Picture, number: int) -> bool:
    nodes = picture.nodes
    return len(picture.sections) > 1 and nodes[number].section != nodes[(number + 1) % len(nodes)].section


def _middles(picture: Picture, spots: Sequence[_Spot]) -> dict[int, float]:
    """The angle in the middle of each section."""
    ends: dict[int, list[float]] = {}
    for node, spot in zip(picture.nodes, spots, strict=True):
        ends.setdefault(node.section, []).append(spot.angle)
    return {section: (angles[0] + angles[-1]) / 2 for section, angles in ends.items()}


def _named(spots: Sequence[_Spot]) -> set[int]:
    """The nodes whose names have room, larger ones first."""
    apart = _ROW / (_RADIUS + _LARGEST + _LABEL)
    found: list[int] = []
    for number in sorted(range(len(spots)), key=lambda n: (-spots[n].size, n)):
        if len(found) < _NAMED and all(_between(spots[number].angle, spots[other].angle) >= apart for other in found):
            found.append(number)
    return set(found)


def _between(one: float, other: float) -> float:
    turn = abs(one - other) % (2 * pi)
    return min(turn, 2 * pi - turn)


def _at(angle: float, radius: float) -> str:
    return f"{cos(angle) * radius:.1f} {sin(angle) * radius:.1f}"


# ------------------------------------------------------------------ what is drawn


def _edges(picture: Picture, spots: Sequence[_Spot], middles: dict[int, float]) -> Iterator[str]:
    most = max((edge.links for edge in picture.edges), default=1)
    always = drawn(picture)
    for number, edge in enumerate(picture.edges[: always + _ON_DEMAND]):
        section = picture.nodes[edge.source].section
        kind = f"edge s{section}{' more' if number >= always else ''}"
        width = f' stroke-width="{1 + 5 * log2(1 + edge.links) / log2(1 + most):.1f}"' if not picture.of_pages else ""
        path = _curve(picture, spots, middles, edge.source, edge.target)
        yield f'<path class="{kind}" data-a="{edge.source}" data-b="{edge.target}"{width} d="{path}"/>'


def _curve(picture: Picture, spots: Sequence[_Spot], middles: dict[int, float], source: int, target: int) -> str:
    """Within a section an arc below the ring, the deeper the farther; between two by way of the middle of each."""
    a, b = spots[source].angle, spots[target].angle
    one, other = picture.nodes[source].section, picture.nodes[target].section
    start, end = _at(a, _RADIUS), _at(b, _RADIUS)
    if one == other and len(picture.sections) > 1:
        depth = _RADIUS * max(_PULL, 1 - 0.9 * _between(a, b))
        return f"M{start}Q{_at((a + b) / 2, depth)} {end}"
    if len(picture.sections) == 1:
        return f"M{start}C{_at(a, _RADIUS * _PULL)} {_at(b, _RADIUS * _PULL)} {end}"
    return f"M{start}C{_at((a + 2 * middles[one]) / 3, _RADIUS * _PULL)} {_at((b + 2 * middles[other]) / 3, _RADIUS * _PULL)} {end}"


def _arcs(picture: Picture, spots: Sequence[_Spot]) -> Iterator[str]:
    """One arc outside of each section's nodes."""
    ends: dict[int, list[float]] = {}
    for node, spot in zip(picture.nodes, spots, strict=True):
        ends.setdefault(node.section, []).append(spot.angle)
    for section, angles in ends.items():
        first, last = angles[0] - 0.008, angles[-1] + 0.008
        large = int(last - first > pi)
        title = escape(visible(picture.sections[section]))
        radius = _RADIUS + _largest(picture) + _BAND
        path = f"M{_at(first, radius)}A{radius} {radius} 0 {large} 1 {_at(last, radius)}"
        yield f'<path class="arc s{section}" d="{path}"><title>{title}</title></path>'


def _node(picture: Picture, number: int, spot: _Spot, *, has_name: bool) -> str:
    node = picture.nodes[number]
    label, path = escape(visible(node.label)), escape(visible(node.path))
    counts = f'data-in="{node.inlinks}" data-out="{node.outlinks}" data-pages="{node.pages}" data-orphans="{node.orphans}"'
    orphan = " orphan" if picture.of_pages and node.orphans else ""
    x, y = _at(spot.angle, _RADIUS).split()
    share = min(spot.size * sqrt(node.orphans / node.pages), spot.size - 1.4) if node.orphans and not picture.of_pages else 0.0
    inner = f'<circle class="part" cx="{x}" cy="{y}" r="{share:.1f}"/>' if share else ""
    return (
        f'<g class="node s{node.section}{orphan}" role="img" tabindex="{0 if number == 0 else -1}" data-path="{path}" {counts}'
        f' aria-label="{label}"><title>{label}</title><circle cx="{x}" cy="{y}" r="{spot.size:.1f}"/>{inner}'
        f"{_name(node.label, spot.angle, _RADIUS + _largest(picture) + _LABEL, has_name=has_name)}</g>"
    )


def _name(label: str, angle: float, radius: float, *, has_name: bool) -> str:
    """Along the radius, and never upside down."""
    degrees = angle * 180 / pi
    left = cos(angle) < 0
    turn = f"rotate({degrees:.1f}) translate({radius})" + (" rotate(180)" if left else "")
    kind = "" if has_name else ' class="quiet"'
    anchor = ' text-anchor="end"' if left else ""
    return f'<text{kind} transform="{turn}"{anchor} dy=".35em">{escape(shortened(visible(label), _NAME))}</text>'
