"""Links around words that are there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_optimizer.model import Draft, Edit, WrittenLink

# What would end an address, or act in it: for Markdown, MDX, tables, templates and emphasis that is open.
_ENDS_ADDRESS = re.compile(r"[\s\x00-\x20\x7f<>()\[\]{}|\\\"^`*~]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Beside these a bracket means something else to some reader: an image, a note, a reference, an attribute, an embedded page.
_MISREAD_BEFORE, _MISREAD_AFTER = "![]^{<\\", "{"


def link_edits(links: Sequence[WrittenLink]) -> tuple[Edit, ...]:
    """The links as edits of the words that they are made of."""
    return tuple(Edit(link.suggestion.span, markup(link), "link") for link in links)


def markup(link: WrittenLink) -> str:
    """The link as Markdown."""
    words = link.suggestion.anchor
    if not link.wiki:
        return f"[{words}]({address(link.to)})"
    return f"[[{words}]]" if link.to.casefold() == words.casefold() else f"[[{link.to}|{words}]]"


def address(url: str) -> str:
    """A URL as the destination of an inline link, which leads where the URL does."""
    return _ENTITY.sub("&amp;", _ENDS_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "replace")), url))


def obstructed(draft: Draft, link: WrittenLink) -> str:
    """What stands right beside the words and would make another thing of the link for some reader; empty if nothing does."""
    before, after = draft.source[: link.suggestion.span.start][-1:], draft.source[link.suggestion.span.end :][:1]
    near = before if before and before in _MISREAD_BEFORE else after if after and after in _MISREAD_AFTER else ""
    return f"`{near}` stands right beside the words" if near else ""
