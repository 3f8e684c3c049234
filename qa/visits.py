"""What a visitor does in a conversation, and the page that comes of it, again with each change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from ingest.errors import SaidsoError
from ingest.library import Library
from qa.page import conversation as page
from qa.page.conversation import reading
from qa.page.interface import say
from qa.page.reasons import reason
from qa.scope import picked
from qa.suggest import Suggestions
from qa.talk import Conversation, Said, Talk
from qa.told import told
from qa.understand import LONGEST


class Visits:
    """`awake`: the models are loaded; `behind`: the index cannot be used, and search is slow."""

    def __init__(
        self,
        talk: Talk,
        library: Library,
        suggestions: Suggestions,
        *,
        awake: Callable[[], bool],
        behind: Callable[[], bool],
    ) -> None:
        self._talk, self._library, self._suggestions = talk, library, suggestions
        self._awake, self._behind = awake, behind

    def asked(self, question: str, visitor: object, language: str) -> Iterator[str]:
        """The visitor's conversation as it goes on with `question`: waiting, then answered."""
        conversation = self._talk.of(visitor)
        if asked := question.strip()[:LONGEST]:
            self._talk.ask(conversation, conversation.add(asked))
        yield from self._watched(conversation, language)

    def told(self, command: str, visitor: object, language: str) -> Iterator[str]:
        """The visitor's conversation after a click in it; `command` is JSON.

        `{"do": "retry" | "stop" | "without" | "only" | "edit", "turn": place, "chip"?, "quote"?:
        its number, "question"?}`, or `{"do": "new"}`. What makes no sense changes nothing, as
        `{"do": "look"}` is meant to.
        """
        conversation = self._talk.of(visitor)
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._do(conversation, json.loads(command))
        yield from self._watched(conversation, language)

    def _do(self, conversation: Conversation, command: dict[str, Any]) -> None:
        if command["do"] == "new":
            conversation.clear()
            return
        said = conversation.at(int(command["turn"]))
        if said is None:
            return
        match command["do"]:
            case "stop":
                conversation.stop(said)
            case "retry":  # with all that was understood at first
                self._talk.ask(conversation, said, only=said.only)
            case "without":
                chip = str(command["chip"])
                self._talk.ask(conversation, said, said.without | {chip}, said.only)
            case "only" if said.answer:
                quotes = dict(enumerate(said.answer.quotes, 1))
                source = quotes[int(command["quote"])].article.source
                without = said.without - {picked(source)}
                self._talk.ask(conversation, said, without, frozenset({source}))
            case "edit" if said is conversation.said[-1]:  # what came after leans on it
                if question := str(command["question"]).strip()[:LONGEST]:
                    said.question = question
                    self._talk.ask(conversation, said)

    def arrived(self, visitor: object, language: str) -> Iterator[str]:
        """The conversation that the visitor left, and what is still being answered in it."""
        yield from self._watched(self._talk.of(visitor), language)

    def _watched(self, conversation: Conversation, language: str) -> Iterator[str]:
        def look() -> str:
            return self._page(conversation, language)

        yield from self._talk.watch(conversation, look)
        if not conversation.said:
            with suppress(SaidsoError):  # the page says so already
                for _ in self._suggestions.news(lambda: not conversation.said):
                    yield look()
            # The front end shows again at a stream's end what came last in it: not an empty page,
            # where meanwhile something was asked by another stream.
            if conversation.said:
                yield from self._talk.watch(conversation, look)

    def _page(self, conversation: Conversation, language: str) -> str:
        words, said = say(language), list(conversation.said)
        notice = words["slow"] if self._behind() else ""
        try:
            with self._library.snapshot() as snapshot:
                articles, passages = snapshot.count()
                offered = [] if said else self._suggestions.offered(snapshot, language)
            welcome = page.welcome(articles, offered, language)
            status = reading(passages, language) if self._awake() else words["waking"]
        except SaidsoError as error:  # what was answered stays to be read
            welcome, status, notice = "", "", told(error, language)
        turns = [self._turn(one, status, language) for one in said]
        return page.conversation(turns, welcome, language, notice=notice)

    def _turn(self, said: Said, status: str, language: str) -> str:
        if said.answer is not None:
            return page.turn(said.answer, said.place, language)
        if said.job is not None:
            return page.pending(said.question, said.place, status, language)
        if said.trouble is None:
            return page.stopped(said.question, said.place, language)
        if isinstance(said.trouble, SaidsoError):
            why = reason(str(said.trouble), language)
        else:
            why = say(language)["wrong"]
        return page.failed(said.question, said.place, why, language)
