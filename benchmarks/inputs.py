"""The inputs of `pathological.py`: for each a function from a size to a draft, and the sizes it is made at.

Everything is made from the tables below by a seeded generator: the same text on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Input:
    """A kind of draft. `sizes`: what `make` is called with, growing; characters or parts, as the name says."""

    name: str
    make: Callable[[int], str]
    sizes: tuple[int, ...]
    suffix: str = ".md"


def _doubling(most: int) -> tuple[int, ...]:
    return most // 4, most // 2, most


# ------------------------------------------------------------------ ordinary prose

_PEOPLE = (
    "The council|The harbour office|A small team|Most growers|The museum|Our volunteers|The railway|Nearly every baker"
    "|The weather service|Two librarians|The cooperative|Local schools"
).split("|")
_DID = (
    "planted|measured|repaired|counted|described|opened|moved|cleaned|tested|replaced|rented|painted|mapped|compared|collected|sorted"
).split("|")
_THINGS = (
    "rain gauge|apple orchard|ferry timetable|stone bridge|seed library|tide table|night train|bread oven|reading room|bicycle lane"
    "|water tower|winter market|paper archive|roof garden|signal box|salt store|bee hive|footpath sign|tool shed|fish ladder"
).split("|")
_WHY = (
    "because the old one leaked|before the frost came|so that visitors could find the way|after a long and noisy debate|although money was short"
    "|while the river was low|and wrote down what it cost|with help from the neighbours|as the plan had promised|in spite of the rain"
).split("|")
_FIGURES = (
    "about {a} % of the {thing}s were older than {b} years",
    "the yearly cost fell from ${c},{d} to ${b},{d}",
    "{c},{d} people used the {thing} in {year}",
    "according to the {name} Survey, {a} % of households knew the {thing}",
    "repairs took {b} days on average, against {a} days in {year}",
)
_SYLLABLES = "bar bel cor dan el fen gar hol in kar lam mor nor os pel quin ras sel tor ul ven wes yar zol".split()


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


def _sentence(rng: random.Random) -> str:
    thing, other = rng.choice(_THINGS), rng.choice(_THINGS)
    if rng.random() < 0.25:
        figure = rng.choice(_FIGURES).format(
            a=rng.randint(3, 97),
            b=rng.randint(2, 60),
            c=rng.randint(2, 99),
            d=rng.randint(100, 999),
            thing=thing,
            year=rng.randint(1990, 2024),
            name=_name(rng),
        )
        return f"In {_name(rng)}, {figure}."
    if rng.random() < 0.15:
        return f"{rng.choice(_PEOPLE)} in {_name(rng)} keeps notes on [the {thing}](https://{_name(rng).lower()}.example/{other.replace(' ', '-')})."
    return f"{rng.choice(_PEOPLE)} {rng.choice(_DID)} the {thing} near the {_name(rng)} {other} {rng.choice(_WHY)}."


def _sentences(seed: int) -> Iterator[str]:
    rng = random.Random(seed)
    while True:
        yield _sentence(rng)


def _blocks(seed: int) -> Iterator[str]:
    rng = random.Random(seed)
    yield "# Notes from the valley"
    while True:
        kind = rng.random()
        if kind < 0.15:
            yield f"## The {rng.choice(_THINGS)} of {_name(rng)}"
        elif kind < 0.25:
            yield "\n".join(f"- {_sentence(rng)}" for _ in range(rng.randint(3, 7)))
        else:
            yield " ".join(_sentence(rng) for _ in range(rng.randint(2, 6)))


def _upto(size: int, parts: Iterator[str], joiner: str) -> str:
    found, length = [], 0
    for part in parts:
        found.append(part)
        length += len(part) + len(joiner)
        if length >= size:
            break
    return joiner.join(found)[:size].rstrip() + "\n"


def article(size: int) -> str:
    """Sections of paragraphs and lists, with figures, links and names that keep coming."""
    return _upto(size, _blocks(1), "\n\n")


def paragraph(size: int) -> str:
    """Ordinary sentences, all in one paragraph."""
    return _upto(size, _sentences(2), " ")


def _prose(size: int) -> str:
    return "# A title\n\n" + _upto(size, _blocks(3), "\n\n") + "\n"


_LEAD = "# A title\n\n" + " ".join(islice(_sentences(4), 30)) + "\n\n"  # enough prose for every part to be wanted


def _framed(text: str) -> str:
    return f"{_LEAD}{text}\n\n" + " ".join(islice(_sentences(5), 5)) + "\n"


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: _framed(unit * size)


def _filled(unit: str) -> Callable[[int], str]:
    return lambda size: _framed((unit * (size // len(unit) + 1))[:size])


def _numbered(unit: str, joiner: str = "\n") -> Callable[[int], str]:
    return lambda size: _framed(joiner.join(unit.format(n=n) for n in range(size)))


# ------------------------------------------------------------------ what is not a repetition


def _table(cells: int) -> str:
    width = 10
    row = "|" + " cell |" * width
    return _framed("\n".join(["|" + " head |" * width, "|" + "---|" * width, *[row] * (cells // width)]))


def _wide_table(columns: int) -> str:
    rows = ("| head " * columns + "|", "|---" * columns + "|", *(["| cell " * columns + "|"] * 3))
    return _framed("\n".join(rows))


def _tables(count: int) -> str:
    return _framed("\n\n".join(f"| year | share |\n|---|---|\n| 19{n % 100:02} | {n % 97} % |" for n in range(count)))


def _references(count: int) -> str:
    used = "\n\n".join(f"The [{thing} {n}][ref-{n}] is open." for n, thing in zip(range(count), _THINGS * (count // 20 + 1), strict=False))
    return _framed(used + "\n\n" + "\n".join(f"[ref-{n}]: https://site.example/{n}" for n in range(count)))


def _footnotes(count: int) -> str:
    used = "\n\n".join(f"About {n} % of the gauges were new.[^{n}]" for n in range(count))
    return _framed(used + "\n\n" + "\n".join(f"[^{n}]: Counted at https://site.example/{n} in spring." for n in range(count)))


def _nested_items(depth: int) -> str:
    return _framed("- " * depth + "deep")


def _indented_items(depth: int) -> str:
    """One item in the other, each indented by two more; the text is as long as the square of the depth, so `depth` is small."""
    return _framed("\n".join("  " * n + "- item" for n in range(depth)))


def _bomb(levels: int) -> str:
    rows = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "---\ntitle: A bomb\n" + "\n".join(rows) + "\n---\n" + _LEAD


def _deep_yaml(depth: int) -> str:
    return f"---\ntitle: Deep\nlist: {'[' * depth}{']' * depth}\n---\n{_LEAD}"


def _deep_json(depth: int) -> str:
    return f'{{\n"title": "Deep",\n"list": {"[" * depth}{"]" * depth}\n}}\n\n{_LEAD}'


def _keys(size: int) -> str:
    rows = _upto(size, (f"key_{n}: value number {n}" for n in range(size)), "\n")
    return f"---\ntitle: Many keys\n{rows}---\n{_LEAD}"


def _random_of(alphabet: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        return _framed("".join(random.Random(6).choices(alphabet, k=size)))

    return make


def _numbers(size: int) -> str:
    rng = random.Random(7)
    return _framed(_upto(size, (f"{rng.randint(1, 99)},{rng.randint(100, 999)} and {rng.randint(1, 99)} %" for _ in range(size)), " "))


def _statistics(count: int) -> str:
    rng = random.Random(8)
    return _framed(" ".join(f"In {_name(rng)}, {rng.randint(3, 97)} % of {rng.randint(2, 99)},500 users left." for _ in range(count)))


def _carriage_returns(size: int) -> str:
    return article(size).replace("\n", "\r")


_DEEP = _doubling(100_000)
_LONG = _doubling(MB)
_NESTED = (">", "> ", "[", "![", "![[", "[[", "*", "**a ", "_", "_a ", "~~a ", "(", "`", "<b>", "<div>\n", "{", "{{", "{{ a ", "{% a ")
_REPEATED = ("$", "$a ", "$$\n", "&amp;", "&", "\\", "\\[", "<!--", "<!-- a ", "<", "</", "<a ", "<a>", "<code> ", "<?", "<![CDATA[", "A-")
_LINES = (":::\n", ":::note\n", "<p\n", "<p>\n\n", "```\n", "|\n", "# \n", "%%\n", "!!! a\n", "=\n", "a\n=\n", "{{< a >}}\n")

INPUTS: tuple[Input, ...] = (
    Input("an article", article, _doubling(10 * MB)),
    Input("one paragraph", paragraph, _doubling(10 * MB)),
    Input("over the size limit: a line of 50 MB", lambda size: "word " * (size // 5), (50 * MB,)),
    # nesting and openings
    *(Input(f"nested {unit.strip()}", _repeated(unit), _DEEP) for unit in _NESTED),
    *(Input(f"repeated {unit.strip()}", _repeated(unit), _DEEP) for unit in _REPEATED),
    *(Input(f"lines of {unit.strip()!r}", _repeated(unit), _DEEP) for unit in _LINES),
    Input("items in items on one line", _nested_items, _DEEP),
    Input("items in items, indented (depth)", _indented_items, _doubling(400)),
    Input("quotes in items (depth)", _repeated("> - "), _DEEP),
    Input("emphasis that alternates: *a _b", _repeated("*a _b "), _DEEP),
    Input("emphasis that closes: *a**", _repeated("*a** "), _DEEP),
    Input("link openers: [a](", _repeated("[a]("), _DEEP),
    Input("link openers: [a](<b", _repeated("[a](<b"), _DEEP),
    Input('link openers: [a](b "', _repeated('[a](b "'), _DEEP),
    Input("links in links: [a](b) after [", lambda n: _framed("[" * (n // 2) + "a](b)" * (n // 2)), _DEEP),
    Input("brackets that close: [[[...]]]", lambda n: _framed("[" * n + "]" * n), _DEEP),
    Input("brackets in pairs: []", _repeated("[]"), _DEEP),
    Input("images in images", lambda n: _framed("![" * n + "a" + "](b)" * n), _doubling(20_000)),
    Input("inline links", _numbered("[word {n}](https://site.example/{n})", " "), _doubling(50_000)),
    Input("code spans", _numbered("`code {n}`", " "), _DEEP),
    Input("runs of backticks of every length", lambda n: _framed(" ".join("`" * length for length in range(1, n))), _doubling(1_500)),
    Input("autolink openers: <http://", _repeated("<http://"), _DEEP),
    Input("bare addresses", _numbered("https://site.example/{n}", " "), _doubling(50_000)),
    Input("mail addresses", _numbered("a{n}@site.example", " "), _doubling(50_000)),
    # very many parts
    Input("a table of 100,000 cells", _table, _DEEP),
    Input("a table of 10,000 columns", _wide_table, _doubling(10_000)),
    Input("10,000 tables", _tables, _doubling(10_000)),
    Input("100,000 link definitions", _numbered("[a {n}]: https://site.example/{n}"), _DEEP),
    Input("the same definition 100,000 times", _repeated("[a]: /b\n"), _DEEP),
    Input("100,000 reference links", _references, _DEEP),
    Input("10,000 footnotes", _footnotes, _doubling(10_000)),
    Input("10,000 headings", _numbered("## Heading number {n}\n"), _doubling(10_000)),
    Input("10,000 first-level headings", _numbered("# Heading number {n}\n"), _doubling(10_000)),
    Input("10,000 headings with text", _numbered("## Heading number {n}\n\nThe tide table of {n} was right.\n"), _doubling(10_000)),
    Input("10,000 summaries", _repeated("## TL;DR\n\n- In it.\n\n"), _doubling(10_000)),
    Input("100,000 list items", _numbered("- item number {n}"), _DEEP),
    Input("100,000 loose list items", _numbered("- The tide table of {n} was right.\n"), _DEEP),
    Input("100,000 one-word paragraphs", _numbered("word{n}\n"), _DEEP),
    Input("100,000 HTML lines", _numbered("<p>word {n}</p>"), _DEEP),
    Input("20,000 HTML blocks", _numbered("<div>word {n}</div>\n"), _doubling(20_000)),
    Input("20,000 rules", _repeated("***\n\n"), _doubling(20_000)),
    Input("20,000 fences", _numbered("```\ncode {n}\n```\n"), _doubling(20_000)),
    Input("20,000 comments", _numbered("<!-- note {n} -->\n"), _doubling(20_000)),
    Input("20,000 shortcodes", _numbered("{{{{< figure {n} >}}}}\n"), _doubling(20_000)),
    Input("100,000 statistics", _statistics, _DEEP),
    # long stretches
    Input("a sentence of 1 MB", _filled("the old bridge and "), _LONG),
    Input("numbers", _numbers, _LONG),
    Input("digits", _filled("1234567890"), _LONG),
    Input("digit groups: 1,234,", _filled("1,234,"), _LONG),
    Input("dots", _filled("a.b"), _LONG),
    Input("no spaces", _random_of("abcdefghijklmnopqrstuvwxyz"), _LONG),
    Input("hyphens: a-a-", _filled("a-"), _LONG),
    Input("spaces", _filled("a" + " " * 999), _LONG),
    Input("trailing spaces", _filled("a" + " " * 999 + "\n"), _LONG),
    Input("blank lines", _repeated("\n"), _LONG),
    Input("tabs", _filled("\t"), _LONG),
    Input("letters of Han", _random_of("".join(chr(c) for c in range(0x4E00, 0x5200)) + "。，"), _LONG),
    Input("combining marks", _filled("e\u0301\u0302\u0323"), _LONG),
    Input("emoji", _filled("\U0001f600\U0001f3fd\u200d\u2764\ufe0f "), _LONG),
    Input("right to left", _random_of("אבגדהוזחטי "), _LONG),
    Input("quotation marks", _filled("“a” \"b\" 'c' "), _LONG),
    Input("control characters", _filled("a\f\v\x1c\x85\u2028 "), _LONG),
    Input("carriage returns alone", _carriage_returns, _LONG),
    # frontmatter
    Input("an alias bomb (levels)", _bomb, (5, 10, 20)),
    Input("frontmatter nested 10,000 deep", _deep_yaml, _doubling(10_000)),
    Input("JSON frontmatter nested 10,000 deep", _deep_json, _doubling(10_000)),
    Input("1 MB of frontmatter keys", _keys, _LONG),
    Input("frontmatter never closed", lambda n: "---\ntitle: A\n" + "key: value\n" * n, _DEEP),
    # MDX
    Input("MDX: nested {", lambda n: _framed("{" * n + "}" * n), _DEEP, ".mdx"),
    Input("MDX: nested elements", lambda n: _framed("<A>" * n + "</A>" * n), _DEEP, ".mdx"),
    Input("MDX: attributes", lambda n: _framed("<A " + "b='c' " * n + "/>"), _DEEP, ".mdx"),
    Input("MDX: quotes", lambda n: _framed("{" + "' " * n + "}"), _DEEP, ".mdx"),
    Input("MDX: template literals", lambda n: _framed("{" + "`${" * n + "}`" * n + "}"), _DEEP, ".mdx"),
    Input("MDX: elements", _numbered("<A>word {n}</A>\n"), _doubling(20_000), ".mdx"),
    Input("MDX: imports", _numbered("import a{n} from 'b'\n"), _doubling(20_000), ".mdx"),
    Input("MDX: an article", article, _LONG, ".mdx"),
)
