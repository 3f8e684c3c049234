"""`python -m lab.load [--people 50] [--seconds 20]`: many people ask at once.

A library of invented articles is served by `app.py`, with the shipped models, as a user starts it.
Each question is first asked alone; then everybody asks, one question after the other, over the
documented endpoint. An answer counts as mixed up unless it is to its own question and has the very
quotes that this question got alone.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.processes import PROJECT, command, environment

_PLACES = "Brest Nantes Lyon Lille Nice Metz Dijon Caen Tours Rouen Reims Brive Arles Sens".split()
_THINGS = "harbour bridge tower station museum library market theatre stadium mill".split()
_NAMES = "Anna Bruno Clara David Emma Felix Greta Hugo Irene Jonas Karin Louis Maria".split()
_PATIENCE = 120.0  # seconds that one waits for an answer


@dataclass(slots=True)
class Heard:
    """What all the people were told, in the order it came: appending is safe from many threads."""

    seconds: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)  # the questions


def articles(count: int) -> tuple[list[dict[str, str]], list[str]]:
    """(articles, a question for each)"""
    chance = random.Random(1)
    made, questions = [], []
    pairs = [(place, thing) for place in _PLACES for thing in _THINGS]
    for number, (place, thing) in enumerate(chance.sample(pairs, min(count, len(pairs)))):
        year, name = chance.randrange(1950, 2020), chance.choice(_NAMES)
        text = (
            f"The {thing} of {place} was rebuilt in {year} by the architect {name} Martin."
            f" The works took {chance.randrange(2, 9)} years and were paid for by the council."
            f" Visitors come to {place} from all over the country."
        )
        made.append({"id": f"a{number}", "title": f"The {thing} of {place}", "text": text})
        questions.append(f"Who rebuilt the {thing} of {place}?")
    return made, questions


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


def places(answer: dict[str, Any]) -> list[tuple[str, int, int]]:
    shown = answer["quotes"] or answer["nearest"]
    return [(one["article"]["id"], one["start"], one["end"]) for one in shown]


def person(url: str, alone: dict[str, Any], number: int, until: float, heard: Heard) -> None:
    chance = random.Random(number)
    with httpx.Client(base_url=url, timeout=_PATIENCE) as client:
        while time.monotonic() < until:
            question = chance.choice(sorted(alone))
            started = time.monotonic()
            try:
                answer = asked(client, question)
            except (httpx.HTTPError, ValueError, KeyError, IndexError) as error:
                heard.troubles.append(f"{type(error).__name__}: {error}")
                continue
            heard.seconds.append(time.monotonic() - started)
            if answer["question"] != question or places(answer) != alone[question]:
                heard.mixed.append(question)


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="how many ask at once (default: 50)")
    parser.add_argument("--seconds", type=float, default=20, help="for how long (default: 20)")
    parser.add_argument("--articles", type=int, default=140, help="at most 140 (the default)")
    parser.add_argument("--questions", type=int, default=20, help="different ones (default: 20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saidso-load-") as name:
        scratch = Path(name)
        lines, library = scratch / "articles.jsonl", scratch / "library"
        made, questions = articles(options.articles)
        lines.write_text("".join(json.dumps(one) + "\n" for one in made))
        subprocess.run(  # noqa: S603 - this very interpreter
            command("ingest", lines, "--library", library, fake=False),
            cwd=PROJECT, env=environment(scratch), check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        with serving(library, scratch) as (url, process):
            with httpx.Client(base_url=url, timeout=_PATIENCE) as client:
                alone = {one: places(asked(client, one)) for one in questions[: options.questions]}
            before, started = memory(process), time.monotonic()
            heard = ask_all(url, alone, options.people, started + options.seconds)
            took, after, peak = (
                time.monotonic() - started,
                memory(process),
                memory(process, "VmHWM"),
            )
    _say(heard, took)
    print(f"memory of the server: {before} MB before, {after} MB after, {peak} MB at most")
    sys.exit(1 if heard.troubles or heard.mixed else 0)


def ask_all(url: str, alone: dict[str, Any], people: int, until: float) -> Heard:
    heard = Heard()
    threads = [
        threading.Thread(target=person, args=(url, alone, number, until, heard))
        for number in range(people)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return heard


def _say(heard: Heard, took: float) -> None:
    waits = sorted(heard.seconds)
    print(f"{len(waits)} answers in {took:.1f} s, {len(heard.troubles)} errors", end="")
    print(f", {len(heard.mixed)} mixed up")
    for what, count in Counter(heard.troubles).most_common(5):
        print(f"  {count} times {what}")
    if waits:
        middle, late = waits[len(waits) // 2], waits[min(len(waits) - 1, len(waits) * 95 // 100)]
        print(f"wait: p50 {middle:.2f} s, p95 {late:.2f} s, longest {waits[-1]:.2f} s")


if __name__ == "__main__":
    main()
