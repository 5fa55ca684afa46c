"""The state of a site on one self-contained page, with pictures of its links. What comes from the site is text in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import islice

from geo_optimizer.report.page import foot, head
from geo_optimizer.report.result import SEVERITIES
from geo_optimizer.report.site.result import LISTINGS, Listing, SiteReport, left_out
from geo_optimizer.report.site.ring import drawn, ring
from geo_optimizer.report.site.style import SCRIPT, STYLE
from geo_optimizer.report.view import PLURAL, shortened, visible
from geo_optimizer.site.audit import Audit, HiddenLink
from geo_optimizer.site.dead import DeadLink
from geo_optimizer.site.picture import Picture, folders_picture, pages_picture

_TITLE = "geo-optimize site"
_MOST = 500  # rows of a list
_MOST_PAGES = 12  # of a row
_MOST_LINKED = 15
_SHORT = 160  # characters of a title, description or anchor
_SHOWN = {"error": "error", "warning": "warning", "info": "note"}
Cells = tuple[str, str]


def render(report: SiteReport) -> str:
    audit = report.audit
    return "\n".join(
        (
            *head(f"{_TITLE}: {visible(report.path)}", "findings", style=STYLE, script=SCRIPT),
            *_header(report),
            *_first_graph(audit),
            '<main id="findings">',
            *_filters(audit),
            *(row for listing in LISTINGS if listing.count(audit) for row in _list(listing, audit)),
            *_skipped(report),
            "</main>",
            *_second_graph(audit),
            *_linked(audit),
            *foot(report.version, SCRIPT),
        )
    )


def _header(report: SiteReport) -> Iterator[str]:
    audit = report.audit
    yield f'<header><h1>{_TITLE}</h1><p class="lead">{_text(report.path)}</p>'
    yield '<ul class="counts">'
    yield f"<li><b>{len(audit.pages):,}</b>pages</li>"
    yield (
        f"<li><b>{audit.links:,}</b>links between them</li>"
        if audit.has_texts
        else "<li>of whose links nothing is known without their texts</li>"
    )
    for listing in LISTINGS:
        if count := listing.count(audit):
            yield f'<li class="{listing.severity}"><a href="#{listing.key}"><b>{count:,}</b>{_noun(listing, count)}</a></li>'
    yield "</ul>"
    if audit.has_texts and not report.skipped and not any(listing.count(audit) for listing in LISTINGS):
        yield "<p>Nothing to mend.</p>"
    yield "</header>"


def _noun(listing: Listing, count: int) -> str:
    """What a list is of, without what explains it."""
    return (listing.one if count == 1 else listing.many).partition(",")[0]


# ------------------------------------------------------------------ the lists


def _filters(audit: Audit) -> Iterator[str]:
    """Without the script they stay hidden, and all is shown."""
    found = [listing for listing in LISTINGS if listing.count(audit)]
    if sum(listing.count(audit) for listing in found) < 2:
        return
    yield '<div class="filters" id="filters" role="group" aria-label="Which findings are shown" hidden>'
    yield '<label>only rows with <input type="search" placeholder="a path or a word"></label>'
    yield '<label>list <select><option value="">all</option>'
    for listing in found:
        noun = _noun(listing, 2)
        yield f'<option value="{listing.key}">{noun} ({listing.count(audit):,})</option>'
    yield "</select></label>"
    for severity in SEVERITIES:
        if any(listing.severity == severity for listing in found):
            yield f'<label><input type="checkbox" value="{severity}" checked>{PLURAL[severity]}</label>'
    yield '<p role="status"></p></div>'


def _list(listing: Listing, audit: Audit) -> Iterator[str]:
    count = listing.count(audit)
    noun = listing.one if count == 1 else listing.many
    yield f'<section class="list" id="{listing.key}" data-severity="{listing.severity}" aria-labelledby="{listing.key}-name">'
    yield f'<h2 id="{listing.key}-name">{count:,} {noun} <span class="severity {listing.severity}">{_SHOWN[listing.severity]}</span></h2>'
    yield f'<p class="remedy">{_prose(listing.remedy)}</p>'
    columns, rows = _ROWS[listing.key]
    yield from _table(columns, islice(rows(audit), _MOST))
    if count > _MOST:
        yield f'<p class="more">and {count - _MOST:,} more, which <code>--format json</code> lists</p>'
    yield "</section>"


def _table(columns: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    yield '<div class="scroll"><table><thead><tr>'
    yield "".join(f'<th scope="col">{column}</th>' for column in columns) + "</tr></thead><tbody>"
    yield from (f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
    yield "</tbody></table></div>"


def _dead(audit: Audit) -> Iterator[Cells]:
    for link in audit.dead:
        said = f" <small>“{_short(link.text)}”</small>" if link.text else ""
        near = f"<br><small>did you mean</small> {_page(audit, link.nearest)}" if link.nearest is not None else ""
        yield _where(audit, link), f"<code>{_short(link.href)}</code>{said}{near}"


def _to_hidden(audit: Audit) -> Iterator[Cells]:
    for link in audit.to_hidden:
        said = f" <small>“{_short(link.text)}”</small>" if link.text else ""
        yield _where(audit, link), f"<code>{_short(link.href)}</code>{said}<br><small>leads to</small> {_page(audit, link.target)}"


def _shared(audit: Audit) -> Iterator[Cells]:
    for clash in audit.same_address:
        others = [f"{_text(path)} <small>left out</small>" for path in clash.others]
        yield f"<code>{_short(audit.pages[clash.page].url)}</code>", _bullets([_page(audit, clash.page), *others])


def _where(audit: Audit, link: DeadLink | HiddenLink) -> str:
    return f"{_text(audit.pages[link.page].path)}{f':{link.line}' if link.line else ''}"


def _titles(audit: Audit) -> Iterator[Cells]:
    yield from ((_short(found.text), _pages(audit, found.pages)) for found in audit.same_title)


def _descriptions(audit: Audit) -> Iterator[Cells]:
    yield from ((_short(found.text), _pages(audit, found.pages)) for found in audit.same_description)


def _alike(audit: Audit) -> Iterator[Cells]:
    yield from ((f"about {found.likeness:.0%} alike", _pages(audit, found.pages)) for found in audit.alike)


def _single(numbers: Callable[[Audit], Sequence[int]]) -> Callable[[Audit], Iterator[Cells]]:
    def rows(audit: Audit) -> Iterator[Cells]:
        for number in numbers(audit):
            page = audit.pages[number]
            yield _text(page.path), f"{_short(page.title)} <small>{page.words:,} words</small>"

    return rows


def _anchors(audit: Audit) -> Iterator[Cells]:
    for found in audit.anchors:
        pages = [f"{_text(audit.pages[n].path)} <small>as linked from {_text(audit.pages[by].path)}</small>" for n, by in found.targets]
        yield f"{_short(found.text)} <small>{found.links:,} links</small>", _bullets(pages)


_ROWS: dict[str, tuple[Cells, Callable[[Audit], Iterator[Cells]]]] = {
    "dead_links": (("page", "link"), _dead),
    "links_to_hidden": (("page", "link"), _to_hidden),
    "shared_addresses": (("address", "pages"), _shared),
    "duplicate_titles": (("title", "pages"), _titles),
    "duplicate_descriptions": (("description", "pages"), _descriptions),
    "near_duplicates": (("likeness", "pages"), _alike),
    "orphans": (("page", "title"), _single(lambda audit: audit.orphans)),
    "without_outlinks": (("page", "title"), _single(lambda audit: audit.without_outlinks)),
    "ambiguous_anchors": (("words", "pages"), _anchors),
}


def _linked(audit: Audit) -> Iterator[str]:
    """The pages with most inlinks."""
    order = sorted((n for n, page in enumerate(audit.pages) if page.inlinks), key=lambda n: (-audit.pages[n].inlinks, n))[:_MOST_LINKED]
    if not order:
        return
    yield '<section class="linked" aria-labelledby="most-linked"><h2 id="most-linked">The most linked pages</h2><div class="scroll"><table>'
    yield '<thead><tr><th scope="col">page</th><th scope="col" class="number">linked from</th><th scope="col" class="number">links to</th></tr></thead><tbody>'
    for n in order:
        page = audit.pages[n]
        yield f'<tr><td>{_page(audit, n)}</td><td class="number">{page.inlinks:,}</td><td class="number">{page.outlinks:,}</td></tr>'
    yield "</tbody></table></div></section>"


def _skipped(report: SiteReport) -> Iterator[str]:
    if left := report.unread:
        yield f"<details><summary>{left_out(left)}</summary><ul>"
        yield from (f"<li>{_text(skipped.path)}: {_text(skipped.reason)}</li>" for skipped in left[:_MOST])
        yield "</ul></details>"


# ------------------------------------------------------------------ the pictures


def _first_graph(audit: Audit) -> Iterator[str]:
    """Of all pages, or of the folders of a site with too many."""
    if audit.links:
        folders = folders_picture(audit)
        yield from _graph(audit, folders or pages_picture(audit), f"How the {'folders' if folders else 'pages'} link to each other")


def _second_graph(audit: Audit) -> Iterator[str]:
    """Of a large site's most linked pages."""
    if audit.links and folders_picture(audit):
        pages = pages_picture(audit)
        yield from _graph(audit, pages, f"How the {len(pages.nodes)} most linked pages link to each other")


