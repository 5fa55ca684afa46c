"""A full disk: the old file is whole, nothing half-written is left, and the user hears it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo_optimizer.corpus.outputs import write_draft
from geo_optimizer.errors import FileError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits as on Linux are needed")

DRAFT = Path(__file__).parent.parent / "samples" / "ai-orchestration.md"
# In a mount namespace of its own: a disk of one page per file, room for the draft and not for a second one.
ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=32k tmpfs disk
cp "$DRAFT" disk/draft.md
chmod 640 disk/draft.md
head -c 100000 /dev/zero > disk/filler 2> /dev/null || true
cd disk
set +e
"$PYTHON" -m geo_optimizer {arguments}
echo "exit code $?"
cmp draft.md "$DRAFT" && echo "the draft is whole"
stat -c %a draft.md
ls -A
"""


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    trial = 'mkdir -p /tmp && mount -t tmpfs tmpfs "$0"'
    return subprocess.run([*NAMESPACE, "sh", "-c", trial, "/tmp"], capture_output=True, check=False).returncode == 0


NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
needs_a_mount = pytest.mark.skipif(not may_mount(), reason="this system lets no user mount a file system (unshare --user --mount)")


def on_a_small_disk(tmp_path: Path, arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "disk").mkdir()
    script = ON_A_SMALL_DISK.format(arguments=arguments)
    env = {**os.environ, "DRAFT": str(DRAFT), "PYTHON": sys.executable, **environment}
    return subprocess.run([*NAMESPACE, "sh", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)


@needs_a_mount
@pytest.mark.parametrize("arguments", ["-i draft.md", "draft.md", "draft.md --output-dir out --base ."])
def test_a_full_disk(tmp_path: Path, arguments: str) -> None:
    done = on_a_small_disk(tmp_path, arguments)
    (error,) = [row for row in done.stderr.split("\n") if row]
    assert error.startswith("error: ")
    assert error.endswith(": it cannot be written: no space left on device (nothing was changed; make room, or choose another place)")
    rows = [row for row in done.stdout.split("\n") if row and row != "out"]
    assert rows == ["exit code 3", "the draft is whole", "640", "draft.md", "filler"]


@needs_a_mount
def test_a_full_cache(tmp_path: Path) -> None:
    done = on_a_small_disk(tmp_path, f"-q draft.md -o {tmp_path}/out.md; cat {tmp_path}/out.md | grep TL.DR", GEO_OPTIMIZER_CACHE="cache")
    assert "exit code 0" in done.stdout
    assert "**TL;DR**" in done.stdout
    (warning,) = [row for row in done.stderr.split("\n") if row]
    assert warning.startswith("warning: the cache cannot be used (no space left on device)")


_WITH_A_LIMIT = """
import resource, sys
from geo_optimizer.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.argv = ["geo-optimize", "-i", "draft.md"]
main()
"""


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_bytes(DRAFT.read_bytes())
    done = subprocess.run([sys.executable, "-c", _WITH_A_LIMIT], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == (
        "error: draft.md: it cannot be written: file too large (nothing was changed; make room, or choose another place)\n"
    )
    assert draft.read_bytes() == DRAFT.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["draft.md"]


def test_a_quota_has_the_same_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")

    def over_quota(handle: int) -> None:
        raise OSError(122, "Disk quota exceeded")  # EDQUOT, which cannot be had without a quota on the file system

    monkeypatch.setattr("os.fsync", over_quota)
    with pytest.raises(FileError, match="disk quota exceeded") as failed:
        write_draft(path, "old", "new")
    assert "make room" in failed.value.hint
    assert (path.read_text(), [p.name for p in tmp_path.iterdir()]) == ("old", ["a.md"])
