"""Fusion, by figures computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.library import Library
from qa.retrieve import fuse
from tests.fakes import WordEncoder, put

_ANY = np.zeros(256, np.float32)  # a question whose cosines are all given


@pytest.fixture
def four(library: Library) -> Library:
    for i in range(1, 5):
        put(library, f"Storm number {i}.", id=str(i))
    return library


def test_cosine_plus_a_share_of_bm25(library: Library) -> None:
    """Only the lexical search found 4: its cosine comes from its stored vector, and counts."""
    for i in range(1, 5):
        put(library, f"Storm number {i}.", id=str(i))
    with library.snapshot() as snapshot:
        (fourth,) = snapshot.vectors([4]).vectors
        dense, lexical = [(1, 0.9), (2, 0.8), (3, 0.1)], [(4, 8.0), (2, 6.0)]
        hits = fuse(snapshot, 0.5 * fourth, dense, lexical, keep=10, weight=0.25)
    assert [hit.passage.article.id for hit in hits] == ["2", "1", "4", "3"]
    assert [hit.score for hit in hits] == pytest.approx([0.8 + 0.25 * 6 / 8, 0.9, 0.5 + 0.25, 0.1])
    assert [(hit.dense_rank, hit.lexical_rank) for hit in hits] == [
        (2, 2),
        (1, None),
        (None, 1),
        (3, None),
    ]
    assert [hit.cosine for hit in hits] == pytest.approx([0.8, 0.9, 0.5, 0.1])


def test_a_passage_is_as_near_as_its_best_window(library: Library) -> None:
    """Six sentences, two windows, and the question is about the second."""
    filler = "The council met on Monday and spoke about roofs, schools and markets at length. " * 5
    put(library, f"{filler.strip()}\n\nThe volcano erupted.", id="long")
    put(library, "The volcano is on an island with roofs and schools.", id="short")
    asked = WordEncoder().encode(["volcano erupted"], "query")[0]
    with library.snapshot() as snapshot:
        rows = snapshot.vectors(passages=[1])
        hits = fuse(snapshot, asked, [], [(1, 1.0), (2, 1.0)], keep=2)
    assert len(rows.ids) == 2
    assert [hit.passage.article.id for hit in hits] == ["long", "short"]
    assert hits[0].cosine == pytest.approx(float((rows.vectors @ asked).max()))


def test_an_article_in_another_language_is_not_buried(library: Library) -> None:
    """No word of the question can stand in it: a much better cosine outweighs a shared word."""
    put(library, "The storm hit Lyon on Monday.", id="en")
    put(library, "La tempête a frappé Lyon lundi.", id="fr")
    with library.snapshot() as snapshot:
        hits = fuse(snapshot, _ANY, [(2, 0.9), (1, 0.6)], [(1, 5.0)], keep=2)
    assert [hit.passage.article.id for hit in hits] == ["fr", "en"]


def test_what_was_dropped_meanwhile_is_left_out(four: Library) -> None:
    four.remove("2")
    with four.snapshot() as snapshot:
        hits = fuse(snapshot, _ANY, [(2, 0.9), (1, 0.8), (3, 0.7)], [], keep=2)
    assert [hit.passage.article.id for hit in hits] == ["1", "3"]


def test_nothing_found(four: Library) -> None:
    with four.snapshot() as snapshot:
        assert not fuse(snapshot, _ANY, [], [], keep=5)


def test_a_preferred_article_is_ahead_by_so_much_and_no_more(four: Library) -> None:
    dense = [(1, 0.9), (2, 0.85), (3, 0.7)]
    with four.snapshot() as snapshot:
        hits = fuse(snapshot, _ANY, dense, [], keep=5, preferred={"2": 0.1, "3": 0.1})
    assert [hit.passage.article.id for hit in hits] == ["2", "1", "3"]
    assert [hit.cosine for hit in hits] == [0.85, 0.9, 0.7]


@pytest.fixture
def fires(library: Library) -> Library:
    """Two articles of two passages each, 1 and 2, 3 and 4; and one of one, 5."""
    parts = [f"The {what} took many hours on Monday, as it always does. " * 9 for what in "ABC"]
    for name, (one, other) in {"lorvik": parts[:2], "maren": parts[1:]}.items():
        put(library, f"{one}\n\n{other}", id=name)
    put(library, "A storm.", id="storm")
    with library.snapshot() as snapshot:
        assert list(snapshot.articles_of(range(1, 9)).values()) == [
            *["lorvik"] * 2,
            *["maren"] * 2,
            "storm",
        ]
    return library


def test_half_of_a_score_is_its_articles_best(fires: Library) -> None:
    dense = [(1, 0.9), (3, 0.6), (5, 0.55), (2, 0.3), (4, 0.2)]
    with fires.snapshot() as snapshot:
        hits = fuse(snapshot, _ANY, dense, [(2, 1.0)], keep=5)
    assert [hit.score for hit in hits] == pytest.approx([0.9, 0.7, 0.6, 0.55, 0.4])
    assert [hit.own for hit in hits] == pytest.approx([0.9, 0.5, 0.6, 0.55, 0.2])
    assert [hit.best for hit in hits] == pytest.approx([0.9, 0.9, 0.6, 0.55, 0.6])
    assert [hit.dense_rank for hit in hits] == [1, 4, 2, 3, 5]


def test_no_share_of_the_article_and_nothing_else(fires: Library) -> None:
    dense = [(1, 0.9), (3, 0.6), (5, 0.55), (2, 0.5), (4, 0.2)]
    with fires.snapshot() as snapshot:
        alone = fuse(snapshot, _ANY, dense, [], keep=5, share=0.0)
        articles = fuse(snapshot, _ANY, dense, [], keep=5, share=1.0)
    assert [hit.score for hit in alone] == pytest.approx([one for _, one in dense])
    assert [hit.score for hit in articles] == pytest.approx([0.9, 0.9, 0.6, 0.6, 0.55])


def test_the_rest_of_the_first_article_comes_along(fires: Library) -> None:
    """No search found it: its cosine is its stored vector's. Other articles' rest does not."""
    with fires.snapshot() as snapshot:
        (vector,) = snapshot.vectors(passages=[2]).vectors[:1]
        hits = fuse(snapshot, 0.2 * vector, [(1, 0.9), (3, 0.6)], [], keep=5)
    assert [hit.passage.article.id for hit in hits] == ["lorvik", "maren", "lorvik"]
    assert hits[2].score == pytest.approx(0.45 + 0.5 * hits[2].cosine)
    assert hits[2].cosine == pytest.approx(0.2, abs=0.01)
    assert (hits[2].dense_rank, hits[2].lexical_rank) == (None, None)


def test_a_window_is_behind_its_passage_by_its_share_of_the_cosine(library: Library) -> None:
    """Two windows of one passage, and their article's best is that passage."""
    filler = "The council met on Monday and spoke about roofs, schools and markets at length. " * 5
    put(library, f"{filler.strip()}\n\nThe volcano erupted.", id="long")
    asked = WordEncoder().encode(["volcano erupted"], "query")[0]
    with library.snapshot() as snapshot:
        (hit,) = fuse(snapshot, asked, [], [(1, 1.0)], keep=1)
    best, other = sorted(hit.excerpts, key=lambda near: -near.score)
    assert best.score == pytest.approx(hit.score)
    assert best.score - other.score == pytest.approx((best.cosine - other.cosine) / 2)
