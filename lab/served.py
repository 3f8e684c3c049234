"""The chat as a user starts it, in a process of its own, asked over its documented endpoint."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.processes import PROJECT, environment


def asked(client: httpx.Client, question: str) -> dict[str, Any]:
    """The answer over HTTP, as the README documents it. Raises ValueError where there is none."""
    call = client.post("/gradio_api/call/ask", json={"data": [question]})
    call.raise_for_status()
    kind = ""
    with client.stream("GET", f"/gradio_api/call/ask/{call.json()['event_id']}") as lines:
        for line in lines.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: ") and kind in {"complete", "error"}:
                told = json.loads(line.removeprefix("data: "))
                if kind == "error":
                    raise ValueError(f"the server says: {told}")
                answer: dict[str, Any] = told[0]
                return answer
    raise ValueError("the answer broke off")


@contextmanager
def serving(library: Path, scratch: Path) -> Iterator[tuple[str, int]]:
    """(address, process id) of the chat, once it answers questions."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, started = f"http://127.0.0.1:{port}", time.monotonic()
    with (scratch / "chat.log").open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "app.py", "--library", str(library), "--port", str(port)],
            cwd=PROJECT, env=environment(scratch), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        while not _ready(url):
            if child.poll() is not None or time.monotonic() - started > 300:
                sys.exit(f"the chat does not start:\n{(scratch / 'chat.log').read_text()}")
            time.sleep(0.2)
        yield url, child.pid
    finally:
        child.terminate()
        child.wait(60)


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def memory(process: int, what: str = "VmRSS") -> int:
    """In MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) // 1024
    return 0
