"""L: links that readers and crawlers can use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from geo_optimizer.analysis.links import is_internal, links
from geo_optimizer.analysis.places import name
from geo_optimizer.analysis.sources import links_by_prose
from geo_optimizer.analysis.visible import visible_text
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Link, Prose, Span, measured
from geo_optimizer.rules.rule import Evidence, Hit, replacement, rule

if TYPE_CHECKING:
    from geo_optimizer.site import Site

_GOOGLE_ANCHOR = Evidence("guidance", "Google Search Central, Link best practices: anchor text placement")
_GOOGLE_CRAWLABLE = Evidence("guidance", "Google Search Central, Link best practices: make your links crawlable")
_GOOGLE_INTERNAL = Evidence("guidance", "Google Search Central, Link best practices: internal links, cross-reference your own content")
_WCAG_PURPOSE = Evidence("craft", "W3C, WCAG 2.2, success criterion 2.4.4, Link purpose (in context)")
_CRAFT = Evidence("craft", "a link that leads nowhere is an error to its reader")

_VAGUE = frozenset(
    (
        "here|click here|this|link|this link|the link|read more|more|learn more|see more|find out more|this page|this article|this post|this blog post"
        "|click|click this link|see here|over here|right here|read here|more here|more info|more information|more details|continue reading|this one"
        "|this website|this site|hier|hier klicken|klicken sie hier|mehr|mehr erfahren|mehr lesen|weiterlesen|dieser link|diesem link|dieser artikel"
        "|ici|cliquez ici|en savoir plus|lire la suite|ce lien|cet article|aquí|haz clic aquí|leer más|este enlace|este artículo|más información"
        "|qui|clicca qui|leggi di più|scopri di più|questo link|aqui|clique aqui|saiba mais|leia mais|este link|neste link|este artigo"
        "|klik hier|lees meer|deze link|meer informatie"
    ).split("|")
)
_EDGES = " .:…,;!?()[]→»>*_"


def _words(link: Link) -> str:
    return link.text.strip(_EDGES).casefold()


@rule("L001", "info", _GOOGLE_ANCHOR)
def vague_anchor(draft: Draft) -> Iterator[Hit]:
    """A link's words do not say where it leads.

    Why: anchor text tells readers and search engines something about the
    linked page.

    Languages: English, German, French, Spanish, Italian, Portuguese, Dutch.

    Fires on:

        The figures are [here](/prices/).

    Fires on:

        Our new price list is out. [Read more →](/prices/)

    Silent on:

        We publish [the figures for spring](/prices/).

    Silent on:

        The lamp is told apart in [more than one way](/lamps/).
    """
    for link in draft.links:
        if not link.image and len(link.text) < 32 and _words(link) in _VAGUE and not _is_left_out(draft, link):
            yield Hit(link.span, f"“{link.text.strip()}” does not say where the link leads; link words that name the page")


def _is_left_out(draft: Draft, link: Link) -> bool:
    """Whether the link is in a part that is not the author's own text."""
    return link.prose is not None and draft.prose[link.prose].known is not None


@rule("L002", "warning", _GOOGLE_CRAWLABLE)
def empty_link(draft: Draft) -> Iterator[Hit]:
    """A link has no destination.

    Why: it leads nowhere; usually it was left to be filled in.

    Fires on:

        See [the figures]().

    Fires on:

        See [the figures](#).

    Fires on:

        See [the figures](http://), or [write to us](mailto:).

    Silent on:

        See [the figures](/prices/).

    Silent on:

        [Back to top](#)
    """
    for link in draft.links:
        href = link.href.strip()
        if not href or (href == "#" and not link.image and not _TOP.search(link.text)) or _is_half(href):
            what = f"the image “{link.text.strip()}” has no address" if link.image else f"“{link.text.strip()}” links to nothing"
            yield Hit(link.span, f"{what} but the top of this page" if href == "#" else f"{what}; give the address that was meant")


