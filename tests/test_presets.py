"""Which keys a draft gets on which site. The cases are in cases/presets; README.md there says how they are written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cases import Case, read_cases
from geo_optimizer.compose import compose, wanted
from geo_optimizer.generator import Folders, find_preset
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Draft, Enhancement, EnhancementKind, Note
from geo_optimizer.options import Options, Refreshable
from geo_optimizer.presets import PLAIN, PRESETS, Preset
from geo_optimizer.site import Site, open_site
from geo_optimizer.site.habits import FEWEST_PAGES

CASES = [case for case in read_cases("presets") if not case.id.startswith("README")]
PROPOSED: dict[EnhancementKind, str] = {"title": "Sea kale", "description": "Sea kale grows on shingle.", "slug": "sea-kale"}
OWN_TERM = "coast"  # what an engine finds in the draft where no site has terms
BODY = "Sea kale grows on shingle.\n"
FRONTMATTER = Options(parts=frozenset({"frontmatter"}))


@dataclass(frozen=True)
class Run:
    """One run over a draft: the text up to its body, and the notes as a report prints them."""

    output: str
    head: str
    notes: tuple[str, ...]


def run(path: Path, source: str, options: Options, site: Site | None = None) -> Run:
    draft = parse(source, str(path), dialect=options.preset.dialect)
    habits = site.habits(draft, options.preset) if site else None
    options = replace(options, habits=habits)
    terms = sorted(habits.terms)[:2] if habits else [OWN_TERM]
    lines = [Enhancement(kind, text) for kind, text in PROPOSED.items()]
    lines += [Enhancement("category", term) for term in terms]
    edits, notes = compose(draft, lines, (), options)
    output = apply_edits(edits, source)
    after = parse(output, str(path), dialect=draft.dialect)
    return Run(output, output[: after.frontmatter.span.end] if after.frontmatter else "", tuple(shown(draft, note) for note in notes))


def shown(draft: Draft, note: Note) -> str:
    return f"line {draft.line(note.span.start)}: {note.message}" if note.span is not None else note.message


def laid_out(case: Case, root: Path) -> tuple[Path, str, Options, Site | None]:
    """The case's files on disk; its draft, and what its run is told."""
    (root / ".git").mkdir()
    told = dict(line.split(": ", 1) for block in case.blocks if block.kind == "run" for line in block.text.splitlines())
    for block in case.blocks:
        if block.kind in ("site", "draft"):
            (root / block.name).parent.mkdir(parents=True, exist_ok=True)
            (root / block.name).write_text(block.text, encoding="utf-8")
    (draft,) = (block for block in case.blocks if block.kind == "draft")
    path = root / draft.name
    preset = PRESETS[told["preset"]] if "preset" in told else find_preset(path)  # type: ignore[index]  # a wrong name fails the case
    refresh: frozenset[Refreshable] = frozenset(told.get("refresh", "").split(", ")) - {""}  # type: ignore[assignment]  # likewise
    pages = any(block.kind == "site" and block.name.endswith((".md", ".mdx")) for block in case.blocks)
    site = open_site(root / told.get("site", ".")) if pages else None
    return path, draft.text, replace(FRONTMATTER, preset=preset, refresh=refresh), site


def blocks(case: Case, kind: str) -> Iterator[str]:
    return (block.text for block in case.blocks if block.kind == kind)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_frontmatter_on_a_site(case: Case, tmp_path: Path) -> None:
    done = run(*laid_out(case, tmp_path))
    assert done.head == next(blocks(case, "frontmatter"), "")
    told = next(blocks(case, "notes"), "").splitlines()
    assert [note[: len(line) - 1] + "…" if line.endswith("…") else note for note, line in zip(done.notes, told, strict=True)] == told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_second_run_on_the_site_changes_nothing(case: Case, tmp_path: Path) -> None:
    path, source, options, site = laid_out(case, tmp_path)
    once = run(path, source, options, site).output
    path.write_text(once, encoding="utf-8")
    assert run(path, once, options, open_site(site.root) if site else None).output == once


# ------------------------------------------------------------------ what a preset says is kept

