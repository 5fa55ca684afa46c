"""Quotable statistics: the cases in cases/statistics, and what holds for every one found."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, read_cases
from geo_optimizer.analysis.quantities import quantities
from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.markdown import parse
from geo_optimizer.model import Statistic


def shown(statistic: Statistic, line: int, expected: str) -> str:
    """A statistic in the words of the expectation, with as many of its fields."""
    fields = [", ".join(v.text for v in statistic.values), statistic.attribution or "-", statistic.source_url or "-"]
    if " | " in expected and expected.split(" | ")[1] in fields[1]:
        fields[1] = expected.split(" | ")[1]  # the name may stand in more words
    return f"{line}: " + " | ".join(fields[: expected.count(" | ") + 1])


@pytest.mark.parametrize("case", list(read_cases("statistics")), ids=lambda c: c.id)
def test_case(case: Case) -> None:
    source, expect = (block.text for block in case.blocks)
    draft = parse(source)
    found = [s for s in statistics(draft) if s.quotable]
    wanted = [] if expect == "none\n" else expect.removesuffix("\n").split("\n")
    padded = [*wanted, *[""] * len(found)]
    assert [shown(s, draft.line(s.values[0].span.start), want) for s, want in zip(found, padded, strict=False)] == wanted


def test_values_are_the_characters_of_the_source() -> None:
    source = "# One\n\nIn **12** towns, [40%](https://e.org) of &gt;3,000 pupils walk to school,\naccording to *Town Hall*.\n"
    draft = parse(source)
    (statistic,) = statistics(draft)
    assert [draft.text(v.span) for v in statistic.values] == [v.text for v in statistic.values]
    assert statistic.span == statistic.sentence.span


def test_a_price_is_kept_with_the_reason_why_it_is_not_quotable() -> None:
    (price,) = statistics(parse("The Team plan costs $49 per user per month.\n"))
    assert not price.quotable
    assert price.why == "a price"
    assert price.confidence < 0.5


def test_confidence_grows_with_the_evidence() -> None:
    draft = parse("Around 40 visitors came.\n\nAccording to the census, 41% of the people surveyed own a boat.\n")
    weak, strong = (s.confidence for s in statistics(draft))
    assert 0 <= weak < strong <= 1


def test_measured_once() -> None:
    draft = parse("Only 23% of bakeries weigh every loaf.\n")
    assert statistics(draft) is statistics(draft)


# ------------------------------------------------------------------ figures

READINGS = [
    ("en", "$186M", "$186M", 186e6, "$", "money"),
    ("en", "186 million dollars", "186 million dollars", 186e6, "$", "money"),
    ("en", "US$ 4.5 bn", "US$ 4.5 bn", 4.5e9, "$", "money"),
    ("en", "12 per cent", "12 per cent", 12, "%", "percent"),
    ("en", "4 percentage points", "4 percentage points", 4, "percentage points", "percent"),
    ("en", "nine out of ten", "nine out of ten", 90, "%", "percent"),
    ("en", "12 of 15 teams", "12 of 15", 80, "%", "percent"),
    ("en", "half of them", "half", 50, "%", "percent"),
    ("en", "½ of them", "½", 50, "%", "percent"),
    ("en", "half a million users", "half a million", 5e5, "user", "count"),
    ("en", "half an hour", "half an hour", 0.5, "hour", "duration"),
    ("en", "two and a half years", "two and a half years", 2.5, "year", "duration"),
    ("en", "a 6-month cycle", "6-month", 6, "month", "duration"),
    ("en", "four times faster", "four times", 4, "x", "multiple"),
    ("en", "four times a week", "four", 4, "time", "count"),
    ("en", "three thousand five hundred boats", "three thousand five hundred", 3500, "boat", "count"),
    ("en", "two dozen eggs", "two dozen", 24, "egg", "count"),
    ("en", "1,204 state and county clerks", "1,204", 1204, "clerk", "count"),
    ("en", "since 2015", "2015", 2015, None, "year"),
    ("en", "over 2000 ships", "2000", 2000, "ship", "count"),
    ("en", "on May 3, 2024", "May 3, 2024", 20240503, None, "date"),
    ("en", "Go 1.18", "1.18", 1.18, None, "version"),
    ("en", "v3.11.2", "v3.11.2", 3.11, None, "version"),
    ("en", "at 8:30 pm", "8:30 pm", 1230, None, "time"),
    ("en", "Figure 6", "Figure 6", 6, None, "ordinal"),
    ("de", "1.200 Euro", "1.200 Euro", 1200, "€", "money"),
    ("de", "3,5 Prozent", "3,5 Prozent", 3.5, "%", "percent"),
    ("de", "fünfundzwanzig Schiffe", "fünfundzwanzig", 25, "schiffe", "count"),
    ("de", "neun von zehn Betrieben", "neun von zehn", 90, "%", "percent"),
    ("de", "2,3 Mrd. Euro", "2,3 Mrd. Euro", 2.3e9, "€", "money"),
    ("fr", "1 200 bateaux", "1 200", 1200, "bateaux", "count"),
    ("fr", "quatre-vingt-dix bateaux", "quatre-vingt-dix", 90, "bateaux", "count"),
    ("es", "tres de cada cuatro", "tres de cada cuatro", 75, "%", "percent"),
    ("it", "2,5 milioni di euro", "2,5 milioni di euro", 2.5e6, "€", "money"),
    ("pt", "R$ 2,5 milhões", "R$ 2,5 milhões", 2.5e6, "R$", "money"),
    ("nl", "drie op de vier", "drie op de vier", 75, "%", "percent"),
]


@pytest.mark.parametrize(("language", "text", "figure", "value", "unit", "kind"), READINGS)
def test_a_figure_is_read(language: str, text: str, figure: str, value: float, unit: str | None, kind: str) -> None:
    (found,) = quantities(text, language)
    assert (found.text, found.unit, found.kind) == (figure, unit, kind)
    assert found.value == pytest.approx(value)
    assert text[found.start : found.end] == figure


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("more than 40 boats", "more than"),
        ("~40 boats", "about"),
        ("nearly a third of boats", "nearly"),
        ("40 or more boats", "at least"),
        ("40+ boats", "at least"),
        ("up to 40 boats", "up to"),
        ("fewer than 40 boats", "less than"),
        ("only 40 boats", "only"),
        ("40 boats", None),
    ],
)
def test_a_comparison_goes_with_its_figure(text: str, comparison: str | None) -> None:
    (found,) = quantities(text)
    assert found.comparison == comparison


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10–30% of them", 10, 30, "%"),
        ("$2-3 billion", 2e9, 3e9, "$"),
        ("between 5 and 7 million hens", 5e6, 7e6, "hen"),
        ("3 to 6 seconds", 3, 6, "second"),
    ],
)
def test_a_range_has_two_ends(text: str, low: float, high: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.high, found.unit) == (low, high, unit)


def test_a_change_is_no_range() -> None:
    assert [(q.value, q.high) for q in quantities("It fell from 8% to 12%.")] == [(8, None), (12, None)]


@pytest.mark.parametrize(
    "text",
    ["COVID-19", "GPT-4", "ES6", "24/7", "https://e.org/40%25", "one of the best", "a third party", "5G", "6192315cf3", "the second half"],
)
def test_what_only_holds_digits_is_no_quantity(text: str) -> None:
    assert not [q for q in quantities(text) if q.measured]


PIECES = st.sampled_from(
    """1 2.5 1,200 1.200 40% $5 €3 million bn k half a third quarter ten hundred dozen twenty one and of in out to from between more than about
    or months ms USD x times - – / : . ( ) + ~ \u00a0 % ½ ein Drittel Prozent Mrd. deux tiers mille tre su quattro van de uur May 2024 v3 # GB e.g. \u017f \u0130""".split(
        " "
    )
)


@given(
    st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=40), st.sampled_from(["en", "de", "fr", "es", "it", "pt", "nl", "sv"])
)
def test_any_text_can_be_read(text: str, language: str) -> None:
    found = quantities(text, language)
    assert all(text[q.start : q.end] == q.text and math.isfinite(q.value) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
