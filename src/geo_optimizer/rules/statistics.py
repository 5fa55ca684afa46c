"""S: figures that a reader can trust and an engine can quote."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.model import Draft
from geo_optimizer.rules.rule import Evidence, Hit, rule

_CRAFT = Evidence("craft", "attribution of figures is editorial practice; its effect on citations is contested (C-SEO Bench, 2025)")


@rule("S001", "info", _CRAFT)
def statistic_without_source(draft: Draft) -> Iterator[Hit]:
    """A statistic names no source, neither in words nor by a link.

    Why: a reader cannot check it, and it is quoted without saying who
    measured it.

    Fires on:

        # Costs

        In a typical year 42% of companies overspend on storage.

    Silent on:

        # Costs

        According to the Harbour Institute, 42% of companies overspend on storage.
    """
    for statistic in statistics(draft):
        if statistic.quotable and not statistic.attribution and not statistic.source_url:
            figures = ", ".join(value.text for value in statistic.values)
            yield Hit(statistic.span, f"{figures}: says neither who measured it nor links to the source")
