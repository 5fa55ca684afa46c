"""The gate: which files are looked at, what is left out and why, what is kept between runs, and the exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import geo_optimizer
from command import Run
from geo_optimizer.corpus.cache import Cache, key_base, key_of
from geo_optimizer.corpus.changes import changed_since
from geo_optimizer.corpus.checking import Checker, Settings, check_files
from geo_optimizer.corpus.finding import find_drafts
from geo_optimizer.corpus.pool import Pool
from geo_optimizer.errors import FileError, UsageError
from geo_optimizer.report.result import Checked
from geo_optimizer.settings import Configuration, Said

PACKAGE = Path(geo_optimizer.__file__).parent
VAGUE = "# Lamps\n\nSee [here](/oil/).\n"
CLEAN = "# Lamps\n\nSee [the price of oil](/oil/).\n"
EMPTY = "# Lamps\n\nSee [the price of oil]().\n"  # a warning


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def git(folder: Path, *arguments: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    own |= {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **own})


def names(found: list[Path], below: Path) -> list[str]:
    return [path.relative_to(below).as_posix() for path in found]


# ------------------------------------------------------------------ which files


def test_ignore_files_are_respected_in_folders_and_not_for_files_that_are_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".gitignore": "build/\n*.draft.md\n!keep.draft.md\n",
            "a.md": CLEAN,
            "b.draft.md": CLEAN,
            "keep.draft.md": CLEAN,
            "build/c.md": CLEAN,
            "posts/.ignore": "old.md\n",
            "posts/old.md": CLEAN,
            "posts/new.md": CLEAN,
            "notes/.geo-optimizer-ignore": "*\n!kept.md\n",
            "notes/a.md": CLEAN,
            "notes/kept.md": CLEAN,
            "node_modules/x.md": CLEAN,
            ".hidden/x.md": CLEAN,
        },
    )
    outside_git = ["a.md", "b.draft.md", "keep.draft.md", "build/c.md", "notes/kept.md", "posts/new.md"]
    assert names(find_drafts([str(tmp_path)]), tmp_path) == outside_git
    git(tmp_path, "init", "-q")
    assert names(find_drafts([str(tmp_path)]), tmp_path) == ["a.md", "keep.draft.md", "notes/kept.md", "posts/new.md"]
    assert names(find_drafts([str(tmp_path / "posts")]), tmp_path) == ["posts/new.md"], "what is said above a folder counts in it"
    assert names(find_drafts([str(tmp_path / "posts/old.md")]), tmp_path) == ["posts/old.md"]
    assert names(find_drafts([str(tmp_path / "build")]), tmp_path) == ["build/c.md"], "it was named, so it is meant"


IGNORED = [
    ["*.md"], ["/a.md"], ["x/"], ["x/**"], ["x/", "!x/a.md"], ["x/**", "!x/a.md"], ["x/*", "!x/a.md"], ["**/y/*.md"], ["x/**/c.md"],
    ["*", "!*/", "!a.md"], ["[ab].md"], ["[!a].md"], ["?.md  "], ["# a.md", "\\#.md"], ["\\!.md"], ["x/y/", "", "!c.md"], ["y"], ["/y"], ["a.md/"],
]  # fmt: skip


@pytest.mark.parametrize("lines", IGNORED, ids=" ".join)
def test_ignore_files_mean_what_git_takes_them_for(lines: list[str], tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(("a.md", "b.md", "#.md", "!.md", "x/a.md", "x/b.md", "x/y/c.md", "x/y/z/c.md", "y/a.md"), CLEAN))
    write(tmp_path, {".gitignore": "\n".join(lines)})
    git(tmp_path, "init", "-q")
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "-z", "*.md"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    write(tmp_path, {"always.md": CLEAN, ".ignore": "!/always.md"})
    assert sorted(names(find_drafts([str(tmp_path)]), tmp_path)) == sorted([*filter(None, listed.split("\0")), "always.md"])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.md", ["a.md"]),
        ("**/*.md", ["a.md", "posts/b.md", "posts/deep/c.md"]),
        ("posts/*", ["posts/b.md", "posts/deep/c.md"]),  # a folder that matches stands for its drafts
        ("posts/[bc].md", ["posts/b.md"]),
        ("p?sts/**/c.md", ["posts/deep/c.md"]),
    ],
)
def test_patterns_find_drafts(pattern: str, found: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CLEAN, "posts/b.md": CLEAN, "posts/b.png": "", "posts/deep/c.md": CLEAN, "node_modules/x/y.md": CLEAN})
    assert sorted(names(find_drafts([f"{tmp_path}/{pattern}"]), tmp_path)) == found


def test_patterns_respect_what_is_ignored(tmp_path: Path) -> None:
    write(
        tmp_path,
        {".gitignore": "dist/\nsecret.md\n", "a.md": CLEAN, "secret.md": CLEAN, "dist/b.md": CLEAN, "x/secret.md": CLEAN, "x/c.md": CLEAN},
    )
    git(tmp_path, "init", "-q")
    for pattern, found in (("**/*.md", ["a.md", "x/c.md"]), ("**", ["a.md", "x/c.md"]), ("*/*.md", ["x/c.md"]), ("x/*.md", ["x/c.md"])):
        assert names(find_drafts([f"{tmp_path}/{pattern}"]), tmp_path) == found, pattern


def test_what_cannot_be_found_does_not_keep_the_rest_from_being_checked(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": VAGUE, "empty/x.txt": ""})
    done = run("check", tmp_path / "empty", f"{tmp_path}/nom*.md", tmp_path / "a.md")
    assert done.code == 3
    assert "L001" in done.out
    assert [line.split(": ")[1] for line in done.err.splitlines()[:2]] == [f"{tmp_path}/empty", f"{tmp_path}/nom*.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_may_not_be_looked_into_is_an_error(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CLEAN, "no/b.md": CLEAN})
    (tmp_path / "no").chmod(0)
    done = run("check", tmp_path)
    (tmp_path / "no").chmod(0o755)
    assert done.code == 3
    assert "may not" in done.err


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, {"what[1].md": CLEAN, "what1.md": CLEAN})
    assert names(find_drafts([f"{tmp_path}/what[1].md"]), tmp_path) == ["what[1].md"]


def test_nothing_found_is_an_error_and_not_green(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {".ignore": "*.md\n", "a.md": CLEAN})
    for argument in (tmp_path, f"{tmp_path}/*.mdx", f"{tmp_path}/[.md"):
        done = run("check", argument)
        assert done.code == 3, argument
        assert done.err.startswith("error: ")
        assert len(done.err.splitlines()) == 1


def test_a_link_and_its_file_are_checked_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CLEAN})
    (tmp_path / "b.md").symlink_to("a.md")
    assert names(find_drafts([str(tmp_path)]), tmp_path) == ["a.md"]


def test_an_unreadable_ignore_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CLEAN})
    (tmp_path / ".ignore").mkdir()
    with pytest.raises(FileError, match="ignore file"):
        find_drafts([str(tmp_path)])


# ------------------------------------------------------------------ results


def test_files_that_fail_do_not_keep_the_others_from_being_checked(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": VAGUE, "b.md": "---\ntitle: x\n", "c.md": VAGUE})
    (tmp_path / "d.md").write_bytes(b"\xff\xfe")
    done = run("check", tmp_path, "--format", "json")
    files = done.json()["files"]
    assert done.code == 3
    assert [bool(file["error"]) for file in files] == [False, True, False, True]
    assert [finding["code"] for file in files for finding in file["findings"]] == ["L001", "L001"]
    assert done.json()["summary"]["unreadable"] == 2


def test_standard_input_is_read_as_the_file_that_it_is_called(run: Run, tmp_path: Path) -> None:
    text = b"# Lamps\n\nexport const a = 1\n\nSee [here](/oil/).\n"
    done = run("check", "-", "--stdin-filename", tmp_path / "posts" / "a.mdx", "--format", "json", stdin=text)
    (file,) = done.json()["files"]
    assert file["path"] == str(tmp_path / "posts" / "a.mdx")
    assert [finding["line"] for finding in file["findings"]] == [5]
    assert run("check", "-", stdin=text).out.startswith("<stdin>:5:5: info L001")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("matter", ["", "---\ntitle: Öl\n---\n"])
def test_places_are_right_whatever_the_file_begins_with(run: Run, tmp_path: Path, newline: str, bom: str, matter: str) -> None:
    text = bom + (matter + "# Öl\n\nÄöü [here](/oil/), and\nwe see 😀 [here](/lamps/).\n").replace("\n", newline)
    path = tmp_path / "a.md"
    path.write_bytes(text.encode())
    found = run("check", path, "--select", "L001", "--format", "json").json()["files"][0]["findings"]
    first = 3 + 3 * bool(matter)
    assert [(f["line"], f["column"], f["end_line"], f["end_column"]) for f in found] == [
        (first, 5, first, 18),
        (first + 1, 10, first + 1, 25),
    ]
    assert [text[slice(*f["span"])] for f in found] == ["[here](/oil/)", "[here](/lamps/)"]


def test_a_bom_has_no_column(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffSee [here](/oil/).\n".encode())
    assert run("check", path, "--select", "L001").out.startswith(f"{path}:1:5:")


def test_whoever_reads_the_output_may_stop_and_the_exit_code_still_tells(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path, {f"{number}.md": EMPTY if number == 299 else VAGUE})
    command = (
        f'"{sys.executable}" -m geo_optimizer check "{tmp_path}" --fail-on warning --no-cache | head -c 10; echo " ${{PIPESTATUS[0]}}"'
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.endswith(" 1\n")
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------ worker processes


def test_workers_find_what_one_process_finds_in_the_same_order(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": (VAGUE, CLEAN, EMPTY, "---\nbroken\n")[n % 4] for n in range(70)})
    paths = [str(path) for path in find_drafts([str(tmp_path)])] + [str(tmp_path / "vanished.md")]
    checker = Checker(Settings())
    alone = list(check_files(paths, checker))
    with Pool(2, checker) as pool:
        together = list(check_files(paths, checker, pool=pool))
    assert [(c.path, c.findings, str(c.error)) for c in together] == [(c.path, c.findings, str(c.error)) for c in alone]
    assert alone[-1].error is not None


_DEADLY = """
import gc, os, sys, time
from multiprocessing import active_children, get_context
from pathlib import Path
from geo_optimizer.corpus.checking import Checker, Settings, check_files
from geo_optimizer.corpus.pool import Pool
from geo_optimizer.settings import Configuration

