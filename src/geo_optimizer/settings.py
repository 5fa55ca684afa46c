"""What a configuration says, as the rest of the program reads it; standard library only.

Three say something of a file: the configuration, those of its overrides that
are for the file, and the command line. The later wins over the earlier, but
for what an override ignores: an exception holds whatever is selected.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from geo_optimizer.model import Dialect, Severity
from geo_optimizer.options import Options, Part
from geo_optimizer.patterns import Patterns
from geo_optimizer.presets import PresetChoice

FailOn = Literal["error", "warning", "never"]
EVERY_RULE = "ALL"
OWN_FILE = "geo-optimizer.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = re.compile(r"""^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*["']?geo-optimizer(?=["'\s.\]])""", re.MULTILINE)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the three says; None or empty where it says nothing.

    `select`, `extend_select`, `ignore`: codes, their beginnings, or ALL.
    `severity` and `rule_options` are by code.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    rule_options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    language: str | None = None
    dialect: Dialect | None = None
    preset: PresetChoice | None = None

    def over(self, earlier: Said) -> Said:
        """Both, where this one wins.

        What is selected here, at least as closely as it was ignored earlier, is
        not ignored any more: S001 is closer than S.
        """
        kept = earlier.extend_select if self.select is None else ()
        named = (*(self.select or ()), *self.extend_select)
        ignored = tuple(word for word in earlier.ignore if not any(_as_close(name, word) for name in named))
        options = {code: {**earlier.rule_options.get(code, {}), **values} for code, values in self.rule_options.items()}
        return Said(
            select=earlier.select if self.select is None else self.select,
            extend_select=_joined(kept, self.extend_select),
            ignore=_joined(ignored, self.ignore),
            severity={**earlier.severity, **self.severity},
            rule_options={**earlier.rule_options, **options},
            language=self.language or earlier.language,
            dialect=self.dialect or earlier.dialect,
            preset=self.preset or earlier.preset,
        )


def _as_close(name: str, word: str) -> bool:
    return word == EVERY_RULE or name.startswith(word)


def _joined(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


class Override(NamedTuple):
    """What is said of the files that fit some patterns."""

    files: Patterns
    said: Said


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration, and what the command line says over it. It can be sent to another process.

    `path`: its file, None without one; `folder`: where the file lies, to which
    its patterns are relative, but for `site_never`, which are of pages of the
    site. `site`, `site_pages`, `site_catalogue` and `baseline` are paths as
    from the working directory; `site_told`: by the command line.
    `only`, `skip`: parts that `optimize` adds, or leaves out.
    `flags`: what the command line says.
    """

    path: str | None = None
    folder: str = ""
    said: Said = field(default_factory=Said)
    overrides: tuple[Override, ...] = ()
    exclude: Patterns = field(default_factory=Patterns)
    fail_on: FailOn | None = None
    site: str | None = None
    site_pages: str | None = None
    site_catalogue: str | None = None
    site_never: Patterns = field(default_factory=Patterns)
    site_told: bool = False
    baseline: str | None = None
    only: frozenset[Part] | None = None
    skip: frozenset[Part] = frozenset()
    flags: Said = field(default_factory=Said)

    def told(self, flags: Said) -> Configuration:
        """With what the command line says, over all that the file says."""
        return replace(self, flags=flags.over(self.flags))

    def options(self, options: Options | None = None) -> Options:
        """What holds for every file that no override is for; `options` for what a configuration says nothing of."""
        return _applied(self._said_of(None), options or Options())

    def options_for(self, path: str, options: Options | None = None) -> Options:
        """What holds for the file at `path`. What `options` says of rules does not count: flags are told by `told`."""
        return _applied(self._said_of(path), options or Options())

    def preset_for(self, path: str | None) -> PresetChoice:
        """The generator named for a file, or (None) for those that no override is for; auto where none is."""
        return self._said_of(path).preset or "auto"

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file, or a folder with all that is in it, is left out where drafts are looked for."""
        place = self._place(path) if self.exclude.lines else None
        return place is not None and self.exclude.match(place, folder=folder)

    def _said_of(self, path: str | None) -> Said:
        place = self._place(path) if path and self.overrides else None
        exceptions = Said()
        for override in self.overrides if place else ():
            if override.files.match(place or ""):
                exceptions = override.said.over(exceptions)
        said = self.flags.over(exceptions.over(self.said))
        return replace(said, ignore=_joined(said.ignore, exceptions.ignore))

    def _place(self, path: str) -> str | None:
        """A path as below the folder of the configuration, with `/`; None outside of it. A link counts where it stands."""
        try:
            return _below(os.path.abspath(path), self.folder) or _below(os.path.realpath(path), os.path.realpath(self.folder))  # noqa: PTH100
        except OSError:  # the working directory is gone
            return None


def _below(path: str, folder: str) -> str | None:
    start = folder.rstrip(os.sep) + os.sep
    return path[len(start) :].replace(os.sep, "/") if path.startswith(start) else None


def _applied(said: Said, options: Options) -> Options:
    return replace(
        options,
        select=said.select or (),
        extend_select=said.extend_select,
        ignore=said.ignore,
        severity=said.severity,
        rule_options=said.rule_options,
        language=said.language or options.language,
        dialect=said.dialect or options.dialect,
    )


# ------------------------------------------------------------------ finding it


def find_config(start: Path) -> Path | None:
    """The nearest configuration from the folder `start` upward, to the root of the repository, the home folder or the top."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home raises where there is none
    for folder in _upward(start):
        if config := config_in(folder):
            return config
        if folder == home or (folder / ".git").exists():
            return None
    return None


def _upward(start: Path) -> Iterable[Path]:
    return (start, *start.parents)


def config_in(folder: Path) -> Path | None:
    """The configuration in a folder: its own file, or else a pyproject.toml that has a table for it."""
    try:
        if (own := folder / OWN_FILE).is_file():
            return own
        shared = folder / SHARED_FILE
        if shared.is_file() and _TABLE.search(shared.read_text(encoding="utf-8", errors="replace")):
            return shared
    except OSError:  # what may not be looked at counts as absent
        return None
    return None


# ------------------------------------------------------------------ writing it


def toml(value: object) -> str:
    """A value as TOML."""
    import json

    if isinstance(value, Mapping):
        pairs = (f"{toml_key(key)} = {toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, set | frozenset):
        return toml(sorted(value))
    if isinstance(value, tuple | list):
        return f"[{', '.join(toml(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(key: str) -> str:
    """A key of TOML, in quotes where it needs some."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml(key)
