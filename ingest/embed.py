"""An article to all that a library holds of it: its passages, their windows, a vector for each."""

from __future__ import annotations

from ingest.encoder import Encoder
from ingest.split import in_context, passages, windows
from ingest.types import Article, Embedded


def embed(article: Article, encoder: Encoder) -> Embedded:
    parts = passages(article, encoder)
    seen = windows(parts)
    vectors = encoder.encode([in_context(one) for one in seen], "passage")
    return Embedded(article, parts, seen, vectors)
