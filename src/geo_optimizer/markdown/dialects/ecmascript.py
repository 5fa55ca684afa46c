"""Where JavaScript and JSX end: one walk with a stack of its own, so that no depth is too deep and no stretch is read twice.

Modes are as in the grammar: code between brackets, template literals, the
inside of a tag, and the children of an element, in which only `{` and `<` are
syntax. Not a parser of JavaScript: it knows strings, comments and regular
expressions well enough to count brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.stretches import Stretches

Mode = Literal["code", "template", "tag", "children"]
_TOKENS: dict[Mode, re.Pattern[str]] = {
    "code": re.compile(r"[\"'`/\\{}()\[\]<]"),
    "template": re.compile(r"\\|`|\$\{"),
    "tag": re.compile(r"[\"'{]|/?>|/\*|<"),
    "children": re.compile(r"[\\{<]"),
}
_CLOSER = {"{": "}", "[": "]", "(": ")"}
_STRINGS = {
    '"': re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"', re.DOTALL),
    "'": re.compile(r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'", re.DOTALL),
}
_REGEX = lazily(r"/(?![*/])(?>(?:[^\\/\[\n]|\\.|\[(?>(?:[^\]\\\n]|\\.)*)\])+)/[a-z]*+")
_LONGEST_REGEX = 1_000  # characters, so that slashes which open none cost little
_NAME = r"[A-Za-z_$][\w.$-]*+(?>(?::[\w-]++)?)"
OPENING_TAG = lazily(rf"<(?P<name>{_NAME}|(?=>))(?=[\s/>{{])")
_CLOSING_TAG = lazily(rf"</[ \t\n]*+(?P<name>{_NAME}|)[ \t\n]*+>")
_VALUE_BEFORE = lazily(r"(?:[\w$)\]}\"'`]|\+\+|--)\Z")  # after these `/` divides and `<` compares
_KEYWORD_BEFORE = lazily(r"(?<![\w$.])(?:return|typeof|case|default|do|else|in|of|void|delete|await|yield|throw|new)\Z")
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # HTML elements without an end; `Link` is a component


class _Frame(NamedTuple):
    mode: Mode
    mark: str  # the closing bracket, or the element's name
    walls: int  # frames of code below it: a closing tag reaches no further


@dataclass(slots=True)
class Scanner:
    """Reads on from an opening to what closes it. `code`: Markdown code, which counts only among the children of an element."""

    text: str
    code: Stretches
    _stack: list[_Frame] = field(default_factory=list)
    _elements: Counter[tuple[int, str]] = field(default_factory=Counter)
    _walls: int = 0

    def close(self, at: int) -> int | None:
        """After the bracket or element that opens at `at`, children included; None if it is never closed."""
        self._reset()
        at = self._bracket(at) if self.text[at] in _CLOSER else self._open_tag(at)
        while self._stack:
            token = _TOKENS[self._stack[-1].mode].search(self.text, at)
            if token is None:
                return None
            at = self._step(self._stack[-1].mode, token)
        return at

    def tag_end(self, at: int) -> int | None:
        """After the tag alone that opens at `at`."""
        self._reset()
        at = self._open_tag(at)
        while self._stack[-1:] and (self._walls or self._stack[-1].mode == "tag"):
            token = _TOKENS[self._stack[-1].mode].search(self.text, at)
            if token is None:
                return None
            at = self._step(self._stack[-1].mode, token)
        return at

    def statement(self, at: int) -> int | None:
        """After the import or export that begins at `at`: it goes on to a blank line outside brackets."""
        self._reset()
        end_of_line = re.compile(r"\n[ \t]*(?=\n|\Z)|\Z|[\"'`/\\{}()\[\]<]")
        while True:
            mode = self._stack[-1].mode if self._stack else None
            token = (_TOKENS[mode] if mode else end_of_line).search(self.text, at)
            if token is None:
                return None
            if mode is None and not token.group().strip():
                return token.start()
            at = self._step(mode or "code", token)

    def _reset(self) -> None:
        self._stack.clear()
        self._elements.clear()
        self._walls = 0

    def _step(self, mode: Mode, token: re.Match[str]) -> int:
        """Where to read on after a token of a mode."""
        match mode:
            case "code":
                return self._in_code(token)
            case "template":
                return self._in_template(token)
            case "tag":
                return self._in_tag(token)
            case "children":
                return self._in_children(token)

    def _push(self, mode: Mode, mark: str) -> None:
        if mode == "code":
            self._walls += 1
        self._stack.append(_Frame(mode, mark, self._walls))
        if mode == "children":
            self._elements[self._walls, mark] += 1

    def _pop(self) -> _Frame:
        frame = self._stack.pop()
        if frame.mode == "code":
            self._walls -= 1
        elif frame.mode == "children":
            self._elements[frame.walls, frame.mark] -= 1
        return frame

    def _bracket(self, at: int) -> int:
        self._push("code", _CLOSER[self.text[at]])
        return at + 1

    def _open_tag(self, at: int) -> int:
        tag = OPENING_TAG.match(self.text, at)
        assert tag is not None
        self._push("tag", tag["name"])
        return tag.end()

    def _in_code(self, token: re.Match[str]) -> int:
        char, at = token.group(), token.start()
        if char == "\\":
            return at + 2
        if char in _STRINGS:
            string = _STRINGS[char].match(self.text, at)
            return string.end() if string else at + 1
        if char == "`":
            self._push("template", "`")
        elif char == "/":
            return self._slash(at)
        elif char == "<":
            return self._open_tag(at) if OPENING_TAG.match(self.text, at) and self._value_may_begin(at) else at + 1
        elif char in _CLOSER:
            return self._bracket(at)
        elif self._stack and char == self._stack[-1].mark:
            self._pop()
        return at + 1

    def _slash(self, at: int) -> int:
        """After a comment, a regular expression, or the sign of a division."""
        if self.text.startswith("//", at):
            end = self.text.find("\n", at)
            return end if end >= 0 else len(self.text)
        if self.text.startswith("/*", at):
            end = self.text.find("*/", at + 2)
            return end + 2 if end >= 0 else len(self.text)
        expression = _REGEX.match(self.text, at, at + _LONGEST_REGEX) if self._value_may_begin(at) else None
        return expression.end() if expression else at + 1

    def _value_may_begin(self, at: int) -> bool:
        while at > 0 and self.text[at - 1] in " \t\n":
            at -= 1
        before = self.text[max(0, at - 12) : at]
        return not _VALUE_BEFORE.search(before) or bool(_KEYWORD_BEFORE.search(before))

    def _in_template(self, token: re.Match[str]) -> int:
        if token.group() == "\\":
            return token.end() + 1
        if token.group() == "`":
            self._pop()
        else:
            self._push("code", "}")
        return token.end()

    def _in_tag(self, token: re.Match[str]) -> int:
        mark, at = token.group(), token.start()
        if mark in _STRINGS:
            end = self.text.find(mark, at + 1)
            return end + 1 if end >= 0 else len(self.text)
        if mark == "/*":
            end = self.text.find("*/", at + 2)
            return end + 2 if end >= 0 else len(self.text)
        if mark == "{":
            return self._bracket(at)
        if mark == "<":
            return at + 1
        frame = self._pop()
        if mark == ">" and frame.mark not in VOID:
            self._push("children", frame.mark)
        return token.end()

    def _in_children(self, token: re.Match[str]) -> int:
        mark, at = token.group(), token.start()
        if not self._walls and (code := self.code.at(at)):  # within an expression nothing is Markdown
            return code.end
        if mark == "\\":
            return at + 2
        if mark == "{":
            return self._bracket(at)
        if mark == "<" and (closing := _CLOSING_TAG.match(self.text, at)):
            self._close_element(closing["name"])
            return closing.end()
        return self._open_tag(at) if mark == "<" and OPENING_TAG.match(self.text, at) else at + 1

    def _close_element(self, name: str) -> None:
        """Close the innermost element of that name, and those left open in it; not across an expression."""
        if not self._elements[self._walls, name]:
            return
        while self._pop().mark != name:
            pass
