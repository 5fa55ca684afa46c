"""What is not Markdown in a Markdown file: found before parsing, never entered.

`mask` returns the body at the same length with every foreign stretch replaced
by a filler character (line ends kept), so that the parser sees neither
headings nor lists in it and every offset stays true. Code wins: what looks
like syntax in it is only shown. Each kind of syntax is looked for in a text in
which those before it are filled already, so that none is found in another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.choice import dialect_of
from geo_optimizer.markdown.dialects.code import find_code
from geo_optimizer.markdown.dialects.directives import find_directives, find_marked_lines, find_text_directives
from geo_optimizer.markdown.dialects.inline import (
    find_attributes,
    find_math,
    find_myst_lines,
    find_myst_roles,
    find_obsidian,
    find_wikilinks,
)
from geo_optimizer.markdown.dialects.mdx import find_loose_jsx, find_mdx
from geo_optimizer.markdown.dialects.stretches import (
    FILLER,
    FILLERS,
    SHOWN,
    OpenTags,
    Stretches,
    Unclosed,
    fill,
    merge,
    readable,
    trimmed,
    unified,
)
from geo_optimizer.markdown.dialects.templates import find_raw_strings, find_templates
from geo_optimizer.model import Dialect, Span

__all__ = ["FILLER", "FILLERS", "SHOWN", "OpenTags", "Unclosed", "dialect_of", "mask", "merge", "unclosed"]

_COMMENT = lazily(r"\{/\*|\{#|\{%-?\s*comment\b|\{\{-?\s*/\*|<%#")  # of MDX, Nunjucks, Liquid, Go, ERB


def mask(body: str, dialect: Dialect) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The body with foreign stretches filled; their spans; the spans of wikilinks (their shown words are left).

    The fillers of a stretch that a reader sees something of (the value of a
    template, a formula, a component) begin with SHOWN; fillers of the body's own are U+FFFD.

    Raises DraftRefused where MDX braces or tags do not balance.
    """
    body = readable(body)
    found = _find(body, dialect)
    foreign = merge(trimmed(body, found.foreign))
    links, hidden = find_wikilinks(found.rest)
    filled = fill(body, merge(_escaped(body, span) for span in (*foreign, *hidden)))
    shown = [_escaped(body, span) for span in merge(trimmed(body, found.shown)) if not _COMMENT.match(body, span.start)]
    return _marked(filled, shown), tuple(foreign), tuple(links)


def _marked(filled: str, shown: Iterable[Span]) -> str:
    out, at = [], 0
    for span in shown:
        out += [filled[at : span.start], SHOWN]
        at = span.start + 1
    return "".join([*out, filled[at:]])


def _escaped(body: str, span: Span) -> Span:
    """With the backslash before it: a filler that is escaped would be read as text."""
    return Span(span.start - 1, span.end) if span.start and body[span.start - 1] == "\\" else span


def unclosed(body: str, dialect: Dialect) -> tuple[Unclosed, ...]:
    """Openings that nothing closes, in order. Raises as `mask` does."""
    return tuple(sorted(_find(readable(body), dialect).unclosed, key=lambda opening: opening.span))


@dataclass(slots=True)
class _Found:
    """`rest`: the text in which code and all that was found so far is filled; `shown`: the stretches in whose place a reader sees something."""

    rest: str
    foreign: list[Span] = field(default_factory=list)
    shown: list[Span] = field(default_factory=list)
    unclosed: list[Unclosed] = field(default_factory=list)

    def add(self, found: Iterable[Span | Unclosed], *, shown: bool = True) -> None:
        spans: list[Span] = []
        for one in found:
            if isinstance(one, Unclosed):
                self.unclosed.append(one)
            else:
                spans.append(one)
        if spans:
            self.foreign += spans
            self.shown += spans if shown else ()
            self.rest = fill(self.rest, merge(spans))


def _find(body: str, dialect: Dialect) -> _Found:
    text = unified(body)
    code = find_code(text, html=dialect != "mdx")
    stretches = Stretches(code.spans)
    found = _Found("", unclosed=list(code.unclosed))
    if dialect == "mdx":
        found.foreign += find_mdx(text, stretches)
        found.shown += found.foreign
        found.rest = fill(text, merge([*code.spans, *found.foreign]))
    else:
        _add_templates(found, text, stretches, code.spans)
    found.add(find_directives(found.rest))
    if dialect == "obsidian":
        found.add(find_obsidian(found.rest), shown=False)
    found.add(find_math(found.rest))
    if dialect == "myst":
        found.add(find_myst_lines(found.rest), shown=False)
        found.add(find_myst_roles(found.rest, code.spans))
    found.add(find_marked_lines(found.rest), shown=False)
    found.add(find_text_directives(found.rest))
    if dialect != "mdx":  # there, a brace that is left is an escaped one
        found.add(find_attributes(found.rest), shown=False)
    return found


def _add_templates(found: _Found, text: str, code: Stretches, spans: list[Span]) -> None:
    """Templates, which run before Markdown does, and what is certainly JSX in the text that they leave."""
    raw = list(find_raw_strings(text, code))
    found.foreign += raw
    found.shown += raw
    found.rest = fill(text, merge([*spans, *raw]))
    found.add(find_templates(found.rest))
    found.add(find_loose_jsx(fill(text, merge(found.foreign)), code))
