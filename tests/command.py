"""A command line, run in this process through the same `main` as the installed command."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from geo_optimizer.cli import main


@dataclass(frozen=True)
class Done:
    """What a command printed (`out`), said (`err`), and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


def runner(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """What runs a command line in a test."""

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["geo-optimize", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as done:
            main()
        out, err = capsysbinary.readouterr()
        return Done(done.value.code if isinstance(done.value.code, int) else 0, out.decode(), err.decode())

    return run
