"""The weights of link suggestions: each signal has one, and counts as told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_optimizer.markdown import parse
from geo_optimizer.site import Page, Site, suggest_links
from geo_optimizer.site.pages import read_page
from geo_optimizer.site.signals import probability, worth
from geo_optimizer.site.suggest import places_of_pages
from geo_optimizer.site.survey import Survey
from geo_optimizer.site.weights import Sum, weights
from geo_optimizer.site.wording import fitness

PAGES = {
    "water/rain-barrels.md": ("Rain barrels", "2024-03-01", "A rain barrel feeds the [drip hoses](/water/drip-hoses/)."),
    "water/drip-hoses.md": ("Drip hoses for dry summers", "2024-05-01", "Drip hoses save water. See [rain barrels](rain-barrels.md)."),
    "water/ponds.md": ("A pond for frogs", "2023-05-01", "A pond needs [rain barrels](rain-barrels.md) in summer, and no fish."),
    "soil/leaf-mould.md": ("Leaf mould", "2022-01-01", "Leaf mould takes two years. [Rain barrels](/water/rain-barrels/) help."),
}
WORDS = st.sampled_from(
    "rain barrels Rain Barrels drip hoses frogs ponds leaf mould LeafMould the a for New see our guide running quickly 2024 behind (barrels) *leaf*".split()
)


def pages() -> Iterator[Page]:
    for path, (title, date, body) in PAGES.items():
        yield read_page(path, f"---\ntitle: {title}\ndate: {date}\n---\n\n{body}\n")


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(Path("/nowhere"), list(pages()))


def survey(source: str, site: Site, path: str = "/nowhere/water/ponds.md") -> Survey:
    return Survey(parse(f"---\ntitle: Summer water\ndate: 2024-06-01\n---\n\n{source}\n", path), site)


def test_every_signal_has_a_weight_and_every_weight_a_signal(site: Site) -> None:
    (_, of_page, places), *_ = places_of_pages(survey("We have rain barrels and drip hoses.", site))
    of_place = next(iter(places.values()))
    found = weights()
    assert set(found.pages.names) == set(of_page)
    assert set(found.places.names) == set(of_place)
    assert set(found.links.names) <= set(of_page) | set(of_place)
    assert not set(of_page) & set(of_place), "a name for each"


@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS, max_size=30))
def test_every_signal_is_from_0_to_1(words: list[str]) -> None:
    site = Site(Path("/nowhere"), list(pages()))
    for _, of_page, places in places_of_pages(survey(" ".join(words), site)):
        assert all(0 <= value <= 1 for value in of_page.values()), of_page
        assert isinstance(worth(of_page), float)
        for of_place in places.values():
            assert all(0 <= value <= 1 for value in of_place.values()), of_place
            assert 0 < probability({**of_page, **of_place}) < 1
            assert isinstance(fitness(of_place), float)


@pytest.mark.parametrize(("value", "height"), [(0.0, 0.0), (0.1, 0.5), (0.2, 1.0), (0.35, 2.0), (0.5, 3.0), (1.0, 2.0)])
def test_a_curve_is_straight_between_its_knots(value: float, height: float) -> None:
    told = Sum({"bent": [0.0, 1.0, 3.0, 2.0], "straight": -1.0}, [0.0, 0.2, 0.5, 1.0])
    assert told.part("bent", value) == pytest.approx(height)
    assert told.of({"bent": value, "straight": 0.5}) == pytest.approx(height - 0.5)


def test_what_a_person_wrote_of_a_page_speaks_for_it_and_is_told() -> None:
    source = "Fill the big green butts before the drought, and check the taps."
    plain = [replace(page, links=()) for page in pages()]
    told = [
        replace(page, anchors=("green butts",), use_when="a drought is near") if page.path.endswith("rain-barrels.md") else page
        for page in plain
    ]
    draft = parse(source, "draft.md")
    assert "/water/rain-barrels/" not in {s.target for s in suggest_links(draft, Site(Path("/nowhere"), plain)) if s.recommended}
    (found,) = (s for s in suggest_links(draft, Site(Path("/nowhere"), told)) if s.target == "/water/rain-barrels/")
    assert found.anchor == "green butts"
    assert found.reason.startswith("Your catalogue gives 'green butts' as words for that page, for use when a drought is near")


def test_a_page_older_than_the_other_does_not_count_as_one_that_passes_it_over(site: Site) -> None:
    barrels, hoses = site.number_of("/nowhere/water/rain-barrels.md"), site.number_of("/nowhere/water/drip-hoses.md")
    assert barrels is not None
    assert hoses is not None
    found = survey("Rain barrels and drip hoses for dry summers, and a pond.", site, "/nowhere/new.md")
    assert found.as_neighbours_do(hoses)[1] == 0, "each page that says so is older"
    assert found.as_neighbours_do(barrels)[0] > 0
