"""What is read, and how its sentences are ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.types import Kind, Passage
from qa.excerpt import body, excerpt, widened
from qa.quote import WORTH_SHOWING, quotes
from qa.reader import Read
from qa.run import FARTHEST
from qa.sentence import AGAIN, CLOSE, NEAR, Window, scored, windows
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


def _near(words: str, score: float = 0.5) -> Near:
    at = TEXT.index(words)
    return Near(excerpt(ARTICLE, (at, at + 1)), score, score)


def test_what_is_read_lies_around_the_nearest_excerpts() -> None:
    heading = Near(excerpt(ARTICLE, (0, 9)), 1.0, 1.0)
    nearest, inside = _near("La Russie recule.", 0.9), _near("Elle espère", 0.2)
    (window,) = windows([_hit(inside, heading), _hit(nearest)], 3_000)
    assert window.near is nearest, "none without a sentence, and none that was read already"
    assert window.seen.sentences == tuple(body(ARTICLE))


def test_so_many_characters_are_read_and_once_at_least() -> None:
    notes = [make_article(f"Note {n}. " + "La Russie attend. " * 9, id=f"n{n}") for n in range(9)]
    hits = [_hit(Near(excerpt(note, (0, 9)), 1 - n / 10, 0.5)) for n, note in enumerate(notes)]
    found = windows(hits, 1_000)
    assert [one.seen.article.id for one in found] == ["n0", "n1", "n2"]
    assert all(one.seen.sentences == tuple(body(one.seen.article)) for one in found)
    assert len(windows(hits, 10)) == 1
    assert len(windows(hits, 10_000)) == 9
    assert windows([], 1_000) == []


def test_what_does_not_fit_any_more_leaves_room_for_what_does() -> None:
    long = make_article("La Russie attend encore un peu. " * 20, id="long")
    note = make_article("La Russie attend.", id="note")
    first, second = Near(excerpt(note, (0, 9)), 0.9, 0.5), Near(excerpt(long, (0, 999)), 0.8, 0.5)
    third = _near("L'Iran", 0.7)
    found = windows([_hit(first), _hit(second), _hit(third)], 600)
    assert [one.near for one in found] == [first, third]


def test_the_last_window_is_as_wide_as_is_left() -> None:
    notes = [make_article("La Russie attend encore. " * 40, id=f"n{n}") for n in range(3)]
    hits = [_hit(Near(excerpt(note, (0, 9)), 1 - n / 10, 0.5)) for n, note in enumerate(notes)]
    first, last = windows(hits, 1_600)
    assert first.seen.sentences == tuple(body(notes[0]))
    assert 5 < len(last.seen.sentences) < 20 and last.near.excerpt.article.id == "n1"


def test_the_reader_decides_and_retrieval_adds_its_share() -> None:
    ranked = scored(
        "Qui livre des drones ?",
        [Window(Near(LAST, 0.5, 0.5), LAST), Window(Near(FIRST, 0.5, 0.5), FIRST)],
        WordReader(),
    )
    assert len(ranked) == 6
    best = ranked[0]
    assert best.sentence.text == "L'Iran livre des drones."
    assert best.score == pytest.approx(best.read.score + NEAR * 0.5)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_a_sentence_in_two_windows_stands_once_by_its_better_one() -> None:
    part = excerpt(ARTICLE, (0, TEXT.index("Elle espère")))
    low, high = Near(part, 0.1, 0.1), Near(FIRST, 0.4, 0.4)
    ranked = scored("drones", [Window(low, part), Window(high, FIRST)], WordReader())
    assert len(ranked) == 3
    assert {one.near.score for one in ranked} == {0.4}


class ByCompany(WordReader):
    """A sentence scores as many as are read with it."""

    def __init__(self) -> None:
        self.seen: list[list[Excerpt]] = []

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
        self.seen.append(list(excerpts))
        return [tuple(Read(len(e.sentences), None) for _ in e.sentences) for e in excerpts]


class SureOfOne(WordReader):
    """Sure that the sentence with a word in it answers, once it is read with few others."""

    def __init__(self, word: str) -> None:
        self.word = word

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
        return [
            tuple(Read(self._score(text, len(e.texts)), None) for text in e.texts) for e in excerpts
        ]

    def _score(self, text: str, company: int) -> float:
        if company > 20:
            return 2.0 - (self.word not in text) + ("première" in text)
        return 8.0 if self.word in text else 0.0


def test_what_is_surer_alone_comes_first() -> None:
    said = [f"La Russie attend {n} semaines de plus." for n in range(30)]
    said[2], said[25] = "La première attend.", "La dernière attend."
    article = make_article(" ".join(said))
    near, reader = Near(excerpt(article, (0, 9)), 0.5, 0.5), SureOfOne("dernière")
    ranked = scored("Qui ?", [Window(near, excerpt(article, (0, 9_999)))], reader)
    assert ranked[0].sentence.text == "La dernière attend." and ranked[0].read.score == 5.0
    (first,) = (one for one in ranked if "première" in one.sentence.text)
    assert first.read.score == 1.0


def test_what_a_window_has_is_not_read_again_of_a_reprint() -> None:
    said = [f"La Russie attend {n} semaines de plus." for n in range(24)]
    wire = make_article(" ".join(said), id="wire")
    copy = make_article(" ".join([*said, "Lyon attend."]), id="copy")
    early, late, anew = (
        Near(excerpt(article, (article.text.index(words), article.text.index(words) + 1)), s, s)
        for article, words, s in ((wire, said[2], 0.9), (copy, said[9], 0.8), (copy, "Lyon", 0.3))
    )
    hits = [
        Hit(Passage(one, 0, len(one.text)), 1.0, 1.0, 1.0, 0.5, 1, None, near, reprints=(like,))
        for one, like, near in ((wire, copy, (early,)), (copy, wire, (late, anew)))
    ]
    assert [one.near for one in windows(hits, 3_000)] == [early, anew]
    assert [one.near for one in windows(hits[:1], 3_000)] == [early]


def test_what_did_not_fit_is_read_of_a_reprint_that_does() -> None:
    said = "La Russie attend encore un peu."
    note, long = make_article("Rien.", id="note"), make_article(f"{said} " * 20, id="long")
    copy = make_article(said, id="copy")
    first, second, third = (
        Near(excerpt(one, (0, 999)), score, score)
        for one, score in ((note, 0.9), (long, 0.8), (copy, 0.7))
    )
    hits = [
        _hit(first),
        replace(_hit(second), passage=Passage(long, 0, 9), reprints=(copy,)),
        replace(_hit(third), passage=Passage(copy, 0, 9), reprints=(long,)),
    ]
    assert [one.near for one in windows(hits, 600)] == [first, third]


def test_half_of_what_tells_the_windows_of_an_article_apart_is_forgotten() -> None:
    other = make_article("La Russie attend.", id="other")
    high, low = Near(FIRST, 0.8, 0.5), Near(LAST, 0.2, 0.5)
    alone = Near(excerpt(other, (0, 9)), 0.2, 0.5)
    read = [Window(near, near.excerpt) for near in (high, low, alone)]
    ranked = scored("Qui ?", read, WordReader())
    assert {(one.near.excerpt, one.nearness) for one in ranked} == {
        (FIRST, 0.8), (LAST, 0.5), (alone.excerpt, 0.2)
    }  # fmt: skip


def test_the_likeliest_are_read_again_closely_and_count_by_the_mean() -> None:
    article = make_article(" ".join(f"La Russie attend {n} semaines de plus." for n in range(30)))
    near, reader = Near(excerpt(article, (0, 9)), 0.5, 0.5), ByCompany()
    ranked = scored("Qui attend ?", [Window(near, excerpt(article, (0, 9_999)))], reader)
    assert len(ranked) == 30
    first, again = reader.seen
    assert [len(one.sentences) for one in first] == [30]
    assert len(again) == AGAIN
    for close in again:
        assert close.sentences[-1].end - close.sentences[0].start <= CLOSE < len(article.text)
    twice = {said.start: len(close.sentences) for close in again for said in close.sentences}
    assert 5 < len(twice) < 30
    for one in ranked:
        expected = (30 + twice.get(one.sentence.start, 30)) / 2
        assert one.read.score == expected
        assert one.score == pytest.approx(expected + NEAR * 0.5)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_nothing_to_read() -> None:
    assert scored("Qui ?", [], WordReader()) == ()


def test_a_window_grows_on_both_sides_over_headings_and_page_furniture() -> None:
    def around(words: str, limit: int) -> list[str]:
        at = TEXT.index(words)
        return list(widened(excerpt(ARTICLE, (at, at + 1)), limit).texts)

    every = [one.text for one in body(ARTICLE)]
    assert around("La Russie attend.", 1_300) == every
    assert around("L'Iran", 1_300) == around("La Russie attend encore.", 1_300) == every
    assert around("La Russie attend.", 43) == every[:2], "the one before first"
    assert around("La Russie attend.", 70) == every[:3]
    assert around("Elle espère", 105) == every[1:4], "on both sides in turn"
    assert around("La Russie attend.", 10) == ["La Russie attend."]
    assert widened(excerpt(ARTICLE, (0, 9))).sentences == ()


def test_a_neighbour_is_a_candidate_by_the_window_that_it_stands_in() -> None:
    (window,) = windows([_hit(near := _near("La Russie attend."))], 3_000)
    ranked = scored("Qui livre des drones ?", [window], WordReader())
    assert ranked[0].sentence.text == "L'Iran livre des drones."
    assert all(one.near is near for one in ranked) and len(ranked) == 6


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


def test_what_only_describes_has_its_answer_lit_where_that_is_named() -> None:
    text = "It was an insurer that broke the case open. Harbour Mutual kept the logs. It paid."
    describes, names, after = body(make_article(text, language="en"))
    ranked = [scored_as(describes, 3.0), scored_as(after, -9.0), scored_as(names, -9.0)]
    (made,) = quotes(ranked)
    assert made.text == f"{describes.text} {names.text}"
    assert made.highlight == (names.start, names.end)
    (alone,) = quotes(ranked[:1])
    assert alone.text == made.text, "the sentence that names was not read"
    assert alone.highlight == (describes.start, describes.end)


def test_nothing_is_lit_in_a_later_quote_that_hardly_answers() -> None:
    _, waits, _, _, recedes, still = body(ARTICLE)
    made = quotes([scored_as(waits, -1.0), scored_as(still, -2.0)])
    assert made[0].highlight == (waits.start, waits.end), "the first is what answers, if any does"
    assert made[1].highlight is None
    made = quotes([scored_as(waits, 3.0), scored_as(recedes, 1.0)])
    assert made[1].highlight == (recedes.start, recedes.end)


def test_who_says_so_is_not_lit_for_what_is_asked() -> None:
    text = "It was an insurer that broke the case open. According to The Argus, Harbour Mutual did."
    describes, names = body(make_article(text, language="en"))
    found = scored_as(names, -9.0)
    for words, lit in (("The Argus", describes), ("Harbour Mutual", names)):
        start = text.index(words)
        read = replace(found.read, highlight=(start, start + len(words)))
        (made,) = quotes([scored_as(describes, 3.0), replace(found, read=read)])
        assert made.end == names.end and made.highlight
        assert lit.start <= made.highlight[0] < lit.end
    start = text.index("Harbour Mutual")
    sayer = (text.index("The Argus"), text.index("The Argus") + 9)
    read = replace(found.read, highlight=sayer, beside=(start, start + 14))
    (made,) = quotes([scored_as(describes, 3.0), replace(found, read=read)])
    assert made.highlight == (start, start + 14), "the likeliest but for who says so"
