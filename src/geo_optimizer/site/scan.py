"""A light reading of a page: links, headings and words, without the full parse.

A site has many pages and only their gist is needed, so patterns do what the
parser does exactly for the one draft. Nothing is ever written from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from geo_optimizer.analysis.closing import code_spans, components, elements, templates
from geo_optimizer.lazy import lazily

_FENCE = lazily(
    r"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
# Each with its closer: the text behind the last one holds no whole comment, and is not searched.
_COMMENTS = ((re.compile(r"<!--.*?-->", re.DOTALL), "-->"), (re.compile(r"\{/\*.*?\*/\}", re.DOTALL), "*/}"))
_EMBEDDED = lazily(r"<(pre|script|style)\b", re.IGNORECASE)
_MODULE = lazily(r"^(?:import|export)\s.*$", re.MULTILINE)
_INLINE = lazily(
    r"""(?P<image>!?)\[(?P<text>[^\[\]]{0,400}(?:\[[^\[\]]{0,200}\][^\[\]]{0,200}){0,3})\]\([ \t\n]*
    (?:<(?P<angle>[^<>\n]*)>|(?P<href>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*|(?>(?:\{\{[^}\n]*\}\}|\{%[^%\n]*%\})+)[^\s()]*))
    (?:[ \t\n]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t\n]*\)""",
    re.VERBOSE,
)
_REFERENCE = lazily(
    r"(?P<image>!?)\[(?P<text>[^\[\]]{0,300}(?:\[[^\[\]]{0,200}\][^\[\]]{0,200}){0,3})\](?:[ ]?\[(?P<label>[^\[\]\n]*)\])?(?![(:])"
)
_DEFINITION = lazily(r"^ {0,3}\[(?P<label>[^\[\]\n^]+)\]:[ \t]*<?(?P<href>[^\s>]+)>?.*$", re.MULTILINE)
_WIKI = lazily(r"(?P<embed>!?)\[\[(?P<one>[^\[\]\n|]+)(?:\|(?P<two>[^\[\]\n]*))?\]\]")
_ANCHOR = lazily(
    r"""<a\b[^>]*?\bhref=(?:["'](?P<href>[^"'\n]*)["']|\{["'](?P<jsx>[^"'\n]*)["']\})[^>]*>(?P<text>.*?)</a>""", re.DOTALL | re.IGNORECASE
)
_HREF = lazily(r"""\b(?:href|to|url)=(?:["'](?P<href>[^"'\n]*)["']|\{["'](?P<jsx>[^"'\n]*)["']\})""")
_LINK_SIGN = lazily(r"\](?:\(|[ ]?\[)|\[\[|\b(?:href|to|url)=")
_TAG = lazily(r"</?[a-zA-Z][^<>]{0,600}>")
_URL = lazily(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_HEADING = lazily(r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = lazily(r"^(?P<text>[^\s#>|\-*+][^\n]*)\n(?P<marks>=+|-{2,})[ \t]*$", re.MULTILINE)
_HEADING_ID = lazily(r"\s*\{[#.:][^{}]*\}\s*$")
_MARKUP = lazily(r"[*`~]+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")


@dataclass(frozen=True, slots=True)
class Reference:
    """A link as written: destination and shown words (none for a bare `href`). `wiki`: `[[a|b]]`, where either side may be the page."""

    href: str
    text: str
    wiki: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a page's body holds: `headings` as (level, text), `links`, and the words that a reader sees as one text."""

    headings: tuple[tuple[int, str], ...]
    links: tuple[Reference, ...]
    text: str


def scan(body: str) -> Scanned:
    """Read a body (frontmatter taken off, `\\n` line ends)."""
    shown = _without_code(body)
    links = tuple(_links(_without_shown_links(shown)))
    text = _plain(shown)
    return Scanned(tuple(_headings(shown)), links, text)


def links_of(body: str) -> tuple[Reference, ...]:
    """Every link of a body, in whatever syntax."""
    return tuple(_links(_without_shown_links(_without_code(body))))


def _without_code(body: str) -> str:
    if "```" in body or "~~~" in body:
        body = _FENCE.sub("\n", body)
    body = _without_comments(body, lambda _: " ")
    return _replaced(body, elements(body, _EMBEDDED), lambda _: " ")


def _without_shown_links(text: str) -> str:
    """Without the code on a line that shows how a link is written; other code may be the words of one."""
    spans = ((start, end) for start, end in code_spans(text) if _LINK_SIGN.search(text, start, end)) if "`" in text else ()
    return _replaced(text, spans, lambda _: " ")


