"""Words at odds with others of the same draft, or with themselves: one word written two ways, a word twice, a phrase too often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, compress
from operator import eq
from typing import NamedTuple

from geo_optimizer.analysis.language import SpellingMark, spelling_marks, telling_words
from geo_optimizer.analysis.ranges import Ranges, fixed, ranges
from geo_optimizer.analysis.vocabulary import own_text, plain_counts, plain_words, told, vocabulary
from geo_optimizer.lazy import lazily
from geo_optimizer.model import OBJECT, Draft, Prose, Sentence, Span, measured


class Word(NamedTuple):
    """A word of the prose, and where it stands."""

    span: Span
    text: str


@measured
def words(draft: Draft) -> tuple[tuple[str, ...], ...]:
    """The words of each prose with the marks that touch them; none for what is not the author's own wording."""
    return tuple(tuple(prose.text.split()) if own else () for prose, own in zip(draft.prose, _is_own(draft), strict=True))


@measured
def _is_own(draft: Draft) -> tuple[bool, ...]:
    """Of each prose, whether it is the author's own wording."""
    others = _of_others(draft)
    return tuple([not (prose.known or prose.quoted or not prose.pieces or number in others) for number, prose in enumerate(draft.prose)])


@measured
def _of_others(draft: Draft) -> frozenset[int]:
    """Entries of a change log: the titles that others gave their changes."""
    addresses = "\n".join([link.href for link in draft.links])
    if not any(mark in addresses for mark in _CHANGES):
        return frozenset()
    return frozenset(
        link.prose
        for link in draft.links
        if link.prose is not None and draft.prose[link.prose].kind == "item" and any(mark in link.href for mark in _CHANGES)
    )


_CHANGES = ("/commit/", "/pull/", "/issues/", "/merge_requests/")


# ------------------------------------------------------------------ British and American spelling


