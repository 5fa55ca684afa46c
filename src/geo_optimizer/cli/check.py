"""`geo-optimize check`: the gate for editors and CI. No model, no network; nothing is written but what `--fix` announces."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from geo_optimizer.cli import inputs, settings
from geo_optimizer.errors import UsageError
from geo_optimizer.report.result import Checked, CheckRun
from geo_optimizer.report.view import View
from geo_optimizer.settings import Configuration, FailOn, Said

if TYPE_CHECKING:
    from geo_optimizer.corpus.baseline import Baseline
    from geo_optimizer.corpus.cache import Cache
    from geo_optimizer.corpus.changes import Changes
    from geo_optimizer.corpus.checking import Checker, Settings
    from geo_optimizer.corpus.pool import Pool
    from geo_optimizer.corpus.scope import Scope

_RANK = {"never": 3, "error": 2, "warning": 1, "info": 0}
_STREAMED = ("text", "jsonl")  # formats that print each file as soon as it is checked
_CACHED_FROM = 8  # files; fewer are checked sooner than a cache is opened
_FILES_PER_JOB = 50  # files that make it worth while to start one process more

_EXAMPLES = """
\b
Examples:
  geo-optimize check draft.md
  geo-optimize check content/ --site content/            also dead links, duplicates, orphans
  geo-optimize check content/ --select R --fail-on warning
  geo-optimize check content/ --changed-since main --format github
  geo-optimize check content/ --baseline .geo-baseline.json --update-baseline
  geo-optimize check draft.md --fix                      make the safe fixes
  geo-optimize check - --stdin-filename posts/draft.md < draft.md
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    drafts: tuple[str, ...]
    form: str
    configuration: Configuration
    fail_on: FailOn
    baseline: Path | None
    update_baseline: bool
    changed_since: str | None
    fix: bool
    jobs: int | None
    cache: Path | None
    stdin_filename: str | None
    statistics: bool
    quiet: bool


@click.command(short_help="Findings for editors and CI.", epilog=_EXAMPLES)
@inputs.drafts_argument
@inputs.format_option("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html")
@click.option("--select", metavar="CODES", default="", help="Only these rules: codes, their beginnings or names, such as R,S001; ALL.")
@click.option("--extend-select", metavar="CODES", default="", help="These besides: rules that are off by default.")
@click.option("--ignore", metavar="CODES", default="", help="Not these.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error", show_default=True, help="What makes the exit code 1."
)
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Leave out the findings that this file has.")
@click.option("--update-baseline", is_flag=True, help="Write all findings into the baseline, and end with 0.")
@click.option("--changed-since", metavar="REV", help="Only what touches lines changed since this git revision.")
@click.option("--fix", is_flag=True, help="Make the safe fixes, in place; the rest is reported.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes; Ctrl-C ends it.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes; by default as many as there are cores and work for."
)
@click.option("--no-cache", is_flag=True, help="Look at every file anew.")
@click.option("--cache-dir", type=click.Path(path_type=Path), metavar="DIR", help="Where findings are kept between runs.")
@click.option("--stdin-filename", metavar="PATH", help="What the draft on standard input is called.")
@click.option("--statistics", is_flag=True, help="How often each rule fired, instead of the findings.")
@inputs.site_option
@inputs.preset_option
@inputs.language_option
@inputs.dialect_option
@settings.configured
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@inputs.debug_option
def check(  # noqa: PLR0913 - a command's options are its interface
    drafts: tuple[str, ...],
    *,
    form: str,
    select: str,
    extend_select: str,
    ignore: str,
    fail_on: FailOn,
    baseline: Path | None,
    update_baseline: bool,
    changed_since: str | None,
    fix: bool,
    watch: bool,
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
    stdin_filename: str | None,
    statistics: bool,
    configuration: Configuration,
    quiet: bool,
) -> int:
    """Judge drafts by editorial rules. Only --fix changes a draft."""
    if settings.was_given("select") and not select.strip(" ,"):
        raise UsageError("unknown-rule", "--select names no rule", hint="leave it out for all that are on by default")
    told = Said(select=settings.codes(select) or None, extend_select=settings.codes(extend_select), ignore=settings.codes(ignore))
    asked = Asked(
        drafts=drafts,
        form=form,
        configuration=configuration.told(told),
        fail_on=settings.chosen("fail_on", fail_on, configuration.fail_on),
        baseline=settings.chosen("baseline", baseline, Path(configuration.baseline) if configuration.baseline else None),
        update_baseline=update_baseline,
        changed_since=changed_since,
        fix=fix,
        jobs=1 if "--debug" in sys.argv else jobs,
        cache=None if no_cache else _cache_dir(cache_dir),
        stdin_filename=stdin_filename,
        statistics=statistics,
        quiet=quiet,
    )
    _fit(asked, watch=watch)
    if watch:
        from geo_optimizer.cli.watch import watched

        return watched(asked)
    return Run(asked).all()


