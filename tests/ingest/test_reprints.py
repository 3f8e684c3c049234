"""Reprints are linked as they come, whatever comes first, and let go when one of them goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import database, reprints
from ingest.__main__ import main
from ingest.library import Library
from ingest.upkeep import rebuild
from tests.fakes import WordEncoder, put, take_in
from tests.ingest.test_shingles import LONG

WIRE = "\n\n".join(
    f"{LONG[at : at + 300].strip()} was said by the ministry." for at in range(0, 1200, 300)
)
OTHER = " ".join(f"other{word}" for word in LONG.split())


def links(library: Library) -> dict[str, list[str]]:
    with library.snapshot() as snapshot:
        known = [one.id for one in snapshot.shelved()]
        return {one: like for one in known if (like := sorted(snapshot.reprints(one)))}


def originals(library: Library) -> dict[str, str]:
    with library.snapshot() as snapshot:
        return snapshot.originals()


def test_linked_both_ways_and_kept(library: Library) -> None:
    put(library, WIRE, id="a")
    put(library, OTHER, id="o")
    put(library, f"Our paper brings the news.\n\n{WIRE}", id="b")
    assert links(library) == {"a": ["b"], "b": ["a"]}
    assert originals(library) == {"b": "a"}
    with library.snapshot() as snapshot:
        assert snapshot.count()[0] == 3


def test_the_first_published_is_the_original_else_the_first_that_came(library: Library) -> None:
    for name, date in (("z", None), ("y", "2022-09-02"), ("x", "2022-09-01"), ("a", None)):
        line = {"id": name, "text": WIRE} | ({"published": date} if date else {})
        path = library.folder.parent / f"{name}.jsonl"
        path.write_text(json.dumps(line))
        take_in(library, path)
    assert originals(library) == {"a": "x", "y": "x", "z": "x"}
    library.remove("x")
    assert originals(library) == {"a": "y", "z": "y"}
    library.remove("y")
    assert originals(library) == {"a": "z"}
    with library.snapshot() as snapshot:
        assert snapshot.originals(["z"]) == {}
        assert snapshot.originals(["a"]) == {"a": "z"}


def test_a_change_and_a_removal_undo_the_link(library: Library) -> None:
    for name in "abc":
        put(library, WIRE, id=name)
    assert links(library)["a"] == ["b", "c"]
    put(library, OTHER, id="b")
    assert links(library) == {"a": ["c"], "c": ["a"]}
    put(library, WIRE, id="b")
    library.remove("c")
    assert links(library) == {"a": ["b"], "b": ["a"]}
    library.remove("a")
    library.remove("b")
    with database.reading(library.folder) as db:
        for table in ("band", "sketch", "reprint"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_two_halves_meet_through_the_whole(library: Library) -> None:
    words = LONG.split()
    put(library, " ".join(words[:100]), id="first")
    put(library, " ".join(words[100:]), id="second")
    assert links(library) == {}
    put(library, LONG, id="whole")
    assert links(library)["first"] == ["second", "whole"]  # as far as an answer is concerned
    library.remove("whole")
    assert links(library) == {}


def test_a_form_that_everybody_fills_in_costs_no_more_each_time(library: Library) -> None:
    for number in range(80):
        put(library, WIRE, id=f"{number:02}")
    with database.reading(library.folder) as db:
        most = db.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM band GROUP BY bucket)")
        assert most.fetchone()[0] == reprints._CROWD
        assert db.execute("SELECT count(*) FROM reprint").fetchone()[0] <= 2 * 12 * 80
    with library.snapshot() as snapshot:
        assert len(snapshot.reprints("79")) == 50
        assert len(snapshot.originals()) == 79


def test_a_library_of_the_schema_before(library: Library) -> None:
    """It opens as it is; the next ingest looks for what it holds of reprints."""
    for name in "ab":
        put(library, WIRE, id=name)
    with database.writing(library.folder) as db:
        for table in ("band", "sketch", "reprint", "retitled"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 2")
    again = Library(library.folder)
    assert links(again) == {}
    take_in(again)
    assert links(again) == {"a": ["b"], "b": ["a"]}
    with again.snapshot() as snapshot:
        assert snapshot.count() == (2, snapshot.count()[1])
        assert snapshot.stamp() is None  # `put` sets none; what matters is that nothing was lost


def test_a_stop_in_the_middle_of_comparing_is_made_up_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.library._COMPARED", 2)
    for name in "abcdef":
        put(library, WIRE, id=name)
    with database.writing(library.folder) as db:
        reprints.forget_all(db)
    link, calls = reprints.link, []

    def stopped(*given):  # type: ignore[no-untyped-def]
        calls.append(given)
        if len(calls) == 4:
            raise KeyboardInterrupt
        link(*given)

    with monkeypatch.context() as patch:
        patch.setattr(reprints, "link", stopped)
        with pytest.raises(KeyboardInterrupt):
            library.compare()
    assert links(library) == {"a": ["b"], "b": ["a"]}
    library.compare()
    assert links(library)["a"] == ["b", "c", "d", "e", "f"]


def test_a_rebuild_compares_anew(library: Library) -> None:
    for name in "ab":
        put(library, WIRE, id=name)
    rebuild(library, WordEncoder(), lambda _: None)
    assert links(library) == {"a": ["b"], "b": ["a"]}


def test_what_the_commands_say(
    encoder: WordEncoder, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "a.txt").write_text(WIRE)
    assert main([str(articles)]) == 0
    assert "reprints" not in capsys.readouterr().out
    (articles / "b.txt").write_text(f"{WIRE}\n\nA line of our own.")
    assert main([str(articles), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reprints"] == {"b": "a"}
    (articles / "c.txt").write_text(WIRE)
    assert main([str(articles)]) == 0
    assert "reprints 1: c of a\n" in capsys.readouterr().out
    assert main(["--list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.partition("  reprint of ")[2] for line in listed] == ["", "a", "a"]
    assert main(["--list", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("reprint_of") for row in rows] == [None, "a", "a"]
