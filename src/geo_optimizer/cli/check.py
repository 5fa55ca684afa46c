"""`geo-optimize check`: the gate for editors and CI. No model; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from geo_optimizer.cli import inputs
from geo_optimizer.errors import GeoError, UsageError
from geo_optimizer.options import Options

if TYPE_CHECKING:
    from geo_optimizer.model import Dialect, Draft, Finding

    Checked = tuple[str, Draft | None, tuple[Finding, ...], GeoError | None]

_RANK = {"never": 3, "error": 2, "warning": 1, "info": 0}


@click.command(short_help="Findings for editors and CI.")
@inputs.drafts_argument
@inputs.format_option("text", "json", "jsonl")
@click.option("--select", metavar="CODES", default="", help="Only these rules: codes or their beginnings, such as R,S001.")
@click.option("--ignore", metavar="CODES", default="", help="Not these.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error", show_default=True, help="What makes the exit code 1."
)
@inputs.language_option
@inputs.dialect_option
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@inputs.debug_option
def check(
    drafts: tuple[str, ...],
    *,
    form: str,
    select: str,
    ignore: str,
    fail_on: str,
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
    options = Options(select=_codes(select), ignore=_codes(ignore), language=language, dialect=dialect)
    code = 0
    checked: list[Checked] = []
    for path in inputs.expand(drafts):
        done = _one(path, options)
        checked.append(done)
        code = max(code, _code(done, fail_on))
        if form != "json":
            _print(done, form)
    if form == "json":
        from geo_optimizer.report import json

        inputs.print_lines(json.dumps(json.checked(checked), indent=2))
    elif form == "text" and not quiet:
        inputs.talk(_summary(checked))
    return code


def _codes(given: str) -> tuple[str, ...]:
    from geo_optimizer.rules import unknown_codes

    codes = tuple(code.strip() for code in given.split(",") if code.strip())
    if unknown := unknown_codes(codes):
        raise UsageError("unknown-rule", f"no rule has the code {', '.join(unknown)}", hint="`geo-optimize rule` lists them")
    return codes


def _one(path: str, options: Options) -> Checked:
    from geo_optimizer.rules import check as judge

    try:
        draft = inputs.parse(path, language=options.language, given=options.dialect)
        return path, draft, judge(draft, options), None
    except Exception as error:  # noqa: BLE001 - the other drafts are still checked
        return path, None, (), inputs.failure(error, path)


def _code(done: Checked, fail_on: str) -> int:
    _, _, found, failure = done
    if failure:
        return failure.exit_code
    return int(any(_RANK[finding.severity] >= _RANK[fail_on] for finding in found))


def _print(done: Checked, form: str) -> None:
    path, draft, found, failure = done
    if form == "jsonl":
        from geo_optimizer.report import json

        inputs.print_lines(json.dumps({"schema": json.SCHEMA, **json.checked_file(path, draft, found, failure)}))
    elif failure:
        inputs.complain(failure)
    elif draft:
        from geo_optimizer.report import text

        inputs.print_lines(text.findings(inputs.shown(path), draft, found))


def _summary(checked: Iterable[Checked]) -> str:
    rows = list(checked)
    count = {severity: sum(f.severity == severity for _, _, found, _ in rows for f in found) for severity in ("error", "warning", "info")}
    words = [f"{n} {name}{'s' * (n != 1)}" for name, n in zip(("error", "warning", "note"), count.values(), strict=True) if n]
    broken = sum(failure is not None for *_, failure in rows)
    return f"{len(rows)} file{'s' * (len(rows) != 1)}: {', '.join(words) or 'nothing found'}" + (
        f"; {broken} could not be checked" if broken else ""
    )
