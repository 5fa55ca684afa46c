"""Rules judge what the analysers measured. Adding one: the function in its family's file, its line in RULES, one case file."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.model import Draft, Finding
from geo_optimizer.options import Options
from geo_optimizer.rules import frontmatter, headings, links, residue, statistics, structure
from geo_optimizer.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    frontmatter.missing_title,
    frontmatter.missing_description,
    frontmatter.two_titles,
    headings.several_h1,
    headings.skipped_level,
    headings.empty_heading,
    headings.duplicate_heading,
    statistics.statistic_without_source,
    links.vague_anchor,
    links.empty_link,
    structure.missing_tldr,
    structure.missing_takeaways,
    structure.ungrounded_summary_line,
    residue.chat_text,
    residue.leaked_frontmatter,
    residue.status_list,
    residue.placeholder,
    residue.assistant_token,
)


def check(draft: Draft, options: Options | None = None) -> tuple[Finding, ...]:
    """The findings of every selected rule, in source order."""
    found = [finding for rule in selected(options or Options()) for finding in rule.findings(draft)]
    return tuple(sorted(found, key=lambda f: (f.span, f.code)))


def selected(options: Options) -> Iterator[Rule]:
    """The rules whose code or name starts with a selected prefix and with no ignored one."""
    for rule in RULES:
        if (not options.select or _matches(rule, options.select)) and not _matches(rule, options.ignore):
            yield rule


def _matches(rule: Rule, prefixes: tuple[str, ...]) -> bool:
    return any(rule.code.startswith(prefix.upper()) or rule.name == prefix for prefix in prefixes)


def unknown_codes(prefixes: tuple[str, ...]) -> list[str]:
    """Those of `prefixes` that select no rule."""
    return [prefix for prefix in prefixes if not any(_matches(rule, (prefix,)) for rule in RULES)]
