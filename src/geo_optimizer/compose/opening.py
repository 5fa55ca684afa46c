"""Where a TL;DR may stand: after the title and what belongs to it, before the first prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from geo_optimizer.compose.layout import LONGEST_TRAIL, Layout, Places, is_italic, layout, nothing_to_sum_up
from geo_optimizer.markdown.lines import LINE_END
from geo_optimizer.markdown.parts import EXCERPT_ENDS
from geo_optimizer.model import BlockKind, Draft
from geo_optimizer.presets import PLAIN, Preset

_EXCERPT_END = re.compile(rf"(?:<!--|\{{/\*)\s*(?:{EXCERPT_ENDS})\s*(?:-->|\*/\}})", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:\W*(?:by|von|par|por|di|door|written by|posted|published|updated|last (?:updated|modified|reviewed)|reading time|photo|image|author|date|tags?|aliases|status|version|categor(?:y|ies)|topics?"
    r"|auteur|autor|autore|veröffentlicht|publié|publicado|pubblicato)\b"
    r"|\W*\d{1,2}[. ]|\W*\d{4}-\d\d-\d\d\b|\W*\w+ \d{1,2}, \d{4}|\W*\d+[- ]min(?:ute)?s? read\b).{0,110}",
    re.IGNORECASE | re.DOTALL,
)
_NOTICE = re.compile(
    r"(?:update|updated|note|notice|edit|edited|editor.s note|correction|warning|caution|important|disclaimer|disclosure|tip|info|deprecated|spoiler alert"
    r"|hinweis|nachtrag|aktualisierung|nota|aviso|atención|aggiornamento|avviso|mise à jour|remarque|avertissement|actualización|atualização|let op|opmerking)"
    r"(?:\b(?=\W*[:!\]*_—–(]|\s+(?:\d|(?:on|from|vom|du|del)\b)))",
    re.IGNORECASE,
)
_ALERT = re.compile(r"\[!\w+\]")
_NOTE_MARK = re.compile(r"^(?:[*_(:!\[\s]|[^\w\s]|ℹ)+")
_QUOTE_MARK = re.compile(r"^(?:[>*_\s]|[^\w\s\[]|ℹ)+")
# Where the text comes from, said before it begins.
_ORIGIN = re.compile(
    r"(?:this|the following)\s+(?:(?:is|was)\s+)?(?:an?\s+|the\s+)?(?:\w+[ -]){0,2}?(?:post|article|tutorial|guide|story|submission|page|piece|essay|talk|series)\b"
    r".{0,40}?\b(?:written by|by|contributed|comes from|is based on|is a guest|was (?:originally |first )?(?:published|posted)|originally|appeared|cross-?posted|republished|translated|part \w+ of|is part of)\b"
    r"|(?:originally|first) (?:published|posted|appeared)\b|cross-?posted\b|guest post\b|(?:many )?thanks?(?: you)?,? (?:to )?\w+(?: \w+)? for (?:the|your|this)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTENTS_LABEL = re.compile(
    r"(?:table of )?contents|toc|(?:in|on) this (?:page|post|article|guide|tutorial)|jump to|quick links|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice(?: de contenidos)?"
    r"|(?:tabla de )?contenidos?|indice(?: dei contenuti)?|sumário|inhoud(?:sopgave)?",
    re.IGNORECASE,
)
_CONTENTS_MARK = re.compile(
    r"\[toc\]|\[\[_?toc_?\]\]|\$\{toc\}|@\[toc\]|\{:\s*toc\b.*\}|(?:[-*+]|\d+[.)])[ \t]+(?:table of contents|toc|contents|inhalt)\W*(?:\s*\{:.*\})?",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\*\*|_|\d+[.)]\s*)*\[.*\]\(\s*<?#[^\s)]*\s*\)\S{0,3}\s*")
_IMPORT = re.compile(r"(?:import\b.*\bfrom\b.*|import\s+['\"].*|export\b.*)", re.IGNORECASE)
_HERO = re.compile(
    r"<(?:!|(?:head|h1|header|nav|figure|picture|img|center|table|script|style|link|meta|br|hr|video|audio|iframe|details|div|section|a|span|svg|(?-i:[A-Z][\w.]*))(?=[\s/>]))",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"(?:!\[[^\]]*\]\([^\r\n]*\)|\[!\[[^\r\n]*\)|<img\b[^<>]*>)[ \t]*(?:\r\n|\r|\n)\s*(?P<caption>\S.*)", re.DOTALL)
_TAGS = re.compile(r"(?>(?:#(?=[\d/-]*[^\W\d])[\w/-]+,?\s*)+)")  # `#oil #wicks/cotton`, as Obsidian has them; not a number alone
# The line that says whose words an epigraph is.
_WHOSE = re.compile(r"(?:^|[\r\n.!?…\"”»*_)])[> \t*_\\]*(?:[—–―]|--|-(?=[ \t]*[^\W\d_])|<cite\b)[^\r\n.;]{2,80}.?[ \t*_)]*$")
_LONGEST_HERO = 60  # words; an HTML block that says more is text
_LONGEST_EPIGRAPH = 80  # words
_LONGEST_TAIL = 200  # characters at the end of a quote in which the name stands
_LONGEST_NOTE = 80  # words; a first paragraph wholly in italics that is longer is the article
_TAG = re.compile(r"<[^<>]*>")


def lead_places(draft: Draft, preset: Preset = PLAIN, *, introduced: bool = False) -> Places:
    """After the title and what belongs to it, before the first prose; below what the site shows of the article in its lists.

    That is what stands above the mark that ends the excerpt. Without a mark:

    * Jekyll shows the first paragraph, and Docusaurus takes it for a description, unless the draft says what to show (`introduced`):
      our label alone would stand there, so the TL;DR goes below (jekyllrb.com/docs/posts/#post-excerpts,
      docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog#markdown-front-matter).
    * Hugo takes whole paragraphs until it has 70 words: the TL;DR and the first paragraph. That is a fair summary, and the TL;DR
      stays above (gohugo.io/content-management/summaries).
    * Docusaurus and Material for MkDocs list the whole post; Eleventy and Astro show what their templates say.
    """
    at = layout(draft)
    if not at.has_prose(0, len(at.blocks)):
        return nothing_to_sum_up(at)
    section, excerpt = at.first_section(), _excerpt(at, preset)
    if excerpt is not None and excerpt > section:
        why = f"it would stand in the excerpt, which ends after the first section (line {draft.line(at.blocks[excerpt].span.start)}); move that mark up to have one"
        return Places((), why, at.blocks[excerpt].span)
    first = 0 if excerpt is None else excerpt + 1
    if excerpt is None and preset.introduces_by and not introduced and not _states_excerpt(draft):
        first = next((i + 1 for i in range(section) if at.has_prose(i, i + 1)), 0)
        if not first:
            shown = f"{preset.label} shows the first paragraph in place of `{preset.introduces_by}`"
            return Places((), f"{shown}, and none stands above the first section: write one, or state `{preset.introduces_by}`")
    place = first if excerpt is not None else max(first, _after_title(at))
    places = (place, place + 1) if excerpt is None and place + 1 <= section and at.has_prose(place + 1, len(at.blocks)) else (place,)
    return _apart(at, places, max(first, 0 if at.title is None else at.title + 1), section)


def _apart(at: Layout, places: Sequence[int], first: int, section: int) -> Places:
    """The places outside of pairs of comments: above or below them, from block `first` to the first section; else inside a linter's."""
    found: list[int] = []
    for place in places:
        pair = at.around(place)
        if pair is None:
            found.append(place)
        else:
            found += [at.before_attached(pair.first)] if pair.first >= first else []
            found += [pair.last + 1] if pair.last < section and at.has_prose(pair.last + 1, len(at.blocks)) else []
            found += [place] if pair.switch else []
    if found:
        return Places(tuple(dict.fromkeys(found)))
    pair = at.around(places[0])
    opening = at.blocks[pair.first if pair else places[0]].span
    line = at.draft.line(opening.start)
    return Places((), f"it would stand between two comments that belong together (from line {line}), and no place is beside them", opening)


def _states_excerpt(draft: Draft) -> bool:
    """Whether the draft names the mark that ends its excerpt, or says by an empty one that it has none."""
    return bool(draft.frontmatter and isinstance(draft.frontmatter.values.get("excerpt_separator"), str))


def _excerpt(at: Layout, preset: Preset) -> int | None:
    """The block that ends the excerpt, the mark itself or the paragraph that it closes; a mark with nothing to read below it ends the draft."""
    stated = at.draft.frontmatter.values.get("excerpt_separator") if at.draft.frontmatter else None
    marks = {mark.strip() for mark in (*preset.excerpt_marks, stated) if isinstance(mark, str)}
    lasts = {pair.last for pair in at.pairs}
    for i, block in enumerate(at.blocks):
        if i in lasts and "excerpt" not in at.text(i).casefold():
            continue
        if block.kind in ("comment", "opaque", "html", "paragraph") and _ends_excerpt(at, i, marks):
            return i if any(below.kind not in ("comment", "definition", "footnote", "rule") for below in at.blocks[i + 1 :]) else None
    return None


def _ends_excerpt(at: Layout, i: int, marks: Collection[str]) -> bool:
    text = at.text(i).strip()
    if text in marks or _EXCERPT_END.fullmatch(text):
        return True
    return at.blocks[i].kind != "opaque" and bool(
        _EXCERPT_END.match(text) or (_EXCERPT_END.search(text, max(0, len(text) - 40)) and text.endswith(("-->", "*/}")))
    )


def _after_title(at: Layout) -> int:
    """The first block that is not part of the title matter; a rule is part of it only with more of it below."""
    place = i = 0
    while i < len(at.blocks):
        length = _title_matter(at, i)
        if length:
            place = i + length
        elif at.blocks[i].kind != "rule":
            break
        i += length or 1
    return at.before_attached(place) if place < len(at.blocks) else len(at.blocks)


def _title_matter(at: Layout, i: int) -> int:
    """How many blocks from `i` on belong to the title: none, one, or a table of contents with its label."""
    block = at.blocks[i]
    if i + 1 < len(at.blocks) and _CONTENTS_LABEL.fullmatch(_label(at, i)) and _is_contents(at, i + 1):
        return 2
    return int(_TITLE_MATTER.get(block.kind, _is_not)(at, i))


def _label(at: Layout, i: int) -> str:
    return (at.heading(i) or at.words(i)).strip(" :.") if at.blocks[i].kind in ("heading", "paragraph") else ""


def _is_contents(at: Layout, i: int) -> bool:
    """A table of contents: a mark for one, or a list of links into the page."""
    text = at.text(i).strip()
    if at.blocks[i].kind != "list":
        return _is_contents_mark(text) or (
            at.blocks[i].kind in ("opaque", "comment", "html") and re.search(r"toc\b|contents", text[:80], re.IGNORECASE) is not None
        )
    lines = [line for line in LINE_END.split(text) if line.strip()]
    return _is_contents_mark(text) or all(len(line) < LONGEST_TRAIL and _CONTENTS_LINE.fullmatch(line) for line in lines)


def _is_contents_mark(text: str) -> bool:
    return len(text) < LONGEST_TRAIL and _CONTENTS_MARK.fullmatch(text) is not None


def _is_hero(at: Layout, i: int) -> bool:
    """HTML that shows or sets up something, and does not talk: a picture, a banner, an `<h1>`."""
    html = at.text(i)
    return bool(_HERO.match(html.lstrip())) and len(_TAG.sub(" ", html).split()) <= _LONGEST_HERO


def _is_note(at: Layout, i: int) -> bool:
    """A paragraph about the article rather than of it: byline, update, where it comes from, links alone, imports."""
    text = at.text(i).strip()
    words = at.words(i)
    count = len(words.split())
    if count <= 16 and not text.rstrip("*_)>\"'”’ ").endswith((".", "!", "?")) and _BYLINE.fullmatch(text.strip(" *_>")):
        return True
    if _ALERT.match(text) or _NOTICE.match(_NOTE_MARK.sub("", text)):
        return count <= _LONGEST_NOTE
    if count <= _LONGEST_NOTE and (picture := _PICTURE.fullmatch(text)):
        return is_italic(picture["caption"]) or _BYLINE.fullmatch(picture["caption"]) is not None
    if all(_IMPORT.match(line) for line in LINE_END.split(text)) and _is_code(text):
        return True
    return (
        count <= _LONGEST_NOTE and (_ORIGIN.match(words) is not None or _TAGS.fullmatch(text) is not None or is_italic(text))
    ) or at.is_links(i)


def _is_code(text: str) -> bool:
    return text.rstrip().endswith((";", "'", '"', "}", ")"))


def _is_title(at: Layout, i: int) -> bool:
    return i == at.title


def _is_decoration(_at: Layout, _i: int) -> bool:
    return True


def _is_not(_at: Layout, _i: int) -> bool:
    return False


def _is_front(at: Layout, i: int) -> bool:
    """A paragraph about the article, if the article has more to it."""
    return _is_contents(at, i) or (_is_note(at, i) and at.has_prose(i + 1, len(at.blocks)))


def _is_notice(at: Layout, i: int) -> bool:
    """A quote that is an alert, an update, says where the text comes from, or is an epigraph: short, with the name of who said it."""
    text = _QUOTE_MARK.sub("", at.text(i))
    if _ALERT.match(text) or _NOTICE.match(text) or _ORIGIN.match(at.words(i)):
        return True
    return (
        len(at.words(i).split()) <= _LONGEST_EPIGRAPH
        and _WHOSE.search(text.rstrip()[-_LONGEST_TAIL:]) is not None
        and at.has_prose(i + 1, len(at.blocks))
    )


_TITLE_MATTER: dict[BlockKind, Callable[[Layout, int], bool]] = {
    "heading": _is_title,
    "image": _is_decoration,
    "comment": _is_decoration,
    "opaque": _is_decoration,
    "definition": _is_decoration,
    "html": _is_hero,
    "paragraph": _is_front,
    "quote": _is_notice,
    "list": _is_contents,
}
