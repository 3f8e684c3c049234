"""The sentences of the retrieved excerpts, each weighed against the question.

The reader's word counts most: how likely this sentence answers, among all and none. What retrieval
thought of the excerpt around it comes on top: the reader sees little, retrieval saw it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.excerpt import WINDOW, widened
from qa.reader import Read, Reader
from qa.reprints import Told
from qa.types import Excerpt, Hit, Near, Sentence

NEAR = 20.0  # weight of an excerpt's retrieval score (about -0.2..1.2), in log-odds
AGAIN = 2  # windows read once more, around the likeliest sentences
CLOSE = 500  # characters of such a window
_BESIDES = 150  # characters: what the question and a title add to a window
_FULL = 350  # characters left: too few for another window


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and what speaks for it; `score` orders, the parts are what it is made of.

    `near`: the excerpt in whose window it was read; `nearness`: what retrieval thought of that.
    """

    sentence: Sentence
    score: float
    read: Read
    near: Near
    nearness: float


@dataclass(frozen=True, slots=True)
class Window:
    """What is read at once: the excerpt that was found, and `seen`, it with what is around it."""

    near: Near
    seen: Excerpt


def windows(hits: Sequence[Hit], characters: int) -> list[Window]:
    """What to read of the passages, around their best excerpts, best first: about so many
    `characters`, questions and titles counted; the last window is as wide as is left. None is
    around what another has already, or what another has of a reprint, word for word; one is there
    always, where there is a sentence.
    """
    like = {hit.passage.article.id: {one.id for one in hit.reprints} for hit in hits}
    told = Told(lambda article: like.get(article, ()))
    chosen: list[Window] = []
    taken: set[tuple[str, int]] = set()
    left = characters
    every = [near for hit in hits for near in hit.excerpts if near.excerpt.sentences]
    for near in sorted(every, key=lambda one: -one.score):
        if {one.key for one in near.excerpt.sentences} <= taken or told.has(near.excerpt):
            continue
        seen = widened(near.excerpt, max(0, min(WINDOW, left - _BESIDES)))
        size = _BESIDES + seen.sentences[-1].end - seen.sentences[0].start
        if size <= left or not chosen:
            chosen.append(Window(near, seen))
            taken |= {one.key for one in seen.sentences}
            told.add(seen)
            left -= size
        if left < _FULL:
            break
    return chosen


def scored(
    question: str,
    read: Sequence[Window],
    reader: Reader,
    *,
    near: float = NEAR,
) -> tuple[Scored, ...]:
    """Every sentence of the windows, each once, best score first; ties by article and place.

    Half of a window's nearness is that of its article's nearest: what answers is said in the same
    article as what was found, and often not beside it.
    """
    found: dict[tuple[str, int], Scored] = {}
    nearest: dict[str, float] = {}
    for window in read:
        article = window.near.excerpt.article.id
        nearest[article] = max(window.near.score, nearest.get(article, window.near.score))
    reading = reader.read(question, [window.seen for window in read])
    for window, reads in zip(read, reading, strict=True):
        nearness = (window.near.score + nearest[window.near.excerpt.article.id]) / 2
        for sentence, one in zip(window.seen.sentences, reads, strict=True):
            score = one.score + near * nearness
            if sentence.key not in found or score > found[sentence.key].score:
                found[sentence.key] = Scored(sentence, score, one, window.near, nearness)
    return _ordered(_looked_at_again(question, _ordered(found.values()), reader))


def _ordered(found: Iterable[Scored]) -> tuple[Scored, ...]:
    return tuple(sorted(found, key=lambda s: (-s.score, s.sentence.article.id, s.sentence.start)))


def _looked_at_again(question: str, ranked: Sequence[Scored], reader: Reader) -> Iterator[Scored]:
    """With the likeliest read once more, closely: in an article's company much is likely, among its
    neighbours alone a sentence has to answer by itself. What is read twice counts by the mean; its
    answer is where the closer reading sees it.
    """
    close: list[Excerpt] = []
    for one in ranked:
        if len(close) < AGAIN and not any(one.sentence in seen.sentences for seen in close):
            alone = Excerpt(one.sentence.article, (one.sentence,))
            close.append(widened(alone, CLOSE))
    again: dict[tuple[str, int], Read] = {}
    for seen, reads in zip(close, reader.read(question, close), strict=True):
        for sentence, read in zip(seen.sentences, reads, strict=True):
            if sentence.key not in again or read.score > again[sentence.key].score:
                again[sentence.key] = read
    for one in ranked:
        closer = again.get(one.sentence.key, one.read)
        change = (closer.score - one.read.score) / 2
        read = replace(closer, score=one.read.score + change)
        yield replace(one, score=one.score + change, read=read)
