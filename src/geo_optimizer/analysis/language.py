"""British or American: which spelling an English draft keeps to, by its own words.

Only words that differ tell: "rise" and "size" are spelt so everywhere, and
"program" and "license" are British words too. British publishers may write
-ize (Oxford spelling), so that ending weighs half of what "color" does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.ranges import Ranges, fixed
from geo_optimizer.analysis.vocabulary import told, told_text
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Prose, Span, Spelling, measured


class SpellingMark(NamedTuple):
    """A word that tells, and which spelling it is of. `weight`: how surely."""

    span: Span
    word: str
    spelling: Spelling
    weight: float


_OUR = """
    col fav behavi lab neighb hon hum harb endeav rum flav vap arm parl sav tum vig od ranc clam splend cand demean
""".split()
_OUR_ENDINGS = "s ed ing able ably ful less ite ites al ally hood hoods er ers y ist ists".split()
_DOUBLED = """
    travel cancel model label fuel signal counsel level channel funnel tunnel marshal dial pedal total equal quarrel rival snorkel
    spiral unravel initial panel marvel jewel
""".split()
_YSE = "anal paral catal electrol hydrol".split()
_BRITISH = """
    centre centres centred centring theatre theatres metre metres kilometre kilometres centimetre centimetres litre litres fibre fibres
    calibre spectre sombre lustre meagre defence defences offence offences pretence pretences licence licences practise practises
    practised practising programme programmes catalogue catalogues analogue whilst amongst learnt spelt dreamt grey greys tyre tyres
    cheque cheques ageing judgement judgements fulfil fulfils fulfilment enrol enrols enrolment skilful skilfully wilful instalment
    instalments aluminium maths artefact artefacts scepticism sceptical sceptic sceptics storey storeys kerb kerbs plough ploughs
    pyjamas manoeuvre manoeuvres mould moulds mouldy encyclopaedia anaemia anaemic oestrogen foetus leukaemia jewellery cosy cosier
    furore speciality
"""
_AMERICAN = """
    center centers centered centering theater theaters kilometer kilometers centimeter centimeters liter liters fiber fibers caliber
    specter somber luster meager defense defenses offense offenses pretense pretenses catalog catalogs gray grays judgment judgments
    fulfill fulfills fulfillment enroll enrolls enrollment skillful skillfully willful installment installments aluminum skepticism
    skeptical skeptic skeptics pajamas maneuver maneuvers maneuvered maneuvering mold molds moldy anemia anemic estrogen leukemia
    jewelry cozy cozier
"""
# Words that go on in many ways, by their beginning.
_OPENING = lazily(r"(?P<british>(?:haemorrhag|anaesthe)\w|paediatric|orthopaedic)|anesthe\w|pediatric|orthopedic")
_OPENING_MARKS = ("haemorrhag", "esthe", "ediatr", "orthop")  # one of them is in each
_IZE = lazily(r"(?P<stem>[a-z]{3,})i(?P<s>[sz])(?:e|es|ed|er|ers|ing|able|ation|ations|ational)")
_IZE_ENDING = lazily(r"i[sz](?:e|es|ed|er|ers|ing|able|ation|ations|ational)\b")
_LAST_WORD = lazily(r"\w+\Z")
_LONGEST = 60  # characters of a word
# What stands before -ise or -ize where only one of them is right, in every spelling.
_ALWAYS_S = lazily(
    r"(?:un|im|de)?(?:adv|advert|appr|ar|compr|dem|dev|disgu|exerc|expert|franch|disenfranch|improv|merchand|prec|conc|rev|superv|surpr|enterpr|telev|r|no|po|tortu?o|turquo|porpo"
    r"|cru|bru|parad|treat|exc|inc|circumc|chast|v|prov|prem|bas|cris|oas|lia)|\w*prom|\w*w|\w*ra"
)
_ALWAYS_Z = lazily(r"(?:re|down|over|under|up|out|mid|full|cap|as)?s|pr|se|ass|ma")
_WORD = lazily(r"\w+")
_Told = tuple[Spelling, float]  # with the weight


@measured
def spelling(draft: Draft) -> Spelling | None:
    """The variant of English that the draft keeps to; None if it is not English, no word tells, or both weigh the same."""
    marks = spelling_marks(draft)
    british = sum(mark.weight for mark in marks if mark.spelling == "british")
    american = sum(mark.weight for mark in marks if mark.spelling == "american")
    if british == american:
        return None
    return "british" if british > american else "american"


@measured
def spelling_marks(draft: Draft) -> tuple[SpellingMark, ...]:
    """Every word of the author's English prose that tells; left out are names (capitals inside a sentence, files), quotations, links and code."""
    telling = telling_words(draft)
    if not telling:
        return ()
    return tuple(
        mark
        for prose, ranges in zip(draft.prose, fixed(draft), strict=True)
        if not prose.known and not prose.quoted and _holds_any(prose.text.lower(), telling)
        for mark in _marks(prose, ranges, telling)
    )


