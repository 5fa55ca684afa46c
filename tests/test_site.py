"""A folder of pages -> a site: addresses, links, terms, and what is passed over."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from pathlib import Path

import pytest

from geo_optimizer.errors import SiteError
from geo_optimizer.markdown import parse
from geo_optimizer.site import Page, Site, open_site, suggest_links
from geo_optimizer.site.alternates import alternates
from geo_optimizer.site.html_pages import read_html
from geo_optimizer.site.pages import read_page
from geo_optimizer.site.scan import masked, scan


def pages(tmp_path: Path, files: dict[str, str]) -> Site:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return open_site(tmp_path)


@pytest.mark.parametrize(
    ("path", "frontmatter", "url"),
    [
        ("guides/restore-tests.md", "", "/guides/restore-tests/"),
        ("guides/restore-tests.mdx", "slug: tests-that-restore", "/guides/tests-that-restore/"),
        ("guides/restore-tests.md", "slug: /elsewhere", "/elsewhere"),
        ("guides/restore-tests.md", "url: /r", "/r"),
        ("guides/restore-tests.md", "permalink: https://example.org/r.html", "https://example.org/r.html"),
        ("guides/index.md", "", "/guides/"),
        ("guides/_index.md", "", "/guides/"),
        ("README.md", "", "/"),
        ("guides/index.md", "slug: howto", "/guides/howto/"),
    ],
)
def test_address(path: str, frontmatter: str, url: str) -> None:
    assert read_page(path, f"---\ntitle: x\n{frontmatter}\n---\n").url == url


def test_page_as_stated() -> None:
    page = read_page(
        "a.md",
        "---\ntitle: Sea kale\ndescription: A plant of *shingle* beaches.\ndate: 2023-05-01T09:00:00Z\ntags: [coast, plants]\n"
        "categories: Botany, Food\n---\n# Sea kale\n\n## Where it grows {#where}\n\n```\n# no heading\n```\n\nUnderlined\n----------\n",
    )
    assert (page.title, page.description) == ("Sea kale", "A plant of shingle beaches.")
    assert page.date == dt.date(2023, 5, 1)
    assert (page.tags, page.categories) == (("coast", "plants"), ("Botany", "Food"))
    assert page.headings == ("Sea kale", "Where it grows", "Underlined")


@pytest.mark.parametrize(
    ("path", "source", "title"),
    [
        ("a.md", "# From the heading\n", "From the heading"),
        ("guides/sea-kale.md", "Text.\n", "Sea kale"),
        ("guides/index.md", "Text.\n", "Guides"),
        ("a.md", "---\ntitle: 404\n---\n", "404"),
        ("2021-03-04-sea-kale.md", "---\ntitle:\n---\n", "Sea kale"),
    ],
)
def test_title(path: str, source: str, title: str) -> None:
    assert read_page(path, source).title == title


@pytest.mark.parametrize(
    ("path", "frontmatter", "date"),
    [
        ("a.md", "date: 2020-02-03", dt.date(2020, 2, 3)),
        ("a.md", "pubDate: '2020-02-03 10:00'", dt.date(2020, 2, 3)),
        ("2020-02-03-a.md", "", dt.date(2020, 2, 3)),
        ("a.md", "date: 2020-02-31 or so", None),
        ("a.md", "published: true", None),
    ],
)
def test_date(path: str, frontmatter: str, date: dt.date | None) -> None:
    assert read_page(path, f"---\ntitle: x\n{frontmatter}\n---\n").date == date


HIDDEN = """draft: true; draft: "true"; noindex: true; noindex: 'true'; unlisted: true; published: false; published: "false";
status: draft; status: Draft; status: Private; robots: noindex, nofollow; robots: [noindex]; robots: none; robots: {index: false};
seo: {noindex: true}; seo: {robots: noindex}; redirect_to: https://example.org/b; redirect_to: [/b]"""
SHOWN = """draft: false; draft: "false"; published: true; published: 2020-01-02; status: published; robots: index, follow; robots: [max-snippet];
seo: {title: noindex}; noindex: false; redirect_from: /b; redirect_to: ""; title: draft"""


@pytest.mark.parametrize(("lines", "hidden"), [(HIDDEN, True), (SHOWN, False)])
def test_hidden(lines: str, *, hidden: bool) -> None:
    for line in map(str.strip, lines.split(";")):
        assert read_page("a.md", f"---\nlayout: x\n{line}\n---\n").hidden == hidden, line


