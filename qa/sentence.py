"""The sentences of the retrieved excerpts, each weighed against the question.

The reader's word counts most: how likely this sentence answers, among all and none. What retrieval
thought of the excerpt around it comes on top: the reader sees a few excerpts, retrieval saw them
all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.excerpt import SIDES, widened
from qa.reader import Read, Reader
from qa.reprints import Told
from qa.types import Excerpt, Hit, Near, Sentence

SPAN = 0.2  # weight of the answer's ends beside the sentence, both in log-odds
NEAR = 24.0  # weight of an excerpt's retrieval score (about -0.2..1.2), in log-odds


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and what speaks for it; `score` orders, the parts are what it is made of."""

    sentence: Sentence
    score: float
    read: Read
    near: Near


def excerpts(hits: Sequence[Hit], most: int) -> list[Near]:
    """The `most` best excerpts of the passages, best first, none of them without a sentence, and
    none that a reprint repeats word for word.
    """
    like = {hit.passage.article.id: {one.id for one in hit.reprints} for hit in hits}
    told = Told(lambda article: like.get(article, ()))
    every = [near for hit in hits for near in hit.excerpts if near.excerpt.sentences]
    chosen: list[Near] = []
    for near in sorted(every, key=lambda one: -one.score):
        if len(chosen) == most:
            break
        said = near.excerpt.sentences
        if told.anew(near.excerpt.article, (said[0].start, said[-1].end)):
            chosen.append(near)
    return chosen


def scored(
    question: str,
    read: Sequence[Near],
    reader: Reader,
    *,
    span: float = SPAN,
    near: float = NEAR,
    sides: int = SIDES,
) -> tuple[Scored, ...]:
    """Every sentence of the excerpts (best first) and of the neighbours read along with them, each
    once, best score first; ties by article and place.
    """
    found: dict[tuple[str, int], Scored] = {}
    apart = _apart(read, sides)
    reading = reader.read(question, [seen for _, seen in apart])
    for (found_in, seen), reads in zip(apart, reading, strict=True):
        for sentence, one in zip(seen.sentences, reads, strict=True):
            score = one.score + span * one.span + near * found_in.score
            if sentence.key not in found or score > found[sentence.key].score:
                found[sentence.key] = Scored(sentence, score, one, found_in)
    return tuple(
        sorted(found.values(), key=lambda s: (-s.score, s.sentence.article.id, s.sentence.start))
    )


def _apart(read: Sequence[Near], sides: int) -> list[tuple[Near, Excerpt]]:
    """Each with the neighbours to read along; none whose every sentence is read with another."""
    kept: list[tuple[Near, Excerpt]] = []
    taken: set[tuple[str, int]] = set()
    for near in read:
        if not {one.key for one in near.excerpt.sentences} <= taken:
            seen = widened(near.excerpt, sides=sides)
            taken |= {one.key for one in seen.sentences}
            kept.append((near, seen))
    return kept
