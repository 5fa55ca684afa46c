"""Long and malformed drafts are read for what they are: many openings without a closer, very long lines, very many parts.

Each is about 100 to 300 KB. What is read is judged there, not how long it takes; the growth of that is measured at the end.
"""

from __future__ import annotations

import gc
import math
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import pytest

from geo_optimizer.analysis.chat import tokens
from geo_optimizer.analysis.language import spelling_marks
from geo_optimizer.analysis.quantities import quantities
from geo_optimizer.analysis.residue import residue
from geo_optimizer.analysis.sources import attribution, source_url
from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.compose.closing import closing_places
from geo_optimizer.compose.opening import lead_places
from geo_optimizer.engines.offline.candidates import candidates
from geo_optimizer.errors import DraftRefused
from geo_optimizer.grounding import ground
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.dialects import mask
from geo_optimizer.markdown.dialects.stretches import fill
from geo_optimizer.markdown.parts import find_known
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import Draft, Enhancement, Frontmatter, Span
from geo_optimizer.options import Options
from geo_optimizer.pipeline import brief
from geo_optimizer.rules import BY_CODE, check
from geo_optimizer.site.barred import barred, quoting_elements, spoken
from geo_optimizer.site.phrases import phrases
from geo_optimizer.site.places import places
from geo_optimizer.site.scan import masked

MANY = 20_000


def kinds(draft: Draft) -> dict[str, int]:
    return dict(Counter(block.kind for block in draft.blocks))


# ------------------------------------------------------------------ openings that nothing closes


@pytest.mark.parametrize("opening", ["{{ a ", "{{< a ", "{% a ", "{# a ", "$$ a\n"])
def test_openings_without_a_closer_are_words(opening: str) -> None:
    assert mask(opening * MANY, "markdown")[1] == ()


def test_keys_that_no_fence_closes_are_read_once() -> None:
    draft = parse("# A\n\nText.\n\n---\n" + "title: a\ndate: b\n" * 2_000 + "\nText.\n\n---\n")
    assert [found.kind for found in residue(draft) if found.kind == "frontmatter"] == ["frontmatter"]  # the run of keys, not a fenced block


def test_unclosed_comments_are_one_block() -> None:
    draft = parse("Words.\n\n" + "<!-- " * MANY)
    assert kinds(draft) == {"paragraph": 1, "comment": 1}


@pytest.mark.parametrize(
    ("opening", "closer"), [("{{ a ", "}}"), ("{{< a ", ">}}"), ("{{% a ", "%}}"), ("{% a ", "%}"), ("{# a ", "#}"), ("$$ a\n", "$$\n")]
)
def test_the_first_opening_runs_to_the_only_closer(opening: str, closer: str) -> None:
    source = opening * MANY + closer
    spans = mask(f"{source}after {opening * MANY}", "markdown")[1]
    assert [(span.start, span.end) for span in spans] == [(0, len(source.rstrip()))]


def test_a_comment_runs_from_its_first_opening_to_the_only_closer() -> None:
    source = "<!-- " * MANY + "{{ a }} --> {{ b }}" + "<!-- " * MANY
    assert [span.of(source) for span in mask(source, "markdown")[1]] == ["{{ b }}"]


def test_a_shortcode_without_its_closer_may_be_an_expression() -> None:
    source = "{{< a }} and {{% b }} and {{< c >}}"
    spans = [span.of(source) for span in mask(source, "markdown")[1]]
    assert spans == ["{{< a }} and {{% b }} and {{< c >}}"]
    assert [span.of("{{< a }} b") for span in mask("{{< a }} b", "markdown")[1]] == ["{{< a }}"]


def test_html_tags_without_an_end_open_nothing() -> None:
    draft = parse("<div>\n" + "<section " * MANY + "\n\nWords.\n\n</div>\n\nMore words.\n")
    assert [block.kind for block in draft.blocks] == ["html", "paragraph"]


# ------------------------------------------------------------------ code spans


def test_template_syntax_in_a_code_span_is_only_shown() -> None:
    source = "Write `{{ a }}` or ``{{ b ` }}``, not {{ c }}."
    assert [span.of(source) for span in mask(source, "markdown")[1]] == ["{{ c }}"]


def test_a_code_span_ends_in_its_paragraph() -> None:
    source = "One ` tick {{ a }}\n\nand another ` here."
    assert [span.of(source) for span in mask(source, "markdown")[1]] == ["{{ a }}"]


