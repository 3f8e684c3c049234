"""What other programs are told, and that nonsense is answered in words."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SaidsoError
from ingest.types import Report
from qa.api import Api, Writing
from qa.chat import Chat
from tests.fakes import WordEncoder, WordReader, put

TEXT = "The harbour of Brest was flooded in March. Nobody was hurt."


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    with closing(Chat(tmp_path / "library", WordEncoder(), WordReader(), purpose="a test")) as made:
        put(made.library, TEXT)
        put(made.library, "Grain was shipped from Nantes.", id="grain")
        made.wake()
        yield made


@pytest.fixture
def api(chat: Chat) -> Writing:
    return Writing(chat, chat)


def test_every_endpoint_says_what_it_takes_and_gives(api: Writing) -> None:
    assert [one.__name__ for one in api.endpoints] == [
        "ask", "search", "articles", "read_article", "ingest",
    ]  # fmt: skip
    for one in api.endpoints:
        said = inspect.getdoc(one) or ""
        for parameter in inspect.signature(one).parameters.values():
            assert f"{parameter.name}:" in said and parameter.annotation in {"str", "int"}
        assert "Returns:" in said


def test_who_may_only_read_is_not_offered_to_write(chat: Chat) -> None:
    assert "ingest" not in [one.__name__ for one in Api(chat).endpoints]


def test_candidates_are_ranked_and_stand_where_they_say(api: Writing) -> None:
    found = api.search("Was the harbour of Brest flooded?")
    first = found["candidates"][0]
    assert first["text"] == TEXT[first["start"] : first["end"]]
    assert (first["dense_rank"], first["lexical_rank"]) == (1, 1)
    assert first["article"]["id"] == "storm" and found["language"] == "en"
    scores = [one["score"] for one in found["candidates"]]
    assert scores == sorted(scores, reverse=True) and len(scores) == 2
    best = first["sentences"][0]
    assert best["text"] == TEXT[best["start"] : best["end"]] == TEXT.split(". ")[0] + "."
    assert best["score"] > first["sentences"][1]["score"]
    json.dumps(found)
    answer = api.ask("Was the harbour of Brest flooded?")
    assert answer["quotes"][0]["text"] in first["text"]


def test_articles_are_listed_by_what_they_are_called(
    api: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = api.articles()
    assert every["total"] == 2
    assert [one["id"] for one in every["articles"]] == ["grain", "storm"]
    assert set(every["articles"][0]) == {"id", "title", "source", "published", "language"}
    assert [one["id"] for one in api.articles("HÂRBOUR")["articles"]] == ["storm"]
    assert [one["id"] for one in api.articles(skip=1)["articles"]] == ["storm"]
    assert api.articles("nowhere") == {"total": 0, "articles": []}
    monkeypatch.setattr("qa.api.LONGEST_LIST", 1)
    assert [one["id"] for one in api.articles()["articles"]] == ["grain"]
    assert api.articles()["total"] == 2


def test_an_article_is_read_whole_or_in_part(api: Writing) -> None:
    whole = api.read_article("storm")
    assert whole["text"] == TEXT and whole["current"] and whole["characters"] == len(TEXT)
    assert [TEXT[one["start"] : one["end"]] for one in whole["blocks"]] == [TEXT]
    part = api.read_article("storm", start=4, length=7)
    assert (part["text"], part["start"], part["end"]) == ("harbour", 4, 11)
    beyond = api.read_article("storm", start=10**9, length=5)
    assert (beyond["text"], beyond["blocks"]) == ("", [])


def test_a_version_that_was_quoted_can_still_be_read(api: Writing) -> None:
    first = api.ingest("mast.txt", "The mast broke.")
    (name,) = first["added"]
    old = api.read_article(name)["version"]
    assert api.ingest("mast.txt", "The mast held.")["changed"] == (name,)
    then = api.read_article(name, old)
    assert then["text"] == "The mast broke." and not then["current"]
    with pytest.raises(SaidsoError, match="no version 'x'"):
        api.read_article(name, "x")


def test_what_is_ingested_is_answered_from_at_once(api: Writing) -> None:
    line = {"id": "wire-1", "title": "Otters", "text": "Nine otters live at the mill."}
    done = api.ingest("wire.jsonl", f"{json.dumps(line)}\n{{broken\n")
    assert done["added"] == ("wire-1",) and done["passages"] == 1
    assert done["rejected"][0]["source"] == "wire.jsonl:2"
    assert set(done) == set(Report.__dataclass_fields__)
    found = api.search("How many otters live at the mill?")["candidates"]
    assert found[0]["article"]["id"] == "wire-1"
    assert api.ingest("wire.jsonl", json.dumps(line))["unchanged"] == ("wire-1",)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("photo.png", "x", "not a kind"),
        ("", "x", "not a kind"),
        ("../../etc/passwd", "x", "not a kind"),
        ("empty.txt", "", "no text"),
        ("lines.jsonl", "not json", "not JSON"),
    ],
)
def test_what_cannot_be_ingested_is_refused_by_name(
    api: Writing, name: str, text: str, reason: str
) -> None:
    (refused,) = api.ingest(name, text)["rejected"]
    assert reason in refused["reason"] and "/tmp" not in refused["source"]
    assert api.articles()["total"] == 2


def test_a_name_is_a_name_and_not_a_place(api: Writing) -> None:
    assert api.ingest("/a/b/../c/news.txt", "The ferry sank.")["added"] == ("news",)


@pytest.mark.parametrize(
    ("call", "given", "named"),
    [
        ("ask", {"question": None}, "question"),
        ("ask", {"question": ["a"]}, "question"),
        ("ask", {"question": "\ud800"}, "half a character"),
        ("search", {"question": 7}, "question"),
        ("articles", {"matching": {}}, "matching"),
        ("articles", {"skip": -1}, "skip"),
        ("articles", {"skip": True}, "skip"),
        ("read_article", {"id": "nowhere"}, "nowhere"),
        ("read_article", {"id": "storm", "start": "1"}, "start"),
        ("read_article", {"id": "storm", "length": -5}, "length"),
        ("ingest", {"name": "a.txt", "text": 5}, "text"),
        ("ingest", {"name": "a\udfff.txt", "text": "x"}, "name"),
    ],
)
def test_nonsense_is_answered_in_words(
    api: Writing, call: str, given: dict[str, Any], named: str
) -> None:
    with pytest.raises(SaidsoError, match=named):
        getattr(api, call)(**given)


@pytest.mark.parametrize("question", ["", "   ", "?", "x" * 100_000, "\x00\n\r"])
def test_an_odd_question_is_answered(api: Writing, question: str) -> None:
    assert not api.ask(question)["answered"]
    assert isinstance(api.search(question)["candidates"], list)
