"""A configuration: what is read from it, who wins, and what is said of one that cannot be meant."""

from __future__ import annotations

import json
import pickle
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from command import Run
from geo_optimizer.config import load
from geo_optimizer.config.places import places
from geo_optimizer.config.schema import schema
from geo_optimizer.corpus.checking import Checker, Settings
from geo_optimizer.errors import UsageError
from geo_optimizer.model import Draft
from geo_optimizer.options import Options
from geo_optimizer.patterns import Patterns
from geo_optimizer.rules import RULES
from geo_optimizer.rules.rule import Evidence, Hit, rule
from geo_optimizer.settings import Configuration, Said, find_config, toml

_CRAFT = Evidence("craft", "made up for this test")


@rule("Z001", "info", _CRAFT, default=False)
def long_thing(
    draft: Draft, *, words: int = 150, share: float = 0.5, strict: bool = False, names: tuple[str, ...] = ("a",)
) -> Iterator[Hit]:
    """A thing is long.

    Why: it is made up.

    Options:
        words: as many are fine
        share: of the text
        strict: without mercy
        names: of things
    """
    yield from ()


WITH_OPTIONS = (*RULES, long_thing)


def loaded(folder: Path, text: str, name: str = "geo-optimizer.toml") -> Configuration:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(path, WITH_OPTIONS)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory of its own, above which no configuration is looked for."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


# ------------------------------------------------------------------ what it says

FULL = """\
select = ["S", "missing-title"]
extend-select = ["Z001"]
ignore = ["H", "vague-anchor"]
fail-on = "warning"
preset = "hugo"
dialect = "mdx"
language = "de"
site = "content"
exclude = ["archive/", "*.draft.md"]
baseline = "known.json"
only = ["frontmatter", "tldr"]
skip = ["tldr"]

[severity]
S001 = "error"
S = "warning"
missing-title = "info"

[rules.long-thing]
words = 180
names = ["b", "c"]

[rules.Z001]
share = 1

[[overrides]]
files = ["legacy/**", "!legacy/new.md"]
ignore = ["ALL"]
language = "en"

[[overrides]]
files = ["docs/*.md"]
extend-select = ["H001"]
severity = { S001 = "info" }
rules.Z001.words = 90
preset = "mkdocs"
"""


def test_every_key_is_read(tmp_path: Path) -> None:
    found = loaded(tmp_path, FULL)
    options = found.options()
    assert options.select == ("S", "F001")
    assert options.extend_select == ("Z001",)
    assert options.ignore == ("H", "L001")
    assert {code: options.severity[code] for code in ("S001", "F001")} == {"S001": "error", "F001": "info"}
    assert options.rule_options == {"Z001": {"words": 180, "names": ("b", "c"), "share": 1}}
    assert (options.language, options.dialect, found.preset_for("a.md")) == ("de", "mdx", "hugo")
    assert (found.fail_on, found.site, found.baseline) == ("warning", "content", "known.json")
    assert (found.only, found.skip) == (frozenset(("frontmatter", "tldr")), frozenset(("tldr",)))
    assert found.path == "geo-optimizer.toml"


def test_an_override_is_for_its_files_alone(tmp_path: Path) -> None:
    found = loaded(tmp_path, FULL)
    legacy, new, docs = (found.options_for(path) for path in ("legacy/a.md", "legacy/new.md", "docs/a.md"))
    assert legacy.ignore == ("H", "L001", "ALL")
    assert legacy.language == "en"
    assert new == found.options() == found.options_for("other.md") == found.options_for("/elsewhere/legacy/a.md")
    assert docs.extend_select == ("Z001", "H001")
    assert docs.severity["S001"] == "info"
    assert docs.rule_options["Z001"] == {"words": 90, "names": ("b", "c"), "share": 1}
    assert found.preset_for("docs/a.md") == "mkdocs"
    assert found.options_for(str(tmp_path / "docs" / "a.md")) == docs


