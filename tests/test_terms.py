"""Under what a draft is filed: the site's own terms, or, without a site, the draft's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.engines.offline.naming import fitting
from geo_optimizer.markdown import parse
from geo_optimizer.pipeline import brief
from geo_optimizer.site import Site
from geo_optimizer.site.pages import authors_of, read_page
from geo_optimizer.site.saying import Saying, name_of_term
from geo_optimizer.site.vocabulary import term_signals
from geo_optimizer.site.weights import term_weights

GARDEN = {
    "kale.md": ("Kale in frost", "brassicas, winter", "Kale stands in frost. Pick the kale leaves from below, on firm soil."),
    "sprouts.md": ("Sprouts", "brassicas", "Sprouts want firm soil, like kale and cabbage. Frost makes them sweet."),
    "cabbage.md": ("Cabbage", "brassicas", "Cabbage wants firm soil and room. Cabbage flies are kept off with nets."),
    "hoses.md": ("Drip hoses", "watering", "A hose lies along the row and drips at night. Winter frost splits it."),
    "barrels.md": ("Rain barrels", "watering", "A barrel feeds the hose. Empty it before the first night of frost."),
}
CABBAGE = "# Cabbage and kale in frost\n\nLike kale, cabbage stands in frost, on firm soil.\n"


def garden(pages: Mapping[str, tuple[str, str, str]] = GARDEN) -> Site:
    return Site(Path("/nowhere"), [_page(path, *page) for path, page in pages.items()])


def _page(path: str, title: str, tags: str, body: str):  # type: ignore[no-untyped-def]
    return read_page(path, f"---\ntitle: {title}\ntags: [{tags}]\n---\n\n{body}\n")


# ------------------------------------------------------------------ with a site


def test_the_likeliest_come_first_with_how_likely_they_are() -> None:
    filing = garden().filing(parse(CABBAGE, "draft.md"))
    assert list(filing) == ["brassicas", "winter", "watering"]
    assert all(0 <= chance <= 1 for chance in filing.values())
    assert filing["brassicas"] > 0.5 > filing["watering"]


def test_the_order_of_the_pages_does_not_count() -> None:
    draft = parse(CABBAGE, "draft.md")
    assert garden().filing(draft) == garden(dict(reversed(GARDEN.items()))).filing(draft)


def test_a_term_counts_the_more_the_plainer_the_draft_says_it() -> None:
    text = "Kale stands in frost on firm soil. It is no work.{}\n"
    titles = ("Kale in a garden", "Kale in a garden", "Kale and watering")
    said = (text.format(""), text.format(" Only watering is."), text.format(" Only watering is."))
    chances = [garden().filing(parse(f"# {title}\n\n{body}", "draft.md"))["watering"] for title, body in zip(titles, said, strict=True)]
    assert chances[0] < chances[1] < chances[2]


def test_one_spelling_of_a_term_is_proposed_the_usual_one() -> None:
    pages = {**GARDEN, "swede.md": ("Swedes", "Brassicas, WINTER", "Swedes want firm soil, and frost.")}
    assert garden(pages).vocabulary(parse(CABBAGE, "draft.md")) == ("brassicas", "WINTER", "watering")


def test_what_a_page_merely_says_does_not_file_it() -> None:
    """Every page says frost; only one in five is filed under it."""
    filing = garden({**GARDEN, "frost.md": ("Frost", "frost", "Frost splits pots.")}).filing(parse(CABBAGE, "draft.md"))
    assert filing["brassicas"] > filing["frost"]


def test_pages_that_link_to_the_same_place_and_have_the_same_author_are_akin() -> None:
    body = "We met in the hall, heard three talks and ate cake. All were glad to be there, and so was I."
    pages = {
        "one.md": ("Spring meeting", "society", f"{body} See [the society](https://society.example/join)."),
        "two.md": ("Autumn meeting", "club", f"{body} See [the club](https://club.example/join)."),
        "three.md": ("Society accounts", "society", "The [accounts](https://society.example/accounts) were read."),
        "four.md": ("Club accounts", "club", "The [accounts](https://club.example/accounts) were read."),
    }
    site = garden(pages)
    for name in ("society", "club"):
        draft = parse(f"# Summer meeting\n\n{body} See [them](https://{name}.example/join).\n", "draft.md")
        assert site.vocabulary(draft)[0] == name


def test_a_draft_like_no_page_has_only_what_it_says() -> None:
    strange = "# The ferry timetable\n\nBoats leave at seven and at nine. {} Tickets are sold on board.\n"
    assert garden().vocabulary(parse(strange.format(""), "draft.md")) == ()
    assert garden().vocabulary(parse(strange.format("They run in winter, and winter is long."), "draft.md")) == ("winter",)


@pytest.mark.parametrize(
    ("text", "term", "is_said"),
    [
        ("We run Node.js on it.", "nodejs", True),
        ("We run nodejs on it.", "Node.js", True),
        ("WebAssembly is fast.", "web assembly", True),
        ("Web assembly is fast.", "WebAssembly", True),
        ("It is written in C++.", "c++", True),
        ("It is written in C.", "c++", False),
        ("It is written in C++.", "C", False),
        ("It is written in C#, for .NET.", "c#", True),
        ("It is written in C#, for .NET.", "dotnet", True),
        ("Use a CI/CD pipeline.", "cicd", True),
        ("Use open-source tools.", "Open Source", True),
        ("Releases are signed.", "release", True),
        ("The source is open.", "open source", False),
        ("Q & A with the team.", "Q &amp; A", True),
    ],
)
def test_a_draft_says_a_term_in_several_forms(text: str, term: str, is_said: bool) -> None:  # noqa: FBT001 - a column of the table
    assert Saying(parse(f"# Title\n\n{text}\n", "draft.md")).is_said(term) is is_said


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("How-to", "how to", True), ("C", "C++", False), ("C#", "C++", False), ("++", "--", False), ("Äpfel", "äpfel", True)],
)
def test_spellings_of_one_term(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (name_of_term(one) == name_of_term(other)) is same


def test_what_was_generated_says_nothing() -> None:
    source = "# Title\n\n**TL;DR**\n\n- Winter is long.\n\nText of the author's own.\n"
    assert not Saying(parse(source, "draft.md")).is_said("winter")


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"author": "Ann Ash, Bo Birch and Cy Cedar"}, ("ann ash", "bo birch", "cy cedar")),
        ({"authors": ["Ann Ash", {"name": "Bo Birch", "url": "/bo"}, 7, None]}, ("ann ash", "bo birch")),
        ({"by": ["Ann Ash"], "byline": "Ann Ash"}, ("ann ash",)),
        ({"title": "By Ann"}, ()),
    ],
)
def test_who_wrote_a_page(values: dict[str, object], names: tuple[str, ...]) -> None:
    assert authors_of(values) == names


def test_every_signal_has_a_weight_and_is_from_0_to_1() -> None:
    evidence = garden().evidence(parse(CABBAGE, "draft.md"))
    assert evidence
    for signals in term_signals(*evidence).values():
        assert set(signals) == set(term_weights().signals)
        assert all(0 <= value <= 1 for value in signals.values()), signals


@pytest.mark.parametrize(
    ("chances", "taxonomy", "number"),
    [
        ((0.9, 0.6, 0.5, 0.4, 0.3, 0.2), "tags", 5),
        ((0.9, 0.02, 0.01), "tags", 2),
        ((0.9, 0.6, 0.5, 0.4), "categories", 3),
        ((0.9, 0.09), "categories", 1),
        ((0.01, 0.001), "categories", 1),
        ((), "tags", 0),
    ],
)
def test_as_many_as_are_likely_and_at_least_one(chances: tuple[float, ...], taxonomy: str, number: int) -> None:
    assert fitting(chances, taxonomy) == list(chances[:number])


# ------------------------------------------------------------------ without a site

LONG = " The hall was full, and all who came were glad of it." * 14


@pytest.mark.parametrize(
    ("title", "text", "terms"),
    [
        (
            "Keeping a rain barrel",
            "The rain barrel leaks. A rain barrel has a lid. Our rain barrel has two taps.",
            ["rain barrel"],
        ),
        (
            "What we run",
            "We moved to Postgres. Postgres was fast. With Postgres 12, Postgres and the rest got Postgres right.",
            ["postgres"],
        ),
        (
            "What we run",
            "The code was slow. We changed the code. Then the code and the values were right, and the code was read. Code! Code!",
            [],
        ),
        ("A digital spring", "Our digital tools are digital. The digital ones win. All digital, we said.", []),
        ("A short word", "Nothing is repeated here.", []),
    ],
)
def test_what_an_article_is_about_in_its_own_words(title: str, text: str, terms: list[str]) -> None:
    answer = OfflineEngine().propose(brief(parse(f"# {title}\n\n{text}{LONG}\n", "draft.md")))
    assert [term for term in answer.categories if term != "hall"] == terms
