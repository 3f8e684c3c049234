"""The reader: which sentence answers the question, if any does, and which words of it.

It reads the question together with sentences of an article and scores each of them: log-odds
against "none of these", which scores 0 (a softmax over all sentences of all excerpts and that zero
is what it was trained with). The answer's ends are scored likewise (Devlin et al. 2019).
"""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.runtime import OnnxModel, tokenizer_of
from ingest.types import Kind, Vectors
from qa.layout import Laid, Layout
from qa.lit import whole_words
from qa.types import Excerpt, Sentence, Span

LONGEST_ANSWER = 30  # tokens
_NOTE = 300  # characters of text; what has more is an article
_STOPS = " .!…"
_UNREAD = -50.0  # log-odds of what was not read: no answer, and no overflow further on


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader makes of one sentence.

    `score`: log-odds that it answers, against none. `highlight`: where its likeliest answer stands
    in the article's text; None if nowhere. `beside`: the likeliest that shares no token with it.
    """

    score: float
    highlight: Span | None
    beside: Span | None = None


class Reader(Protocol):
    """Reads excerpts with a question in mind. May be slow to load: it does so at its first use."""

    @property
    def name(self) -> str:
        """What people call it."""

    def load(self) -> None:
        """Load now, and not at the first question."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
        """One Read for each sentence of each excerpt, in their order."""


class OnnxReader:
    """The reader that came with us; safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self._folder = folder
        # an input to a core, side by side: an eighth quicker than each in turn on all of them
        self._model = OnnxModel(folder, cores=1)
        self._side_by_side = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="reader")

    def load(self) -> None:
        assert self._model.session and self._layout

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
        parts = [part for one in excerpts for part in _parts(self._layout, question, one)]
        # the longest first, so that no core is left with it at the end
        order = sorted(range(len(parts)), key=lambda number: -len(parts[number][0].ids))
        run = self._side_by_side.map(lambda number: self._run(parts[number][0]), order)
        scores = dict(zip(order, run, strict=True))
        reads = (
            judged(scores[number], laid, place, one.start, one.text)
            for number, (laid, said) in enumerate(parts)
            for place, one in enumerate(said)
        )
        return [tuple(itertools.islice(reads, len(one.sentences))) for one in excerpts]

    def _run(self, laid: Laid) -> Vectors:
        return self._model.run(laid.ids, laid.types)

    @functools.cached_property
    def _layout(self) -> Layout:
        return Layout(tokenizer_of(self._folder))


def _parts(
    layout: Layout, question: str, excerpt: Excerpt
) -> Iterator[tuple[Laid, Sequence[Sentence]]]:
    """The excerpt in as many inputs as it takes: figures and names have many tokens."""
    left = excerpt.sentences
    title = "" if _called_by(excerpt) else excerpt.article.title
    while left:
        laid = layout.lay(question, title, [one.text for one in left])
        said = left[: max(1, laid.whole)]
        if len(said) < len(left):
            laid = layout.lay(question, title, [one.text for one in said])
        yield laid, said
        left = left[len(said) :]


def _called_by(excerpt: Excerpt) -> bool:
    """Is it a short note whose title is its own first sentence? Once is enough: with what was said
    already over it, a sentence seems to answer less.
    """
    article = excerpt.article
    own = sum(block.end - block.start for block in article.blocks if block.kind is Kind.BODY)
    return own <= _NOTE and excerpt.texts[0].rstrip(_STOPS) == article.title.rstrip(_STOPS)


def judged(scores: Vectors, laid: Laid, place: int, start: int, text: str) -> Read:
    """Sentence `place`, which is `text` and starts at `start` in the article, by its tokens' scores
    (tokens, 3).
    """
    first, end = laid.sentences[place]
    if end == first:  # nothing that it has a token for
        return Read(_UNREAD, None)
    heads, tails = scores[first:end, 1], scores[first:end, 2]
    n = end - first
    allowed = np.triu(np.ones((n, n), bool)) & ~np.triu(np.ones((n, n), bool), LONGEST_ANSWER)
    chances = np.where(allowed, heads[:, None] + tails[None, :], -np.inf)
    spans: list[Span] = []
    while len(spans) < 2 and chances.max() > -np.inf:
        a, b = divmod(int(chances.argmax()), n)
        lit, unlit = whole_words(text, laid.offsets[first + a][0], laid.offsets[first + b][1])
        spans.append((start + lit, start + unlit))
        chances[: b + 1, a:] = -np.inf  # what begins before its end and ends behind its beginning
    return Read(float(scores[first:end, 0].mean()), *spans)
