"""One run of `optimize`: draft after draft, where each output goes, and the report of it all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from geo_optimizer.cli import inputs, settings
from geo_optimizer.corpus import files, outputs
from geo_optimizer.errors import DraftRefused, FileError, GeoError, UsageError, printable
from geo_optimizer.options import Options

if TYPE_CHECKING:
    from geo_optimizer.engines.choose import Choice
    from geo_optimizer.generator import Folders
    from geo_optimizer.model import Optimization
    from geo_optimizer.settings import Configuration

Row = dict[str, Any]
_BLANK = "\ufeff \t\r\n"
_INTERRUPTED = GeoError("interrupted", "the run was stopped while it was at this draft", hint="run again; what is done stays as it is")
_NOT_BEGUN = GeoError("not-begun", "the run was stopped before it came to this draft", hint="run again")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the optimised text goes. `path` is a file, or None where nothing is written to one."""

    mode: Literal["file", "stdout", "in-place", "diff", "check", "review"]
    output: str | None = None
    folder: Path | None = None
    base: Path | None = None
    force: bool = False
    fails_on_change: bool = False

    def path(self, draft: str) -> Path | None:
        if self.mode in ("stdout", "diff", "check", "review"):
            return None
        if self.mode == "in-place":
            return Path(draft)
        if self.folder:
            return files.below(Path(draft), self.base or Path.cwd(), self.folder)
        return Path(self.output) if self.output else files.beside(Path(draft))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the run was told besides the target: by whom the lines are written, how its drafts are configured, and how much is said."""

    options: Options
    configuration: Configuration
    engine: Choice
    model: str | None
    base_url: str | None
    alone: bool
    quiet: bool


class Run:
    """Drafts one after the other: the others are still done when one fails, and the highest exit code wins."""

    def __init__(self, target: Target, asked: Asked) -> None:
        from geo_optimizer.engines.choose import choose

        self.target, self.asked = target, asked
        self.site = settings.open_site(asked.configuration)
        self.engines = choose(asked.engine, os.environ, model=asked.model, base_url=asked.base_url)
        self.code = 0
        self._warned: set[str] = set()
        self._seen: Folders = {}
        self._review: list[Row] = []

    def one(self, path: str, report: Callable[[Row], None]) -> None:
        """Optimise one draft and report on it, also when it fails; not when the run is interrupted (`unfinished`)."""
        from geo_optimizer.report import json, text

        try:
            done, written = self._optimized(path)
        except Exception as error:  # noqa: BLE001 - the other drafts are still done
            failed = inputs.failure(error, path)
            report(json.error(path, failed))
            inputs.complain(failed)
            self.code = max(self.code, failed.exit_code)
            self._propose(path, error=failed)
            return
        report(json.optimization(done, path, written))
        if not self.asked.quiet:
            inputs.talk(text.summary(done, inputs.shown(path), written and printable(written), has_site=self.site is not None) + "\n")

    def _optimized(self, path: str) -> tuple[Optimization, str | None]:
        from geo_optimizer.pipeline import optimize

        target = self.target.path(path)
        source = inputs.read(path)
        if self.asked.alone and not source.strip(_BLANK):
            raise DraftRefused("empty", "there is no text in it", hint="write the article first")
        done = optimize(source, self.engines, self.site, self._options(path), path=inputs.shown(path))
        if self.target.fails_on_change and done.edits:
            self.code = max(self.code, 1)
        for note in done.notes:
            if note.part == "engine":
                inputs.talk(f"warning: {inputs.shown(path)}: {note.message}")
        self._propose(path, done)
        return done, self._written(target, path, source, done)

    def _propose(self, path: str, done: Optimization | None = None, error: GeoError | None = None) -> None:
        """Keep what a review is told of a draft."""
        if self.target.mode != "review":
            return
        from geo_optimizer.report.linking import changes
        from geo_optimizer.report.rdjson import Proposed, proposed

        one = Proposed(inputs.shown(path), done.draft, changes(done)) if done else Proposed(inputs.shown(path), error=error)
        self._review += proposed(one, inputs.view())

    def print_review(self) -> None:
        """Print the changes of the drafts that are done as suggestions of a review."""
        from geo_optimizer.report.rdjson import result

        inputs.print_lines(result(self._review))

    def _options(self, path: str) -> Options:
        configuration = self.asked.configuration
        options = configuration.options_for(path, self.asked.options)
        preset = inputs.find_preset(path, configuration.preset_for(path), self._seen)
        return replace(options, preset=preset, dialect=inputs.dialect(path, options.dialect, preset))

    def _written(self, target: Path | None, path: str, source: str, done: Optimization) -> str | None:
        """Where the output went; None where there was nothing to write."""
        if self.target.mode == "stdout":
            inputs.print_out(done.output)
            return "-"
        if self.target.mode == "diff":
            from geo_optimizer.report.diff import unified

            inputs.print_out(unified(source, done.output, path))
            return None
        if target is None or (not done.edits and not (self.target.output or self.target.folder)):
            return None
        for warning in self._write(target, path, source, done.output):
            self._warn(warning)
        return str(target)

    def _write(self, target: Path, path: str, source: str, output: str) -> tuple[str, ...]:
        """Write the output, and answer with what the user should hear."""
        if self.target.mode == "in-place":
            return outputs.write_draft(target, source, output)
        if self.target.folder:
            _make_folder(target.parent)
        if path != inputs.STDIN and _same_file(target, path):
            raise UsageError("output-is-draft", "the output would be the draft itself", hint="use -i to change it in place", path=path)
        if files.is_folder(target):
            raise FileError("is-a-folder", "this is a folder", hint="name a file, or use --output-dir", path=str(target))
        return outputs.write_output(target, output, draft=None if path == inputs.STDIN else Path(path), force=self.target.force)

    def _warn(self, warning: str) -> None:
        """Each warning once; they name their file where they are about one."""
        if warning not in self._warned:
            self._warned.add(warning)
            inputs.talk(f"warning: {warning}")


def _same_file(target: Path, path: str) -> bool:
    return files.is_there(target) and target.samefile(path)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            "unwritable", f"the folder cannot be made: {(error.strerror or str(error)).lower()}", hint="choose another", path=str(folder)
        ) from None


# ------------------------------------------------------------------ the report


def check_report(path: Path, drafts: Sequence[str], target: Target) -> None:
    """Before the work, so that none is done in vain, and none is lost under the report."""
    if path.suffix not in (".json", ".jsonl"):
        what = path.suffix or "a file without a suffix"
        raise UsageError("report-format", f"a report cannot be written as {what}", hint="name it .json or .jsonl", path=str(path))
    if not files.is_folder(path.parent):
        raise FileError("report-folder", "the report's folder is not there", hint="make it first; nothing was done", path=str(path))
    own = _identities(path)
    for what, other in _written_or_read(drafts, target):
        if own & _identities(other):
            message = f"the report would take the place of {what}, {printable(str(other))}"
            raise UsageError("report-is-draft", message, hint="give it another name", path=str(path))


def _written_or_read(drafts: Sequence[str], target: Target) -> Iterator[tuple[str, Path]]:
    """Every file of the run but the report, and what it is."""
    for draft in drafts:
        if draft != inputs.STDIN:
            yield "a draft", Path(draft)
        with suppress(UsageError):  # it has no place: said when its turn comes, and the others are still done
            if output := target.path(draft):
                yield "an output", output


def _identities(path: Path) -> set[object]:
    """What tells a file from every other: its name without links, there or not yet, and its number."""
    names: set[object] = {os.path.realpath(path)}
    if files.is_there(path):
        there = path.stat()
        names.add((there.st_dev, there.st_ino))
    return names


def unfinished(drafts: Sequence[str], begun: int, reported: int) -> list[Row]:
    """Of a run that was stopped, the drafts that it had not come to the end of, or not begun."""
    from geo_optimizer.report import json

    stopped = [json.error(path, _INTERRUPTED) for path in drafts[reported:begun]]
    return stopped + [json.error(path, _NOT_BEGUN) for path in drafts[begun:]]


def write_report(path: Path, rows: list[Row], *, alone: bool) -> None:
    """One object per draft and line (.jsonl), or one object: the draft's own if it is `alone`, else {"schema", "drafts"}."""
    from geo_optimizer.report import json

    if path.suffix == ".jsonl":
        text = "".join(json.dumps(row) + "\n" for row in rows)
    else:
        text = json.dumps(rows[0] if alone and rows else {"schema": json.SCHEMA, "drafts": rows}, indent=2) + "\n"
    outputs.write_atomic(path, text.encode("utf-8", "surrogateescape"))
