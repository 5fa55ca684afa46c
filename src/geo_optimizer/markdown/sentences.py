"""Where sentences end, in the plain text of one block.

Own code, because it runs on every check: the segmenters measured cost more at
start-up than the whole of a check may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.lazy import lazily

# A stop, its closing quotes or brackets, then a space: a candidate. A run of stops is tried from its first only. German closes with “ and «, French with a space before ».
_STOP = lazily(
    r"""(?P<stop>[.!?…。！？](?<![.!?…][.!?…])(?:(?<=[.!?…])[.!?…]*)?)(?P<close>(?:["'”’“»«)\]]|[ \u00a0\u202f]»(?![^\s,.;:!?)]))*)(?P<gap>\s+|(?<=[。！？]))"""
)

# Words after which a full stop does not end a sentence: in any language, then in one where they are no words of another.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st jr sr rev gen rep sen gov hon capt lt col sgt messrs mt ft vs etc cf ca approx est dept inc ltd co corp
    bros univ assn ave blvd rd e.g i.e eg ie a.m p.m u.s u.k u.n ph.d viz resp incl excl avg
    z.b d.h u.a z.t bzw usw vgl abs bd hrsg evtl ggf inkl exkl mio mrd tsd str sog zzgl ggü
    p.ex m mm mme mlle éd réf tél sra srta dña d.ª ud uds aprox pág págs p.ej núm ecc sig dott
    dhr mevr blz bijv enz o.a d.w.z t.o.v dra dott profa avv""".split()
)
_ABBREVIATIONS_OF = {
    language: frozenset(words.split())
    for language, words in {
        "de": "fa hr hrn fr dipl ing bspw mind i.d.r v.chr n.chr chr o.ä u.ä u.u s.o s.u z.zt geb gest o.g",
        "fr": "av apr env boul av.j.-c",
        "es": "ee uu avda admón dpto gral lic dña d.c a.c",
        "it": "es ing geom sigg egr spett",
        "pt": "av exmo exma eng arq ltda séc sto sta",
        "nl": "drs ir ing mw jl",
    }.items()
}
# Words that are abbreviations only before a number: "No. 5", "Fig. 3", "Jan. 12".
_BEFORE_NUMBERS = frozenset(
    "no nos fig figs eq vol vols p pp ch sec art nr min max tel jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"
    " abb kap tab ziff rn pag pagg cap sez lett n nn séc str".split()
)
# After these a capital is likely a new sentence all the same ("... 8 p.m. The talks", "Acme Inc. The firm").
_MAY_END = frozenset(
    "etc usw ecc enz inc ltd co corp a.m p.m u.s u.k u.n jr sr ph.d al u.a o.a o.ä u.ä chr v.chr n.chr uu i.d.r ltda jl a.c d.c".split()
)
_STARTERS = frozenset(
    """the a an it its this that these those he she they we i you our their his her there here in on at by for from with
    but and so yet or if when while as after before since although however meanwhile most many some all one two not
    der die das ein eine es er sie wir im am in auf bei mit für und aber doch wenn als
    le la les un une il elle ils elles nous en dans el los las una uno en de o os a as um uma het een de""".split()
)
# Characters looked at on either side of a stop: no abbreviation is longer, and a text of one line stays quick to read.
_REACH = 64
_LEAD = lazily(r"[\"'“‘«»„(\[¿¡*_ ]*")
_WORD_AFTER = lazily(r"\W*(\w+)")
_INITIAL = lazily(r"\w\.|Chr\.")
_INITIALS_BEFORE = lazily(r"(?:(?<!\w)\w\.[ \u00a0\u202f])+\Z")
_UNIT = lazily(r"(?:°|\d)[ \u00a0\u202f]?[ACFKLNVW]\Z")
_ROMAN = lazily(r"[IVXLC]+\b")
_CENTURY = lazily(r"[IVXLC]{2,}\b|[VX]\b")
_ELIDED = lazily(r"['’‘][stnkm] \w")  # Dutch: "'s Ochtends"
_INITIALS = lazily(r"(?:\w\.)+\w")
_ORDINAL_LANGUAGES = frozenset({"de", "da", "nb", "nn", "fi", "cs", "pl", "hu"})


def boundaries(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """The `[start, end)` of every sentence in `text`, without the space around it."""
    start = len(text) - len(text.lstrip())
    for match in _STOP.finditer(text):
        if match.end() < len(text) and _ends(text, match, language):
            yield start, match.end("close")
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


def _ends(text: str, match: re.Match[str], language: str) -> bool:
    if match["stop"] in "。！？":
        return True
    if not _opens(text, match.end()):
        return False
    if match["stop"] != ".":
        return True
    return not _is_abbreviation(text, match.start(), match.end(), language)


def _opens(text: str, at: int) -> bool:
    """Whether what follows can begin a sentence: not a lower-case word, not a dash or a comma."""
    lead = _LEAD.match(text, at)
    first = text[lead.end() : lead.end() + 1] if lead else ""
    if elided := _ELIDED.match(text, at):
        return elided.group()[-1].isupper()
    return bool(first) and not first.islower() and (first.isalnum() or first in "$€£#@<`+~§")


def _is_abbreviation(text: str, stop: int, after: int, language: str) -> bool:
    """Whether the word that ends at `stop` is only shortened there; `after` is where the next word may begin."""
    word = _word_before(text, stop)
    before = _INITIALS_BEFORE.search(text, max(0, stop - len(word) - _REACH), stop - len(word))  # spaced: "z. B."
    last = "".join((before.group() if before else "").split()).lower() + word.lower().lstrip(".")
    if last in _ABBREVIATIONS or last in _ABBREVIATIONS_OF.get(language, ()):
        return not (last in _MAY_END and _is_starter(text, after))
    if (last in _BEFORE_NUMBERS or last.endswith("str")) and text[after].isdigit():
        return True
    if len(last) == 1 and last.isalpha():  # an initial: "J. Smith"; the first letter of two: "z. B."; "s. XX"; no unit: "24 °C."
        return bool(_INITIAL.match(text, after) or (last == "s" and _CENTURY.match(text, after))) or (
            text[stop - 1].isupper() and not _is_starter(text, after) and not _UNIT.search(text, max(0, stop - 4), stop)
        )
    if language in _ORDINAL_LANGUAGES and ((last.isdigit() and len(last) <= 2) or (len(word) > 1 and _ROMAN.fullmatch(word))):
        return not _is_starter(text, after)  # "am 3. Mai", "Ludwig XIV. von"
    return "." in last and bool(_INITIALS.fullmatch(last)) and not _is_starter(text, after)


def _word_before(text: str, end: int) -> str:
    """What ends here: letters, digits and full stops."""
    start, floor = end, max(0, end - _REACH)
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in "._"):
        start -= 1
    return text[start:end]


def _is_starter(text: str, at: int) -> bool:
    """Whether the next word is one that sentences begin with."""
    word = _WORD_AFTER.match(text, at, at + _REACH)
    return word is not None and word.group(1).lower() in _STARTERS
