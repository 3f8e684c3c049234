"""The glass box tells what happened, and changes nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from ingest.dense import Dense
from ingest.library import Library
from qa.desk import Desk
from qa.glass import Fate, Glass, Weighed, look
from qa.quote import MOST, WORTH_SHOWING
from qa.settings import SHIPPED, Settings
from tests.fakes import WordEncoder, WordReader, put

QUESTION = "Which harbour was flooded in March?"
ARTICLES = {
    "brest": "The harbour of Brest was flooded in March, said Marie Kermadec. Nobody was hurt.",
    "copy": "The harbour of Brest was flooded in March, said Marie Kermadec.",
    "lyon": "A storm hit Lyon. The bakery was flooded. In March the river fell.",
    "nice": "The harbour of Nice was painted in March. The mayor of Nice liked the blue harbour.",
    "metz": "Metz opened a library. Its roof is green.",
}


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    for name, text in ARTICLES.items():
        put(library, text, id=name)
    with closing(Dense(library)) as dense:
        yield Desk(library, WordEncoder(), WordReader(), dense)


def sentences(seen: Glass) -> list[Weighed]:
    return [one for each in seen.candidates for part in each.excerpts for one in part.sentences]


@pytest.mark.parametrize("threshold", [0.0, 1.0])
@pytest.mark.parametrize("read", [300, 700, 12_000])
def test_every_sentence_that_was_read_has_the_fate_that_the_answer_shows(
    desk: Desk, threshold: float, read: int
) -> None:
    settings = Settings(threshold=threshold, read=read)
    seen = look(desk, QUESTION, settings)
    considered = desk.consider(QUESTION, settings=settings)
    shown = seen.answer.quotes or seen.answer.nearest
    assert seen.answer.answered == (threshold == 0.0) and shown
    told = sentences(seen)
    assert len(told) == len(considered.ranked)
    best = considered.ranked[0].score
    for one in told:
        sentence, quote = one.scored.sentence, shown[(one.quote or 1) - 1]
        inside = [
            n
            for n, each in enumerate(shown, 1)
            if each.article.id == sentence.article.id
            and each.start <= sentence.start
            and sentence.end <= each.end
        ]
        match one.fate:
            case Fate.QUOTED | Fate.ALONG:
                assert one.quote in inside
            case Fate.REPEATS:
                assert sentence.article.id in {each.article.id for each in quote.also}
            case Fate.BEHIND:
                assert best - one.scored.score > WORTH_SHOWING
            case Fate.CROWDED:
                assert len(shown) == MOST and not inside
    quoted = sorted(one.quote or 0 for one in told if one.fate is Fate.QUOTED)
    assert quoted == list(range(1, len(shown) + 1))


def test_the_same_words_elsewhere_are_named_with_the_quote(desk: Desk) -> None:
    seen = look(desk, QUESTION, Settings(threshold=0.0))
    fates = {
        (one.scored.sentence.article.id, one.scored.sentence.start): one for one in sentences(seen)
    }
    pair = {fates["brest", 0].fate, fates["copy", 0].fate}
    assert pair == {Fate.QUOTED, Fate.REPEATS}
    assert fates["brest", 0].quote == fates["copy", 0].quote == 1


def test_only_so_much_is_read_and_the_rest_says_so(desk: Desk) -> None:
    for read, characters in ((1, 300), (2, 600)):
        seen = look(desk, QUESTION, Settings(read=characters))
        parts = [part for each in seen.candidates for part in each.excerpts]
        assert len(parts) > 2 and sum(part.read for part in parts) == read
        assert all(not part.sentences for part in parts if not part.read)


def test_weights_that_are_tried_weigh(desk: Desk) -> None:
    plain = look(desk, QUESTION, Settings(lexical=0.0, near=0.0))
    assert all(hit.hit.score == hit.hit.cosine for hit in plain.candidates)
    assert all(one.scored.score == one.scored.read.score for one in sentences(plain))
    assert any(hit.hit.score > hit.hit.cosine for hit in look(desk, QUESTION, SHIPPED).candidates)


def test_what_was_tried_is_not_the_chats(desk: Desk) -> None:
    before = desk.ask(QUESTION)
    look(desk, QUESTION, Settings(lexical=1.0, read=1, near=0.0, threshold=0.01))
    after = desk.ask(QUESTION)
    assert (after.quotes, after.confidence) == (before.quotes, before.confidence)
    same = look(desk, QUESTION, SHIPPED).answer
    assert (same.quotes, same.nearest, same.confidence) == (
        before.quotes,
        before.nearest,
        before.confidence,
    )


def test_nothing_to_look_for(desk: Desk) -> None:
    seen = look(desk, "?!", SHIPPED)
    assert not seen.candidates and seen.evidence is None and not seen.answer.answered