def _cache_dir(given: Path | None) -> Path:
    if given is not None:
        return given
    from geo_optimizer.folders import cache_dir

    try:
        return cache_dir()
    except RuntimeError as error:  # a user without a home
        raise UsageError("no-cache-folder", f"there is no place for the cache: {error}", hint="--no-cache, or --cache-dir DIR") from None


def _fit(asked: Asked, *, watch: bool) -> None:
    """Raise UsageError for what cannot be asked for together."""
    stdin = asked.drafts == (inputs.STDIN,)
    if asked.update_baseline and asked.baseline is None:
        raise UsageError("no-baseline", "--update-baseline needs a file", hint="name it with --baseline FILE")
    if asked.update_baseline and asked.changed_since:
        raise UsageError("usage", "a baseline of changed lines alone would forget the others", hint="leave --changed-since out")
    if asked.changed_since and stdin and not asked.stdin_filename:
        raise UsageError("usage", "git knows files by their names", hint="name the draft with --stdin-filename")
    if asked.stdin_filename and not stdin:
        raise UsageError("usage", "--stdin-filename goes with standard input", hint="give - as the draft")
    if watch and (stdin or asked.form != "text"):
        raise UsageError("usage", "--watch watches files, and speaks to a terminal", hint="name files, without --format")
    if asked.update_baseline and stdin and not asked.stdin_filename:
        raise UsageError("usage", "a baseline knows files by their names", hint="name the draft with --stdin-filename")
    if asked.update_baseline and asked.fix:
        raise UsageError("usage", "--fix and --update-baseline are two steps", hint="fix first, then write the baseline")
    if (asked.statistics or asked.update_baseline) and asked.form != "text":
        raise UsageError("usage", "--format prints findings, which are not asked for here", hint="leave --format out")
    if asked.fix and stdin and asked.form != "text":
        raise UsageError("usage", "--fix prints the fixed draft itself", hint="leave --format out: the findings go to standard error")


