"""R: what an assistant leaves behind and nobody meant to publish."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.analysis.residue import ResidueKind, residue
from geo_optimizer.model import Draft
from geo_optimizer.rules.rule import Evidence, Hit, rule

_CRAFT = Evidence("craft", "text meant for the writer, not for the reader")


def _hits(draft: Draft, message: str, *kinds: ResidueKind) -> Iterator[Hit]:
    for found in residue(draft):
        if found.kind in kinds:
            yield Hit(found.span, message.format(words=found.words))


@rule("R001", "error", _CRAFT)
def chat_text(draft: Draft) -> Iterator[Hit]:
    """An assistant's words to the writer stand in the article.

    Why: it is the reply around the article, not the article.

    Fires on:

        Here's the complete article with all SEO optimizations:

        # Prices

        Prices rose by a tenth.

    Silent on:

        # Prices

        Here's the complete list of prices.
    """
    yield from _hits(draft, "chat text: “{words}”", "preamble", "outro", "assistant")


@rule("R002", "error", _CRAFT)
def leaked_frontmatter(draft: Draft) -> Iterator[Hit]:
    """Frontmatter stands in the body, where it is shown to readers.

    Why: `---` opens frontmatter only as the very first line of a file, and
    closes it for good.

    Fires on:

        Some words before it.

        ---
        title: "Prices"
        description: "Prices rose by a tenth."
        ---

        # Prices

    Fires on:

        ---
        title: "Prices"
        ---
        ---
        title: "Prices in spring"
        ---

        # Prices

    Silent on:

        ---
        title: "Prices"
        ---

        # Prices
    """
    problem = draft.frontmatter.problem if draft.frontmatter and draft.frontmatter.format != "other" else None
    if problem and problem.span is not None:
        yield Hit(problem.span, problem.message)
    yield from _hits(draft, "frontmatter in the body: “{words}”; it must begin on the first line", "frontmatter")


@rule("R003", "warning", _CRAFT)
def status_list(draft: Draft) -> Iterator[Hit]:
    """A list reports what was done to the article.

    Why: it is a report to the writer; readers cannot do anything with it.

    Fires on:

        # Prices

        Prices rose by a tenth.

        - ✅ Added a TL;DR box with 4 quotable bullet points
        - ✅ Added YAML frontmatter with a keyword-rich title
        - ✅ Internal links suggested as comments

    Silent on:

        # Prices

        - ✅ Free delivery
        - ❌ No returns
    """
    yield from _hits(draft, "a status report: “{words}”", "status")


@rule("R004", "warning", _CRAFT)
def placeholder(draft: Draft) -> Iterator[Hit]:
    """A placeholder was never filled in.

    Why: the reader gets the note instead of the text.

    Fires on:

        # Prices

        Prices rose by [insert figure here] in spring.

    Silent on:

        # Prices

        Prices rose by a tenth in spring [sic].
    """
    yield from _hits(draft, "a placeholder: “{words}”", "placeholder")


@rule("R005", "error", _CRAFT)
def assistant_token(draft: Draft) -> Iterator[Hit]:
    """A citation token or tracking parameter of an assistant is left in the text.

    Why: it means nothing outside the chat.

    Fires on:

        # Prices

        Prices rose by a tenth :contentReference[oaicite:3]{index=3}.

    Silent on:

        # Prices

        Prices rose by a tenth [3].
    """
    yield from _hits(draft, "left by an assistant: “{words}”", "citation")
