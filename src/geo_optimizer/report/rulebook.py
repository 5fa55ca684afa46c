"""The rules themselves: as a table, one explained, and as a page of documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from geo_optimizer.report.json import SCHEMA, Object
from geo_optimizer.rules.book import examples, families, family_summary, option_help, prose
from geo_optimizer.rules.rule import Grade, Rule
from geo_optimizer.settings import toml

_WIDTH = 100
_GRADES: dict[Grade, str] = {
    "measured": "a controlled study measured it",
    "observed": "an association that was observed; what causes it is not known",
    "guidance": "a search engine's own documentation asks for it",
    "craft": "editorial practice, good for readers; nobody has measured its effect on engines",
}


# ------------------------------------------------------------------ a table


def table(rules: Sequence[Rule]) -> str:
    """One line per rule."""
    head = ("code", "name", "severity", "default", "site", "grade", "what it finds")
    rows = [head, *(_row(rule) for rule in sorted(rules, key=lambda rule: rule.code))]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _row(rule: Rule) -> tuple[str, ...]:
    on, site = "on" if rule.default else "off", "needs one" if rule.needs_site else "-"
    return rule.code, rule.name, rule.severity, on, site, rule.evidence.grade, rule.summary


# ------------------------------------------------------------------ one rule


def explanation(rule: Rule) -> str:
    """What a rule wants, for a terminal."""
    return "\n\n".join("\n".join(block) for block in _explained(rule))


def _explained(rule: Rule) -> Iterator[list[str]]:
    yield [f"{rule.code} {rule.name}", _standing(rule)]
    yield from ([_filled(paragraph)] for paragraph in prose(rule, ""))
    first, *others = prose(rule, "Why")
    yield [_filled(f"Why: {first}")]
    yield from ([_filled(paragraph)] for paragraph in others)
    evidence = rule.evidence
    yield [_filled(f"Evidence: {evidence.grade}. {evidence.source}"), f"  ({evidence.grade}: {_GRADES[evidence.grade]})"]
    if rule.options:
        yield [f"Options, below [rules.{rule.code}] in geo-optimizer.toml:", *_options(rule)]
    for title in ("Fires on", "Silent on"):
        for example in examples(rule, title):
            yield [f"{title}:", "", textwrap.indent(example, "    ")]
    yield ["Where it is meant to be so:", *(f"    {comment}  ({place})" for comment, place in suppressions(rule))]
    other = "warning" if rule.severity != "warning" else "error"
    add = () if rule.default else (f'    extend-select = ["{rule.code}"]',)
    yield ["In geo-optimizer.toml:", *add, f'    ignore = ["{rule.code}"]', f'    severity = {{ {rule.code} = "{other}" }}']


def _standing(rule: Rule) -> str:
    """How bad it is, and when it is on."""
    on = "on by default" if rule.default else "off by default"
    return f"{rule.severity}, {on}" + (", needs a site" if rule.needs_site else "")


def _options(rule: Rule) -> Iterator[str]:
    said = option_help(rule)
    for option, default in rule.options.items():
        yield f"    {option.replace('_', '-')} = {toml(default)}"
        if option in said:
            yield _filled(said[option], "        ")


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def suppressions(rule: Rule) -> Iterator[tuple[str, str]]:
    """The comments that silence a rule, and where each is to stand: there is no line above the draft, nor above its metadata."""
    if not (rule.whole or rule.code.startswith(_OF_METADATA)):
        yield f"<!-- geo-optimizer-disable-next-line {rule.code} -- why -->", "on the line above"
    yield f"<!-- geo-optimizer-disable-file {rule.code} -- why -->", "anywhere in the body, for the whole file"


_OF_METADATA = "F"


def as_json(rule: Rule) -> Object:
    said = option_help(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "default": rule.default,
        "needs_site": rule.needs_site,
        "summary": rule.summary,
        "why": rule.why,
        "evidence": {"grade": rule.evidence.grade, "source": rule.evidence.source},
        "options": [
            {
                "name": name.replace("_", "-"),
                "default": sorted(default) if isinstance(default, frozenset) else default,
                "help": said.get(name, ""),
            }
            for name, default in rule.options.items()
        ],
        "fires_on": examples(rule, "Fires on"),
        "silent_on": examples(rule, "Silent on"),
    }


def all_as_json(rules: Sequence[Rule]) -> Object:
    return {"schema": SCHEMA, "rules": [as_json(rule) for rule in sorted(rules, key=lambda rule: rule.code)]}


# ------------------------------------------------------------------ the page

_HEAD = """\
# Rules

