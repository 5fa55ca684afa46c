"""Which folders of a site are of a language each, as far as the site itself shows: `it/` and `hr/` may be departments."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.language import UNKNOWN, detect_language
from geo_optimizer.model import Draft
from geo_optimizer.site.gist import text_of
from geo_optimizer.site.store import Store, unpacked

_CODES = frozenset(
    "ar az bg bn ca cs da de el en eo es et eu fa fi fr gl gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl no"
    " pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh".split()
)
_CODE = lazily(r"([a-z]{2})(?:[-_](?:[a-z]{2}|hans|hant|419))?", re.IGNORECASE)
_HEARD = frozenset("en de fr es it pt nl".split())  # languages that are told from each other (see `detect_language`)
_FOLDERS, _OF_EACH = 8, 4  # folders and pages of each whose texts are listened to
_TELLING = 20  # words from which on a text tells its language
_COMPARED = 200  # pages of a folder for which the same page in another language is looked for
_MOST = 0.8  # share of a site's pages from which on its folders of languages are all that it consists of


@dataclass(frozen=True, slots=True)
class Languages:
    """`folders`: the names of folders that are languages; `outside`: the language of what lies in none of them, "" if that is not known."""

    folders: frozenset[str] = frozenset()
    outside: str = ""

    def of(self, path: str) -> str:
        """The language of the page at a path, by a folder or by the file's name (`kale.de.md`); "" if that is not known."""
        return next(self._stated(path), self.outside)

    def _stated(self, path: str) -> Iterator[str]:
        folder, _, name = path.rpartition("/")
        yield from (code for code in codes_in(folder.split("/")) if code in self.folders)
        yield from codes_in(name.split(".")[1:-1])

    def of_draft(self, draft: Draft, path: str | None) -> str:
        """That of the draft's page at `path`, if it is told there; else, on a site of several languages, the one that the draft is in."""
        stated = next(self._stated(path), "") if path else ""
        if stated or not (self.folders or self.outside):
            return stated
        like = [code for code in self.folders if code[:2] == draft.language]
        return like[0] if len(like) == 1 else draft.language

    def differ(self, one: str, other: str) -> bool:
        """Whether two languages, as `of` tells them, are certainly two."""
        return bool(one and other) and one != other


def codes_in(parts: Sequence[str]) -> list[str]:
    """The parts of a path that look like languages, in small letters."""
    found = ((part.lower(), match[1].lower()) for part in parts if (match := _CODE.fullmatch(part)))
    return [part for part, code in found if code in _CODES]


def languages_in(store: Store) -> Languages:
    """What a site's texts say; where they say nothing, what its folders have in common."""
    within: dict[str, list[str]] = defaultdict(list)
    outside: list[str] = []
    sizes: Counter[str] = Counter()
    for folder, pages in store.rows("SELECT folder, count(*) FROM page GROUP BY folder"):
        codes = codes_in(folder.split("/"))
        for code in codes or [""]:
            within[code].append(folder)
            sizes[code] += pages
        outside += [] if codes else [folder]
    by_name = store.row("SELECT 1 FROM page WHERE path GLOB '*.[a-zA-Z][a-zA-Z].[mh][dt]*' LIMIT 1") is not None
    if not sizes.keys() - {""} and not by_name:
        return Languages()
    around = _spoken(store, outside)
    spoken = {code: _spoken(store, folders) for code, folders in within.items() if code}
    heard = {code for code, language in spoken.items() if language == code[:2]}
    if "en" in spoken and len(spoken) > 1:  # `it` and `hr` may be departments, `en` beside them is a language
        heard |= spoken.keys()
    unsure = [code for code, language in spoken.items() if _may_be(code[:2], language, around)]
    all_there_is = sum(sizes[code] for code in {*heard, *unsure}) >= _MOST * sizes.total() and len({*heard, *unsure}) > 1
    heard |= {code for code in unsure if len(code) > 2 or all_there_is or _has_counterparts(store, code, within, spoken)}
    several = len({code[:2] for code in heard} | {around} - {"", UNKNOWN}) > 1 or "" in {spoken[code] for code in heard}
    return Languages(frozenset(heard) if several else frozenset(), "" if around == UNKNOWN else around)


def _may_be(code: str, heard: str, around: str) -> bool:
    """Whether texts that were heard as one language may be in another: if they were not understood, or if that one is told from no other."""
    return heard in ("", UNKNOWN) or (code not in _HEARD and heard not in (around, "en"))


def _spoken(store: Store, folders: Sequence[str]) -> str:
    """The language of most texts in some folders; "" where there are none, UNKNOWN where no language is that of most."""
    found: Counter[str] = Counter()
    for folder in folders[:: max(1, len(folders) // _FOLDERS)]:
        for (said,) in store.rows("SELECT stems FROM page WHERE folder = ? AND NOT path GLOB '*.??.*' LIMIT ?", folder, _OF_EACH):
            text = text_of(unpacked(said))
            if text.count(" ") >= _TELLING:
                found[detect_language(text)] += 1
    language, pages = next(iter(found.most_common(1)), ("", 0))
    return language if 2 * pages > found.total() else UNKNOWN if found else ""


def _has_counterparts(store: Store, code: str, within: dict[str, list[str]], codes: dict[str, str]) -> bool:
    """Whether most pages of a folder, two at least, are there under another language, or under none, at the same place."""
    paths = [p for f in within[code] for (p,) in store.rows("SELECT path FROM page WHERE folder = ? LIMIT ?", f, _COMPARED)][:_COMPARED]
    same = sum(any(store.row("SELECT 1 FROM page WHERE path = ?", one) for one in _elsewhere(path, code, codes)) for path in paths)
    return same >= 2 and 2 * same > len(paths)


def _elsewhere(path: str, code: str, codes: dict[str, str]) -> Iterator[str]:
    parts = path.split("/")
    at = next((n for n, part in enumerate(parts) if part.lower() == code), 0)
    yield "/".join((*parts[:at], *parts[at + 1 :]))
    yield from ("/".join((*parts[:at], other, *parts[at + 1 :])) for other in codes if other != code)
