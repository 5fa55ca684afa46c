"""Link suggestions: cases that a writer can read, and what holds for any draft and any site."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Draft, Edit, LinkSuggestion
from geo_optimizer.site import Site, links_that_fit, open_site, phrases, suggest_links
from geo_optimizer.site.pages import read_page

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "links").glob("*.md") if path.name != "README.md")
BLOCK = re.compile(r"^````md (?P<path>\S+)\n(?P<text>.*?)^````$", re.DOTALL | re.MULTILINE)
LINKS = re.compile(r'^- "(?P<anchor>.+)" -> (?P<target>\S+)$', re.MULTILINE)
NOTHING = re.compile(r"^- nothing -> (?P<target>\S+)$", re.MULTILINE)
ONLY = re.compile(r"^- only (?P<number>\d+)$", re.MULTILINE)


def read_case(path: Path, root: Path) -> tuple[Draft, Site, str]:
    """The draft, the site written below `root`, and the lines that say what is expected."""
    text = path.read_text(encoding="utf-8")
    files = {m["path"]: m["text"] for m in BLOCK.finditer(text)}
    for name, source in files.items():
        if name != "draft.md":
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(source, encoding="utf-8")
    return parse(files["draft.md"], "draft.md"), open_site(root), BLOCK.sub("", text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    draft, site, expected = read_case(path, tmp_path)
    found = suggest_links(draft, site)
    said = {(s.anchor, s.target) for s in found}
    wanted = {(m["anchor"], m["target"]) for m in LINKS.finditer(expected)}
    assert wanted <= said
    assert not {s.target for s in found} & {m["target"] for m in NOTHING.finditer(expected)}
    if only := ONLY.search(expected):
        assert len(found) == int(only["number"]), found
    assert wanted or NOTHING.search(expected) or only, "the case expects nothing"


PAGES = {
    "water/rain-barrels.md": ("Rain barrels", "A rain barrel feeds the [drip hoses](/water/drip-hoses/)."),
    "water/drip-hoses.md": ("Drip hoses for dry summers", "Drip hoses save water. See [rain barrels](rain-barrels.md)."),
    "soil/leaf-mould.md": ("Leaf mould", "Leaf mould takes two years. [Rain barrels](/water/rain-barrels/) help."),
    "soil/green-manure.md": ("Green manure, sown in autumn", "Clover is a green manure."),
    "about.md": ("Who we are", "Six gardeners and a dog."),
}


def site_of(pages: dict[str, tuple[str, str]]) -> Site:
    return Site(Path("/nowhere"), [read_page(path, f"---\ntitle: {title!r}\n---\n\n{body}\n") for path, (title, body) in pages.items()])


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(PAGES)


def check_all(draft: Draft, site: Site, found: tuple[LinkSuggestion, ...]) -> None:
    """What holds for every list of suggestions."""
    targets = [s.target for s in found]
    assert len(targets) == len(set(targets)), "a page at most once"
    assert set(targets) <= {page.url for page in site.pages}
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True), "best first"
    for s in found:
        assert draft.text(s.span) == s.anchor
        assert not re.search(r"[\r\n]", s.anchor)
        assert s.anchor == s.anchor.strip()
        assert 0 <= s.score <= 1
        assert s.reason
        assert not draft.source[s.span.start - 1 : s.span.start].isalnum(), "cuts a word"
        assert not draft.source[s.span.end : s.span.end + 1].isalnum(), "cuts a word"
    spans = sorted(s.span for s in found)
    assert all(not a.overlaps(b) for a, b in pairwise(spans))


WORDS = st.sampled_from(
    """rain barrels Rain drip hoses leaf mould green manure the a in and [rain barrels](/x) `leaf mould` *drip* **green manure** <b>rain</b>
    barrels. hoses, (rain\\_barrel) https://a.org/rain-barrels ![drip](hoses.png) [[leaf-mould]] {{% rain %}} ` < > | é 水 :leaf:""".split(
        " "
    )
)
BREAKS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\n- ", "\n\n> ", "\n\n## ", "\n\n    ", "\r\n", "\n```\n", "\n| "])
DRAFTS = st.lists(st.tuples(WORDS, BREAKS), max_size=40).map(lambda parts: "".join(word + gap for word, gap in parts))


