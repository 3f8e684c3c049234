"""Which questions the newest articles can be asked, in turn, and which of them Saidso answers.

A question is offered only if the chat's own answer to it is sure, understood as it was meant, and
quotes the very sentence that was turned into the question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.snapshot import Snapshot
from ingest.types import Article
from qa.phrases import level
from qa.questions import PERSONAL, TELLING, Candidate, Kind, questions
from qa.types import Answer, Quote

MOST = 4  # questions on offer
NEWEST = 40  # articles looked at
TRIES = 8  # questions put to the chat, for each round of them; one takes a second or two
ABROAD = 3  # of those on articles in another language
_PER_ARTICLE = 2  # of them, until one is answered
_LARGEST = 100_000  # characters; what is longer is no article

# Of the sample article, by hand: nothing in it can be turned around but a question that it asks
# itself, and its quotes answer these. They are tried like all others, but may be less sure.
_SAMPLE = "000_d74ec0c6faadc757"
_WRITTEN = {
    "fr": ("Qui fournit des munitions à la Russie ?", "Que rapporte l'agence Tass ?"),
    "en": ("Who is supplying Russia with ammunition?",),
}


def newest(snapshot: Snapshot) -> list[Article]:
    """Those taken in last; of one minute, those published last. No reprints, nothing endless."""
    listed = sorted(
        snapshot.listed(),
        key=lambda one: (one.ingested[:16], one.published or "", one.id),
        reverse=True,
    )
    some = [one.id for one in listed[: 2 * NEWEST]]
    reprints, sizes = snapshot.originals(some), snapshot.sizes(some)
    kept = [one for one in some if one not in reprints and sizes[one] <= _LARGEST][:NEWEST]
    return [article for one in kept if (article := snapshot.article(one))]


def answered(
    articles: Sequence[Article],
    language: str,
    ask: Callable[[str], Answer],
    go_on: Callable[[], bool],
) -> Iterator[tuple[Candidate, ...]]:
    """What was found in `language` so far, each time it is one more, while `go_on`.

    What tells something comes first, then somebody in an article in another language: that it can
    be asked all the same is worth showing. Then other persons, and what else is told.
    """
    found, put = list[Candidate](), set[str]()
    own = [one for one in articles if one.language == language or one.id == _SAMPLE]
    others = [one for one in articles if one not in own]
    for among, kinds, most, tries in (
        (own, TELLING, MOST - 1, TRIES),
        (others, frozenset({Kind.WHO}), 1, ABROAD),
        (own, PERSONAL, MOST, TRIES),
        (own, TELLING, MOST, TRIES),
    ):
        room = min(MOST, len(found) + most) if among is others else most
        for one in _in_turn(among, language, kinds, found, share(len(articles))):
            if len(found) >= room or not tries or not go_on():
                break
            if one.question in put:
                continue
            put.add(one.question)
            tries -= 1
            if answers(ask(one.question), one):
                found.append(one)
                yield tuple(found)


def _in_turn(
    articles: Sequence[Article],
    language: str,
    kinds: frozenset[Kind],
    found: Sequence[Candidate],
    most: int,
) -> Iterator[Candidate]:
    """What each article could be asked, until `most` of it are among `found`, which grows.

    Of each first the kind that was found least, and what says most.
    """
    for article in articles:
        used = Counter(one.kind for one in found)
        made = [one for one in _made(article, language) if one.kind in kinds]
        made.sort(key=lambda one: (used[one.kind], one.kind, -one.weight))
        for one in made[: max(_PER_ARTICLE, most)]:
            if sum(one.article.id == article.id for one in found) >= most:
                break
            yield one


def _made(article: Article, language: str) -> tuple[Candidate, ...]:
    if article.id != _SAMPLE:
        return questions(article, language)
    return tuple(
        Candidate(question, language, Kind.WRITTEN, article, 0, len(article.text))
        for question in _WRITTEN[language]
    )


def answers(answer: Answer, asked: Candidate) -> bool:
    """Is it a sure answer, to the question as it was meant, by the sentence that was turned?"""
    read = answer.understood
    if not answer.answered or answer.language != asked.language:
        return False
    if read.dates or read.sources or read.spellings or read.carried:
        return False
    if level(answer.confidence) == "modest" and asked.kind is not Kind.WRITTEN:
        return False
    return any(_from(one, asked) for one in (answer.quotes[0], *answer.quotes[0].also))


def _from(quote: Quote, asked: Candidate) -> bool:
    if quote.article.id != asked.article.id:
        return False
    holds = quote.start < asked.end and asked.start < quote.end
    if asked.kind is Kind.ASKED:  # a question is no answer to itself
        return quote.end > asked.end if holds else True
    return holds


def share(articles: int) -> int:
    """Of one article, in a library of so many: a few articles can fill the places as well."""
    return -(-MOST // max(1, articles))
