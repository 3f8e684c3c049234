"""Why an answer is what it is: every candidate, what it was weighed as, and what became of it.

It judges nothing itself. It asks as the chat does and reads the reasons off the outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.encoder import Encoder
from qa.confidence import Evidence, evidence
from qa.desk import Considered, Desk, answer
from qa.quote import WORTH_SHOWING
from qa.run import run
from qa.sentence import Scored
from qa.settings import Settings
from qa.types import Answer, Hit, Near, Quote

_Place = tuple[str, int, int]  # article id, start, end


class Fate(StrEnum):
    """What became of a sentence. The first four belong to one quote and name its number."""

    QUOTED = "quoted"  # the quote was made of it
    ALONG = "along"  # it stands in the quote of another
    REPEATS = "repeats"  # the quote says the same; this one's place is named beside it
    OVERLAPS = "overlaps"  # with what it leans on it would run into the quote
    CROWDED = "crowded"  # others that scored higher fill the places there are
    BEHIND = "behind"  # its score is too far from the best one's


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence that was read. `quote`: the number of the quote that its fate names, from 1."""

    scored: Scored
    fate: Fate
    quote: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An excerpt, and the sentences read around it, in their order; none where it was not read.

    A sentence that was read around two excerpts stands with the one where it scored higher.
    """

    near: Near
    read: bool
    sentences: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fused passage, and the excerpts of it, the nearest first."""

    hit: Hit
    excerpts: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class Glass:
    """An answer with all that led to it. Where it is none, fates tell of its nearest passages."""

    answer: Answer
    settings: Settings
    evidence: Evidence | None
    candidates: tuple[Candidate, ...]


def look(desk: Desk, question: str, settings: Settings, *, without: Collection[str] = ()) -> Glass:
    """As `Desk.ask` without a conversation; raises what that raises."""
    considered = desk.consider(question, without=without, settings=settings)
    return opened(question, considered, desk.encoder, settings)


def opened(question: str, considered: Considered, encoder: Encoder, settings: Settings) -> Glass:
    found = answer(question, considered, encoder, threshold=settings.threshold)
    read = {one.sentence.key for one in considered.ranked}
    weighed = fates(considered.ranked, found.quotes or found.nearest)

    def opened_one(near: Near) -> Opened:
        own = [one for one in weighed if one.scored.near is near]
        own.sort(key=lambda one: one.scored.sentence.start)
        said = near.excerpt.sentences
        return Opened(near, all(one.key in read for one in said), tuple(own))

    return Glass(
        answer=found,
        settings=settings,
        evidence=evidence(considered.ranked, considered.understood),
        candidates=tuple(
            Candidate(hit, tuple(map(opened_one, sorted(hit.excerpts, key=_nearest_first))))
            for hit in considered.hits
        ),
    )


def fates(ranked: Sequence[Scored], shown: Sequence[Quote]) -> tuple[Weighed, ...]:
    """What became of each sentence, in the order of `ranked`, given the quotes that were shown."""
    unled = set(range(1, len(shown) + 1))
    repeated = {
        _place(also): number for number, quote in enumerate(shown, 1) for also in quote.also
    }
    return tuple(_weighed(one, ranked[0].score, shown, unled, repeated) for one in ranked)


def _weighed(
    one: Scored,
    best: float,
    shown: Sequence[Quote],
    unled: set[int],
    repeated: dict[_Place, int],
) -> Weighed:
    sentence = one.sentence
    own = (sentence.article.id, sentence.start, sentence.end)
    standing = next((n for n, quote in enumerate(shown, 1) if _overlap(own, _place(quote))), None)
    if best - one.score > WORTH_SHOWING:  # it may stand in a quote all the same, beside another
        return Weighed(one, Fate.ALONG if standing else Fate.BEHIND, standing)
    if standing in unled:  # the best that stands in a quote is what it is shown for
        unled.discard(standing)
        return Weighed(one, Fate.QUOTED, standing)
    if standing:
        return Weighed(one, Fate.ALONG, standing)
    reach = (sentence.article.id, *run(sentence.article, sentence.block, sentence.place))
    every = [(_place(quote), number) for number, quote in enumerate(shown, 1)]
    for fate, place, others in (
        (Fate.REPEATS, own, repeated.items()),
        (Fate.OVERLAPS, reach, [*every, *repeated.items()]),
    ):
        for other, number in others:
            if _overlap(place, other):
                return Weighed(one, fate, number)
    return Weighed(one, Fate.CROWDED)


def _place(quote: Quote) -> _Place:
    return quote.article.id, quote.start, quote.end


def _overlap(one: _Place, other: _Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _nearest_first(near: Near) -> float:
    return -near.score