@settings(max_examples=150, deadline=None)
@given(source=DRAFTS)
def test_whatever_the_draft_every_suggestion_becomes_exactly_that_link(source: str) -> None:
    site = site_of(PAGES)
    draft = parse(source, "draft.md")
    found = suggest_links(draft, site)
    check_all(draft, site, found)
    edits = [Edit(s.span, f"[{s.anchor}](<{s.target}>)", "link") for s in found]
    before = [(link.text, link.href) for link in draft.links]
    after = [(link.text, link.href) for link in parse(apply_edits(edits, source), "draft.md").links]
    assert sorted(after) == sorted(before + [(s.anchor, s.target) for s in found])


def test_best_first_and_recommended_within_the_length(site: Site) -> None:
    draft = parse("We set up rain barrels and drip hoses, and a bin of leaf mould. " * 10, "draft.md")
    found = suggest_links(draft, site)
    check_all(draft, site, found)
    assert {s.target for s in found} >= {"/water/rain-barrels/", "/water/drip-hoses/", "/soil/leaf-mould/"}
    assert sum(s.recommended for s in found) <= links_that_fit(draft) == 1
    assert found[0].recommended


def test_limit(site: Site) -> None:
    draft = parse("Rain barrels, drip hoses and leaf mould.", "draft.md")
    assert len(suggest_links(draft, site, limit=2)) == 2
    assert suggest_links(draft, site, limit=0) == ()


@pytest.mark.parametrize("source", ["", "---\ntitle: x\n---\n", "# Only a heading\n", "the of and", "水 水 水"])
def test_nothing_to_link(source: str, site: Site) -> None:
    assert suggest_links(parse(source, "draft.md"), site) == ()


def test_reasons_can_be_checked(site: Site) -> None:
    draft = parse("A pair of rain barrels stands by the shed, for less watering.", "draft.md")
    (barrels, *_) = suggest_links(draft, site)
    assert barrels.target == "/water/rain-barrels/"
    assert "2 other pages link 'rain barrels' to that page" in barrels.reason


def test_same_answer_every_time(site: Site) -> None:
    source = "Rain barrels, drip hoses and leaf mould, then green manure."
    assert suggest_links(parse(source, "d.md"), site) == suggest_links(parse(source, "d.md"), site_of(PAGES))


def test_a_lone_word_of_another_subject_is_not_recommended(site: Site) -> None:
    draft = parse("The bank raised its rates again. A dry quarter, said the analyst, and a green one. " * 8, "draft.md")
    assert not any(s.recommended for s in suggest_links(draft, site))


# ------------------------------------------------------------------ phrases, without a site

REPORT = """# What the night shift knows

The handover sheet is where the night shift leaves its warnings. A handover sheet
that nobody reads is only paper. We asked nine wards about it.

## Why a bed census helps

A bed census takes four minutes. We measured them quickly. See [the rota board](/rota) for more,
and the rota board again.
"""


def test_phrases_are_repeated_or_named_by_a_heading() -> None:
    draft = parse(REPORT, "draft.md")
    found = phrases(draft)
    anchors = [s.anchor for s in found]
    assert {"handover sheet", "bed census", "night shift"} <= set(anchors)
    assert "rota board" not in anchors, "it is linked already"
    assert all(draft.text(s.span) == s.anchor and s.target == "" and not s.recommended for s in found)
    by_anchor = {s.anchor: s for s in found}
    assert (
        by_anchor["bed census"].reason
        == "Said once, and the heading 'Why a bed census helps' names it: link it if you have a page about it"
    )
    assert draft.line(by_anchor["handover sheet"].span.start) == 3, "the first mention in the text, not in a heading"


@pytest.mark.parametrize(
    "sentence",
    [
        "They quickly agreed, and quickly agreed again.",
        "To borrow money is dear. We borrow money. They borrow money.",
        "The three first days. The three first days.",
        "It is self-describing, quite self-describing.",
        "`handover sheet` and `handover sheet`.",
    ],
)
def test_no_phrase(sentence: str) -> None:
    assert phrases(parse(sentence, "draft.md")) == ()