def _is_half(href: str) -> bool:
    """Whether an address is only how one begins, or does nothing."""
    low = href.lower()
    return low in _HALF or (low.startswith("javascript:") and low[11:].rstrip(";").replace(" ", "").replace("%20", "") in _NO_SCRIPT)


_HALF = frozenset(("http:", "http:/", "http://", "https:", "https:/", "https://", "mailto:", "tel:", "http://#", "https://#"))
_NO_SCRIPT = frozenset(("", "void(0)", "void0", "void", "void()", "//"))


_TOP = lazily(r"\b(?:top|up|oben|haut|arriba|su|topo|boven)\b|[↑⬆▲^]", re.IGNORECASE)
_LISTED = lazily(
    r"\b(?:references?|sources?|links?|resources?|reading|bibliography|citations?|credits?|footnotes?|downloads?|appendix|literatur|quellen|références|fuentes|see also)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 4  # of the sentence beside the address; with fewer, it is a list of addresses
_LONG_URL = 24  # characters; a shorter address can be read out


@rule("L003", "info", _GOOGLE_ANCHOR)
def bare_url(draft: Draft) -> Iterator[Hit]:
    """An address stands in a sentence where words could be linked.

    Why: a reader, a screen reader and a search engine get no words for the
    page behind it. In a credit or a list of changes the address of an issue or
    a commit is its name, and fine; one that comes again is told of once.

    Fires on:

        The whole price list for this spring can be found at https://prices.harbour.org/lists/spring?id=7 in two languages.

    Silent on:

        The whole [price list for this spring](https://prices.harbour.org/lists/spring?id=7) comes in two languages.

    Silent on:

        Visit us at https://example.org today and see the lamps.

    Silent on:

        - Price list: https://prices.harbour.org/lists/spring?id=7

    Silent on:

        Contributed by Maya and three other watchmen of the harbour in https://code.harbour.org/lamps/pull/412.

    Silent on:

        - The lamps of the second pier are lit before the first ones https://code.harbour.org/lamps/issues/97
    """
    if "://" not in visible_text(draft):
        return
    told = set[str]()
    for number, prose in enumerate(draft.prose):
        if "://" not in prose.text or prose.known or prose.quoted or prose.kind not in ("paragraph", "item"):
            continue
        if prose.heading is not None and _LISTED.search(draft.headings[prose.heading].text):
            continue
        for match in _address().finditer(prose.text):
            if match.group() not in told and _reads_badly(prose, match) and not _is_markup(draft, number, match):
                told.add(match.group())
                span = prose.source_span(*match.span())
                yield Hit(span, f"the address {_short(match.group())} stands in the text as it is; link words that say what is there")


def _short(href: str) -> str:
    return href if len(href) <= 60 else f"{href[:57]}..."


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"https?://(?P<host>[^\s/<>()\"'`\ufffc]+)/(?P<path>[^\s<>()\"'`\ufffc]*[\w/])")


@cache
def _introduced() -> re.Pattern[str]:
    """What makes an address the subject: a label, a quotation mark, a word for an address."""
    return re.compile(
        r"(?:[:=>|\"'“`\[\])\ufffc]|^|[-–—])\s*[(<]?$|\b(?:URLs?|URIs?|address(?:es)?|links?|endpoints?|DOI)\b[^.]{0,80}$", re.IGNORECASE
    )


def _reads_badly(prose: Prose, match: re.Match[str]) -> bool:
    """A long address inside a sentence: not one in a list of addresses, a name, an example or a label's value."""
    from geo_optimizer.analysis.destinations import local_host

    if (
        len(match["path"].strip("/")) < 2
        or len(match.group()) < _LONG_URL
        or "doi.org" in match["host"]
        or any(sign in match.group() for sign in "{$*")
    ):
        return False
    if "example" in match["host"] or local_host(match.group()) or (_tracked().search(match.group()) and _is_credit(prose, match)):
        return False
    before, after = prose.text[max(0, match.start() - 160) : match.start()], prose.text[match.end() : match.end() + 160]
    if _introduced().search(before):
        return False
    own = re.split(r"[.!?:]\s", before)[-1] + " " + re.split(r"[.!?]\s", after)[0]
    return len(re.findall(r"[^\W\d_]{2,}", own)) >= _LEAST_WORDS


