"""The commands that look and do not touch: analyze, propose, links, verify."""

from __future__ import annotations

import json as stdlib_json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo_optimizer.cli import inputs, settings
from geo_optimizer.errors import FileError, GeoError, UsageError

if TYPE_CHECKING:
    from geo_optimizer.engines.choose import Choice
    from geo_optimizer.model import Backlink, Draft, LinkSuggestion, Verdict
    from geo_optimizer.report.rdjson import Change
    from geo_optimizer.settings import Configuration
    from geo_optimizer.site import Site

Shown = tuple[dict[str, Any], str]


def _each(drafts: tuple[str, ...], form: str, answer: Callable[[Draft, str], Shown], configuration: Configuration) -> int:
    """Print every draft's answer as it comes: text, one JSON object, or one per line. The highest exit code wins."""
    from geo_optimizer.report import json

    code, rows = 0, []
    for path in inputs.expand(drafts, excluded=configuration.excludes):
        try:
            row, text = answer(inputs.parse(path, configuration), path)
        except Exception as error:  # noqa: BLE001 - the other drafts are still answered
            failed = inputs.failure(error, path)
            code = max(code, failed.exit_code)
            row, text = json.error(path, failed), ""
            inputs.complain(failed)
        if form == "jsonl":
            inputs.print_lines(json.dumps(row))
        elif form == "json":
            rows.append(row)
        elif text:
            inputs.print_lines(text)
    if rows:
        inputs.print_lines(json.dumps(rows[0] if len(rows) == 1 else {"schema": json.SCHEMA, "drafts": rows}, indent=2))
    return code


@click.command(short_help="The facts about drafts.")
@inputs.drafts_argument
@inputs.format_option("text", "json", "jsonl")
@inputs.language_option
@inputs.dialect_option
@settings.configured
@inputs.debug_option
def analyze(drafts: tuple[str, ...], *, form: str, configuration: Configuration) -> int:
    """The facts about drafts: headings, statistics with their sources, links, readability.

    \b
    Examples:
      geo-optimize analyze draft.md
      geo-optimize analyze content/ --format jsonl
    """
    from geo_optimizer.report import json, text

    def answer(draft: Draft, path: str) -> Shown:
        return (json.analysis(draft, path), "") if form != "text" else ({}, text.analysis(draft, inputs.shown(path)) + "\n")

    return _each(drafts, form, answer, configuration)


@click.command(short_help="What an engine would write.")
@inputs.drafts_argument
@inputs.format_option("text", "json", "jsonl")
@inputs.engine_option
@inputs.model_option
@inputs.base_url_option
@inputs.site_option
@inputs.language_option
@inputs.dialect_option
@settings.configured
@inputs.debug_option
def propose(
    drafts: tuple[str, ...],
    *,
    form: str,
    engine: Choice,
    model: str | None,
    base_url: str | None,
    configuration: Configuration,
) -> int:
    """What the engine would write for each draft, every line with its verdict; nothing is written.

    \b
    Examples:
      geo-optimize propose draft.md
      geo-optimize propose draft.md --engine offline --format json
    """
    from geo_optimizer.engines.choose import choose
    from geo_optimizer.options import Options
    from geo_optimizer.pipeline import brief, for_site, lacking, settle
    from geo_optimizer.report import json, text

    site = settings.open_site(configuration)
    engines = choose(engine, os.environ, model=model, base_url=base_url)

    def answer(draft: Draft, path: str) -> Shown:
        preset = inputs.find_preset(path, configuration.preset_for(path))
        about = brief(draft, site, for_site(draft, site, Options(preset=preset)))
        verdicts, notes, ran, _ = settle(engines, about, fallback=engine == "auto")
        for note in notes:
            if note.part == "engine":
                inputs.talk(f"{inputs.shown(path)}: {note.message}")
        why = (*(note for note in notes if note.part == "draft"), *lacking(draft, verdicts))
        shown = text.proposal(draft, inputs.shown(path), verdicts, ran, why)
        return json.proposal(draft, path, verdicts, ran, about.taxonomy, why), shown + "\n"

    return _each(drafts, form, answer, configuration)


