"""The patterns by which figures are found in a text, compiled once per language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from geo_optimizer.analysis.numerals import Lexicon, lexicon
from geo_optimizer.lazy import lazily

_GROUPS = ",.'’\u00a0\u202f\u2009"  # what may stand between groups of three digits; a plain space too, but not in English
FRACTIONS = {"½": 50.0, "⅓": 100 / 3, "⅔": 200 / 3, "¼": 25.0, "¾": 75.0, "⅕": 20.0, "⅖": 40.0, "⅗": 60.0, "⅘": 80.0, "⅛": 12.5}
_SIGNS = r"(?:US|AU|CA|NZ|HK|A|C|R)?\$|[€£¥₹]|(?:USD|EUR|GBP|CHF|JPY|INR)(?=[\s\d\u00a0])"
_SIGN_LETTERS = "UACNHREGIJ"
LONGEST_SIGN = len("USD ")
_MEASURE = r"(?:[kKMGTPE]i?[Bb](?:ytes?|its?)?|[mgt]b|[kMGT](?:bps|bit/s|B/s)|[MGT](?![\w])|bytes?|bits?|k?Wh|[kMG]W|[kMG]?Hz|[kcm]m|kg|mg|km²|m²|°\s?[CF]|fps|rpm|qps|rps|dpi|px)"
_MONEY_AFTER = r"\s?(?:[€£¥₹]|USD\b|EUR\b|GBP\b|CHF\b)"


# Verbs that state by how much something grew or shrank.
MULTIPLIED = {
    **dict.fromkeys(
        "doubled doubles doubling verdoppelt verdoppelte verdoppelten doublé duplicado duplicó raddoppiato raddoppiata dobrou duplicou verdubbeld verdubbelde".split(),
        2.0,
    ),
    **dict.fromkeys(
        "tripled trebled triples tripling verdreifacht triplé triplicado triplicó triplicato triplicou verdrievoudigd".split(), 3.0
    ),
    **dict.fromkeys("quadrupled quadruples vervierfacht quadruplé cuadruplicado quadruplicato quadruplicou verviervoudigd".split(), 4.0),
    **dict.fromkeys("halved halving halbiert halbierte halbierten dimezzato dimezzata gehalveerd halveerde".split(), 0.5),
}


_WORD = lazily(r"\w+")


def folded(text: str) -> str:
    """`text` with all letters alike that are matched alike where case is ignored."""
    return text.casefold().replace("ı", "i").replace("i̇", "i")


def words_in(text: str) -> list[str]:
    """The words of a text, in `folded` form."""
    return _WORD.findall(folded(text))


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first, spaces standing for any white space; by first letters, which soon tell that none stands here."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        tails.setdefault(word[:1], []).append(re.escape(word[1:]).replace(r"\ ", r"[\s-]"))
    return "|".join(re.escape(letter) + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0]) for letter, rest in tails.items())


class Grammar(NamedTuple):
    """`digits` and `words` match where a figure begins, and `claimed` what is none: its last group, `free`, is digits that nothing claims.

    No match of `words` is without one of `cues`, which are whole words in `folded` form.
    """

    lexicon: Lexicon
    digits: re.Pattern[str]
    words: re.Pattern[str]
    cues: frozenset[str]
    word: re.Pattern[str]
    scale: re.Pattern[str]
    suffix: re.Pattern[str]
    claimed: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    named: re.Pattern[str]
    hyphenated: re.Pattern[str]


@lru_cache(maxsize=16)
def grammar(language: str) -> Grammar:
    lex = lexicon(language)
    groups = _GROUPS if lex.decimal == "." else _GROUPS + " "
    digits = rf"\d{{1,3}}(?:[{groups}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*|(?<!\d)\.\d+"
    long_scales = [s for s in lex.scales if len(s) > 3]
    big = _any([*long_scales, *(w for w, v in lex.words.items() if v in (12, 100) and len(w) > 4)])
    words, articles, shares = _any(lex.words), _any(lex.articles), _any(lex.shares)
    digits_start = rf"""(?=[\d.{_SIGN_LETTERS}$€£¥₹{"".join(FRACTIONS)}])
        (?:(?:(?P<sign>{_SIGNS})\s?|(?<!\w))(?P<digits>{digits})|(?P<fraction>[{"".join(FRACTIONS)}]))"""
    words_start = rf"""\b(?:(?P<share>(?P<part>{words}|{articles})[\s-](?P<whole>{shares}))\b
        |(?P<half>{_any(lex.half)})\b
        |(?P<article>{articles})\s(?=(?:{big})\b)
        |(?P<twice>twice(?=\s(?:as|the|that|those|what|its|more)\b)|(?:double|triple)(?=\s(?:the|that|those|what)\b))
        |(?P<times>{_any(MULTIPLIED)})\b
        |(?P<spelled>{words})\b)"""
    cues = (*lex.words, *lex.shares, *lex.half, *lex.scales, "twice", "double", "triple", *MULTIPLIED)
    flags = re.IGNORECASE | re.VERBOSE
    return Grammar(
        lexicon=lex,
        digits=lazily(digits_start, flags),
        words=lazily(words_start, flags),
        cues=frozenset(words_in("\n".join(re.sub(r"(?<=\w)\W.*", "", cue) for cue in cues))),
        word=lazily(rf"[\s-]?(?:(?P<and>{lex.joiner})[\s-])?(?P<word>{_any([*lex.words, *long_scales])})\b", re.IGNORECASE),
        scale=lazily(
            rf"[\s\u00a0-]?(?P<long>{_any(s for s in lex.scales if len(s) > 2)})(?![\w])|\s?(?P<two>bn|mn|tn|mm)\b|(?P<letter>[kKMBT])(?![\w/])",
            re.IGNORECASE,
        ),
        suffix=lazily(_suffix(lex), flags),
        claimed=lazily(_claimed(lex), re.VERBOSE),
        before=lazily(
            rf"(?:(?<!\w)(?P<word>{_any(lex.before)})\s?(?:(?:the|a|an|of|de|d'|der|die|les|la|le|el|los|las|il|i|de)\s)?|(?P<sign>[~≈<>≤≥]=?|[±])\s?)[(\[\"'“‘*]*$",
            re.IGNORECASE,
        ),
        after=lazily(rf"\s(?P<word>{_any(lex.after)})\b", re.IGNORECASE),
        to=lazily(rf"\s?[–—-]\s?|\s(?:{_any(lex.to)})\s(?:(?:about|around|nearly|over)\s)?", re.IGNORECASE),
        between=lazily(rf"\b(?:{_any(lex.between)})\s\W?$", re.IGNORECASE),
        named=lazily(r"(?:^|[\s(\"“'/])(?P<name>[A-Z][\w.+#&'’-]*)\s$"),
        hyphenated=lazily(r"-(?P<noun>[^\W\d_]{3,})"),
    )


def _suffix(lex: Lexicon) -> str:
    return rf"""(?P<plus>\+)?(?:
        (?P<points>[\s-]?(?:{_any(lex.points)})\b)
        |(?P<percent>[\s\u00a0\u202f-]?(?:%|\\%|‰)|[\s-]+(?:{_any(lex.percent)})(?![\w]))
        |(?P<money>{_MONEY_AFTER}|[\s-](?:{_any(lex.currencies)})\b)
        |(?P<fold>\s?[x×](?![\w])|-?fold\b|-?fach\b)
        |(?P<duration>[\s-]?(?:{_any(lex.durations)})\b(?!\.\w))
        |(?P<times>[\s-](?:{_any(t for t in lex.times if t.isalpha() and len(t) > 2)})\b)
        |(?P<ratio>\s(?:{_any(lex.out_of)})\s(?P<of>\d+(?:,\d+)*|[^\W\d_]+)\b)
        |(?P<slash>\s?/\s?(?P<den>\d+)(?:ths?|rds?|nds?)?(?![\w/.]))
        |(?P<colon>\s?:\s?(?P<against>\d+(?:\.\d+)?)(?![\w:.]\d))
        |(?P<measure>[\s-]?(?-i:{_MEASURE})(?![\w]))
        )?"""


# What is numbered: "step 3", "Table 2".
_NUMBERED = """
    step figure table chapter section part phase level stage tier lesson question article appendix page line episode week day number
    round option item rule tip benefit issue listing note act title group type class category principle pillar reason schritt
    abbildung tabelle kapitel abschnitt seite étape chapitre paso capítulo passo stap hoofdstuk top port http error code room area
    route highway size module unit exercise order rank