def _graph(audit: Audit, picture: Picture, name: str) -> Iterator[str]:
    hidden = sum(page.hidden for page in audit.pages)
    key = "pages" if picture.of_pages else "folders"
    yield f'<section class="picture" aria-labelledby="{key}-graph"><header><h2 id="{key}-graph">{name}</h2>'
    yield f"<p>{' '.join(_explained(picture, hidden))}</p>"
    yield from _legend(picture)
    yield "</header>"
    yield "\n".join(ring(picture, name))
    yield "</section>"


def _explained(picture: Picture, hidden: int) -> Iterator[str]:
    if picture.of_pages:
        yield "The larger a dot, the more pages link to it; to a hollow one none does. A line has the colour of the page that links."
        if hidden == 1:
            yield "One page is not shown: it is a draft, or kept from search engines."
        elif hidden:
            yield f"{hidden:,} pages are not shown: they are drafts, or kept from search engines."
    else:
        yield "The larger a dot, the more pages a folder has; its hollow part stands for those that no page links to."
        yield "The wider a line, the more links; it has the colour of the folder that they lead from."
    if (shown := drawn(picture)) < len(picture.edges):
        yield f"{shown:,} of {len(picture.edges):,} lines are always drawn, the others where you point."


def _legend(picture: Picture) -> Iterator[str]:
    if len(picture.sections) < 2:
        return
    count = Counter(node.section for node in picture.nodes)
    yield '<ul class="legend">'
    for number, section in enumerate(picture.sections):
        noun = f"{count[number]:,}" if picture.of_pages else f"{sum(n.pages for n in picture.nodes if n.section == number):,}"
        yield f'<li class="s{number}"><span>{_text(section)} ({noun})</span></li>'
    yield "</ul>"


# ------------------------------------------------------------------ pieces


def _page(audit: Audit, number: int) -> str:
    page = audit.pages[number]
    return f"{_text(page.path)} <small>{_short(page.title)}</small>"


def _pages(audit: Audit, numbers: Sequence[int]) -> str:
    return _bullets([_page(audit, number) for number in numbers])


def _bullets(items: Sequence[str]) -> str:
    more = f"<li><small>and {len(items) - _MOST_PAGES:,} more</small></li>" if len(items) > _MOST_PAGES else ""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items[:_MOST_PAGES])}{more}</ul>"


def _short(text: str) -> str:
    return _text(shortened(text, _SHORT))


def _text(text: str) -> str:
    return escape(visible(text))


def _prose(text: str) -> str:
    """What stands between backticks is code."""
    return "".join(f"<code>{escape(part)}</code>" if n % 2 else escape(part) for n, part in enumerate(text.split("`")))
