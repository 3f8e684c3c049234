"""What holds for every test: no way out of this machine, and no library but its own."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from ingest.library import Library
from tests.fakes import WordEncoder
from tests.guard import refuse_the_network

settings.register_profile(
    "saidso",
    deadline=None,  # the machine may be busy
    max_examples=int(os.environ.get("SAIDSO_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)
settings.load_profile("saidso")

# What a shell starts in the background ignores Ctrl-C, and so would every process a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def network_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_the_network(lambda name, value: monkeypatch.setattr(socket.socket, name, value))


@pytest.fixture(autouse=True)
def no_library_but_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAIDSO_LIBRARY", str(tmp_path / "default-library"))
    monkeypatch.delenv("SAIDSO_ENCODER", raising=False)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", create=True)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


Saidso = Callable[..., Any]


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[WordEncoder]:
    """The encoder of both command lines for the length of a test."""
    import ingest.__main__
    import qa.desk

    words = WordEncoder()
    for module in (ingest.__main__, qa.desk):
        monkeypatch.setattr(module, "chosen_encoder", lambda: words)
    yield words
