"""T: the parts by which a page answers at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from geo_optimizer.analysis.running import Stretch, genre, is_article, is_spoken, running, stretches
from geo_optimizer.analysis.topic import can_be_compared, is_initials, lead, speaks_of, subject
from geo_optimizer.lazy import lazily
from geo_optimizer.model import OBJECT, Draft, Enhancement, KnownKind, Span
from geo_optimizer.rules.rule import Evidence, Hit, rule

_LEAD = Evidence(
    "observed",
    "of 18,012 citations by ChatGPT 44 % are said to be of the first 30 % of a page, 1.5 times as many as evenly spread (a secondary report)."
    " No study has tested whether text that is moved there is cited more",
)
_FAITHFUL = Evidence("craft", "whoever reads the summary alone, or quotes it, does not read the text that would correct it")
_SCANNING = Evidence("craft", "readers scan: W3C WAI, Writing for web accessibility; plainlanguage.gov, Use short sections and paragraphs")
_RELEVANCE = Evidence(
    "craft",
    "the first sentences of an article are about what its title names. That language models go by the relevance of a passage to the question"
    " (arXiv 2402.11782) says nothing of the words of titles",
)


def _top(draft: Draft) -> Span:
    return draft.headings[0].span if draft.headings else Span(draft.body.start, draft.body.start)


def _is_structured(draft: Draft, words: int) -> bool:
    """Whether a draft is an article of so many words that has several sections, not questions and answers."""
    sections = [heading.text for heading in draft.headings if heading.level > 1]
    return len(sections) > 1 and is_article(draft, words) and 2 * sum(text.endswith("?") for text in sections) < len(sections)


@rule("T001", "info", _LEAD, default=False, whole=True)
def missing_tldr(draft: Draft, *, words: int = 1500) -> Iterator[Hit]:
    """A long article in sections has no TL;DR, nor another summary.

    Why: conclusions that stand first are found first. Pages that are looked
    up rather than read, notes on releases, lists, tutorials, profiles, talks
    and interviews need none. Whether a first paragraph already says it all is
    for an editor to judge; so it is off by default.

    Options:
        words: how long the article is, at least
    """
    if not draft.knows("tldr") and not draft.knows("takeaways") and _is_structured(draft, words) and not _needs_none(draft):
        yield Hit(
            _top(draft),
            f"{running(draft).total:,} words and no summary; `geo-optimize` writes a TL;DR from the draft's own sentences",
            whole=True,
        )


def _needs_none(draft: Draft) -> bool:
    """Whether an article sums up what it says in another way, or is of a kind that has nothing to sum up."""
    if is_spoken(draft) or _of_kind().search(draft.title or "") or any(_summary().match(heading.text) for heading in draft.headings):
        return True
    if 2 * sum(_step().match(heading.text) is not None for heading in draft.headings if heading.level > 1) > len(draft.headings):
        return True
    return any(_introduces_summary(draft.prose[number].text) for number in {p.parent for p in draft.prose if p.parent is not None})


def _introduces_summary(text: str) -> bool:
    """Whether a line above a list says that what matters stands in it."""
    return len(text) < _LONGEST_LABEL and _summing().search(text) is not None


_LONGEST_LABEL = 250  # characters of a line above a list


@cache
def _summary() -> re.Pattern[str]:
    return re.compile(
        r"(?:\d+[.)]\s*)?(?:executive |quick |short )?(?:summary|tl;?dr|highlights|takeaways|key (?:points|findings))\b|zusammenfassung\b|résumé\b|resumen\b",
        re.IGNORECASE,
    )


@cache
def _summing() -> re.Pattern[str]:
    return re.compile(
        r"\btl;?\s?dr\b|\b(?:findings|take-?aways|highlights|in (?:short|brief|summary|a nutshell)|to (?:sum up|summari[sz]e)|key (?:points|results|changes))\b"
        r"|\b(?:das wichtigste|kurz gesagt|zusammengefasst|en bref|en résumé|en resumen|in breve|em resumo|kort samengevat)\b",
        re.IGNORECASE,
    )


@cache
def _of_kind() -> re.Pattern[str]:
    """What the title of a tutorial, an anniversary, a profile or a series of them says."""
    return re.compile(
        r"\b(?:tutorial|walk-?through|step[ -]by[ -]step|getting started|hands-on|how to|cheat ?sheet|guide|part (?:\d+|one|two|three|i+)|workshop)\b"
        r"|\b(?:birthday|anniversary|turns \d+|\d+ years|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve) years|(?:a )?year in review|retrospective)\b"
        r"|\b(?:day in the life|meet (?:the|our)\b|spotlight|profile|faq|questions|ama|humans of)\b"
        r"|\b(?:anleitung|jubiläum|geburtstag|porträt|anniversaire|aniversario|tutoriel)\b",
        re.IGNORECASE,
    )


@cache
def _step() -> re.Pattern[str]:
    return re.compile(r"(?:step|schritt|étape|paso|passo|stap)\s*\d|\d+[.)]\s", re.IGNORECASE)


@rule("T002", "info", _SCANNING, default=False, whole=True)
def missing_takeaways(draft: Draft, *, words: int = 1000) -> Iterator[Hit]:
    """A long article in sections has no key takeaways.

    Why: readers who scan look for them. Whether an article is to have them
    beside its summary is a matter of a site's style.

    Options:
        words: how long the article is, at least
    """
    if not draft.knows("takeaways") and _is_structured(draft, words):
        yield Hit(_top(draft), "no key takeaways; `geo-optimize` writes them from the draft's own sentences", whole=True)


@rule("T003", "warning", _FAITHFUL)
def ungrounded_summary_line(draft: Draft, *, strict: bool = False) -> Iterator[Hit]:
    """A line of the TL;DR or the takeaways says what the article does not: another figure, of others, or more strongly.

    Why: what a summary gets wrong is read, and may be quoted, without the text
    that says it right. Authors sum up in words of their own, so other
    words alone are no finding; `geo-optimize verify` weighs those, too. A share
    that is the sum or the difference of two that stand together in the article
    is said there.

    Options:
        strict: every line that the article does not bear out

    Fires on:

        # Agents

        **TL;DR**

        - 90% of all projects need outside help.

        In the survey, 12% of organisations have scaled their agents.

    Fires on:

        # Agents

        **TL;DR**

        - 12% of successful projects have scaled their agents.

        In the survey, 12% of organisations have scaled their agents.

    Silent on:

        # Agents

        **TL;DR**

        - 12% of organisations have scaled their agents.

        In the survey, 12% of organisations have scaled their agents.

    Silent on:

        # Agents

        **TL;DR**

        - The share of organisations that have scaled their agents grew from 7% to 12%.

        In the survey, 12% (+5%) of organisations have scaled their agents. They are mostly in trade, and few of them are small. What the
        others wait for they did not say.
    """
    lines = [prose for prose in draft.prose if prose.known in _SUMMARIES and prose.kind == "item"]
    if not lines:
        return
    from geo_optimizer.grounding import ground

    pictures = any(link.image for link in draft.links) or "<img" in draft.source
    for prose in lines:
        verdict = ground(Enhancement("line", prose.text), draft)
        if verdict.supported:
            continue
        has_figure = not pictures and any(char.isdigit() for char in prose.text)
        firm = [reason.detail for reason in verdict.reasons if reason.firm or (has_figure and reason.kind in _OF_FIGURES)]
        if not strict and _are_derived(draft, [reason.detail for reason in verdict.reasons]):
            continue
        if firm or strict or (has_figure and verdict.score == 0):  # 0: the article says nothing of the kind
            why = "; ".join(firm or [reason.detail for reason in verdict.reasons])
            yield Hit(prose.span, why or "the article does not say this")


def _are_derived(draft: Draft, details: list[str]) -> bool:
    """Whether the shares that the article is said not to have all follow from two that stand side by side in one of its sentences."""
    absent = {float(match["share"]) for detail in details if (match := _ABSENT.match(detail))}
    if not absent:
        return False
    derived = set[float]()
    for sentence in draft.sentences:
        if "%" in sentence.text and not draft.prose[sentence.prose].known:
            shares = [float(share) for share in _SHARE.findall(sentence.text)]
            derived.update(round(number, 2) for one, other in pairwise(shares) for number in (one + other, abs(one - other)))
    return absent <= derived


_ABSENT = lazily(r"'(?P<share>\d+(?:\.\d+)?)%' is not in the draft's text")
_SHARE = lazily(r"(\d+(?:\.\d+)?)\s?%")
_SUMMARIES: tuple[KnownKind, ...] = ("tldr", "takeaways")
_OF_FIGURES = frozenset({"number", "unit", "scale"})


@rule("T004", "info", _RELEVANCE, default=False)
def lead_off_topic(draft: Draft) -> Iterator[Hit]:
    """The first hundred words have no word of the title's subject.

    Why: a reader who came for what the title promises looks for it in the
    opening. Other words for the same thing, and titles that
    speak in pictures, look the same to this rule; so it is off by default.

    Fires on:

        # How frost raised lamp oil prices

        My grandmother used to say that nobody should leave the house without a coat. She had a coat for every day of the week, and on
        Sundays she wore two. When I was nine she gave me one of them, and I have kept it ever since. It hangs beside the door, and
        whoever comes in asks about it. Last week somebody asked again, and it set me thinking about all that has changed.

    Silent on:

        # How frost raised lamp oil prices

        Merchants ask a tenth more for oil than they did last year. Whoever wants to know why has to look south, where the seeds come from: the
        winter was mild, they sprouted too soon, and then it froze. Two harbours that shipped seeds were closed for repairs until May,
        and those who had filled their stores in autumn could ask what they liked. Nobody thinks that they will ask less next year.
    """
    title = draft.title
    if title is None or not can_be_compared(title) or genre(draft) != "article" or len(words := subject(title)) < _TELLING:
        return
    opening = lead(draft)
    if (
        opening
        and not speaks_of(opening, words)
        and not any(is_initials(word, opening) or is_initials(word, title) for word in words.values())
    ):
        first = next((p for p, n in zip(draft.prose, running(draft).words, strict=True) if n), None)
        named = ", ".join(f"“{word}”" for word in list(words.values())[:4])
        yield Hit(
            first.span if first else _top(draft),
            f"the first 100 words have none of the title's ({named}); say early what the title promises",
        )


_TELLING = 3  # words of a title's subject


@rule("T005", "info", _SCANNING)
def long_section(draft: Draft, *, words: int = 750) -> Iterator[Hit]:
    """Running text goes on for long without a heading, a list or anything else between its paragraphs.

    Why: readers scan for where the text turns to what they look for. Labels in bold that open paragraphs divide a
    text as well; talks and interviews stand as they were spoken.

    Options:
        words: how many words the paragraphs have, at least
    """
    if draft.headings and running(draft).paragraphs >= words and genre(draft) != "release":
        for stretch in stretches(draft):
            if stretch.words >= words and not _is_whole_text(draft, stretch) and not is_spoken(draft):
                first = draft.prose[stretch.first]
                yield Hit(
                    first.span, f"{stretch.words} words from here on without a heading or a list; divide them where the subject turns"
                )


def _is_whole_text(draft: Draft, stretch: Stretch) -> bool:
    """Whether nothing but this stretch stands in the draft, as T007 says."""
    return len([h for h in draft.headings if h.level > 1]) == 0 and stretch.words == running(draft).total


@rule("T006", "info", _SCANNING)
def long_paragraph(draft: Draft, *, words: int = 200) -> Iterator[Hit]:
    """A paragraph is so long that nobody finds anything in it.

    Why: on a screen a paragraph of this length is a block without a way in;
    one subject to a paragraph is easier to read and to quote.

    Options:
        words: how many words a paragraph has, at least
    """
    counted = running(draft)
    if counted.total < words or max(counted.words, default=0) < words:
        return
    for prose, count in zip(draft.prose, counted.words, strict=True):
        if count >= words and prose.kind == "paragraph":
            yield Hit(prose.span, f"a paragraph of {count} words; divide it where its subject turns")


_LABELS = 3  # paragraphs that open in bold, from which those are what an article is divided by
_LONG_PARAGRAPHS = 80  # words on average
_LONG = 1000  # words from which even short paragraphs are not enough


@rule("T007", "warning", _SCANNING, whole=True)
def wall_of_text(draft: Draft, *, words: int = 600) -> Iterator[Hit]:
    """A long article has no heading, list, image or table at all.

    Why: nobody sees what it holds without reading all of it. A letter or a report
    in short paragraphs can do without up to a thousand words.

    Options:
        words: how long the article is, at least
    """
    total = running(draft).total
    if total >= words and not any(heading.level > 1 for heading in draft.headings):
        kinds = {block.kind for block in draft.blocks}
        labelled = sum(block.kind == "paragraph" and draft.source.startswith(("**", "__"), block.span.start) for block in draft.blocks)
        breaks = (
            labelled >= _LABELS or kinds & {"list", "table", "image", "code", "html", "opaque"} or any(link.image for link in draft.links)
        )
        if not breaks and len(draft.headings) <= 1 and (total >= _LONG or _mean_paragraph(draft) >= _LONG_PARAGRAPHS):
            yield Hit(_top(draft), f"{total:,} words without a heading or a list; divide them into sections", whole=True)


def _mean_paragraph(draft: Draft) -> float:
    """How many words a paragraph has on average."""
    counted = [count for count in running(draft).words if count]
    return sum(counted) / max(1, len(counted))


@rule("T008", "info", _LEAD)
def no_lead(draft: Draft, *, words: int = 300) -> Iterator[Hit]:
    """An article begins with a list, a table or a section on something else, before any sentence on its subject.

    Why: readers look at the top for what the page is about and what it says;
    here they find a part of it.

    Options:
        words: how long the article is, at least
    """
    first = next((b for b in draft.blocks if b.kind in _SAYING and not (b.kind == "heading" and _is_title(draft, b.span))), None)
    if first is None or first.kind not in ("heading", "list", "table") or not is_article(draft, words):
        return
    if any(part.span.overlaps(first.span) for part in draft.known) or "](#" in draft.text(first.span) or _is_opening(draft, first.span):
        return
    what = {"heading": "with a section", "list": "with a list", "table": "with a table"}[first.kind]
    yield Hit(
        Span(first.span.start, _line_end(draft, first.span.start)),
        f"the article begins {what}; say first, in a sentence or two, what it is about",
    )


_OPENING = 600  # characters of a first section in which it can come to the subject
_SAYING = ("heading", "paragraph", "list", "table", "quote", "html", "opaque", "code")
_OPENINGS = frozenset(
    "introduction|intro|overview|about|background|context|preface|foreword|abstract|motivation|einleitung|einführung|überblick|vorwort"
    "|contexte|introducción|contexto|introduzione|introdução|inleiding|overzicht".split("|")
)


def _is_title(draft: Draft, span: Span) -> bool:
    return bool(draft.headings) and draft.headings[0].span.start == span.start and draft.headings[0].level == 1


def _is_opening(draft: Draft, span: Span) -> bool:
    """Whether a heading is that of the opening itself: it says so, or it and the paragraph under it speak of the title's subject."""
    number = next((n for n, heading in enumerate(draft.headings) if heading.span.start == span.start), None)
    if number is None:
        return False
    text = draft.headings[number].text
    below = " ".join(prose.text for prose in draft.prose if prose.heading == number and prose.kind in ("paragraph", "item"))[:_OPENING]
    words, named = subject(draft.title or ""), text.casefold().strip(" .:").split(" ")
    return not _OPENINGS.isdisjoint((named[0], named[-1])) or not words or speaks_of(f"{text} {below}", words)


