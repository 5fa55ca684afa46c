"""Whether a figure of the draft says where it comes from, and whether it has to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from geo_optimizer.analysis.places import name
from geo_optimizer.analysis.shares import POPULATIONS, holding, shares
from geo_optimizer.analysis.sources import attribution, links_by_prose, source_url
from geo_optimizer.analysis.vocabulary import hints
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Sentence, Span, measured


class Assertion(NamedTuple):
    """A figure about the world at large: `figure` as written at `[start, end)` of the sentence."""

    sentence: Sentence
    start: int
    end: int
    figure: str
    value: float | None = None


@cache
def _of_the_world() -> re.Pattern[str]:
    """The average of a population; millions of people; the money of a market."""
    money = r"[$€£]\s?\d[\d.,]*\s?(?:trillion|billion|million|tn|bn|[MBT])\b"
    return re.compile(
        rf"\bthe\s(?:average|typical|median)\s(?:[\w-]+\s){{0,2}}?(?:{POPULATIONS}|worker|employee|consumer|household|American|manager|marketer|adult|shopper)\s(?:[\w'’-]+\s){{1,6}}?(?P<mean>{money}|[$€£]\s?\d[\d,.]*\d|\d[\d,.]*(?:\s?%|\spercent|\s[a-z]+))"
        rf"|^(?:Companies|Organi[sz]ations|Businesses|Firms|Employers|Consumers|Shoppers|Households|Employees|Workers|Managers|Marketers|Americans)\s(?:\w+ly\s)?(?:spend|lose|waste|save)\s"
        rf"(?:[\w'’-]+\s){{0,5}}?(?P<does>{money}|[$€£]\s?\d[\d,.]*\d|\d[\d,.]*(?:\s?%|\spercent|\s(?:minutes|hours|days)\s(?:a|per|each|every)\s[a-z]+))"
        rf"|(?P<many>\b\d[\d.,]*\s(?:million|billion))\s(?:[\w-]+\s){{0,1}}?(?:people|adults|Americans|Europeans|women|men|children|workers|jobs|households|consumers|students|patients|voters)\b"
        rf"|(?P<market>{money})\s(?:[\w-]+\s){{0,3}}?(?:market|industry|opportunity|economy)\b"
        rf"|\b(?:market|industry|economy)\s(?:[\w'’-]+\s){{1,8}}?(?P<worth>{money})",
        re.IGNORECASE,
    )


_WORTH = hints("illion", "$", "€", "£", "he average ", "he typical ", "he median ", " spend ", " lose ", " waste ", " save ")
_SERVES = lazily(
    r"\b(?:help|serve|reach|support|reache|connect|employ|insure|train|teache?)(?:s|ed|ing)?\s(?:over\s|more\sthan\s|about\s|nearly\s|some\s)?$"
)
_LONGEST_SERVICE = 40  # characters of it
_LONGEST_SENTENCE = 2_000  # characters; what is longer is data rather than a sentence
_FIRST = lazily(r"\b(?:we|our|ours|us|my|I|I['’]ve|we['’](?:ve|re)|me)\b")
_OPEN = lazily(
    r"^\W*(?:if|imagine|suppose|say|when|once|in (?:that|this|such|these) |let['’]s|assume|assuming|for example|for instance)\b|\?\W*$|(?:\.\.\.|…)\W*$|\b(?:goal|target|aim(?:s|ed)?|hypothetical|would|could|should"
    r"|might|must|e\.g\.|for example|for instance|probably|i think|i guess|i['’]d|maybe|perhaps|feels? like|something like|at least in)\b",
    re.IGNORECASE,
)
_BOUND = lazily(
    r"\b(?:respondents?|participants?|surveyed|polled|interviewed|attendees?|sample|survey|the (?:study|research|report|poll|data|results|findings|chart|graph|figure"
    r"|authors?|researchers?)|same (?:study|survey|report))\b",
    re.IGNORECASE,
)
_REPORT = lazily(
    r"survey|\bpoll\b|census|\bresults\b|\breport\b|year in review|\bstudy\b|\banniversary\b|retrospective|\bstats\b", re.IGNORECASE
)
_ASKED = ("respondent", "Respondent", "survey", "Survey", "articipants")
_MANY_ASKED = 4  # mentions of those who were asked: the draft tells of its own measurement


@measured
def assertions(draft: Draft) -> tuple[Assertion, ...]:
    """Figures about the world at large that the draft states as known; none of the writer's own, of a survey that the draft tells of, or supposed."""
    if draft.language != "en":
        return ()
    found = tuple(one for one in _stated(draft) if len(one.sentence.text) <= _LONGEST_SENTENCE and _is_bold(one))
    return found if found and not _tells_of_a_survey(draft) else ()


