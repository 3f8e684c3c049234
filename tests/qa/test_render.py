"""The answer as JSON, to the letter, and as text that never passes off a passage as an answer."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from typing import Any

import pytest

from ingest.terminal import shown
from qa.render import as_json, as_text
from qa.types import Answer, Quote, Understood, Widened
from tests.fakes import make_article

ARTICLE = make_article("Il pleut. La Saône monte.", title="Crue", published="2022-09")


def answer(*, answered: bool, language: str = "fr") -> Answer:
    found = (Quote(ARTICLE, 10, 25, (13, 18), 0.75),)
    return Answer(
        question="Et la Saône ?",
        language=language,
        answered=answered,
        confidence=0.9,
        quotes=found if answered else (),
        nearest=() if answered else found,
        understood=Understood(language, ("Saône",)),
        seconds=0.1,
    )


def test_the_json_of_a_quote() -> None:
    (quote,) = as_json(answer(answered=True))["quotes"]
    assert quote == {
        "text": "La Saône monte.",
        "start": 10,
        "end": 25,
        "highlight": [13, 18],
        "score": 0.75,
        "article": {
            "id": "storm",
            "title": "Crue",
            "source": "storm.txt",
            "published": "2022-09",
            "language": "fr",
            "version": ARTICLE.digest,
        },
    }


@pytest.mark.parametrize("key", ["q1", 0, 7, ["x"], {"a": None}], ids=str)
def test_the_id_comes_back_as_it_was(key: Any) -> None:
    assert as_json(answer(answered=True), id=key)["id"] == key


def test_no_id_where_none_was_given() -> None:
    assert "id" not in as_json(answer(answered=True))


def test_what_a_terminal_would_obey_is_shown_on_one_and_kept_elsewhere() -> None:
    ours, theirs = os.openpty()
    text = "\x1b[2J\x07\r \x9b1m\x7f\tone\r\ntwo"
    with os.fdopen(theirs, "w") as terminal:
        assert shown(text, terminal) == "␛[2J␇␍ ␛[1m␡\tone\ntwo"
    os.close(ours)
    assert shown(text, io.StringIO()) == text


def test_silence_is_said_before_what_is_near() -> None:
    text = as_text(answer(answered=False))
    assert text.startswith("Les articles ne le disent pas.\n")
    assert "[1]" not in text
    assert as_text(answer(answered=False, language="en")).startswith("The articles don't say.\n")


def test_what_was_sought_beyond_the_question_is_said() -> None:
    found = answer(answered=True)
    widened = (
        Widened("Saône", ("saone", "river"), ("saone", "river")),
        Widened("monte", ("rises",), ("rises",)),
        Widened("pays", ("whistler",)),
    )

    def told(*these: Widened) -> Answer:
        return replace(found, understood=replace(found.understood, widened=these))

    assert as_text(told(*widened[:2])).endswith(
        "\nCherché aussi : Saône → saone, river; monte → rises"
    )
    assert as_text(told(*widened)).endswith("saone, river; monte → rises (entre autres)")
    assert "Cherché aussi" not in as_text(told(widened[2]))
    assert json.loads(json.dumps(as_json(told(*widened[1:]))))["understood"]["widened"] == [
        {"word": "monte", "also": ["rises"], "likely": ["rises"]},
        {"word": "pays", "also": ["whistler"], "likely": []},
    ]


def test_a_quote_stands_with_its_place() -> None:
    lines = as_text(answer(answered=True)).splitlines()
    assert lines[0] == "1 article répond à la question."
    assert "[1] La Saône monte." in lines
    assert "    Crue · storm.txt · 2022-09 · 10-25" in lines
