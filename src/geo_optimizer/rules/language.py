"""W: words that readers stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.analysis.acronyms import undefined
from geo_optimizer.analysis.claims_of_rank import boasts
from geo_optimizer.analysis.wording import doubled, misfits, stuffed, two_ways
from geo_optimizer.model import Draft, Span
from geo_optimizer.rules.rule import Evidence, Hit, replacement, rule

_CRAFT = Evidence("craft", "one spelling throughout is what copy-editors see to (Chicago Manual of Style, New Hart's Rules)")
_SLIP = Evidence("craft", "a slip that proofreaders look for; spelling checkers of word processors report it")
_TONE = Evidence(
    "craft",
    "editors ask for the figure or the source of a superlative. No effect on engines is known: in GEO (Aggarwal et al. 2024, table 1) a more"
    " authoritative tone neither gained nor lost significantly",
)
_STUFFING = Evidence(
    "measured",
    "GEO (Aggarwal et al. 2024): keywords of the query added to a source lost 8 % of visibility in answers of GPT-3.5 from five given sources,"
    " 9 % in Perplexity's. Google's spam policies name keyword stuffing",
)
_READING = Evidence(
    "craft", "Flesch 1948 and its adaptations to other languages; what is easy to read is a help to readers, not known to raise citations"
)
_LONG_FORM = Evidence(
    "craft", "style guides ask for the long form at the first use (Google developer documentation style guide, Abbreviations)"
)


@rule("W001", "info", _CRAFT)
def mixed_spelling(draft: Draft) -> Iterator[Hit]:
    """A word is spelt the American way in a British text, or the other way round.

    Why: it looks as if two people had written the text, or none had read it.
    Only where one spelling clearly prevails; -ize is British too, unless the
    draft has -ise.

    Languages: English.

    Fires on:

        # Prices

        The colour of the labour market changed. Our neighbours organised a vote, whose behavior nobody analysed.

    Silent on:

        # Prices

        The colour of the labour market changed. Our neighbours voted.

    Silent on:

        # Prices

        The World Trade Center changed the colour of the harbour and the labour of its neighbours.

    Silent on:

        # Prices

        The colour of the labour market changed; our neighbours call it “market behavior”, and behavior.js and color() show it.
    """
    for misfit in misfits(draft):
        word, line = misfit.word, draft.line(misfit.majority.span.start)
        ours = "British" if misfit.majority.spelling == "british" else "American"
        message = f"“{word.word}”: the text mostly keeps to {ours} spelling (“{misfit.majority.word}”, line {line})"
        fix = replacement(word.span, misfit.instead, f"write “{misfit.instead}”") if misfit.instead else None
        yield Hit(word.span, message, fix)


@rule("W002", "info", _CRAFT)
def mixed_hyphenation(draft: Draft) -> Iterator[Hit]:
    """One word is written in two ways: with and without a hyphen, apart and together.

    Why: readers look for a difference in meaning, and a search on the page
    finds half of the places.

    Languages: English.

    Fires on:

        # Letters

        We send an e-mail each week. The email has the prices.

    Fires on:

        # Data

        Each data set is checked, and a dataset with gaps is left out.

    Silent on:

        # Letters

        We send an email each week, and re-create the list, which is good recreation.
    """
    for both in two_ways(draft):
        first, other = both.rarer[0], both.other
        times = f", {both.count} times" if both.count > 1 else ""
        message = f"“{first.text}” here, “{other.text}” elsewhere (line {draft.line(other.span.start)}{times})"
        clear = both.count >= 3 * len(both.rarer) and first.text.islower() and other.text.islower()
        yield Hit(first.span, message, replacement(first.span, other.text, f"write “{other.text}”") if clear else None)


@rule("W003", "info", _LONG_FORM, default=False)
def undefined_acronym(draft: Draft) -> Iterator[Hit]:
    """An abbreviation is used several times and never written out.

    Why: who does not know it cannot look it up in the text. Off unless
    selected: which abbreviations readers know depends on the readers.

    Fires on:

        # Wages

        The QFPB met in May. A QFPB rule was changed. The QFPB is new, and nobody knows what the QFPB is for.

    Silent on:

        # Wages

        The Quarterly Federal Price Board (QFPB) met in May. A QFPB rule was changed. The QFPB is new, and the QFPB is small.

    Silent on:

        # Pages

        HTML is old. HTML is read by all. HTML has tags, and HTML has no end.
    """
    for acronym in undefined(draft):
        yield Hit(acronym.span, f"“{acronym.text}” is used {acronym.count} times and never written out")


@rule("W004", "info", _TONE, default=False)
def superlative(draft: Draft) -> Iterator[Hit]:
    """A promise or superlative is neither shown by a figure nor by a source.

    Why: readers discount it, and it says nothing that can be checked.

    Languages: English.

    Fires on:

        # Lamps

        Our lamps are best-in-class and give unparalleled light.

    Silent on:

        # Lamps

        The maker calls them “best-in-class”, but no lamp is revolutionary.

    Silent on:

        # Lamps

        According to the Harbour Institute, their light is unmatched.
    """
    for boast in boasts(draft):
        yield Hit(boast.span, f"“{boast.words}” is claimed, not shown: give the figure or the source, or leave it out")


@rule("W005", "warning", _STUFFING)
def keyword_stuffing(draft: Draft) -> Iterator[Hit]:
    """One phrase is repeated far more often than the text needs.

    Why: it reads as written for a machine, and where it was tried it lost
    visibility in answers instead of gaining any.

    Languages: English.

    Fires on:

        # Cheap oil lamps

        Cheap oil lamps are what buyers of cheap oil lamps want. If you look for cheap oil lamps, our cheap oil lamps are the
        cheap oil lamps for you. Buy cheap oil lamps here, because cheap oil lamps last, and cheap oil lamps shine. Nobody sells
        cheap oil lamps as we sell cheap oil lamps, and the best cheap oil lamps are those that burn long. Cheap oil lamps for the
        house, cheap oil lamps for the boat, cheap oil lamps for the garden: all cheap oil lamps are here. Ask us which cheap oil lamps
        fit your rooms, and we show you cheap oil lamps of every size and every colour, on each day of the week but Sunday.

    Silent on:

        # Oil lamps

        Oil lamps need care. Trim the wick of an oil lamp each evening, and fill oil lamps only when they are cold.
    """
    for phrase in stuffed(draft):
        message = f"“{phrase.phrase}” stands {phrase.count} times in {phrase.words} words; say it where it is needed, and “it” elsewhere"
        yield Hit(phrase.span, message)


@rule("W006", "warning", _SLIP)
def doubled_word(draft: Draft) -> Iterator[Hit]:
    """A small word stands twice in a row.

    Why: the eye of the writer skips it, that of a reader does not.

    Languages: English, German, French, Spanish, Italian, Portuguese, Dutch.

    Fires on:

        # Prices

        Prices rose in the
        the spring.

    Silent on:

        # Prices

        All that that tells us is what prices had had to do with it.
    """
    for word in doubled(draft):
        has_markup = draft.text(word.span).strip() != word.text  # which would be deleted as well
        fix = replacement(word.span, "", "delete the second") if not has_markup else None
        yield Hit(word.span, f"“{word.text}” stands twice", fix)


@rule("W007", "info", _READING, default=False, whole=True)
def hard_to_read(draft: Draft, *, ease: int = 30) -> Iterator[Hit]:
    """The text is hard to read by Flesch's formula.

    Why: long sentences of long words cost readers time. It is a rough measure
    of two things, sentence length and word length, and of no other.

    Languages: English, German, Spanish, French, Italian, Dutch, Russian, Hungarian.

    Options:
        ease: reading ease below which a text is hard (100 is very easy, 30 reads like a scientific paper)

    Fires on:

        # Interoperability

        Organisational interoperability necessitates comprehensive standardisation of heterogeneous administrative responsibilities, particularly
        considering jurisdictional particularities and infrastructural incompatibilities.

    Silent on:

        # Lamps

        Lamps need oil. They need it most on the long nights of the year.
    """
    from geo_optimizer.analysis.readability import readability

    found = readability(draft)
    if found and found.flesch_reading_ease < ease:
        length = f"{found.words_per_sentence:.0f} words a sentence"
        first = draft.sentences[0].span if draft.sentences else Span(draft.body.start, draft.body.start)
        yield Hit(first, f"reading ease {found.flesch_reading_ease:.0f}, {length}: shorter sentences and plainer words help", whole=True)
