"""The old bytes or the new ones, whole, as the file was otherwise; and nothing that is not ours is overwritten."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from geo_optimizer.corpus.finding import find_drafts
from geo_optimizer.corpus.outputs import write_atomic, write_draft, write_output
from geo_optimizer.corpus.writing import Replacement, replacing
from geo_optimizer.errors import FileError
from geo_optimizer.folders import cache_dir

on_posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners are needed")
as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@on_posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o2755])
def test_a_write_keeps_the_mode_and_the_link(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    real, link = folder / "real.md", tmp_path / "link.md"
    real.write_text("old")
    real.chmod(mode)
    link.symlink_to(real)
    assert write_draft(link, "old", "new\r\n") == ()
    assert link.is_symlink()
    assert real.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(real.stat().st_mode) == mode
    assert (names(tmp_path), names(folder)) == (["elsewhere", "link.md"], ["real.md"])


@on_posix
@pytest.mark.parametrize(
    ("draft", "umask", "mode"),
    [(0o644, 0o022, 0o644), (0o600, 0o022, 0o600), (0o666, 0o027, 0o640), (0o4755, 0o022, 0o644), (0o444, 0o022, 0o644)],
)
def test_a_new_output_has_the_mode_of_its_draft_without_the_umask(tmp_path: Path, draft: int, umask: int, mode: int) -> None:
    (tmp_path / "draft.md").write_text("x")
    (tmp_path / "draft.md").chmod(draft)
    old = os.umask(umask)
    try:
        write_output(tmp_path / "new.md", "x", draft=tmp_path / "draft.md")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == mode


@as_root
def test_a_write_by_root_keeps_the_owner(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    os.chown(path, 4711, 4712)
    path.chmod(0o4640)
    assert write_draft(path, "old", "new") == ()
    now = path.stat()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (4711, 4712, 0o4640)


@as_root
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_output_has_the_group_of_its_draft(tmp_path: Path, umask: int) -> None:
    draft, output = tmp_path / "draft.md", tmp_path / "new.md"
    draft.write_text("x")
    os.chown(draft, 4711, 4712)
    draft.chmod(0o640)
    old = os.umask(umask)
    try:
        write_output(output, "x", draft=draft)
    finally:
        os.umask(old)
    assert (output.stat().st_uid, output.stat().st_gid, stat.S_IMODE(output.stat().st_mode)) == (0, 4712, 0o640 & ~umask)


_AS_ANOTHER = """
import os, sys
from pathlib import Path
from geo_optimizer.corpus.outputs import write_atomic
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
print(*write_atomic(Path(sys.argv[1]), b"new"), sep="; ")
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder into which every user may write; those of pytest are closed to others."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


GROUP_LOST = "its group could not be kept, so all but the owner have only the rights that both the group and everybody else had"


@as_root
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0o666, 0o666, ""),
        (0o6666, 0o666, ""),
        (0o672, 0o622, GROUP_LOST),
        (0o606, 0o600, GROUP_LOST),
    ],
    ids=["nothing to lose", "set-id bits", "more for the group", "less for the group"],
)
def test_a_write_by_another_user_gives_nobody_more_rights(shared: Path, before: int, after: int, said: str) -> None:
    path = shared / "a.md"
    path.write_text("old")
    path.chmod(before)
    done = subprocess.run([sys.executable, "-c", _AS_ANOTHER, str(path)], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.strip()) == ("", said and f"{path}: {said}")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", after)


_OUTPUT_AS_ANOTHER = """
import encodings.ascii, os, sys  # all that the other user may not load from the folders of this one
from pathlib import Path
from geo_optimizer.corpus.outputs import write_output
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
os.umask(0)
os.environ["GEO_OPTIMIZER_CACHE"] = sys.argv[1] + "/cache"
write_output(Path(sys.argv[1], "new.md"), "new", draft=Path(sys.argv[1], "draft.md"))
"""


