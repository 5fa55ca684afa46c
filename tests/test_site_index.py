"""The site's index: what it says after any history is what it would say made anew, and nothing that happens to its file costs a suggestion."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import pickle
import random
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command import Run
from geo_optimizer.errors import FileError, SiteError
from geo_optimizer.folders import cache_dir
from geo_optimizer.markdown import parse
from geo_optimizer.patterns import Patterns
from geo_optimizer.site import Site, open_site, suggest_links
from geo_optimizer.site.folder import Folder
from geo_optimizer.site.lines import reader
from geo_optimizer.site.refresh import refresh
from geo_optimizer.site.rows import audit_site
from geo_optimizer.site.store import Store

PAGES = {
    "index.md": "# The garden\n\nOn [rain barrels](water/barrels.md), [drip hoses](/water/hoses/) and soil.\n",
    "water/barrels.md": "---\ntitle: Rain barrels\n---\nA barrel feeds the [drip hoses](hoses.md).\n",
    "water/hoses.md": "---\ntitle: Drip hoses\n---\nHoses save water. See [[barrels]].\n",
    "soil/mould.md": "---\ntitle: Leaf mould\ndate: 2021-03-04\ntags: [soil]\n---\nIt takes two years.\n",
}
DRAFT = parse("We set up rain barrels and drip hoses, and made leaf mould of what fell.\n", "draft.md")


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def told(site: Site) -> dict[str, Any]:
    """All that a site says, by paths instead of numbers."""
    paths = {n: page.path for n, page in enumerate(site.pages)}
    said = [f"{s.anchor} -> {s.target} {s.score} {s.reason}" for s in suggest_links(DRAFT, site)]
    return {
        "pages": {page.path: page for page in site.pages},
        "links": {paths[n]: {paths[to]: sorted(words) for to, words in site.outlinks(n).items()} for n in paths},
        "inlinks": {paths[n]: sorted(paths[by] for by in site.inlinks(n)) for n in paths},
        "names": {paths[n]: site.known.names[n] for n in paths},
        "anchors": {phrase: {paths[n]: k for n, k in site.known.anchors[phrase].items()} for phrase in ("rain barrel", "drip hos", "here")},
        "alike": {paths[n]: round(score, 12) for n, score in site.similar_to(DRAFT, 50).items()},
        "skipped": site.skipped,
        "hosts": site.addresses.hosts,
        "most": site.known.most_inlinks,
        "terms": site.vocabulary(DRAFT, "tags"),
        "links suggested": said,
    }


def anew(root: Path) -> Site:
    """The site as a store that never knew another one has it."""
    store = Store()
    refresh(store, Folder(root.resolve()))
    return Site(root.resolve(), store=store)


NAMES = st.sampled_from(["a.md", "b.md", "sub/a.md", "sub/index.md", "sub/c.md", "2020-01-02-d.md", "e.mdx"])
HREFS = st.sampled_from(
    [
        "a.md",
        "/a/",
        "b",
        "../b.md",
        "sub/",
        "/sub/c",
        "[[d]]",
        "[[a]]",
        "https://g.org/a/",
        "https://g.org/b/",
        "https://g.org/sub/",
        "/old/",
        ".",
    ]
)
WORDS = st.sampled_from(["rain barrels", "drip hoses", "leaf mould", "here", "frost"])
KEYS = st.sampled_from(
    ["", "url: /a/\n", "url: /elsewhere/\n", "slug: b\n", "draft: true\n", "aliases: [/old/]\n", "tags: [soil, water]\n"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    title, key = draw(WORDS), draw(KEYS)
    links = [
        f"{href[:-2]}|{words}]]" if href.startswith("[[") else f"[{words}]({href})"
        for href, words in draw(st.lists(st.tuples(HREFS, WORDS), max_size=4))
    ]
    return f"---\ntitle: {title}\n{key}---\n\n## {draw(WORDS)} {draw(WORDS)}\n\n{draw(WORDS)} and {' '.join(links)}\n"


STEPS = st.lists(st.lists(st.tuples(NAMES, st.one_of(st.none(), texts())), min_size=1, max_size=3), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_its_history_the_index_says_what_it_would_say_made_anew(
    steps: list[list[tuple[str, str | None]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("site")
    write(root, {"always.md": "# Always\n"})
    for step in steps:
        for name, text in step:
            if text is None:
                (root / name).unlink(missing_ok=True)
            else:
                write(root, {name: text})
        assert told(open_site(root)) == told(anew(root))


class Counting(Folder):
    """A folder that notes what is read of it."""

    read: ClassVar[list[str]] = []

    def load(self, name: str) -> bytes:
        self.read.append(name)
        return super().load(name)


def _settle(root: Path) -> None:
    """As if nothing had been written within the last seconds."""
    for path in root.rglob("*.md"):
        if path.stat().st_mtime_ns > 10**18:
            OLD.append(OLD[-1] + 10**9)
            os.utime(path, ns=(OLD[-1], OLD[-1]))


OLD = [10**17]


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    folder, store = Counting(tmp_path), Store()
    steps: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: None, sorted(PAGES)),
        (lambda: None, []),
        (lambda: write(tmp_path, {"soil/mould.md": "# Mould\n\nNow other words.\n"}), ["soil/mould.md"]),
        (lambda: write(tmp_path, {"soil/clover.md": "# Clover\n"}), ["soil/clover.md"]),
        ((tmp_path / "water/hoses.md").unlink, []),
        (lambda: os.utime(tmp_path / "index.md", ns=(1, 1)), ["index.md"]),  # the same bytes, but for all that is known they may be others
    ]
    for change, read in steps:
        change()
        _settle(tmp_path)
        Counting.read.clear()
        refresh(store, folder)
        assert sorted(Counting.read) == read


@pytest.mark.parametrize(
    ("files", "name", "before", "after"),
    [
        ({"hugo.toml": ""}, "content/in/_index.md", "---\ncascade: {draft: true}\n---\n", "---\ncascade: {draft: false}\n---\n"),
        ({"eleventy.config.js": ""}, "content/in/in.json", '{"draft": true}', '{"draft": false}'),
    ],
)
def test_what_pages_have_from_a_folder_is_noticed(tmp_path: Path, files: dict[str, str], name: str, before: str, after: str) -> None:
    write(tmp_path, {**files, "content/in/a.md": "# A\n", "content/b.md": "# B\n"})
    for text in (before, after, "", before):
        write(tmp_path, {name: text})
        _settle(tmp_path)
        site = open_site(tmp_path / "content")
        assert told(site) == told(anew(tmp_path / "content"))
        assert site.has_hidden == (text == before)


def test_of_a_section_only_what_it_passes_on_is_read_with_its_pages(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": "", "content/a.md": "# A\n", "content/_index.md": "---\ncascade: {draft: true}\n---\nOne.\n"})
    store = Store()
    for text, read in (("One.", ["_index.md", "a.md"]), ("Two.", ["_index.md"])):
        write(tmp_path, {"content/_index.md": f"---\ncascade: {{draft: true}}\n---\n{text}\n"})
        _settle(tmp_path)
        Counting.read.clear()
        refresh(store, Counting(tmp_path / "content"))
        assert Counting.read == read


def index_file() -> Path:
    (file,) = (cache_dir() / "sites").glob("*.sqlite")
    return file


@pytest.mark.parametrize("damage", [b"no database at all" * 300, b"", b"SQLite format 3\0" + bytes(8_000)])
def test_a_damaged_index_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    before = told(open_site(tmp_path / "site"))
    gc.collect()  # closes the file
    index_file().write_bytes(damage)
    site = open_site(tmp_path / "site")
    assert told(site) == before
    assert (site.trouble is None) == (not damage)
    assert open_site(tmp_path / "site").trouble is None


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    before = told(open_site(tmp_path / "site"))
    with sqlite3.connect(index_file()) as file:
        file.execute("UPDATE meta SET value = 'another' WHERE key = 'code'")
        file.execute("UPDATE page SET title = 'Of another version'")
    file.close()
    assert told(open_site(tmp_path / "site")) == before


def test_damage_that_is_met_while_refreshing_is_mended(tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    open_site(tmp_path / "site")
    with sqlite3.connect(index_file()) as file:
        file.execute("DROP TABLE phrase")
    file.close()
    write(tmp_path / "site", {"soil/mould.md": "# Mould\n"})
    site = open_site(tmp_path / "site")
    assert site.trouble
    assert told(site) == told(anew(tmp_path / "site"))


def test_damage_that_is_met_while_answering_is_told_and_mended_by_the_next_run(tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    before = told(open_site(tmp_path / "site"))
    with sqlite3.connect(index_file()) as file:
        file.execute("DROP TABLE phrase")
    file.close()
    with pytest.raises(FileError) as error:
        told(open_site(tmp_path / "site"))
    assert error.value.slug == "site-index"
    assert error.value.hint
    assert told(open_site(tmp_path / "site")) == before


def test_where_no_index_can_be_kept_the_site_works_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "site", PAGES)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GEO_OPTIMIZER_CACHE", str(tmp_path / "file"))
    site = open_site(tmp_path / "site")
    assert "cannot be kept" in (site.trouble or "")
    assert told(site) == told(anew(tmp_path / "site"))


def test_nothing_is_written_into_the_site(tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    before = sorted(tmp_path.rglob("*"))
    open_site(tmp_path / "site")
    assert sorted(tmp_path.rglob("*")) == before


def _told(root: str) -> str:
    return json.dumps(told(open_site(root))["links"], sort_keys=True)


def test_runs_at_the_same_time_agree(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        answers = pool.map(_told, [str(tmp_path)] * 8)
    assert set(answers) == {_told(str(tmp_path))}


def test_a_run_sees_the_site_as_it_began(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    site = open_site(tmp_path)
    write(tmp_path, {"soil/mould.md": "# Another title\n"})
    assert {page.title for page in open_site(tmp_path).pages} >= {"Another title"}
    assert {page.title for page in site.pages} >= {"Leaf mould"}


def test_a_site_can_be_handed_to_another_process(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    for site in (open_site(tmp_path), anew(tmp_path)):
        assert told(pickle.loads(pickle.dumps(site))) == told(site)


def _in_a_fork(site: Site, pipe: Any) -> None:
    pipe.send(told(site)["links suggested"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_asks_for_itself(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    site = open_site(tmp_path)
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=_in_a_fork, args=(site, there))
    child.start()
    assert here.recv() == told(site)["links suggested"]
    child.join()
    assert child.exitcode == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_not_utf8_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("# Coffee\n")
    (tmp_path / os.fsdecode(b"caf\xe9")).mkdir()
    (tmp_path / os.fsdecode(b"caf\xe9") / "b.md").write_text("# Beans\n")
    site = open_site(tmp_path)
    assert len(site) == len(PAGES)
    assert {s.path: s.reason for s in site.skipped} == dict.fromkeys((r"caf\xe9.md", r"caf\xe9/b.md"), "its name is not UTF-8")


def test_a_missing_index_is_not_another_folders(tmp_path: Path) -> None:
    write(tmp_path, {"a/index.md": "# A\n", "b.md": "[a](a/index.md) and [c](c/index.md)\n"})
    site = open_site(tmp_path)
    (number,) = (n for n, page in enumerate(site.pages) if page.path == "b.md")
    assert list(site.outlinks(number).values()) == [["a"]]


def test_new_pages_are_numbered_without_counting_all_of_them_for_each(tmp_path: Path) -> None:
    write(tmp_path, {f"{n}.md": f"# Page {n}\n" for n in range(40)})
    store, asked = Store(), list[str]()
    store.file.set_trace_callback(asked.append)
    refresh(store, Folder(tmp_path))
    assert store.one("SELECT max(number) FROM page") == 39
    assert sum("count(*) FROM page" in question for question in asked) < 5


def test_two_configurations_of_one_folder_do_not_read_it_in_turns(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    _settle(tmp_path)
    ways: list[dict[str, Any]] = [{"preset": "plain"}, {"preset": "hugo"}, {"never": Patterns(("/soil/",))}]
    for way in ways:
        open_site(tmp_path, **way)
    page = tmp_path / "soil/mould.md"
    before = page.stat().st_mtime_ns
    page.write_text(page.read_text(encoding="utf-8").replace("Leaf mould", "Read again"), encoding="utf-8")
    os.utime(page, ns=(before, before))  # as if it had not changed: whoever reads it again shows it
    assert [{page.title for page in open_site(tmp_path, **way).pages} & {"Leaf mould", "Read again"} for way in ways] == [
        {"Leaf mould"}
    ] * 3


# ------------------------------------------------------------------ damage


def _flipped(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)


def _zeroed(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // 4_096) * 4_096
    data[at : at + 4_096] = bytes(4_096)


def _cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


DAMAGES = [_flipped, _flipped, _zeroed, _cut_off]
WORDS_OF_PAGES = "barrels hoses mould clover frost slugs compost mulch seeds nets paths ponds rakes sheds walls herbs".split()


def many_pages(root: Path) -> None:
    """Pages enough for an index of some fifty leaves."""
    for n in range(60):
        one, two, three = (WORDS_OF_PAGES[(n * k) % 16] for k in (1, 3, 7))
        links = " ".join(f"[{word}](p{(n * 5 + k) % 60}.md)" for k, word in enumerate((one, two, three)))
        write(
            root,
            {
                f"p{n}.md": f"---\ntitle: {one.title()} and {two} {n}\n---\n## More of {three}\n\nSee {links}.\n\n{' '.join(WORDS_OF_PAGES[n % 9 :])}\n"
            },
        )
    write(root, PAGES)


def test_an_index_that_is_damaged_anywhere_gives_no_other_answer(tmp_path: Path, run: Run) -> None:
    many_pages(tmp_path / "site")
    _settle(tmp_path / "site")
    write(tmp_path, {"draft.md": DRAFT.source})
    ask = ("links", tmp_path / "draft.md", "--site", tmp_path / "site", "-n", 20, "--format", "json")
    sound, chance = run(*ask).out, random.Random(7)
    assert "barrels" in sound
    for turn in range(40):
        gc.collect()  # closes the file
        data = bytearray(index_file().read_bytes())
        DAMAGES[turn % len(DAMAGES)](data, chance)
        index_file().write_bytes(data)
        found = run(*ask)
        assert (found.code, found.out) == (0, sound) or found.code == 3, (turn, found)
        assert (again := run(*ask)).out == sound, (turn, again)


@pytest.mark.parametrize("damage", DAMAGES[1:])
def test_a_small_index_is_known_by_its_checksum_where_its_time_says_nothing(
    damage: Callable[[bytearray, random.Random], None], tmp_path: Path
) -> None:
    """As a failing disk leaves it: other bytes, and the file's time of change as it was."""
    write(tmp_path / "site", PAGES)
    before = told(open_site(tmp_path / "site"))
    gc.collect()
    sealed, data = index_file().stat().st_mtime_ns, bytearray(index_file().read_bytes())
    damage(data, random.Random(3))
    index_file().write_bytes(data)
    os.utime(index_file(), ns=(sealed, sealed))
    site = open_site(tmp_path / "site")
    assert site.trouble
    assert told(site) == before


