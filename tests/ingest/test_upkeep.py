"""Forgetting what is gone, and only that; re-embedding all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.dense import Dense
from ingest.errors import EncoderError
from ingest.library import Library
from ingest.stamp import checked
from ingest.types import Rejection
from ingest.upkeep import rebuild, vanished
from tests.fakes import WordEncoder, contents, embedded, put, take_in


def gone(library: Library, *scopes: Path, refused: tuple[str, ...] = ()) -> list[str]:
    with library.snapshot() as snapshot:
        shelved = snapshot.shelved()
    rejected = [Rejection(one, "no reason") for one in refused]
    seen = take_in(library, *(scope for scope in scopes if scope.exists())).changes
    return vanished(shelved, [str(one) for one in scopes], seen, rejected)


@pytest.fixture
def three(library: Library, articles: Path) -> Path:
    for name in ("x/a.txt", "x/b.txt", "xy/c.txt"):
        (articles / name).parent.mkdir(exist_ok=True)
        (articles / name).write_text(f"The storm of {name}.")
    take_in(library, articles)
    return articles


def test_nothing_is_gone(library: Library, three: Path) -> None:
    assert gone(library, three) == []


def test_a_deleted_file_is_gone(library: Library, three: Path) -> None:
    (three / "x/a.txt").unlink()
    assert gone(library, three) == ["x/a"]


def test_only_within_the_scope(library: Library, three: Path) -> None:
    (three / "x/a.txt").unlink()
    (three / "xy/c.txt").unlink()
    assert gone(library, three / "x") == ["x/a"]  # and not xy, whose name begins alike


def test_a_scope_that_is_not_there_names_nothing(library: Library, three: Path) -> None:
    (three / "x").rename(three / "unplugged")
    assert gone(library, three / "x") == []


def test_the_refused_is_not_gone(library: Library, three: Path) -> None:
    (three / "x/a.txt").write_bytes(b"\0")
    assert take_in(library, three).rejected[0].source == str(three / "x/a.txt")
    assert gone(library, three, refused=(str(three / "x/a.txt"),)) == []


def test_nothing_from_a_refused_folder_or_file_of_lines_is_gone(
    library: Library, three: Path
) -> None:
    (three / "x/a.txt").unlink()
    assert gone(library, three, refused=(str(three / "x"),)) == []
    (three / "xy/c.txt").unlink()
    assert gone(library, three / "xy", refused=(f"{three}/xy/c.txt:17",)) == []


def test_a_relative_scope_and_a_linked_one(
    library: Library, three: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (three / "x/a.txt").unlink()
    monkeypatch.chdir(three)
    assert gone(library, Path("x")) == ["x/a"]
    (tmp_path / "link").symlink_to(three)
    assert gone(library, tmp_path / "link") == ["x/a"]


def test_rebuild_with_another_encoder(library: Library) -> None:
    put(library, "The storm hit Lyon.")
    put(library, "The river rose.", id="river")
    other = WordEncoder(name="other", dimension=64)
    with Dense(library) as dense:
        assert rebuild(library, other, lambda _: None) == 2
        vector = other.encode(["river"], "query")
        for _ in range(2):  # before the index has caught up, and after
            with dense.nearest(vector, 1) as (snapshot, ((best, score),)):
                assert snapshot.passages([best])[best].article.id == "river"
                assert score > 0.3
                stamp = snapshot.stamp()
                assert stamp is not None
                assert (stamp.encoder, stamp.dimension) == ("other", 64)
            dense.catch_up()
        assert dense.trouble is None


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (WordEncoder(name="other"), "with the encoder 'words', and this is 'other'; re-embed it"),
        (WordEncoder(dimension=64), "with another version of the encoder 'words'; re-embed it"),
    ],
)
def test_another_encoder_is_told_from_another_version(
    library: Library, now: WordEncoder, why: str
) -> None:
    put(library, "The storm hit Lyon.")
    rebuild(library, WordEncoder(), lambda _: None)
    with library.snapshot() as snapshot:
        checked(snapshot, WordEncoder())
        with pytest.raises(EncoderError, match=why):
            checked(snapshot, now)


def test_a_rebuild_that_fails_changes_nothing(library: Library) -> None:
    class Broken(WordEncoder):
        def encode(self, texts, role):  # type: ignore[no-untyped-def]
            if "The river rose." in " ".join(texts):
                raise MemoryError
            return super().encode(texts, role)

    put(library, "The storm hit Lyon.")
    put(library, "The river rose.", id="river")
    with pytest.raises(MemoryError):
        rebuild(library, Broken(name="other"), lambda _: None)
    assert contents(library) == {"storm": "The storm hit Lyon.", "river": "The river rose."}


@pytest.mark.parametrize(
    ("meanwhile", "after"),
    [
        (lambda library: put(library, "The river rose.", id="river"), ["river", "storm"]),
        (lambda library: put(library, "The storm left Lyon."), ["storm"]),
        (lambda library: library.remove("storm"), []),
    ],
    ids=["added", "changed", "removed"],
)
def test_what_comes_during_a_rebuild_is_rebuilt_too(
    library: Library, meanwhile: Callable[[Library], object], after: list[str]
) -> None:
    put(library, "The storm hit Lyon.")
    waiting = [meanwhile]

    class Slow(WordEncoder):
        def encode(self, texts, role):  # type: ignore[no-untyped-def]
            if waiting and "storm" in texts[0]:
                waiting.pop()(library)
            return super().encode(texts, role)

    assert rebuild(library, Slow(), lambda _: None) == len(after)
    assert sorted(contents(library)) == after


def test_blocks_are_marked_again(library: Library) -> None:
    put(library, "The storm hit Lyon.\n\nPublicité")
    with library.snapshot() as snapshot:
        before = snapshot.article("storm")
    rebuild(library, WordEncoder(), lambda _: None)
    with library.snapshot() as snapshot:
        assert snapshot.article("storm") == before
        assert before == embedded("The storm hit Lyon.\n\nPublicité").article


def stored(library: Library) -> bytes:
    return b"".join(path.read_bytes() for path in library.folder.glob("library.sqlite*"))


def test_removing_forgets_every_version(library: Library) -> None:
    for text in ("The secret storm.", "The open storm."):
        put(library, text)
    assert b"secret" in stored(library)
    assert library.remove("storm")
    assert not library.remove("storm")
    library.scrub()
    assert b"secret" not in stored(library)
    with library.snapshot() as snapshot:
        assert snapshot.count() == (0, 0)
        assert snapshot._db.execute("SELECT count(*) FROM version").fetchone()[0] == 0
