"""U: comments to this tool that do nothing, or not what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from geo_optimizer.model import Draft, Edit, Fix, Span
from geo_optimizer.rules.rule import Evidence, Hit, rule
from geo_optimizer.rules.suppression import Suppression, unused

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
        if named and len(named) == len(comment.codes):
            yield Hit(
                comment.span, f"this comment silences nothing: there is no finding of {', '.join(named)}", _without(draft, comment.span)
            )
        elif named:
            yield Hit(comment.span, f"there is no finding of {', '.join(named)} to silence")
        elif not codes and ran(""):
            yield Hit(comment.span, "this comment silences nothing", _without(draft, comment.span))


@rule("U002", "warning", _CRAFT)
def unknown_suppression(draft: Draft, comments: Iterable[Suppression], known: Callable[[str], bool]) -> Iterator[Hit]:  # noqa: ARG001
    """A suppression comment names a rule that does not exist.

    Why: it silences nothing, and the author thinks it does.

    Fires on:

        # Prices

        <!-- geo-optimizer-disable-next-line L999 -->
        Prices rose by a tenth.

    Silent on:

        # Prices

        <!-- geo-optimizer-disable-file L002 -->
        Prices rose by a tenth.
    """
    for comment in comments:
        if names := [code for code in comment.codes if not known(code)]:
            yield Hit(comment.span, f"no rule is called {', '.join(names)}; `geo-optimize rule` lists them")


def _without(draft: Draft, span: Span) -> Fix | None:
    """Its removal, with its line where nothing else stands there; none where that is not the whole of a line."""
    line = draft.line(span.start)
    start = draft.line_starts[line - 1]
    end = draft.line_starts[line] if line < len(draft.line_starts) else len(draft.source)
    if draft.source[start:end].strip() != draft.text(span):
        return None
    return Fix(Edit(Span(start, end), "", "fix"), "remove the comment", safe=True)
