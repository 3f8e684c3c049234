"""What is taken out of a library can be put back as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.dense import Dense
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.snapshot import Stamp
from tests.fakes import WordEncoder, contents, put

TEXT = "The volcano of Fuego erupted. " * 40 + "Nobody was hurt in Antigua."


def test_an_article_is_withdrawn_and_put_back_with_its_versions(library: Library) -> None:
    put(library, "The volcano slept.", id="fuego")
    put(library, TEXT, id="fuego")
    put(library, "Storm hits Lyon.", id="lyon")
    before = contents(library)
    with library.snapshot() as snapshot:
        versions, listed = snapshot.versions("fuego"), snapshot.listed()
    withdrawn = library.withdraw("fuego")
    assert withdrawn is not None and set(contents(library)) == {"lyon"}
    with library.snapshot() as snapshot:
        assert not snapshot.versions("fuego") and snapshot.article("fuego") is None
    assert library.put_back(withdrawn)
    assert contents(library) == before
    with library.snapshot() as snapshot:
        assert (snapshot.versions("fuego"), snapshot.listed()) == (versions, listed)
        assert snapshot.origin("fuego") == "/articles/fuego.txt"


def test_the_vector_index_follows(library: Library) -> None:
    put(library, TEXT, id="fuego")
    put(library, "Storm hits Lyon.", id="lyon")
    asked = WordEncoder().encode(["volcano erupted"], "query")[0]
    found = []
    with Dense(library) as dense:
        found.append(_nearest(dense, asked))
        dense.catch_up()
        withdrawn = library.withdraw("fuego")
        assert withdrawn is not None
        for _ in range(2):  # the index is behind, then it is not
            found.append(_nearest(dense, asked))
            dense.catch_up()
        assert library.put_back(withdrawn)
        for _ in range(2):
            found.append(_nearest(dense, asked))
            dense.catch_up()
    assert found == ["fuego", "lyon", "lyon", "fuego", "fuego"]


def _nearest(dense: Dense, asked: object) -> str:
    with dense.nearest(asked, 1) as (snapshot, ranked):  # type: ignore[arg-type]
        ((passage, _),) = ranked
        return snapshot.passages([passage])[passage].article.id


def test_what_came_in_again_meanwhile_stays(library: Library) -> None:
    put(library, "The volcano slept.", id="fuego")
    withdrawn = library.withdraw("fuego")
    put(library, TEXT, id="fuego")
    assert withdrawn is not None and not library.put_back(withdrawn)
    assert contents(library) == {"fuego": TEXT}


def test_another_encoder_meanwhile_is_refused(library: Library) -> None:
    put(library, TEXT, id="fuego")
    withdrawn = library.withdraw("fuego")
    library.stamp(Stamp("other", "d", 3, "s"))
    assert withdrawn is not None
    with pytest.raises(LibraryError, match="take the article in again"):
        library.put_back(withdrawn)
    assert contents(library) == {}


def test_what_is_not_there_cannot_be_withdrawn(library: Library, tmp_path: Path) -> None:
    assert library.withdraw("nothing") is None
