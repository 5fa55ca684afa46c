"""The state of a site as a person reads it on the terminal: counted, grouped, long lists cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from geo_optimizer.report.site.result import LISTINGS, Listing, SiteReport, left_out
from geo_optimizer.report.view import shortened, visible
from geo_optimizer.site.audit import Audit, HiddenLink
from geo_optimizer.site.dead import DeadLink
from geo_optimizer.site.pages import Skipped

_MOST = 10  # of each list
_MOST_PAGES = 5  # of each group
_TITLE = 70
_KIND = {"error": " (error)", "warning": " (warning)", "info": ""}


def render(report: SiteReport) -> str:
    parts = [_head(report)]
    parts += ["\n".join(_part(listing, report.audit)) for listing in LISTINGS if listing.count(report.audit)]
    if len(parts) == 1 and report.audit.has_texts and not report.skipped:
        parts.append("Nothing to mend.")
    if left := report.unread:
        parts.append("\n".join(_left_out(left)))
    if len(report.unread) > _MOST or any(listing.count(report.audit) > _MOST for listing in LISTINGS):
        parts.append("All of it: --format json, or --report FILE.html with a picture of the links.")
    return "\n\n".join(parts)


def _head(report: SiteReport) -> str:
    audit = report.audit
    left = f"; {left_out(report.skipped)}" if report.skipped else ""
    links = f"{_counted(audit.links, 'link')} between them" if audit.has_texts else "of whose links nothing is known without their texts"
    return f"{visible(report.path)}: {_counted(len(audit.pages), 'page')}, {links}{left}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _part(listing: Listing, audit: Audit) -> Iterator[str]:
    count = listing.count(audit)
    yield f"{count:,} {listing.one if count == 1 else listing.many}{_KIND[listing.severity]}"
    yield from (f"  {line}" for line in islice(_ROWS[listing.key](audit), _MOST))
    if count > _MOST:
        yield f"  and {count - _MOST:,} more"
    yield f"  {listing.remedy}"


def _dead(audit: Audit) -> Iterator[str]:
    for link in audit.dead:
        near = f" (did you mean {_path(audit, link.nearest)}?)" if link.nearest is not None else ""
        yield f"{_where(audit, link)}: {visible(link.href)}{near}"


def _to_hidden(audit: Audit) -> Iterator[str]:
    for link in audit.to_hidden:
        yield f"{_where(audit, link)}: {visible(link.href)} ({_path(audit, link.target)})"


def _shared(audit: Audit) -> Iterator[str]:
    for clash in audit.same_address:
        more = f" and {len(clash.others) - _MOST_PAGES:,} more" if len(clash.others) > _MOST_PAGES else ""
        others = ", ".join(visible(path) for path in clash.others[:_MOST_PAGES])
        yield f"{visible(audit.pages[clash.page].url)}: {_path(audit, clash.page)}, not {others}{more}"


def _left_out(skipped: Sequence[Skipped]) -> Iterator[str]:
    yield left_out(skipped)
    yield from (f"  {visible(one.path)}: {visible(one.reason)}" for one in skipped[:_MOST])
    if len(skipped) > _MOST:
        yield f"  and {len(skipped) - _MOST:,} more"
    yield "  Nothing else is said here of them."


def _titles(audit: Audit) -> Iterator[str]:
    yield from (f"{_quoted(found.text)}: {_listed(audit, found.pages)}" for found in audit.same_title)


def _descriptions(audit: Audit) -> Iterator[str]:
    yield from (f"{_quoted(found.text)}: {_listed(audit, found.pages)}" for found in audit.same_description)


def _alike(audit: Audit) -> Iterator[str]:
    yield from (f"about {found.likeness:.0%} alike: {_listed(audit, found.pages)}" for found in audit.alike)


def _orphans(audit: Audit) -> Iterator[str]:
    yield from (f"{_path(audit, n)}: {_quoted(audit.pages[n].title)}" for n in audit.orphans)


def _without_outlinks(audit: Audit) -> Iterator[str]:
    yield from (f"{_path(audit, n)}: {_quoted(audit.pages[n].title)}" for n in audit.without_outlinks)


def _anchors(audit: Audit) -> Iterator[str]:
    for found in audit.anchors:
        yield f"{_quoted(found.text)} ({_counted(found.links, 'link')}): {_listed(audit, [n for n, _ in found.targets])}"


_ROWS: dict[str, Callable[[Audit], Iterator[str]]] = {
    "dead_links": _dead,
    "links_to_hidden": _to_hidden,
    "shared_addresses": _shared,
    "duplicate_titles": _titles,
    "duplicate_descriptions": _descriptions,
    "near_duplicates": _alike,
    "orphans": _orphans,
    "without_outlinks": _without_outlinks,
    "ambiguous_anchors": _anchors,
}


def _where(audit: Audit, link: DeadLink | HiddenLink) -> str:
    return f"{_path(audit, link.page)}{f':{link.line}' if link.line else ''}"


def _path(audit: Audit, page: int) -> str:
    return visible(audit.pages[page].path)


def _quoted(text: str) -> str:
    return f"“{shortened(visible(text), _TITLE)}”"


def _listed(audit: Audit, pages: Sequence[int]) -> str:
    more = f" and {len(pages) - _MOST_PAGES:,} more" if len(pages) > _MOST_PAGES else ""
    return ", ".join(_path(audit, n) for n in pages[:_MOST_PAGES]) + more
