"""Where takeaways may stand: after the argument, and before what follows it."""

from __future__ import annotations

import re

from geo_optimizer.analysis.calls import is_call_to_action
from geo_optimizer.compose.layout import Layout, Places, layout, nothing_to_sum_up
from geo_optimizer.model import Draft

# Sections that are no part of the argument, however long they are.
_APPENDIX = re.compile(
    r"(?:the |our |my |some |more |other |useful |external |additional |related |recommended |suggested |key )*"
    r"(?:references?|sources?|citations?|bibliography|works cited|further (?:reading|resources|links|information)|resources|foot ?notes|end ?notes|notes|see also|links"
    r"|credits|attributions?|about the authors?|change ?log|revision history|licen[cs]e|copyright|disclaimer|disclosures?)"
    r"(?: (?:and|&) (?:references|resources|links|notes|further reading|credits|acknowledge?ments|reading))?"
    r"|(?:more |other |useful |external |additional |related |recommended |suggested )+(?:reading|posts|articles|stories|pages|topics|documentation|content|videos)"
    r"|you (?:may|might) also like|read (?:more|next)|more reading|related|acknowledge?ments?|special thanks|thanks?(?: you.*|s?.s?| to .*)?|thank[- ]yous?.*"
    r"|about (?:us|me|this series|the company)|(?:sha-?\d*|md5|check)sums?|appendix.*|p\.?\s?s\.?|author bio|upcoming events|news and upcoming events"
    r"|quellen(?:angaben|verzeichnis)?|literatur(?:verzeichnis|hinweise)?|weiterführende (?:links|informationen|literatur)|einzelnachweise|fußnoten|danksagung(?:en)?|über (?:den autor|die autorin|uns)"
    r"|références|bibliographie|sources et références|pour aller plus loin|en savoir plus|voir aussi|remerciements|à propos de l.aut(?:eur|rice)|notes de bas de page"
    r"|referencias|fuentes|bibliografía|lecturas recomendadas|más información|véase también|agradecimientos|sobre (?:el autor|la autora|o autor|a autora|nosotros|nós)"
    r"|riferimenti|fonti|bibliografia|per approfondire|approfondimenti|ringraziamenti|note|referências|fontes|leituras? recomendadas?|saiba mais|veja também|agradecimentos"
    r"|bronnen|literatuur|verder lezen|zie ook|meer lezen|dankwoord|over de auteur",
)
# Sections that send the reader somewhere, if they are short.
_CALL_HEADING = re.compile(
    r"(?:how (?:can i|to) )?get(?:ting)? (?:started|involved|in touch|connected|help|support|your (?:free|copy).*)(?: and .*| today| now| with .*)?|next(?: up| steps?| time)|what(?:.s| is)? next"
    r"|where to go (?:next|from here)|try (?:it|our|out|this|\w+ (?:now|today|for free|yourself|out)).*|test it yourself|contact.*|(?:reach|talk|write) (?:out|to) .*|join (?:us|our|the|in)\b.*|sign ?up.*|subscribe.*|follow (?:us|me|along)\b.*|keep in touch|stay (?:tuned|in touch|connected|up to date).*"
    r"|call(?:s)? to action|learn more.*|find out more|want (?:more|to .*|help.*)|ready to .*|(?:need|stuck|looking for) .*help.*|(?:any |have |got |more )*questions.*|(?:your )?feedback.*|help us .*"
    r"|contribut(?:e|ing).*|spread the word|over to you|going further|taking it further|download.*|book (?:a|your) .*|community|support (?:us|the .*)|we.re hiring|work with us|hire us"
    r"|good luck|see you.*|newsletter|about this (?:series|post|article)"
    r"|nächste schritte|(?:jetzt )?(?:kontakt|mitmachen|loslegen|ausprobieren|anmelden).*|wie geht es weiter|wie es weitergeht"
    r"|prochaines étapes|contactez.*|nous contacter|essayez.*|rejoignez.*|próximos pasos|contacto|contáct.*|únete.*|pruéb.*|prossimi passi|contatti|contattaci.*|provalo.*"
    r"|próximos passos|contato.*|experimente.*|junte-se.*|volgende stappen|neem contact.*|probeer .*",
)
_QUESTIONS = re.compile(
    r"(?:the |common |some )?(?:faqs?|frequently[- ]asked questions|q ?& ?a|questions (?:and|&) answers|common questions)(?: .{0,40})?|häufig(?:e| gestellte) fragen.*|questions (?:fréquentes|et réponses)"
    r"|foire aux questions|preguntas frecuentes.*|domande frequenti.*|perguntas frequentes.*|veelgestelde vragen.*",
)
_LONGEST_CALL = 1500  # characters of a section that only sends the reader on; a longer one has something to say itself
# Paragraphs that take leave, give credit or sign.
_FAREWELL = re.compile(
    r"\W*(?:(?:many |special |big |huge |a (?:big|huge|special) )*thank(?:s|[- ]you)\b.*|i.d like to thank\b.*|(?:i|we) (?:would|want|wish|.d) (?:also )?(?:like )?to (?:thank|acknowledge)\b.*|(?:a )?shout[- ]?out to .*"
    r"|good luck\b.*|happy [\w().{}/ -]{2,40}!|(?:i|we) hope (?:that |this |these |you ).{0,160}|see you\b.*|(?:until|till) (?:next time|then)\b.*|take care\b.*|stay tuned\b.*|(?:we|i).{0,6}look(?:ing)? forward to .{0,100}"
    r"|cheers\b.{0,60}|enjoy(?: \w+){0,3}!|have fun\b.{0,40}|(?:(?:cover |header |hero |feature )?(?:photo|image|picture|illustration|banner)s?(?: credits?)?(?: by| from|:) .*)|p\.? ?s\.?\b.*|edit(?:or|orial)(?:.s|\(s\))? ?(?:note|:).*"
    r"|(?:this (?:post|article|story|work|project|page)|it) (?:was|is|has been|first|originally).{0,60}(?:published|appeared|licensed|supported|funded|distributed|cross-?posted|written by|translated|part of (?:a|the|our)).*"
    r"|originally published .*|(?:[\w.]+,? ){1,12}contributed to this (?:post|article|story).*|discuss (?:this|it)? ?.{0,40}\b(?:on|at|hacker news|reddit)\b.*|reference: .*"
    r"|viel (?:spaß|erfolg)\b.*|vielen dank\b.*|merci\b.{0,120}|bon courage\b.*|gracias\b.{0,120}|grazie\b.{0,120}|obrigad[oa]\b.{0,120}|bedankt\b.{0,120}|veel (?:plezier|succes)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNATURE = re.compile(
    r"(?:[–—~]|-{1,3}(?![-\s]*$))\s*\S.{0,100}|(?:(?:all the |all |my |our )?best(?: regards| wishes)?|(?:kind |warm )?regards|sincerely|yours|cheers|love|viele grüße|cordialement|saludos|saluti|abraços|groeten),?\s.{1,80}",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_FAREWELL = 70  # words
_ASKS = re.compile(
    r"\b(?:please (?:consider|feel free|share|join|visit|contact|reach|send|open|file|star|let|check)|(?:reach|tweet|write) (?:me|us|to|out|at)\b|you can (?:also )?(?:follow|find|reach) (?:me|us|them)\b|follow (?:me\b|us\b|@|\w+ on\b)"
    r"|find (?:me|us) (?:on|at)|head (?:on )?over to|(?:interested|like) (?:in|to) (?:working|work|contribut|join)\w*|care to join|join (?:our|us)\b|check (?:it )?out (?:our|the)|be sure to (?:check|visit|join|follow)"
    r"|register (?:today|now)|file an issue|star (?:us|the|this)|(?:got|have|any) (?:a )?questions?\b.*\?|have (?:feedback|questions|comments)|we.d love to (?:hear|see)|we love seeing)",
    re.IGNORECASE,
)
# The line above a last list of links.
_LEADS_ON = re.compile(
    r"\b(?:learn|read|find out|know|see) more|more (?:information|details|resources)|further|resources?|references?|links?|get started|get involved|next steps?|join|follow|questions|contact|find us|find me|see also"
    r"|related|check out|here are some|reach|where to go|you can\b|mehr (?:erfahren|dazu)|en savoir plus|más información|per saperne|saiba mais|meer (?:weten|lezen)",
    re.IGNORECASE,
)
# Components and includes that close a page, by their names.
_CLOSER = re.compile(
    r"^(?:<|\{\{[<%]-?\s*|\{%-?\s*(?:include(?:_cached|_relative)?|render|component|partial|section)?\s*[\"']?[\w./-]*?|:::\s*\{?)"
    r"(?:[\w.]*?[-_/]?)(?:author|bio|about|newsletter|subscribe|sign-?up|cta|call-?to-?action|comments?|disqus|giscus|utterances|share|sharing|social|related|read-?next|footer|button|btn|promo|contact|references|footnotes|bibliography|credits|feedback|donate|sponsor)",
    re.IGNORECASE,
)
_NAMED_WITHIN = 200  # characters of a component or a tag in which its name stands
_ABBREVIATION = re.compile(r"(?:\*\[[^\[\]]+\]:[^\r\n]*(?:\r\n|\r|\n|$))+")


def closing_places(draft: Draft) -> Places:
    """Before the closing matter; else at the very end. Where nothing but closing matter is there, only at the end."""
    at = layout(draft)
    end = len(at.blocks)
    if not at.has_prose(0, end):
        return nothing_to_sum_up(at)
    place = end
    while place > 0 and (start := _closing(at, place)) < place:
        place = start
    place = at.before_attached(place)
    return Places((place, end) if 0 < place < end and at.has_prose(0, place) else (end,))


def _closing(at: Layout, end: int) -> int:
    """Where the last thing before `end` begins, if it closes an article rather than argues; otherwise `end`."""
    return min(_closing_section(at, end), _closing_blocks(at, end))


def _closing_section(at: Layout, end: int) -> int:
    """The outermost section around the last block whose heading announces no argument."""
    section, found = at.sections[end - 1], end
    if section == end - 1 and section != at.title:
        return section  # all that it heads is closing matter already
    while section is not None and section != at.title:
        heading = at.heading(section)
        if (
            _APPENDIX.fullmatch(heading)
            or (_CALL_HEADING.fullmatch(heading) and _length(at, section, end) <= _LONGEST_CALL and _leaves_enough(at, section))
            or (_QUESTIONS.fullmatch(heading) and 2 * _length(at, section, end) <= len(at.draft.body))
        ):
            found = section
        section = at.parents[section]
    return found


def _leaves_enough(at: Layout, place: int) -> bool:
    """Whether a third of the article's text blocks stand above: one call after the other could be what it is about."""
    return at.said[place] * 3 >= at.said[-1]


def _length(at: Layout, start: int, end: int) -> int:
    return at.blocks[end - 1].span.end - at.blocks[start].span.start


def _closing_blocks(at: Layout, end: int) -> int:
    last = end - 1
    match at.blocks[last].kind:
        case "comment" | "definition" | "footnote":
            return last
        case "rule":
            return last if end < len(at.blocks) else end
        case "opaque" | "html":
            return last if _CLOSER.match(at.text(last).lstrip()[:_NAMED_WITHIN]) else end
        case "paragraph":
            return last if _ABBREVIATION.fullmatch(at.text(last)) or (_leaves_enough(at, last) and _closes(at, last)) else end
        case "list":
            return _closing_list(at, last) if _leaves_enough(at, last) else end
        case _:
            return end


def _closes(at: Layout, i: int) -> bool:
    """Whether a paragraph asks the reader to do something with the publisher, or takes leave."""
    words = at.words(i)
    count = len(words.split())
    if count <= _LONGEST_FAREWELL and (_FAREWELL.fullmatch(words) or (count <= 14 and _SIGNATURE.fullmatch(words))):
        return True
    return count <= 80 and (is_call_to_action(words) or _ASKS.search(words) is not None)


def _closing_list(at: Layout, i: int) -> int:
    """A last list of links or calls goes with the line that leads to it."""
    lead = i - 1
    if lead < 0 or at.blocks[lead].kind != "paragraph" or len(at.words(lead).split()) > 40:
        return i + 1
    words = at.words(lead)
    calls = is_call_to_action(words) or _ASKS.search(words) is not None
    leads_on = calls or (words.rstrip().endswith((":", "?")) and _LEADS_ON.search(words) is not None)
    return lead if leads_on and _is_links_or_calls(at, i) else i + 1


def _is_links_or_calls(at: Layout, i: int) -> bool:
    items = at.items(i)
    return bool(items) and all(linked or is_call_to_action(text) or _ASKS.search(text) for text, linked in items)
