"""A process to be killed: it adds, changes and removes articles as fast as it can.

`python -m tests.crasher LIBRARY ARTICLES LOG` forks one such process for each line `SEED SECONDS
FROM` that it reads, kills it with SIGKILL so many seconds after FROM, its `start` or its first
`change`, and answers with a line. The forking is there for speed: all that is slow to import is
imported once.

The log tells what was begun and what was done: `begin ID VERSION`, `done ID VERSION`; the version
of what is removed is 0. It is written past Python's buffers, so a kill loses none of it.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import chromadb  # noqa: F401 - imported before the clock starts

from ingest.dense import Dense
from ingest.language import detect
from ingest.library import Library
from tests.fakes import take_in

IDS = [f"article{i}" for i in range(8)]


def names(name: str) -> str:
    """Three words of its own: one that hashes as a word of another article does not matter."""
    return f"{name} {name}a {name}b"


def text_of(name: str, version: int) -> str:
    """All of it tells which version it is; enough of it for some passages."""
    said = f"The {names(name)} is now at version v{version} of its text. "
    return (said * 20).strip() + "\n\nÀ lire aussi Autre chose\n\n" + (said * 10).strip()


def version_of(name: str, text: str) -> int:
    said = re.search(r" v(\d+) ", text)
    version = int(said[1]) if said else 0
    assert text == text_of(name, version), "a mixture of versions"
    return version


def logger(path: Path) -> Callable[[str], None]:
    stream = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def tell(line: str) -> None:
        os.write(stream, f"{line}\n".encode())

    return tell


def work(
    folder: Path, articles: Path, log: Path, seed: int, *, ids: list[str], index: bool = True
) -> None:
    """Until killed, or until `log` has a file `.stop` beside it."""
    chance, tell, stop = random.Random(seed), logger(log), log.with_suffix(".stop")
    library = Library(folder, create=True)
    version = seed * 100_000
    with closing(Dense(library, wait=0.0 if index else None)) as dense:
        while not stop.exists():
            version += 1
            name = chance.choice(ids)
            removing = chance.random() < 0.2
            tell(f"begin {name} {0 if removing else version}")
            if removing:
                library.remove(name)
            else:
                (articles / f"{name}.txt").write_text(text_of(name, version))
                take_in(library, articles / f"{name}.txt")
            tell(f"done {name} {0 if removing else version}")
            if chance.random() < 0.5:
                dense.catch_up()


def main() -> None:
    folder, articles, log = map(Path, sys.argv[1:4])
    detect("Warm up the language model, which takes a second.")
    print("ready", flush=True)
    for line in sys.stdin:
        seed, seconds, since = line.split()
        before = log.stat().st_size if log.exists() else 0
        child = os.fork()
        if child == 0:
            try:
                work(folder, articles, log, int(seed), ids=IDS)
            finally:
                os._exit(1)  # it never ends by itself
        while since == "change" and (not log.exists() or log.stat().st_size == before):
            time.sleep(0.001)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)


if __name__ == "__main__":
    main()
