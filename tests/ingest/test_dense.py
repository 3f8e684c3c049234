"""Vector search that agrees with one snapshot of the library, whatever befalls the index."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import ingest.dense
from ingest.chroma import VectorIndex
from ingest.claim import claimed
from ingest.dense import Dense, Ranked
from ingest.errors import BusyError, IndexFailed
from ingest.library import Library
from ingest.types import Embedded, Vectors, Window
from tests.fakes import WordEncoder, contents, embedded, put

WORDS = "storm river bridge dam roof flood harbour mayor school market".split()


def asked(dense: Dense, question: str, k: int = 5) -> Ranked:
    with dense.nearest(WordEncoder().encode([question], "query"), k) as (_, ranked):
        return ranked


def texts(dense: Dense, question: str, k: int = 5) -> list[str]:
    with dense.nearest(WordEncoder().encode([question], "query"), k) as (snapshot, ranked):
        stored = snapshot.passages([one for one, _ in ranked])
        return [stored[one].text for one, _ in ranked]


def same(left: Ranked, right: Ranked) -> bool:
    """The same passages in the same order; the sixth digit of a score is the index's own, and so
    is the order of what has nothing to do with the question.
    """
    left, right = ([hit for hit in ranked if hit[1] > 0.01] for ranked in (left, right))
    return [one for one, _ in left] == [one for one, _ in right] and np.allclose(
        [score for _, score in left], [score for _, score in right], atol=1e-5
    )


@pytest.fixture
def filled(library: Library) -> Library:
    for i in range(40):
        a, b, c = (WORDS[(i * step + step) % 10] for step in (1, 3, 7))
        told = " ".join(f"w{j}" for j in range(i))  # so that no two are equally near
        put(library, f"The {a} and the {b} met at the {c} {told}.", id=f"{i:02}")
    return library


def assert_agrees(dense: Dense, library: Library) -> None:
    exact = Dense(library, wait=None)
    for question in ("storm", "river bridge", "the mayor of the flood", "roof w17"):
        assert same(asked(dense, question, 8), asked(exact, question, 8)), question


def test_the_index_agrees_with_the_exact_search(filled: Library) -> None:
    with Dense(filled) as dense:
        assert dense.owns_index
        assert_agrees(dense, filled)
        with filled.snapshot() as snapshot:
            assert snapshot.pending(1).entries == ()


@pytest.mark.parametrize("narrow", [3, 5000], ids=["by the index", "by the vectors"])
def test_only_some_articles(filled: Library, monkeypatch: pytest.MonkeyPatch, narrow: int) -> None:
    monkeypatch.setattr(ingest.dense, "_NARROW", narrow)
    wanted = [f"{i:02}" for i in range(0, 40, 3)]
    vector = WordEncoder().encode(["storm and river"], "query")
    with Dense(filled) as dense:
        with dense.nearest(vector, 100, wanted) as (snapshot, ranked):
            found = {one.article.id for one in snapshot.passages([i for i, _ in ranked]).values()}
        assert found == set(wanted)
        with dense.nearest(vector, 2, wanted) as (_, few):
            assert same(few, ranked[:2])
        with dense.nearest(vector, 5, []) as (_, none):
            assert none == []


def test_the_index_is_behind(filled: Library) -> None:
    with Dense(filled) as dense:
        put(filled, "A storm and a volcano.", id="new")
        put(filled, "A storm of paper and ink.", id="03")
        filled.remove("07")
        assert texts(dense, "volcano", 1) == ["A storm and a volcano."]
        assert_agrees(dense, filled)
        dense.catch_up()
        assert_agrees(dense, filled)


def test_the_index_is_far_behind(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with Dense(filled) as dense:
        monkeypatch.setattr(ingest.dense, "_FAR_BEHIND", 10)
        monkeypatch.setattr(ingest.dense, "_BATCH", 7)
        for i in range(30):
            told = " ".join(f"w{j}" for j in range(i))
            put(filled, f"The volcano and the storm met {told}.", id=f"{i:02}")
        assert_agrees(dense, filled)
        dense.catch_up()
        with filled.snapshot() as snapshot:
            assert snapshot.pending(1).entries == ()
        assert_agrees(dense, filled)


def test_thousands_behind_but_not_too_far(library: Library) -> None:
    """So many results are asked of Chroma that it must be able to give them."""
    random = np.random.default_rng(2022).normal(size=(3000, 16)).astype(np.float32)
    vectors = random / np.linalg.norm(random, axis=1, keepdims=True)
    made = embedded("Storm. " * 20)
    part = made.passages[0]
    import dataclasses

    with Dense(library) as dense:
        for name, size in (("a", 3000), ("b", 1900)):
            parts = tuple(dataclasses.replace(part, start=0, end=6) for _ in range(size))
            article = dataclasses.replace(made.article, id=name)
            seen = tuple(Window(article, place, 0, 6) for place in range(size))
            library.put(Embedded(article, parts, seen, vectors[:size]), origin=name)
            if name == "a":
                dense.catch_up()
        library.remove("b")
        with (
            dense.nearest(vectors[7:8], 50) as (_, found),
            Dense(library, wait=None).nearest(vectors[7:8], 50) as (_, exact),
        ):
            assert same(found, exact)
        assert dense.trouble is None


def test_another_process_owns_the_index(filled: Library) -> None:
    with claimed(filled.folder, purpose="a chat", wait=0):
        with Dense(filled) as dense:
            assert not dense.owns_index
            assert_agrees(dense, filled)
        with pytest.raises(BusyError, match=r"in use by a chat \(process \d+\)"):
            Dense(filled, must_own=True)
    with Dense(filled) as dense:
        assert dense.owns_index


@pytest.mark.parametrize(
    "harm",
    [
        shutil.rmtree,
        lambda folder: [path.write_bytes(b"x") for path in folder.rglob("*") if path.is_file()],
        lambda folder: [path.rename(f"{path}-") for path in folder.rglob("*") if path.is_file()],
        lambda folder: (folder / "chroma.sqlite3").write_bytes(b"x" * 9000),
        lambda folder: (folder / "chroma.sqlite3").rename(folder / "away"),
        lambda folder: folder.rename(folder.with_name("away")) and folder.mkdir(),
        lambda folder: folder.rename(folder.with_name("away")) and folder.write_text("x"),
        lambda folder: [one.rename(f"{one}-away") for one in folder.iterdir() if one.is_dir()],
    ],
    ids=[
        "deleted",
        "all overwritten",
        "all files deleted",
        "database overwritten",
        "database deleted",
        "emptied",
        "a file in its place",
        "vectors deleted",
    ],
)
def test_a_damaged_index_is_built_again(filled: Library, harm: Callable[[Path], object]) -> None:
    with Dense(filled):
        pass
    harm(filled.folder / "chroma")
    with Dense(filled) as dense:
        assert_agrees(dense, filled)
        assert dense.owns_index, dense.trouble
    with Dense(filled) as dense:
        assert_agrees(dense, filled)
        assert dense.owns_index, dense.trouble


def test_an_index_deleted_under_an_open_chat(filled: Library) -> None:
    with Dense(filled) as dense:
        shutil.rmtree(filled.folder / "chroma")
        put(filled, "A storm and a volcano.", id="new")
        dense.catch_up()
        assert texts(dense, "volcano", 1) == ["A storm and a volcano."]
        assert_agrees(dense, filled)
    with Dense(filled) as dense:
        assert dense.owns_index
        assert_agrees(dense, filled)


def test_what_was_lost_between_the_index_and_the_library(filled: Library) -> None:
    """A library restored from yesterday's backup, beside today's index."""
    with Dense(filled):
        pass
    filled_file = filled.folder / "library.sqlite"
    backup = filled_file.with_suffix(".backup")
    source, target = sqlite3.connect(filled_file), sqlite3.connect(backup)
    source.backup(target)
    source.close()
    target.close()
    put(filled, "A storm and a volcano.", id="new")
    with Dense(filled) as dense:
        assert texts(dense, "volcano", 1) == ["A storm and a volcano."]
    for suffix in ("-wal", "-shm"):
        Path(f"{filled_file}{suffix}").unlink(missing_ok=True)
    backup.replace(filled_file)
    with Dense(filled) as dense:
        assert "A storm and a volcano." not in texts(dense, "volcano storm", 50)
        assert_agrees(dense, filled)
        with filled.snapshot() as snapshot:
            assert dense._index is not None, "it is ours"
            assert dense._index.count() == snapshot.vector_count() == 40, "nothing of today is left"


@pytest.mark.parametrize("versions", [200, pytest.param(3000, marks=pytest.mark.slow)])
def test_old_or_new_never_both_never_neither(library: Library, versions: int) -> None:
    """Questions while one article is swapped again and again, the index following behind."""
    for i in range(5):
        put(library, f"The river rose {i} times.", id=f"other-{i}")
    put(library, "The storm has number 0.")
    made = [embedded(f"The storm has number {i}.") for i in range(1, versions + 1)]
    seen: list[int] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def ask(dense: Dense) -> None:
        try:
            while not done.is_set():
                found = [text for text in texts(dense, "storm number", 4) if "storm" in text]
                assert len(found) == 1, found
                seen.append(int(found[0].split()[-1].rstrip(".")))
        except BaseException as error:
            failures.append(error)

    def follow(dense: Dense) -> None:
        try:
            while not done.is_set():
                dense.catch_up()
        except BaseException as error:
            failures.append(error)

    with Dense(library) as dense:
        threads = [threading.Thread(target=one, args=[dense]) for one in (ask, ask, follow)]
        for thread in threads:
            thread.start()
        for one in made:
            library.put(one, origin="x")
            if failures:
                break
        done.set()
        for thread in threads:
            thread.join()
        assert failures == []
        assert dense.trouble is None
        dense.catch_up()
        assert texts(dense, "storm", 1) == [f"The storm has number {versions}."]
    assert len(set(seen)) > versions / 50, "the questions must have come in between"
    assert len(contents(library)) == 6


def test_closing_beside_questions(filled: Library) -> None:
    dense = Dense(filled)
    threads = [
        threading.Thread(target=lambda: [asked(dense, "storm") for _ in range(20)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    dense.close()
    dense.close()
    for thread in threads:
        thread.join()
    assert_agrees(dense, filled)
    with Dense(filled) as another:
        assert another.owns_index


def test_dead_rows_are_swept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chroma never reclaims a replaced vector; the next to open a swollen index starts it anew."""
    monkeypatch.setattr(ingest.dense, "_WORTH_SWEEPING", 0.01)
    with Dense(library):
        pass
    for i in range(15):
        put(library, f"The storm has number {i}.")
    with library.snapshot() as snapshot:
        before = snapshot.noted("generation")
    with Dense(library) as dense:
        assert_agrees(dense, library)
    with library.snapshot() as snapshot:
        assert snapshot.noted("generation") != before
        assert snapshot.ids_handed_out() == 0
    chroma = library.folder / "chroma"
    assert len([one for one in chroma.iterdir() if one.is_dir()]) <= 1
    for _ in range(2):  # a generation's own beginning makes none of the next swollen
        generation = library.restart_index()
        with library.snapshot() as snapshot:
            assert snapshot.ids_handed_out() == 0
        with Dense(library), library.snapshot() as snapshot:
            assert snapshot.noted("generation") == generation


@pytest.mark.parametrize(("failures", "owns"), [(1, True), (2, False)])
def test_an_index_that_fails_while_it_is_opened_is_built_anew_once(
    library: Library, monkeypatch: pytest.MonkeyPatch, failures: int, owns: bool
) -> None:
    put(library, "A storm hit Lyon.")
    add, left = VectorIndex.add, [IndexFailed("damaged")] * failures

    def fails_first(self: VectorIndex, ids: list[int], vectors: Vectors) -> None:
        if left:
            raise left.pop()
        add(self, ids, vectors)

    monkeypatch.setattr(VectorIndex, "add", fails_first)
    with Dense(library) as dense:
        assert dense.owns_index == owns and (dense.trouble is None) == owns
        (vector,) = WordEncoder().encode(["storm"], "query")
        with dense.nearest(vector, 1) as (_, ranked):
            assert len(ranked) == 1
    with Dense(library) as dense:
        assert dense.owns_index and dense.trouble is None
