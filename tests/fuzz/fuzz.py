"""Mutates drafts until the promise breaks: `python tests/fuzz/fuzz.py --minutes 60 samples [FOLDER...]`.

What breaks it is made small, kept in `finds/`, and replayed by test_fuzz.py ever after.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import time
from pathlib import Path

from promise import broken, draft_name

FINDS = Path(__file__).parent / "finds"
NASTY = (
    "\n\n", "\n", "\r\n", "\r", "\t", "    ", "  \n", "\f", "\x0b", "\x85", "\u2028", "\ufeff", "\0", "\u0301", "\u200b", "\u05d0", "🦉", "\ue000", "```\n", "~~~\n", "`", "``", "---\n", "+++\n", "...\n",
    "===\n", "# ", "## ", "> ", ">", "- ", "* ", "1. ", "|", "|---|\n", "[", "](", ")", "![", "][", "[^1]", "[^1]: ", "[a]: /b\n", "<", ">", "<div>\n", "</div>\n", "<!--", "-->", "<!--more-->\n", "<p>", "<a href='", "<A b={",
    "/>", "</A>", "<>", "</>", "{", "}", "{{", "}}", "{{< a >}}", "{{< /a >}}", "{%", "%}", "{% raw %}", "{% endraw %}", "{/*", "*/}", ":::\n", ":::note\n", "!!! note\n", '=== "A"\n', "$$\n", "$", "[[", "]]", "![[", "|", "%%", "*",
    "**", "_", "~~", "\\", "&amp;", "&", "https://a.example/b", "\n: ", "{#id .class}", "{: .class}\n", "import a from 'b'\n", "export const a = {\n", "title: A\n", "  - b\n", "tags: []\n", "key: |\n", "key: &a b\n", "key: *a\n",
    "{::", "{:/}", "!!bool ", "!!int ", "&x [*x]", "<<: ", "\\begin{a}\n", "\\end{a}", "{a=b c=", "<% ", "%>", "<details>\n", "{}\n", "\ufdd0", "\ufdd1", "- [[a|b]] ", "* * *\n", "(a)=\n", "% a\n", "\n1. ", "TL;DR", "**TL;DR**\n\n", "## Key takeaways\n\n", "geo-optimizer: internal link suggestions", "In 2025, 41% of the 214 firms kept lamps. ",
)  # fmt: skip


def mutated(text: str, others: list[str], rng: random.Random) -> str:
    """Some cuts, doublings, moves, and things that do not belong, at places that are often the starts of lines."""
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        starts = [0, *(i + 1 for i, char in enumerate(text) if char in "\r\n")]
        a, b = sorted(rng.choice(starts) if rng.random() < 0.6 else rng.randint(0, len(text)) for _ in "ab")
        other = rng.choice(others)
        cut = rng.randint(0, len(other))
        piece = rng.choice((rng.choice(NASTY), rng.choice(NASTY), text[a : a + 40], other[cut : cut + rng.choice((5, 60, 400))]))
        text = rng.choice((text[:a] + piece + text[a:], text[:a] + piece + text[b:], text[:a] + text[b:], text[:b] + text[a:]))
    return text[:6000]


def failure(text: str, name: str) -> str | None:
    """Why the promise breaks, without the numbers of lines."""
    why = broken(text, name)
    return why and re.sub(r"\d+", "N", why)


def smaller(text: str, name: str, why: str) -> str:
    """The same failure with less text: stretches are taken away as long as it stays."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            less = text[:at] + text[at + size :]
            text, at = (less, at) if failure(less, name) == why else (text, at + size)
        size //= 2
    return text


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    told = options.parse_args()
    rng, end, tries, seen = random.Random(told.seed), time.monotonic() + told.minutes * 60, 0, set()
    paths = sorted(path for folder in told.folders for path in folder.rglob("*.md*") if path.stat().st_size < 20_000)
    drafts = [(path.suffix, path.read_bytes().decode("utf-8", "replace")) for path in paths]
    while time.monotonic() < end:
        suffix, source = rng.choice(drafts)
        text, name, tries = mutated(source, [text for _, text in drafts[:400]], rng), draft_name(suffix), tries + 1
        if (why := failure(text, name)) and why not in seen:
            seen.add(why)
            text = smaller(text, name, why)
            place = FINDS / f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}{suffix}"
            place.write_bytes(text.encode("utf-8", "surrogatepass"))
            print(f"{place}: {why}", flush=True)
    print(f"{tries} drafts, {len(seen)} kinds of failure")


if __name__ == "__main__":
    main()