""".split()


def _claimed(lex: Lexicon) -> str:
    """What holds digits but states no amount: addresses, identifiers, dates, clock times, versions, ordinals, idioms."""
    month = rf"(?:{_any({*lex.months, *(m.upper() for m in lex.months)})})\.?"
    ordinal = _any(lex.ordinals)
    grouped = r"\d{1,3}(?:\.\d{3})+\b" if lex.decimal == "," else r"(?!)"
    counted = ordinal.replace(r"\.", r"\.(?=\s[a-zäöü])")
    return rf"""(?>(?<!\w)(?:(?=\S)|^)|(?=[\d\\\#№§hw]))(?:(?P<version>\bv\d+(?:\.\d+)*\b|(?<![\w.$€£])(?!{grouped})\d+\.\d+\.\d+(?:[.\w-]*\w)?|\b[Vv]ersions?\s\d+(?:\.\d+|\.x)*|(?<![\w.$€£])\d+(?:\.\d+)*\.x\b)
        |(?P<skip>https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.]+
            |(?<![\w.$€£])(?:\+?\d{{1,3}}[\s.-])?\(?\d{{3}}\)?[\s.-]\d{{3}}-\d{{4}}\b
            |\b(?:24|7)/(?:7|365)\b|\b9/11\b|\b(?:50/50|80/20)\b
            |(?<![\w.])(?!(?:US|EUR|USD|GBP|CHF|JPY|INR|CAD|AUD)\d)[^\W\d]++(?:\.[A-Za-z_.]*)?-?\d[\w.:+-]*(?:/\d[\w.]*)*(?<![.:+-])
            |(?<![\w$€£.,])\d+(?:st|nd|rd|th)?-?[DdP](?![\w])
            |(?<![\w$€£.,])[2-6]G(?![\w])
            |(?<!\w)[A-Za-z]{{2,}}/\d+(?:\.\d+)*(?![\w/])
            |(?<![\w$€£.,])0x[0-9a-fA-F]+|\bU\+[0-9A-F]+
            |(?<![\w./-])[\w.-]*+/(?:[^\WA-Za-z_]|[./-])*[A-Za-z_](?:[^\W\d]|[./-])*\d[\w./-]*)
        |(?P<date>\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b
            |\b\d{{1,2}}(?:{ordinal})?\.?(?:\s?(?:-|–|to|and|bis|und)\s?\d{{1,2}}(?:{ordinal})?\.?)?\s(?:de\s|of\s)?{month}(?![\w])(?:,?\s(?:de\s|del\s)?\d{{4}}\b)?
            |\b{month}(?:\s\d{{1,2}}(?:{ordinal})?(?![\d%])(?:\s?(?:-|–|to|and)\s?(?:{month}\s)?\d{{1,2}}(?:{ordinal})?)?(?:,?\s\d{{4}}\b)?
                |,?\s(?:de\s|del\s|of\s)?(?:18|19|20)\d{{2}}\b))
        |(?P<time>\b\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[aApP]\.?[mM]\b\.?)?(?!\d)|\b\d{{1,2}}\s?[aApP]\.?[mM]\b\.?|\b\d{{1,2}}(?:[.:]\d{{2}})?\sUhr\b|\b\d{{1,2}}\s?h\s?\d{{2}}\b)
        |(?P<ordinal>(?<![\w.$€£])\d+(?:{counted})(?![\w])|\\?\#\d+|№\s?\d+|§+\s?\d+
            |(?<![\w])\(?(?:p|pp|no|nos|nr|fig|ch|sec|vol|eq|art|S)\.\s?\d+(?:[-–]\d+)?
            |\b(?i:question\s\#|{_any(_NUMBERED)})s?\s\#?\d+(?:\.\d+)*(?![\w%.,]\d|[\w%]|\s?%|\spercent|,\d)
            |^\s*\d{{1,3}}[.)](?=\s)|(?<![\w(])\d{{1,2}}\)(?=\s))
        |(?P<free>\d+))"""