# Both spellings are at home in both countries, or mean two things.
@cache
def _either() -> re.Pattern[str]:
    return re.compile(
        r"amongst|whilst|ageing|analogue|catalogues?|catalogs?|gr[ae]ys?|judge?ments?|learnt|spelt|dreamt|maths|theatres?|theaters?|speciality|storeys?|cosy|cosier|cozy|cozier"
        r"|moulds?|molds?|mould?y|moldy|cancell?(?:ed|ing|er|ers)|licences?|practis\w+|programmes?|artefacts?|cheques?|tyres?|kerbs?|enrol\w*|metres?|litres?|equall?ed|total?led|total?ling|dial?ler|label?ler"
        r"|sceptic\w*|skeptic\w*|arm(?:ou?r)(?:s|ed|y)?|parlou?rs?|offen[cs]es?|pretences?|center\w*|centring|humou?rist\w*|initiall?ed|focuss?ed|spiral?led"
        r"|stabliz\w+",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Misfit:
    """A word of the spelling that the draft mostly does not keep to. `instead`: how it spells it; `majority`: a word that shows so."""

    word: SpellingMark
    instead: str | None
    majority: SpellingMark
    count: int


_FEWEST_MARKS = 3
_LARGEST_SHARE = 1 / 3  # of the words that tell; above it neither spelling is the draft's


@measured
def misfits(draft: Draft) -> tuple[Misfit, ...]:
    """The words of the other spelling, where one clearly prevails."""
    if not _may_misfit(draft):
        return ()
    others = ranges(draft.prose[number].span for number in _of_others(draft))
    marks = [
        m
        for m in spelling_marks(draft)
        if m.word[1:].islower() and not _either().fullmatch(m.word) and not others.at(m.span.start) and not _may_be_name(draft, m)
    ]
    by_side = {side: [mark for mark in marks if mark.spelling == side] for side in ("british", "american")}
    few, many = sorted(by_side.values(), key=len)
    if not few or len(marks) < _FEWEST_MARKS or len(few) > _LARGEST_SHARE * len(marks) or len({m.word.lower() for m in many}) < 2:
        return ()
    if many[0].spelling == "british" and not any(_ISE.search(other.word.lower()) for other in many):
        few = [mark for mark in few if mark.weight > 1]  # -ize is British as well; it is at odds only with -ise
    shows = {_ending(other): other for other in reversed(many)}
    return tuple(Misfit(mark, _respelt(mark), shows.get(_ending(mark), many[0]), len(many)) for mark in few)


def _may_misfit(draft: Draft) -> bool:
    """Whether the words that tell are of both spellings, and one has more than one of them; of most drafts' they are not."""
    telling = telling_words(draft)
    if len({spelling for spelling, _ in telling.values()}) < 2:
        return False
    counts = Counter(spelling for word, (spelling, _) in telling.items() if not _either().fullmatch(word))
    return len(counts) > 1 and max(counts.values()) > 1


_ISE = lazily(r"is(?:e|es|ed|ing|ation|ations|er|ers)$")


def _ending(mark: SpellingMark) -> str:
    return mark.word.lower()[-4:].replace("z", "s")


def _may_be_name(draft: Draft, mark: SpellingMark) -> bool:
    """A capital after a colon or a bracket."""
    before = draft.source[max(draft.body.start, mark.span.start - 8) : mark.span.start].rstrip(" *_\"'“‘")
    return mark.word[0].isupper() and before[-1:] in (":", "(", ",")


@cache
def _rewrites() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    def made(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(find, re.IGNORECASE), to) for find, to in pairs)

    to_british = made(
        (r"^((?:dis)?(?:col|fav|behavi|lab|neighb|hon|hum|harb|endeav|rum|flav|vap|sav|tum|vig|od|ranc|clam|splend|cand))or(s|ed|ing|able|ably|ful|less|ite|ites|al|ally|hood|hoods)?$", r"\1our\2"),
        (r"^([a-z]{3,}[^aeiouy][a-z]*i|[a-z]{3,}i)z(e|es|ed|er|ers|ing|ation|ations|ational)$", r"\1s\2"),
        (r"^((?:anal|paral|catal))yz(e|es|ed|er|ers|ing)$", r"\1ys\2"),
        (r"^(travel|model|label|fuel|signal|counsel|level|channel|funnel|tunnel|marshal|pedal|quarrel|rival|unravel)(ed|ing)$", r"\1l\2"),
        (r"^(def)ense(s?)$", r"\1ence\2"),
        (r"^(fulfil|skil)l(ment|ful|fully)?$", r"\1\2"),
        (r"^alumin(um)$", r"aluminium"),
    )  # fmt: skip
    to_american = made(
        (r"^((?:dis)?(?:col|fav|behavi|lab|neighb|hon|hum|harb|endeav|rum|flav|vap|sav|tum|vig|od|ranc|clam|splend|cand))our(s|ed|ing|able|ably|ful|less|ite|ites|al|ally|hood|hoods)?$", r"\1or\2"),
        (r"^([a-z]{3,}i)s(e|es|ed|er|ers|ing|ation|ations|ational)$", r"\1z\2"),
        (r"^((?:anal|paral|catal))ys(e|ed|er|ers|ing)$", r"\1yz\2"),
        (r"^(travel|model|label|fuel|signal|counsel|level|channel|funnel|tunnel|marshal|pedal|quarrel|rival|unravel)l(ed|ing)$", r"\1\2"),
        (r"^(def)ence(s?)$", r"\1ense\2"),
        (r"^(fulfil|skil)(ment|ful|fully)?$", r"\1l\2"),
        (r"^cent(re)(s|d)?$", r"center\2"),
        (r"^fib(re)(s)?$", r"fiber\2"),
        (r"^aluminium$", r"aluminum"),
    )  # fmt: skip
    return {"british": to_american, "american": to_british}


def _respelt(mark: SpellingMark) -> str | None:
    word = mark.word
    if not (word.islower() or word.istitle()):
        return None
    for pattern, to in _rewrites()[mark.spelling]:
        new, changed = pattern.subn(to, word.lower())
        if changed:
            new = "centered" if new == "centerd" else new
            return new.capitalize() if word.istitle() else new
    return None


# ------------------------------------------------------------------ one word written two ways

