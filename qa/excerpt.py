"""What the reader reads at a time: a few whole body sentences in a row, in each other's company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.sentences import sentences
from ingest.types import Article, Kind
from qa.layout import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """`article.text[start:end]`, sentence `place` of block `block`."""

    article: Article
    start: int
    end: int
    block: int
    place: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of one article that stand one after the other; never page furniture."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.sentences)


def body(article: Article, within: Span | None = None) -> Iterator[Sentence]:
    """The article's body sentences, in order; those that overlap `within` only."""
    first, last = within or (0, len(article.text))
    for number, block in enumerate(article.blocks):
        if block.kind is Kind.BODY and block.start < last and block.end > first:
            for place, (a, b) in enumerate(sentences(article.text, block.start, block.end)):
                if a < last and b > first:
                    yield Sentence(article, a, b, number, place)


def excerpt(article: Article, within: Span) -> Excerpt:
    return Excerpt(article, tuple(body(article, within)))
