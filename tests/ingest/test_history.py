"""Old versions stay, what was read is not read again, and a folder is followed."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.formats import apart
from ingest.history import history
from ingest.identify import Shelf
from ingest.ledger import Ledger, fingerprint
from ingest.library import Library
from ingest.read import File
from ingest.types import Change
from ingest.watch import changes, gone
from tests import documents
from tests.fakes import take_in


def test_what_changed(library: Library, articles: Path) -> None:
    path = articles / "a.txt"
    for text in (
        "date 2022-09 The dam held. Two metres.",
        "date 2022-09-05 The dam broke. Two metres.",
    ):
        path.write_text(text)
        take_in(library, path)
    told = history(library, "a").splitlines()
    assert [line.strip() for line in told if line.startswith("    ")] == [
        "title: The dam held. -> The dam broke.",
        "published: 2022-09 -> 2022-09-05",
        "- date 2022-09",
        "- The dam held.",
        "+ date 2022-09-05",
        "+ The dam broke.",
    ]
    assert told[-1] != told[0] and sum("(current)" in line for line in told) == 1
    with library.snapshot() as snapshot:
        (_, old), _ = snapshot.versions("a")
        kept = snapshot.article("a", old)
        assert kept is not None and kept.text.startswith("date 2022-09 The dam held.")


def test_a_page_that_was_read_is_not_read_again(
    library: Library, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (articles / "a.html").write_bytes(documents.page())
    (articles / "b.txt").write_text("The dam held.")
    assert set(take_in(library, articles).changes.values()) == {Change.ADDED}

    def never(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("ingest.read.apart.drafts", never)
    os.utime(articles / "a.html")
    assert take_in(library, articles).changes == {"a": Change.UNCHANGED, "b": Change.UNCHANGED}
    monkeypatch.undo()
    touched = documents.page().replace(b"<nav>", b"<nav class='new'>")
    (articles / "a.html").write_bytes(touched)  # another file, the same article
    assert take_in(library, articles).changes["a"] is Change.UNCHANGED
    apart.close()


def test_a_note_that_does_not_fit_the_library_counts_for_nothing(
    library: Library, articles: Path
) -> None:
    path = articles / "a.jsonl"
    path.write_text('{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n')
    take_in(library, path)
    seal = fingerprint(File(path, "a.jsonl"))
    assert seal is not None

    def known() -> bool:
        with library.snapshot() as snapshot:
            shelf = Shelf(snapshot.shelved())
        return Ledger(library, shelf).unchanged(str(path), seal) is not None

    assert known()
    library.remove("2")
    assert not known()
    assert take_in(library, path).changes == {"1": Change.UNCHANGED, "2": Change.ADDED}
    assert known()
    path.write_text('{"id": "1", "text": "One."}\n')
    take_in(library, path)
    assert fingerprint(File(path, "a.jsonl", {"text": "body"})) != fingerprint(
        File(path, "a.jsonl")
    )


def test_a_removed_article_leaves_no_note_of_its_file(library: Library, articles: Path) -> None:
    (articles / "secret.txt").write_text("One storm.")
    (articles / "two.jsonl").write_text('{"id": "1", "text": "A."}\n{"id": "2", "text": "B."}\n')
    take_in(library, articles)
    for one in ("secret", "1"):
        library.remove(one)
    library.scrub()
    stored = (library.folder / "library.sqlite").read_bytes()
    assert b"secret.txt" not in stored and b"two.jsonl" in stored


def test_a_refusal_is_told_again(library: Library, articles: Path) -> None:
    (articles / "a.jsonl").write_text('{"id": "1", "text": "One."}\n{\n')
    for _ in range(2):
        assert len(take_in(library, articles).rejected) == 1


@contextmanager
def followed(path: Path) -> Iterator[Callable[[], list[str]]]:
    """What `changes` says of `path`, one list of names at a time."""
    stop, found = threading.Event(), queue.Queue[list[str]]()

    def follow() -> None:
        for files in changes([str(path)], stop):
            found.put([one.name for one in files])

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield lambda: found.get(timeout=30)
    finally:
        stop.set()
        thread.join(10)


def test_a_folder_is_followed(library: Library, articles: Path) -> None:
    (articles / "old.txt").write_text("The dam held.")
    with followed(articles) as told:
        assert told() == ["old.txt"]
        (articles / "picture.png").write_bytes(b"x")
        (articles / "new.txt").write_text("The dam held.")
        assert told() == ["new.txt"]
        (articles / "old.txt").unlink()
        assert told() == []
    take_in(library, articles)
    with library.snapshot() as snapshot:
        shelved = snapshot.shelved()
    assert gone(shelved, [str(articles)]) == []
    (articles / "new.txt").unlink()
    assert gone(shelved, [str(articles)]) == ["new"]
    assert gone(shelved, [str(articles / "elsewhere")]) == []


def test_folders_that_come_and_go_are_followed(articles: Path, tmp_path: Path) -> None:
    away = tmp_path / "press"
    away.mkdir()
    (away / "a.txt").write_text("The dam held.")
    with followed(articles) as told:
        assert told() == []
        away.rename(articles / "press")
        assert told() == ["press/a.txt"]
        (articles / "press").rename(away)
        assert told() == []


def test_a_file_that_is_replaced_is_followed(articles: Path) -> None:
    with followed(articles / "a.txt") as told:
        for text in ("One.", "Two.", "Three."):  # as an editor saves; at first it is not there
            (articles / "new").write_text(text)
            (articles / "new").rename(articles / "a.txt")
            assert told() == ["a.txt"]
