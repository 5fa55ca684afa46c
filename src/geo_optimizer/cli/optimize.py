"""`geo-optimize optimize`: drafts in, optimised drafts out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from geo_optimizer.cli import inputs
from geo_optimizer.corpus import files
from geo_optimizer.errors import DraftRefused, FileError, GeoError, UsageError, printable
from geo_optimizer.options import PARTS, Options, Part

if TYPE_CHECKING:
    from geo_optimizer.engines.choose import Choice
    from geo_optimizer.model import Optimization

_EXAMPLES = """
\b
Examples:
  geo-optimize draft.md                         write draft.optimized.md
  geo-optimize draft.md -o -                    print the optimised draft
  geo-optimize -i posts/                        change every draft in a folder
  geo-optimize draft.md --check                 exit code 1 if something would be added
  geo-optimize draft.md --only frontmatter      leave the body alone
  geo-optimize posts/ --output-dir out --base posts --report run.jsonl
"""


_BLANK = "\ufeff \t\r\n"


class _Parts(click.ParamType[frozenset[Part]]):
    """A comma-separated list of parts."""

    name = "parts"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[Part]:
        if isinstance(value, frozenset):
            return value
        names = [name.strip() for name in str(value).split(",") if name.strip()]
        if not names:
            self.fail(f"no part is named; the parts are {', '.join(PARTS)}", param, ctx)
        if unknown := [name for name in names if name not in PARTS]:
            self.fail(f"{', '.join(unknown)} is no part; the parts are {', '.join(PARTS)}", param, ctx)
        return frozenset(part for part in PARTS if part in names)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the optimised text goes. `path` is a file, `-`, or None where nothing is written."""

    mode: Literal["file", "stdout", "in-place", "diff", "check"]
    output: str | None = None
    folder: Path | None = None
    base: Path | None = None
    force: bool = False
    fails_on_change: bool = False

    def path(self, draft: str) -> Path | None:
        if self.mode in ("stdout", "diff", "check"):
            return None
        if self.mode == "in-place":
            return Path(draft)
        if self.folder:
            return files.below(Path(draft), self.base or Path.cwd(), self.folder)
        return Path(self.output) if self.output else files.beside(Path(draft))


