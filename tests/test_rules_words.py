"""Rules on residue, words and images: cases beside the examples in their documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_optimizer.markdown import parse
from geo_optimizer.model import Finding
from geo_optimizer.options import Options
from geo_optimizer.rules import check
from geo_optimizer.site import open_site

BODY = "# Rye\n\nRye grows on poor soil, and bread of it keeps for a week.\n"


def found(text: str, code: str, path: str = "draft.md") -> list[Finding]:
    return [finding for finding in check(parse(text, path), Options(extend_select=(code,))) if finding.code == code]


def fixed(text: str, code: str) -> str:
    """The text with every fix of a rule made, from the end."""
    for finding in reversed(found(text, code)):
        if finding.fix:
            edit = finding.fix.edit
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    "reply",
    [
        "Sure! Here's a blog post about rye:",
        "Certainly! Below is a revised version of your article.",
        "**Here's your SEO-optimized blog post:**",
        "Here is a comprehensive article on rye bread:",
    ],
)
def test_a_reply_above_the_article_is_chat_text_and_its_deletion_leaves_the_article(reply: str) -> None:
    assert fixed(f"{reply}\n\n{BODY}", "R001") == BODY


@pytest.mark.parametrize(
    "offer",
    [
        "Let me know if you'd like me to adjust the tone.",
        "Would you like me to create a meta description as well?",
        "If you'd like, I can also generate a LinkedIn post for this article.",
        "Feel free to ask if you need any further adjustments.",
        "I don't have access to real-time data, so please check the prices.",
    ],
)
def test_an_offer_below_the_article_is_chat_text(offer: str) -> None:
    assert found(f"{BODY}\n{offer}\n", "R001")


@pytest.mark.parametrize(
    "words",
    [
        "Let me know what you think in the comments.",
        "Let me know if you want me to review your bread in a future post.",
        "Would you like to learn more? Write to us.",
        "Let me know if you have any changes to suggest.",
        "If you want, I can help you with your oven.",
    ],
)
def test_an_authors_word_to_readers_is_not(words: str) -> None:
    assert not found(f"{BODY}\n{words}\n", "R001")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Rye is old :contentReference[oaicite:3]{index=3}.", "Rye is old."),
        ("Rye is old【12†source】.", "Rye is old."),
        ("Rye is old. \ue200cite\ue202turn0search1\ue201", "Rye is old."),
        ("[cite_start]Rye is old [cite: 1, 2].", "Rye is old."),
        ("Rye is old.[web:3]", "Rye is old."),
        ("Rye [span_0](start_span)is old[span_0](end_span).", "Rye is old."),
    ],
)
def test_the_tokens_of_assistants_go_and_the_sentence_stays(given: str, expected: str) -> None:
    assert fixed(f"# Rye\n\n{given}\n", "R005") == f"# Rye\n\n{expected}\n"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("[rye](https://e.org/?utm_source=chatgpt.com)", "[rye](https://e.org/)"),
        ("[rye](https://e.org/a?x=1&utm_source=chatgpt.com&y=2#z)", "[rye](https://e.org/a?x=1&y=2#z)"),
        ("[rye](https://e.org/a?utm_source=openai&amp;utm_medium=chat&amp;y=2)", "[rye](https://e.org/a?y=2)"),
        ('[rye](<https://e.org/a?gclid=abc> "Rye")', '[rye](<https://e.org/a> "Rye")'),
        ("<https://e.org/?utm_source=perplexity>", "<https://e.org/>"),
        ("[rye](https://e.org/?UTM_Source=ChatGPT.com&UTM_MEDIUM=chat&a=1)", "[rye](https://e.org/?a=1)"),
        ("[rye](https://e.org/?ref=chatgpt.com)", "[rye](https://e.org/)"),
        ("[rye](https://e.org/?ref=chatham)", "[rye](https://e.org/?ref=chatham)"),
        ("[rye](https://e.org/?mc_cid=1&mc_eid=2)", "[rye](https://e.org/)"),
        ("https://e.org/x?utm_source=chatgpt.com.", "https://e.org/x."),
        ("the source (https://e.org/x?a=1&utm_source=chatgpt.com).", "the source (https://e.org/x?a=1)."),
        ('<a href="https://e.org/?a=1&amp;utm_source=openai">rye</a>', '<a href="https://e.org/?a=1">rye</a>'),
        ("`https://e.org/x?utm_source=chatgpt.com`", "`https://e.org/x?utm_source=chatgpt.com`"),
        ("“https://e.org/x?utm_source=chatgpt.com”", "“https://e.org/x?utm_source=chatgpt.com”"),
        ("[rye][1]\n\n[1]: https://e.org/?fbclid=abc 'Rye'", "[rye][1]\n\n[1]: https://e.org/ 'Rye'"),
        ("[rye](https://e.org/?utm_source=newsletter&utm_medium=mail)", "[rye](https://e.org/?utm_source=newsletter&utm_medium=mail)"),
    ],
)
def test_only_the_tracking_goes_from_an_address(given: str, expected: str) -> None:
    assert fixed(f"See {given}\n", "R006") == f"See {expected}\n"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Rye is **old ** bread.", "Rye is **old** bread."),
        ("Rye is ** old**.", "Rye is **old**."),
        ("Rye is (**old **).", "Rye is (**old**)."),
        ("Rye is **old **, like wheat.", "Rye is **old**, like wheat."),
        ("** Rye** is old.", "**Rye** is old."),
        ("**Rye **(an old crop)", "**Rye** (an old crop)"),
        ("See [rye] (https://e.org/rye).", "See [rye](https://e.org/rye)."),
        ("See [rye] (<https://e.org/rye>).", "See [rye](<https://e.org/rye>)."),
        ("See [rye] (/rye/).", "See [rye](/rye/)."),
        ("##Rye and wheat", "## Rye and wheat"),
        ("• Rye grows on poor soil\n• Wheat wants a better one\n• Oats are for horses", "- Rye grows on poor soil\n- Wheat wants a better one\n- Oats are for horses"),
    ],
)  # fmt: skip
def test_markup_that_shows_is_written_as_it_was_meant(given: str, expected: str) -> None:
    assert fixed(f"{given}\n", "R007") == f"{expected}\n"


@pytest.mark.parametrize(
    "text",
    [
        "`**old **` is not bold, and 2 ** 3 ** 2 is a power.",
        r"\*\*old \*\* is how it is typed.",
        "Rye • Wheat • Oats",
        "See [the table]({{< ref table.md >}}) and a[3] (the fourth).",
        "Rye is old [12] (https://e.org/rye).",
        "#rye #bread",
        "| Rye | old |\n| Wheat | older |",
        "First of all, rye grows well;  \n• second it keeps for a week;  \n• third it is cheap.",
    ],
)
def test_what_only_looks_like_markup_does_not_count(text: str) -> None:
    assert not found(f"{text}\n", "R007")


def test_points_run_together_are_named_without_a_fix_where_the_first_has_no_mark() -> None:
    (finding,) = found("Rye grows on poor soil • Wheat wants a better one • Oats are for horses\n", "R007")
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rye\u200b bread", "Rye bread"),
        ("Rye\u2028bread", "Rye bread"),
        ("Rye\U000e0048\U000e0069 bread", "Rye bread"),
        ("Rye \u202abread\u202c", "Rye bread"),
        ("@\u200brye and *\u200brye", "@\u200brye and *\u200brye"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
        ("שיפון \u200f(rye)", "שיפון \u200f(rye)"),
        ("ภาษา\u200bไทย", "ภาษา\u200bไทย"),
        ("`a\u200bb`", "`a\u200bb`"),
    ],
)  # fmt: skip
def test_invisible_characters_go_where_nothing_needs_them(text: str, left: str) -> None:
    assert fixed(f"{text}\n", "R009") == f"{left}\n"


def test_the_byte_order_mark_of_a_file_is_its_own() -> None:
    assert not found("\ufeff# Rye\n\nOld.\n", "R009")


def test_the_fence_around_an_article_goes() -> None:
    reply = "Here's the updated article in Markdown:"
    assert fixed(f"```markdown\n{BODY}```\n", "R010") == BODY
    assert found(f"{reply}\n\n```markdown\n{BODY}```\n", "R010")
    assert not found(f"This is what a post looks like.\n\n```markdown\n{BODY}```\n", "R010")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The colour of our neighbours changed, and they organised a vote on the color.", ["color"]),
        ("The color of our neighbors changed, and they organized a vote on the behaviour of labor.", ["behaviour"]),
        ("The colour of our neighbours and their labour organized a vote.", []),  # Oxford spelling
        ("The colour, the color, the labour and the labor.", []),  # neither prevails
        ("The imprecise color of the neighbors and their behavior.", []),
        ("The “colour/labour” of a neighbour—organised—went to an orthopedic ward.", ["orthopedic"]),
        ("The colour of our neighbours and their labour.\n\n> They analyzed the color.", []),  # quoted
        ("The color of the neighbors: they liaise, denoise their behavior, and are unsurprising and unsupervised.", []),
        ("The colour of our neighbours and their labour, in “market behavior”, 'favor' and \"a color film\".", []),
        ("The colour of our neighbours and their labour, in behavior.js, src/color, color(), theme.color and --color.", []),
        ("The colour of our neighbours and their labour isn't a behavior, and it's none of theirs.", ["behavior"]),
    ],
)
def test_the_words_of_the_other_spelling_are_named(text: str, words: list[str]) -> None:
    source = f"# Rye\n\n{text}\n"
    assert [f.span.of(source) for f in found(source, "W001")] == words


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("An e-mail came. The email was long.", True),
        ("E-mails (many) came; all emails, he said, were long.", True),
        ("An e-mail came.\n\n> The email was long.", False),
        ("We co-operate. They cooperate.", True),
        ("Our web site is new; the website is small.", True),
        ("A run-time error ends the runtime.", False),
        ("Re-cover the chair, then recover.", False),
        ("An `e-mail` field holds the email.", False),
        ("The front-end team works on the [frontend](/frontend/).", False),
    ],
)
def test_one_word_in_two_ways(text: str, fires: bool) -> None:  # noqa: FBT001
    assert bool(found(f"# Rye\n\n{text}\n", "W002")) is fires


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rye in the the field.", "Rye in the field."),
        ("Rye in\nin a field, for\nfor a week.", "Rye in\nin a field, for a week."),
        ("Rye in the **the** field, of _the_ the farm.", "Rye in the **the** field, of _the_ farm."),
        ("**Rye in the the field**", "**Rye in the field**"),
        ("He said that that was had had by all, very very much.", "He said that that was had had by all, very very much."),
        ("Der Roggen ist für für das Brot und nicht für die Felder, die wir haben.", "Der Roggen ist für das Brot und nicht für die Felder, die wir haben."),
        ("Der Roggen und und der Weizen, die die Felder füllen, sind nicht nicht alt, und das ist es.",
         "Der Roggen und der Weizen, die die Felder füllen, sind nicht alt, und das ist es."),
    ],
)  # fmt: skip
def test_a_small_word_twice(text: str, left: str) -> None:
    assert fixed(f"{text}\n", "W006") == f"{left}\n"


def test_a_doubled_word_in_markup_is_told_of_without_a_fix() -> None:
    assert [finding.fix for finding in found("Rye in the **the** field.\n", "W006")] == [None]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Buy [insert product] now. Our templates are free.", []),
        ("Templates are free.\n\nBuy [insert product] now.", []),
        ("Buy [insert product] now.\n\nTemplates are free.", ["[insert product]"]),
        ("Templates are free.\n\n## Rye\n\nBuy [insert product] now.", ["[insert product]"]),
        ("## Templates\n\n### To buyers\n\nBuy [insert product] now.\n\n## Rye\n\nEat [insert product].", ["[insert product]"]),
        ("## Rye\n\nEat [insert product].\n\n## Templates\n\nBuy now.", ["[insert product]"]),
    ],
)
def test_only_the_gaps_of_a_template_are_for_readers(text: str, left: list[str]) -> None:
    assert [f.span.of(text) for f in found(text, "R004")] == left
    assert not found(f"---\ntitle: Ten templates of letters\n---\n{text}", "R004")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("![](rye.png)", ["I001"]),
        ("[![](rye.png)](/rye/)", ["I001"]),
        ("<img src='rye.png'>", ["I001"]),
        ('<img src="rye.png" alt="">', []),
        ('<img src="rye.png" alt={title} />', []),
        ('<img src="rye.png" role="presentation">', []),
        ("`<img src='rye.png'>`", []),
        ("![](rye.png)\n_A field of rye_", []),
        ("![rye.png](rye.png)", ["I002"]),
        ("![Screenshot 2024-01-02](rye.png)", ["I002"]),
        ('<img src="rye.png" alt="image">', ["I002"]),
        ("![A field of rye](rye.png)", []),
    ],
)
def test_the_words_for_an_image(text: str, codes: list[str]) -> None:
    assert [f.code for f in check(parse(f"{text}\n")) if f.code[0] == "I"] == codes


def test_many_images_without_a_description_are_one_finding() -> None:
    assert len(found("![image1](a.png)\n\n" * 5, "I002")) == 5
    (finding,) = found("![image1](a.png)\n\n" * 6, "I002")
    assert finding.message.startswith("6 images")


def test_an_image_is_missing_only_if_no_file_of_its_name_is_in_the_project(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "static" / "img").mkdir(parents=True)
    (tmp_path / "static" / "img" / "Oat field.png").touch()
    draft = tmp_path / "content" / "rye.md"
    draft.parent.mkdir()
    draft.write_text("# Rye\n\n![Oats](/img/Oat%20field.png)\n\n![Rye](img/rye.png?v=2)\n\n![Wheat](https://e.org/w.png)\n")
    site = open_site(draft.parent)
    messages = [f.message for f in check(parse(draft.read_text(), str(draft)), site=site) if f.code == "I003"]
    assert messages == ["there is no file “rye.png” in the project"]
