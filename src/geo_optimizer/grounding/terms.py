"""Lines that are words and not statements: a slug, a category."""

from __future__ import annotations

import re

from geo_optimizer.analysis.slugs import slug
from geo_optimizer.grounding.passages import Index, index, language_of
from geo_optimizer.grounding.reading import Reading, read
from geo_optimizer.grounding.words import Word, words
from geo_optimizer.model import Draft, Enhancement, Reason, Span, Verdict, measured

_ANY = 0.5  # what a category has earned with its first word


def ground_slug(enhancement: Enhancement, draft: Draft) -> Verdict:
    """Supported if each of its words comes from the title or the draft, as an address writes them."""
    parts = re.findall(r"[a-z0-9]+", enhancement.text.lower())
    if not parts:
        return _empty(enhancement)
    missing = [part for part in parts if part not in _address_words(draft)]
    if not missing:
        return Verdict(enhancement, "supported", 1.0, _first(_words(enhancement.text, draft), index(draft)))
    reasons = tuple(Reason("other", f"'{part}' is neither in the title nor in the draft") for part in missing)
    return Verdict(enhancement, "unsupported", round(0.49 * (1 - len(missing) / len(parts)), 4), (), reasons)


@measured
def _address_words(draft: Draft) -> frozenset[str]:
    """The words of title and text as a slug has them; in German with and without the dots spelt out."""
    text = " ".join([draft.title or "", *(prose.text for prose in draft.prose if prose.known is None)])
    return frozenset(f"{slug(text, draft.language)}-{slug(text, 'en')}".split("-"))


def ground_category(enhancement: Enhancement, draft: Draft) -> Verdict:
    """Supported if the draft or its title has a word of it: a topic is no claim. Otherwise nothing can be said."""
    parts = [part for part in _words(enhancement.text, draft) if part.role != "function"]
    if not parts:
        return _empty(enhancement)
    known = index(draft)
    found = [part for part in parts if _occurs(part, known, draft)]
    if not found:
        reason = Reason("other", f"no word of '{enhancement.text}' is in the title or the draft")
        return Verdict(enhancement, "unverifiable", 0.0, (), (reason,))
    return Verdict(enhancement, "supported", round(_ANY + (1 - _ANY) * len(found) / len(parts), 4), _first(found, known))


def _words(text: str, draft: Draft) -> list[Word]:
    return words(" ".join(text.replace("_", " ").replace("-", " ").replace("/", " ").split()), language_of(draft))


def _empty(enhancement: Enhancement) -> Verdict:
    return Verdict(enhancement, "unverifiable", 0.0, (), (Reason("other", "there is nothing in this line that could be checked"),))


def _occurs(part: Word, known: Index, draft: Draft) -> bool:
    title = read(draft.title or "", language_of(draft))
    if part.role == "function" or part.key in known.postings or _in(part, title):
        return True
    written = part.lower
    return any(written == raw.strip(".,;:()%$").lower() for raw in (draft.title or "").split()) or (
        written[0].isdigit() and any(written in passage.text for passage in known.passages)
    )


def _in(part: Word, reading: Reading) -> bool:
    return part.key in reading.places


def _first(parts: list[Word], known: Index) -> tuple[Span, ...]:
    """Where the draft first says one of them."""
    numbers = [known.postings[part.key][0] for part in parts if part.role != "function" and part.key in known.postings]
    return (known.passages[min(numbers)].span,) if numbers else ()
