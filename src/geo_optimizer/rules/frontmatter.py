"""F: the metadata that search results show and engines index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from geo_optimizer.analysis.dates import day_of, no_date
from geo_optimizer.analysis.display import as_shown, beyond, is_wider, width
from geo_optimizer.analysis.places import POST_FOLDERS, folders, name
from geo_optimizer.analysis.running import is_list_of_entries, is_release
from geo_optimizer.analysis.words import WORD, says_something, stem
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter import (
    DATE_KEYS,
    DESCRIPTION_KEYS,
    MODIFIED_KEYS,
    SEARCH_DESCRIPTION_KEYS,
    SEARCH_TITLE_KEYS,
    SLUG_KEYS,
    values_of,
)
from geo_optimizer.model import Draft, Fix, Span, Template, measured
from geo_optimizer.rules.rule import Evidence, Hit, replacement, rule

if TYPE_CHECKING:
    from geo_optimizer.site import Page, Site

_GOOGLE_SNIPPETS = Evidence("guidance", "Google Search Central, Control your snippets in search results")
_GOOGLE_TITLES = Evidence("guidance", "Google Search Central, Influencing your title links in search results")
_GOOGLE_URLS = Evidence("guidance", "Google Search Central, URL structure best practices")
_GOOGLE_DATES = Evidence("guidance", "Google Search Central, Help Google determine the publication date of your page")
_TITLE_WIDTH = Evidence(
    "guidance",
    "Google Search Central, Influencing your title links in search results: titles are cut to fit the device."
    " Google names no width; tools for search measure 580 to 600 pixels on desktop",
)
_SNIPPET_WIDTH = Evidence(
    "guidance",
    "Google Search Central, Control your snippets in search results: snippets are cut to fit the device."
    " Google names no width; tools for search measure about 920 pixels on desktop",
)
_TITLE_SIZE, _DESCRIPTION_SIZE = 20, 14  # pixels of the type in which desktop results set them
_MEASURING_ERROR = 1.05  # results differ by browser and machine; what is less over the width may well be shown
_LOST_AT_LEAST = 2  # words of a title, unless a figure is among them
_SLACK = 1.2  # of a description: results cut it at another place for each query and device
_SAYS_SOMETHING = 8  # words of a sentence that is shown whole
_MISSED_AT_LEAST = 4  # words of a description, unless a figure is among them
_LINKING = frozenset("a an the of in on at to for and with from by this page post article about".split())
_NAMED_AT_MOST = 80  # characters
_NO_POSTS = frozenset({"index", "_index", "readme", "about", "tags", "archive", "archives", "authors", "search", "contributing"})
_DATED = lazily(r"(?:^|\D)\d{4}[-_.]?(?:0\d|1[0-2])(?:[-_.]?[0-3]\d)?(?:\D|$)|^\d{4}$")


def _top(draft: Draft) -> Span:
    """Where a finding about all of the metadata is shown: its first line."""
    if draft.frontmatter is None:
        return Span(draft.body.start, draft.body.start)
    block = draft.frontmatter.span
    return Span(block.start, block.start + len(next(iter(draft.text(block).splitlines()), "")))


def _metadata(draft: Draft) -> Span:
    return draft.frontmatter.span if draft.frontmatter else Span(draft.body.start, draft.body.start)


@measured
def _places(draft: Draft) -> dict[str, Span]:
    return values_of(draft.source, draft.frontmatter) if draft.frontmatter else {}


def _at(draft: Draft, key: str) -> Span:
    """Where a key's value stands; the whole block where that cannot be told."""
    frontmatter = draft.frontmatter
    if frontmatter is None:
        return _metadata(draft)
    line = re.compile(rf"^{re.escape(key)}[ \t]*[:=][ \t]*(?P<value>[^\r\n]*\S)", re.MULTILINE)
    match = line.search(draft.source, frontmatter.content.start, frontmatter.content.end)
    if match and match["value"].strip("'\"") == frontmatter.values.get(key):
        return Span(*match.span("value"))
    return _places(draft).get(key, _metadata(draft))


def _stated(draft: Draft, keys: tuple[str, ...]) -> tuple[str, str] | None:
    """The first of these keys that has a text, and the text."""
    values = draft.frontmatter.values if draft.frontmatter else {}
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return key, value.strip()
        if value:
            return None
    return None


