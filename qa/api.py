"""What other programs ask of a library: plain values in, JSON out, the same over HTTP and MCP.

Front ends describe these functions by their names, types and docstrings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.snapshot import Listed
from ingest.types import Report
from ingest.words import fold
from qa.desk import Considered
from qa.render import article_json, as_json, candidates_json
from qa.sift import matches
from qa.types import Answer

LONGEST_LIST = 1000  # articles listed at a time

Endpoint = Callable[..., dict[str, Any]]


class Source(Protocol):
    """Where questions are answered: a desk, or the chat with its own."""

    library: Library

    def ask(self, question: str) -> Answer:
        """The articles' answer."""

    def consider(self, question: str) -> Considered:
        """What is weighed for it."""


class Keeper(Protocol):
    """Who takes articles in."""

    def ingest(self, name: str, text: str) -> Report:
        """One text, under the name of the file that it would be."""


class Api:
    """Raises SaidsoError, in words for whoever calls, where what is given makes no sense."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        return self.ask, self.search, self.articles, self.read_article

    def ask(self, question: str) -> dict[str, Any]:
        """Answer a question in the articles' own words, or say that they don't.

        Args:
            question: In English or French, as one would ask a person.

        Returns:
            The answer with its quotes, word for word, each with its article and place.
        """
        return as_json(self._source.ask(_text(question, "question")))

    def search(self, question: str) -> dict[str, Any]:
        """The passages nearest to a question, best first, with their ranks and scores.

        Args:
            question: In English or French, as one would ask a person.

        Returns:
            The candidates that an answer is chosen from, and the sentences that were read in each.
        """
        asked = _text(question, "question")
        return candidates_json(asked, self._source.consider(asked))

    def articles(self, matching: str = "", skip: int = 0) -> dict[str, Any]:
        """List the articles of the library, at most 1,000 at a time, by id.

        Args:
            matching: Only those whose title, source, date or id has each of these words.
            skip: How many of them to pass over.

        Returns:
            How many match, and id, title, source, date and language of those that are listed.
        """
        needles, skip = fold(_text(matching, "matching")).split(), _number(skip, "skip")
        with self._source.library.snapshot() as snapshot:
            found = [one for one in snapshot.listed() if matches(one, needles)]
        return {"total": len(found), "articles": [_named(o) for o in found[skip:][:LONGEST_LIST]]}

    def read_article(
        self, id: str, version: str = "", start: int = 0, length: int = 0
    ) -> dict[str, Any]:
        """Read an article: its text of record, and which parts of it are what.

        Args:
            id: The article's id, as quotes and the list of articles give it.
            version: The version that was quoted; without it, the current one.
            start: Where in the text to begin, in characters.
            length: How many characters to read; 0 for all that follow.

        Returns:
            The article with its text from `start` to `end`, and the blocks that stand there.
        """
        start, length = _number(start, "start"), _number(length, "length")
        known_as, wanted = _text(id, "id"), _text(version, "version")
        with self._source.library.snapshot() as snapshot:
            current = snapshot.article(known_as)
            found = snapshot.article(known_as, wanted) if wanted else current
        if found is None and current is not None:
            raise SaidsoError(f"of {known_as!r} there is no version {wanted!r}; leave it out")
        if found is None:
            raise SaidsoError(f"no article has the id {known_as!r}; ids stand with every quote")
        return article_json(
            found,
            current=current is not None and current.digest == found.digest,
            start=start,
            end=start + length if length else None,
        )


class Writing(Api):
    """The same, for who may take articles in as well."""

    def __init__(self, source: Source, keeper: Keeper) -> None:
        super().__init__(source)
        self._keeper = keeper

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        return *super().endpoints, self.ingest

    def ingest(self, name: str, text: str) -> dict[str, Any]:
        """Take articles in: one of plain text or Markdown, or JSON lines of many.

        The same name, or the same id in a JSON line, brings its article up to date.

        Args:
            name: The name of the file that it would be, such as storm.txt, storm.md, wire.jsonl.
            text: What would be in that file.

        Returns:
            The report: what was added, changed, unchanged and rejected.
        """
        return asdict(self._keeper.ingest(_text(name, "name"), _text(text, "text")))


def _named(one: Listed) -> dict[str, str]:
    return {key: getattr(one, key) for key in ("id", "source", "published", "title", "language")}


def _text(given: object, name: str) -> str:
    """Raises SaidsoError for what is no text, or has half a character in it."""
    if not isinstance(given, str):
        raise SaidsoError(f'"{name}" must be text, not {type(given).__name__}')
    try:
        given.encode()
    except UnicodeEncodeError:
        raise SaidsoError(f'"{name}" has half a character in it: it is not UTF-8') from None
    return given


def _number(given: object, name: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise SaidsoError(f'"{name}" must be a whole number from 0')
    return given
