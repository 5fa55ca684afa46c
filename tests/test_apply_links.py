"""Suggested links made in the text: Markdown in, Markdown out, and what holds for any draft and any site."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from command import Run
from geo_optimizer.compose.links import address, link_edits, markup
from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.errors import DraftRefused, OutputUnsafe
from geo_optimizer.linking import settle_links, write_links
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Draft, Edit, LinkSuggestion, Optimization, Span, WrittenLink
from geo_optimizer.options import Options
from geo_optimizer.pipeline import optimize
from geo_optimizer.promise import Misread, verify_output
from geo_optimizer.report.text import summary
from geo_optimizer.site import Site, open_site, suggest_links
from geo_optimizer.site.pages import read_page

LINKS_ONLY = Options(parts=frozenset({"links"}), apply_links=True)
SUBJECTS = """pruning compost seeds slugs frost roses hens bees paths walls glass bulbs moss hedges tools knots ponds reeds""".split()
PAGES = {
    "water/rain-barrels.md": "---\ntitle: Rain barrels\n---\nA barrel feeds the [drip hoses](/water/drip-hoses/).\n",
    "water/drip-hoses.md": "---\ntitle: Drip hoses\n---\nHoses save water. See [rain barrels](/water/rain-barrels/).\n",
    "soil/leaf-mould.md": "---\ntitle: Leaf mould\n---\nIt takes two years. [Rain barrels](/water/rain-barrels/) help.\n",
    "about.md": "---\ntitle: Who we are\n---\nWe have [rain barrels](/water/rain-barrels/), [drip hoses](/water/drip-hoses/) and "
    "[leaf mould](/soil/leaf-mould/).\n",
    **{f"notes/{word}.md": f"---\ntitle: On {word}\n---\nA page about {word} and little else.\n" for word in SUBJECTS},
}
NAMES = ("rain barrels", "drip hoses", "leaf mould")


def site_of(pages: dict[str, str]) -> Site:
    return Site(Path("/nowhere"), [read_page(path, source) for path, source in pages.items()])


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(PAGES)


def linked(source: str, site: Site, path: str = "draft.md", options: Options = LINKS_ONLY) -> Optimization:
    """A run that makes links; and a second one, which must have nothing to do."""
    done = optimize(source, [OfflineEngine()], site, options, path=path)
    again = optimize(done.output, [OfflineEngine()], site, options, path=path)
    assert again.edits == ()
    return done


def written(source: str, site: Site, path: str = "draft.md") -> str:
    """The draft with links of the pages' names, however much speaks for them."""
    draft = parse(source, path)
    found = [s for s in suggest_links(draft, site) if s.anchor.casefold() in NAMES]
    done = write_links(draft, site, found)
    edits, leads = link_edits(done.written), {link.suggestion.span: link.to for link in done.written}
    output = apply_edits(edits, source)
    verify_output(draft, edits, output, lambda _: (), links=leads)
    targets = {link.suggestion.target for link in done.written}
    assert not targets & {s.target for s in suggest_links(parse(output, path), site)}, "they are known as linked"
    return output


LONG = "\n" + "Nothing more is said of it here, but that the garden lies on a slope. " * 60 + "\n"


