"""A heading for a section in its own words: a short sentence of it, verbatim."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from geo_optimizer.analysis.headings import heading_kind
from geo_optimizer.analysis.running import running
from geo_optimizer.analysis.words import WORD, says_something, stem
from geo_optimizer.lazy import lazily
from geo_optimizer.model import OBJECT, Draft, Prose, Sentence, measured

_FEWEST, _MOST = 4, 9  # words
_CHARACTERS = 64
_REPEATED = 4  # how often the section comes back to the words of a sentence that is its point
# What a heading cannot begin with: it points back, or joins on.
_LEANING = frozenset(
    "the this that these those it its they them their he she his her we our us i my you your here there then so but and or nor yet for however also"
    " therefore thus still instead now next first second third finally again another other others both such one some many most much all each every"
    " if when while as because since although though once until after before with without in on at by to from of not no yes well ok maybe perhaps"
    " what which who why how where please let don't do be just only even besides moreover furthermore similarly likewise otherwise"
    " more less same today yesterday tomorrow recently previously earlier later meanwhile unfortunately fortunately luckily sadly".split()
)
_ANYWHERE = frozenset(
    "i we my our us you your this that these those it they them their he she his her here there above below following".split()
)
# No point of its own: it denies, advises, or says what others say.
_HEDGED = lazily(
    r"\b(?:not|no|never|n't|should|must|may|might|could|would|seen|known|called|considered|said|used|available|also|only)\b|n't\b|n’t\b"
)
_SMALL = frozenset("a an the and or but nor for of in on at by to from with as into over per via vs is".split())


def as_heading(draft: Draft, number: int) -> str | None:
    """A sentence of section `number` that can stand as its heading; None where there is none. English only."""
    if draft.language != "en":
        return None
    told = Counter(
        stem(word) for prose in draft.prose if prose.heading == number for word in WORD.findall(prose.text) if says_something(word)
    )
    title = {stem(word) for word in WORD.findall(draft.title or "") if says_something(word)}
    best, most = None, 0
    for sentence in _plain(draft, number):
        said = {stem(word) for word in WORD.findall(sentence.text) if says_something(word)}
        weight = sum(told[key] for key in said if told[key] > 1)
        opening = {stem(word) for word in WORD.findall(sentence.text)[:3]}
        if weight > most and (opening & title or not title):
            best, most = sentence, weight
    return _cased(draft, best.text.rstrip(".")) if best and most >= _REPEATED else None


@measured
def _sections(draft: Draft) -> dict[int, list[Prose]]:
    """The texts under each heading."""
    found: dict[int, list[Prose]] = defaultdict(list)
    for prose in draft.prose:
        if prose.heading is not None:
            found[prose.heading].append(prose)
    return dict(found)


@measured
def _sentences(draft: Draft) -> dict[int, list[Sentence]]:
    """The sentences under each heading."""
    found: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in draft.sentences:
        if (number := draft.prose[sentence.prose].heading) is not None:
            found[number].append(sentence)
    return dict(found)


def _plain(draft: Draft, number: int) -> Iterator[Sentence]:
    """Short statements of the section that need nothing around them; not its first sentence, which would stand right below itself."""
    counted = running(draft).words
    heading = draft.headings[number]
    below = [sentence for sentence in _sentences(draft).get(number, ()) if draft.prose[sentence.prose].kind != "heading"]
    for sentence in below[1:]:
        prose = draft.prose[sentence.prose]
        if prose.kind != "paragraph" or not counted[sentence.prose] or not _stands_alone(sentence.text):
            continue
        if heading_kind(heading._replace(text=sentence.text.rstrip(".")), "en") == "declarative":
            yield sentence


def _stands_alone(text: str) -> bool:
    words = text.rstrip(".").split()
    if not (_FEWEST <= len(words) <= _MOST and len(text) <= _CHARACTERS and text.endswith(".") and text[0].isupper()):
        return False
    if OBJECT in text or re.search(r"[^\w\s.'’%$€£/-]|\.\s|\.\.", text):
        return False
    if _HEDGED.search(text):
        return False
    return words[0].lower() not in _LEANING and not any(re.split(r"['’]", word.lower())[0] in _ANYWHERE for word in words)


@measured
def _is_titled(draft: Draft) -> bool:
    """Whether most of the draft's headings have a capital on every word."""
    shown = [words for heading in draft.headings if heading.level > 1 and len(words := heading.text.split()) > 1]
    titled = sum(all(word[0].isupper() or word.lower() in _SMALL or not word[0].isalpha() for word in words) for words in shown)
    return 2 * titled > len(shown)


def _cased(draft: Draft, text: str) -> str:
    """As most of the draft's headings have it: every word with a capital, or the first alone."""
    if not _is_titled(draft):
        return text
    first, *rest = text.split()
    return " ".join([first, *(word if word in _SMALL else word[0].upper() + word[1:] for word in rest)])
