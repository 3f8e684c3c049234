"""A question through the desk: what was understood reaches both searches, and can be asked away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ingest.dense import Dense
from ingest.library import Library
from ingest.types import Embedded
from qa.chips import chips
from qa.confidence import confidence, evidence
from qa.desk import Desk
from qa.page.answer import answer as page
from qa.render import as_json, as_text
from qa.types import Answer, Turn
from qa.understand import understand
from tests.fakes import WordEncoder, WordReader, embedded

_PUBLISHED = {
    "spring": ("The river flooded the market.", "2022-03-10", "Le Monde"),
    "autumn": ("The river flooded the school.", "2022-09", "Tass"),
    "undated": ("The river flooded the harbour.", None, "notes.txt"),
}


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    for name, (text, published, source) in _PUBLISHED.items():
        made = embedded(text, id=name)
        article = replace(made.article, published=published, source=source)
        passages = tuple(replace(one, article=article) for one in made.passages)
        windows = tuple(replace(one, article=article) for one in made.windows)
        library.put(Embedded(article, passages, windows, made.vectors), origin=f"/articles/{name}")
    with Dense(library, wait=None) as dense:
        yield Desk(library, WordEncoder(), WordReader(), dense)


def shown(answer: Answer) -> set[str]:
    return {quote.article.id for quote in answer.quotes or answer.nearest}


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("Qui livre des drones à Moscou ?", "fr", {"livre", "drones", "Moscou"}),
        ("Who is supplying Russia with ammunition?", "en", {"supplying", "Russia", "ammunition"}),
        ("?!", "en", set()),
        ("  ", "en", set()),
    ],
)
def test_what_a_question_is_about(
    library: Library, question: str, language: str, words: set[str]
) -> None:
    with library.snapshot() as snapshot:
        understood = understand(question, snapshot, WordEncoder()).understood
    assert understood.language == language
    assert words <= set(understood.words)
    assert understood.searched == understood.standalone == question.strip()


def test_a_filter_reaches_both_searches(desk: Desk) -> None:
    assert shown(desk.ask("what did the river flood")) == set(_PUBLISHED)
    considered = desk.consider("articles from March 2022 on the river flooded")
    assert {hit.passage.article.id for hit in considered.hits} == {"spring"}
    assert shown(desk.ask("selon Tass, river flooded ?")) == {"autumn"}


def test_asked_again_without(desk: Desk) -> None:
    question = "articles from March 2022 on the river"
    answer = desk.ask(question)
    (chip,) = chips(answer.understood)
    assert (chip.id, chip.label) == ("date:from March 2022", "published: from March 2022")
    again = desk.ask(question, without={chip.id})
    assert not chips(again.understood)
    assert shown(again) == set(_PUBLISHED)


def test_a_filter_that_leaves_nothing(desk: Desk) -> None:
    answer = desk.ask("articles from May 1999 on the river")
    assert shown(answer) == set(_PUBLISHED)
    (chip,) = chips(answer.understood)
    assert not chip.removable
    assert "so all were searched" in chip.label


def test_a_follow_up_prefers_the_article_last_quoted(desk: Desk) -> None:
    first = desk.ask("Which river flooded the school?")
    answer = desk.ask("and the market?", [first.turn])
    carried = answer.understood.carried
    assert carried is not None
    assert carried.question == "Which river flooded the school?"
    assert carried.article == first.turn.quotes[0].article.id
    assert "river" in carried.words
    assert not desk.ask("and the market?", [first.turn], without={"follow-up"}).understood.carried
    assert not desk.ask("and the market?").understood.carried


def test_a_later_follow_up_leans_on_the_whole_of_the_one_before(desk: Desk) -> None:
    turns = [desk.ask("Which river flooded the school?").turn]
    turns.append(desk.ask("why?", turns).turn)
    assert (turns[-1].question, turns[-1].said) == ("Which river flooded the school?", "why?")
    answer = desk.ask("and in March 2022?", turns)
    assert answer.understood.standalone == "why? (Which river flooded the school in March 2022?)"


def test_what_may_lean_is_asked_alone_where_the_articles_do_not_say_that(desk: Desk) -> None:
    before = [Turn("Which teachers left the village school before winter?", ())]
    leaning = desk.consider("who flooded the harbour?", before).understood.carried
    assert leaning and not leaning.sure
    alone, answer = (desk.ask("who flooded the harbour?", turns) for turns in ((), before))
    assert answer.answered and answer.quotes == alone.quotes
    assert answer.understood.carried is None
    near = desk.ask("who flooded the harbour?", [Turn("who flooded it", ())])
    assert near.answered and near.understood.carried
    opera = "who sings in the opera?"
    weighed = desk.consider(opera, before)
    follows = confidence(evidence(weighed.ranked, weighed.understood), following=True)
    stands = desk.ask(opera).confidence
    unanswered = desk.ask(opera, before)
    assert not unanswered.answered and stands != pytest.approx(follows, abs=1e-3)
    assert unanswered.confidence == pytest.approx(max(stands, follows), abs=1e-4)
    assert bool(unanswered.understood.carried) == (follows > stands), "the surer reading"


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("What is the capital of France?", "and Spain?", "en"),
        ("What is the capital of France?", "Gaza?", "en"),
        ("Quelle est la capitale de la France ?", "et London ?", "fr"),
        ("Quelle est la capitale de la France ?", "London ?", "fr"),
        ("Quelle est la capitale de la France ?", "what about the schools?", "en"),
        ("Who flooded the school?", "Quid de Gaza ?", "fr"),
    ],
)
def test_the_language_of_a_follow_up(
    library: Library, before: str, question: str, language: str
) -> None:
    with library.snapshot() as snapshot:
        found = understand(question, snapshot, WordEncoder(), conversation=[Turn(before, ())])
    assert found.understood.carried and found.understood.language == language


def test_nothing_leans_on_a_courtesy(desk: Desk) -> None:
    turns = [desk.ask("Which river flooded the school?").turn, desk.ask("Merci !").turn]
    carried = desk.ask("and the market?", turns).understood.carried
    assert carried and carried.question == "Which river flooded the school?"
    assert not desk.ask("and the market?", turns[1:]).understood.carried
    assert not desk.ask("ok, thanks", turns).understood.carried


def test_a_slip(desk: Desk) -> None:
    answer = desk.ask("who flooded the harbuor")
    assert answer.understood.searched == "who flooded the harbour"
    assert [chip.id for chip in chips(answer.understood)] == ["spelling:harbuor"]


def test_what_is_said_around_a_question(desk: Desk) -> None:
    message = "Hello, I read all the reports this morning; can you tell me who flooded the harbour?"
    answer = desk.ask(message)
    assert (answer.question, answer.understood.searched) == (message, "who flooded the harbour")
    assert not answer.understood.dates  # it was read this morning, not published
    assert [(one.id, one.label) for one in chips(answer.understood)] == [
        ("gist", "asked: who flooded the harbour")
    ]
    again = desk.ask(message, without={"gist"}).understood
    assert (again.gist, again.searched.startswith("Hello")) == (None, True)


def test_it_is_shown_everywhere(desk: Desk) -> None:
    answer = desk.ask("selon Tass, river flooded ?")
    understood = as_json(answer)["understood"]
    assert list(understood["sources"]) == [
        {"chip": "source:Tass", "said": "selon Tass", "sources": ("Tass",), "effect": "filter"}
    ]
    assert set(understood) == {
        "language", "words", "standalone", "searched", "dates", "sources", "carried", "spellings",
        "gist", "widened",
    }  # fmt: skip
    assert "(source" in as_text(answer)
    assert 'data-turn="3" data-chip="source:Tass"' in page(answer, 3)


def test_a_hostile_chip_is_text(desk: Desk) -> None:
    answer = desk.ask('selon Tass, the harbuor"><script>alert(1)</script>')
    assert "<script>" not in page(answer, 0)


def test_today_is_the_day_it_is_asked(library: Library) -> None:
    with library.snapshot() as snapshot:
        found = understand("hier", snapshot, WordEncoder(), today=dt.date(2022, 3, 1)).understood
    assert [(one.first, one.last) for one in found.dates] == [("2022-02-28", "2022-02-28")]
