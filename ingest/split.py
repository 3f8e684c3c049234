"""Passages: runs of whole sentences, packed to what the encoder can read at once.

A run breaks at page furniture (its slice must hold nothing that is not indexed) and before a
heading (which belongs to what follows it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.cut import cut
from ingest.encoder import Encoder
from ingest.sentences import sentences
from ingest.types import INDEXED, Article, Kind, Passage

LONGEST = 900  # characters; a longer passage blurs what its vector says
_CONTEXT = 160  # bytes, so 160 tokens at worst; a title is shorter, a caption posing as one is not
_MARGIN = 8  # tokens: words that touch where pieces were counted apart
SETTINGS = f"sentences 1, blocks 1, {LONGEST} characters, title"

Count = Callable[[Sequence[str]], list[int]]


def context(article: Article) -> str:
    """What is embedded before each passage of `article`: never quoted, only understood."""
    return article.title.encode()[:_CONTEXT].decode(errors="ignore")


def in_context(passage: Passage) -> str:
    """The text whose vector stands for `passage`."""
    return f"{context(passage.article)}\n{passage.text}"


def passages(article: Article, encoder: Encoder) -> tuple[Passage, ...]:
    """Passages of `article`, in order, disjoint; each, with its context, fits the encoder."""
    count = encoder.token_counts
    room = encoder.max_tokens - count([context(article)])[0] - _MARGIN
    return tuple(
        Passage(article, start, end)
        for run in _runs(article)
        for start, end in _packed(article.text, run, room, count)
    )


def _runs(article: Article) -> Iterator[list[tuple[int, int]]]:
    """Sentences that may stand in one passage together."""
    run: list[tuple[int, int]] = []
    for block in article.blocks:
        if run and (block.kind not in INDEXED or block.kind is Kind.HEADING):
            yield run
            run = []
        if block.kind in INDEXED:
            run.extend(sentences(article.text, block.start, block.end))
    if run:
        yield run


def _packed(
    text: str, spans: list[tuple[int, int]], room: int, count: Count
) -> Iterator[tuple[int, int]]:
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