CASES = {
    "words in a paragraph": (
        "We have rain barrels by the shed.\n",
        "We have [rain barrels](/water/rain-barrels/) by the shed.\n",
    ),
    "at the start of a line, and at its end": (
        "Rain barrels are full in May,\nand so are the drip hoses\n",
        "[Rain barrels](/water/rain-barrels/) are full in May,\nand so are the [drip hoses](/water/drip-hoses/)\n",
    ),
    "the whole of an item": (
        "- rain barrels\n- drip hoses\n",
        "- [rain barrels](/water/rain-barrels/)\n- [drip hoses](/water/drip-hoses/)\n",
    ),
    "inside emphasis and strong": (
        "We have *rain barrels*, and **our drip hoses too**, and __leaf mould__.\n",
        "We have *[rain barrels](/water/rain-barrels/)*, and **our [drip hoses](/water/drip-hoses/) too**, and __[leaf mould](/soil/leaf-mould/)__.\n",
    ),
    "between brackets, quotation marks and a footnote's mark": (
        "So it is (rain barrels), “drip hoses”, and leaf mould[^1].\n\n[^1]: Two years.\n",
        "So it is ([rain barrels](/water/rain-barrels/)), “[drip hoses](/water/drip-hoses/)”, and [leaf mould](/soil/leaf-mould/)[^1].\n\n[^1]: Two years.\n",
    ),
    "a page that is linked already": (
        "See [the barrels](/water/rain-barrels/). Rain barrels and drip hoses.\n",
        "See [the barrels](/water/rain-barrels/). Rain barrels and [drip hoses](/water/drip-hoses/).\n",
    ),
    "line ends as they are": (
        "We have rain barrels.\r\nAnd more.  \r\n",
        "We have [rain barrels](/water/rain-barrels/).\r\nAnd more.  \r\n",
    ),
    "not after what would make an image of it, nor before what would be its attributes": (
        "Wow!rain barrels, drip hoses{.wet}, leaf mould.\n",
        "Wow!rain barrels, drip hoses{.wet}, [leaf mould](/soil/leaf-mould/).\n",
    ),
    "inside of what is marked, but not of what compares": (
        "We have ==rain barrels== here, and ==our drip hoses, too==; x==leaf mould.\n",
        "We have ==[rain barrels](/water/rain-barrels/)== here, and ==our [drip hoses](/water/drip-hoses/), too==; x==leaf mould.\n",
    ),
    "not where the author's emphasis would end": (
        "Our**rain barrels** and drip hoses.\n",
        "Our**rain barrels** and [drip hoses](/water/drip-hoses/).\n",
    ),
    "not in headings, tables, quotes, code and links": (
        "# Rain barrels\n\n| drip hoses |\n|---|\n| leaf mould |\n\n> rain barrels\n\n`drip hoses` [leaf mould](https://a.example/).\n",
        "# Rain barrels\n\n| drip hoses |\n|---|\n| leaf mould |\n\n> rain barrels\n\n`drip hoses` [leaf mould](https://a.example/).\n",
    ),
    "above a footnote and a definition": (
        "Rain barrels [need] oil.\n\n[need]: /why\n",
        "[Rain barrels](/water/rain-barrels/) [need] oil.\n\n[need]: /why\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, site: Site) -> None:
    source, expected = CASES[case]
    assert written(source, site) == expected


def test_mdx(site: Site) -> None:
    source = "<Note>\n\nRain barrels\n\n</Note>\n\nOur rain barrels {1 + 1} and <b>drip hoses</b>.\n" + LONG
    expected = source.replace("Our rain barrels", "Our [rain barrels](/water/rain-barrels/)")
    assert written(source, site, "draft.mdx") == expected.replace("drip hoses", "[drip hoses](/water/drip-hoses/)")


@pytest.mark.parametrize("name", "h2 blockquote table button select label samp svg math Link NuxtLink Ui.Link router-link A".split())
@pytest.mark.parametrize("form", ["Our <{0} to='/x'>rain barrels</{0}> here.\n", "<{0} to='/x'>\n\nOur rain barrels\n\n</{0}>\n"])
def test_no_link_in_what_is_none_of_the_text_in_html(name: str, form: str, site: Site) -> None:
    source = form.format(name) + "\nOur <em>drip hoses</em><br>and more.\n" + LONG
    assert written(source, site) == source.replace("drip hoses", "[drip hoses](/water/drip-hoses/)")


def test_no_link_in_what_opens_a_box(site: Site) -> None:
    source = "<details>\n<summary>\n\nOur rain barrels\n\n</summary>\n\nOur drip hoses.\n\n</details>\n" + LONG
    assert written(source, site) == source.replace("drip hoses", "[drip hoses](/water/drip-hoses/)")


@pytest.mark.parametrize("name", ["Link", "Input", "Base", "Area", "Source"])
@pytest.mark.parametrize("form", ["Our <{0} to='/x'>rain barrels</{0}> here.\n", "<{0}>\n\nOur rain barrels\n\n</{0}>\n"])
def test_a_component_that_is_called_as_an_element_of_html_is_not_entered(name: str, form: str, site: Site) -> None:
    source = form.format(name) + "\nOur drip hoses<br>and <input> more.\n" + LONG
    assert written(source, site, "draft.mdx") == source.replace("drip hoses", "[drip hoses](/water/drip-hoses/)")


def test_the_comment_of_an_earlier_run_goes_when_its_links_are_made(site: Site) -> None:
    source = "We have rain barrels by the shed.\n" + LONG
    listed = optimize(source, [OfflineEngine()], site, replace(LINKS_ONLY, apply_links=False))
    assert "<!--" in listed.output
    made = linked(listed.output, site)
    assert "<!--" not in made.output
    assert "[rain barrels](/water/rain-barrels/)" in made.output


def test_with_all_the_other_parts_a_second_run_changes_nothing(site: Site) -> None:
    source = "# The garden\n\nRain barrels hold 200 litres each. Drip hoses use 40% of them in July. We lose 12% of it.\n" + LONG
    done = linked(source, site, options=Options(apply_links=True))
    assert {edit.kind for edit in done.edits} >= {"frontmatter", "link"}
    assert [edit.span for edit in done.edits] == sorted(edit.span for edit in done.edits)


def test_no_more_links_than_the_text_bears_those_it_has_counted(site: Site) -> None:
    source = "We have rain barrels, drip hoses and leaf mould. " + "Nothing more. " * 60
    assert len(linked(source, site).edits) == 1
    none = linked("See [us](/about/). " + source, site)
    assert none.edits == ()
    assert none.notes[-1].message == "no link is recommended: the text links to 1 page of the site, all that its length bears"


def test_one_link_that_cannot_be_written_does_not_cost_a_reading_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{word} {other}" for word in ("amber", "copper", "linen", "velvet") for other in ("kettles", "ladders")]
    pages = {f"{name.replace(' ', '-')}.md": f"---\ntitle: {name.capitalize()}\n---\nAll of {name}.\n" for name in names}
    pages["all.md"] = "---\ntitle: Everything\n---\n" + " ".join(f"[{name}](/{name.replace(' ', '-')}/)" for name in names)
    source = f"We like {names[0]}*“so”* a lot.\n\n" + "".join(f"We like {name} a lot.\n\n" for name in names[1:]) + LONG * 2
    sizes = []

    def counted(text: str, *arguments: Any, **named: Any) -> Draft:
        sizes.append(len(text))
        return parse(text, *arguments, **named)

    monkeypatch.setattr("geo_optimizer.linking.parse", counted)
    draft, site = parse(source, "draft.md"), site_of(pages)
    done = settle_links(draft, site, suggest_links(draft, site))
    assert len(done.written) == len(names) - 1
    assert [note.message.partition(" is not")[0] for note in done.notes] == [f"“{names[0]}”"]
    assert sum(size > len(source) for size in sizes) <= 3, "all of them, the one, all but that one"


def test_a_draft_that_opts_out(site: Site) -> None:
    source = "---\ngeo_optimizer: {links: false}\n---\nWe have rain barrels.\n" + LONG
    assert linked(source, site).edits == ()


# ------------------------------------------------------------------ how links are written


def test_of_a_site_with_wikilinks_the_page_by_its_name() -> None:
    notes = {
        "Rain barrels.md": "Rain barrels feed the [[drip-hoses|drip hoses]].\n",
        "drip-hoses.md": "Drip hoses save water. See [[Rain barrels]] and [[leaf-mould]].\n",
        "soil/leaf-mould.md": "Leaf mould takes two years. [[Rain barrels]] and [[drip-hoses|drip hoses]] help.\n",
        "other/leaf-mould.md": "---\ntitle: The second heap\n---\nIt steams.\n",
    }
    source = "We have rain barrels, and drip hoses, and no leaf mould.\n"
    expected = "We have [[rain barrels]], and [[drip-hoses|drip hoses]], and no [[soil/leaf-mould|leaf mould]].\n"
    assert written(source, site_of(notes)) == expected


def test_a_draft_with_addresses_keeps_to_them_where_the_site_has_wikilinks() -> None:
    notes = {"rain-barrels.md": "See [[drip-hoses]].\n", "drip-hoses.md": "See [[rain-barrels]].\n"}
    source = "See [them](/drip-hoses/). We have rain barrels.\n" + LONG
    assert "[rain barrels](/rain-barrels/)" in written(source, site_of(notes))


def test_of_a_site_with_links_to_files_the_file_as_seen_from_the_draft(tmp_path: Path) -> None:
    for path, source in PAGES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(re.sub(r"\(/(\w+)/([\w-]+)/\)", r"(../\1/\2.md)", source))
    draft = tmp_path / "soil" / "green-manure.md"
    source = "Rain barrels and leaf mould."
    draft.write_text(source)
    garden = open_site(tmp_path)
    assert written(source, garden, str(draft)) == "[Rain barrels](../water/rain-barrels.md) and [leaf mould](leaf-mould.md)."
    assert written(source, garden) == "[Rain barrels](/water/rain-barrels/) and [leaf mould](/soil/leaf-mould/)."


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("/a b/", "/a%20b/"),
        ("/a(b)/", "/a%28b%29/"),
        ("/<a>/", "/%3Ca%3E/"),
        ("/a{b}|c/", "/a%7Bb%7D%7Cc/"),
        ("/é/", "/é/"),
        ("/a\u00a0b/", "/a%C2%A0b/"),
        ("/x?a=1&b=2#c", "/x?a=1&b=2#c"),
        ("/x?a=1&copy;=2", "/x?a=1&amp;copy;=2"),
        ("/a\\b_c*d`e~f/", "/a%5Cb_c%2Ad%60e%7Ef/"),
        ("https://a.example/b", "https://a.example/b"),
    ],
)
def test_an_address_leads_where_the_site_says(url: str, written: str) -> None:
    assert address(url) == written
    found = LinkSuggestion("it", Span(4, 6), url, "", "", 1.0, recommended=True)
    link = WrittenLink(found, url)
    draft, edits = parse("See it now."), link_edits([link])
    verify_output(draft, edits, apply_edits(edits, draft.source), lambda _: (), links={found.span: url})


