"""H: the outline by which readers scan and engines cut a page into passages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from geo_optimizer.analysis.running import genre, section_words
from geo_optimizer.analysis.sources import links_by_prose
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.parts import label_kind
from geo_optimizer.model import Block, Draft, Fix, Heading, measured
from geo_optimizer.rules.rule import Evidence, Hit, replacement, rule

_WCAG = Evidence("craft", "W3C Web Accessibility Initiative, Page structure: headings")
_LONGEST_BOLD = 10  # words; a longer line in bold is a sentence that is stressed
_DEEPEST = 6


@rule("H001", "warning", _WCAG)
def several_h1(draft: Draft) -> Iterator[Hit]:
    """The body has more than one H1.

    Why: the H1 names the page; a second one splits it for screen readers and
    for whatever takes the outline for its table of contents.

    Fires on:

        # One

        Text.

        # Two

    Silent on:

        # One

        Text.

        ## Two
    """
    titles = [h for h in draft.headings if h.level == 1]
    if len(titles) > 1:
        more = f"; {len(titles)} in all, where sections should be H2" if len(titles) > 2 else ""
        yield Hit(titles[1].span, f"a second H1; the first is on line {draft.line(titles[0].span.start)}{more}")


@rule("H002", "warning", _WCAG)
def skipped_level(draft: Draft) -> Iterator[Hit]:
    """A heading is more than one level deeper than the one before it.

    Why: a missing level detaches a passage from the topic that it belongs to.

    Fires on:

        # Title

        ### Detail

    Silent on:

        # Title

        ## Section

        ### Detail

    Silent on:

        # Title

        <!-- markdownlint-disable heading-increment -->

        ### Detail
    """
    for above, here in pairwise(draft.headings):
        if here.level > above.level + 1 and not _is_waived(draft, here):
            yield Hit(here.span, f"h{here.level} follows h{above.level}; use h{above.level + 1}")


def _is_waived(draft: Draft, heading: Heading) -> bool:
    """Whether a comment for another linter says that the step is meant."""
    if "lint-disable" not in draft.source and "rumdl-disable" not in draft.source:
        return False
    turns, lines = _waivers(draft)
    before = bisect_left(turns, (heading.span.start,))
    return draft.line(heading.span.start) in lines or (before > 0 and turns[before - 1][1])


@measured
def _waivers(draft: Draft) -> tuple[list[tuple[int, bool]], set[int]]:
    """From where on steps are meant or not, and the lines on which they are."""
    turns, lines = list[tuple[int, bool]](), set[int]()
    for match in _of_linters().finditer(draft.source, draft.body.start):
        codes = {code.lower() for code in match["codes"].split()}
        if codes and codes.isdisjoint(("md001", "heading-increment", "headings")):
            continue
        if match["how"] == "disable-file":
            return [(-1, True)], set()
        if match["how"] == "disable-next-line":
            lines.add(draft.line(match.end()) + 1)
        else:
            turns.append((match.start(), match["how"] == "disable"))
    return turns, lines


@cache
def _of_linters() -> re.Pattern[str]:
    return re.compile(
        r"(?:<!--|\{/\*)\s*(?:markdownlint|rumdl)-(?P<how>disable(?:-next-line|-file)?|enable)\b(?P<codes>[\w\s-]*?)\s*(?:-->|\*/\})"
    )


@rule("H003", "warning", _WCAG)
def empty_heading(draft: Draft) -> Iterator[Hit]:
    """A heading has no text.

    Why: it stands in the outline and says nothing.

    Fires on:

        # Title

        ##

        Text.

    Silent on:

        # Title

        ## ![A chart](chart.png)
    """
    for heading in draft.headings:
        if not heading.text and not any(heading.span.contains(link.span) for link in links_by_prose(draft).get(heading.prose, ())):
            yield Hit(heading.span, "an empty heading")


@rule("H004", "info", _WCAG)
def duplicate_heading(draft: Draft) -> Iterator[Hit]:
    """Two headings under the same parent have the same text.

    Why: a link to one of them, or a passage quoted with its heading, does not
    say which is meant.

    Fires on:

        # Title

        ## Results

        Text.

        ## Results

    Silent on:

        # Title

        ## First study

        ### Results

        ## Second study

        ### Results

    Silent on:

        # Title

        ## Results {#results-first}

        Text.

        ## Results {#results-second}

    Silent on:

        # Title

        *Update: the harbour is open again.*

        ## Summary

        Ships may enter.

        **The original post is included below**

        ## Summary

        Ships may not enter.
    """
    path: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    ends = _earlier_versions(draft) if len({heading.text for heading in draft.headings}) < len(draft.headings) else []
    for heading in draft.headings:
        while ends and ends[0] < heading.span.start:
            ends.pop(0)
            seen.clear()
        path = [*path[: heading.level - 1], *[""] * (heading.level - 1 - len(path)), heading.text.casefold()]
        if draft.prose[heading.prose].quoted:
            continue
        if heading.text and tuple(path) in seen and "{#" not in draft.text(heading.span):
            yield Hit(heading.span, f"the same heading as on line {seen[tuple(path)]}")
        seen.setdefault(tuple(path), draft.line(heading.span.start))


_FEW_RULES = 2  # lines across the page; more of them divide sections, and nothing starts anew


def _earlier_versions(draft: Draft) -> list[int]:
    """Where a second text begins in a draft: below a line across the page, or a line that says so."""
    rules = [block.span.start for block in draft.blocks if block.kind == "rule"]
    said = [
        block.span.start
        for block in draft.blocks
        if block.kind == "paragraph" and len(block.span) < _LONGEST_NOTE and _earlier().search(draft.text(block.span))
    ]
    return sorted((rules if len(rules) <= _FEW_RULES else []) + said)


_LONGEST_NOTE = 160  # characters


@cache
def _earlier() -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W_])(?:original|previous|earlier|initial)\b[^.]{0,30}\b(?:post|announcement|advisory|text|message|article|version)\b[^.]{0,30}\b(?:below|follows)(?![^\W_])",
        re.IGNORECASE,
    )


@rule("H005", "info", Evidence("craft", "W3C WAI, Techniques for WCAG: G130, providing descriptive headings"))
def vague_heading(draft: Draft, *, words: int = 100, closing: bool = False) -> Iterator[Hit]:
    """A heading in an article is a mere label over a section that says something.

    Why: readers scan headings, and "Background" does not tell them what the
    section says. In reference pages and security advisories such labels are where readers look
    for them, and fine; so is "Conclusion" over a recap, a list or thanks, and
    a heading with an address of its own.

    Languages: English, German, French, Spanish, Italian, Portuguese, Dutch.

    Options:
        words: how many words a section has, at least
        closing: also labels over a last section, such as "Conclusion", unless it is a recap, a list or thanks

    Fires on:

        # Lamp oil in spring

        Prices rose.

        ## Background

        Lamp oil is pressed from seeds that are sown in autumn. When the winter is mild the seeds sprout too soon, and the late frost
        takes them. Two harbours that shipped seeds from the south were closed for repairs until May. The merchants who had filled
        their stores in autumn could then ask what they liked, and most of them asked a tenth more than they had the year before.
        The council spoke of a ceiling and left it at that. In April the first lamps went out at ten, and in May the watchmen were told to
        carry candles instead.

    Silent on:

        # Lamp oil in spring

        ## Background

        Lamp oil is pressed from seeds.

    Silent on:

        # Lamp oil in spring

        ## Conclusion

        In this post we looked at the price of lamp oil. When the winter is mild the seeds sprout too soon, and the late frost
        takes them. Two harbours that shipped seeds from the south were closed for repairs until May. The merchants who had filled
        their stores in autumn could then ask what they liked, and most of them asked a tenth more than they had the year before.
        The council spoke of a ceiling and left it at that. In April the first lamps went out at ten, and in May the watchmen were told to
        carry candles instead. Thank you for reading.

    Silent on:

        # Lamp oil in spring

        ## Why frost made seeds dear

        Lamp oil is pressed from seeds that are sown in autumn. When the winter is mild the seeds sprout too soon, and the late frost
        takes them. Two harbours that shipped seeds from the south were closed for repairs until May. The merchants who had filled
        their stores in autumn could then ask what they liked, and most of them asked a tenth more than they had the year before.
        The council spoke of a ceiling and left it at that. In April the first lamps went out at ten, and in May the watchmen were told to
        carry candles instead.
    """
    vague = [n for n, heading in enumerate(draft.headings) if len(heading.text) <= _LONGEST_LABEL and _is_vague(heading, draft.language)]
    if not vague or genre(draft) != "article":
        return
    counted = section_words(draft)
    for n in vague:
        heading = draft.headings[n]
        if counted[n] < words or (not closing and _closes(heading)):
            continue
        if not _has_parts(draft, n) and not _is_fixed(draft, n) and not _is_recap(draft, n):
            from geo_optimizer.analysis.rewording import as_heading

            better = as_heading(draft, n)
            fix = _renamed(draft, heading, better) if better else None
            yield Hit(heading.span, _of_vague(draft, n), fix)


_EDGES = lazily(r"^[\d.):\s]+|[\s.:!…]+$")
_LONGEST_LABEL = 40  # characters
_OPENS = lazily(r"intro|einleitung|einführung|inleiding", re.IGNORECASE)


def _of_vague(draft: Draft, number: int) -> str:
    """What to say of a mere label; over the opening it can go."""
    text = draft.headings[number].text
    first = next((block.span.start for block in draft.blocks if block.kind in ("paragraph", "list")), len(draft.source))
    if draft.headings[number].span.start < first:
        return f"“{text}” over the opening says only that it is one; leave the heading out, or name the point"
    if _OPENS.match(_EDGES.sub("", text)):
        return f"“{text}” says only that the section is one; leave the heading out, or name the point"
    return f"“{text}” is a label that would fit any article; name the point that this section makes"


def _is_fixed(draft: Draft, number: int) -> bool:
    """Whether a heading has an address of its own, or is one of the standing labels of a security advisory."""
    own = draft.text(draft.headings[number].span)
    if "{#" in own or "{:" in own:
        return True
    label = _EDGES.sub("", draft.headings[number].text).casefold()
    if label in _closings() or _OPENS.match(label):
        return False
    named = {_EDGES.sub("", heading.text).casefold() for heading in draft.headings}
    return "CVE-" in draft.source or len(named & _OF_ADVISORIES) > 1


_OF_ADVISORIES = frozenset(
    "summary|impact|severity|affected versions|affected products|affected|mitigation|mitigations|workaround|workarounds|patches|remediation"
    "|contact|contact and future updates|downloads|downloads and release details|timeline|references|acknowledgements|acknowledgments|credits".split(
        "|"
    )
)


def _closes(heading: Heading) -> bool:
    return _EDGES.sub("", heading.text).casefold() in _closings()


def _is_recap(draft: Draft, number: int) -> bool:
    """Whether a closing section only says what was read, thanks its readers, or is a list."""
    if not _closes(draft.headings[number]):
        return False
    texts = [prose for prose in draft.prose if prose.heading == number and prose.kind in ("paragraph", "item")]
    listed = sum(len(prose.text) for prose in texts if prose.kind == "item")
    paragraphs = [prose.text for prose in texts if prose.kind == "paragraph"]
    if listed > sum(map(len, paragraphs)):
        return True
    return any(_recap().search(text[:_RECAP]) for text in paragraphs[:2]) or bool(paragraphs and _thanks().match(paragraphs[0]))


_RECAP = 400  # characters of a closing paragraph in which it says that it is a recap


@cache
def _closings() -> frozenset[str]:
    return frozenset(
        label
        for labels in _LABELS.values()
        for label in labels.split("|")
        if re.search(r"conclu|clos|final|parting|wrap|the end|afterword|fazit|schl[uü]|abschlie|fin$|tot slot|slot|terminar", label)
    )


@cache
def _recap() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|throughout) this (?:blog )?(?:post|article|tutorial|guide|series|talk)\b"
        r"|\bthis (?:blog )?(?:post|article|tutorial|guide|series|talk) (?:has )?(?:introduced|covered|showed|shown|described|explained|explored|discussed|walked|looked|presented|outlined)\b"
        r"|\bwe(?:['’]ve| have) (?:now |just |also )*(?:explored|covered|discussed|looked at|gone over|walked through|gone through|shown|described)\b"
        r"|\bin diesem (?:artikel|beitrag)\b",
        re.IGNORECASE,
    )


@cache
def _thanks() -> re.Pattern[str]:
    return re.compile(r"(?:many |a big |special )?(?:thanks|thank you)\b|(?:vielen )?dank\b|merci\b|gracias\b", re.IGNORECASE)


def _is_vague(heading: Heading, language: str) -> bool:
    return heading.level > 1 and _EDGES.sub("", heading.text).casefold() in _labels(language)


@lru_cache(maxsize=8)
def _labels(language: str) -> frozenset[str]:
    """Headings that say nothing of their section; closing and opening labels, by language."""
    return frozenset(_LABELS.get(language, "").split("|"))


_LABELS = {
    "en": "introduction|intro|background|overview|context|details|more details|the details|more|other|others|miscellaneous|misc|general"
    "|conclusion|conclusions|in conclusion|closing|closing thoughts|closing remarks|final thoughts|final words|final remarks"
    "|concluding thoughts|concluding remarks|parting thoughts|wrapping up|wrap up|wrap-up|to conclude|the end|afterword|some background"
    "|the background|a bit of background|a little background|the future|looking ahead|looking forward|what this means for you",
    "de": "einleitung|einführung|hintergrund|überblick|übersicht|details|mehr|sonstiges|allgemeines|fazit|schluss|schlusswort|schlussgedanken"
    "|abschließende gedanken|zum schluss|ausblick|was das für sie bedeutet|was das für dich bedeutet",
    "fr": "introduction|contexte|aperçu|vue d'ensemble|détails|divers|généralités|conclusion|conclusions|en conclusion|pour conclure"
    "|mot de la fin|pour finir|ce que cela signifie pour vous",
    "es": "introducción|contexto|antecedentes|visión general|detalles|más|otros|varios|conclusión|conclusiones|en conclusión|para terminar"
    "|reflexiones finales|qué significa esto para ti",
    "it": "introduzione|contesto|panoramica|dettagli|altro|varie|conclusione|conclusioni|in conclusione|per concludere|considerazioni finali"
    "|cosa significa per te",
    "pt": "introdução|contexto|visão geral|detalhes|mais|outros|diversos|conclusão|conclusões|em conclusão|para concluir|considerações finais"
    "|o que isso significa para você",
    "nl": "inleiding|introductie|achtergrond|overzicht|details|meer|overig|diversen|conclusie|conclusies|tot slot|slotwoord|slotgedachten"
    "|wat dit voor u betekent|wat dit voor jou betekent",
}


def _has_parts(draft: Draft, number: int) -> bool:
    """Whether deeper headings stand in the section: they say what it says."""
    after = draft.headings[number + 1 : number + 2]
    return bool(after) and after[0].level > draft.headings[number].level


def _renamed(draft: Draft, heading: Heading, text: str) -> Fix | None:
    prose = draft.prose[heading.prose]
    if len(prose.pieces) != 1 or prose.text != heading.text:
        return None
    return replacement(prose.pieces[0].span, text, f"name it “{text}”, in the section's own words")


@rule("H006", "info", _WCAG)
def bold_as_heading(draft: Draft) -> Iterator[Hit]:
    """A line in bold stands where a heading belongs.

    Why: it looks like a heading and is none: it is missing from the outline by
    which screen readers find their way, and from tables of contents.

    Fires on:

        # Lamp oil

        Prices rose.

        **Why seeds were dear**

        The late frost took them.

    Silent on:

        # Lamp oil

        **Key takeaways**

        - Prices rose.

    Silent on:

        # Lamp oil

        **Prices rose by a tenth.**

        The late frost took the seeds.

    Silent on:

        # Lamp oil

        ![A lamp](lamp.png)

        **A lamp of the harbour**

        The late frost took the seeds.
    """
    if "\n**" not in draft.source and "\n__" not in draft.source and "\r" not in draft.source:
        return
    hits = list(_bold_lines(draft))
    if len(hits) <= _TOLD_ONE_BY_ONE:
        yield from hits
    else:
        first = draft.text(hits[0].span).strip("*_ \t")
        yield Hit(hits[0].span, f"{len(hits)} lines such as “{first}” stand in bold where headings belong; make them headings")


_TOLD_ONE_BY_ONE = 5


def _bold_lines(draft: Draft) -> Iterator[Hit]:
    """Each line in bold that acts as a heading."""
    found = [(n, match["text"].strip()) for n, block in enumerate(draft.blocks) if (match := _in_bold(draft, block))]
    times = Counter(text for _, text in found)
    numbers = {n for n, _ in found}
    for n, text in found:
        if times[text] == 1 and _heads(draft, n) and n + 1 not in numbers and n - 1 not in numbers and not label_kind(text):
            span = draft.blocks[n].span
            level = _level_at(draft, span.start)
            fix = replacement(span, f"{'#' * level} {text}", f"make it a heading of level {level}") if level <= _DEEPEST else None
            yield Hit(span, f"“{text}” stands in bold where a heading belongs; make it one", fix)


# What a line in bold otherwise is: the label of a box, a word on the text itself.
_BOX_LABEL = lazily(
    r"(?:note|notes|nb|warning|tip|important|caution|attention|disclaimer|update[ds]?\b.*|edit(?:ed)?\b.*|announcement\b.*|hinweis|achtung"
    r"|wichtig|remarque|nota|atención|attenzione|atenção|let op)",
    re.IGNORECASE,
)
_BOLD_LINE = lazily(r"(\*\*|__)(?P<text>[^\s*_][^*_\r\n]*)\1[ \t]*")


def _in_bold(draft: Draft, block: Block) -> re.Match[str] | None:
    """A paragraph of one line that is all bold, short, and no sentence."""
    if block.kind != "paragraph" or draft.source[block.span.start] not in "*_":
        return None
    match = _BOLD_LINE.fullmatch(draft.source, block.span.start, block.span.end)
    if (
        match is None
        or match["text"].count(" ") >= _LONGEST_BOLD
        or re.search(r"[.!?:;,…。！？：\"”»)]\s*$|[\[<{]|^(?:by|von|par|por|di|door)\s", match["text"], re.IGNORECASE)
    ):
        return None
    return match if any(char.isalpha() for char in match["text"]) and not _BOX_LABEL.fullmatch(match["text"].strip()) else None


def _heads(draft: Draft, n: int) -> bool:
    """Whether the block stands above a paragraph or a list, and is no caption of what stands above it."""
    before, after = draft.blocks[n - 1 : n] if n else (), draft.blocks[n + 1 : n + 2]
    if any(block.kind in ("image", "html", "opaque", "table", "code") for block in before):
        return False
    return any(block.kind in ("paragraph", "list") for block in after)


def _level_at(draft: Draft, at: int) -> int:
    """One below the heading above; before the first one, as that is, or below a title."""
    above = bisect_left(draft.headings, at, key=lambda heading: heading.span.start)
    if above:
        return draft.headings[above - 1].level + 1
    return max(2, draft.headings[0].level) if draft.headings else 2


@rule("H007", "warning", _WCAG)
def empty_section(draft: Draft) -> Iterator[Hit]:
    """Nothing stands under a heading.

    Why: the heading promises something that the page does not hold.

    Fires on:

        # Lamp oil

        ## Prices

        ## Wages

        They fell.

    Fires on:

        # Lamp oil

        Prices rose.

        ## Wages

    Silent on:

        # Lamp oil

        ## Prices

        ### In spring

        They rose.

    Silent on:

        # Lamp oil

        ## Prices

        {{< prices >}}

    Silent on:

        Sure! Here's the article:

        ---
        title: Prices
        ---

        # Lamp oil

        Prices rose.
    """
    headings = {heading.span.start: heading for heading in draft.headings}
    blocks = [block for block in draft.blocks if block.kind != "definition"]
    for n, block in enumerate(blocks):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        heading = headings.get(block.span.start) if block.kind == "heading" else None
        if heading is None or heading.level == 1 or not heading.text:
            continue
        below = headings.get(after.span.start) if after else None
        ends = not _is_filled_later(heading) if after is None else below is not None and below.level <= heading.level
        if ends and not _is_frontmatter(draft, heading):
            deeper = f", or make “{below.text}” a part of it" if below and below.level == heading.level else ""
            yield Hit(heading.span, f"nothing stands under “{heading.text}”; write the section{deeper}, or take the heading out")


def _is_frontmatter(draft: Draft, heading: Heading) -> bool:
    """Whether a heading is one by the `---` that was to close frontmatter."""
    if ":" not in heading.text:
        return False
    from geo_optimizer.analysis.leaked import leaked_ranges

    return leaked_ranges(draft).first(heading.span.start, heading.span.end) is not None


def _is_filled_later(heading: Heading) -> bool:
    """Whether a last heading is one under which generators put what is not written there, or a farewell."""
    return heading.text.endswith("!") or (
        re.search(
            r"referen|bibliogr|literat|comment|footnote|notes?$|sources?$|fußnote|quellen|kommentar|bronnen|fuentes",
            heading.text,
            re.IGNORECASE,
        )
        is not None
    )
