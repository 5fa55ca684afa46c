"""MDX: imports and exports, JSX elements with their children, expressions and comments in braces.

After the MDX 2 and 3 syntax (mdxjs.com/docs/what-is-mdx): an element is one
stretch, although what is in it may be Markdown, since nothing may be put into
an element whose component is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.errors import DraftRefused
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.ecmascript import OPENING_TAG, Scanner
from geo_optimizer.markdown.dialects.stretches import BLANK_LINE, Stretches
from geo_optimizer.model import Span

# What an import or export looks like, so that a paragraph which begins with the word is not taken for one.
_STATEMENT = (
    r"(?:import[ \t]*(?:[\"'{*]|(?:type[ \t]+)?[\w$]+[ \t\n]*(?:,|from\b))"
    r"|export[ \t]*(?:[{*]|(?:default|const|let|var|function|class|async|type|interface|enum)\b))"
)
_ESM = lazily(_STATEMENT)
_MARK = lazily(rf"\\|\{{|<(?=[A-Za-z_$>])|^(?={_STATEMENT})", re.MULTILINE)
_NAMED = r"(?:\{[^{}\"'`;]{0,4000}\}|\*[ \t]+as[ \t]+[\w$]+)"
# What may stand before the first import of a file that is MDX by its content: blank lines, comments, a title.
_ESM_FIRST = lazily(
    r"(?>(?:[ \t]*\n|<!--(?:(?!-->)[^\n]){0,400}-->[ \t]*\n|#[ \t][^\n]*\n)*)"
    rf"(?:import[ \t]+(?:(?:type[ \t]+)?(?:[\w$]+(?:[ \t]*,[ \t]*{_NAMED})?|{_NAMED})[ \t\n]+from[ \t]*)?(?P<quote>[\"'])[^\"'\n]+(?P=quote)"
    r"|export[ \t]+(?:(?:const|let|var)[ \t]+[\w$]+[ \t]*=|default[ \t]|function[ \t]))"
)
_LIKE_A_STATEMENT = lazily(r"^(?:import|export)[ \t{]", re.MULTILINE)
_BRACED_TAG = lazily(r"<[A-Za-z][\w.-]*\s[^<>{}]*\{")
_ATTRIBUTES = lazily(r"[^<>{}]*(?:(?P<brace>\{)|>)")
_LONGEST_VAIN = 2  # times the text's length that may be read in vain before the rest is left as words


def looks_like_mdx(text: str) -> bool:
    """Whether an import or export is the first thing that is said."""
    return _ESM_FIRST.match(text) is not None


def find_mdx(text: str, code: Stretches) -> Iterator[Span]:
    """The MDX syntax of a text. Raises DraftRefused where braces or tags do not balance."""
    yield from _Mdx(text, code).read()


def find_loose_jsx(text: str, code: Stretches) -> Iterator[Span]:
    """What is certainly JSX in a text that is no MDX as a whole, as far as it balances."""
    if looks_like_mdx(text) or ("{" in text and ("={" in text or "{/*" in text)) or _has_statement(text):
        yield from _Loose(text, code).read()


def _has_statement(text: str) -> bool:
    """Whether a line begins as an import or export would; most texts have no such word at the start of a line."""
    begins = text.startswith(("import", "export")) or "\nimport" in text or "\nexport" in text
    return begins and _LIKE_A_STATEMENT.search(text) is not None


class _Mdx:
    """One walk over what may open something."""

    def __init__(self, text: str, code: Stretches) -> None:
        self.text = text
        self.code = code
        self.scanner = Scanner(text, code)
        self.fresh = 0  # where a statement may begin although no blank line comes before

    def read(self) -> Iterator[Span]:
        at = 0
        while mark := _MARK.search(self.text, at):
            start = mark.start()
            if covered := self.code.at(start):
                at = max(covered.end, start + 1)
                continue
            at = mark.end() + (mark.group() == "\\") + (not mark.group())
            if (end := self._end(mark)) is not None:
                yield Span(start, end)
                at = max(end, start + 1)

    def _end(self, mark: re.Match[str]) -> int | None:
        start = mark.start()
        if mark.group() == "{":
            return self._closed(self.scanner.close(start), start, "{")
        if mark.group() == "<":
            return self._element(start)
        if mark.group() or not self._is_fresh(start):
            return None
        self.fresh = self._closed(self.scanner.statement(start), start, self.text[start : start + 6])
        return self.fresh

    def _is_fresh(self, start: int) -> bool:
        """Whether a paragraph begins here, or only a comment or another element ended on the line before."""
        before = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        return start == 0 or self.fresh in (start, start - 1) or not self.text[before:start].strip()

    def _element(self, start: int) -> int | None:
        """After an element. HTML that would be none without being JSX is left to Markdown."""
        tag = OPENING_TAG.match(self.text, start)
        if tag is None:
            return None
        if _is_component(tag["name"]):
            return self._closed(self.scanner.close(start), start, f"<{tag['name']}>")
        attributes = _ATTRIBUTES.match(self.text, tag.end())
        if attributes is None or not (attributes["brace"] or BLANK_LINE.search(attributes.group())):
            return None
        return self._closed(self.scanner.close(start), start, f"<{tag['name']}>")

    def _closed(self, end: int | None, start: int, what: str) -> int:
        if end is None:
            line = 1 + self.text.count("\n", 0, start)
            hint = "close it, or write \\{ and &lt; for signs that are text; --dialect markdown reads a draft that is not MDX"
            raise DraftRefused("unbalanced-mdx", f"{what} is never closed", hint=hint, line=line)
        return end


class _Loose(_Mdx):
    """Imports and exports, comments in braces, and elements with braces in their tags; what does not balance is words."""

    def __init__(self, text: str, code: Stretches) -> None:
        super().__init__(text, code)
        self.left = _LONGEST_VAIN * len(text)
        self.opening = OPENING_TAG if looks_like_mdx(text) else _BRACED_TAG

    def _end(self, mark: re.Match[str]) -> int | None:
        start = mark.start()
        if mark.group() == "{" and not self.text.startswith("{/*", start):
            return None
        if mark.group() == "<" and not self.opening.match(self.text, start):
            return None
        return super()._end(mark) if self.left > 0 else None

    def _closed(self, end: int | None, start: int, what: str) -> int:
        if end is None:
            self.left -= len(self.text) - start
            return self.scanner.tag_end(start) or start if what.startswith("<") else start
        return end


def _is_component(name: str) -> bool:
    """Capitalised, a member (`motion.div`), or a fragment: no HTML element."""
    return not name or name[0].isupper() or "." in name
