"""British or American: which spelling an English draft keeps to, by its own words.

Only words that differ tell: "rise" and "size" are spelt so everywhere, and
"program" and "license" are British words too. British publishers may write
-ize (Oxford spelling), so that ending weighs half of what "color" does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo_optimizer.analysis.ranges import Ranges, fixed
from geo_optimizer.model import Draft, Prose, Span, Spelling, measured


@dataclass(frozen=True, slots=True)
class SpellingMark:
    """A word that tells, and which spelling it is of. `weight`: how surely."""

    span: Span
    word: str
    spelling: Spelling
    weight: float


_OUR = "col|fav|behavi|lab|neighb|hon|hum|harb|endeav|rum|flav|vap|arm|parl|sav|tum|vig|od|ranc|clam|splend|cand|demean"
_DOUBLED = "travel|cancel|model|label|fuel|signal|counsel|level|channel|funnel|tunnel|marshal|dial|pedal|total|equal|quarrel|rival|snorkel|spiral|unravel|initial|panel|marvel|jewel"
_BRITISH = rf"""(?:dis)?(?:{_OUR})our(?:s|ed|ing|able|ably|ful|less|ite|ites|al|ally|hood|hoods|er|ers|y|ist|ists)?
    |centre[sd]?|centring|theatres?|metres?|kilometres?|centimetres?|litres?|fibres?|calibre|spectre|sombre|lustre|meagre
    |defences?|offences?|pretences?|licences?|practis(?:e|es|ed|ing)
    |programmes?|catalogues?|analogue|whilst|amongst|learnt|spelt|dreamt|grey|greys|tyres?|cheques?|ageing|judgements?|fulfil|fulfils|fulfilment|enrol|enrols|enrolment
    |skilful|skilfully|wilful|instalments?|aluminium|maths|artefacts?|scepticism|sceptical|sceptics?|storeys?|kerbs?|ploughs?|pyjamas|manoeuvres?|mould(?:s|y)?
    |haemorrhag\w+|paediatric\w*|encyclopaedia|orthopaedic\w*|anaemi[ac]|oestrogen|foetus|leukaemia|anaesthe\w+|jewellery|cosy|cosier|furore|speciality
    |(?:{_DOUBLED})l(?:ed|ing|er|ers|ous)
    |(?:anal|paral|catal|electrol|hydrol)ys(?:e|ed|ing|er|ers)"""
_AMERICAN = rf"""(?:dis)?(?:{_OUR})or(?:s|ed|ing|able|ably|ful|less|ite|ites|al|ally|hood|hoods|er|ers|y|ist|ists)?
    |center(?:s|ed|ing)?|theaters?|kilometers?|centimeters?|liters?|fibers?|caliber|specter|somber|luster|meager
    |defenses?|offenses?|pretenses?
    |catalogs?|gray|grays|judgments?|fulfill|fulfills|fulfillment|enroll|enrolls|enrollment
    |skillful|skillfully|willful|installments?|aluminum|skepticism|skeptical|skeptics?|pajamas|maneuver(?:s|ed|ing)?|mold(?:s|y)?
    |pediatric\w*|orthopedic\w*|anemi[ac]|estrogen|leukemia|anesthe\w+|jewelry|cozy|cozier
    |(?:{_DOUBLED})(?:ed|ing|er|ers)
    |(?:anal|paral|catal|electrol|hydrol)yz(?:e|es|ed|ing|er|ers)"""
_IZE = r"[a-z]{3,}i(?P<s>[sz])(?:e|es|ed|er|ers|ing|able|ation|ations|ational)"
# What stands before -ise or -ize where only one of them is right, in every spelling.
_ALWAYS_S = re.compile(
    r"adv|advert|appr|ar|compr|dem|dev|disgu|exerc|expert|franch|disenfranch|improv|merchand|prec|conc|rev|superv|surpr|enterpr|telev|r|no|po|tortu?o|turquo|porpo"
    r"|cru|bru|parad|treat|exc|inc|circumc|chast|v|prov|prem|bas|cris|oas|\w*prom|\w*w|\w*ra"
)
_ALWAYS_Z = re.compile(r"(?:re|down|over|under|up|out|mid|full|cap|as)?s|pr|se|ass|ma")
_MARK = re.compile(rf"(?P<british>{_BRITISH})|(?P<american>{_AMERICAN})|(?P<ize>{_IZE})", re.IGNORECASE | re.VERBOSE)
_WORD = re.compile(r"\w+")


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
    """Every word of the author's English prose that tells; names (capitals inside a sentence), quotations, links and code left out."""
    if draft.language != "en":
        return ()
    marks = _Marks()
    return tuple(
        mark
        for prose, ranges in zip(draft.prose, fixed(draft), strict=True)
        if not prose.known and not prose.quoted
        for mark in _marks(prose, ranges, marks)
    )


class _Marks(dict[str, tuple[Spelling, float] | None]):
    """What each word tells, and how surely: worked out once for a word, however often it is said."""

    def __missing__(self, word: str) -> tuple[Spelling, float] | None:
        match = _MARK.fullmatch(word)
        told = _told(match) if match else None
        mark = (told, 1.0 if match and told == "american" and match["ize"] else 2.0) if told else None
        self[word] = mark
        return mark


def _marks(prose: Prose, ranges: Ranges, known: _Marks) -> Iterator[SpellingMark]:
    for match in _WORD.finditer(prose.text):
        told = known[match.group()]
        if told and not _is_name(prose, match.start()) and not ranges.at(match.start()):
            yield SpellingMark(prose.source_span(*match.span()), match.group(), *told)


def _told(match: re.Match[str]) -> Spelling | None:
    if match["british"]:
        return "british"
    if match["american"]:
        return "american"
    word = match["ize"].lower()
    stem = word[: match.start("s") - match.start() - 1]
    if match["s"].lower() == "z":
        return None if _ALWAYS_Z.fullmatch(stem) else "american"
    return None if _ALWAYS_S.fullmatch(stem) else "british"


def _is_name(prose: Prose, at: int) -> bool:
    """A capital in the middle of a sentence; headings may be in title case and count."""
    if prose.kind == "heading" or not prose.text[at].isupper():
        return False
    return at > 0 and not re.search(r"[.!?:…]\W*$", prose.text[max(0, at - 4) : at])
