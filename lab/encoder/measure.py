"""Measures of an encoder that need no library: translations and paragraphs found.

How well it retrieves passages is measured through the library itself: see `lab.retrieval`.
"""

from pathlib import Path

import numpy as np

from lab.encoder import data as reading
from lab.encoder.contract import Encoder, Vectors


def pairs_found(english: Vectors, french: Vectors) -> tuple[float, float]:
    """How often a sentence's nearest is its translation: (fr->en, en->fr)."""
    scores = french @ english.T
    diagonal = np.arange(len(scores))
    return (
        float((scores.argmax(1) == diagonal).mean()),
        float((scores.argmax(0) == diagonal).mean()),
    )


def xquad(encoder: Encoder, data: Path, languages: tuple[str, ...]) -> dict[str, float]:
    """recall@1 of English questions among the 240 paragraphs in each of `languages`."""
    _, questions = reading.xquad(data, "en")
    asked = encoder.encode([q.text for q in questions])
    out = {}
    for language in languages:
        paragraphs, _ = reading.xquad(data, language)
        where = {a.id: i for i, a in enumerate(paragraphs)}
        scores = asked @ encoder.encode([a.text for a in paragraphs]).T
        right = np.array([where[q.article_id] for q in questions])
        out[language] = float((scores.argmax(1) == right).mean())
    return out