@pytest.mark.parametrize("stated", ["url: '/:year/:title/'", "permalink: pretty", "url: 'javascript:alert(1)'"])
def test_what_is_no_address_is_not_written(stated: str) -> None:
    pages = PAGES | {"water/rain-barrels.md": f"---\ntitle: Rain barrels\n{stated}\n---\nBarrels.\n"}
    assert written("Rain barrels. Drip hoses.\n", site_of(pages)) == "Rain barrels. [Drip hoses](/water/drip-hoses/).\n"


def test_what_is_not_written_is_told() -> None:
    pages = PAGES | {"water/rain-barrels.md": "---\ntitle: Rain barrels\nurl: /:title/\n---\nBarrels.\n"}
    draft, site = parse("Our rain barrels. Wow!drip hoses."), site_of(pages)
    found = suggest_links(draft, site)
    assert "drip hoses" not in {s.anchor for s in found}
    barrels = next(s for s in found if s.anchor == "rain barrels")
    obstructed = barrels._replace(anchor="drip hoses", target="/water/drip-hoses/", span=Span(22, 32))  # by an older index, or a person
    notes = write_links(draft, site, [barrels, obstructed]).notes
    assert {(note.message, note.span) for note in notes} == {
        ("“rain barrels” is not linked to /:title/: /:title/ is a pattern that the site's generator fills in", Span(4, 16)),
        ("“drip hoses” is not linked to /water/drip-hoses/: `!` stands right beside the words", Span(22, 32)),
    }


