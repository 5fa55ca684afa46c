"""What can be told of claims in six other languages beside their words, figures, names and negations: plans, extents, sources.

The English checks rest on word order and verb forms; these rest on lists of
words alone, so they see less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from geo_optimizer.grounding.evidence import Evidence
from geo_optimizer.grounding.lexicon import listed
from geo_optimizer.grounding.objection import Objection
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.reading import Reading, around
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Reason


class _Words(NamedTuple):
    """`planned`: what makes a plan, forecast or possibility of a sentence; `done`: what tells it as done; `whole` and `part` of a group."""

    planned: frozenset[str]
    done: frozenset[str]
    whole: frozenset[str]
    part: frozenset[str]
    source: re.Pattern[str]


_NAME = r"\s+(?P<source>[^,;:()]+)"
_WORDS: Final[dict[str, _Words]] = {
    "de": _Words(
        listed(
            "will wollen wollte wollten soll sollen plant planen plante planten geplant möchte möchten beabsichtigt könnte könnten dürfte dürften"
        ),
        listed("hat haben hatte hatten wurde wurden"),
        listed("alle allen aller alles sämtliche sämtlichen jeder jede jedes jedem jeden ganze ganzen gesamte gesamten"),
        listed("einige einigen manche manchen mehrere mehreren etliche viele vielen wenige wenigen meisten teilweise teils"),
        lazily(rf"\b(?:[Ll]aut|[Nn]ach\s(?:Angaben|Zahlen|Daten)\s(?:von|des|der)){_NAME}"),
    ),
    "fr": _Words(
        listed(
            "prévoit prévoient prévoyait prévu prévue veut veulent envisage envisagent va vont pourrait pourraient compte comptent souhaite"
        ),
        listed("a ont avait avaient"),
        listed("tous toutes chaque"),
        listed("certains certaines plusieurs quelques peu beaucoup plupart"),
        lazily(rf"\b(?:[Ss]elon|[Dd]['’]après){_NAME}"),
    ),
    "es": _Words(
        listed("prevé prevén planea planean quiere quieren va van podría podrían pretende pretenden piensa piensan espera esperan"),
        listed("ha han había habían"),
        listed("todos todas cada"),
        listed("algunos algunas varios varias pocos pocas muchos muchas mayoría"),
        lazily(rf"\b[Ss]egún{_NAME}"),
    ),
    "it": _Words(
        listed("prevede prevedono intende intendono vuole vogliono potrebbe potrebbero progetta progettano spera sperano"),
        listed("ha hanno aveva avevano"),
        listed("tutti tutte ogni"),
        listed("alcuni alcune diversi diverse pochi poche molti molte maggioranza"),
        lazily(rf"\b[Ss]econdo{_NAME}"),
    ),
    "pt": _Words(
        listed("prevê preveem planeja planejam planeia pretende pretendem quer querem vai vão poderia poderiam espera esperam"),
        listed("foi foram teve tiveram tem têm"),
        listed("todos todas cada"),
        listed("alguns algumas vários várias poucos poucas muitos muitas maioria"),
        lazily(rf"\b(?:[Ss]egundo|[Dd]e\sacordo\scom){_NAME}"),
    ),
    "nl": _Words(
        listed("wil willen wilde wilden plant plannen gaat gaan zal zullen zou zouden kan kunnen hoopt hopen verwacht verwachten"),
        listed("heeft hebben had hadden werd werden"),
        listed("alle elke iedere ieder elk"),
        listed("sommige enkele enige verschillende weinig veel meeste"),
        lazily(rf"\b[Vv]olgens{_NAME}"),
    ),
}


def told_otherwise(evidence: Evidence, language: str) -> Iterator[Objection]:
    """A plan told as done, and some told as all."""
    words = _WORDS.get(language)
    if words is None:
        return
    claim, main, line = evidence.claim, evidence.main.evidence, evidence.passages[0].line
    planned = _first(main, words.planned)
    if planned is not None and _first(claim, words.done) is not None and _first(claim, words.planned) is None:
        yield Objection("done", Reason("modality", f"line {line} says '{around(main, planned)}'; the claim tells it as done"))
    whole, part = _first(claim, words.whole), _first(main, words.part)
    if part is None:
        part = next((i for i in main.at_word if main.figure(i).kind == "percent" and i not in evidence.main.back()), None)
    if whole is not None and part is not None and _first(main, words.whole) is None:
        said = f"the claim says '{claim.words[whole].text}'; line {line} says '{around(main, part)}'"
        yield Objection("extent", Reason("scope", said))


def from_another(evidence: Evidence, language: str, known: Index) -> Iterator[Objection]:
    """A source that the draft does not name beside the evidence."""
    words = _WORDS.get(language)
    match = words.source.search(evidence.claim.text) if words else None
    if match is None:
        return
    first, last = match.span("source")
    names = []
    for i, word in enumerate(evidence.claim.words):
        if first <= word.start < last and word.role != "function":
            if not word.text[0].isupper():
                break
            names.append(i)
    near = {evidence.numbers[0], *known.passages[evidence.numbers[0]].context}
    told = [evidence.claim.words[i] for i in names if evidence.claim.words[i].figure is None][:4]
    if not told or any(known.passages[n].reading.holds(word) for n in near for word in told[:2]):
        return
    holders = [n for word in told for n in known.holding(word)]
    line, said = evidence.passages[0].line, told[0].text
    if not holders:
        yield Objection("source", Reason("attribution", f"'{said}' is not in the draft; line {line} does not give it as a source"))
    else:
        where = known.passages[holders[0]].line
        yield Objection("elsewhere", Reason("attribution", f"'{said}' is named in line {where}, but not as the source of line {line}"))


def _first(reading: Reading, words: frozenset[str]) -> int | None:
    return next((i for i, word in enumerate(reading.words) if word.lower in words), None)
