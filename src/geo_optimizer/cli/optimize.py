"""`geo-optimize optimize`: drafts in, optimised drafts out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from geo_optimizer.cli import inputs, settings
from geo_optimizer.cli.run import Asked, Row, Run, Target, check_report, unfinished, write_report
from geo_optimizer.errors import UsageError
from geo_optimizer.options import PARTS, REFRESHABLE, Options, Part, Refreshable

if TYPE_CHECKING:
    from geo_optimizer.engines.choose import Choice
    from geo_optimizer.settings import Configuration

_EXAMPLES = """
\b
Examples:
  geo-optimize draft.md                         write draft.optimized.md
  geo-optimize draft.md -o -                    print the optimised draft
  geo-optimize -i posts/                        change every draft in a folder
  geo-optimize draft.md --check                 exit code 1 if something would be added
  geo-optimize draft.md --only frontmatter      leave the body alone
  geo-optimize -i draft.md --refresh tldr       write the TL;DR anew
  geo-optimize -i draft.md --only links --apply-links --site content/
                                                link words of the draft to pages of the site
  geo-optimize posts/ --output-dir out --base posts --report run.jsonl
"""


Shown = Literal["diff", "check", "review"]  # what is done instead of writing


def _names(value: object) -> list[str]:
    """The names between the commas of an option."""
    return [name.strip() for name in str(value).split(",") if name.strip()]


class _Parts(click.ParamType[frozenset[Part]]):
    """A comma-separated list of parts."""

    name = "parts"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[Part]:
        if isinstance(value, frozenset):
            return value
        names = _names(value)
        if not names:
            self.fail(f"no part is named; the parts are {', '.join(PARTS)}", param, ctx)
        if unknown := [name for name in names if name not in PARTS]:
            self.fail(f"{', '.join(unknown)} is no part; the parts are {', '.join(PARTS)}", param, ctx)
        return frozenset(part for part in PARTS if part in names)


_FRONTMATTER: tuple[Refreshable, ...] = ("title", "description", "categories")
_MEANT: dict[str, tuple[Refreshable, ...]] = {name: (name,) for name in REFRESHABLE} | {
    "tags": ("categories",),
    "frontmatter": _FRONTMATTER,
}


class _Keys(click.ParamType[frozenset[Refreshable]]):
    """A comma-separated list of what is to be written anew."""

    name = "keys"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[Refreshable]:
        if isinstance(value, frozenset):
            return value
        names = _names(value)
        if "slug" in names:
            self.fail("an existing slug is never changed: the page's address, and every link to it, would break", param, ctx)
        if not names or (unknown := [name for name in names if name not in _MEANT]):
            what = f"{', '.join(unknown)} cannot be written anew" if names else "nothing is named"
            self.fail(f"{what}; what can be is {', '.join(_MEANT)}", param, ctx)
        return frozenset(key for name in names for key in _MEANT[name])


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
@click.option(
    "--refresh", type=_Keys(), metavar="KEYS", default=frozenset(), help=f"Write these anew, of {','.join(REFRESHABLE)}; nothing else."
)
@click.option("--apply-links", is_flag=True, help="Make the recommended links in the text, instead of listing them in a comment.")
@inputs.site_option
@inputs.preset_option
@inputs.engine_option
@inputs.model_option
@inputs.base_url_option
@click.option("--fallback", is_flag=True, help="With --engine claude: let the offline engine write where the model fails.")
@inputs.language_option
@inputs.dialect_option
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Everything that was done, as .json or .jsonl."
)
@inputs.format_option("text", "rdjson", help="rdjson: print the changes as suggestions of a review, and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite an output that was edited since it was written.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but warnings and errors.")
@settings.configured
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
    refresh: frozenset[Refreshable],
    apply_links: bool,
    engine: Choice,
    model: str | None,
    base_url: str | None,
    fallback: bool,
    report: Path | None,
    form: str,
    force: bool,
    quiet: bool,
    configuration: Configuration,
) -> int:
    """Add frontmatter, a TL;DR, key takeaways and link suggestions to drafts.

    DRAFT is a Markdown or MDX file, a folder of them, or - for standard
    input. What a draft already has is never added again and never changed
    (but for what --refresh names): a second run changes nothing.
    """
    parts = _parts(only, skip, configuration)
    _check_refresh(refresh, parts)
    _check_links(parts, apply_links=apply_links)
    paths = inputs.expand(drafts, outside=output_dir, excluded=configuration.excludes, quiet=quiet)
    review = form == "rdjson"
    if review and diff:
        raise UsageError("two-outputs", "--diff and --format rdjson both print the changes", hint="leave one of them out")
    shown: Shown | None = "review" if review else "diff" if diff else "check" if check else None
    target = _target(paths, output=output, in_place=in_place, output_dir=output_dir, base=base, shown=shown, check=check, force=force)
    if report:
        check_report(report, paths, target)
    options = Options(parts=parts, fallback=fallback or engine == "auto", refresh=refresh, apply_links=apply_links)
    alone = len(drafts) == 1 and drafts == tuple(paths)
    run = Run(target, Asked(options, configuration, engine, model, base_url, alone, quiet))
    if apply_links and run.site is None:
        raise settings.no_site()
    rows: list[Row] = []
    begun = 0
    try:
        for begun, path in enumerate(paths, 1):  # noqa: B007 - how far it came, when it is stopped
            run.one(path, rows.append)
    finally:
        if review:
            run.print_review()
        if report:
            write_report(report, rows + unfinished(paths, begun, len(rows)), alone=len(paths) == 1)
    return run.code


def _parts(only: frozenset[Part] | None, skip: frozenset[Part], configuration: Configuration) -> frozenset[Part]:
    """What may be added: of what `--only` names, or else of what the configuration leaves, all but what `--skip` names."""
    if only is not None:
        return only - skip
    return (frozenset(PARTS) if configuration.only is None else configuration.only) - configuration.skip - skip


def _check_refresh(refresh: frozenset[Refreshable], parts: frozenset[Part]) -> None:
    """Raises UsageError for what is to be written anew and left out."""
    left_out = [key for key in REFRESHABLE if key in refresh and ("frontmatter" if key in _FRONTMATTER else key) not in parts]
    if left_out:
        raise UsageError(
            "refresh-left-out",
            f"--refresh names {', '.join(left_out)}, which --only or --skip leaves out",
            hint="leave one of the two away; a configuration can have an only or skip too",
        )


def _check_links(parts: frozenset[Part], *, apply_links: bool) -> None:
    """Raises UsageError for links that are to be made and left out."""
    if apply_links and "links" not in parts:
        raise UsageError(
            "apply-links-left-out",
            "--apply-links makes links, which --only or --skip leaves out",
            hint="leave one of the two away; a configuration can have an only or skip too",
        )


def _target(
    paths: list[str],
    *,
    output: str | None,
    in_place: bool,
    output_dir: Path | None,
    base: Path | None,
    shown: Shown | None,
    check: bool,
    force: bool,
) -> Target:
    unwritten = "--format rdjson" if shown == "review" else "--diff or --check"
    given = (("-o", output), ("-i", in_place), ("--output-dir", output_dir), (unwritten, shown))
    places = [name for name, place in given if place]
    if len(places) > 1:
        raise UsageError("two-outputs", f"{' and '.join(places)} exclude each other", hint="say one place for the output")
    if output and len(paths) > 1:
        raise UsageError("one-output-many-drafts", f"-o names one file for {len(paths)} drafts", hint="use --output-dir or -i")
    if base and not output_dir:
        raise UsageError("base-alone", "--base says what --output-dir mirrors", hint="give --output-dir as well")
    if in_place and paths == [inputs.STDIN]:
        raise UsageError("stdin-in-place", "standard input cannot be changed in place", hint="leave out -i")
    if shown:
        return Target(shown, fails_on_change=check)
    if output in ("-", "/dev/stdout") or (paths == [inputs.STDIN] and not output):
        return Target("stdout")
    return Target("in-place" if in_place else "file", output, output_dir, base, force)