def test_of_an_address_without_a_slash_the_sites_root_is_meant() -> None:
    pages = PAGES | {"water/rain-barrels.md": "---\ntitle: Rain barrels\npermalink: barrels/\n---\nBarrels.\n"}
    assert written("Rain barrels.\n", site_of(pages)) == "[Rain barrels](/barrels/).\n"


# ------------------------------------------------------------------ the promise


def refused(source: str, text: str, leads_to: str | None = "/x/") -> str:
    """Why these words as that link are not let out."""
    draft = parse(source)
    at = source.index("lamps")
    edits = [Edit(Span(at, at + 5), text, "link")]
    links = {} if leads_to is None else {edits[0].span: leads_to}
    with pytest.raises(OutputUnsafe) as error:
        verify_output(draft, edits, apply_edits(edits, source), lambda _: (), links=links)
    return error.value.message


@pytest.mark.parametrize(
    ("source", "text", "why"),
    [
        ("Our lamps.", "[Lamps](/x/)", "an edit (link) would change the author's text on line 1"),
        ("Our lamps.", "[lamps](/x/) too", "an edit (link) would change"),
        ("Our lamps.", "[lamps](/y/)", "would lead to /y/"),
        ("Our !lamps.", "[lamps](/x/)", "would not be read as one"),
        ("Our `lamps`.", "[lamps](/x/)", "would not be read as one"),
        ("Our [old lamps](/y).", "[lamps](/x/)", "would be read as another"),
        ("---\ntitle: Our lamps\n---\n", "[lamps](/x/)", "an edit (link) would change"),
        ("Our **lamps**s.", "[lamps](/x/)", "would be read as another"),
        ("Our lamps.", "[[other|oil]]", "an edit (link) would change"),
    ],
)
def test_a_link_that_is_not_those_words_leading_there_is_not_let_out(source: str, text: str, why: str) -> None:
    assert why in refused(source, text)


