"""kill -9 at any instant, and many processes at once: nothing lost, nothing stale, no mixture."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.dense import Dense
from ingest.errors import LibraryError
from ingest.library import Library
from tests.crasher import IDS, names, version_of
from tests.fakes import WordEncoder, contents
from tests.processes import PROJECT, environment

KILLS = int(os.environ.get("SAIDSO_KILLS", "100"))
LONGEST = 0.4  # seconds from the first change to the kill; a change takes a tenth of that or less

pytestmark = pytest.mark.slow


def possible(log: Path) -> dict[str, set[int]]:
    """For every article the versions it may stand at: the last one done, or one begun after it."""
    may: dict[str, set[int]] = {name: {0} for name in IDS}
    for line in log.read_text().splitlines() if log.exists() else []:
        what, name, version = line.split()
        may[name] = may.get(name, set()) | {int(version)} if what == "begin" else {int(version)}
    return may


def versions(library: Library) -> dict[str, int]:
    """The version every article stands at, after a check that every table agrees with it."""
    return {name: version_of(name, text) for name, text in contents(library).items()}


def first(dense: Dense, name: str) -> tuple[str, int] | None:
    """The article that a question about `name` finds first, and its version there."""
    with dense.nearest(WordEncoder().encode([f"Where is {names(name)} now?"], "query"), 3) as (
        at,
        found,
    ):
        passages = at.passages([one for one, _ in found])
        assert len(passages) == len(found), "a passage that is not there"
        if not found:
            return None
        article = passages[found[0][0]].article
        assert passages[found[0][0]].text in article.text
        return article.id, version_of(article.id, article.text)


def test_a_hundred_kills(tmp_path: Path) -> None:
    folder, articles, log = tmp_path / "library", tmp_path / "articles", tmp_path / "log"
    articles.mkdir()
    chance = random.Random(2022)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crasher", *map(str, (folder, articles, log))],
        cwd=PROJECT,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as forge:
        assert forge.stdin and forge.stdout
        assert forge.stdout.readline() == "ready\n"
        for kill in range(1, KILLS + 1):
            since = "start" if kill % 5 == 0 else "change"  # some are killed while they open it
            print(kill, f"{chance.uniform(0, LONGEST):.4f}", since, file=forge.stdin, flush=True)
            assert forge.stdout.readline() == "killed\n"
            may = possible(log)
            try:
                library = Library(folder)
            except LibraryError as error:  # killed before there was one
                assert "no library at" in str(error)
                assert not any(max(one) for one in may.values())
                continue
            now = versions(library)
            for name in IDS:
                assert now.get(name, 0) in may[name], f"kill {kill}: {name}"
            with Dense(library) as dense:
                assert dense.owns_index, dense.trouble
                with library.snapshot() as snapshot:
                    assert snapshot.pending(1).entries == ()
                    assert dense._index is not None
                    assert dense._index.count() == snapshot.vector_count()
                for name, version in now.items():
                    assert first(dense, name) == (name, version)
            log.write_text("".join(f"done {name} {now.get(name, 0)}\n" for name in IDS))
        forge.stdin.close()
    assert len(now) > 2, "the articles must not all have been removed"
    assert max(now.values()) > KILLS // 2 * 100_000, "late processes must have come to write"


def test_two_that_write_and_one_that_asks(tmp_path: Path) -> None:
    folder, articles = tmp_path / "library", tmp_path / "articles"
    articles.mkdir()
    library = Library(folder, create=True)
    logs = [tmp_path / "0.log", tmp_path / "1.log"]
    halves = [IDS[:4], IDS[4:]]
    script = (
        "import sys; from pathlib import Path; from tests.crasher import work\n"
        "where = [Path(one) for one in sys.argv[1:4]]\n"
        "work(*where, int(sys.argv[4]), ids=sys.argv[6:], index=sys.argv[5] == 'index')\n"
    )
    # One writer asks for the index as well, and does not get it: the one that asks has it.
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, *map(str, (folder, articles, log)), str(seed), *rest],
            cwd=PROJECT,
            env=environment(tmp_path),
        )
        for seed, (log, rest) in enumerate(
            zip(logs, (["index", *halves[0]], ["none", *halves[1]]), strict=True), 1
        )
    ]
    asked = answered = 0
    try:
        with Dense(library, must_own=True, purpose="a chat") as dense:
            while not all(map(Path.exists, logs)):
                assert all(writer.poll() is None for writer in writers)
                time.sleep(0.05)
            end = time.monotonic() + 15
            while time.monotonic() < end:
                name = IDS[asked % len(IDS)]
                log = logs[asked % len(IDS) // 4]
                known_before = possible(log)[name]
                found = first(dense, name)
                known_after = possible(log)[name]
                asked += 1
                if min(known_before) > 0:  # it was there, and not being removed
                    newest = min(known_before)
                    if known_after == known_before:
                        assert found is not None
                        assert found[0] == name
                        assert found[1] >= newest, "a stale answer"
                        answered += 1
                if asked % 7 == 0:
                    dense.catch_up()
            for log in logs:
                log.with_suffix(".stop").touch()
            assert [writer.wait(60) for writer in writers] == [0, 0]
            dense.catch_up()
            assert dense.trouble is None
            now = versions(library)
            for log, ids in zip(logs, halves, strict=True):
                may = possible(log)
                for name in ids:
                    assert {now.get(name, 0)} == may[name], "lost, or not removed"
            for name, version in now.items():
                assert first(dense, name) == (name, version)
            with library.snapshot() as snapshot:
                assert dense._index is not None
                assert dense._index.count() == snapshot.vector_count()
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    assert answered > 50, f"{answered} of {asked} questions told anything"
