"""Many drafts -> what a check found in each, in order; what was found before is not looked for again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geo_optimizer import __version__
from geo_optimizer.corpus.files import decode, read_bytes
from geo_optimizer.errors import GeoError, bug, printable
from geo_optimizer.options import Options
from geo_optimizer.report.result import Checked, CheckRun, Located, RuleInfo, fingerprints, locate
from geo_optimizer.settings import Configuration

if TYPE_CHECKING:
    from geo_optimizer.corpus.cache import Cache
    from geo_optimizer.corpus.pool import Pool
    from geo_optimizer.generator import Folders
    from geo_optimizer.model import Dialect, Draft, Finding
    from geo_optimizer.presets import PresetChoice
    from geo_optimizer.rules.rule import Rule
    from geo_optimizer.site import Site

_PLAIN_SUFFIXES = (".md", ".markdown")
_WINDOW = 512  # files whose findings are asked of the cache, and kept, together


@dataclass(frozen=True, slots=True)
class Settings:
    """What a check is told: by the configuration and the command line, and (`options`) by neither.

    `folders`: what those around the drafts were found to be, for one run;
    `dialects`: and how their drafts are read therefore.
    """

    configuration: Configuration = field(default_factory=Configuration)
    options: Options = field(default_factory=Options)
    folders: Folders = field(default_factory=dict, compare=False, repr=False)
    dialects: dict[tuple[str, PresetChoice | None], Dialect | None] = field(default_factory=dict, compare=False, repr=False)

    def options_for(self, path: str) -> Options:
        return self.configuration.options_for(path, self.options)

    def told(self) -> str:
        """What it tells of every file, as one text, the same for the same settings, to keep findings by."""
        return _stable(self.configuration.options(self.options))

    def told_of(self, path: str) -> str:
        """What it tells of one file besides."""
        options = self.options_for(path) if self.configuration.overrides else None
        return f"{self.dialect(path, options or self.options)} {_stable(options) if options else ''}"

    def dialect(self, path: str, options: Options) -> Dialect | None:
        """As told, else as its generator reads such files, else (None) by name and content."""
        if options.dialect or not path.lower().endswith(_PLAIN_SUFFIXES):
            return options.dialect
        named = self.configuration.preset_for(path) if self.configuration.overrides else None
        at = os.path.dirname(path), named  # noqa: PTH120 - of thousands
        if at not in self.dialects:
            from geo_optimizer.generator import find_preset

            self.dialects[at] = find_preset(Path(path), named or self.configuration.preset_for(path), self.folders).dialect
        return self.dialects[at]


def _stable(value: object) -> str:
    """A value as text, whatever the order of its sets and mappings."""
    if is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}({', '.join(f'{f.name}={_stable(getattr(value, f.name))}' for f in fields(value))})"
    if isinstance(value, set | frozenset):
        return f"{{{', '.join(sorted(map(_stable, value)))}}}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(sorted(f'{_stable(key)}: {_stable(item)}' for key, item in value.items()))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_stable, value))}]"
    return repr(value)


class Checker(NamedTuple):
    """Settings, the site, and what all keys of the cache begin with; empty without a cache.

    `fix`: safe fixes are made first; of what `only` leaves of a file's findings, where not all are to be told.
    """

    settings: Settings
    site: Site | None = None
    base: bytes = b""
    fix: bool = False
    only: Callable[[Checked], Checked] | None = None

    def file(self, path: str) -> tuple[bytes, Checked]:
        """What a check finds in a file, or why it could not look, and the key of what was looked at. Never raises for what one file can cause."""
        try:
            data = read_bytes(path, printable(path))
            source = decode(data, printable(path))
            return self.key(path, data), self._fixed(source, path) if self.fix else self.text(source, path)
        except GeoError as error:
            return b"", Checked(path, error=error)

    def text(self, source: str, path: str) -> Checked:
        """As `file`, of a text that is, or is as if it were, the file's."""
        return _guarded(path, lambda: self._judged(self.draft(source, path), path))

    def fixed(self, source: str, path: str) -> tuple[str, Checked]:
        """A text with its safe fixes made, and what is found in it then; as it was where that fails."""
        output = source

        def made() -> Checked:
            nonlocal output
            text, checked = self._all_fixed(source, path) if self.only is None else self._some_fixed(source, path, self.only)
            output = text
            return checked

        checked = _guarded(path, made)
        return output, checked

    def _all_fixed(self, source: str, path: str) -> tuple[str, Checked]:
        from geo_optimizer.corpus.fixing import fixed

        text, count = fixed(source, lambda text: self.draft(text, path), lambda draft: self._findings(draft, path))
        return text, replace(self._judged(self.draft(text, path), path), fixed=count)

    def _some_fixed(self, source: str, path: str, only: Callable[[Checked], Checked]) -> tuple[str, Checked]:
        """Only findings that are to be told are fixed, once: where those that are not are found then is known by their words alone."""
        from geo_optimizer.corpus.fixing import fixed_once

        draft = self.draft(source, path)
        findings = self._findings(draft, path)
        before = Checked(path, locate(draft, findings))
        told = only(before)
        places = {(found.code, found.span, found.message) for found in told.findings}
        text, count = fixed_once(
            draft, [found for found in findings if (found.code, found.span, found.message) in places], lambda text: self.draft(text, path)
        )
        after = self._judged(self.draft(text, path), path)
        untold = Counter(_words_of(before.findings)) - Counter(_words_of(told.findings))
        left = []
        for found, words in zip(after.findings, _words_of(after.findings), strict=True):
            untold[words] -= 1
            if untold[words] < 0:
                left.append(found)
        return text, replace(told, findings=tuple(left), fixed=count)

    def _fixed(self, source: str, path: str) -> Checked:
        """A file's findings after its safe fixes were made and written."""
        from geo_optimizer.corpus.outputs import write_draft

        output, checked = self.fixed(source, path)
        if checked.error or output == source:
            return checked
        return replace(checked, said=write_draft(Path(path), source, output))

    def _judged(self, draft: Draft, path: str) -> Checked:
        return Checked(path, locate(draft, self._findings(draft, path)))

    def _findings(self, draft: Draft, path: str) -> tuple[Finding, ...]:
        from geo_optimizer.rules import check

        return check(draft, self.settings.options_for(path), self.site)

    def draft(self, source: str, path: str) -> Draft:
        """A text as the draft that it is at this place. Raises DraftRefused."""
        from geo_optimizer.markdown import parse

        options = self.settings.options_for(path)
        return parse(source, printable(path), dialect=self.settings.dialect(path, options), language=options.language)

    def key(self, path: str, data: bytes) -> bytes:
        """What the findings of a file are kept under; empty without a cache."""
        if not self.base:
            return b""
        from geo_optimizer.corpus.cache import key_of

        return key_of(self.base + self.settings.told_of(path).encode("utf-8", "surrogatepass"), path, data)