def test_the_rest_of_the_options_is_kept(tmp_path: Path) -> None:
    given = Options(parts=frozenset({"links"}), fallback=True)
    options = loaded(tmp_path, FULL).options_for("a.md", given)
    assert (options.parts, options.fallback) == (given.parts, True)


def test_paths_are_relative_to_the_file_and_shown_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "posts").mkdir()
    path = tmp_path / "geo-optimizer.toml"
    path.write_text('site = "content"\nexclude = ["posts/old.md"]\n')
    monkeypatch.chdir(tmp_path / "posts")
    found = load(path)
    assert found.site == str(tmp_path / "content")
    assert found.excludes("old.md")
    assert not found.excludes("posts/old.md")


def test_a_configuration_can_be_sent_to_another_process(tmp_path: Path) -> None:
    found = loaded(tmp_path, FULL)
    again = pickle.loads(pickle.dumps(found.options_for))
    assert again("legacy/a.md", Options()) == found.options_for("legacy/a.md")


def test_a_check_does_as_configured(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        'ignore = ["T"]\nseverity = { H002 = "error" }\n[[overrides]]\nfiles = ["legacy/"]\nignore = ["H"]\n',
    )
    checker = Checker(Settings(found))
    text = "# A\n\n### B\n\nText.\n"
    assert [(f.code, f.severity) for f in checker.text(text, "a.md").findings] == [("H002", "error")]
    assert checker.text(text, "legacy/a.md").findings == ()


# ------------------------------------------------------------------ who wins

WINS = [
    ("nothing said", "", Said(), "a.md", (), ()),
    ("--select replaces", 'select = ["S"]\nextend-select = ["Z001"]', Said(select=("R",)), "a.md", ("R",), ()),
    ("--extend-select adds", 'select = ["S"]', Said(extend_select=("R",)), "a.md", ("S",), ()),
    ("--ignore adds", 'ignore = ["S"]', Said(ignore=("R",)), "a.md", (), ("S", "R")),
    ("what is selected is not ignored", 'ignore = ["S001", "R"]', Said(select=("S001",)), "a.md", ("S001",), ("R",)),
    ("a code is closer than its beginning", 'ignore = ["S"]', Said(select=("S001",)), "a.md", ("S001",), ()),
    ("a beginning is not", 'ignore = ["S001"]', Said(select=("S",)), "a.md", ("S",), ("S001",)),
    ("--extend-select brings back", 'ignore = ["ALL"]', Said(extend_select=("S",)), "a.md", (), ()),
    ("both in one table: ignored", 'select = ["S"]\nignore = ["S"]', Said(), "a.md", ("S",), ("S",)),
    ("an override selects", 'ignore = ["S"]\n[[overrides]]\nfiles = ["*"]\nselect = ["S001"]', Said(), "a.md", ("S001",), ()),
    ("an exception holds", '[[overrides]]\nfiles = ["*"]\nignore = ["S001"]', Said(select=("S001",)), "a.md", ("S001",), ("S001",)),
    (
        "the later override wins",
        '[[overrides]]\nfiles = ["*"]\nignore = ["S"]\n[[overrides]]\nfiles = ["a.md"]\nselect = ["S"]',
        Said(),
        "a.md",
        ("S",),
        (),
    ),
]


