"""Rules judge what the analysers measured. Adding one: the function in its family's file, its line in RULES, one case file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from geo_optimizer.model import Draft, Finding
from geo_optimizer.options import Options
from geo_optimizer.rules import comments, frontmatter, headings, images, language, links, residue, statistics, structure
from geo_optimizer.rules.rule import Rule
from geo_optimizer.rules.suppression import Suppression, silenced, suppressions

if TYPE_CHECKING:
    from geo_optimizer.site import Site

RULES: tuple[Rule, ...] = (
    frontmatter.missing_title,
    frontmatter.missing_description,
    frontmatter.two_titles,
    frontmatter.long_title,
    frontmatter.long_description,
    frontmatter.description_repeats_title,
    frontmatter.invalid_slug,
    frontmatter.missing_date,
    frontmatter.invalid_date,
    frontmatter.modified_before_published,
    frontmatter.duplicate_title,
    frontmatter.duplicate_description,
    frontmatter.duplicate_address,
    headings.several_h1,
    headings.skipped_level,
    headings.empty_heading,
    headings.duplicate_heading,
    headings.vague_heading,
    headings.bold_as_heading,
    headings.empty_section,
    statistics.statistic_without_source,
    statistics.undated_statistic,
    statistics.figure_without_unit,
    statistics.figures_at_odds,
    statistics.figure_not_in_text,
    statistics.vague_source,
    statistics.list_count,
    links.vague_anchor,
    links.empty_link,
    links.bare_url,
    links.dead_link,
    links.link_to_draft,
    links.link_to_self,
    links.one_anchor_two_pages,
    links.no_internal_link,
    links.orphan,
    links.broken_fragment,
    links.malformed_link,
    links.local_link,
    structure.missing_tldr,
    structure.missing_takeaways,
    structure.ungrounded_summary_line,
    structure.lead_off_topic,
    structure.long_section,
    structure.long_paragraph,
    structure.wall_of_text,
    structure.no_lead,
    structure.long_sentence,
    residue.chat_text,
    residue.leaked_frontmatter,
    residue.status_list,
    residue.placeholder,
    residue.assistant_token,
    residue.tracking_parameter,
    residue.unrendered_markdown,
    residue.leaked_comment,
    residue.invisible_character,
    residue.fenced_article,
    residue.merge_conflict,
    residue.unclosed_fence,
    language.mixed_spelling,
    language.mixed_hyphenation,
    language.undefined_acronym,
    language.superlative,
    language.keyword_stuffing,
    language.doubled_word,
    language.hard_to_read,
    images.missing_alt,
    images.alt_is_no_description,
    images.missing_image_file,
    comments.unused_suppression,
    comments.unknown_suppression,
)
BY_CODE = {rule.code: rule for rule in RULES}
_OF_COMMENTS = (comments.unused_suppression, comments.unknown_suppression)  # they judge what became of the findings
_EVERY = "ALL"


def check(draft: Draft, options: Options | None = None, site: Site | None = None) -> tuple[Finding, ...]:
    """The findings of every selected rule that no comment of the author's silences, in source order."""
    options = options or Options()
    ran = [rule for rule in selected(options) if rule not in _OF_COMMENTS and (site is not None or not rule.needs_site)]
    found = [
        rule.finding(hit, options.severity.get(rule.code))
        for rule in ran
        for hit in rule.hits(draft, site, options.rule_options.get(rule.code))
    ]
    if said := suppressions(draft):
        found = list(silenced(draft, found, said, _meant))
        found += silenced(draft, _on_comments(draft, options, ran, said), said, _meant)
    return tuple(sorted(found, key=lambda f: (f.span, f.code)))


@cache
def _meant(word: str) -> frozenset[str]:
    """The codes that a word in a comment stands for; without a word, those of all rules but the ones about comments."""
    return frozenset(rule.code for rule in RULES if (_matches(rule, (word,)) if word else rule not in _OF_COMMENTS))


def _on_comments(draft: Draft, options: Options, ran: list[Rule], said: list[Suppression]) -> Iterator[Finding]:
    """What there is to say of the comments themselves; a word is unused only if each rule that it means was run."""
    codes = {rule.code for rule in ran}
    everything = not (options.select or options.ignore)

    def was_run(word: str) -> bool:
        return (bool(_meant(word)) and _meant(word) <= codes) if word else everything

    chosen = list(selected(options))
    for rule, how in ((comments.unused_suppression, was_run), (comments.unknown_suppression, lambda word: bool(_meant(word)))):
        if rule in chosen:
            yield from (rule.finding(hit, options.severity.get(rule.code)) for hit in rule.check(draft, said, how))


def selected(options: Options) -> Iterator[Rule]:
    """The rules that are on: those selected, or else the default ones and those added; without those ignored."""
    for rule in RULES:
        chosen = _matches(rule, options.select) if options.select else rule.default
        if (chosen or _matches(rule, options.extend_select)) and not _matches(rule, options.ignore):
            yield rule


def _matches(rule: Rule, words: tuple[str, ...]) -> bool:
    return any(word == rule.name or word.upper() == _EVERY or rule.code.startswith(word.upper()) for word in words)


def unknown_codes(words: tuple[str, ...]) -> list[str]:
    """Those of `words` that mean no rule."""
    return [word for word in words if not any(_matches(rule, (word,)) for rule in RULES)]
