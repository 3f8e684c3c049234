"""BM25 of candidates, its words counted."""

from __future__ import annotations

from ingest.lexical import _Passages

ROWS = [
    (1, "bell bell tower", "bell bells tower"),
    (2, "tower", "tower"),
    (3, "bell tower bell tower", "bell tower bell tower"),
    (4, "", ""),
]
SOUGHT = {"bell", "bell tower"}


def test_a_word_counts_as_often_as_it_stands_there() -> None:
    """Once as a stem among others, once as it is written; twice in a row is twice."""
    passages = _Passages(ROWS, SOUGHT, SOUGHT)
    stems, written = passages.saturated({"bell": 1.0}), passages.as_written("bell")
    assert (stems > 0).tolist() == [True, False, True, False]
    assert written[0] < stems[0]  # "bells" is another word
    assert written[2] == stems[2]
    assert stems.max() < 2.2


def test_several_words_count_where_they_stand_together() -> None:
    passages = _Passages(ROWS, SOUGHT, SOUGHT)
    for found in (passages.saturated({"bell tower": 1.0}), passages.as_written("bell tower")):
        assert found[[1, 3]].tolist() == [0, 0]
        assert found[2] > 0
    assert passages.saturated({"bell tower": 1.0})[0] > 0 == passages.as_written("bell tower")[0]
