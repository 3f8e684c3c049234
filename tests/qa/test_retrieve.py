"""Fusion, by figures computed by hand; and what a question is taken to mean."""

from __future__ import annotations

import pytest

from ingest.library import Library
from qa.retrieve import STAND_IN_LOWERED, fuse
from qa.understand import understand
from tests.fakes import put


@pytest.fixture
def four(library: Library) -> Library:
    for i in range(1, 5):
        put(library, f"Storm number {i}.", id=str(i))
    return library


def test_reciprocal_ranks(four: Library) -> None:
    """Passage 2 is second in both lists, and so before the first of either."""
    dense, lexical = [(1, 0.9), (2, 0.8), (3, 0.1)], [(4, 7.0), (2, 5.0)]
    with four.snapshot() as snapshot:
        hits = fuse(snapshot, dense, lexical, language="en", keep=10)
    assert [hit.passage.article.id for hit in hits] == ["2", "1", "4", "3"]
    assert [hit.score for hit in hits] == pytest.approx([2 / 62, 1 / 61, 1 / 61, 1 / 63])
    assert [(hit.dense_rank, hit.lexical_rank) for hit in hits] == [
        (2, 2),
        (1, None),
        (None, 1),
        (3, None),
    ]
    assert hits[0].cosine == 0.8
    assert hits[2].cosine is None


def test_another_language_than_the_question_s(library: Library) -> None:
    """No word of the question can stand in it: a rank below its dense one stands in for that."""
    put(library, "The storm hit Lyon on Monday.", id="en")
    put(library, "La tempête a frappé Lyon lundi.", id="fr")
    with library.snapshot() as snapshot:
        dense, lexical = [(2, 0.9), (1, 0.8)], [(1, 5.0)]
        french, english = fuse(snapshot, dense, lexical, language="en", keep=2)[::-1]
        assert french.score == pytest.approx(1 / 61 + 1 / (61 + STAND_IN_LOWERED))
        assert english.score == pytest.approx(1 / 62 + 1 / 61)
        assert french.lexical_rank is None


def test_what_was_dropped_meanwhile_is_left_out(four: Library) -> None:
    four.remove("2")
    with four.snapshot() as snapshot:
        hits = fuse(snapshot, [(2, 0.9), (1, 0.8), (3, 0.7)], [], language="en", keep=2)
    assert [hit.passage.article.id for hit in hits] == ["1", "3"]


def test_nothing_found(four: Library) -> None:
    with four.snapshot() as snapshot:
        assert not fuse(snapshot, [], [], language="en", keep=5)


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("Qui livre des drones à Moscou ?", "fr", {"livre", "drones", "Moscou"}),
        ("Who is supplying Russia with ammunition?", "en", {"supplying", "Russia", "ammunition"}),
        ("?!", "en", set()),
        ("  ", "en", set()),
    ],
)
def test_what_a_question_is_about(question: str, language: str, words: set[str]) -> None:
    understood = understand(question)
    assert understood.language == language
    assert words <= set(understood.words)
