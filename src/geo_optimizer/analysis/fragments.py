"""The places within a draft that a link `#place` can lead to.

Renderers make a heading's id each in their own way. Two spellings are taken
for one place if their letters and digits are the same, so that whatever
GitHub, Goldmark, kramdown, Python-Markdown or Docusaurus make of a heading
is found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import unquote

from geo_optimizer.analysis.slugs import slug
from geo_optimizer.lazy import lazily
from geo_optimizer.model import OBJECT, Draft, measured

# Ids of the page around the text.
_LAYOUT = frozenset(
    """top main content contents maincontent toc tableofcontents nav navigation header footer comments comment respond search sidebar
    skip start page body home menu subscribe newsletter contact disqusthread overview introduction abstract references bibliography
    footnotes share signup login root app""".split()
)
_GENERATED = lazily(r"(?:fn|footnote|user-content-|cite|ref-|note|toc_|tab/|_\d|\^|:~:|/|!|\?|L\d|\d)", re.IGNORECASE)
# What may put headings into the page that the draft does not show: a shortcode or tag that brings in a file, an imported part.
_INCLUDED = lazily(
    r"\{\{[<%]\s*(?!/|figure|ima?ge?\b|youtube|vimeo|tweet|highlight|alert|ref\b|relref)|\{%-?\s*(?:include|render|embed|import)|\binclude::"
    r"|^import\s[^\n]*\.mdx?[\"']|^--8<--|<!--\s*@?include|^\s*\{\{\s*(?:include|content)",
    re.MULTILINE,
)


@cache
def _stated() -> re.Pattern[str]:
    """An id that the author gave: an attribute, `{#id}`, a MyST target, label or name, a block id."""
    return re.compile(
        r"""\b(?:id|name|label|anchor|slug|key)\s*[=:]\s*(?:\{?["'`](?P<quoted>[^"'`\n]+)["'`]|(?P<bare>[^\s"'`>{}]+))"""
        r"""|\{[^{}\n]*?[#](?P<attribute>[^\s{}]+)[^{}\n]*\}|^[ \t>]*\((?P<target>[^()\n]+)\)=|\s\^(?P<block>[\w-]+)[ \t]*$"""
        r"""|\{[%{][^\n]*?["'](?P<argument>[^"'\n]+)["'][^\n]*?[%}]\}""",
        re.MULTILINE,
    )


def folded(text: str) -> str:
    """A text's letters and digits, accents taken off."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


@measured
def _headings(draft: Draft) -> frozenset[str]:
    return frozenset(folded(heading.text) for heading in draft.headings)


@measured
def _places(draft: Draft) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The folded ids of a draft; and the beginnings and ends of those headings whose middle is made elsewhere."""
    ids, open_ended = set(_LAYOUT), []
    for heading in draft.headings:
        if OBJECT in heading.text:
            parts = heading.text.split(OBJECT)
            open_ended.append((folded(parts[0]), folded(parts[-1])))
        ids.update(_spellings(heading.text, draft.language))
        ids.update(_spellings(draft.text(heading.span).strip("# \t=-\r\n"), draft.language))
    for line in re.finditer(r"^[ \t>*+-]*#{1,6}[ \t]+(.+)$", draft.source, re.MULTILINE):  # those of quotes, lists and components
        ids.update(_spellings(line[1], draft.language))
    for html in re.finditer(r"<h[1-6][^>]*>(.*?)</h[1-6]>", draft.source, re.DOTALL | re.IGNORECASE):
        ids.update(_spellings(re.sub(r"<[^>]*>", "", html[1]), draft.language))
    for stated in _stated().finditer(draft.source):
        name = next(group for group in stated.groups() if group)
        ids.update((folded(name), folded(name.partition(".")[0])))  # "#id.class", or an id with a stop in it
    return frozenset(ids), tuple(open_ended)


def _spellings(text: str, language: str) -> set[str]:
    """What renderers may make of a heading's text: with "&" as a word or not, its number or not, its markup or not."""
    text = re.sub(r"\{[#:.][^{}]*\}\s*#*\s*$", "", text)
    shown = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    found = {
        folded(text),
        folded(shown),
        folded(shown.replace("&", " and ")),
        folded(shown.replace("&", " amp ")),
        folded(slug(shown, language)),
    }
    found.add(folded(re.sub(r"<[^>]*>", "", shown)))
    found.add(folded(re.sub(r":\w+:", "", shown)))
    return found | {re.sub(r"^\d+", "", one) for one in found}


def leads_nowhere(draft: Draft, fragment: str) -> bool:
    """Whether `#fragment` names no place of the draft, as far as the draft alone can tell."""
    name = unquote(fragment)
    wanted = folded(name)
    if not wanted or _GENERATED.match(name) or not draft.headings or OBJECT in name or "{" in name:
        return False
    if wanted in _headings(draft) or _is_composed(draft):
        return False
    ids, open_ended = _places(draft)
    if wanted in ids or re.sub(r"\d{1,2}$", "", wanted) in ids or re.sub(r"^\d+", "", wanted) in ids:
        return False
    return not any(wanted.startswith(before) and wanted.endswith(after) for before, after in open_ended)


@measured
def _is_composed(draft: Draft) -> bool:
    """Whether the page has parts that the draft does not hold; MyST's targets are those of the whole project."""
    return draft.dialect == "myst" or _INCLUDED.search(draft.source) is not None


def nearest(draft: Draft, fragment: str) -> int | None:
    """The number of the heading whose id is most like `fragment`, if one is much like it."""
    from difflib import SequenceMatcher

    wanted = folded(unquote(fragment))[:_COMPARED]
    best, likest = None, 0.0
    for number, text in enumerate(_folded_headings(draft)):
        least = max(likest, _MUCH_ALIKE)
        if 2 * min(len(wanted), len(text)) < least * (len(wanted) + len(text)):
            continue  # by their lengths alone
        matcher = SequenceMatcher(None, wanted, text)
        if matcher.quick_ratio() >= least and (ratio := matcher.ratio()) >= least and ratio > likest:
            best, likest = number, ratio
    return best


@measured
def _folded_headings(draft: Draft) -> tuple[str, ...]:
    return tuple(folded(heading.text)[:_COMPARED] for heading in draft.headings[:_MOST_COMPARED])


_MUCH_ALIKE = 0.7
_COMPARED = 200  # characters of a heading
_MOST_COMPARED = 500  # headings