@pytest.mark.parametrize(("text", "flags", "path", "select", "ignore"), [row[1:] for row in WINS], ids=[row[0] for row in WINS])
def test_the_nearer_wins(tmp_path: Path, text: str, flags: Said, path: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    options = loaded(tmp_path, text).told(flags).options_for(path)
    assert (options.select, options.ignore) == (select, ignore)


def test_flags_win_over_overrides(tmp_path: Path) -> None:
    found = loaded(tmp_path, FULL).told(Said(language="fr", dialect="markdown", preset="jekyll"))
    options = found.options_for("legacy/a.md")
    assert (options.language, options.dialect, found.preset_for("docs/a.md")) == ("fr", "markdown", "jekyll")


# ------------------------------------------------------------------ where it is found


def test_the_nearest_upward_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_config(deep) is None
    (tmp_path / "geo-optimizer.toml").write_text("")
    assert find_config(deep) == tmp_path / "geo-optimizer.toml"
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "geo-optimizer"\n[tool.geo-optimizer-else]\n')
    assert find_config(deep) == tmp_path / "geo-optimizer.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.geo-optimizer.severity]\n")
    assert find_config(deep) == tmp_path / "a" / "pyproject.toml"
    (tmp_path / "a" / "geo-optimizer.toml").write_text("")
    assert find_config(deep) == tmp_path / "a" / "geo-optimizer.toml"


def test_nothing_above_the_repository_or_the_home_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "geo-optimizer.toml").write_text("")
    inner = tmp_path / "inner"
    (inner / ".git").mkdir(parents=True)
    assert find_config(inner) is None
    home = tmp_path / "home"
    (home / "site").mkdir(parents=True)
    assert find_config(home / "site") == tmp_path / "geo-optimizer.toml"
    monkeypatch.setenv("HOME", str(home))
    assert find_config(home / "site") is None


