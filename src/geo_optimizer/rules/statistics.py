"""S: figures that a reader can trust and an engine can quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geo_optimizer.analysis.vocabulary import hints, told
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Sentence, Span
from geo_optimizer.rules.rule import Evidence, Hit, rule

_CRAFT = Evidence("craft", "attribution of figures is editorial practice; its effect on citations is contested (C-SEO Bench, 2025)")
_EDITING = Evidence("craft", "fact-checking practice: a figure is published with its unit, its date and what it is a share of")
_CONSISTENCY = Evidence("craft", "fact-checking practice: an article does not contradict itself")
_SNIPPETS = Evidence("guidance", "Google Search Central, Influencing your title links: titles and headings describe what the page says")


@rule("S001", "info", _CRAFT)
def statistic_without_source(draft: Draft) -> Iterator[Hit]:
    """A figure about the world at large names no source, neither in words nor by a link.

    Why: a reader cannot check it, and it is quoted without saying who
    measured it. The writer's own measurements, figures of their own product
    or organisation, and those of a survey that the article tells of need none.

    Languages: English.

    Fires on:

        # Costs

        In a typical year 42% of companies overspend on storage.

    Fires on:

        The average company plans to spend $3 million on storage.

    Fires on:

        74% of companies said they would keep a hybrid model, and the average company saves $11,000 by it.

    Fires on:

        Employees spend 28% of their week on email, and more than half of consumers read reviews.

    Silent on:

        If 74% of companies kept it, they could save $11,000.

    Silent on:

        # Costs

        According to the Harbour Institute, 42% of companies overspend on storage.

    Silent on:

        In 2024, [42% of companies](https://example.org/costs) overspent on storage.

    Silent on:

        Our new release starts 42% faster, and we found that 8% of users never restart it.
    """
    from geo_optimizer.analysis.provenance import unsourced

    for one in unsourced(draft):
        yield Hit(_span(draft, one.sentence, one.start, one.end), f"{one.figure}: says neither who measured it nor links to the source")


def _span(draft: Draft, sentence: Sentence, start: int, end: int) -> Span:
    return draft.prose[sentence.prose].source_span(sentence.start + start, sentence.start + end)


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:(?:last|this|past) (?:year|quarter|month|summer|winter|spring|autumn)|nowadays|^today|in recent (?:years|months)"
        r"|the (?:past|last) (?:year|decade|few years|two years|three years|five years)"
        r"|(?:latest|recent|new|newest) (?:[a-z]+ )?(?:survey|study|research|report|figures|poll|census|analysis))\b",
        re.IGNORECASE,
    )


_RELATIVES = hints("last ", "this ", "past ", "recent ", "owadays", "Today", "latest ", "new ", "newest ")
_AMOUNT = lazily(r"\d\s?%|\d percent\b|\d (?:m|b|tr)illion\b|[$€£]\s?\d")


@rule("S002", "info", _EDITING)
def undated_statistic(draft: Draft) -> Iterator[Hit]:
    """A figure hangs on "last year", "recently" or "the latest study", and nothing near it says which year that is.

    Why: once the article is read later, or quoted elsewhere, nobody can tell
    when the figure was true. A date in the frontmatter, or a year nearby,
    settles it.

    Languages: English.

    Fires on:

        Sales of lamps rose by 12% last year.

    Fires on:

        The institute's latest survey is sobering:

        - 40% of harbours have no lamp
        - 12% have one

    Silent on:

        ---
        date: 2024-03-01
        ---
        Sales of lamps rose by 12% last year.

    Silent on:

        Sales of lamps rose by 12% last year. In 2022 they had fallen.

    Silent on:

        Last year we moved house.
    """
    if draft.language != "en" or not any(sign in draft.source for sign in ("%", "percent", "illion", "$", "€", "£")):
        return
    from geo_optimizer.analysis.shares import holding
    from geo_optimizer.analysis.years import states_its_date, year_near

    if states_its_date(draft):
        return
    for sentence in holding(draft, _RELATIVES):
        match = _relative().search(sentence.text)
        if match and _is_measured(draft, sentence, match) and not year_near(draft, sentence.prose):
            yield Hit(
                _span(draft, sentence, *match.span()),
                f"“{match.group()}” dates the figures, and nothing near it says which year; give the year",
            )


def _is_measured(draft: Draft, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether figures hang on the words: in the sentence, or after a study, in what it introduces; a link says when by itself."""
    from geo_optimizer.analysis.sources import links_by_prose

    if links_by_prose(draft).get(sentence.prose):
        return False
    if _AMOUNT.search(sentence.text):
        return True
    if not re.search(r"(?:survey|study|research|report|figures|poll|census|analysis)$", match.group(), re.IGNORECASE):
        return False
    prose = draft.prose[sentence.prose]
    below = [p.text for p in draft.prose[sentence.prose + 1 : sentence.prose + 4] if p.parent == sentence.prose]
    return any(_AMOUNT.search(text) for text in (prose.text[sentence.end : sentence.end + 240], *below))


@cache
def _bare_change() -> re.Pattern[str]:
    """A change by or to a bare number of what is no count: "revenue grew by 20 last year"."""
    number = r"\d[\d,]*(?:\.\d+)?"
    return re.compile(
        r"\b(?P<what>revenues?|turnover|sales|profits?|costs?|prices?|spending|budgets?|traffic|productivity|growth|conversions?|conversion rates?|demand"
        r"|engagement|efficiency|income|vacancy(?: rates?)?|occupancy(?: rates?)?|unemployment|churn|emissions|salaries|wages|rents?|inflation|exports|imports|output|consumption|energy use|latency|response times?)"
        r"\s(?:\w+\s){0,3}?(?:has\s|have\s)?(?:grew|grown|rose|risen|fell|fallen|increased|decreased|dropped|declined|jumped|climbed|soared|shrank|went\s(?:up|down))\s"
        rf"(?:by\s{number}|from\s{number}\sto\s{number})"
        r"(?P<after>$|[.,;:)](?:\s|$)|\s(?:last|this|in|over|since|between|year|compared|during|and|within|after|from|while|when|on average)\b)",
        re.IGNORECASE,
    )


# One of these is in whatever `_bare_change` matches.
_CHANGING = frozenset("grew grown rose risen fell fallen increased decreased dropped declined jumped climbed soared shrank went".split())


@rule("S003", "warning", _EDITING)
def figure_without_unit(draft: Draft) -> Iterator[Hit]:
    """Something grew or fell by a number that has no unit.

    Why: twenty percent, twenty million and twenty euros are three different
    claims.

    Languages: English.

    Fires on:

        Revenue grew by 20 last year.

    Fires on:

        The price of oil fell from 30 to 20.

    Fires on:

        Vacancy rose by 19 last year.

    Silent on:

        Revenue grew by 20% last year, and prices fell from $30 to $20.

    Silent on:

        The number of lamps rose from 30 to 20, and sales rose by 20 lamps.
    """
    if draft.language != "en" or told(draft).isdisjoint(_CHANGING):
        return
    from geo_optimizer.analysis.shares import around, finds

    places = [at for word in (" by ", " from ") for at in finds(draft, word) if draft.source[at + len(word) : at + len(word) + 1].isdigit()]
    for sentence in around(draft, places):
        if "%" in sentence.text or not any(char.isdigit() for char in sentence.text) or _COUNTED.search(sentence.text):
            continue
        for match in _bare_change().finditer(sentence.text):
            end = match.start("after")
            figure = re.split(r"\s(?=by\s|from\s)", match.group())[-1][: None if end == match.end() else end - match.end()]
            yield Hit(
                _span(draft, sentence, match.start(), end), f"“{figure.strip()}” has no unit; say what of: percent, a currency, a count"
            )


_COUNTED = lazily(
    r"\b(?:number of|index|score|points?|percent(?:age)?|million|billion|units?|in (?:dollars|euros|ms|milliseconds|seconds|thousands))\b|[$€£]",
    re.IGNORECASE,
)


@rule("S004", "warning", _CONSISTENCY)
def figures_at_odds(draft: Draft) -> Iterator[Hit]:
    """Two figures of the draft do not go together.

    Why: a reader who notices believes neither; and whoever quotes one of them
    quotes what the article itself denies.

    Languages: English.

    Fires on:

        90% of companies consider storage audits essential.

        90% of companies need storage audits.

    Fires on:

        42% of companies overspend on cold storage.

        ## Why

        47% of companies overspend on cold storage.

    Fires on:

        Only 9% have connected their lamps to the grid.

        Nine out of ten teams can't connect their lamps.

    Silent on:

        42% of companies overspend on cold storage, and 90% of companies consider audits essential.

        In 2019, 47% of companies overspent on cold storage. 90% of companies need a budget.
    """
    if draft.language != "en":
        return
    from geo_optimizer.analysis.contradictions import contradictions

    for pair in contradictions(draft):
        first, second = pair.first, pair.second
        line = draft.line(first.sentence.span.start)
        before, here = _said(first.sentence, first.start), _said(second.sentence, second.start)
        message = {
            "stronger": f"the same {second.figure} is given to two claims: “{here}” here, “{before}” on line {line}; one says more than the other",
            "unable": f"“{here}” does not follow from “{before}” on line {line}: that they have not is not that they cannot",
            "values": f"{second.figure} here, {first.figure} on line {line} for the same thing: “{before}”",
        }[pair.kind]
        yield Hit(_span(draft, second.sentence, second.start, len(second.sentence.text)), message)


_SHOWN = 80  # characters of a sentence that a message repeats


def _said(sentence: Sentence, start: int) -> str:
    text = sentence.text[start:].rstrip(".")
    return text if len(text) <= _SHOWN else text[: text.rfind(" ", 0, _SHOWN)] + " ..."


@rule("S005", "warning", _SNIPPETS)
def figure_not_in_text(draft: Draft) -> Iterator[Hit]:
    """A figure in the title, the description or the H1 stands nowhere in the text.

    Why: it is what readers come for, and the article does not bear it out.

    Fires on:

        # Why 88% of harbours stay dark

        Only 12% of harbours have a lamp at all, as the institute found when it asked the masters of every harbour on the coast in the spring.
        The others wait. They wait for money, for oil, for somebody who can climb a ladder in the wind, and for a law that says who has to do it.
        Most of all they wait for one another, since a lone lamp on a dark coast draws the very ships that it was meant to warn, and nobody wants
        to be that harbour. So the ships wait as well, and the fish is late, and the price of it rises in town, where nobody knows why it does.
        The institute proposes a date on which all of them light their lamps at once, as was done on the islands long ago, with good success.

    Silent on:

        # Nine in ten harbours stay dark

        90% of harbours have no lamp.

    Silent on:

        # 7 ways to light a harbour

        Buy a lamp.
    """
    from geo_optimizer.analysis.promises import remainder, unkept

    for place, figure in unkept(draft):
        rest = remainder(draft, figure)
        shown = f"; it is 100 − {rest[0].text.rstrip('% ')} (line {rest[1]}), which says something else" if rest else ""
        span = Span(place.span.start + figure.start, place.span.start + figure.end)
        yield Hit(span, f"{figure.text} is in the {place.part}, and nowhere in the text{shown}")


@cache
def _nobody() -> re.Pattern[str]:
    """Sources that name nobody. What stands before them must not make them somebody's."""
    works = (
        r"(?:studies|research|surveys|science|statistics|experts|scientists|researchers|analysts|critics|economists|psychologists|doctors)"
    )
    says = r"(?:shows?|suggests?|indicates?|finds?|found|reveals?|says?|agrees?|believes?|estimates?|proves?|confirms?|recommends?|warns?|predicts?|demonstrates?|tells us)"
    return re.compile(
        rf"(?:^|[,;:(]\s|\b(?:that|and|but|as|because|since|while)\s)(?P<who>(?:(?:many|some|most|several|numerous|recent|countless|scientific|various|other|new)\s){{0,2}}{works}\s"
        rf"(?:(?:has|have|consistently|also|often|clearly|now|long|repeatedly)\s){{0,2}}(?:{says}|shown|proven|suggested|demonstrated))\b"
        rf"|\b(?P<according>according to (?:an?\s|some\s|many\s|several\s|one\s)?(?:recent\s|new\s|latest\s)?(?:study|studies|survey|surveys|research|report|experts|analysts|scientists|statistics))\b"
        rf"|(?:^|[,;:(]\s|\b(?:that|and|but|as)\s)(?P<one>(?:an?|one|some|several)\s(?:recent|new|famous|well-known)?\s?(?:study|studies|survey|surveys)\s(?:(?:has|have)\s)?(?:found|finds|shows?|showed|shown|suggests?|suggested|revealed|concluded))\b",
        re.IGNORECASE,
    )


_CLAIMING = hints(
    *("tudies ", "esearch ", "urveys ", "cience ", "xperts ", "ientists ", "nalysts ", "archers ", "ccording to ", "tudy ", "tatistics ")
)
# One of these is in whatever `_nobody` matches.
_NOBODYS = frozenset(
    "studies research surveys science statistics experts scientists researchers analysts critics economists psychologists doctors according"
    " study survey".split()
)
_NAMED = lazily(r"\b(?:by|from|at|of|in)\s(?:the\s)?[A-Z][\w'’-]+|\((?:[A-Z][\w'’.-]+[^()]*)?(?:19|20)\d\d[^()]*\)|\[\d+\]")


@rule("S006", "info", _CRAFT)
def vague_source(draft: Draft) -> Iterator[Hit]:
    """A claim rests on "studies" or "experts" that nobody can look up.

    Why: it asks for trust and gives nothing to check; either the source can be
    named, or the claim cannot be made.

    Languages: English.

    Fires on:

        Studies show that lamps calm sailors.

    Fires on:

        Experts agree that oil is better than gas, and according to a recent study it is cheaper.

    Silent on:

        [Studies](https://example.org/studies) show that lamps calm sailors.

    Silent on:

        Studies show that lamps calm sailors. The largest of them was made [in Bergen](https://example.org/bergen).

    Silent on:

        Our research shows that lamps calm sailors, and a study by the Harbour Institute found the same.
    """
    if draft.language != "en" or told(draft).isdisjoint(_NOBODYS):
        return
    from geo_optimizer.analysis.shares import holding

    for sentence in holding(draft, _CLAIMING):
        match = _nobody().search(sentence.text)
        if match and not _is_named(draft, sentence, match):
            kind = match.lastgroup or ""
            yield Hit(_span(draft, sentence, *match.span(kind)), f"“{match[kind]}” names nobody; say which, or link to it")


def _is_named(draft: Draft, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a name, a link or a note stands in the sentence or the next, or in what introduces its list."""
    from geo_optimizer.analysis.sources import links_by_prose, sentences_of

    prose = draft.prose[sentence.prose]
    own = sentences_of(draft)[sentence.prose]
    after = [other for other in own if other.start >= sentence.start][:2]
    reach = Span(sentence.span.start, max(other.span.end for other in after))
    shown = draft.source[max(prose.span.start, reach.start - 2) : reach.end + 12]
    linked = any(link.span.start < reach.end and link.span.end > reach.start for link in links_by_prose(draft).get(sentence.prose, ()))
    if (
        linked
        or "[^" in shown
        or "href" in shown
        or "http" in shown
        or (prose.parent is not None and links_by_prose(draft).get(prose.parent))
    ):
        return True
    rest = sentence.text[match.end() :]
    return bool(
        _NAMED.match(rest.lstrip())
        or _NAMED.search(" ".join(other.text for other in after)[match.end() :][:120])
        or sentence.text.endswith((":", "?"))
    )


@rule("S007", "warning", _SNIPPETS)
def list_count(draft: Draft) -> Iterator[Hit]:
    """The title promises a number of things, and the numbered headings come to another.

    Why: one was cut or added after the title was written, and the reader
    counts.

    Languages: English.

    Fires on:

        # 5 ways to light a harbour

        ## 1. Buy a lamp

        ## 2. Borrow a lamp

        ## 3. Make a lamp

        ## 4. Ask the moon

        ## Sources

        ## More

    Fires on:

        # Five things I learned about lamps

        ## 1. They need oil

        ## 2. They break

        ## 3. They smoke

        ## Sources

    Silent on:

        # 3 ways to light a harbour

        ## 1. Buy a lamp

        ## 2. Borrow a lamp

        ## 3. Make a lamp
    """
    from geo_optimizer.analysis.promises import miscounted

    if found := miscounted(draft):
        place, words, _, count = found
        yield Hit(place.span, f"the {place.part} promises “{words}”, and the headings number {count}")
