"""Rules about headings and addresses: cases beside the examples in their documentation."""

from __future__ import annotations

import pytest

from geo_optimizer.markdown import parse
from geo_optimizer.model import Finding
from geo_optimizer.options import Options
from geo_optimizer.rules import check

LONG = "Two harbours were closed for repairs until May, and those who had filled their stores asked what they liked. " * 8
BEFORE = "# Lamp oil in spring\n\nPrices rose.\n\n"


def found(text: str, code: str) -> list[Finding]:
    return list(check(parse(text, "lamps.md"), Options(select=(code,), rule_options={"H005": {"closing": True}})))


@pytest.mark.parametrize(
    ("comment", "fires"),
    [
        ("<!-- markdownlint-disable heading-increment -->", False),
        ("<!-- markdownlint-disable-next-line MD001 -->", False),
        ("<!-- rumdl-disable MD001 MD013 -->", False),
        ("{/* markdownlint-disable MD001 */}", False),
        ("<!-- markdownlint-disable -->", False),
        ("<!-- markdownlint-disable MD013 -->", True),
        ("<!-- markdownlint-disable MD001 -->\n\n<!-- markdownlint-enable MD001 -->", True),
        ("<!-- markdownlint-disable-next-line MD001 -->\n\nOil.", True),
    ],
)
def test_a_step_that_another_linter_is_told_of_is_meant(comment: str, *, fires: bool) -> None:
    between = "\n" if "next-line" in comment and not fires else "\n\n"
    assert bool(found(f"# Lamps\n\n{comment}{between}### Oil\n", "H002")) is fires


@pytest.mark.parametrize(
    ("between", "fires"),
    [("---", False), ("**_Original post is included below_**", False), ("The previous announcement follows.", False), ("Oil.", True)],
)
def test_what_stood_before_an_update_has_the_same_headings(between: str, *, fires: bool) -> None:
    assert bool(found(f"## Summary\n\nOil.\n\n{between}\n\n## Summary\n\nOil.\n", "H004")) is fires


def test_lines_between_all_sections_start_nothing_anew() -> None:
    assert found("## Summary\n\nOil.\n\n---\n\n## Oil\n\nOil.\n\n---\n\n## Wicks\n\nOil.\n\n---\n\n## Summary\n\nOil.\n", "H004")


def test_a_label_over_the_end_is_told_only_if_that_is_wanted() -> None:
    text = BEFORE + "## Conclusion\n\n" + LONG + "\n"
    assert found(text, "H005")
    assert not list(check(parse(text, "lamps.md"), Options(select=("H005",))))


@pytest.mark.parametrize(
    ("section", "fires"),
    [
        ("## Conclusion\n\n" + LONG, True),
        ("## Conclusion {#conclusion}\n\n" + LONG, False),
        ("## Conclusion\n\nThis post introduced lamps. " + LONG, False),
        ("## Final thoughts\n\nWe’ve explored how lamps burn. " + LONG, False),
        ("## Conclusion\n\nThank you for reading. " + LONG, False),
        ("## Conclusion\n\nWhat to keep:\n\n" + "- The price of lamp oil rose by a tenth in the spring of this year\n" * 12, False),
        ("## Details\n\n" + LONG, True),
        ("## Impact\n\nNone.\n\n## Details\n\n" + LONG + "\n\n## Contact\n\nWrite to us.\n", False),
        ("## Details\n\nCVE-2024-1234 is mended. " + LONG, False),
        ("## Conclusion\n\nCVE-2024-1234 is mended. " + LONG, True),
    ],
)
def test_a_label_is_vague_where_a_point_could_be_named(section: str, *, fires: bool) -> None:
    assert bool(found(BEFORE + section + "\n", "H005")) is fires


def test_an_introduction_can_go() -> None:
    (finding,) = found(BEFORE + "## Introduction\n\n" + LONG, "H005")
    assert "leave the heading out" in finding.message


def test_a_proposed_heading_is_not_the_sentence_below_it() -> None:
    point = "Lamp oil rose by a tenth. "
    more = "Lamp oil is pressed from seeds, and oil for a lamp costs what the seeds cost. " + LONG
    (first,) = found(BEFORE + "## Background\n\n" + point + more, "H005")
    (later,) = found(BEFORE + "## Background\n\n" + more + point, "H005")
    assert first.fix is None
    assert later.fix is not None
    assert later.fix.edit.text == "Lamp oil rose by a tenth"


def test_many_lines_in_bold_are_one_finding() -> None:
    def lines(count: int) -> list[Finding]:
        return found("# Lamps\n\n" + "".join(f"**The oil of year {n}**\n\nIt was dear.\n\n" for n in range(count)), "H006")

    assert [finding.fix is not None for finding in lines(5)] == [True] * 5
    (finding,) = lines(17)
    assert finding.message.startswith("17 lines such as “The oil of year 0”")


def test_a_line_in_bold_before_the_first_heading_becomes_one_of_its_level() -> None:
    (finding,) = found("---\ntitle: Lamps\n---\nPrices rose.\n\n**Why seeds were dear**\n\nFrost.\n\n### Wages\n\nThey fell.\n", "H006")
    assert finding.fix is not None
    assert finding.fix.edit.text == "### Why seeds were dear"


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("The lamps of the second pier are described in https://code.harbour.org/lamps/pull/412 in full.", True),
        ("Contributed by Maya in https://code.harbour.org/lamps/pull/4, and by Ole in <https://code.harbour.org/lamps/pull/412>.", False),
        ("- The lamps of the second pier are lit first (https://code.harbour.org/lamps/commit/1a2b3c4d)", False),
        ("- The lamps of the second pier are lit first https://code.harbour.org/lamps/second-pier", True),
    ],
)
def test_the_address_of_a_change_is_its_name_in_a_credit(text: str, *, fires: bool) -> None:
    assert bool(found(text + "\n", "L003")) is fires


def test_an_address_that_comes_again_is_told_of_once() -> None:
    line = "Write to the list of the harbour at https://lists.harbour.org/lamps/news to stay up to date.\n\n"
    assert len(found(line * 3, "L003")) == 1