def test_a_table_in_pyproject(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[tool.geo-optimizer]\nlanguage = "de"\n[[tool.geo-optimizer.overrides]]\nfiles = ["a"]\n', "pyproject.toml")
    assert found.options().language == "de"


# ------------------------------------------------------------------ what cannot be meant

BAD = [
    ("an unknown key", 'select = []\nigonre = ["S"]', "2: `igonre` is not known (did you mean `ignore`?)"),
    ("an underscore", 'fail_on = "never"', "1: `fail_on` is not known (did you mean `fail-on`?)"),
    ("a key like no other", "zzz = 1", "1: `zzz` is not known (known are select, extend-select, ignore, severity, rules,"),
    ("a text for a list", 'ignore = "S"', '1: `ignore` must be a list, in brackets, not "S" (write ["S"])'),
    ("a number for a code", 'ignore = [\n  "S",\n  1,\n]', "3: `ignore` must be a text in quotes, not 1 (correct it, or leave it out)"),
    ("an unknown rule", 'ignore = ["S001",\n "X999"]', "2: `X999` is no rule (`geo-optimize rule` lists them)"),
    ("a misspelt rule", 'select = ["misssing-title"]', "1: `misssing-title` is no rule (did you mean `missing-title`?)"),
    ("a code in small letters", 'select = ["s001"]', "1: `s001` is no rule (did you mean `S001`?)"),
    ("an empty code", 'select = [""]', "1: `` is no rule"),
    ("a severity of no rule", '[severity]\nX = "error"', "2: `X` is no rule"),
    (
        "an unknown severity",
        '[severity]\nS = "warn"',
        '2: `severity.S` must be error, warning or info, not "warn" (did you mean `warning`?)',
    ),
    ("a severity that is a number", "severity.S001 = 2", "1: `severity.S001` must be error, warning or info, not 2"),
    ("fail-on", 'fail-on = "errors"', '1: `fail-on` must be error, warning or never, not "errors" (did you mean `error`?)'),
    (
        "a generator",
        'preset = "hogo"',
        '1: `preset` must be plain, hugo, jekyll, astro, eleventy, docusaurus, mkdocs, next or auto, not "hogo"',
    ),
    ("a dialect", 'dialect = "md"', '1: `dialect` must be markdown, mdx, myst or obsidian, not "md"'),
    ("a language", 'language = "German"', '1: `language` must be two letters, such as en or de, not "German"'),
    ("a part", 'only = ["tldr", "body"]', '1: `only` must be frontmatter, tldr, takeaways or links, not "body"'),
    ("an empty path", 'site = ""', "1: `site` is empty (give a path, or leave it out)"),
    ("options of no rule", "[rules.long-thingy]\nwords = 1", "1: `long-thingy` is no rule (did you mean `long-thing`?)"),
    ("options of a beginning", "[rules.Z]\nwords = 1", "1: `Z` is no rule"),
    ("a rule without options", "[rules.S001]\nwords = 1", "1: S001 statistic-without-source has no options (leave it out)"),
    ("an unknown option", "[rules.Z001]\nword = 1", "2: `word` is no option of Z001 long-thing (did you mean `words`?)"),
    (
        "an option of none",
        "[rules.Z001]\nnought = 1",
        "2: `nought` is no option of Z001 long-thing (known are words, share, strict, names)",
    ),
    ("a number below 1", "[rules.Z001]\nwords = 0", "2: `rules.Z001.words` must be a whole number above 0, not 0 (its default is 150)"),
    ("a fraction", "[rules.Z001]\nwords = 1.5", "2: `rules.Z001.words` must be a whole number above 0, not 1.5"),
    ("true for a number", "[rules.Z001]\nwords = true", "2: `rules.Z001.words` must be a whole number above 0, not true"),
    ("a number for true", "[rules.Z001]\nstrict = 1", "2: `rules.Z001.strict` must be true or false, not 1 (its default is false)"),
    ("a text for a share", '[rules.Z001]\nshare = "half"', '2: `rules.Z001.share` must be a number, 0 or more, not "half"'),
    ("a text for names", '[rules.Z001]\nnames = "b"', '2: `rules.Z001.names` must be a list of texts, not "b" (its default is ["a"])'),
    ("a rule that is no table", "rules.Z001 = 3", "1: `rules.Z001` must be a table, not 3"),
    ("an override without files", "\n[[overrides]]\nignore = []", "2: an override without `files` (say which files it is for, such as"),
    ("an override of nothing", "[[overrides]]\nfiles = []", "2: `files` is empty (name at least one pattern"),
    ("a key that no override has", '[[overrides]]\nfiles = ["a"]\nsite = "b"', "3: `site` is not known"),
    (
        "the second override",
        '[[overrides]]\nfiles = ["a"]\n[[overrides]]\nfiles = ["b"]\nselct = []',
        "5: `selct` is not known (did you mean `select`?)",
    ),
    ("overrides that are a table", '[overrides]\nfiles = ["a"]', "1: `overrides` must be a list, in brackets, not a table"),
    ("a pattern with a bad range", 'exclude = ["a",\n"[z-a]"]', '2: the pattern "[z-a]" is no pattern: its brackets hold no range'),
    ("a pattern above the folder", 'exclude = ["../a"]', '1: the pattern "../a" leads out of the folder of the configuration'),
    ("an empty pattern", '[[overrides]]\nfiles = ["/"]', '2: the pattern "/" is empty'),
    ("a date", "site = 2024-01-01", "1: `site` must be a text in quotes, not a date"),
    ("no value", 'select = []\nignore = \nlanguage = "de"', "2: it is not TOML: invalid value (column 10) (text needs quotes"),
    ("no quotes", "language = de", "1: it is not TOML: invalid value (column 12)"),
    ("a key twice", 'language = "de"\nlanguage = "en"\n', "2: it is not TOML: cannot overwrite a value"),
    ("cut off", 'ignore = ["S"', "1: it is not TOML: "),
    ("the first of several", "language = 1\nzzz = 2\nselect = 3", "1: `language` must be a text in quotes, not 1"),
]


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_meant_is_said_with_its_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        loaded(tmp_path, text)
    assert str(error.value).startswith(f"geo-optimizer.toml:{said}")
    assert "\n" not in str(error.value)
    assert error.value.hint


@pytest.mark.parametrize(
    ("text", "said"), [row[1:] for row in BAD if "Z001" not in row[1]], ids=[row[0] for row in BAD if "Z001" not in row[1]]
)
def test_a_bad_configuration_stops_a_run_before_anything_is_written(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "d.md").write_text("# A\n\nText.\n")
    (tmp_path / "geo-optimizer.toml").write_text(text)
    files = {path: path.read_bytes() for path in tmp_path.glob("*.*") if path.is_file()}
    done = run("d.md")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: geo-optimizer.toml:{said.split(' (did', maxsplit=1)[0][:40]}")
    assert done.err.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.glob("*.*") if path.is_file()} == files
    assert run("d.md", "--no-config", "--check").code == 1


