"""Passages: runs of whole sentences, packed to what the encoder can read at once; their windows.

A run breaks at page furniture (its slice must hold nothing that is not indexed) and before a
heading (which belongs to what follows it). A passage is as near to a question as its nearest
window is: one vector for all of it would blur what each part says (figures in lab/ENCODER.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Protocol

from ingest.cut import cut
from ingest.sentences import sentences
from ingest.types import INDEXED, Article, Kind, Passage, Window

LONGEST = 900  # characters of a passage
WINDOW = 400  # characters of a window; a longer sentence is one of its own
_CONTEXT = 160  # bytes, so 160 tokens at worst; a title is shorter, a caption posing as one is not
_MARGIN = 8  # tokens: words that touch where pieces were counted apart
SETTINGS = f"sentences 2, blocks 2, {LONGEST} characters, windows of {WINDOW}, title"

Span = tuple[int, int]
Count = Callable[[Sequence[str]], list[int]]


class Ruler(Protocol):
    """Of an encoder, what says whether a text fits it."""

    @property
    def max_tokens(self) -> int: ...

    def token_counts(self, texts: Sequence[str]) -> list[int]: ...


def context(article: Article) -> str:
    """What is embedded before each passage of `article`: never quoted, only understood."""
    return article.title.encode()[:_CONTEXT].decode(errors="ignore")


def in_context(one: Passage | Window) -> str:
    """What is embedded for a window; a passage so written fits the encoder as well."""
    return f"{context(one.article)}\n{one.text}"


def passages(article: Article, encoder: Ruler) -> tuple[Passage, ...]:
    """Passages of `article`, in order, disjoint; each, with its context, fits the encoder."""
    count = encoder.token_counts
    room = encoder.max_tokens - count([context(article)])[0] - _MARGIN
    return tuple(
        Passage(article, start, end)
        for run in _runs(article)
        for start, end in _packed(article.text, run, room, count)
    )


def windows(parts: Sequence[Passage], *, limit: int = WINDOW) -> tuple[Window, ...]:
    """Windows of an article's passages, of at most `limit` characters where sentences allow it.

    In order; every sentence is in exactly one.
    """
    said = _sentences(parts[0].article) if parts else []
    return tuple(
        Window(one.article, place, start, end)
        for place, one in enumerate(parts)
        for start, end in _windows(one, said, limit)
    )


def _windows(passage: Passage, said: list[Span], limit: int) -> Iterator[Span]:
    start = end = passage.start
    first = bisect_right(said, passage.start, key=itemgetter(1))
    last = bisect_left(said, passage.end, key=itemgetter(0))
    for whole in said[first:last]:
        # of a sentence that the passage is only a piece of, that piece
        a, b = max(whole[0], passage.start), min(whole[1], passage.end)
        if end > start and b - start > limit:
            yield start, end
            start = a
        end = b
    yield start, end


def _sentences(article: Article) -> list[Span]:
    return [
        span
        for block in article.blocks
        if block.kind in INDEXED
        for span in sentences(article.text, block.start, block.end)
    ]


def _runs(article: Article) -> Iterator[list[Span]]:
    """Sentences that may stand in one passage together."""
    run: list[Span] = []
    for block in article.blocks:
        if run and (block.kind not in INDEXED or block.kind is Kind.HEADING):
            yield run
            run = []
        if block.kind in INDEXED:
            run.extend(sentences(article.text, block.start, block.end))
    if run:
        yield run


def _packed(text: str, spans: list[Span], room: int, count: Count) -> Iterator[Span]:
    start, end, used = spans[0][0], spans[0][0], 0
    for (a, b), tokens in zip(spans, count([text[a:b] for a, b in spans]), strict=True):
        if end > start and (used + tokens > room or b - start > LONGEST):
            yield start, end
            start, used = a, 0
        if tokens > room:  # one sentence, more than the encoder reads at once
            *whole, (a, b) = cut(text, a, b, limit=room, length=lambda piece: count([piece])[0])
            yield from whole
            start, tokens = a, count([text[a:b]])[0]
        end, used = b, used + tokens
    yield start, end