HEADS = [
    "",
    "---\nauthor: Ida Moss\n---\n\n",
    "---\ndraft: true\npublished: false\n---\n\n",
    "---\ntitle:\nslug:\ntags:\ncategories: []\n---\n\n",
]
PLACES = ["posts/sea-kale.md", "content/index.md", "_drafts/draft.md", "docs/blog/posts/kale.mdx"]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("refresh", [(), ("title", "description", "categories")])
def test_a_key_that_a_preset_warns_of_is_never_written(preset: Preset, place: str, head: str, refresh: tuple[Refreshable, ...]) -> None:
    preset = preset.placed(Path(place).parts)
    done = run(Path(place), head + BODY, replace(FRONTMATTER, preset=preset, refresh=frozenset(refresh)))
    before, after = parse(head + BODY, place), parse(done.output, place)
    old, new = (draft.frontmatter.values if draft.frontmatter else {} for draft in (before, after))
    changed = {key for key, value in new.items() if old.get(key) != value}
    assert not changed & {key for caution in preset.cautions for key in caution.keys}
    if preset.new_terms:
        assert OWN_TERM not in done.head
    if not head and preset.bare:
        assert done.head == ""


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_what_is_left_out_is_not_asked_of_an_engine(preset: Preset) -> None:
    draft = parse("---\nauthor: Ida Moss\n---\n\n" + BODY, "posts/sea-kale.md")
    _, notes = compose(draft, [], (), replace(FRONTMATTER, preset=preset))
    named = {note.message.split("`")[1] for note in notes}
    asked = {getattr(preset, kind) for kind in wanted(draft, replace(FRONTMATTER, preset=preset))}
    assert not named & asked


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_an_excerpt_mark_is_a_comment_in_its_own_dialect(preset: Preset) -> None:
    for mark in preset.excerpt_marks:
        draft = parse(f"Sea kale grows.\n\n{mark}\n\nIt flowers in June.\n", "a.md", dialect=preset.dialect)
        assert [prose.text for prose in draft.prose] == ["Sea kale grows.", "It flowers in June."]


# ------------------------------------------------------------------ which generator a folder is

FOUND = {
    "hugo.toml": "hugo",
    "config/_default/hugo.yaml content/": "hugo",
    "config.toml content/ layouts/": "hugo",
    "config.yaml content/ themes/": "hugo",
    "config.toml content/ themes/ templates/": "plain",  # Zola
    "config.toml": "plain",
    "_config.yml _posts/": "jekyll",
    "_config.yml Gemfile": "jekyll",
    "_config.yml": "plain",
    "_config.yml _toc.yml Gemfile": "plain",  # Jupyter Book
    "_config.yml scaffolds/ _drafts/": "plain",  # Hexo
    "astro.config.mjs": "astro",
    ".eleventy.js": "eleventy",
    "eleventy.config.mjs": "eleventy",
    "docusaurus.config.ts": "docusaurus",
    "mkdocs.yml": "mkdocs",
    "next.config.js": "next",
    "next.config.mjs astro.config.mjs": "astro",
    "mkdocs.yml _config.yml Gemfile": "mkdocs",
    "package.json": "plain",
}


def laid(root: Path, names: str) -> Path:
    for name in names.split():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(exist_ok=True) if name.endswith("/") else path.write_text("")
    return root


@pytest.mark.parametrize(("files", "name"), FOUND.items())
def test_the_generator_is_known_by_its_files(files: str, name: str, tmp_path: Path) -> None:
    laid(tmp_path, f".git/ posts/ {files}")
    assert find_preset(tmp_path / "posts" / "sea-kale.md").name == name


def test_the_nearest_generator_wins(tmp_path: Path) -> None:
    laid(tmp_path, "next.config.js .git/ docs/mkdocs.yml docs/docs/guides/ app/")
    assert find_preset(tmp_path / "docs/docs/guides/a.md").name == "mkdocs"
    assert find_preset(tmp_path / "app/a.md").name == "next"


def test_the_search_ends_at_the_root_of_the_repository_and_after_eight_folders(tmp_path: Path) -> None:
    laid(tmp_path, "hugo.toml inner/.git/ inner/posts/ a/b/c/d/e/f/g/")
    assert find_preset(tmp_path / "inner/posts/a.md") is PLAIN
    assert find_preset(tmp_path / "a/b/c/d/e/f/g/a.md").name == "hugo"
    laid(tmp_path, "a/b/c/d/e/f/g/h/")
    assert find_preset(tmp_path / "a/b/c/d/e/f/g/h/a.md") is PLAIN


def test_a_path_is_taken_from_where_the_run_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, "_config.yml Gemfile _drafts/")
    monkeypatch.chdir(tmp_path / "_drafts")
    assert find_preset(Path("a.md")).in_drafts
    monkeypatch.chdir(tmp_path)
    assert not find_preset(Path("_drafts/../a.md")).in_drafts


def test_links_that_lead_in_a_circle_and_a_lost_folder_are_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, ".git/ here/")
    (tmp_path / "hugo.toml").symlink_to(tmp_path / "hugo.toml")
    assert find_preset(tmp_path / "a.md") is PLAIN
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    assert find_preset(Path("a.md")) is PLAIN


