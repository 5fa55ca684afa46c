"""Every part knows the characters it was read from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.dialects import FILLERS
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import OBJECT, Dialect, Draft

SAMPLES = sorted((Path(__file__).parent.parent / "samples").rglob("*.md*"))


def check_spans(draft: Draft) -> None:
    """The contract of every draft: `source[span]` is the part's text."""
    for block, after in zip(draft.blocks, draft.blocks[1:], strict=False):
        assert block.span.end <= after.span.start
    for prose in draft.prose:
        assert "".join(prose.text[p.at : p.at + p.length] for p in prose.pieces) == prose.text
        for piece in prose.pieces:
            shown, written = prose.text[piece.at : piece.at + piece.length], draft.text(piece.span)
            if len(written) == piece.length and shown != " ":
                assert shown == re.sub(f"[\0{FILLERS}]", "\ufffd", written) or shown == OBJECT
    for sentence in draft.sentences:
        assert draft.prose[sentence.prose].text[sentence.start : sentence.end] == sentence.text
        assert draft.prose[sentence.prose].span.contains(sentence.span)
    for link in draft.links:
        assert draft.text(link.span)[0] in "[!<"
        assert draft.text(link.span)[-1] in ")]>"
    for heading in draft.headings:
        assert heading.span.contains(draft.prose[heading.prose].span) or not heading.text
        assert heading.text in draft.prose[heading.prose].text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_samples(path: Path) -> None:
    check_spans(parse(path.read_bytes().decode(), path.name))


DIALECTS: tuple[Dialect, ...] = ("markdown", "mdx", "myst", "obsidian")
PIECES = [
    "# A heading\n", "## *Marked* heading ##\n", "Text\n----\n", "Plain words, and a sentence. And another one!\n", "- an item\n  goes on\n", "1. first\n2. second\n",
    "> quoted\n> words\n", "`code` and **bold _inner_ bold** and ~~gone~~.\n", '[a link](/x "t") then ![alt](i.png) and <https://a.example>.\n', "[ref][1] text\n\n[1]: /r\n",
    "```py\n# not a heading\n```\n", "    indented code\n", "| a | b \\| c |\n|---|---|\n| *x* | [y](/y) |\n", "Note[^1].\n\n[^1]: The note.\n", "&amp; &copy; \\* escaped\n",
    "<div>\n\n*inside*\n\n</div>\n", "<!-- comment -->\n", '{{< figure src="a.png" >}}\n', "{% include x %}\n", "[[Wiki page|shown]] and ![[embed]]\n", "$5 and $6 of it\n",
    "\n", "\r\n", "\r", "  \n", "\t", "\f", "\u2028", "é🦉\u0301", "\ufeff", "\0", "***\n", "text  \nbroken\\\nline\n", "\u05d0\u05d1 rtl\n", "{", "}}", "<a href='x'>in</a>\n",
    "\n: meaning\n", ": meaning\n", "Term\n: meaning\n", "  Term\n\n:   meaning\n\n    more\n", "(label)=\n", "(label)=\nTerm\n: meaning\n", "last line", "{.a b=c}", "{{ a }}", ":::note\n", ":::\n",
    "!!! note\n", "$x^2$", "%% a %%", "{ref}`a`", "[^n]: \n", "*[A]: b\n", *FILLERS,
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(DIALECTS))
def test_any_mixture_of_constructs(source: str, dialect: Dialect) -> None:
    try:
        draft = parse(source, dialect=dialect)
    except DraftRefused:
        return
    check_spans(draft)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_any_text(source: str) -> None:
    try:
        draft = parse(source)
    except DraftRefused:
        return
    check_spans(draft)


def test_lines_end_only_where_markdown_ends_them() -> None:
    draft = parse("a\fb\x85c\u2028d\n\n# H\n")
    assert [(h.text, draft.line(h.span.start)) for h in draft.headings] == [("H", 3)]


