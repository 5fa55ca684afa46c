"""The state of a site for programs, whole: no list is cut. Pages stand in the order of their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from geo_optimizer.report.json import SCHEMA, dumps
from geo_optimizer.report.result import SEVERITIES
from geo_optimizer.report.site.result import LISTINGS, SiteReport
from geo_optimizer.report.view import encodable
from geo_optimizer.site.audit import Audit, HiddenLink
from geo_optimizer.site.dead import DeadLink

Object = dict[str, Any]
_MOST_LINKED = 50


def render(report: SiteReport) -> str:
    return dumps(report_object(report), indent=2)


def report_object(report: SiteReport) -> Object:
    audit = report.audit
    found = {severity: sum(one.count(audit) for one in LISTINGS if one.severity == severity) for severity in SEVERITIES}
    return {
        "schema": SCHEMA,
        "path": encodable(report.path),
        "summary": {"pages": len(audit.pages), "links": audit.links if audit.has_texts else None, "skipped": len(report.skipped), **found},
        **{listing.key: _OBJECTS[listing.key](audit) for listing in LISTINGS},
        "most_linked": _most_linked(audit),
        "skipped": [{"path": encodable(skipped.path), "reason": skipped.reason} for skipped in report.skipped],
    }


def _page(audit: Audit, number: int) -> Object:
    page = audit.pages[number]
    return {"path": encodable(page.path), "url": page.url, "title": page.title}


def _pages(audit: Audit, numbers: Iterable[int]) -> list[Object]:
    return [_page(audit, number) for number in numbers]


def _dead(audit: Audit, link: DeadLink) -> Object:
    near = _page(audit, link.nearest) if link.nearest is not None else None
    path = encodable(audit.pages[link.page].path)
    return {"path": path, "line": link.line, "href": link.href, "text": link.text, "kind": link.kind, "nearest": near}


def _to_hidden(audit: Audit, link: HiddenLink) -> Object:
    path = encodable(audit.pages[link.page].path)
    return {"path": path, "line": link.line, "href": link.href, "text": link.text, "target": _page(audit, link.target)}


def _single(audit: Audit, number: int) -> Object:
    page = audit.pages[number]
    return {
        **_page(audit, number),
        "date": page.date.isoformat() if page.date else None,
        "words": page.words,
        "inlinks": page.inlinks,
        "outlinks": page.outlinks,
    }


def _most_linked(audit: Audit) -> list[Object]:
    linked = [n for n, page in enumerate(audit.pages) if page.inlinks]
    return [_single(audit, n) for n in sorted(linked, key=lambda n: (-audit.pages[n].inlinks, n))[:_MOST_LINKED]]


_OBJECTS: dict[str, Callable[[Audit], list[Object]]] = {
    "dead_links": lambda a: [_dead(a, link) for link in a.dead],
    "links_to_hidden": lambda a: [_to_hidden(a, link) for link in a.to_hidden],
    "shared_addresses": lambda a: [
        {"url": a.pages[clash.page].url, "page": _page(a, clash.page), "left_out": [encodable(path) for path in clash.others]}
        for clash in a.same_address
    ],
    "duplicate_titles": lambda a: [{"title": found.text, "pages": _pages(a, found.pages)} for found in a.same_title],
    "duplicate_descriptions": lambda a: [{"description": found.text, "pages": _pages(a, found.pages)} for found in a.same_description],
    "near_duplicates": lambda a: [{"likeness": round(found.likeness, 4), "pages": _pages(a, found.pages)} for found in a.alike],
    "orphans": lambda a: [_single(a, n) for n in a.orphans],
    "without_outlinks": lambda a: [_single(a, n) for n in a.without_outlinks],
    "ambiguous_anchors": lambda a: [
        {
            "text": found.text,
            "links": found.links,
            "targets": [{**_page(a, n), "linked_from": encodable(a.pages[by].path)} for n, by in found.targets],
        }
        for found in a.anchors
    ],
}
