"""Which pages of a site should link to a draft."""

from __future__ import annotations

from pathlib import Path

import pyromark
import pytest

from command import Run
from geo_optimizer.markdown import parse
from geo_optimizer.model import Backlink
from geo_optimizer.site import open_site, suggest_backlinks

SUBJECTS = "pruning compost seeds slugs frost roses hens bees paths walls glass bulbs moss hedges tools knots reeds".split()
DRAFT = "---\ntitle: 'Rain barrels: how to winter them'\ndate: 2026-01-05\n---\nA rain barrel that freezes bursts. Empty the butt and the tap.\n"
PAGES = {
    "watering.md": "---\ntitle: Watering\ndate: 2024-05-01\n---\n# Rain barrels and cans\n\n`rain barrels`\n\nIn May the rain barrels and the tap are full, and no\nbutt bursts. See [hoses](hoses.md).\n",
    "hoses.md": "---\ntitle: Hoses\n---\nA hose from the barrel drips, when there is rain, and bursts in frost.\n",
    "tap.md": "---\ntitle: The tap\n---\nThe tap bursts. [Our barrels](/winter/) do not, nor do rain barrels.\n",
    "butts.md": "---\ntitle: Butts\n---\nA butt that bursts has no tap. So have rain barrels of oak.\n",
    "secret.md": "---\ntitle: Secret\ndraft: true\n---\nRain barrels burst, and the tap freezes.\n",
    **{f"notes/{word}.md": f"---\ntitle: On {word}\n---\nA page about {word} and little else.\n" for word in SUBJECTS},
}


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site."""
    for path, source in PAGES.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(source)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(root: Path, source: str = DRAFT, path: str = "winter.md") -> dict[str, Backlink]:
    """The suggestions by the page's file; each at words of it."""
    site = open_site(root / "site")
    suggested = suggest_backlinks(parse(source, path), site)
    for one in suggested:
        text = (site.root / one.path).read_text()
        assert text[one.span.start : one.span.end] == one.anchor == one.sentence[1]
        assert text.count("\n", 0, one.span.start) + 1 == one.line
        assert 0 <= one.score <= 1
    assert [one.score for one in suggested] == sorted((one.score for one in suggested), reverse=True)
    assert len({one.path for one in suggested}) == len(suggested)
    return {one.path: one for one in suggested}


def test_a_draft_that_is_no_page_yet(garden: Path) -> None:
    suggested = found(garden)
    one = suggested["watering.md"]
    assert (one.anchor, one.page, one.title, one.line) == ("rain barrels", "/watering/", "Watering", 9)
    assert "".join(one.sentence) == "In May the rain barrels and the tap are full, and no butt bursts."
    assert "the draft's title, or a part of it" in one.reason


def test_a_page_that_does_not_name_it_or_is_hidden_is_left_out(garden: Path) -> None:
    assert not {"hoses.md", "secret.md"} & found(garden).keys()


def test_a_page_that_links_to_it_is_left_out(garden: Path) -> None:
    assert "tap.md" not in found(garden)
    assert "tap.md" in found(garden, path="cold.md")
    (garden / "site" / "winter.md").write_text(DRAFT)
    there = found(garden, path="site/winter.md")
    assert "tap.md" not in there
    assert "watering.md" in there


def test_a_hidden_draft_may_be_linked_all_the_same(garden: Path) -> None:
    source = DRAFT.replace("date:", "draft: true\ndate:")
    (garden / "site" / "winter.md").write_text(source)
    assert "watering.md" in found(garden, source, "site/winter.md")


def test_two_common_words_of_a_title_are_no_name(garden: Path) -> None:
    assert found(garden, "---\ntitle: The page and its subject\n---\nA page about little else.\n") == {}


def test_a_lone_common_word_is_no_name(garden: Path) -> None:
    assert found(garden, "---\ntitle: Frost\n---\nThe tap bursts in frost. The hose as well.\n") == {}


def test_no_more_than_asked_for(garden: Path) -> None:
    site = open_site(garden / "site")
    assert len(suggest_backlinks(parse(DRAFT, "winter.md"), site)) == 2
    assert len(suggest_backlinks(parse(DRAFT, "winter.md"), site, limit=1)) == 1


def test_a_page_that_cannot_be_read_is_passed_over(garden: Path) -> None:
    site = open_site(garden / "site")
    len(site.pages)
    (garden / "site" / "watering.md").unlink()
    (garden / "site" / "butts.md").write_bytes(b"\xff rain barrels")
    assert suggest_backlinks(parse(DRAFT, "winter.md"), site) == ()


def test_the_command(run: Run, garden: Path) -> None:
    (garden / "winter.md").write_text(DRAFT)
    text = run("links", "winter.md", "--site", "site", "--backlinks", "-n", "5").out
    assert "winter.md: 2 pages that could link to it" in text
    assert "watering.md:9: In May the [rain barrels] and the tap are full, and no butt bursts.\n     from Watering  /watering/\n" in text
    row = run("links", "winter.md", "--site", "site", "--backlinks", "-n", "5", "--format", "json").json()
    assert row["suggestions"] is not None
    (one,) = (one for one in row["backlinks"] if one["path"] == "watering.md")
    assert one["page"] == "/watering/"
    at = PAGES["watering.md"].index("rain barrels and the tap")
    assert one["span"] == [at, at + len("rain barrels")]
    assert one["sentence"] == "In May the rain barrels and the tap are full, and no butt bursts."
    assert one.keys() >= {"page", "path", "line", "span", "anchor", "sentence", "reason", "score", "recommended"}
    comment = run("links", "winter.md", "--site", "site", "--backlinks", "-n", "5", "--format", "markdown").out
    assert "<strong>rain barrels</strong> and the tap" in pyromark.html(comment)
    assert "backlinks" not in run("links", "winter.md", "--site", "site", "--format", "json").json()


def test_no_page_to_link_from(run: Run, garden: Path) -> None:
    (garden / "other.md").write_text("# Opera\n\nArias.\n")
    assert "other.md: no page to recommend that could link to it" in run("links", "other.md", "--site", "site", "--backlinks").out


def test_backlinks_are_nothing_for_a_review(run: Run, garden: Path) -> None:
    (garden / "winter.md").write_text(DRAFT)
    assert run("links", "winter.md", "--site", "site", "--backlinks", "--format", "rdjson").code == 2