OTHER = [
    ("not there", ["config", "--config", "none.toml"], None, "none.toml: there is no such file (`geo-optimize init`"),
    ("both", ["config", "--config", "c.toml", "--no-config"], b"", "--config and --no-config exclude each other"),
    ("a folder", ["config", "--config", "."], None, ".: there is no such file"),
    ("another encoding", ["config", "--config", "c.toml"], b"language = '\xe4'", "c.toml: it is not UTF-8 (save it as UTF-8)"),
    ("no table", ["config", "--config", "pyproject.toml"], b"[tool.other]\n", "pyproject.toml: it has no table [tool.geo-optimizer]"),
    (
        "a table that is none",
        ["config", "--config", "pyproject.toml"],
        b"[tool]\ngeo-optimizer = 1",
        "pyproject.toml:2: `tool.geo-optimizer` must be",
    ),
    ("too deep", ["config", "--config", "c.toml"], b"a = " + b"[" * 5000, "c.toml"),
    (
        "a site that is not there",
        ["links", "d.md", "--config", "c.toml"],
        b'\nsite = "none"',
        "c.toml:2: `site` leads to none: there is no such",
    ),
    ("no site at all", ["links", "d.md", "--config", "c.toml"], b"", "links need a site to lead to (give --site the folder"),
]


@pytest.mark.parametrize(("arguments", "data", "said"), [row[1:] for row in OTHER], ids=[row[0] for row in OTHER])
def test_a_configuration_that_cannot_be_had(run: Run, tmp_path: Path, arguments: list[str], data: bytes | None, said: str) -> None:
    (tmp_path / "d.md").write_text("# A\n\nText.\n")
    if data is not None:
        (tmp_path / arguments[arguments.index("--config") + 1]).write_bytes(data)
    done = run(*arguments)
    assert done.code == 2
    assert done.err.startswith(f"error: {said}")
    assert done.err.count("\n") == 1


def test_every_key_has_its_line() -> None:
    text = 'a = 1\n"b c".d = [\n  "x", # y = 2\n  { e = """\n]\n""" },\n]\n[f.g]\nh = \'#\'\n[[i]]\nj = 1\n[i.k]\n[[i]]\nl = 1979-05-27 07:32:00\n[i.m]\nn.o = 1\n'
    assert places(text) == {
        ("a",): 1,
        ("b c",): 2,
        ("b c", "d"): 2,
        ("b c", "d", 0): 3,
        ("b c", "d", 1): 4,
        ("b c", "d", 1, "e"): 4,
        ("f",): 8,
        ("f", "g"): 8,
        ("f", "g", "h"): 9,
        ("i",): 10,
        ("i", 0): 10,
        ("i", 0, "j"): 11,
        ("i", 0, "k"): 12,
        ("i", 1): 13,
        ("i", 1, "l"): 14,
        ("i", 1, "m"): 15,
        ("i", 1, "m", "n"): 16,
        ("i", 1, "m", "n", "o"): 16,
    }


# ------------------------------------------------------------------ patterns

