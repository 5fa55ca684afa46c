"""The text that stands inside shortcodes, components and directives: the page shows it, though the draft is never written into there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown import parse
from geo_optimizer.model import Draft, Span, measured

# A pair of tags around text: Hugo's `{{< box >}}`, Liquid's `{% note %}`, a JSX component, a directive's fence.
_PAIRS = lazily(
    r"\s*(?:\{\{[<%]\s*(?P<hugo>[\w./-]+)[^{}]*?[>%]\}\}(?P<in_hugo>.+)\{\{[<%]\s*/\s*(?P=hugo)\s*[>%]\}\}"
    r"|\{%-?\s*(?P<liquid>\w+)[^{}%]*-?%\}(?P<in_liquid>.+)\{%-?\s*end(?P=liquid)\s*-?%\}"
    r"|<(?P<jsx>[A-Z][\w.]*)\b[^<>]*>(?P<in_jsx>.+)</(?P=jsx)\s*>"
    r"|(?P<fence>:{3,})\s*\{?(?P<directive>[a-zA-Z][\w-]*)[^\n]*\n(?P<in_directive>.+)\n\s*(?P=fence)[ \t]*)\s*",
    re.DOTALL,
)
# What stands inside these is no prose.
_NO_PROSE = frozenset(
    """highlight code mermaid math katex latex raw verbatim comment chart plantuml gist style script svg prism diagram graphviz csv table datatable
    literalinclude include toctree""".split()
)
_TAG = lazily(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}|</?[A-Z][\w.]*(?:\s[^<>]*)?/?>|^[ \t]*:{3,}[^\n]*$", re.DOTALL | re.MULTILINE)
_INK = lazily(r"[^\s]")


@measured
def enclosed_view(draft: Draft) -> Draft | None:
    """The draft with the texts inside its shortcodes, components and directives in place of its prose; None where it has none.

    Spans are those of the one source, so that what is measured on the view is
    true of the draft.
    """
    inner = list(_inner(draft))
    if not inner:
        return None
    view = parse(_masked(draft.source, inner), draft.path, dialect="markdown", language=draft.language)
    return (
        replace(view, source=draft.source, frontmatter=draft.frontmatter, line_starts=draft.line_starts, facts={})
        if view.sentences
        else None
    )


def _inner(draft: Draft) -> Iterator[Span]:
    for block in draft.blocks:
        if block.kind != "opaque" or any(part.span.overlaps(block.span) for part in draft.generated):
            continue
        match = _PAIRS.fullmatch(draft.source, block.span.start, block.span.end)
        if match and not _names(match) & _NO_PROSE:
            group = next(name for name in ("in_hugo", "in_liquid", "in_jsx", "in_directive") if match[name] is not None)
            yield Span(match.start(group), match.end(group))


def _names(match: re.Match[str]) -> set[str]:
    return {match[group].lower() for group in ("hugo", "liquid", "jsx", "directive") if match[group]}


def _masked(source: str, inner: list[Span]) -> str:
    """`source` at its length, with blanks for all but what stands inside, and for the tags there."""
    shown, at = [], 0
    for span in inner:
        shown += [_blank(source[at : span.start]), _TAG.sub(lambda tag: _blank(tag.group()), source[span.start : span.end])]
        at = span.end
    return "".join([*shown, _blank(source[at:])])


def _blank(text: str) -> str:
    """As many blanks; a line end as the last, or what follows would be indented, which makes it code."""
    return _INK.sub(" ", text)[:-1] + ("\r" if text.endswith("\r") else "\n") if text else ""