def test_runs_of_backticks_pair_only_with_runs_as_long() -> None:
    runs = " ".join("`" * length for length in range(1, 600))
    source = f"{runs} {{{{ a }}}} ` and {{{{ b }}}}"
    assert [span.of(source) for span in mask(source, "markdown")[1]] == ["{{ b }}"]


# ------------------------------------------------------------------ paired tags


def test_a_closing_tag_goes_with_the_innermost_of_its_name() -> None:
    source = "{% if a %}1{% note %}2{% if b %}3{% endif %}4{% endif %}5{% endnote %}"
    spans = [span.of(source) for span in mask(source, "markdown")[1]]
    assert spans == ["{% if a %}1{% note %}2{% if b %}3{% endif %}4{% endif %}", "{% endnote %}"]


def test_tags_that_close_nothing_leave_what_is_open() -> None:
    source = "{% open %}" + "{% a %} " * MANY + "{% endb %} " * MANY + "{% endopen %}"
    assert [span.of(source) for span in mask(source, "markdown")[1]] == [source]


def test_each_wrapper_is_one_block() -> None:
    draft = parse("<div>\n\nSome words.\n\n</div>\n\nBetween.\n\n" * 3_000)
    assert kinds(draft) == {"html": 3_000, "paragraph": 3_000}


def test_tags_alone_on_their_lines_are_blocks_of_their_own() -> None:
    draft = parse("{% include a %}\n\nSome words.\n\n" * 3_000)
    assert kinds(draft) == {"opaque": 3_000, "paragraph": 3_000}


def test_a_stretch_over_some_blocks_takes_all_that_it_touches() -> None:
    draft = parse("First {% note %} one.\n\nTwo.\n\nThree {% endnote %} last.\n\nFour.\n")
    assert [(block.kind, draft.text(block.span)[:5]) for block in draft.blocks] == [("opaque", "First"), ("paragraph", "Four.")]


# ------------------------------------------------------------------ very many parts


def test_only_the_words_of_wikilinks_are_fixed() -> None:
    draft = parse("See [[Page]] here.\n\n" * 3_000 + "No page.\n")
    assert Counter(prose.fixed for prose in draft.prose) == {((4, 8),): 3_000, (): 1}


def test_text_in_a_known_part_says_so() -> None:
    draft = parse("# Title\n\nLead.\n\n" + "## TL;DR\n\nIn it.\n\nOutside.\n\n" * 1_500)
    known = Counter((prose.kind, prose.known) for prose in draft.prose)
    assert known["heading", "tldr"] == 1_500
    assert known["heading", None] == 1


# ------------------------------------------------------------------ very long lines


def test_a_long_line_has_all_its_sentences() -> None:
    line = "Acme Inc. sold 300 lamps, e.g. in Oslo. Dr. B. Berg counted them! Who knew? " * 4_000
    sentences = [line[start:end] for start, end in boundaries(line)]
    assert Counter(sentences) == {
        "Acme Inc. sold 300 lamps, e.g. in Oslo.": 4_000,
        "Dr. B. Berg counted them!": 4_000,
        "Who knew?": 4_000,
    }


@pytest.mark.parametrize("text", ["." * 200_000 + "a", ". $ " * 50_000, "a.b" * 60_000, "x" * 200_000 + ". ", "(" * 200_000])
def test_text_that_only_looks_like_sentences_is_kept_whole(text: str) -> None:
    found = list(boundaries(text))
    assert found[0][0] == 0
    assert found[-1][1] == len(text.rstrip())
    assert all(text[end:start].isspace() for (_, end), (start, _) in pairwise(found))


def test_a_long_word_before_a_stop_is_no_abbreviation() -> None:
    text = "x" * 300 + "mr. The end."
    assert [text[start:end][-4:] for start, end in boundaries(text)] == ["xmr.", "end."]


def test_each_sentence_of_a_long_line_has_its_own_source_and_link() -> None:
    line = "According to Acme Labs, 40% of lamps flicker ([report](https://acme.example/r)). Nothing was measured here. " * 500
    draft = parse(line + "The last one.\n")
    found = [(attribution(draft, sentence), source_url(draft, sentence)) for sentence in draft.sentences[::2]]
    assert Counter(found) == {("Acme Labs", "https://acme.example/r"): 500, (None, None): 1}


# ------------------------------------------------------------------ depth


def test_mdx_nested_deeply_is_read() -> None:
    draft = parse("{" + "`${" * 20_000 + "}`" * 20_000 + "}\n\nWords.\n", "page.mdx")
    assert [block.kind for block in draft.blocks] == ["opaque", "paragraph"]