PATTERNS = [
    (["legacy"], "legacy/a/b.md", True),
    (["legacy/"], "legacy", False),
    (["legacy/"], "a/legacy/b.md", True),
    (["/legacy"], "a/legacy/b.md", False),
    (["legacy/**"], "legacy/a/b.md", True),
    (["legacy/*"], "legacy/a/b.md", True),
    (["legacy/*.md"], "legacy/a/b.md", False),
    (["./legacy/*.md"], "legacy/b.md", True),
    (["*.md"], "a/b.md", True),
    (["a/**/b.md"], "a/b.md", True),
    (["a/**/b.md"], "a/x/y/b.md", True),
    (["**/b.md"], "b.md", True),
    (["b?.md"], "a/b1.md", True),
    (["[ab].md"], "b.md", True),
    (["[!a].md"], "a.md", False),
    (["a*b.md"], "ax/b.md", False),
    (["\\*.md"], "a.md", False),
    (["a+b.md"], "a+b.md", True),
    (["*.md", "!a.md"], "x/a.md", False),
    (["x/", "!x/a.md"], "x/a.md", True),
    (["!a.md", "*.md"], "a.md", True),
]


@pytest.mark.parametrize(("lines", "path", "fits"), PATTERNS)
def test_patterns_fit_as_in_a_gitignore(lines: list[str], path: str, fits: bool) -> None:  # noqa: FBT001
    assert Patterns(tuple(lines)).match(path) is fits


# ------------------------------------------------------------------ the schema

# What it says it is, and what editors take it for that know no newer one.
VALIDATORS = (jsonschema.Draft202012Validator, jsonschema.Draft7Validator)


def verdicts(text: str) -> set[bool]:
    """Whether each reading of the schema takes a configuration."""
    return {validator(schema(WITH_OPTIONS)).is_valid(tomllib.loads(text)) for validator in VALIDATORS}


def test_the_schema_is_one_and_takes_what_can_be_meant() -> None:
    for validator in VALIDATORS:
        validator.check_schema(schema(WITH_OPTIONS))
    assert verdicts(FULL) == verdicts("") == {True}


ONLY_LOADED = {"an empty pattern", "a pattern with a bad range", "a pattern above the folder"}
NO_TOML = {"no value", "no quotes", "a key twice", "cut off", "a date"}


@pytest.mark.parametrize("text", [row[1] for row in BAD if row[0] not in ONLY_LOADED | NO_TOML])
def test_the_schema_refuses_what_cannot_be_meant(text: str) -> None:
    assert verdicts(text) == {False}


def test_every_key_of_the_schema_is_described() -> None:
    made = schema(WITH_OPTIONS)
    for table in (made, made["$defs"]["OverrideTable"], made["$defs"]["OptionsZ001"]):
        for key, value in table["properties"].items():
            assert value.get("description"), key
    assert made["$defs"]["OptionsZ001"]["properties"]["words"] == {
        "description": "as many are fine",
        "default": 150,
        "type": "integer",
        "minimum": 1,
    }


# ------------------------------------------------------------------ at the command line


def test_config_says_what_holds_and_from_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "geo-optimizer.toml").write_text('language = "de"\nselect = ["S"]\n[[overrides]]\nfiles = ["en/"]\nlanguage = "en"\n')
    shown = run("config").out
    assert shown.startswith("# from geo-optimizer.toml\n")
    assert tomllib.loads(shown)["language"] == "de"
    assert "#   S001  info     statistic-without-source" in shown
    assert run("config", "en/a.md", "--format", "json").json()["settings"]["language"] == "en"
    assert run("config", "--no-config").out.startswith("# the defaults: there is no configuration\n")


def test_what_config_prints_comes_to_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "geo-optimizer.toml").write_text(FULL.replace('"Z001"', '"T"').split("[rules.", maxsplit=1)[0])
    first = run("config").out
    (tmp_path / "geo-optimizer.toml").write_text(first)
    assert run("config").out == first


def test_config_prints_the_schema(run: Run) -> None:
    assert json.loads(run("config", "--schema").out) == json.loads(json.dumps(schema()))


DRAFT = "# Die Pumpen\n\nDie Pumpe ist nicht das, was man von ihr hat, und sie wird es auch nach dem Jahr nicht sein.\n\n{% raw %}\n"


