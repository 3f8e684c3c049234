"""From scored sentences to quotes: runs of whole sentences (qa/run.py), each place once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from qa.leans import announces
from qa.run import run
from qa.said import told_by
from qa.sentence import Scored
from qa.types import Quote, Span

MOST = 3  # quotes of one answer
WORTH_SHOWING = 12.0  # of a score; what is further behind the best is not shown
_USUAL = 12.0  # score of a quote that is as likely right as wrong, about


def quotes(ranked: Sequence[Scored], *, most: int = MOST) -> tuple[Quote, ...]:
    """The best runs, in the order of their scores; none overlap.

    What is lit is taken for an answer: after the first quote, only what is put above "none".
    """
    chosen: list[Quote] = []
    for one in ranked:
        if ranked[0].score - one.score > WORTH_SHOWING:
            break
        article = one.sentence.article
        taken = [(q.start, q.end) for q in chosen if q.article.id == article.id]
        likely = [
            (other.sentence.place, one.score - other.score)
            for other in ranked
            if _beside(one, other) and not _within(other.sentence.start, other.sentence.end, taken)
        ]
        start, end = run(article, one.sentence.block, one.sentence.place, likely)
        if not _within(start, end, taken):
            lit = None if chosen and one.read.score < 0 else _lit(one, ranked, end)
            chosen.append(Quote(article, start, end, lit, _squashed(one.score)))
        if len(chosen) == most:
            break
    return tuple(chosen)


def _lit(one: Scored, ranked: Sequence[Scored], end: int) -> Span | None:
    """Where the answer stands, of a quote that ends there: in the sentence after `one`, where that
    only describes whom or what it is; but not in who says so ("Selon le Monde, …").
    """
    told = one.sentence
    if announces(told.text, told.article.language):
        for other in ranked:
            after = other.sentence
            if _beside(one, other) and after.place == told.place + 1 and after.end <= end:
                return next(_named(other), one.read.highlight)
    return one.read.highlight


def _named(one: Scored) -> Iterator[Span]:
    """Where its answer may stand, likeliest first, but for who says so."""
    said = one.sentence
    told = told_by(said.text, said.article.language)
    spans = [(said.start + start, said.start + end) for start, end in told]
    for lit in (one.read.highlight, one.read.beside):
        if lit and not _within(*lit, spans):
            yield lit


def _beside(one: Scored, other: Scored) -> bool:
    """Do they stand in the same block?"""
    told, beside = one.sentence, other.sentence
    return (beside.article.id, beside.block) == (told.article.id, told.block)


def _within(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Even in part."""
    return any(a < end and start < b for a, b in taken)


def _squashed(score: float) -> float:
    """A score that orders quotes, as 0..1."""
    return round(float(1 / (1 + np.exp((_USUAL - score) / 2))), 4)