@as_root
@pytest.mark.parametrize(("draft", "output"), [(0o664, 0o644), (0o644, 0o644), (0o646, 0o644), (0o606, 0o600), (0o666, 0o666)])
def test_an_output_that_cannot_have_the_group_of_its_draft_is_no_more_public(shared: Path, draft: int, output: int) -> None:
    (shared / "draft.md").write_text("old")
    os.chown(shared / "draft.md", 4711, 4712)
    (shared / "draft.md").chmod(draft)
    done = subprocess.run([sys.executable, "-c", _OUTPUT_AS_ANOTHER, str(shared)], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert stat.S_IMODE((shared / "new.md").stat().st_mode) == output


@as_root
def test_a_file_that_another_user_may_not_change_is_left(shared: Path) -> None:
    path = shared / "a.md"
    path.write_text("old")
    path.chmod(0o644)
    done = subprocess.run([sys.executable, "-c", _AS_ANOTHER, str(path)], capture_output=True, text=True, check=False)
    assert "it cannot be written: the file is read-only" in done.stderr
    assert (names(shared), path.read_text()) == (["a.md"], "old")


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes are needed")
def test_a_write_keeps_extended_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    try:
        os.setxattr(path, "user.comment", b"of the editor")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    assert write_draft(path, "old", "new") == ()
    assert os.getxattr(path, "user.comment") == b"of the editor"


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """As Linux keeps one in an extended attribute: a version, and per entry a kind, rights and whose they are."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", kind, rights, who & 0xFFFFFFFF) for kind, rights, who in entries)


@pytest.mark.skipif(sys.platform != "linux", reason="access lists as on Linux are needed")
def test_a_write_keeps_an_access_list_and_adds_none(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    one_more_reader = access_list((0x01, 6, -1), (0x02, 4, 4711), (0x04, 0, -1), (0x10, 4, -1), (0x20, 0, -1))
    try:
        os.setxattr(path, "system.posix_acl_access", one_more_reader)
        os.setxattr(tmp_path, "system.posix_acl_default", one_more_reader)
    except OSError:
        pytest.skip("this file system has no access lists")
    assert write_draft(path, "old", "new") == ()
    assert os.getxattr(path, "system.posix_acl_access") == one_more_reader
    os.removexattr(path, "system.posix_acl_access")
    path.chmod(0o640)
    assert write_draft(path, "new", "newer") == ()
    assert "system.posix_acl_access" not in os.listxattr(path), "the folder's default would let one more person read it"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform != "linux", reason="access lists as on Linux are needed")
def test_a_new_output_has_the_access_list_of_its_draft_and_not_that_of_its_folder(tmp_path: Path) -> None:
    draft, output = tmp_path / "draft.md", tmp_path / "new.md"
    draft.write_text("x")
    one_reader_and_no_group = access_list((0x01, 6, -1), (0x02, 4, 4711), (0x04, 0, -1), (0x10, 4, -1), (0x20, 0, -1))
    another_reader = access_list((0x01, 6, -1), (0x02, 4, 4713), (0x04, 0, -1), (0x10, 4, -1), (0x20, 0, -1))
    try:
        os.setxattr(draft, "system.posix_acl_access", one_reader_and_no_group)
        os.setxattr(tmp_path, "system.posix_acl_default", another_reader)
    except OSError:
        pytest.skip("this file system has no access lists")
    write_output(output, "x", draft=draft)
    assert os.getxattr(output, "system.posix_acl_access") == one_reader_and_no_group
    os.removexattr(draft, "system.posix_acl_access")
    draft.chmod(0o640)
    output.unlink()
    write_output(output, "x", draft=draft)
    assert "system.posix_acl_access" not in os.listxattr(output), "the folder's default would let one more person read it"


def test_another_name_of_the_file_keeps_the_old_text_and_the_user_hears_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    os.link(path, tmp_path / "b.md")
    assert write_draft(path, "old", "new") == (f"{path}: 1 other name of the file (hard link) still holds the old text",)
    assert ((tmp_path / "a.md").read_text(), (tmp_path / "b.md").read_text()) == ("new", "old")


# ------------------------------------------------------------------ what goes wrong


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_circle_of_links(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def no_folder(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()


@pytest.mark.parametrize("happens", [a_folder, a_circle_of_links, no_folder])
def test_a_failed_write_says_why_and_leaves_nothing(tmp_path: Path, happens: Callable[[Path], None]) -> None:
    path = tmp_path / "sub" / "a.md"
    path.parent.mkdir()
    path.write_text("old")
    happens(path)
    before = sorted(tmp_path.rglob("*"))
    writes: list[Callable[[], object]] = [
        lambda: write_draft(path, "old", "new"),
        lambda: write_output(path, "new"),
        lambda: write_atomic(path, b"new"),
    ]
    for write in writes:
        with pytest.raises(FileError) as failed:
            write()
        assert failed.value.slug == "unwritable"
        assert "nothing was changed" in failed.value.hint
    assert sorted(tmp_path.rglob("*")) == before


@on_posix
@pytest.mark.parametrize("writes", ["draft", "output", "report"])
def test_a_read_only_file_is_left_by_root_too(tmp_path: Path, writes: str) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(FileError, match="it cannot be written: the file is read-only"):
        {
            "draft": lambda: write_draft(path, "old", "new"),
            "output": lambda: write_output(path, "new", force=True),
            "report": lambda: write_atomic(path, b"new"),
        }[writes]()
    assert (names(tmp_path), path.read_text()) == (["a.md"], "old")


def test_a_draft_that_is_gone_when_its_output_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"draft\.md: the draft was removed while it was read"):
        write_output(tmp_path / "new.md", "new", draft=tmp_path / "draft.md")
    assert names(tmp_path) == []


def test_a_name_too_long_and_the_longest(tmp_path: Path) -> None:
    longest = tmp_path / ("ä" * 126 + ".md")
    write_output(longest, "new")
    assert longest.read_text() == "new"
    with pytest.raises(FileError, match="too long"):
        write_output(tmp_path / ("ä" * 127 + ".md"), "new")


def test_text_that_utf8_cannot_hold_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_draft(tmp_path / "a.md", "old", "\ud800")
    assert names(tmp_path) == ["a.md"]
    assert (tmp_path / "a.md").read_text() == "old"


def test_a_device_is_written_to_and_not_replaced() -> None:
    null = Path(os.devnull)
    assert write_output(null, "new") == ()
    assert not null.is_file()


def test_what_a_killed_run_has_left_is_removed_by_the_next_and_is_never_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with replacing(path, b"half") as new:
        (left,) = set(names(tmp_path)) - {"a.md"}
        assert find_drafts([str(tmp_path)]) == [path]
        new.give_up()
    (tmp_path / left).write_text("ha")
    write_draft(path, "old", "new")
    assert names(tmp_path) == ["a.md"]


@on_posix
def test_a_run_that_is_still_writing_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with replacing(path, b"slow") as slow:
        write_atomic(path, b"fast")
        assert path.read_text() == "fast"
        slow.commit()
    assert path.read_text() == "slow"
    assert names(tmp_path) == ["a.md"]


@on_posix
def test_a_file_that_too_many_write_at_once_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with ExitStack() as runs:
        for _ in range(8):
            runs.enter_context(replacing(path, b"slow"))
        with pytest.raises(FileError, match="other runs are writing it"):
            write_atomic(path, b"one more")
    assert names(tmp_path) == []


# ------------------------------------------------------------------ writers that share no lock: two users, two caches, or none


class Other(ExitStack):
    """Another run that begins to write the same file at a chosen moment of this one, and has not put it in its place yet.

    Both are in this process: a lock belongs to an open file, not to a process.
    """

    def __init__(self, path: Path, data: bytes = b"theirs") -> None:
        super().__init__()
        self._run: AbstractContextManager[Replacement] = replacing(path, data)
        self._new: Replacement | None = None
        self._begins = False

    def begin(self) -> None:
        if not self._begins:  # it locks and removes files itself, which is no second beginning
            self._begins = True
            self._new = self.enter_context(self._run)

    def commit(self) -> None:
        assert self._new, "the moment never came"
        self._new.commit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("old")
    return path


@pytest.fixture
def other(path: Path) -> Iterator[Other]:
    with Other(path) as other:
        yield other


@on_posix
def test_another_run_that_comes_before_the_lock_does_not_mix_with_ours(path: Path, other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    lock = fcntl.flock

    def late(handle: int, how: int) -> None:
        other.begin()
        lock(handle, how)

    monkeypatch.setattr("fcntl.flock", late)
    with replacing(path, b"ours") as ours:
        ours.commit()
        assert path.read_text() == "ours"
        other.commit()
    assert path.read_text() == "theirs"
    assert names(path.parent) == ["a.md"]


def begins_at_the_first_removal(other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def late(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as in pathlib
        other.begin()
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", late)


@on_posix
def test_a_run_that_gives_up_does_not_remove_the_file_of_another(path: Path, other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    begins_at_the_first_removal(other, monkeypatch)
    with replacing(path, b"ours"):
        pass
    other.commit()
    assert (path.read_text(), names(path.parent)) == ("theirs", ["a.md"])


@on_posix
def test_a_run_that_clears_up_does_not_remove_the_file_of_another(path: Path, other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    slot(path).write_text("of a killed run")
    begins_at_the_first_removal(other, monkeypatch)
    with replacing(path, b"ours") as ours:
        ours.commit()
        other.commit()
    assert (path.read_text(), names(path.parent)) == ("theirs", ["a.md"])


def slot(path: Path) -> Path:
    """Where the first temporary of a file is."""
    with replacing(path, b""):
        (name,) = set(names(path.parent)) - {path.name}
    return path.with_name(name)


@on_posix
def test_only_the_file_that_was_written_is_put_in_its_place(path: Path) -> None:
    with replacing(path, b"ours") as ours:
        (name,) = set(names(path.parent)) - {"a.md"}
        path.with_name(name).unlink()
        path.with_name(name).write_text("of somebody else")
        with pytest.raises(FileError, match="another program has removed the new text before it was in its place"):
            ours.commit()
    assert path.read_text() == "old"
    assert path.with_name(name).read_text() == "of somebody else"


@on_posix
def test_where_there_are_no_locks_only_what_is_old_is_removed(path: Path, other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = slot(path)

    def no_locks(handle: int, how: int) -> None:
        raise OSError(37, "No locks available")  # ENOLCK, as on a file system over a network

    monkeypatch.setattr("fcntl.flock", no_locks)
    killed.write_text("of a killed run")
    os.utime(killed, (time.time() - 7200,) * 2)
    with replacing(path, b"ours") as ours:
        assert killed.read_text() == "ours"
        other.begin()
        ours.commit()
        assert path.read_text() == "ours"
        other.commit()
    assert (path.read_text(), names(path.parent)) == ("theirs", ["a.md"])


_ONE_OF_MANY = """
import sys
from pathlib import Path
from geo_optimizer.corpus.outputs import write_atomic
from geo_optimizer.corpus.writing import replacing
path, writer = Path(sys.argv[1]), sys.argv[2]
for n in range(150):
    data = f"{writer} {n}\\n".encode() * (1 + n * 7919 % 3000)
    if n % 3:
        write_atomic(path, data)
    else:
        with replacing(path, b"given up, and in nobody's way"):
            pass
"""


@on_posix
def test_many_writers_without_a_cache_put_whole_texts_in_place_and_none_fails(path: Path) -> None:
    env = {**os.environ, "GEO_OPTIMIZER_CACHE": os.devnull}
    command = [sys.executable, "-c", _ONE_OF_MANY, str(path)]
    writers = [subprocess.Popen([*command, str(n)], env=env, stderr=subprocess.PIPE, text=True) for n in range(4)]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        text = path.read_text()
        row, _, _ = text.partition("\n")
        n = int(row.split()[1]) if row != "old" else 0
        assert row == text or text == f"{row}\n" * (1 + n * 7919 % 3000), "a mixture"
        seen.add(row)
    assert [writer.communicate()[1] for writer in writers] == [""] * 4
    assert len({row.split()[0] for row in seen}) > 3, "they did not write at the same time"
    assert names(path.parent) == ["a.md"]


# ------------------------------------------------------------------ two hands on one file


def test_a_draft_that_was_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old, with an editor's line")
    with pytest.raises(FileError) as failed:
        write_draft(path, "old", "new")
    assert failed.value.slug == "changed-meanwhile"
    assert (names(tmp_path), path.read_text()) == (["a.md"], "old, with an editor's line")


def test_a_draft_that_holds_our_text_already_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("new")
    before = path.stat()
    assert write_draft(path, "old", "new") == ()
    assert path.stat() == before


def test_a_draft_that_was_removed_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="was removed"):
        write_draft(tmp_path / "a.md", "old", "new")
    assert names(tmp_path) == []


def refused(path: Path, text: str) -> bool:
    """Whether an output is refused as edited; it is then as it was."""
    before = path.read_bytes()
    try:
        write_output(path, text)
    except FileError as error:
        return (error.slug, path.read_bytes()) == ("output-edited", before)
    return False


def test_only_our_own_output_is_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "draft.optimized.md"
    output.write_text("somebody's")
    assert refused(output, "ours")
    assert not refused(output, "somebody's")
    write_output(output, "ours", force=True)
    assert not refused(output, "ours, newer")
    output.write_text("ours, newer, edited")
    assert refused(output, "ours, newest")
    output.write_text("ours")
    assert refused(output, "ours, newest"), "an older output that somebody has put back"
    assert names(tmp_path) == ["draft.optimized.md"]


def test_a_run_that_stops_before_the_output_is_in_its_place_forgets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "draft.optimized.md"
    write_output(output, "ours")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", stopped_at(output))
        with pytest.raises(KeyboardInterrupt):
            write_output(output, "ours, newer")
    assert output.read_text() == "ours"
    assert not refused(output, "ours, newest")


def stopped_at(target: Path) -> Callable[[Path, Path], Path]:
    """A rename that is interrupted where it would put the output in its place."""
    rename = Path.replace

    def replace(self: Path, other: Path) -> Path:
        if other == target:
            raise KeyboardInterrupt
        return rename(self, other)

    return replace


def test_the_memory_is_bounded_and_damage_to_it_makes_an_output_unknown(tmp_path: Path) -> None:
    output = tmp_path / "draft.optimized.md"
    write_output(output, "ours")
    (memory,) = [path for path in (cache_dir() / "outputs").iterdir() if not path.suffix]
    line = memory.read_text()
    others = "".join(f"{n:032x} {n:064x}\n" for n in range(400))
    memory.write_text(others + line)
    assert not refused(output, "newer")
    assert memory.read_text().count("\n") == 256
    memory.write_bytes(b"\xff" + memory.read_bytes()[:-30])
    assert refused(output, "newest")


@pytest.mark.parametrize("trouble", ["a file", "no home"])
def test_without_a_cache_outputs_are_written_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    if trouble == "a file":
        (tmp_path / "cache").write_text("")
        monkeypatch.setenv("GEO_OPTIMIZER_CACHE", str(tmp_path / "cache"))
    else:
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.delenv("HOME")
        monkeypatch.setattr("os.path.expanduser", lambda path: path)
    output = tmp_path / "draft.optimized.md"
    (warning,) = write_output(output, "ours")
    assert warning.startswith("the cache cannot be used (")
    assert output.read_text() == "ours"
    assert refused(output, "newer")
    assert not refused(output, "ours")
    (warning,) = write_draft(output, "ours", "newer")
    assert "so two runs at once cannot take turns; GEO_OPTIMIZER_CACHE names another folder" in warning
