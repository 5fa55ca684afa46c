"""R: what an assistant leaves behind and nobody meant to publish."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from geo_optimizer.analysis.characters import invisible
from geo_optimizer.analysis.chat import fenced_article as fence_around
from geo_optimizer.analysis.chat import is_offer, remarks, reports, tokens
from geo_optimizer.analysis.leaked import leaked_frontmatter as leaked
from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.analysis.residue import Residue, ResidueKind, residue
from geo_optimizer.analysis.shown import ShownKind, shown
from geo_optimizer.analysis.templates import is_of_template
from geo_optimizer.analysis.tracking import tracked
from geo_optimizer.analysis.unfilled import blanks, unfilled
from geo_optimizer.analysis.unfinished import conflicts
from geo_optimizer.analysis.unfinished import unclosed_fence as open_fence
from geo_optimizer.model import Draft, Fix, Span
from geo_optimizer.rules.rule import Evidence, Hit, replacement, rule

_CRAFT = Evidence("craft", "text meant for the writer, not for the reader")
_UNREAD = Evidence("craft", "CommonMark 0.31.2: what is no markup by its grammar is shown to readers character by character")
_UNSEEN = Evidence(
    "craft", "Unicode Technical Standard #39 restricts such characters in names; in a text they are left by a copy, or hide something"
)
_COPIED = Evidence(
    "craft",
    "utm parameters and click numbers tell where visitors came from (Google Analytics help, URL builders): here, where the writer did",
)


def _found(draft: Draft, *kinds: ResidueKind) -> Iterator[Residue]:
    yield from (found for found in residue(draft) if found.kind in kinds)


def _deleted(draft: Draft, span: Span, title: str) -> Fix | None:
    """The lines of `span` deleted, with the blank ones below; none where something else stands on them."""
    starts = (*draft.line_starts, len(draft.source))
    first, last = draft.line(span.start), draft.line(max(span.start, span.end - 1))
    before = draft.source[starts[first - 1] : span.start]
    if before.strip(" \t-*+") or draft.source[span.end : starts[last]].strip():
        return None
    while last + 1 < len(starts) and not draft.source[starts[last] : starts[last + 1]].strip():
        last += 1
    return replacement(Span(starts[first - 1], starts[last]), "", title)


@rule("R001", "error", _CRAFT)
def chat_text(draft: Draft) -> Iterator[Hit]:
    """An assistant's words to the writer stand in the article.

    Why: it is the reply around the article, not the article.

    Languages: English, German, French, Spanish, Italian, Portuguese, Dutch.

    Fires on:

        Here's the complete article with all SEO optimizations:

        # Prices

        Prices rose by a tenth.

    Fires on:

        # Prices

        Prices rose by a tenth. As of my last knowledge update, the figures of spring were not out.

    Fires on:

        # Prices

        Prices rose by a tenth.

        Let me know if you'd like me to adjust the tone.

    Fires on:

        # Prices

        Prices rose by a tenth.

        I hope this helps! Would you like me to also create a social media post?

        Wages rose by less.

        ## References

        - The lamp makers' yearbook

        The yearbook is sold in town.

        Ask for it by name.

    Fires on:

        Gerne! Hier ist der überarbeitete Artikel:

        # Preise

        Die Preise stiegen um ein Zehntel.

    Silent on:

        # Prices

        Here's the complete list of prices.

    Silent on:

        # Prices

        Prices rose by a tenth. Let me know if you have any questions.

    Silent on:

        # Prices

        Prices rose by a tenth.

        Let me know if you want me to write about wages in a future post.

    Silent on:

        # Preise

        Die Preise stiegen um ein Zehntel. Sag mir Bescheid, wenn du Fragen hast!

    Silent on:

        # Chatbots

        Many answers begin with “As an AI language model, I cannot”.
    """
    found = [(one.span, one.words) for one in _found(draft, "preamble", "outro", "assistant") if not _may_be_authors(one)]
    known = ranges(span for span, _ in found)
    found += [(left.span, left.words) for left in remarks(draft) if not known.first(left.span.start, left.span.end)]
    for span, words in found:
        yield Hit(span, f"this speaks to the writer, not to readers: “{words}”", _deleted(draft, span, "delete this paragraph"))


def _may_be_authors(found: Residue) -> bool:
    """An offer that an author may make to readers: another post, or help."""
    return found.words.lower().startswith(("let me know", "please let", "would you", "do you want")) and not is_offer(found.words)


@rule("R002", "error", _CRAFT)
def leaked_frontmatter(draft: Draft) -> Iterator[Hit]:
    """Frontmatter stands in the body, where it is shown to readers.

    Why: `---` opens frontmatter only as the very first line of a file, and
    closes it for good.

    Fires on:

        Some words before it.

        ---
        title: "Prices"
        description: "Prices rose by a tenth."
        ---

        # Prices

    Fires on:

        ---
        title: "Prices"
        ---
        ---
        title: "Prices in spring"
        ---

        # Prices

    Fires on:

        Sure! Here's the article:

        ---
        title: Prices
        ---

        # Prices

    Silent on:

        ---
        title: "Prices"
        ---

        # Prices

    Silent on:

        Prices rose by a tenth.

        ---
        title: what I call a heading
        ---

        Wages did not.

    Silent on:

        # How to write a post

        {% raw %}
        ---
        title: "Prices"
        description: "Prices rose by a tenth."
        ---
        {% endraw %}
    """
    problem = draft.frontmatter.problem if draft.frontmatter and draft.frontmatter.format != "other" else None
    if problem and problem.span is not None:
        yield Hit(problem.span, problem.message)
    opaque = ranges(block.span for block in draft.blocks if block.kind == "opaque")
    for found in leaked(draft):
        if not opaque.first(found.span.start, found.span.end):  # what a template shows as an example
            yield Hit(found.span, f"frontmatter in the body: “{found.words}”; it must begin on the first line")


@rule("R003", "warning", _CRAFT)
def status_list(draft: Draft) -> Iterator[Hit]:
    """A list reports what was done to the article.

    Why: it is a report to the writer; readers cannot do anything with it.

    Languages: English.

    Fires on:

        # Prices

        Prices rose by a tenth.

        - ✅ Added a TL;DR box with 4 quotable bullet points
        - ✅ Added YAML frontmatter with a keyword-rich title
        - ✅ Internal links suggested as comments

    Silent on:

        # Prices

        - ✅ Free delivery
        - ❌ No returns

    Silent on:

        # Plans

        - [x] Show headings in the outline
        - [ ] Search by keyword
    """
    for left in reports(draft):
        yield Hit(
            left.span, f"a report of what was done to the article: “{left.words}”", _deleted(draft, left.span, "delete this paragraph")
        )
    for found in _found(draft, "status"):
        if not found.words.startswith("["):  # a list of tasks, some done
            yield Hit(
                found.span, f"a report of what was done to the article: “{found.words}”", _deleted(draft, found.span, "delete the list")
            )


@rule("R004", "warning", _CRAFT)
def placeholder(draft: Draft) -> Iterator[Hit]:
    """A placeholder was never filled in.

    Why: the reader gets the note instead of the text.

    Languages: English, German, French, Spanish, Italian, Portuguese, Dutch.

    Fires on:

        # Prices

        Prices rose by [insert figure here] in spring.

    Fires on:

        ---
        title: "Your Title Here"
        date: YYYY-MM-DD
        ---

        Prices rose by a tenth.

    Fires on:

        # Prices

        [IMAGE: prices since 2010]

        Prices rose by XX% in spring, says [NAME].

    Fires on:

        # Preise

        Die Preise von [Firmenname einfügen] stiegen um ein Zehntel.

    Silent on:

        # Prices

        Prices rose by a tenth in spring [sic].

    Silent on:

        ---
        title: "Todo lists that work"
        ---

        Copy this template: Dear [Your Name], prices rose by a tenth.

    Fires on:

        # Prices

        Prices rose by [insert figure here] in spring.

        ## Letters

        A template for letters is in the guild's hall.

    Silent on:

        # Letters

        ## A template for the guild

        Dear merchants,

        Oil costs [insert price] from today.
    """
    for key, left in unfilled(draft):
        yield Hit(left.span, f"“{key}” was never filled in: “{left.words}”")
    placeholders = list(_found(draft, "placeholder"))
    for found in placeholders:
        if not (found.words.startswith("[") and is_of_template(draft, found.span)) and not _is_shown_as_example(draft, found):
            yield Hit(found.span, f"this was to be filled in: “{found.words}”")
    known = ranges(found.span for found in placeholders)
    for left in blanks(draft):
        if not known.first(left.span.start, left.span.end):
            yield Hit(left.span, f"this was to be filled in: “{left.words}”")


def _is_shown_as_example(draft: Draft, found: Residue) -> bool:
    """In a table, between quotation marks, or the heading of what is still to be done."""
    number = bisect_right(draft.prose, found.span.start, key=lambda p: p.span.start) - 1
    if number < 0:
        return False
    prose = draft.prose[number]
    before = draft.source[prose.span.start : found.span.start]
    heads_tasks = prose.kind == "heading" and found.span == prose.span
    return heads_tasks or prose.kind == "cell" or before.count("“") > before.count("”") or before.count('"') % 2 == 1


@rule("R005", "error", _CRAFT)
def assistant_token(draft: Draft) -> Iterator[Hit]:
    """A token by which an assistant cites is left in the text.

    Why: it means nothing outside the chat.

    Fires on:

        # Prices

        Prices rose by a tenth :contentReference[oaicite:3]{index=3}.

    Fires on:

        # Prices

        [cite_start]Prices rose by a tenth [cite: 4].

    Fires on:

        # Prices

        Prices rose by a tenth.citeturn0search1

    Silent on:

        # Prices

        Prices rose by a tenth [3].

    Silent on:

        # Tokens

        Answers used to end in `:contentReference[oaicite:3]`.
    """
    for left in tokens(draft):
        span, safe = _with_blanks(draft, left.span)
        yield Hit(left.span, f"left by an assistant: “{left.words}”", replacement(span, "", "remove the token", safe=safe))


def _with_blanks(draft: Draft, span: Span) -> tuple[Span, bool]:
    """A token with the blanks that go with it, so that none is left over; unsafe where a mark such as `**` stands beside it.

    Those before it, unless they are a line's indent; at the start of a line, those behind it.
    """
    source, start, end = draft.source, span.start, span.end
    while start > draft.body.start and source[start - 1] in " \t":
        start -= 1
    opens_line = start <= draft.body.start or source[start - 1] in "\r\n>"
    if opens_line:
        start = span.start
        while end < len(source) and source[end] in " \t":
            end += 1
    elif source[end : end + 1] not in ("", *" \t.,;:!?\r\n"):
        start = span.start
    beside = source[max(start - 1, 0) : start] + source[end : end + 1]
    return Span(start, end), not set(beside) & set("*_~`|[]")


@rule("R006", "warning", _COPIED)
def tracking_parameter(draft: Draft) -> Iterator[Hit]:
    """A link's address says where the writer came from: an assistant, or one click of an advertisement or mail.

    Why: every reader who follows the link is counted as that visit; the
    address leads to the same page without it.

    Fires on:

        # Prices

        [The survey](https://example.org/survey?page=2&utm_source=chatgpt.com#prices) has the figures.

    Fires on:

        # Prices

        [The survey][1] has the figures.

        [1]: https://example.org/survey?fbclid=IwAR0abc

    Fires on:

        # Prices

        Source: https://example.org/survey?utm_source=chatgpt.com

    Silent on:

        # Prices

        [Our shop](https://example.org/?utm_source=blog&utm_medium=post) has the figures.

    Silent on:

        # Prices

        Visits from `https://example.org/?utm_source=chatgpt.com` are counted apart.
    """
    for address in tracked(draft):
        what = "says that an assistant found it" if address.assistant else "numbers one visitor's click"
        message = f"{', '.join(address.names)} {what}; the address works without"
        yield Hit(address.span, message, replacement(address.span, address.bare, "remove the tracking parameters", safe=True))


_MEANT: dict[ShownKind, str] = {
    "bold": "readers see these asterisks: “{words}” has a blank inside them, which makes them no mark of bold text",
    "link": "readers see these brackets: “{words}” is no link as it is written",
    "bullets": "these points run together into one paragraph: “{words}”; a list has each on its own line, after “- ”",
    "heading": "this is shown as text, not as a heading: “{words}” needs a blank after its marks",
    "table": "this is shown as text, not as a table: the row of dashes under “{words}” has another number of cells",
    "newline": "readers see “{words}”, which was meant as a line break",
    "entity": "readers see “{words}” as it is written here: it was escaped twice",
}


@rule("R007", "warning", _UNREAD)
def unrendered_markdown(draft: Draft) -> Iterator[Hit]:
    """Markup is shown to readers as characters.

    Why: a blank too many or too few makes asterisks, brackets or dashes plain
    text, which the published page then shows.

    Fires on:

        # Prices

        Prices **rose ** by a tenth.

    Fires on:

        # Prices

        See [the survey] (https://example.org/survey) for the figures.

    Fires on:

        ##Prices in spring

        Prices rose by a tenth.

    Fires on:

        # Takeaways

        • Prices rose by a tenth in spring
        • Wages rose by half of that in summer
        • Rents did not change over the year

    Silent on:

        # Prices

        `**rose **` is no bold text, and 2 ** 3 is eight.

    Silent on:

        # Prices

        Home • Prices • Contact
    """
    for one in shown(draft):
        if one.kind in _MEANT:
            fix = replacement(one.span, one.instead, "write it as Markdown") if one.instead is not None else None
            yield Hit(one.span, _MEANT[one.kind].format(words=one.words), fix)


@rule("R008", "error", _CRAFT)
def leaked_comment(draft: Draft) -> Iterator[Hit]:
    """A comment, or a note where to link, is shown to readers as text.

    Why: it was written for the editor.

    Fires on:

        # Prices

        &lt;!-- link to the survey here --&gt;

        Prices rose by a tenth.

    Fires on:

        # Prices

        Prices rose by a tenth [internal link: survey of spring].

    Silent on:

        # Prices

        <!-- link to the survey here -->

        Prices rose by a tenth.

    Silent on:

        # Comments

        In HTML, `<!-- note -->` is a comment.
    """
    for one in shown(draft):
        if one.kind in ("comment", "note"):
            yield Hit(one.span, f"readers see this note: “{one.words}”", _deleted(draft, one.span, "delete the note"))


@rule("R009", "warning", _UNSEEN)
def invisible_character(draft: Draft) -> Iterator[Hit]:
    """A character that nobody sees stands in the text, and no script, emoji or markup needs it.

    Why: it breaks search on the page, copying and addresses, and nobody who
    edits the text sees why.

    Fires on:

        # Prices

        Prices rose\u200b by a tenth.

    Silent on:

        # Prices

        Prices rose 👩‍🔧 by a tenth.

    Silent on:

        # Prices

        می‌خواهم بدانم
    """
    found = invisible(draft)
    prose = ranges(one.span for one in draft.prose) if found else None
    for one in found:
        in_prose = prose is not None and prose.at(one.span.start) is not None  # not an address, nor the page's own name
        fix = replacement(one.span, one.instead, "remove it", safe=in_prose)
        yield Hit(one.span, f"an invisible character ({one.name}); nothing here needs it", fix)


@rule("R010", "error", _CRAFT, whole=True)
def fenced_article(draft: Draft) -> Iterator[Hit]:
    """The whole article stands in a code fence.

    Why: a chat shows its Markdown so to be copied; published, the article is
    one block of code, without headings or links.

    Fires on:

        ```markdown
        # Prices

        Prices rose by a tenth.

        ## Wages

        Wages did not.
        ```

    Silent on:

        # How to write a heading

        Begin a line with a mark:

        ```markdown
        # Prices

        Prices rose by a tenth.

        ## Wages
        ```
    """
    if span := fence_around(draft):
        code = next(code for code in draft.code if code.span == span)
        lines = draft.newline.join(draft.text(line) for line in code.content)
        yield Hit(span, "the article is shown as code: it stands in a fence", replacement(span, lines, "take the fence away"), whole=True)


@rule("R011", "error", _CRAFT)
def merge_conflict(draft: Draft) -> Iterator[Hit]:
    """A merge was never resolved: both versions of a passage stand in the draft, between the marks of the conflict.

    Why: readers get the marks and the passage twice; in the frontmatter they
    break it.

    Fires on:

        # Prices

        <<<<<<< HEAD
        Prices rose by a tenth.
        =======
        Prices rose by a ninth.
        >>>>>>> spring

    Silent on:

        # Prices

        <<<<<<< is how a conflict begins, and a title may be underlined.

        In spring
        =======

    Silent on:

        # How to merge

        ```text
        <<<<<<< HEAD
        Prices rose by a tenth.
        =======
        Prices rose by a ninth.
        >>>>>>> spring
        ```
    """
    for span in conflicts(draft):
        first = draft.text(span).splitlines()[0]
        last = draft.line(span.end)
        message = f"two versions stand here, from “{first.rstrip()}” to line {last}; keep one, and take the marks out"
        yield Hit(Span(span.start, span.start + len(first.rstrip())), message)


@rule("R012", "warning", _UNREAD)
def unclosed_fence(draft: Draft) -> Iterator[Hit]:
    """A code fence is never closed, and the rest of the article stands in it.

    Why: readers get all that follows as one block of code, without headings
    or links.

    Fires on:

        # Lamps

        Start the lamp:

        ```sh
        lamp on

        ## Why it is dark

        The lamp needs oil, and the oil is in the cellar of the house.

    Silent on:

        # Lamps

        Start the lamp:

        ```sh
        # Lamps

        lamp on

    Silent on:

        # Lamps

        Write a heading:

        ```markdown
        First words

        ## Why it is dark

        The lamp needs oil, and the oil is in the cellar of the house.
    """
    if span := open_fence(draft):
        yield Hit(span, "this fence is never closed: all that follows, headings too, is shown as code; close it behind the code")