_AFTER_HYPHEN = lazily(r"-[a-z]{2,}(?![\w-])", re.IGNORECASE)
_BEFORE_HYPHEN = lazily(r"(?<![\w-])[a-z]+\Z", re.IGNORECASE)
_LONGEST = 40  # characters of a word's part
# With and without the hyphen they are two words, or the hyphen tells a noun or adjective from a verb or place.
_TWO_WORDS = frozenset(
    "re-create re-creates re-created re-creating re-creation re-sign re-signed re-form re-formed re-sort re-lease re-leased re-cover re-covered re-mark re-press re-present re-sent"
    " re-serve re-act re-call re-collect re-dress re-place re-placed re-pose re-prove re-search re-store re-stored re-strain re-turn re-treat re-view re-move re-count re-side re-solve"
    " re-quest re-late re-port re-ports re-fresh co-op un-ionized in-put pre-position pre-serve pre-sent pre-tend every-day any-one some-one no-one make-up built-in run-time run-times".split()
)
# Words that are written apart or together, and mean the same everywhere.
_APART = {
    "web site": "website",
    "web sites": "websites",
    "web page": "webpage",
    "web pages": "webpages",
    "data set": "dataset",
    "data sets": "datasets",
    "data base": "database",
    "data bases": "databases",
    "meta data": "metadata",
    "file name": "filename",
    "file names": "filenames",
    "user name": "username",
    "user names": "usernames",
    "time stamp": "timestamp",
    "time stamps": "timestamps",
    "code base": "codebase",
    "work flow": "workflow",
    "work flows": "workflows",
    "life cycle": "lifecycle",
    "life cycles": "lifecycles",
    "white space": "whitespace",
    "health care": "healthcare",
    "data center": "datacenter",
    "data centers": "datacenters",
    "data centre": "datacentre",
    "blog post": "blogpost",
    "blog posts": "blogposts",
    "smart phone": "smartphone",
    "e mail": "email",
    "name space": "namespace",
    "key word": "keyword",
    "key words": "keywords",
    "news letter": "newsletter",
    "micro services": "microservices",
    "micro service": "microservice",
    "road map": "roadmap",
    "check list": "checklist",
    "work space": "workspace",
}


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A word and another way in which the draft writes it. `rarer`: the places of the one; `other`: the first of the other, `count` in all."""

    rarer: tuple[Word, ...]
    other: Word
    count: int


@measured
def two_ways(draft: Draft) -> tuple[TwoWays, ...]:
    """Words with a hyphen in one place and none in another, or apart and together; in order of place."""
    if draft.language != "en":
        return ()
    pairs = _pairs(draft)
    if len(pairs) > _MOST_PAIRS:
        pairs = [pair for pair in pairs if _stands_alone(draft, pair[1])][:_MOST_PAIRS]
    found = [both for pair in pairs if (both := _both(draft, *pair)) and _stands_alone(draft, pair[1])]
    return tuple(sorted(found, key=lambda both: both.rarer[0].span))


def _pairs(draft: Draft) -> list[tuple[str, str]]:
    """Words of the draft that may be another of its words written in another way, each with that; in alphabetical order."""
    bare = told(draft)
    hyphened = {word for word in _compounds(own_text(draft)) if len(word) > _SHORTEST and word.replace("-", "") in bare} - _TWO_WORDS
    pairs = {(word, word.replace("-", "")) for word in hyphened if word[1] != "-" or word.startswith("e-")}
    return sorted(pairs | {(_together()[whole], whole) for whole in _together().keys() & bare})


def _compounds(text: str) -> Iterator[str]:
    """The words with one hyphen, in lower case."""
    for after in _AFTER_HYPHEN.finditer(text):
        at = after.start()
        if before := _BEFORE_HYPHEN.search(text, max(0, at - _LONGEST), at):
            yield (before.group() + after.group()).lower()


@cache
def _together() -> dict[str, str]:
    """Words written together -> the same apart."""
    return {whole: apart for apart, whole in _APART.items()}


def _stands_alone(draft: Draft, word: str) -> bool:
    """Whether a word stands in the author's text with no marks but a stop beside it."""
    said = frozenset().union(*words(draft)) if _of_others(draft) else vocabulary(draft)
    return not said.isdisjoint(_touched(word))


_SHORTEST = 5  # characters of such a word without its hyphen
_MOST_PAIRS = 40  # each costs a look at the whole text
_TOUCHING = ",.:);"


def _touched(word: str) -> list[str]:
    """A word as it may stand in a text, with a mark that touches it."""
    return [form + mark for form in (word, word.capitalize()) for mark in ("", *_TOUCHING)]


