"""Why the offline engine has little to say of a draft, in words for its editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from geo_optimizer.analysis.forms import is_interview, is_verse
from geo_optimizer.engines.offline.candidates import HEAD, MOST_SENTENCES
from geo_optimizer.engines.offline.languages import first_person
from geo_optimizer.engines.offline.standing import speaks
from geo_optimizer.engines.offline.words import STOP_WORDS
from geo_optimizer.markdown.language import UNKNOWN
from geo_optimizer.model import Brief, Draft, Sentence

_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "sv": "Swedish",
    "da": "Danish or Norwegian", "nb": "Norwegian", "no": "Norwegian", "is": "Icelandic", "af": "Afrikaans", "ca": "Catalan", "gl": "Galician", "ro": "Romanian",
    "tr": "Turkish", "hu": "Hungarian", "id": "Indonesian", "la": "Latin", "pl": "Polish", "cs": "Czech", "fi": "Finnish", "ja": "Japanese",
    "zh": "Chinese", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian", "el": "Greek", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi",
}  # fmt: skip
_FEW_WORDS = 135  # of running text: no three lines are a summary of less
_TELLING = 3  # words
_SOME, _MUCH = 1 / 9, 1 / 3  # of a draft's sentences


def why_little(draft: Draft) -> str:
    """What about a draft keeps lines from being made of it; the first reason that holds."""
    if draft.language not in STOP_WORDS:
        return _not_known(draft.language)
    own = list(_own(draft))
    return next(filter(None, (reason(draft, own) for reason in _REASONS)), "too little in the draft stands alone")


def unread(brief: Brief) -> str | None:
    """What of a very long draft was not looked at."""
    own = len(brief.sentences)
    if own <= MOST_SENTENCES:
        return None
    return f"of its {own:,} sentences the first {HEAD:,} and the last {MOST_SENTENCES - HEAD:,} were read"


def _is_verse(draft: Draft, _own: Sequence[Sentence]) -> str | None:
    return "the draft is broken into lines as a poem is, and a poem is not taken apart" if is_verse(draft) else None


def _has_few_words(draft: Draft, own: Sequence[Sentence]) -> str | None:
    words = sum(len(sentence.text.split()) for sentence in own if draft.prose[sentence.prose].kind == "paragraph")
    if words >= _FEW_WORDS:
        return None
    prose = f"{words} {'word' if words == 1 else 'words'} of running text" if words else "no running text"
    parts = {
        "lists": sum(len(sentence.text.split()) for sentence in own if draft.prose[sentence.prose].kind == "item"),
        "tables": sum(len(prose.text.split()) for prose in draft.prose if prose.kind == "cell"),
        "code": sum(len(line.of(draft.source).split()) for code in draft.code if code.kind != "inline" for line in code.content),
    }
    most = max(parts, key=lambda part: parts[part])
    return f"the draft is mostly {most}, with {prose}" if parts[most] > words else f"the draft has {prose}"


def _is_foreign(draft: Draft, own: Sequence[Sentence]) -> str | None:
    foreign = sum(len(s.text.split()) > _TELLING and not speaks(s.text, draft.language) for s in own)
    return f"much of the draft is not prose in {_NAMES[draft.language]}" if foreign > _MUCH * len(own) else None


def _is_spoken(draft: Draft, own: Sequence[Sentence]) -> str | None:
    told = sum(first_person(s.text, draft.language) for s in own)
    if told > _SOME * len(own) and is_interview(draft):
        return "the draft is an interview, and what is told by an I is not said in the page's name"
    return "most of the draft is told by an I, whom a line alone does not name" if told > _MUCH * len(own) else None


_REASONS: tuple[Callable[[Draft, Sequence[Sentence]], str | None], ...] = (_is_verse, _is_foreign, _has_few_words, _is_spoken)


def _not_known(language: str) -> str:
    if language == UNKNOWN:
        return "the draft's language is not one that was made out (--language CODE tells it)"
    return f"offline no lines are written in {_NAMES.get(language, f'the language {language!r}')}"


def _own(draft: Draft) -> Iterator[Sentence]:
    """The author's sentences in paragraphs and lists."""
    for sentence in draft.sentences:
        prose = draft.prose[sentence.prose]
        if prose.known is None and prose.kind in ("paragraph", "item") and not prose.quoted:
            yield sentence
