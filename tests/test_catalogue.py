"""A catalogue that a person keeps: what may be in it, what is wrong with it, and how it stands beside a folder or a sitemap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from command import Run
from geo_optimizer.errors import SiteError
from geo_optimizer.site import open_site
from geo_optimizer.site.catalogue import Entry, read_catalogue

FULL = Entry("/kale/", "Sea kale", ("sea kale", "kale at the coast"), "it is about beds", never=False)
HIDDEN = Entry("https://example.org/legal", never=True)


def lay(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_addresses_that_differ_in_their_query_are_two_pages(tmp_path: Path) -> None:
    rows = ["/p?id=1,Sea kale", "/p?id=2,Broad beans", "/p,All", "/?page=2,More", "/,Home", "/p?of=a.html,An old one"]
    lay(tmp_path, {"a.csv": "\n".join(["url,title", *rows, ""])})
    site = open_site(tmp_path / "a.csv")
    assert sorted(f"{page.url},{page.title}" for page in site.pages) == sorted(rows)

    def led_to(href: str) -> str:
        number = site.addresses.resolve(href, None)
        assert number is not None
        return site.pages[number].title

    hrefs = ["/p?id=1", "/p?id=2", "/p/?id=2#top", "/p", "/p?id=3", "/?page=2", "/?utm_source=x", "/p?of=a.html"]
    assert [led_to(href) for href in hrefs] == ["Sea kale", "Broad beans", "Broad beans", "All", "All", "More", "Home", "An old one"]


WRITTEN = [
    (
        "commas",
        "a.csv",
        "url,title,anchors,use when,never\n/kale/,Sea kale,sea kale;kale at the coast,it is about beds,no\nhttps://example.org/legal,,,,yes\n",
    ),
    (
        "semicolons",
        "a.csv",
        'URL;Title;Anchors;Use_When;NEVER\r\n/kale/;Sea kale;"sea kale; kale at the coast";it is about beds;\r\nhttps://example.org/legal;;;;Yes\r\n',
    ),
    (
        "tabs",
        "a.csv",
        "never\turl\ttitle\tanchors\tuse-when\n\t/kale/\tSea kale\tsea kale | kale at the coast\tit is about beds\nx\thttps://example.org/legal\n",
    ),
    (
        "as Excel has it",
        "a.CSV",
        (
            '\ufeffsep=;\nurl;title;anchors;use when;never;\n"/kale/";"Sea\nkale";"sea kale|kale at the coast|sea kale";"it is\nabout beds";0;\n;;;;;\n'
            "https://example.org/legal;;;;1;\n"
        ),
    ),
    (
        "a list in YAML",
        "a.yml",
        (
            "- url: /kale/\n  title: Sea kale\n  anchors: [sea kale, kale at the coast]\n  use when: it is about beds\n"
            "- {url: https://example.org/legal, never: true}\n"
        ),
    ),
    (
        "pages in YAML",
        "a.yaml",
        (
            "# kept by hand\npages:\n- url: /kale/\n  Title: Sea kale\n  anchors:\n  - sea kale\n  - kale at the coast\n  use_when: >\n    it is\n    about beds\n"
            "  never: no\n- url: https://example.org/legal\n  title:\n  never: yes\n"
        ),
    ),
    (
        "TOML",
        "a.toml",
        (
            '[[pages]]\nurl = "/kale/"\ntitle = "Sea kale"\nanchors = ["sea kale", "kale at the coast"]\nuse-when = "it is about beds"\n'
            '[[pages]]\nurl = "https://example.org/legal"\nnever = true\n'
        ),
    ),
]


@pytest.mark.parametrize(("name", "text"), [row[1:] for row in WRITTEN], ids=[row[0] for row in WRITTEN])
def test_ways_to_write_one(tmp_path: Path, name: str, text: str) -> None:
    lay(tmp_path, {name: text})
    assert [entry._replace(line=0) for entry in read_catalogue(tmp_path / name)] == [FULL, HIDDEN]


def test_it_can_be_the_site(tmp_path: Path) -> None:
    lay(tmp_path, {"a.csv": "url,title,anchors,use when,never\n/guides/sea-kale,,sea kale,near the coast,\n/legal,Imprint,,,yes\n"})
    site = open_site(tmp_path / "a.csv")
    kale, legal = site.pages
    assert (kale.path, kale.url, kale.title, kale.anchors, kale.use_when, kale.hidden) == (
        "guides/sea-kale", "/guides/sea-kale", "Sea kale", ("sea kale",), "near the coast", False
    )  # fmt: skip
    assert (legal.title, legal.hidden) == ("Imprint", True)
    assert site.root == tmp_path.resolve()


def test_beside_a_folder_it_says_more_of_its_pages(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "content/kale.md": "---\ntitle: Kale\n---\n## Soil\n",
            "content/soil.md": "---\ntitle: Soil\n---\n",
            "content/legal.md": "---\ntitle: Legal\n---\n",
            "a.csv": "url,title,anchors,use when,never\n/kale.html,Sea kale,kale;crambe,coast,\n/legal,,,,yes\n/app/,The planner,planner,,\n",
        },
    )
    site = open_site(tmp_path / "content", catalogue=tmp_path / "a.csv")
    pages = {page.path: page for page in site.pages}
    assert list(pages) == ["kale.md", "legal.md", "soil.md", "app"]
    kale = pages["kale.md"]
    assert (kale.url, kale.title, kale.anchors, kale.use_when, kale.headings) == (
        "/kale/",
        "Sea kale",
        ("kale", "crambe"),
        "coast",
        ("Soil",),
    )
    assert (pages["soil.md"].title, pages["soil.md"].anchors) == ("Soil", ())
    assert {path for path, page in pages.items() if page.hidden} == {"legal.md"}
    assert (pages["app"].url, pages["app"].title) == ("/app/", "The planner")
    assert site.skipped == ()


def test_beside_a_sitemap(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": "<urlset><url><loc>https://example.org/kale</loc></url><url><loc>https://example.org/legal</loc></url></urlset>",
            "a.yaml": "- {url: /kale, anchors: kale}\n- {url: /legal, never: yes}\n- {url: /app}\n",
        },
    )
    site = open_site(tmp_path / "sitemap.xml", catalogue=tmp_path / "a.yaml")
    assert [(page.url, page.anchors, page.hidden) for page in site.pages] == [
        ("https://example.org/kale", ("kale",), False),
        ("https://example.org/legal", (), True),
        ("/app", (), False),
    ]


WRONG = [
    ("no url in a row", "a.csv", "url,title\n/a,A\n,B\n", 3, "it has no `url`", "such as /guides"),
    ("no column url", "a.csv", "title,anchors\nA,b\n", 1, "no column is called `url`", "url, title, anchors, use when, never"),
    ("an unknown column", "a.csv", "url,titel\n/a,A\n", 1, "`titel` is not known", "did you mean `title`? known are url, title, anchors"),
    ("a column unlike any", "a.csv", "url,colour\n/a,red\n", 1, "`colour` is not known", "known are url"),
    ("a column twice", "a.csv", "url,Use when,use_when\n/a,b,c\n", 1, "`use when` is there twice", "leave one"),
    ("twice the same page", "a.csv", "url\n/a\n\n/b\n/A/\n", 5, "/A/ is there already, in line 2", "one entry"),
    ("too many cells", "a.csv", "url,title\n/a,Kale, sea\n", 2, "it has 3 cells, where 2 columns are named", "double quotes"),
    ("a quote that is not closed", "a.csv", 'url,title\n/a,A\n/b,"B\n/c,C\n', 3, "it is not CSV", "close each quote"),
    ("a relative address", "a.csv", "url\nkale.md\n", 2, "kale.md is no address of a page", "begin it with /"),
    ("a script", "a.csv", "url\njavascript:alert(1)\n", 2, "javascript:alert(1) is no address of a page", "https://"),
    ("another host without a scheme", "a.csv", "url\n//example.org/a\n", 2, "//example.org/a is no address", ""),
    ("an address that ends a link", "a.csv", "url\n/a<b\n", 2, "/a<b is no address", ""),
    ("never in words", "a.csv", "url,never\n/a,click here\n", 2, "`never` must be yes or no, not click here", "never suggested"),
    ("not UTF-8", "a.csv", b"url,title\n/a,Kale\n/b,Gr\xfcn\n", 3, "it is not UTF-8", "CSV UTF-8"),
    ("UTF-16", "a.csv", "url\n/a\n".encode("utf-16"), 1, "it is not UTF-8", "CSV UTF-8"),
    ("a cell without end", "a.csv", "url,title\n/a," + "x" * 200_000 + "\n", 2, "it is not CSV: field larger", ""),
    ("nothing", "a.csv", "", None, "it names no page", ""),
    ("only a header", "a.csv", "url,title\n", None, "it names no page", ""),
    ("nothing in YAML", "a.yaml", "# pages\n", None, "it names no page", ""),
    ("nothing in TOML", "a.toml", "", None, "it names no page", ""),
    ("no url in YAML", "a.yaml", "- title: A\n  never: no\n", 1, "it has no `url`", ""),
    ("an unknown key", "a.yaml", "- url: /a\n  anchor text: b\n", 2, "`anchor text` is not known", "did you mean `anchors`?"),
    ("a key twice", "a.yaml", "- url: /a\n  title: A\n  title: B\n", 3, "`title` is there twice", ""),
    ("a page twice", "a.yaml", "- url: /a\n- url: /b\n- url: https://example.org/a\n", 3, "is there already, in line 1", ""),
    ("a list for a title", "a.yaml", "- url: /a\n  title: [A]\n", 2, "`title` must be a text", ""),
    ("a table for anchors", "a.yaml", "- url: /a\n  anchors: {a: b}\n", 2, "`anchors` must be a list of texts", ""),
    ("a text for an entry", "a.yaml", "- /a\n- /b\n", 1, "an entry is no list of keys", "- url:"),
    ("keys for a list", "a.yaml", "url: /a\n", 1, "it is neither a list nor has one below `pages:`", "- url:"),
    ("a tab", "a.yaml", "- url: /a\n\ttitle: b\n", 2, "found a tab character", ""),
    (
        "aliases of aliases",
        "a.yaml",
        "- &a [1]\n" + "".join(f"- &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(9)),
        6,
        "its aliases stand for more than 100,000 values",
        "",
    ),
    ("lists in lists", "a.yaml", "- url: " + "[" * 5000 + "\n", 1, "nested more than 100 deep", ""),
    ("a class of Python", "a.yaml", "- url: !!python/object/apply:os.system [ls]\n", 1, "`url` must be a text", ""),
    ("not TOML", "a.toml", '[[pages]]\nurl = "/a"\ntitle = A\n', 3, "it is not TOML: invalid value", "quotes"),
    ("no url in TOML", "a.toml", '[[pages]]\nurl = "/a"\n[[pages]]\ntitle = "B"\n', 3, "it has no `url`", ""),
    ("an unknown key in TOML", "a.toml", '[[pages]]\nurl = "/a"\nuse_wen = "b"\n', 1, "`use_wen` is not known", "`use when`"),
    ("tables on one line", "a.toml", 'pages = [{ url = "/a" }, { url = "/a/" }]\n', None, "entry 2: /a/ is there already, in entry 1", ""),
    ("something else in TOML", "a.toml", 'url = "/a"\n', 1, "it is no list of pages", "[[pages]]"),
    ("a number for a list in TOML", "a.toml", '[[pages]]\nurl = "/a"\nanchors = [1]\n', 1, "`anchors` must be a list of texts", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "line", "message", "hint"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, name: str, data: str | bytes, line: int | None, message: str, hint: str
) -> None:
    lay(tmp_path, {name: data})
    with pytest.raises(SiteError) as caught:
        open_site(tmp_path / name)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert error.hint
    assert (error.path, error.line, error.exit_code) == (str(tmp_path / name), line, 2)


def test_one_that_no_person_keeps(tmp_path: Path) -> None:
    lay(tmp_path, {"a.csv": b"url\n" + b"/a\n" * (4 << 20)})
    with pytest.raises(SiteError, match="it is larger than 10 MiB"):
        open_site(tmp_path / "a.csv")


def test_a_catalogue_of_a_catalogue(tmp_path: Path) -> None:
    lay(tmp_path, {"a.csv": "url\n/a\n", "b.csv": "url\n/b\n", "content/a.md": "# A\n"})
    with pytest.raises(SiteError) as caught:
        open_site(tmp_path / "a.csv", catalogue=tmp_path / "b.csv")
    assert caught.value.slug == "site-two-catalogues"


@pytest.mark.parametrize(
    ("name", "slug"), [("nowhere.csv", "site-missing"), ("content", "catalogue-other"), ("content/a.md", "catalogue-other")]
)
def test_a_catalogue_that_is_none(tmp_path: Path, name: str, slug: str) -> None:
    lay(tmp_path, {"content/a.md": "# A\n"})
    with pytest.raises(SiteError) as caught:
        open_site(tmp_path / "content", catalogue=tmp_path / name)
    assert (caught.value.slug, caught.value.path) == (slug, str(tmp_path / name))


def test_a_persons_word_on_when_is_told_with_the_suggestion(run: Run, tmp_path: Path) -> None:
    lay(tmp_path, {"a.csv": "url,title,use when\n/kale/,Sea kale,the text is about *beds*\n/beans/,Broad beans,\n"})
    lay(tmp_path, {"d.md": "# Beds\n\nSea kale wants a deep bed. Broad beans do not, and sea kale stays for years.\n"})
    told = run("links", tmp_path / "d.md", "--site", tmp_path / "a.csv", "-n", "5", "--format", "json").json()["suggestions"]
    by_title = {one["title"]: one for one in told}
    assert by_title["Sea kale"]["use_when"] == "the text is about *beds*"
    assert by_title["Sea kale"]["reason"].endswith("; your catalogue says to use it when the text is about *beds*")
    assert by_title["Broad beans"]["use_when"] == ""
    assert "catalogue" not in by_title["Broad beans"]["reason"]
    shown = run("links", tmp_path / "d.md", "--site", tmp_path / "a.csv", "-n", "5")
    assert "your catalogue says to use it when the text is about *beds*" in shown.out
