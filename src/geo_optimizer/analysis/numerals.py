"""How seven languages write numbers: separators, number words, scales, units, and the words around a figure.

Tables, and one function: `lexicon(language)`. A language that is not in them
is read with the English words and the decimal comma.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# What stands before (or after) a figure, as one of these words whatever the language.
Comparison = str  # "more than" | "at least" | "less than" | "up to" | "about" | "nearly" | "only" | "average"


class Lexicon(NamedTuple):
    """The number words of one language; all keys in lower case.

    `decimal`: the sign between units and tenths. `words`: cardinals to
    ninety-nine and "hundred". `scales`: what multiplies a figure before it.
    `shares`: fractions as nouns ("third" -> 3, its denominator). `before` and
    `after`: comparisons, longest first when compiled. `durations`,
    `currencies`: to the names used in `Quantity.unit`. `months`: as written, the
    twelve in full, then their short forms.
    """

    decimal: str
    words: dict[str, int]
    scales: dict[str, float]
    articles: tuple[str, ...]
    joiner: str
    percent: tuple[str, ...]
    points: tuple[str, ...]
    half: tuple[str, ...]
    shares: dict[str, int]
    out_of: tuple[str, ...]
    times: tuple[str, ...]
    to: tuple[str, ...]
    between: tuple[str, ...]
    before: dict[str, Comparison]
    after: dict[str, Comparison]
    durations: dict[str, str]
    currencies: dict[str, str]
    months: tuple[str, ...]
    ordinals: tuple[str, ...]
    stop: frozenset[str]


def normal(words: str) -> str:
    """The form of the tables' keys: lower case, one space between words, hyphens as spaces."""
    return " ".join(words.lower().replace("-", " ").split())


def _table(rows: str) -> dict[str, str]:
    """`"canonical: word, word; canonical: word"` as word -> canonical."""
    found = {}
    for row in rows.split(";"):
        name, _, words = row.partition(":")
        for word in words.split(","):
            found[normal(word)] = name.strip()
    return found


def _numbered(words: str, start: int = 1) -> dict[str, int]:
    return {word: n for n, word in enumerate(words.split(), start)}


def _tens(words: str) -> dict[str, int]:
    return {word: 10 * n for n, word in enumerate(words.split(), 2)}


def _compounds(units: dict[str, int], tens: dict[str, int], joiner: str) -> dict[str, int]:
    """Languages that write the unit first, in one word: fünf-und-zwanzig, vijf-en-twintig (twee-ën-twintig)."""
    return {f"{unit}{_diaeresis(unit, joiner)}{ten}": u + t for unit, u in units.items() for ten, t in tens.items()}


def _diaeresis(unit: str, joiner: str) -> str:
    return "ën" if joiner == "en" and unit.endswith("e") else joiner


_SCALE_SIGNS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_CODES = "$: usd, us$; €: eur; £: gbp; ¥: jpy; CHF: chf; ₹: inr"
_SHORT_TIMES = "second: s, sec, secs; millisecond: ms; microsecond: µs, μs; nanosecond: ns; minute: min, mins; hour: h, hr, hrs"