@click.command(short_help="Internal links to make.")
@inputs.drafts_argument
@inputs.site_option
@inputs.format_option("text", "json", "jsonl", "markdown", "rdjson")
@click.option("-n", "limit", type=click.IntRange(min=1), help="The best N, also those that are not recommended.")
@click.option("--backlinks", is_flag=True, help="Also the pages of the site that should link to the draft.")
@inputs.language_option
@inputs.dialect_option
@settings.configured
@inputs.debug_option
def links(drafts: tuple[str, ...], *, form: str, limit: int | None, backlinks: bool, configuration: Configuration) -> int:
    """Internal links that the drafts could make: words that stand in the text, pages that exist.

    \b
    Examples:
      geo-optimize links draft.md --site content/
      geo-optimize links draft.md --site content/ -n 20 --format json
      geo-optimize links draft.md --site content/ --backlinks
      geo-optimize links content/ --site content/ --format rdjson | reviewdog -f=rdjson -reporter=github-pr-review
    """
    from geo_optimizer.report import json, linking

    site = settings.open_site(configuration)
    if site is None:
        raise settings.no_site()
    if form == "rdjson":
        if backlinks:
            raise UsageError(
                "backlinks-review", "a review is of the drafts, and backlinks are of other pages", hint="use --format json or markdown"
            )
        return _review(drafts, lambda draft: _link_changes(draft, site, limit), configuration)

    def answer(draft: Draft, path: str) -> Shown:
        found, unsure = _best(draft, site, limit)
        back = _back(draft, site, limit) if backlinks else ()
        if form in ("json", "jsonl"):
            return json.suggestions(draft, path, found) | (json.backlinks(back) if backlinks else {}), ""
        name = inputs.shown(path)
        shown = linking.markdown(draft, name, found) if form == "markdown" else linking.text(draft, name, found, unsure)
        told = linking.markdown_backlinks if form == "markdown" else linking.backlinks
        return {}, "\n\n".join([shown, *([told(back, name)] if backlinks else [])]) + "\n"

    return _each(drafts, form, answer, configuration)


def _best(draft: Draft, site: Site, limit: int | None) -> tuple[tuple[LinkSuggestion, ...], int]:
    """The best so many links, or else those that are recommended; and how many others there are."""
    from geo_optimizer.site import suggest_links

    if limit:
        return suggest_links(draft, site, limit=limit), 0
    found = suggest_links(draft, site)
    recommended = tuple(s for s in found if s.recommended)
    return recommended, len(found) - len(recommended)


def _back(draft: Draft, site: Site, limit: int | None) -> tuple[Backlink, ...]:
    """The best so many links to the draft, or else those that are recommended."""
    from geo_optimizer.site import suggest_backlinks

    return suggest_backlinks(draft, site, limit=limit) if limit else tuple(b for b in suggest_backlinks(draft, site) if b.recommended)


def _link_changes(draft: Draft, site: Site, limit: int | None) -> tuple[Change, ...]:
    from geo_optimizer.compose import link_edits
    from geo_optimizer.linking import write_links
    from geo_optimizer.report.linking import link_changes

    found, _ = _best(draft, site, limit)
    return link_changes(found, link_edits(write_links(draft, site, found).written))


def _review(drafts: tuple[str, ...], changes: Callable[[Draft], tuple[Change, ...]], configuration: Configuration) -> int:
    """Print what could be changed in all drafts as suggestions of a review."""
    from geo_optimizer.report.rdjson import Proposed, proposed, result

    code, rows, view = 0, [], inputs.view()
    for path in inputs.expand(drafts, excluded=configuration.excludes):
        try:
            draft = inputs.parse(path, configuration)
            rows += proposed(Proposed(inputs.shown(path), draft, changes(draft)), view)
        except Exception as error:  # noqa: BLE001 - the other drafts are still answered
            failed = inputs.failure(error, path)
            code = max(code, failed.exit_code)
            inputs.complain(failed)
            rows += proposed(Proposed(inputs.shown(path), error=failed), view)
    inputs.print_lines(result(rows))
    return code


