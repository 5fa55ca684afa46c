"""The keys of a configuration, their types, and what each is for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from geo_optimizer.model import Dialect, Severity
from geo_optimizer.options import Part
from geo_optimizer.presets import PresetName
from geo_optimizer.settings import FailOn

Words = list[str]
Generator = Literal[PresetName, "auto"]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
PathText = Annotated[str, Field(min_length=1)]


def _key(name: str) -> str:
    return name.replace("_", "-")


class Table(BaseModel):
    """A table of TOML: hyphens in its keys, nothing in it that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=_key)


class RuleTable(Table):
    """What may be said of all drafts, and of some of them."""

    select: Words | None = Field(None, description="Only these rules: codes, their beginnings, names, or ALL. Empty: those on by default.")
    extend_select: Words = Field([], description="These rules as well, such as those that are off by default.")
    ignore: Words = Field([], description="Not these rules.")
    severity: dict[str, Severity] = Field(
        {}, description="How bad a finding is, by code, beginning or name of its rule; a code beats its beginning."
    )
    rules: dict[str, dict[str, Any]] = Field(
        {}, description="The options of rules, by code or name; `geo-optimize rule CODE` explains them."
    )
    language: Language | None = Field(None, description="The language of the drafts, as ISO 639-1; otherwise found out for each.")
    dialect: Dialect | None = Field(None, description="How the drafts are to be read; otherwise by name and content.")
    preset: Generator | None = Field(None, description="The generator of the site; auto: by the files around each draft.")


class OverrideTable(RuleTable):
    """What holds for some files only. Where several are for a file, the later wins."""

    files: Words = Field(min_length=1, description="Patterns as in a .gitignore, relative to the configuration.")


class Config(RuleTable):
    """The house style of geo-optimizer: `geo-optimizer.toml`, or the table `tool.geo-optimizer` of pyproject.toml."""

    fail_on: FailOn | None = Field(None, description="From which severity on a finding makes the exit code 1; error unless said.")
    site: PathText | None = Field(
        None, description="The folder of the site's pages, its sitemap, or a catalogue of its pages; relative to the configuration."
    )
    site_pages: PathText | None = Field(
        None, description="The folder of the pages that the sitemap names, as Markdown or built HTML; relative to the configuration."
    )
    site_catalogue: PathText | None = Field(
        None, description="What a person says of the site's pages, as CSV, YAML or TOML; relative to the configuration."
    )
    site_never: Words = Field([], description="Pages that are never suggested: patterns as in a .gitignore, of their addresses or paths.")
    exclude: Words = Field([], description="What is not looked at in a folder: patterns as in a .gitignore, relative to the configuration.")
    baseline: PathText | None = Field(
        None, description="The file of known findings, which are not reported; relative to the configuration."
    )
    only: list[Part] | None = Field(None, description="The parts that `geo-optimize` may add to a draft; all unless said.")
    skip: list[Part] = Field([], description="The parts that it leaves out.")
    overrides: list[OverrideTable] = Field([], description="What holds for some files only.")
