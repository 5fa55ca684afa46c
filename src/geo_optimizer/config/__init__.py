"""geo-optimizer.toml, or [tool.geo-optimizer] in pyproject.toml -> a `Configuration`; pydantic, and so loaded only where there is one.

Whatever is wrong is a UsageError that names the file, the line and the remedy.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from geo_optimizer.config.model import Config, RuleTable
from geo_optimizer.config.places import Place, places
from geo_optimizer.config.words import option_values, patterns, rule_words, severities
from geo_optimizer.config.wrong import Wrong, first_wrong
from geo_optimizer.errors import UsageError, printable
from geo_optimizer.rules import RULES
from geo_optimizer.rules.rule import Rule
from geo_optimizer.settings import OWN_FILE, SHARED_FILE, Configuration, Override, Said

_IN_SHARED: Place = ("tool", "geo-optimizer")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def load(path: Path, rules: tuple[Rule, ...] = RULES) -> Configuration:
    """The configuration in a file. Raises UsageError for one that cannot be read, or cannot be meant."""
    text = _read(path)
    table, top = _own_table(_parsed(text, path), path)
    try:
        return _configuration(Config.model_validate(table), path, rules)
    except ValidationError as error:
        wrong = first_wrong(error, lambda place: _line(text, top + place))
    except Wrong as found:
        wrong = found
    raise UsageError("config", wrong.message, hint=wrong.hint, path=shown(path), line=_line(text, top + wrong.place))


def line_of(path: Path, key: str) -> int | None:
    """The line of a key at the top of a configuration that has been loaded."""
    top = _IN_SHARED if path.name == SHARED_FILE else ()
    return places(_read(path)).get((*top, key))


def shown(path: Path) -> str:
    """A path as from the working directory where it is below it."""
    try:
        return printable(str(path.relative_to(Path.cwd())))
    except (ValueError, OSError):
        return printable(str(path))


# ------------------------------------------------------------------ text -> table


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            raise UsageError("config-missing", "there is no such file", hint=f"`geo-optimize init` writes a {OWN_FILE}", path=shown(path))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("config-not-utf8", "it is not UTF-8", hint="save it as UTF-8", path=shown(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError("config-unreadable", f"it cannot be read: {why}", hint="check the path", path=shown(path)) from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = _PLACE.search(said)
        line = int(found["line"]) if found and found["line"] else len(text.splitlines()) or 1
        column = f" (column {found['column']})" if found and found["column"] else ""
        what = _PLACE.sub("", said)
        message = f"it is not TOML: {what[:1].lower()}{what[1:]}{column}"
        raise UsageError("config-syntax", message, hint="text needs quotes, a list needs brackets", path=shown(path), line=line) from None
    except RecursionError:
        raise UsageError("config-syntax", "it is nested too deeply", hint="make it flat", path=shown(path)) from None


def _own_table(parsed: dict[str, Any], path: Path) -> tuple[Any, Place]:
    """The table that is ours, and where it stands."""
    if path.name != SHARED_FILE:
        return parsed, ()
    tool = parsed.get("tool")
    if not isinstance(tool, dict) or "geo-optimizer" not in tool:
        raise UsageError("config-missing", "it has no table [tool.geo-optimizer]", hint="add one, or name another file", path=shown(path))
    return tool["geo-optimizer"], _IN_SHARED


def _line(text: str, place: Place) -> int | None:
    """The line of a place, or of the nearest thing around it."""
    known = places(text)
    return next((known[place[:n]] for n in range(len(place), 0, -1) if place[:n] in known), 1)


# ------------------------------------------------------------------ table -> configuration


def _configuration(config: Config, path: Path, rules: tuple[Rule, ...]) -> Configuration:
    folder = os.path.abspath(path.parent)  # noqa: PTH100 - a link counts where it stands
    overrides = tuple(
        Override(patterns(table.files, ("overrides", n, "files")), _said(table, rules, ("overrides", n)))
        for n, table in enumerate(config.overrides)
    )
    return Configuration(
        path=shown(path),
        folder=folder,
        said=_said(config, rules, ()),
        overrides=overrides,
        exclude=patterns(config.exclude, ("exclude",)),
        fail_on=config.fail_on,
        site=_from_here(config.site, folder),
        site_pages=_from_here(config.site_pages, folder),
        site_catalogue=_from_here(config.site_catalogue, folder),
        site_never=patterns(config.site_never, ("site-never",)),
        baseline=_from_here(config.baseline, folder),
        only=None if config.only is None else frozenset(config.only),
        skip=frozenset(config.skip),
    )


def _said(table: RuleTable, rules: tuple[Rule, ...], at: Place) -> Said:
    return Said(
        select=None if table.select is None else rule_words(table.select, rules, (*at, "select")),
        extend_select=rule_words(table.extend_select, rules, (*at, "extend-select")),
        ignore=rule_words(table.ignore, rules, (*at, "ignore")),
        severity=severities(table.severity, rules, (*at, "severity")),
        rule_options=option_values(table.rules, rules, (*at, "rules")),
        language=table.language,
        dialect=table.dialect,
        preset=table.preset,
    )


def _from_here(given: str | None, folder: str) -> str | None:
    """A path of the file, as from the working directory."""
    if given is None:
        return None
    path = os.path.normpath(os.path.join(folder, os.path.expanduser(given)))  # noqa: PTH111, PTH118
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):  # no working directory, or another drive
        return path
    return path if near.startswith(os.pardir) else near
