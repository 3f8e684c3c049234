"""Whatever is thrown at it: a clear word, the right exit code, and nothing lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import database
from ingest.claim import claimed
from ingest.dense import Dense
from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.read import LARGEST
from qa.users import add
from tests.fakes import contents, put, take_in
from tests.processes import run

ROOT = os.geteuid() == 0


def refused(library: Library, *paths: Path) -> dict[str, str]:
    return {one.source: one.reason for one in take_in(library, *paths).rejected}


def test_a_folder_of_horrors(library: Library, articles: Path) -> None:
    (articles / "a-good.txt").write_text("The first storm.")
    (articles / "empty.txt").touch()
    (articles / "blank.md").write_text(" \n\r\n\u00a0")
    (articles / "empty.jsonl").touch()
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (articles / "damaged.txt").write_bytes(b"\xff\xfea")
    (articles / "matter.md").write_text("---\ntitle: [\n---\nBody.")
    (articles / "large.txt").write_bytes(b"x" * (LARGEST + 1))
    (articles / "dangling.txt").symlink_to("nowhere.txt")
    (articles / "loop.txt").symlink_to("loop.txt")
    (articles / "folder.txt").mkdir()
    os.mkfifo(articles / "pipe.txt")
    os.mkfifo(articles / "pipe.jsonl")
    (articles / "z-good.txt").write_text("The last storm.")
    found = {Path(source).name: reason for source, reason in refused(library, articles).items()}
    expected = {
        "empty.txt": "no text",
        "blank.md": "no text",
        "empty.jsonl": "no text",
        "binary.txt": "binary",
        "damaged.txt": "save it as UTF-8",
        "matter.md": "front matter is not YAML",
        "large.txt": "split it",
        "dangling.txt": "leads nowhere",
        "loop.txt": "leads nowhere",
        "pipe.txt": "not a regular file",
        "pipe.jsonl": "not a regular file",
    }
    assert found.keys() == expected.keys()
    for name, reason in expected.items():
        assert reason in found[name]
    assert sorted(contents(library).values()) == ["The first storm.", "The last storm."]


def test_line_17_is_broken_and_one_has_50_mb(library: Library, articles: Path) -> None:
    path = articles / "a.jsonl"
    with path.open("w") as stream:
        for number in range(1, 31):
            if number == 17:
                stream.write('{"id": "17", "text": "half a li\n')
            elif number == 20:
                stream.write('{"text": "' + "x" * 50_000_000 + '"}\n')
            else:
                stream.write(json.dumps({"id": str(number), "text": f"Storm {number}."}) + "\n")
    assert set(refused(library, path)) == {f"{path}:17", f"{path}:20"}
    assert set(contents(library)) == {str(n) for n in range(1, 31)} - {"17", "20"}


def test_a_file_that_vanishes_between_finding_and_reading(library: Library, articles: Path) -> None:
    from ingest.pipeline import Tally, ingest
    from ingest.read import discover
    from tests.fakes import WordEncoder

    for name in "abc":
        (articles / f"{name}.txt").write_text(f"Storm {name}.")
    files, tally = list(discover([articles])), Tally()
    (articles / "b.txt").unlink()
    ingest(library, WordEncoder(), files, tally=tally, progress=lambda _: None)
    assert [(one.source, one.reason) for one in tally.rejected] == [
        (str(articles / "b.txt"), "vanished")
    ]
    assert set(contents(library)) == {"a", "c"}


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "nothing", "a/" * 3000])
def test_paths_that_cannot_be(library: Library, articles: Path, name: str) -> None:
    assert len(refused(library, articles / name)) == 1


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root may read everything, so the test steps down for as long as it lasts."""
    if not ROOT:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_and_a_file_that_are_closed_to_us(
    articles: Path, request: pytest.FixtureRequest
) -> None:
    from ingest.read import discover, drafts
    from ingest.types import Rejection

    (articles / "closed").mkdir()
    (articles / "closed/a.txt").write_text("x")
    (articles / "closed.txt").write_text("x")
    (articles / "open.txt").write_text("x")
    above = [
        one for one in articles.parents if one.stat().st_uid == os.geteuid() and one != Path("/")
    ]
    modes = {one: one.stat().st_mode for one in above}
    for parent in above:
        parent.chmod(0o755)
    (articles / "closed").chmod(0)
    (articles / "closed.txt").chmod(0)
    request.getfixturevalue("as_nobody")
    found: dict[str, str] = {}
    try:
        for path in (articles, articles / "closed", articles / "closed/a.txt"):
            for file in discover([path]):
                for one in [file] if isinstance(file, Rejection) else drafts(file):
                    if isinstance(one, Rejection):
                        found[one.source] = one.reason
    finally:
        if ROOT:
            os.seteuid(0)
        (articles / "closed").chmod(0o755)
        for parent, mode in modes.items():
            parent.chmod(mode)
    assert found.keys() == {str(articles / n) for n in ("closed", "closed.txt", "closed/a.txt")}
    assert all("not readable: Permission denied" in reason for reason in found.values())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if not ROOT:
        pytest.skip("a small disk to fill can be mounted by root only")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], check=False
    )
    if done.returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk(small_disk: Path, tmp_path: Path, articles: Path) -> None:
    folder = small_disk / "library"
    first = articles / "first.txt"
    first.write_text("The first storm.")
    assert run("ingest", first, "--library", folder, tmp_path=tmp_path).returncode == 0
    ballast = small_disk / "ballast"
    with ballast.open("wb") as stream:
        free = shutil.disk_usage(small_disk).free
        stream.write(b"\0" * (free - 300_000))
    for i in range(60):
        (articles / f"{i:02}.txt").write_text(f"Storm number {i} came. " * 300)
    full = run("ingest", articles, "--library", folder, "--json", tmp_path=tmp_path)
    assert full.returncode in (1, 2), full.stderr
    assert "the disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    taken = set(json.loads(full.stdout)["added"])
    assert len(taken) < 60
    asked = run("qa", "the first storm", "--library", folder, "--json", tmp_path=tmp_path)
    assert "Traceback" not in asked.stderr
    assert asked.returncode == 0 or "disk is full" in asked.stderr, asked.stderr
    ballast.unlink()
    library = Library(folder)
    assert set(contents(library)) == {"first", *taken}, "nothing lost, nothing half there"
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    again = run("ingest", articles, "--library", folder, "--json", tmp_path=tmp_path)
    assert again.returncode == 0, again.stderr
    assert len(contents(library)) == 61
    with Dense(library) as dense:
        assert dense.owns_index, dense.trouble