@pytest.mark.parametrize(
    ("path", "lines", "hidden"),
    [
        ("404.md", "", True),
        ("404.html", "", True),
        ("404/index.html", "", True),
        ("de/404.md", "", True),
        ("lost.md", "permalink: /404.html", True),
        ("404.md", "permalink: /about-404/", False),
        ("posts/404.md", "", False),
        ("posts/404-errors.html", "", False),
    ],
)
def test_the_page_that_is_shown_where_there_is_none_is_hidden(path: str, lines: str, *, hidden: bool) -> None:
    source = f"---\ntitle: Not found\n{lines}\n---\n"
    assert (read_html(path, "<h1>Not found</h1>") if path.endswith(".html") else read_page(path, source)).hidden == hidden


@pytest.mark.parametrize(
    "link",
    [
        "[x](/guides/kale/)",
        "[x](/guides/kale)",
        "[x](/guides/kale.html#soil)",
        "[x](kale.md)",
        "A `tick`, [`x`](kale.md) and [`x[0]` of `y`](kale.md) `too`.",
        "A ` tick. [x](kale.md)\n\nAnother ` tick.",
        "[x](./kale.md#soil)",
        "[x](../guides/kale.md?plain=1)",
        "[x](<kale.md> 'title')",
        "[x][kale]\n\n[Kale]: /guides/kale",
        "[kale]\n\n[kale]: kale.md",
        "[[kale]]",
        "[[kale|x]]",
        "[[guides/kale#soil|x]]",
        "<a class='b' href='/guides/kale/'>x</a>",
        "<Card href={'/guides/kale/'} />",
        "[x]({{ site.baseurl }}/guides/kale/)",
        '[x]({{< ref "kale.md" >}})',
        '[x]({{% ref "guides/kale#soil" %}})',
        "[x]({{ site.baseurl }}{% link guides/kale.md %})",
        "[x]({{ site.url }}{{ site.baseurl }}/guides/kale/)",
        "[x]({{ '/guides/kale/' | relative_url }}#soil)",
        "[x]({{ site.baseurl }}{% post_url kale %}#soil)",
        "[x]({% post_url kale %})",
    ],
)
def test_link_to_a_page(link: str, tmp_path: Path) -> None:
    site = pages(tmp_path, {"guides/kale.md": "# Kale\n", "guides/other.md": f"# Other\n\n{link}\n"})
    kale, other = (next(n for n, page in enumerate(site.pages) if page.title == title) for title in ("Kale", "Other"))
    assert list(site.outlinks(other)) == [kale]
    assert site.inlinks(kale) == {other}


@pytest.mark.parametrize(
    "link",
    [
        "[x](#kale)",
        "[x](https://example.org/guides/kale/)",
        "[x](mailto:kale@example.org)",
        "[x](../../../etc/passwd)",
        "![x](kale.md)",
        "`[x](kale.md)`\n\n```\n[x](kale.md)\n```\n".split("\n\n", 1)[1],
        "<!-- [x](kale.md) -->",
        "Write `[x](kale.md)`, ``[[kale]]`` or `<a href='kale.md'>`.",
        "Write `[x][kale]` and ``[x][`kale`]``.\n\n[kale]: kale.md",
    ],
)
def test_no_link_to_a_page(link: str, tmp_path: Path) -> None:
    site = pages(tmp_path, {"guides/kale.md": "# Kale\n", "guides/other.md": f"# Other\n\n{link}\n"})
    assert not any(site.outlinks(n) for n in range(len(site)))


def test_a_page_about_another_site_is_none_of_its_pages(tmp_path: Path) -> None:
    about = {"a.md": "---\ntitle: Oil\nurl: https://other.example/\n---\n", "b.md": "---\ntitle: Kale\nurl: https://third.example/b\n---\n"}
    site = pages(tmp_path, {"index.md": "# Home\n", **about})
    assert {page.path: page.url for page in site.pages} == {"index.md": "/", "a.md": "/a/", "b.md": "/b/"}
    draft = parse(about["a.md"], str(tmp_path.parent / "else.md"))
    assert site.own_page(draft) is None


