"""A built page of HTML -> a `Page`: its title, headings, links and words, without what every page of the site has around them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from geo_optimizer.analysis.closing import elements
from geo_optimizer.analysis.dates import day_of
from geo_optimizer.lazy import lazily
from geo_optimizer.site.addresses import url_key
from geo_optimizer.site.pages import Page, is_error_page, is_kept_out, named
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
_LINK_TAG = lazily(r"<link\b([^<>]*)>", re.IGNORECASE)
_ROBOTS = ("robots", "googlebot", "bingbot")
_ATTRIBUTE = lazily(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TAG = lazily(r"<[^<>]*>")
_INDEX = lazily(r"(?:(?<=/)|^)index\.html?$", re.IGNORECASE)
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.created")


def read_html(path: str, source: str) -> Page:
    """Read a built page, which stands at its own path, an index at its folder's.

    One that only leads on to another, or says that another is the one to be found, is hidden.
    """
    source = _without(source, _comments(source))
    source = _without(source, elements(source, _UNSEEN))
    begins = match.start() if (match := _BODY.search(source)) else 0
    head = source[: begins or None]
    meta = _meta(head)
    url = quoted("/" + _INDEX.sub("", path))
    body = _content(source[begins:])
    headings = [(match[1], _words(body[start:end])) for start, end in elements(body, _HEADING) if (match := _HEADING.match(body, start))]
    return Page(
        path=path,
        url=url,
        title=next((text for level, text in headings if level in ("h1", "H1") and text), "") or _title(source, meta) or named(path),
        description=meta.get("description") or meta.get("og:description", ""),
        headings=tuple(text for _, text in headings if text),
        date=next((day for key in _DATES if (day := day_of(meta.get(key)))), None),
        hidden=is_error_page(url)
        or any(is_kept_out(meta.get(name, "")) for name in _ROBOTS)
        or "refresh" in meta
        or _is_another(head, url),
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


def _is_another(head: str, url: str) -> bool:
    """Whether a page names another one as the one that search engines are to show. The site may stand below a path that the file does not tell."""
    links = (_attributes(tag[1]) for tag in _LINK_TAG.finditer(head))
    stated = next((said.get("href", "") for said in links if "canonical" in said.get("rel", "").lower().split()), "")
    own = url_key(url)
    return bool(stated.strip()) and not f"/{url_key(urljoin(url, stated.strip()))}".endswith(f"/{own}" if own else "")


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
