"""`geo-optimize init`: a configuration that fits the site found, and takes the place of none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from command import Run
from geo_optimizer.config import load
from geo_optimizer.config.schema import schema

ENGLISH = "# Lamps\n\nThe lamps of the house are not what they were, and you can have them by the dozen for a song.\n"
GERMAN = "# Lampen\n\nDie Lampen in dem Haus sind nicht mehr, was sie in den Jahren nach dem Krieg für uns waren.\n"
OBSIDIAN = "\n![[lamp.png]]\n"
MYST = "\n:::{note}\nOf lamps.\n:::\n"

SITES = [
    (
        "Hugo",
        {"hugo.toml": "", "content/a.md": ENGLISH},
        {"preset": "hugo", "site": "content", "exclude": ["/public/", "/resources/", "/themes/"]},
    ),
    ("Jekyll", {"_config.yml": "", "Gemfile": "", "_posts/a.md": ENGLISH}, {"preset": "jekyll", "site": "_posts"}),
    (
        "Astro",
        {"astro.config.mjs": "", "src/content/blog/a.mdx": ENGLISH},
        {"preset": "astro", "site": "src/content", "exclude": ["/dist/"]},
    ),
    ("Docusaurus with a blog alone", {"docusaurus.config.js": "", "blog/a.md": ENGLISH}, {"preset": "docusaurus", "site": "blog"}),
    ("MkDocs", {"mkdocs.yml": "", "docs/a.md": ENGLISH}, {"preset": "mkdocs", "site": "docs"}),
    ("no generator", {"posts/a.md": ENGLISH}, {"preset": "auto", "site": "posts", "exclude": []}),
    ("code of others", {"vendor/x/README.md": "", "posts/a.md": ENGLISH}, {"exclude": ["/vendor/"]}),
    ("nothing at all", {}, {"preset": "auto", "site": None, "language": None}),
    ("a folder without a page", {"content/a.txt": ""}, {"site": None}),
    ("German", {f"docs/{n}.md": GERMAN for n in range(3)}, {"language": "de"}),
    ("two languages", {f"docs/{n}.md": GERMAN for n in range(9)} | {"docs/e.md": ENGLISH}, {"language": None}),
    ("two pages are too few", {f"docs/{n}.md": GERMAN for n in range(2)}, {"language": None}),
    ("Obsidian", {f"{n}.md": ENGLISH + OBSIDIAN * (n == 1) for n in range(4)}, {"dialect": "obsidian", "site": None}),
    ("MyST", {f"docs/{n}.md": ENGLISH + MYST for n in range(3)}, {"dialect": "myst"}),
    ("MDX beside MyST", {"docs/x.mdx": ENGLISH} | {f"docs/{n}.md": ENGLISH + MYST for n in range(3)}, {"dialect": None}),
]


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("files", "keys"), [row[1:] for row in SITES], ids=[row[0] for row in SITES])
def test_it_fits_the_site_and_can_be_read(run: Run, tmp_path: Path, files: dict[str, str], keys: dict[str, object]) -> None:
    lay(tmp_path, files)
    done = run("init")
    written = tmp_path / "geo-optimizer.toml"
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("wrote geo-optimizer.toml: ")
    assert "Next:\n  geo-optimize check" in done.err
    found = tomllib.loads(written.read_text(encoding="utf-8"))
    assert {key: found.get(key) for key in keys} == keys
    jsonschema.Draft202012Validator(schema()).validate(found)
    load(written)
    for path in [name for name in files if name.endswith((".md", ".mdx")) and "vendor" not in name]:
        assert run("analyze", path).code == 0


def test_every_line_that_is_commented_out_can_be_used(run: Run) -> None:
    used = re.sub(r"^# (?=\[|[\w-]+ = )", "", run("init", "--stdout").out, flags=re.MULTILINE)
    found = tomllib.loads(used)
    assert {"site", "language", "dialect", "extend-select", "severity", "overrides"} <= set(found)
    jsonschema.Draft202012Validator(schema()).validate(found)


def test_it_prints_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    lay(tmp_path, {"hugo.toml": "", "content/a.md": ENGLISH})
    done = run("init", "--stdout")
    assert 'preset = "hugo"' in done.out
    assert done.err == ""
    assert not (tmp_path / "geo-optimizer.toml").exists()


def test_it_is_for_another_folder(run: Run, tmp_path: Path) -> None:
    lay(tmp_path, {"web/hugo.toml": "", "web/content/a.md": ENGLISH})
    assert "geo-optimize check web/content" in run("init", "web").err
    assert load(tmp_path / "web" / "geo-optimizer.toml").site == "web/content"


TAKEN = [
    ("a configuration", {"geo-optimizer.toml": "# mine\n"}, "geo-optimizer.toml: there is a configuration already ("),
    (
        "one in pyproject.toml",
        {"pyproject.toml": "[tool.geo-optimizer]\n"},
        "pyproject.toml: there is a configuration already, below [tool.",
    ),
]


@pytest.mark.parametrize(("files", "said"), [row[1:] for row in TAKEN], ids=[row[0] for row in TAKEN])
def test_it_takes_the_place_of_none_unless_forced(run: Run, tmp_path: Path, files: dict[str, str], said: str) -> None:
    lay(tmp_path, files)
    done = run("init")
    assert done.code == 2
    assert done.err.startswith(f"error: {said}")
    assert "--force" in done.err
    assert {path.name: path.read_text() for path in tmp_path.glob("*.toml")} == files
    assert run("init", "--force").code == 0
    assert tomllib.loads((tmp_path / "geo-optimizer.toml").read_text())["preset"] == "auto"


def test_a_link_that_leads_nowhere_is_not_written_through(run: Run, tmp_path: Path) -> None:
    (tmp_path / "geo-optimizer.toml").symlink_to("elsewhere.toml")
    assert run("init").code == 2
    assert not (tmp_path / "elsewhere.toml").exists()


def test_a_folder_that_is_not_there(run: Run) -> None:
    done = run("init", "none")
    assert (done.code, done.err) == (2, "error: none: there is no such folder (name the folder of your site)\n")