@click.command(epilog=_EXAMPLES, short_help="Add what a draft lacks.")
@inputs.drafts_argument
@click.option("-o", "--output", metavar="FILE", help="Write here; - prints it.")
@click.option("-i", "--in-place", is_flag=True, help="Change the draft itself.")
@click.option(
    "--output-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write into this folder, laid out as below --base.",
)
@click.option(
    "--base",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="What --output-dir mirrors; otherwise the current folder.",
)
@click.option("--diff", is_flag=True, help="Print what would change as a unified diff; write nothing.")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if something would change.")
@click.option("--only", type=_Parts(), metavar="PARTS", help=f"Add only these, of {','.join(PARTS)}.")
@click.option("--skip", type=_Parts(), metavar="PARTS", default=frozenset(), help="Leave these out.")
@inputs.site_option
@inputs.engine_option
@inputs.model_option
@inputs.base_url_option
@click.option("--fallback", is_flag=True, help="With --engine claude: let the offline engine write where the model fails.")
@inputs.language_option
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Everything that was done, as .json or .jsonl."
)
@click.option("--force", is_flag=True, help="Overwrite an output that was edited since it was written.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@inputs.debug_option
def optimize(  # noqa: PLR0913 - a command's options are its interface
    drafts: tuple[str, ...],
    *,
    output: str | None,
    in_place: bool,
    output_dir: Path | None,
    base: Path | None,
    diff: bool,
    check: bool,
    only: frozenset[Part] | None,
    skip: frozenset[Part],
    site_path: str | None,
    engine: Choice,
    model: str | None,
    base_url: str | None,
    fallback: bool,
    language: str | None,
    report: Path | None,
    force: bool,
    quiet: bool,
) -> int:
    """Add frontmatter, a TL;DR, key takeaways and link suggestions to drafts.

    DRAFT is a Markdown or MDX file, a folder of them, or - for standard
    input. What a draft already has is never added again and never changed: a
    second run changes nothing.
    """
    paths = inputs.expand(drafts, outside=output_dir)
    target = _target(paths, output=output, in_place=in_place, output_dir=output_dir, base=base, diff=diff, check=check, force=force)
    if report:
        _check_report(report)
    options = Options(parts=(frozenset(PARTS) if only is None else only) - skip, language=language, fallback=fallback or engine == "auto")
    run = _Run(target, options, site_path, engine, model, base_url, alone=len(drafts) == 1 and drafts == tuple(paths), quiet=quiet)
    rows = [run.one(path) for path in paths]
    if report:
        _write_report(report, rows)
    return run.code


def _target(
    paths: list[str],
    *,
    output: str | None,
    in_place: bool,
    output_dir: Path | None,
    base: Path | None,
    diff: bool,
    check: bool,
    force: bool,
) -> _Target:
    places = [
        name
        for name, given in (("-o", output), ("-i", in_place), ("--output-dir", output_dir), ("--diff or --check", diff or check))
        if given
    ]
    if len(places) > 1:
        raise UsageError("two-outputs", f"{' and '.join(places)} exclude each other", hint="say one place for the output")
    if output and len(paths) > 1:
        raise UsageError("one-output-many-drafts", f"-o names one file for {len(paths)} drafts", hint="use --output-dir or -i")
    if base and not output_dir:
        raise UsageError("base-alone", "--base says what --output-dir mirrors", hint="give --output-dir as well")
    if in_place and paths == [inputs.STDIN]:
        raise UsageError("stdin-in-place", "standard input cannot be changed in place", hint="leave out -i")
    if diff or check:
        return _Target("diff" if diff else "check", fails_on_change=check)
    if output == "-" or (paths == [inputs.STDIN] and not output):
        return _Target("stdout")
    return _Target("in-place" if in_place else "file", output, output_dir, base, force)


class _Run:
    """Drafts one after the other: the others are still done when one fails, and the highest exit code wins."""

    def __init__(
        self,
        target: _Target,
        options: Options,
        site_path: str | None,
        engine: Choice,
        model: str | None,
        base_url: str | None,
        *,
        alone: bool,
        quiet: bool,
    ) -> None:
        from geo_optimizer.engines.choose import choose

        self.target, self.options, self.quiet = target, options, quiet
        self.site = inputs.open_site(site_path)
        self.engines = choose(engine, os.environ, model=model, base_url=base_url)
        self.alone = alone
        self.code = 0

    def one(self, path: str) -> dict[str, object]:
        """Optimise one draft and answer with its row of the report."""
        from geo_optimizer.report import json

        try:
            done, written = self._optimized(path)
        except GeoError as error:
            error.path = error.path or inputs.shown(path)
            inputs.complain(error)
            self.code = max(self.code, error.exit_code)
            return json.error(path, error)
        return json.optimization(done, path, written)

    def _optimized(self, path: str) -> tuple[Optimization, str | None]:
        from geo_optimizer.pipeline import optimize as optimized
        from geo_optimizer.report import text

        target = self.target.path(path)
        source = inputs.read(path)
        if self.alone and not source.strip(_BLANK):
            raise DraftRefused("empty", "there is no text in it", hint="write the article first")
        done = optimized(source, self.engines, self.site, self.options, path=inputs.shown(path))
        if self.target.fails_on_change and done.edits:
            self.code = max(self.code, 1)
        written = self._written(target, path, source, done)
        for note in done.notes:
            if note.part == "engine":
                inputs.talk(f"warning: {inputs.shown(path)}: {note.message}")
        if not self.quiet:
            inputs.talk(text.summary(done, inputs.shown(path), written and printable(written), has_site=self.site is not None) + "\n")
        return done, written

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
        self._write(target, path, source, done.output)
        return str(target)

    def _write(self, target: Path, path: str, source: str, output: str) -> None:
        if self.target.folder:
            _make_folder(target.parent)
        if self.target.mode == "in-place":
            if inputs.read(path) != source:
                raise FileError("changed-meanwhile", "the draft was changed while it was read", hint="run again", path=path)
        elif _same_file(target, path):
            raise UsageError("output-is-draft", "the output would be the draft itself", hint="use -i to change it in place", path=path)
        elif target.is_dir():
            raise FileError("is-a-folder", "this is a folder", hint="name a file, or use --output-dir", path=str(target))
        elif not self.target.force and not files.may_overwrite(target, output):
            raise FileError(
                "output-edited",
                "it was edited since it was written, or is not ours",
                hint="--force overwrites it, -o names another",
                path=str(target),
            )
        files.write_atomic(target, output)
        files.remember_output(target, output)


def _same_file(target: Path, path: str) -> bool:
    return path != inputs.STDIN and target.exists() and target.samefile(path)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            "unwritable", f"the folder cannot be made: {error.strerror}", hint="choose another --output-dir", path=str(folder)
        ) from None


def _check_report(path: Path) -> None:
    """Before the work, so that none is done in vain."""
    if path.suffix not in (".json", ".jsonl"):
        what = path.suffix or "a file without a suffix"
        raise UsageError("report-format", f"a report cannot be written as {what}", hint="name it .json or .jsonl", path=str(path))
    if not path.parent.is_dir():
        raise FileError("report-folder", "the report's folder is not there", hint="make it first; nothing was done", path=str(path))


def _write_report(path: Path, rows: list[dict[str, object]]) -> None:
    """One object per draft and line (.jsonl), or one object: the draft's own, or {"schema", "drafts"} for several."""
    from geo_optimizer.report import json

    if path.suffix == ".jsonl":
        text = "".join(json.dumps(row) + "\n" for row in rows)
    else:
        text = json.dumps(rows[0] if len(rows) == 1 else {"schema": json.SCHEMA, "drafts": rows}, indent=2) + "\n"
    files.write_atomic(path, text)
