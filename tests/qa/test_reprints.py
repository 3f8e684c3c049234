"""Reprints in an answer: one voice, every paper named, and only where the words are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.dense import Dense
from ingest.library import Library
from ingest.types import Passage
from qa.desk import RETRIEVED, Desk
from qa.phrases import opening
from qa.render import as_json
from qa.reprints import distinct
from qa.types import Answer
from qa.verify import Standing, verdicts
from tests.fakes import WordEncoder, WordReader, make_article, take_in

WIRE = (
    "the harbour of brest was closed on monday after a cable snapped. {} people were hurt. the"
    " cable had been examined a week before, and the crane it belonged to is the oldest one there."
    "\n\nwork goes on at the two other docks, where ships now wait for a day and a half. the owner"
    " of the crane said nothing about the accident when he was asked."
)  # no names: only the library can know that these articles are one
ASKED = "How many people were hurt in the harbour of brest?"
PAPERS = RETRIEVED + 2


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    with Dense(library) as dense:
        yield Desk(library, WordEncoder(), WordReader(), dense)


def bring(desk: Desk, *articles: dict[str, str]) -> None:
    path = desk.library.folder.parent / f"{articles[0]['id']}.jsonl"
    path.write_text("\n".join(json.dumps({"language": "en"} | one) for one in articles))
    assert not take_in(desk.library, path).rejected
    desk.dense.catch_up()


def paper(name: str, text: str, **more: str) -> dict[str, str]:
    return {"id": name, "title": name, "source": f"the {name}", "text": text} | more


def shown(answer: Answer) -> list[list[str]]:
    """The articles of each quote, those of an abstention too."""
    quotes = answer.quotes or answer.nearest
    return [[one.article.id for one in (quote, *quote.also)] for quote in quotes]


ONE, TWO, THREE, FOUR, OWN = (
    f"The {which} of the ships waits for a day and a half outside the harbour of brest."
    for which in ("first", "second", "third", "fourth", "smallest")
)
WHOLE = make_article(f"{ONE} {TWO}\n\n{THREE} {FOUR}", id="a")
MORE = make_article(f"{OWN} {ONE} {TWO} {THREE}\n\n{FOUR}", id="b")
A1, A2, B1, B2 = (
    Passage(one, block.start, block.end) for one in (WHOLE, MORE) for block in one.blocks
)


@pytest.mark.parametrize(
    ("ranked", "kept"),
    [
        ([B1, A1, A2, B2], [B1, B2]),  # all that A says stands in B, which came first
        ([A1, B1, A2, B2], [A1, B1, A2]),  # B1 has a sentence of its own
        ([A1, B2, A2], [A1, A2]),  # what B2 says, A will
        ([A1, B2], [A1, B2]),  # unless it was not found
        ([], []),
    ],
)
def test_one_article_speaks_for_a_story(ranked: list[Passage], kept: list[Passage]) -> None:
    like = {"a": ["b"], "b": ["a"]}
    assert list(distinct(ranked, like.__getitem__)) == kept
    assert list(distinct(ranked, lambda _: ())) == ranked


def test_twelve_papers_are_one_voice_and_all_are_named(desk: Desk) -> None:
    papers = [paper(f"p{i:02}", WIRE.format("Seven")) for i in range(PAPERS)]
    other = paper("other", "people were hurt in the harbour the year before, a report on it says.")
    bring(desk, *papers, other)
    _, hits = desk.near(ASKED)
    assert [hit.passage.article.id for hit in hits if hit.passage.article.id != "other"] == ["p00"]
    answer = desk.ask(ASKED)
    groups = shown(answer)
    found = replace(answer, answered=True, quotes=answer.quotes or answer.nearest)
    assert opening(found).startswith("2 ")
    assert ["other"] in groups
    assert len(groups) > 1
    for group in groups:
        assert group == ["other"] or sorted(group) == [one["id"] for one in papers]
    for quote in answer.quotes or answer.nearest:
        assert all(one.text == quote.text for one in quote.also)


def test_places_are_found_behind_what_a_paper_added(desk: Desk, tmp_path: Path) -> None:
    added = "Our readers will want to know what happened by the sea.\n\n" + WIRE.format("Seven")
    bring(desk, paper("wire", WIRE.format("Seven")), paper("added", added))
    answer = desk.ask(ASKED)
    first = (answer.quotes or answer.nearest)[0]
    assert len(first.also) == 1
    assert first.also[0].text == first.text
    assert {first.start, first.also[0].start} == {first.start, first.start + added.index("the har")}
    (tmp_path / "answers.json").write_text(json.dumps(as_json(answer)))
    with desk.library.snapshot() as snapshot:
        found = list(verdicts(snapshot, tmp_path / "answers.json"))
    assert len(found) > 1
    assert {one.standing for one in found} == {Standing.INTACT}


def test_another_number_in_a_reprint_is_another_voice(desk: Desk) -> None:
    bring(desk, paper("old", WIRE.format("7")), paper("new", WIRE.format("9")))
    with desk.library.snapshot() as snapshot:
        assert snapshot.reprints("old") == ["new"]
    groups = shown(desk.ask("How many people were hurt?"))
    assert ["old"] in groups
    assert ["new"] in groups


def test_what_a_paper_cut_is_not_said_to_stand_there(desk: Desk) -> None:
    whole = WIRE.format("Seven")
    bring(desk, paper("whole", whole), paper("cut", whole[: whole.index("\n")]))
    groups = shown(desk.ask("At which docks do ships wait for a day and a half?"))
    assert groups[0] == ["whole"]


def test_a_source_that_was_asked_for_speaks_alone(desk: Desk) -> None:
    for name in ("Morning Post", "Evening Star"):
        bring(desk, paper(name, WIRE.format("Seven"), source=name))
    answer = desk.ask("According to the Evening Star, how many people were hurt in the harbour?")
    assert answer.understood.sources[0].effect == "filter"
    assert {one for group in shown(answer) for one in group} == {"Evening Star"}
