"""What a terminal shows of a run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo_optimizer.model import Edit, Fix, Span
from geo_optimizer.report import console
from geo_optimizer.report.result import Checked, CheckRun, RuleInfo
from geo_optimizer.report.view import View, visible
from runs import URL, checked, finding, one

EMPTY = CheckRun(())


def test_colours_and_links_only_where_the_terminal_has_them() -> None:
    source = "# Lamps\n\nSee more.\n"
    run = one(source, finding(source, "more"))
    assert "\x1b" not in console.render(run)
    assert f"\x1b]8;;{URL}\x1b\\X001\x1b]8;;\x1b\\" in console.render(run, View(links=True))
    assert "\x1b[1;33mwarning\x1b[0m" in console.render(run, View(colour=True))


def test_a_place_between_characters_and_one_that_is_about_all() -> None:
    source = "# Lamps\n\nSee more.\n"
    at = finding(source, "more")
    shown = console.render(one(source, at._replace(span=Span(at.span.start, at.span.start))))
    assert shown.split("\n")[1:3] == ["3 | See more.", "  |     ^"]
    assert console.render(one(source, at._replace(whole=True))).split("\n")[1] == ""


def test_a_rule_without_an_address_is_no_link() -> None:
    source = "# Lamps\n\nSee more.\n"
    for url in ("", "javascript:alert(1)", "file:///etc/passwd"):
        rule = RuleInfo("X001", "odd-word", "warning", "A word.", "Why.", "craft", "Us", url)
        run = CheckRun(one(source, finding(source, "more")).files, {"X001": rule})
        assert "\x1b]8" not in console.render(run, View(links=True))


@given(st.integers(0, 300), st.integers(40, 200))
def test_an_excerpt_fits_the_terminal(at: int, width: int) -> None:
    source = f"# Lamps\n\n{'日本 ' * (at // 5)}{'long words ' * (at // 9)}here {'and on ' * 30}\n"
    for row in console.file(one(source, finding(source, "here")).files[0], {}, View(width=width)).split("\n")[1:]:
        assert _columns(row) <= max(width, 60 + 6)
        if "^" in row:
            assert row.count("^") == 4


def _columns(row: str) -> int:
    return sum(2 if "\u2e80" <= character <= "\u9fff" else 1 for character in row)


def test_the_findings_by_rule() -> None:
    source = "# Lamps\n\nOne odd, two odd.\n"
    fix = Fix(Edit(Span(0, 1), "", "fix"), "drop it", safe=True)
    files = (
        checked("a.md", source, [finding(source, "One", fix=fix), finding(source, "two")]),
        checked("b.md", source, [finding(source, "One")]),
    )
    assert console.statistics(CheckRun(files)).split("\n") == [
        "findings  files  fixes  rule",
        "       3      2      1  X001  odd-word",
        "",
        "2 files: 3 warnings",
    ]
    assert console.statistics(EMPTY) == "0 files: nothing found"


def test_what_is_in_a_baseline_is_counted() -> None:
    assert console.summary(CheckRun((Checked("a.md", known=3),))) == "1 file: nothing found; 3 in the baseline"


def test_what_cannot_be_seen_is_shown() -> None:
    assert visible("a\x1b\u202e\u00a0é日🙂\u200d👩\udcff") == "a\\x1b\\u202e\u00a0é日🙂\u200d👩\\udcff"
