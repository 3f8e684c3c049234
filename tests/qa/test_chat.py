"""What the page asks of the chat, without a page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qa.chat import Chat
from qa.page.links import cite, read
from tests.fakes import WordEncoder, WordReader, put

VISITOR = "a" * 32


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    with closing(Chat(tmp_path / "library", WordEncoder(), WordReader(), purpose="a test")) as made:
        put(made.library, "The harbour of Brest was flooded in March. Nobody was hurt.")
        made.wake()
        yield made


def told(chat: Chat, command: object) -> str:
    return list(chat.visits.told(json.dumps(command), VISITOR, "en"))[-1]


def test_a_conversation_is_asked_edited_asked_again_and_forgotten(chat: Chat) -> None:
    page = list(chat.visits.asked(" Was the harbour flooded? ", VISITOR, "en"))[-1]
    assert "Was the harbour flooded?" in page and 'data-turn="0"' in page
    assert list(chat.visits.arrived(VISITOR, "en")) == [page]
    assert "Nouvelle conversation" in list(chat.visits.arrived(VISITOR, "fr"))[-1]
    edited = told(chat, {"do": "edit", "turn": 0, "question": "Who was hurt?"})
    assert "Who was hurt?" in edited and "flooded?" not in edited
    assert "Who was hurt?" in told(chat, {"do": "retry", "turn": 0})
    assert "Who was hurt?" not in told(chat, {"do": "new"})


def test_one_source_alone_is_asked_and_all_are_again(chat: Chat) -> None:
    line = {"id": "may", "text": "The harbour of Brest was flooded in May, too.", "source": "Tass"}
    chat.ingest("wire.jsonl", json.dumps(line))
    list(chat.visits.asked("Was the harbour of Brest flooded?", VISITOR, "en"))
    both = list(chat.visits.arrived(VISITOR, "en"))[-1]
    assert "in March" in both and "in May" in both and 'class="chip"' not in both
    number = re.search(r'data-quote="(\d)" aria-label="only this source, Tass"', both)
    assert number
    command = {"do": "only", "turn": 0, "quote": int(number[1])}
    assert told(chat, command | {"quote": 0}) == told(chat, command | {"quote": 9}) == both
    narrowed = told(chat, command)
    assert "in May" in narrowed and "in March" not in narrowed
    assert "source: Tass" in narrowed and 'class="only"' not in narrowed
    assert told(chat, {"do": "retry", "turn": 0}) == narrowed
    assert told(chat, {"do": "without", "turn": 0, "chip": "only:Tass"}) == both
    assert told(chat, command) == narrowed


@pytest.mark.parametrize(
    "command", ["", "{", "[]", "7", "null", '{"do": 1}', '{"do": "retry"}', "[" * 99_999]
)
def test_a_command_that_makes_no_sense_changes_nothing(chat: Chat, command: str) -> None:
    before = list(chat.visits.asked("Was the harbour flooded?", VISITOR, "en"))[-1]
    assert list(chat.visits.told(command, VISITOR, "en")) == [before]


def test_an_index_that_fails_is_told_of(chat: Chat) -> None:
    assert "notice" not in list(chat.visits.arrived(VISITOR, "en"))[-1]
    chat.dense.trouble = "the disk is full"
    assert "cannot be used" in list(chat.visits.arrived(VISITOR, "en"))[-1]
    assert "inutilisable" in list(chat.visits.arrived(VISITOR, "fr"))[-1]


def test_a_question_is_weighed_as_it_is_answered_and_leaves_no_trace(chat: Chat) -> None:
    page = list(chat.visits.arrived(VISITOR, "en"))[-1]
    wanted = {"question": "Was the harbour flooded?", "settings": {"threshold": 0}}
    assert "Quoted as [1]" in chat.weighed(wanted, "en")
    assert "Citée sous [1]" in chat.weighed(wanted, "fr")
    assert list(chat.visits.arrived(VISITOR, "en"))[-1] == page
    assert chat.weighed({"question": " "}, "en") == chat.weighed({}, "en") == ""
    assert "verdict" in chat.weighed({"question": 7, "settings": 7, "without": 7}, "en")


def test_a_removed_article_is_gone_for_good_when_the_chat_stops(tmp_path: Path) -> None:
    chat = Chat(tmp_path / "library", WordEncoder(), WordReader(), purpose="a test")
    put(chat.library, "The xylophone of Brest.")
    chat.shelves.do({"do": "remove", "id": "storm"}, "en", writes=True)
    chat.close()
    files = [one.read_bytes() for one in (tmp_path / "library").rglob("*") if one.is_file()]
    assert files and not any(b"xylophone" in one for one in files)


def test_the_quotes_of_a_conversation_are_checked_again(chat: Chat) -> None:
    def verify(language: str = "en", visitor: object = VISITOR) -> str:
        return chat.takeout.do({"do": "verify", "visitor": visitor}, language)

    # in two paragraphs, so that they are two quotes
    put(chat.library, "The harbour of Brest was flooded in March.\n\nNobody was hurt there.")
    assert "no quote to verify" in verify()
    list(chat.visits.asked("Was the harbour flooded?", VISITOR, "en"))
    assert ">2 quotes: 2 word for word.<" in verify()
    assert ">2 citations : 2 mot pour mot.<" in verify("fr")
    assert "no quote" in verify(visitor="b" * 32) and "no quote" in verify(visitor=7)

    put(chat.library, "The harbour of Brest is dry again.")
    assert "2 from an article that has changed since (<a" in verify()
    chat.library.remove("storm")
    assert "2 d'un article qui n'est plus dans la bibliothèque (<a" in html.unescape(verify("fr"))


@pytest.mark.parametrize(
    ("language", "says"), [("en", "it is not there any more"), ("fr", "n'est plus là")]
)
def test_a_library_that_has_gone_is_told_of_wherever_it_is_asked(
    chat: Chat, language: str, says: str
) -> None:
    asked = "Was the harbour flooded?"
    list(chat.visits.asked(asked, VISITOR, language))
    folder = chat.library.folder
    folder.rename(folder.with_name("elsewhere"))
    page = list(chat.visits.arrived(VISITOR, language))[-1]
    assert asked in page and "in March" in page  # what was answered stays
    told = [
        page,
        *chat.visits.arrived("b" * 32, language),
        list(chat.visits.asked(asked, VISITOR, language))[-1],
        chat.read(read("storm"), language),
        chat.takeout.do({"do": "verify", "visitor": VISITOR}, language),
        chat.weighed({"question": asked}, language),
    ]
    for action in ("list", "reprints", "remove", "rename", "name back", "paste"):
        wanted = {"do": action, "id": "storm", "title": "Spring", "text": "More."}
        told.append(chat.shelves.do(wanted, language, writes=True))
    folder.with_name("elsewhere").rename(folder)
    silent = [one for one in told if says not in html.unescape(one)]
    assert len(silent) == 1 and silent[0] == told[-2]  # what was never renamed is not looked for
    assert says not in list(chat.visits.arrived("b" * 32, language))[-1]


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        ({"do": "save", "kind": "json"}, "[\n"),
        ({"do": "save", "kind": "md"}, "## "),
        ({"do": "save", "kind": "html"}, "<!doctype html>"),
        ({"do": "save", "kind": "exe"}, ""),
        ({"do": "save", "kind": ["md"]}, ""),
        ({"do": ["save"]}, ""),
        ({}, ""),
    ],
)
def test_a_conversation_is_saved(chat: Chat, wanted: dict[str, object], begins: str) -> None:
    list(chat.visits.asked("Was the harbour flooded?", VISITOR, "en"))
    said = chat.takeout.do({**wanted, "visitor": VISITOR}, "en")
    assert said.startswith(begins) and bool(said) == bool(begins)


def test_an_article_is_cited_read_and_weighed_under_its_new_title(chat: Chat) -> None:
    asked = "Was the harbour flooded?"
    (before, *_) = chat.ask(asked).quotes
    wanted = {"do": "rename", "id": "storm", "title": "The spring tide"}
    chat.shelves.do(wanted, "en", writes=True)
    page = list(chat.visits.asked(asked, VISITOR, "en"))[-1]
    assert '<cite dir="auto">The spring tide</cite>' in page
    for place in (read("storm"), cite(before)):  # a link made before leads there as well
        assert "The spring tide</h2>" in chat.read(place, "en")
    assert "The spring tide" in chat.weighed({"question": asked}, "en")
    assert "The spring tide" in chat.weighed({"question": "spring tide"}, "en")  # and found by it
    assert chat.ask(asked).quotes[0].text == before.text
    assert "word for word" in chat.takeout.do({"do": "verify", "visitor": VISITOR}, "en")
