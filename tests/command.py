"""A command line, run in this process as the installed command runs it, but for its end."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from geo_optimizer import cli


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
        code = cli.exit_code()
        out, err = capsysbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return run
