"""Where sentences end, in the plain text of one block.

Own code, because it runs on every check: the segmenters measured cost more at
start-up than the whole of a check may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_optimizer.lazy import lazily

# A stop, its closing quotes or brackets, then a space: a candidate. A run of stops is tried from its first only.
_STOP = lazily(r"""(?P<stop>[.!?…。！？](?<![.!?…][.!?…])(?:(?<=[.!?…])[.!?…]*)?)(?P<close>["'”’»)\]]*)(?P<gap>\s+|(?<=[。！？]))""")

# Words after which a full stop does not end a sentence: English, German, French, Spanish, Italian, Portuguese, Dutch.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st jr sr rev gen rep sen gov hon capt lt col sgt messrs mt ft vs etc cf ca approx est dept inc ltd co corp
    bros univ assn ave blvd rd e.g i.e eg ie a.m p.m u.s u.k u.n ph.d viz resp incl excl avg
    z.b d.h u.a z.t bzw usw vgl abs bd hrsg evtl ggf inkl exkl mio mrd tsd str sog zzgl ggü
    p.ex m mm mme mlle éd réf tél sra srta dña d.ª ud uds aprox pág págs p.ej núm ecc sig dott
    dhr mevr blz bijv enz o.a d.w.z t.o.v""".split()
)
# Words that are abbreviations only before a number: "No. 5", "Fig. 3", "Jan. 12".
_BEFORE_NUMBERS = frozenset(
    "no nos fig figs eq vol vols p pp ch sec art nr min max tel jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun".split()
)
# After these a capital is likely a new sentence all the same ("... 8 p.m. The talks", "Acme Inc. The firm").
_MAY_END = frozenset("etc usw ecc enz inc ltd co corp a.m p.m u.s u.k u.n jr sr ph.d al".split())
_STARTERS = frozenset(
    """the a an it its this that these those he she they we i you our their his her there here in on at by for from with
    but and so yet or if when while as after before since although however meanwhile most many some all one two not
    der die das ein eine es er sie wir im am in auf bei mit für und aber doch wenn als
    le la les un une il elle ils elles nous en dans el los las una uno en de o os a as um uma het een de""".split()
)
# Characters looked at on either side of a stop: no abbreviation is longer, and a text of one line stays quick to read.
_REACH = 64
_LEAD = lazily(r"[\"'“‘«„(\[¿¡*_ ]*")
_WORD_AFTER = lazily(r"\W*(\w+)")
_INITIAL = lazily(r"\w\.")
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
    return bool(first) and not first.islower() and (first.isalnum() or first in "$€£#@<`+~§")


def _is_abbreviation(text: str, stop: int, after: int, language: str) -> bool:
    """Whether the word that ends at `stop` is only shortened there; `after` is where the next word may begin."""
    last = _word_before(text, stop).lower().lstrip(".")
    if last in _ABBREVIATIONS:
        return not (last in _MAY_END and _is_starter(text, after))
    if last in _BEFORE_NUMBERS and text[after].isdigit():
        return True
    if len(last) == 1 and last.isalpha():  # an initial: "J. Smith"; or spaced: "z. B."
        return bool(_INITIAL.match(text, after)) or (text[stop - 1].isupper() and not _is_starter(text, after))
    if last.isdigit() and len(last) <= 2 and language in _ORDINAL_LANGUAGES:  # "am 3. Mai"
        return True
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
