"""U: comments to this tool that do nothing, or not what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from geo_optimizer.errors import nearest
from geo_optimizer.model import Draft, Edit, Fix, Span
from geo_optimizer.rules.rule import Evidence, Hit, rule
from geo_optimizer.rules.suppression import ACTIONS, Suppression, unused

_CRAFT = Evidence("craft", "linters report suppressions that suppress nothing (ruff RUF100): they would hide the next finding")


@rule("U001", "warning", _CRAFT)
def unused_suppression(draft: Draft, comments: Iterable[Suppression], ran: Callable[[str], bool]) -> Iterator[Hit]:
    """A suppression comment silences nothing.

    Why: what it was for is mended; left in place it would silently hide the
    next finding of that kind. A code counts only if its rule was run.

    Fires on:

        # Prices

        <!-- geo-optimizer-disable-next-line L001 -->
        Prices rose by a tenth.

    Silent on:

        # Prices

        <!-- geo-optimizer-disable-next-line L001 -- the name of a shop -->
        Prices at [Here](/shops/here/) rose by a tenth.
    """
    for comment, codes in unused(comments):
        named = [code for code in codes if ran(code)]
        if named and len(named) == len(comment.words):
            yield Hit(
                comment.span, f"this comment silences nothing: there is no finding of {', '.join(named)}", _without(draft, comment.span)
            )
        elif named:
            yield Hit(comment.span, f"there is no finding of {', '.join(named)} to silence")
        elif not codes and ran(""):
            yield Hit(comment.span, "this comment silences nothing", _without(draft, comment.span))


@rule("U002", "warning", _CRAFT)
def unknown_suppression(draft: Draft, comments: Iterable[Suppression], known: Callable[[str], bool]) -> Iterator[Hit]:  # noqa: ARG001
    """A comment to this tool names a rule that does not exist, or asks for what there is not.

    Why: it silences nothing, or not what its author thinks.

    Fires on:

        # Prices

        <!-- geo-optimizer-disable-next-line L999 -->
        Prices rose by a tenth.

    Fires on:

        # Prices

        <!-- geo-optimizer-disable-nextline L001 -->
        Prices rose by a tenth.

    Silent on:

        # Prices

        <!-- geo-optimizer-disable-file L002 -->
        Prices rose by a tenth.
    """
    for comment in comments:
        if comment.action not in ACTIONS:
            near = nearest(re.sub(r"^geo-optimizer?-", "", comment.action.lower()), ACTIONS)
            meant = f"; did you mean geo-optimizer-{near}?" if near else ""
            yield Hit(comment.span, f"“{comment.action}” asks for nothing{meant}")
        elif words := [word for word in comment.words if not known(word)]:
            yield Hit(comment.span, f"no rule is called {', '.join(words)}; `geo-optimize rule` lists them")


def _without(draft: Draft, span: Span) -> Fix | None:
    """Its removal, with its line where nothing else stands there; none where it keeps apart what stands above and below it."""
    starts, line = draft.line_starts, draft.line(span.start)
    start, end = starts[line - 1], starts[line] if line < len(starts) else len(draft.source)
    above = draft.source[starts[line - 2] : start] if line > 1 else ""
    below = draft.source[end : starts[line + 1] if line + 1 < len(starts) else len(draft.source)]
    if draft.source[start:end].strip() != draft.text(span) or (above.strip() and below.strip()):
        return None
    return Fix(Edit(Span(start, end), "", "fix"), "remove the comment", safe=True)
