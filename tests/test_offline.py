"""Everything works with the network cable out, and nothing tries to find one."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guard import NetworkCall
from tests.processes import PROJECT, environment, run

SEED = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "::ffff:192.0.2.1"])
def test_the_guard_guards(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as way_out, pytest.raises(NetworkCall):
        way_out.connect((host, 80))


def test_the_guard_guards_a_child(tmp_path: Path) -> None:
    script = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=5)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=environment(tmp_path, http_proxy="", HTTP_PROXY=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "NetworkCall" in done.stderr


def test_loopback_is_no_way_out() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_taking_in_and_asking_with_the_index(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    taken = run("ingest", SEED, "--library", folder, tmp_path=tmp_path)
    assert (taken.returncode, taken.stderr) == (0, "")
    asked = run("qa", "Qui livre des drones ?", "--library", folder, tmp_path=tmp_path)
    assert (asked.returncode, asked.stderr) == (0, "")


@pytest.mark.slow
def test_the_real_encoder(tmp_path: Path) -> None:
    """No call, and no noise on the standard error either: not a bar, not a warning."""
    folder = tmp_path / "library"
    taken = run("ingest", SEED, "--library", folder, "--json", tmp_path=tmp_path, fake=False)
    assert (taken.returncode, taken.stderr) == (0, "")
    assert len(json.loads(taken.stdout)["added"]) == 1
    question = "Qui fournit des munitions à la Russie ?"
    asked = run("qa", question, "--library", folder, "--json", tmp_path=tmp_path, fake=False)
    assert (asked.returncode, asked.stderr) == (0, "")
    text = next(SEED.glob("*.txt")).read_text("utf-8")
    answer = json.loads(asked.stdout)
    for quote in answer["quotes"] + answer["nearest"]:
        assert text[quote["start"] : quote["end"]] == quote["text"]
