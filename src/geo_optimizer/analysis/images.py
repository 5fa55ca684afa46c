"""The images of a draft, in Markdown and in HTML, with the words that stand for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.model import Draft, Link, Span, measured


class Image(NamedTuple):
    """`alt`: its alternative text; None if nothing is said of it, empty if it is said to have none. `src`: the address as written.

    `captioned`: words under it say what it shows. `linked`: it is all that a link shows.
    """

    span: Span
    alt: str | None
    src: str
    captioned: bool = False
    linked: bool = False


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"<img\b(?P<attributes>(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*)>", re.IGNORECASE)


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?P<name>alt|src|role|aria-hidden|width|height)(?:\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|\{(?P<c>[^{}]*)\}|(?P<d>[^\s\"'>]+)))?",
        re.IGNORECASE,
    )


@measured
def images(draft: Draft) -> tuple[Image, ...]:
    """Those of the author, in order of place; not in code or comments, nor where a template says what they are."""
    found = [_of_link(draft, link) for link in draft.links if link.image]
    if "<img" in draft.source or "<IMG" in draft.source:
        found += _of_tags(draft)
    return tuple(sorted(found, key=lambda image: image.span))


def _of_link(draft: Draft, link: Link) -> Image:
    """An image in Markdown without words has an empty `alt`, but its author did not say that it needs none."""
    linked = draft.source[link.span.start - 1 : link.span.start] == "[" and draft.source.startswith("](", link.span.end)
    alt = link.text or None
    return Image(link.span, alt, link.href, alt is None and _has_caption(draft, link.span), linked)


@cache
def _caption() -> re.Pattern[str]:
    between = r"\)?(?:\{[^{}\n]*\})?\\?(?:[ \t>]|\r?\n|&nbsp;|</?(?:br|picture|p|center|div|a|span)\b[^<>\n]*>){1,8}"
    begins = r"[*_][^*_\s]|<(?:em|i|figcaption|small|sub)\b|\{:? ?\.|\^|(?:<b>|\*\*)?(?:Figure \d|Fig\. |Illustration|Pictured|Image(?: credit)?:|Source:|Photo|Credit|Caption|Screenshot)"
    return re.compile(f"{between}(?:{begins})", re.IGNORECASE)


def _has_caption(draft: Draft, span: Span) -> bool:
    return _caption().match(draft.source, span.end) is not None or draft.source.find("<figcaption", span.end, span.end + 200) >= 0


def _of_tags(draft: Draft) -> Iterator[Image]:
    elsewhere = ranges([*(code.span for code in draft.code), *(block.span for block in draft.blocks if block.kind == "comment")])
    for match in _tag().finditer(draft.source, draft.body.start):
        if (
            elsewhere.at(match.start())
            or "{{" in match.group()
            or "{%" in match.group()
            or "{..." in match.group()
            or "<%" in match.group()
        ):
            continue
        said = {m["name"].lower(): _value(m) for m in _attribute().finditer(match["attributes"])}
        if (
            "src" not in said
            or said.get("role") in ("presentation", "none")
            or said.get("aria-hidden") == "true"
            or said.get("width") == "1"
        ):
            continue
        span = Span(*match.span())
        alt = said.get("alt")
        yield Image(span, None if alt is None else html.unescape(alt), said.get("src") or "", alt is None and _has_caption(draft, span))


def _value(match: re.Match[str]) -> str:
    if match["c"] is not None:
        return match["c"].strip("\"'` ") if match["c"][:1] in "\"'`" else "\ufffc"  # made elsewhere
    return next((value for value in (match["a"], match["b"], match["d"]) if value is not None), "")
