"""Sentences that say how many of a population do something: "90% of organisations need ...", "two in three teams ...".

English only: which nouns name a population, and where its name ends, is a
matter of one language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.quantities import quantities
from geo_optimizer.analysis.vocabulary import Hints, hints, possible
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Sentence, measured

# Whoever a survey or a census counts, and what a market study does.
POPULATIONS = (
    r"(?:organi[sz]ations?|compan(?:y|ies)|business(?:es)?|firms?|enterprises?|employers?|startups?|start-ups|SMEs|SMBs|manufacturers|retailers|brands|banks"
    r"|executives?|leaders|CIOs|CEOs|CMOs|CTOs|CFOs|CISOs|COOs|boards|managers|directors|founders|entrepreneurs|investors|marketers|advertisers|recruiters"
    r"|employees|workers|professionals|freelancers|staff|decision[ -]makers|people|persons|adults|Americans|Europeans|Britons|Germans|Canadians|Australians"
    r"|consumers|shoppers|buyers|customers|patients|doctors|physicians|nurses|drivers|voters|citizens|residents|taxpayers|households|families|homeowners|homes"
    r"|parents|mothers|fathers|women|men|girls|boys|children|kids|teens|teenagers|millennials|students|pupils|teachers|graduates|schools|universities|hospitals"
    r"|developers|programmers|engineers|designers|scientists|researchers|journalists|publishers|bloggers|readers|viewers|visitors|users|internet users"
    r"|websites|sites|web pages|domains|apps|projects|software projects|teams|departments|agencies|governments|countries|cities|states|nonprofits|charities"
    r"|turnover|churn|absenteeism|shopping carts|breaches|cyberattacks|attacks|incidents|outages|emails|purchases|searches|sales|jobs|deaths|accidents|crashes|cars|vehicles|adults|seniors|farmers|tenants"
    r"|contracts|vulnerabilities|bugs|failures|emissions|energy|electricity|spending|revenues?|traffic|waste|GDP|the (?:world|global)?['’s]* ?population|the workforce|(?:global|web|internet|search) traffic)"
)


class Share(NamedTuple):
    """In `sentence.text`, `[start, end)` is the figure and its population.

    `value` in percent; `population` its words, empty where it is to be
    understood ("only 9% have ..."); `rest` what is said of it.
    """

    sentence: Sentence
    start: int
    end: int
    figure: str
    value: float
    population: str
    rest: str


_VERB = r"(?:have|has|are|do|don['’]t|can|can['’]t|cannot|need|plan|say|use|view|report)\b"


@cache
def _share() -> re.Pattern[str]:
    digit = r"(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|\d{1,3})"
    return re.compile(
        r"(?P<figure>(?<![\d.,])\d{1,3}(?:\.\d+)?(?:\s?%|\s(?:percent|per\scent)\b)"
        rf"|\b{digit}\s(?:out\sof|in)\s(?:every\s)?(?:three|four|five|six|seven|eight|nine|ten|twenty|3|4|5|6|7|8|9|10|20|100)\b(?!\s?%)"
        r"|\b(?:[Hh]alf|[Aa]\sthird|[Aa]\squarter|[Tt]wo[\s-]thirds|[Tt]hree[\s-]quarters|[Oo]ne[\s-](?:third|quarter|fifth))(?=\sof\b))"
        rf"\s(?:of\s)?(?:all\s|the\s(?=world|global|population|workforce))?(?:(?P<population>(?:[\w'’-]+\s){{0,3}}?{POPULATIONS})\b|(?<=\s)(?={_VERB}))(?P<rest>[^.;:!?]*)",
    )


# One of these stands in whatever `_share` matches.
_HINTS = hints(
    *("%", "percent", "per cent", "half of", "third of", "thirds of", "quarter of", "quarters of", " out of "),
    *("one in ", "One in ", "1 in ", "two in ", "Two in ", "three in "),
)


# No population of its own: whoever was asked, or is this writer's.
_OWN = lazily(
    r"\b(?:our|my|your|his|her|their|its|these|those|this|that|them|us|respondents?|participants?|attendees?|surveyed|polled|such|which|whom|and|or|to|in|on|for"
    r"|with|by|from|among|higher|lower|more|less|faster|slower|fewer|as|is|are|was|were|than|the)\b",
    re.IGNORECASE,
)


# A share that somebody sets rather than finds: "roll it out to 10% of users".
_CHOSEN = lazily(r"\b(?:to|with|at|for|by|(?<![Mm]ore\s)(?<![Ll]ess\s)than)\s(?:only\s|just\s)?$")
_ALL = 100.0


@measured
def shares(draft: Draft) -> tuple[Share, ...]:
    """The shares of populations that the author's own sentences state, headings, cells and quotes left out."""
    if draft.language != "en":
        return ()
    found = []
    for sentence in holding(draft, _HINTS):
        for match in _share().finditer(sentence.text):
            read = quantities(match["figure"] + " of" * match["figure"].lower().startswith(("half", "a ")), "en")
            end = match.start("rest")
            if match["population"] and re.match(_VERB, match["population"]):
                end = match.start("population")
            population = sentence.text[match.start("population") : end] if match["population"] else ""
            if read and read[0].value < _ALL and not _OWN.search(population) and not _CHOSEN.search(sentence.text, 0, match.start()):
                found.append(
                    Share(sentence, match.start(), end, match["figure"], read[0].value, population, sentence.text[end : match.end()])
                )
    return tuple(found)


def holding(draft: Draft, signs: Hints) -> Iterator[Sentence]:
    """The author's own sentences in the source of which one of `signs` is found; headings, cells, footnotes and quotes are left out."""
    yield from around(draft, [place for sign in possible(draft, signs) for place in finds(draft, sign)])


def around(draft: Draft, at: Iterable[int]) -> Iterator[Sentence]:
    """The author's own sentences at these places of the source, each once and in order."""
    places = sorted(at)
    if not places or not draft.sentences:
        return
    starts = _starts(draft)
    for number in dict.fromkeys(max(0, bisect_right(starts, place) - 1) for place in places):
        sentence = draft.sentences[number]
        prose = draft.prose[sentence.prose]
        if prose.kind in ("paragraph", "item") and not prose.known and not prose.quoted:
            yield sentence


@measured
def _starts(draft: Draft) -> list[int]:
    return [sentence.span.start for sentence in draft.sentences]


def finds(draft: Draft, word: str) -> Iterator[int]:
    """Where `word` stands in the body."""
    at = draft.source.find(word, draft.body.start)
    while at >= 0:
        yield at
        at = draft.source.find(word, at + len(word))
