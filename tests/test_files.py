"""Drafts are read as they are or refused with the place and the remedy; and which files are drafts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from geo_optimizer.corpus.files import LARGEST_DRAFT, below, beside, decode, read_draft
from geo_optimizer.corpus.finding import find_drafts
from geo_optimizer.errors import DraftRefused, FileError, GeoError, UsageError

REFUSED: list[tuple[str, bytes, str]] = [
    ("a picture", b"\x89PNG\r\n\0\0\xff", "draft.md: it is a binary file (name a Markdown file)"),
    ("UTF-16 with its mark", b"\xff\xfe#\0 \0", "draft.md: it is UTF-16 (save it as UTF-8)"),
    ("UTF-16, the other way round", b"\xfe\xff\0#\0 ", "draft.md: it is UTF-16 (save it as UTF-8)"),
    ("UTF-32 with its mark", "# Harbour".encode("utf-32"), "draft.md: it is UTF-32 (save it as UTF-8)"),
    ("UTF-16 without", "# Über den Hafen\n".encode("utf-16-le"), "draft.md: it is UTF-16 without a byte order mark (save it as UTF-8)"),
    ("UTF-16 without, the other way round", "# Hafen\n".encode("utf-16-be"), "UTF-16 without a byte order mark"),
    ("UTF-32 without", "# Hafen\n".encode("utf-32-be"), "UTF-32 without a byte order mark"),
    (
        "Latin-1",
        "# Hafen\n\nDas Café am Kai\n".encode("latin-1"),
        "draft.md:3: it holds bytes that are not UTF-8: 0xE9 in column 8 (it looks like Windows-1252 or Latin-1; save it as UTF-8)",
    ),
    (
        "one wrong byte in a UTF-8 text with old line ends",
        "# Größe\r\rÜber ".encode() + b"\xfc",
        "draft.md:3: it holds bytes that are not UTF-8: 0xFC in column 6 (the rest of it is UTF-8; type this character again)",
    ),
    ("another alphabet", "Привет, гавань".encode("koi8-r"), "draft.md:1: it holds bytes that are not UTF-8: 0xF0 in column 1 (save it as"),
    ("cut off", "Der Preis: 12 €".encode()[:-1], "draft.md:1: it ends within a character (it seems cut off; restore its end)"),
    ("half a surrogate pair", b"# A\n\n\xed\xa0\xbd\n", "draft.md:3: it holds half a surrogate pair, which is no character (delete it)"),
    ("a NUL late in a text", b"# A\n" * 5000 + b"Harbour\0\n", "draft.md:5001: there is a NUL character (column 8) (delete it)"),
]


@pytest.mark.parametrize(("data", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_utf8_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        decode(data, "draft.md")
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "#", "\ufeffa\r\nb\rc\n", "a\u2028b\x0c\x85c", "\U0001f6a2 ahoy", "a" * 9000])
def test_what_is_utf8_text_is_read_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_bytes(text.encode())
    assert read_draft(tmp_path / "a.md") == text


def test_a_draft_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a" * LARGEST_DRAFT)
    assert len(read_draft(path)) == LARGEST_DRAFT
    with path.open("ab") as file:
        file.write(b"a")
    with pytest.raises(DraftRefused, match="larger than 10 MiB") as refused:
        read_draft(path)
    assert refused.value.slug == "too-large"
    assert len(read_draft(path, largest=None)) == LARGEST_DRAFT + 1


@pytest.mark.parametrize(
    ("name", "slug"), [("none.md", "not-found"), ("folder", "is-a-folder"), ("loop.md", "unreadable"), ("a" * 300 + ".md", "unreadable")]
)
def test_what_cannot_be_read(tmp_path: Path, name: str, slug: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop.md").symlink_to("loop.md")
    with pytest.raises(FileError) as failed:
        read_draft(tmp_path / name)
    assert failed.value.slug == slug
    assert failed.value.hint
    assert "\n" not in str(failed.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are needed")
def test_a_pipe_with_a_name_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(FileError, match="a pipe or a device"):
        read_draft(tmp_path / "pipe.md")
    (tmp_path / "a.md").write_text("x")
    assert find_drafts([str(tmp_path)]) == [tmp_path / "a.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/fd is needed")
def test_a_pipe_that_the_shell_has_opened_is_read() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"# Harbour\n")
    os.close(writer)
    try:
        assert read_draft(Path(f"/dev/fd/{reader}")) == "# Harbour\n"
    finally:
        os.close(reader)


def test_finding_drafts(tmp_path: Path) -> None:
    for name in ("b.md", "a.mdx", "a.optimized.md", "x.txt", ".hidden.md", "node_modules/m.md", "sub/c.markdown"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
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
