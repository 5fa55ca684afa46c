"""What a figure of a sentence belongs to: of whom it is, what it measures of them, and which way it goes.

English only: where the name of a population ends is a matter of one language.
What a sentence does not say is None; nothing is guessed from the sentences
around it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise, starmap
from typing import NamedTuple

from geo_optimizer.analysis.quantities import Quantity
from geo_optimizer.analysis.shares import POPULATIONS
from geo_optimizer.analysis.verbs import carries
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Direction


class Binding(NamedTuple):
    """`population`: of whom or what the figure is a share or a number. `measures`: what is said of them, with "…" where the figure stands
    between. `direction`: "up" or "down" where the figure is a change or its result."""

    population: str | None
    measures: str | None
    direction: Direction | None


NOTHING = Binding(None, None, None)

_WORD = lazily(r"[^\W_][\w'’.&/+-]*[\w%]|[^\W_]")
_FIGURE = lazily(r"(?<![\w.])[$€£]?\d[\d.,]*\s?(?:%|percent\b|per\scent\b)")
# What ends the clause of a figure, beside the brackets around it.
_BOUNDARY = lazily(
    r"[;:]\s|\s[–—-]\s|—|(?<=[a-z\d)%”\"])[.!?…]\s+(?=[A-Z\"“'])"
    r"|,?\s(?:while|whilst)(?!\s\w+ing\b)\s|,?\s(?:whereas|although|though|compared\s(?:to|with)|versus|vs\.?|but|despite|up\sfrom|down\sfrom|according\sto)\s"
    r"|,\s(?:making|signal+ing|highlighting|suggesting|showing|indicating|reflecting|meaning|so|which|an?\s\w+\sof)\s"
    r"|,?\sand\s(?=(?:\w+\s){0,4}?\(?~?[$€£]?\d[\d.,]*\s?(?:%|percent|per\scent|million|billion))"
    r"|,\s(?=and\s[^,]*?[\d%])|,\s(?=(?:\w+\s){0,4}?\(?~?\d[\d.,]*\s?(?:%|percent|per\scent))"
)
_OF = lazily(r"\s(?:of|among)\s(?P<led>(?:(?:all|the|their|its|our|those|these|your|surveyed|a|every)\s)*)", re.IGNORECASE)
_DETERMINERS = lazily(
    r"(?:(?:of|among|all|the|their|its|our|those|these|your|a|an|every|each|almost|nearly|about|around|over|more\sthan|less\sthan|only|just|roughly|some"
    r"|many|most|(?:an?\s)?(?:vast\s|large\s|small\s|overwhelming\s)?(?:majority|minority|number|share|percentage|handful)|half|a\sthird|two[\s-]thirds"
    r"|a\squarter|three[\s-]quarters|(?:one|two|three|four|five|six|seven|eight|nine)\s(?:in|out\sof)\s\w+)\s)+",
    re.IGNORECASE,
)
_RELATIVE = frozenset("who that which whose".split())
_REACH = 600  # characters on either side of a figure within which its clause ends
_LONGEST = 9  # words of a population's name
_SAID = frozenset(
    "surveyed polled indicating saying reporting stating claiming agreeing using asked answering responded".split()
)  # what a name may be followed by
_PLACE = lazily(
    r"\s(?:in|on|at|for|from|during|since|by|to|per|as|through|across|within|and|or|with|than)\s"
)  # behind what is counted: where, when, for whom
_COMPARATIVE = lazily(r"\s(?:\w+er|more|less|fewer|better|worse|faster|smaller|of\sthe\stime)\b", re.IGNORECASE)
_AMONG = lazily(
    r"(?:^|[.;:]\s)(?:of|among)\s(?!course\b)(?P<whom>[^,;:]+),\s(?:only\s|just\s|about\s|nearly\s|almost\s|some\s)?$", re.IGNORECASE
)
_OPENER = lazily(
    r"(?:(?:and|but|so|then|overall|notably|similarly|however|also|still|moreover|furthermore|in\saddition|additionally|finally|in\sfact|indeed|again"
    r"|as\sin\sprior\syears|consistent\swith\sprevious\syears|meanwhile|today|interestingly|unsurprisingly|for\s(?:example|instance)|with)\b,?\s)+",
    re.IGNORECASE,
)
_UP = (
    r"(?:ris(?:e|es|ing)|rose|risen|gr(?:ow|ows|ew|own|owing|owth)|increas(?:e|es|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)"
    r"|soar(?:s|ed|ing)?|gain(?:s|ed)?|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed)|expand(?:s|ed)?|up(?!\sto\b)|higher|more(?!\sthan\b)|faster|larger|greater|longer"
    r"|improv(?:e|es|ed|ing|ement))"
)
_DOWN = (
    r"(?:fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion)|shr(?:ink|inks|ank|unk)"
    r"|cut(?:s|ting)?|los(?:e|es|t)|halv(?:e|es|ed)|down|lower|less(?!\sthan\b)|fewer(?!\sthan\b)|smaller|slower|shorter|slump(?:s|ed)?|plung(?:e|es|ed))"
)
_LEADING = r"(?:(?:by|to|from|of|at\sleast|up\sto|about|around|nearly|almost|roughly|some|over|more\sthan|less\sthan|another|an?|an\saverage\sof|\w+ly)\s)*"
_BEFORE_CHANGE = lazily(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s{_LEADING}$", re.IGNORECASE)
_BY = lazily(
    r"\bby\s(?:(?:at\sleast|up\sto|about|around|nearly|almost|roughly|some|over|more\sthan|less\sthan|another|an?\saverage\sof)\s)*$",
    re.IGNORECASE,
)
_ANY_CHANGE = lazily(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_AFTER_CHANGE = lazily(
    rf"\s(?:(?:year[- ]over[- ]year|annual|relative)\s)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?!\sthan\s\d)", re.IGNORECASE
)
_SINCE = lazily(r"[^.;\d%]{0,60}?[\s(](?:a\s)?(?:slightly\s|sharply\s|only\s)?(?:(?P<up>up)|(?P<down>down))\sfrom\b", re.IGNORECASE)
_WORDS_OF_CHANGE = lazily(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))$", re.IGNORECASE)
_FROM = lazily(r"\bfrom\s(?:(?:about|around|nearly|only|just|under|over|last\s\w+['’]s)\s)?$", re.IGNORECASE)
_COMPARISON = lazily(
    r"(?:(?:only|just|about|around|nearly|almost|roughly|approximately|some|over|under|more\sthan|less\sthan|fewer\sthan|at\sleast|up\sto|an?\saverage\sof|an?\sestimated"
    r"|a\stotal\sof|a\sfull|as\smany\sas|well\sover)\s)+$",
    re.IGNORECASE,
)
_TAIL = lazily(
    r"(?:\s(?:of|by|to|from|at|with|in|for|than|that|the|a|an|is|are|was|were|has|have|and|or|as|about|worth|after|between))+$",
    re.IGNORECASE,
)
_MARKS = " ,;:.!?()[]\"'“”‘’*~–—-"


@cache
def _group() -> re.Pattern[str]:
    """A noun for whom a survey or a census counts."""
    return re.compile(
        rf"\b(?:{POPULATIONS}|respondents?|participants?|users?|visitors?|members?|contributors?|instructors?|learners?|domains?|sites?|websites?)$",
        re.IGNORECASE,
    )


def binding(text: str, quantity: Quantity) -> Binding:
    """What the figure `quantity` of an English sentence belongs to."""
    text, quantity = _nearby(text, quantity)
    start, end = _clause(text, quantity)
    before, after = text[start : quantity.start], text[quantity.end : end]
    direction = _direction(before, text[quantity.end :], quantity)
    if text[: quantity.start].rstrip(" ~").endswith("("):
        return _of_bracket(text, quantity, direction)
    if quantity.kind == "percent" and quantity.unit == "%":
        if (among := _AMONG.search(text[: quantity.start])) and after.strip(_MARKS):
            return Binding(among["whom"].strip(_MARKS), after.strip(_MARKS), direction)
        return _of_share(before, after, quantity, direction)
    if quantity.kind == "count" and quantity.unit:
        counted, said = _counted(after, quantity)
        return Binding(counted, _rest(before, said), direction)
    return Binding(None, _rest(before, after), direction)


def direction_of(text: str, quantity: Quantity) -> Direction | None:
    """Which way the change goes that the figure is the amount or the result of."""
    text, quantity = _nearby(text, quantity)
    start, _ = _clause(text, quantity)
    return _direction(text[start : quantity.start], text[quantity.end :], quantity)


def names_group(text: str) -> bool:
    """Whether a sentence names anybody whom shares are told of."""
    return any(_group().search(match.group()) for match in _WORD.finditer(text))


# ------------------------------------------------------------------ shares


def _of_share(before: str, after: str, quantity: Quantity, direction: Direction | None) -> Binding:
    named = _named(after, quantity)
    lead = _lead(before)
    if named is not None:
        population, said = named
        measures = _joined(lead, said) if lead and not _opens_with_verb(said) else said
        return Binding(population, measures or _joined(lead, "") or None, direction)
    return Binding(None if direction else _subject(lead), _rest(before, after), direction)  # a change is no share of its subject


def _named(after: str, quantity: Quantity) -> tuple[str, str] | None:
    """The population that follows a share, and the rest of the clause; None where none follows."""
    opening = _OF.match(after)
    if opening is None and _COMPARATIVE.match(after):
        return None
    start = opening.end() if opening else 0
    end, verb = _name_end(after, start, said=opening is not None)
    name = after[start:end].strip(_MARKS)
    if not name or (opening is None and not (_group().search(name) and (verb or " in " in quantity.text))):
        return None
    return name, after[end:].strip(_MARKS)


def _of_bracket(text: str, quantity: Quantity, direction: Direction | None) -> Binding:
    """ "Many developers (58%) use it"; "they use Linux (61%) and macOS (59%)": of what stands before it, and of what goes on behind it."""
    opening = text.rindex("(", 0, quantity.start)
    begins = max((m.end() for m in _BOUNDARY.finditer(text, 0, opening)), default=0)
    begins = max([begins, *(m.end() for m in re.finditer(r"\),?\s(?:and\s|or\s)?", text[:opening]))])
    closing = text.find(")", quantity.end)
    ends = next((m.start() for m in _BOUNDARY.finditer(text, closing + 1)), len(text)) if closing >= 0 else len(text)
    before, after = _lead(text[begins:opening]), text[closing + 1 : ends] if closing >= 0 else ""
    inside = text[quantity.end : closing] if closing >= 0 else ""
    if (within := _named(inside, quantity)) is not None:
        return Binding(within[0], _joined(before, after.strip(_MARKS)) or None, direction)
    if _OF.match(after) and (named := _named(after, quantity)) is not None:
        return Binding(named[0], named[1] or None, direction)
    if _opens_with_verb(after) and not _FIGURE.search(after) and (whom := _stripped(before)) and _group().search(whom):
        return Binding(whom, after.strip(_MARKS) or None, direction)
    return Binding(_subject(before), _joined(before, "") or None, direction)


def _subject(lead: str) -> str | None:
    """The group that a clause is about: what stands before its verb, where that is one."""
    end, verb = _name_end(lead, 0, said=True)
    name = _stripped(lead[:end].strip(_MARKS))
    return name if verb and name and _group().search(name) else None


def _stripped(name: str) -> str:
    """Without how many of them: "the vast majority of respondents" -> "respondents"."""
    match = _DETERMINERS.match(name + " ")
    return name[match.end() :].strip(_MARKS) if match else name


# ------------------------------------------------------------------ counts


def _counted(after: str, quantity: Quantity) -> tuple[str | None, str]:
    """What a count counts, and the rest of the clause behind it; the unit where its noun is bound to the figure ("10-page")."""
    if after[:1] == "-":
        return quantity.unit, after.partition(" ")[2]
    end = _plural_end(after)
    if end is None:
        end = _name_end(after, 0, said=True)[0]
        placed = _PLACE.search(after, 0, end)
        end = placed.start() if placed else end
    name = _stripped(after[:end].strip(_MARKS))
    return (name or quantity.unit), after[end:]


def _plural_end(text: str) -> int | None:
    """Where the first plural noun of a count's name ends, among its first words."""
    before = 0
    for match in islice(_WORD.finditer(text), 5):
        if re.search(r"[,;:()\[\]–—]", text[before : match.start()]) or (match.start() and _PLACE.match(text[match.start() - 1 :])):
            return None
        word = match.group().lower()
        if (word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))) or word in (
            "people",
            "women",
            "men",
            "children",
            "staff",
        ):
            return match.end()
        before = match.end()
    return None


