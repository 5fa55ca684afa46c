"""The words by which authors close an article, by language: one alternative a line, blanks as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

_Phrases = Mapping[str, str]  # language -> patterns, a line each


def _any_of(phrases: _Phrases, *, around: str = "{}") -> re.Pattern[str]:
    lines = (line.strip() for text in phrases.values() for line in text.split("\n"))
    return re.compile(around.format("|".join(line for line in lines if line)), re.IGNORECASE | re.DOTALL)


# Headings of sections that are no part of the argument, however long they are; lower case, without number and ornament.
_APPENDIX: _Phrases = {
    "en": r"""
        (?:(?:the|our|my|some|more|other|useful|external|additional|related|recommended|suggested|key) )*(?:references?|sources?|citations?|resources|links|notes|credits)(?: (?:and|&) (?:references|resources|links|notes|further reading|credits|acknowledge?ments))?
        (?:suggestions for )?further (?:reading|resources|links|information)
        (?:more|other|useful|additional|related|recommended|suggested) (?:reading|posts|articles|stories|pages|topics|documentation|content|videos)
        bibliography|works cited|foot ?notes|end ?notes|see also|related|read (?:more|next)|you (?:may|might) also like
        attributions?|acknowledge?ments?|(?:special |many )?thanks(?: to .*)?|thank you.*
        about the authors?|author bio|about (?:us|me|this series|the company)
        change ?log|revision history|licen[cs]e|copyright|disclaimer|disclosures?|appendix.*|(?:check|sha(?:256|512)?)sums?|p\.?\s?s\.?
    """,
    "de": r"""
        quellen(?:angaben|verzeichnis)?|literatur(?:verzeichnis|hinweise)?|einzelnachweise|fu(?:ß|ss)noten
        weiterführende (?:links|informationen|literatur)|danksagung(?:en)?|über (?:den autor|die autorin|uns)
    """,
    "fr": r"""
        références|bibliographie|notes de bas de page|pour aller plus loin|en savoir plus|voir aussi
        remerciements|à propos de l.aut(?:eur|rice)
    """,
    "es": r"""
        referencias|fuentes|bibliografía|lecturas recomendadas|más información|véase también
        agradecimientos|sobre (?:el autor|la autora|nosotros)
    """,
    "it": r"""
        riferimenti|fonti|bibliografia|per approfondire|approfondimenti|ringraziamenti
    """,
    "pt": r"""
        referências|fontes|leituras? recomendadas?|saiba mais|veja também|agradecimentos|sobre (?:o autor|a autora|nós)
    """,
    "nl": r"""
        bronnen|literatuur|verder lezen|meer lezen|zie ook|dankwoord|over de auteur
    """,
}
APPENDIX = _any_of(_APPENDIX)
# Headings of sections that send the reader somewhere, if they are short.
_CALLS: _Phrases = {
    "en": r"""
        (?:how to )?get(?:ting)? (?:started|involved|in touch|help|support)(?: .{1,40})?
        next(?: steps?| up)|what(?:.s| is)? next|where to go (?:next|from here)|going further|over to you|call to action
        try (?:it|our|out|this|\w+ (?:now|today|for free|yourself|out))\b.*|ready to .*|want (?:more|to |help).*|learn more.*|find out more
        contact.*|(?:reach|talk|write) (?:out|to) .*|join (?:us|our|the|in)\b.*|follow (?:us|me|along)\b.*|keep in touch|stay (?:tuned|in touch|up to date).*
        sign ?up.*|subscribe.*|newsletter|download.*|book (?:a|your) .*|community|work with us|we.re hiring
        (?:any |have |got |more )*questions.*|(?:need|looking for) .*help.*|(?:your )?feedback.*
        contribut(?:e|ing).*|help us .*|support (?:us|the) .*|about this (?:series|post|article)
    """,
    "de": r"""
        nächste schritte|wie geht es weiter|wie es weitergeht|(?:jetzt )?(?:kontakt|mitmachen|loslegen|ausprobieren|anmelden).*
    """,
    "fr": r"""
        prochaines étapes|nous contacter|(?:contactez|essayez|rejoignez).*
    """,
    "es": r"""
        próximos pasos|contacto|(?:contáct|únete|pruéb).*
    """,
    "it": r"""
        prossimi passi|contatti|(?:contattaci|provalo).*
    """,
    "pt": r"""
        próximos passos|(?:contato|experimente|junte-se).*
    """,
    "nl": r"""
        volgende stappen|(?:neem contact|probeer ).*
    """,
}
CALL_HEADING = _any_of(_CALLS)
_QUESTIONS: _Phrases = {
    "en": r"""
        (?:the |common |some )?(?:faqs?|frequently[- ]asked questions|q ?& ?a|questions (?:and|&) answers|common questions)(?: .{0,40})?
    """,
    "de": "häufig(?:e| gestellte) fragen.*",
    "fr": "questions (?:fréquentes|et réponses)|foire aux questions",
    "es": "preguntas frecuentes.*",
    "it": "domande frequenti.*",
    "pt": "perguntas frequentes.*",
    "nl": "veelgestelde vragen.*",
}
QUESTIONS = _any_of(_QUESTIONS)
# Paragraphs that take leave, give credit or sign.
_FAREWELLS: _Phrases = {
    "en": r"""
        (?:(?:many|special|big|huge|a (?:big|huge|special)) )?thank(?:s|[- ]you)\b.*
        (?:i|we)(?:.d| would| want| wish) (?:also )?(?:like )?(?:to )?(?:thank|acknowledge)\b.*|(?:a )?shout[- ]?out to .*
        good luck\b.*|happy [^.?!]{2,40}!|(?:i|we) hope (?:that|this|these|you) .{0,160}|see you\b.*|(?:until|till) next time\b.*|take care\b.*|stay tuned\b.*
        (?:we|i).{0,6}look(?:ing)? forward to .{0,100}|cheers\b.{0,60}|enjoy(?: \w+){0,3}!|have fun\b.{0,40}
        (?:(?:cover|header|hero|feature) )?(?:photo|image|picture|illustration|banner)s?(?: credits?)?(?: by| from|:) .*
        p\.? ?s\.?\b.*|edit(?:or|orial)(?:.s)? ?(?:note|:).*|originally published .*|discuss (?:this|it)? ?.{0,40}\b(?:on|at)\b.*
        (?:this (?:post|article|story|work|project|page)|it) (?:was|is|has been|first|originally).{0,60}(?:published|appeared|licensed|supported|funded|cross-?posted|written by|translated|part of (?:a|the|our)).*
    """,
    "de": r"viel (?:spaß|erfolg)\b.*|vielen dank\b.*",
    "fr": r"merci\b.{0,120}|bon courage\b.*",
    "es": r"gracias\b.{0,120}",
    "it": r"grazie\b.{0,120}",
    "pt": r"obrigad[oa]\b.{0,120}",
    "nl": r"bedankt\b.{0,120}|veel (?:plezier|succes)\b.*",
}
FAREWELL = _any_of(_FAREWELLS, around=r"\W*(?:{})")
_REGARDS: _Phrases = {
    "en": "(?:(?:all |my |our )?best(?: regards| wishes)?|(?:kind |warm )?regards|sincerely|yours|cheers|love)",
    "others": "viele grüße|cordialement|saludos|saluti|abraços|groeten",
}
SIGNATURE = _any_of(_REGARDS, around=r"(?:[–—~]|-{{1,3}}(?![-\s]*$))\s*\S.{{0,100}}|(?:{}),?\s.{{1,80}}")
_ASKS: _Phrases = {
    "en": r"""
        please (?:consider|feel free|share|join|visit|contact|reach|send|open|file|star|let|check)\b
        (?:reach|tweet|write) (?:me|us|to|out|at)\b|you can (?:also )?(?:follow|find|reach) (?:me|us|them)\b|follow (?:me\b|us\b|@|\w+ on\b)|find (?:me|us) (?:on|at)\b
        head (?:on )?over to\b|(?:interested|like) (?:in|to) (?:working|work|contribut|join)\w*|join (?:our|us)\b|check (?:it )?out (?:our|the)\b|be sure to (?:check|visit|join|follow)\b
        register (?:today|now)\b|file an issue\b|star (?:us|the|this)\b|(?:got|have|any) (?:a )?questions?\b.{0,200}\?|have (?:feedback|questions|comments)\b|we.d love to (?:hear|see)\b
    """,
}
ASKS = _any_of(_ASKS, around=r"\b(?:{})")
# The line above a last list of links.
_LEADS: _Phrases = {
    "en": r"""
        (?:learn|read|find out|know|see) more|more (?:information|details|resources)|further|resources?|references?|links?|related|see also|here are some|check out
        get started|get involved|next steps?|where to go|join|follow|questions|contact|reach|find us|find me|you can\b
    """,
    "de": "mehr (?:erfahren|dazu)",
    "fr": "en savoir plus",
    "es": "más información",
    "it": "per saperne",
    "pt": "saiba mais",
    "nl": "meer (?:weten|lezen)",
}
LEADS_ON = _any_of(_LEADS, around=r"\b(?:{})")