def test_own_host_is_learnt_from_links(tmp_path: Path) -> None:
    names = ["kale", "beet", "leek"]
    files = {f"{name}.md": f"# {name}\n\n[next](https://www.example.org/{names[i - 1]}/)\n" for i, name in enumerate(names)}
    site = pages(tmp_path, files)
    assert site.addresses.hosts == {"example.org"}
    assert all(len(site.inlinks(n)) == 1 for n in range(3))


def test_what_is_passed_over_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.md").write_bytes(b"# K\xff\n")
    site = pages(
        tmp_path,
        {
            "good.md": "# Good\n",
            "broken.md": "---\ntitle: [\n---\n",
            "twin.md": "---\ntitle: Twin\nurl: /good/\n---\n",
            "good.optimized.md": "# Ours\n",
            "node_modules/x.md": "# Theirs\n",
            ".hidden/x.md": "# Hidden\n",
            "notes.txt": "text",
        },
    )
    assert [page.path for page in site.pages] == ["good.md"]
    assert {s.path: s.reason.split(":")[0] for s in site.skipped} == {
        "broken.md": "the frontmatter is not valid YAML",
        "bytes.md": "not UTF-8 text",
        "twin.md": "same address as good.md",
    }


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_a_link_that_leaves_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "alias.md").symlink_to(tmp_path / "secret.md")
    site = pages(tmp_path / "site", {"a.md": "# A\n"})
    assert [page.title for page in site.pages] == ["A"]
    assert [s.path for s in site.skipped] == ["alias.md"]


