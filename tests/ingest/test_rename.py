"""A renamed article is found and shown as if it had come so; what came stays as it was."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import database
from ingest.dense import Dense
from ingest.errors import EncoderError, LibraryError, RenamedError, SaidsoError
from ingest.history import history
from ingest.library import Library
from ingest.rename import LONGEST, Renamed, rename
from ingest.snapshot import Stamp
from ingest.types import Article, Change
from ingest.upkeep import rebuild
from tests.fakes import WordEncoder, contents, embedded, put, sought, take_in

STAMP = Stamp("other", "d", 3, "s")
TEXT = "The mountain erupted again on Monday. " * 30


def article(library: Library, version: str | None = None) -> Article:
    with library.snapshot() as snapshot:
        found = snapshot.article("fuego", version)
        assert found is not None
        assert next(one.title for one in snapshot.listed() if one.id == "fuego") == found.title
    return found


def found(library: Library, word: str) -> tuple[bool, bool]:
    """Is the article found by `word`: among the words, among the vectors?"""
    with library.snapshot() as snapshot:
        ranked = snapshot.lexical(sought(word, "en"), 3)
    asked = WordEncoder().encode([word], "query")[0]
    with Dense(library) as dense:
        dense.catch_up()
        with dense.nearest(asked, 1) as (_, near):
            return bool(ranked), near[0][1] > 0.1


def test_it_is_shown_and_found_under_its_title_until_it_gets_its_own_back(
    library: Library,
) -> None:
    put(library, TEXT, id="fuego")
    before = article(library)
    assert found(library, "cinder") == (False, False)
    done = rename(library, WordEncoder(), "fuego", "  Cinder\nover  Antigua ")
    assert done == Renamed(before.title, "Cinder over Antigua", None)
    assert article(library) == replace(before, title="Cinder over Antigua")
    assert contents(library) == {"fuego": TEXT}  # passages and vectors are those of its title
    assert found(library, "cinder") == (True, True)
    again = rename(library, WordEncoder(), "fuego", "Ash")
    assert again == Renamed("Cinder over Antigua", "Ash", "Cinder over Antigua")
    assert found(library, "cinder") == (False, False)
    assert rename(library, WordEncoder(), "fuego", None) == Renamed("Ash", before.title, "Ash")
    assert article(library) == before and contents(library) == {"fuego": TEXT}


def test_the_file_comes_again(library: Library, articles: Path) -> None:
    file = articles / "fuego.txt"
    file.write_text(TEXT)
    take_in(library, articles)
    first = article(library)
    rename(library, WordEncoder(), "fuego", "Cinder")
    assert take_in(library, articles).changes == {"fuego": Change.UNCHANGED}
    file.touch()
    assert take_in(library, articles).changes == {"fuego": Change.UNCHANGED}
    assert article(library).title == "Cinder" and article(library).digest == first.digest

    file.write_text("It sleeps. Nothing more is known.")
    assert take_in(library, articles).changes == {"fuego": Change.CHANGED}
    assert article(library).title == article(library, first.digest).title == "Cinder"
    assert contents(library) == {"fuego": "It sleeps. Nothing more is known."}
    assert "renamed in this library: Cinder" in history(library, "fuego")
    assert "title: The mountain erupted again on Monday. -> It sleeps." in history(library, "fuego")
    rename(library, WordEncoder(), "fuego", "")
    assert article(library).title == "It sleeps."
    assert contents(library) == {"fuego": "It sleeps. Nothing more is known."}


def test_it_keeps_its_title_when_it_is_made_anew_or_put_back(library: Library) -> None:
    put(library, TEXT, id="fuego")
    rename(library, WordEncoder(), "fuego", "Cinder")
    rebuild(library, WordEncoder(), lambda _: None)
    assert article(library).title == "Cinder" and contents(library) == {"fuego": TEXT}
    withdrawn = library.withdraw("fuego")
    assert withdrawn is not None and library.put_back(withdrawn)
    assert article(library).title == "Cinder" and contents(library) == {"fuego": TEXT}
    library.remove("fuego")
    put(library, TEXT, id="fuego")  # another one of that id
    assert article(library).title == "The mountain erupted again on Monday."


def test_renamed_while_it_comes_in_or_is_made_anew(library: Library) -> None:
    put(library, TEXT, id="fuego")
    stale = embedded("It sleeps.", id="fuego")
    remade = embedded(TEXT, id="fuego")
    rename(library, WordEncoder(), "fuego", "Cinder")
    with pytest.raises(RenamedError, match="Cinder"):
        library.put(stale, origin="x")
    assert not library.replace_all(STAMP, [remade])
    assert not library.rename(stale, "x", None)  # of a version that is not current
    assert article(library).title == "Cinder" and contents(library) == {"fuego": TEXT}


@pytest.mark.parametrize(
    ("title", "says"),
    [("a\0b", "NUL"), ("\ud800", "half a character"), ("x" * (LONGEST + 1), "at most 300")],
)
def test_what_is_no_title_is_refused(library: Library, title: str, says: str) -> None:
    put(library, TEXT, id="fuego")
    with pytest.raises(SaidsoError, match=says):
        rename(library, WordEncoder(), "fuego", title)
    assert article(library).title == "The mountain erupted again on Monday."


def test_what_is_not_there_or_made_otherwise_is_not_renamed(library: Library) -> None:
    assert rename(library, WordEncoder(), "fuego", "Cinder") is None
    put(library, TEXT, id="fuego")
    library.stamp(STAMP)
    with pytest.raises(EncoderError, match="--rebuild"):
        rename(library, WordEncoder(), "fuego", "Cinder")
    with pytest.raises(LibraryError, match="try again"):
        library.rename(embedded(TEXT, id="fuego"), "Cinder", None)
    assert article(library).title == "The mountain erupted again on Monday."


def test_a_library_of_the_schema_before_learns_it(library: Library) -> None:
    put(library, TEXT, id="fuego")
    with sqlite3.connect(library.folder / database.FILE) as db:
        db.execute("DROP TABLE retitled")
        db.execute("PRAGMA user_version = 3")
    db.close()
    again = Library(library.folder)
    rename(again, WordEncoder(), "fuego", "Cinder")
    assert article(again).title == "Cinder"
