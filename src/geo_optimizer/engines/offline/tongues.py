"""What makes a line lean on the text before it, or speak of the page or its writer, in six languages beside English.

One alternative a line, blanks as they are. `opens`: how such a line begins. `within`: what is said in its first clause. `nouns`: with
an article before and no complement behind, they are those of the sentence before. `pointers`: words that point at the noun after
them. `times`: nouns that may be pointed at all the same ("this year"). `page`: the page, its pictures, its reader. `self`: the
writer alone. `verbs`: finite forms that are nothing else, by which a short line is known for a sentence. `without_subject`: a line that
begins with one of these verbs has left its subject in the line before, unless `impersonal` matches.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geo_optimizer.lazy import lazily


class Tongue(NamedTuple):
    opens: re.Pattern[str]
    within: re.Pattern[str]
    nouns: re.Pattern[str]
    pointers: re.Pattern[str]
    times: re.Pattern[str]
    page: re.Pattern[str]
    self: re.Pattern[str]
    verbs: re.Pattern[str]
    impersonal: re.Pattern[str]


def _one_of(alternatives: str, around: str = r"\b(?:{})\b", flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return lazily(around.format("|".join(line.strip() for line in alternatives.strip().split("\n"))), flags)


def _words(words: str) -> re.Pattern[str]:
    return _one_of("|".join(words.split()))


_FIGURE = r"[\d.,]+(?:\s?%| Prozent| pour cent| por ciento| per cento| por cento| procent)"
_PAGE = r"\b(?:{})(?:\b|(?<=:))"
_OPENS = r"(?:{})(?:(?<=\s)|(?![\w-]))"

TONGUES: dict[str, Tongue] = {
    "de": Tongue(
        opens=_one_of(
            rf"""
            seitdem|seither|hinzu kommt|hinzu kommen|zugleich|gleichzeitig|ebenso|genauso|ähnlich|demgegenüber|hingegen|im (?:gegensatz|vergleich|unterschied) dazu|beispielsweise|zum beispiel|weiterhin|ferner|schließlich
            anschließend|zuvor|vorher|nachher|später|erstens|zweitens|drittens|einerseits|andererseits|immerhin|tatsächlich|in der tat|nämlich|natürlich|klar|ja|nein|sonst
            ansonsten|folglich|infolgedessen|umso|genau|nur so|erst dann|erst jetzt|eben|übrigens|mit anderen worten|kurz gesagt|auf diese weise|unterdessen|inzwischen|wie gesagt|ein(?:zu)?wenden lässt sich|(?:man|kritiker) könnten?|es sei denn|vor allem|(?:geplant|vorgesehen|enthalten|betroffen|gefordert|gemeint) (?:ist|sind|war|waren|wird|werden)
            (?:im|ein|zwei|drei) (?:jahre?|monate?|wochen?|tage?) (?:zuvor|davor|danach|darauf|später|vorher)|am (?:nächsten|folgenden) tag|letztere\w*|erstere\w*|die meisten (?=[a-zäöü])
            (?:manche|einige|viele|alle|keine[rs]?|andere|mehrere|wenige|zwei|drei|vier|fünf) (?-i:(?=[a-zäöü]+(?:en|t)\b))|keiner? von|jeder davon
            (?:nur |rund |etwa |fast |über |knapp |mehr als )?{_FIGURE} (?-i:(?!(?:der|des|von|aller|vom|mehr|weniger)\b)(?=[a-zäöü]))
            (?:der|die|das|dem|den|beim?|von den|unter den) (?:übrigen?|anderen?|beiden|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|letzte[nrs]?|gleichen?|folgenden?)
            """,
            _OPENS,
        ),
        within=_one_of(
            r"""
            allerdings|jedoch|außerdem|zudem|hingegen|dagegen|also|deshalb|daher|deswegen|trotzdem|dennoch|ebenfalls|ebenso|demnach|somit|folglich|stattdessen|nämlich|indes|ohnehin|unterdessen
            dort|dorthin|hier|hierhin|hierfür|hierbei|hiermit|hierzu|letzteres?|ersteres?|derselben?|dasselbe|dieselben?|solche[nrs]?|solch|(?:den|die|der) beiden
            (?<!und )(?<!erst )(?:dafür|damit|dabei|daran|darauf|daraus|darin|darüber|darum|davon|davor|dazu|dadurch|danach|daneben|dahinter)(?!(?:[^,]*, (?:dass|ob|wie|was|wer|wo|wann|warum|[^,]* zu \w+en)\b))
            ähnliche[nrs]?(?! wie)|(?:die zahlen|die vorwürfe)(?=[.,;])|(?:hatte|hatten) [^,]* (?:gerechnet|erwartet)|(?:die quote|der anteil)(?! (?:der|des|von|an)\b)|(?:waren|sind|war|ist|wären|wurden) es|(?:sie|ihn|ihm|ihnen)(?=[.!]?$)|das (?:mit|für|als|nicht|so|auch|aus|zu|ist|war|auf|in|seit|nun|schon|bereits|anders|gerne?)
            """
        ),
        nouns=_one_of(
            r"(?:der|die|das) (?:grund|ursache|lösung|antwort|unterschied|maßnahme|idee|problem|ergebnis|ergebnisse|folge|folgen|frage|zahlen|entwicklung|trend|ziel|regel|anstieg|rückgang|plus|minus|effekt|nachteil|vorteil|kritik|gründe|ursachen|erklärung|haken|trick|arbeiten)(?! (?:der|des|für|von|vom|zu|zur|zum|warum|dass)\b)", "(?:{})"
        ),
        pointers=lazily(r"\b(?:[Dd]ies(?:e[rnms]?)?|[Jj]ene[rnms]?)\b(?: [a-zäöüß-]+){0,2}(?: (?P<noun>[A-ZÄÖÜ]\w+))?"),
        times=_words("jahr jahres jahre monat monats woche sommer winter frühjahr herbst jahrhundert"),
        page=_one_of(
            r"""
            wie (?:oben |bereits |schon |zuvor )?(?:erwähnt|beschrieben|gesagt|gezeigt)|siehe|(?:weiter )?(?:oben|unten) (?:genannte?n?|gezeigt|beschrieben)|(?:abbildung|abb\.|tabelle|abschnitt|kapitel|schritt|listing) \d+
            (?:im|am|der|die|den|dem|das|zum) (?:nächsten?|folgenden?|letzten?|vorigen?) (?:abschnitt|kapitel|schritt|teil|beispiel|absatz)s?|(?:unser|mein)\w* (?:artikel|beitrag|ratgeber|leitfaden|blog|text)\w*
            (?:klicken|lesen|erfahren|schreiben|abonnieren|folgen|besuchen|kontaktieren|rufen|vereinbaren) sie|(?:zeigen|erklären|stellen|sehen|schauen) wir|wir (?:zeigen|erklären|stellen .* vor|schauen)
            screenshot|bildschirmfoto|in (?:den|die) kommentaren?|(?:schreib|folge|abonnier|schick)\w* (?:uns|mir)|viel (?:spaß|erfolg)|vielen dank|(?:fotos?|bild|text|quelle|stand|hinweis|anzeige|autor(?:in)?)\s?:
            """,
            _PAGE,
        ),
        self=_words("ich mir mich mein meine meinem meinen meiner meines"),
        verbs=_words(
            """ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können konnte muss müssen musste darf dürfen durfte soll sollen sollte sollten gilt gelten gibt gab kostet kosten
            braucht brauchen dauert liegt steht bleibt bleiben kommt kommen geht gehen macht lässt lohnt hilft helfen spart sparen steigt stieg sank sinkt zählt bringt führt verliert gewinnt wächst"""
        ),
        impersonal=lazily(
            r"Es (?:gibt |lohnt sich, |(?:ist|bleibt|wäre) (?:\w+ )?(?:sinnvoll|wichtig|möglich|unmöglich|nötig|notwendig|ratsam|verboten|erlaubt|üblich|besser|leicht|schwer|falsch)(?:er)?, )"
        ),
    ),
    "fr": Tongue(
        opens=_one_of(
            rf"""
            le conseil (?=(?:paraît|semble|est|repose)\b)|depuis(?: lors)?,|s['’]y ajoute|à cela|en revanche|par contre|au contraire|de plus|en outre|par ailleurs|d['’]ailleurs|en effet|en fait|par exemple|p\. ex\.|par conséquent|en conséquence|de même|de ce fait|du coup|au final|bref|certes|néanmoins
            quant [àa]u?x?|autrement dit|d['’]abord|tout d['’]abord|premièrement|deuxièmement|d['’]une part|d['’]autre part|pas (?:de|besoin)|rien de|à l['’]inverse|résultat|voilà|voici|notamment|surtout|dès lors|d['’]où|même chose|on pourrait|il est vrai|c['’]est
            l['’]ann?é?e? (?:précédente|dernière|suivante|d['’]avant)|l['’]an (?:dernier|passé)|(?:un|deux|trois|quelques) (?:ans?|mois|jours) (?:plus tôt|plus tard|auparavant|après)|(?:d['’]après|selon|pour|parmi|entre|chez) (?:lui|elles?|eux)
            (?:certaine?s|beaucoup|plusieurs|la plupart|la moitié|quelques-un\w+|aucune?|chacune?)(?: d['’]entre (?:eux|elles))? (?=(?:ont|sont|étaient|avaient|le|la|les|en|y|ne|se|font|vont|peuvent|doivent)\b)
            (?:l['’]une?|la moitié|une partie|un tiers|deux|trois) d['’]entre (?:eux|elles)|tous (?:sont|ont|les deux)|toutes (?:sont|ont|les deux)
            (?:l['’]|les? |la )(?:deux|premi[eè]re?s?|seconde?s?|autres?|derni[eè]re?s?|mêmes?|suivante?s?|plus)
            (?:environ |près de |plus de |seuls? )?{_FIGURE} (?=(?:ont|sont|étaient|avaient|disent|le|la|les|ne|se)\b)
            """,
            _OPENS,
        ),
        within=_one_of(
            r"""
            pourtant|cependant|toutefois|donc|alors(?! que)|ensuite|ainsi|néanmoins|en revanche|par contre|en effet|par ailleurs|d['’]ailleurs|de plus|pour autant|dès lors|enfin|entre-temps|à la place|à l['’]inverse|au contraire
            (?:celui|celle|ceux|celles)-(?:ci|là)|ci-(?:dessus|dessous)|cela|ça|ceci|p\. ex|par exemple|(?:aucune?|certaine?s|l['’]une?) d['’]entre (?:eux|elles)|là(?!-)|c['’]est là|en (?:est|sont|était|a|ont|résulte|découle)|(?<=s )(?:le|la|les|lui|leur) (?:(?!\w+ment\b)\w+ent|font|ont|sont|vont)
            (?:le|la|les) (?:sait|savent|dit|disent|voit|voient|fait(?! (?:de|que|d['’]))|peut|peuvent|doit|doivent|permet|confirme|rend|explique|prouve|rappelle)|similaires?(?! à| aux?)|(?:les chiffres|les résultats)(?=[.,;])|(?<!il )y (?:sont|est|ont|participent|vivent|restent)|(?:la part|le taux|la proportion)(?! (?:de|du|des|d['’]))
            """
        ),
        nouns=_one_of(
            r"""
            (?:la |le |les |l['’])(?:hausse|baisse|causes?|raisons?|réponse|résultats?|différence|chiffres?|mesures?|solution|problème|question|idée|objectif|principe|exemple|critiques?|conséquences?|but|règle|suite|phénomène|tendance|opération|travaux|essentiel|principal\w*)(?! (?:de|du|des|d['’]|qui|que|dont|pour|entre)\b| d['’])
            """,
            "(?:{})",
        ),
        pointers=lazily(
            r"\b(?:[Cc]e|[Cc]et|[Cc]ette|[Cc]es)\b (?!qu|dont\b|n['’]|sont\b|sera\b|serait\b|ne\b|fut\b|jour\b|dernier)(?P<noun>\w+)"
        ),
        times=_words("année mois semaine été hiver matin soir printemps automne siècle"),
        page=_one_of(
            r"""
            (?:notre|mon|le présent) (?:article|guide|tutoriel|billet|dossier|blog)|nous (?:allons|verrons|verrez)|voyons|comme (?:nous l['’]avons )?(?:vu|dit|mentionné|expliqué|indiqué)|ci-(?:dessous|dessus|après|contre)
            (?:figure|tableau|section|étape|chapitre) \d+|cliquez|lisez|découvrez (?:notre|nos)|captures? d['’]écran|en commentaires?|dites-\w+|abonnez|inscrivez|partagez|suivez-nous|contactez|bon courage|merci|n['’]hésitez pas|n['’]oubliez pas|voilà tout|(?:a|ont) longtemps été
            (?:photos?|image|source|texte|crédits?|légende)\s?:
            """,
            _PAGE,
        ),
        self=_one_of(r"je|j['’]\w+|mon|ma|mes|moi|me|m['’]\w+"),
        verbs=_words(
            """est sont était étaient sera seront serait a ont avait avaient aura fait font peut peuvent doit doivent faut va vont vaut coûte coûtent dure prend prennent reste restent permet permettent suffit existe existent
            convient tient tiennent vient viennent devient atteint représente demeure compte comptent augmente diminue montre indique votera devrait devraient pourrait"""
        ),
        impersonal=lazily(
            r"Il (?:faut|suffit|convient|existe|vaut mieux|y a|est (?:très |plus |donc )?(?:important|possible|essentiel|préférable|recommandé|conseillé|inutile|nécessaire|interdit|utile|rare|impossible|difficile|facile) (?:de |d['’]|que ))"
        ),
    ),
    "es": Tongue(
        opens=_one_of(
            rf"""
            desde entonces|a est[eo]|a ello|sin embargo|no obstante|en cambio|por el contrario|asimismo|es decir|o sea|en efecto|de hecho|por es[oae]s?|por ell[oa]s?|por esto|por (?:lo )?tanto|por consiguiente|por otro lado|por otra parte|por ejemplo|p\. ej\.|en primer lugar
            en segundo lugar|primero,|segundo,|finalmente|por último|después,|luego|mientras tanto|incluso|aun así|a pesar de (?:ello|eso|todo)|en resumen|en definitiva|(?:con|para|de|por|según|entre|sin) (?:ell[oa]s?|él|eso|esto)|es cierto|es verdad|cierto|se podría|podría objetarse
            dich[oa]s?|(?:la mitad|la mayoría|un[oa]|algun[oa]s|much[oa]s|ningun[oa]|cada un[oa]|el resto|parte) de ell[oa]s|el resto(?! del?\b)|los demás|las demás|amb[oa]s|lo (?:mismo|anterior|cual)|se trata
            (?:un|dos|tres) (?:años?|meses) (?:antes|después|más tarde)|el año (?:anterior|siguiente)|al (?:año|día) siguiente|algun[oa]s (?=(?:son|han|tienen|lo|la|se)\b)|much[oa]s (?=(?:son|han|tienen|lo|la|se|siguen)\b)
            (?:el|la|los|las) (?:dos|otr[oa]s?|primer[oa]?s?|segund[oa]s?|tercer[oa]?|últim[oa]s?|mism[oa]s?|siguientes?|más)
            (?:cerca del? |casi |más del? )?(?:el )?{_FIGURE} (?=(?:son|han|tienen|dicen|lo|la|se|no)\b)
            (?:es|son|era|eran|fue|fueron|está|están|tiene|tienen|puede|pueden|debe|deben|hace|ha|han|cuesta|cuestan|dura|duran|sirve|permite|permiten|ofrece|incluye|supone|representa|consiste|ocurre|sucede|suele|suelen|resulta|afirma|dice|añade|explica)
            (?:no|también|ya|solo|sólo) (?:es|son|era|fue|está|están|tiene|tienen|puede|pueden|debe|deben|ha|han|lo|la|los|las|se)
            (?!faltan|existen|bastan|quedan|imagen|orden|joven|margen|origen|examen|volumen|virgen|también|alguien|quien)(?-i:[A-Z]\w\w\w+(?:an|en|aron|ieron))|ningun[oa] de l[oa]s dos|(?:para|entre|de) l[oa]s demás|(?:en|desde|durante|con|hasta) (?:el |la )?\w+ (?:puede|pueden|suele|suelen|debe|deben|tiene|tienen)|no l[oa]s?|(?=\w*[áéíóú])\w+(?<!u)l[oa]s?
            """,
            _OPENS,
        ),
        within=_one_of(
            r"""
            sin embargo|no obstante|en cambio|por (?:lo )?tanto|por ello|por eso|además|entonces|así(?! como)|pues|allí|ahí|aquí|dich[oa]s?|ello|eso|esto|tampoco|mientras tanto|asimismo|por el contrario|similares?(?! al?\b)|parecid[oa]s?(?! al?\b)|(?:las cifras|los datos)(?=[.,;])|lo (?:necesit\w+|hacen?|hizo|hicieron|dicen?|confirman?|muestran?|explican?|permiten?|saben?|ha|han|es|son|era|creen?)|(?:la cuota|la proporción|la tasa)(?! (?:de|del)\b)|p\. ej|por ejemplo|(?:ningun[oa]|algun[oa]s?|un[oa]s?) de ell[oa]s
            """
        ),
        nouns=_one_of(
            r"""
            (?:el|la|los|las) (?:resultados?|causas?|razón|razones|respuesta|idea|problema|diferencia|solución|cifras?|medidas?|objetivo|clave|cuestión|pregunta|subida|caída|ejemplo|motivos?|consecuencias?|truco|secreto|obras)(?! (?:de|del|que|para|entre|por)\b)
            """,
            "(?:{})",
        ),
        pointers=lazily(
            r"\b(?:[Ee]st[eao]s?|[Ee]s[eao]s?|[Aa]quel(?:l[oa]s?)?|[Éé]st[eao]s?|[Éé]s[eao]s?)\b(?: (?:mism[oa]s? |últim[oa]s? )?(?P<noun>\w+))?"
        ),
        times=_words("año mes semana verano invierno primavera otoño mañana tarde noche siglo"),
        page=_one_of(
            r"""
            como (?:hemos |ya |se ha )?(?:visto|dicho|mencionado|explicado)|más (?:arriba|abajo|adelante)|a continuación|(?:siguiente|anterior) (?:sección|apartado|paso|ejemplo)|(?:figura|tabla|sección|paso|capítulo) \d+|haz clic|captura de pantalla
            (?:nuestro|mi) (?:artículo|blog|guía|post)|te (?:explicamos|mostramos|contamos)|veremos|vamos a (?:ver|explicar)|cu[eé]nt[ae]\w*nos|en (?:los )?comentarios|suscríb\w+|síguenos|contáct\w+|anímate|comparte|gracias(?! a)|no (?:dudes|olvides)
            (?:fotos?|imagen|fuente|texto|créditos?)\s?:
            """,
            _PAGE,
        ),
        self=_one_of(r"yo|mi|mis|mí|mí[oa]s?|me|conmigo|creo|pienso|recomiendo|opino|he \w+(?:ado|ido|cho|sto|rto)"),
        verbs=_words(
            """es son era eran fue fueron será está están ha han había hay tiene tienen tenía puede pueden debe deben debería deberían cuesta cuestan dura sube suben baja crece hace hacen sirve permite permiten necesita necesitan
            conviene basta falta faltan existe existen suele suelen queda quedan llega llegan depende dependen ofrece indica gana pierde coinciden supone"""
        ),
        impersonal=lazily(
            r"(?:Es|No es|Resulta) (?:muy |más )?(?:importante|necesario|mejor|posible|imposible|recomendable|fácil|difícil|preferible|aconsejable|obligatorio|conveniente) "
        ),
    ),
    "it": Tongue(
        opens=_one_of(
            rf"""
            da allora|a ciò|a questo|tuttavia|inoltre|infatti|invece|al contrario|per questo|perciò|pertanto|di conseguenza|in effetti|ad esempio|ad es\.|per esempio|in primo luogo|innanzitutto|infine|poi|dopo,|anche|nemmeno|neanche|lo stesso|cioè|ossia|ovvero
            insomma|in altre parole|da un lato|dall['’]altro|intanto|nel frattempo|quell[ioae]|ne|si tratta|(?:soltanto|solo) così|l['’]anno (?:prima|precedente|dopo|seguente)|(?:un|due|tre) (?:anni?|mesi|mese) (?:prima|dopo)|(?:secondo|per|con|tra) (?:lui|lei|loro|essi|esse)
            è quanto|è vero|certo|si potrebbe|entramb[ie]|alcun[ie] (?=(?:hanno|sono|lo|la|si)\b)|molt[ie] (?=(?:hanno|sono|lo|la|si)\b)|(?:la metà|uno|una|alcun[ie]|molt[ie]|nessuno|ciascuno) di (?:loro|essi|esse)|il resto(?! del\w*)|ecco|qui
            (?:l['’]|il |la |i |le |gli )(?:due|prim[oaie]|second[oaie]|altr[oaie]|ultim[oaie]|stess[oaie]|seguent[ei]|più)
            (?:circa |quasi |oltre )?(?:il |l['’])?{_FIGURE} (?=(?:ha|hanno|sono|è|dice|lo|la|si|non)\b)
            (?:non )?(?:è|sono|era|erano|fu|ha|hanno|può|possono|deve|devono|costa|costano|dura|durano|permette|offre|rappresenta|consiste|succede|risulta|dice|spiega|aggiunge)
            (?!servono|bastano|mancano|occorrono|esistono|italian|uman|milan|vatican)(?-i:[A-Z]\w\w\w+(?:ano|ono|anno))|(?:non )?\w+(?:te|r|ndo)(?:l[oaie]|ne|ci|glie\w+)
            """,
            _OPENS,
        ),
        within=_one_of(
            r"""
            tuttavia|però|inoltre|infatti|invece|perciò|quindi|dunque|pertanto|così(?! come)|lì|qui|là|allora|per questo|nel frattempo|intanto|al contrario|ad es|ad esempio|per esempio|ciò(?! che)|tale|tali|lo (?!s[bcdfghlmnpqrtvz]|z|gn|ps|x|y|i[aeou])(?=\w)|simil[ei](?! ad?\b| al\w*| ai| agli)|(?:le cifre|i dati)(?=[.,;])|ci (?:riesc\w+|vuole|vogliono|pens\w+)|ne (?:deriva|ha|hanno|è|sono|servono|bastano|parla|restano)|(?:la quota|la percentuale|il tasso)(?! (?:di|del\w*|dei|degli)\b)|(?:nessun[oa]|alcun[ie]|un[oa]|ciascun[oa]) di (?:loro|ess[ie])
            """
        ),
        nouns=_one_of(
            r"""
            (?:la |il |le |i |gli |l['’])(?:cifra|causa|cause|ragione|ragioni|risposta|soluzione|differenza|domanda|misura|quota|novità|risultat[oi]|motiv[oi]|problema|dat[oi]|miglioramento|aumento|calo|obiettivo|idea|operazione|segreto|trucco|lavori)(?! (?:di|del\w*|dei|degli|delle|che|per|tra|d['’])\b| (?:dell|d)['’])
            """,
            "(?:{})",
        ),
        pointers=lazily(
            r"\b(?:[Qq]uest[oaie]\b|[Qq]uest['’]|[Qq]uell[oaie]\b|[Qq]uell['’]|[Qq]uei\b|[Qq]uegli\b|[Qq]uel\b)(?! (?:che|di|del|della|dei|delle|degli|dell['’]|da)\b)(?: ?(?P<noun>\w+))?"
        ),
        times=_words("anno mese settimana estate inverno primavera autunno mattina sera secolo"),
        page=_one_of(
            r"""
            vedremo|vediamo|come (?:abbiamo |già )?(?:visto|detto|accennato)|qui sotto|di seguito|più avanti|(?:figura|tabella|passo|capitolo|sezione) \d+|clicca\w*|nei commenti|scriv[ei]\w*[cm][ei]\w*|iscriv\w+ti|seguici|contattaci|condivid\w+|grazie(?! a)
            buon[ao]? (?:lavoro|lettura|divertimento|fortuna)|non esitate|(?:la nostra|il nostro|il mio) (?:guida|articolo|blog)|(?:foto|immagine|fonte|testo)\s?:
            """,
            _PAGE,
        ),
        self=_words("io mio mia miei mie mi me ho credo penso sono\\ stat[oa]"),
        verbs=_words(
            """è sono era erano sarà ha hanno aveva avevano può possono deve devono dovrebbe dovrebbero va vanno fa fanno serve servono basta bastano costa costano dura durano resta restano conviene bisogna occorre
            occorrono esiste esistono arriva arrivano maturano richiede richiedono permette viene vengono cresce supera riguarda dipende dipendono nasconde chiede"""
        ),
        impersonal=lazily(
            r"(?:Non )?è (?:molto |più )?(?:importante|necessario|meglio|possibile|impossibile|utile|inutile|consigliabile|vietato|fondamentale|bene|facile|difficile|preferibile|indispensabile) ",
            re.IGNORECASE,
        ),
    ),
    "pt": Tongue(
        opens=_one_of(
            rf"""
            desde então|a isso|a isto|no entanto|além disso|por isso|por outro lado|por exemplo|p\. ex\.|desse modo|dessa forma|deste modo|desta forma|dest[ea]s?|dess[ea]s?|nest[ea]s?|ness[ea]s?|disso|ou seja|isto é|de fato|de facto|com isso|para isso|enquanto isso|em seguida
            depois,|tampouco|primeiro,|por fim|por último|finalmente|em primeiro lugar|já (?:o|a|os|as)|um ano (?:antes|depois)|no ano (?:anterior|seguinte)|(?:segundo|para|com|entre|sem) (?:el[ea]s?|isso|isto)|(?:não )?se trata|trata-se
            é verdade|é certo|poder-se-ia|o mesmo|o resto(?! d)|os demais|as demais|amb[oa]s|mesmo assim|ainda assim|em suma|em resumo|(?:metade|um|uma|algun?s|algumas|muit[oa]s|nenhum|cada um|a maioria|parte) d?el[ea]s|metade dess[ea]s|não só
            (?:o|a|os|as) (?:dois|duas|primeir[oa]s?|segund[oa]s?|outr[oa]s?|últim[oa]s?|mesm[oa]s?|seguintes?|mais|que mais)
            (?:cerca de |quase |mais de |só |apenas )?{_FIGURE} (?=(?:são|têm|tem|dizem|disseram|o|a|se|não|preferem)\b)|{_FIGURE} del[ea]s
            (?:não |também |já |só )?(?:é|são|era|eram|foi|foram|tem|têm|pode|podem|deve|devem|custa|custam|dura|duram|permite|oferece|representa|consiste|acontece|costuma|diz|explica|afirma)
            (?!faltam|existem|bastam|restam|homem|jovem|ordem|ontem|origem|também|\w+agem)(?-i:[A-Z]\w\w\w+(?:am|em))|\w+(?:e|a|em|am)-(?:[oa]s?|lhes?|se)
            """,
            _OPENS,
        ),
        within=_one_of(
            r"""
            no entanto|porém|contudo|portanto|então|assim(?! como)|ali|lá|aqui|além disso|por isso|por outro lado|todavia|por fim|aliás|enquanto isso|isso|isto|disso|disto|nisso|aquilo|tampouco|semelhantes?(?! a\b| ao| à)|(?:os números|os dados)(?=[.,;])|(?:que|quem|não|já) os? (?:faz|fazem|diz|dizem|confirma|mostra|permite|sabe)|(?:a quota|a taxa|a proporção|a percentagem)(?! d)|p\. ex|por exemplo|(?:nenhum|nenhuma|algum\w*|uma?) del[ea]s
            """
        ),
        nouns=_one_of(
            r"""
            (?:o|a|os|as) (?:causas?|razão|razões|resposta|diferença|solução|ideia|medidas?|nota|resultados?|motivos?|problema|segredo|objetivo|números?|margem|exemplo|truque|obras|consequências?)(?! (?:de|do|da|dos|das|que|para|entre|por|d['’])\b)
            """,
            "(?:{})",
        ),
        pointers=lazily(
            r"\b(?:[DdNn]?[Ee]st[ea]s?|[DdNn]?[Ee]ss[ea]s?|[DdNn]?[Aa]quel[ea]s?|[Àà]quel[ea]s?)\b(?! que\b)(?: (?:mesm[oa]s? |últim[oa]s? )?(?P<noun>\w+))?"
        ),
        times=_words("ano mês semana verão inverno primavera outono manhã tarde noite século"),
        page=_one_of(
            r"""
            mostramos|veremos|vamos (?:ver|mostrar|explicar)|como (?:já )?(?:vimos|dissemos|mencionado|explicado)|(?:acima|abaixo)(?! d)|a seguir|(?:figura|tabela|passo|capítulo|seção|secção) \d+|clique|captura de (?:tela|ecrã)|nos comentários
            cont[ea]-nos|inscrev\w+|siga-nos|contacte|partilhe|compartilhe|obrigad[oa]|não deixe de|não hesite|(?:nosso|meu) (?:artigo|blog|guia)|(?:fotos?|imagem|fonte|texto)\s?:
            """,
            _PAGE,
        ),
        self=_words("eu meu meus minha minhas me mim comigo acho penso recomendo"),
        verbs=_words(
            """é são era eram foi foram será está estão tem têm tinha há pode podem deve devem deveria deveriam custa custam dura fica ficam faz fazem dá dão precisa precisam exige exigem convém basta falta faltam existe existem
            recebeu obteve gasta reduz serve servem costuma costumam ronda aumenta aumentou cresce perde ganha mostra"""
        ),
        impersonal=lazily(
            r"(?:Não )?é (?:muito |mais )?(?:importante|necessário|melhor|possível|impossível|útil|inútil|recomendável|fácil|difícil|preferível|aconselhável|obrigatório|fundamental|essencial) ",
            re.IGNORECASE,
        ),
    ),
    "nl": Tongue(
        opens=_one_of(
            rf"""
            sindsdien|daar komt|weliswaar|toegegeven|bovendien|daarnaast|daardoor|hiermee|verder|tegelijk(?:ertijd)?|daarna|ten slotte|ten eerste|ten tweede|bijvoorbeeld|met andere woorden|kortom|inderdaad|natuurlijk|ondertussen|intussen|in tegenstelling|hetzelfde|sommigen|anderen
            (?:een|twee|drie) (?:jaar|maanden?) (?:later|eerder|ervoor|daarvoor)|het jaar (?:ervoor|daarvoor|daarna)|volgens (?:hem|haar|hen)|volgens [^,]* (?:is|was) dat|(?:zij|hij) |de meesten|zo'?n? (?=(?:is|was|kan|kun|wordt|heeft|bespaar\w*)\b)|(?:geen|één|een deel|de helft|de meeste|veel) van (?:hen|ze|deze|die)|ja|nee
            het (?:is|was|lijkt|blijkt|blijft|wordt|werd|kan|kost|heeft|had|gaat|moet|mag|zal|duurt|werkt|betekent|geeft|maakt|zorgt|helpt|levert|scheelt|komt|verscheen)
            (?:de|het) (?:beide|eerste|tweede|derde|andere|overige|laatste|volgende|zelfde|rest)|(?:twee|drie|vier|sommige|veel|enkele|alle) (?=(?:zijn|hebben|waren|worden|kunnen|moeten)\b)
            (?:ongeveer |bijna |ruim |meer dan |zo'n |slechts )?{_FIGURE} (?=(?:is|zijn|heeft|hebben|had|vindt|zegt|wil)\b)
            """,
            _OPENS,
        ),
        within=_one_of(
            r"""
            toch|echter|dus|daarom|daardoor|bovendien|hier|daar|hierdoor|daarmee|hiermee|daarbij|hierbij|daarvoor|hiervoor|(?<!en )(?<!pas )daarna|zo(?= (?:ruim|ongeveer|bijna|zo'n|\d))|daarvan|hiervan|ervan|ertoe|juist|zulke|intussen|ondertussen|vergelijkbare?(?! met)|soortgelijke|(?:de cijfers)(?=[.,;])|(?:het aandeel|het percentage)(?! (?:van|dat)\b)|vervolgens|daarentegen|desondanks|dergelijke|diezelfde|dezelfde
            (?<=\w )(?<!dat )(?<!of )(?<!zijn )(?<!is )(?<!als )er(?= (?:in|met|op|nauwelijks|om|over|niet|veel|voor|bij)\b)|(?:is|was|wordt|kan|komt|kost|scheelt|bespaart|levert) (?:dat|dit)(?= (?:neer|op te|ongeveer|ruim|al|zo'n|te|niet|wel|met|een)\b)
            """
        ),
        nouns=_one_of(
            r"""
            (?:de|het) (?:oorzaak|oorzaken|reden|redenen|oplossing|verandering|vraag|maatregel|maatregelen|cijfers?|stijging|daling|gevolg|gevolgen|resultaat|resultaten|probleem|idee|antwoord|verschil|doel|succes|truc|geheim|werkzaamheden)(?! (?:van|om|dat|tussen|voor|is dat|met|in)\b)
            """,
            "(?:{})",
        ),
        pointers=lazily(
            r"\b(?:[Dd]eze|[Dd]it)\b(?: (?P<noun>\w+))?|\b(?:[Vv]an|[Ii]n|[Mm]et|[Vv]oor|[Bb]ij|[Oo]p|[Aa]an|[Uu]it|[Oo]ver|[Dd]oor|[Oo]nder|[Nn]a|[Zz]onder) (?:die|dat) (?P<other>\w+)"
        ),
        times=_words("jaar week maand zomer winter dag dagen eeuw ochtend"),
        page=_one_of(
            r"""
            laten we|zoals (?:eerder |hierboven |hieronder )?(?:gezegd|genoemd|vermeld|beschreven)|hieronder|hierboven|(?:figuur|tabel|stap|hoofdstuk|paragraaf) \d+|klik|lees (?:meer|verder|ook|hier)|schermafbeelding|laat (?:het )?ons|neem (?:dan )?contact
            abonneer|volg ons|in de reacties|bedankt|veel (?:plezier|succes)|meld je aan|(?:ons|mijn) (?:artikel|blog|gids)|(?:foto|beeld|bron|tekst)\s?:
            """,
            _PAGE,
        ),
        self=_words("ik mij me mijn mezelf"),
        verbs=_words(
            """is zijn was waren heeft hebben had hadden wordt worden werd werden kan kunnen kon moet moeten mag mogen zal zullen zou zouden gaat gaan kost kosten duurt ligt liggen staat staan blijft blijven komt komen maakt maken
            helpt levert bespaart bespaarde daalt daalde stijgt steeg krijgt krijgen geeft volgt raadt verdient hoort horen past passen"""
        ),
        impersonal=lazily(
            r"Het (?:is|was|blijft|wordt) (?:\w+ )?\w+ (?:om|dat|als) |Het (?:kost|duurt|loont|helpt|heeft) [^,]* om |Het gaat om ", re.IGNORECASE
        ),
    ),
}  # fmt: skip
