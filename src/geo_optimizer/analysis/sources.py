"""Who says so: the words that name a source, and the link that carries it.

Looked for in the sentence itself, then in the text that introduces its list,
then in the sentence before; a footnote's link counts as the sentence's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo_optimizer.analysis.ranges import Ranges, ranges
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Link, Prose, Sentence, SourcePlace, Span, measured

SELF = "self"

_NAME = r"[^\W\d_][\w'’&.-]*"
_VERBS = (
    r"(?:found|finds|reported|says?|said|shows?|showed|shown|reveal(?:s|ed)|estimated|projected|predict(?:s|ed)|forecasted|stated|noted"
    r"|suggest(?:s|ed)|indicat(?:es|ed)|conclud(?:es|ed)|discover(?:ed)?|point(?:s|ed)\sout|surveyed|examin(?:es|ed)|studied|polled|measured|calculat(?:es|ed)"
    r"|announced|claimed|observ(?:es|ed)|highlighted|confirm(?:s|ed)|counted|interviewed|asked|analy[sz](?:es|ed))\b"
    # these may be nouns, unless an object follows
    r"|(?:reports|states|notes|estimates|projects|forecasts?|studies|surveys|claims|highlights|counts|polls)(?=\s(?:that|an?|the|over|more|about|only|nearly|some|[\d$€£]))"
)
# Nouns that name a measurement: "the Gartner survey", "a study in Norway".
_WORK = r"(?:survey|study|report|poll|census|research|analysis|infographic|index|data|figures|statistics|barometer|panel|tracker|whitepaper|white\spaper|paper|review|benchmark|audit|estimate|forecast|briefing|brief)s?"
_PHRASE = rf"(?:(?:[Aa]|[Aa]n|[Tt]he|[Tt]his|[Tt]hat|[Oo]ur|[Ii]ts|[Tt]heir)\s)?(?:(?:{_NAME}|&)\s){{0,6}}?{_NAME}"

_ACCORDING = lazily(
    r"\b(?:according\sto|as\sreported\sby|as\sper|per\sthe|source:|quelle:|laut|zufolge|selon|d['’]après|según|secondo|segundo|de\sacordo\scom|volgens)\s+"
    rf"(?P<who>{_PHRASE}(?:\s{_NAME}){{0,6}}?)(?=\s*(?:[,;:()–—]|\.(?:\s|$)|$|\s(?:that|which|in|from|published|released|conducted|there|only|over|more|nearly|about|around|approximately|at|is|are|has|have|was|were|\d)\b))",
    re.IGNORECASE,
)
# In the other languages: words that lead to a name, and the name.
_NATIVE = lazily(
    r"\b(?:laut|selon|d['’]après|según|secondo|segundo|de\sacordo\scom|volgens)\s"
    r"(?P<who>(?:(?:einer|eines|einem|der|des|dem|den|von|vom|zu|une?|la|les?|du|des?|el|los|las|del|uno|il|lo|gli|i|o|os|as|da|do|het|een|van"
    r"|étude|enquête|rapport|estudio|encuesta|informe|studio|indagine|rapporto|estudo|pesquisa|relatório|onderzoek|rapport)\s|[ld]['’]|(?-i:[A-ZÄÖÜÉÈ])[\w&.-]*\s){0,7}"
    r"(?-i:[A-ZÄÖÜÉÈ])[\w&.'’-]*)",
    re.IGNORECASE,
)
_FROM_WORK = lazily(
    rf"\b(?:[Ff]rom|[Bb]y|[Oo]f|[Ii]n|participated\sin|responded\sto|completed|conducted\sby|commissioned\sby)\s(?P<who>(?:(?:a|an|the|its|their|this|our)\s)?(?:\w+\s)?(?:[A-Z0-9][\w'’&.-]*\s){{0,5}}(?<=\s){_WORK}(?!\s(?:respondents?|participants?|takers?|results?|responses?|questions?|data|form|link|period|team|tools?))(?:\s(?:by|from|of|in)\s(?:the\s)?[A-Z][\w'’&.-]*(?:\s[A-Z][\w'’&.-]*){{0,4}})?)\b",
)
_SAYS = lazily(
    rf"(?:^|[,;:(–—]\s?|\b(?:and|but|while|that|where|when|as)\s)(?P<who>{_PHRASE}(?:\s(?:of|in|by|from|for|at)\s(?:the\s)?{_NAME}(?:\s{_NAME}){{0,3}})?)(?:\s\([^)]{{1,20}}\))?\s(?:(?:also|clearly|recently|further|has|have|had|once|again|consistently)\s){{0,2}}(?:{_VERBS})(?!\s(?:satisfaction|interest|fees?|cards?|lines?))",
)
_WORK_WORD = lazily(rf"\b{_WORK}\b", re.IGNORECASE)
_CREDIT = lazily(
    r"(?:\((?:source:\s*(?P<source>[^,;()]{2,60})|(?P<cited>[A-Z][\w'’&.-]*(?:\s(?:of|for|the|and|et\sal\.?|[A-Z][\w'’&.-]*)){0,5}),?\s(?:19|20)\d{2})[^()]*\)"
    r"|\s[–—]\s?(?P<signed>[A-Z][\w'’&.-]*(?:\s(?:of|for|the|and|[A-Z][\w'’&.-]*)){0,4})\.?$)"
)
_MEASURED_BY = lazily(
    r"\b(?:stud(?:ied|y)|survey(?:ed)?|poll(?:ed)?|interviewed|measured|counted|compiled|collected|published|released|estimated|reported)\sby\s"
    r"(?P<who>(?:the\s)?[A-Z][\w'’&.-]*(?:\s(?:of|for|the|and|&|[A-Z][\w'’&.-]*)){0,5})",
)
_LAST_WORD = lazily(r"\((?P<who>[A-Z][\w'’&.-]+(?:\s(?:of|for|and|&|[A-Z][\w'’&.-]*)){0,5})\)[.”\"]?$")
_POSSESSIVE = lazily(rf"\b(?P<who>[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){{0,4}})['’]s?\s(?:\w+\s){{0,3}}?{_WORK}\b")
_SELF = lazily(
    r"\b(?:we|our|ours|my|wir|uns(?:er|ere|eren)|nous|notre|nos|nosotros|nuestr[oa]s?|noi|nostr[oaie]|nós|noss[oa]s?|wij|onze|ons)\b",
    re.IGNORECASE,
)
_NOBODY = lazily(
    r"^(?:(?:the|a|an|this|that|these|those|some|many|most|all|other|more)\s)?(?:they|it|he|she|you|i|who|which|there|what|people|users|respondents?|participants?|developers?|results?|this|that|these|those"
    r"|majorit(?:y|ies)|many|most|some|one|half|others?|we|chart|graph|figure|table|percent(?:age)?|number|teens|adults|attendees|customers|response[s]?|nearly|over|about|only|when|where|while|if|how|why|as|in|on|at|for|from|with|by|of|to|and|but|or|so|then|also|however|additionally|finally|data|research|surveys|studies|reports|statistics|their|your|his|her|my|making|using|note|please|here|now|today|yes|no|let['’]?s?)\b",
    re.IGNORECASE,
)
_BY_RULE = lazily(r"\w(?:ed|ly|work|works|act|acts)\s$")  # "formatted according to": a rule, not a source
_LONGEST_RULE = 8  # characters that _BY_RULE can match
_CLAUSE = lazily(
    r"\b(?:is|are|was|were|be|been|about|to|will|can|has|have|had|that|which|who|do|does|not|n['’]t|you|we|they|it)\b", re.IGNORECASE
)
_LEADING = lazily(
    r"^(?:(?:and|but|while|that|where|when|as|since|because|although|though|so|also|if|however|for|in|by|from)\s)+", re.IGNORECASE
)
_HREF = lazily(r"href=[\"']([^\"'>]+)[\"']|\]\(\s*<?(\{\{.*?\}\}|\{%.*?%\}|[^)\s>]+)|(https?://[^\s)>\]\"'<]+)")
_REFERENCE = lazily(r"(?P<who>[A-Z][\w&.'’-]*(?:\s(?:of|for|the|and|&|[A-Z][\w&.'’-]*)){0,6})(?=,\s|\.\s|\s\((?:19|20)\d\d|:\s)")
_MARKS = lazily(r"[^\s<\[]*(?:\[\^[^\]]+\]|</\w+>|\)|\]\([^)]*\))*")
_FOOTNOTE_MARK = lazily(r"\[\^([^\]\s]+)\](?!:)")


# ------------------------------------------------------------------ names


class Credit(NamedTuple):
    """Who measured it (or the link that says so), and where that stands."""

    said: str
    place: SourcePlace


def credit(draft: Draft, sentence: Sentence) -> Credit | None:
    """The words that name who measured it; "self" for our/we; None where nobody is named."""
    if who := named_source(sentence.text):
        return Credit(who, "sentence")
    for label in _FOOTNOTE_MARK.findall(draft.text(_region(draft, sentence))):
        if who := noted_source(draft, label):
            return Credit(who, "footnote")
    for place, before in above(draft, sentence):
        if who := named_source(before.text):
            return Credit(who, place)
    return Credit(SELF, "sentence") if _SELF.search(sentence.text) else None


def attribution(draft: Draft, sentence: Sentence) -> str | None:
    """The words of `credit`."""
    found = credit(draft, sentence)
    return found.said if found else None


def noted_source(draft: Draft, label: str) -> str | None:
    """Who is named in a footnote: in its words, or as a reference begins ("Harbour Watch, *Lamps at sea*, 2024")."""
    note = _notes(draft).get(label)
    if note is None:
        return None
    if who := named_source(note.text):
        return who
    return reference["who"] if (reference := _REFERENCE.match(note.text)) and not _NOBODY.match(reference["who"]) else None


def named_source(text: str) -> str | None:
    """Who is said to have measured, in this sentence: "according to X", "X found that", "X's survey", "(X, 2024)"."""
    for pattern in (_NATIVE, _ACCORDING, _MEASURED_BY, _POSSESSIVE, _SAYS, _FROM_WORK, _CREDIT, _LAST_WORD):
        for match in pattern.finditer(text):
            if pattern is _ACCORDING and _BY_RULE.search(text, max(0, match.start() - _LONGEST_RULE), match.start()):
                continue
            if pattern is _LAST_WORD and _abbreviates(match["who"], text[: match.start()]):
                continue
            if who := _acceptable(next(name for name in match.groups() if name), pattern):
                return who
    return None


def _abbreviates(letters: str, before: str) -> bool:
    """Whether "(GDP)" only shortens the words before it."""
    initials = "".join(word[0] for word in re.findall(r"\w+", before)[-len(letters) :])
    return letters.isupper() and initials.upper().endswith(letters)


def _acceptable(who: str, pattern: re.Pattern[str]) -> str | None:
    """A name or a work of measurement, not "respondents", "it", "the chart"."""
    who = _LEADING.sub("", who.strip(" ,;:.\"'“”"))
    if not who or _SELF.fullmatch(who.split()[0]) or (_NOBODY.match(who) and not _is_proper(who)):
        return None
    if pattern is _FROM_WORK and who.islower() and " " not in who:
        return None  # "readers of paper"
    if _WORK_WORD.search(who) and not _CLAUSE.search(who):
        return who
    if _CLAUSE.search(who):
        return None
    if pattern is _ACCORDING and any(w[0].isupper() for w in who.split()):
        return who
    words = who.split()
    proper = [w for w in words[1:] if w[0].isupper()] or (len(words) == 1 and words[0][0].isupper())
    return who if proper else None


def _is_proper(who: str) -> bool:
    """A name of several words, whatever its first means ("Statistics Malta")."""
    words = who.split()
    return len(words) > 1 and all(word[0].isupper() for word in words) and not _CLAUSE.search(who)


def above(draft: Draft, sentence: Sentence) -> Iterator[tuple[SourcePlace, Sentence]]:
    """The sentence that introduces the list, else the one before in the same text."""
    prose = draft.prose[sentence.prose]
    if prose.parent is not None:
        lead = sentences_of(draft)[prose.parent]
        if lead:
            yield "lead-in", lead[-1]
            if len(lead) > 1 and not named_source(lead[-1].text):
                yield "lead-in", lead[-2]
        return
    own = sentences_of(draft)[sentence.prose]
    at = _places(draft)[sentence.prose, sentence.start]
    if at:
        yield "sentence before", own[at - 1]


@measured
def sentences_of(draft: Draft) -> tuple[tuple[Sentence, ...], ...]:
    """The sentences of each prose, by the prose's index."""
    found: list[list[Sentence]] = [[] for _ in draft.prose]
    for sentence in draft.sentences:
        found[sentence.prose].append(sentence)
    return tuple(tuple(own) for own in found)


