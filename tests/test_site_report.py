"""The state of a whole site: what `geo-optimize site` finds, and how it says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from command import Run
from geo_optimizer.report.site import SiteReport, render
from geo_optimizer.report.site.result import LISTINGS
from geo_optimizer.site import open_site
from geo_optimizer.site.alike import alike
from geo_optimizer.site.audit import Audit, LinkRow, PageRow, audit
from geo_optimizer.site.dead import meant
from geo_optimizer.site.fingerprint import SIZE, fingerprint, likeness
from geo_optimizer.site.lines import placed, reader
from geo_optimizer.site.picture import MOST_PAGES, MOST_SECTIONS, folders_picture, pages_picture
from geo_optimizer.site.rows import Rows, audit_site
from geo_optimizer.site.sections import sections

# ------------------------------------------------------------------ sites as tables


def folder(tmp_path: Path, files: dict[str, str]) -> Path:
    """A site with these files."""
    root = tmp_path / "site"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def found(tmp_path: Path, files: dict[str, str]) -> Audit:
    site = open_site(folder(tmp_path, files))
    return placed(audit_site(site), reader(site.root))


def dead(state: Audit) -> list[str]:
    """`page:line href`, and the page that is proposed."""
    return [
        f"{state.pages[link.page].path}:{link.line} {link.href}"
        + (f" -> {state.pages[link.nearest].path}" if link.nearest is not None else "")
        for link in state.dead
    ]


def paths(state: Audit, numbers: tuple[int, ...]) -> list[str]:
    return [state.pages[n].path for n in numbers]


def report(state: Audit) -> SiteReport:
    return SiteReport("content", state, (), "1.0")


def titled(title: str, text: str = "", **keys: str) -> str:
    rows = "".join(f"{key}: {value}\n" for key, value in {"title": f'"{title}"', **keys}.items())
    return f"---\n{rows}---\n\n{text}\n"


# A part of a site whose links by address lead to pages: only there an address that leads nowhere is a dead link.
OILS = {
    "oils/olive-oil.md": "See [rape](/oils/rape-oil/), [lamp](/oils/lamp-oil/) and [linseed](/oils/linseed-oil/).",
    "oils/rape-oil.md": "See [olive](/oils/olive-oil/).",
    "oils/lamp-oil.md": "Oil.",
    "oils/linseed-oil.md": "Oil.",
}


# ------------------------------------------------------------------ dead links


@pytest.mark.parametrize(
    ("link", "proposed"),
    [
        ("[a](rape-oils.md)", "oils/rape-oil.md"),
        ("[a](../fats/rape-oil-new.md)", "oils/rape-oil.md"),
        ("[a](whale.md)", None),
        ("[a](/oils/rapeoil/)", "oils/rape-oil.md"),
        ("[a](/oils/whale-blubber/)", None),
        ("[a](whale/)", None),
        ('<a href="/oils/whale/">a</a>', None),
        ("[a][w]\n\n[w]: /oils/whale", None),
        ("[a](/oils/whale/?page=2#prices)", None),
    ],
)
def test_a_link_to_no_page_is_dead(link: str, proposed: str | None, tmp_path: Path) -> None:
    state = found(tmp_path, {**OILS, "oils/new.md": f"---\ntitle: New\n---\n\nOne line.\n\n{link}\n"})
    (only,) = state.dead
    assert (state.pages[only.page].path, only.line) == ("oils/new.md", 7)  # of a reference, too, where it is used
    assert (None if only.nearest is None else state.pages[only.nearest].path) == proposed


@pytest.mark.parametrize(
    "link",
    [
        "[a](/oils/lamp-oil/)",
        "[a](lamp-oil.md#prices)",
        "[a](#prices)",
        "[a](mailto:kim@harbour.org)",
        "[a](https://elsewhere.org/oils/whale/)",
        "[a](/oils/whale.pdf)",
        "[a](whale.zip)",
        "![a](/oils/whale.png)",
        "[a](/oils/)",  # a folder of pages: a generator lists them
        "[a](../)",
        "[a](/tags/whale/)",
        "[a](/oils/page/2/)",
        "[a](/oils/feed/)",
        "[a]({{ site.url }}/oils/whale/)",
        '[a]({{< ref "whale" >}})',
        "[a](/oils/{id}/)",
        "[a](/oils/<name>/)",
        "[a](/prices/)",  # a page at the root may be anything's
        "[a](/shop/whale/)",  # no page lies there: something else makes what does
        "`[a](whale.md)`",
        "```\n[a](whale.md)\n```",
        "<!-- [a](whale.md) -->",
        "Text.\n\n    [a](whale.md)",  # code by its indent
        "\\[a](whale.md)",
        "[a\\](whale.md)",
        "[w]: whale.md",  # a definition that nothing uses
        "<div>\n[a](whale.md)\n</div>",
        "Text with whale.md in it, and ![a](whale.md).",
        "[a](../notes/left-out.txt)",
        "[a](/oils/about-us/)",  # a file that is no Markdown
        "[[whale]]",  # no wiki
    ],
)
def test_what_is_no_dead_link(link: str, tmp_path: Path) -> None:
    files = {**OILS, "oils/new.md": f"{link}\n", "notes/left-out.txt": "", "about-us.html": "", "geo.toml": ""}
    assert dead(found(tmp_path, files)) == []


def test_addresses_count_only_where_most_are_found(tmp_path: Path) -> None:
    """Where links by address lead nowhere as a rule, it is we who do not know the addresses."""
    some = {f"oils/{n}.md": f"[a](/oils/generated-{n}/)" for n in "abcdef"}
    assert dead(found(tmp_path, {**OILS, **some})) == []


def test_several_links_into_a_folder_without_pages_are_to_what_something_else_makes(tmp_path: Path) -> None:
    text = "[a](/oils/api/one/), [b](/oils/api/two/), [c](/oils/api/three/), [d](/oils/old/rape-oil/)"
    assert dead(found(tmp_path, {**OILS, "oils/new.md": text})) == ["oils/new.md:1 /oils/old/rape-oil/ -> oils/rape-oil.md"]


def test_the_own_host_counts(tmp_path: Path) -> None:
    text = " ".join(f"[{n}](https://www.oils.org/oils/{n}/)" for n in ("rape-oil", "lamp-oil", "olive-oil", "whale"))
    assert dead(found(tmp_path, {**OILS, "oils/new.md": text})) == ["oils/new.md:1 https://www.oils.org/oils/whale/"]


@pytest.mark.parametrize(
    ("config", "front"),
    [
        ({"hugo.toml": 'baseURL = "https://x.example/shop/"\n'}, "/shop"),
        ({"docusaurus.config.js": "module.exports = { baseUrl: '/shop/' };\n"}, ""),  # the generator adds it
        ({"docusaurus.config.js": "module.exports = { baseUrl: '/shop/' };\n"}, "/shop"),
    ],
)
def test_of_a_site_below_a_path(config: dict[str, str], front: str, tmp_path: Path) -> None:
    below = "content" if "hugo.toml" in config else "src/pages"
    files = {f"{below}/{path}": text.replace("](/", f"]({front}/") for path, text in OILS.items()}
    new = {f"{below}/oils/new.md": f"[a]({front}/oils/rapeoil/) [b]({front}/oils/rape-oil/)"}
    assert dead(found(tmp_path, {**config, **files, **new})) == [
        f"{below}/oils/new.md:1 {front}/oils/rapeoil/ -> {below}/oils/rape-oil.md",
    ]


def test_a_file_elsewhere_of_the_same_name_is_not_linked(tmp_path: Path, run: Run) -> None:
    text = "[a](guides/setup.md), [b](../../nowhere/setup.md), [c](setup.md), [d](ref/setup.md)"
    files = {"mkdocs.yml": "site_name: x\n", "docs/ref/setup.md": "A.", "docs/index.md": text}
    root = folder(tmp_path, files) / "docs"
    site = open_site(root)
    assert dead(placed(audit_site(site), reader(root))) == [
        f"index.md:1 {href} -> ref/setup.md" for href in ("../../nowhere/setup.md", "guides/setup.md", "setup.md")
    ]


def test_the_bare_name_of_a_note_is_found_anywhere_where_no_generator_is_known(tmp_path: Path) -> None:
    files = {"notes/whale.md": "A.", "a.md": "[a](whale.md) [b](other/whale.md)"}
    assert dead(found(tmp_path, files)) == ["a.md:1 other/whale.md -> notes/whale.md"]


def test_a_page_is_not_at_the_address_that_its_name_would_give_it(tmp_path: Path) -> None:
    files = {f"content/{path}": text for path, text in OILS.items()}
    files["content/oils/lamp-oil.md"] = titled("Lamp oil", slug="petroleum")
    files["content/oils/new.md"] = titled("New", "[a](/oils/petroleum/) [b](/oils/rape-oil/) [c](lamp-oil.md)")
    state = found(tmp_path, {"hugo.toml": "", **files})
    assert dead(state) == ["content/oils/olive-oil.md:1 /oils/lamp-oil/ -> content/oils/lamp-oil.md"]


def test_names_of_a_wiki(tmp_path: Path) -> None:
    files = {"a.md": "[[b]] [[c]] [[d]] [[whale]] [[The letter|d]]", "b.md": "[[a|Back]]", "c.md": "C.", "d.md": "D."}
    assert dead(found(tmp_path, files)) == ["a.md:1 whale"]


def test_each_place_of_a_dead_link(tmp_path: Path) -> None:
    text = "# New\r\n\r\n[a](whale.md)\r\n\r\n`[b](whale.md)`\r\n\r\n[c](whale.md) and [d](seal.md)\r\n"
    state = found(tmp_path, {**OILS, "oils/new.md": text})
    assert dead(state) == ["oils/new.md:3 whale.md", "oils/new.md:7 seal.md", "oils/new.md:7 whale.md"]


def test_one_thing_is_as_grave_and_stands_at_the_same_place_in_both_commands(tmp_path: Path, run: Run) -> None:
    files = {"a.md": "One.\n\nSee [b][x] and\n[c](c.md).\n\n[x]: gone.md\n", "c.md": titled("C", "[a](a.md)", draft="true")}
    site = folder(tmp_path, files)
    checked = run("check", site / "a.md", "--site", site, "--select", "L004,L005", "--format", "json").json()
    said = [(finding["code"], finding["severity"], finding["line"]) for finding in checked["files"][0]["findings"]]
    state = placed(audit_site(open_site(site)), reader(site))
    grave = {listing.key: listing.severity for listing in LISTINGS}
    assert said == [
        ("L004", grave["dead_links"], state.dead[0].line),
        ("L005", grave["links_to_hidden"], state.to_hidden[0].line),
    ]


def test_what_looks_like_a_dead_link_does_not_hide_one(tmp_path: Path) -> None:
    """Of a link that is there once and looks so twice, the place and the words of the true one are told."""
    text = "\\[no link](whale.md)\n\n    [code](whale.md)\n\n- It\n\n    is [here](whale.md), [there][w] and <a href='seal.md'>there</a>.\n\n[w]: whale.md\n"
    state = found(tmp_path, {**OILS, "oils/new.md": text})
    assert [(link.href, link.line, link.text) for link in state.dead] == [
        ("seal.md", 7, "there"),
        ("whale.md", 7, "here"),
        ("whale.md", 7, "there"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "[a](wh%61le.md)",
        "[a](wh\\_ale.md)",
        "[a](<whale.md>)",
        "{{< box >}}[a](whale.md){{< /box >}}",
        "![an image](whale.md) <a class=x href='whale.md'>a</a>",
    ],
)
def test_however_its_address_is_written(link: str, tmp_path: Path) -> None:
    (only,) = found(tmp_path, {**OILS, "oils/new.md": f"\n\n{link}\n"}).dead
    assert only.line == 3


def test_of_a_page_that_cannot_be_parsed(tmp_path: Path) -> None:
    files = {**OILS, "oils/new.mdx": "An {open brace.\n\n[a](whale.md) `[b](whale.md)`\n"}
    assert dead(found(tmp_path, files)) == ["oils/new.mdx:3 whale.md"]


@pytest.mark.parametrize(
    ("other", "proposed"),
    [("b.md", ""), ("fats/rape-oil-new.md", " -> fats/rape-oil-new.md"), ("oils/rape-oil-newest.md", " -> oils/rape-oil-newest.md")],
)
def test_the_page_with_the_link_was_not_meant(other: str, proposed: str, tmp_path: Path) -> None:
    state = found(tmp_path, {"oils/rape-oil-new.md": "[a](rape-oil-newe.md)", other: "Of another kind."})
    assert dead(state) == [f"oils/rape-oil-new.md:1 rape-oil-newe.md{proposed}"]


def test_part_two_is_no_misspelt_part_three(tmp_path: Path) -> None:
    state = found(tmp_path, {"lamp-oil-part-2.md": "A.", "b.md": "[a](lamp-oil-part-3.md)"})
    assert dead(state) == ["b.md:1 lamp-oil-part-3.md"]


def test_a_name_of_one_word_is_many_a_pages(tmp_path: Path) -> None:
    state = found(tmp_path, {"sales/tools/index.md": "A.", "sales/a.md": "[a](../ops/tools/index.md)", "ops/index.md": "B."})
    assert dead(state) == ["sales/a.md:1 ../ops/tools/index.md"]


def test_a_page_that_no_file_holds_keeps_its_dead_links() -> None:
    """As of a site that was read from a list of addresses."""
    pages = [page(n, f"oils/{name}.md") for n, name in enumerate(("a", "b"))]
    state = placed(audit(pages, [LinkRow(0, "c.md", "C", None, internal=True)]), lambda _: None)
    assert [(link.href, link.line) for link in state.dead] == [("c.md", None)]


@pytest.mark.parametrize("wiki", ["$name", "-f file", "", "{{day}}", "a=b"])
def test_what_is_no_name_of_a_page(wiki: str) -> None:
    assert meant(wiki, wiki=True) is None


# ------------------------------------------------------------------ the other lists


def page(number: int, path: str, title: str = "", text: str = "", *, hidden: bool = False) -> PageRow:
    return PageRow(
        number, path, "/" + path.removesuffix(".md") + "/", title or path, "", hidden, None, len(text.split()), False, fingerprint(text)
    )


def test_orphans(tmp_path: Path) -> None:
    state = found(
        tmp_path,
        {
            "a.md": "[a](a.md)",
            "b.md": "[a](a.md) and [itself](b.md)",
            "c.md": titled("C", draft="true"),
            "d/index.md": "A list.",
            "d/e.md": "[a](../a.md)",
            "home.md": titled("Home", url="/"),
        },
    )
    assert paths(state, state.orphans) == ["b.md", "d/e.md"]


def test_pages_without_outlinks(tmp_path: Path) -> None:
    state = found(
        tmp_path,
        {
            "index.md": "Welcome.",
            "a.md": "[b](b.md)",
            "b.md": "[elsewhere](https://elsewhere.org/a) and [here](#here)",
            "c.md": "[all of it](/tags/oil/)",  # stays on the site, whatever makes it
            "d.md": titled("D", draft="true"),
            "e.md": "[a list](prices.pdf)",
            "f.md": titled("F", permalink="/"),
        },
    )
    assert paths(state, state.without_outlinks) == ["b.md", "e.md"]


@pytest.mark.parametrize("name", ["sitemap.xml", "pages.csv"])
def test_of_pages_whose_texts_are_not_known_no_link_is_missed(name: str, tmp_path: Path, run: Run) -> None:
    """A list of addresses says which pages there are, and what several of them are called; not who links to whom."""
    site = tmp_path / name
    if name == "pages.csv":
        site.write_text("url,title\n/a/,Prices of lamp oil\n/b/,Prices of lamp oil\n")
    else:
        site.write_text('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.org/b/</loc></url></urlset>')
    done = run("site", site)
    assert (done.code, "orphan" in done.out, "link to no other" in done.out) == (0, False, False)
    assert "nothing is known without their texts" in done.out
    assert ("title of several pages" in done.out) == (name == "pages.csv")
    assert run("site", site, "--format", "json").json()["summary"]["links"] is None


def test_one_page_is_no_orphan(tmp_path: Path) -> None:
    state = found(tmp_path, {"a.md": "A."})
    assert (state.orphans, state.without_outlinks) == ((), ())


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (("a.md", "Prices of lamp oil"), ("x/b.md", "Prices of *lamp oil*"), True),
        (("a.md", "Prices of lamp oil"), ("b.md", "Prices of lamp oils"), False),
        (("x/a.md", "Overview"), ("x/b.md", "Overview"), True),  # in one folder
        (("x/a.md", "Overview"), ("y/a.md", "Overview"), False),
        (("en/a.md", "Prices of lamp oil"), ("de/a.md", "Prices of lamp oil"), False),  # a translation
        (("v1/a.md", "Prices of lamp oil"), ("v2/a.md", "Prices of lamp oil"), False),  # a version
    ],
)
def test_titles_of_several_pages(one: tuple[str, str], other: tuple[str, str], shared: bool, tmp_path: Path) -> None:  # noqa: FBT001
    state = found(tmp_path, {path: titled(title) for path, title in (one, other)})
    assert [sorted(paths(state, each.pages)) for each in state.same_title] == ([sorted([one[0], other[0]])] if shared else [])


def test_descriptions_of_several_pages(tmp_path: Path) -> None:
    said, short = "What lamp oil costs in spring, and why.", "All about oil."
    files = {
        "a.md": titled("A", description=said),
        "b.md": titled("B", description=said),
        "c.md": titled("C", description=said, draft="true"),
        "d.md": titled("D", description=short),
        "e.md": titled("E", description=short),
    }
    state = found(tmp_path, files)
    assert [(each.text, paths(state, each.pages)) for each in state.same_description] == [(said, ["a.md", "b.md"])]


@pytest.mark.parametrize(
    ("one", "other", "ambiguous"),
    [
        ("[oil prices](a.md)", "[Oil prices](b.md)", True),
        ("[oil prices](a.md)", "[oil prices](a.md)", False),
        ("[prices](a.md)", "[prices](b.md)", False),
        ("[read more](a.md)", "[read more](b.md)", False),
        ("[oil prices](en/a.md)", "[oil prices](de/a.md)", False),
    ],
)
def test_words_that_lead_to_several_pages(one: str, other: str, ambiguous: bool, tmp_path: Path) -> None:  # noqa: FBT001
    files = {"x.md": one, "y.md": other, **dict.fromkeys(("a.md", "b.md", "en/a.md", "de/a.md"), "A.")}
    state = found(tmp_path, files)
    said = [(each.links, [(state.pages[n].path, state.pages[by].path) for n, by in each.targets]) for each in state.anchors]
    assert said == ([(2, [("a.md", "x.md"), ("b.md", "y.md")])] if ambiguous else [])


# ------------------------------------------------------------------ pages that are alike


def essay(number: int, words: int = 300) -> list[str]:
    """Words of a text of its own."""
    state, made = number + 1, []
    for _ in range(words):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        made.append(f"w{state >> 40 & 0x3FF}x")
    return made


def changed(words: list[str], every: int) -> list[str]:
    return [f"new{n}" if n % every == 0 else word for n, word in enumerate(words)]


@pytest.mark.parametrize(
    ("other", "lowest", "highest"),
    [
        (essay(1), 1.0, 1.0),
        (["Before", "it", *essay(1)], 0.9, 1.0),
        (changed(essay(1), 50), 0.75, 1.0),  # 6 words of 300: 0.89
        (changed(essay(1), 10), 0.35, 0.75),  # 30 words of 300: 0.54
        (essay(2), 0.0, 0.1),
    ],
)
def test_likeness(other: list[str], lowest: float, highest: float) -> None:
    one, two = fingerprint(" ".join(essay(1))), fingerprint(" ".join(other))
    assert len(one) == len(two) == SIZE
    assert lowest <= likeness(one, two) <= highest
    assert likeness(one, two) == likeness(two, one)


def test_an_estimate_is_near_the_truth() -> None:
    """Of many pairs the mean error is small, so the estimate is not biased; each is within four standard errors."""
    errors = []
    for number in range(60):
        one = essay(number, 200)
        other = changed(one, 8 + number % 40)
        shingles = [set(zip(words, words[1:], words[2:], strict=False)) for words in (one, other)]
        true = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
        errors.append(likeness(fingerprint(" ".join(one)), fingerprint(" ".join(other))) - true)
    assert abs(sum(errors) / len(errors)) < 0.02
    assert max(map(abs, errors)) < 0.25


def test_a_fingerprint_is_the_same_everywhere() -> None:
    """Bytes are kept in indexes: another run, machine or version of Python must make the same ones."""
    text = " ".join(essay(5, 60))
    assert fingerprint(text).hex()[:48] == "646a900b99fa625c20be844f312350da193ce29dd388a00f"


def test_short_texts_are_not_compared() -> None:
    short = fingerprint("word " * 49)
    assert short == b""
    assert likeness(short, short) == 0.0
    assert fingerprint("word " * 50)


def test_pages_that_say_nearly_the_same(tmp_path: Path) -> None:
    text = essay(3)
    files = {
        "a.md": " ".join(text),
        "b.md": " ".join(changed(text, 60)),
        "c.md": " ".join(essay(4)),
        "d.md": titled("D", " ".join(text), draft="true"),
        "de/a.md": " ".join(text),
        "stub-1.md": "Nothing is here yet.",
        "stub-2.md": "Nothing is here yet.",
    }
    state = found(tmp_path, files)
    (group,) = state.alike
    assert paths(state, group.pages) == ["a.md", "b.md"]
    assert 0.8 <= group.likeness < 1


def test_who_is_like_another_but_not_the_first_is_in_no_group_with_it() -> None:
    one = essay(6)
    two, three = changed(one, 40), changed(changed(one, 40)[1:], 40)
    prints = [fingerprint(" ".join(words)) for words in (one, two, three, two)]
    groups = alike(prints, lambda *_: False).groups
    assert all(likeness(prints[group.pages[0]], prints[n]) >= 0.8 for group in groups for n in group.pages)
    assert any({1, 3} <= set(group.pages) for group in groups)


# ------------------------------------------------------------------ many pages


def many(count: int) -> tuple[Iterator[PageRow], Iterator[LinkRow]]:
    """Pages of their own words, each a copy of another now and then; all share their first words, which is what is compared in vain."""
    common = essay(-1, 60)
    texts = (" ".join(common + essay(n - 10 if n % 50 == 20 else n, 60)) for n in range(count))
    rows = (page(n, f"part-{n // 100}/page-{n}.md", f"Title {n % 700}", text) for n, text in enumerate(texts))
    links = (LinkRow(n, f"page-{n + step}.md", f"to page {n}", (n + step) % count, internal=True) for n in range(count) for step in (1, 7))
    return rows, links


def test_the_work_grows_with_the_pages() -> None:
    small, large = (audit(*many(count)) for count in (500, 2_000))
    assert len(large.alike) > len(small.alike) > 0
    assert large.compared / 2_000 < 1.5 * small.compared / 500 + 1


def test_copies_of_one_page_are_not_compared_with_each_other() -> None:
    prints = [fingerprint(" ".join(essay(7)))] * 3_000
    compared = alike(prints, lambda *_: False)
    assert [group.pages for group in compared.groups] == [tuple(range(3_000))]
    assert compared.pairs <= 3_000


def test_the_rows_are_read_once_and_the_answer_is_the_same() -> None:
    one, other = audit(*many(300)), audit(*many(300))
    assert one == other
    for form in ("text", "json", "html"):
        assert render(form, report(one)) == render(form, report(other))


# ------------------------------------------------------------------ what is printed


def test_text(tmp_path: Path, run: Run) -> None:
    site = folder(tmp_path, {**OILS, "oils/new.md": "# New\n\n[a](rape-oils.md)\n", "oils/broken.md": "---\ntitle: [\n---\n"})
    done = run("site", site)
    assert done.code == 0
    assert "oils/broken.md" in done.err
    assert done.out == (
        f"{site}: 5 pages, 4 links between them; 1 file left out\n"
        "\n"
        "1 dead link (error)\n"
        "  oils/new.md:3: rape-oils.md (did you mean oils/rape-oil.md?)\n"
        "  Correct each, or take it out: whoever follows it finds nothing.\n"
        "\n"
        "1 orphan, to which no page links\n"
        "  oils/new.md: “New”\n"
        "  Link each from the text of a page on the same subject.\n"
        "\n"
        "2 pages that link to no other\n"
        "  oils/lamp-oil.md: “Lamp oil”\n"
        "  oils/linseed-oil.md: “Linseed oil”\n"
        "  Lead readers on: `geo-optimize links PAGE --site SITE` says which words can be linked.\n"
        "\n"
        "1 file left out\n"
        f"  oils/broken.md: {open_site(site).skipped[0].reason}\n"
        "  Nothing else is said here of them.\n"
    )


def test_long_lists_are_cut_in_text_and_whole_in_json(tmp_path: Path, run: Run) -> None:
    site = folder(tmp_path, {f"{n:02}.md": f"# Page {n}\n\n[a](gone.md)\n" for n in range(30)})
    assert "\n  and 20 more\n" in run("site", site).out
    assert len(run("site", site, "--format", "json").json()["dead_links"]) == 30


def test_nothing_to_mend(tmp_path: Path, run: Run) -> None:
    done = run("site", folder(tmp_path, {"a.md": "[b](b.md)", "b.md": "[a](a.md)"}), "--fail-on", "warning")
    assert done.code == 0
    assert done.out.endswith("Nothing to mend.\n")


def test_of_files_that_are_left_out_nothing_is_promised(tmp_path: Path, run: Run) -> None:
    files = {"a.md": "[b](b.md)", "b.md": "[a](a.md)", **{f"c{n}.md": "---\ntitle: [\n---\n" for n in range(12)}}
    done = run("site", folder(tmp_path, files))
    assert "Nothing to mend" not in done.out
    assert "\n12 files left out\n  c0.md: " in done.out
    assert "  and 2 more\n" in done.out
    assert "Nothing to mend" not in run("site", tmp_path / "site", "--format", "html").out


def test_two_pages_with_one_address(tmp_path: Path, run: Run) -> None:
    """All but one are left out, of which nothing else would be known."""
    files = {
        **{f"{name}.md": titled(name, "[b](x.md) [c](a.md)", permalink="/start/") for name in "abc"},
        "x.md": "[a](a.md)",
        "draft.md": titled("D", permalink="/start/", draft="true"),
        "en.md": titled("E", permalink="/start/", lang="en"),
        "manual/index.md": "[a](../a.md), [x](../x.md)",
        "manual/readme.md": "The same in a repository.",
        "de/a.md": titled("a", permalink="/start/"),
    }
    state = found(tmp_path, files)
    assert [(state.pages[clash.page].path, clash.others) for clash in state.same_address] == [("a.md", ("b.md", "c.md"))]
    done = run("site", tmp_path / "site")
    assert "1 address of several pages (warning)\n  /start/: a.md, not b.md, c.md\n" in done.out
    assert "b.md: same address" not in done.out, "it is told once"
    told = run("site", tmp_path / "site", "--format", "json", "--fail-on", "warning")
    assert told.code == 1
    page_ = {"path": "a.md", "url": "/start/", "title": "a"}
    assert told.json()["shared_addresses"] == [{"url": "/start/", "page": page_, "left_out": ["b.md", "c.md"]}]
    assert "<td><code>/start/</code></td><td><ul><li>a.md" in run("site", tmp_path / "site", "--format", "html").out


def test_links_to_pages_that_are_not_published(tmp_path: Path, run: Run) -> None:
    text = "See [the seal](seal.md), [again][s] and <a href='seal.md'>it</a>, not `[c](seal.md)`.\n\n[s]: seal.md\n"
    files = {
        "a.md": text,
        "seal.md": titled("Seal", "[b](b.md)", draft="true"),
        "b.md": "[a](a.md)",
        "c.md": titled("C", "[s](seal.md)", draft="true"),
    }
    state = found(tmp_path, files)
    assert [(state.pages[link.page].path, link.line, link.text) for link in state.to_hidden] == [
        ("a.md", 1, "the seal"),
        ("a.md", 1, "again"),
        ("a.md", 1, "it"),
    ]
    done = run("site", tmp_path / "site")
    assert "3 links to pages that are not published (warning)\n  a.md:1: seal.md (seal.md)\n" in done.out
    told = run("site", tmp_path / "site", "--format", "json").json()
    seal = {"path": "seal.md", "url": "/seal/", "title": "Seal"}
    assert told["links_to_hidden"][1] == {"path": "a.md", "line": 1, "href": "seal.md", "text": "again", "target": seal}
    assert "leads to</small> seal.md" in run("site", tmp_path / "site", "--format", "html").out


def test_a_page_that_only_a_draft_links_to_is_an_orphan(tmp_path: Path) -> None:
    files = {"a.md": "[c](c.md)", "b.md": "[a](a.md)", "c.md": "C.", "d.md": titled("D", "[b](b.md)", draft="true")}
    state = found(tmp_path, files)
    assert paths(state, state.orphans) == ["b.md"]
    assert [page.inlinks for page in state.pages] == [1, 0, 1, 0]


def test_json(tmp_path: Path, run: Run) -> None:
    site = folder(tmp_path, {**OILS, "oils/new.md": titled("New oil", "[the rape](rape-oils.md)", date="2024-05-01")})
    told = run("site", site, "--format", "json").json()
    assert told["schema"] == 1
    assert told["summary"] == {"pages": 5, "links": 4, "skipped": 0, "error": 1, "warning": 0, "info": 3}
    rape = {"path": "oils/rape-oil.md", "url": "/oils/rape-oil/", "title": "Rape oil"}
    assert told["dead_links"] == [
        {"path": "oils/new.md", "line": 6, "href": "rape-oils.md", "text": "the rape", "kind": "file", "nearest": rape}
    ]
    assert told["orphans"] == [
        {"path": "oils/new.md", "url": "/oils/new/", "title": "New oil", "date": "2024-05-01", "words": 2, "inlinks": 0, "outlinks": 0}
    ]
    assert [each["path"] for each in told["without_outlinks"]] == ["oils/lamp-oil.md", "oils/linseed-oil.md"]
    assert (told["duplicate_titles"], told["near_duplicates"], told["ambiguous_anchors"], told["skipped"]) == ([], [], [], [])


@pytest.mark.parametrize(
    ("files", "fail_on", "code"),
    [
        ({"a.md": "[b](b.md)"}, "never", 0),
        ({"a.md": "[b](b.md)"}, "error", 1),
        ({"a.md": titled("One and the same title"), "b.md": titled("One and the same title")}, "error", 0),
        ({"a.md": titled("One and the same title"), "b.md": titled("One and the same title")}, "warning", 1),
        ({"a.md": "A.", "b.md": "B."}, "warning", 0),
    ],
)
def test_exit_codes(files: dict[str, str], fail_on: str, code: int, tmp_path: Path, run: Run) -> None:
    assert run("site", folder(tmp_path, files), "--fail-on", fail_on).code == code


def test_the_report_is_written_beside_what_is_printed(tmp_path: Path, run: Run) -> None:
    site, page_, data = folder(tmp_path, OILS), tmp_path / "r.html", tmp_path / "r.json"
    done = run("site", site, "--report", page_)
    assert (done.code, done.out) == (0, run("site", site).out)
    assert f"wrote {page_}" in done.err
    assert page_.read_text(encoding="utf-8") == run("site", site, "--format", "html").out
    run("site", site, "-o", data)
    assert json.loads(data.read_text(encoding="utf-8")) == run("site", site, "--format", "json").json()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere"], 2, "no such file or folder"),
        (["empty"], 2, "no Markdown pages"),
        ([], 2, "there is no site to look at"),
        (["site", "--report", "r.pdf"], 2, "cannot be written as .pdf"),
        (["site", "--report", "no/r.html"], 3, "folder is not there"),
    ],
)
def test_bad_input(arguments: list[str], code: int, said: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, OILS)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    done = run("site", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_the_configured_site(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, OILS)
    (tmp_path / "geo-optimizer.toml").write_text('site = "site"\n')
    monkeypatch.chdir(tmp_path)
    assert "4 pages" in run("site").out


def test_what_leads_out_of_the_site_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("[a](gone.md)")
    read = reader(folder(tmp_path, OILS))
    assert read("../secret.md") is None
    assert read("oils/lamp-oil.md") == "Oil."


# ------------------------------------------------------------------ the page


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e"


class _Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile() -> Audit:
    rows = [page(n, f"{'<b>x' if n % 2 else 'y'}/{HOSTILE}-{n}.md", HOSTILE) for n in range(6)]
    links = [LinkRow(n, HOSTILE, HOSTILE + " words", (n + 1) % 6, internal=True) for n in range(5)]
    return audit(
        rows,
        [
            *links,
            LinkRow(5, f"{HOSTILE.replace(':', '')}.md".replace(" ", "").replace("<", "").replace(">", ""), HOSTILE, None, internal=True),
        ],
    )


def test_what_a_site_says_is_text_on_the_page() -> None:
    state = hostile()
    assert state.dead
    assert state.same_title
    assert state.anchors
    text = render("html", report(state))
    elements = _Elements(text).found
    assert [tag for tag, _ in elements].count("script") == 1
    assert "img" not in [tag for tag, _ in elements]
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on") or name == "style"]
    assert "\u202e" not in text


def test_the_page_asks_for_nothing(tmp_path: Path) -> None:
    text = render("html", report(found(tmp_path, OILS)))
    for _, attributes in _Elements(text).found:
        assert not {"src", "srcset", "xlink:href", "action"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import|fetch\(|import\(", text)
    assert "default-src 'none'" in text


def test_the_page_can_be_used_by_keyboard(tmp_path: Path) -> None:
    """One stop for Tab per picture; every dot says what it is."""
    elements = _Elements(render("html", report(found(tmp_path, OILS)))).found
    nodes = [attributes for tag, attributes in elements if tag == "g" and "node" in (attributes.get("class") or "").split()]
    assert [attributes["tabindex"] for attributes in nodes] == ["0", "-1", "-1", "-1"]
    assert sorted(attributes["aria-label"] or "" for attributes in nodes) == ["Lamp oil", "Linseed oil", "Olive oil", "Rape oil"]
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {(attributes["href"] or "")[1:] for tag, attributes in elements if tag == "a"} <= set(ids)


def test_orphans_are_hollow(tmp_path: Path) -> None:
    state = found(tmp_path, {**OILS, "oils/new.md": titled("New")})
    elements = _Elements(render("html", report(state))).found
    hollow = [attributes["aria-label"] for tag, attributes in elements if tag == "g" and "orphan" in (attributes.get("class") or "")]
    assert hollow == ["New"]


def test_a_large_site_is_drawn_by_folder_and_by_its_most_linked_pages() -> None:
    state = audit(*many(2_000))
    folders, pages = folders_picture(state), pages_picture(state)
    assert folders
    assert sum(node.pages for node in folders.nodes) == 2_000
    assert len(folders.nodes) <= 40
    assert len(pages.nodes) == MOST_PAGES
    assert len(render("html", report(state))) < 2_000_000
    assert folders_picture(audit(*many(MOST_PAGES))) is None


# ------------------------------------------------------------------ sections


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a.md", "b.md"], {""}),
        (["x/a.md", "x/b.md", "y/a.md", "y/b.md"], {"x", "y"}),
        (["src/docs/x/a.md", "src/docs/x/b.md", "src/docs/y/a.md", "src/docs/y/b.md"], {"src/docs/x", "src/docs/y"}),
        (["x/a.md", "x/b.md", "y/a.md"], {"x", ""}),  # one page is no section
        ([], set()),
    ],
)
def test_sections(files: list[str], names: set[str]) -> None:
    assert set(sections(files, MOST_SECTIONS)) == names


def test_what_sections_are_called(tmp_path: Path) -> None:
    """Every page that is counted is in the legend, or said not to be; no name stands for a part of what it says."""
    files = {f"{folder_}{n}.md": f"[a]({(n + 1) % 4}.md)" for folder_ in ("", "oils/", "oils/old/", "lamps/") for n in range(4)}
    text = render("html", report(found(tmp_path, {**files, "hidden.md": titled("H", draft="true")})))
    legend = re.findall(r"<span>([^<]+) \((\d+)\)</span>", text)
    assert legend == [("the rest", "4"), ("lamps", "4"), ("the rest of oils", "4"), ("oils/old", "4")]
    assert "One page is not shown: it is a draft, or kept from search engines." in text
    assert "<title>the rest of oils</title>" in text
    assert "elsewhere" not in text


def test_folders_beside_their_own_are_the_rest() -> None:
    pages = [page(n, f"{('a/', 'a/b/', '')[n % 3]}{n}.md") for n in range(MOST_PAGES + 3)]
    picture = folders_picture(audit(pages, []))
    assert picture
    assert [(node.label, node.path) for node in picture.nodes] == [
        ("the rest", "the rest"),
        ("the rest of a", "the rest of a"),
        ("a/b", "a/b"),
    ]


def test_the_names_in_the_picture_keep_a_size_that_can_be_read(tmp_path: Path) -> None:
    """On a narrow screen the picture is moved, not made smaller: 12.5 of 1,040 units are 10 pixels from 832 on."""
    text = render("html", report(found(tmp_path, OILS)))
    (least,) = re.findall(r"\.ring \{[^}]*min-width: (\d+)rem", text)
    assert 12.5 * int(least) * 16 / 1040 >= 10
    assert '<div class="scroll"><svg class="ring"' in text


def test_there_are_as_many_sections_as_can_be_told_apart() -> None:
    files = [f"{a}/{b}/{n}.md" for a in range(12) for b in range(12) for n in range(a + 1)]
    assert 2 < len(set(sections(files, MOST_SECTIONS))) <= MOST_SECTIONS


def test_rows_of_a_site(tmp_path: Path) -> None:
    site = open_site(folder(tmp_path, {"x/index.md": "[a](a.md)", "x/a.md": "[x](/x/) [gone](gone.md) [out](https://a.org)"}))
    rows = Rows(site)
    assert [(row.path, row.is_list, row.words) for row in rows.pages()] == [("x/a.md", False, 3), ("x/index.md", True, 1)]
    assert [(row.href, row.target, row.internal) for row in rows.links()] == [
        ("/x/", 1, True),
        ("gone.md", None, True),
        ("https://a.org", None, False),
        ("a.md", 0, True),
    ]


def test_an_index_that_was_brought_up_to_date_is_told_as_a_new_one(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    site = folder(tmp_path, {**OILS, "a.md": "[a](gone.md) [rape oil](oils/rape-oil.md) [rape oil](b.md)", "b.md": "B."})
    run("site", site)
    (site / "oils" / "olive-oil.md").unlink()
    (site / "0.md").write_text("[a](whale.md)")
    refreshed = run("site", site, "--format", "json").out
    monkeypatch.setenv("GEO_OPTIMIZER_CACHE", str(tmp_path / "another"))
    assert refreshed == run("site", site, "--format", "json").out
    assert '"whale.md"' in refreshed


def test_a_department_of_two_letters_is_no_language(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Onboarding of new colleagues\n---\n\n"
        + "On the first day you get a key, a desk and a mug with your name on it. " * 12
        + "\n"
    )
    folder(tmp_path, {f"{name}/onboarding.md": text for name in ("it", "hr", "sales")})
    found = audit_site(open_site(tmp_path / "site" if (tmp_path / "site").is_dir() else tmp_path))
    assert [len(shared.pages) for shared in found.same_title] == [3]
    assert [len(group.pages) for group in found.alike] == [3]