def test_mdx_nested_a_little_is_read() -> None:
    draft = parse("{" + "`${" * 20 + "a" + "}`" * 20 + "}\n\nWords.\n", "page.mdx")
    assert [block.kind for block in draft.blocks] == ["opaque", "paragraph"]


# ------------------------------------------------------------------ code, links and tags that are asked about from many places


def test_figures_in_code_spans_of_a_long_line_are_no_statistics() -> None:
    line = "The tariff rose by `12 %` there. In the survey, 34 % of growers kept bees. " * 3_000
    found = Counter(value.text for statistic in statistics(parse(line)) for value in statistic.values if statistic.quotable)
    assert found == {"34 %": 3_000}


def test_spelling_is_read_from_the_words_between_links() -> None:
    line = "The [colour](https://a.example/colour) of the harbor changed. " * 3_000
    assert Counter(mark.word for mark in spelling_marks(parse(line))) == {"harbor": 3_000}


def test_template_words_in_code_are_no_residue() -> None:
    line = "Write `to [insert name here]` by hand, then [insert date here] too. " * 3_000
    assert {item.words for item in residue(parse(line))} == {"[insert date here]"}
    assert len(residue(parse(line))) == 3_000


def test_assistant_citations_in_one_line_are_each_found_unless_in_code() -> None:
    line = "`turn0search1` was told, turn0search2 was not. " * 3_000
    assert Counter(left.words for left in tokens(parse(line))) == {"turn0search2": 3_000}


def test_an_anchor_stands_on_every_word_between_links() -> None:
    words = places(parse("[a link](https://a.example/) then stone bridges. " * 3_000))
    free = Counter(word for word, opens in zip(words.words, words.opens, strict=True) if opens)
    assert free == {"then": 3_000, "stone": 3_000, "bridges": 3_000}


def test_phrases_of_a_draft_with_very_many_headings_and_links() -> None:
    sections = "".join(f"## The salt store of Nr {n}\n\nSee [the roof garden](/{n}) and the stone bridge.\n\n" for n in range(2_000))
    found = phrases(parse(f"# Notes\n\n{sections}"))
    assert "stone bridge" in [link.anchor for link in found]
    assert "roof garden" not in [link.anchor for link in found]  # linked already


def test_empty_headings_are_each_reported() -> None:
    found = check(parse("# Title\n\n" + "## \n\n" * 5_000), Options(select=("H003",)))
    assert len(found) == 5_000


# ------------------------------------------------------------------ what another reader may take for code or tags


@pytest.mark.parametrize("opening", ["<a>", "<code> ", "<pre ", "{{ a ", "{% a "])
def test_what_nothing_closes_hides_no_words(opening: str) -> None:
    assert masked(f"{opening * MANY}\n\nShown.").endswith("Shown.")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("a <CODE>b</code> c", "<CODE>b</code>"),
        ("a <a><a>b</a> c", "<a><a>b</a>"),
        ("a {{ b }} c", "{{ b }}"),
        ("a {% b }} %} c", "{% b }} %}"),
        ("a `` b ` c `` d", "`` b ` c ``"),
        ("a ` b\n\nc ` d", ""),
    ],
)
def test_what_is_closed_is_hidden(text: str, hidden: str) -> None:
    assert "".join(char for char, shown in zip(text, masked(text), strict=True) if shown == "\0") == hidden


# ------------------------------------------------------------------ grounding


def verdict(line: str, source: str) -> str:
    return ground(Enhancement("line", line), parse(source)).state


def test_a_line_is_found_among_very_many_sentences() -> None:
    source = "# Notes\n\n" + "".join(f"In village {n}, {n % 90 + 5} of the wells were dry.\n\n" for n in range(4_300))
    assert verdict("In village 4200, 65 of the wells were dry.", source) == "supported"
    assert verdict("In village 4200, 99 of the wells were dry.", source) == "unsupported"


def test_a_sentence_with_very_many_figures_is_evidence() -> None:
    figures = ", ".join(f"{n} lamps in hall {n}" for n in range(2, 4_000))
    source = f"# Lamps\n\nThe guards counted {figures}. The roof has 12 windows.\n"
    assert verdict("The roof has 12 windows.", source) == "supported"