def _said_elsewhere(draft: Draft, word: str = "") -> bool:
    """Whether a template makes a value of this kind, another key has one, or the metadata is in a language that is not read."""
    frontmatter = draft.frontmatter
    if frontmatter is None:
        return False
    return frontmatter.format == "other" or any(
        isinstance(value, Template) or (isinstance(value, str) and bool(value))
        for key, value in frontmatter.values.items()
        if word and word in key.lower()
    )


def _content(text: str) -> set[str]:
    """The stems of the words that carry a subject."""
    return {stem(word) for word in re.findall(r"\w+", text) if word.isdigit() or says_something(word)}


@rule("F001", "warning", _GOOGLE_TITLES)
def missing_title(draft: Draft) -> Iterator[Hit]:
    """A page has neither a title in its frontmatter nor an H1.

    Why: the title is what search results link to the page with, and what
    readers choose by; without one a search engine puts another text there.

    Fires on:

        Prices rose by a tenth.

    Silent on:

        # Prices in spring

        Prices rose by a tenth.

    Silent on:

        ---
        title: {{ page.name }}
        ---
        Prices rose by a tenth.

    Silent on:

        ---
        linkTitle: Prices in spring
        ---
        Prices rose by a tenth.
    """
    if draft.title is None and not _said_elsewhere(draft, "title") and not _is_partial(draft):
        yield Hit(_top(draft), "no title: neither `title` in the frontmatter nor an H1", whole=True)


def _is_partial(draft: Draft) -> bool:
    """Whether a file is made to be put into pages, rather than to be one."""
    return name(draft).startswith("_") or not {"_includes", "includes", "partials", "_partials", "snippets"}.isdisjoint(folders(draft))


@rule("F002", "info", _GOOGLE_SNIPPETS)
def missing_description(draft: Draft) -> Iterator[Hit]:
    """A page with frontmatter has no description there.

    Why: search engines show the description as the snippet when it describes
    the page better than a passage of it would. Digests, rosters and pages that
    are made of tables and short codes have little to describe, and need none.

    Fires on:

        ---
        title: Prices in spring
        ---
        Prices rose by a tenth.

    Silent on:

        ---
        title: Prices in spring
        description: Prices rose by a tenth in spring, most of all for energy.
        ---
        Prices rose by a tenth.

    Silent on:

        ---
        title: Shop 2.4.1
        ---
        - Prices are shown with tax.

    Silent on:

        ---
        title: "Harbour news: the week to 3 May"
        ---
        This week in the harbour:

        - [Lamp oil costs a tenth more](/oil/) after the frost
        - [Two ports are open again](/ports/), and a third will be in June
        - The [watchmen](/watch/) carry candles until the price falls

    Silent on:

        ---
        title: Members of the guild
        ---
        Whoever is in the guild is named here.

        ## Masters

        {{< members role="master" >}}

        ## Journeymen

        {{< members role="journeyman" >}}
    """
    frontmatter = draft.frontmatter
    if frontmatter is None or any(frontmatter.values.get(key) for key in DESCRIPTION_KEYS):
        return
    if not _said_elsewhere(draft, "description") and not is_release(draft) and not is_list_of_entries(draft):
        yield Hit(_top(draft), "no description in the frontmatter; say in a sentence or two what a reader finds on the page", whole=True)


@rule("F003", "info", _GOOGLE_TITLES)
def two_titles(draft: Draft) -> Iterator[Hit]:
    """The frontmatter's title and the H1 at the top share no word.

    Why: with two titles at odds a search engine may show either. In a
    digest the H1 is that of its first entry.

    Fires on:

        ---
        title: Why budgets fail
        ---
        # Our spring report

        Prices rose.

    Silent on:

        ---
        title: "Our spring report: why budgets fail"
        ---
        # Our spring report

        Prices rose.

    Silent on:

        ---
        title: Why budgets fail
        ---
        Prices rose.

        # Spring

        They rose by a tenth.
    """
    if not draft.headings or draft.headings[0].level > 1 or (stated := _stated(draft, ("title",))) is None or is_list_of_entries(draft):
        return
    h1 = draft.headings[0]
    first = next((block for block in draft.blocks if block.kind not in ("comment", "opaque", "html")), None)
    if first is None or first.kind != "heading":
        return
    said, shown = _content(stated[1]), _content(h1.text)
    if said and shown and not any(_alike(one, other) for one in said for other in shown):
        yield Hit(h1.span, f"the H1 shares no word with the title “{stated[1]}”")


def _alike(one: str, other: str) -> bool:
    """Whether two stems are of one word, or one is a part of the other."""
    return one == other or (len(one) > 3 and one in other) or (len(other) > 3 and other in one)


