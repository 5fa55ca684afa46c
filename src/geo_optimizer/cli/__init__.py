"""click: flags -> options, bytes in, bytes out, exit codes. No decisions."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from geo_optimizer import __version__
from geo_optimizer.cli.check import check
from geo_optimizer.cli.commands import analyze, links, propose, rule, verify
from geo_optimizer.cli.optimize import optimize
from geo_optimizer.errors import GeoError

_ISSUES = "please report it, with the draft if you can"


class _DraftOrCommand(click.Group):
    """`geo-optimize draft.md` is `geo-optimize optimize draft.md`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h", "--version"):
            if not set(args[0]) & set("-./\\*") and not Path(args[0]).exists():
                raise click.UsageError(f"no command and no draft is called {args[0]!r}", ctx)
            args.insert(0, "optimize")
        return super().parse_args(ctx, args)


@click.group(
    cls=_DraftOrCommand,
    subcommand_metavar="DRAFT... | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 done or clean, 1 findings or a change in --check, 2 usage, 3 a file could not be read, written or safely edited, "
    "4 the model failed, 70 a bug of ours, 130 interrupted.",
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
      geo-optimize verify post.txt --against draft.md
                                                is every line of a text supported by the draft?

    A first argument that is no command is a draft: `geo-optimize draft.md` is
    `geo-optimize optimize draft.md`; its options: geo-optimize optimize --help.
    """


for command in (optimize, check, analyze, propose, links, verify, rule):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line; whatever happens, no traceback reaches a user."""
    try:
        sys.exit(cli.main(prog_name="geo-optimize", standalone_mode=False) or 0)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "geo-optimize"
        click.echo(f"error: {error.format_message().rstrip('.')} ({command} --help shows how)", err=True)
        sys.exit(2)
    except GeoError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader has what it wanted; nothing may be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"error: a bug in geo-optimize: {type(error).__name__}: {error} ({_ISSUES}; --debug shows where)", err=True)
        sys.exit(70)
