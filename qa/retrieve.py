"""Passages for a question: what is near in meaning, and what shares its words, as one list.

A passage's own score is its cosine plus a share of its bm25, relative to the best bm25 of the
question. Not reciprocal rank fusion: where question and article differ in language a lexical rank
says nothing, and RRF lets the articles in the question's language bury the others (figures in
lab/README.md). A sum of scores lets a cosine that is far ahead stay ahead.

Half of what counts is the score of the best passage of the same article: a question names its story
("the fire in Lorvik") and asks for one thing in it, which a paragraph further down says without the
story's names. What comes first stays first by that, and the rest of its article comes along, found
by a search or not.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from ingest.snapshot import Snapshot
from ingest.types import Passage, Vectors
from qa.excerpt import excerpt
from qa.reprints import distinct
from qa.types import Hit, Near

DEPTH = 50  # passages taken from each list
LEXICAL_WEIGHT = 0.2  # of the best bm25, in cosine
ARTICLE_SHARE = 0.5  # of a passage's score that is its article's best

Ranked = Sequence[tuple[int, float]]  # (passage id, score), best first


def fuse(
    snapshot: Snapshot,
    vector: Vectors,
    dense: Ranked,
    lexical: Ranked,
    *,
    keep: int,
    preferred: Mapping[str, float] = MappingProxyType({}),
    weight: float = LEXICAL_WEIGHT,
    share: float = ARTICLE_SHARE,
) -> tuple[Hit, ...]:
    """The `keep` best passages of both lists with their excerpts, best first, ties by passage id.

    What a reprint repeats word for word is left out: twenty papers with one text are one voice.
    Passages of `preferred` articles (ids) are ahead by so much, in cosine.
    `weight`: of the best bm25, in cosine; `share`: of its article's best passage in a score.
    `vector`: (dim,), the question's, for the cosine of those that only the lexical search found.
    """
    dense_rank = {one: rank for rank, (one, _) in enumerate(dense, 1)}
    lexical_rank = {one: rank for rank, (one, _) in enumerate(lexical, 1)}
    others = snapshot.vectors(passages=sorted(lexical_rank.keys() - dense_rank.keys()))
    cosine = dict(dense) | others.cosines(vector)
    bm25 = dict(lexical)
    best_bm25 = max(bm25.values(), default=0.0) or 1.0
    articles = snapshot.articles_of(cosine)  # some may have been dropped meanwhile

    def owned(found: Mapping[int, float]) -> dict[int, float]:
        return {
            one: near
            + weight * max(0.0, bm25.get(one, 0.0)) / best_bm25
            + preferred.get(articles[one], 0.0)
            for one, near in found.items()
            if one in articles
        }

    own = owned(cosine)
    if own:
        first = articles[min(own, key=lambda one: (-own[one], one))]
        rest = [one for one in snapshot.passage_ids([first]) if one not in own][:DEPTH]
        along = snapshot.vectors(passages=rest).cosines(vector)
        cosine |= along
        articles |= dict.fromkeys(along, first)
        own |= owned(along)
    best: defaultdict[str, float] = defaultdict(lambda: -np.inf)
    for one, article in articles.items():
        best[article] = max(best[article], own[one])
    score = {one: (1 - share) * own[one] + share * best[articles[one]] for one in own}

    passages = _distinct(snapshot, sorted(own, key=lambda one: (-score[one], one)), keep)
    kept = list(passages)
    parts = snapshot.vectors(passages=kept)

    def near(one: int) -> Iterator[Near]:
        """What was embedded of a passage, as it is read."""
        mine = np.flatnonzero(parts.passages == one)
        cosines = parts.vectors[mine] @ np.ravel(vector) if len(mine) else ()
        for (start, end), cosined in zip(parts.spans[mine], cosines, strict=True):
            behind = (1 - share) * (cosine[one] - float(cosined))
            seen = excerpt(passages[one].article, (int(start), int(end)))
            yield Near(seen, score[one] - behind, float(cosined))

    return tuple(
        Hit(
            passages[one],
            score[one],
            own[one],
            best[articles[one]],
            cosine[one],
            dense_rank.get(one),
            lexical_rank.get(one),
            tuple(near(one)),
        )
        for one in kept
    )


def _distinct(snapshot: Snapshot, best: Sequence[int], keep: int) -> dict[int, Passage]:
    """The first `keep` of these passages that are no reprint of one before."""
    like = functools.cache(snapshot.reprints)
    there = snapshot.passages(best[: 2 * keep])
    if any(like(one.article.id) for one in there.values()):
        there = snapshot.passages(best)
    numbers = {there[one].id: one for one in best if one in there}
    chosen = distinct([there[one] for one in numbers.values()], like)
    return {numbers[one.id]: one for one in itertools.islice(chosen, keep)}
