"""The state of a site as it is reported: what was found, how grave it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from geo_optimizer.model import Severity
from geo_optimizer.site import sitemap
from geo_optimizer.site.audit import Audit
from geo_optimizer.site.pages import Skipped


class SiteReport(NamedTuple):
    """A site as it was named, what was found of it, and the files that are not part of it. `version`: of this program."""

    path: str
    audit: Audit
    skipped: tuple[Skipped, ...]
    version: str

    @property
    def unread(self) -> list[Skipped]:
        """The files that are left out for another reason than their address, which a list of its own tells."""
        told = {path for clash in self.audit.same_address for path in clash.others}
        return [one for one in self.skipped if one.path not in told]


def left_out(skipped: Sequence[Skipped]) -> str:
    """How much is left out, of what: files, or addresses in a sitemap."""
    addresses = sum(one.path.lower().endswith(sitemap.ENDINGS) for one in skipped)
    counts = ((len(skipped) - addresses, "file", "files"), (addresses, "address", "addresses"))
    return " and ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number) + " left out"


class Listing(NamedTuple):
    """A list of the report. `one`, `many`: what it is a list of; `remedy`: what to do about each."""

    key: str
    one: str
    many: str
    severity: Severity
    remedy: str
    count: Callable[[Audit], int]


LISTINGS: tuple[Listing, ...] = (
    Listing(
        "dead_links",
        "dead link",
        "dead links",
        "error",
        "Correct each, or take it out: whoever follows it finds nothing.",
        lambda a: len(a.dead),
    ),
    Listing(
        "links_to_hidden",
        "link to a page that is not published",
        "links to pages that are not published",
        "warning",
        "Publish the page, or take the link out: it is a draft, or kept from search engines.",
        lambda a: len(a.to_hidden),
    ),
    Listing(
        "shared_addresses",
        "address of several pages",
        "addresses of several pages",
        "warning",
        "Give each page an address of its own: only one of them is seen, and nothing else is said here of the others.",
        lambda a: len(a.same_address),
    ),
    Listing(
        "duplicate_titles",
        "title of several pages",
        "titles of several pages",
        "warning",
        "Say in each title what this page has that the others have not.",
        lambda a: len(a.same_title),
    ),
    Listing(
        "duplicate_descriptions",
        "description of several pages",
        "descriptions of several pages",
        "warning",
        "Say in each description what this page is about.",
        lambda a: len(a.same_description),
    ),
    Listing(
        "near_duplicates",
        "group of pages that say nearly the same",
        "groups of pages that say nearly the same",
        "warning",
        "Keep one of each group and lead the other addresses to it, or say what sets them apart.",
        lambda a: len(a.alike),
    ),
    Listing(
        "orphans",
        "orphan, to which no page links",
        "orphans, to which no page links",
        "info",
        "Link each from the text of a page on the same subject.",
        lambda a: len(a.orphans),
    ),
    Listing(
        "without_outlinks",
        "page that links to no other",
        "pages that link to no other",
        "info",
        "Lead readers on: `geo-optimize links PAGE --site SITE` says which words can be linked.",
        lambda a: len(a.without_outlinks),
    ),
    Listing(
        "ambiguous_anchors",
        "anchor text that leads to several pages",
        "anchor texts that lead to several pages",
        "info",
        "Name each page by words of its own; one of the links may be a slip.",
        lambda a: len(a.anchors),
    ),
)


def gravest(audit: Audit) -> Severity | None:
    """The severity of the gravest list that is not empty."""
    return next((listing.severity for listing in LISTINGS if listing.count(audit)), None)


Renderer = Callable[[SiteReport], str]


def _text() -> Renderer:
    from geo_optimizer.report.site import text

    return text.render


def _json() -> Renderer:
    from geo_optimizer.report.site import json

    return json.render


def _html() -> Renderer:
    from geo_optimizer.report.site import html

    return html.render


FORMATS: Mapping[str, Callable[[], Renderer]] = {"text": _text, "json": _json, "html": _html}


def render(name: str, report: SiteReport) -> str:
    """A report in the format of that name, without a last line end."""
    return FORMATS[name]()(report)
