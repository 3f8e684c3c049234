"""Passages as the library makes them, for training: the project's own cleaning and splitting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.article import article as cleaned
from ingest.split import in_context, passages, windows
from ingest.types import Article as Cleaned
from ingest.types import Draft


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the data; offsets of everything else are characters into `text`."""

    id: str
    title: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """`article.text[start:end]`, whole sentences; `text` is what the encoder reads."""

    article_id: str
    language: str
    start: int
    end: int
    text: str


class _Characters:
    """A counter that never finds too many tokens: training cuts at the tokenizer's limit."""

    max_tokens: int = 1 << 30

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        return [0] * len(texts)


def pack(articles: Iterable[Article], max_chars: int) -> list[Passage]:
    """The windows of at most `max_chars` of all the articles' passages, in order.

    As many characters as a passage has at most, and they are the passages themselves.
    """
    return [
        Passage(one.id, one.language, window.start, window.end, in_context(window))
        for one in articles
        for window in windows(passages(_made(one), _Characters()), limit=max_chars)
    ]


def _made(one: Article) -> Cleaned:
    draft = Draft(one.id, one.id, one.text, title=one.title, language=one.language)
    return cleaned(draft, one.id)