@pytest.mark.parametrize("opening", ["<?", "<![CDATA[", "<p ", "<script>", "<!-- "])
def test_html_that_nothing_closes_leaves_the_text_around_it(opening: str) -> None:
    source = f"# Wells\n\nHalf of the wells were dry.\n\n<div>\n{opening * MANY}\n</div>\n"
    assert verdict("Half of the wells were dry.", source) == "supported"


def test_the_text_of_very_many_html_blocks_is_evidence() -> None:
    source = "# Wells\n\nWords.\n\n" + "".join(f"<p>Well <b>{n}</b> was dry.</p>\n\n" for n in range(5_000))
    assert verdict("Well 4321 was dry.", source) == "supported"


@pytest.mark.parametrize("run", ["1234567890" * MANY, "a" * 10 * MANY, "docs/" + "a" * 10 * MANY, "a.b" * MANY, "name." * MANY])
def test_figures_beside_a_very_long_word(run: str) -> None:
    assert [(q.text, q.unit) for q in quantities(f"In {run} were 40 % of them.")][-1] == ("40 %", "%")


# ------------------------------------------------------------------ the offline engine


def test_lists_of_very_many_items_and_lines_full_of_code_are_read() -> None:
    items = "".join(f"- run the `pump {n}` for an hour before the frost comes\n" for n in range(5_000))
    about = brief(parse(f"# Pumps\n\nOf the pumps that we tested:\n\n{items}\nThe pumps keep the pipes open in winter.\n"))
    assert "The pumps keep the pipes open in winter." in [line.text for line in candidates(about)]


# ------------------------------------------------------------------ how the work grows

ENOUGH = 0.02  # seconds of CPU that a reading takes at least before its growth is judged
STEEP = 5  # times: what a third more text makes so much slower grows exponentially, and cannot be waited for
MOST = 9  # times as long for a text four times as long: about 4 where the work is linear, 16 where it is quadratic
TRIES = 3

IN_MARKDOWN, IN_MDX, IN_OBSIDIAN = (partial(mask, dialect=dialect) for dialect in ("markdown", "mdx", "obsidian"))


@dataclass(frozen=True, slots=True)
class Nasty:
    """A text of any length: what is repeated, what stands before and behind; and what reads it, masking by default."""

    unit: str | Callable[[int], str]
    before: str = ""
    behind: str = ""
    read: Callable[[str], object] = IN_MARKDOWN

    def text(self, n: int) -> str:
        middle = self.unit * n if isinstance(self.unit, str) else "".join(map(self.unit, range(n)))
        return f"{self.before}{middle}{self.behind}"

    def cpu(self, n: int, times: int = 1) -> float:
        """Seconds that reading `n` units takes, the best of some times; of the process, since a loaded machine holds up a clock on the wall."""
        gc.disable()
        try:
            return min(self._cpu(self.text(n)) for _ in range(times))
        finally:
            gc.enable()

    def _cpu(self, text: str) -> float:
        start = time.process_time()
        with suppress(DraftRefused):
            self.read(text)
        return time.process_time() - start

    def growth(self) -> float:
        """How many times as long reading takes for four times the text; infinity if a little more of it takes too much longer."""
        self.cpu(1)  # what is loaded once is loaded
        n, spent = 1, 0.0
        while spent < ENOUGH:
            n += n // 3 + 1
            before, spent = spent, self.cpu(n)
            if spent > STEEP * max(before, ENOUGH / 10):
                return math.inf
        return self.cpu(4 * n) / min(spent, self.cpu(n, TRIES - 1))


def lead(text: str) -> object:
    return lead_places(parse(text))


def closing(text: str) -> object:
    return closing_places(parse(text))


def filled(text: str) -> object:
    return fill(text, [Span(at, at + 4) for at in range(0, len(text) - 4, 300)])


def keys(text: str) -> object:
    whole = Span(0, len(text))
    values = {line.partition(" ")[0]: "x" for line in text.split("\n")}
    return find_known(text, (), Frontmatter("toml", whole, whole, values))


def ruled(code: str) -> Callable[[str], object]:
    return lambda text: list(BY_CODE[code].hits(parse(text)))


def measured_and_judged(text: str) -> object:
    draft = parse(f"{text}.")
    return statistics(draft), ground(Enhancement("line", "14% of respondents work, it was said."), draft)


def barring(text: str) -> object:
    return spoken(text), list(barred(text, "obsidian")), list(quoting_elements(text))


def letters(n: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(n))


