"""What a figure of a sentence belongs to: of whom it is, what it measures of them, and which way it goes.

English only: where the name of a population ends is a matter of one language.
What a sentence does not say is None; nothing is guessed from the sentences
around it.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise, starmap
from typing import NamedTuple

from geo_optimizer.analysis.quantities import Quantity
from geo_optimizer.analysis.verbs import carries
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Direction


class Binding(NamedTuple):
    """`population`: of whom or what the figure is a share or a number. `measures`: what is said of them, with "…" where the figure stands
    between. `direction`: "up" or "down" where the figure is a change or its result."""

    population: str | None
    measures: str | None
    direction: Direction | None


_WORD = lazily(r"[^\W_][\w'’.&/+-]*[\w%]|[^\W_]")
# What ends the clause of a figure, beside the brackets around it.
_BOUNDARY_PATTERN = (
    r"[;:]\s|\s[–—-]\s|—|[.!?…]\s+(?=[A-Z\"“'])"
    r"|,?\s(?:while|whereas|whilst|although|though|compared\s(?:to|with)|versus|vs\.?|but|despite|up\sfrom|down\sfrom)\s"
    r"|,?\sand\s(?=(?:\w+\s){0,3}\d[\d.,]*\s?(?:%|percent|per\scent)\s(?:of|say|said|are|were|have|had|use|found|agree)\b)"
    r"|,\s(?=and\s[^,]*?[\d%])"
)
_BOUNDARY = lazily(_BOUNDARY_PATTERN)
_BEFORE_BRACKET = lazily(rf"{_BOUNDARY_PATTERN}|(?<=\)),?\s(?:and\s)?(?:(?:with|but)\s)?")
_OF = lazily(
    r"\s(?:(?:of|among|in)\s)?(?P<all>all\s)?(?P<the>(?:the|their|its|our|those|these|your|all|surveyed|a|every)\s)?", re.IGNORECASE
)
_DETERMINERS = lazily(r"^(?:(?:of|among|all|the|their|its|our|those|these|your|a|an|every|each)\s)+", re.IGNORECASE)
_RELATIVE = frozenset("who that which whose".split())
_LONGEST = 9  # words of a population's name
_LONGEST_BARE = 3  # the same where no "of" leads to it
_PLACE = lazily(
    r"\s(?:in|on|at|for|from|during|since|by|to|per|as|through|across|within|and|or)\s"
)  # behind what is counted: where, when, for whom
_SAID = frozenset(
    "surveyed polled indicating saying reporting stating claiming agreeing using asked answering".split()
)  # what a name may be followed by
_AMONG = lazily(r"(?:of|among)\s(?!course\b)(?P<whom>[^,]+),?$", re.IGNORECASE)
_OPENER = lazily(
    r"(?:(?:and|but|so|then|overall|notably|similarly|however|also|still|moreover|furthermore|in\saddition|additionally|finally|in\sfact|indeed|again"
    r"|as\sin\sprior\syears|consistent\swith\sprevious\syears|meanwhile|today|interestingly|unsurprisingly|for\sexample)\b,?\s)+",
    re.IGNORECASE,
)
_UP = r"(?:ris(?:e|es|ing)|rose|risen|gr(?:ow|ows|ew|own|owing|owth)|increas(?:e|es|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|gain(?:s|ed)?|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed)|expand(?:s|ed)?|up|higher|more|faster|larger|greater|longer|improv(?:e|es|ed|ement))"
_DOWN = r"(?:fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion)|shr(?:ink|inks|ank|unk)|cut(?:s|ting)?|los(?:e|es|t)|halv(?:e|es|ed)|down|lower|less|fewer|smaller|slower|shorter|slump(?:s|ed)?|plung(?:e|es|ed))"
_BEFORE_CHANGE = lazily(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s(?:\w+ly\s)?(?:(?:by|to|from|of|at\sleast|about|around|nearly|almost|roughly|some|over|more\sthan|another|an?)\s)*$",
    re.IGNORECASE,
)
_AFTER_CHANGE = lazily(
    rf"(?:,\s(?:a\s)?(?:slightly\s|sharply\s|only\s)?(?=(?:up|down)\s(?:from|on)\b)|\s)(?:(?:year[- ]over[- ]year|annual|relative)\s)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?!\sthan\s\d)",
    re.IGNORECASE,
)
_WORDS_OF_CHANGE = lazily(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))$", re.IGNORECASE)
_FROM = lazily(r"\bfrom\s(?:(?:about|around|nearly|only|just)\s)?$", re.IGNORECASE)
_COMPARISON = lazily(
    r"(?:(?:only|just|about|around|nearly|almost|roughly|approximately|some|over|under|more\sthan|less\sthan|fewer\sthan|at\sleast|up\sto|an?\saverage\sof|an?\sestimated"
    r"|a\stotal\sof|a\sfull|as\smany\sas|well\sover)\s)+$",
    re.IGNORECASE,
)
_TAIL = lazily(r"(?:\s(?:of|by|to|from|at|with|in|for|than|that|the|a|an|is|are|was|were|has|have|and|or|as|about|worth))+$", re.IGNORECASE)
_MARKS = " ,;:.!?()[]\"'“”‘’*–—-"


def binding(text: str, quantity: Quantity) -> Binding:
    """What the figure `quantity` of an English sentence belongs to."""
    start, end = _clause(text, quantity)
    before, after = text[start : quantity.start], text[quantity.end : end]
    direction = _direction(before, after, quantity)
    bracketed = text[: quantity.start].rstrip().endswith("(")
    if bracketed:
        return _of_bracket(text, quantity, direction)
    if quantity.kind == "percent" and quantity.unit == "%":
        named = _named(after)
        if named is not None:
            population, said = named
            lead = _lead(before)
            measures = _joined(lead, said) if lead and not _opens_with_verb(said) else said
            return Binding(population, measures or _joined(lead, "") or None, direction)
        if (among := _AMONG.match(_lead(before))) and after.strip(_MARKS):
            return Binding(among["whom"].strip(_MARKS), after.strip(_MARKS), direction)
        return Binding(None, _rest(before, after), direction)
    if quantity.kind == "count" and quantity.unit:
        counted, said = _counted(after, quantity)
        return Binding(counted, _rest(before, said), direction)
    return Binding(None, _rest(before, after), direction)


def direction_of(text: str, quantity: Quantity) -> Direction | None:
    """Which way the change goes that the figure is the amount or the result of."""
    start, end = _clause(text, quantity)
    return _direction(text[start : quantity.start], text[quantity.end : end], quantity)


def _lead(before: str) -> str:
    """What stands before a figure in its clause, without words that only open the sentence or belong to the figure."""
    lead = _COMPARISON.sub("", before).strip(_MARKS)
    opener = _OPENER.match(lead)
    return lead[opener.end() :] if opener else lead


def _opens_with_verb(text: str) -> bool:
    """Whether one of the first words of a text carries a clause."""
    words = [match.group().lower() for match in islice(_WORD.finditer(text), 4)]
    return bool(words) and (carries("", words[0]) or any(starmap(carries, pairwise(words))))


def opens_with(text: str, figure: str) -> bool:
    """Whether nothing but a comparison stands before the first place of the figure."""
    return not _lead(text[: text.find(figure)]).strip(_MARKS)


def _clause(text: str, quantity: Quantity) -> tuple[int, int]:
    """Where the clause that the figure stands in begins and ends."""
    start, end = 0, len(text)
    for match in _BOUNDARY.finditer(text):
        if match.end() <= quantity.start:
            start = match.end()
        elif match.start() >= quantity.end:
            end = match.start()
            break
    if not text[start : quantity.start].strip(_MARKS) and not text[quantity.end : end].strip(_MARKS):
        return 0, len(text)  # a label and its figure: "Old tools: 19%"
    return start, end


def _direction(before: str, after: str, quantity: Quantity) -> Direction | None:
    if _FROM.search(before):
        return None  # where it came from
    found = _BEFORE_CHANGE.search(before) or _AFTER_CHANGE.match(after)
    if found is None and quantity.kind == "multiple":
        found = _WORDS_OF_CHANGE.search(quantity.text)
    return None if found is None else "up" if found["up"] else "down"


def _of_bracket(text: str, quantity: Quantity, direction: Direction | None) -> Binding:
    """ "Many developers (58%) use it"; "of these, most are open (63%)": of what stands before it, and of what goes on behind it."""
    opening = text.rindex("(", 0, quantity.start)
    begins = max((m.end() for m in _BEFORE_BRACKET.finditer(text, 0, opening)), default=0)
    closing = text.find(")", quantity.end)
    ends = next((m.start() for m in _BOUNDARY.finditer(text, closing + 1)), len(text)) if closing >= 0 else len(text)
    before, after = _lead(text[begins:opening]), text[closing + 1 : ends].strip() if closing >= 0 else ""
    inside = text[quantity.end : closing] if closing >= 0 else ""
    if (named := _named(inside)) is not None:
        return Binding(named[0], _joined(before, after.strip(_MARKS)) or None, direction)
    if _opens_with_verb(after):
        return Binding(before or None, after.strip(_MARKS) or None, direction)
    return Binding(None, _joined(before, "") or None, direction)


def _named(after: str) -> tuple[str, str] | None:
    """The population that follows a share, and the rest of the clause; None where none follows."""
    opening = _OF.match(after)
    said = "of " in opening.group().lower() or "among " in opening.group().lower() if opening else False
    if opening is None:
        return None
    end, verb = _name_end(after, opening.end(), said=said)
    name = after[opening.end() : end].strip(_MARKS)
    if not name or not (said or (verb and not opening["the"])):
        return None
    return name, after[end:].strip(_MARKS)


def _name_end(text: str, at: int, *, said: bool) -> tuple[int, bool]:
    """Where a name that begins at `at` ends, and whether a verb ends it."""
    before, end, relative = "", at, False
    for number, match in enumerate(_WORD.finditer(text, at)):
        word = match.group().lower()
        gap = text[end : match.start()]
        if number == 0 and (carries("", word) and not said):
            return at, True
        if number >= (_LONGEST if said else _LONGEST_BARE) or word in _SAID or re.search(r"[,;:()\[\]–—]", gap):
            return end, False
        if number and carries(before, word):
            if not relative:
                return end, True
            relative = False
        relative = relative or word in _RELATIVE
        before, end = word, match.end()
    return end, False


def _counted(after: str, quantity: Quantity) -> tuple[str | None, str]:
    """What a count counts, and the rest of the clause behind it; the unit where its noun is bound to the figure ("10-page")."""
    if after[:1] == "-":
        return quantity.unit, after.partition(" ")[2]
    named = _name_end(after, 0, said=True)[0]
    placed = _PLACE.search(after, 0, named)
    named = placed.start() if placed else named
    name = _DETERMINERS.sub("", after[:named].strip(_MARKS))
    return (name or quantity.unit), after[named:]


def _rest(before: str, after: str) -> str | None:
    return _joined(_lead(before), after.strip(_MARKS)) or None


def _joined(before: str, after: str) -> str:
    """What stands before and behind the figure, with "…" for it; a preposition that led to it is no part of that."""
    if before and after:
        return f"{before} … {after}"
    return _TAIL.sub("", before) if before else after
