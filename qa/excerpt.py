"""What the reader reads at a time: a few whole body sentences in a row, in each other's company."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.sentences import sentences
from ingest.types import Article, Kind
from qa.types import Excerpt, Sentence, Span


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
