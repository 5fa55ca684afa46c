"""`geo-optimize config` and `geo-optimize init`: the configuration shown, and a first one written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo_optimizer.cli import inputs, settings
from geo_optimizer.errors import UsageError, printable

if TYPE_CHECKING:
    from geo_optimizer.corpus.starter import Found
    from geo_optimizer.settings import Configuration


@click.command(short_help="What is configured, and where.")
@click.argument("draft", required=False, metavar="[DRAFT]")
@click.option("--schema", is_flag=True, help="Print the JSON schema of a configuration, for editors, and nothing else.")
@inputs.format_option("text", "json")
@settings.configured
@inputs.debug_option
def config(draft: str | None, *, schema: bool, form: str, configuration: Configuration) -> None:
    """What is configured, in which file, and which rules are on; with DRAFT, as it holds for that file.

    \b
    Examples:
      geo-optimize config
      geo-optimize config archive/old.md
      geo-optimize config --schema > geo-optimizer.schema.json
    """
    from geo_optimizer.report import configuration as report
    from geo_optimizer.report import json

    if schema:
        from geo_optimizer.config.schema import schema as made

        inputs.print_lines(json.dumps(made(), indent=2))
        return
    options = configuration.options_for(draft) if draft else configuration.options()
    preset = configuration.preset_for(draft)
    found = report.effective(configuration, options, preset, draft and printable(draft))
    inputs.print_lines(json.dumps(found, indent=2) if form == "json" else report.text(found))


@click.command(short_help="Write a first configuration.")
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--stdout", is_flag=True, help="Print it; write nothing.")
@click.option("--force", is_flag=True, help="Replace one that is there.")
@inputs.debug_option
def init(folder: Path, *, stdout: bool, force: bool) -> None:
    """Write a geo-optimizer.toml that fits the site found in FOLDER, with a comment on each key.

    \b
    Examples:
      geo-optimize init
      geo-optimize init --stdout
    """
    from geo_optimizer.corpus import starter
    from geo_optimizer.settings import OWN_FILE

    if not folder.is_dir():
        raise UsageError("no-such-folder", "there is no such folder", hint="name the folder of your site", path=printable(str(folder)))
    path = folder / OWN_FILE
    if not stdout and not force:
        _check_free(path)
    found = starter.look(folder)
    text = starter.configuration(found)
    if stdout:
        inputs.print_out(text)
        return
    from geo_optimizer.corpus.outputs import write_atomic

    write_atomic(path, text.encode())
    inputs.talk(f"wrote {printable(str(path))}: {_said(found)}\n\nNext:\n{_next(folder, found)}")


def _check_free(path: Path) -> None:
    """Raises UsageError where there is a configuration already."""
    from geo_optimizer.corpus.starter import is_taken
    from geo_optimizer.settings import config_in

    if is_taken(path):
        message = "there is a configuration already"
    elif other := config_in(path.parent):
        path, message = other, "there is a configuration already, below [tool.geo-optimizer]"
    else:
        return
    raise UsageError("config-exists", message, hint="--stdout prints a new one, --force writes it", path=printable(str(path)))


def _said(found: Found) -> str:
    where = f" in {found.site}/" if found.site else ""
    drafts = f"{found.drafts} draft{'s' * (found.drafts != 1)}{where}"
    language = f", written in {found.language}" if found.language else ""
    return f"{found.label}, {drafts}{language}" + (f", read as {found.dialect}" if found.dialect else "")


def _next(folder: Path, found: Found) -> str:
    import shlex

    place = shlex.quote(printable(str(folder / (found.site or ""))))
    steps = (
        (f"geo-optimize check {place}", "what the rules find"),
        ("geo-optimize rule", "what there is to select and to ignore"),
        ("geo-optimize config", "what holds now, and where it is set"),
    )
    width = max(len(command) for command, _ in steps)
    return "\n".join(f"  {command.ljust(width)}   {what}" for command, what in steps)
