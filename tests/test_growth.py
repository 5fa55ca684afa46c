"""Long and malformed drafts are read for what they are: many openings without a closer, very long lines, very many parts.

Each is about 100 to 300 KB. No time is measured here; a reading whose cost grows with the square
of its length would make these tests too slow to be run at all.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from geo_optimizer.analysis.sources import attribution, source_url
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import parse
from geo_optimizer.markdown.dialects import mask
from geo_optimizer.markdown.sentences import boundaries
from geo_optimizer.model import Draft

MANY = 20_000


def kinds(draft: Draft) -> dict[str, int]:
    return dict(Counter(block.kind for block in draft.blocks))


# ------------------------------------------------------------------ openings that nothing closes


@pytest.mark.parametrize("opening", ["{{ a ", "{{< a ", "{% a ", "{# a ", "$$ a\n"])
def test_openings_without_a_closer_are_words(opening: str) -> None:
    assert mask(opening * MANY, "markdown")[1] == ()


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


def test_mdx_nested_too_deeply_is_refused() -> None:
    with pytest.raises(DraftRefused, match="nested too deeply") as refused:
        parse("{" + "`${" * 1_500 + "}`" * 1_500 + "}", "page.mdx")
    assert refused.value.slug == "too-deep"


def test_mdx_nested_a_little_is_read() -> None:
    draft = parse("{" + "`${" * 20 + "a" + "}`" * 20 + "}\n\nWords.\n", "page.mdx")
    assert [block.kind for block in draft.blocks] == ["opaque", "paragraph"]
