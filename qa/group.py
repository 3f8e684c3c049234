"""Quotes as an answer shows them: the same fact once with all its places, the others apart, and
those that disagree named, the newer first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product
from types import MappingProxyType

from ingest.encoder import Encoder, Reading
from ingest.types import Article
from qa.agree import Relation, Verdict, carried, compare
from qa.excerpt import body
from qa.leans import takes_back
from qa.names import names
from qa.quote import MOST, quotes
from qa.reprints import Reprints, named
from qa.said import Said, said
from qa.sentence import Scored
from qa.types import Disagreement, Quote, Sentence
from qa.verbatim import same_facts, verbatim

POOL = 8  # quotes looked at for the few that are shown
_WORDINGS = 6  # of one quote, that are held against those of another
_TOPIC = 0.33  # cosine of two sentences below which it is not worth comparing them
_STORY = 3000  # characters of an article in which its names are looked for
_SHARED_NAMES = 2  # that two articles on one story have in common


def grouped(
    question: str,
    ranked: Sequence[Scored],
    encoder: Encoder,
    *,
    most: int = MOST,
    reprints: Reprints = MappingProxyType({}),
) -> tuple[tuple[Quote, ...], tuple[Disagreement, ...]]:
    """What to show of the scored sentences, best first, and which of that disagree.

    `reprints` of the sentences' articles are named wherever they say the same.
    """
    pool = quotes(ranked, most=POOL)
    table = _Table(question, encoder, reprints)
    table.read(pool)
    shown: list[Quote] = []
    for quote in pool:
        place = next((i for i, one in enumerate(shown) if table.repeats(one, quote)), None)
        if place is not None:
            one = shown[place]
            shown[place] = replace(one, also=(*one.also, quote))
        elif len(shown) < most:
            shown.append(quote)
    shown = [named(quote, reprints) for quote in shown]
    shown.sort(key=lambda quote: -quote.score)
    return _newer_first(shown, list(table.disagreements(shown)))


class _Table:
    """The comparisons of one answer, each made once and only where something may come of it."""

    def __init__(self, question: str, encoder: Encoder, reprints: Reprints) -> None:
        self._question, self._encoder, self._reprints = question, encoder, reprints
        self._read: dict[tuple[str, int], Reading] = {}
        self._said: dict[tuple[str, int, int], Said] = {}

    def read(self, pool: Sequence[Quote]) -> None:
        """All that is likely to be compared at once: side by side, it takes less time."""
        met = [one for one in pool if any(self._comparable(one, other) for other in pool)]
        self._read_all([sentence for quote in met for sentence in _sentences(quote)])

    def repeats(self, one: Quote, other: Quote) -> bool:
        """Does `other` say what `one` says, and nothing that `one` does not?"""
        if not self._comparable(one, other):
            return False
        a, b = self._taken_apart(one), self._taken_apart(other)
        if verbatim(one.text, other.text):
            if same_facts(a, b) or self._alone_in(one, other) or self._alone_in(other, one):
                return True
            if not self._linked(one, other):
                return False
        return self._verdict(one, other).relation is Relation.SAME and len(b.amounts) <= len(
            a.amounts
        )

    def _alone_in(self, whole: Quote, alone: Quote) -> bool:
        """Is `alone` the first sentence of `whole`, whose others count nothing and take nothing
        back?
        """
        head = _head(whole)
        if head == whole or _head(alone) != alone or not verbatim(head.text, alone.text):
            return False
        counted = (len(self._taken_apart(one).amounts) for one in (whole, head))
        return len(set(counted)) == 1 and same_facts(*map(self._taken_apart, (head, alone)))

    def disagreements(self, shown: Sequence[Quote]) -> Iterable[tuple[int, int, Verdict]]:
        for i, one in enumerate(shown):
            for j in range(i + 1, len(shown)):
                verdict = self._apart(one, shown[j])
                if not verdict.differ:
                    verdict = self._apart_elsewhere(one, shown[j])
                if verdict.differ:
                    yield i, j, verdict

    def _apart(self, one: Quote, other: Quote) -> Verdict:
        if not self._comparable(one, other):
            return Verdict(Relation.NEITHER)
        verdict = self._verdict(one, other)
        return verdict if verdict.differ else self._verdict(*map(_answering, (one, other)))

    def _apart_elsewhere(self, one: Quote, other: Quote) -> Verdict:
        """Do articles that say what these say give other numbers? "23 people hurt" is hard to hold
        against "18 blessés", but not the "23 blessés" of a third paper.
        """
        for first, second in list(product(_wordings(one), _wordings(other)))[1:]:
            verdict = self._apart(first, second)
            if verdict.differ:
                told = (first, second, _answering(one), _answering(other))
                verdict = carried(verdict, *map(self._taken_apart, told))
            if verdict.differ:
                return verdict
        return Verdict(Relation.NEITHER)

    def _comparable(self, one: Quote, other: Quote) -> bool:
        """May both articles be about the same events? "It cut 400 jobs" alone does not tell."""
        if one.article.id == other.article.id:
            return False
        if self._linked(one, other):
            return True
        return len(_cast(one.article) & _cast(other.article)) >= _SHARED_NAMES

    def _linked(self, one: Quote, other: Quote) -> bool:
        return any(other.article.id == like.id for like in self._reprints.get(one.article.id, ()))

    def _verdict(self, one: Quote, other: Quote) -> Verdict:
        first, second = (self._readings(quote) for quote in (one, other))
        nearest = max((float(x.vector @ y.vector) for _, x in first for _, y in second), default=0)
        if nearest < _TOPIC:
            return Verdict(Relation.NEITHER)
        return compare(self._question, self._taken_apart(one), self._taken_apart(other))

    def _readings(self, quote: Quote) -> list[tuple[int, Reading]]:
        """What the encoder makes of the quote's sentences, in order; read when first needed."""
        within = _sentences(quote)
        self._read_all(within)
        return [(one.start - quote.start, self._read[one.key]) for one in within]

    def _read_all(self, said: Sequence[Sentence]) -> None:
        unread = list({one.key: one for one in said if one.key not in self._read}.values())
        if unread:
            read = self._encoder.read([one.text for one in unread], "passage")
            self._read.update(zip((one.key for one in unread), read, strict=True))

    def _taken_apart(self, quote: Quote) -> Said:
        key = quote.article.id, quote.start, quote.end
        if key not in self._said:
            article = quote.article
            made = said(quote.text, article.language, article.published, self._readings(quote))
            self._said[key] = made
        return self._said[key]


