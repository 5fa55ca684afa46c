"""A site of N pages of made-up words, the same on every machine; `site.py` measures on it.

    python benchmarks/sites.py FOLDER PAGES [--seed N]

Words are syllables put together; how often each is used falls as in a language (Zipf), small English words stand between
them. Every folder has a subject and every page one within it, so that pages differ as articles do; a page links mostly to
its neighbours, sometimes across the site, and rarely to one of the few pages that everybody links to. As on a real site
some links are dead, some pages are copies of others, some share a title, and some are stubs or drafts: `Made` tells how many.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

WORDS = 300  # of a page, on average
_VOCABULARY = 6_000
_SMALL = (
    "the of and to in a is that for it as was with be by on not he are this or his from at which but have an had they you were their one"
    " all we can has more if no out so said what up its about than into them can only other time new some could these two may then do"
).split()
_ONSETS = "b br c cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t tr v w".split()
_VOWELS = "a e i o u ai ea ie ou".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ck"]
_PER_FOLDER, _PER_SECTION = 24, 12  # pages in a folder, folders in a section
_TOPIC, _OWN = 40, 8  # words of a folder's subject, and of a page's
# Of a hundred words so many are small, of the language, of the folder's subject, of the page's own.
_MIX = (44, 26, 20, 10)
_LINKS = 5
_NEAR, _FAR = 0.6, 0.3  # links within the folder, anywhere; the rest leads to the pages that everybody links to
_KNOWN_TO_ALL = 40


@dataclass(slots=True)
class Made:
    """What was put into the site, by the numbers of its pages: `dead` counts links, the others list pages."""

    pages: int = 0
    links: int = 0
    dead: int = 0
    copies: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    stubs: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


class _Language:
    """A vocabulary, and how often each of its words is used."""

    def __init__(self, rng: random.Random) -> None:
        found: dict[str, None] = {}
        while len(found) < _VOCABULARY:
            found["".join(rng.choice(part) for _ in range(rng.choice((1, 2, 2, 3))) for part in (_ONSETS, _VOWELS, _CODAS))] = None
        self.words = [word for word in found if len(word) > 3]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.small = list(accumulate(1 / (rank + 1.5) for rank in range(len(_SMALL))))

    def some(self, rng: random.Random, count: int) -> list[str]:
        """Words of a subject: the rarer ones tell subjects apart."""
        return rng.sample(self.words[200:], count)


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    words: Sequence[str]


class _Plan:
    """Where every page stands, what it is about and what it is called, before any is written."""

    def __init__(self, pages: int, seed: int) -> None:
        rng = random.Random(seed)
        self.seed, self.pages = seed, pages
        self.language = _Language(rng)
        self.folders = [self._folder(rng, n) for n in range((pages + _PER_FOLDER - 1) // _PER_FOLDER)]
        self.own = [self.language.some(rng, _OWN) for _ in range(pages)]
        self.titles = [self._title(rng, n) for n in range(pages)]

    def _folder(self, rng: random.Random, number: int) -> _Folder:
        section = self.language.words[300 + number // _PER_SECTION % 3_000]
        words = self.language.some(rng, _TOPIC)
        return _Folder(f"{section}-{number // _PER_SECTION}/{words[0]}-{number % _PER_SECTION}", words)

    def folder(self, page: int) -> _Folder:
        return self.folders[page // _PER_FOLDER]

    def is_index(self, page: int) -> bool:
        return page % _PER_FOLDER == 0

    def _title(self, rng: random.Random, page: int) -> str:
        own, folder = self.own[page], self.folder(page)
        shape = rng.choice(("{0} {1} {2}", "{0} {1}", "the {0} of {1}", "{0} and {2} {1}", "how {0} {1} the {2}"))
        return shape.format(own[0], own[1], rng.choice(folder.words)).capitalize()

    def path(self, page: int) -> str:
        if page == 0:
            return "index.md"
        name = "index" if self.is_index(page) else f"{self.titles[page].lower().replace(' ', '-')}-{page}"
        return f"{self.folder(page).path}/{name}.md"

    def address(self, page: int) -> str:
        path = self.path(page).removesuffix(".md").removesuffix("index").strip("/")
        return f"/{path}/" if path else "/"


def make_site(folder: Path, pages: int, *, seed: int = 1) -> Made:
    """Write so many pages below `folder`, and tell what they hold."""
    plan, made = _Plan(pages, seed), Made(pages)
    rng = random.Random(seed + 1)
    for page in range(pages):
        text = _page(plan, rng, page, made)
        path = folder / plan.path(page)
        if page < 2 or page % _PER_FOLDER in (0, 1):
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


def drafts(pages: int, count: int, *, seed: int = 1) -> Iterator[str]:
    """Articles about some of the pages' subjects, without a link: what an editor would want links for."""
    plan, rng = _Plan(pages, seed), random.Random(seed + 2)
    for page in rng.sample(range(pages), count):
        about = " ".join(rng.sample(plan.own[page], 3)).capitalize()
        first = page - page % _PER_FOLDER
        named = plan.titles[first : first + 12]
        paragraphs = list(_paragraphs(plan, rng, page, 3 * WORDS))
        told = [f"{text} In short, {title.lower()} came first." for text, title in zip(paragraphs, named * len(paragraphs), strict=False)]
        yield f"# {about}\n\n" + "\n\n".join(told) + "\n"