@measured
def _places(draft: Draft) -> dict[tuple[int, int], int]:
    """Which sentence of its prose a sentence is, by the prose's index and where in its text it starts."""
    return {(prose, sentence.start): at for prose, own in enumerate(sentences_of(draft)) for at, sentence in enumerate(own)}


def _same_source(one: str, other: str) -> bool:
    """Whether two names of sources may be of one: they share a word with a capital, or one of them has none ("the study")."""
    proper = [
        {word.strip("’'.,").removesuffix("'s").removesuffix("’s") for word in who.split() if word[0].isupper() and word not in _ARTICLES}
        for who in (one, other)
    ]
    return not all(proper) or not proper[0].isdisjoint(proper[1])


_ARTICLES = frozenset({"A", "An", "The", "This", "That", "Another", "One", "Our", "Its", "Their"})


# ------------------------------------------------------------------ links


def link_credit(draft: Draft, sentence: Sentence) -> Credit | None:
    """The link that carries the source: in the sentence (external first, to a place on the page last), its footnote, the lead-in, the sentence before."""
    region = _region(draft, sentence)
    own = [Credit(url, "sentence") for url in _urls_in(draft, sentence.prose, region)]
    own += [Credit(url, "footnote") for url in _footnoted(draft, region)]
    if own:
        return min(own, key=lambda link: (not _is_external(link.said), link.said.startswith("#")))
    own_source = named_source(sentence.text)
    for place, before in above(draft, sentence):
        if own_source and (other := named_source(before.text)) and not _same_source(own_source, other):
            continue
        if place == "sentence before" and not (_WORK_WORD.search(before.text) or named_source(before.text)):
            continue  # its link is for what it says itself
        region = _region(draft, before)
        for url in (*_urls_in(draft, before.prose, region), *_footnoted(draft, region)):
            if _is_external(url):
                return Credit(url, place)
    return None


