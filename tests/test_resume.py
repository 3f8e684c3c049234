"""kill -9 in the middle of an ingest of many: what was reported is in, the rest comes next time."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.library import Library
from ingest.types import Change
from tests.fakes import WordEncoder, contents, take_in
from tests.processes import PROJECT, environment

COUNT, KILLS = 60, 4
Texts = dict[str, str]


def text_of(number: int, version: int | bool) -> str:
    said = f"The harbour number h{number} stands at version v{int(version)} of its story. "
    return (said * 30).strip() + "\n\n" + (said.replace("harbour", "bridge") * 10).strip()


def files(folder: Path, texts: Texts) -> None:
    for path in folder.iterdir():
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def lines(folder: Path, texts: Texts) -> None:
    rows = (json.dumps({"id": name, "text": text}) for name, text in texts.items())
    (folder / "all.jsonl").write_text("\n".join(rows))


@contextmanager
def forge(folder: Path, path: Path, tmp_path: Path) -> Iterator[Callable[[int, float], int]]:
    """What kills an ingest of `path`, see tests/resumer.py, and says how many articles it told."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.resumer", str(folder), str(path)],
        cwd=PROJECT,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin and child.stdout
        assert child.stdout.readline() == "ready\n"

        def kill(count: int, seconds: float) -> int:
            print(count, seconds, file=child.stdin, flush=True)
            assert child.stdout
            said = child.stdout.readline()
            assert not said.startswith("ended"), "it was to be killed before it ended"
            return int(said)

        yield kill
        child.stdin.close()


def standing(folder: Path) -> Texts:
    """What the library holds, every table checked; nothing where there is none yet."""
    try:
        return contents(Library(folder))
    except LibraryError as error:
        assert "no library at" in str(error)
        return {}


@pytest.mark.slow
@pytest.mark.parametrize("write", [files, lines], ids=["files", "lines"])
def test_killed_again_and_again(
    write: Callable[[Path, Texts], None], articles: Path, tmp_path: Path
) -> None:
    """While the first articles come in, and then while some change and others are new."""
    chance, folder = random.Random(60), tmp_path / "library"
    first = {f"a{n:03}": text_of(n, 0) for n in range(COUNT)}
    then = {name: text_of(int(name[1:]), int(name[1:]) % 3 == 0) for name in first}
    then |= {f"b{n:03}": text_of(1000 + n, 0) for n in range(COUNT // 3)}
    now: Texts = {}
    with forge(folder, articles, tmp_path) as kill:
        for texts in (first, then):
            write(articles, texts)
            before, to_do = now, _right(texts) - _right(now, texts)
            for number in range(1, KILLS + 1):
                held = _right(now, texts)
                done = kill(held + chance.randint(0, to_do // 10), chance.uniform(0, 0.01))
                now = standing(folder)
                assert all(now[name] in (before.get(name), texts[name]) for name in now)
                assert _right(now, texts) >= max(held, done), f"kill {number}: told, and not there"
            left = {name for name, text in texts.items() if now.get(name) != text}
            assert 0 < len(left) < to_do, "the kills must leave something, and not all"
            encoder = WordEncoder()
            tally = take_in(Library(folder), articles, encoder=encoder)
            assert {n for n, what in tally.changes.items() if what is not Change.UNCHANGED} == left
            assert tally.changes.keys() == texts.keys()
            now = standing(folder)
            assert now == texts
    encoder = WordEncoder()
    tally = take_in(Library(folder), articles, encoder=encoder)
    assert set(tally.changes.values()) == {Change.UNCHANGED}
    assert encoder.encoded == []


def _right(held: Texts, wanted: Texts | None = None) -> int:
    """How many are as they are wanted."""
    return sum((wanted or held).get(name) == text for name, text in held.items())
