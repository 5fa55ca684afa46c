"""What an assistant says to the writer in German, French, Spanish, Italian, Portuguese and Dutch: its reply, its offers, itself.

Only phrases that no author writes to readers; they tell in a draft of any
language, since an assistant replies in the language it is asked in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from geo_optimizer.model import Draft, Prose, Span

_FIRST = 2  # paragraphs in which a reply is looked for


class Manner(NamedTuple):
    """How an assistant speaks in one language; each part is alternatives of a pattern.

    `eager` opens a reply, `here` hands over the `work`, which was `done`; it
    offers (`asks`, `tells`, `can`) to `adapt` the text or to make a `piece` of
    the same matter, or asks for `changes`; `itself` is what it says of itself.
    """

    eager: str
    here: str
    work: str
    done: str
    asks: str
    tells: str
    can: str
    adapt: str
    piece: str
    changes: str
    itself: str


_PIECES = r"linkedin|instagram|facebook|twitter|social[ -]media|meta[ -]|\bseo\b|\bfaqs?\b|\bteaser\b|\bslug\b"
_MANNERS = {
    "de": Manner(
        eager=r"(?:sehr )?gerne?|natürlich|na klar|klar|selbstverständlich|alles klar|verstanden|perfekt",
        here=r"(?:hier (?:ist|sind|kommt|findest du|finden sie)|anbei)",
        work=r"(?:[\w-]*artikel|[\w-]*beitrag|[\w-]*text|entwurf|[\w-]*fassung|[\w-]*version|blog-?post)",
        done=r"(?:\w+-)?(?:überarbeitet|optimiert|fertig|vollständig|aktualisiert|verbessert|gekürzt|angepasst|komplett|umgeschrieben)(?:e[nrs]?)?",
        asks=r"(?:soll ich|möchten sie, dass ich|möchtest du, dass ich|willst du, dass ich)",
        tells=r"(?:(?:sagen sie|sag|gib|geben sie)(?: mir| uns)?(?: einfach| gerne?| bitte)* bescheid|lass(?:en sie)? (?:es )?mich(?: bitte| gerne?)? wissen), (?:wenn|falls|ob) (?:du|sie|ihr)\b",
        can=r"(?:(?:wenn|falls) (?:du|sie) (?:möchtest|möchten|willst|wollen|magst|mögen)|auf wunsch|gerne?),? (?:kann|könnte|erstelle|schreibe|passe) ich\b",
        adapt=r"\b(?:den (?:text|artikel|beitrag|ton|entwurf)\b[^.?!]*\b(?:anpass|kürz|überarbeit|optimier|umschreib|formulier)(?:en|e)?\b|(?:anpass|kürz|umformulier)e?n?\?$)",
        piece=rf"{_PIECES}|kurzfassung|kurzversion|\bfassung\b|\bvariante|überschriften|titelvorschl|zusammenfassung (?:erstell|schreib)",
        changes=r"\b(?:anpassungen|änderungen|überarbeitungen|ergänzungen|anpassen soll|ändern soll|kürzen soll)\b",
        itself=r"als (?:großes )?(?:ki-|ai-)?sprachmodell (?:kann|habe|bin|darf|besitze|verfüge) ich\b|als (?:ki|künstliche intelligenz|ki-(?:modell|assistentin|assistent))"
        r" (?:kann|habe|darf|verfüge) ich\b|(?:nach|bis zu) meinem (?:letzten )?(?:wissensstand|trainingsstand|wissens-?update)\b",
    ),
    "fr": Manner(
        eager=r"bien sûr|certainement|avec plaisir|absolument|d['’]accord|parfait|bien entendu|compris",
        here=r"(?:voici|voilà)",
        work=r"(?:article|texte|billet|version|brouillon|contenu|post)",
        done=r"(?:optimisée?|révisée?|améliorée?|réécrite?|complète?|complet|final|finale|mise? à jour|corrigée?|remaniée?)",
        asks=r"(?:souhaitez|voulez|aimeriez)-vous que je\b|(?:souhaites|veux|aimerais)-tu que je\b",
        tells=r"(?:n['’]hésite[zs]? pas à me (?:dire|faire savoir|demander)|dites-moi|dis-moi|faites-moi savoir|fais-moi savoir) si (?:vous|tu)\b",
        can=r"si (?:vous le souhaitez|vous voulez|tu veux|tu le souhaites|vous le voulez),? je peux\b",
        adapt=r"\b(?:adapter?|raccourci(?:r|sse)|reformule[r]?|ajuste[r]?|optimise[r]?|modifie[r]?) (?:le|ce|cet|l['’]|la)\s?(?:texte|ton|article|contenu|version)\b",
        piece=rf"{_PIECES}|version (?:courte|longue|plus)|\bméta|réseaux sociaux",
        changes=r"\b(?:modifications|ajustements|changements|que je (?:modifie|ajuste|raccourcisse|adapte))\b",
        itself=r"en tant que (?:grand )?modèle de langage\b[^.!?]{0,40}\bje\b|en tant qu['’](?:ia|intelligence artificielle|assistant (?:ia|virtuel))\b[^.!?]{0,20}, je (?:ne |n['’])",
    ),
    "es": Manner(
        eager=r"¡?(?:claro(?: que sí)?|por supuesto|desde luego|con gusto|perfecto|entendido|con mucho gusto)",
        here=r"¡?(?:aquí (?:tienes|tiene|está|te dejo|le dejo|va)|a continuación,? (?:te presento|tienes|encontrarás))",
        work=r"(?:artículo|texto|entrada|versión|borrador|contenido|post)",
        done=r"(?:optimizad|revisad|mejorad|reescrit|complet|actualizad|corregid|editad)[oa]|final",
        asks=r"¿?(?:quieres|quiere|deseas|desea|te gustaría|le gustaría) que\b",
        tells=r"(?:avísame|avíseme|hazme saber|hágame saber|házmelo saber|dime|dígame) si (?:quieres|deseas|necesitas|quiere|desea|necesita|te gustaría)\b",
        can=r"si (?:quieres|lo deseas|lo prefieres|quiere|desea|te parece),? (?:también )?(?:puedo|podría)\b",
        adapt=r"\b(?:adapt|ajust|acort|optim|modif|reescrib)\w* (?:el|este|la|esta) (?:texto|tono|artículo|contenido|versión)\b",
        piece=rf"{_PIECES}|versión (?:más|corta|breve|resumida)|redes sociales|metadescripción",
        changes=r"\b(?:ajustes?|cambios?|modificación|modificaciones)\b(?! de)",
        itself=r"como (?:un )?modelo de lenguaje\b[^.!?]{0,40}\b(?:no|puedo|tengo|soy)\b|como (?:ia|inteligencia artificial|asistente de ia),? (?:yo )?no (?:puedo|tengo)\b",
    ),
    "it": Manner(
        eager=r"certo|certamente|volentieri|assolutamente|perfetto|ecco fatto|con piacere|va bene",
        here=r"(?:ecco(?:ti)?|di seguito (?:trovi|trova))",
        work=r"(?:articolo|testo|post|versione|bozza|contenuto)",
        done=r"(?:ottimizzat|rivist|migliorat|riscritt|complet|aggiornat|corrett|rielaborat)[oa]|finale",
        asks=r"(?:vuoi|vuole|desideri|desidera|ti piacerebbe|preferisci) che\b",
        tells=r"(?:fammi|mi faccia) sapere se (?:vuoi|desideri|hai bisogno|ti servono|preferisci|vuole|desidera)\b",
        can=r"se (?:vuoi|lo desideri|preferisci|vuole|desidera),? (?:posso|potrei)\b",
        adapt=r"\b(?:adatt|accorci|ottimizz|modific|riscriv)\w* (?:il|l['’]|questo|la|questa)\s?(?:testo|tono|articolo|contenuto|versione)\b",
        piece=rf"{_PIECES}|versione (?:più|breve|ridotta)|metadescrizione",
        changes=r"\b(?:modifiche|cambiamenti|aggiustamenti|adattamenti)\b",
        itself=r"(?:in quanto|come) modello (?:linguistico|di linguaggio)\b[^.!?]{0,30}\b(?:non|posso|ho|sono)\b|(?:in quanto|come) (?:ia|intelligenza artificiale|assistente ia),? non (?:posso|ho)\b",
    ),
    "pt": Manner(
        eager=r"claro(?: que sim)?|com certeza|certamente|com prazer|perfeito|entendido|com todo o prazer",
        here=r"(?:aqui (?:está|vai|tem|estão)|segue(?: abaixo)?|abaixo está)",
        work=r"(?:artigo|texto|post|versão|rascunho|conteúdo)",
        done=r"(?:otimizad|revisad|melhorad|reescrit|complet|atualizad|corrigid)[oa]|final",
        asks=r"(?:você )?(?:quer|queres|gostaria|gostarias|deseja|quer também) que eu\b",
        tells=r"(?:me avise|avise-me|me avisa|diga-me|me diga|me fale|deixe-me saber|me informe) se (?:você |tu )?(?:quiser|precisar|desejar|gostaria|quer|deseja|precisa)\b",
        can=r"se (?:você )?(?:quiser|desejar|preferir),? (?:eu )?(?:também )?posso\b",
        adapt=r"\b(?:adapt|ajust|encurt|otimiz|modific|reescrev)\w* (?:o|este|a|esta) (?:texto|tom|artigo|conteúdo|versão)\b",
        piece=rf"{_PIECES}|versão (?:mais|curta|resumida)|redes sociais|metadescrição|meta descrição",
        changes=r"\b(?:ajustes?|alterações|mudanças|modificações)\b",
        itself=r"como (?:um )?modelo de linguagem\b[^.!?]{0,40}\b(?:não|posso|tenho|sou)\b|como (?:uma )?(?:ia|inteligência artificial),? (?:eu )?não (?:posso|tenho|consigo)\b",
    ),
    "nl": Manner(
        eager=r"natuurlijk|zeker|graag gedaan|met plezier|prima|uiteraard|begrepen",
        here=r"(?:hier (?:is|zijn|vind je|vindt u)|hieronder (?:vind je|vindt u|staat))",
        work=r"(?:[\w-]*artikel|[\w-]*tekst|blogpost|blog|versie|concept|bericht)",
        done=r"(?:herschreven|geoptimaliseerde?|verbeterde?|bijgewerkte?|volledige?|aangepaste?|herziene?|definitieve?)",
        asks=r"(?:wil (?:je|u) dat ik|zal ik|moet ik|zou (?:je|u) willen dat ik)\b",
        tells=r"laat (?:het )?(?:me|mij)?(?: het)?(?: maar| gerust)? weten (?:als|of|wanneer) (?:je|u)\b",
        can=r"als (?:je|u) (?:wilt|wil|dat wilt),? kan ik\b",
        adapt=r"\b(?:de|het|deze|dit) (?:tekst|toon|artikel|versie) (?:\w+ ){0,3}(?:aanpass|inkort|herschrijv|optimaliser)e?n?",
        piece=rf"{_PIECES}|(?:kortere|langere|korte) versie|metabeschrijving|samenvatting (?:maak|schrijf)",
        changes=r"\b(?:aanpassingen|wijzigingen|veranderingen)\b",
        itself=r"als (?:groot )?(?:ai-)?taalmodel (?:kan|heb|ben|beschik) ik\b|als (?:ai|ai-(?:model|assistent)) (?:kan|heb|beschik) ik\b",
    ),
}  # fmt: skip
_WORKS = (
    *("arti", "artí", "text", "test", "tekst", "vers", "fassung", "beitrag", "billet", "entwurf", "entrada", "post", "blog", "concept"),
    *("conten", "conteú", "borrador", "bozza", "rascunho", "brouillon", "bericht"),
)  # fmt: skip
_HANDED_OVER = ("hier", "anbei", "voici", "voilà", "aquí", "¡aquí", "a continuación", "ecco", "di seguito", "aqui", "segue", "abaixo")
_OFFERED = (
    *("soll ich", "möchte", "willst du", "sag", "gib", "geben sie", "lass", "wenn du", "wenn sie", "falls du", "falls sie", "auf wunsch", "gern"),
    *("souhaite", "voulez-vous", "aimer", "veux-tu", "n'hésite", "n’hésite", "dites-moi", "dis-moi", "faites-moi", "fais-moi", "si vous", "si tu"),
    *("¿quiere", "quiere", "¿desea", "desea", "¿te gustaría", "te gustaría", "¿le gustaría", "avís", "hazme", "hágame", "házme", "dime si", "dígame si"),
    *("si quiere", "si lo ", "si desea", "si te parece", "vuoi che", "vuole che", "desideri", "desidera", "ti piacerebbe", "preferisci", "fammi sapere"),
    *("mi faccia", "se vuoi", "se lo ", "se preferi", "se vuole", "se desidera", "você", "quer que", "quer também", "queres que", "gostaria", "me avis"),
    *("avise-me", "diga-me", "me diga", "me fale", "deixe-me", "me informe", "se quiser", "se você", "se desejar", "wil je dat", "wil u dat", "zal ik"),
    *("moet ik", "zou je", "zou u", "laat ", "als je", "als u"),
)  # fmt: skip
_OFFERED_BY = frozenset(word[:3] for word in _OFFERED)
_ITSELF = ("Als ", "En tant qu", "Como ", "In quanto ", "Come ", "Nach mein", "Bis zu mein")  # what one says of itself begins so


@cache
def _reply() -> re.Pattern[str]:
    """A reply that hands the text over: an eager word before it, or a word of what was done to it."""
    return re.compile(
        "|".join(
            rf"(?:{m.eager})\s?[!,.:]\s+{m.here}\b[^.!?]*\b{m.work}\b[^.!?]*[:.!]?"
            rf"|{m.here}\b[^.!?:]{{0,40}}?\b(?:(?:{m.done})\W+(?:[\w-]+\W+){{0,2}}?{m.work}|{m.work}\W+(?:[\w-]+\W+){{0,2}}?(?:{m.done}))\b[^.!?:]*:"
            for m in _MANNERS.values()
        ),
        re.IGNORECASE,
    )


@cache
def _openings() -> tuple[str, ...]:
    eager = (word for m in _MANNERS.values() for word in re.findall(r"[^\W\d_]{4,}", re.sub(r"\(\?:[^()]*\) ?\)?", "", m.eager)))
    return (
        *_HANDED_OVER,
        *sorted({word[:4] for word in eager} | {"¡", "na k", "d'ac", "d’ac", "bien", "con ", "com ", "va b", "met ", "sehr"}),
    )


def _may_reply(text: str) -> bool:
    """Whether it opens as a reply does and names a work: soon told, and False of most."""
    lower = text.lower()
    return any(work in lower for work in _WORKS) and lower.startswith(_openings())


def _may_offer(text: str) -> bool:
    return text[:14].lower().startswith(_OFFERED)


@cache
def _offer() -> re.Pattern[str]:
    """An offer to change this text, or to make a piece of the same matter for another place."""
    return re.compile(
        "|".join(
            rf"(?:{m.asks}|{m.can})[^.?!]*(?:{m.adapt}|{m.piece})|{m.tells}[^.?!]*(?:{m.adapt}|{m.changes}|{m.piece})"
            for m in _MANNERS.values()
        ),
        re.IGNORECASE,
    )


@cache
def _itself() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[.!?:]\s))(?:{'|'.join(m.itself for m in _MANNERS.values())})[^.!?]*", re.IGNORECASE)


def said(draft: Draft, texts: list[Prose]) -> Iterator[Span]:
    """What an assistant says in one of these languages; `texts` are the author's own."""
    for prose in texts[:_FIRST]:
        if prose.kind == "paragraph" and _may_reply(prose.text) and _reply().fullmatch(prose.text.strip()):
            yield prose.span
    for prose in texts:
        if prose.text[:3].lower() in _OFFERED_BY and prose.kind == "paragraph" and _may_offer(prose.text) and _offer().match(prose.text):
            yield prose.span
    if any(mark in draft.source for mark in _ITSELF):
        for prose in texts:
            if any(mark in prose.text for mark in _ITSELF):
                yield from (prose.source_span(*match.span()) for match in _itself().finditer(prose.text))
