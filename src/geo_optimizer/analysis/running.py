"""Running text: how many words stand where, what stretches of it nothing breaks up, and whether a draft is an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from geo_optimizer.analysis.places import folders, stem
from geo_optimizer.model import Draft, Prose, Span, measured

Genre = Literal["article", "reference", "release"]

# What frontmatter says of a page of documentation, and of a post.
_OF_DOCUMENTATION = frozenset(
    "weight sidebar_position sidebar_label sidebar_title sidebartitle sidebar nav_order parent grand_parent id toc menu ms.topic has_children"
    " page_type type_of_content short_title eleventynavigation navigation".split()
)
_OF_POSTS = frozenset("date pubdate pubdatetime publishdate publish_date published published_at author authors".split())
_FOLDERS = frozenset("docs doc documentation reference references api manual wiki handbook specification specs spec man".split())
_FILES = frozenset("readme contributing security code_of_conduct governance support install".split())
_CODE_SHARE = 0.4  # of the characters, from which code is what the page is for
_LIST_SHARE = 0.5  # of the words that stand in items and cells, from which a page is a list
_DIGEST_SHARE = 0.6  # the same, from which a page with a link for every so many words has nothing else to say
_WORDS_PER_LINK = 25
_STUB = 400  # words of its paragraphs that a page of tables and lists has at most
_ENTRIES = frozenset({"list", "table", "opaque", "html"})
_DATES = frozenset("date pubdate pubdatetime publishdate publish_date published published_at".split())
_OPENING = 1500  # characters in which a page says that it is a transcript
_ANSWERS = 4  # paragraphs that open with a speaker's name


class Running(NamedTuple):
    """The words of a draft's own text, generated parts and what is quoted left out.

    `words`: of each `Draft.prose`, 0 for what is left out. `paragraphs` and `listed`: in paragraphs, and in items and cells.
    """

    words: tuple[int, ...]
    paragraphs: int
    listed: int

    @property
    def total(self) -> int:
        return self.paragraphs + self.listed


@measured
def running(draft: Draft) -> Running:
    words = tuple([0 if p.known or p.quoted or p.kind in ("heading", "footnote") else _count(p) for p in draft.prose])
    paragraphs = sum([n for p, n in zip(draft.prose, words, strict=True) if n and p.kind == "paragraph"])
    return Running(words, paragraphs, sum(words) - paragraphs)


def _count(prose: Prose) -> int:
    return prose.text.count(" ") + 1


@measured
def section_words(draft: Draft) -> Counter[int]:
    """The words under each heading, up to the next one."""
    found: Counter[int] = Counter()
    for prose, count in zip(draft.prose, running(draft).words, strict=True):
        if count and prose.heading is not None:
            found[prose.heading] += count
    return found


@measured
def genre(draft: Draft) -> Genre:
    """What kind of page a draft is: running text to be read, documentation to be looked up, or notes on a release."""
    if is_release(draft):
        return "release"
    if stem(draft).lower() in _FILES:
        return "reference"
    keys = {key.lower() for key in draft.frontmatter.values} if draft.frontmatter else set()
    if not keys & _OF_POSTS and (keys & _OF_DOCUMENTATION or not _FOLDERS.isdisjoint(folders(draft))):
        return "reference"
    count = running(draft)
    code = sum([len(code.span) for code in draft.code if code.kind != "inline"])
    if count.listed > _LIST_SHARE * count.total or code > _CODE_SHARE * max(1, len(draft.source) - draft.body.start):
        return "reference"
    return "article"


def is_release(draft: Draft) -> bool:
    """Whether a draft's title or file name says that it lists what changed: a version, "changelog", "release notes"."""
    return bool(_released().search(draft.title or "") or _named_release().search(stem(draft)))


@lru_cache(maxsize=1)
def _released() -> re.Pattern[str]:
    return re.compile(
        r"\bv?\d+\.\d+\.\d+|\bv\d+(?:\.\d+)*\b|\bversion \d|\bnode v?\d|\b(?:change\s?logs?|release(?:s| notes?| history)?|released|patch notes"
        r"|what[’']s new|versionshinweise|notes? de (?:version|publication)|notas? de (?:la )?vers[ií][oó]n)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _named_release() -> re.Pattern[str]:
    return re.compile(r"(?:^|[^a-z\d])v?\d+\.\d+\.\d+|change-?log|release-?notes|^(?:history|news|releases)$", re.IGNORECASE)


@measured
def is_list_of_entries(draft: Draft) -> bool:
    """Whether a page is a digest of links, a roster, or a short page of tables, lists and short codes, with hardly a text of its own."""
    count = running(draft)
    if count.listed > _DIGEST_SHARE * count.total:
        links = sum(not link.image for link in draft.links)
        if links * _WORDS_PER_LINK > count.total or _digest().search(draft.title or ""):
            return True
    keys = {key.lower() for key in draft.frontmatter.values} if draft.frontmatter else set()
    return count.paragraphs < _STUB and not keys & _DATES and _is_made_of_entries(draft)


def _is_made_of_entries(draft: Draft) -> bool:
    """Whether tables, lists and what is filled in are most of the page, or all of most of its sections."""
    body = [block for block in draft.blocks if block.kind not in ("comment", "definition", "heading", "rule")]
    entries = sum(len(block.span) for block in body if block.kind in _ENTRIES)
    if 2 * entries > sum(len(block.span) for block in body):
        return True
    sections: list[list[str]] = []
    for block in draft.blocks:
        if block.kind == "heading":
            sections.append([])
        elif sections and block.kind != "comment":
            sections[-1].append(block.kind)
    filled = [kinds for kinds in sections if kinds]
    return len(filled) > 1 and 2 * sum(all(kind in _ENTRIES for kind in kinds) for kinds in filled) > len(filled)


@lru_cache(maxsize=1)
def _digest() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:weekly|monthly|daily|digest|newsletter|round-?up|this (?:week|month) in|news of the (?:week|month)|links (?:for|of))\b"
        r"|\b(?:wochenrückblick|monatsrückblick|linksammlung|presseschau)\b",
        re.IGNORECASE,
    )


