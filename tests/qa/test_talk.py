"""A conversation goes on while nobody looks, can be stopped, and belongs to one visitor."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence

import pytest

from qa.talk import LONGEST, MOST, Conversation, Talk, known_as
from qa.types import Answer, Turn, Understood

ANN, BOB = "a" * 32, "b" * 32


def make_answer(question: str) -> Answer:
    understood = Understood("en", ("who",), standalone=f"{question} in full")
    return Answer(question, "en", False, 0.1, (), (), understood, 0.0)


class Desk:
    """Answers when it is let, and remembers what came before each question."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.before: list[list[str]] = []

    def ask(
        self,
        question: str,
        before: Sequence[Turn],
        without: Collection[str],
        only: Collection[str],
    ) -> Answer:
        self.before.append([turn.question for turn in before])
        assert self.let.wait(10)
        if question == "fail":
            raise RuntimeError("no")
        return make_answer(question)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def talk(desk: Desk) -> Iterator[Talk]:
    made = Talk(desk.ask)
    yield made
    desk.let.set()
    made.close()


def states(conversation: Conversation) -> tuple[str, ...]:
    return tuple(
        "pending" if one.job else "answered" if one.answer else "failed" if one.trouble else "none"
        for one in conversation.said
    )


def test_it_is_watched_until_all_is_answered(talk: Talk, desk: Desk) -> None:
    one = talk.of(ANN)
    talk.ask(one, one.add("who"))
    seen = talk.watch(one, lambda: states(one))
    assert next(seen) == ("pending",)
    desk.let.set()
    assert list(seen) == [("answered",)]
    assert list(talk.watch(one, lambda: states(one))) == [("answered",)]


def test_it_goes_on_while_nobody_looks(talk: Talk, desk: Desk) -> None:
    one = talk.of(ANN)
    talk.ask(one, one.add("who"))
    watched = talk.watch(one, lambda: states(one))
    next(watched)
    watched.close()  # type: ignore[attr-defined]
    desk.let.set()
    assert list(talk.watch(talk.of(ANN), lambda: states(talk.of(ANN))))[-1] == ("answered",)
    assert talk.of(BOB).said == [] and talk.of("nobody").said == []


def test_a_stopped_question_stays_stopped_and_can_be_asked_again(talk: Talk, desk: Desk) -> None:
    one = talk.of(ANN)
    said = one.add("who")
    talk.ask(one, said)
    job = said.job
    one.stop(said)
    desk.let.set()
    assert job is not None
    if not job.cancelled():
        job.result(10)
    assert states(one) == ("none",)
    talk.ask(one, said)
    assert list(talk.watch(one, lambda: states(one)))[-1] == ("answered",)


def test_a_follow_up_knows_what_was_answered_before_it(talk: Talk, desk: Desk) -> None:
    desk.let.set()
    one = talk.of(ANN)
    for question in ("who", "fail", "and drones"):
        talk.ask(one, one.add(question))
        list(talk.watch(one, lambda: states(one)))
    assert desk.before == [[], ["who in full"], ["who in full"]]
    assert states(one) == ("answered", "failed", "answered")


def test_another_login_on_the_same_browser_is_another_visitor(talk: Talk) -> None:
    kept = [talk.of(known_as(ANN, name)) for name in ("anna", "bob", "anna")]
    assert kept[0] is kept[2] and kept[0] is not kept[1] and talk.of(ANN) not in kept
    assert known_as("nobody", "anna") is known_as(7, "anna") is None


def test_there_are_only_so_many(talk: Talk) -> None:
    one = talk.of(ANN)
    for number in range(LONGEST + 3):
        one.add(str(number))
    assert len(one.said) == LONGEST and one.said[0].place == 3
    for number in range(MOST):
        talk.of(f"{number:032x}")
    assert talk.of(ANN) is not one
    one.clear()
    assert one.add("who").place == LONGEST + 3  # a late command for an old place means nothing