@rule("F004", "info", _TITLE_WIDTH)
def long_title(draft: Draft, *, pixels: int = 600) -> Iterator[Hit]:
    """The title is wider than search results show.

    Why: a title link is cut to fit the screen; what stands last is not read.
    It says nothing of rank, and there is no limit: the width is that of
    desktop results as tools for search measure it. A title that is hardly
    wider, or loses one word that is no figure, is left as it is.

    Options:
        pixels: the widest title in a type of 20 pixels

    Fires on:

        # Why the price of lamp oil rose by a tenth in the spring of this year, and who has to pay for it

        Prices rose.

    Fires on:

        ---
        title: "Why the price of lamp oil rose by a tenth in the spring of this year, and who has to pay for it"
        ---
        Prices rose.

    Silent on:

        # Why the price of lamp oil rose by a tenth in spring

        Prices rose.

    Silent on:

        ---
        title: Why the price of lamp oil rose by a <strong>tenth</strong> in the <em>spring</em> of this year
        ---
        Prices rose.

    Silent on:

        # Why the price of lamp oil rose by a tenth in the spring this year everywhere

        Prices rose.

    Silent on:

        ---
        title: "Why the price of lamp oil rose by a tenth in the spring of this year, and who has to pay for it"
        seo_title: Why lamp oil costs a tenth more
        ---
        Prices rose.
    """
    if (found := _search_title(draft)) is None:
        return
    text = as_shown(found[0])
    if is_wider(text, _TITLE_SIZE, _MEASURING_ERROR * pixels):
        cut = beyond(text, _TITLE_SIZE, pixels)
        if _loses(cut, _LOST_AT_LEAST):
            yield Hit(
                found[1],
                f"the title is {width(text, _TITLE_SIZE):.0f} pixels wide and desktop results show about {pixels}:"
                f" “{_short(cut)}” would be cut off; say what matters first, or shorten it",
            )


def _loses(cut: str, words: int) -> bool:
    """Whether so many words are cut off, or a figure."""
    return cut.count(" ") + 1 >= words or any(char.isdigit() for char in cut)


def _short(text: str) -> str:
    """The beginning of a text, to be named in a message."""
    return text if len(text) <= _NAMED_AT_MOST else f"{text[:_NAMED_AT_MOST].rsplit(' ', 1)[0]} …"


def _search_title(draft: Draft) -> tuple[str, Span] | None:
    """The title that search results show, and where it stands."""
    if stated := _stated(draft, SEARCH_TITLE_KEYS):
        return stated[1], _at(draft, stated[0])
    if _said_elsewhere(draft, "title"):
        return None
    h1 = next((h for h in draft.headings if h.level == 1 and h.text == draft.title), None)
    return (h1.text, h1.span) if h1 else None


@rule("F005", "info", _SNIPPET_WIDTH)
def long_description(draft: Draft, *, pixels: int = 920) -> Iterator[Hit]:
    """The description is longer than search results show.

    Why: a snippet is cut to fit the screen; what stands last is not read. It
    says nothing of rank, and there is no limit: the width is that of desktop
    results as tools for search measure it. A description that is less than a
    fifth wider, or whose first sentence is shown whole, is left as it is.

    Options:
        pixels: the widest description in a type of 14 pixels

    Fires on:

        ---
        title: Prices in spring
        description: Prices rose by a tenth in spring, most of all for lamp oil, and here is what households can do about it before the
          autumn comes, when the nights are long and the lamps are needed most, and what the council means to do for those who cannot.
        ---
        Prices rose.

    Silent on:

        ---
        title: Prices in spring
        description: Prices rose by a tenth in spring, most of all for lamp oil, and here is what households can do about it.
        ---
        Prices rose.

    Silent on:

        ---
        title: Prices in spring
        description: Prices rose by a tenth in spring, most of all for lamp oil, and here is what households can do about it. Read on, and
          tell us what you do.
        ---
        Prices rose.
    """
    if (stated := _stated(draft, SEARCH_DESCRIPTION_KEYS)) is None:
        return
    text = as_shown(stated[1])
    if is_wider(text, _DESCRIPTION_SIZE, _SLACK * pixels):
        cut = beyond(text, _DESCRIPTION_SIZE, pixels)
        if _loses(cut, _MISSED_AT_LEAST) and not _says_enough(text[: -len(cut)]):
            yield Hit(
                _at(draft, stated[0]),
                f"the description has {len(text)} characters, {width(text, _DESCRIPTION_SIZE):.0f} pixels; desktop results show about"
                f" {pixels} and cut it at “{_short(cut)}”; say what matters before that",
            )


