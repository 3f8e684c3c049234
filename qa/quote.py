"""From passages to quotes: whole sentences, scored, the best run of each place.

Only body sentences are candidates: not a heading, not a date line, never page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.encoder import Encoder
from ingest.sentences import sentences
from ingest.types import Article, Kind, Vectors
from ingest.words import fold, stem, words
from qa.types import Hit, Quote, Understood

MOST = 3  # quotes of one answer
LONGEST = 420  # characters of a quote that was lengthened by the sentence before it
_SHARED_WORDS = 0.7  # what sharing all the question's words is worth, in cosine
_PASSAGE = 0.3  # weight of the passage's own cosine
_WORTH_SHOWING = 0.8  # of the best score

# A sentence that opens so leans on the one before it, and is not understood alone.
_LEANING = re.compile(
    r"[«“\"'\s]*(?:il|elle|ils|elles|ce|c['’]est|c['’]était|cela|ceci|ça|celui-ci|celle-ci|ceux-ci"
    r"|celles-ci|cette|ces|cet|son|sa|ses|leur|leurs|lui|y|en revanche|mais|et|or|pourtant"
    r"|toutefois|ainsi|aussi|donc|he|she|it|they|this|that|these|those|his|her|its|their|but|and|so|however"
    r"|instead|yet)\b",
    re.IGNORECASE,
)


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
    """A candidate with what speaks for it: cosine -1..1, share of the question's words 0..1."""

    sentence: Sentence
    score: float
    cosine: float
    shared: float


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


def scored(
    understood: Understood, vector: Vectors, hits: Sequence[Hit], encoder: Encoder
) -> tuple[Scored, ...]:
    """Every candidate, best first; ties by article and place. `vector`: (1, dim), the asked."""
    found = candidates(hits)
    if not found:
        return ()
    cosines = encoder.encode([one.text for one in found], "passage") @ vector[0]
    result = []
    for sentence, cosine in zip(found, cosines.tolist(), strict=True):
        shared = share(understood.words, sentence.text, sentence.article.language)
        context = hits[sentence.hit].cosine or 0.0
        score = cosine + _SHARED_WORDS * shared + _PASSAGE * context
        result.append(Scored(sentence, score, cosine, shared))
    return tuple(
        sorted(result, key=lambda one: (-one.score, one.sentence.article.id, one.sentence.start))
    )


def share(asked: Sequence[str], text: str, language: str) -> float:
    """The share of the words `asked` that stand in `text`, folded or stemmed; 0..1."""
    spoken = words(text)
    plain, stems = {fold(one) for one in spoken}, {stem(one, language) for one in spoken}
    found = sum(fold(one) in plain or stem(one, language) in stems for one in asked)
    return found / len(asked) if asked else 0.0


def quotes(ranked: Sequence[Scored], *, most: int = MOST) -> tuple[Quote, ...]:
    """The best runs, best first, none inside another; those far below the best are left out."""
    chosen: list[Quote] = []
    for one in ranked:
        if len(chosen) == most or one.score < _WORTH_SHOWING * ranked[0].score:
            break
        start, end = _run(one.sentence)
        article = one.sentence.article
        taken = any(q.article.id == article.id and q.start < end and start < q.end for q in chosen)
        if not taken:
            chosen.append(Quote(article, start, end, None, squashed(one.score)))
    return tuple(chosen)


def _run(sentence: Sentence) -> tuple[int, int]:
    """The sentence, with the one before it where it leans on that one."""
    if sentence.place and _LEANING.match(sentence.text):
        block = sentence.article.blocks[sentence.block]
        spans = sentences(sentence.article.text, block.start, block.end)
        start = spans[sentence.place - 1][0]
        if sentence.end - start <= LONGEST:
            return start, sentence.end
    return sentence.start, sentence.end


def squashed(score: float) -> float:
    """A score that orders quotes, as 0..1."""
    return round(float(np.clip(score / (1 + _SHARED_WORDS + _PASSAGE), 0.0, 1.0)), 4)
