"""Fetch the examples of the CommonMark specification (0.31.2), as JSON, for `tests/test_commonmark.py`.

    python scripts/fetch_commonmark.py

They come with the source distribution of markdown-it-py, in the version that
is installed, through pip; what is written is the file with the hash below or
nothing. They are not ours to redistribute, so they are not in the repository.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

TARGET = Path(__file__).parent.parent / "tests" / ".data" / "commonmark.json"
MEMBER = "tests/test_cmark_spec/commonmark.json"
SHA256 = "d431b29d97b6f73e69d547109cf5081578fac931e72afe95639ebe766c1b2a20"


def fetch() -> bytes:
    """The examples, from the source distribution of the installed markdown-it-py."""
    name = f"markdown-it-py=={version('markdown-it-py')}"
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "markdown-it-py", "-d", folder, name]
        subprocess.run(pip, check=True)
        (archive,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as files:
            member = next(m for m in files if m.name.endswith(MEMBER))
            content = files.extractfile(member)
            assert content is not None, f"{MEMBER} is no file"
            return content.read()


def main() -> int:
    if TARGET.exists() and hashlib.sha256(TARGET.read_bytes()).hexdigest() == SHA256:
        print(f"{TARGET} is there")
        return 0
    examples = fetch()
    found = hashlib.sha256(examples).hexdigest()
    if found != SHA256:
        print(f"{MEMBER} has SHA-256 {found}, not {SHA256}: look at what changed, then set it in this script", file=sys.stderr)
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(examples)
    print(f"{TARGET} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
