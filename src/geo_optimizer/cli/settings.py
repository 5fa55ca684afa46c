"""The configuration at the command line: `--config`, `--no-config`, and flags that win over the file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo_optimizer.cli import inputs
from geo_optimizer.errors import SiteError, UsageError, nearest, printable
from geo_optimizer.settings import OWN_FILE, Configuration, Said, find_config

if TYPE_CHECKING:
    from geo_optimizer.site import Site

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_OF_DRAFTS = ("language", "dialect", "preset")  # may differ from draft to draft, by overrides

_config_option = click.option(
    "--config", "config_path", type=click.Path(path_type=Path), metavar="FILE", help="The configuration; otherwise the nearest one upward."
)
_no_config_option = click.option("--no-config", is_flag=True, help="As if there were no configuration.")


def configured(command: F) -> F:
    """Give a command `--config` and `--no-config`, and what both and its flags lead to as the argument `configuration`.

    Of the options that it shares with the file, `--language`, `--dialect`,
    `--preset` and `--site` are in the configuration then, and are no arguments
    of their own.
    """

    @_config_option
    @_no_config_option
    @wraps(command)
    def with_configuration(*args: Any, config_path: Path | None, no_config: bool, **given: Any) -> Any:
        found = configuration(config_path, isolated=no_config)
        told = {name: value for name in _OF_DRAFTS if (value := given.pop(name, None)) and was_given(name)}
        site = given.pop("site_path", None)
        found = found.told(Said(**told))
        return command(*args, configuration=_with_site(found, site) if site else found, **given)

    return with_configuration  # type: ignore[return-value] # the arguments differ by what the decorator is for


def _with_site(found: Configuration, site: str) -> Configuration:
    """The configuration with the site of the command line; what is configured beside another site is not of this one."""
    if found.site and os.path.realpath(found.site) == os.path.realpath(site):
        return replace(found, site=site, site_told=True)
    return replace(found, site=site, site_told=True, site_pages=None, site_catalogue=None)


def configuration(path: Path | None = None, *, isolated: bool = False) -> Configuration:
    """The configuration at `path`, or the nearest from the working directory upward; an empty one if `isolated` or there is none."""
    if isolated and path:
        raise UsageError("config-and-none", "--config and --no-config exclude each other", hint="leave one of them out")
    found = path or (None if isolated else _nearest())
    if found is None:
        return Configuration()
    from geo_optimizer.config import load

    return load(found)


def _nearest() -> Path | None:
    try:
        return find_config(Path.cwd())
    except OSError:  # the working directory is gone, or may not be looked at
        return None


def was_given(name: str) -> bool:
    """Whether an option of the running command was given, rather than left at its default."""
    return click.get_current_context().get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def chosen(name: str, given: T, configured: T | None) -> T:
    """The value of an option of the running command: as given at the command line, else as configured, else its default."""
    return given if configured is None or was_given(name) else configured


def codes(given: str) -> tuple[str, ...]:
    """The rules that an option names, with commas between them: codes and their beginnings, names as their codes. Raises UsageError."""
    return tuple(_code(word.strip()) for word in given.split(",") if word.strip())


def _code(word: str) -> str:
    from geo_optimizer.rules import RULES, unknown_codes

    if unknown_codes((word,)):
        near = nearest(word, [name for rule in RULES for name in (rule.code, rule.name)])
        hint = f"did you mean {near}?" if near else "`geo-optimize rule` lists them"
        raise UsageError("unknown-rule", f"no rule has the code {word}", hint=hint)
    return next((rule.code for rule in RULES if rule.name == word), word.upper())


def no_site() -> UsageError:
    """What to say where links are asked for and no site is given."""
    from geo_optimizer.site.sources import HOW

    return UsageError("links-where", "links need a site to lead to", hint=f'{HOW}, or name it in {OWN_FILE}: site = "content"')


def open_site(configuration: Configuration) -> Site | None:
    """The site of a run. Raises UsageError where the configuration leads to none, SiteError where `--site` does."""
    try:
        site = inputs.open_site(configuration)
    except SiteError as error:
        key = _leading_to(error, configuration)
        if configuration.path is None or key is None:
            raise
        from geo_optimizer.config import line_of

        message = f"`{key}` leads to {error.path}: {error.message}"
        hint = "correct it, or give --site" if key == "site" else "correct it, or leave it out"
        raise UsageError("config-site", message, hint=hint, path=configuration.path, line=line_of(Path(configuration.path), key)) from None
    if site is not None and configuration.site_never.lines:
        _tell_without_effect(site, configuration)
    return site


def _tell_without_effect(site: Site, configuration: Configuration) -> None:
    from geo_optimizer.site.closed import without_effect

    for line in without_effect(site, configuration.site_never):
        inputs.talk(f"warning: site-never: no page of the site fits {printable(line)!r}")


def _leading_to(error: SiteError, configuration: Configuration) -> str | None:
    """The key of the configuration that leads to what is no site; None where a file of the site is wrong in itself, or `--site` is."""
    told = {
        "site": None if configuration.site_told else configuration.site,
        "site-pages": configuration.site_pages,
        "site-catalogue": configuration.site_catalogue,
    }
    return next((key for key, path in told.items() if path and path == error.path), None) if error.line is None else None