def test_a_link_that_was_not_announced_is_not_let_out() -> None:
    assert "was not announced" in refused("Our lamps.", "[lamps](/x/)", None)


def test_links_that_a_second_run_would_add_are_left_out_by_the_caller() -> None:
    draft, more = parse("Our lamps."), [Edit(Span(0, 3), "[Our](/y/)", "link")]
    edits = [Edit(Span(4, 9), "[lamps](/x/)", "link")]
    with pytest.raises(Misread, match="a second run would change the output again"):
        verify_output(draft, edits, apply_edits(edits, draft.source), lambda _: more, links={Span(4, 9): "/x/"})


def test_the_first_words_of_a_draft_below_a_new_summary() -> None:
    source = "Lamps need oil.\n"
    edits = [Edit(Span(0, 0), "**TL;DR**\n\n- Lamps need oil.\n\n", "tldr"), Edit(Span(0, 5), "[Lamps](/x/)", "link")]
    verify_output(parse(source), edits, apply_edits(edits, source), lambda _: (), links={Span(0, 5): "/x/"})


# ------------------------------------------------------------------ whatever the draft and the site

WORDS = st.sampled_from(
    """rain barrels Rain barrels drip hoses leaf mould rain barrels drip hoses leaf mould green (rain barrels) _drip hoses_ *leaf
    **rain drip** hoses* [rain barrels](/x) [leaf `leaf mould` [mould] ![drip](hoses.png) [[leaf-mould]] [[leaf|mould]] {{% rain %}} ` < > |
    |--- <b>rain</b> rain_ *barrels !rain barrels! :rain hoses: barrels{.a} hoses[^1] ^[drip hoses] \\ leaf\\ & &amp; $rain$ mould~~ ~~leaf
    https://a.org/rain (see[1] é 水 a\u00a0b - + 1. > === :leaf: {rain barrels} <rain hoses}""".split(" ")
)
BREAKS = st.sampled_from(
    [" ", " ", " ", " ", "", "\n", "\n\n", "\n- ", "\n1. ", "\n\n> ", "\n\n## ", "\n\n    ", "\r\n", "\n```\n", "\n| ", "\n[^1]: "]
)
DRAFTS = st.lists(st.tuples(WORDS, BREAKS), max_size=40).map(lambda parts: "".join(word.strip("\n") + gap for word, gap in parts))
SEGMENTS = st.text(st.sampled_from("ab é()<>[]{}|\\*_`~^$&;:%\"'#? \u00a0"), min_size=1, max_size=8)
COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_MARK = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


def rendered(body: str) -> tuple[str, str]:
    """What two other readers make of a text."""
    return COMMONMARK.render(body), pyromark.html(body, options=_MARK)


def parts(page: str) -> list[str]:
    """The parts of a page in which words could be a link in one reading of a text and not in another."""
    return re.findall(r"<(?:pre|code|li|table|a|em|strong|h\d|blockquote|img)\b", page)


def without(page: str, link: WrittenLink) -> str:
    """The page without this link."""
    return re.sub(rf'<a href="/geo[^"]*">({re.escape(link.suggestion.anchor)})</a>', r"\1", page, count=1)


def marked_site(first: str, second: str) -> Site:
    """The pages with `geo` in their addresses, by which their links are known in what is rendered."""
    addresses = {"water/rain-barrels.md": f"/geo1/{first}/", "water/drip-hoses.md": f"/geo2/{second}/", "soil/leaf-mould.md": "/geo3/"}
    pages = [read_page(path, source) for path, source in PAGES.items()]
    return Site(Path("/nowhere"), [replace(page, url=addresses.get(page.path, page.url)) for page in pages])


