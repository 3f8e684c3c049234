"""What the reader reads at a time: whole body sentences in a row, in each other's company."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from ingest.sentences import sentences
from ingest.types import Article, Kind
from qa.types import Excerpt, Sentence, Span

WINDOW = 1_300  # characters read at once: most of a news article; the reader learnt from such
_LONG = 20_000  # characters of a block, a book's, that is not to be split for each excerpt of it


def body(article: Article, within: Span | None = None) -> Iterator[Sentence]:
    """The article's body sentences, in order; those that overlap `within` only."""
    first, last = within or (0, len(article.text))
    for number, block in enumerate(article.blocks):
        if block.kind is Kind.BODY and block.start < last and block.end > first:
            spans = _sentences(article.text, block.start, block.end)
            for place in range(bisect_right(spans, first, key=itemgetter(1)), len(spans)):
                a, b = spans[place]
                if a >= last:
                    break
                yield Sentence(article, a, b, number, place)


def _sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    split = sentences if end - start < _LONG else _split_once
    return split(text, start, end)


@functools.lru_cache(maxsize=8)
def _split_once(text: str, start: int, end: int) -> tuple[Span, ...]:
    return sentences(text, start, end)


def excerpt(article: Article, within: Span) -> Excerpt:
    return Excerpt(article, tuple(body(article, within)))


def widened(one: Excerpt, limit: int = WINDOW) -> Excerpt:
    """With the body sentences around it, from both sides in turn, the one before first, while all
    of it stays within `limit` characters. Headings and page furniture are passed over.

    What answers a question is often said elsewhere than what it asks about, and who "the latter"
    is may stand a paragraph before.
    """
    if not one.sentences:
        return one
    start, end = one.sentences[0].start, one.sentences[-1].end
    around = list(body(one.article, (start - limit, end + limit)))
    first = next(number for number, near in enumerate(around) if near.start >= start)
    last = first + len(one.sentences) - 1

    def fits(a: int, b: int) -> bool:
        return a >= 0 and b < len(around) and around[b].end - around[a].start <= limit

    grown = True
    while grown:
        grown = False
        if fits(first - 1, last):
            first, grown = first - 1, True
        if fits(first, last + 1):
            last, grown = last + 1, True
    return Excerpt(one.article, tuple(around[first : last + 1]))
