"""From scored sentences to quotes: runs of whole sentences (qa/run.py), each place once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.run import run
from qa.sentence import Scored
from qa.types import Quote

MOST = 3  # quotes of one answer
_WORTH_SHOWING = 0.8  # of the best nearness; what is further from the question is not shown


def quotes(ranked: Sequence[Scored], *, most: int = MOST) -> tuple[Quote, ...]:
    """The runs, in the order of their scores."""
    return tuple(sorted(runs(ranked, most=most), key=lambda quote: -quote.score))


def runs(ranked: Sequence[Scored], *, most: int = MOST) -> tuple[Quote, ...]:
    """The best-scored run, then the nearest others, as they were chosen; none overlap."""
    if not ranked:
        return ()
    nearest = sorted(ranked[1:], key=lambda one: -one.near)
    far = _WORTH_SHOWING * nearest[0].near if nearest else 0.0
    chosen: list[Quote] = []
    for one in [ranked[0], *(other for other in nearest if other.near >= far)]:
        article = one.sentence.article
        start, end = run(article, one.sentence.block, one.sentence.place)
        taken = any(q.article.id == article.id and q.start < end and start < q.end for q in chosen)
        if not taken:
            chosen.append(Quote(article, start, end, None, _squashed(one.score)))
        if len(chosen) == most:
            break
    return tuple(chosen)


def _squashed(score: float) -> float:
    """A score that orders quotes, as 0..1."""
    return round(float(1 / (1 + np.exp(2.0 - score))), 4)
