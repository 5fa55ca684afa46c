"""Many drafts -> what a check found in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geo_optimizer import __version__
from geo_optimizer.corpus.files import read_draft
from geo_optimizer.corpus.generator import find_preset
from geo_optimizer.errors import GeoError, bug, printable
from geo_optimizer.markdown import parse
from geo_optimizer.options import Options
from geo_optimizer.report.result import Checked, CheckRun, RuleInfo, locate
from geo_optimizer.rules import check, selected
from geo_optimizer.rules.rule import Rule

if TYPE_CHECKING:
    from geo_optimizer.model import Dialect, Draft
    from geo_optimizer.presets import PresetChoice
    from geo_optimizer.site import Site

_PLAIN_SUFFIXES = (".md", ".markdown")


def _same(_path: str, options: Options) -> Options:
    return options


@dataclass(frozen=True, slots=True)
class Settings:
    """What a check is told. `options_for` gives the options of one file, by its path."""

    options: Options = field(default_factory=Options)
    preset: PresetChoice = "auto"
    options_for: Callable[[str, Options], Options] = _same


def check_file(path: str, settings: Settings, site: Site | None = None) -> Checked:
    """What a check finds in a file, or why it could not look; never raises for what one file can cause."""
    try:
        return check_text(read_draft(Path(path)), path, settings, site)
    except GeoError as error:
        return Checked(path, error=error)


def check_text(source: str, path: str, settings: Settings, site: Site | None = None) -> Checked:
    """As `check_file`, of a text that is, or is as if it were, the file's."""
    try:
        draft = read(source, path, settings)
        return Checked(path, locate(draft, check(draft, settings.options_for(path, settings.options), site)))
    except GeoError as error:
        error.path = error.path or printable(path)
        return Checked(path, error=error)
    except Exception as error:  # noqa: BLE001 - a bug of ours in one file; the others are still checked
        return Checked(path, error=bug(error, printable(path)))


def read(source: str, path: str, settings: Settings) -> Draft:
    """A text as the draft that it is at this place. Raises DraftRefused."""
    options = settings.options_for(path, settings.options)
    return parse(source, printable(path), dialect=_dialect(path, options, settings.preset), language=options.language)


def _dialect(path: str, options: Options, preset: PresetChoice) -> Dialect | None:
    """As told, else as its generator reads such files, else (None) by name and content."""
    if options.dialect or not path.lower().endswith(_PLAIN_SUFFIXES):
        return options.dialect
    return find_preset(Path(path), preset).dialect


def run_of(files: tuple[Checked, ...], options: Options) -> CheckRun:
    """The files of a run, with what formats say of the rules that were on."""
    return CheckRun(files, {rule.code: info(rule, options) for rule in selected(options)}, __version__)


def info(rule: Rule, options: Options | None = None) -> RuleInfo:
    severity = (options or Options()).severity.get(rule.code, rule.severity)
    return RuleInfo(rule.code, rule.name, severity, rule.summary, rule.why, rule.evidence.grade, rule.evidence.source)
