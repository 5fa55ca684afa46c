"""The examples of the CommonMark specification: the parts we find are those of the HTML that is expected, and lie where they say."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from geo_optimizer.markdown import parse
from geo_optimizer.model import Code, Draft
from oracle.walk import walk

DATA = Path(__file__).parent / ".data" / "commonmark.json"
EXAMPLES: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else []
pytestmark = pytest.mark.skipif(
    not EXAMPLES and "CI" not in os.environ, reason="the examples are not there: python scripts/fetch_commonmark.py"
)

_TAB = "a tab that the container cuts in two: the code's characters begin after it, and two spaces of the text are none of the source"
_HTML = "raw HTML, which stays opaque: its tags are no Markdown links, images or code"
_WIKI = "two brackets are a wikilink here"
DIFFERENT = {
    **dict.fromkeys((5, 6, 7), _TAB),
    **dict.fromkeys((159, 162, 169, 475, 614, 615, 616), _HTML),
    **dict.fromkeys((548, 559), _WIKI),
}


@dataclass(slots=True)
class Parts:
    """What a reader finds in a text."""

    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    items: int = 0


class _Reader(HTMLParser):
    """The parts of the expected HTML, in the order in which they open."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = Parts()
        self._open: list[tuple[str, int, list[str], dict[str, str]]] = []
        self._pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.parts.images.append((given.get("src", ""), given.get("alt", "")))
        elif tag == "li":
            self.parts.items += 1
        elif tag == "pre":
            self._pre = True
        elif tag in ("a", "code") or tag in "h1 h2 h3 h4 h5 h6".split():
            self._open.append((tag, self.parts.items, [], given))

    def handle_data(self, data: str) -> None:
        for _, _, text, _ in self._open:
            text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._pre = False
        if not self._open or self._open[-1][0] != tag:
            return
        _, _, texts, given = self._open.pop()
        text = "".join(texts)
        if tag == "a":
            self.parts.links.append((given.get("href", ""), " ".join(text.split())))
        elif tag != "code":
            self.parts.headings.append((int(tag[1]), " ".join(text.split())))
        elif self._pre:
            self.parts.blocks.append(text)
        else:
            self.parts.spans.append(text)


def _found(draft: Draft) -> Parts:
    return Parts(
        links=[(link.href, " ".join(link.text.split())) for link in draft.links if not link.image],
        images=[(link.href, link.text) for link in draft.links if link.image],
        headings=[(heading.level, " ".join(heading.text.split())) for heading in draft.headings],
        blocks=["".join(draft.text(line) + "\n" for line in code.content) for code in draft.code if code.kind != "inline"],
        spans=[_span(draft, code) for code in draft.code if code.kind == "inline"],
        items=len(draft.items),
    )


def _span(draft: Draft, code: Code) -> str:
    return " ".join(draft.text(line) for line in code.content)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['example']}: {e['section']}")
def test_the_parts_are_those_of_the_html(example: dict[str, Any]) -> None:
    # a paragraph before it, so that no example opens with what a file may have as frontmatter
    draft = parse("x\n\n" + example["markdown"])
    reader = _Reader()
    reader.feed(example["html"])
    assert walk(draft)[1] == []
    if reason := DIFFERENT.get(example["example"]):
        assert _found(draft) != reader.parts, f"no longer different: {reason}"
    else:
        assert _found(draft) == reader.parts


def test_the_examples_are_all_there() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))