def _both(draft: Draft, one: str, other: str) -> TwoWays | None:
    first = _places(draft, one)
    second = _places(draft, other) if first else []
    if not second:
        return None
    rarer, many = (first, second) if len(first) <= len(second) else (second, first)
    return TwoWays(tuple(rarer), many[0], len(many))


def _places(draft: Draft, word: str) -> list[Word]:
    """Where a word stands in the author's prose in small letters or at the beginning of a sentence; not in links, code or names."""
    most = word[1:]  # whatever the first letter
    found = []
    for prose, skipped, own in zip(draft.prose, fixed(draft), _is_own(draft), strict=True) if most in own_text(draft) else ():
        if not own or most not in prose.text:
            continue
        for start, end in _standing(prose.text, word):
            if (prose.text[start].islower() or _opens(prose, start)) and not skipped.at(start):
                span = prose.source_span(start, end)
                if not _is_stressed(draft, span):
                    found.append(Word(span, prose.text[start:end]))
    return found


_BEFORE = lazily(r"(?<![\w./@#-])")
_AFTER = lazily(r"(?![\w@/-]|\.\w)")


def _standing(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word in small letters, of which the first may be large, stands in `text` by itself."""
    most = word[1:]
    at = text.find(most, 1)
    while at >= 0:
        start, end = at - 1, at + len(most)
        if text[start].lower() == word[0] and _BEFORE.match(text, start) and _AFTER.match(text, end):
            yield start, end
            at = text.find(most, end + 1)
        else:
            at = text.find(most, at + 1)


def _is_stressed(draft: Draft, span: Span) -> bool:
    """Whether the word alone is emphasised: then it is written so on purpose."""
    return draft.source[span.start - 1 : span.start] in _STRESS and draft.source[span.end : span.end + 1] in _STRESS


_STRESS = ("*", "_")


def _opens(prose: Prose, at: int) -> bool:
    before = prose.text[:at].rstrip(" \"'“‘(*")
    return not before or before[-1] in ".!?:…"


# ------------------------------------------------------------------ a word twice

_SMALL_WORDS = {
    "en": "the a an and of to in for with on are was were be by as at this from or we our your their its they have has will would can could should but if into than then not it is you",
    "de": "und oder für von vom zum zur eine einen einem eines im dem nicht wird durch auch auf bei mit ist sind",
    "fr": "le la les des du et un une dans pour avec sur est ce cette par au aux qui sont",
    "es": "el la los las del en un una con por para es su al lo",
    "it": "il lo gli del della dei delle un una per con nel nella è",
    "pt": "do da dos das em um uma para com na ao",
    "nl": "het een en van voor met op aan bij niet wordt door",
}
_STOPS_BETWEEN = frozenset(
    "that had is it you in on her so no very really many much more long far now well yes bye blah ha there then".split()
)


@cache
def _twice() -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’./@#$%&+=-])(?P<word>[^\W\d_]+)[ ]+(?P<again>(?P=word))(?![\w'’/@(=-]|\.\w)", re.IGNORECASE)


@cache
def _small(language: str) -> frozenset[str]:
    return frozenset(_SMALL_WORDS.get(language, "").split()) - _STOPS_BETWEEN


@measured
def doubled(draft: Draft) -> tuple[Word, ...]:
    """Small words that stand twice in a row, across a line break as well; the span is the blank and the second."""
    small = _small(draft.language)
    said = plain_words(draft) if draft.language == "en" else own_text(draft).split()
    if small.isdisjoint(compress(said, map(eq, said, said[1:]))):
        return ()
    found: list[Word] = []
    for number, (prose, own) in enumerate(zip(draft.prose, words(draft), strict=True)):
        if any(map(eq, own, own[1:])):
            found += _doubled(prose, fixed(draft)[number], small)
    return tuple(found)


def _doubled(prose: Prose, skipped: Ranges, small: frozenset[str]) -> Iterator[Word]:
    for match in _twice().finditer(prose.text):
        word = match["word"]
        if word.lower() in small and match["again"] == word and not skipped.first(*match.span()):
            yield Word(prose.source_span(match.end("word"), match.end()), word)


# ------------------------------------------------------------------ a phrase too often


@dataclass(frozen=True, slots=True)
class Repeated:
    """A phrase that stands `count` times, and where it does first; `words`: how many words the draft has."""

    span: Span
    phrase: str
    count: int
    sentences: int
    words: int


_TOKEN = lazily(r"\w+(?:['’-]\w+)*|[^\w\s]")
_FEWEST_WORDS = 120
_FEWEST_TIMES = 12
_SHARE_OF_WORDS = 0.1  # that a phrase makes up of a text in which it is stuffed
_CUT_OFF = frozenset("s t d m ll re ve don doesn didn isn".split())  # by an apostrophe
_CERTAIN = 0.8  # words with their marks for each plain one, at least
_SHARE_OF_A_WORD = _SHARE_OF_WORDS / 6  # of each of its words, at least
_STOP = frozenset(
    "the a an and of to in for with on is are was were be by as at it this that from or we you your our their its they have has will can not but if which how what when do does i my".split()
)


@measured
def stuffed(draft: Draft) -> tuple[Repeated, ...]:
    """Phrases of two to four words that make up more of the text than any subject needs; names are left out."""
    if draft.language != "en" or not _may_be_stuffed(draft):
        return ()
    own, skipped = _is_own(draft), fixed(draft)
    said = {s.text: s for s in draft.sentences if own[s.prose] and draft.prose[s.prose].kind == "paragraph" and OBJECT not in s.text}
    sentences = [s for s in said.values() if not skipped[s.prose].first(s.start, s.end)]  # each once, and none with a link
    texts = [s.text for s in sentences]
    total = sum(text.count(" ") + 1 for text in texts)
    if total < _FEWEST_WORDS:
        return ()
    needed = max(_FEWEST_TIMES, int(_SHARE_OF_WORDS * total / 4))
    tokens = [_TOKEN.findall(text) for text in texts]
    common = {
        word for word, count in Counter(word.lower() for words in tokens for word in words).items() if count >= needed and word.isalpha()
    }
    if not common - _STOP:
        return ()
    counts = Counter(phrase for words in tokens for phrase in _phrases(words, common))
    best = max(
        (p for p, n in counts.items() if n >= _FEWEST_TIMES and n * (p.count(" ") + 1) >= _SHARE_OF_WORDS * total),
        key=lambda p: (counts[p] * (p.count(" ") + 1), p),
        default=None,
    )
    if best is None:
        return ()
    first = next(s for s, told in zip(sentences, tokens, strict=True) if best in set(_phrases(told, common)))
    return (Repeated(_place_of(draft, first, best), best, counts[best], len(texts), total),)


def _place_of(draft: Draft, sentence: Sentence, phrase: str) -> Span:
    """Where a phrase in lower case stands in a sentence; the sentence itself where its letters do not tell."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    match = re.search(rf"\b{words}\b", sentence.text, re.IGNORECASE)
    if match is None:
        return sentence.span
    return draft.prose[sentence.prose].source_span(sentence.start + match.start(), sentence.start + match.end())


def _may_be_stuffed(draft: Draft) -> bool:
    """Whether two words that mean something each make up what half of a stuffed phrase would."""
    plain = plain_counts(draft)
    often = [count for word, count in plain.items() if count >= _FEWEST_TIMES and word not in _STOP and word not in _CUT_OFF]
    least = max(_FEWEST_TIMES / 2, _SHARE_OF_A_WORD * _CERTAIN * len(plain_words(draft)))
    if len(often) < 2 or sum(count // least for count in often) < 2:
        return False
    counts = Counter(chain.from_iterable(words(draft)) if _of_others(draft) else own_text(draft).split())
    needed = max(_FEWEST_TIMES / 2, _SHARE_OF_A_WORD * counts.total())  # some are lost to commas and capitals
    return sum(word.lower() not in _STOP and word[0].isalpha() for word, count in counts.items() if count >= needed) > 1


def _phrases(words: list[str], common: set[str]) -> Iterator[str]:
    """Two to four words in a row that are all common here, begin and end with no small word, and are no name."""
    low = [word.lower() for word in words]
    for start in range(len(words)):
        for size in (2, 3, 4):
            part = low[start : start + size]
            if len(part) < size or part[-1] not in common:
                break
            if (
                part[0] in common
                and len(set(part)) == size
                and part[0] not in _STOP
                and part[-1] not in _STOP
                and not any(w[0].isupper() for w in words[max(1, start) : start + size])
            ):
                yield " ".join(part)
