"""No test reaches the network, a model, or the user's own files."""

from __future__ import annotations

import os
import socket
import sys

import pytest
from hypothesis import settings

from command import Run, runner

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("untimed")

_LOOPBACK = ("127.", "localhost", "::1")


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: below every library, and in force however a connection is made."""
    if event == "socket.getaddrinfo" and not str(arguments[0]).startswith(_LOOPBACK):
        raise socket.gaierror(socket.EAI_NONAME, "names are not looked up in tests")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not str(arguments[1][0]).startswith(_LOOPBACK):
        raise OSError(f"no connection to {arguments[1][0]} in tests")


sys.addaudithook(_refuse_the_network)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home and a cache of its own for each test; no key, whatever the machine has."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("ANTHROPIC_", "GEO_OPTIMIZER_", "NLTK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in this process."""
    return runner(monkeypatch, capsysbinary)
