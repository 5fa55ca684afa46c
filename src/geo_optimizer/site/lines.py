"""On which line of its file each link stands that is told of: a dead one, or one to a page that is not published."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.frontmatter import find_frontmatter
from geo_optimizer.model import Draft, Link, Span
from geo_optimizer.site.audit import Audit, HiddenLink
from geo_optimizer.site.dead import DeadLink
from geo_optimizer.site.scan import uncoded

Told = DeadLink | HiddenLink
_PAGE, _HREF = attrgetter("page"), attrgetter("href")
Read = Callable[[str], str | None]
_BEFORE, _AFTER = r"(?<=[(<\"'\[\s])", r"(?=[)>\"'\]|#\s])"


def placed(audit: Audit, read: Read) -> Audit:
    """The same with the lines of the links that are told of, in their order on each page. One that stands in code only is left out.

    `read`: the text of a page's file by its path; None where there is no such
    file (of a page that a sitemap or a catalogue names), whose links stay without a line.
    """
    links: list[Told] = [*audit.dead, *audit.to_hidden]
    told: list[Told] = []
    for page, of_page in groupby(sorted(links, key=_PAGE), key=_PAGE):
        path = audit.pages[page].path
        told += _placed(list(of_page), path, read(path))
    dead = tuple(link for link in told if isinstance(link, DeadLink))
    return replace(audit, dead=dead, to_hidden=tuple(link for link in told if isinstance(link, HiddenLink)))


def reader(root: Path) -> Read:
    """Reads files below `root`, and nothing that leads out of it."""

    def read(path: str) -> str | None:
        file = root / path
        try:
            if not file.resolve().is_relative_to(root.resolve()):
                return None
            return file.read_bytes().decode("utf-8", "replace")
        except (OSError, ValueError, RuntimeError):  # RuntimeError: of links that lead in a circle, before Python 3.13
            return None

    return read


def _placed(links: Sequence[Told], path: str, source: str | None) -> Iterable[Told]:
    if source is None:
        return links
    return sorted(_on_lines(links, path, source.removeprefix("\ufeff")), key=lambda link: (link.line, link.href))


def _on_lines(links: Sequence[Told], path: str, source: str) -> Iterator[Told]:
    """The pattern by which all pages are read takes for a link what only looks like one, so that the parser has the last word."""
    try:
        draft = parse(source, path)
    except DraftRefused:
        draft = None
    spots = _Spots(draft) if draft else _Found(source)
    for href, same in groupby(sorted(links, key=_HREF), key=_HREF):
        yield from _at(list(same), spots.of(href.strip()))


def _at(links: Sequence[Told], spots: Sequence[_Spot]) -> Iterator[Told]:
    """Links with one href at their places; one whose words are not known there has those that are not found elsewhere."""
    elsewhere = Counter(spot.text for spot in spots)
    left = (link.text for link in links if not _takes(elsewhere, link.text))
    for link, spot in zip(links, spots, strict=False):
        yield link._replace(line=spot.line, text=next(left, link.text) if spot.text is None else spot.text)


def _takes(counted: Counter[str | None], text: str) -> bool:
    """Whether there is one more of it, which is then taken."""
    counted[text] -= 1
    return counted[text] >= 0


class _Spot(NamedTuple):
    """Where a link is. `text`: what is shown of it, where that is known for certain."""

    line: int
    text: str | None = None


class _Found:
    """Where the hrefs of a page stand, code and comments aside, by pattern alone: of a page that cannot be parsed."""

    def __init__(self, source: str) -> None:
        self._text = source.replace("\r\n", " \n").replace("\r", "\n")  # as long as the source
        frontmatter = find_frontmatter(source, 0)
        self._start = frontmatter.span.end if frontmatter else 0
        self._body = "\0" * self._start + uncoded(self._text[self._start :])

    def of(self, href: str) -> list[_Spot]:
        return [_Spot(1 + self._text.count("\n", 0, at)) for at in self.places(href)]

    def places(self, href: str) -> Iterator[int]:
        yield from (match.start() for match in re.finditer(_BEFORE + re.escape(href) + _AFTER, self._body))


class _Spots:
    """The same of a page that is parsed. A link by reference is where it is used."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._links: dict[str, list[Link]] = defaultdict(list)
        for link in draft.links:
            if not link.image:
                self._links[_same(link.href)].append(link)
        self._found = _Found(draft.source)
        self._plain = ranges([*self._no_links(), *(link.span for link in draft.links)])
        self._html = ranges(block.span for block in draft.blocks if block.kind == "html")

    def _no_links(self) -> Iterator[Span]:
        """Code, definitions (which are no links until they are used), and the text as it is shown."""
        yield from (code.span for code in self._draft.code)
        yield from (definition.span for definition in self._draft.definitions)
        yield from (piece.span for prose in self._draft.prose for piece in prose.pieces)

    def of(self, href: str) -> list[_Spot]:
        parsed = [(link.span.start, link.text) for link in self._links.get(_same(href), ())]
        others = [(at, None) for at in self._found.places(href) if self._may_be_link(at)]
        return [_Spot(self._draft.line(at), text) for at, text in sorted([*parsed, *others], key=itemgetter(0))]

    def _may_be_link(self, at: int) -> bool:
        """Whether what the parser knows nothing of may be one: of a tag, of a wiki, in a shortcode."""
        before = self._draft.source[max(0, at - 2) : at]
        if before == "[[":
            return all(code.span.start > at or code.span.end <= at for code in self._draft.code)
        return not self._plain.at(at) and not (before in ("](", "(<") and self._html.at(at))


def _same(href: str) -> str:
    """A destination without its escapes."""
    return unquote(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", unescape(href.strip())))