def source_url(draft: Draft, sentence: Sentence) -> str | None:
    """The address of `link_credit`."""
    found = link_credit(draft, sentence)
    return found.said if found else None


def _urls_in(draft: Draft, prose: int, region: Span) -> list[str]:
    return [*_links_in(draft, prose, region), *_raw_links(draft, region)]


def _region(draft: Draft, sentence: Sentence) -> Span:
    """The sentence with the markup around it: from the end of the one before to the start of the next."""
    prose = draft.prose[sentence.prose]
    own = sentences_of(draft)[sentence.prose]
    at = _places(draft)[sentence.prose, sentence.start]
    start = _tail(draft, own[at - 1].span.end, sentence.span.start) if at else prose.span.start
    end = own[at + 1].span.start if at + 1 < len(own) else prose.span.end
    return Span(start, max(sentence.span.end, _tail(draft, sentence.span.end, end)))


def _tail(draft: Draft, start: int, end: int) -> int:
    """Where the marks end that stand behind a sentence and belong to it; a link that the next opens with begins before its first word."""
    tail = _MARKS.match(draft.source, start, end)
    return min(end, tail.end()) if tail else start


def _links_in(draft: Draft, prose: int, region: Span) -> list[str]:
    links, spans = _link_ranges(draft).get(prose, ((), Ranges(())))
    return [links[n].href for n in spans.over(region.start, region.end) if not links[n].image]


