"""What a place may lie inside of without a parser telling: openings that nothing closes, and comments that stand in pairs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from geo_optimizer.markdown.dialects import OpenTags, Unclosed, unclosed
from geo_optimizer.model import Block, Draft, Span, measured

# ------------------------------------------------------------------ openings that nothing closes

# Elements whose end tag HTML requires, and that hold blocks: one that is left open holds all that follows (html.spec.whatwg.org, 13.1.2.4).
_ELEMENTS = frozenset(
    """address article aside blockquote center details dialog div dl fieldset figcaption figure footer form header main menu nav ol
    search section summary table template ul""".split()
)
_VERBATIM = frozenset(("script", "style", "textarea"))  # what they hold is not read for tags
_TAG = re.compile(r"<!--|(?<!\\)<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?=[\s/>])[^<>]*?(?P<self>/?)>", re.IGNORECASE)
# Directives that nothing closes, and that are meant so: the last line of a draft, or options indented below (mkdocs-click).
_LEAF = re.compile(r":{3,}[ \t]*[\w-]+[ \t]*(?:\[[^\]\r\n]*\])?(?:\{[^}\r\n]*\})?[ \t]*(?:\s*\Z|(?:\r\n|\r|\n)(?: {4}|\t)[ \t]*\S)")


@measured
def openings(draft: Draft) -> tuple[Unclosed, ...]:
    """The openings to which all that follows them belongs, in order: fences, directives, templates, formulas, HTML elements."""
    start = draft.body.start
    found = [
        Unclosed(Span(start + one.span.start, start + one.span.end), one.what) for one in unclosed(draft.text(draft.body), draft.dialect)
    ]
    found = [one for one in found if not _LEAF.match(draft.source, one.span.start) and not _ends_with_its_block(draft, one)]
    return tuple(sorted([*found, *_open_elements(draft)], key=lambda one: one.span))


def _ends_with_its_block(draft: Draft, opening: Unclosed) -> bool:
    """Whether it stands in a list or quote, which ends it; templates and comments run on, since they are read before Markdown is."""
    n = bisect_right(draft.blocks, opening.span.start, key=lambda b: b.span.start) - 1
    return n >= 0 and draft.blocks[n].kind in ("list", "quote", "footnote") and draft.source[opening.span.start] not in "{%<"


def _open_elements(draft: Draft) -> Iterator[Unclosed]:
    """HTML elements that are never closed. What is opened in a list, quote or table ends with it; closing tags count wherever they stand."""
    outer = OpenTags()
    for block in draft.blocks:
        if block.kind in ("comment", "code"):
            continue
        inner = outer if block.kind in ("html", "paragraph") else OpenTags()
        for tag in _tags(draft, block):
            name = tag["name"].lower()
            if not tag["close"]:
                inner.open(name, tag.start())
            elif inner.close(name) is None:
                outer.close(name)
    for name, at in outer.left:
        yield Unclosed(Span(at, at + 1 + len(name)), f"<{name}> element")


def _tags(draft: Draft, block: Block) -> Iterator[re.Match[str]]:
    at, end = block.span.start, block.span.end
    while tag := _TAG.search(draft.source, at, end):
        at = tag.end()
        name = (tag["name"] or "").lower()
        if (not name or name in _VERBATIM) and not tag["close"]:
            closing = draft.source.find(f"</{name}" if name else "-->", at, end)
            at = closing if closing >= 0 else end
        elif name in _ELEMENTS and not tag["self"] and not _in_code(draft, tag.start()):
            yield tag


def _in_code(draft: Draft, at: int) -> bool:
    n = bisect_right(draft.code, at, key=lambda code: code.span.start) - 1
    return n >= 0 and at < draft.code[n].span.end


# ------------------------------------------------------------------ comments in pairs

_COMMENT = re.compile(r"(?:<!--|\{/\*|^\[//\]: # [(\"'])[\s#\[-]*(?P<words>[^\s>](?:(?!--+>|\*/)[^\r\n]){0,200})", re.MULTILINE)
_NAME = re.compile(r"/?[\w:.-]*\w")
_WORD = re.compile(r"[^\W_]+")
_OPENS = frozenset(("start", "begin", "open", "region", "off", "disable", "no"))
_CLOSES = frozenset(("end", "stop", "close", "finish", "endregion", "tocstop", "on", "enable", "yes"))
_SWITCHES = frozenset(("off", "on", "disable", "enable", "no", "yes", "ignore"))  # of linters and formatters
_ONE_LINE = frozenset(("next", "line", "file"))  # `disable-next-line`: nothing closes it


@dataclass(frozen=True, slots=True)
class Pair:
    """The blocks with an opening and its closing comment. `switch`: of a linter or formatter, which only looks away from what is between."""

    first: int
    last: int
    switch: bool = False

    def holds(self, place: int) -> bool:
        """Whether what stands before block `place` would stand between the two."""
        return self.first < place <= self.last


@measured
def pairs(draft: Draft) -> tuple[Pair, ...]:
    """Blocks between comments that belong together: `ANCHOR: x` and `ANCHOR_END: x`, `wp:quote` and `/wp:quote`, `vale off` and `vale on`."""
    found = _Pairs()
    if "<!--" in draft.source or "{/*" in draft.source or "[//]:" in draft.source:
        for i, block in enumerate(draft.blocks):
            if block.kind in ("comment", "html", "paragraph", "opaque", "definition"):
                for mark in _COMMENT.finditer(draft.source, block.span.start, block.span.end):
                    if not _in_code(draft, mark.start()):
                        found.read(i, mark["words"])
    return tuple(found.found)


class _Pairs:
    """One walk over the comments; each is kept under all that may close it."""

    def __init__(self) -> None:
        self.found: list[Pair] = []
        self._opened: dict[tuple[str, ...], list[tuple[int, int, bool]]] = {}  # number, block, whether it is a switch
        self._closed: set[int] = set()
        self._count = 0

    def read(self, block: int, words: str) -> None:
        name = _NAME.match(words)
        if name and name.group().startswith("/"):
            self._close(block, ("/", name.group()[1:].casefold()))
            return
        said, role, switch = _role(words)
        if role == "closes":
            _ = self._close(block, ("=", *said)) or self._close(block, ("~", *said[:1]))
            return
        keys = [("=", *said)]
        if name:
            keys.append(("/", name.group().casefold()))
        if role == "opens":
            keys += [("~", *said[:1])] if switch else [("~", *said[:1]), ("~",)]
        self._count += 1
        for key in keys:
            self._opened.setdefault(key, []).append((self._count, block, switch))

    def _close(self, block: int, key: tuple[str, ...]) -> bool:
        opened = self._opened.get(key, [])
        while opened:
            number, first, switch = opened.pop()
            if number not in self._closed:
                self._closed.add(number)
                if first < block:
                    self.found.append(Pair(first, block, switch))
                return True
        return False


def _role(words: str) -> tuple[tuple[str, ...], str, bool]:
    """What a comment names, whether it opens or closes it (by its first or last word), and whether it is a linter's switch."""
    parts = [[w.casefold() for w in _WORD.findall(word)] for word in words.split()]
    parts = [part for part in parts if part]
    ends = {*parts[0], *parts[-1]} if parts else set()
    tokens = [word for part in parts for word in part]
    if "line" in ends and ends & _ONE_LINE:
        return tuple(tokens), "", False
    role = "closes" if ends & _CLOSES else "opens" if ends & _OPENS else ""
    said = ["toc" if word == "tocstop" else word for word in tokens if not role or word not in ((_OPENS | _CLOSES) & ends) - {"tocstop"}]
    return tuple(said), role, bool(ends & _SWITCHES and role)
