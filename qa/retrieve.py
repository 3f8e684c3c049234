"""Passages for a question: dense and lexical, fused by reciprocal rank.

The fusion is that of Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet
and individual rank learning methods", SIGIR 2009: score(p) = sum of weight / (K + rank(p)).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.snapshot import Snapshot
from qa.types import Hit

DEPTH = 50  # passages taken from each list
RRF_K = 60  # damps the head of each list

Ranked = Sequence[tuple[int, float]]  # (passage id, score), best first


def fuse(
    snapshot: Snapshot, dense: Ranked, lexical: Ranked, *, keep: int, lexical_weight: float = 1.0
) -> tuple[Hit, ...]:
    """The `keep` best passages of both lists, best first, ties by passage id."""
    dense_rank = {one: rank for rank, (one, _) in enumerate(dense, 1)}
    lexical_rank = {one: rank for rank, (one, _) in enumerate(lexical, 1)}
    cosine = dict(dense)

    def score(one: int) -> float:
        first, second = dense_rank.get(one), lexical_rank.get(one)
        return (1 / (RRF_K + first) if first else 0.0) + (
            lexical_weight / (RRF_K + second) if second else 0.0
        )

    best = sorted(dense_rank.keys() | lexical_rank.keys(), key=lambda one: (-score(one), one))
    passages = snapshot.passages(best[: 2 * keep])  # some may have been dropped meanwhile
    hits = [
        Hit(passages[one], score(one), cosine.get(one), dense_rank.get(one), lexical_rank.get(one))
        for one in best
        if one in passages
    ]
    return tuple(hits[:keep])
