"""Rules on residue: cases beside the examples in their documentation."""

from __future__ import annotations

import pytest

from geo_optimizer.markdown import parse
from geo_optimizer.rules import check

ABOVE = "# Rye\n\nRye grows on poor soil.\n\n"
BELOW = "\n\nBread of it keeps for a week.\n\n## References\n\n- The book of rye\n\nThe book is old.\n\nIt is rare.\n\nSo is rye.\n"


def words(text: str, code: str) -> list[str]:
    """What a rule points at."""
    draft = parse(text)
    return [draft.text(finding.span) for finding in check(draft) if finding.code == code]


@pytest.mark.parametrize(
    "offer",
    [
        "I hope this helps! Would you like me to also create a social media post?",
        "Let me know if you'd like me to expand on any section.",
        "If you'd like, I can draft three headlines for it.",
        "Soll ich noch eine Kurzfassung für LinkedIn erstellen?",
        "Sag mir Bescheid, wenn du weitere Anpassungen möchtest!",
        "Souhaitez-vous que je rédige aussi une version courte pour LinkedIn ?",
        "N'hésitez pas à me dire si vous souhaitez des modifications.",
        "¿Quieres que también cree una versión más corta para LinkedIn?",
        "Avísame si quieres que haga algún ajuste.",
        "Vuoi che prepari anche una versione breve per LinkedIn?",
        "Fammi sapere se vuoi delle modifiche.",
        "Quer que eu crie também uma versão mais curta para o LinkedIn?",
        "Me avise se quiser ajustes.",
        "Wil je dat ik ook een kortere versie voor LinkedIn schrijf?",
        "Laat het me weten als je nog aanpassingen wilt.",
    ],
)
def test_an_offer_in_the_middle_is_chat_text(offer: str) -> None:
    assert words(ABOVE + offer + BELOW, "R001") == [offer]


@pytest.mark.parametrize(
    "said",
    [
        "Als KI-Sprachmodell kann ich keine Preise nennen",
        "En tant que modèle de langage, je ne peux pas citer de prix",
        "Como modelo de lenguaje, no puedo dar precios",
        "In quanto modello linguistico, non posso dare prezzi",
        "Como modelo de linguagem, não posso dar preços",
        "Als taalmodel kan ik geen prijzen noemen",
    ],
)
def test_what_an_assistant_says_of_itself_is_chat_text(said: str) -> None:
    assert words(f"{ABOVE}{said}.{BELOW}", "R001") == [said]


@pytest.mark.parametrize(
    "reply",
    [
        "Gerne! Hier ist der überarbeitete Artikel:",
        "Hier ist die optimierte Fassung deines Artikels:",
        "Bien sûr ! Voici l'article optimisé :",
        "Voici la version révisée de votre article :",
        "¡Claro! Aquí tienes el artículo optimizado:",
        "Certo! Ecco l'articolo ottimizzato:",
        "Claro! Aqui está o artigo otimizado:",
        "Natuurlijk! Hier is het herschreven artikel:",
    ],
)
def test_a_reply_above_the_article_is_chat_text(reply: str) -> None:
    assert words(f"{reply}\n\n{ABOVE}", "R001") == [reply]


@pytest.mark.parametrize(
    "said",
    [
        "Let me know if you'd like me to write about wheat.",
        "Would you like me to bring bread?",
        "Sag mir Bescheid, wenn du Fragen hast!",
        "Soll ich darüber einen Artikel schreiben?",
        "Hier ist die Liste der Felder:",
        "Avísame si quieres que escriba sobre esto.",
        "N'hésitez pas à me dire si vous avez des questions.",
        "Voici les prix :",
        "Fammi sapere cosa ne pensi.",
        "Laat het me weten als je vragen hebt.",
        "„Als KI-Sprachmodell kann ich keine Preise nennen“, sagt das Programm.",
    ],
)
def test_what_an_author_says_to_readers_is_not(said: str) -> None:
    assert not words(ABOVE + said + BELOW, "R001")
    assert not words(f"{said}\n\n{ABOVE}", "R001")