@pytest.mark.parametrize(
    "change",
    ["UPDATE page SET gist = x'00'", "UPDATE page SET stems = 7", "UPDATE page SET rest = '{'", "ALTER TABLE link RENAME target TO aim"],
)
def test_what_has_no_meaning_is_damage_and_the_next_run_finds_none(change: str, tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    first = open_site(tmp_path / "site")  # while it is open, what others write is taken for right
    before = told(first)
    with sqlite3.connect(index_file()) as file:
        file.execute(change)
    file.close()
    with pytest.raises(FileError, match="index is damaged") as error:
        _all_told(open_site(tmp_path / "site"))
    assert error.value.exit_code == 3
    assert told(open_site(tmp_path / "site")) == before == told(first)


def _all_told(site: Site) -> object:
    return told(site), audit_site(site)


# ------------------------------------------------------------------ where the file is


def journal() -> Path:
    return index_file().with_name(index_file().name + "-wal")


def test_the_log_is_cut_after_a_run(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    site = open_site(tmp_path)
    assert site.pages
    assert not journal().stat().st_size


def test_a_file_that_others_were_reading_is_sealed_by_the_last_of_them(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    first = open_site(tmp_path)
    write(tmp_path, {"soil/mould.md": "# Another title\n"})
    second = open_site(tmp_path)
    assert journal().stat().st_size  # the first still reads what was there before
    del second
    gc.collect()
    assert len(first.pages) == len(PAGES)
    del first
    gc.collect()
    assert not journal().exists()
    assert open_site(tmp_path).trouble is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("room", [100_000, 200_000])  # bytes of a file: too few for the tables, and for the pages
def test_an_index_that_there_is_no_room_for_is_not_left_behind(room: int, tmp_path: Path) -> None:
    import resource

    many_pages(tmp_path / "site")
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        site = open_site(tmp_path / "site")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "cannot be kept" in (site.trouble or "")
    assert told(site) == told(anew(tmp_path / "site"))
    assert not list((cache_dir() / "sites").glob("*.sqlite*"))


def test_indexes_are_kept_up_to_a_size(tmp_path: Path) -> None:
    write(tmp_path / "site", PAGES)
    folder = cache_dir() / "sites"
    folder.mkdir(parents=True)
    for days, name in enumerate(("new", "older", "oldest"), start=1):
        with (folder / f"{name}.sqlite").open("wb") as file:
            file.truncate(3 << 29)  # of which nothing is on the disk
        (folder / f"{name}.lock").touch()
        os.utime(folder / f"{name}.lock", (time.time() - days * 86_400,) * 2)
    site = open_site(tmp_path / "site")
    assert len(site) == len(PAGES)
    assert {path.stem for path in folder.glob("*.sqlite")} - {index_of(site)} == {"new", "older"}


def index_of(site: Site) -> str:
    assert site.store.path is not None
    return site.store.path.stem


# ------------------------------------------------------------------ what cannot be read


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make links there")
def test_links_that_lead_in_a_circle_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    (tmp_path / "one.md").symlink_to(tmp_path / "two.md")
    (tmp_path / "two.md").symlink_to(tmp_path / "one.md")
    site = open_site(tmp_path)
    assert len(site) == len(PAGES)
    assert [one.path for one in site.skipped] == ["one.md", "two.md"]
    assert "links" in site.skipped[0].reason
    assert site.own_page(parse("Text.\n", str(tmp_path / "one.md"))) is None
    assert reader(tmp_path)("one.md") is None


def close(place: Path) -> str:
    """Make a folder that nobody can look into, whatever they may do: its path is too long. Answers with its name below `place`."""
    names = ["f" * 200] * 25
    at = os.open(place, os.O_RDONLY)
    for name in names:
        os.mkdir(name, dir_fd=at)
        below = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    return "/".join(names)


@pytest.mark.skipif(os.name == "nt", reason="paths are limited otherwise there")
def test_folders_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    assert not open_site(tmp_path).skipped
    whole = close(tmp_path)
    (closed,) = open_site(tmp_path).skipped
    assert whole.startswith(closed.path)
    assert closed.reason.startswith("the folder cannot be read: ")
    assert open_site(tmp_path).skipped == (closed,)


@pytest.mark.skipif(os.name == "nt", reason="paths are limited otherwise there")
def test_a_site_without_a_page_says_that_a_folder_could_not_be_read(tmp_path: Path) -> None:
    close(tmp_path)
    with pytest.raises(SiteError, match="the folder cannot be read"):
        open_site(tmp_path)


def test_of_many_pages_that_are_left_out_some_are_named(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"draft.md": DRAFT.source, "site/same.md": "---\npermalink: /one/\n---\n# One\n"})
    write(tmp_path, {f"site/same{n}.md": "---\npermalink: /one/\n---\n# One\n" for n in range(30)})
    said = run("links", tmp_path / "draft.md", "--site", tmp_path / "site").err
    assert said.count("left out of the site") == 10
    assert "and 20 more; `geo-optimize site` lists them" in said


def test_that_many_pages_are_to_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"site.csv": "url\n" + "".join(f"/page-{n}/\n" for n in range(1_500))})
    told_of: list[int] = []
    for _ in range(2):
        assert len(open_site(tmp_path / "site.csv", on_many=told_of.append)) == 1_500
    assert told_of == [1_500]