def _says_enough(shown: str) -> bool:
    """Whether what is shown of a description holds a whole sentence that says something."""
    first = re.match(r".*?[^\W\d_]{2}[.!?][\"'”’)]*(?=\s|$)", shown, re.DOTALL)
    return first is not None and len(first.group().split()) >= _SAYS_SOMETHING


@rule("F006", "warning", _GOOGLE_SNIPPETS)
def description_repeats_title(draft: Draft) -> Iterator[Hit]:
    """The description says nothing that the title does not.

    Why: where search results show it, it stands right below the title; the same words
    twice tell a searcher nothing more.

    Fires on:

        ---
        title: Prices in spring
        description: Prices in spring.
        ---
        Prices rose.

    Silent on:

        ---
        title: Prices in spring
        description: Prices in spring rose by a tenth, most of all for lamp oil.
        ---
        Prices rose.
    """
    if draft.title is None or (stated := _stated(draft, DESCRIPTION_KEYS)) is None or len(stated[1]) > 1.5 * len(draft.title) + 10:
        return
    said = {stem(word) for word in WORD.findall(stated[1]) if word.lower() not in _LINKING}
    if said <= {stem(word) for word in WORD.findall(draft.title)}:
        yield Hit(_at(draft, stated[0]), f"the description only repeats the title “{draft.title}”; say what the reader will find out")


@rule("F007", "warning", _GOOGLE_URLS)
def invalid_slug(draft: Draft) -> Iterator[Hit]:
    """The page's address has blanks, signs, capitals or underscores in it, or begins or ends with a hyphen.

    Why: blanks and signs are shown as `%20` and the like where the link is
    passed on; addresses differ by case, so one in capitals is mistyped; search
    engines tell words apart by hyphens. Letters of any language are fine.

    Fires on:

        ---
        slug: Prices in spring
        ---
        # Prices in spring

    Fires on:

        ---
        permalink: /prices/what's_new/
        ---
        # What is new

    Silent on:

        ---
        slug: größen-2024
        ---
        # Größen

    Silent on:

        ---
        permalink: /:year/:title.html
        ---
        # Prices

    Silent on:

        ---
        url: https://shop.example/Prices_2024
        ---
        # Prices
    """
    values = draft.frontmatter.values if draft.frontmatter else {}
    for key in SLUG_KEYS:
        value = values.get(key)
        if isinstance(value, str) and value and not _plain_address().fullmatch(value) and (why := _why_invalid(value.strip())):
            yield Hit(
                _at(draft, key), f"the address “{value.strip()}” {why}; use lower-case words with hyphens", _mended(draft, key, value)
            )


@lru_cache(maxsize=1)
def _plain_address() -> re.Pattern[str]:
    return re.compile(r"/?(?>(?:[a-z0-9.]++(?>(?:-++[a-z0-9.]++)*)/?+)*)")


def _why_invalid(address: str) -> str | None:
    if re.match(r"[a-z][a-z0-9+.-]*:|//|#", address, re.IGNORECASE) or re.search(r"[:{}<$*]|\[", address):
        return None  # another site, or a pattern that the generator fills in
    parts = [part for part in address.split("/") if part]
    if odd := re.search(r"[\s\"^`|%#?'’‘“”–—…&+,;=@!()]", address):
        return "has a blank in it" if odd[0].isspace() else f"has {odd[0]} in it"
    if "_" in address.strip("/_") and any("_" in part.strip("_") for part in parts):
        return "has underscores in it"
    if any(char.isupper() for char in address):
        return "has capitals in it"
    if any(part.strip("-") != part for part in parts):
        return "begins or ends with a hyphen"
    return None


def _mended(draft: Draft, key: str, value: str) -> Fix | None:
    """The address in lower case with hyphens; none where nothing would be left of a part of it."""
    from geo_optimizer.markdown.frontmatter import Unchangeable, splice

    parts = [_hyphened(part) for part in value.strip().split("/")]
    if any(not new and old for new, old in zip(parts, value.strip().split("/"), strict=True)):
        return None
    try:
        edits = splice(draft.source, 0, draft.frontmatter, {key: "/".join(parts)}, draft.newline, replace=frozenset({key}))
    except Unchangeable:
        return None
    return (
        replacement(edits[0].span, edits[0].text, f"write {'/'.join(parts)}; links to the old address then need a redirect")
        if len(edits) == 1
        else None
    )