# ------------------------------------------------------------------ clauses


def opens_with(text: str, figure: str) -> bool:
    """Whether nothing but a comparison stands before the first place of the figure."""
    return (at := text.find(figure, 0, _REACH)) >= 0 and not _lead(text[:at]).strip(_MARKS)


def _nearby(text: str, quantity: Quantity) -> tuple[str, Quantity]:
    """A very long sentence cut down to what stands around the figure, so that a sentence of thousands is not read once for each."""
    first, last = max(0, quantity.start - _REACH), min(len(text), quantity.end + _REACH)
    return text[first:last], quantity._replace(start=quantity.start - first, end=quantity.end - first)


def _clause(text: str, quantity: Quantity) -> tuple[int, int]:
    """Where the clause that the figure stands in begins and ends."""
    start, end = 0, len(text)
    for match in _BOUNDARY.finditer(text):
        if match.end() <= quantity.start:
            start = match.end()
        elif match.start() >= quantity.end:
            end = match.start()
            break
    if not text[start : quantity.start].strip(_MARKS) and text[quantity.end : end].strip(_MARKS) in ("", "respectively"):
        return 0, len(text)  # a label and its figure: "Old tools: 19%"; "40% and 54%, respectively"
    return start, end


def _direction(before: str, after: str, quantity: Quantity) -> Direction | None:
    if _FROM.search(before):
        return None  # where it came from
    found = _BEFORE_CHANGE.search(before) or _AFTER_CHANGE.match(after) or _SINCE.match(after)
    if found is None and _BY.search(before):
        found = next(reversed(list(_ANY_CHANGE.finditer(before))), None)
    if found is None and quantity.kind == "multiple":
        found = _WORDS_OF_CHANGE.search(quantity.text)
    return None if found is None else "up" if found["up"] else "down"