# ------------------------------------------------------------------ verify


@click.command(short_help="Is a text true to a draft?")
@click.argument("text", required=False, metavar="[TEXT]")
@click.option("--against", metavar="DRAFT", help="The draft that must support the text.")
@click.option(
    "--batch",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.jsonl",
    help='Many at once: {"id", "draft", "text"} per line; "draft" is a path.',
)
@inputs.format_option("text", "json", "jsonl")
@inputs.language_option
@settings.configured
@inputs.debug_option
def verify(
    text: str | None,
    *,
    against: str | None,
    batch: Path | None,
    form: str,
    configuration: Configuration,
) -> int:
    """Does a draft support every line of a text, whoever or whatever wrote it?

    TEXT is a file or - for standard input. Each block of it (paragraph, list
    item, heading, table row; title and description of its frontmatter) is a
    line. Code and what images show are not read. The exit code is 1 if a line
    is not supported.

    \b
    Examples:
      geo-optimize verify newsletter.md --against draft.md
      echo "Half of all firms fail." | geo-optimize verify - --against draft.md
    """
    if batch and (text or against):
        raise UsageError("verify-what", "--batch has its own texts and drafts", hint="leave out TEXT and --against, or --batch")
    if batch:
        return _verify_batch(batch, form, configuration)
    if not text or not against:
        raise UsageError("verify-what", "verify needs a text and a draft", hint="geo-optimize verify TEXT --against DRAFT")
    if text == against == "-":
        raise UsageError("verify-what", "standard input can be the text or the draft, not both", hint="name a file for one of them")
    return _verify_one(text, against, form, configuration)


def _verify_one(text: str, against: str, form: str, configuration: Configuration) -> int:
    from geo_optimizer.report import json
    from geo_optimizer.report import text as plain

    try:
        draft = inputs.parse(against, configuration)
        lines = list(_judged(inputs.read(text), draft, inputs.shown(text)))
        if not lines:
            raise FileError("no-text", "there is no line to verify", hint="give a text with words in it", path=inputs.shown(text))
    except GeoError as error:
        if form != "text":
            inputs.print_lines(json.dumps(json.error(error.path or against, error), indent=2 if form == "json" else None))
        raise
    if form == "text":
        inputs.print_lines(plain.verification(draft, lines, inputs.shown(text)))
    else:
        inputs.print_lines(json.dumps(json.verification(draft, lines), indent=2 if form == "json" else None))
    return int(not all(verdict.supported for _, verdict in lines))


def _judged(text: str, draft: Draft, name: str) -> Iterator[tuple[int, Verdict]]:
    """Each line of a text and its verdict against the draft."""
    from geo_optimizer.grounding import ground
    from geo_optimizer.markdown import parse
    from geo_optimizer.model import Enhancement

    given = parse(text, name, dialect="markdown", language=draft.language)
    values = given.frontmatter.values if given.frontmatter else {}
    for kind in ("title", "description"):
        if isinstance(values.get(kind), str) and values[kind].strip() and given.frontmatter:
            line = _line_of(text, kind, given.line(given.frontmatter.content.start))
            shown = " ".join(said for _, said in _lines(parse(values[kind].strip(), name, dialect="markdown", language=draft.language)))
            yield line, ground(Enhancement("line", shown or values[kind].strip()), draft)
    for place, said in _lines(given):
        yield given.line(place), ground(Enhancement("line", said), draft)


