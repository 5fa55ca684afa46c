"""Blanks in the text, and fields of the metadata, that nobody filled in: `[NAME]`, `(insert chart here)`, `$XX`, and "[Firmenname einfügen]" in six languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from geo_optimizer.analysis.chat import Left
from geo_optimizer.analysis.ranges import ranges
from geo_optimizer.analysis.visible import visible_text
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Prose, Span, measured

_SHOWN = r"(?:chart|graph|image|photo|picture|screenshot|link|table|figure|statistics?|stat|source|quote|video|diagram|infographic|logo|date|citation)"
_SUBJECT = (
    r"(?:name|company|company name|business name|brand|brand name|product|product name|email|e-mail|phone number|job title|website|city)"
)


@cache
def _in_brackets() -> re.Pattern[str]:
    """In capitals as templates have them, or said to the writer."""
    nouns = (
        r"(?:YOUR |THE )?(?:(?:FIRST |LAST |FULL |COMPANY |BUSINESS |BRAND |PRODUCT |CLIENT |CUSTOMER |AUTHOR )?NAME|COMPANY|CLIENT|PRODUCT|BRAND|CITATION|STATISTIC|STAT|QUOTE|SOURCE"
        r"|EMAIL|PHONE NUMBER|JOB TITLE|WEBSITE|CITY|INDUSTRY|DATE|PRICE|NUMBER)"
    )
    media = r"(?:IMAGE|PHOTO|CHART|GRAPH|SCREENSHOT|TABLE|VIDEO|DIAGRAM|INFOGRAPHIC|FIGURE|QUOTE|STAT|STATISTIC|LINK|CTA)"
    others = "|".join(_LANGUAGES.values())
    return re.compile(rf"\[(?<![\w\]\\]\[)(?:{nouns}|{media}:\s?[^\[\]\n]{{2,80}}|{media}(?: GOES)? HERE|(?i:{others}))\](?![\[(:])")


# An assistant's own blanks in other languages: "[insert ...]", "[your name]".
_LANGUAGES = {
    "de": r"(?:[\w./’'-]+ ){1,5}(?:einfügen|eintragen|einsetzen)|(?:ihr|dein|ihre|deine) (?:name|firmenname|firma|unternehmen|produkt|e-mail-adresse)",
    "fr": r"(?:insérer|insérez) [^\[\]\n]{2,60}|votre (?:nom|entreprise|société|marque|produit|adresse e-mail)|nom de (?:l['’]|la |votre )(?:entreprise|société|marque)",
    "es": r"(?:insertar?|inserte) [^\[\]\n]{2,60}|(?:tu|su) (?:nombre|empresa|marca|producto)|nombre de (?:la|tu|su) empresa",
    "it": r"inseri(?:sci|re|sca) [^\[\]\n]{2,60}|(?:il )?(?:tuo|suo) nome|nome (?:dell['’]|della tua |della sua )azienda",
    "pt": r"(?:insira|inserir) [^\[\]\n]{2,60}|(?:o )?seu nome|nome da (?:sua )?empresa",
    "nl": r"(?:[\w./’'-]+ ){1,5}(?:invoegen|invullen)|(?:vul|voeg) [^\[\]\n]{2,60} in|(?:uw|jouw|je) (?:naam|bedrijf|bedrijfsnaam)",
}


@cache
def _others() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns, each with what stands in whatever it fits."""
    unit = r"(?:\s?%|\s(?:percent|per cent|million|billion|users|customers|companies|people|employees|countries)\b)"
    return (
        (re.compile(rf"\((?:insert|add) (?:an? |the |your |relevant )?(?:[\w-]+ ){{0,3}}?{_SHOWN}(?: [\w-]+){{0,3}} here\)", re.IGNORECASE), " here)"),
        (re.compile(rf"(?<![\w$€£-])(?:[$€£]X{{2,}}\b(?![-\w])|X{{2,}}{unit}|(?<=\s)(?:by|to|of|from|about|over|than) XXX+\b(?![-\w]))"), "XX"),
        (re.compile(r"(?:^|(?<=[.!?]\s)|(?<=[(\[]))FIXME\b(?![\w(:])[^.!?\n)\]]{0,60}"), "FIXME"),
    )  # fmt: skip


_BRACED = lazily(r"\{\{\s?[A-Z][a-z]+ [A-Za-z]")