def test_commands_take_their_defaults_from_the_configuration(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.md").write_text(DRAFT)
    (tmp_path / "geo-optimizer.toml").write_text(
        'language = "fr"\nonly = ["frontmatter"]\n[[overrides]]\nfiles = ["e.md"]\nlanguage = "es"\n'
    )
    assert run("analyze", "d.md", "--format", "json").json()["language"] == "fr"
    assert run("analyze", "d.md", "--format", "json", "--language", "nl").json()["language"] == "nl"
    assert run("analyze", "d.md", "--format", "json", "--no-config").json()["language"] == "de"
    (tmp_path / "e.md").write_text(DRAFT)
    assert run("analyze", "e.md", "--format", "json").json()["language"] == "es"


def test_optimize_adds_the_parts_that_are_configured(run: Run, tmp_path: Path) -> None:
    text = Path(__file__).parent.parent.joinpath("samples", "ai-orchestration.md").read_text(encoding="utf-8")
    (tmp_path / "d.md").write_text(text)
    (tmp_path / "geo-optimizer.toml").write_text('skip = ["tldr", "takeaways"]\n')
    without = run("d.md", "-o", "-").out
    assert without.startswith("---\n")
    assert "TL;DR" not in without
    assert "TL;DR" in run("d.md", "-o", "-", "--only", "tldr").out
    assert not run("d.md", "-o", "-", "--skip", "frontmatter").out.startswith("---\n")


def test_the_site_is_that_of_the_configuration(run: Run, tmp_path: Path) -> None:
    samples = Path(__file__).parent.parent / "samples"
    (tmp_path / "d.md").write_bytes((samples / "ai-orchestration.md").read_bytes())
    (tmp_path / "geo-optimizer.toml").write_text(f"site = {toml(str(samples / 'site'))}\n")
    assert run("links", "d.md", "--format", "json").json()["suggestions"]
    assert "geo-optimizer: internal link suggestions" in run("d.md", "-o", "-").out
    assert run("links", "d.md", "--site", "none").err.startswith("error: none: there is no such file or folder (give --site")


SITES = [
    ("a sitemap with its pages", 'site = "map.xml"\nsite-pages = "pages"', ["https://example.org/guides/restore-tests/"]),
    ("a catalogue", 'site = "pages.csv"', ["/guides/restore-tests/"]),
    ("a catalogue alone", 'site-catalogue = "pages.csv"', ["/guides/restore-tests/"]),
    ("a folder with a catalogue", 'site = "pages"\nsite-catalogue = "pages.csv"', ["/guides/restore-tests/"]),
    ("what is never suggested", 'site = "pages"\nsite-never = ["/guides/restore*"]', []),
    ("a generator's rule", 'site = "pages"\npreset = "docusaurus"', ["/docs/guides/restore-tests"]),
]


@pytest.mark.parametrize(("text", "targets"), [row[1:] for row in SITES], ids=[row[0] for row in SITES])
def test_a_site_is_read_from_what_the_configuration_names(run: Run, tmp_path: Path, text: str, targets: list[str]) -> None:
    folder = "docs" if "docusaurus" in text else "pages"
    for name in (f"{folder}/guides/restore-tests.md", f"{folder}/guides/soil.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / folder / "guides/restore-tests.md").write_text("# Restore tests\n\nA restore test shows whether a backup can be read.\n")
    (tmp_path / folder / "guides/soil.md").write_text("# Soil\n\nSoil and sand.\n")
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://example.org/guides/restore-tests/</loc></url></urlset>")
    (tmp_path / "pages.csv").write_text("url,title\n/guides/restore-tests/,Restore tests\n")
    (tmp_path / "d.md").write_text("# Backups\n\nMake restore tests each month, so that a backup can be read when it is needed.\n")
    (tmp_path / "geo-optimizer.toml").write_text(text.replace('"pages"', f'"{folder}"') + "\n")
    found = run("links", "d.md", "--format", "json", "-n", "5").json()["suggestions"]
    assert [one["target"] for one in found] == targets


def two_sites(root: Path, text: str) -> None:
    for name in ("own/restore-tests.md", "other/restore-tests.md"):
        (root / name).parent.mkdir()
        (root / name).write_text("# Restore tests\n\nA restore test shows whether a backup can be read.\n")
    (root / "pages.csv").write_text("url,title\n/backup-plans/,Backup plans\n")
    (root / "d.md").write_text("# Backups\n\nMake backup plans and restore tests each month, so that a backup can be read.\n")
    (root / "geo-optimizer.toml").write_text(text + "\n")


def test_a_pattern_that_fits_no_page_is_told(run: Run, tmp_path: Path) -> None:
    two_sites(tmp_path, 'site = "own"\nsite-never = ["/restore-tests/", "/restore-test/"]')
    done = run("links", "d.md", "--format", "json")
    assert done.json()["suggestions"] == []
    assert done.err == "warning: site-never: no page of the site fits '/restore-test/'\n"


@pytest.mark.parametrize(
    ("text", "site", "targets"),
    [
        ('site = "own"\nsite-catalogue = "pages.csv"', "other", ["/restore-tests/"]),
        ('site-catalogue = "pages.csv"', "other", ["/restore-tests/"]),
        ('site = "own"\nsite-catalogue = "pages.csv"', "./own/", ["/backup-plans/", "/restore-tests/"]),
        ('site = "pages.csv"\nsite-pages = "own"', "pages.csv", ["/backup-plans/", "/restore-tests/"]),
    ],
)
def test_another_site_than_the_configured_has_nothing_of_it(run: Run, tmp_path: Path, text: str, site: str, targets: list[str]) -> None:
    two_sites(tmp_path, text)
    found = run("links", "d.md", "--site", site, "--format", "json", "-n", "5").json()["suggestions"]
    assert sorted(one["target"] for one in found) == targets


WRONG_SITES = [
    ("pages", 'site = "map.xml"\nsite-pages = "none"', "geo-optimizer.toml:2: `site-pages` leads to none: there is no such file or folder"),
    (
        "catalogue",
        'site-catalogue = "none.csv"',
        "geo-optimizer.toml:1: `site-catalogue` leads to none.csv: there is no such file or folder",
    ),
    ("a file of the site", 'site = "bad.csv"', "bad.csv:2: it has no `url` (write the address of the page"),
    ("a pattern", 'site-never = ["a[z-a]"]', 'geo-optimizer.toml:1: the pattern "a[z-a]" is no pattern'),
]


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WRONG_SITES], ids=[row[0] for row in WRONG_SITES])
def test_a_site_that_cannot_be_read_is_told_where_it_is_named(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "d.md").write_text("# A\n\nText.\n")
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://example.org/a</loc></url></urlset>")
    (tmp_path / "bad.csv").write_text("url,title\n,A\n")
    (tmp_path / "geo-optimizer.toml").write_text(text + "\n")
    done = run("links", "d.md")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {said}")


def test_without_a_site_the_rest_still_works(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.md").write_bytes((Path(__file__).parent.parent / "samples" / "ai-orchestration.md").read_bytes())
    done = run("d.md", "-o", "o.md")
    assert done.code == 0
    assert "add --site: the folder of your pages, your sitemap.xml, or a catalogue of pages" in done.err
    refused = run("links", "d.md")
    assert (refused.code, refused.out) == (2, "")
    assert 'or name it in geo-optimizer.toml: site = "content"' in refused.err


def test_a_command_without_a_configuration_reads_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "geo-optimizer.toml").write_text("language = 3\n")
    assert run("rule").code == 0
    assert run("config", "--no-config").code == 0
    assert run("config").code == 2