# ------------------------------------------------------------------ what is left out of a folder


def targets(run: Run, folder: Path, *flags: object) -> set[str]:
    """The pages that links of a draft may lead to, which names all of them."""
    (folder / "draft.md").write_text("We set up rain barrels and drip hoses, and made leaf mould of what fell.\n", encoding="utf-8")
    done = run("links", folder / "draft.md", "--site", folder / "site", "-n", 20, "--format", "json", *flags)
    assert done.code == 0, done.err
    return {found["target"] for found in done.json()["suggestions"]}


ALL = {"/water/barrels/", "/water/hoses/", "/soil/mould/"}


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({}, ALL),
        ({"geo-optimizer.toml": 'exclude = ["site/water/"]\n'}, {"/soil/mould/"}),
        ({"geo-optimizer.toml": 'exclude = ["/water/", "hoses.md"]\n'}, ALL - {"/water/hoses/"}),  # from the configuration's folder on
        ({"geo-optimizer.toml": 'exclude = ["site/"]\n'}, ALL),  # from being checked; it was named
        ({"geo-optimizer.toml": 'exclude = ["site/**", "soil/"]\n'}, ALL),
        ({".git/HEAD": "", ".gitignore": "/site/water/\n"}, {"/soil/mould/"}),
        ({".git/HEAD": "", ".gitignore": "site/\n"}, ALL),
        ({".git/HEAD": "", "site/water/.gitignore": "*\n!hoses.md\n"}, ALL - {"/water/barrels/"}),
        ({".gitignore": "/site/water/\n"}, ALL),  # in no repository
        ({"site/.geo-optimizer-ignore": "water\n"}, {"/soil/mould/"}),
    ],
)
def test_what_the_project_leaves_out_is_no_page(
    files: dict[str, str], left: set[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "site", PAGES)
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert targets(run, tmp_path) == left


def test_a_link_to_a_page_that_is_left_out_is_not_dead(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "site", PAGES)
    write(tmp_path / "site", {f"more/{n}.md": f"# More {n}\n\nOf [this](/more/{(n + 1) % 30}/).\n" for n in range(30)})
    write(tmp_path / "site", {"more/0.md": "# More\n\nOf [that](/more/gone/).\n"})
    write(tmp_path, {"geo-optimizer.toml": 'exclude = ["site/more/5.md"]\n'})
    monkeypatch.chdir(tmp_path)
    said = run("site", "site").out
    assert "/more/gone/" in said
    assert "/more/5/" not in said
    assert "more/5.md" not in said


def _sealed_earlier() -> None:
    """Make it as if the index had been written some seconds ago."""
    with sqlite3.connect(index_file()) as file:
        file.execute("UPDATE meta SET value = CAST(value - 4000000000 AS TEXT) WHERE key = 'seal'")
        (seal,) = file.execute("SELECT value FROM meta WHERE key = 'seal'").fetchone()
    file.close()
    with closing(sqlite3.connect(f"{index_file().as_uri()}?immutable=1", uri=True)) as file:
        index_file().with_suffix(".sum").write_text(str(zlib.crc32(file.serialize())))
    os.utime(index_file(), ns=(int(seal), int(seal)))


def test_what_a_killed_run_kept_from_being_sealed_is_no_damage(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    _settle(tmp_path)
    open_site(tmp_path)
    gc.collect()
    _sealed_earlier()
    reading = open_site(tmp_path)
    write(tmp_path, {"soil/mould.md": "# Another title\n"})
    open_site(tmp_path)
    left = [(path, path.read_bytes(), path.stat().st_mtime_ns) for path in index_file().parent.glob("*.s*")]
    assert journal().stat().st_size
    del reading
    gc.collect()
    for path, data, changed in left:  # as it would be if both had been killed
        path.write_bytes(data)
        os.utime(path, ns=(changed, changed))
    site = open_site(tmp_path)
    assert site.trouble is None
    assert told(site) == told(anew(tmp_path))
    assert not journal().stat().st_size


def test_a_command_that_ends_leaves_no_log(tmp_path: Path) -> None:
    write(tmp_path, PAGES | {"draft.md": DRAFT.source})
    subprocess.run(
        [sys.executable, "-m", "geo_optimizer", "links", "draft.md", "--site", "."], cwd=tmp_path, check=True, capture_output=True
    )
    assert not journal().exists()
