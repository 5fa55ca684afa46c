"""Parameters of addresses that tell a server where a click came from, and nothing to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.model import Draft, Link, Span, measured


class Tracked(NamedTuple):
    """An address with such parameters: `href` as written at `span`, `bare` without them.

    `names`: the parameters as written ("utm_source=chatgpt.com"). `assistant`: they name an assistant; otherwise they
    number one click or one reader of a mail.
    """

    span: Span
    href: str
    bare: str
    names: tuple[str, ...]
    assistant: bool


# Numbers of one click, or of one reader of a newsletter: what an address has when it was copied from where somebody followed it.
_OF_ONE_CLICK = frozenset("fbclid gclid gbraid wbraid dclid msclkid twclid ttclid yclid igshid mc_eid _hsenc _hsmi mkt_tok vero_id".split())


@cache
def _assistant() -> re.Pattern[str]:
    return re.compile(
        r"(?:ref|source|via)=(?:www\.)?(?:chat\.?gpt(?:\.com)?|(?:chat\.)?openai(?:\.com)?|perplexity(?:\.ai)?)|utm_source=(?:chat\.?gpt(?:\.com)?|(?:chat\.)?openai(?:\.com)?|claude(?:\.ai)?|(?:www\.)?perplexity(?:\.ai)?|copilot(?:\.(?:microsoft\.)?com)?|copilot\.cloud\.microsoft"
        r"|gemini(?:\.google\.com)?|grok(?:\.com)?|(?:chat\.)?deepseek(?:\.com)?|(?:chat\.)?mistral(?:\.ai)?|you\.com|phind(?:\.com)?|poe(?:\.com)?)",
        re.IGNORECASE,
    )


@measured
def tracked(draft: Draft) -> tuple[Tracked, ...]:
    """The tracked addresses of links, images and link definitions, and those in HTML and in plain text, in order of place."""
    if "?" not in draft.source:
        return ()
    spans = set(_addresses(draft))
    spans.update(_written_out(draft, spans))
    return tuple(found for span in sorted(spans) if (found := _read(span, draft.text(span)))) if spans else ()


def _addresses(draft: Draft) -> Iterator[Span]:
    """Those with a query."""
    yield from (link.href_span for link in draft.links if "?" in link.href and link.href_span and not _generated(draft, link))
    yield from (definition.href_span for definition in draft.definitions if "?" in definition.href and definition.href_span)


@cache
def _address() -> re.Pattern[str]:
    """An address in an `href` or in plain text; a stop or a bracket behind it is not of it."""
    return re.compile(
        r"(?P<href>\bhref\s*=\s*[\"'])?(?P<address>https?://[^\s<>\"'`\[\]{}|\\^]*[^\s<>\"'`\[\]{}|\\^.,;:!?*_)])", re.IGNORECASE
    )


_NAMES = ("utm_source=", "UTM_SOURCE=", "Utm_source=", "utm_Source=", "Utm_Source=", "ref=", "clid=", "mc_eid=", "_hs", "mkt_tok=")


def _written_out(draft: Draft, known: set[Span]) -> Iterator[Span]:
    """Those outside Markdown's links; in plain text only those that name an assistant, since others may be shown as an example."""
    if not any(name in draft.source for name in _NAMES) or not draft.prose:
        return
    taken = ranges([*known, *(code.span for code in draft.code), *(link.span for link in draft.links), *_opaque(draft)])
    for match in _address().finditer(draft.source, draft.body.start):
        span = Span(*match.span("address"))
        if "?" in match["address"] and not taken.first(span.start, span.end) and not _shown_as_example(draft, match):
            found = _read(span, match["address"])
            if found and (found.assistant or match["href"]):
                yield span


def _opaque(draft: Draft) -> Iterator[Span]:
    yield from (block.span for block in draft.blocks if block.kind in ("code", "comment", "opaque"))


def _shown_as_example(draft: Draft, match: re.Match[str]) -> bool:
    """Between quotation marks, where no `href` holds it."""
    return not match["href"] and draft.source[match.start() - 1 : match.start()] in ('"', "'", "“", "„", "«", "=")


def _generated(draft: Draft, link: Link) -> bool:
    return link.prose is not None and draft.prose[link.prose].known is not None


def _read(span: Span, href: str) -> Tracked | None:
    address, mark, fragment = href.partition("#")
    path, _, query = address.partition("?")
    between = "&amp;" if "&amp;" in query else "&"
    parts = query.split(between)
    assistant = any(_assistant().fullmatch(part) for part in parts)
    mailed = any(part.lower().startswith("mc_eid=") for part in parts)
    names = tuple(part for part in parts if _is_tracking(part, assistant=assistant) or (mailed and part.lower().startswith("mc_cid=")))
    tracking = frozenset(names)
    if not names:
        return None
    kept = between.join(part for part in parts if part not in tracking)
    return Tracked(span, href, path + ("?" + kept if kept else "") + mark + fragment, names, assistant)


def _is_tracking(part: str, *, assistant: bool) -> bool:
    """The other `utm_` parameters of an assistant's address are its own as well; anywhere else they are somebody's campaign."""
    name = part.partition("=")[0].lower()
    return name in _OF_ONE_CLICK or (assistant and (name.startswith("utm_") or _assistant().fullmatch(part) is not None))