NASTY = {
    "attributes without an end": Nasty("a=bcd", "see {"),
    "attributes of an address": Nasty("utm_a=b&", "Read {link=https://a.example/?", " now."),
    "attributes in quotes": Nasty("a=\"{a='"),
    "an extension's name": Nasty("a", "{::"),
    "one word between dollars": Nasty("a", "$", "$"),
    "environments of many names": Nasty(lambda n: f"\\begin{{{letters(n)}}}\n"),
    "a directive's name": Nasty("a", ":::"),
    "blanks behind do": Nasty(" ", "<% do", "x%>"),
    "blanks in a closing tag": Nasty(" ", "<A></", "x</A>", read=IN_MDX),
    "blanks in an item above a table of contents": Nasty(" ", "- a\n{: toc}\n-"),
    "quotes in a shortcode": Nasty(' ""', "{{< f", " >}} …"),
    "closers in quotes": Nasty(' " {{< b x" " >}} y"', "{{< a "),
    "stretches of two lines": Nasty("ab\n" + "c" * 296 + "\n", read=filled),
    "fenced blocks in a quote": Nasty("> ```\n> code\n> ```\n"),
    "fenced blocks in an item": Nasty("    ```\n    code\n    ```\n", "- a\n\n"),
    "regular expressions without an end": Nasty("=/[", "{", read=IN_MDX),
    "definitions": Nasty("Term\n: meaning\n\n"),
    "terms of many lines": Nasty("term\n: meaning\nterm\n"),
    "colons in a heading": Nasty(":_", "# a", "a\n\nText.\n", read=lead),
    "keys of one meaning": Nasty(lambda n: f"tl{n:b}dr = x\n".translate({48: "_", 49: "-"}), read=keys),
    "dots at the end": Nasty(".", "Some words.\n\n- a\n\n", read=closing),
    "figures in a heading": Nasty("12% of 40 lamps, ", "# ", "\n\n" + "Words of the guild. " * 50, read=ruled("S005")),
    "shares in one paragraph": Nasty("In Oslo 40% of people light lamps. ", read=ruled("S001")),
    "figures in one sentence": Nasty("5 million people and ", read=ruled("S001")),
    "shares in one sentence": Nasty("12% of respondents work, ", read=measured_and_judged),
    "studies of last year": Nasty("A recent study of last year says 40% of it. ", read=ruled("S002")),
    "headings and links to none": Nasty(lambda n: f"## Lamp of hall {n}\n\n[a](#lamp-of-hall-{n}x)\n\n", read=ruled("L010")),
    "links to the writer's machine": Nasty("[a](http://localhost:13/) ", read=ruled("L012")),
    "links that are none": Nasty("[a](https://e.org/a b) [a](https://e.org) ", read=ruled("R007")),
    "tracking parameters": Nasty(lambda n: f"&fbclid={n}", "[a](https://e.org/?utm_source=openai", ")", read=ruled("R006")),
    "tokens without an end": Nasty(":contentReference[oaicite:", read=ruled("R005")),
    "invisible characters": Nasty("a\u200bb ", read=ruled("R009")),
    "words in quotation marks": Nasty("colour color ' ‘ “ \" ", read=ruled("W001")),
    "frontmatter in the body": Nasty("---\ntitle: a\nslug: b\n", read=ruled("H007")),
    "places of templates": Nasty("A template.\n\n# A\n\n[insert x]\n\n", read=ruled("R004")),
    **{f"{opening!r} where links may be": Nasty(opening, read=barring) for opening in ("'as' ", "“ab ", "‘ab’s ", "~~a ", "$a ", "{>>a ", "~a ", "<q>a ")},
    **{f"{opening!r} without a closer": Nasty(opening) for opening in ('{{< a "', "<% a ", "$a$b ", ":::a\n", "!!! a\n", "> ```a\n\n", "<!-- ", "` ")},
    **{f"{opening!r} without a closer": Nasty(opening, read=IN_OBSIDIAN) for opening in ("%% a ", "[[a|")},
    **{f"{opening!r} that is MDX": Nasty(opening, read=IN_MDX) for opening in ("{", "<A b={", "{'\\'")},
    **{f"{opening!r} that may be MDX": Nasty(opening, "import a from 'b'\n\n") for opening in ("<A>", "<a b={1}>", "export {")},
}  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY.keys())
def test_the_work_grows_as_the_text_does(nasty: Nasty) -> None:
    grown = math.inf
    for _ in range(TRIES):
        grown = min(grown, nasty.growth())
        if grown < MOST:
            break
    assert grown < MOST
