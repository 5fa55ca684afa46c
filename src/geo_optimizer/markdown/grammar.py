"""The Markdown grammar: markdown-it's, with the place that each token was read from written on it.

markdown-it says on which lines a block lies, not where on them, and nothing of
inline tokens. Its rules are wrapped: while a rule runs, the parser's state
knows where the containers (quotes, lists) leave off on each line, so what it
found can be noted exactly, without searching the text for it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from geo_optimizer.lazy import lazily

if TYPE_CHECKING:
    from markdown_it.ruler import Rule

AT = "geo_at"  # inline tokens: [start, end) in the inline's content
START = "geo_start"  # the first token of a block, items and footnotes: its first character, in the text
ROWS = "geo_rows"  # the first token of a block without blocks in it: each of its lines (of fenced code: those of the code)
Row = tuple[int, int, int]
"""`[start, end)` of a line in the text, without what belongs to containers, and how many spaces of a cut tab come before."""
InlineRule = Callable[["StateInline", bool], bool]
BlockRule = Callable[[Any, int, int, bool], bool]
T = TypeVar("T")
# A destination as most are; what has brackets, escapes or nothing in it is left to markdown-it.
PLAIN_ADDRESS = lazily(r"[^\x00-\x20\x7f()<\\&]+(?=[ \n)])")
_NORMAL = lazily(r"(?:https?://[a-z0-9]+(?:[.-][a-z0-9]+)+(?=[/#?]|\Z))?[A-Za-z0-9/._#=?&+-]*")
# The characters that a rule can begin with; a rule that is not here is tried everywhere.
_BLOCK_STARTS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
_INLINE_STARTS = {
    "text": "",
    "newline": "",  # left in the text
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
_MARKUP = lazily(f"[{re.escape(''.join(_INLINE_STARTS.values()))}]")
_DELIMITERS = "~*_"  # what begins with them pushes text tokens only, which are paired when all is read
_NEVER_SKIPPED = ("strikethrough", "emphasis", "entity")  # what they read holds no bracket, and no other rule begins in it
_CUT = ("code_block", "fence", "html_block")  # blocks that ask for their lines after their token is there
_PLACED = ("footnote_def", "reference", "table")  # block rules that do not ask for their lines


class _Destination(NamedTuple):
    """What markdown-it's own `parseLinkDestination` returns."""

    pos: int
    str: str
    ok: bool = True


