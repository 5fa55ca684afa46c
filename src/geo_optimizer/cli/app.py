"""The commands under one name, and what becomes of each way in which they can end."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

import click

from geo_optimizer import __version__
from geo_optimizer.cli import inputs
from geo_optimizer.corpus.files import is_there
from geo_optimizer.errors import FileError, GeoError

_STOPPING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

# Each command and the module it is in, which is loaded when the command is given: a check does not wait for the others.
_COMMANDS = {
    "optimize": "optimize",
    "check": "check",
    **dict.fromkeys(("analyze", "propose", "links", "verify"), "commands"),
    "rule": "rules",
    **dict.fromkeys(("config", "init"), "house"),
    "site": "site",
}


class _DraftOrCommand(click.Group):
    """`geo-optimize draft.md` is `geo-optimize optimize draft.md`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"geo_optimizer.cli.{_COMMANDS[cmd_name]}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in _COMMANDS and args[0] not in ("--help", "-h", "--version"):
            if not set(args[0]) & set("-./\\*") and not is_there(Path(args[0])):
                raise click.UsageError(f"no command and no draft is called {args[0]!r}", ctx)
            args.insert(0, "optimize")
        return super().parse_args(ctx, args)


@click.group(
    cls=_DraftOrCommand,
    subcommand_metavar="DRAFT... | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 done or clean, 1 findings or a change in --check, 2 usage, 3 a file could not be read, written or safely edited, "
    "4 the model failed, 70 a bug of ours, 130 interrupted (143 by SIGTERM).",
)
@click.version_option(__version__, prog_name="geo-optimize")
def cli() -> None:
    """Make a Markdown draft ready for search engines and answer engines.

    Adds frontmatter, a TL;DR, key takeaways and a comment with link
    suggestions. Every added line is traced to the draft; every other byte
    stays as it is. Works offline; with a key, a model writes better lines.

    \b
    Examples:
      geo-optimize draft.md                     write draft.optimized.md and say what was done
      geo-optimize draft.md --diff              only show what would change
      geo-optimize -i draft.md                  change the draft itself
      geo-optimize draft.md --site content/     suggest links to the pages of a site
      geo-optimize check content/               findings for editors and CI; no model, nothing written
      geo-optimize site content/                the state of a whole site: dead links, orphans, duplicates
      geo-optimize verify post.txt --against draft.md
                                                is every line of a text supported by the draft?

    A first argument that is no command is a draft: `geo-optimize draft.md` is
    `geo-optimize optimize draft.md`; its options: geo-optimize optimize --help.
    """


class _Stopped(KeyboardInterrupt):
    """The process was asked to end by a signal; it ends as after Ctrl-C, with the exit code that shells give that signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def _stop(number: int, _frame: FrameType | None) -> None:
    raise _Stopped(number)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a signal end the run in order: the temporary file is removed, the report written. One that is ignored (nohup) stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _STOPPING}
    caught = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in caught:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in caught:
            signal.signal(number, before[number])


def run() -> int:
    """Run the command line and answer with the exit code."""
    try:
        with _stoppable():
            return cli.main(prog_name="geo-optimize", standalone_mode=False) or 0
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "geo-optimize"
        inputs.talk(f"error: {error.format_message().rstrip('.')} ({command} --help shows how)")
        return 2
    except click.ClickException as error:
        inputs.talk(f"error: {error.format_message()}")
        return error.exit_code
    except GeoError as error:
        inputs.complain(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as stop:
        inputs.talk("interrupted")
        asked = stop if isinstance(stop, _Stopped) else stop.__cause__
        return asked.code if isinstance(asked, _Stopped) else 130
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        found = _of_the_surroundings(error) or inputs.failure(error, None)
        inputs.complain(found)
        return found.exit_code


def _of_the_surroundings(error: Exception) -> FileError | None:
    """What the place where the program runs is to blame for."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
        return FileError("unwritable", "standard output cannot be written: no space left on device", hint="make room")
    return _without_a_folder() if isinstance(error, FileNotFoundError) else None


def _without_a_folder() -> FileError | None:
    """The current folder may be deleted while a shell is in it."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return FileError("no-folder", "the current folder is not there any more", hint="go to one that is")
    return None
