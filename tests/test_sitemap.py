"""A sitemap as the site: its pages, the folder beside it, and everything that a sitemap must not be able to do."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import tracemalloc
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from command import Run
from geo_optimizer.errors import SiteError
from geo_optimizer.markdown import parse
from geo_optimizer.patterns import Patterns
from geo_optimizer.report.site.result import left_out
from geo_optimizer.site import Page, Skipped, Writer, open_site, suggest_links
from geo_optimizer.site import sitemap as module
from geo_optimizer.site.closed import without_effect
from geo_optimizer.site.sitemap import Sitemap
from geo_optimizer.site.sources import is_file, open_source

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str, head: str = "", ns: str = NS) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<urlset {ns}>\n'
        + "".join(f"<url><loc>{url}</loc></url>\n" for url in urls)
        + "</urlset>\n"
    )


def index(*urls: str) -> str:
    return f"<sitemapindex {NS}>\n" + "".join(f"<sitemap><loc>{url}</loc></sitemap>\n" for url in urls) + "</sitemapindex>\n"


def lay(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def by_url(pages: Iterable[Page]) -> dict[str, Page]:
    return {page.url: page for page in pages}


def error_of(path: Path) -> SiteError:
    with pytest.raises(SiteError) as caught:
        open_site(path)
    assert caught.value.path == str(path)
    assert caught.value.hint
    return caught.value


# ------------------------------------------------------------------ what is read


def test_a_page_of_which_only_the_address_is_known(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": urlset(
                "https://example.org/",
                "https://example.org/guides/sea-kale.html",
                "https://example.org/2020/01/02/gr%C3%BCn_kohl/?utm=1#top",
                "  https://example.org/a&amp;b/  ",
                "<![CDATA[https://example.org/c]]>",
            )
        },
    )
    site = open_site(tmp_path / "sitemap.xml")
    assert [(page.path, page.url, page.title) for page in site.pages] == [
        ("index", "https://example.org/", "Home"),
        ("guides/sea-kale", "https://example.org/guides/sea-kale.html", "Sea kale"),
        ("2020/01/02/grün_kohl?utm=1", "https://example.org/2020/01/02/gr%C3%BCn_kohl/?utm=1#top", "Grün kohl"),
        ("a&b", "https://example.org/a&b/", "A&b"),
        ("c", "https://example.org/c", "C"),
    ]
    assert [page.date for page in site.pages] == [None, None, dt.date(2020, 1, 2), None, None]
    assert site.skipped == ()


def test_when_a_page_was_changed_is_not_its_date(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    lay(tmp_path, {path.name: f"<urlset {NS}><url><loc>https://e.org/a</loc><lastmod>2024-05-06T07:08:09+00:00</lastmod></url></urlset>"})
    assert [page.date for page in open_site(path).pages] == [None]


def test_extensions_of_a_sitemap_are_passed_over(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": f'<urlset {NS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
            "<url><image:image><image:loc>https://example.org/a.png</image:loc></image:image><image:loc>https://example.org/b.png</image:loc>"
            '<xhtml:link rel="alternate" hreflang="de" href="https://example.org/de/a"/><loc>https://example.org/a</loc></url></urlset>'
        },
    )
    assert [page.url for page in open_site(tmp_path / "sitemap.xml").pages] == ["https://example.org/a"]


@pytest.mark.parametrize(
    "data",
    [
        urlset("https://example.org/a").encode("utf-8-sig"),
        urlset("https://example.org/a").replace("UTF-8", "UTF-16").encode("utf-16"),
        gzip.compress(urlset("https://example.org/a").encode()),
        urlset("https://example.org/a", ns="").encode(),
        urlset("https://example.org/a", ns='xmlns="http://www.google.com/schemas/sitemap/0.84"').encode(),
        urlset("https://example.org/a")
        .replace("<urlset xmlns=", "<s:urlset xmlns:s=")
        .replace("<url", "<s:url")
        .replace("<loc", "<s:loc")
        .replace("<s:urlset", "<s:urlset")
        .replace("</url", "</s:url")
        .replace("</loc", "</s:loc")
        .replace("<s:s:", "<s:")
        .encode(),
    ],
    ids=["a byte order mark", "UTF-16", "packed, whatever its name", "no namespace", "Google's old one", "a prefix"],
)
def test_ways_to_write_one(tmp_path: Path, data: bytes) -> None:
    lay(tmp_path, {"sitemap.xml": data})
    assert [page.url for page in open_site(tmp_path / "sitemap.xml").pages] == ["https://example.org/a"]


def test_an_address_that_is_there_twice_is_one_page(tmp_path: Path) -> None:
    lay(tmp_path, {"sitemap.xml": urlset("https://example.org/a", "https://example.org/a/", "https://example.org/A.html")})
    assert [page.url for page in open_site(tmp_path / "sitemap.xml").pages] == ["https://example.org/A.html"]


# ------------------------------------------------------------------ an index


def test_an_index_names_files_beside_it_which_are_never_fetched(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": index(
                "https://example.org/posts.xml.gz",
                "https://example.org/maps/pages.xml",
                "https://example.org/other/by-name.xml?x=1",
                "more.xml",
            ),
            "posts.xml.gz": gzip.compress(urlset("https://example.org/p").encode()),
            "maps/pages.xml": urlset("https://example.org/q"),
            "by-name.xml": urlset("https://example.org/r"),
            "more.xml": urlset("https://example.org/s"),
        },
    )
    assert [page.path for page in open_site(tmp_path / "sitemap.xml").pages] == ["p", "q", "r", "s"]


def test_a_sitemap_that_is_not_here_is_named(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "site/sitemap.xml": index(
                "https://example.org/here.xml", "https://example.org/gone.xml", "../../secret.xml", "file:///etc/passwd", "%00", ""
            ),
            "site/here.xml": urlset("https://example.org/a"),
            "secret.xml": urlset("https://example.org/secret"),
        },
    )
    site = open_site(tmp_path / "site" / "sitemap.xml")
    assert [page.path for page in site.pages] == ["a"]
    assert [skipped.reason.split(" (")[0] for skipped in site.skipped][:2] == [
        "line 3: this sitemap is not here",
        "line 4: this sitemap is not here",
    ]
    assert "nothing is fetched" in site.skipped[0].reason
    assert site.skipped[0].reason.endswith("https://example.org/gone.xml")


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    lay(tmp_path, {"secret.xml": urlset("https://example.org/x"), "site/a.xml": urlset("https://example.org/a")})
    lay(tmp_path, {"site/sitemap.xml": index("https://example.org/a.xml", "https://example.org/b.xml")})
    (tmp_path / "site" / "b.xml").symlink_to(tmp_path / "secret.xml")
    assert [page.path for page in open_site(tmp_path / "site" / "sitemap.xml").pages] == ["a"]


def test_indexes_that_name_each_other_are_read_once(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": index("https://example.org/sitemap.xml", "https://example.org/other.xml"),
            "other.xml": index("https://example.org/sitemap.xml", "https://example.org/pages.xml", "https://example.org/pages.xml"),
            "pages.xml": urlset("https://example.org/a"),
        },
    )
    site = open_site(tmp_path / "sitemap.xml")
    assert [page.path for page in site.pages] == ["a"]
    assert {skipped.reason.split(": ")[1] for skipped in site.skipped} == {"this sitemap was read already"}
    assert len(site.skipped) == 3


def test_indexes_are_not_followed_without_end(tmp_path: Path) -> None:
    lay(tmp_path, {f"{n}.xml": index(f"https://example.org/{n + 1}.xml") for n in range(9)} | {"9.xml": urlset("https://example.org/a")})
    error = error_of(tmp_path / "0.xml")
    assert error.slug == "site-empty"
    assert "indexes are nested more than 3 deep" in error.message


# ------------------------------------------------------------------ what is left out


def test_addresses_that_are_none_of_a_page(tmp_path: Path) -> None:
    bad = [
        "/relative",
        "guides/kale",
        "ftp://example.org/a",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "",
        "https://",
        "https://[::1/a",
    ]
    lay(tmp_path, {"sitemap.xml": urlset("https://example.org/a", *bad, "https://example.org/a b", "https://example.org/" + "x" * 3000)})
    site = open_site(tmp_path / "sitemap.xml")
    assert [page.path for page in site.pages] == ["a"]
    reasons = [skipped.reason for skipped in site.skipped]
    assert reasons[0] == "line 4: not a whole address that begins with http:// or https://: /relative"
    assert "line 9: no address" in reasons
    assert any("an address longer than 2,048 characters" in reason for reason in reasons)
    assert reasons.count("and more: not a whole address that begins with http:// or https://") == 1
    assert all(len(reason) < 400 for reason in reasons)


def test_addresses_that_are_left_out_are_told_in_their_order(tmp_path: Path, run: Run) -> None:
    urls = ("https://example.org/a", "https://other.example/b", "", "https://example.org/c", "https://other.example/d")
    lay(tmp_path, {"sitemap.xml": urlset(*urls)})
    site = open_site(tmp_path / "sitemap.xml")
    assert [skipped.reason.split(":")[0] for skipped in site.skipped] == ["line 4", "line 5", "line 7"]
    assert "3 addresses left out" in run("site", tmp_path / "sitemap.xml").out
    assert left_out([Skipped("a.md", "x"), Skipped("sitemap.xml.gz", "y")]) == "1 file and 1 address left out"


def test_the_host_of_most_addresses_is_the_sites_own(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": urlset(
                "https://cdn.example.net/x", "https://www.example.org/a", "http://example.org/b", "https://example.org:8080/c"
            )
        },
    )
    site = open_site(tmp_path / "sitemap.xml")
    assert [page.url for page in site.pages] == ["https://www.example.org/a", "http://example.org/b"]
    assert [skipped.reason for skipped in site.skipped] == [
        "line 3: another host than example.org: https://cdn.example.net/x",
        "line 6: another host than example.org: https://example.org:8080/c",
    ]


# ------------------------------------------------------------------ what is refused

BOMB = '<!DOCTYPE urlset [<!ENTITY a "kale">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(20)) + "]>\n"
REFUSED = [
    ("entities of entities", urlset("https://example.org/&u;", head=BOMB), "sitemap-doctype", 2, "it has a document type"),
    ("a file of the system", urlset("&x;", head='<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'), "sitemap-doctype", 2, ""),
    ("a document type of the web", urlset("a", head='<!DOCTYPE urlset SYSTEM "http://example.org/x.dtd">\n'), "sitemap-doctype", 2, ""),
    ("a parameter entity", urlset("a", head='<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>\n'), "sitemap-doctype", 2, ""),
    ("an entity of nobody", urlset("https://example.org/&nbsp;"), "sitemap-malformed", 3, "it is not XML: undefined entity"),
    ("a tag that is not closed", f"<urlset {NS}>\n<url>\n<loc>https://example.org/a</url>\n</urlset>", "sitemap-malformed", 3, "mismatched tag"),
    ("cut off", urlset("https://example.org/a")[:-12], "sitemap-malformed", 3, "it is cut off: it ends before all of its elements are closed"),
    ("cut off in a tag", urlset("https://example.org/a")[:-2], "sitemap-malformed", 4, "it is cut off"),
    ("cut off in a comment", urlset("https://example.org/a")[:-10] + "<!-- a", "sitemap-malformed", 4, "it is cut off"),
    ("nothing", "", "sitemap-malformed", 1, "it is empty"),
    ("text", "kale\n", "sitemap-malformed", 1, "it is not XML: syntax error"),
    ("a sign that is not UTF-8", urlset("https://example.org/a").encode() + b"\xff", "sitemap-malformed", 5, "not well-formed"),
    ("an encoding that nobody knows", '<?xml version="1.0" encoding="kale"?><urlset/>', "sitemap-malformed", 1, "an encoding that nobody knows"),
    ("a feed", '<rss version="2.0"><channel/></rss>', "sitemap-other", 1, "its first element is <rss>, not <urlset> or <sitemapindex>"),
    ("another vocabulary", urlset("https://example.org/a", ns='xmlns="http://example.org/ns"'), "sitemap-other", 2, "another vocabulary"),
    ("elements in elements", f"<urlset {NS}>" + "<url>" * 100_000, "sitemap-malformed", 1, "nested more than 64 deep"),
    ("packed and cut off", gzip.compress(urlset(*(f"https://example.org/{n}" for n in range(999))).encode())[:-99], "sitemap-malformed", None, "damaged"),
    ("packed and wrong", gzip.compress(b"x" * 999)[:20] + b"\0" * 30, "sitemap-malformed", None, "it is packed, and damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "slug", "line", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_with_the_place(tmp_path: Path, data: str | bytes, slug: str, line: int | None, message: str) -> None:
    lay(tmp_path, {"sitemap.xml": data})
    error = error_of(tmp_path / "sitemap.xml")
    assert (error.slug, error.line) == (slug, line)
    assert message in error.message


def test_errors_have_the_path_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"site/sitemap.xml": index("https://example.org/part.xml"), "site/part.xml": urlset("https://example.org/a")[:-12]})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SiteError) as caught:
        open_site("site/sitemap.xml")
    assert caught.value.path == str(Path("site/part.xml"))
    assert "download or copy it again" in caught.value.hint
    lay(tmp_path, {"site/sitemap.xml": "kale"})
    assert error_of(Path("site/sitemap.xml")).path == str(Path("site/sitemap.xml"))


def test_what_unpacks_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "sitemap.xml.gz", "wb", compresslevel=1) as file:
        file.write(f"<urlset {NS}>".encode())
        for _ in range(110):
            file.write(b" " * (1 << 20))
    assert (tmp_path / "sitemap.xml.gz").stat().st_size < 2 << 20
    tracemalloc.start()
    error = error_of(tmp_path / "sitemap.xml.gz")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (error.slug, error.message) == ("sitemap-too-large", "it is larger than 100 MiB unpacked")
    assert most < 8 << 20


def test_there_may_be_more_addresses_than_the_protocol_has_but_not_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"sitemap.xml": urlset(*(f"https://example.org/{n}" for n in range(50_001)))})
    assert len(open_source(tmp_path / "sitemap.xml").listed()) == 50_001
    monkeypatch.setattr(module, "MOST_URLS", 50_000)
    error = error_of(tmp_path / "sitemap.xml")
    assert (error.slug, error.message) == ("sitemap-too-large", "it has more than 50,000 addresses")


def test_a_text_without_end_is_not_kept(tmp_path: Path) -> None:
    lay(tmp_path, {"sitemap.xml": f"<urlset {NS}><url><loc>https://e.org/a</loc></url><url><loc>{'x' * (8 << 20)}</loc></url></urlset>"})
    tracemalloc.start()
    assert [entry.url for entry in Sitemap(tmp_path / "sitemap.xml").entries()] == ["https://e.org/a"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20


def test_of_a_large_one_only_the_addresses_are_kept(tmp_path: Path) -> None:
    images = "<image:image><image:loc>https://example.org/image.png</image:loc></image:image>" * 100
    page = f"<url><loc>https://example.org/%d</loc>{images}</url>\n"
    rows = "".join(page % n for n in range(1_000))
    lay(tmp_path, {"sitemap.xml": f'<urlset {NS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{rows}</urlset>'})
    assert (tmp_path / "sitemap.xml").stat().st_size > 7 << 20
    tracemalloc.start()
    assert len(Sitemap(tmp_path / "sitemap.xml").entries()) == 1_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 << 20


@pytest.mark.parametrize("data", [urlset(), index()], ids=["no address", "no sitemap"])
def test_an_empty_one(tmp_path: Path, data: str) -> None:
    lay(tmp_path, {"sitemap.xml": data})
    error = error_of(tmp_path / "sitemap.xml")
    assert (error.slug, error.message) == ("site-empty", "it names no page")


# ------------------------------------------------------------------ a folder beside it


def test_the_folder_says_what_the_pages_are(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": urlset("https://example.org/guides/sea-kale/", "https://example.org/pricing/"),
            "content/guides/sea-kale.md": "---\ntitle: Sea kale at home\ndescription: A plant.\ndate: 2020-01-02\n---\n## Soil\n\n[Soil](soil.md)\n",
            "content/guides/soil.md": "---\ntitle: Soil\n---\nText.\n",
        },
    )
    site = open_site(tmp_path / "sitemap.xml", pages=tmp_path / "content")
    pages = by_url(site.pages)
    kale = pages["https://example.org/guides/sea-kale/"]
    assert (kale.path, kale.title, kale.description, kale.headings, kale.date) == (
        "guides/sea-kale.md", "Sea kale at home", "A plant.", ("Soil",), dt.date(2020, 1, 2)
    )  # fmt: skip
    assert pages["https://example.org/pricing/"].title == "Pricing"
    assert pages["/guides/soil/"].hidden
    assert not kale.hidden
    assert len(site.pages) == 3
    assert site.skipped == ()
    assert site.number_of(str(tmp_path / "content/guides/sea-kale.md")) is not None


def test_a_file_stands_where_the_sitemap_has_its_name(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": urlset("https://example.org/blog/sea-kale", "https://example.org/team/about-us", "https://example.org/kale"),
            "content/posts/2020-01-02-sea-kale.md": "# Sea kale\n",
            "content/a/about-us.md": "# One\n",
            "content/b/about-us.md": "# Two\n",
            "content/posts/kale.md": "# A word is not enough\n",
        },
    )
    pages = by_url(open_site(tmp_path / "sitemap.xml", pages=tmp_path / "content").pages)
    assert pages["https://example.org/blog/sea-kale"].title == "Sea kale"
    assert pages["https://example.org/team/about-us"].title == "About us"
    assert pages["https://example.org/kale"].title == "Kale"
    assert pages["/posts/kale/"].hidden


BUILT = """<!DOCTYPE html><html><head><title>Sea kale | Beds</title><meta name=description content="A plant &amp; its soil.">
<meta property="article:published_time" content="2020-01-02T03:04:05Z"></head>
<body><nav><a href="/">Home</a></nav><header>Beds</header>
<main><h1>Sea <em>kale</em></h1><!-- <h2>no</h2> --><p>It grows on <a class="x" href='/soil/?a=1&amp;b=2'>poor <b>soil</b></a>.</p>
<script>var a = "<h2>no</h2>";</script><h2 id=frost>Frost</h2><aside><a href="/ads">Buy</a></aside></main><footer>2020</footer></body></html>"""


def test_the_folder_may_hold_built_pages(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "public/sitemap.xml": urlset("https://example.org/sea-kale/", "https://example.org/soil.html"),
            "public/sea-kale/index.html": BUILT,
            "public/soil.html": "<title>Soil</title><p>Text",
            "public/404.html": "<h1>Not found</h1>",
        },
    )
    source = open_source(tmp_path / "public/sitemap.xml", pages=tmp_path / "public")
    read = [source.page(one.name, source.load(one.name)) for one in source.listed() if is_file(one.name)]
    pages = by_url(page for page in read if isinstance(page, Page))
    kale = pages["https://example.org/sea-kale/"]
    assert (kale.title, kale.description, kale.headings) == ("Sea kale", "A plant & its soil.", ("Sea kale", "Frost"))
    assert kale.date == dt.date(2020, 1, 2)
    assert [(link.href, link.text) for link in kale.links] == [("/soil/?a=1&b=2", "poor soil")]
    assert kale.text == "Sea kale It grows on poor soil . Frost"
    assert pages["https://example.org/soil.html"].title == "Soil"
    assert pages["/404.html"].hidden


@pytest.mark.parametrize(
    "code",
    ["<a href='x'>" * 20_000, "<!--" * 50_000, "<h1>" * 50_000, "<main><nav" * 20_000, "<meta " * 50_000, "</a>" * 50_000 + "<title>"],
)
def test_a_built_page_that_is_broken_takes_no_longer(tmp_path: Path, code: str) -> None:
    lay(tmp_path, {"sitemap.xml": urlset("https://example.org/a"), "pages/a.html": code})
    assert open_site(tmp_path / "sitemap.xml", pages=tmp_path / "pages").pages[0].title == "A"


def test_a_folder_of_built_pages_is_a_site(tmp_path: Path) -> None:
    lay(tmp_path, {"a/index.html": built("Oil lamps"), "b.html": built("Wood stoves")})
    assert {page.url: page.title for page in open_site(tmp_path).pages} == {"/a/": "Oil lamps", "/b.html": "Wood stoves"}
    lay(tmp_path, {"c.md": "# Wicks\n"})  # what was built is built of this
    assert [page.title for page in open_site(tmp_path).pages] == ["Wicks"]


def test_a_page_that_leads_on_or_is_kept_from_search_is_hidden(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "sitemap.xml": urlset(*(f"https://example.org/{name}" for name in "abcdefghi")),
            "pages/a.html": '<meta http-equiv="refresh" content="0; url=/c">',
            "pages/b.html": '<head><meta content="noindex, nofollow" name="robots"></head>',
            "pages/c.html": "<h1>C</h1>",
            "pages/d.html": '<head><meta name="googlebot" content="noindex"></head>',
            "pages/e.html": '<head><meta name="robots" content="none"></head>',
            "pages/f.html": '<head><link rel="canonical" href="https://example.org/c.html"></head>',
            "pages/g.html": "<head><link href='c.html' rel=canonical></head>",
            "pages/h.html": '<head><link rel="canonical" href="https://example.org/below/h/"><link rel="next" href="/c"></head>',
            "pages/i.html": '<head><meta name="robots" content="index, max-snippet:-1"><link rel="canonical" href="i.html"></head>',
        },
    )
    site = open_site(tmp_path / "sitemap.xml", pages=tmp_path / "pages")
    assert [page.path for page in site.pages if not page.hidden] == ["c.html", "h.html", "i.html"]


def test_what_is_never_suggested(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"sitemap.xml": urlset("https://example.org/legal/imprint/", "https://example.org/legal/why/", "https://example.org/kale/")},
    )
    site = open_site(tmp_path / "sitemap.xml", never=Patterns(("/legal/*", "!/legal/why")))
    assert [page.path for page in site.pages if page.hidden] == ["legal/imprint"]


LAMP_PAGES = {"light/oil-lamps.md": "# Oil lamps\n", "light/index.md": "# Light\n", "index.md": "# Home\n", "legal/terms.md": "# Terms\n"}


@pytest.mark.parametrize(
    ("pattern", "hidden"),
    [
        ("/light/oil-lamps/", ["light/oil-lamps.md"]),
        ("/light/oil-lamps", ["light/oil-lamps.md"]),
        ("light/oil-lamps/", ["light/oil-lamps.md"]),
        ("/Light/Oil-lamps/", ["light/oil-lamps.md"]),
        ("/light/oil-lamps/index.html", ["light/oil-lamps.md"]),
        ("/light/oil-lamps.html", ["light/oil-lamps.md"]),
        ("/light/oil%2Dlamps/", ["light/oil-lamps.md"]),
        ("https://example.org/light/oil-lamps/", ["light/oil-lamps.md"]),
        ("https://example.org/light/oil-lamps/#wicks", ["light/oil-lamps.md"]),
        ("light/oil-lamps.md", ["light/oil-lamps.md"]),
        ("oil-lamps.md", ["light/oil-lamps.md"]),
        ("https://example.org/", ["index.md"]),
        ("/light/", ["light/index.md", "light/oil-lamps.md"]),
        ("https://example.org/l*/", ["legal/terms.md", "light/index.md", "light/oil-lamps.md"]),
        ("legal/", ["legal/terms.md"]),
        ("/oil-lamps/", []),
    ],
)
def test_an_address_that_is_never_suggested_in_any_spelling(tmp_path: Path, pattern: str, hidden: list[str]) -> None:
    lay(tmp_path, LAMP_PAGES)
    never = Patterns((pattern,))
    site = open_site(tmp_path, never=never)
    assert sorted(page.path for page in site.pages if page.hidden) == hidden
    assert without_effect(site, never) == ([] if hidden else [pattern])


def test_what_is_never_suggested_is_taken_back_in_any_spelling(tmp_path: Path) -> None:
    lay(tmp_path, LAMP_PAGES)
    never = Patterns(("/light/*", "!https://example.org/light/oil-lamps/"))
    assert [page.path for page in open_site(tmp_path, never=never).pages if page.hidden] == ["light/index.md"]


def test_an_address_that_is_never_suggested_below_the_path_of_the_site(tmp_path: Path) -> None:
    lay(tmp_path, {"mkdocs.yml": "site_url: https://example.org/base/\n", **{f"docs/{name}": text for name, text in LAMP_PAGES.items()}})
    never = Patterns(("/base/light/oil-lamps/", "/base/legal/*"))
    site = open_site(tmp_path / "docs", never=never)
    assert sorted(page.path for page in site.pages if page.hidden) == ["legal/terms.md", "light/oil-lamps.md"]
    assert without_effect(site, never) == []


def test_absolute_links_to_the_site_are_known(tmp_path: Path) -> None:
    lay(tmp_path, {"sitemap.xml": urlset("https://www.example.org/a", "https://www.example.org/b")})
    site = open_site(tmp_path / "sitemap.xml")
    assert site.addresses.hosts == {"example.org"}
    assert site.addresses.resolve("https://example.org/a/", None) == site.addresses.resolve("/a", None) == 0
    assert site.addresses.resolve("https://example.net/a", None) is None


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("drafts/sea-kale.md", "# A\n"),
        ("drafts/2020-01-02-sea-kale.md", "# A\n"),
        ("drafts/sea-kale/index.md", "# A\n"),
        ("a.md", "---\nslug: sea-kale\n---\n"),
        ("a.md", "---\npermalink: /guides/sea-kale.html\n---\n"),
    ],
)
def test_a_draft_knows_its_own_address(tmp_path: Path, path: str, source: str) -> None:
    lay(
        tmp_path, {"sitemap.xml": urlset("https://example.org/guides/sea-kale", "https://example.org/a/soil", "https://example.org/b/soil")}
    )
    site = open_site(tmp_path / "sitemap.xml")
    assert site.own_page(parse(source, str(tmp_path / path))) == 0
    assert site.own_page(parse("# Soil\n", str(tmp_path / "soil.md"))) is None
    assert site.sharing_address(parse(source, str(tmp_path / path))) == []


def test_addresses_of_a_sitemap_that_differ_in_their_query_are_all_there(tmp_path: Path) -> None:
    lay(tmp_path, {"sitemap.xml": urlset("https://example.org/list?page=a", "https://example.org/list?page=b&amp;x=1")})
    site = open_site(tmp_path / "sitemap.xml")
    assert [page.url for page in site.pages] == ["https://example.org/list?page=a", "https://example.org/list?page=b&x=1"]
    assert site.skipped == ()


@pytest.mark.parametrize(
    ("link", "to"),
    [
        ("", "https://example.org/wood-stoves/"),
        ("[wicks](/wicks/)", "/wood-stoves/"),
        ("[wicks](https://www.example.org/wicks/)", "https://www.example.org/wood-stoves/"),
        ("[wicks](/wicks/), [oil](/oil/), [glass](https://example.org/glass/)", "/wood-stoves/"),
        ("[wicks](https://elsewhere.example/wicks/)", "https://example.org/wood-stoves/"),
    ],
)
def test_a_page_of_a_sitemap_is_linked_as_the_draft_links_others(tmp_path: Path, link: str, to: str) -> None:
    lay(tmp_path, {"sitemap.xml": urlset(*(f"https://example.org/{name}/" for name in ("wood-stoves", "wicks", "oil", "glass")))})
    draft = parse(f"# Heat\n\n{link}\n\nWood stoves give warmth. Wood stoves want wood.\n", str(tmp_path / "d.md"))
    site = open_site(tmp_path / "sitemap.xml")
    found = next(one for one in suggest_links(draft, site) if "wood-stoves" in one.target)
    assert Writer(draft, site).written(found).to == to


def test_pages_of_a_folder_are_linked_with_the_host_where_the_draft_does_so(tmp_path: Path) -> None:
    others = {
        f"{name}.md": f"# {name}\n\n[a](https://example.org/a/) [b](https://example.org/b/) [c](https://example.org/c/)\n" for name in "abc"
    }
    lay(tmp_path, {**others, "wood-stoves.md": "# Wood stoves\n"})
    site = open_site(tmp_path)
    for link, to in (("[a](https://example.org/a/)", "https://example.org/wood-stoves/"), ("[a](/a/)", "/wood-stoves/")):
        draft = parse(f"# Heat\n\n{link}\n\nWood stoves give warmth. Wood stoves want wood.\n", "/nowhere/d.md")
        found = next(one for one in suggest_links(draft, site) if "wood-stoves" in one.target)
        assert Writer(draft, site).written(found).to == to


LAMPS = "# Oil lamps\n\nOil lamps give light. A wood stove gives warmth, and oil lamps do not.\n"


def built(title: str) -> str:
    return f"<html><body><main><h1>{title}</h1><p>About {title.lower()} and the warmth of rooms.</p></main></body></html>"


@pytest.mark.parametrize("path", ["content/oil-lamps.md", "content/2020-01-02-oil-lamps.md", "content/oil-lamps/index.md", "content/x.md"])
def test_the_built_page_of_a_draft_is_its_own(tmp_path: Path, path: str) -> None:
    source = f"---\nslug: oil-lamps\n---\n{LAMPS}" if path.endswith("x.md") else LAMPS
    lay(tmp_path, {"sitemap.xml": urlset("https://example.org/oil-lamps/", "https://example.org/wood-stove/")})
    lay(tmp_path, {"public/oil-lamps/index.html": built("Oil lamps"), "public/wood-stove/index.html": built("Wood stove")})
    site = open_site(tmp_path / "sitemap.xml", pages=tmp_path / "public")
    draft = parse(source, str(tmp_path / path))
    own = site.own_page(draft)
    assert own is not None
    assert site.pages[own].title == "Oil lamps"
    assert [found.title for found in suggest_links(draft, site)] == ["Wood stove"]


def test_a_draft_outside_a_folder_knows_its_page_there(tmp_path: Path) -> None:
    files = {"light/oil-lamps.md": "# Oil lamps\n", "old/oil-lamps.md": "# Oil lamps, then\n", "light/wicks.md": "# Wicks\n"}
    lay(tmp_path, {f"site/{name}": text for name, text in files.items()})
    site = open_site(tmp_path / "site")

    def own(path: str, source: str) -> str | None:
        number = site.own_page(parse(source, str(tmp_path / path)))
        return None if number is None else site.pages[number].path

    assert own("drafts/light/oil-lamps.md", "Text.\n") == "light/oil-lamps.md"
    assert own("oil-lamps.md", "# Oil lamps, then\n") == "old/oil-lamps.md"
    assert own("oil-lamps.md", "# Something else\n") is None  # which of the two, nobody says
    assert own("x.md", "---\nslug: wicks\n---\nText.\n") == "light/wicks.md"
    assert own("site/new/wicks.md", "Text.\n") is None  # another file of the same site


def test_a_draft_elsewhere_than_its_page_links_by_address(tmp_path: Path) -> None:
    files = {"light/oil-lamps.md": "# Oil lamps\nSee [wicks](wicks.md).\n", "light/wicks.md": "# Wicks\n"}
    lay(tmp_path, {f"site/{name}": text for name, text in files.items()})
    site = open_site(tmp_path / "site")
    assert Writer(parse("Text.\n", str(tmp_path / "site/light/oil-lamps.md")), site).manner == "file"
    assert Writer(parse("Text.\n", str(tmp_path / "oil-lamps.md")), site).manner == "address"


# ------------------------------------------------------------------ what the index asks


def test_only_what_has_changed_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    lay(tmp_path, {path.name: urlset("https://example.org/a", "https://example.org/b")})
    before = open_source(path)
    known = set(before.listed())
    lay(tmp_path, {path.name: urlset("https://example.org/b/", "https://example.org/a", "https://example.org/c")})
    after = open_source(path)
    assert {one.name for one in set(after.listed()) - known} == {"b", "c"}
    assert before.told == after.told
    assert all(one.changed > 0 for one in after.listed())


def test_a_sitemap_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    lay(tmp_path, {path.name: index("https://example.org/a.xml"), "a.xml": urlset("https://example.org/a")})
    assert open_source(path).seen == ""  # it may still change within the time that a file system tells apart
    for name in ("sitemap.xml", "a.xml"):
        os.utime(tmp_path / name, (1e9, 1e9))
    noted = open_source(path).seen
    assert open_source(path).is_seen(noted)
    assert not open_source(path, never=Patterns(("/a",))).is_seen(noted)
    os.utime(tmp_path / "a.xml", (2e9, 1e9 + 1))
    assert not open_source(path).is_seen(noted)
    (tmp_path / "a.xml").unlink()
    assert not open_source(path).is_seen(noted)


def test_a_run_sees_what_another_one_has_read(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    lay(tmp_path, {path.name: urlset("https://example.org/a", "/b")})
    os.utime(path, (1e9, 1e9))
    first, again = open_site(path), open_site(path)
    assert [page.url for page in again.pages] == [page.url for page in first.pages] == ["https://example.org/a"]
    assert again.skipped == first.skipped
    assert len(first.skipped) == 1
    lay(tmp_path, {path.name: urlset("https://example.org/b")})
    assert [page.url for page in open_site(path).pages] == ["https://example.org/b"]
    assert open_site(path).skipped == ()


def test_with_a_folder_all_depends_on_the_sitemap(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    lay(tmp_path, {path.name: urlset("https://example.org/a"), "pages/a.md": "# A\n"})
    before = open_source(path, pages=tmp_path / "pages").told
    lay(tmp_path, {path.name: urlset("https://example.org/b")})
    assert open_source(path, pages=tmp_path / "pages").told != before


@pytest.mark.parametrize(("pages", "slug"), [("nowhere", "site-missing"), ("a.md", "site-not-folder")])
def test_a_folder_that_is_none(tmp_path: Path, pages: str, slug: str) -> None:
    lay(tmp_path, {"sitemap.xml": urlset("https://example.org/a"), "a.md": "# A\n"})
    with pytest.raises(SiteError) as caught:
        open_site(tmp_path / "sitemap.xml", pages=tmp_path / pages)
    assert (caught.value.slug, caught.value.path) == (slug, str(tmp_path / pages))