def _lines(given: Draft) -> Iterator[tuple[int, str]]:
    """What a text says, with where it stands: block by block (row by row where each is a sentence, and in tables), raw HTML and what
    components hold as it is read."""
    from geo_optimizer.analysis.enclosed import enclosed_view
    from geo_optimizer.analysis.html import html_view
    from geo_optimizer.grounding.passages import rows as table_rows
    from geo_optimizer.markdown.parts import label_kind

    views = [view for view in (html_view(given), enclosed_view(given)) if view]
    found = [(prose.span.start, prose.text.strip()) for view in views for prose in view.prose if prose.kind != "cell"]
    found += [(span.start, said) for one in (given, *views) for span, said in table_rows(one)]
    rows = {n for n, prose in enumerate(given.prose) if _has_rows(given.text(prose.span))}
    found += [(prose.span.start, prose.text.strip()) for n, prose in enumerate(given.prose) if prose.kind != "cell" and n not in rows]
    found += [(sentence.span.start, sentence.text) for sentence in given.sentences if sentence.prose in rows]
    yield from sorted((place, said) for place, said in found if said and label_kind(said) is None)


def _has_rows(written: str) -> bool:
    """Whether every row of a paragraph ends as a sentence does: rows of their own, not one wrapped text."""
    rows = written.split("\n")
    return len(rows) > 1 and all(row.rstrip(' \t\r)"”’*_').endswith((".", "!", "?", "…")) for row in rows)


def _line_of(text: str, key: str, first: int) -> int:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return next((n for n, row in enumerate(rows[first - 1 :], first) if row.lstrip("\"' \t").startswith(key)), first)


def _verify_batch(batch: Path, form: str, configuration: Configuration) -> int:
    from geo_optimizer.report import json

    drafts: dict[str, Draft] = {}
    code = 0
    for number, row in enumerate(inputs.read(str(batch), largest=None).removeprefix("\ufeff").split("\n"), 1):
        if not row.strip():
            continue
        asked: dict[str, str] = {}
        try:
            asked = _asked(row, batch, number)
            if asked["draft"] not in drafts:
                drafts.clear()  # rows come grouped by draft; one at a time bounds the memory
                drafts[asked["draft"]] = inputs.parse(asked["draft"], configuration)
            draft = drafts[asked["draft"]]
            lines = list(_judged(asked["text"], draft, asked["id"]))
            if not lines:
                raise FileError("no-text", "there is no line to verify", hint="give a text with words in it", path=str(batch), line=number)
        except GeoError as error:
            inputs.complain(error)
            code = max(code, error.exit_code)
            if form != "text":
                told = json.error(asked.get("draft", str(batch)), error)
                inputs.print_lines(json.dumps({"id": asked.get("id"), **told, "lines": []}))
            continue
        code = max(code, int(not all(verdict.supported for _, verdict in lines)))
        _print_batch_row(asked["id"], draft, lines, form)
    return code


def _asked(row: str, batch: Path, number: int) -> dict[str, str]:
    try:
        asked = stdlib_json.loads(row)
        told = {"id": str(asked["id"]), "draft": asked["draft"], "text": asked["text"]}
        readable = asked["id"] is not None and told["draft"] != "-" and bool("".join(told.values()).encode())
    except (ValueError, KeyError, TypeError, RecursionError):
        readable, told = False, {}
    if not readable:
        raise UsageError(
            "batch-row",
            'this is not an object with "id", "draft" (the path of a file) and "text" in Unicode',
            hint="one JSON object per line",
            path=str(batch),
            line=number,
        )
    return told


def _print_batch_row(row_id: str, draft: Draft, lines: list[tuple[int, Verdict]], form: str) -> None:
    from geo_optimizer.report import json
    from geo_optimizer.report import text as plain

    if form == "text":
        inputs.print_lines(plain.verification(draft, lines, row_id))
    else:
        inputs.print_lines(json.dumps({"id": row_id, **json.verification(draft, lines)}))