MAIN = os.getpid()
PATHS = [str(path) for path in sorted(Path(sys.argv[1]).iterdir())]
DEADLY = tuple(sys.argv[2].split())

class Deadly(Configuration):
    def options_for(self, path, options=None):
        if path.endswith(DEADLY):
            os._exit(9)
        if path.endswith("slow.md"):
            time.sleep(0.2)
        os.write(2, f"checked {Path(path).name} by {'main' if os.getpid() == MAIN else 'worker'}\\n".encode())
        return options

checker = Checker(Settings(Deadly()))

def told(checked):
    time.sleep(0.002)
    print(Path(checked.path).name, len(checked.findings), checked.error and checked.error.slug, flush=True)

def other():
    "A process of whoever uses the library, that has nothing to do with the check."
    def asleep():
        for handle in 0, 1, 2:
            os.close(handle)
        time.sleep(60)
    process = get_context("fork").Process(target=asleep, daemon=True)
    process.start()
    return process
"""
_ALL = """
with Pool(2, checker) as pool:
    for checked in check_files(PATHS, checker, pool=pool):
        told(checked)
"""

forked = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux alone, with what the main program defines")


def deadly(folder: Path, *names: str, then: str = _ALL) -> subprocess.CompletedProcess[str]:
    """A program of its own that checks a folder; at files whose names end so, the process that checks them ends."""
    command = [sys.executable, "-c", _DEADLY + then, str(folder), " ".join(names)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@forked
@pytest.mark.parametrize("numbers", [(13,), (90, 151), (88, 89, 95), (*range(8, 240, 9),), (238, 239)], ids=str)
def test_a_worker_that_dies_costs_its_file_alone(tmp_path: Path, numbers: tuple[int, ...]) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE for n in range(240)})
    done = deadly(tmp_path, *(f"{n:03}.md" for n in numbers))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{n:03}.md {'0 worker-died' if n in numbers else '1 None'}" for n in range(240)]


@forked
def test_a_slow_file_is_waited_for_and_the_others_are_checked_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE for n in range(200)} | {"020 slow.md": VAGUE, "021 deadly.md": VAGUE})
    done = deadly(tmp_path, "deadly.md")
    assert [row.split(".md")[0] for row in done.stdout.splitlines()] == [path.stem for path in sorted(tmp_path.iterdir())]


@forked
def test_what_all_workers_need_is_loaded_once_by_files_that_do_not_keep_them_waiting(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE * (3000 if n == 0 else 1) for n in range(60)})
    done = deadly(tmp_path, "none", then=_ALL + "print('frozen', gc.get_freeze_count())")
    by = {row.split()[1]: row.split()[3] for row in done.stderr.splitlines()}
    assert [name for name, who in by.items() if who == "main"] == [f"{n:03}.md" for n in range(1, 9)]
    assert len(by) == 60
    assert done.stdout.splitlines()[-1] == "frozen 0"


@forked
def test_where_no_process_can_be_started_the_main_one_checks_all(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE for n in range(60)})
    no_pipe = """
