"""Passages for a question: what is near in meaning, and what shares its words, as one list.

A passage's score is its cosine plus a share of its bm25, relative to the best bm25 of the question.
Not reciprocal rank fusion: where question and article differ in language a lexical rank says
nothing, and RRF lets the articles in the question's language bury the others (figures in
lab/README.md). A sum of scores lets a cosine that is far ahead stay ahead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ingest.snapshot import Snapshot
from ingest.types import Vectors
from qa.types import Hit

DEPTH = 50  # passages taken from each list
LEXICAL_WEIGHT = 0.2  # of the best bm25, in cosine

Ranked = Sequence[tuple[int, float]]  # (passage id, score), best first


def fuse(
    snapshot: Snapshot,
    vector: Vectors,
    dense: Ranked,
    lexical: Ranked,
    *,
    keep: int,
    preferred: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Hit, ...]:
    """The `keep` best passages of both lists, best first, ties by passage id.

    Passages of `preferred` articles (ids) are ahead by so much, in cosine.
    `vector`: (dim,), the question's, for the cosine of those that only the lexical search found.
    """
    dense_rank = {one: rank for rank, (one, _) in enumerate(dense, 1)}
    lexical_rank = {one: rank for rank, (one, _) in enumerate(lexical, 1)}
    found, rows = snapshot.vectors(sorted(lexical_rank.keys() - dense_rank.keys()))
    cosine = dict(dense)
    if len(found):
        cosine |= dict(zip(found.tolist(), (rows @ vector).tolist(), strict=True))
    bm25 = dict(lexical)
    best_bm25 = max(bm25.values(), default=0.0) or 1.0

    def score(one: int) -> float:
        return cosine[one] + LEXICAL_WEIGHT * max(0.0, bm25.get(one, 0.0)) / best_bm25

    ahead = {one: score(one) for one in cosine}
    for more in sorted(set(preferred.values())):
        own = [article for article, by in preferred.items() if by == more]
        for one in snapshot.passage_ids(own):
            if one in ahead:
                ahead[one] += more
    best = sorted(cosine, key=lambda one: (-ahead[one], one))
    passages = snapshot.passages(best[: 2 * keep])
    hits = [
        Hit(passages[one], ahead[one], cosine[one], dense_rank.get(one), lexical_rank.get(one))
        for one in best
        if one in passages  # some may have been dropped since the vector index was asked
    ]
    return tuple(hits[:keep])
