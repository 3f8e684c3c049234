"""From scored sentences to quotes: runs of whole sentences (qa/run.py), each place once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.run import run
from qa.sentence import Scored
from qa.types import Quote

MOST = 3  # quotes of one answer
WORTH_SHOWING = 12.0  # of a score; what is further behind the best is not shown
_USUAL = 12.0  # score of a quote that is as likely right as wrong, about


def quotes(ranked: Sequence[Scored], *, most: int = MOST) -> tuple[Quote, ...]:
    """The best runs, in the order of their scores; none overlap."""
    chosen: list[Quote] = []
    for one in ranked:
        if ranked[0].score - one.score > WORTH_SHOWING:
            break
        article = one.sentence.article
        start, end = run(article, one.sentence.block, one.sentence.place)
        taken = any(q.article.id == article.id and q.start < end and start < q.end for q in chosen)
        if not taken:
            chosen.append(Quote(article, start, end, one.read.highlight, _squashed(one.score)))
        if len(chosen) == most:
            break
    return tuple(chosen)


def _squashed(score: float) -> float:
    """A score that orders quotes, as 0..1."""
    return round(float(1 / (1 + np.exp((_USUAL - score) / 2))), 4)