@cache
def _in_source() -> re.Pattern[str]:
    """Blanks that are no text to a parser: `<your name>` is a tag, and `{{Company Name}}` no name to any template engine."""
    return re.compile(
        rf"<(?:your|insert) {_SUBJECT}(?: here)?>|<company name>|\{{\{{\s?(?:Your|Company|Client|Product|Brand|Author|First|Last|Insert)(?: [A-Za-z]+){{1,3}}\s?\}}\}}"
    )


_TEMPLATES = (
    "template",
    "placeholder",
    "vorlage",
    "muster",
    "platzhalter",
    "modèle",
    "plantilla",
    "modello",
    "modelo",
    "sjabloon",
    "mail merge",
)


@measured
def blanks(draft: Draft) -> tuple[Left, ...]:
    """The blanks of the text, in order; none in a draft that tells of templates, which shows them on purpose."""
    found = sorted({*_of_text(draft), *_of_source(draft)})
    if not found or any(word in draft.source.lower() for word in _TEMPLATES):
        return ()
    return tuple(Left(span, draft.text(span)) for span in found)


def _of_text(draft: Draft) -> Iterator[Span]:
    shown = visible_text(draft)
    marks = [mark for mark in (" here)", "XX", "FIXME") if mark in shown]
    if "[" in shown and _in_brackets().search(shown):
        marks.append("[")
    for prose in draft.prose if marks else ():
        text = prose.text
        if not any(mark in text for mark in marks) or prose.known or prose.quoted or not prose.pieces or prose.kind == "cell":
            continue
        if "[" in text:
            yield from _in_prose(_in_brackets(), prose)
        for pattern, mark in _others():
            if mark in text:
                yield from _in_prose(pattern, prose)


def _in_prose(pattern: re.Pattern[str], prose: Prose) -> Iterator[Span]:
    for match in pattern.finditer(prose.text):
        before = prose.text[: match.start()]
        is_named = before.count("“") > before.count("”") or before.count('"') % 2 == 1
        if not is_named and not any(start < match.end() and end > match.start() and prose.text[start] != "[" for start, end in prose.fixed):
            yield prose.source_span(*match.span())


def _of_source(draft: Draft) -> Iterator[Span]:
    source = draft.source
    if not any(mark in source for mark in ("<your ", "<insert ", "<company ")) and not (_BRACED.search(source)):
        return
    code = ranges(code.span for code in draft.code)
    for match in _in_source().finditer(draft.source, draft.body.start):
        if not code.at(match.start()) and draft.source[match.start() - 1 : match.start()] not in ('"', "“", "\\", "/"):
            yield Span(*match.span())


@cache
def _of_field() -> re.Pattern[str]:
    what = r"(?:(?:blog |page |post |article |seo |meta )?(?:title|description|slug|category|name|summary|excerpt|keywords?|author|image))"
    return re.compile(
        rf"(?:your|insert|enter|add|replace with|write)(?: (?:a|an|the|your))? {what}(?: (?:here|goes here))|(?:your|insert|enter) (?:a |an |the |your )?{what}|{what} (?:here|goes here)"
        rf"|[<\[](?:your|insert) {what}(?: here)?[>\]]|(?-i:TODO|TBD|TBC|FIXME|TK|XXX+)|(?:todo|tbd|tbc|fixme): .*|lorem ipsum\b.*"
        r"|[<\[]?(?:yyyy[-/]mm[-/]dd(?:t?hh:mm.*)?|dd-mm-yyyy|\d{4}-(?:xx-xx|mm-dd|\d\d-xx))[>\]]?"
        r"|replace[_ -]me|change[_ -]me|your-slug(?:-here)?|(?:path/to/)?your[-_]image\.\w+|\[(?:insert|todo|tbd)\b[^\]]*\]|(?:insert|paste)_\w+_(?:url|here)",
        re.IGNORECASE,
    )


@measured
def unfilled(draft: Draft) -> tuple[tuple[str, Left], ...]:
    """Keys of the metadata whose value is still that of a template, with where the value stands."""
    if draft.frontmatter is None:
        return ()
    return tuple(
        (key, Left(_place(draft, draft.frontmatter.content, key, text), text))
        for key, text in _texts(draft.frontmatter.values)
        if len(text) <= 120 and _of_field().fullmatch(text)
    )


def _texts(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, str):
            yield str(key), value.strip()


def _place(draft: Draft, within: Span, key: str, text: str) -> Span:
    """Where a value stands; the whole of the metadata where that is not to be found."""
    source = draft.source
    named = source.find(key, within.start, within.end)
    at = source.find(text, named + len(key), within.end) if named >= 0 else -1
    return Span(at, at + len(text)) if at >= 0 else within