TITLES = st.lists(
    st.sampled_from(
        "rain barrels Rain Barrels drip hoses leaf mould green pit the of for & — Leaf: Mould's (drip) *rain* <b> `hoses`".split(" ")
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
ENDINGS = st.sampled_from(["/", "/", "", ".html", "/index.html"])


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Pages of any title at any address, which link to each other in any words. Each has `geo` in its address, by which its links are known."""
    count = draw(st.integers(1, 5))
    pages = []
    for n in range(count):
        links = "".join(f"[{draw(TITLES)}](p{draw(st.integers(0, count - 1))}.md) and more. " for _ in range(draw(st.integers(0, 3))))
        page = read_page(f"p{n}.md", f"---\ntitle: {json.dumps(draw(TITLES))}\n---\n\n{draw(TITLES)}. {links}\n")
        anchors = tuple(draw(st.lists(TITLES, max_size=2)))
        pages.append(replace(page, url=f"/geo{n}/{draw(SEGMENTS)}{draw(ENDINGS)}", anchors=anchors))
    return Site(Path("/nowhere"), pages)


# Why a suggestion may be told and not written: what stands beside the words, or another reading of the draft, or an address that is none.
REFUSALS = re.compile(
    r"“.+” is not linked to .+: (?:`.` stands right beside the words"
    r"|the .+ on line \d+ of the output would (?:not be read as one|be read as another|lead to .+)"
    r"|.+ is a pattern that the site's generator fills in|.+ is not known to lead there from this draft"
    r"|the draft's wikilinks have the words first, and such are not written|no name leads a wikilink to that page alone)",
    re.DOTALL,
)


def check_written(draft: Draft, links: list[WrittenLink]) -> None:
    """The draft with these links is the draft and these links, to three readers."""
    edits = link_edits(links)
    output = apply_edits(edits, draft.source)
    verify_output(draft, edits, output, lambda _: (), links={link.suggestion.span: link.to for link in links})
    assert all(markup(link) in output for link in links)
    plain, other = rendered(draft.text(draft.body))
    if any(link.wiki for link in links) or "[^" in draft.source or parts(plain) != parts(other):
        return  # the others know neither wikilinks nor footnotes, or do not agree
    for before, after in zip((plain, other), rendered(output[draft.body.start :]), strict=True):
        assert after.count('href="/geo') == before.count('href="/geo') + len(links)
        for link in links:
            after = without(after, link)  # noqa: PLW2901 - one link less
        assert after == before


@settings(max_examples=400)
@given(source=DRAFTS, site=sites(), suffix=st.sampled_from([".md", ".md", ".mdx"]))
def test_every_suggestion_is_written_as_a_link_and_nothing_else_is_changed(source: str, site: Site, suffix: str) -> None:
    """Whatever the draft and the site; each link alone, and all of them together."""
    try:
        draft = parse(source, f"draft{suffix}")
    except DraftRefused:  # braces that do not balance
        return
    found = suggest_links(draft, site)
    done = write_links(draft, site, found)
    assert len(done.written) + len(done.refused) == len(found)
    assert all(REFUSALS.fullmatch(note.message) for note in done.notes), done.notes
    for link in done.written:
        check_written(draft, [link])
    check_written(draft, sorted(done.written, key=lambda link: link.suggestion.span))


PLAIN = st.lists(
    st.sampled_from("rain barrels drip hoses leaf mould green pit the of for and Rain (drip) “leaf mould”, hoses.".split(" ")), max_size=40
)


@settings(max_examples=200)
@given(words=PLAIN, breaks=st.lists(st.sampled_from(["\n", "\n\n", "\n\n- ", "\n\n## "]), max_size=4), site=sites())
def test_in_a_draft_of_words_alone_no_suggestion_is_refused(words: list[str], breaks: list[str], site: Site) -> None:
    size = max(1, len(words) // (len(breaks) + 1))
    lines = [" ".join(words[n : n + size]) for n in range(0, len(words), size)]
    draft = parse("".join(line + end for line, end in zip(lines, [*breaks, *["\n"] * len(lines)], strict=False)), "draft.md")
    pages = [replace(page, url=f"/geo{n}/") for n, page in enumerate(site.pages)]
    plain = Site(Path("/nowhere"), pages)
    assert write_links(draft, plain, suggest_links(draft, plain)).notes == []


def test_of_drafts_full_of_markup_few_suggestions_are_refused() -> None:
    """The check of what is written is no excuse for suggestions that cannot be."""
    chance, site = random.Random(7), site_of(PAGES)
    parts = [
        "rain barrels",
        "drip hoses",
        "leaf mould",
        "(rain barrels)",
        "_drip hoses_",
        "*leaf mould* and",
        "**rain barrels**",
        "[x](/y)",
    ]
    parts += [
        "`code`",
        "a <b>bold</b>",
        "| cell |",
        "~~gone~~",
        "$x$",
        "{{% box %}}",
        "![drip](h.png)",
        "hoses{.a}",
        "\\[",
        "\n\n",
        "\n- ",
        "\n> ",
    ]
    found, refused = 0, 0
    for _ in range(200):
        draft = parse(" ".join(chance.choice(parts) for _ in range(30)) + "\n", "draft.md")
        suggested = suggest_links(draft, site)
        found += len(suggested)
        refused += len(write_links(draft, site, suggested).refused)
    assert found > 300
    assert refused <= found * 0.01


@settings(max_examples=150)
@given(source=DRAFTS, first=SEGMENTS, second=SEGMENTS)
def test_a_whole_run_keeps_its_promise_and_a_second_one_has_nothing_to_do(source: str, first: str, second: str) -> None:
    linked(source + LONG, marked_site(first, second))


# ------------------------------------------------------------------ the command

GARDEN = "We have rain barrels by the shed, and drip hoses.\n" + LONG


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site, and a draft beside it."""
    for path, source in PAGES.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(source)
    (tmp_path / "draft.md").write_text(GARDEN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_links_in_the_draft_itself(run: Run, garden: Path) -> None:
    done = run("-i", "draft.md", "--only", "links", "--apply-links", "--site", "site", "--report", "r.json")
    assert done.code == 0
    text = (garden / "draft.md").read_text()
    assert text.startswith("We have [rain barrels](/water/rain-barrels/) by the shed, and [drip hoses](/water/drip-hoses/).")
    assert "Link, line 1: [rain barrels](/water/rain-barrels/)" in done.err
    assert "Internal links to consider" not in done.err
    assert run("draft.md", "--only", "links", "--apply-links", "--site", "site", "--check").code == 0


def test_the_report_has_each_link_as_an_edit(run: Run, garden: Path) -> None:
    run("draft.md", "--only", "links", "--apply-links", "--site", "site", "--check", "--report", "r.json")
    row = json.loads((garden / "r.json").read_text())
    assert row["edits"][0] == {"span": [8, 20], "text": "[rain barrels](/water/rain-barrels/)", "kind": "link"}


def test_what_would_be_linked_as_a_diff(run: Run, garden: Path) -> None:
    done = run("draft.md", "--only", "links", "--apply-links", "--site", "site", "--diff")
    assert "+We have [rain barrels](/water/rain-barrels/) by the shed" in done.out
    assert (garden / "draft.md").read_text() == GARDEN


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--apply-links"], "links need a site to lead to"),
        (["--apply-links", "--site", "site", "--skip", "links"], "which --only or --skip leaves out"),
    ],
)
def test_links_without_a_site_or_without_links(run: Run, garden: Path, arguments: list[str], why: str) -> None:
    done = run("draft.md", *arguments)
    assert done.code == 2
    assert why in done.err


# ------------------------------------------------------------------ the list of suggestions


def test_what_an_editor_reads(run: Run, garden: Path) -> None:
    done = run("links", "draft.md", "--site", "site")
    assert done.code == 0
    rows = done.out.splitlines()
    assert rows[0] == "draft.md: 2 links to make"
    at = next(n for n, row in enumerate(rows) if "Rain barrels  /water/" in row)
    assert re.fullmatch(r"  \d\. line 1: We have \[rain barrels\] by the shed, and drip hoses\.", rows[at - 1])
    assert rows[at] == "     -> Rain barrels  /water/rain-barrels/"
    assert re.fullmatch(r"     \w.+ that page.*  \(0\.\d\d\)", rows[at + 1])
    assert "more, not recommended" not in done.out or re.search(r"-n \d+ shows", rows[-2])


def test_what_makes_the_links_is_said(run: Run, garden: Path) -> None:
    (garden / "my draft.md").write_text(GARDEN)
    told = "To make what is recommended: geo-optimize -i 'my draft.md' --site SITE --only links --apply-links"
    assert told in run("links", "my draft.md", "--site", "site").out.splitlines()
    assert run("-i", "my draft.md", "--site", "site", "--only", "links", "--apply-links").code == 0
    assert "[rain barrels](/water/rain-barrels/)" in (garden / "my draft.md").read_text()
    assert "--apply-links" not in run("links", "my draft.md", "--site", "site").out, "there is nothing left to make"


@pytest.mark.parametrize("options", [Options(parts=frozenset({"links"})), LINKS_ONLY])
def test_the_summary_shows_an_address_on_one_line(options: Options) -> None:
    pages = PAGES | {"water/rain-barrels.md": '---\ntitle: Rain barrels\nurl: "/a\\n\\nNext\\n  rm -r x\\u001b[2J/"\n---\nBarrels.\n'}
    done = optimize(GARDEN, [OfflineEngine()], site_of(pages), options, path="draft.md")
    text = summary(done, "draft.md", None, has_site=True)
    assert r"/a\n\nNext\n  rm -r x\x1b[2J/" in text or "/a%0A%0ANext" in text
    assert "\x1b" not in text
    assert text.count("\nNext\n") <= 1, "the program's own"


def test_as_many_as_asked_for_with_those_that_are_not_recommended(run: Run, garden: Path) -> None:
    (garden / "draft.md").write_text("We have rain barrels, drip hoses, leaf mould.\n")
    assert run("links", "draft.md", "--site", "site").out.startswith("draft.md: 1 link to make")
    assert "2 more, not recommended: -n 3 shows them" in run("links", "draft.md", "--site", "site").out
    assert run("links", "draft.md", "--site", "site", "-n", "3").out.count(", not recommended)") == 2
    assert "draft.md: 2 links to make" in run("links", "draft.md", "--site", "site", "-n", "2").out


def test_nothing_to_recommend(run: Run, garden: Path) -> None:
    (garden / "draft.md").write_text("Quite another subject.\n")
    assert run("links", "draft.md", "--site", "site").out == "draft.md: no link to recommend\n\n"


def test_a_long_sentence_is_cut_around_the_words(run: Run, garden: Path) -> None:
    (garden / "draft.md").write_text(
        "Beside the shed and the fence, " * 6 + "we have rain barrels, " + "and the well and the gate, " * 6 + "too.\n"
    )
    (row,) = (row for row in run("links", "draft.md", "--site", "site").out.splitlines() if "line 1:" in row)
    assert row.startswith("  1. line 1: …")
    assert row.endswith("…")
    assert "we have [rain barrels], and the well" in row
    assert len(row) < 200


def test_the_words_are_marked_where_they_are_meant(run: Run, garden: Path) -> None:
    (garden / "draft.md").write_text("Not `rain barrels` but our rain barrels leak.\n")
    assert "Not rain barrels but our [rain barrels] leak." in run("links", "draft.md", "--site", "site").out


def test_nothing_acts_in_a_comment_on_a_pull_request(run: Run, garden: Path) -> None:
    (garden / "draft.md").write_text("\\<b> @all rain barrels | #1\n")
    (garden / "site" / "water" / "rain-barrels.md").write_text("---\ntitle: Rain barrels <img src=x> @all\n---\nx\n")
    done = run("links", "draft.md", "--site", "site", "--format", "markdown")
    assert done.out.startswith("### draft.md: 1 link to make\n\n- line 1: ")
    page = pyromark.html(done.out)
    assert "<strong>rain barrels</strong>" in page
    assert "<b>" not in page
    assert "<img" not in page
    assert "@all" not in page


def test_the_sentence_is_in_the_json(run: Run, garden: Path) -> None:
    first = run("links", "draft.md", "--site", "site", "--format", "json").json()["suggestions"][0]
    assert first["sentence"] == "We have rain barrels by the shed, and drip hoses."


def test_without_a_site(run: Run, garden: Path) -> None:
    done = run("links", "draft.md")
    assert (done.code, done.out) == (2, "")
    assert "links need a site to lead to (give --site the folder of the site's pages, its sitemap.xml, or a catalogue" in done.err


def test_a_site_without_pages(run: Run, garden: Path) -> None:
    (garden / "empty").mkdir()
    done = run("links", "draft.md", "--site", "empty")
    assert done.code == 2
    assert "no Markdown pages in this folder" in done.err
