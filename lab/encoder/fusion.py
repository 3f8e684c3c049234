"""Two ways to join dense and lexical scores."""

import numpy as np

from lab.encoder.contract import Scores

RRF_K = 60  # damps the head of each list


def reciprocal_ranks(scores: Scores, depth: int = 100) -> Scores:
    """1 / (k + rank) of each row's best `depth` columns, 0 for the others and for zero scores."""
    out = np.zeros_like(scores)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
    value = 1.0 / (RRF_K + 1 + np.arange(order.shape[1], dtype=np.float32))
    np.put_along_axis(out, order, np.broadcast_to(value, order.shape).copy(), axis=1)
    out[scores <= 0] = 0
    return out


def fused(dense: Scores, lexical: Scores, weight: float = 0.3) -> Scores:
    """Cosine plus `weight` times BM25 over the question's best BM25."""
    best = np.maximum(lexical.max(1, keepdims=True), 1e-6)
    return np.asarray(dense + weight * lexical / best, dtype=np.float32)
