"""The system of record: whole versions only, and words found however they are written."""

from __future__ import annotations

import json
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from ingest import database
from ingest.dense import Dense
from ingest.errors import EncoderError, LibraryError
from ingest.library import Library
from ingest.snapshot import Stamp
from ingest.stamp import checked
from ingest.types import Change
from ingest.upkeep import rebuild
from tests.fakes import WordEncoder, contents, embedded, put, sought

SCHEMA_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE version (
    article TEXT NOT NULL, digest TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    author TEXT, published TEXT, language TEXT NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL,
    ingested TEXT NOT NULL, PRIMARY KEY (article, digest));
CREATE TABLE article (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, origin TEXT NOT NULL,
    FOREIGN KEY (id, digest) REFERENCES version (article, digest));
CREATE INDEX article_origin ON article (origin);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL REFERENCES article (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE INDEX passage_article ON passage (article);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('add', 'drop')));
CREATE VIRTUAL TABLE lexical USING fts5 (
    folded, stems, tokenize = "unicode61 remove_diacritics 2");
PRAGMA application_id = 5905744;
PRAGMA user_version = 1;
"""


def found(library: Library, question: str, *languages: str) -> list[str]:
    with library.snapshot() as snapshot:
        ranked = snapshot.lexical(sought(question, *languages), 10)
        stored = snapshot.passages([one for one, _ in ranked])
        return [stored[one].article.id for one, _ in ranked]


def test_put_says_what_it_did(library: Library) -> None:
    assert library.put(embedded("One."), origin="x") is Change.ADDED
    assert library.put(embedded("One."), origin="x") is Change.UNCHANGED
    assert library.put(embedded("Two."), origin="x") is Change.CHANGED
    assert contents(library) == {"storm": "Two."}


def test_an_article_comes_back_as_it_was(library: Library) -> None:
    made = embedded("date 2022-09 L’été.\r\n\r\nÀ lire aussi X 😀\n\nFin\u00a0!")
    library.put(made, origin="x")
    with library.snapshot() as snapshot:
        assert list(snapshot.articles()) == [made.article] == [snapshot.article("storm")]
        assert snapshot.article("storm", made.article.digest) == made.article
        assert snapshot.article("storm", "0" * 64) is None
        assert snapshot.article("none") is None


def test_an_earlier_version_is_kept(library: Library) -> None:
    before = embedded("One.").article
    put(library, "One.")
    put(library, "Two.")
    with library.snapshot() as snapshot:
        assert snapshot.article("storm", before.digest) == before


def test_a_snapshot_does_not_move(library: Library) -> None:
    put(library, "The old storm.")
    with library.snapshot() as snapshot:
        put(library, "The new storm.")
        library.remove("storm")
        assert [one.text for one in snapshot.articles()] == ["The old storm."]
        assert snapshot.count() == (1, 1)
    assert contents(library) == {}


@pytest.mark.parametrize(
    ("question", "hit"),
    [
        ("MUNITIONS", True),
        ("munition", True),
        ("drone ukrainien", True),
        ("drones ukrainiennes", True),
        ("été", True),
        ("ete", True),
        ("œuvre", True),
        ("oeuvre", True),
        ("l'oeuvre", True),
        ("Qui est-ce ?", False),
        ("carottes", False),
        ("", False),
    ],
)
def test_words_however_they_are_written(library: Library, question: str, hit: bool) -> None:
    text = "Cet été, des drones ukrainiens et des munitions sont à l’œuvre."
    put(library, text, id="fr")
    assert found(library, question) == (["fr"] if hit else [])


@pytest.mark.parametrize(
    "question",
    [
        'a "quoted',
        "NEAR(a b)",
        "folded : x",
        "* ^ - + ( ) { }",
        "AND OR NOT",
        "_ __ _x",
        "²³ ½ ① 〇",
        "\ud800 storm",
        "mot" * 5000,
        " ".join(f"mot{i}" for i in range(3000)),
        "े ि ा storm",
    ],
    ids=lambda question: question[:12].encode("ascii", "backslashreplace").decode(),
)
def test_no_question_is_a_syntax_error(library: Library, question: str) -> None:
    put(library, "The storm hit.")
    assert found(library, question) in ([], ["storm"])


def test_more_words_shared_is_nearer(library: Library) -> None:
    put(library, "The storm hit the roofs of Lyon.", id="a")
    put(library, "The storm missed Paris by far.", id="b")
    assert found(library, "Did the storm hit Lyon?") == ["a", "b"]
    assert found(library, "Paris storm") == ["b", "a"]


def test_many_make_one_library_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    gate = threading.Barrier(8)

    def make(i: int) -> None:
        gate.wait()
        put(Library(folder, create=True), f"Storm {i}.", id=str(i))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(8)))
    assert len(contents(Library(folder))) == 8


def changed_file(library: Library, statement: str) -> None:
    db = sqlite3.connect(library.folder / database.FILE)
    db.execute(statement)
    db.commit()
    db.close()


@pytest.mark.parametrize("create", [True, False])
def test_a_newer_schema(library: Library, create: bool) -> None:
    changed_file(library, f"PRAGMA user_version = {database.SCHEMA + 1}")
    with pytest.raises(LibraryError, match=r"newer Saidso .*update Saidso"):
        Library(library.folder, create=create)


@pytest.mark.parametrize("create", [True, False])
def test_an_earlier_schema(tmp_path: Path, create: bool) -> None:
    """It keeps its articles; the stamp refuses it until a rebuild has made its passages again."""
    db = sqlite3.connect(tmp_path / database.FILE)
    db.executescript(SCHEMA_1)
    made = embedded("The storm hit Lyon.").article
    values = (made.id, made.digest, "x", "Storm", None, None, "en", made.text, "[]", "2022")
    db.execute(f"INSERT INTO version VALUES ({','.join('?' * 10)})", values)
    db.execute("INSERT INTO article VALUES (?, ?, 'x')", [made.id, made.digest])
    db.execute("INSERT INTO passage VALUES (1, ?, 0, 19, x'00')", [made.id])
    stamp = Stamp(
        "words", WordEncoder().digest, 256, "sentences 1, blocks 1, 900 characters, title"
    )
    db.execute("INSERT INTO meta VALUES ('stamp', ?)", [json.dumps(asdict(stamp))])
    db.commit()
    db.close()
    library = Library(tmp_path, create=create)
    with library.snapshot() as snapshot:
        assert snapshot.count() == (1, 0)
        with pytest.raises(EncoderError, match="--rebuild"):
            checked(snapshot, WordEncoder())
    with Dense(library) as dense:
        assert rebuild(library, WordEncoder(), lambda _: None) == 1
        dense.catch_up()
        assert dense.owns_index, dense.trouble
    assert contents(library) == {made.id: "The storm hit Lyon."}
    assert found(library, "storm") == [made.id]


@pytest.mark.parametrize("create", [True, False])
def test_another_program_s_database(tmp_path: Path, create: bool) -> None:
    db = sqlite3.connect(tmp_path / database.FILE)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.commit()
    db.close()
    before = (tmp_path / database.FILE).read_bytes()
    with pytest.raises(LibraryError, match=r"not a Saidso library.*--library"):
        Library(tmp_path, create=create)
    assert (tmp_path / database.FILE).read_bytes() == before


def test_the_making_of_a_library_was_cut_short(tmp_path: Path) -> None:
    (tmp_path / database.FILE).touch()
    with pytest.raises(LibraryError, match="no library at"):
        Library(tmp_path)
    put(Library(tmp_path, create=True), "One.")
    assert contents(Library(tmp_path)) == {"storm": "One."}


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="python -m ingest"):
        Library(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_log_is_folded_in_once_for_many_changes(library: Library) -> None:
    log = library.folder / "library.sqlite-wal"
    library.put(embedded("One."), origin="x")
    assert not log.exists(), "it was closed by the last who had it open"
    with library.kept_open():
        library.put(embedded("Two."), origin="x")
        held = log.stat().st_size
        library.put(embedded("Three."), origin="x")
        assert log.stat().st_size > held > 0
        assert contents(library) == {"storm": "Three."}
    assert not log.exists()
    assert contents(library) == {"storm": "Three."}