def _wordings(quote: Quote) -> list[Quote]:
    """The quote, then places that say the same, each in other words or at another time."""
    kept = [quote]
    for place in quote.also:
        day = place.article.published
        if not any(one.article.published == day and verbatim(one.text, place.text) for one in kept):
            kept.append(place)
    return kept[:_WORDINGS]


def _sentences(quote: Quote) -> list[Sentence]:
    return list(body(quote.article, (quote.start, quote.end)))


def _head(quote: Quote) -> Quote:
    """The first sentence of a quote alone, unless a later one takes it back."""
    within = _sentences(quote)
    if len(within) < 2 or any(takes_back(one.text) for one in within[1:]):
        return quote
    return replace(quote, end=within[0].end)


def _answering(quote: Quote) -> Quote:
    """The first sentence alone where it is the one that answers: what follows it in one paper may
    differ from what follows in another without touching it.
    """
    head, lit = _head(quote), quote.highlight
    return head if lit and lit[1] <= head.end else quote


def _newer_first(
    shown: list[Quote], found: list[tuple[int, int, Verdict]]
) -> tuple[tuple[Quote, ...], tuple[Disagreement, ...]]:
    """The quotes that disagree change places so that the newer of them comes first."""
    places = sorted({place for i, j, _ in found for place in (i, j)})
    order = list(range(len(shown)))
    newest = sorted(places, key=lambda i: shown[i].article.published or "", reverse=True)
    for place, old in zip(places, newest, strict=True):
        order[place] = old
    quotes = tuple(shown[old] for old in order)
    made = []
    for i, j, verdict in found:
        assert verdict.differ
        ends = [
            (order.index(old), (shown[old].start + a, shown[old].start + b))
            for old, (a, b) in zip((i, j), verdict.differ, strict=True)
        ]
        (one, span), (other, second) = sorted(ends)
        made.append(Disagreement((one + 1, other + 1), (span, second)))
    return quotes, tuple(sorted(made, key=lambda one: one.quotes))


@functools.lru_cache(maxsize=256)
def _cast(article: Article) -> frozenset[str]:
    found = names(f"{article.title}. {article.text[:_STORY]}")
    return frozenset(word for name in found for word in name.words)
