"""Readability against syllables, words and sentences counted by hand, and against textstat where it needs no dictionary."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo_optimizer.analysis.readability import Readability, readability
from geo_optimizer.markdown import parse

# 6 words with 10 syllables, then 12 words with 17:
# a vil-lage ba-ker-y o-pened in March / its own-er sells bread to e-lev-en res-tau-rants and the queue is long
BAKERY = "A village bakery opened in March. Its owner sells bread to eleven restaurants, and the queue is long."
BAKERY_SCORES = Readability(language="en", words=18, sentences=2, flesch_reading_ease=70.8, grade=5.62, words_per_sentence=9.0)

TWO_SENTENCES = {
    "de": "Die Bäckerei öffnet jeden Morgen um sechs Uhr. Danach verkauft sie warmes Brot an die Nachbarn.",
    "es": "La panadería abre cada mañana a las seis. Después vende pan caliente a todos los vecinos.",
    "fr": "La boulangerie ouvre chaque matin avant six heures. Ensuite elle vend du pain chaud aux voisins.",
    "it": "Il forno apre ogni mattina prima delle sei. Poi vende pane caldo a tutti i vicini.",
    "nl": "De bakkerij opent elke ochtend om zes uur. Daarna verkoopt ze warm brood aan de buren.",
    "ru": "Пекарня открывается каждое утро в шесть часов. Потом она продаёт тёплый хлеб всем соседям.",
    "hu": "A pékség minden reggel hat órakor nyit. Utána meleg kenyeret árul a szomszédoknak.",
}


def measure(markdown: str, language: str = "en") -> Readability:
    result = readability(parse(markdown, language=language))
    assert result is not None
    return result


def syllables(text: str) -> int:
    """The count behind the score of one English text, by turning Flesch's formula round."""
    score = measure(text)
    per_word = (206.835 - 1.015 * score.words / score.sentences - score.flesch_reading_ease) / 84.6
    return round(per_word * score.words)


def test_scores_follow_from_counts_by_hand() -> None:
    assert measure(BAKERY) == BAKERY_SCORES


@pytest.mark.parametrize("language", TWO_SENTENCES)
def test_other_languages_score_as_in_textstat_and_have_no_grade(language: str) -> None:
    from textstat.textstat import textstatistics

    reference = textstatistics()
    reference.set_lang(language)
    score = measure(TWO_SENTENCES[language], language)
    assert score.sentences == 2
    assert score.flesch_reading_ease == pytest.approx(reference.flesch_reading_ease(TWO_SENTENCES[language]), abs=0.01)
    assert score.grade is None


@pytest.mark.parametrize("language", ["pt", "pl", "sv", "und"])
def test_a_language_without_its_own_formula_has_no_score(language: str) -> None:
    assert readability(parse(BAKERY, language=language)) is None


@pytest.mark.parametrize("markdown", ["", "# Only a heading\n", "```\nonly code here\n```\n", "| a | b |\n|---|---|\n| c | d |\n", "…\n"])
def test_a_draft_without_running_text_has_no_score(markdown: str) -> None:
    assert readability(parse(markdown, language="en")) is None


@pytest.mark.parametrize(
    "around",
    [
        "# An incomprehensibly sesquipedalian heading\n\n{}\n",
        "{}\n\n```python\nprint('incomprehensibility')\n```\n",
        "{}\n\n| Incomprehensible | Characteristics |\n|---|---|\n| Internationally | Unquestionably |\n",
        "## TL;DR\n\n- Internationally renowned bakeries characteristically proliferate.\n\n## The bakery\n\n{}\n",
        "---\ntitle: Incomprehensibility\n---\n\n{}\n",
        "{}\n\n<!-- an editorial observation -->\n",
    ],
    ids=["heading", "code", "table", "known part", "frontmatter", "comment"],
)
def test_only_running_text_counts(around: str) -> None:
    assert measure(around.format(BAKERY)) == BAKERY_SCORES


def test_list_items_are_sentences_without_a_stop() -> None:
    score = measure("- fresh bread\n- warm rolls\n- sweet cakes\n")
    assert (score.words, score.sentences) == (6, 3)


def test_short_sentences_count() -> None:
    assert measure("Go. Look. Come back to us soon.").sentences == 3


@pytest.mark.parametrize(
    ("text", "words", "counted"),
    [
        ("They don't know.", 3, 3),
        ("They don’t know.", 3, 3),
        ("It doesn’t work.", 3, 4),
        ("A well-known baker sings.", 4, 6),
        ("Bread—warm bread—sells.", 4, 4),
        ("Butter and/or honey.", 4, 6),
        ("He said 'the baker sings' twice.", 6, 7),
        ("See https://example.com/some/long/address for more.", 3, 3),
        ("Visit [the bakery](https://example.com/bakery) **today**.", 4, 8),
        ("Area idea radio.", 3, 9),  # hyphenation alone finds fewer
    ],
)
def test_words_and_syllables_of_english(text: str, words: int, counted: int) -> None:
    assert (measure(text).words, syllables(text)) == (words, counted)


def test_a_draft_is_measured_once() -> None:
    draft = parse(BAKERY, language="en")
    assert readability(draft) is readability(draft)


OFFLINE = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        raise AssertionError(f"{event} {arguments}")

sys.addaudithook(refuse)
from geo_optimizer.analysis.readability import readability
from geo_optimizer.markdown import parse

assert "textstat" not in sys.modules and "nltk" not in sys.modules
print(readability(parse(sys.argv[1], language="en")))
print(readability(parse("Un mot suffit.", language="fr")) is not None)
"""


def test_it_needs_neither_a_network_nor_a_home(tmp_path: Path) -> None:
    home = tmp_path / "empty"
    home.mkdir()
    bare = {"PATH": os.defpath, "HOME": str(home), "NLTK_DATA": "", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    command = [sys.executable, "-W", "error", "-c", OFFLINE, BAKERY + " Croissanterie Flurbenbrot."]
    done = subprocess.run(command, cwd=home, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("Readability(language='en', words=20, sentences=3, ")
    assert done.stdout.endswith("True\n")
    assert not list(home.iterdir())