import geo_optimizer.rules, geo_optimizer.markdown, multiprocessing.connection, resource
checker.file(PATHS[0])
free = os.open(os.devnull, os.O_RDONLY)
os.close(free)
resource.setrlimit(resource.RLIMIT_NOFILE, (free + 1, free + 1))
"""
    done = deadly(tmp_path, "none", then=no_pipe + _ALL)
    assert done.stdout.splitlines() == [f"{n:03}.md 1 None" for n in range(60)], done.stderr
    assert "worker" not in done.stderr


@forked
def test_a_run_that_is_given_up_ends_its_own_processes_alone(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE for n in range(100)})
    given_up = """
child = other()
try:
    with Pool(2, checker) as pool:
        for checked in check_files(PATHS, checker, pool=pool):
            if len(active_children()) == 3:
                raise RuntimeError
except RuntimeError:
    child.join(0.3)
    print("alive" if child.is_alive() else "ended", len(active_children()))
"""
    assert deadly(tmp_path, "none", then=given_up).stdout == "alive 1\n"


@forked
def test_workers_end_with_a_main_process_that_is_killed(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE for n in range(100)})
    killed = """
with Pool(2, checker) as pool:
    found = check_files(PATHS, checker, pool=pool)
    told(next(found))
    child = other()  # has all that the main process had open
    print(child.pid, flush=True)
    time.sleep(60)