def newer(folder: Path) -> None:
    Library(folder, create=True)
    with sqlite3.connect(folder / database.FILE) as db:
        db.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")
    db.close()


def foreign(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / database.FILE) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()


def text_in_its_place(folder: Path) -> None:
    folder.mkdir()
    (folder / database.FILE).write_text("Dear diary, " * 1000)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (newer, "made by a newer Saidso"),
        (foreign, "is not a Saidso library"),
        (text_in_its_place, "is not a Saidso library"),
        (lambda folder: folder.write_text("a file"), "no library at|--library"),
        (lambda folder: None, "--library|python -m ingest"),
    ],
    ids=["newer schema", "another program's", "a text file inside", "a file", "nothing"],
)
def test_what_is_no_library(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], object],
    message: str,
) -> None:
    import ingest.__main__
    import qa.__main__

    folder = tmp_path / "place"
    make(folder)
    (tmp_path / "answers.json").write_text("[]")
    attempts = [
        (ingest.__main__.main, ["--list"]),
        (ingest.__main__.main, ["--remove", "x"]),
        (ingest.__main__.main, ["--rebuild"]),
        (qa.__main__.main, ["a question"]),
        (qa.__main__.main, ["--verify", str(tmp_path / "answers.json")]),
    ]
    if folder.exists():
        attempts.append(
            (ingest.__main__.main, [str(tmp_path / "answers.json").replace("json", "txt")])
        )
    before = sorted(path.name for path in tmp_path.rglob("*"))
    for main, arguments in attempts:
        assert main([*arguments, "--library", str(folder)]) == 2, arguments
        said = capsys.readouterr()
        assert said.out == ""
        assert re.fullmatch(rf"saidso: .*({message}).*\n", said.err), said.err
        assert str(folder) in said.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["closed/library", "x" * 300])
def test_a_folder_that_cannot_be_looked_into(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, request: pytest.FixtureRequest
) -> None:
    import ingest.__main__
    import qa.__main__

    (tmp_path / "closed").mkdir(mode=0)
    if "/" in name:
        request.getfixturevalue("as_nobody")
        with pytest.raises(SaidsoError, match="cannot read"):
            add(tmp_path / "closed/users", "anna", "correct horse")
    for main, arguments in (
        (ingest.__main__.main, ["--list"]),
        (qa.__main__.main, ["a question"]),
        (qa.__main__.main, ["--verify", "answers.json"]),
    ):
        assert main([*arguments, "--library", str(tmp_path / name)]) == 2
        said = capsys.readouterr().err
        assert said.startswith("saidso: cannot look into the library folder"), said
        assert str(tmp_path / name) in said and "--library" in said


def test_the_home_of_a_user_who_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qa.__main__ import main

    assert main(["a question", "--library", "~nosuch/library"]) == 2
    monkeypatch.setenv("SAIDSO_LIBRARY", "~nosuch/library")
    assert main(["a question"]) == 2
    said = capsys.readouterr().err
    assert said.count("saidso: no such library folder as ~nosuch/library: ") == 2


def test_a_read_only_place(tmp_path: Path, articles: Path) -> None:
    (articles / "a.txt").write_text("x")
    done = run("ingest", articles, "--library", "/proc/saidso", tmp_path=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("saidso: cannot make the library folder /proc/saidso: ")
    assert "--library" in done.stderr


def test_a_second_owner(library: Library, articles: Path, tmp_path: Path) -> None:
    """Ingesting and asking go on beside the chat, which has the index."""
    (articles / "a.txt").write_text("The storm hit Lyon on Monday.")
    with claimed(library.folder, purpose="the chat", wait=0):
        taken = run("ingest", articles, "--library", library.folder, tmp_path=tmp_path)
        assert (taken.returncode, taken.stderr) == (0, "")
        asked = run("qa", "Lyon storm Monday", "--library", library.folder, tmp_path=tmp_path)
        assert (asked.returncode, asked.stderr) == (0, "")
        assert "The storm hit Lyon on Monday." in asked.stdout
    assert not (library.folder / "chroma").exists()


def test_a_damaged_library_says_so(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    from ingest.__main__ import main

    for i in range(50):
        put(library, f"Storm {i} of the year. " * 50, id=str(i))
    database.checkpoint(library.folder)
    with (library.folder / database.FILE).open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * 200_000)
    assert main(["--list", "--library", str(library.folder)]) == 2
    assert "damaged" in capsys.readouterr().err