def _words_of(findings: Sequence[Located]) -> Iterator[str]:
    """What findings are known by, wherever they stand and however often."""
    return (mark.partition(":")[0] for mark in fingerprints(findings))


def _guarded(path: str, work: Callable[[], Checked]) -> Checked:
    """What the work gives, or its error; the other files are still checked."""
    try:
        return work()
    except GeoError as error:
        error.path = error.path or printable(path)
        return Checked(path, error=error)
    except Exception as error:  # noqa: BLE001 - a bug of ours in one file
        return Checked(path, error=bug(error, printable(path)))


def check_files(paths: Sequence[str], checker: Checker, *, pool: Pool | None = None, cache: Cache | None = None) -> Iterator[Checked]:
    """What is found in each file, in the order of `paths`, as soon as that of all before it is there."""
    if cache is None:
        yield from (checked for _, checked in _checked(paths, checker, pool))
        return
    for at in range(0, len(paths), _WINDOW):
        yield from _through(cache, paths[at : at + _WINDOW], checker, pool)


def _through(cache: Cache, paths: Sequence[str], checker: Checker, pool: Pool | None) -> Iterator[Checked]:
    """Findings of some files: those that the cache has, and the others, which it is then told."""
    keys = [_key(path, checker) for path in paths]
    known = cache.found([key for key in keys if key])
    missing = _checked([path for path, key in zip(paths, keys, strict=True) if key not in known], checker, pool)
    new: dict[bytes, Checked] = {}
    try:
        for path, key in zip(paths, keys, strict=True):
            if (findings := known.get(key)) is not None:
                checked = Checked(path, findings)
            else:
                seen, checked = next(missing)
                new[seen] = checked
            yield checked
    finally:
        cache.keep({key: checked for key, checked in new.items() if key})


def _key(path: str, checker: Checker) -> bytes:
    """Empty for a file that cannot be read; that is then told when it is looked at."""
    try:
        return checker.key(path, read_bytes(path, path))
    except GeoError:
        return b""


def _checked(paths: Sequence[str], checker: Checker, pool: Pool | None) -> Iterator[tuple[bytes, Checked]]:
    if pool is None or len(paths) < pool.worth_it:
        return map(checker.file, paths)
    return pool.map(paths)


def run_of(files: Sequence[Checked], options: Options) -> CheckRun:
    """The files of a run, with what formats say of the rules that were on or have found something."""
    from geo_optimizer.rules import BY_CODE, selected

    codes = {rule.code for rule in selected(options)} | {found.code for file in files for found in file.findings}
    return CheckRun(tuple(files), {code: info(BY_CODE[code], options) for code in BY_CODE if code in codes}, __version__)


def info(rule: Rule, options: Options | None = None) -> RuleInfo:
    severity = (options or Options()).severity.get(rule.code, rule.severity)
    return RuleInfo(rule.code, rule.name, severity, rule.summary, rule.why, rule.evidence.grade, rule.evidence.source)