@measured
def is_spoken(draft: Draft) -> bool:
    """Whether a draft is what people said: a talk as it was held, an interview, questions and answers with their speakers' names."""
    opening = draft.source[draft.body.start : draft.body.start + _OPENING]
    if _speech().search(draft.title or "") or _transcript().search(opening):
        return True
    if "**" not in draft.source and "Q:" not in draft.source:
        return False
    named = Counter(match["who"] for match in _speaker().finditer(draft.source, draft.body.start))
    return sum(named.values()) >= _ANSWERS and max(named.values()) > 1


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    return re.compile(
        r"\btranscripts?\b|\binterview(?:s|:| with\b)|\bq ?& ?a\b|\bkeynote\b|\ba conversation with\b|\binterview\W*$", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _transcript() -> re.Pattern[str]:
    return re.compile(
        r"\btranscript\b|\b(?:text|version|notes?) (?:of|from|for) (?:my|our|the|a|an|his|her|their)\b[^.\n]{0,60}\b(?:keynote|talk|speech|lecture|address|presentation)\b"
        r"|\b(?:we|i) (?:sat down|spoke|talked|chatted|caught up) with\b|\b(?:edited|condensed) (?:and condensed |for |slightly )*(?:length|clarity)\b|\blightly edited\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _speaker() -> re.Pattern[str]:
    """The name that opens what somebody says, "**MAYA:** ...", "Q: ..."."""
    return re.compile(r"^(?:\*\*(?P<who>[^\W\d_][\w .'’-]{0,39}):? ?\*\*:?|(?P<mark>[QA]):)[ \t]", re.MULTILINE)


def is_article(draft: Draft, words: int) -> bool:
    """Whether a draft is running text of at least so many words."""
    return running(draft).total >= words and genre(draft) == "article"


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    """A label in bold that opens a paragraph: "**Wages.** ...", "**MAYA:** ..."."""
    return re.compile(r"(?:\*\*|__)[^*_\r\n]{1,80}(?:[.:!?](?:\*\*|__)|(?:\*\*|__)[ \t]*[.:–—])")


def _is_italic_line(draft: Draft, span: Span) -> bool:
    return draft.source[span.start] in "*_" and _in_italics().fullmatch(draft.source, span.start, span.end) is not None


@lru_cache(maxsize=1)
def _in_italics() -> re.Pattern[str]:
    return re.compile(r"(?P<mark>[*_])[^\s*_][^*_\r\n]{0,119}(?P=mark)[ \t]*")


class Stretch(NamedTuple):
    """Paragraphs that follow one another with nothing between them: no heading, list, table, image, quote or code.

    One that opens with a label in bold begins a stretch, and a line that is all italics divides as a heading does.

    `first` and `last` are indices in `Draft.prose`.
    """

    first: int
    last: int
    words: int


def stretches(draft: Draft) -> Iterator[Stretch]:
    """The stretches of paragraphs, in order."""
    first = last = words = 0
    blocks = iter(draft.blocks)
    counted = running(draft).words
    paragraphs = [(n, p) for n, p in enumerate(draft.prose) if p.kind == "paragraph"]
    at = 0
    for block in blocks:
        if block.kind in ("comment", "definition", "footnote"):
            continue
        if block.kind == "paragraph":
            while at < len(paragraphs) and paragraphs[at][1].span.end <= block.span.start:
                at += 1
            if (
                at < len(paragraphs)
                and block.span.contains(paragraphs[at][1].span)
                and counted[paragraphs[at][0]]
                and not _is_italic_line(draft, block.span)
            ):
                number = paragraphs[at][0]
                if words and _labelled().match(draft.source, block.span.start):
                    yield Stretch(first, last, words)
                    words = 0
                first, last, words = (first, number, words + counted[number]) if words else (number, number, counted[number])
                continue
        if words:
            yield Stretch(first, last, words)
        words = 0
    if words:
        yield Stretch(first, last, words)
