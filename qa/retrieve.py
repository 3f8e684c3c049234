"""Passages for a question: what is near in meaning, and what shares its words, as one list.

A passage's score is its cosine plus a share of its bm25, relative to the best bm25 of the question.
Not reciprocal rank fusion: where question and article differ in language a lexical rank says
nothing, and RRF lets the articles in the question's language bury the others (figures in
lab/README.md). A sum of scores lets a cosine that is far ahead stay ahead.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from ingest.snapshot import Rows, Snapshot
from ingest.types import Passage, Vectors
from qa.excerpt import excerpt
from qa.reprints import distinct
from qa.types import Hit, Near

DEPTH = 50  # passages taken from each list
LEXICAL_WEIGHT = 0.25  # of the best bm25, in cosine

Ranked = Sequence[tuple[int, float]]  # (passage id, score), best first


def fuse(
    snapshot: Snapshot,
    vector: Vectors,
    dense: Ranked,
    lexical: Ranked,
    *,
    keep: int,
    preferred: Mapping[str, float] = MappingProxyType({}),
    weight: float = LEXICAL_WEIGHT,
) -> tuple[Hit, ...]:
    """The `keep` best passages of both lists with their excerpts, best first, ties by passage id.

    What a reprint repeats word for word is left out: twenty papers with one text are one voice.
    Passages of `preferred` articles (ids) are ahead by so much, in cosine.
    `weight`: of the best bm25, in cosine.
    `vector`: (dim,), the question's, for the cosine of those that only the lexical search found.
    """
    dense_rank = {one: rank for rank, (one, _) in enumerate(dense, 1)}
    lexical_rank = {one: rank for rank, (one, _) in enumerate(lexical, 1)}
    others = snapshot.vectors(passages=sorted(lexical_rank.keys() - dense_rank.keys()))
    cosine = dict(dense) | others.cosines(vector)
    bm25 = dict(lexical)
    best_bm25 = max(bm25.values(), default=0.0) or 1.0

    def score(one: int) -> float:
        return cosine[one] + weight * max(0.0, bm25.get(one, 0.0)) / best_bm25

    ahead = {one: score(one) for one in cosine}
    for more in sorted(set(preferred.values())):
        own = [article for article, by in preferred.items() if by == more]
        for one in snapshot.passage_ids(own):
            if one in ahead:
                ahead[one] += more
    best = sorted(cosine, key=lambda one: (-ahead[one], one))
    passages = _distinct(snapshot, best, keep)
    kept = list(passages)
    parts = snapshot.vectors(passages=kept)
    return tuple(
        Hit(
            passages[one],
            ahead[one],
            cosine[one],
            dense_rank.get(one),
            lexical_rank.get(one),
            _excerpts(passages[one], parts, one, vector, ahead[one] - cosine[one]),
        )
        for one in kept
    )


def _distinct(snapshot: Snapshot, best: Sequence[int], keep: int) -> dict[int, Passage]:
    """The first `keep` of these passages that are there and no reprint of one before."""
    like = functools.cache(snapshot.reprints)
    there = snapshot.passages(best[: 2 * keep])
    if any(like(one.article.id) for one in there.values()):
        there = snapshot.passages(best)
    # some may have been dropped since the vector index was asked
    numbers = {there[one].id: one for one in best if one in there}
    chosen = distinct([there[one] for one in numbers.values()], like)
    return {numbers[one.id]: one for one in itertools.islice(chosen, keep)}


def _excerpts(
    passage: Passage, parts: Rows, row: int, vector: Vectors, lexical: float
) -> tuple[Near, ...]:
    """What was embedded of a passage, as it is read; `lexical`: the passage's share of bm25."""
    own = np.flatnonzero(parts.passages == row)
    cosines = parts.vectors[own] @ np.ravel(vector) if len(own) else ()
    return tuple(
        Near(
            excerpt(passage.article, (int(start), int(end))),
            float(cosine) + lexical,
            float(cosine),
        )
        for (start, end), cosine in zip(parts.spans[own], cosines, strict=True)
    )