def _hyphened(part: str) -> str:
    """A part of an address as words with hyphens between them; a file's ending stays."""
    name, dot, ending = part.lower().rpartition(".")
    if not dot or not re.fullmatch(r"html?|xml|txt|json|md|pdf", ending):
        name, dot, ending = part.lower(), "", ""
    return re.sub(r"[^\w.]+|_+", "-", re.sub(r"['’‘`´]", "", name)).strip("-") + dot + ending


@rule("F008", "info", _GOOGLE_DATES)
def missing_date(draft: Draft) -> Iterator[Hit]:
    """A post has no date: neither in its frontmatter nor in the name of its file or folder.

    Why: readers judge by its date whether a post still holds, and search
    engines show it. Only the true date helps; whether a dated post is cited
    more often than an undated one has not been measured.

    Fires on:

        <!-- file: blog/prices.md -->
        ---
        title: Prices in spring
        ---
        Prices rose by a tenth.

    Silent on:

        <!-- file: blog/prices.md -->
        ---
        title: Prices in spring
        date: 2024-05-02
        ---
        Prices rose by a tenth.

    Silent on:

        <!-- file: _posts/2024-05-02-prices.md -->
        ---
        title: Prices in spring
        ---
        Prices rose by a tenth.

    Silent on:

        <!-- file: blog/index.md -->
        ---
        title: All posts
        ---
        What we wrote.
    """
    if draft.frontmatter is None or draft.frontmatter.format == "other":
        return
    values = draft.frontmatter.values
    if "date" in values or not _is_post(draft) or values.get("draft") is True or values.get("published") is False:
        return
    if not any(re.search("date|publi|creat|modif|lastmod|time", key, re.IGNORECASE) for key in values):
        yield Hit(_top(draft), "a post without a date; state when it was published", whole=True)


def _is_post(draft: Draft) -> bool:
    """Whether a path is that of a post without a date in it: right in a folder of posts, or in a folder of its own there."""
    *above, own = (*folders(draft), name(draft).split(".")[0].lower())
    if own == "index" and above and above[-1] not in POST_FOLDERS:
        *above, own = above
    return bool(above) and above[-1] in POST_FOLDERS and own not in _NO_POSTS and not own.startswith("_") and not _DATED.search(own)


@rule("F009", "error", _GOOGLE_DATES)
def invalid_date(draft: Draft) -> Iterator[Hit]:
    """A date in the frontmatter is none: a day that no calendar has, or a word that names no day.

    Why: generators refuse the page, or leave the date out; search engines then
    estimate it.

    Fires on:

        ---
        title: Prices in spring
        date: 2024-02-30
        ---
        Prices rose.

    Fires on:

        ---
        title: Prices in spring
        lastmod: yesterday
        ---
        Prices rose.

    Silent on:

        ---
        title: Prices in spring
        date: May 2nd, 2024
        updated: 2024/5/3 10:00
        created: git Created
        ---
        Prices rose.
    """
    for key, value in _dates(draft):
        if isinstance(value, str) and (why := no_date(value)):
            yield Hit(_at(draft, key), f"`{key}` is “{value.strip()}”: {why}; write it as YYYY-MM-DD")


_DATE_NAMES = frozenset(key.casefold() for key in (*DATE_KEYS, *MODIFIED_KEYS))


def _dates(draft: Draft) -> Iterator[tuple[str, object]]:
    for key, value in draft.frontmatter.values.items() if draft.frontmatter else ():
        if key.casefold() in _DATE_NAMES:
            yield key, value


@rule("F010", "warning", _GOOGLE_DATES)
def modified_before_published(draft: Draft) -> Iterator[Hit]:
    """The page was changed, says its frontmatter, before it was published.

    Why: one of the two dates is wrong, and readers and search engines are
    shown either.

    Fires on:

        ---
        title: Prices in spring
        date: 2024-05-02
        lastmod: 2023-05-03
        ---
        Prices rose.

    Silent on:

        ---
        title: Prices in spring
        date: 2024-05-02
        lastmod: 2024-05-02
        ---
        Prices rose.
    """
    values = draft.frontmatter.values if draft.frontmatter else {}
    changed = [(key, day) for key in MODIFIED_KEYS if key in values and (day := day_of(values[key]))]
    if not changed:
        return
    published = next(((key, day) for key in DATE_KEYS if key in values and (day := day_of(values[key]))), None)
    for key, day in changed if published else ():
        if published and (published[1] - day).days > 1:  # a day may be the time zone
            yield Hit(_at(draft, key), f"`{key}` is {day}, before `{published[0]}`, {published[1]}; one of the two is wrong")