def _links(shown: str) -> Iterator[Reference]:
    found = [m for m in _INLINE.finditer(shown) if not m["image"]]
    yield from (Reference(m["angle"] or m["href"] or "", bare(m["text"])) for m in found)
    if "[[" in shown:
        yield from (Reference(m["one"], m["two"] or m["one"], wiki=True) for m in _WIKI.finditer(shown) if not m["embed"])
    if "href=" in shown:
        yield from (
            Reference(m["href"] or m["jsx"] or "", bare(_TAG.sub("", m["text"])))
            for m in _ANCHOR.finditer(shown, 0, 4 + max(shown.rfind("</a>"), shown.rfind("</A>")))
        )
    yield from (Reference(m["href"] or m["jsx"] or "", "") for m in _HREF.finditer(shown))
    definitions = {_label(m["label"]): m["href"] for m in _DEFINITION.finditer(shown)}
    if definitions:
        yield from _by_label(shown, definitions)


def _by_label(shown: str, definitions: dict[str, str]) -> Iterator[Reference]:
    for match in _REFERENCE.finditer(shown):
        href = definitions.get(_label(match["label"] or match["text"]))
        if href and not match["image"]:
            yield Reference(href, bare(match["text"]))


def _label(text: str) -> str:
    return " ".join(text.lower().split())


def bare(text: str) -> str:
    """Inline text without its markup, on one line."""
    return " ".join(_MARKUP.sub("", text).split())


def _headings(shown: str) -> Iterator[tuple[int, str]]:
    found = [(m.start(), len(m["marks"]), m["text"]) for m in _HEADING.finditer(shown)]
    found += [(m.start(), 1 if m["marks"][0] == "=" else 2, m["text"]) for m in _UNDERLINED.finditer(shown)]
    for _, level, text in sorted(found):
        words = bare(_TAG.sub("", _INLINE.sub(lambda m: m["text"], _HEADING_ID.sub("", text))))
        if words:
            yield level, words


def _plain(shown: str) -> str:
    text = _MODULE.sub("", shown)
    text = _DEFINITION.sub("", text)
    text = _INLINE.sub(lambda m: f" {m['text']} ", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "{" in text:
        text = _replaced(text, templates(text), lambda _: " ")
    return _URL.sub(" ", text)


# ------------------------------------------------------------------ what an anchor must not touch

_REF_LINK = lazily(r"!?\[[^\[\]]{1,300}\][ ]?\[[^\[\]\n]*\]")
_BRACKETS = lazily(r"\[[^\[\]\n]*\]")
# Elements in which no link belongs: links and code; headings, quotes, tables and what is acted on, as these are in Markdown; components,
# which have a capital among small letters or a hyphen in their names.
_CLOSED = lazily(
    r"<(pre|script|style|code|samp|var|a|h[1-6]|blockquote|table|summary|button|label|select|option|svg|math)(?![\w.-])", re.IGNORECASE
)
_COMPONENT = lazily(r"<((?=[A-Z][A-Z0-9_.]*[a-z])(?>[\w.]+)|(?>[a-z]+-[\w-]+))(?![\w.-])")
_HEAD_LINE = lazily(r"^[ ]{0,3}(?:#{1,6}[ \t]|\[[^\]\n]+\]:).*$", re.MULTILINE)


def _matches(pattern: re.Pattern[str]) -> _Finder:
    return lambda text: (match.span() for match in pattern.finditer(text))


_Finder = Callable[[str], Iterable[tuple[int, int]]]
_UNTOUCHED: tuple[_Finder, ...] = (
    lambda text: elements(text, _CLOSED),
    lambda text: components(text, _COMPONENT),
    code_spans,
    *(_matches(pattern) for pattern in (_INLINE, _REF_LINK, _BRACKETS, _HEAD_LINE, _MODULE)),
    templates,
    *(_matches(pattern) for pattern in (_TAG, _URL)),
)


def _replaced(text: str, spans: Iterable[tuple[int, int]], by: Callable[[str], str]) -> str:
    shown, at = [], 0
    for start, end in spans:
        shown += [text[at:start], by(text[start:end])]
        at = end
    return "".join([*shown, text[at:]])


def _without_comments(text: str, blank: Callable[[str], str]) -> str:
    for pattern, closer in _COMMENTS:
        last = text.rfind(closer) + len(closer)
        text = _replaced(text, (match.span() for match in pattern.finditer(text, 0, last)), blank) if last >= len(closer) else text
    return text


def uncoded(source: str) -> str:
    """The source (`\\n` line ends) at its length, NUL where it may be code or a comment."""
    text = _without_comments(_replaced(source, _matches(_FENCE)(source), _blank), _blank)
    for find in (lambda text: elements(text, _EMBEDDED), code_spans):
        text = _replaced(text, find(text), _blank)
    return text


def masked(source: str) -> str:
    """The source at its length, NUL where it may be code, links, tags, templates, headings or URLs, by pattern alone.

    The second witness beside the parser: where the two readings differ (an
    unbalanced backtick, a tag in prose), another renderer may well agree with
    this one, so no anchor is put there.
    """
    text = source.replace("\r\n", " \n").replace("\r", "\n")
    text = _without_comments(_replaced(text, _matches(_FENCE)(text), _blank), _blank)
    for find in _UNTOUCHED:
        text = _replaced(text, find(text), _blank)
    return text


def _blank(text: str) -> str:
    return "\n".join("\0" * len(line) for line in text.split("\n"))