class Run:
    """One check of what was asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.site = settings.open_site(asked.configuration)
        self.settings = self._settings()
        self.baseline = self._baseline()
        self.changes = _changes(asked)
        self.settled = 0  # entries of the baseline that have no finding any more
        self.view = _view(asked.fail_on)
        self._warn_of_rules_without_a_site()
        self.silent = False  # whoever read the output has enough

    def _warn_of_rules_without_a_site(self) -> None:
        """Rules that were asked for by name, or family, and cannot run."""
        chosen = self.asked.configuration.flags.select
        if chosen and self.site is None:
            from geo_optimizer.rules import selected

            idle = [rule.code for rule in selected(self.asked.configuration.options()) if rule.needs_site]
            if idle:
                inputs.talk(f"note: not run, because they need --site: {', '.join(idle)}")

    def _settings(self) -> Settings:
        from geo_optimizer.corpus.checking import Settings

        return Settings(self.asked.configuration)

    def _baseline(self) -> Baseline | None:
        """The baseline that is there; one that is to be written for the first time is not."""
        path = self.asked.baseline
        if path is None or (self.asked.update_baseline and not path.exists()):
            return None
        from geo_optimizer.corpus.baseline import read_baseline

        return read_baseline(path)

    @property
    def scope(self) -> Scope:
        from geo_optimizer.corpus.scope import Scope

        return Scope(self.changes, None if self.asked.update_baseline else self.baseline)

    def all(self) -> int:
        """Check all that was asked for, and answer with the exit code."""
        if self.asked.drafts == (inputs.STDIN,):
            return self._ended([self._stdin()])
        found = self.found()
        paths = self.in_scope(found)
        if not paths:
            inputs.talk("nothing to check: no draft has changed" if found else "nothing to check: all that was named is excluded")
        return self.some(paths) if paths else self._ended([])

    def look_again(self) -> None:
        """Ask anew what has changed, and count anew."""
        self.changes, self.settled = _changes(self.asked), 0

    def found(self) -> list[str]:
        """The drafts that are meant."""
        return inputs.expand(self.asked.drafts, excluded=self.asked.configuration.excludes)

    def in_scope(self, paths: Sequence[str]) -> list[str]:
        """Those that have changed, and those that are not there: that is to be told."""
        changes = self.changes
        return [path for path in paths if changes.has(Path(path)) or not Path(path).exists()] if changes else list(paths)

    def some(self, paths: Sequence[str]) -> int:
        """Check these files, print what is found, and answer with the exit code."""
        with ExitStack() as stack:
            cache = stack.enter_context(self._cache()) if self._is_cached(paths) else None
            checker = self._checker(cache)
            pool = stack.enter_context(self._pool(checker, paths)) if self._jobs(paths) > 1 else None
            files = [*self._each(paths, checker, pool, cache)]
            if cache is not None:
                cache.prune()
                for trouble in cache.trouble:
                    inputs.talk(f"warning: {trouble}")
        return self._ended(files)

    def _each(self, paths: Sequence[str], checker: Checker, pool: Pool | None, cache: Cache | None) -> Iterator[Checked]:
        from geo_optimizer.corpus.checking import check_files

        for checked in check_files(paths, checker, pool=pool, cache=cache):
            for said in checked.said:
                inputs.talk(f"warning: {inputs.shown(checked.path)}: {said}")
            kept = checked if self.asked.fix else self.scope(checked)
            if self.baseline:
                self.settled += self.baseline.settled(checked, self._ran(checked.path))
            if self.asked.form in _STREAMED and not self.asked.statistics and not self.asked.update_baseline:
                self._print(kept)
            elif kept.error:
                self._complain(kept)
            yield kept

    def _ran(self, path: str) -> frozenset[str]:
        """The codes of the rules that are run on a file."""
        from geo_optimizer.rules import selected

        chosen = selected(self.settings.options_for(path))
        return frozenset(rule.code for rule in chosen if self.site is not None or not rule.needs_site)

    def _stdin(self) -> Checked:
        path = self.asked.stdin_filename or inputs.STDIN
        source = inputs.read(inputs.STDIN)
        checker = self._checker(None)
        output = source
        if self.asked.stdin_filename and self.asked.configuration.excludes(path):
            inputs.talk(f"note: left out, because the configuration excludes it: {inputs.shown(path)}")
            checked = Checked(path)
        elif self.asked.fix:
            output, checked = checker.fixed(source, path)
        else:
            checked = self.scope(checker.text(source, path))
        if self.asked.fix:
            inputs.print_out(output)
        if not self.asked.stdin_filename:
            checked = replace(checked, path=inputs.shown(path))
        if self.asked.form in _STREAMED and not self.asked.statistics:
            self._print(checked)
        elif checked.error:
            self._complain(checked)
        return checked

    # -------------------------------------------------------------- how it is done

    def _checker(self, cache: Cache | None) -> Checker:
        from geo_optimizer.corpus.checking import Checker

        if cache is None:
            scope = self.scope
            return Checker(self.settings, self.site, fix=self.asked.fix, only=None if scope.is_everything else scope)
        from geo_optimizer.corpus.cache import key_base

        return Checker(self.settings, self.site, key_base(self.settings.told()))

    def _is_cached(self, paths: Sequence[str]) -> bool:
        """Findings that depend on the site, or come with fixes to be made, are not kept."""
        return self.asked.cache is not None and len(paths) >= _CACHED_FROM and self.site is None and not self.asked.fix

    def _cache(self) -> Cache:
        from geo_optimizer.corpus.cache import Cache

        assert self.asked.cache is not None
        return Cache(self.asked.cache)

    def _jobs(self, paths: Sequence[str]) -> int:
        if self.asked.jobs:
            return min(self.asked.jobs, len(paths))
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return max(1, min(cores, len(paths) // _FILES_PER_JOB))

    def _pool(self, checker: Checker, paths: Sequence[str]) -> Pool:
        from geo_optimizer.corpus.pool import Pool

        return Pool(self._jobs(paths), checker)

    # -------------------------------------------------------------- what is said

    def _ended(self, files: Sequence[Checked]) -> int:
        """Print what belongs to all files together, and answer with the exit code."""
        if self.asked.update_baseline:
            return self._write_baseline(files)
        self._report(files)
        return max((_code(checked, self.asked.fail_on) for checked in files), default=0)

    def _report(self, files: Sequence[Checked]) -> None:
        """What is printed of all files together; the talk is on standard error."""
        if self.asked.statistics:
            from geo_optimizer.report import console

            self._out(console.statistics(CheckRun(tuple(files)), self.view))
        elif self.asked.form not in _STREAMED:
            from geo_optimizer.corpus.checking import run_of
            from geo_optimizer.report import formats

            run = run_of(files, self.settings.configuration.options())
            self._out(formats.render(self.asked.form, run, self.view))
            _summarised(run, self.asked.form)
        elif self.asked.form == "text" and not self.asked.quiet:
            from geo_optimizer.report import console

            inputs.talk(console.summary(CheckRun(tuple(files)), View(colour=_knows_colours(sys.stderr))))
        if self.settled and not self.asked.quiet and not self.asked.fix:
            entries = "1 finding" if self.settled == 1 else f"{self.settled} findings"
            inputs.talk(f"{entries} of the baseline {'is' if self.settled == 1 else 'are'} settled: --update-baseline takes them out")

    def _write_baseline(self, files: Sequence[Checked]) -> int:
        from geo_optimizer import __version__
        from geo_optimizer.corpus.baseline import baseline_text
        from geo_optimizer.corpus.outputs import write_atomic

        path = self.asked.baseline
        assert path is not None
        write_atomic(path, baseline_text(files, path.parent, __version__, self._ran, self.baseline).encode("utf-8", "surrogateescape"))
        if not self.asked.quiet:
            inputs.talk(f"{inputs.shown(str(path))}: {sum(len(checked.findings) for checked in files)} findings of {len(files)} files")
        return max((checked.error.exit_code for checked in files if checked.error), default=0)

    def _print(self, checked: Checked) -> None:
        if self.asked.form == "jsonl":
            from geo_optimizer.report import json

            self._out(json.dumps({"schema": json.SCHEMA, **json.checked_file(checked)}))
            return
        from geo_optimizer.report import console

        if checked.error:
            self._complain(checked)
        elif self.asked.fix and self.asked.drafts == (inputs.STDIN,):
            inputs.talk(console.file(checked, view=View(colour=_knows_colours(sys.stderr))))  # the fixed draft has standard output
        else:
            self._out(console.file(checked, view=self.view))

    def _complain(self, checked: Checked) -> None:
        assert checked.error is not None
        if "--debug" in sys.argv and checked.error.__cause__:
            raise checked.error.__cause__
        inputs.complain(checked.error)

    def _out(self, text: str) -> None:
        """To standard output; once its reader has gone, the rest is checked all the same, for the exit code."""
        if text and not self.silent:
            self.silent = not inputs.try_print(text + "\n")


def _view(fail_on: FailOn) -> View:
    """How standard output is to be written: paths as from here, colours and links for a terminal."""
    terminal = _knows_colours(sys.stdout)
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal and sys.stdout.isatty() else 0
    try:
        return View(str(Path.cwd()), terminal, terminal and sys.stdout.isatty(), width, fail_on)
    except FileNotFoundError:  # the current folder is not there any more; the drafts may be
        return View("", terminal, width=width, fail_on=fail_on)


def _knows_colours(stream: TextIO | None) -> bool:
    """As https://no-color.org and https://force-color.org have it."""
    if os.environ.get("NO_COLOR") or stream is None:
        return False
    if (forced := os.environ.get("FORCE_COLOR")) is not None:
        return forced not in ("", "0", "false")
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _summarised(run: CheckRun, form: str) -> None:
    """On GitHub all findings go to the summary of the job: of annotations there are few."""
    path = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    if not path:
        return
    from geo_optimizer.report import markdown

    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(markdown.render(run, View(str(Path.cwd())), most=markdown.MOST_OF_A_SUMMARY) + "\n")
    except OSError as error:
        inputs.talk(f"warning: the summary of the job cannot be written: {(error.strerror or str(error)).lower()}")


def _changes(asked: Asked) -> Changes | None:
    if asked.changed_since is None:
        return None
    from geo_optimizer.corpus.changes import changed_since

    return changed_since(asked.changed_since, dict.fromkeys(_folder(name) for name in asked.drafts))


def _folder(name: str) -> Path:
    """The folder that an argument names, or in which its files lie."""
    parts = Path(name)
    while not parts.is_dir():
        parts = parts.parent
    return parts


def _code(checked: Checked, fail_on: str) -> int:
    if checked.error:
        return checked.error.exit_code
    return int(any(_RANK[found.severity] >= _RANK[fail_on] for found in checked.findings))