def _name_end(text: str, at: int, *, said: bool) -> tuple[int, bool]:
    """Where a name that begins at `at` ends, and whether a verb ends it."""
    before, end, relative = "", at, False
    for number, match in enumerate(_WORD.finditer(text, at)):
        word = match.group().lower()
        gap = text[end : match.start()]
        if number == 0 and (carries("", word) and not said):
            return at, True
        if number >= _LONGEST or word in _SAID or re.search(r"[,;:()\[\]–—]", gap):
            return end, word in _SAID
        if number and carries(before, word):
            if not relative:
                return end, True
            relative = False
        relative = relative or word in _RELATIVE
        before, end = word, match.end()
    return end, False


def _lead(before: str) -> str:
    """What stands before a figure in its clause, without words that only open the sentence or belong to the figure."""
    lead = (
        _COMPARISON.sub("", before.rstrip(" (~")).strip(_MARKS) if not before.endswith(" ") else _COMPARISON.sub("", before).strip(_MARKS)
    )
    opener = _OPENER.match(lead + " ")
    return lead[opener.end() :] if opener else lead


def _opens_with_verb(text: str) -> bool:
    """Whether one of the first words of a text carries a clause."""
    words = [match.group().lower() for match in islice(_WORD.finditer(text), 4)]
    return bool(words) and (carries("", words[0]) or any(starmap(carries, pairwise(words))))


def _rest(before: str, after: str) -> str | None:
    return _joined(_lead(before), after.strip(_MARKS)) or None


def _joined(before: str, after: str) -> str:
    """What stands before and behind the figure, with "…" for it; a preposition that led to it is no part of that."""
    if before and after:
        return f"{before} … {after}"
    return _TAIL.sub("", before) if before else after
