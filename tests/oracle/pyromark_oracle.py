"""Headings, links, images, code and list items as another parser finds them: pulldown-cmark, by way of pyromark.

    python tests/oracle/pyromark_oracle.py FOLDER

Both see the same text: the body without frontmatter, with foreign syntax
(templates, JSX, directives, wikilinks) filled as our own parser has it filled.
So this says nothing about what is filled, only about what is Markdown. Ends
are compared without blank space and quote marks after them: pulldown-cmark
counts the blank lines after an item to it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyromark

from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.dialects import mask
from geo_optimizer.model import Draft, Span

Part = tuple[str, int, int]
"""A kind and the first and last character of a part, in the source."""
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES

_KINDS = {"Link": "link", "Image": "image", "Code": "code span", "Item": "item"}


@dataclass(slots=True)
class Agreement:
    """Of each kind how many parts both found in the same place; each class of difference: how often, and an example of it."""

    same: Counter[str] = field(default_factory=Counter)
    different: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    files: int = 0

    def differ(self, name: str, example: str) -> None:
        self.different[name] += 1
        self.examples.setdefault(name, example)


def ours(draft: Draft) -> Iterator[Part]:
    """The parts of a draft, in the terms of the comparison."""
    for heading in draft.headings:
        yield f"heading {heading.level}", heading.span.start, heading.span.end
    for link in draft.links:
        yield "image" if link.image else "link", link.span.start, link.span.end
    for code in draft.code:
        yield "code span" if code.kind == "inline" else f"{code.kind} code", code.span.start, code.span.end
    for item in draft.items:
        yield "item", item.span.start, item.span.end


def theirs(text: str, base: int) -> Iterator[Part]:
    """The parts of a text that begins at `base` of the source, as pulldown-cmark finds them."""
    place = {at: n for n, at in enumerate(accumulate((len(char.encode()) for char in text), initial=0))}
    for event, reach in pyromark.events_with_range(text, options=_OPTIONS):
        kind = _kind(event)
        if kind:
            start, end = place[reach["start"]], place[reach["end"]]
            if kind == "item":  # it begins with its indent, or with the line end before that
                start += len(text[start:end]) - len(text[start:end].lstrip())
            yield kind, base + start, base + end


def _kind(event: Any) -> str | None:
    """The kind of the part that an event opens, if it is one that is compared."""
    opened = event.get("Start", event) if isinstance(event, dict) else event
    name, given = next(iter(opened.items())) if isinstance(opened, dict) else (str(opened), None)
    if name == "Heading" and given:
        return f"heading {given['level'][1]}"
    if name == "CodeBlock":
        return "indented code" if given == "Indented" else "fenced code"
    return _KINDS.get(name)


def compare(draft: Draft, agreement: Agreement) -> None:
    """Add a draft's parts to what is agreed on and what is not."""
    masked = mask(draft.text(draft.body), draft.dialect)[0]
    theirs_by_start = {(kind, start): end for kind, start, end in theirs(masked, draft.body.start)}
    agreement.files += 1
    for kind, start, end in ours(draft):
        other = theirs_by_start.pop((kind, start), None)
        name = kind.split(" ")[0] if kind.startswith("heading") else kind
        if other is None:
            agreement.differ(f"{name}: only we have it", _shown(draft, start, end))
        elif _end(draft, start, end) == _end(draft, start, other):
            agreement.same[name] += 1
        else:
            agreement.differ(f"{name}: {_why(draft, start, end, other)}", _shown(draft, start, max(end, other)))
    images = [link.span for link in draft.links if link.image]
    for (kind, start), end in theirs_by_start.items():
        name = kind.split(" ")[0] if kind.startswith("heading") else kind
        where = " in the text of an image" if any(image.start < start and end <= image.end for image in images) else ""
        agreement.differ(f"{name}: only they have it{where}", _shown(draft, start, end))


def _end(draft: Draft, start: int, end: int) -> int:
    return start + len(draft.source[start:end].rstrip(" \t\r\n>"))


def _why(draft: Draft, start: int, end: int, other: int) -> str:
    if draft.source[other:end] == "[]":
        return "they leave out the brackets of [x][]"
    return "they end it before we do" if other < end else "they end it after we do"


def _shown(draft: Draft, start: int, end: int) -> str:
    return f"{draft.path}:{draft.line(start)}: {draft.text(Span(start, min(end, start + 120)))!r}"


def main(folder: Path) -> None:
    """Compare every Markdown file below a folder."""
    agreement = Agreement()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".mdx", ".markdown") and p.is_file()):
        try:
            draft = parse(path.read_bytes().decode("utf-8"), str(path))
        except (DraftRefused, UnicodeDecodeError):
            continue
        compare(draft, agreement)
    print(f"{agreement.files} files; the same in both: {sum(agreement.same.values())}, different: {sum(agreement.different.values())}")
    print("  ".join(f"{kind} {count}" for kind, count in sorted(agreement.same.items())))
    for name, count in agreement.different.most_common():
        print(f"{count:7} {name}\n        {agreement.examples[name]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
