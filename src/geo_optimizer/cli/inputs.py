"""What the commands share: arguments and options, reading drafts, printing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo_optimizer.corpus.files import LARGEST_DRAFT, is_output, read_draft, read_stream
from geo_optimizer.corpus.finding import Excluded, LeftOut, left_out_of, look_for
from geo_optimizer.errors import FileError, GeoError, UsageError, bug, printable

if TYPE_CHECKING:
    from geo_optimizer.generator import Folders
    from geo_optimizer.model import Dialect, Draft
    from geo_optimizer.presets import Preset, PresetChoice
    from geo_optimizer.report.view import View
    from geo_optimizer.settings import Configuration
    from geo_optimizer.site import Site

STDIN = "-"
_MOST_WARNINGS = 10  # of pages that are left out of a site
F = TypeVar("F", bound=Callable[..., Any])

drafts_argument = click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
site_option = click.option(
    "--site", "site_path", metavar="PATH", help="The site's folder of pages, sitemap.xml, or catalogue: what links may lead to."
)
engine_option = click.option(
    "--engine",
    type=click.Choice(["auto", "offline", "claude"]),
    default="auto",
    show_default=True,
    help="auto: claude if ANTHROPIC_API_KEY is set, else offline.",
)
model_option = click.option("--model", metavar="ID", help="The model that --engine claude asks.")
base_url_option = click.option("--base-url", metavar="URL", help="A server with a Messages API; without /v1.")


class _Language(click.ParamType[str]):
    """An ISO 639-1 code."""

    name = "language"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"[a-z]{2}", str(value)):
            self.fail(f"{value!r} is no language code; give two letters, such as en or de", param, ctx)
        return str(value)


language_option = click.option(
    "--language", type=_Language(), metavar="CODE", help="The drafts' language, such as de; otherwise found out."
)
dialect_option = click.option(
    "--dialect",
    type=click.Choice(["markdown", "mdx", "myst", "obsidian"]),
    help="How the drafts are to be read; otherwise by name and content.",
)
preset_option = click.option(
    "--preset",
    type=click.Choice(["auto", "hugo", "jekyll", "astro", "eleventy", "docusaurus", "mkdocs", "next", "plain"]),
    default="auto",
    show_default=True,
    help="The generator of the site; auto: by the files around the draft.",
)
debug_option = click.option("--debug", is_flag=True, expose_value=False, help="On a bug of ours, show where.")


def format_option(*formats: str, help: str = "What is printed.") -> Callable[[F], F]:  # noqa: A002 - click's name
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help=help)


def expand(drafts: tuple[str, ...], *, outside: Path | None = None, excluded: Excluded | None = None, quiet: bool = False) -> list[str]:
    """The drafts named, folders and patterns as the drafts that they mean; standard input as `-`.

    Outputs of this tool among several drafts (as `*.md` gives them) and named
    files that the configuration has `excluded` are left out with a note
    (unless `quiet`), and so is what lies in the folder `outside`.
    """
    if drafts == (STDIN,):
        return [STDIN]
    if STDIN in drafts:
        raise UsageError("stdin-and-files", "standard input cannot be one of several drafts", hint="give - alone")
    if len(drafts) > 1 and (outputs := [name for name in drafts if is_output(Path(name))]) and len(outputs) < len(drafts):
        if not quiet:
            talk(f"note: left out, because they are outputs of geo-optimize: {', '.join(outputs)}")
        drafts = tuple(name for name in drafts if name not in outputs)
    found = look_for(drafts, outside=outside, excluded=excluded)
    if found.excluded and not quiet:
        talk(f"note: left out, because the configuration excludes them: {', '.join(shown(str(path)) for path in found.excluded)}")
    return found.drafts


def read(path: str, *, largest: int | None = LARGEST_DRAFT) -> str:
    """The text of a file, or of standard input."""
    if path != STDIN:
        return read_draft(Path(path), largest=largest)
    if sys.stdin is None:  # the shell has closed it (<&-)
        raise FileError("unreadable", "standard input is closed", hint="name a file", path="<stdin>")
    return read_stream(sys.stdin.buffer, "<stdin>")


def find_preset(path: str, name: PresetChoice = "auto", seen: Folders | None = None) -> Preset:
    """What is known of the generator around a draft; with a `name` of that one. `seen` is kept for the drafts of one run."""
    from geo_optimizer import generator

    return generator.find_preset(Path("stdin.md" if path == STDIN else path), name, seen)


def dialect(path: str, given: Dialect | None, preset: Preset) -> Dialect | None:
    """How a draft is to be read: as told, else as its generator reads such files, else (None) by name and content."""
    return given or (preset.dialect if path == STDIN or path.lower().endswith((".md", ".markdown")) else None)


def parse(path: str, configuration: Configuration) -> Draft:
    """A draft, read and parsed as is configured for it."""
    from geo_optimizer import markdown

    options = configuration.options_for(path)
    read_as = dialect(path, options.dialect, find_preset(path, configuration.preset_for(path)))
    return markdown.parse(read(path), shown(path), dialect=read_as, language=options.language)


def shown(path: str) -> str:
    """How a draft is called in what is said."""
    return "<stdin>" if path == STDIN else printable(path)


def open_site(configuration: Configuration) -> Site | None:
    """The site that is configured, or told; None without one. Raises SiteError."""
    path = configuration.site or configuration.site_pages or configuration.site_catalogue
    if path is None:
        return None
    from geo_optimizer.site import open_site as opened

    pages, catalogue = ((other if other != path else None) for other in (configuration.site_pages, configuration.site_catalogue))
    never, preset = configuration.site_never, configuration.preset_for(None)

    def judge(folder: Path) -> LeftOut:
        return left_out_of(folder, configuration.excludes)

    site = opened(path, pages=pages, catalogue=catalogue, never=never, preset=preset, judge=judge, on_many=_say_how_many)
    if site.trouble:
        talk(f"warning: {site.trouble}")
    for skipped in site.skipped[:_MOST_WARNINGS]:
        talk(f"warning: left out of the site: {printable(skipped.path)}: {printable(skipped.reason)}")
    if more := len(site.skipped[_MOST_WARNINGS:]):
        talk(f"warning: and {more:,} more; `geo-optimize site` lists them")
    return site


def _say_how_many(pages: int) -> None:
    """Why it takes a while, to whoever waits for it."""
    if sys.stderr and sys.stderr.isatty():
        talk(f"reading {pages:,} pages of the site, which are new or have changed ...")


def view() -> View:
    """How paths are given in a format for a review: from the working directory on."""
    from geo_optimizer.report.view import View as Seen

    try:
        return Seen(root=str(Path.cwd()))
    except FileNotFoundError:  # it is not there any more; the drafts may be
        return Seen()


def print_out(text: str) -> None:
    """Content, to standard output, as UTF-8 whatever the terminal's encoding, with the line ends it has.

    A reader that has enough (`| head`) ends the run, with exit code 0.
    """
    if not try_print(text):
        sys.exit(0)


def try_print(text: str) -> bool:
    """As `print_out`; False once the reader has gone, after which nothing more can be printed."""
    if sys.stdout is None:  # the shell has closed it (>&-)
        raise FileError("unwritable", "standard output is closed", hint="open it, or redirect it to a file")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - what is left in the buffer cannot go out at exit either
        if isinstance(error, BrokenPipeError):
            return False
        raise FileError("unwritable", f"standard output cannot be written: {(error.strerror or '').lower()}", hint="make room") from None
    return True


def print_lines(text: str) -> None:
    if text:
        print_out(text + "\n")


def talk(text: str) -> None:
    """Talk, to standard error. Where nobody can hear it the work goes on; its exit code still says how it ended."""
    if not text:
        return
    try:
        click.echo(text, err=True)
    except OSError:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - for the rest of the run


def complain(error: GeoError) -> None:
    talk(f"error: {error}")


def failure(error: Exception, path: str | None) -> GeoError:
    """An error as one that a user can act on; anything that is none yet is a bug of ours. With --debug, such a bug is raised."""
    if isinstance(error, GeoError):
        error.path = error.path or (path and shown(path))
        return error
    ours_as_a_whole = isinstance(error, ImportError) and path is not None  # an installation that is broken is so for every draft
    if ours_as_a_whole or "--debug" in sys.argv:
        raise error
    return bug(error, path and shown(path))