"""
    command = [sys.executable, "-c", _DEADLY + killed, str(tmp_path), "none"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "000.md 1 None\n"
            assert int(process.stdout.readline())
            process.kill()
            process.communicate(timeout=20)  # until nobody has the other end
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:03}.md": VAGUE * 400 for n in range(200)})
    command = [sys.executable, "-m", "geo_optimizer", "check", str(tmp_path), "-j", "2", "--no-cache"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout
        assert process.stdout.readline()  # it is at work
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.strip() == "interrupted"


# ------------------------------------------------------------------ the cache


def many(folder: Path) -> None:
    write(folder, {f"{n}.md": VAGUE if n % 2 else EMPTY for n in range(12)})


def marked(folder: Path) -> None:
    """Make what the cache holds tell that it was taken from there."""
    with sqlite3.connect(folder / "check.sqlite") as connection:
        connection.execute("UPDATE checked SET found = replace(found, 'L00', 'Z00')")
    connection.close()


def test_findings_and_their_absence_are_kept_by_content(run: Run, tmp_path: Path) -> None:
    many(tmp_path / "posts")
    arguments = ("check", tmp_path / "posts", "--cache-dir", tmp_path / "cache", "--format", "json", "--fail-on", "warning")
    cold = run(*arguments)
    assert (run(*arguments).code, run(*arguments).out) == (1, cold.out)
    marked(tmp_path / "cache")
    for path in (tmp_path / "posts").iterdir():
        os.utime(path, (1, 1))  # time does not matter
    write(tmp_path, {"posts/3.md": VAGUE + "\n"})

    def codes(*more: str) -> list[str]:
        return [f["code"] for file in run(*arguments, *more).json()["files"] for f in file["findings"]]

    kept = ["Z002" if n % 2 == 0 else "Z001" for n in sorted(range(12), key=str)]
    assert codes() == [("L001" if n == 5 else code) for n, code in enumerate(kept)], "3.md is the sixth by name, and has changed"
    assert set(codes("--ignore", "H")) == {"L001", "L002"}, "another configuration is another question"
    assert set(codes("--no-cache")) == {"L001", "L002"}


def test_the_key_of_a_cache_is_the_same_in_every_process() -> None:
    code = (
        "from geo_optimizer.corpus.checking import Settings; from geo_optimizer.settings import Configuration, Said; "
        "print(Settings(Configuration(said=Said(ignore=('H',), severity={'L001': 'error', 'L002': 'info'}))).told())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


def test_the_key_of_a_cache_is_of_the_code_and_not_of_when_it_was_installed(tmp_path: Path) -> None:
    def key(site: str) -> str:
        code = "from geo_optimizer.corpus.cache import key_base; print(key_base('').hex())"
        own = {"PYTHONPATH": str(tmp_path / site), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **own}).stdout

    for number, site in enumerate(("one", "two", "changed", "other parser")):
        copy = tmp_path / site / "geo_optimizer"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for path in copy.rglob("*.py"):
            os.utime(path, (number, number))
    write(tmp_path, {"changed/geo_optimizer/patterns.py": (PACKAGE / "patterns.py").read_text() + "# one more line\n"})
    (tmp_path / "other parser/markdown_it_py-99.0.dist-info").mkdir()
    assert key("one") == key("two")
    assert len({key("one"), key("changed"), key("other parser")}) == 3


_OPENS = """
import sys, time
from pathlib import Path
from geo_optimizer.corpus.cache import Cache
from geo_optimizer.report.result import Checked
time.sleep(max(0, float(sys.argv[2]) - time.time()))
for number in range(40):
    with Cache(Path(sys.argv[1], str(number))) as cache:
        cache.keep({sys.argv[3].encode(): Checked("a.md")})
    print(number, *cache.trouble)