class _Helpers:
    """markdown-it's, with an address of plain characters read at once."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815 - markdown-it's name
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815 - likewise

    @staticmethod
    def parseLinkDestination(string: str, pos: int, maximum: int) -> Any:  # noqa: N802 - likewise
        plain = PLAIN_ADDRESS.match(string, pos, maximum)
        return _Destination(plain.end(), plain.group()) if plain else helpers.parseLinkDestination(string, pos, maximum)


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - markdown-it's signature
        """Every destination: nothing is rendered, and a link left out would be read as words."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """A destination percent-encoded and its host in punycode, which for most is no change at all."""
        return url if _NORMAL.fullmatch(url) else super().normalizeLink(url)


@lru_cache(maxsize=2)
def parser(*, tables: bool = True) -> MarkdownIt:
    """CommonMark with strikethrough and footnotes, and with tables unless it is known that there are none; link definitions as tokens; places on tokens."""
    md = (
        _Markdown("commonmark", {"inline_definitions": True}).enable(["strikethrough", *(["table"] if tables else [])]).use(footnote_plugin)
    )
    for block_rule in md.block.ruler.__rules__:
        if block_rule.name in _PLACED:
            md.block.ruler.at(block_rule.name, _block_placed(block_rule.fn), {"alt": block_rule.alt})
    md.block.ruler.before("lheading", "line", _line)
    md.block.ruler = _BlockRules(md.block.ruler)
    md.inline = _Inline(md.inline)
    md.helpers = _Helpers()  # type: ignore[assignment]  # a module there
    return md


def block_tokens(text: str) -> tuple[list[Token], dict[str, Any]]:
    """The block tokens of a text, and what inline parsing must know of it (link and footnote definitions)."""
    md, tokens, env = parser(tables="|" in text), [], {}  # type: Any, list[Token], dict[str, Any]
    if text:
        state = _State(text, md, env, tokens)
        md.block.tokenize(state, state.line, state.lineMax)
    return tokens, env


def normalized(url: str) -> str:
    """A destination, without escapes and entities, as the parser gives it."""
    return parser().normalizeLink(url)


def inline_tokens(content: str, env: dict[str, Any]) -> list[Token]:
    md, tokens = parser(), []  # type: Any, list[Token]
    md.inline.parse(content, md, env, tokens)
    return tokens


class _State(StateBlock):
    """Where the containers leave off is known to the state while a block is read: noted when a rule asks for its lines, or pushes a token."""

    _asked: tuple[int, list[Row]] | None = None  # by a rule that has not pushed its token yet

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803, FBT001 - markdown-it's signature
        if indent:
            rows = [self._cut(line, indent) for line in range(begin, end)]
        else:
            rows = [(start, stop, 0) for start, stop in zip(self.bMarks[begin:end], self.eMarks[begin:end], strict=True)]
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.type in _CUT and ROWS not in last.meta:
            last.meta[ROWS] = rows
            last.meta[START] = self.start(begin - 1 if last.type == "fence" else begin)
        else:
            self._asked = self.start(begin), rows
        text = "\n".join([" " * spaces + self.src[start:stop] if spaces else self.src[start:stop] for start, stop, spaces in rows])
        return text + "\n" if keepLastLF and rows and rows[-1][1] < len(self.src) else text

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = Token(ttype, tag, nesting, block=True)
        if nesting < 0:
            self.level -= 1
        token.level = self.level
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
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


def _line(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - markdown-it's signature
    """A paragraph of one line: with nothing below it, it is neither underlined nor continued."""
    if silent or (first + 1 < state.lineMax and not state.isEmpty(first + 1)):
        return False
    content = state.getLines(first, first + 1, state.blkIndent, False).strip(MD_TRIM_CHARS)
    state.line = first + 1
    opening = state.push("paragraph_open", "p", 1)
    text = state.push("inline", "", 0)
    state.push("paragraph_close", "p", -1)
    text.content, text.children = content, []
    opening.map, text.map = [first, state.line], [first, state.line]
    return True


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


# ------------------------------------------------------------------ which rules are tried where


def _by_start(rules: Iterable[Rule[T]], starts: dict[str, str]) -> tuple[dict[str, tuple[T, ...]], tuple[T, ...]]:
    """For each character the rules that can begin with it, in their order; and those for every other character."""
    enabled = [rule for rule in rules if rule.enabled]
    chars = "".join(starts[rule.name] for rule in enabled if rule.name in starts)
    at = {char: tuple(rule.fn for rule in enabled if char in starts.get(rule.name, char)) for char in chars}
    return at, tuple(rule.fn for rule in enabled if rule.name not in starts)


class _BlockRules(Ruler[BlockRule]):
    """Chains of one rule, which tries those of the chain that can begin with the first character of a line."""

    def __init__(self, ruler: Ruler[BlockRule]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        names = {"", *(name for rule in self.__rules__ for name in rule.alt)}
        self._chains = {name: [_first_of(rule for rule in self.__rules__ if not name or name in rule.alt)] for name in names}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - markdown-it's names
        return self._chains[chainName]


def _first_of(rules: Iterable[Rule[BlockRule]]) -> BlockRule:
    """The first of the rules that matches, as one rule."""
    at, others = _by_start(rules, _BLOCK_STARTS)

    def first(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start = state.bMarks[line] + state.tShift[line]
        for rule in at.get(state.src[start : start + 1], others):  # noqa: SIM110 - a generator would cost more than the rules
            if rule(state, line, end, silent):
                return True
        return False

    return first


class _Inline(ParserInline):
    """Takes text up to what can begin another rule, and there tries those that can; writes its place on what they push."""

    def __init__(self, inline: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = inline.ruler, inline.ruler2
        rules = self.ruler.__rules__
        self._rules, _ = _by_start(rules, _INLINE_STARTS)
        self._skipped, _ = _by_start((rule for rule in rules if rule.name not in _NEVER_SKIPPED), _INLINE_STARTS)
        self._skipped_end = re.compile(rf"[\]{re.escape(''.join(self._skipped))}]")
        self._delimiters = re.compile(f"[{_DELIMITERS}]")

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        if self._delimiters.search(src):
            for rule in self.ruler2.getRules(""):
                rule(state)
        return tokens

    def tokenize(self, state: StateInline) -> None:
        src, end, tokens, rules = state.src, state.posMax, state.tokens, self._rules
        if state.level >= state.md.options.maxNesting:
            state.append_pending(src[state.pos : end])
            state.pos = end
        while (start := state.pos) < end:
            before = len(tokens)
            for rule in rules.get(src[start], ()):
                if rule(state, False):
                    if len(tokens) > before and src[start] not in _DELIMITERS:
                        token = tokens[before]
                        if token.type == "text":  # that was read before
                            token = tokens[before + 1]
                        token.meta[AT] = (start, state.pos)
                    break
            else:
                mark = _MARKUP.search(src, start + 1, end)
                state.pos = mark.start() if mark else end
                state.append_pending(src[start : state.pos])
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        start = state.pos
        if start in state.cache or state.level >= state.md.options.maxNesting:
            super().skipToken(state)
        elif rules := self._skipped.get(state.src[start]):
            state.level += 1
            if not any(rule(state, True) for rule in rules):
                state.pos += 1
            state.level -= 1
            state.cache[start] = state.pos
        else:
            mark = self._skipped_end.search(state.src, start + 1, state.posMax)
            state.cache[start] = state.pos = mark.start() if mark else state.posMax
