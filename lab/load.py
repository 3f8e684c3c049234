"""`python -m lab.load [--people 50] [--seconds 120] [--data DIR] [--ingest]`: many ask at once.

`app.py` serves a library with the shipped models, as a user starts it: invented articles, or with
`--data` the news articles and their dev questions. Each question is first asked alone; then
everybody asks, one question after the other. An answer counts as mixed up unless it is to its own
question, and quotes what this question got alone or what has come into the library since: with
`--ingest` an article does every few seconds, by the command line.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from lab.questions import news
from lab.served import asked, memory, serving
from tests.processes import PROJECT, command, environment

_PLACES = "Brest Nantes Lyon Lille Nice Metz Dijon Caen Tours Rouen Reims Brive Arles Sens".split()
_THINGS = "harbour bridge tower station museum library market theatre stadium mill".split()
_NAMES = "Anna Bruno Clara David Emma Felix Greta Hugo Irene Jonas Karin Louis Maria".split()
_PATIENCE = 120.0  # seconds that one waits for an answer
_EVERY = 5.0  # seconds between new articles
_SAMPLED = 500  # answers between looks at the memory
_NEW = "new-"

Places = list[tuple[str, int, int]]


@dataclass(slots=True)
class Heard:
    """What all the people were told, in the order it came: appending is safe from many threads."""

    seconds: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)  # the questions
    memory: list[int] = field(default_factory=list)  # MB, every so many answers
    ingested: int = 0


def articles(count: int, mark: str = "a") -> tuple[list[dict[str, str]], list[str]]:
    """(articles, a question for each)"""
    chance = random.Random(mark)
    made, questions = [], []
    pairs = [(place, thing) for place in _PLACES for thing in _THINGS]
    for number, (place, thing) in enumerate(chance.sample(pairs, min(count, len(pairs)))):
        year, name = chance.randrange(1950, 2020), chance.choice(_NAMES)
        text = (
            f"The {thing} of {place} was rebuilt in {year} by the architect {name} Martin."
            f" The works took {chance.randrange(2, 9)} years and were paid for by the council."
            f" Visitors come to {place} from all over the country."
        )
        made.append({"id": f"{mark}{number}", "title": f"The {thing} of {place}", "text": text})
        questions.append(f"Who rebuilt the {thing} of {place}?")
    return made, questions


def places(answer: dict[str, Any]) -> Places:
    shown = answer["quotes"] or answer["nearest"]
    return [(one["article"]["id"], one["start"], one["end"]) for one in shown]


def mixed_up(answer: dict[str, Any], question: str, alone: Places) -> bool:
    old = [one for one in places(answer) if not one[0].startswith(_NEW)]
    if answer["question"] != question:
        return True
    return not set(old) <= set(alone) if len(old) < len(places(answer)) else old != alone


def person(
    url: str, alone: dict[str, Places], number: int, until: float, most: int, heard: Heard
) -> None:
    chance = random.Random(number)
    with httpx.Client(base_url=url, timeout=_PATIENCE) as client:
        while time.monotonic() < until and len(heard.seconds) < most:
            question = chance.choice(sorted(alone))
            started = time.monotonic()
            try:
                answer = asked(client, question)
            except (httpx.HTTPError, ValueError, KeyError, IndexError) as error:
                heard.troubles.append(f"{type(error).__name__}: {error}")
                continue
            heard.seconds.append(time.monotonic() - started)
            if mixed_up(answer, question, alone[question]):
                heard.mixed.append(question)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="how many ask at once (default: 50)")
    parser.add_argument("--seconds", type=float, default=120, help="for how long at most (120)")
    parser.add_argument("--answers", type=int, default=10**9, help="and for how many answers")
    parser.add_argument("--questions", type=int, default=20, help="different ones (default: 20)")
    parser.add_argument("--data", type=Path, help="folder of the news articles and questions")
    parser.add_argument("--ingest", action="store_true", help="new articles come meanwhile")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saidso-load-") as name:
        scratch = Path(name)
        lines, library = scratch / "articles.jsonl", scratch / "library"
        if options.data:
            known = news(options.data)
            lines, questions = known.articles, [one.text for one in known.questions]
            random.Random(1).shuffle(questions)
        else:
            made, questions = articles(140)
            lines.write_text("".join(json.dumps(one) + "\n" for one in made))
        _ingest(lines, library, scratch)
        with serving(library, scratch) as (url, process):
            with httpx.Client(base_url=url, timeout=_PATIENCE) as client:
                alone = {one: places(asked(client, one)) for one in questions[: options.questions]}
            before, started, heard = memory(process), time.monotonic(), Heard()
            until = started + options.seconds
            people = [
                threading.Thread(target=person, args=(url, alone, n, until, options.answers, heard))
                for n in range(options.people)
            ]
            for one in people:
                one.start()
            new = [one for mark in "abcdefgh" for one in articles(140, f"{_NEW}{mark}")[0]]
            while any(one.is_alive() for one in people):
                if options.ingest and time.monotonic() < until:
                    lines = scratch / f"{heard.ingested}.jsonl"
                    lines.write_text(json.dumps(new[heard.ingested]) + "\n")
                    _ingest(lines, library, scratch)
                    heard.ingested += 1
                wait = time.monotonic() + _EVERY
                while time.monotonic() < wait and any(one.is_alive() for one in people):
                    time.sleep(0.2)
                    if len(heard.seconds) >= _SAMPLED * (len(heard.memory) + 1):
                        heard.memory.append(memory(process))
            took, after = time.monotonic() - started, memory(process)
    _say(heard, took)
    print(f"memory of the server: {before} MB before, {heard.memory}, {after} MB after")
    sys.exit(1 if heard.troubles or heard.mixed else 0)


def _ingest(lines: Path, library: Path, scratch: Path) -> None:
    subprocess.run(  # noqa: S603 - this very interpreter
        command("ingest", lines, "--library", library, fake=False),
        cwd=PROJECT, env=environment(scratch), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _say(heard: Heard, took: float) -> None:
    waits = sorted(heard.seconds)
    print(f"{len(waits)} answers in {took:.1f} s, {len(heard.troubles)} errors", end="")
    print(f", {len(heard.mixed)} mixed up, {heard.ingested} articles came meanwhile")
    for what, count in Counter(heard.troubles).most_common(5):
        print(f"  {count} times {what}")
    if waits:
        middle, late = waits[len(waits) // 2], waits[min(len(waits) - 1, len(waits) * 95 // 100)]
        print(f"wait: p50 {middle:.2f} s, p95 {late:.2f} s, longest {waits[-1]:.2f} s")


if __name__ == "__main__":
    main()