"""


@pytest.mark.parametrize("damaged", [False, True])
def test_runs_that_begin_a_cache_at_once_do_not_disturb_each_other(tmp_path: Path, *, damaged: bool) -> None:
    if damaged:
        write(tmp_path, {f"{number}/check.sqlite": "no database at all" * 100 for number in range(40)})
    start = time.time() + 1.5
    command = [sys.executable, "-c", _OPENS, str(tmp_path), str(start)]
    runs = [subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for n in range(6)]
    said = [run.communicate(timeout=120)[0].splitlines() for run in runs]
    assert [len(rows) for rows in said] == [40] * 6, said
    troubles = [row for rows in said for row in rows if " " in row]
    assert [row for row in troubles if not damaged or "was damaged, and is begun anew" not in row] == []
    for number in range(40):
        with sqlite3.connect(tmp_path / str(number) / "check.sqlite") as connection:
            assert {key for (key,) in connection.execute("SELECT key FROM checked")} == {b"%d" % n for n in range(6)}
        connection.close()


def test_a_cache_that_another_run_writes_is_waited_for_and_then_done_without(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path / "posts")
    arguments = ("check", tmp_path / "posts", "--cache-dir", tmp_path / "cache")
    clean = run(*arguments)
    holder = sqlite3.connect(tmp_path / "cache" / "check.sqlite", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(0.3, holder.rollback)
    timer.start()
    waited = run(*arguments)
    timer.join()
    assert (waited.out, waited.err) == (clean.out, clean.err)
    monkeypatch.setattr("geo_optimizer.corpus.cache._PATIENCE", 0.1)
    holder.execute("BEGIN EXCLUSIVE")
    done = run(*arguments)
    holder.close()
    assert done.out == clean.out
    assert [row for row in done.err.splitlines() if row not in clean.err.splitlines()] == [
        "warning: the cache cannot be used (database is locked); --cache-dir names another folder"
    ]
    assert (tmp_path / "cache" / "check.sqlite").exists()


@pytest.mark.parametrize("damage", ["garbage", "another version", "a table of other columns", "a row that is no finding"])
def test_a_damaged_cache_costs_no_finding(run: Run, tmp_path: Path, damage: str) -> None:
    many(tmp_path / "posts")
    arguments = ("check", tmp_path / "posts", "--cache-dir", tmp_path / "cache", "--format", "json")
    cold = run(*arguments)
    file = tmp_path / "cache" / "check.sqlite"
    if damage == "garbage":
        file.write_bytes(b"no database at all" * 100)
    else:
        with sqlite3.connect(file) as connection:
            if damage == "another version":
                connection.execute("PRAGMA user_version = 99")
            elif damage == "a table of other columns":
                connection.execute("DROP TABLE checked")
                connection.execute("CREATE TABLE checked (key BLOB, other TEXT)")
            else:
                connection.execute("UPDATE checked SET found = '{'")
        connection.close()
    damaged = run(*arguments)
    assert (damaged.code, damaged.out) == (cold.code, cold.out)
    assert ("warning: the cache" in damaged.err) == (damage != "another version")
    assert "Traceback" not in damaged.err
    run(*arguments)
    mended = run(*arguments)
    assert (mended.code, mended.out) == (cold.code, cold.out)
    assert "warning" not in mended.err


def test_a_cache_that_cannot_be_written_is_told_and_not_needed(run: Run, tmp_path: Path) -> None:
    many(tmp_path / "posts")
    (tmp_path / "cache").write_text("a file is in the way")
    done = run("check", tmp_path / "posts", "--cache-dir", tmp_path / "cache")
    assert done.code == 0
    assert done.err.count("warning: the cache cannot be used") == 1
    assert "L001" in done.out


def test_what_was_not_used_for_long_is_forgotten(tmp_path: Path) -> None:
    base = key_base("")
    old, new = (key_of(base, name, b"") for name in ("old.md", "new.md"))
    with Cache(tmp_path, today=100) as cache:
        cache.keep({old: Checked("old.md"), new: Checked("new.md")})
    with Cache(tmp_path, today=125) as cache:
        cache.found([new])
    with Cache(tmp_path, today=140) as cache:
        cache.prune()
        assert set(cache.found([old, new])) == {new}


# ------------------------------------------------------------------ the baseline


def test_a_baseline_leaves_what_is_new(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"posts/a.md": VAGUE, "posts/b.md": EMPTY})
    baseline = tmp_path / "baseline.json"
    check = ("check", tmp_path / "posts", "--baseline", baseline, "--fail-on", "warning")
    assert run(*check, "--update-baseline").code == 0
    assert set(json.loads(baseline.read_text())["findings"]) == {"posts/a.md", "posts/b.md"}
    clean = run(*check)
    assert (clean.code, clean.out) == (0, "")
    assert "2 in the baseline" in clean.err
    moved = "# Lamps\n\nA line more.\n\nSee [here](/oil/).\n\nSee [here](/oil/).\n"
    write(tmp_path, {"posts/a.md": moved})
    (line,) = [row for row in run(*check).out.splitlines() if "L001" in row]
    assert line.startswith(f"{tmp_path}/posts/a.md:7:5"), "the same words once more are new; where they stand does not matter"


def test_a_baseline_written_again_keeps_what_was_not_checked_and_drops_what_is_gone(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": VAGUE, "b.md": EMPTY, "c.md": VAGUE})
    baseline = tmp_path / "baseline.json"
    run("check", tmp_path, "--baseline", baseline, "--update-baseline")
    write(tmp_path, {"a.md": CLEAN})
    (tmp_path / "c.md").unlink()
    run("check", tmp_path / "a.md", "--baseline", baseline, "--update-baseline")
    assert set(json.loads(baseline.read_text())["findings"]) == {"b.md"}


def test_a_baseline_written_again_keeps_what_rules_found_that_did_not_run(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# Lamps\n\n### Oil\n\nSee [here](/oil/).\n"})
    check = ("check", tmp_path / "a.md", "--baseline", tmp_path / "b.json")
    run(*check, "--update-baseline")
    run(*check, "--update-baseline", "--select", "L001")
    assert run(*check, "--fail-on", "warning").out == ""


def test_a_baseline_says_what_is_settled(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# Lamps\n\n### Oil\n\nSee [here](/oil/).\n"})
    check = ("check", tmp_path / "a.md", "--baseline", tmp_path / "b.json")
    run(*check, "--update-baseline")
    write(tmp_path, {"a.md": "# Lamps\n\n## Oil\n\nSee [here](/oil/).\n"})
    assert "1 finding of the baseline is settled" in run(*check).err
    assert "settled" not in run(*check, "--select", "L001").err


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_a_baseline_holds_files_of_any_name(run: Run, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.md")).write_text(VAGUE)
    check = ("check", tmp_path, "--baseline", tmp_path / "b.json")
    assert run(*check, "--update-baseline").code == 0
    assert run(*check).out == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "there is no such baseline"),
        ("[]", "this is no baseline"),
        ("{", "line 1|:1: this is no baseline"),
        ('{"schema": 2, "version": "9.1", "findings": {}}', "it was written by 9.1"),
        ('{"schema": 1, "findings": {"a.md": {"L001 x": "two"}}}', "damaged"),
    ],
)
def test_a_file_that_is_no_baseline(run: Run, tmp_path: Path, text: str | None, why: str) -> None:
    write(tmp_path, {"a.md": VAGUE} | ({} if text is None else {"baseline.json": text}))
    done = run("check", tmp_path / "a.md", "--baseline", tmp_path / "baseline.json")
    assert done.code == 2
    assert any(part in done.err for part in why.split("|"))
    assert "--update-baseline" in done.err


# ------------------------------------------------------------------ what has changed


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path, {"a.md": VAGUE + "\nSee [here](/wicks/).\n", "b c.md": VAGUE, "gone.md": VAGUE, "kept.md": VAGUE})
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def test_only_changed_lines_are_spoken_of(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    git(repository, "checkout", "-qb", "work")
    write(repository, {"a.md": VAGUE + "\nOil is dear: see [here](/wicks/).\n", "neü.md": "See [here](/lamps/).\n"})
    git(repository, "mv", "b c.md", "b d.md")
    (repository / "gone.md").unlink()
    found = run("check", ".", "--changed-since", "main", "--format", "json", "--extend-select", "F001").json()["files"]
    assert [(file["path"], [(f["code"], f["line"]) for f in file["findings"]]) for file in found] == [
        ("a.md", [("L001", 5)]),
        ("neü.md", [("F001", 1), ("L001", 1)]),
    ]


def test_what_came_to_the_other_branch_meanwhile_is_not_ours(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    git(repository, "checkout", "-qb", "work")
    git(repository, "checkout", "-q", "main")
    write(repository, {"kept.md": CLEAN})
    git(repository, "commit", "-qam", "two")
    git(repository, "checkout", "-q", "work")
    done = run("check", ".", "--changed-since", "main")
    assert (done.code, done.out) == (0, "")
    assert "no draft has changed" in done.err


def test_nothing_changed_is_a_report_of_nothing(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    for form in ("json", "sarif", "junit", "gitlab", "rdjson", "html"):
        done = run("check", ".", "--changed-since", "main", "--format", form)
        assert done.code == 0
        assert done.out.strip(), form


def test_a_file_that_is_not_there_is_an_error_whatever_has_changed(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    assert run("check", "nosuch.md", "--changed-since", "main").code == 3


def test_drafts_of_several_repositories_are_asked_of_each(run: Run, repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other, {"x.md": CLEAN})
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "one"]):
        git(other, *arguments)
    write(other, {"x.md": VAGUE})
    write(repository, {"a.md": VAGUE + "\nSee [here](/new/).\n"})
    found = run("check", repository / "a.md", other / "x.md", "--changed-since", "main", "--format", "json").json()["files"]
    assert [(Path(file["path"]).name, [f["line"] for f in file["findings"]]) for file in found] == [("a.md", [5]), ("x.md", [3])]


@pytest.mark.parametrize(
    ("attributes", "config", "text"),
    [
        ("*.md -diff\n", [], VAGUE + "\nOil is dear: see [here](/wicks/).\n"),
        ("", ["diff.interHunkContext", "20"], VAGUE + "\nOil is dear: see [here](/wicks/).\n"),
        ("", [], (VAGUE + "\nOil is dear: see [here](/wicks/).\n").replace("\n", "\r")),
    ],
    ids=["no diff", "context", "carriage returns"],
)
def test_changes_are_seen_whatever_git_is_told(run: Run, repository: Path, attributes: str, config: list[str], text: str) -> None:
    write(repository, {"a.md": text, ".gitattributes": attributes})
    if config:
        git(repository, "config", *config)
    (file,) = run("check", repository / "a.md", "--changed-since", "main", "--format", "json").json()["files"]
    assert 5 in [f["line"] for f in file["findings"]]


def test_only_what_is_told_is_fixed(run: Run, repository: Path) -> None:
    unused = "<!-- geo-optimizer-disable-next-line L002 -->\n"
    write(repository, {"a.md": f"# Lamps\n\n{unused}Oil.\n"})
    git(repository, "commit", "-qam", "two")
    write(repository, {"a.md": f"# Lamps\n\n{unused}Oil.\n\n{unused}Coal. See [here](/a/).\n"})
    done = run("check", repository / "a.md", "--changed-since", "HEAD", "--fix")
    assert (repository / "a.md").read_text() == f"# Lamps\n\n{unused}Oil.\n\nCoal. See [here](/a/).\n"
    assert "L001" in done.out
    assert "U001" not in done.out


def test_what_a_baseline_has_is_not_fixed(run: Run, tmp_path: Path) -> None:
    unused = "<!-- geo-optimizer-disable-next-line L002 -->\n"
    write(tmp_path, {"a.md": f"# Lamps\n\n{unused}Oil.\n"})
    check = ("check", tmp_path / "a.md", "--baseline", tmp_path / "b.json")
    run(*check, "--update-baseline")
    write(tmp_path, {"a.md": f"# Lamps\n\n{unused}Oil.\n\nSee [here](/a/).\n"})
    done = run(*check, "--fix")
    assert (tmp_path / "a.md").read_text() == f"# Lamps\n\n{unused}Oil.\n\nSee [here](/a/).\n"
    assert "L001" in done.out
    assert "U001" not in done.out


@pytest.mark.parametrize("revision", ["nothing", "--upload-pack=x", "main..work"])
def test_an_unknown_revision_is_named(run: Run, repository: Path, revision: str) -> None:
    done = run("check", repository, f"--changed-since={revision}")
    assert done.code == 2
    assert f"git knows no revision {revision!r}" in done.err


def test_changes_are_asked_of_a_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": VAGUE})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = run("check", tmp_path, "--changed-since", "main")
    assert done.code == 2
    assert "run it inside the repository" in done.err
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        changed_since("main", [tmp_path])


# ------------------------------------------------------------------ fixes

UNUSED = "# Lamps\r\n\r\n<!-- geo-optimizer-disable-next-line L001 -->\r\nOil is dear.  \r\n"


def test_safe_fixes_are_made_and_every_other_byte_stays(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(UNUSED.encode())
    path.chmod(0o640)
    assert "U001" in run("check", path).out
    assert path.read_bytes() == UNUSED.encode(), "without --fix nothing is written"
    done = run("check", path, "--fix")
    assert path.read_bytes() == b"# Lamps\r\n\r\nOil is dear.  \r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert (done.code, done.out) == (0, "")
    before = path.stat().st_mtime_ns
    run("check", path, "--fix")
    assert path.stat().st_mtime_ns == before, "a second run writes nothing"


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Prices rose\x0bWages fell. One\x07Two.", "Prices rose Wages fell. One Two."),
        ("- item\n\n  :contentReference[oaicite:0]{index=0} text in it", "- item\n\n  text in it"),
        ("Oil is dear :contentReference[oaicite:0]{index=0}.", "Oil is dear."),
        ("Oil is dear.\n\n:contentReference[oaicite:0]{index=0}\n\nSo is coal.", "Oil is dear.\n\n\n\nSo is coal."),
        ("Oil is **dear [cite: 3]** now.", None),  # what is left of it could be no emphasis
        ("Oil.\n<!-- geo-optimizer-disable-next-line L001 -->\nCoal.", None),  # one paragraph would become of two
        ("Oil.\n<!-- geo-optimizer-disable-next-line L001 -->\n---", None),  # a heading
        ("| a |\n|---|\n| b |\n<!-- geo-optimizer-disable-next-line L001 -->\nCoal.", None),  # a row
        ("Oil.\n\n<!-- geo-optimizer-disable-next-line L001 -->\nCoal.", "Oil.\n\nCoal."),
    ],
)
def test_a_fix_leaves_all_else_as_it_was_read(run: Run, tmp_path: Path, text: str, fixed: str | None) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# Lamps\n\n{text}\n")
    run("check", path, "--fix", "--select", "R,U,L001")
    assert path.read_text() == f"# Lamps\n\n{text if fixed is None else fixed}\n"


def test_a_fixed_draft_goes_from_standard_input_to_standard_output(run: Run) -> None:
    done = run("check", "-", "--fix", stdin=UNUSED.encode() + b"\r\nSee [here](/oil/).\r\n")
    assert done.out.encode() == b"# Lamps\r\n\r\nOil is dear.  \r\n\r\nSee [here](/oil/).\r\n"
    assert "L001" in done.err


def test_a_draft_that_may_not_be_written_keeps_its_findings_and_is_an_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(UNUSED.encode())
    path.chmod(0o444)
    assert run("check", path, "--fix").code == 3
    assert path.read_bytes() == UNUSED.encode()


# ------------------------------------------------------------------ comments


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See [here](/a/).\n", ["L001"]),
        ("See [here](/a/). <!-- geo-optimizer-disable-line L001 -->\n", []),
        ("<!-- geo-optimizer-disable-next-line L001 -->\n\nSee [here](/a/).\n", []),
        ("<!-- geo-optimizer-disable-next-line L -- its name -->\nSee [here](/a/).\n", []),
        ("<!-- geo-optimizer-disable-next-line vague-anchor, L002 -->\nSee [here]().\n", []),
        ("<!-- geo-optimizer-disable-next-line -->\nSee [here](/a/).\nSee [here](/b/).\n", ["L001"]),
        ("<!-- geo-optimizer-disable L001 -->\n\nSee [here](/a/).\n\n<!-- geo-optimizer-enable L001 -->\n\nSee [here](/b/).\n", ["L001"]),
        ("<!-- geo-optimizer-disable -->\n\nSee [here](/a/).\n\n<!-- geo-optimizer-enable -->\n\nSee [here](/b/).\n", ["L001"]),
        ("See [here](/a/).\n\n<!-- geo-optimizer-disable-file L001 -->\n", []),
        ("`<!-- geo-optimizer-disable-file L001 -->`\n\nSee [here](/a/).\n", ["L001"]),
        ("<!-- geo-optimizer-disable-next-line L002 -->\nSee [here](/a/).\n", ["L001", "U001"]),
        ("<!-- geo-optimizer-disable-next-line L777 -->\nSee [here](/a/).\n", ["L001", "U002"]),
        ("<!-- geo-optimizer-disable-next-line L001,L002 -->\nSee [here](/a/).\n", ["U001"]),
        ("<!-- geo-optimizer-disable-file -->\n\nOil is dear.\n", ["U001"]),
        ("<!-- geo-optimizer-disable L001 L002 -->\n\nSee [here](/a/).\n\n<!-- geo-optimizer-enable L001 -->\n\n[here]()\n", ["L001"]),
        ("<!-- geo-optimizer-disable vague-anchor -->\n\n[here](/a/)\n\n<!-- geo-optimizer-enable L001 -->\n\n[here](/b/)\n", ["L001"]),
        ("<!-- geo-optimizer-disable l -->\n\n[here](/a/)\n\n<!-- geo-optimizer-enable L001 -->\n\n[here]()\n", ["L001"]),
        ("<!-- geo-optimizer-disable -->\n\n[here](/a/)\n\n<!-- geo-optimizer-enable L001 -->\n\n[here]()\n", ["L001"]),
        (
            "<!-- geo-optimizer-disable-next-line L001 -->\n<!-- geo-optimizer-disable-next-line L002 -->\nSee [here]().\n",
            [],
        ),
        ("<!-- geo-optimizer-disable-nextline L001 -->\nSee [here](/a/).\n", ["L001", "U002"]),
        ("<!-- geo-optimizer-enable L777 -->\n\nOil is dear.\n", ["U002"]),
        ("\\<!-- geo-optimizer-disable-next-line L001 -->\nSee [here](/a/).\n", ["L001"]),
    ],
)
def test_comments_silence_findings(run: Run, tmp_path: Path, text: str, left: list[str]) -> None:
    in_mdx = text.replace("<!--", "{/*").replace("-->", "*/}").replace("\\{", "\\\\{")
    for name, draft in (("a.md", text), *((("a.mdx", in_mdx),) if "\\" not in text else ())):
        write(tmp_path, {name: f"# Lamps\n\n{draft}"})
        found = run("check", tmp_path / name, "--format", "json").json()["files"][0]["findings"]
        assert sorted(f["code"] for f in found) == left, draft


def test_a_comment_about_rules_that_were_not_run_is_not_unused(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# Lamps\n\n<!-- geo-optimizer-disable-next-line L001 -->\nOil is dear.\n"})
    assert run("check", tmp_path / "a.md", "--select", "U,H").out == ""
    assert "U001" in run("check", tmp_path / "a.md", "--select", "U,L001").out


# ------------------------------------------------------------------ options of rules, severities


def test_severities_are_as_configured() -> None:
    checker = Checker(Settings(Configuration(said=Said(severity={"L001": "error"}))))
    assert [found.severity for found in checker.text(VAGUE, "a.md").findings] == ["error"]


# ------------------------------------------------------------------ usage


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["a.md", "--update-baseline"], "needs a file"),
        (["a.md", "--stdin-filename", "b.md"], "goes with standard input"),
        (["-", "--changed-since", "main"], "--stdin-filename"),
        (["a.md", "--select", ""], "no rule"),
        (["-", "--watch"], "watches files"),
        (["-", "--fix", "--format", "json"], "prints the fixed draft itself"),
        (["-", "--baseline", "b.json", "--update-baseline"], "by their names"),
        (["a.md", "--baseline", "b.json", "--update-baseline", "--fix"], "two steps"),
        (["a.md", "--statistics", "--format", "json"], "not asked for here"),
        (["a.md", "--extend-select", "Q7"], "no rule has the code Q7"),
        (["a.md", "--jobs", "0"], "0 is not in the range"),
        (["a.md", "--baseline", "b.json", "--update-baseline", "--changed-since", "main"], "would forget the others"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], why: str) -> None:
    write(tmp_path, {"a.md": CLEAN})
    monkeypatch.chdir(tmp_path)
    done = run("check", *arguments)
    assert done.code == 2
    assert why in done.err
    assert len(done.err.splitlines()) == 1


# ------------------------------------------------------------------ watch


def test_a_watched_folder_is_checked_again_when_a_draft_changes(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CLEAN})
    command = [sys.executable, "-u", "-m", "geo_optimizer", "check", str(tmp_path), "--watch", "--no-cache"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        while "watching 1 file;" not in process.stderr.readline():
            pass
        write(tmp_path, {"b.md": VAGUE})
        assert process.stdout.readline().startswith(f"{tmp_path}/b.md:3:5: info L001")
        while "watching 2 files;" not in process.stderr.readline():
            pass
        (tmp_path / "b.md").unlink()
        while "gone" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
