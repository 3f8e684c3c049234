"""The sentences of the retrieved passages, each weighed against the question.

Two views of each, both from the one encoder. *Near*: the cosine of sentence and question as wholes,
and of the passage around it. *Telling*: late interaction (Khattab and Zaharia, "ColBERT", SIGIR
2020): each word of the question against the likest word of the sentence, in either language, where
a word counts by how far it sets one candidate apart from the others. In "who supplies Russia with
drones", over an article on Russia, that is "drones".

Only body sentences are candidates: not a heading, not a date line, never page furniture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.encoder import Encoder, Reading
from ingest.sentences import sentences
from ingest.types import Article, Kind, Vectors
from ingest.words import STOP_WORDS, fold
from qa.types import Hit

_TELLING = 2.0  # weight of the telling words, in cosine
_SHARPNESS = 3  # power of a word's weight: the word that tells most decides
_PASSAGE = 0.6  # weight of the passage's cosine in the telling view
_PIECE_MARKS = "#▁Ġ"  # how tokenizers mark the pieces of a word


@dataclass(frozen=True, slots=True)
class Sentence:
    """A candidate: `article.text[start:end]`, sentence `place` of block `block`, of hit `hit`."""

    article: Article
    start: int
    end: int
    block: int
    place: int
    hit: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and what speaks for it.

    `cosine` -1..1 is the sentence's own, `near` adds the passage's, `score` the telling words;
    `matched` is how well the question's words are met on the whole, `weakest` the one met worst.
    `reading` is the sentence as the encoder read it, for comparing it with others.
    """

    sentence: Sentence
    score: float
    near: float
    cosine: float
    matched: float
    weakest: float
    reading: Reading | None = None


def candidates(hits: Sequence[Hit]) -> list[Sentence]:
    """The body sentences of the passages, each once, best passage first, then as they stand."""
    found: dict[tuple[str, int], Sentence] = {}
    for rank, hit in enumerate(hits):
        article = hit.passage.article
        for number, block in enumerate(article.blocks):
            inside = block.start < hit.passage.end and block.end > hit.passage.start
            if block.kind is not Kind.BODY or not inside:
                continue
            for place, (a, b) in enumerate(sentences(article.text, block.start, block.end)):
                if a < hit.passage.end and b > hit.passage.start:
                    found.setdefault((article.id, a), Sentence(article, a, b, number, place, rank))
    return list(found.values())


def scored(asked: Reading, hits: Sequence[Hit], encoder: Encoder) -> tuple[Scored, ...]:
    """Every candidate, best score first; ties by article and place."""
    found = candidates(hits)
    if not found:
        return ()
    read = encoder.read([one.text for one in found], "passage")
    cosine = np.array([one.vector @ asked.vector for one in read])
    around = np.array([hits[one.hit].cosine for one in found])
    matches = likest(content(asked), read)
    score = cosine + _PASSAGE * around + _TELLING * (matches @ telling(matches))
    order = sorted(
        range(len(found)), key=lambda i: (-score[i], found[i].article.id, found[i].start)
    )
    return tuple(
        Scored(
            found[i],
            float(score[i]),
            float(cosine[i] + around[i]),
            float(cosine[i]),
            float(matches[i].mean()),
            float(matches[i].min()),
            read[i],
        )
        for i in order
    )


def content(asked: Reading) -> Vectors:
    """The states of the question's words that carry its subject, (words, dim); all if none does."""
    plain = [fold(token.strip(_PIECE_MARKS)) for token in asked.tokens]
    kept = [
        i
        for i, token in enumerate(asked.tokens)
        if plain[i].isalnum() and (token.startswith("##") or plain[i] not in STOP_WORDS)
    ]
    return asked.states[kept] if kept else asked.states


def likest(asked: Vectors, read: Sequence[Reading]) -> Vectors:
    """(sentences, words): how like the likest token of each sentence is to each word, -1..1."""
    if not len(asked):
        return np.zeros((len(read), 1), np.float32)
    rows = [(asked @ one.states.T).max(1) if one.tokens else np.zeros(len(asked)) for one in read]
    return np.asarray(rows, np.float32)


def telling(matches: Vectors) -> Vectors:
    """(words,), sum 1: by how much its best match stands out from its usual one, sharpened."""
    apart = matches.max(0) - np.median(matches, axis=0) + 1e-6
    weights = apart**_SHARPNESS
    return np.asarray(weights / weights.sum(), np.float32)
