"""`geo-optimize rule`: what the rules want, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo_optimizer.cli import inputs
from geo_optimizer.errors import UsageError, nearest

if TYPE_CHECKING:
    from geo_optimizer.rules.rule import Rule


@click.command(short_help="What a rule wants, and why.")
@click.argument("code", required=False, metavar="[CODE|NAME]")
@inputs.format_option("text", "json", "markdown")
@inputs.debug_option
def rule(code: str | None, *, form: str) -> None:
    """What a rule wants, why, how well that is known, and how to configure it; without CODE, the list.

    \b
    Examples:
      geo-optimize rule
      geo-optimize rule S                     the rules on statistics
      geo-optimize rule S001
      geo-optimize rule --format json
    """
    from geo_optimizer.report import json, rulebook
    from geo_optimizer.rules import RULES

    family = tuple(one for one in RULES if code and one.code.startswith(code.upper()) and one.code != code.upper())
    if code is None or family:
        chosen = family or RULES
        if form == "json":
            inputs.print_lines(json.dumps(rulebook.all_as_json(chosen), indent=2))
        else:
            inputs.print_out(rulebook.page(chosen) if form == "markdown" else rulebook.table(chosen) + "\n")
        return
    found = _found(code)
    if form == "json":
        inputs.print_lines(json.dumps({"schema": json.SCHEMA, **rulebook.as_json(found)}, indent=2))
    else:
        inputs.print_lines("\n\n".join(rulebook.section(found)) if form == "markdown" else rulebook.explanation(found))


def _found(word: str) -> Rule:
    from geo_optimizer.rules import RULES

    for one in RULES:
        if word.upper() == one.code or word.lower().replace("_", "-") == one.name:
            return one
    near = nearest(word, [name for one in RULES for name in (one.code, one.name)])
    hint = f"did you mean {near}?" if near else "`geo-optimize rule` lists them"
    raise UsageError("unknown-rule", f"no rule has the code {word}", hint=hint)
