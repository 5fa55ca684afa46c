"""A rule's documentation is its test: what it fires on, what it is silent on."""

from __future__ import annotations

import importlib
import pkgutil
import re
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent

import pytest

import geo_optimizer.rules
from geo_optimizer.markdown import parse
from geo_optimizer.model import Draft
from geo_optimizer.options import Options
from geo_optimizer.rules import RULES, check
from geo_optimizer.rules.rule import Rule
from geo_optimizer.site import Site
from geo_optimizer.site.pages import read_page

LONG = "# Lamps\n\n" + "Lamps need oil, and they need it most on the long nights of winter.\n\n" * 30
WITHOUT_EXAMPLES = {"T001", "T002", "T005", "T006", "T007", "T008", "L008"}  # they need hundreds of words: tests/test_long_texts.py


def examples(rule: Rule, title: str) -> list[str]:
    sections = re.finditer(rf"^{title}:\n\n((?: {{4}}.*\n?|\n)+)", cleandoc(rule.doc) + "\n", re.MULTILINE)
    return [dedent(section[1]).strip("\n") + "\n" for section in sections]


def parsed(text: str) -> tuple[Draft, Site | None]:
    """An example as a draft; with `<!-- file: NAME -->` lines, as the first of the pages of a small site."""
    parts = re.split(r"^<!-- file: (\S+) -->\n", text, flags=re.MULTILINE)
    if len(parts) == 1:
        return parse(text), None
    root = Path("/site")
    files = {name: body.strip("\n") + "\n" for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    site = Site(root, [read_page(name, body) for name, body in files.items()])
    name, body = next(iter(files.items()))
    return parse(body, str(root / name)), site


ALL = [(rule, title, text) for rule in RULES for title in ("Fires on", "Silent on") for text in examples(rule, title)]


@pytest.mark.parametrize(("rule", "title", "text"), ALL, ids=[f"{r.code}-{t}" for r, t, _ in ALL])
def test_the_examples_do_what_they_say(rule: Rule, title: str, text: str) -> None:
    draft, site = parsed(text)
    fired = any(finding.code == rule.code for finding in check(draft, Options(extend_select=(rule.code,)), site))
    assert fired == (title == "Fires on")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_why_and_shows_it(rule: Rule) -> None:
    assert re.search(r"^Why: \S", cleandoc(rule.doc), re.MULTILINE)
    assert rule.evidence.source
    assert rule.why
    for name in rule.options:
        assert re.search(rf"^ {{4}}{name}: \S", cleandoc(rule.doc).partition("Options:")[2], re.MULTILINE), (
            f"option {name} is not explained"
        )
    if rule.code not in WITHOUT_EXAMPLES:
        assert examples(rule, "Fires on")
        assert examples(rule, "Silent on")


def test_a_long_article_links_to_other_pages_of_its_site() -> None:
    def codes(body: str) -> set[str]:
        draft, site = parsed(f"<!-- file: lamps.md -->\n{body}\n<!-- file: oil.md -->\nOil.\n")
        return {f.code for f in check(draft, site=site)}

    assert "L008" in codes(LONG)
    assert "L008" not in codes("# Lamps\n\nLamps need oil.\n")
    for link in ("[oil](/oil/)", "[[oil]]", '<a href="/oil/">oil</a>', "[oil]({{< ref oil >}})"):
        assert "L008" not in codes(LONG + f"\nMore about {link}.\n")
    assert "L008" in codes(LONG + "\nMore about [oil](https://example.org/fuels).\n")


def test_every_rule_defined_is_listed_once() -> None:
    defined = {
        id(value)
        for module in pkgutil.iter_modules(geo_optimizer.rules.__path__, "geo_optimizer.rules.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Rule)
    }
    assert defined == {id(rule) for rule in RULES}
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_findings_come_in_source_order_and_point_at_their_text() -> None:
    draft = parse("# A\n\n### B\n\nSee [here](/x).\n\n###\n")
    found = check(draft)
    assert [f.span for f in found] == sorted(f.span for f in found)
    assert {f.code: draft.text(f.span) for f in found}["L001"] == "[here](/x)"


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.needs_site], ids=lambda rule: rule.code)
def test_a_rule_that_is_silent_in_other_languages_says_which_it_knows(rule: Rule) -> None:
    def fires(text: str, language: str) -> bool:
        draft = parse(text, language=language)
        return any(finding.code == rule.code for finding in check(draft, Options(extend_select=(rule.code,))))

    shown = [text for text in examples(rule, "Fires on") if fires(text, "en")]
    if shown and not any(fires(text, "sv") for text in shown):
        assert re.search(r"^Languages: [A-Z]", cleandoc(rule.doc), re.MULTILINE)
