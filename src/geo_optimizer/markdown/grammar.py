"""The Markdown grammar: markdown-it's, with the place that each token was read from written on it.

markdown-it says on which lines a block lies, not where on them, and nothing of
inline tokens. Its rules are wrapped: while a rule runs, the parser's state
knows where the containers (quotes, lists) leave off on each line, so what it
found can be noted exactly, without searching the text for it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

AT = "geo_at"  # inline tokens: [start, end) in the inline's content
START = "geo_start"  # the first token of a block, items and footnotes: its first character, in the text
ROWS = "geo_rows"  # the first token of a block without blocks in it: each of its lines (of fenced code: those of the code)
Row = tuple[int, int, int]
"""`[start, end)` of a line in the text, without what belongs to containers, and how many spaces of a cut tab come before."""
InlineRule = Callable[["StateInline", bool], bool]
BlockRule = Callable[[Any, int, int, bool], bool]
_NORMAL = re.compile(r"(?:https?://[a-z0-9]+(?:[.-][a-z0-9]+)+(?=[/#?]|\Z))?[A-Za-z0-9/._#=?&+-]*")
_WORDS_ONLY = ("text", "emphasis", "strikethrough")  # inline rules that push text tokens only
_CUT = ("code_block", "fence", "html_block")  # blocks that ask for their lines after their token is there
_PLACED = ("footnote_def", "reference", "table")  # block rules that do not ask for their lines


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - markdown-it's signature
        """Every destination: nothing is rendered, and a link left out would be read as words."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """A destination percent-encoded and its host in punycode, which for most is no change at all."""
        return url if _NORMAL.fullmatch(url) else super().normalizeLink(url)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes; link definitions as tokens; places on tokens."""
    md = _Markdown("commonmark", {"inline_definitions": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    for rule in md.inline.ruler.__rules__:
        if rule.name not in _WORDS_ONLY:
            md.inline.ruler.at(rule.name, _inline_placed(rule.fn), {"alt": rule.alt})
    for block_rule in md.block.ruler.__rules__:
        if block_rule.name in _PLACED:
            md.block.ruler.at(block_rule.name, _block_placed(block_rule.fn), {"alt": block_rule.alt})
    return md


def block_tokens(text: str) -> tuple[list[Token], dict[str, Any]]:
    """The block tokens of a text, and what inline parsing must know of it (link and footnote definitions)."""
    md, tokens, env = parser(), [], {}  # type: Any, list[Token], dict[str, Any]
    if text:
        state = _State(text, md, env, tokens)
        md.block.tokenize(state, state.line, state.lineMax)
    return tokens, env


def inline_tokens(content: str, env: dict[str, Any]) -> list[Token]:
    md, tokens = parser(), []  # type: Any, list[Token]
    md.inline.parse(content, md, env, tokens)
    return tokens


class _State(StateBlock):
    """Where the containers leave off is known to the state while a block is read: noted when a rule asks for its lines, or pushes a token."""

    _asked: tuple[int, list[Row]] | None = None  # by a rule that has not pushed its token yet

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803, FBT001 - markdown-it's signature
        rows = [self._cut(line, indent) for line in range(begin, end)]
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.type in _CUT and ROWS not in last.meta:
            last.meta[ROWS] = rows
            last.meta[START] = self.start(begin - 1 if last.type == "fence" else begin)
        else:
            self._asked = self.start(begin), rows
        text = "\n".join([" " * spaces + self.src[start:stop] for start, stop, spaces in rows])
        return text + "\n" if keepLastLF and rows and rows[-1][1] < len(self.src) else text

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype in ("paragraph_open", "heading_open"):
            asked, self._asked = self._asked, None
            token.meta[START], token.meta[ROWS] = asked or self._line(self.line - 1)
        elif ttype == "hr":
            token.meta[START], token.meta[ROWS] = self._line(self.line - 1)
        elif ttype == "list_item_open":  # before the list rule moves the line's start behind the marker
            token.meta[START] = self.start(self.line)
        return token

    def start(self, line: int) -> int:
        return self.bMarks[line] + self.tShift[line]

    def _line(self, line: int) -> tuple[int, list[Row]]:
        return self.start(line), [(self.start(line), self.eMarks[line], 0)]

    def _cut(self, line: int, indent: int) -> Row:
        """A line without `indent` columns of its indentation, which may be container marks; tabs go to the next multiple of four."""
        start, end = self.bMarks[line], self.eMarks[line]
        if not indent:
            return start, end, 0
        first, column, shift, before = start, 0, self.tShift[line], self.bsCount[line]
        while first < end and column < indent:
            char = self.src[first]
            if char == "\t":
                column += 4 - (column + before) % 4
            elif char == " " or first - start < shift:
                column += 1
            else:
                break
            first += 1
        return first, end, max(0, column - indent)


def _inline_placed(rule: InlineRule) -> InlineRule:
    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[before:]:
                if token.type != "text" and AT not in token.meta:
                    token.meta[AT] = (start, state.pos)
        return matched

    return placed


def _block_placed(rule: BlockRule) -> BlockRule:
    def placed(state: _State, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        before = len(state.tokens)
        matched = rule(state, first, last, silent)
        if matched and not silent:
            token = state.tokens[before]
            token.meta[START] = state.start(first)
            if token.type != "footnote_reference_open":
                token.meta[ROWS] = [(state.start(line), state.eMarks[line], 0) for line in range(first, state.line)]
        return matched

    return placed
