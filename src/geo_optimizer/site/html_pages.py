"""A built page of HTML -> a `Page`: its title, headings, links and words, without what every page of the site has around them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from geo_optimizer.analysis.closing import elements
from geo_optimizer.analysis.dates import day_of
from geo_optimizer.lazy import lazily
from geo_optimizer.site.pages import Page, named
from geo_optimizer.site.permalinks.rule import quoted
from geo_optimizer.site.scan import Reference

ENDINGS = (".html", ".htm")
_UNSEEN = lazily(r"<(script|style|template|noscript|svg|iframe)\b", re.IGNORECASE)
_AROUND = lazily(r"<(nav|footer|aside|form|dialog)\b", re.IGNORECASE)
_ABOVE = lazily(r"<(header)\b", re.IGNORECASE)
_MAIN = (re.compile(r"<(main)\b", re.IGNORECASE), re.compile(r"<(article)\b", re.IGNORECASE))
_HEADING = lazily(r"<(h[1-6])\b", re.IGNORECASE)
_LINK = lazily(r"<(a)\b", re.IGNORECASE)
_BODY = lazily(r"<body\b", re.IGNORECASE)
_TITLE = lazily(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_META = lazily(r"<meta\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = lazily(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TAG = lazily(r"<[^<>]*>")
_INDEX = lazily(r"(?:(?<=/)|^)index\.html?$", re.IGNORECASE)
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.created")


def read_html(path: str, source: str) -> Page:
    """Read a built page, which stands at its own path, an index at its folder's. One that only leads on to another is hidden."""
    source = _without(source, _comments(source))
    source = _without(source, elements(source, _UNSEEN))
    begins = match.start() if (match := _BODY.search(source)) else 0
    meta = _meta(source[: begins or None])
    body = _content(source[begins:])
    headings = [(match[1], _words(body[start:end])) for start, end in elements(body, _HEADING) if (match := _HEADING.match(body, start))]
    return Page(
        path=path,
        url=quoted("/" + _INDEX.sub("", path)),
        title=next((text for level, text in headings if level in ("h1", "H1") and text), "") or _title(source, meta) or named(path),
        description=meta.get("description") or meta.get("og:description", ""),
        headings=tuple(text for _, text in headings if text),
        date=next((day for key in _DATES if (day := day_of(meta.get(key)))), None),
        hidden="noindex" in meta.get("robots", "").lower() or "refresh" in meta,
        links=tuple(_links(body)),
        text=_words(body),
    )


def _comments(source: str) -> Iterator[tuple[int, int]]:
    """Comments; one that is never closed is none."""
    start = source.find("<!--")
    while start >= 0:
        end = source.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = source.find("<!--", end)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    shown, at = [], 0
    for start, end in spans:
        shown += [text[at:start], " "]
        at = end
    return "".join([*shown, text[at:]])


def _content(body: str) -> str:
    """What a page has of its own: its main part, or all but what lies around it."""
    for pattern in _MAIN:
        if span := next(elements(body, pattern), None):
            body = body[slice(*span)]
            break
    else:
        body = _without(body, elements(body, _ABOVE))
    return _without(body, elements(body, _AROUND))


def _meta(head: str) -> dict[str, str]:
    """The values of `meta` by their names, in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in _META.finditer(head):
        said = _attributes(tag[1])
        name = said.get("name") or said.get("property") or said.get("http-equiv") or ""
        found.setdefault(name.lower(), " ".join(said.get("content", "").split()))
    return found


def _attributes(tag: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)}


def _title(source: str, meta: dict[str, str]) -> str:
    found = _TITLE.search(source)
    return meta.get("og:title") or (_words(found[1]) if found else "")


def _links(body: str) -> Iterator[Reference]:
    for start, end in elements(body, _LINK):
        inside = body.find(">", start) + 1
        if href := _attributes(body[start:inside]).get("href", "").strip():
            yield Reference(href, _words(body[inside:end]))


def _words(code: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", code)).split())