def _page(plan: _Plan, rng: random.Random, page: int, made: Made) -> str:
    title, like = plan.titles[page], page
    if page > 200 and rng.random() < 0.002:
        title = plan.titles[page - 100]
        made.titles.append(page)
    head = [f"title: {title}", f"date: 20{10 + page % 15}-{1 + page % 12:02}-{1 + page % 28:02}"]
    if rng.random() < 0.7:
        head.append(f"description: {_sentence(plan, rng, page, 14)}")
    if page and rng.random() < 0.01:
        head.append("draft: true")
        made.hidden.append(page)
    is_stub = rng.random() < 0.01 and not plan.is_index(page)
    if is_stub:
        made.stubs.append(page)
    elif page > 300 and rng.random() < 0.004:
        like = page - 200
        made.copies.append(page)
    text_rng = random.Random(f"{plan.seed} {like}")  # a copy says what the other says, and has its links
    words = max(60, int(text_rng.gauss(WORDS, 90)))
    paragraphs = list(_paragraphs(plan, text_rng, like, 25 if is_stub else words))
    for n, link in enumerate(_links(plan, text_rng, like, made, is_copy=like != page)):
        paragraphs[n % len(paragraphs)] += f" {text_rng.choice(('See', 'Compare', 'Start with', 'Think of'))} {link}."
    heading = f"## {_sentence(plan, text_rng, like, 4).rstrip('.')}"
    middle = len(paragraphs) // 2
    body = "\n\n".join([*paragraphs[:middle], heading, *paragraphs[middle:]])
    return "---\n" + "\n".join(head) + f"\n---\n\n# {title}\n\n{body}\n"


def _paragraphs(plan: _Plan, rng: random.Random, page: int, words: int) -> Iterator[str]:
    left = words
    while left > 0:
        sentences = [_sentence(plan, rng, page, rng.randint(8, 22)) for _ in range(rng.randint(2, 5))]
        left -= sum(text.count(" ") + 1 for text in sentences)
        yield " ".join(sentences)


def _sentence(plan: _Plan, rng: random.Random, page: int, words: int) -> str:
    language = plan.language
    kinds = rng.choices(range(4), cum_weights=tuple(accumulate(_MIX)), k=words)
    small = iter(rng.choices(_SMALL, cum_weights=language.small, k=words))
    common = iter(rng.choices(language.words, cum_weights=language.weights, k=words))
    topic, own = iter(rng.choices(plan.folder(page).words, k=words)), iter(rng.choices(plan.own[page], k=words))
    sources = (small, common, topic, own)
    return " ".join(next(sources[kind]) for kind in kinds).capitalize() + "."


def _links(plan: _Plan, rng: random.Random, page: int, made: Made, *, is_copy: bool) -> Iterator[str]:
    for _ in range(rng.randint(0, 2 * _LINKS)):
        target = _target(plan, rng, page)
        made.links += 1
        words = plan.titles[target].lower()
        if rng.random() < 0.01:
            made.dead += 1
            yield f"[{words}]({plan.address(page).rstrip('/')}-gone/)" if page and rng.random() < 0.5 else f"[{words}](gone-{made.dead}.md)"
        elif rng.random() < 0.5 or is_copy:  # a path would lead elsewhere from there
            yield f"[{words}]({plan.address(target)})"
        else:
            yield f"[{words}]({_relative(plan.path(page), plan.path(target))})"


def _target(plan: _Plan, rng: random.Random, page: int) -> int:
    kind = rng.random()
    if kind < _NEAR:
        first = page - page % _PER_FOLDER
        return rng.randrange(first, min(first + _PER_FOLDER, plan.pages))
    if kind < _NEAR + _FAR:
        return rng.randrange(plan.pages)
    return int(_KNOWN_TO_ALL * rng.random() ** 2) * max(1, plan.pages // _KNOWN_TO_ALL) % plan.pages


def _relative(page: str, target: str) -> str:
    depth = page.count("/")
    folder = page.rpartition("/")[0]
    if folder and target.startswith(folder + "/"):
        return target.removeprefix(folder + "/")
    return "../" * depth + target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(make_site(asked.folder, asked.pages, seed=asked.seed))


if __name__ == "__main__":
    main()
