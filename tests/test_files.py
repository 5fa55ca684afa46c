"""The old bytes or the new ones, whole; and nothing that is not ours is overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from geo_optimizer.corpus.files import below, beside, decode, find_drafts, may_overwrite, read_draft, remember_output, write_atomic
from geo_optimizer.errors import DraftRefused, FileError, GeoError, UsageError


def test_a_write_keeps_the_mode_and_follows_the_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomic(link, "new\r\n")
    assert link.is_symlink()
    assert real.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["link.md", "real.md"]


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new.md", "x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "draft.md"
    target.mkdir()
    with pytest.raises(FileError) as failed:
        write_atomic(target, "new")
    assert failed.value.slug == "unwritable"
    assert list(tmp_path.iterdir()) == [target]


def test_text_that_utf8_cannot_hold_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "draft.md"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(target, "\ud800")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["draft.md"]
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    ("data", "slug", "line"),
    [(b"\xff\xfe#\0", "not-utf8", None), (b"\x89PNG\0\0", "not-text", None), (b"# A\n\nB\xe9\n", "not-utf8", 3)],
)
def test_what_is_no_utf8_text_is_refused(data: bytes, slug: str, line: int | None) -> None:
    with pytest.raises(DraftRefused) as refused:
        decode(data, "draft.md")
    assert (refused.value.slug, refused.value.line, refused.value.path) == (slug, line, "draft.md")


def test_a_bom_and_line_ends_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_draft(tmp_path / "a.md") == "\ufeffa\r\nb\rc\n"


@pytest.mark.parametrize(("name", "slug"), [("none.md", "not-found"), ("folder", "is-a-folder")])
def test_what_cannot_be_read(tmp_path: Path, name: str, slug: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError) as failed:
        read_draft(tmp_path / name)
    assert failed.value.slug == slug
    assert "\n" not in str(failed.value)


def test_finding_drafts(tmp_path: Path) -> None:
    for name in ("b.md", "a.mdx", "a.optimized.md", "x.txt", ".hidden.md", "node_modules/m.md", "sub/c.markdown"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_drafts([str(tmp_path), str(tmp_path / "b.md")])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.mdx", "b.md", "sub/c.markdown"]


def test_an_empty_folder_and_an_output_are_no_drafts(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no Markdown"):
        find_drafts([str(tmp_path)])
    with pytest.raises(UsageError, match="not a draft"):
        find_drafts(["draft.optimized.md"])


def test_places(tmp_path: Path) -> None:
    assert beside(Path("posts/a.md")) == Path("posts/a.optimized.md")
    assert below(tmp_path / "posts/a.md", tmp_path, Path("out")) == Path("out/posts/a.md")
    with pytest.raises(GeoError, match="not below"):
        below(tmp_path / "a.md", tmp_path / "posts", Path("out"))


def test_only_our_own_output_is_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "draft.optimized.md"
    assert may_overwrite(output, "new")
    output.write_text("somebody's")
    assert not may_overwrite(output, "new")
    write_atomic(output, "ours")
    remember_output(output, "ours")
    assert may_overwrite(output, "new")
    output.write_text("ours, edited")
    assert not may_overwrite(output, "new")
    assert may_overwrite(output, "ours, edited")


def test_a_device_is_written_to_and_not_replaced() -> None:
    null = Path(os.devnull)
    assert may_overwrite(null, "new")
    write_atomic(null, "new")
    assert not null.is_file()
