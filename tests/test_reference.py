"""What is made from the rules: the table, the explanation, the page, the schema."""

from __future__ import annotations

import importlib.util
import re
from itertools import chain
from pathlib import Path

import pytest

from command import Run
from geo_optimizer.markdown import parse
from geo_optimizer.model import Draft, Finding
from geo_optimizer.options import Options
from geo_optimizer.report.rulebook import suppressions
from geo_optimizer.rules import RULES, check
from geo_optimizer.rules.book import examples, families, family_summary, option_help
from geo_optimizer.rules.rule import Rule
from test_rules import parsed

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "rules.md"
REMEDY = "run: python scripts/write_reference.py"


def test_the_reference_is_current() -> None:
    spec = importlib.util.spec_from_file_location("write_reference", ROOT / "scripts" / "write_reference.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for path, text in script.reference().items():
        assert path.read_text(encoding="utf-8") == text, REMEDY


def test_the_page_is_a_page(run: Run) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert run("rule", "--format", "markdown").out == text
    anchors = re.findall(r'^<a id="(\w+)"></a>$', text, re.MULTILINE)
    assert sorted(anchors) == sorted(rule.code.lower() for rule in RULES)
    assert set(re.findall(r"\]\(#(\w+)\)", text)) >= set(anchors)
    draft = parse(text, str(PAGE))
    titles = [heading.text for heading in draft.headings if re.match(r"[A-Z]+\d+ ", heading.text)]
    assert titles == [f"{rule.code} {rule.name}" for members in families(RULES).values() for rule in members]
    assert not [finding for finding in check(draft) if finding.severity == "error"]


def test_every_family_says_what_it_is_about() -> None:
    for letters, members in families(RULES).items():
        assert len({family_summary(rule) for rule in members}) == 1, letters
        assert family_summary(members[0]), letters


def test_the_list_is_a_table(run: Run) -> None:
    head, *rows = run("rule").out.rstrip("\n").split("\n")
    assert head.split()[:6] == ["code", "name", "severity", "default", "site", "grade"]
    assert [row.split()[0] for row in rows] == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained(run: Run, rule: Rule) -> None:
    said = run("rule", rule.code).out
    flat = " ".join(said.split())
    assert said.startswith(f"{rule.code} {rule.name}\n{rule.severity}, o")
    for part in (rule.why, f"Evidence: {rule.evidence.grade}. {rule.evidence.source}", *chain(*suppressions(rule))):
        assert " ".join(part.split()) in flat
    for example in examples(rule, "Fires on"):
        assert " ".join(example.split()) in flat
    assert set(option_help(rule)) == set(rule.options)
    assert run("rule", rule.name).out == said
    assert run("rule", rule.code.lower()).out == said
    as_json = run("rule", rule.name, "--format", "json").json()
    assert (as_json["schema"], as_json["code"], as_json["why"]) == (1, rule.code, rule.why)


FIRING = [(rule, text) for rule in RULES if rule.code[0] != "U" for text in examples(rule, "Fires on")]


@pytest.mark.parametrize(("rule", "text"), FIRING, ids=[rule.code for rule, _ in FIRING])
def test_the_comments_that_are_recommended_silence_what_they_are_for(rule: Rule, text: str) -> None:
    head, rest = re.fullmatch(r"((?:<!-- file: .*\n)?)((?s:.*))", text + "\n").groups()  # type: ignore[union-attr]
    body, more = re.fullmatch(r"((?s:.*?))((?:^<!-- file: (?s:.*))?)", rest, re.MULTILINE).groups()  # type: ignore[union-attr]

    def found(body: str) -> tuple[Draft, tuple[Finding, ...]]:
        draft, site = parsed(f"{head}{body}\n{more}")
        return draft, check(draft, Options(select=(rule.code,)), site)

    draft, findings = found(body)
    assert findings
    comments = [comment for comment, _ in suppressions(rule)]
    above = rule.code == "R012"  # below an open fence a comment is code, too
    assert not found(f"{comments[-1]}\n\n{body}" if above else f"{body}\n{comments[-1]}\n")[1]
    if comments[1:]:
        lines = body.split("\n")
        for number in sorted({draft.line(f.span.start) for f in findings if f.span.start >= draft.body.start}, reverse=True):
            lines.insert(number - 1, comments[0])
        draft, findings = found("\n".join(lines))
        assert not [finding for finding in findings if finding.span.start >= draft.body.start]


@pytest.mark.parametrize(("rule", "text"), FIRING, ids=[rule.code for rule, _ in FIRING])
def test_a_rule_says_one_thing_of_a_whole_draft(rule: Rule, text: str) -> None:
    draft, site = parsed(text)
    whole = [finding.whole for finding in check(draft, Options(select=(rule.code,)), site)]
    assert whole.count(True) <= 1
    assert all(whole) or not rule.whole


def test_all_rules_as_json(run: Run) -> None:
    assert {row["name"] for row in run("rule", "--format", "json").json()["rules"]} == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("word", "hint"),
    [("S0001", "did you mean S001?"), ("chat-txt", "did you mean chat-text?"), ("zzzzzz", "`geo-optimize rule` lists them")],
)
def test_an_unknown_rule(run: Run, word: str, hint: str) -> None:
    done = run("rule", word)
    assert (done.code, done.out, done.err) == (2, "", f"error: no rule has the code {word} ({hint})\n")


def test_the_beginning_of_a_code_lists_its_family(run: Run) -> None:
    listed = run("rule", "s").out
    assert "S001" in listed
    assert "L001" not in listed