def test_a_bom_is_one_character_and_no_part_of_the_heading() -> None:
    draft = parse("\ufeff# A\r\n\r\nText.\r\n")
    assert [(h.text, h.span.start) for h in draft.headings] == [("A", 1)]
    assert draft.newline == "\r\n"


def test_the_text_of_a_paragraph_has_no_markup_and_leads_back_to_it() -> None:
    draft = parse("See **the** [guide](/g) &amp; `code`\non the next line.\n")
    (prose,) = draft.prose
    assert prose.text == "See the guide & code on the next line."
    at = prose.text.index("next line")
    assert draft.text(prose.source_span(at, at + 9)) == "next line"
    at = prose.text.index("guide & code")
    assert draft.text(prose.source_span(at, at + 12)) == "guide](/g) &amp; `code"


def test_a_list_knows_what_introduces_it() -> None:
    draft = parse("Of the firms studied:\n\n- 12% have agents\n- 9% have none\n")
    assert [draft.prose[p.parent].text if p.parent is not None else None for p in draft.prose] == [None, *["Of the firms studied:"] * 2]


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("{{< highlight >}}\n# no heading\n{{< /highlight >}}\n", "a.md"),
        ("{% raw %}\n# no heading\n{% endraw %}\n", "a.md"),
        (":::note\n# no heading\n:::\n", "a.md"),
        ("<Tabs a={`\n\n# no heading\n`}>\n</Tabs>\n", "a.mdx"),
        ("export const a = [\n  '# no heading',\n\n]\n", "a.mdx"),
        ("!!! note\n    # no heading\n", "a.md"),
        ("```\n# no heading\n```\n", "a.md"),
    ],
)
def test_foreign_syntax_is_never_entered(source: str, path: str) -> None:
    assert parse(source, path).headings == ()


def test_mdx_that_does_not_balance_is_refused_with_its_line() -> None:
    with pytest.raises(DraftRefused, match="never closed") as refused:
        parse("---\ntitle: A\n---\n\n<Tabs>\n\ntext\n", "a.mdx")
    assert refused.value.line == 5


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith met Mr. J. K. Jones at 8 a.m. on Fri. at noon.", 1),
        ("It cost $2.5 million, i.e. a lot. Really.", 2),
        ("The U.S. Government agreed. So did others.", 2),
        ("We met at 8 p.m. The talks failed.", 2),
        ("Visit example.com. Then go.", 2),
        ("Version 3.11 is out. Use it.", 2),
        ("“Is it?” she asked. Yes.", 2),
        ("He said “no.” Then he left.", 2),
        ("Wait... what? Yes… No.", 3),
        ("A quote (see Fig. 3) helps. Good.", 2),
    ],
)
def test_sentences(text: str, sentences: list[str] | int) -> None:
    found = [text[a:b] for a, b in boundaries(text)]
    assert (found if isinstance(sentences, list) else len(found)) == sentences


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", "Am 3. Mai stieg der Preis um 3,5 Prozent. Das ist viel, z. B. für Mieter.", 2),
        ("fr", "M. Dupont a parlé. Il était 8 h.", 2),
        ("es", "El Sr. García habló. ¿Y tú? Nada.", 3),
        ("it", "Il dott. Rossi parla. Ecco.", 2),
        ("pt", "O Sr. Silva falou. Pois.", 2),
        ("nl", "Dat is o.a. duur. Ja.", 2),
        ("de", "Geplant sind u. a. Werkstätten. Das steht auf S. 12, in Abb. 3 und in Kap. 4. Die Hauptstr. 5 wird gesperrt.", 3),
        ("de", "Fr. Dipl.-Ing. Roth und Hr. Meier kommen. Ludwig XIV. Platz war voll. Um 44 v. Chr. Geburt.", 3),
        ("de", "Es wurden nur 3. Das war wenig. Es blieb bei 24 °C. Jeder fror.", 4),
        ("de", "„Das ist gut.“ Die Stadt baut. »Wir auch.« Er ging. »Hallo«, rief sie.", 5),
        ("fr", "« Nous partons. » Il est parti. « Vite ! » dit-elle. En 52 av. J.-C. César vint.", 4),
        ("es", "EE. UU. vende. La Dra. Ruiz vive, p. ej. Ana, en la Avda. Mayor, núm. 5. Fue en el s. XX. Basta.", 4),
        ("it", "Il sig. Rossi e l'avv. Neri, ad es. Roma, citano l'art. 5 e il n. 12. Vedi pag. 3. Basta.", 3),
        ("pt", "A Dra. Teresa vive na Av. Brasil, n.º 5. No séc. XX não. Ver p. 12.", 3),
        ("nl", "Drs. Bakker woont er. 's Ochtends is het koud. Zie blz. 12 en nr. 5. Ga naar de St. Jansstraat.", 4),
    ],
)
def test_sentences_of_other_languages(language: str, text: str, count: int) -> None:
    assert len(list(boundaries(text, language))) == count


