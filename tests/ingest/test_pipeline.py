"""One ingest: what is added, changed, left alone, and which article a file is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest import database
from ingest.article import earlier_digest
from ingest.encoder import Role
from ingest.errors import EncoderError, LibraryError
from ingest.library import Library
from ingest.pipeline import Tally, ingest
from ingest.read import File
from ingest.snapshot import Stamp
from ingest.types import Change, Vectors
from tests.fakes import WordEncoder, contents, embedded, make_draft, put, sought, take_in


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def upload(library: Library, path: Path, name: str) -> Tally:
    tally = Tally()
    files = [File(path, name)]
    ingest(library, WordEncoder(), files, tally=tally, progress=lambda _: None, uploaded=True)
    return tally


def test_added_changed_unchanged(library: Library, articles: Path) -> None:
    write(articles / "a.txt", "One storm.")
    write(articles / "b.txt", "Two storms.")
    assert take_in(library, articles).changes == {"a": Change.ADDED, "b": Change.ADDED}
    write(articles / "b.txt", "Three storms.")
    write(articles / "c.txt", "Four storms.")
    tally = take_in(library, articles)
    assert tally.changes == {"a": Change.UNCHANGED, "b": Change.CHANGED, "c": Change.ADDED}
    assert tally.passages == 2
    assert contents(library) == {"a": "One storm.", "b": "Three storms.", "c": "Four storms."}


def test_what_has_not_changed_is_not_embedded(library: Library, articles: Path) -> None:
    write(articles / "a.txt", "One storm.")
    take_in(library, articles)
    encoder = WordEncoder()
    take_in(library, articles, encoder=encoder)
    assert encoder.encoded == []


def test_a_new_title_is_a_change(library: Library, articles: Path) -> None:
    for title in ("Old", "New"):
        write(articles / "a.jsonl", json.dumps({"id": "1", "text": "A storm.", "title": title}))
        take_in(library, articles)
    with library.snapshot() as snapshot:
        article = snapshot.article("1")
        assert article is not None
        assert article.title == "New"
        assert snapshot.lexical(sought("new", "en"), 5)
        assert not snapshot.lexical(sought("old", "en"), 5)


def test_more_articles_than_a_batch(library: Library, articles: Path) -> None:
    texts = {f"{i:03}": f"Storm number {i} hit. " * 30 for i in range(150)}
    for name, text in texts.items():
        write(articles / f"{name}.txt", text)
    assert take_in(library, articles).report().added == tuple(texts)
    assert contents(library) == texts


def test_the_same_file_twice_in_a_run(library: Library, articles: Path) -> None:
    path = write(articles / "a.txt", "One storm.")
    assert take_in(library, articles, path).changes == {"a": Change.ADDED}


def test_one_name_in_two_folders_stays_two(library: Library, articles: Path) -> None:
    write(articles / "x/a.txt", "One storm.")
    write(articles / "y/a.txt", "Two storms.")
    for _ in range(2):
        take_in(library, articles / "x", articles / "y")
        assert sorted(contents(library).values()) == ["One storm.", "Two storms."]


def test_a_moved_file_stays_itself(library: Library, articles: Path) -> None:
    path = write(articles / "x/a.txt", "One storm.")
    take_in(library, articles / "x")
    (articles / "y").mkdir()
    path.rename(articles / "y/a.txt")
    encoder = WordEncoder()
    assert take_in(library, articles / "y", encoder=encoder).changes == {"a": Change.UNCHANGED}
    assert encoder.encoded == []
    with library.snapshot() as snapshot:
        assert [one.origin for one in snapshot.shelved()] == [str(articles / "y/a.txt")]


def test_a_dropped_file_is_the_article_of_that_name(
    library: Library, articles: Path, tmp_path: Path
) -> None:
    write(articles / "a.txt", "One storm.")
    take_in(library, articles)
    dropped = write(tmp_path / "gradio-17/a.txt", "Two storms.")
    assert upload(library, dropped, "a.txt").changes == {"a": Change.CHANGED}
    assert contents(library) == {"a": "Two storms."}
    with library.snapshot() as snapshot:
        assert [one.origin for one in snapshot.shelved()] == [str(articles / "a.txt")]


def test_a_dropped_folder_is_what_was_taken_in_with_the_one_above(
    library: Library, articles: Path, tmp_path: Path
) -> None:
    write(articles / "press/rain.txt", "One storm.")
    write(articles / "radio/rain.txt", "Two storms.")
    take_in(library, articles)
    dropped = write(tmp_path / "1/rain.txt", "One storm.")
    assert upload(library, dropped, "press/rain.txt").changes == {"press/rain": Change.UNCHANGED}
    assert upload(library, dropped, "press/rain.md").report().added
    with library.snapshot() as snapshot:
        origins = {one.id: one.origin for one in snapshot.shelved()}
    assert origins["press/rain"] == str(articles / "press/rain.txt")


def test_a_file_dropped_twice(library: Library, tmp_path: Path) -> None:
    first = write(tmp_path / "1/n.txt", "One storm.")
    second = write(tmp_path / "2/n.txt", "Two storms.")
    assert upload(library, first, "n.txt").changes == {"n": Change.ADDED}
    assert upload(library, first, "n.txt").changes == {"n": Change.UNCHANGED}
    assert upload(library, second, "n.txt").changes == {"n": Change.CHANGED}
    assert contents(library) == {"n": "Two storms."}


def test_a_dropped_file_of_an_ambiguous_name_is_a_new_one(
    library: Library, articles: Path, tmp_path: Path
) -> None:
    write(articles / "x/a.txt", "One storm.")
    write(articles / "y/a.txt", "Two storms.")
    take_in(library, articles)
    upload(library, write(tmp_path / "1/a.txt", "Three storms."), "a.txt")
    assert sorted(contents(library).values()) == ["One storm.", "Three storms.", "Two storms."]


@pytest.mark.parametrize(
    ("first", "second"), [("n.txt", "n.md"), ("press/2022/n.txt", "n.txt"), ("n.md", "x/n.md")]
)
def test_another_name_dropped_is_another_article(
    library: Library, tmp_path: Path, first: str, second: str
) -> None:
    upload(library, write(tmp_path / "1/n", "One storm."), first)
    assert upload(library, write(tmp_path / "2/n", "Two storms."), second).report().added
    assert sorted(contents(library).values()) == ["One storm.", "Two storms."]


def test_a_new_file_where_a_moved_one_lay(library: Library, articles: Path) -> None:
    write(articles / "y/a.txt", "One storm.")
    take_in(library, articles)
    (articles / "a").mkdir()
    (articles / "y/a.txt").rename(articles / "a/a.txt")
    write(articles / "y/a.txt", "Two storms.")
    assert not take_in(library, articles).rejected
    assert sorted(contents(library).values()) == ["One storm.", "Two storms."]


def test_one_file_by_several_ways_is_itself(library: Library, articles: Path) -> None:
    write(articles / "2024/a.txt", "One storm.")
    (articles / "current").symlink_to("2024")
    (articles / "zz.txt").symlink_to("2024/a.txt")
    ((known, change),) = take_in(library, articles).changes.items()
    assert change is Change.ADDED
    for path in (articles, articles / "current", articles / "2024", articles):
        assert take_in(library, path).changes == {known: Change.UNCHANGED}


def test_two_lists_of_one_name_in_one_drop(library: Library, tmp_path: Path) -> None:
    lines = ['{"id": "1", "text": "One storm."}', '{"id": "2", "text": "Two storms."}']
    files = [
        File(write(tmp_path / str(i) / "w.jsonl", one), "w.jsonl") for i, one in enumerate(lines)
    ]
    tally = Tally()
    ingest(library, WordEncoder(), files, tally=tally, progress=lambda _: None, uploaded=True)
    assert contents(library) == {"1": "One storm.", "2": "Two storms."}


def test_a_library_of_before_is_not_changed(library: Library, articles: Path) -> None:
    write(articles / "a.txt", "One storm.")
    take_in(library, articles)
    draft = make_draft("One storm.", name="a.txt", source="a.txt")
    with database.writing(library.folder) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for table in ("article", "version"):
            db.execute(f"UPDATE {table} SET digest = ?", [earlier_digest(draft)])
    assert take_in(library, articles).changes == {"a": Change.UNCHANGED}


class Meanwhile(WordEncoder):
    """Does something once, while passages are encoded."""

    def __init__(self, does: Callable[[], object]) -> None:
        super().__init__()
        self._does = [does]

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        if self._does:
            self._does.pop()()
        return super().encode(texts, role)


def test_a_namesake_that_comes_meanwhile_stays(library: Library, articles: Path) -> None:
    write(articles / "x/a.txt", "One storm.")
    write(articles / "y/a.txt", "Two storms.")
    meanwhile = Meanwhile(lambda: take_in(library, articles / "y"))
    (refused,) = take_in(library, articles / "x", encoder=meanwhile).rejected
    assert refused.source == str(articles / "x/a.txt") and "again" in refused.reason
    assert contents(library) == {"a": "Two storms."}
    take_in(library, articles / "x")
    assert sorted(contents(library).values()) == ["One storm.", "Two storms."]


def test_another_encoder_meanwhile_is_not_mixed_in(library: Library, articles: Path) -> None:
    put(library, "No storm.", id="calm")
    write(articles / "a.txt", "One storm.")
    fresh = [embedded("No storm.", id="calm")]
    meanwhile = Meanwhile(lambda: library.replace_all(Stamp("other", "d", 256, "s"), fresh))
    with pytest.raises(LibraryError, match="try again"):
        take_in(library, articles, encoder=meanwhile)
    library.compare()
    assert contents(library) == {"calm": "No storm."}


def test_two_that_claim_one_id_in_a_run(library: Library, articles: Path) -> None:
    write(articles / "a.txt", "From a file.")
    write(articles / "b.jsonl", json.dumps({"id": "a", "text": "From a line."}))
    tally = take_in(library, articles)
    assert contents(library) == {"a": "From a file."}
    (refused,) = tally.rejected
    assert refused.source == str(articles / "b.jsonl")
    assert str(articles / "a.txt") in refused.reason


def test_lines_without_ids_do_not_overwrite_each_other(library: Library, articles: Path) -> None:
    texts = [f"Storm number {i}." for i in range(5)]
    write(articles / "a.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    for change in (Change.ADDED, Change.UNCHANGED):
        assert list(take_in(library, articles).changes.values()) == [change] * 5
        assert sorted(contents(library).values()) == texts


def test_another_encoder_is_refused(library: Library, articles: Path) -> None:
    write(articles / "a.txt", "One storm.")
    take_in(library, articles)
    write(articles / "b.txt", "Two storms.")
    with pytest.raises(EncoderError, match=r"'words'.*'other'.*python -m ingest --rebuild"):
        take_in(library, articles, encoder=WordEncoder(name="other"))
    assert contents(library) == {"a": "One storm."}


def test_an_interrupted_run_goes_on(library: Library, articles: Path) -> None:
    class Interrupted(WordEncoder):
        def encode(self, texts, role):  # type: ignore[no-untyped-def]
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode(texts, role)

    for i in range(200):
        write(articles / f"{i:03}.txt", f"Storm number {i}.")
    with pytest.raises(KeyboardInterrupt):
        take_in(library, articles, encoder=Interrupted())
    before = contents(library)
    assert 0 < len(before) < 200
    tally = take_in(library, articles)
    assert len(tally.report().unchanged) == len(before)
    assert len(contents(library)) == 200


def test_a_file_that_is_not_utf8_by_name(library: Library, articles: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(articles) + b"/caf\xe9.txt"))
    try:
        path.write_text("A storm.")
    except OSError:
        pytest.skip("this file system takes no such name")
    tally = take_in(library, articles)
    assert [one.reason for one in tally.rejected] == ["its name is not UTF-8: rename it"]
