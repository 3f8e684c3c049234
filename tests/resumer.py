"""An ingest to be killed: `python -m tests.resumer LIBRARY PATH`.

For each line `COUNT SECONDS` it forks one ingest of PATH and kills it with SIGKILL so many seconds
after COUNT articles were reported as done; it answers with the number that were, or with `ended
COUNT` where the ingest was quicker. Forked, so that what is slow to import is imported once.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

from ingest.language import detect
from ingest.library import Library
from ingest.pipeline import Tally, ingest
from ingest.read import discover
from tests.fakes import WordEncoder


def dot(pipe: int, _: str) -> None:
    os.write(pipe, b".")


def main() -> None:
    folder, path = map(Path, sys.argv[1:3])
    detect("Warm up the language model, which takes a second.")
    print("ready", flush=True)
    for line in sys.stdin:
        count, seconds = line.split()
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            ingest(
                Library(folder, create=True),
                WordEncoder(),
                discover([path]),
                tally=Tally(),
                progress=partial(dot, tell),
            )
            os._exit(0)
        os.close(tell)
        done = 0
        while done < int(count) and (more := os.read(told, int(count) - done)):
            done += len(more)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        while more := os.read(told, 4096):
            done += len(more)
        os.close(told)
        _, status = os.waitpid(child, 0)
        print(done if os.WIFSIGNALED(status) else f"ended {done}", flush=True)


if __name__ == "__main__":
    main()