def test_a_run_looks_into_a_folder_once(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "hugo.toml").touch()
    seen: Folders = {}
    assert find_preset(tmp_path / "posts/a.md", seen=seen).name == "hugo"
    assert list(seen) == [tmp_path / "posts", tmp_path]
    (tmp_path / "hugo.toml").unlink()
    assert find_preset(tmp_path / "posts/b.md", seen=seen).name == "hugo"
    assert find_preset(tmp_path / "posts/b.md") is PLAIN


def test_a_draft_that_is_a_link_belongs_where_the_link_stands(tmp_path: Path) -> None:
    laid(tmp_path, ".git/ site/hugo.toml shared/a.md")
    (tmp_path / "site/a.md").symlink_to(tmp_path / "shared/a.md")
    assert find_preset(tmp_path / "site/a.md").name == "hugo"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read every folder")
def test_a_folder_that_may_not_be_read_is_plain(tmp_path: Path) -> None:
    laid(tmp_path, ".git/ site/hugo.toml")
    (tmp_path / "site").chmod(0)
    try:
        assert find_preset(tmp_path / "site/a.md") is PLAIN
    finally:
        (tmp_path / "site").chmod(0o755)


@pytest.mark.parametrize(
    ("config", "dialect"),
    [("", "mdx"), ("markdown: {format: 'detect'}", None), ('  format: "md",', None), ("markdown: {format: 'mdx'}", "mdx")],
)
def test_docusaurus_reads_md_as_mdx_unless_it_is_told_otherwise(config: str, dialect: str | None, tmp_path: Path) -> None:
    (tmp_path / "docusaurus.config.js").write_text(f"export default {{\n{config}\n}};\n")
    assert find_preset(tmp_path / "a.md").dialect == dialect


def test_a_named_preset_knows_the_folders_of_the_draft(tmp_path: Path) -> None:
    assert find_preset(tmp_path / "blog/posts/a.md", "mkdocs").caution("title")
    assert not find_preset(tmp_path / "docs/a.md", "mkdocs").caution("title")


# ------------------------------------------------------------------ what a site shows


def test_nothing_is_learned_from_too_few_pages(tmp_path: Path) -> None:
    draft = parse(BODY, str(tmp_path / "new.md"))
    for n in range(FEWEST_PAGES):
        habits = open_site(tmp_path).habits(draft) if n else None
        assert habits is None or (habits.pages, dict(habits.keys)) == (0, {})
        (tmp_path / f"{n}.md").write_text("---\nsummary: About it.\n---\n")
    assert open_site(tmp_path).habits(draft).keys == {"description": "summary"}


def test_the_drafts_own_page_is_no_witness(tmp_path: Path) -> None:
    for n in range(FEWEST_PAGES):
        (tmp_path / f"{n}.md").write_text("---\nsummary: About it.\n---\n")
    draft = parse("---\nsummary: About it.\n---\n", str(tmp_path / "0.md"))
    assert open_site(tmp_path).habits(draft).pages == 0


def test_what_a_template_would_act_on_is_left_out_of_a_new_block_and_the_rest_is_written() -> None:
    draft = parse("# Kale {{ and\n\nSea kale grows on shingle.\n")
    lines = [Enhancement("title", "Kale {{ and"), Enhancement("description", "Sea kale grows on shingle.")]
    edits, notes = compose(draft, lines, [], Options(parts=frozenset({"frontmatter"})))
    assert [edit.text for edit in edits] == ['---\ndescription: "Sea kale grows on shingle."\n---\n\n']
    assert [note.message for note in notes] == ["`title` was left out: the new text has signs that a template engine would act on"]


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("---\n{}\n---\n\n", '---\n{"title": "Sea kale", "description": "Sea kale grows on shingle."}\n---\n'),
        (
            "---\ndraft: !!bool maybe\n---\n\n",
            '---\ndraft: !!bool maybe\ntitle: "Sea kale"\ndescription: "Sea kale grows on shingle."\n---\n',
        ),
        (
            '+++\na."x=y" = 1\ntitle = ""\n+++\n\n',
            '+++\na."x=y" = 1\ntitle = "Sea kale"\ndescription = "Sea kale grows on shingle."\n+++\n',
        ),
    ],
)
def test_unusual_frontmatter_is_completed(source: str, head: str) -> None:
    draft = parse(source + BODY)
    lines = [Enhancement(kind, text) for kind, text in PROPOSED.items() if kind != "slug"]
    edits, notes = compose(draft, lines, (), FRONTMATTER)
    assert apply_edits(edits, draft.source).startswith(head + "\n")
    assert notes == ()