@measured
def _link_ranges(draft: Draft) -> dict[int, tuple[tuple[Link, ...], Ranges]]:
    """The links of each prose by where they begin, and their ranges."""
    found = {prose: tuple(sorted(links, key=lambda link: link.span)) for prose, links in links_by_prose(draft).items()}
    return {prose: (links, ranges(link.span for link in links)) for prose, links in found.items()}


@measured
def links_by_prose(draft: Draft) -> dict[int, tuple[Link, ...]]:
    found: dict[int, list[Link]] = {}
    for link in draft.links:
        if link.prose is not None:
            found.setdefault(link.prose, []).append(link)
    return {prose: tuple(links) for prose, links in found.items()}


def _raw_links(draft: Draft, region: Span) -> list[str]:
    """Links the Markdown parser does not see: HTML anchors, bare addresses, template expressions."""
    return [next(g for g in match.groups() if g).strip() for match in _HREF.finditer(draft.text(region))]


def _footnoted(draft: Draft, region: Span) -> list[str]:
    labels = _FOOTNOTE_MARK.findall(draft.text(region))
    return [url for label in labels if (note := _notes(draft).get(label)) for url in _raw_links(draft, note.span)]


@measured
def _notes(draft: Draft) -> dict[str, Prose]:
    """The footnotes by their labels."""
    found: dict[str, Prose] = {}
    for prose in draft.prose:
        if prose.kind == "footnote":
            lead = re.search(r"\[\^([^\]\s]+)\]:[ \t]*$", draft.source[max(0, prose.span.start - 80) : prose.span.start])
            if lead:
                found[lead.group(1)] = prose
    return found


def _is_external(url: str) -> bool:
    return url.startswith(("http://", "https://", "//"))
