"""How sentences are weighed, by figures computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.encoder import Reading
from ingest.library import Library
from ingest.types import Kind, Passage
from qa.quote import quotes
from qa.sentence import Scored, candidates, content, likest, scored, telling
from qa.types import Hit
from tests.fakes import WordEncoder, make_article

TEXT = """Les faits

L'Iran livre des drones. La Russie attend. Elle espère des obus.

À lire aussi La Russie brûle son gaz

La Russie avance. La Russie recule. La Russie attend encore."""


def _hit() -> Hit:
    article = make_article(TEXT, id="war")
    return Hit(Passage(article, 0, len(TEXT)), 1.0, 0.5, 1, None)


def test_only_body_sentences_are_candidates() -> None:
    found = candidates([_hit(), _hit()])
    assert [one.text for one in found][:3] == [
        "L'Iran livre des drones.",
        "La Russie attend.",
        "Elle espère des obus.",
    ]
    assert len(found) == 6
    assert all(one.article.blocks[one.block].kind is Kind.BODY for one in found)


def test_the_word_that_sets_a_sentence_apart_decides() -> None:
    """Five sentences of six have "Russie"; "drones" tells."""
    encoder = WordEncoder()
    (asked,) = encoder.read(["Qui livre des drones à la Russie ?"], "query")
    best = scored(asked, [_hit()], encoder)[0]
    assert best.sentence.text == "L'Iran livre des drones."


def test_weights_of_words() -> None:
    matches = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]], np.float32)
    assert telling(matches) == pytest.approx([0.0, 1.0], abs=1e-6)
    alike = np.ones((2, 2), np.float32)
    assert telling(alike) == pytest.approx([0.5, 0.5])


def test_each_word_against_its_likest_token() -> None:
    east, north = [1.0, 0.0], [0.0, 1.0]
    asked = np.array([east, north], np.float32)
    both = Reading(np.zeros(2, np.float32), ("a", "b"), np.array([north, east], np.float32))
    one = Reading(np.zeros(2, np.float32), ("a",), np.array([north], np.float32))
    none = Reading(np.zeros(2, np.float32), (), np.zeros((0, 2), np.float32))
    assert likest(asked, [both, one, none]).tolist() == [[1, 1], [0, 1], [0, 0]]


def test_stop_words_carry_no_subject() -> None:
    states = np.eye(4, dtype=np.float32)
    asked = Reading(states[0], ("qui", "livre", "##s", "?"), states)
    assert content(asked).tolist() == states[1:3].tolist()
    only_stop_words = Reading(states[0], ("qui", "est", "ce", "?"), states)
    assert len(content(only_stop_words)) == 4


def _scored(number: int, *, score: float, near: float) -> Scored:
    return Scored(candidates([_hit()])[number], score, near, 0.0, 0.0, 0.0)


def test_quotes_are_runs_that_do_not_overlap(library: Library) -> None:
    """The third sentence leans on the second and takes it along: the second is not quoted twice."""
    ranked = [
        _scored(2, score=3.0, near=0.9),
        _scored(1, score=2.0, near=1.0),
        _scored(4, score=1.0, near=0.9),
        _scored(5, score=0.5, near=0.1),
    ]
    found = quotes(ranked)
    assert [one.text for one in found] == [
        "La Russie attend. Elle espère des obus.",
        "La Russie recule.",
    ]
    assert found[0].score > found[1].score


def test_no_sentence_no_quote() -> None:
    assert quotes(()) == ()
    assert scored(WordEncoder().read(["Qui ?"], "query")[0], [], WordEncoder()) == ()
