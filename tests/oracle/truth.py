"""Whether what the offline engine writes is in the draft: by grounding, asked anew on a draft read anew for the text of each line alone, and by a
check of figures and names that shares no code with it.

The second sees that a line has no figure and no name that the draft lacks; whether they belong together is for the first.

    python tests/oracle/truth.py FOLDER [--runs N] [--seed S] [--varied]

Takes the drafts of a folder and variations of them (paragraphs left out or moved, figures changed, other line ends, cut off), each text
once, optimises each and prints every generated line that either refuses. `--varied` takes variations alone, so that several runs with
other seeds can share the work.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.errors import DraftRefused
from geo_optimizer.grounding import ground
from geo_optimizer.markdown import parse
from geo_optimizer.model import Enhancement
from geo_optimizer.pipeline import optimize

_TOLD_EACH = 100  # runs between two words about how far it got
STATING = ("title", "description", "tldr", "takeaway")


# ------------------------------------------------------------------ the independent check

_FIGURE = re.compile(r"\d{1,3}(?:[\u00a0\u202f' ]\d{3})+(?![\d.,])|\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;–—|•]\s+|[\"“‘'(\[*_]\s*)$")
_NUMBER_WORDS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
    seventy eighty ninety hundred thousand million billion trillion half third quarter percent""".split()
)


def unsaid(line: str, source: str) -> list[str]:
    """The figures and names of a line that stand nowhere in the source, as written."""
    figures = {_bare(match.group()) for match in _FIGURE.finditer(source)}
    low = {_plain(part) for word in _WORD.findall(source) for part in (word, *word.split("-"))}
    missing = [match.group() for match in _FIGURE.finditer(line) if _bare(match.group()) not in figures]
    for match in _WORD.finditer(line):
        word = match.group()
        named = word[0].isupper() and not _SENTENCE_START.search(line[: match.start()])
        said = _plain(word) in low or all(_plain(part) in low for part in word.split("-"))  # markup may end inside: "`b.N`-style"
        if (named or word.lower() in _NUMBER_WORDS) and not said:
            missing.append(word)
    return missing


def _plain(word: str) -> str:
    """In small letters, without what may stand outside the markup of a name: "**Will**’s", "`Environment`s"."""
    return re.sub(r"(?:['’]s|s['’]?)$", "", word.lower())


def _bare(figure: str) -> str:
    """Without what groups its digits; a decimal point stays."""
    return re.sub(r"\D", "", figure) if re.fullmatch(r"\d{1,3}(?:\D\d{3})+", figure) else figure.replace(",", ".")


# ------------------------------------------------------------------ variations


def _paragraphs(text: str) -> list[str]:
    return re.split(r"(?<=\n)\n+", text)


def _without_some(text: str, chance: random.Random) -> str:
    return "\n".join(part for part in _paragraphs(text) if chance.random() > 0.3)


def _moved(text: str, chance: random.Random) -> str:
    parts = _paragraphs(text)
    i, j = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[i], parts[j] = parts[j], parts[i]
    return "\n".join(parts)


def _other_figures(text: str, chance: random.Random) -> str:
    return re.sub(r"\d+", lambda match: str(int(match.group()) + chance.randrange(7)) if chance.random() < 0.4 else match.group(), text)


def _windows(text: str, _: random.Random) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _cut(text: str, chance: random.Random) -> str:
    rows = text.split("\n")
    return "\n".join(rows[: chance.randrange(len(rows) // 2, len(rows) + 1)])


def _without_head(text: str, _: random.Random) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)


VARIATIONS: tuple[Callable[[str, random.Random], str], ...] = (_without_some, _moved, _other_figures, _windows, _cut, _without_head)


def varied(text: str, chance: random.Random) -> str:
    """A draft changed in one to three ways."""
    for change in chance.sample(VARIATIONS, chance.randrange(1, 4)):
        text = change(text, chance)
    return text


# ------------------------------------------------------------------ what is written


def untrue(source: str) -> Iterator[tuple[str, str]]:
    """Each line that the offline engine writes into a draft and that either check refuses, with why. Raises DraftRefused."""
    done = optimize(source, [OfflineEngine()])
    draft = parse(source)
    title = draft.title or ""
    for verdict in done.verdicts:
        line = verdict.enhancement
        if not verdict.supported or line.kind not in STATING:
            continue
        again = ground(Enhancement(line.kind, line.text), draft)
        if not again.supported:
            yield line.text, "; ".join(reason.detail for reason in again.reasons)
        if missing := unsaid(line.text, f"{title}\n{source}"):
            yield line.text, f"not in the draft: {', '.join(missing)}"
    after = parse(done.output)
    for prose in after.prose:
        if prose.known and prose.kind == "item" and (missing := unsaid(prose.text, f"{title}\n{source}")):
            yield prose.text, f"written, and not in the draft: {', '.join(missing)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--varied", action="store_true", help="variations alone")
    asked = parser.parse_args()
    drafts = sorted(path for path in asked.folder.rglob("*") if path.suffix in (".md", ".mdx", ".markdown"))
    refused = faults = done = 0
    for path, source in different(drafts, asked.runs, random.Random(asked.seed), unvaried=not asked.varied):
        try:
            for line, why in untrue(source):
                faults += 1
                print(f"{path}: {line}\n    {why}", flush=True)
        except DraftRefused:
            refused += 1
        done += 1
        if done % _TOLD_EACH == 0:
            print(f"{done} runs, last {path.name}", file=sys.stderr, flush=True)
    print(f"{done} different texts of {len(drafts)} drafts: {refused} drafts refused, {faults} lines that are not true")
    return int(faults > 0)


def different(drafts: list[Path], runs: int, chance: random.Random, *, unvaried: bool) -> Iterator[tuple[Path, str]]:
    """So many texts, no two the same: the drafts themselves if asked for, then variations of them in turns."""
    seen: set[bytes] = set()
    texts = [path.read_bytes().decode("utf-8", "replace") for path in drafts]
    rounds = 0
    while len(seen) < runs:
        for path, text in zip(drafts, texts, strict=True):
            source = text if unvaried and rounds == 0 else varied(text, chance)
            key = hashlib.sha256(source.encode()).digest()
            if key not in seen and len(seen) < runs:
                seen.add(key)
                yield path, source
        rounds += 1


if __name__ == "__main__":
    sys.exit(main())