def _line_end(draft: Draft, at: int) -> int:
    line = draft.line(at)
    end = draft.line_starts[line] if line < len(draft.line_starts) else len(draft.source)
    return at + len(draft.source[at:end].rstrip())


@rule("T009", "info", _SCANNING, default=False)
def long_sentence(draft: Draft, *, words: int = 45) -> Iterator[Hit]:
    """A sentence is very long.

    Why: a reader has forgotten its beginning at its end; two are easier to
    read and to quote.

    Options:
        words: how many words a sentence has, at least

    Fires on:

        # Lamp oil

        Whoever fills lamps in the harbour, where the nights are long and the wind comes from the north, has known since the winter that
        the seeds from which the oil is pressed were taken by the frost, that two of the ports were closed, and that the merchants who had
        filled their stores could ask what they liked.

    Silent on:

        # Lamp oil

        Whoever fills lamps in the harbour has known since the winter that the frost took the seeds. Two of the ports were closed, and the
        merchants who had filled their stores could ask what they liked.
    """
    for sentence in draft.sentences if genre(draft) == "article" else ():
        prose = draft.prose[sentence.prose]
        if (
            len(sentence.text) > 4 * words
            and prose.kind == "paragraph"
            and not (prose.quoted or prose.known)
            and OBJECT not in sentence.text
        ):
            count = len(sentence.text.split())
            if count >= words:
                yield Hit(sentence.span, f"a sentence of {count} words; make two of it")
