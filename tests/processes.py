"""Real processes: `python -m ingest` and `python -m qa` as a user starts them.

With `fake=True` the child's encoder is the WordEncoder, and all else is the real thing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_FAKE = """
import importlib, sys
import ingest.__main__, qa.desk
from tests.fakes import WordEncoder
for module in (ingest.__main__, qa.desk):
    module.chosen_encoder = WordEncoder
sys.exit(importlib.import_module(sys.argv[1] + '.__main__').main(sys.argv[2:]))
"""


def command(module: str, *arguments: str | Path, fake: bool = True) -> list[str]:
    words = [str(one) for one in arguments]
    if fake:
        return [sys.executable, "-c", _FAKE, module, *words]
    return [sys.executable, "-m", module, *words]


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """No library but the test's own, no network, and warnings where they are shown."""
    guard = tmp_path / "guard"
    guard.mkdir(exist_ok=True)
    (guard / "sitecustomize.py").write_text(
        "import socket\nfrom tests.guard import refuse_the_network\n"
        "refuse_the_network(lambda name, value: setattr(socket.socket, name, value))\n"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SAIDSO_", "HF_", "PYTHON"))}
    return kept | {
        "PYTHONPATH": f"{guard}{os.pathsep}{PROJECT}",
        "SAIDSO_LIBRARY": str(tmp_path / "default-library"),
        "HOME": str(tmp_path),
        **more,
    }


def run(
    module: str, *arguments: str | Path, tmp_path: Path, fake: bool = True, **more: str
) -> subprocess.CompletedProcess[str]:
    return _ended(command(module, *arguments, fake=fake), environment(tmp_path, **more))


def run_script(
    script: str, tmp_path: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    """Python of a test's own, in such a process."""
    return _ended([sys.executable, "-c", script, *map(str, arguments)], environment(tmp_path))


def _ended(words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
