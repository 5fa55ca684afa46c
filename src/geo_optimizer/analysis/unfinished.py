"""What an editor of text left undone: a merge that was not resolved, a code fence that was not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Code, Draft, Span, measured


@cache
def _conflict() -> re.Pattern[str]:
    """Its three marks, in order at line starts; no other begins between them."""
    within = r"(?>(?:(?!<{7}[ \t\r\n]|={7}[ \t]*\r?$|>{7}[ \t\r\n]).*\n)*)"
    return re.compile(rf"^<{{7}}[ \t]\S[^\r\n]*\r?\n{within}={{7}}[ \t]*\r?\n{within}>{{7}}[ \t]\S[^\r\n]*", re.MULTILINE)


@measured
def conflicts(draft: Draft) -> tuple[Span, ...]:
    """Conflicts that a merge left, from mark to mark, in the frontmatter too; not those shown in code."""
    if "<<<<<<< " not in draft.source:
        return ()
    code = ranges(code.span for code in draft.code)
    return tuple(Span(*match.span()) for match in _conflict().finditer(draft.source) if not code.at(match.start()))


_HEADING = lazily(r"#{2,4}[ \t]+[A-Z0-9][^\r\n]*[^\s;{}()]")
_CODE_SIGNS = lazily(r"[{}=;<>$|\\]|::|\(\)|^\s|^[-+*>/]")
_WORDS = 8  # of a line that is prose rather than code or a comment
_AS_TEXT = frozenset(("markdown", "md", "mdx", "text", "txt", "prompt", "plaintext", "diff"))


@measured
def unclosed_fence(draft: Draft) -> Span | None:
    """The line of a fence that is open to the end, where headings and sentences of the article follow in it."""
    last = draft.blocks[-1] if draft.blocks else None
    if last is None or last.kind != "code":
        return None
    code = next((code for code in reversed(draft.code) if code.span.start == last.span.start and code.kind == "fenced"), None)
    if code is None or _is_closed(draft, code) or not _shows_code(code) or not _is_article([draft.text(line) for line in code.content]):
        return None
    start = draft.line_starts[draft.line(code.span.start) - 1]
    return Span(start, start + len(draft.source[start:].splitlines()[0].rstrip()))


def _shows_code(code: Code) -> bool:
    return code.info.split()[:1] not in ([word] for word in _AS_TEXT) and not code.info.startswith("{")


def _is_closed(draft: Draft, code: Code) -> bool:
    lines = draft.text(code.span).rstrip().splitlines()
    fence = re.match(r"`{3,}|~{3,}", lines[0].lstrip())
    return fence is None or (len(lines) > 1 and re.fullmatch(rf"\s*{fence.group()[0]}{{{len(fence.group())},}}", lines[-1]) is not None)


def _is_article(lines: list[str]) -> bool:
    """Whether a heading stands between blank lines, and a sentence below it."""
    at = next(_headings(lines), None)
    return at is not None and any(_is_sentence(line) for line in lines[at + 1 :])


def _headings(lines: list[str]) -> Iterator[int]:
    for n in range(1, len(lines) - 1):
        if lines[n].startswith("##") and not lines[n - 1].strip() and not lines[n + 1].strip() and _HEADING.fullmatch(lines[n].rstrip()):
            yield n


def _is_sentence(line: str) -> bool:
    return line[:1].isupper() and len(line.split()) >= _WORDS and line.rstrip()[-1] in ".:?!" and not _CODE_SIGNS.search(line)