@pytest.mark.parametrize("above", ["Sure! Here's the article:\n\n", "Gerne! Hier ist der überarbeitete Artikel:\n\n"])
@pytest.mark.parametrize("keys", ["title: Rye", "title: Rye\ndescription: Of bread."])
def test_frontmatter_below_a_reply_is_leaked_and_no_section(above: str, keys: str) -> None:
    text = f"{above}---\n{keys}\n---\n\n{ABOVE}"
    assert len(words(text, "R002")) == 1
    assert not words(text, "H007")


@pytest.mark.parametrize("above", ["Rye is old.\n\n", "# Rye\n\n", "---\ntitle: Rye\n---\n\nRye is old.\n\n"])
def test_a_heading_between_rules_is_no_frontmatter(above: str) -> None:
    assert not words(f"{above}---\ntitle: what I call a heading\n---\n\nWords.\n", "R002")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rye is sold by [NAME].", "[NAME]"),
        ("Rye is old [CITATION].", "[CITATION]"),
        ("[IMAGE: a field of rye]", "[IMAGE: a field of rye]"),
        ("Sales rose (insert chart here).", "(insert chart here)"),
        ("Rye is sold by <your name> in town.", "<your name>"),
        ("Rye is sold by {{Company Name}}.", "{{Company Name}}"),
        ("Sales rose by XX% in a year.", "XX%"),
        ("A loaf costs $XX in town.", "$XX"),
        ("Rye is old. FIXME how old?", "FIXME how old"),
        ("Roggen gibt es bei [Firmenname einfügen].", "[Firmenname einfügen]"),
        ("Le seigle est vendu par [Nom de l'entreprise].", "[Nom de l'entreprise]"),
        ("El centeno es de [insertar nombre].", "[insertar nombre]"),
        ("La segale è di [inserisci il nome].", "[inserisci il nome]"),
        ("O centeio é de [inserir nome].", "[inserir nome]"),
        ("Rogge is van [bedrijfsnaam hier invullen].", "[bedrijfsnaam hier invullen]"),
    ],
)
def test_a_blank_that_nobody_filled_in(text: str, left: str) -> None:
    assert words(f"# Rye\n\n{text}\n", "R004") == [left]


@pytest.mark.parametrize(
    "text",
    [
        "Rye is old [sic], or [OLD].",
        "See [NAME](/name/) and [DATE][1].\n\n[1]: /date/",
        "Run `rye [NAME]`, or `rye <your name>`.",
        "A template has “[NAME]” where {{name}} or [NAME] goes.",
        "Super Bowl XXX was played for Louis XXX.",
        "Rye grows (insert joke here) on poor soil.",
        "Leave a TODO or a FIXME in the code.",
        'They write "up to XX% off" on everything.',
        "Rye is sold by {{ company }} and {{ site.title }}.",
    ],
)
def test_what_only_looks_like_a_blank_is_none(text: str) -> None:
    assert not words(f"# Rye\n\n{text}\n", "R004")


def test_each_conflict_is_told_of_once_and_in_the_frontmatter_too() -> None:
    conflict = "<<<<<<< HEAD\n{0}: old\n||||||| base\n{0}: older\n=======\n{0}: new\n>>>>>>> rye\n"
    text = "---\n" + conflict.format("title") + "---\n\n# Rye\n\n" + conflict.format("Rye") + "\nWords.\n\n" + conflict.format("Bread")
    assert words(text, "R011") == ["<<<<<<< HEAD"] * 3


def test_a_fence_closed_at_the_end_is_closed() -> None:
    inside = "rye\n\n## Why rye\n\nRye grows on poor soil, and bread of it keeps for a week.\n"
    assert words(f"# Rye\n\nSo:\n\n```sh\n{inside}", "R012") == ["```sh"]
    assert not words(f"# Rye\n\nSo:\n\n```sh\n{inside}```\n", "R012")
    assert not words(f"# Rye\n\n- So:\n\n  ```sh\n{inside}", "R012")