@cache
def _tracked() -> re.Pattern[str]:
    """The address of an issue, a change or a commit."""
    return re.compile(
        r"/(?:pulls?|issues?|commits?|merge_requests|discussions|pull-requests|changeset|cl)/[\w#/-]*$|[/.]review\.|/c/[\w.-]+/\+/\d|show_bug\.cgi|/browse/[A-Z]+-\d|[/.]bugs?\."
    )


@cache
def _credited() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[.;:(]\s*)(?:[\w-]+ )?(?:contributed|reported|fixed|found|discovered|proposed|implemented|submitted|added|landed|backported|merged|closes?|fixes|refs?|pr-url|see|cf\.?)\b[^.]*$",
        re.IGNORECASE,
    )


def _is_credit(prose: Prose, match: re.Match[str]) -> bool:
    """Whether an address closes an entry of a list of changes, or says where something was contributed."""
    if prose.kind == "item" and not prose.text[match.end() :].strip(" .;,)>]"):
        return True
    return _credited().search(re.sub(r"https?://\S+", "it", prose.text[max(0, match.start() - 200) : match.start()])) is not None


def _is_markup(draft: Draft, number: int, match: re.Match[str]) -> bool:
    """Whether the address is code, or the words of a link with another destination."""
    span = draft.prose[number].source_span(*match.span())
    if any(link.span.overlaps(span) and link.kind != "autolink" for link in links_by_prose(draft).get(number, ())):
        return True
    return any(code.span.contains(span) for code in draft.code)


_MARKDOWN_FILE = lazily(r"(?P<path>[^?#:\s{}<>]+\.mdx?)(?:[?#].*)?", re.IGNORECASE)


@rule("L004", "error", _CRAFT, needs_site=True)
def dead_link(draft: Draft, site: Site) -> Iterator[Hit]:
    """A link leads to a Markdown file that the site does not have.

    Why: whoever follows it finds an error page, or the site does not build.

    Fires on:

        <!-- file: posts/lamps.md -->
        The [price list](prices.md) is new.

        <!-- file: posts/oil.md -->
        Oil.

    Silent on:

        <!-- file: posts/lamps.md -->
        The [oil](oil.md#winter) is new, and [its price](../prices/).

        <!-- file: posts/oil.md -->
        Oil.
    """
    from geo_optimizer.site.dead import lost_file

    own = site.own_page(draft) if ".md" in draft.source else None
    if own is None:
        return
    for link in links(draft):
        if file := lost_file(site, link.href, own):
            yield Hit(link.span, f"there is no {file} beside this page, nor where this path leads on the site")


@rule("L005", "warning", _CRAFT, needs_site=True)
def link_to_draft(draft: Draft, site: Site) -> Iterator[Hit]:
    """A link leads to a page of the site that is a draft, or kept from search engines.

    Why: a page that is not published gives its visitors an error, and one
    that is hidden is hidden for a reason.

    Fires on:

        <!-- file: posts/lamps.md -->
        The [oil](oil.md) is new.

        <!-- file: posts/oil.md -->
        ---
        title: Oil
        draft: true
        ---
        Oil.

    Silent on:

        <!-- file: posts/lamps.md -->
        The [oil](oil.md) is new.

        <!-- file: posts/oil.md -->
        Oil.

    Silent on:

        <!-- file: posts/lamps.md -->
        ---
        draft: true
        ---
        The [oil](oil.md) is new.

        <!-- file: posts/oil.md -->
        ---
        draft: true
        ---
        Oil.
    """
    if not site.has_hidden:
        return
    own = site.own_page(draft)
    if own is not None and site.pages[own].hidden:
        return
    for link in links(draft):
        target = site.addresses.resolve(link.href, own)
        if target is not None and target != own and site.pages[target].hidden:
            yield Hit(link.span, f"“{link.text.strip()}” leads to {site.pages[target].path}, which is a draft or kept from search engines")


