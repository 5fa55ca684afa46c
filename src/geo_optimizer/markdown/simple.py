"""Inlines that can be read in one way only: words, escapes, code spans, links to plain addresses, emphasis that nothing crosses.

Nearly all are such. What is found here is what the Markdown parser would find,
at a small part of the cost; whatever needs more than one look (references,
HTML, images, marks that may open and close, or do neither) is left to it.
"""

from __future__ import annotations

import re
from typing import Any

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.grammar import normalized
from geo_optimizer.markdown.lines import Content
from geo_optimizer.markdown.reading import Inline, Reading

# What is text although its first character can begin something: marks within words and between blanks, signs without what would follow them.
_SIGN = r"(?<=[A-Za-z0-9])_++(?=[A-Za-z0-9])|(?<=[ \n])\*(?=[ \n])|!(?!\[)|&(?!#?[A-Za-z0-9]++;)|\^(?!\[)|(?<!~)~(?!~)|<(?=[ \n])"
_CODE = r"`[^`]+`(?!`)"
_LABEL = rf"(?>(?:[^\\`~*_\[\]!<&^]++|{_CODE}|{_SIGN})*)"
_ADDRESS = r"[^\x00-\x20\x7f()<\\&]++"
_PART = lazily(
    rf"(?>(?:[^\\`~*_\[!<&^]++|{_SIGN}|\[(?=\[{_LABEL}\]\({_ADDRESS}\)))*)"  # a bracket around a link is text
    r"(?:(?P<end>\Z)"
    rf"|(?P<code>{_CODE})"
    rf"|(?P<link>\[(?P<label>{_LABEL})\]\((?P<address>{_ADDRESS})\))"
    rf"|(?P<bracket>\[(?={_LABEL}\](?!\()))"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    # by the blanks, letters and signs on either side these can open only, or close only
    r"|(?P<opens>(?:(?<![^ \n])(?:\*++|_++)(?=[^\s*_])|(?<=[\"'(/:-])(?:\*++|_++)(?=[A-Za-z0-9])))"
    r"|(?P<closes>(?:(?<=[A-Za-z0-9])(?:\*++|_++)(?=[ \n.,;:!?)\]\"'/-])|(?<=[^\s*_])(?:\*++|_++)(?=[ \n]|\Z)))"
    r"|(?P<other>.))",
    re.DOTALL,
)
_CODE_SPAN = lazily(_CODE)


def read_simple(source: str, content: Content, env: dict[str, Any], prose: int) -> Inline | None:
    """Read an inline; None for one that is not simple. The arguments are those of `read_inline`."""
    reading, text = Reading(source, content, prose), content.text
    at, opened = 0, []  # how far the text is read; the delimiters that are open
    for part in _PART.finditer(text):
        kind = part.lastgroup or ""
        start, end = part.span(kind)
        if kind == "bracket" and not _has_definitions(env):
            continue
        reading.put_text(at, start)
        at = end
        if kind == "end":
            break
        if kind == "code":
            _add_code(reading, start, end)
        elif kind == "link":
            _add_link(reading, part)
        elif kind == "escape":
            reading.put(text[start + 1], start, end)
        elif kind == "opens":
            opened.append(part[kind])
        elif kind != "closes" or not opened or opened.pop() != part[kind]:
            return None
    return None if opened else reading.done()


def _has_definitions(env: dict[str, Any]) -> bool:
    """Whether a bracket may refer to something."""
    return bool("references" in env or env.get("footnotes", {}).get("refs"))


def _add_code(reading: Reading, start: int, end: int) -> None:
    code = reading.content.text[start + 1 : end - 1]
    reading.add_code(start, end, 1, trimmed=code[0] in " \n" and code[-1] in " \n" and code.strip(" \n") != "")


def _add_link(reading: Reading, link: re.Match[str]) -> None:
    (first, last), shown, length = link.span("label"), len(reading.text), reading.length
    at = first
    for code in _CODE_SPAN.finditer(reading.content.text, first, last):
        reading.put_text(at, code.start())
        _add_code(reading, *code.span())
        at = code.end()
    reading.put_text(at, last)
    read, text = normalized(link["address"]), "".join(reading.text[shown:])
    reading.links.append(reading.link(link.span("link"), (first, last), link.span("address"), read, text, kind="inline"))
    reading.fixed.append((length, reading.length))
