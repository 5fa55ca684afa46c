"""Template languages that run before or beside Markdown.

Hugo shortcodes, Liquid, Nunjucks, Jinja, Tera (Zola), Markdoc, ERB, and
kramdown's `{::}` extensions. A paired tag is one stretch with all that it
encloses; one without a partner is a stretch alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.stretches import Closers, OpenTags, Paragraphs, Stretches, Unclosed
from geo_optimizer.model import Span

_TAG = lazily(
    r"\{\{[<%]-?[ \t\n]*(?P<shown>/\*)?(?P<hugo_end>/[ \t]*)?(?P<hugo>[\w.][\w./-]*)?"
    r"|\{%[-~+]?[ \t\n]*(?P<markdoc_end>/[ \t]*)?(?P<liquid>[\w-]+)(?P<call>\()?"
    r"|\{\{|\{#(?=[\s-])|<%[=#-]?[ \t\n]*(?P<erb>\w*)"
)
# Liquid and its relatives: what is between these is not read for tags.
_VERBATIM = ("raw", "verbatim", "comment", "highlight", "codeblock")
_VERBATIM_END = lazily(r"\{%-?[ \t\n]*end(?P<name>" + "|".join(_VERBATIM) + r")\b")
# Liquid, Nunjucks and Jinja tags that are nothing without their end.
_PAIRED = frozenset("if unless for case capture tablerow block macro call filter autoescape with asyncEach asyncAll".split()) | {*_VERBATIM}
_ERB_OPEN = frozenset("if unless case for while until begin".split())
_ERB_DO = lazily(r"(?:\bdo\b|\{)[ \t]*+(?>(?:\|[^|\n]*+\|)?)[ \t\n-]*+%>\Z")
_KRAMDOWN = lazily(r"\{::(?P<name>\w++)[^{}\n]*+\}|\{:/(?P<end>\w*+)\}")
_RAW_STRING = lazily(r"\{\{-?[ \t]*\w+[ \t\n]+`[^`]*`[ \t\n]*-?\}\}")  # of Go's templates, over as many paragraphs as it likes
_QUOTED = lazily(r'(?<=[\s=])"(?:[^"\n]*+")?|[>%]\}\}')
_LONGEST_VAIN = 2  # times the text's length that may be read in vain before quotes in shortcodes are words


def find_raw_strings(text: str, code: Stretches) -> Iterator[Span]:
    """Go's `{{name `raw string`}}` in a text in which code is not filled, since its backticks may look like code."""
    for match in _RAW_STRING.finditer(text) if "{" in text and "{{" in text else ():
        if not code.at(match.start()):
            yield Span(*match.span())


def find_templates(text: str) -> Iterator[Span | Unclosed]:
    """Every template tag and pair of a text in which code is filled."""
    brace = "{" in text
    if (brace and ("{{" in text or "{%" in text or "{#" in text)) or "<%" in text:
        yield from _Tags(text).read()
    if brace and "{:" in text:
        yield from _kramdown(text)


class _Tags:
    """One walk over the tags."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closers = Closers(text)
        self.open = OpenTags()
        self.paragraphs = Paragraphs(text)
        self.left = _LONGEST_VAIN * len(text)
        self.verbatim: dict[str, list[int]] = {}
        for end in _VERBATIM_END.finditer(text):
            self.verbatim.setdefault(end["name"], []).append(end.start())

    def read(self) -> Iterator[Span | Unclosed]:
        at = 0
        while tag := _TAG.search(self.text, at):
            end = self._end(tag)
            at = end or tag.start() + 1
            if end is None:
                continue
            span = Span(tag.start(), end)
            yield span
            if whole := self._pair(tag, span):
                yield whole
            if tag["liquid"] in self.verbatim:
                places = self.verbatim[tag["liquid"]]
                n = bisect_left(places, end)
                at = places[n] if n < len(places) else at
        for name, start in self.open.left:
            if name.startswith("liquid ") and name[7:] in _PAIRED:
                yield Unclosed(Span(start, start + 2), f"{{% {name[7:]} %}} tag")

    def _end(self, tag: re.Match[str]) -> int | None:
        """Where a tag ends; None where nothing ends it."""
        start, opening = tag.start(), self.text[tag.start() : tag.start() + 3]
        if opening in ("{{<", "{{%"):
            return self._shortcode_end(tag)
        if opening.startswith("{%"):
            return self.closers.end(tag.end(), "%}")
        if opening.startswith("{#"):
            return self.closers.end(start + 2, "#}")
        if opening.startswith("<%"):
            return self.closers.end(start + 2, "%>")
        end = self.closers.end(start + 2, "}}")
        return end if end is not None and self.paragraphs.same(start, end) else None

    def _shortcode_end(self, tag: re.Match[str]) -> int | None:
        """After a shortcode, whose quoted parameters may hold anything; without its mark it may be an expression."""
        plain = self.closers.end(tag.end(), "%}}", ">}}")
        if plain is None:
            return self.closers.end(tag.start() + 2, "}}")
        for mark in _QUOTED.finditer(self.text, tag.end()) if self.left > 0 else ():
            if not mark.group().startswith('"'):
                return mark.end()
        self.left -= len(self.text) - tag.end()
        return plain

    def _pair(self, tag: re.Match[str], span: Span) -> Span | None:
        """The whole of a pair that this tag closes; a tag that may open one is kept in mind."""
        if tag["shown"]:
            return None
        name, closes = self._name(tag, span)
        start = self.open.close(name) if name and closes else None
        if name and not closes and not self._closes_itself(tag, span):
            self.open.open(name, span.start)
        return Span(start, span.end) if start is not None else None

    def _name(self, tag: re.Match[str], span: Span) -> tuple[str, bool]:
        """What a tag is called, by language, and whether it closes rather than opens; no name where it does neither."""
        liquid = tag["liquid"] or ""
        if tag["hugo"]:
            return f"hugo {tag['hugo']}", bool(tag["hugo_end"])
        if liquid == "end":  # Zola ends its own calls with it, whatever they are called
            return "zola", True
        if liquid:
            closes = bool(tag["markdoc_end"]) or liquid.startswith("end")
            return "zola" if tag["call"] else f"liquid {liquid.removeprefix('end_').removeprefix('end')}", closes
        if tag["erb"] == "end" or (tag["erb"] is not None and self.text.startswith("}", tag.end())):
            return "erb", True
        opens = tag["erb"] is not None and (tag["erb"] in _ERB_OPEN or _ERB_DO.search(span.of(self.text)))
        return ("erb", False) if opens else ("", False)

    def _closes_itself(self, tag: re.Match[str], span: Span) -> bool:
        inside = span.of(self.text).rstrip(">}%-")
        return inside.endswith("/") and bool(tag["hugo"] or tag["liquid"])


def _kramdown(text: str) -> Iterator[Span | Unclosed]:
    """`{::comment} ... {:/comment}`, or `{:/}` for the innermost."""
    opened: list[tuple[str, int]] = []
    for mark in _KRAMDOWN.finditer(text):
        yield Span(*mark.span())
        if mark["name"] and not mark.group().endswith("/}"):
            opened.append((mark["name"], mark.start()))
        elif not mark["name"] and opened and mark["end"] in ("", opened[-1][0]):
            yield Span(opened.pop()[1], mark.end())
    for name, start in opened:
        yield Unclosed(Span(start, start + len(name) + 4), f"{{::{name}}} extension")