_LANGUAGES = {
    "sv": "En odlingslott är en bit mark som grannar brukar tillsammans. Marken behöver minst fem timmars sol om dagen.",
    "da": "En have er et stykke jord, som naboer dyrker sammen. Jorden skal have mindst fem timers sol om dagen, og der er ikke plads til alle.",
    "ca": "Un hort és un tros de terra que els veïns conreen junts. El risc més gran no són les plagues, sinó els conflictes entre les persones.",
    "ro": "O grădină este o bucată de pământ pe care vecinii o lucrează împreună. Terenul are nevoie de cel puțin cinci ore de soare pe zi.",
    "pl": "Ogród to kawałek ziemi, który uprawiają sąsiedzi. Największym zagrożeniem nie są szkodniki, a jest nim to, że ludzie się kłócą.",
    "tr": "Bahçe, komşuların birlikte ektiği bir toprak parçasıdır. Bu bahçe için en büyük tehlike zararlılar değil, insanlar arasındaki kavgadır.",
    "und": "Общественный огород — это участок земли, который соседи возделывают вместе и делят между собой весь урожай.",
    "nl": "Een tuin is een stuk grond dat buren samen bewerken. De grond heeft ten minste vijf uur zon per dag nodig en een kraan in de buurt.",
    "es": "Un huerto es un trozo de tierra que los vecinos cultivan juntos. El riesgo más grande no son las plagas, sino los conflictos entre las personas.",
}


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_language_is_not_taken_for_its_neighbour(language: str) -> None:
    assert parse(_LANGUAGES[language]).language == language


def test_a_draft_in_two_languages_is_in_the_one_that_it_begins_with_unless_that_is_a_small_part() -> None:
    german = "Die Gemeinde stellt ab dem Sommer Schilder auf, die in zwei Sprachen sind und von den Gästen besser gelesen werden.\n\n"
    english = "The village will put up signs from the summer on, which are in two languages and can be read by all of the guests.\n\n"
    assert parse(german + english).language == "de"
    assert parse(english + german).language == "en"
    assert parse(german + english * 4).language == "en"


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# A *b* c\n", "A b c"),
        ("---\ntitle: Mine\n---\n# Other\n", "Mine"),
        ('<div align="center">\n<h1><img src="x.png"> Garden &amp; ponds</h1>\n</div>\n\nText.\n', "Garden & ponds"),
        ("Text.\n\n## Section\n", None),
    ],
)
def test_the_title_is_the_authors(source: str, title: str | None) -> None:
    assert parse(source).title == title


def test_short_sentences_with_figures_are_still_english() -> None:
    draft = parse("".join(f"Sales in region {n} rose by {n + 2} percent to {n + 16} million euros in 2024.\n\n" for n in range(8)))
    assert draft.language == "en"