def _stated(draft: Draft) -> Iterator[Assertion]:
    for share in shares(draft):
        if not share.population:
            continue
        yield Assertion(share.sentence, share.start, share.end, share.figure, share.value)
    for sentence in holding(draft, _WORTH):
        if not any(char.isdigit() for char in sentence.text):
            continue
        for match in _of_the_world().finditer(sentence.text):
            kind = match.lastgroup or ""
            if kind == "many" and _SERVES.search(sentence.text, max(0, match.start() - _LONGEST_SERVICE), match.start()):
                continue
            yield Assertion(sentence, match.start(), match.end(), match[kind])


@cache
def _aside() -> re.Pattern[str]:
    """What supposes something and is not what the figure measures: speech that is reported, a further clause."""
    return re.compile(
        r"\b(?:said|says?|reported|believed?|think|thought|expect(?:ed)?|feel|felt)\s(?:that\s)?they(?:['’]d|\s(?:would|could|should|might|must))\b"
        r"|[,;]\s(?:and|but|while|so|which)\b.*[^?]"
    )


def _is_bold(one: Assertion) -> bool:
    text = one.sentence.text
    if _FIRST.search(text) or _BOUND.search(text):
        return False
    return not (_OPEN.search(text) and _OPEN.search(text[: one.end] + _aside().sub("", text[one.end :])))


def _tells_of_a_survey(draft: Draft) -> bool:
    named = f"{draft.title or ''} {name(draft)}"
    return bool(_REPORT.search(named)) or sum(map(draft.source.count, _ASKED)) >= _MANY_ASKED


@measured
def unsourced(draft: Draft) -> tuple[Assertion, ...]:
    """Those that say nowhere who measured them: neither where they stand, nor where the same share is given again."""
    bold = assertions(draft)
    if not bold:
        return ()
    known = _Known((share.value, share.rest.strip()) for share in shares(draft) if has_source(draft, share.sentence))
    return tuple(one for one in bold if not _is_known(one, known) and not has_source(draft, one.sentence))


def _is_known(one: Assertion, known: _Known) -> bool:
    return one.value is not None and known.holds(one.value, one.sentence.text[one.end :].strip(" ."))


class _Known:
    """What is said of shares that have a source, by the share."""

    def __init__(self, said: Iterable[tuple[float, str]]) -> None:
        by_value: dict[float, set[str]] = defaultdict(set)
        for value, text in said:
            by_value[value].add(text)
        self._texts = {value: (texts, sorted(texts), sorted({len(text) for text in texts})) for value, texts in by_value.items()}

    def holds(self, value: float, rest: str) -> bool:
        """Whether the same is said of it, or one of the two goes on where the other ends."""
        texts, in_order, lengths = self._texts.get(value, (set[str](), [], []))
        at = bisect_left(in_order, rest)
        return (at < len(in_order) and in_order[at].startswith(rest)) or any(rest[:n] in texts for n in lengths if n <= len(rest))


def has_source(draft: Draft, sentence: Sentence) -> bool:
    """Whether the sentence, its list's lead-in or its paragraph names who measured, or links or notes where."""
    known = _asked(draft)
    if sentence.span not in known:
        known[sentence.span] = _is_sourced(draft, sentence.prose) or bool(attribution(draft, sentence) or source_url(draft, sentence))
    return known[sentence.span]


@measured
def _asked(_: Draft) -> dict[Span, bool]:
    """Of the sentences that were asked so far: whether they have a source."""
    return {}


def _is_sourced(draft: Draft, prose: int) -> bool:
    """Whether a text names who measured in any of its sentences, or it or its list's lead-in has a link or a note."""
    known = _texts_asked(draft)
    if prose not in known:
        known[prose] = _links_or_names(draft, prose)
    return known[prose]


@measured
def _texts_asked(_: Draft) -> dict[int, bool]:
    return {}


def _links_or_names(draft: Draft, number: int) -> bool:
    prose, links = draft.prose[number], links_by_prose(draft)
    written = draft.text(prose.span)
    if links.get(number) or "[^" in written or "href=" in written or (prose.parent is not None and links.get(prose.parent)):
        return True
    from geo_optimizer.analysis.sources import sentences_of

    return any(attribution(draft, sentence) not in (None, "self") for sentence in sentences_of(draft)[number])