_EN_ONES = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 1
)
_EN = Lexicon(
    decimal=".",
    words=_EN_ONES | _tens("twenty thirty forty fifty sixty seventy eighty ninety") | {"hundred": 100, "dozen": 12},
    scales=_SCALE_SIGNS | {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7},
    articles=("a", "an"),
    joiner="and",
    percent=("percent", "per cent", "pct"),
    points=("percentage points", "percentage point", "percentage-point", "percent points", "pp", "ppt"),
    half=("half",),
    shares=_numbered("third quarter fifth sixth seventh eighth ninth tenth", 3)
    | _numbered("thirds quarters fifths sixths sevenths eighths ninths tenths", 3),
    out_of=("out of every", "out of", "in every", "in", "of every", "of the", "of"),
    times=("times", "-fold", "fold", "x", "×"),
    to=("to", "through"),
    between=("between",),
    before=_table(
        "more than: more than, over, above, greater than, exceeding, exceeds, exceeded, upwards of, in excess of, well over, better than, north of, beyond;"
        "at least: at least, no fewer than, no less than, a minimum of, minimum of;"
        "less than: less than, fewer than, under, below, short of;"
        "up to: up to, at most, no more than, not more than, a maximum of, maximum of, as many as, as much as, as high as;"
        "about: about, around, approximately, approx., approx, roughly, some, circa, ca., an estimated, estimated, or so;"
        "nearly: nearly, almost, close to, just under, just shy of, not quite, approaching;"
        "only: only, just, merely, a mere, no more than about;"
        "average: an average of, average of, on average, a median of, median of"
    ),
    after=_table("at least: or more, or over, or older, or higher, and up, and above, plus; up to: or less, or fewer, or under, or below"),
    durations=_table(
        "second: second, seconds; millisecond: millisecond, milliseconds; minute: minute, minutes; hour: hour, hours; day: day, days;"
        "week: week, weeks; month: month, months; quarter: quarters; year: year, years, yr, yrs; decade: decade, decades; century: century, centuries;"
        "microsecond: microsecond, microseconds; nanosecond: nanosecond, nanoseconds;" + _SHORT_TIMES
    ),
    currencies=_table(
        "$: dollar, dollars, us dollars, u.s. dollars; €: euro, euros; £: pound sterling, pounds sterling, pounds; ¥: yen, yuan; ₹: rupees; cent: cent, cents;"
        + _CODES
    ),
    months=_split(
        "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    ),
    ordinals=("st", "nd", "rd", "th"),
    stop=frozenset(
        _split("""a an the and or but of in on at by for from with to as than into per over under after before since until during within is are
        was were be been being has have had do does did can could will would may might shall should must that which who whom
        whose this these those it its their our we they he she i you his her my your not no so if when while where also already
        now then there only just about more less fewer up down out ago later old versus vs compared each every all both
        respectively said say says reported agree agreed use used using need needs want think feel felt prefer chose selected
        indicated described answered""")
    ),
)

_DE_UNITS = _numbered("ein zwei drei vier fünf sechs sieben acht neun", 1)
_DE_TENS = _tens("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_DE = Lexicon(
    decimal=",",
    words={"eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
    | _numbered("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn", 10)
    | {"einer": 1, "eine": 1, "hundert": 100, "einhundert": 100, "zweihundert": 200, "dreihundert": 300, "tausend": 1000, "dutzend": 12}
    | _DE_TENS
    | _compounds(_DE_UNITS, _DE_TENS, "und"),
    scales={
        "tausend": 1e3,
        "tsd.": 1e3,
        "tsd": 1e3,
        "million": 1e6,
        "millionen": 1e6,
        "mio.": 1e6,
        "mio": 1e6,
        "milliarde": 1e9,
        "milliarden": 1e9,
    }
    | {"mrd.": 1e9, "mrd": 1e9, "billion": 1e12, "billionen": 1e12, "k": 1e3},
    articles=("eine", "ein", "einer"),
    joiner="und",
    percent=("prozent", "v. h.", "percent"),
    points=("prozentpunkte", "prozentpunkten", "prozentpunkt"),
    half=("hälfte", "halb", "halbe"),
    shares=_numbered("drittel viertel fünftel sechstel siebtel achtel neuntel zehntel", 3),
    out_of=("von", "aus"),
    times=("mal", "-fach", "fach", "-mal", "x", "×"),
    to=("bis",),
    between=("zwischen",),
    before=_table(
        "more than: mehr als, über, gut, knapp über, oberhalb von; at least: mindestens, wenigstens, zumindest; less than: weniger als, unter;"
        "up to: bis zu, höchstens, maximal; about: etwa, rund, ungefähr, circa, ca., zirka, in etwa; nearly: fast, knapp, nahezu, beinahe;"
        "only: nur, lediglich, bloß, gerade einmal; average: durchschnittlich, im durchschnitt, im schnitt"
    ),
    after=_table("at least: oder mehr; up to: oder weniger"),
    durations=_table(
        "second: sekunde, sekunden; millisecond: millisekunde, millisekunden; minute: minute, minuten; hour: stunde, stunden; day: tag, tage, tagen;"
        "week: woche, wochen; month: monat, monate, monaten; year: jahr, jahre, jahren; decade: jahrzehnt, jahrzehnte, jahrzehnten;"
        + _SHORT_TIMES
    ),
    currencies=_table("$: dollar, us-dollar; €: euro; £: pfund; CHF: franken, schweizer franken; cent: cent;" + _CODES),
    months=_split(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez"
    ),
    ordinals=(".",),
    stop=frozenset(
        _split("""der die das des dem den ein eine einer eines einem einen und oder aber von in im an am auf aus bei mit für nach vor seit zu zum
        zur ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können soll sollen nicht auch nur noch schon
        mehr als wie pro je dass die sich es sie wir ihr er später alt jedoch""")
    ),
)

_FR = Lexicon(
    decimal=",",
    words=_numbered("un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
    | {
        "une": 1,
        "vingt": 20,
        "vingts": 20,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "septante": 70,
        "nonante": 90,
        "cent": 100,
    },
    scales={
        "mille": 1e3,
        "million": 1e6,
        "millions": 1e6,
        "milliard": 1e9,
        "milliards": 1e9,
        "billion": 1e12,
        "billions": 1e12,
        "k": 1e3,
        "m": 1e6,
        "md": 1e9,
        "mds": 1e9,
    },
    articles=("un", "une"),
    joiner="et",
    percent=("pour cent", "pourcent", "p. 100"),
    points=("points de pourcentage", "point de pourcentage"),
    half=("moitié",),
    shares={"tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "dixième": 10, "dixièmes": 10},
    out_of=("sur",),
    times=("fois", "x", "×"),
    to=("à",),
    between=("entre",),
    before=_table(
        "more than: plus de, plus d', au-delà de, supérieur à; at least: au moins, au minimum; less than: moins de, moins d', sous;"
        "up to: jusqu'à, au plus, au maximum; about: environ, autour de, à peu près, quelque; nearly: près de, presque, quasiment;"
        "only: seulement, à peine, seuls, seules; average: en moyenne"
    ),
    after=_table("at least: ou plus; up to: ou moins"),
    durations=_table(
        "second: seconde, secondes; minute: minute, minutes; hour: heure, heures; day: jour, jours; week: semaine, semaines; month: mois;"
        "year: an, ans, année, années; decade: décennie, décennies;" + _SHORT_TIMES
    ),
    currencies=_table(
        "$: dollar, dollars; €: euro, euros, d'euros; £: livre, livres sterling; CHF: francs, franc; cent: centimes;" + _CODES
    ),
    months=_split("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ordinals=("er", "re", "e", "ème", "ᵉ"),
    stop=frozenset(
        _split("""le la les l un une des de du d et ou mais en dans à au aux par pour sur avec sans est sont était étaient a ont avait ne pas que
        qui dont ce cette ces se il elle ils elles nous vous on plus moins selon après avant depuis""")
    ),
)

_ES = Lexicon(
    decimal=",",
    words=_numbered(
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte"
    )
    | {
        "un": 1,
        "una": 1,
        "veintiuno": 21,
        "veintidós": 22,
        "veintitrés": 23,
        "veinticuatro": 24,
        "veinticinco": 25,
        "treinta": 30,
        "cuarenta": 40,
    }
    | {"cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100, "docena": 12},
    scales={"mil": 1e3, "mil millones": 1e9, "millón": 1e6, "millones": 1e6, "billón": 1e12, "billones": 1e12, "k": 1e3, "m": 1e6},
    articles=("un", "una"),
    joiner="y",
    percent=("por ciento",),
    points=("puntos porcentuales", "punto porcentual"),
    half=("mitad",),
    shares={
        "tercio": 3,
        "tercios": 3,
        "tercera parte": 3,
        "cuarto": 4,
        "cuartos": 4,
        "cuarta parte": 4,
        "quinto": 5,
        "quinta parte": 5,
        "décima parte": 10,
    },
    out_of=("de cada",),
    times=("veces", "x", "×"),
    to=("a",),
    between=("entre",),
    before=_table(
        "more than: más de, más del, por encima de, superior a; at least: al menos, por lo menos, como mínimo; less than: menos de, menos del, por debajo de;"
        "up to: hasta, como máximo, a lo sumo; about: alrededor de, alrededor del, aproximadamente, cerca de, unos, unas, en torno a, en torno al;"
        "nearly: casi, prácticamente; only: solo, sólo, solamente, apenas, tan solo; average: de media, en promedio"
    ),
    after=_table("at least: o más; up to: o menos"),
    durations=_table(
        "second: segundo, segundos; minute: minuto, minutos; hour: hora, horas; day: día, días; week: semana, semanas; month: mes, meses;"
        "year: año, años; decade: década, décadas;" + _SHORT_TIMES
    ),
    currencies=_table("$: dólar, dólares; €: euro, euros, de euros; £: libras; cent: céntimos;" + _CODES),
    months=_split("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    ordinals=("º", "ª", ".º", ".ª"),
    stop=frozenset(
        _split("""el la los las un una unos unas de del y o pero en a al por para con sin sobre es son era eran fue fueron ha han había no que se
        su sus más menos como según desde hasta lo le les ya también cada""")
    ),
)

_IT = Lexicon(
    decimal=",",
    words=_numbered(
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti"
    )
    | {
        "un": 1,
        "una": 1,
        "venticinque": 25,
        "trenta": 30,
        "quaranta": 40,
        "cinquanta": 50,
        "sessanta": 60,
        "settanta": 70,
        "ottanta": 80,
        "novanta": 90,
        "cento": 100,
    },
    scales={"mila": 1e3, "mille": 1e3, "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9, "k": 1e3, "mln": 1e6, "mld": 1e9},
    articles=("un", "una"),
    joiner="e",
    percent=("per cento", "percento"),
    points=("punti percentuali", "punto percentuale"),
    half=("metà",),
    shares={"terzo": 3, "terzi": 3, "quarto": 4, "quarti": 4, "quinto": 5, "quinti": 5, "decimo": 10},
    out_of=("su",),
    times=("volte", "x", "×"),
    to=("a",),
    between=("tra", "fra"),
    before=_table(
        "more than: più di, più del, oltre, oltre il, superiore a; at least: almeno, minimo; less than: meno di, meno del, sotto;"
        "up to: fino a, al massimo; about: circa, intorno a, all'incirca; nearly: quasi, poco meno di; only: solo, soltanto, appena; average: in media"
    ),
    after=_table("at least: o più; up to: o meno"),
    durations=_table(
        "second: secondo, secondi; minute: minuto, minuti; hour: ora, ore; day: giorno, giorni; week: settimana, settimane; month: mese, mesi;"
        "year: anno, anni; decade: decennio, decenni;" + _SHORT_TIMES
    ),
    currencies=_table("$: dollaro, dollari, di dollari; €: euro, di euro; £: sterline, di sterline; cent: centesimi;" + _CODES),
    months=_split("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    ordinals=("º", "ª", "°"),
    stop=frozenset(
        _split("""il lo la i gli le un una di del dello della dei degli delle e o ma in nel nella a al alla per con su è sono era erano ha hanno
        non che si più meno come da dal dalla anche""")
    ),
)

_PT = Lexicon(
    decimal=",",
    words=_numbered(
        "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove vinte"
    )
    | {
        "uma": 1,
        "duas": 2,
        "trinta": 30,
        "quarenta": 40,
        "cinquenta": 50,
        "sessenta": 60,
        "setenta": 70,
        "oitenta": 80,
        "noventa": 90,
        "cem": 100,
        "cento": 100,
    },
    scales={
        "mil": 1e3,
        "mil milhões": 1e9,
        "milhão": 1e6,
        "milhões": 1e6,
        "bilhão": 1e9,
        "bilhões": 1e9,
        "trilhão": 1e12,
        "trilhões": 1e12,
        "mi": 1e6,
        "bi": 1e9,
        "k": 1e3,
    },
    articles=("um", "uma"),
    joiner="e",
    percent=("por cento",),
    points=("pontos percentuais", "ponto percentual", "p.p."),
    half=("metade",),
    shares={"terço": 3, "terços": 3, "quarto": 4, "quartos": 4, "quinto": 5, "quintos": 5, "décimo": 10},
    out_of=("em cada", "de cada"),
    times=("vezes", "x", "×"),
    to=("a",),
    between=("entre",),
    before=_table(
        "more than: mais de, mais do que, acima de, superior a; at least: pelo menos, ao menos, no mínimo; less than: menos de, abaixo de;"
        "up to: até, no máximo; about: cerca de, aproximadamente, em torno de, por volta de; nearly: quase, perto de;"
        "only: apenas, só, somente; average: em média"
    ),
    after=_table("at least: ou mais; up to: ou menos"),
    durations=_table(
        "second: segundo, segundos; minute: minuto, minutos; hour: hora, horas; day: dia, dias; week: semana, semanas; month: mês, meses;"
        "year: ano, anos; decade: década, décadas;" + _SHORT_TIMES
    ),
    currencies=_table(
        "$: dólar, dólares, de dólares; €: euro, euros, de euros; R$: reais, de reais, r$; £: libras; cent: centavos;" + _CODES
    ),
    months=_split("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    ordinals=("º", "ª"),
    stop=frozenset(
        _split("""o a os as um uma de do da dos das e ou mas em no na nos nas ao à por para com sem é são era eram foi foram tem têm não que se
        mais menos como segundo desde até já também cada""")
    ),
)

_NL_UNITS = _numbered("een twee drie vier vijf zes zeven acht negen", 1)
_NL_TENS = _tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
_NL = Lexicon(
    decimal=",",
    words={"één": 1}
    | _NL_UNITS
    | _numbered("tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien", 10)
    | _NL_TENS
    | {"honderd": 100, "dozijn": 12}
    | _compounds(_NL_UNITS, _NL_TENS, "en"),
    scales={"duizend": 1e3, "miljoen": 1e6, "miljard": 1e9, "biljoen": 1e12, "mln.": 1e6, "mln": 1e6, "mld.": 1e9, "mld": 1e9, "k": 1e3},
    articles=("een",),
    joiner="en",
    percent=("procent",),
    points=("procentpunten", "procentpunt"),
    half=("helft",),
    shares={"derde": 3, "kwart": 4, "vijfde": 5, "tiende": 10},
    out_of=("op de", "van de", "op"),
    times=("keer", "maal", "x", "×"),
    to=("tot",),
    between=("tussen",),
    before=_table(
        "more than: meer dan, ruim, boven; at least: minstens, ten minste, minimaal; less than: minder dan, onder; up to: tot, hooguit, maximaal;"
        "about: ongeveer, circa, zo'n, rond, rond de, ca.; nearly: bijna, haast, krap; only: slechts, maar, alleen; average: gemiddeld"
    ),
    after=_table("at least: of meer; up to: of minder"),
    durations=_table(
        "second: seconde, seconden; minute: minuut, minuten; hour: uur, uren; day: dag, dagen; week: week, weken; month: maand, maanden;"
        "year: jaar, jaren; decade: decennium, decennia;" + _SHORT_TIMES
    ),
    currencies=_table("$: dollar; €: euro; £: pond; cent: cent;" + _CODES),
    months=_split("januari februari maart april mei juni juli augustus september oktober november december"),
    ordinals=("e", "ste", "de"),
    stop=frozenset(
        _split("""de het een en of maar van in op aan bij met voor na tot uit door is zijn was waren wordt worden heeft hebben had niet ook die
        dat deze meer minder dan als per om te er we ze""")
    ),
)

_LEXICONS = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "it": _IT, "pt": _PT, "nl": _NL}


@cache
def lexicon(language: str) -> Lexicon:
    return _LEXICONS.get(language) or _EN._replace(decimal=",")
