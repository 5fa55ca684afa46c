"""`geo-optimize check`: the gate for editors and CI. No model; nothing is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from geo_optimizer.cli import inputs
from geo_optimizer.errors import UsageError
from geo_optimizer.options import Options

if TYPE_CHECKING:
    from geo_optimizer.model import Dialect
    from geo_optimizer.report.result import Checked

_RANK = {"never": 3, "error": 2, "warning": 1, "info": 0}


@click.command(short_help="Findings for editors and CI.")
@inputs.drafts_argument
@inputs.format_option("text", "json", "jsonl")
@click.option("--select", metavar="CODES", default="", help="Only these rules: codes or their beginnings, such as R,S001.")
@click.option("--ignore", metavar="CODES", default="", help="Not these.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error", show_default=True, help="What makes the exit code 1."
)
@inputs.site_option
@inputs.language_option
@inputs.dialect_option
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@inputs.debug_option
def check(  # noqa: PLR0913 - a command's options are its interface
    drafts: tuple[str, ...],
    *,
    form: str,
    select: str,
    ignore: str,
    fail_on: str,
    site_path: str | None,
    language: str | None,
    dialect: Dialect | None,
    quiet: bool,
) -> int:
    """Judge drafts by editorial rules; write nothing.

    \b
    Examples:
      geo-optimize check draft.md
      geo-optimize check content/ --select R --fail-on warning
      geo-optimize check draft.md --format json
    """
    from geo_optimizer.corpus.checking import Settings, check_file, check_text, run_of
    from geo_optimizer.report import console

    settings = Settings(Options(select=_codes(select), ignore=_codes(ignore), language=language, dialect=dialect))
    site = inputs.open_site(site_path)
    files: list[Checked] = []
    for path in inputs.expand(drafts):
        if path == inputs.STDIN:
            checked = check_text(inputs.read(path), inputs.shown(path), settings, site)
        else:
            checked = check_file(path, settings, site)
        files.append(checked)
        if "--debug" in sys.argv and checked.error and checked.error.slug == "bug":
            raise checked.error
        if form != "json":
            _print(checked, form)
    run = run_of(tuple(files), settings.options)
    if form == "json":
        from geo_optimizer.report import json

        inputs.print_lines(json.dumps(json.checked(run), indent=2))
    elif form == "text" and not quiet:
        inputs.talk(console.summary(run))
    return max(_code(checked, fail_on) for checked in files)


def _codes(given: str) -> tuple[str, ...]:
    from geo_optimizer.rules import unknown_codes

    codes = tuple(code.strip() for code in given.split(",") if code.strip())
    if unknown := unknown_codes(codes):
        raise UsageError("unknown-rule", f"no rule has the code {', '.join(unknown)}", hint="`geo-optimize rule` lists them")
    return codes


def _code(checked: Checked, fail_on: str) -> int:
    if checked.error:
        return checked.error.exit_code
    return int(any(_RANK[found.severity] >= _RANK[fail_on] for found in checked.findings))


def _print(checked: Checked, form: str) -> None:
    if form == "jsonl":
        from geo_optimizer.report import json

        inputs.print_lines(json.dumps({"schema": json.SCHEMA, **json.checked_file(checked)}))
    elif checked.error:
        inputs.complain(checked.error)
    else:
        from geo_optimizer.report import console

        inputs.print_lines(console.file(checked))