def _holds_any(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


@measured
def telling_words(draft: Draft) -> dict[str, _Told]:
    """The words of an English draft's author that tell, in lower case, and what; they may all be names or stand in links."""
    if draft.language != "en":
        return {}
    text, words = told_text(draft), told(draft)
    candidates = {*(_listed_words() & words), *_in_ize(text)}
    if any(mark in text for mark in _OPENING_MARKS):
        candidates |= {word for word in words if any(mark in word for mark in _OPENING_MARKS)}
    return {word: mark for word in candidates if (mark := _told(word))}


def _in_ize(text: str) -> Iterator[str]:
    """The words that end as if they were written with -ise or -ize; `text` has each word once."""
    for match in _IZE_ENDING.finditer(text):
        end = match.end()
        if last := _LAST_WORD.search(text, max(0, end - _LONGEST), end):
            yield last.group()


def _marks(prose: Prose, ranges: Ranges, told: Mapping[str, _Told]) -> Iterator[SpellingMark]:
    quotations: Ranges | None = None
    for match in _WORD.finditer(prose.text):
        mark = told.get(match.group().lower())
        if mark and not (_is_name(prose, match.start()) or ranges.at(match.start()) or _is_of_a_file(prose.text, match)):
            quotations = quotations or _quotations(prose.text)
            if not quotations.at(match.start()):
                yield SpellingMark(prose.source_span(*match.span()), match.group(), *mark)


_QUOTATION = lazily(
    r"“[^“”]{1,600}”|\"[^\"]{1,600}\"|«[^«»]{1,600}»|(?<!\w)‘(?:[^‘’]|’(?=\w)){1,600}’(?!\w)|(?<!\w)'(?:[^']|'(?=\w)){1,80}'(?!\w)"
)
_BEFORE_IN_A_FILE = lazily(r"(?:[\w)]\.|[/\\@#$=]|--)$")
_AFTER_IN_A_FILE = lazily(r"(?:-\w{1,20}){0,3}(?:\.[a-z\d]|[/\\=]|\(\)|:\w)")


def _quotations(text: str) -> Ranges:
    return Ranges([match.span() for match in _QUOTATION.finditer(text)])


def _is_of_a_file(text: str, word: re.Match[str]) -> bool:
    """Whether a word is a part of an address, a file's name or a name in code: "behavior.js", "/color", "color()"."""
    before = text[max(0, word.start() - 2) : word.start()]
    return _BEFORE_IN_A_FILE.search(before) is not None or _AFTER_IN_A_FILE.match(text, word.end()) is not None


def _told(word: str) -> _Told | None:
    """What a word in lower case tells."""
    if spelling := _listed().get(word):
        return spelling, 2.0
    if opening := _OPENING.match(word):
        return "british" if opening["british"] else "american", 2.0
    match = _IZE.fullmatch(word)
    if match is None:
        return None
    if match["s"] == "z":
        return None if _ALWAYS_Z.fullmatch(match["stem"]) else ("american", 1.0)
    return None if _ALWAYS_S.fullmatch(match["stem"]) else ("british", 2.0)


@cache
def _listed_words() -> frozenset[str]:
    return frozenset(_listed())


@cache
def _listed() -> dict[str, Spelling]:
    """The words that differ, in lower case."""
    endings = ("", *_OUR_ENDINGS)
    our = [(f"{before}{stem}", ending) for before in ("", "dis") for stem in _OUR for ending in endings]
    british = [
        *_BRITISH.split(),
        *(f"{stem}our{ending}" for stem, ending in our),
        *(f"{stem}l{ending}" for stem in _DOUBLED for ending in ("ed", "ing", "er", "ers", "ous")),
        *(f"{stem}ys{ending}" for stem in _YSE for ending in ("e", "ed", "ing", "er", "ers")),
    ]
    american = [
        *_AMERICAN.split(),
        *(f"{stem}or{ending}" for stem, ending in our),
        *(f"{stem}{ending}" for stem in _DOUBLED for ending in ("ed", "ing", "er", "ers")),
        *(f"{stem}yz{ending}" for stem in _YSE for ending in ("e", "es", "ed", "ing", "er", "ers")),
    ]
    return {**dict.fromkeys(american, "american"), **dict.fromkeys(british, "british")}


def _is_name(prose: Prose, at: int) -> bool:
    """A capital in the middle of a sentence; headings may be in title case and count."""
    if prose.kind == "heading" or not prose.text[at].isupper():
        return False
    return at > 0 and not re.search(r"[.!?:…]\W*$", prose.text[max(0, at - 4) : at])