Each rule finds one thing, says why it matters, and how well that is known. `geo-optimize check` applies them; `geo-optimize rule CODE` shows one on the terminal.
This page is written by `python scripts/write_reference.py` from the rules themselves; their examples are run as tests.

## How well a reason is known

{grades}

What is told and retold without any of these is not a rule: fixed word counts, keyword densities, total scores.

## Choosing rules

In `geo-optimizer.toml`, or below `[tool.geo-optimizer]` in `pyproject.toml`. A rule is named by its code (`S001`), by a beginning of codes (`S`) or by its name.

```toml
extend-select = ["{code}"]       # as well as those that are on by default; `select` takes only what it names
ignore = ["T"]
severity = {{ {code} = "warning" }}

[[overrides]]
files = ["archive/**"]
ignore = ["ALL"]
```

On the command line `--select`, `--extend-select` and `--ignore` win over the file.

## Where a finding is meant to be so

A comment silences it: in Markdown `<!-- ... -->`, in MDX `{{/* ... */}}`. Without a code it is for every rule. What follows `--` is your reason. A comment that silences nothing is itself found.

| comment | silences |
|---|---|
| `geo-optimizer-disable-next-line {code} -- why` | the next line that is not blank |
| `geo-optimizer-disable-line {code}` | its own line |
| `geo-optimizer-disable {code}` | from there to `geo-optimizer-enable {code}`, or to the end |
| `geo-optimizer-disable-file {code}` | the whole file, with what is said of all of it or of its frontmatter |

## All rules
"""


def page(rules: Sequence[Rule]) -> str:
    """The documentation of all rules, in Markdown."""
    return "\n\n".join(block.rstrip() for block in _page(rules)) + "\n"


def _page(rules: Sequence[Rule]) -> Iterator[str]:
    by_family = families(rules)
    code = next((rule.code for rule in rules if rule.code == "S001"), rules[0].code)
    yield _HEAD.format(code=code, grades="\n".join(f"- `{grade}`: {what}." for grade, what in _GRADES.items()))
    for letters, members in by_family.items():
        yield f"### {_title(letters, members)}"
        yield "\n".join(("| rule | severity | by default | grade | what it finds |", "|---|---|---|---|---|", *map(_index_row, members)))
    for letters, members in by_family.items():
        yield f"## {_title(letters, members)}"
        for rule in members:
            yield from section(rule)


def _title(letters: str, members: Sequence[Rule]) -> str:
    return f"{letters}: {family_summary(members[0])}"


def _index_row(rule: Rule) -> str:
    on = ("on" if rule.default else "off") + (", with a site" if rule.needs_site else "")
    summary = rule.summary.replace("|", "\\|")
    return f"| [{rule.code}](#{rule.code.lower()}) `{rule.name}` | {rule.severity} | {on} | {rule.evidence.grade} | {summary} |"


def section(rule: Rule) -> Iterator[str]:
    """One rule, under a heading that its code alone is the anchor of."""
    yield f'<a id="{rule.code.lower()}"></a>'
    yield f"### {rule.code} {rule.name}"
    yield from prose(rule, "")
    yield f"{_standing(rule).capitalize()}."
    first, *others = prose(rule, "Why")
    yield f"**Why:** {first}"
    yield from others
    yield f"**Evidence:** `{rule.evidence.grade}`. {rule.evidence.source}"
    if rule.options:
        yield "**Options**, below `[rules." + rule.code + "]`:"
        yield _option_table(rule)
    for title in ("Fires on", "Silent on"):
        for example in examples(rule, title):
            yield f"{title}:"
            yield _fenced(example)


def _option_table(rule: Rule) -> str:
    said = option_help(rule)
    rows = (f"| `{name.replace('_', '-')}` | `{toml(default)}` | {said.get(name, '')} |" for name, default in rule.options.items())
    return "\n".join(("| option | default | what it is for |", "|---|---|---|", *rows))


def _fenced(example: str) -> str:
    """An example in a fence that is longer than any in it."""
    longest = max((len(row) - len(row.lstrip("`")) for row in (row.lstrip() for row in example.split("\n"))), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}markdown\n{example}\n{fence}"
