"""`geo-optimize site`: the state of a whole site. No model, no network; of the site nothing is changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo_optimizer.cli import inputs, settings
from geo_optimizer.errors import FileError, UsageError
from geo_optimizer.settings import FailOn

if TYPE_CHECKING:
    from geo_optimizer.report.site import SiteReport
    from geo_optimizer.settings import Configuration

_RANK = {"never": 3, "error": 2, "warning": 1, "info": 0}
_BY_SUFFIX = {".json": "json", ".html": "html"}


@click.command(short_help="The state of a whole site.")
@click.argument("site_path", required=False, metavar="[PATH]")
@inputs.format_option("text", "json", "html")
@click.option(
    "-o", "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="All of it in a file, too: .json or .html."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="never",
    show_default=True,
    help="What makes the exit code 1. error: a dead link; warning: duplicates, too.",
)
@settings.configured
@inputs.debug_option
def site(*, form: str, report: Path | None, fail_on: FailOn, configuration: Configuration) -> int:
    """The state of the site at PATH (otherwise the configured one), and a fresh index of it.

    \b
    Errors:    links that lead to no page, with the page that was probably meant
    Warnings:  links to drafts; addresses, titles and descriptions of several pages; pages that say nearly the same
    Notes:     pages to which no page links; that link to no other; words that lead to several pages

    \b
    Examples:
      geo-optimize site content/
      geo-optimize site content/ --report site.html       with a picture of the links
      geo-optimize site content/ --fail-on error          exit code 1 if a link is dead
      geo-optimize site content/ --format json
    """
    if configuration.site is None:
        raise UsageError("site-where", "there is no site to look at", hint="name its folder, or configure `site`")
    if report:
        _check(report, configuration.site)
    found = _looked_at(configuration)
    from geo_optimizer.report.site import render

    if report:
        from geo_optimizer.corpus.outputs import write_atomic

        write_atomic(report, (render(_BY_SUFFIX[report.suffix], found) + "\n").encode("utf-8", "surrogateescape"))
        inputs.talk(f"wrote {inputs.shown(str(report))}")
    inputs.print_lines(render(form, found))
    return int(_is_failure(found, fail_on))


def _looked_at(configuration: Configuration) -> SiteReport:
    from geo_optimizer import __version__
    from geo_optimizer.report.site import SiteReport
    from geo_optimizer.site.lines import placed, reader
    from geo_optimizer.site.rows import audit_site

    if sys.stderr and sys.stderr.isatty():
        inputs.talk("reading the site ...")
    opened = settings.open_site(configuration)
    assert opened is not None
    assert configuration.site is not None
    return SiteReport(configuration.site, placed(audit_site(opened), reader(opened.root)), opened.skipped, __version__)


def _is_failure(found: SiteReport, fail_on: FailOn) -> bool:
    from geo_optimizer.report.site.result import gravest

    worst = gravest(found.audit)
    return worst is not None and _RANK[worst] >= _RANK[fail_on]


def _check(report: Path, site: str) -> None:
    """Before the work, so that none is done in vain, and none is lost under the report."""
    if report.suffix not in _BY_SUFFIX:
        what = report.suffix or "a file without a suffix"
        raise UsageError("report-format", f"a report cannot be written as {what}", hint="name it .json or .html", path=str(report))
    if not report.parent.is_dir():
        raise FileError("report-folder", "the report's folder is not there", hint="make it first; nothing was done", path=str(report))
    if report.exists() and Path(site).exists() and report.samefile(site):
        raise UsageError("report-is-site", "the report would take the place of the site's own list", hint="name another", path=str(report))
