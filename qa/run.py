"""How far a quote reaches: the sentence that was found, with the neighbours it leans on and those
that may be the answer as well as it.

Which neighbours a sentence leans on, qa/leans.py says; the sentences of one quotation lean on one
another. Sentences are never cut, so no negation, hedge or number is.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence

from ingest.sentences import sentences
from ingest.types import Article
from qa.leans import leans_ahead, leans_back
from qa.types import Span

LONGEST = 400  # characters of a quote that was lengthened
MOST_SENTENCES = 3
# How far a neighbour's score may be behind and the neighbour still be worth its characters: the
# longer it is, and the longer what stands there already, the less. Fitted: lab/READER.md.
ALLOWANCE = 5.0  # of a score, for each e-th part of ROOM
ROOM = 32_000  # characters of the neighbour, times those of the quote without it
PRECEDING = 2.0  # of a score: what comes before a sentence leads up to it more than it answers
FARTHEST = 8.0  # of a score: how far behind at most, however short

_OPENS, _CLOSES = "«“", "»”"


def run(
    article: Article, block: int, place: int, likely: Sequence[tuple[int, float]] = ()
) -> tuple[int, int]:
    """Sentence `place` of block `block`, lengthened where it leans: `start, end` in the article.

    `likely`: places of sentences that may answer as well, best first, and how far each one's score
    is behind; those beside it, or beside one that was taken in, are taken in where it is worth it.
    """
    whole = article.blocks[block]
    spans, texts, inside = _split(article.text, whole.start, whole.end)

    def length(first: int, last: int) -> int:
        return spans[last][1] - spans[first][0]

    def fits(first: int, last: int) -> bool:
        return last - first < MOST_SENTENCES and length(first, last) <= LONGEST

    def lengthened(first: int, last: int) -> tuple[int, int]:
        while True:
            leant_on = (
                _quotation(inside, first, last),
                *_neighbours(texts, first, last, article.language),
            )
            wider = (one for one in leant_on if one != (first, last) and fits(*one))
            if not (found := next(wider, None)):
                return first, last
            first, last = found

    first, last = lengthened(place, place)
    while True:
        for beside, behind in likely:
            if beside in (first - 1, last + 1) and fits(min(first, beside), max(last, beside)):
                a, b = lengthened(min(first, beside), max(last, beside))
                behind += PRECEDING if beside < place else 0.0
                if behind < _allowed(length(first, last), length(a, b)):
                    first, last = a, b
                    break
        else:
            return spans[first][0], spans[last][1]


@functools.lru_cache(maxsize=8)  # a block is lengthened in from many of its sentences in turn
def _split(text: str, start: int, end: int) -> tuple[Sequence[Span], Sequence[str], Sequence[bool]]:
    """A block's sentences, and for each whether a quotation is open at its end."""
    spans = sentences(text, start, end)
    texts = [text[a:b] for a, b in spans]
    return spans, texts, _quotations(texts)


def _allowed(length: int, longer: int) -> float:
    """How far behind what makes a quote of `length` characters a `longer` one may be."""
    return min(FARTHEST, ALLOWANCE * math.log(ROOM / (length * (longer - length))))


def _quotation(inside: Sequence[bool], first: int, last: int) -> tuple[int, int]:
    """The run with the whole of the quotations that it has a part of."""
    while first and inside[first - 1]:
        first -= 1
    while inside[last]:
        last += 1
    return first, last


def _neighbours(
    texts: Sequence[str], first: int, last: int, language: str
) -> Iterator[tuple[int, int]]:
    """The run with the sentence it leans on, after it or before it."""
    if last + 1 < len(texts) and leans_ahead(texts[last], texts[last + 1], language):
        yield first, last + 1
    if first and leans_back(texts[first], texts[first - 1], language):
        yield first - 1, last


def _quotations(texts: Sequence[str]) -> list[bool]:
    """For each sentence, is a quotation open at its end? Straight quotes open and close in turn."""
    made, depth, straight = [], 0, False
    for text in texts:
        for char in text:
            if char in _OPENS:
                depth += 1
            elif char in _CLOSES:
                depth = max(0, depth - 1)
            elif char == '"':
                straight = not straight
        made.append(depth > 0 or straight)
    # A mark that is never closed opened nothing that can be followed.
    return made if not made or not made[-1] else [False] * len(made)