@pytest.mark.parametrize(("name", "slug"), [("nowhere", "site-missing"), ("file.md", "site-not-folder"), ("empty", "site-empty")])
def test_no_site(name: str, slug: str, tmp_path: Path) -> None:
    (tmp_path / "file.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SiteError) as error:
        open_site(tmp_path / name)
    assert error.value.slug == slug
    assert error.value.path == str(tmp_path / name)
    assert error.value.hint


def test_ignored_paths(tmp_path: Path) -> None:
    pages(tmp_path, {"a.md": "# A\n", "old/b.md": "# B\n", "c.md": "# C\n"})
    assert [page.path for page in open_site(tmp_path, ignore=["old", "c.md"]).pages] == ["a.md"]


def test_own_terms_likeliest_first(tmp_path: Path) -> None:
    site = pages(
        tmp_path,
        {
            "kale.md": "---\ntitle: Kale\ntags: [brassicas, winter]\n---\nKale stands in frost. Pick the kale leaves from below.\n",
            "sprouts.md": "---\ntitle: Sprouts\ntags: [brassicas]\n---\nSprouts want firm soil, like kale and cabbage. Frost helps.\n",
            "hoses.md": "---\ntitle: Hoses\ntags: [watering]\n---\nA hose lies along the row and drips at night.\n",
            "hidden.md": "---\ntitle: Kale again\ntags: [secret]\ndraft: true\n---\nKale, kale, kale.\n",
        },
    )
    draft = parse("# Cabbage in frost\n\nLike kale, cabbage stands in frost, on firm soil.\n", "draft.md")
    assert site.taxonomy == "tags"
    assert site.vocabulary(draft) == ("brassicas", "winter", "watering")


def test_taxonomy_is_what_more_pages_have(tmp_path: Path) -> None:
    assert pages(tmp_path / "1", {"a.md": "---\ncategories: [x]\ntags: [y]\n---\n"}).taxonomy == "categories"
    assert pages(tmp_path / "2", {"a.md": "# A\n"}).taxonomy == "categories"
    assert pages(tmp_path / "3", {"a.md": "+++\ntitle = 'A'\n[taxonomies]\ntags = ['y']\n+++\n"}).taxonomy == "tags"


def test_scan_reads_words_and_not_code() -> None:
    found = scan("A [link](/to 'x') and `code`.\n\n```\nhidden = [no](/link)\n```\n\n<div>shown</div> {{< tag >}} https://a.org\n")
    assert [link.href for link in found.links] == ["/to"]
    assert found.text.split() == ["A", "link", "and", "`code`.", "shown"]


def test_masked_keeps_every_offset() -> None:
    source = "# H\r\n\r\nSee `x` and [a](/b) now.\r\n<b>bold</b>\r\n"
    shown = masked(source)
    assert len(shown) == len(source)
    assert "".join(char for char in shown if char not in "\0\n ") == "Seeandnow.bold"


def test_a_site_knows_lists_files_and_drafts(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/index.md").write_text("# Posts\n")
    (tmp_path / "posts/lamps.md").write_text("See the [notes](notes.txt).\n")
    (tmp_path / "posts/oil.md").write_text("---\ndraft: true\n---\nOil.\n")
    (tmp_path / "posts/notes.txt").write_text("x")
    site = open_site(tmp_path)
    numbers = {page.path: n for n, page in enumerate(site.pages)}
    lamps = numbers["posts/lamps.md"]
    assert site.is_list(numbers["posts/index.md"])
    assert not site.is_list(lamps)
    assert site.has_hidden
    assert site.has_file(lamps, "notes.txt")
    assert site.has_file(lamps, "/posts/notes.txt")
    assert not site.has_file(lamps, "prices.txt")


# ------------------------------------------------------------------ pages that are not there yet, or no more

TODAY = dt.date(2024, 5, 1)
NOTES = "Sea kale grows on shingle. Sea kale is salted by the sea, and sea kale likes it.\n"


def offered(tmp_path: Path, name: str, frontmatter: str, draft: str = "", today: dt.date = TODAY) -> bool:
    """Whether a page of sea kale is suggested to a draft, each with this frontmatter."""
    for file, text in ((name, f"---\ntitle: Sea kale\n{frontmatter}\n---\nIt grows.\n"), ("other.md", "# Beans\n\nBroad beans.\n")):
        (tmp_path / "site" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / file).write_text(text)
    site = open_site(tmp_path / "site", today=today)
    source = f"---\ntitle: Shingle\n{draft}\n---\n# Shingle\n\n{NOTES}"
    return [found.title for found in suggest_links(parse(source, str(tmp_path / "d.md")), site)] == ["Sea kale"]


@pytest.mark.parametrize(
    ("name", "frontmatter", "draft", "there"),
    [
        ("a.md", "", "", True),
        ("a.md", "date: 2024-05-01", "", True),
        ("a.md", "date: 2024-05-02", "", False),
        ("2024-05-02-a.md", "", "", False),
        ("a.md", "date: 2024-05-02", "date: 2024-06-01", True),  # it is there when the draft is
        ("a.md", "date: 2024-04-02", "date: 2024-04-01", False),
        ("a.md", "date: 2020-01-01\npublishDate: 2024-05-02", "", False),
        ("a.md", "date: 2020-01-01\npublishdate: 2021-05-02", "", True),
        ("a.md", "expiryDate: 2024-05-01", "", False),
        ("a.md", "expiryDate: 2024-05-02", "", True),
        ("a.md", "expiryDate: 2024-05-02", "date: 2024-06-01", False),
        ("a.md", "expiryDate: 2024-04-01", "date: 2023-01-01", False),
    ],
)
def test_a_page_is_offered_while_it_is_there(tmp_path: Path, name: str, frontmatter: str, draft: str, *, there: bool) -> None:
    assert offered(tmp_path, name, frontmatter, draft) == there


def test_a_page_comes_and_goes_with_the_days_though_its_file_stays_as_it_is(tmp_path: Path) -> None:
    frontmatter = "date: 2024-05-02\nexpiryDate: 2024-05-04"
    days = [dt.date(2024, 5, day) for day in (1, 2, 3, 4, 1)]
    assert [offered(tmp_path, "a.md", frontmatter, today=day) for day in days] == [False, True, True, False, False]


def test_today_is_by_the_clock_where_nobody_says(tmp_path: Path) -> None:
    site = pages(tmp_path, {"a.md": "# A\n"})
    assert site.today is not None
    assert site.today >= TODAY
    assert pickle.loads(pickle.dumps(site)).today == site.today


# ------------------------------------------------------------------ languages

TEXTS = {
    "en": "The sea kale that we have in the garden is from the time when there was nobody else, and it likes the salt of the sea.",
    "de": "Der Meerkohl, den wir im Garten haben, ist aus der Zeit, als noch niemand da war, und er mag das Salz, das von der See kommt.",
    "it": "Il cavolo di mare che abbiamo in giardino è del tempo in cui non c'era nessuno, e gli piace il sale che viene dal mare.",
    "hr": "Morski kupus koji imamo u vrtu potječe iz vremena kad tamo nije bilo nikoga, a voli sol koja dolazi s mora svake zime.",
    "ja": "海のケールは砂利浜に生えています。" * 4,
}


def spoken(tmp_path: Path, **files: str) -> Site:
    """Files, with `__` for a slash, each of a text in some language."""
    return pages(tmp_path, {name.replace("__", "/") + ".md": f"# {name[-4:]}\n\n{TEXTS[text]}\n" for name, text in files.items()})


@pytest.mark.parametrize(
    ("files", "folders", "outside"),
    [
        ({"en__kale": "en", "de__kohl": "de", "de__see": "de"}, {"en", "de"}, ""),
        ({"kale": "en", "de__kohl": "de"}, {"de"}, "en"),
        ({"it__help": "en", "hr__help": "en", "it__index": "en", "hr__index": "en", "sales__help": "en"}, set(), "en"),
        ({"it__help": "en", "hr__help": "en", "it__index": "en", "hr__index": "en"}, set(), ""),  # two departments are all there is
        ({"it__mare": "it", "hr__sale": "it", "sole": "it"}, set(), "it"),
        ({"en__a": "en", "b": "en"}, set(), "en"),
        ({"en__a": "en", "ja__a": "ja"}, {"en", "ja"}, ""),
        ({"en__a": "en", "hr__b": "hr"}, {"en", "hr"}, ""),
        ({"a": "en", "b": "en"}, set(), ""),
        ({"docs__en__a": "en", "docs__de__a": "de", "blog__en__b": "en"}, {"en", "de"}, ""),
    ],
)
def test_a_folder_is_of_a_language_where_the_site_shows_it(tmp_path: Path, files: dict[str, str], folders: set[str], outside: str) -> None:
    found = spoken(tmp_path, **files).languages
    assert found.folders == folders
    if folders or outside:
        assert found.outside == outside


def test_without_texts_the_folders_show_it() -> None:
    def of(*paths: str) -> frozenset[str]:
        return Site(Path("/nowhere"), [Page(path, f"/{path}/", path) for path in paths]).languages.folders

    assert of("en/kale", "en/sea", "de/kohl", "de/see") == {"en", "de"}
    assert of("kale", "sea", "about", "contact", "de/kale", "de/sea") == {"de"}
    assert of("it/printers", "it/index", "sales/a", "sales/b", "hr/holidays") == frozenset()
    assert of("pt-br/a", "x/b") == {"pt-br"}


SALTED = "Meerkohl and sea kale are one. So sea kale is Meerkohl, and sea kale is what the people of the coast have for their dinner.\n"


@pytest.mark.parametrize(
    ("path", "targets"),
    [
        ("site/en/new.md", ["/en/sea-kale/"]),
        ("site/de/new.md", ["/de/meerkohl/"]),
        ("draft.md", ["/en/sea-kale/"]),  # it is in English
        ("site/new.md", ["/en/sea-kale/"]),
    ],
)
def test_a_page_in_another_language_is_not_suggested(tmp_path: Path, path: str, targets: list[str]) -> None:
    files = {"en/sea-kale.md": f"# Sea kale\n\n{TEXTS['en']}\n", "de/meerkohl.md": f"# Meerkohl\n\n{TEXTS['de']}\n"}
    pages(tmp_path / "site", files)
    (tmp_path / path).write_text(f"# Dinner\n\n{SALTED}")
    site = open_site(tmp_path / "site")
    assert [found.target for found in suggest_links(parse(f"# Dinner\n\n{SALTED}", str(tmp_path / path)), site)] == targets


def test_a_language_in_the_name_of_a_file_is_one(tmp_path: Path) -> None:
    site = pages(tmp_path, {"kale.md": f"# Kale\n\n{TEXTS['en']}\n", "kale.de.md": f"# Kohl\n\n{TEXTS['de']}\n"})
    assert [site.languages.of(path) for path in ("kale.md", "kale.de.md", "x/a.de.md", "notes.v2.md")] == ["en", "de", "de", "en"]


def test_departments_are_no_languages_of_one_page() -> None:
    assert alternates("it/help.md", "hr/help.md")
    assert not alternates("it/help.md", "hr/help.md", frozenset())
    assert alternates("en/help.md", "de/help.md", frozenset({"en", "de"}))
