"""When what a draft says was so: whether a reader can tell the year."""

from __future__ import annotations

import datetime as dt

from geo_optimizer.analysis.places import folders, name
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, measured

YEAR = lazily(r"(?<![\d.])(?:19|20)\d{2}(?!\d)|\bFY\s?\d{2}\b|['’]\d{2}\b")
_OPENING = 4  # texts at the top of a draft, where an article's own date may stand
_DATELINE = 80  # characters of a line that says when, and by whom


@measured
def states_its_date(draft: Draft) -> bool:
    """Whether the draft says when it was written: in its frontmatter, its file's name or the folders next to it, its title, or its opening lines."""
    values = draft.frontmatter.values if draft.frontmatter else {}
    if any(isinstance(value, dt.date) or (isinstance(value, str) and _DAY.search(value[:40])) for value in values.values()):
        return True
    return bool(
        _IN_PATH.search("/".join((*folders(draft), name(draft))))
        or YEAR.search(draft.title or "")
        or any(len(p.text) <= _DATELINE and YEAR.search(p.text) for p in draft.prose[:_OPENING])
    )


_DAY = lazily(r"\b(?:19|20)\d{2}[-/.]\d{1,2}\b|\b[A-Z][a-z]+ \d{1,2},? (?:19|20)\d{2}\b")
_IN_PATH = lazily(r"(?:^|[/_-])(?:19|20)\d{2}(?:[/_.-]|$)")


def year_near(draft: Draft, prose: int) -> bool:
    """Whether a year stands in a text, in those beside it, in its list's lead-in or in the headings above it."""
    heading, parent = draft.prose[prose].heading, draft.prose[prose].parent
    texts, headings = _with_years(draft)
    return heading in headings or not texts.isdisjoint((prose - 1, prose, prose + 1, parent))


@measured
def _with_years(draft: Draft) -> tuple[frozenset[int | None], frozenset[int | None]]:
    """The indices of the texts that hold a year, and of the headings that do."""
    texts = frozenset(number for number, prose in enumerate(draft.prose) if YEAR.search(prose.text))
    return texts, frozenset(number for number, heading in enumerate(draft.headings) if YEAR.search(heading.text))