@rule("L006", "warning", _CRAFT, needs_site=True)
def link_to_self(draft: Draft, site: Site) -> Iterator[Hit]:
    """A link leads to the page that it stands on.

    Why: whoever follows it gets the same page again; mostly another one was
    meant, or a section of this one.

    Fires on:

        <!-- file: posts/lamps.md -->
        Read [all about oil](/posts/lamps/).

        <!-- file: posts/oil.md -->
        Oil.

    Silent on:

        <!-- file: posts/lamps.md -->
        Read [all about oil](/posts/oil/) and [the prices](/posts/lamps/#prices).

        <!-- file: posts/oil.md -->
        Oil.
    """
    own = site.own_page(draft)
    if own is None:
        return
    for link in links(draft):
        if link.text[-1:].isdigit():  # a series that lists its own part
            continue
        if "#" in link.href or "?" in link.href or _ELSEWHERE.search(link.text):
            continue
        file = _MARKDOWN_FILE.fullmatch(link.href.strip())
        if file and file["path"].rpartition("/")[2] != site.pages[own].path.rpartition("/")[2]:
            continue
        if site.addresses.resolve(link.href, own) == own:
            yield Hit(link.span, f"“{link.text.strip()}” leads to this very page; link the page or the section that is meant")


# A text that is sent or printed elsewhere as well says where it is at home.
_ELSEWHERE = lazily(
    r"\b(?:blog|web|website|online|browser|permalink|original(?:ly)?|permanent|this page|print|version|edit)\b", re.IGNORECASE
)
_LEAST_ANCHOR = 2  # words: "slides" or "GitHub" may well lead to many places


@rule("L007", "info", _WCAG_PURPOSE, default=False)
def one_anchor_two_pages(draft: Draft) -> Iterator[Hit]:
    """The same words lead to two different pages.

    Why: by the words alone nobody can tell which page is which, and one of the
    two may be a slip. Off by default: mostly the sentence around them tells.

    Fires on:

        See [the oil prices](https://example.org/oil/spring) first.

        Then compare [the oil prices](https://example.org/oil/autumn).

    Silent on:

        See [the oil prices](https://example.org/oil/) and once more [the oil prices](http://www.example.org/oil#autumn).

    Silent on:

        [Slides](/talks/1.pdf) and [slides](/talks/2.pdf).
    """
    if len(draft.links) < 2:
        return
    seen: dict[str, tuple[str, Link]] = {}
    for link in links(draft):
        words = _words(link)
        if words.count(" ") < _LEAST_ANCHOR - 1 or not _is_sentence_part(draft, link) or words in _VAGUE or "//" in words:
            continue
        page = _page_of(link.href)
        first = seen.setdefault(words, (page, link))
        if page and first[0] and page != first[0]:
            yield Hit(
                link.span,
                f"“{link.text.strip()}” leads to {_short(page)} here and to {_short(first[0])} on line {draft.line(first[1].span.start)}; "
                "say which is which",
            )


def _is_sentence_part(draft: Draft, link: Link) -> bool:
    """Whether the link is words of a sentence: no cell, no heading, no code."""
    if link.prose is None or link.text_span is None or "`" in draft.text(link.text_span):
        return False
    prose = draft.prose[link.prose]
    return prose.kind in ("paragraph", "item") and not prose.quoted


def _page_of(href: str) -> str:
    """A destination without what does not change the page; empty for a place on the page, or one that a template makes."""
    if "{" in href or href.startswith(("#", "mailto:")):
        return ""
    page = re.sub(r"^(?:https?:)?//(?:www\.)?", "", href.partition("#")[0].strip(), flags=re.IGNORECASE)
    return re.sub(r"(?:/index)?\.(?:html?|md|mdx)$", "", page).rstrip("/").removesuffix("/index").lower()


