"""A French question as the encoder reads it: its own words, with a gloss in English beside them.

The encoder learnt from an English one and still knows English best. A question's vector leans a
little on that of its words' likeliest translations, one by one; in English articles its passages
come further up by that, in French ones none goes down (lab/ENCODER.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.encoder import Encoder
from ingest.types import Vectors
from qa import lexicon

GLOSSED = {"fr": "en"}
SHARE = 0.3  # of the gloss's vector, added to the question's


def vector(encoder: Encoder, question: str, content: Sequence[str], language: str) -> Vectors:
    """(dim,), of length 1. `content`: the words that carry the subject of a `question`."""
    glossed = gloss(content, language)
    own, *beside = encoder.encode([question, glossed] if glossed else [question], "query")
    for other in beside:
        own = own + SHARE * other
    return np.asarray(own / np.linalg.norm(own), np.float32)


def gloss(content: Sequence[str], language: str) -> str:
    """Word by word, what has no translation as it is; "" where nothing has one, or none is due."""
    into = GLOSSED.get(language)
    if not into:
        return ""
    translated = [lexicon.likeliest(word, language, into) for word in content]
    if not any(translated):
        return ""
    return " ".join(said or word for said, word in zip(translated, content, strict=True))