@rule("F011", "warning", _GOOGLE_TITLES, needs_site=True)
def duplicate_title(draft: Draft, site: Site) -> Iterator[Hit]:
    """Another page of the site has the same title.

    Why: neither a reader of search results nor an engine can tell the two
    apart by it. Translations and other versions of the page are no others.

    Fires on:

        <!-- file: posts/a.md -->
        # Prices of lamp oil

        Prices rose.

        <!-- file: posts/b.md -->
        # Prices of Lamp Oil

        They fell.

    Silent on:

        <!-- file: posts/a.md -->
        # Prices of lamp oil

        Prices rose.

        <!-- file: posts/b.md -->
        ---
        title: Prices of lamp oil
        draft: true
        ---
        They fell.

    Silent on:

        <!-- file: en/prices.md -->
        # Prices of lamp oil

        Prices rose.

        <!-- file: de/prices.md -->
        # Prices of lamp oil

        Die Preise stiegen.
    """
    from geo_optimizer.site.duplicates import is_telling

    if draft.title is None or _is_hidden(draft, site):
        return
    if (others := site.others_titled(draft, draft.title)) and (is_telling(draft.title) or site.is_beside(draft, others)):
        title = _search_title(draft)
        message = f"{_named(others)} the same title; say what this page has that the other has not"
        yield Hit(title[1] if title else _top(draft), message, whole=title is None)


def _is_hidden(draft: Draft, site: Site) -> bool:
    own = site.own_page(draft)
    return own is not None and site.pages[own].hidden


def _named(others: list[Page]) -> str:
    more = len(others) - 1
    return f"{others[0].path}{f' and {more} more pages have' if more > 1 else ' and one more page have' if more else ' has'}"


@rule("F012", "warning", _GOOGLE_SNIPPETS, needs_site=True)
def duplicate_description(draft: Draft, site: Site) -> Iterator[Hit]:
    """Another page of the site has the same description.

    Why: it cannot tell the two apart; search engines may then show a passage
    of their own choice.

    Fires on:

        <!-- file: posts/a.md -->
        ---
        title: Prices
        description: What lamp oil costs in spring and why.
        ---
        Prices rose.

        <!-- file: posts/b.md -->
        ---
        title: Wages
        description: What lamp oil costs in spring and why.
        ---
        Wages fell.

    Silent on:

        <!-- file: posts/a.md -->
        ---
        title: Prices
        description: What lamp oil costs in spring and why.
        ---
        Prices rose.

        <!-- file: posts/b.md -->
        ---
        title: Wages
        description: What the people who light the lamps earn.
        ---
        Wages fell.
    """
    from geo_optimizer.site.duplicates import SHORTEST_DESCRIPTION

    stated = _stated(draft, DESCRIPTION_KEYS)
    if stated is None or len(stated[1]) < SHORTEST_DESCRIPTION or _is_hidden(draft, site):
        return
    if others := site.others_described(draft, stated[1]):
        yield Hit(_at(draft, stated[0]), f"{_named(others)} the same description; say what this page is about")


@rule(
    "F013",
    "error",
    Evidence("craft", "two files cannot be published at one address: the one built last replaces the other"),
    needs_site=True,
)
def duplicate_address(draft: Draft, site: Site) -> Iterator[Hit]:
    """Another file of the site has the same address.

    Why: only one of the two pages is published, and which one is chance.

    Fires on:

        <!-- file: posts/a.md -->
        ---
        title: Prices
        slug: prices
        ---
        Prices rose.

        <!-- file: posts/prices.md -->
        ---
        title: Wages
        ---
        Wages fell.

    Silent on:

        <!-- file: posts/a.md -->
        ---
        title: Prices
        slug: prices
        ---
        Prices rose.

        <!-- file: notes/prices.md -->
        ---
        title: Wages
        ---
        Wages fell.
    """
    if _is_hidden(draft, site) or (draft.frontmatter and {"lang", "language", "locale"} & set(draft.frontmatter.values)):
        return  # the language is a part of the address
    if others := site.sharing_address(draft):
        stated = next((key for key in ("url", "permalink", "slug") if _places(draft).get(key)), None)
        yield Hit(
            _at(draft, stated) if stated else _top(draft),
            f"{others[0]} has the same address; give one of the two another",
            whole=stated is None,
        )
