"""Rules about frontmatter: where they point, and the values at their borders."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_optimizer.analysis.running import genre
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.edits import apply_edits
from geo_optimizer.model import Finding
from geo_optimizer.options import Options
from geo_optimizer.rules import check
from geo_optimizer.site import Site, Skipped
from geo_optimizer.site.pages import read_page

LONG = "Why the price of lamp oil rose by a tenth in the spring of this year and who pays for it"


def found(text: str, code: str, path: str = "lamps.md", site: Site | None = None) -> list[Finding]:
    return list(check(parse(text, path), Options(select=(code,)), site))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"---\ntitle: {LONG}\n---\nText.\n", LONG),
        (f'---\ndate: 2024-05-02\ntitle: "{LONG}"\n---\nText.\n', f'"{LONG}"'),
        (f"+++\ntitle = '{LONG}'\n+++\nText.\n", f"'{LONG}'"),
        (f'{{\n  "title": "{LONG}"\n}}\n\nText.\n', f'"{LONG}"'),
        (f"---\ntitle: >\n  {LONG[:30]}\n  {LONG[30:].strip()}\n---\nText.\n", f">\n  {LONG[:30]}\n  {LONG[30:].strip()}"),
        (f"# {LONG}\n\nText.\n", f"# {LONG}"),
    ],
    ids=["plain", "quoted", "toml", "json", "folded", "heading"],
)
def test_a_finding_points_at_the_value(text: str, shown: str) -> None:
    (finding,) = found(text, "F004")
    assert finding.span.of(text) == shown


def test_a_description_points_at_its_own_line() -> None:
    text = "---\ntitle: Lamps\ndescription: Lamps.\n---\nText.\n"
    (finding,) = found(text, "F006")
    assert finding.span.of(text) == "Lamps."


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        (LONG, "year and who pays for it"),
        ("Why the <em>price</em> of lamp oil rose by a tenth in the spring &amp; who pays for all of it", "pays for all of it"),
        ("What the merchants of the harbour said when the lamps cost 14,000,000", "14,000,000"),
        ("What the old merchants of the harbour said about the lamps nevertheless", None),
        ("What the three merchants of the harbour answered when asked by us", None),
        ("Why <strong>lamp</strong> oil rose by <strong>a tenth</strong> in the spring", None),
    ],
    ids=["words", "markup in it", "a figure", "one word", "hardly wider", "only with its tags"],
)
def test_a_title_is_measured_as_it_is_shown(title: str, cut: str | None) -> None:
    findings = found(f'---\ntitle: "{title}"\n---\nText.\n', "F004")
    assert [f"“{cut}”" in finding.message for finding in findings] == ([True] if cut else [])


def test_a_description_is_measured_as_it_is_shown() -> None:
    def fires(description: str) -> bool:
        return bool(found(f"---\ntitle: Lamps\ndescription: '{description}'\n---\nText.\n", "F005"))

    words = "Lamp oil costs a tenth more this spring than it did in the last one, which is due to the frost, and "
    assert fires(words + "households of the harbour can do much about it before the autumn comes and the nights are long")
    assert not fires('<img src="/images/lamps/lamp-oil.svg" width="35" alt="A lamp of the harbour in spring"> ' + words + "to the wind.")
    assert not fires(
        "Lamp oil costs a tenth more this spring than it did in the last one. The cause is the frost of March, and most of us can do something."
    )
    assert fires("Lamp oil costs more. " + words * 3)
    assert not fires(words + "to the wind, to closed ports, and, as we all have known, to merchants")  # loses two words


POST = "---\ntitle: Lamps\n---\nSales of lamps rose by 12% last year.\n"
PARTIAL = "Lamps need oil.\n"


@pytest.mark.parametrize("root", ["", "/home/kim/2024-05/", "/srv/snippets/site/", "/srv/docs/includes/", "/backup/2023/", "../_includes/"])
@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("blog/lamps.md", POST, {"F002", "F008", "S002"}),
        ("content/news/lamps.md", POST, {"F002", "F008", "S002"}),
        ("blog/2024/05/lamps.md", POST, {"F002"}),
        ("posts/2024-05-02-lamps/index.md", POST, {"F002"}),
        ("guild/lamps/oil.md", POST, {"F002", "S002"}),
        ("guild/lamps/oil.md", PARTIAL, {"F001"}),
        ("guild/snippets/oil.md", PARTIAL, set()),
        ("_includes/lamps/oil.md", PARTIAL, set()),
    ],
)
def test_what_is_above_a_project_changes_no_finding(root: str, path: str, text: str, codes: set[str]) -> None:
    findings = check(parse(text, root + path), Options(select=("F001", "F002", "F008", "S002")))
    assert {finding.code for finding in findings} == codes


@pytest.mark.parametrize("root", ["", "/site/", "/home/kim/docs/site/"])
@pytest.mark.parametrize(
    ("path", "expected"), [("docs/lamps/oil.md", "reference"), ("blog/oil.md", "article"), ("docs/blog/oil.md", "article")]
)
def test_documentation_is_known_by_the_folders_next_to_it(root: str, path: str, expected: str) -> None:
    assert genre(parse("# Lamps\n\nLamps need oil.\n", root + path)) == expected


def test_one_short_title_twice_counts_in_one_folder_however_the_path_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# Lamps\n\nLamps need oil.\n"
    site = Site(tmp_path, [read_page(name, text) for name in ("a.md", "b.md", "guild/c.md")])
    monkeypatch.chdir(tmp_path)
    for name, others in (("a.md", 1), ("guild/c.md", 0)):
        assert len(found(text, "F011", name, site)) == len(found(text, "F011", str(tmp_path / name), site)) == others


def test_what_all_of_the_metadata_lacks_is_shown_at_its_first_line() -> None:
    for text in ("---\ntitle: Lamps\nweight: 3\n---\nText.\n", "---\r\ntitle: Lamps\r\n---\r\nText.\r\n"):
        (finding,) = found(text, "F002")
        assert finding.span.of(text) == "---"


def test_the_first_heading_of_a_digest_is_that_of_its_first_entry() -> None:
    entries = "- [Oil](/oil/) costs more\n- [Wicks](/wicks/) do not\n" * 5
    assert not found("---\ntitle: Weekly news\n---\n# Oil 2.0\n\n" + entries, "F003")
    assert found("---\ntitle: Weekly news\n---\n# Oil 2.0\n\nIt costs more.\n", "F003")


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("---\ntitle: Weekly news\n---\n" + "- [Oil](/oil/) costs more\n- [Wicks](/wicks/) do not\n" * 5, False),
        (
            "---\ntitle: Lamps\ndate: 2024-05-02\n---\nWhat we found in the harbour:\n\n"
            + "- Oil costs more than it did last spring\n" * 5,
            True,
        ),
        ("---\ntitle: Settings\n---\nThese can be set.\n\n| Name | Meaning |\n| --- | --- |\n" + "| oil | how much |\n" * 5, False),
        ("---\ntitle: Lamps\n---\nThey need oil, and the oil costs a tenth more.\n\n- oil\n- wicks\n", True),
    ],
    ids=["digest", "post with a list", "reference", "text"],
)
def test_what_is_a_list_needs_no_description(text: str, *, fires: bool) -> None:
    assert bool(found(text, "F002")) is fires


@pytest.mark.parametrize("value", ["2024-13-45", "2023/02/29", "0000-00-00", "yesterday", "TBD", "YYYY-MM-DD", "demain"])
def test_what_is_no_date(value: str) -> None:
    assert found(f"---\ntitle: Lamps\ndate: {value}\n---\nText.\n", "F009")


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-29",
        "2024-05-02T10:00:00Z",
        "2024/5/2",
        "2 May 2024",
        "31.12.2023",
        "12/31/2023",
        "2024",
        "Last Modified",
        "{{ now }}",
        "true",
    ],
)
def test_what_may_be_a_date(value: str) -> None:
    assert not found(f"---\ntitle: Lamps\ndate: {value}\n---\nText.\n", "F009")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("slug: Lamp Oil", "slug: lamp-oil"),
        ("slug: lamp_oil_", "slug: lamp-oil"),
        ("permalink: /Lamps/What's New.html", "permalink: /lamps/whats-new.html"),
        ("url: /größen_und/preise/", "url: /größen-und/preise/"),
    ],
)
def test_an_address_is_mended(written: str, mended: str) -> None:
    text = f"---\ntitle: Lamps\n{written}\n---\nText.\n"
    (finding,) = found(text, "F007")
    assert finding.fix is not None
    fixed = apply_edits([finding.fix.edit], text)
    assert mended in fixed.replace('"', "")
    assert not found(fixed, "F007")


@pytest.mark.parametrize(
    "written",
    [
        "slug: lamp-oil",
        "slug: цены-2024",
        "permalink: /:categories/:title/",
        "permalink: /v1.2/404.html",
        "url: https://A.example/B_c",
        "slug: /",
    ],
)
def test_an_address_that_is_fine(written: str) -> None:
    assert not found(f"---\ntitle: Lamps\n{written}\n---\nText.\n", "F007")


@pytest.mark.parametrize(
    ("path", "fires"),
    [
        ("content/posts/lamps.md", True),
        ("content/posts/lamps/index.md", True),
        ("content/posts/2024/lamps.md", False),
        ("content/posts/2024-05-02-lamps/index.md", False),
        ("content/posts/_index.md", False),
        ("blog/tags/lamps.md", False),
        ("docs/lamps.md", False),
    ],
)
def test_a_post_is_known_by_its_folder(path: str, *, fires: bool) -> None:
    assert bool(found("---\ntitle: Lamps\n---\nText.\n", "F008", path)) == fires


def test_a_draft_that_waits_needs_no_date_yet() -> None:
    assert not found("---\ntitle: Lamps\ndraft: true\n---\nText.\n", "F008", "posts/lamps.md")


def test_an_address_is_shared_with_a_file_that_the_site_passed_over() -> None:
    text = "---\ntitle: Lamps\nslug: oil\n---\nText.\n"
    site = Site(Path("/site"), [read_page("posts/a.md", text)], [Skipped("posts/b.md", "same address", "/posts/oil/")])
    (finding,) = found(text, "F013", "/site/posts/a.md", site)
    assert "posts/b.md" in finding.message
    assert finding.span.of(text) == "oil"


@pytest.mark.parametrize("pattern", ["/:year/:title/", "https://other.example/oil"])
def test_a_pattern_or_a_link_is_no_shared_address(pattern: str) -> None:
    pages = {f"posts/{name}.md": f"---\ntitle: {name}\npermalink: {pattern}\n---\nText.\n" for name in "ab"}
    site = Site(Path("/site"), [read_page(name, text) for name, text in pages.items()])
    assert not found(pages["posts/a.md"], "F013", "/site/posts/a.md", site)