_ARTICLE_WORDS = 300
_WITH_PATH = 3  # slashes of an address that is more than its host
_LOG = lazily(r"change-?log|\breleases?\b|\bminutes\b|meeting notes|roadmap|licen[cs]e", re.IGNORECASE)


@rule("L008", "info", _GOOGLE_INTERNAL, needs_site=True, whole=True)
def no_internal_link(draft: Draft, site: Site, *, words: int = _ARTICLE_WORDS) -> Iterator[Hit]:
    """A long article links to no other page of its own site.

    Why: links within a site lead readers on, and search engines to the pages
    that belong to the same subject.

    Options:

        words: the shortest article that should have one

    Silent on:

        <!-- file: posts/lamps.md -->
        Lamps need [oil](/posts/oil/).

        <!-- file: posts/oil.md -->
        Oil.
    """
    if len(site) < 2:
        return
    own = site.own_page(draft)
    if (own is not None and site.is_list(own)) or _LOG.search(f"{name(draft)} {draft.title}"):
        return
    if any(is_internal(link.href, site.addresses.hosts) or _has_path(site, link.href) for link in draft.links if not link.image):
        return
    if sum(p.text.count(" ") + 1 for p in draft.prose if not p.known and p.kind in ("paragraph", "item")) < words:
        return
    from geo_optimizer.site.scan import links_of

    if any(link.wiki or "{" in link.href or is_internal(link.href, site.addresses.hosts) for link in links_of(draft.source)):
        return
    yield Hit(
        _first_line(draft), "no link leads to another page of this site; link the pages that readers of this one will want", whole=True
    )


def _has_path(site: Site, href: str) -> bool:
    """Whether an address has the path of a page here, on whatever host, as long as the site's own is not known."""
    return (
        not site.addresses.hosts and "://" in href and href.rstrip("/").count("/") >= _WITH_PATH and site.addresses.by_url(href) is not None
    )


def _first_line(draft: Draft) -> Span:
    """Where a finding about the whole draft can be shown: its first heading, or first text."""
    if draft.headings:
        return draft.headings[0].span
    return draft.prose[0].span if draft.prose else Span(draft.body.start, draft.body.start)


@rule("L009", "info", _GOOGLE_INTERNAL, needs_site=True, default=False, whole=True)
def orphan(draft: Draft, site: Site) -> Iterator[Hit]:
    """No other page of the site links to this one in its text.

    Why: readers and crawlers then find it only by lists and search. Off by
    default: on many sites lists are how articles are meant to be found.

    Fires on:

        <!-- file: posts/lamps.md -->
        Lamps need [oil](oil.md).

        <!-- file: posts/oil.md -->
        Oil.

    Silent on:

        <!-- file: posts/lamps.md -->
        Lamps.

        <!-- file: posts/oil.md -->
        Oil is for [lamps](lamps.md).
    """
    own = site.own_page(draft)
    if own is None or site.is_list(own) or site.pages[own].hidden or site.inlinks(own):
        return
    yield Hit(_first_line(draft), "no other page of the site links here in its text; link it from a page on the same subject", whole=True)


