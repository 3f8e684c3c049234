"""What the reader reads at a time: a few whole body sentences in a row, in each other's company."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from ingest.sentences import sentences
from ingest.types import Article, Kind
from qa.types import Excerpt, Sentence, Span

# Sentences read on each side of a window; the reader learnt from such (lab/READER.md).
SIDES = 1
WIDEST = 700  # characters, with them
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


def widened(one: Excerpt, *, sides: int = SIDES, limit: int = WIDEST) -> Excerpt:
    """With up to `sides` sentences more on each side, the one before first, while all of it stays
    within `limit` characters; none from beyond a heading or page furniture.

    What a sentence answers is often said in the one before it ("the latter", "the stop-gap").
    """
    if not sides or not one.sentences:
        return one
    said = list(one.sentences)
    start, end = said[0].start, said[-1].end
    around = list(body(one.article, (start - limit, end + limit)))
    before = _joined([said[0], *(near for near in reversed(around) if near.end <= start)])
    after = _joined([said[-1], *(near for near in around if near.start >= end)])
    run = [*reversed(before), *said, *after]
    a, b = len(before), len(before) + len(said)
    for _ in range(sides):
        if a > 0 and run[b - 1].end - run[a - 1].start <= limit:
            a -= 1
        if b < len(run) and run[b].end - run[a].start <= limit:
            b += 1
    return Excerpt(one.article, tuple(run[a:b]))


def _joined(line: Sequence[Sentence]) -> list[Sentence]:
    """Those behind the first with nothing but body text on the way to them."""
    found: list[Sentence] = []
    for one, other in pairwise(line):
        first, last = sorted((one.block, other.block))
        if any(block.kind is not Kind.BODY for block in one.article.blocks[first:last]):
            break
        found.append(other)
    return found
