"""Where takeaways may stand: after the argument, and before what follows it."""

from __future__ import annotations

import re

from geo_optimizer.analysis.calls import is_call_to_action
from geo_optimizer.compose.layout import Layout, Places, is_italic, layout, nothing_to_sum_up
from geo_optimizer.compose.phrases import APPENDIX, ASKS, CALL_HEADING, FAREWELL, LEADS_ON, QUESTIONS, SIGNATURE
from geo_optimizer.model import Draft

_LONGEST_CALL = 1500  # characters of a section that only sends the reader on; a longer one has something to say itself
_LONGEST_FAREWELL = 70  # words
_LONGEST_ABOUT = 120  # words behind a label ("About the author: ...")
_LABEL = re.compile(r"\s*[:–—]\s*")
_LONGEST_LABEL = 60  # characters
_ARGUED = frozenset(("note", "notes", "links", "resources", "related"))  # labels that also run into paragraphs of the argument
# Components and includes that close a page, by their names.
_CLOSER = re.compile(
    r"^(?:<|\{\{[<%]-?\s*|\{%-?\s*(?:include(?:_cached|_relative)?|render|component|partial|section)?\s*[\"']?[\w./-]*?|:::\s*\{?)"
    r"(?:[\w.]*?[-_/]?)(?:author|bio|about|newsletter|subscribe|sign-?up|cta|call-?to-?action|comments?|disqus|giscus|utterances|share|sharing|social|related|read-?next|footer|button|btn|promo|contact|references|footnotes|bibliography|credits|feedback|donate|sponsor)",
    re.IGNORECASE,
)
# HTML that closes a page, by its class or id.
_CLOSING_HTML = re.compile(
    r"<(?:a|div|section|aside|footer|button|form|p|iframe)\b[^<>]*?\b(?:id|class(?:Name)?)=[\"'](?:[^\"'<>]*[\s_-])?"
    r"(?:author|bio|newsletter|subscribe|sign-?up|cta|call-?to-?action|comments?|disqus|giscus|utterances|share|social|related|footer|button|btn|promo|footnotes|sponsor)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"[←→↑↩«»⟵⟶]|<-|->|^(?:previous|next|back)\b", re.IGNORECASE)
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)(?:[?#].*)?$", re.IGNORECASE)  # a picture that is linked to itself
_NAMED_WITHIN = 200  # characters of a component or a tag in which its name stands
_ABBREVIATION = re.compile(r"(?:\*\[[^\[\]]+\]:[^\r\n]*(?:\r\n|\r|\n|$))+")


def closing_places(draft: Draft) -> Places:
    """Before the closing matter; else at the very end. Where nothing but closing matter is there, only at the end."""
    at = layout(draft)
    end = len(at.blocks)
    if not at.has_prose(0, end):
        return nothing_to_sum_up(at)
    place = end
    while place > 0 and (start := _closing(at, place)) < place:
        place = start
    pair = at.around(place)
    place = pair.last + 1 if pair else at.before_attached(place)
    return Places((place, end) if 0 < place < end and at.has_prose(0, place) else (end,))


def _closing(at: Layout, end: int) -> int:
    """Where the last thing before `end` begins, if it closes an article rather than argues; otherwise `end`."""
    return min(_closing_section(at, end), _closing_blocks(at, end))


def _closing_section(at: Layout, end: int) -> int:
    """The outermost section around the last block whose heading announces no argument."""
    section, found = at.sections[end - 1], end
    if section == end - 1 and section != at.title:
        return section  # all that it heads is closing matter already
    while section is not None and section != at.title:
        heading = at.heading(section)
        if (
            APPENDIX.fullmatch(heading)
            or (CALL_HEADING.fullmatch(heading) and _length(at, section, end) <= _LONGEST_CALL and _leaves_enough(at, section))
            or (QUESTIONS.fullmatch(heading) and 2 * _length(at, section, end) <= len(at.draft.body))
        ):
            found = section
        section = at.parents[section]
    return found


def _leaves_enough(at: Layout, place: int) -> bool:
    """Whether a third of the article's text blocks stand above: one call after the other could be what it is about."""
    return at.said[place] * 3 >= at.said[-1]


def _length(at: Layout, start: int, end: int) -> int:
    return at.blocks[end - 1].span.end - at.blocks[start].span.start


def _closing_blocks(at: Layout, end: int) -> int:
    last = end - 1
    match at.blocks[last].kind:
        case "comment" | "definition" | "footnote":
            return last
        case "rule":
            return last if end < len(at.blocks) else end
        case "opaque" | "html":
            return last if at.is_comment(last) or _is_closer(at, last) else end
        case "image" | "paragraph" | "list" if _leaves_enough(at, last):
            return _closing_words(at, last)
        case _:
            return end


def _closing_words(at: Layout, i: int) -> int:
    """Where the closing matter that ends with this picture, paragraph or list begins; after it, if it is none."""
    if at.blocks[i].kind == "list":
        return _closing_list(at, i)
    if at.blocks[i].kind == "image":
        return i if _is_linked(at, i) else i + 1
    return i if _closes(at, i) or _is_closer(at, i) or _is_trail(at, i) else i + 1


def _is_closer(at: Layout, i: int) -> bool:
    """Whether block `i` is a component, an include or an element that closes a page, by its name, or a list of abbreviations."""
    text = at.text(i).lstrip()
    beginning = text[:_NAMED_WITHIN]
    return bool(_CLOSER.match(beginning) or _CLOSING_HTML.match(beginning) or _ABBREVIATION.fullmatch(text))


def _is_trail(at: Layout, i: int) -> bool:
    """Whether a paragraph is links alone that lead on or back: several, one behind a rule, or one that says so."""
    if not at.is_links(i):
        return False
    links = at.links(i)
    return (
        len(links) > 1 or (i > 0 and at.blocks[i - 1].kind == "rule") or links[0].href.startswith("#") or bool(_ARROW.search(at.words(i)))
    )


def _is_linked(at: Layout, i: int) -> bool:
    """Whether a picture leads somewhere else than to itself."""
    return any(not link.image and not _FILE.search(link.href) for link in at.links(i))


def _closes(at: Layout, i: int) -> bool:
    """Whether a paragraph asks the reader to do something with the publisher, takes leave, or says who wrote this."""
    words = at.words(i)
    count = len(words.split())
    if count <= _LONGEST_FAREWELL and (FAREWELL.fullmatch(words) or (count <= 14 and SIGNATURE.fullmatch(words))):
        return True
    if count <= _LONGEST_FAREWELL and i and at.blocks[i - 1].kind == "rule" and is_italic(at.text(i).strip()):
        return True
    if count <= _LONGEST_ABOUT and at.text(i)[:1] in ("*", "_") and _is_appendix_label(words):
        return True
    return count <= 80 and (is_call_to_action(words) or ASKS.search(words) is not None)


def _is_appendix_label(words: str) -> bool:
    """Whether a paragraph begins with a label in the words of an appendix ("About the author: ...")."""
    label = _LABEL.split(words[:_LONGEST_LABEL], maxsplit=1)[0].strip().casefold()
    return label not in _ARGUED and len(label) < min(len(words), _LONGEST_LABEL) and APPENDIX.fullmatch(label) is not None


def _closing_list(at: Layout, i: int) -> int:
    """A last list goes with the line that leads to it, if that is the label of an appendix, or calls and all items are links or calls too."""
    lead = i - 1
    if lead < 0 or at.blocks[lead].kind != "paragraph" or len(at.words(lead).split()) > 40:
        return i + 1
    words = at.words(lead).strip()
    if APPENDIX.fullmatch(words.rstrip(" :").casefold()) and (words.endswith(":") or at.text(lead)[:1] in ("*", "_")):
        return lead
    calls = is_call_to_action(words) or ASKS.search(words) is not None
    leads_on = calls or (words.endswith((":", "?")) and LEADS_ON.search(words) is not None)
    return lead if leads_on and _is_links_or_calls(at, i) else i + 1


def _is_links_or_calls(at: Layout, i: int) -> bool:
    items = at.items(i)
    return bool(items) and all(linked or is_call_to_action(text) or ASKS.search(text) for text, linked in items)