@rule("L010", "warning", _CRAFT)
def broken_fragment(draft: Draft) -> Iterator[Hit]:
    """A link leads to a section that this page does not have.

    Why: whoever follows it stays where they are; mostly a heading was reworded
    and its link was not.

    Fires on:

        See [the prices](#prices-in-spring).

        ## Prices in autumn

    Silent on:

        See [the prices](#prices-in-spring) and [the rest](#rest).

        ## 2. Prices in *spring*

        ## What is left {#rest}

    Silent on:

        Some renderers write [the prices](#user-content-prices), and [a note](#fn1) is theirs as well.

        ## Oil
    """
    within = [link for link in draft.links if link.href.startswith("#")]
    if not within or ("(#" not in draft.source and "]: #" not in draft.source):
        return
    from geo_optimizer.analysis.fragments import leads_nowhere, nearest

    broken = (link for link in links(draft) if link.href.startswith("#") and leads_nowhere(draft, link.href[1:]))
    for number, link in enumerate(broken):
        near = nearest(draft, link.href[1:]) if number < _MOST_MEANT else None
        meant = f"; “{draft.headings[near].text}” is on line {draft.line(draft.headings[near].span.start)}" if near is not None else ""
        yield Hit(link.span, f"this page has no section {link.href}{meant}")


_MOST_MEANT = 50  # links of which it is said what they may mean: each is compared with all headings


@rule("L011", "error", _GOOGLE_CRAWLABLE)
def malformed_link(draft: Draft) -> Iterator[Hit]:
    """A link's address is no address as it is written.

    Why: without its scheme, or with a misspelt one, a browser takes it for a
    file beside the page.

    Fires on:

        See [the prices](www.harbour.org/prices).

    Fires on:

        See [the prices](htps://example.org/prices).

    Fires on:

        See [the prices](https://https://example.org/prices).

    Silent on:

        See [the prices](https://example.org/prices), [the list](prices.md), [old ones](https://web.archive.org/web/http://example.org/).

    Silent on:

        See [the prices] (https://example.org/prices): no link as it is written, which R007 tells of.
    """
    from geo_optimizer.analysis.destinations import repaired

    for link in draft.links:
        if not link.image and (meant := repaired(link.href.strip())):
            fix = replacement(link.href_span, meant, f"link to {meant}") if link.href_span else None
            yield Hit(link.href_span or link.span, f"“{link.href.strip()}” is no web address as written; {_short(meant)} may be meant", fix)


@rule("L012", "warning", _CRAFT)
def local_link(draft: Draft) -> Iterator[Hit]:
    """A link leads to the writer's own machine or network.

    Why: nobody else can open it.

    Fires on:

        We publish [the prices for spring](http://localhost:1313/prices/).

    Fires on:

        See [the list](file:///home/kim/prices.pdf).

    Silent on:

        Start the server with `lamp serve`, then open <http://localhost:1313/>.

    Silent on:

        Run `lamp serve --host localhost`, and [the dashboard](http://localhost:1313/) shows the lamps.
    """
    from geo_optimizer.analysis.destinations import local_host

    for link in draft.links:
        if link.kind == "autolink" or link.image:
            continue
        host = local_host(link.href)
        if host and not _is_a_tutorial(draft, link, host):
            where = "a file on the writer's machine" if host == "file" else f"{host}, which only the writer's machine or network knows"
            yield Hit(link.span, f"“{link.text.strip()}” leads to {where}; link the published page")


@measured
def _hosts(_: Draft) -> dict[str, bool]:
    """Of the hosts that were asked so far: whether the text names them as well."""
    return {}


def _is_named_outside_links(draft: Draft, host: str) -> bool:
    known = _hosts(draft)
    if host not in known:
        known[host] = draft.source.count(host) > sum(host in link.href for link in draft.links)
    return known[host]


_RUN = lazily(r"\b(?:run|start|launch|serve|install|open|locally|localhost|port|browser|navigate|kubectl|docker)\b", re.IGNORECASE)


def _is_a_tutorial(draft: Draft, link: Link, host: str) -> bool:
    """Whether readers are told to start what they will find there."""
    if host == "file":
        return False
    if host in link.text or _is_named_outside_links(draft, host):
        return True
    return link.prose is not None and (bool(draft.code) or link.prose in _telling_to_run(draft))


@measured
def _telling_to_run(draft: Draft) -> frozenset[int]:
    return frozenset(number for number, prose in enumerate(draft.prose) if _RUN.search(prose.text))
