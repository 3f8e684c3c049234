"""The values that flow through an answer. A quote is a place in an article version, never words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.types import Article, Passage

Span = tuple[int, int]  # start, end


@dataclass(frozen=True, slots=True)
class Widened:
    """A word or name of the question, and what else it was sought as, likeliest first.

    `likely`: those of `also` that count for much and that the library holds; few enough to be shown
    for each word of a question.
    """

    word: str
    also: tuple[str, ...]
    likely: tuple[str, ...] = ()


# On the search: only these articles, these rather than others, none.
Effect = Literal["filter", "preference", "none"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A time that the question names, in its own words: `said`.

    `first` and `last` are days (YYYY-MM-DD, both included), None where it is open. It means the
    publication of the articles or their content; only the former ever filters. A publication with
    effect "none" would have left no article at all: the filter was dropped.
    """

    chip: str
    said: str
    first: str | None
    last: str | None
    means: Literal["publication", "content"]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Attributed:
    """A source that the question names, or that was picked beside it, as the library spells it.

    Effect "none": together with the dates it would have left no article; the filter was dropped.
    """

    chip: str
    said: str
    sources: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Carried:
    """What a follow-up took over from the conversation.

    `words` come from the `question` before, `article` is the one it was shown a quote of (its id),
    and what that article says is preferred. `sure`: it cannot stand alone; otherwise it may.
    `about`: the question that all of it is about, this one or an earlier one, with a new topic in
    it where one was named; `said`: the last follow-up on that which says more than "and why?".
    """

    chip: str
    question: str
    words: tuple[str, ...]
    article: str | None
    sure: bool
    about: str
    said: str


@dataclass(frozen=True, slots=True)
class Gist:
    """What a long message asks, in its own words: the rest of it was left out of the search."""

    chip: str
    said: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that neither the library nor a dictionary has, and the library's that was read."""

    chip: str
    said: str
    read: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to mean; all that narrowed or widened the search stands here.

    `standalone` is the question with what it left unsaid filled in and what was said around it
    left out, `searched` the text that was
    searched: `standalone`, respelt, less the words that became a filter. Each `chip` is an id:
    asked again without it, the question is answered as if that had not been understood.
    """

    language: str
    words: tuple[str, ...]
    standalone: str = ""
    searched: str = ""
    dates: tuple[Dated, ...] = ()
    sources: tuple[Attributed, ...] = ()
    carried: Carried | None = None
    spellings: tuple[Spelling, ...] = ()
    gist: Gist | None = None
    widened: tuple[Widened, ...] = ()  # for articles in the other language


@dataclass(frozen=True, slots=True)
class Sentence:
    """`article.text[start:end]`, sentence `place` of block `block`."""

    article: Article
    start: int
    end: int
    block: int
    place: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, int]:
        """Article id and start: what tells it from every other."""
        return self.article.id, self.start


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is read at a time: body sentences of one article that stand one after the other."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.sentences)


@dataclass(frozen=True, slots=True)
class Near:
    """An excerpt of a retrieved passage.

    `cosine` is its own; `score` is as the passage's, with that cosine in it.
    """

    excerpt: Excerpt
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. Ranks count from 1; None where that search did not find it.

    `reprints`: articles nearly the same as the passage's.
    """

    passage: Passage
    score: float  # between `own` and `best`: only its order means anything
    own: float  # cosine plus a share of bm25
    best: float  # the highest `own` of its article's passages
    cosine: float  # of its nearest excerpt
    dense_rank: int | None
    lexical_rank: int | None
    excerpts: tuple[Near, ...] = ()
    reprints: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article version: `text` is always `article.text[start:end]`.

    `highlight` is the answer's span inside the text of record (not inside the quote), if known.
    `score` orders quotes of one answer; 0..1. `also` are the places in other articles that say the
    same and nothing more: reprints, translations, other words for it; theirs is empty.
    """

    article: Article
    start: int
    end: int
    highlight: tuple[int, int] | None
    score: float
    also: tuple[Quote, ...] = ()

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two quotes of one answer, by their numbers from 1, the newer first, that cannot both be true.

    `differ`: what disagrees, a span of each one's text of record: "12" in one, "15" in the other.
    """

    quotes: tuple[int, int]
    differ: tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a later question of a conversation looks back on, and what was shown then.

    `question` leaves nothing unsaid; `said`: the follow-up on it that was asked, if one was, and
    `lit`: the words that answered, if any did.
    """

    question: str
    quotes: tuple[Quote, ...]
    said: str = ""
    lit: str = ""

    @staticmethod
    def of(understood: Understood, quotes: tuple[Quote, ...], *, answered: bool) -> Turn:
        carried, first = understood.carried, quotes[0] if quotes else None
        lit = first.article.text[slice(*first.highlight)] if first and first.highlight else ""
        return Turn(
            carried.about if carried else understood.standalone,
            quotes,
            carried.said if carried else "",
            lit if answered else "",
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say. `nearest` is filled only when they do not: shown, never as an answer.

    `confidence` 0..1 estimates how likely the first quote answers the question.
    """

    question: str
    language: str
    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    understood: Understood
    seconds: float
    disagreements: tuple[Disagreement, ...] = ()

    def differ(self, one: Disagreement) -> tuple[str, str]:
        """What disagrees, in the articles' words."""
        (first, (a, b)), (second, (c, d)) = zip(one.quotes, one.differ, strict=True)
        texts = [self.quotes[number - 1].article.text for number in (first, second)]
        return texts[0][a:b], texts[1][c:d]

    @property
    def turn(self) -> Turn:
        """This answer as a later question of the same conversation looks back on it."""
        return Turn.of(self.understood, self.quotes or self.nearest, answered=self.answered)
