"""What is read, and how its sentences are ranked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.types import Kind, Passage
from qa.excerpt import body, excerpt, widened
from qa.quote import WORTH_SHOWING, quotes
from qa.reader import Read
from qa.run import FARTHEST
from qa.sentence import NEAR, SPAN, excerpts, scored
from qa.types import Excerpt, Hit, Near
from tests.fakes import WordReader, make_article, scored_as

TEXT = """Les faits

L'Iran livre des drones. La Russie attend. Elle espère des obus.

À lire aussi La Russie brûle son gaz

La Russie avance. La Russie recule. La Russie attend encore."""

ARTICLE = make_article(TEXT, id="war")
FIRST = excerpt(ARTICLE, (0, TEXT.index("À lire")))
LAST = excerpt(ARTICLE, (TEXT.index("La Russie avance"), len(TEXT)))


def _hit(*near: Near) -> Hit:
    return Hit(Passage(ARTICLE, 0, len(TEXT)), 1.0, 1.0, 1.0, 0.5, 1, None, near)


def test_only_body_sentences_are_read() -> None:
    found = list(body(ARTICLE))
    assert [one.text for one in found][:3] == list(FIRST.texts)
    assert FIRST.texts == ("L'Iran livre des drones.", "La Russie attend.", "Elle espère des obus.")
    assert len(found) == 6
    assert all(ARTICLE.blocks[one.block].kind is Kind.BODY for one in found)
    assert [one.place for one in found] == [0, 1, 2, 0, 1, 2]


def test_a_sentence_is_read_whole_where_an_excerpt_starts_within_it() -> None:
    middle = TEXT.index("drones")
    assert excerpt(ARTICLE, (middle, middle + 1)).texts == ("L'Iran livre des drones.",)


def test_the_nearest_excerpts_are_read_and_no_empty_one() -> None:
    far, near = Near(FIRST, 0.2, 0.2), Near(LAST, 0.9, 0.8)
    heading = Near(excerpt(ARTICLE, (0, 9)), 1.0, 1.0)
    assert excerpts([_hit(far, heading), _hit(near)], 2) == [near, far]
    assert excerpts([_hit(far, heading), _hit(near)], 1) == [near]


def test_the_reader_decides_and_retrieval_adds_its_share() -> None:
    ranked = scored(
        "Qui livre des drones ?", [Near(LAST, 0.5, 0.5), Near(FIRST, 0.5, 0.5)], WordReader()
    )
    assert len(ranked) == 6
    best = ranked[0]
    assert best.sentence.text == "L'Iran livre des drones."
    assert best.score == pytest.approx(best.read.score + SPAN * best.read.span + NEAR * 0.5)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_a_sentence_in_two_excerpts_stands_once_by_its_better_one() -> None:
    part = excerpt(ARTICLE, (0, TEXT.index("Elle espère")))
    ranked = scored("drones", [Near(part, 0.1, 0.1), Near(FIRST, 0.4, 0.4)], WordReader(), sides=0)
    assert len(ranked) == 3
    assert {one.near.score for one in ranked} == {0.4}


def test_what_is_read_along_with_another_excerpt_is_not_read_again() -> None:
    def part(words: str) -> Near:
        at = TEXT.index(words)
        return Near(excerpt(ARTICLE, (at, at + 1)), 0.5, 0.5)

    class Counting(WordReader):
        read_texts: tuple[tuple[str, ...], ...] = ()

        def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
            self.read_texts = tuple(one.texts for one in excerpts)
            return super().read(question, excerpts)

    reader = Counting()
    beside, apart = part("Elle espère"), part("La Russie recule.")
    ranked = scored("drones", [part("La Russie attend."), beside, apart], reader, sides=1)
    assert reader.read_texts == (FIRST.texts, LAST.texts), "the second is within the first"
    assert len(ranked) == 6
    scored("drones", [part("La Russie attend."), beside], reader, sides=0)
    assert len(reader.read_texts) == 2


def test_nothing_to_read() -> None:
    assert scored("Qui ?", [], WordReader()) == ()


def test_neighbours_are_read_along_up_to_a_heading_or_page_furniture() -> None:
    def around(words: str, *, sides: int = 1, limit: int = 700) -> list[str]:
        at = TEXT.index(words)
        return list(widened(excerpt(ARTICLE, (at, at + 1)), sides=sides, limit=limit).texts)

    assert around("La Russie attend.") == list(FIRST.texts)
    assert around("L'Iran") == list(FIRST.texts[:2])
    assert around("L'Iran", sides=5) == list(FIRST.texts)
    assert around("Elle espère") == list(FIRST.texts[1:])
    assert around("La Russie avance", sides=9) == list(LAST.texts)
    assert around("La Russie attend.", limit=43) == list(FIRST.texts[:2]), "the one before first"
    assert around("La Russie attend.", limit=10) == ["La Russie attend."]
    assert around("La Russie attend.", sides=0) == ["La Russie attend."]
    assert widened(excerpt(ARTICLE, (0, 9)), sides=1).sentences == ()


def test_a_neighbour_is_a_candidate_by_the_window_that_it_stands_beside() -> None:
    at = TEXT.index("La Russie attend.")
    near = Near(excerpt(ARTICLE, (at, at + 1)), 0.5, 0.5)
    ranked = scored("Qui livre des drones ?", [near], WordReader(), sides=1)
    assert ranked[0].sentence.text == "L'Iran livre des drones."
    assert all(one.near is near for one in ranked) and len(ranked) == 3


def test_quotes_are_runs_that_do_not_overlap() -> None:
    """The third sentence leans on the second and takes it along: the second is not quoted twice."""
    found = list(body(ARTICLE))
    ranked = [
        scored_as(found[2], 3.0),
        scored_as(found[1], 2.0),
        scored_as(found[4], 1.0),
        scored_as(found[5], -99.0),
    ]
    made = quotes(ranked)
    assert [one.text for one in made] == [
        "La Russie attend. Elle espère des obus.",
        "La Russie recule.",
    ]
    assert made[0].highlight == (found[2].start, found[2].end)
    assert made[0].score > made[1].score
    assert quotes(()) == ()


def test_neighbours_that_may_be_the_answer_as_well_are_one_quote() -> None:
    """By how little they are behind, not by where they stand; within their own paragraph only."""
    drones, waits, _, advances, recedes, still = body(ARTICLE)
    ranked = [
        scored_as(recedes, 9.0),
        scored_as(waits, 8.9),  # as likely, in another paragraph
        scored_as(advances, 7.0),
        scored_as(still, 9.0 - FARTHEST),
        scored_as(drones, 9.0 - WORTH_SHOWING),
    ]
    made = quotes(ranked)
    assert [one.text for one in made] == [
        "La Russie avance. La Russie recule.",
        "La Russie attend.",
        "La Russie attend encore.",
    ]
    assert made[0].highlight == (recedes.start, recedes.end)
    assert [quotes([one])[0].text for one in ranked[:2]] == [recedes.text, waits.text]
