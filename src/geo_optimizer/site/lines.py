"""On which line of its file each dead link stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from geo_optimizer.markdown.frontmatter import find_frontmatter
from geo_optimizer.site.scan import uncoded

if TYPE_CHECKING:
    from geo_optimizer.site.audit import Audit
    from geo_optimizer.site.dead import DeadLink

Read = Callable[[str], str | None]
_BEFORE, _AFTER = r"(?<=[(<\"'\[\s])", r"(?=[)>\"'\]|#\s])"


def placed(audit: Audit, read: Read) -> Audit:
    """The same with the lines of dead links, in their order on each page. One that stands in code only is left out.

    `read`: the text of a page's file by its path; None where there is no such
    file (of a page that a sitemap or a catalogue names), whose links stay without a line.
    """
    dead = [
        link
        for page, links in groupby(audit.dead, key=lambda link: link.page)
        for link in _placed(list(links), read(audit.pages[page].path))
    ]
    return replace(audit, dead=tuple(dead))


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


def _placed(links: Sequence[DeadLink], source: str | None) -> Iterable[DeadLink]:
    if source is None:
        return links
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return sorted(_on_lines(links, text), key=lambda link: (link.line, link.href))


def _on_lines(links: Sequence[DeadLink], text: str) -> Iterator[DeadLink]:
    frontmatter = find_frontmatter(text, 0)
    start = frontmatter.span.end if frontmatter else 0
    body = uncoded(text[start:])
    first = text.count("\n", 0, start) + 1
    for href, same in groupby(sorted(links, key=lambda link: link.href), key=lambda link: link.href):
        places = re.finditer(_BEFORE + re.escape(href.strip()) + _AFTER, body)
        yield from (link._replace(line=first + body.count("\n", 0, at.start())) for link, at in zip(same, places, strict=False))
