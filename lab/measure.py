"""What one question came to, and the figures that many of them make. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median

from lab.questions import Question
from qa.desk import Considered
from qa.types import Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """Ranks count from 1; 0 where the right one was not among those looked at."""

    question: Question
    passage_rank: int
    quote_rank: int
    answered: bool
    confidence: float
    first_length: int  # characters of the first quote
    faithful: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares 0..1 of the answerable questions unless said otherwise; lengths in characters."""

    questions: int
    unanswerable: int
    passage_at_1: float
    passage_at_4: float
    passage_at_5: float
    passage_at_10: float
    mrr: float
    quote_at_1: float
    quote_at_3: float
    answered: float
    right_when_answered: float  # of the answered answerable questions, first quote right
    false_answers: float  # of the unanswerable questions
    auroc: float
    unfaithful: int  # quotes that are not a slice of the article
    first_quote_length: float
    median_ms: float


def outcome(question: Question, considered: Considered, answer: Answer) -> Outcome:
    shown = answer.quotes or answer.nearest
    passages = [hit.passage for hit in considered.hits]
    return Outcome(
        question=question,
        passage_rank=_rank([question.held_by(p.article, p.start, p.end) for p in passages]),
        quote_rank=_rank([question.held_by(q.article, q.start, q.end) for q in shown]),
        answered=answer.answered,
        confidence=answer.confidence,
        first_length=len(shown[0].text) if shown else 0,
        faithful=all(q.text and q.article.text[q.start : q.end] == q.text for q in shown),
        seconds=answer.seconds,
    )


def _rank(right: Sequence[bool]) -> int:
    return right.index(True) + 1 if True in right else 0


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Raises StatisticsError when there is no answerable question among them."""
    known = [one for one in outcomes if one.question.answerable]
    unknown = [one for one in outcomes if not one.question.answerable]
    answered = [one for one in known if one.answered]
    return Figures(
        questions=len(known),
        unanswerable=len(unknown),
        passage_at_1=_within([one.passage_rank for one in known], 1),
        passage_at_4=_within([one.passage_rank for one in known], 4),
        passage_at_5=_within([one.passage_rank for one in known], 5),
        passage_at_10=_within([one.passage_rank for one in known], 10),
        mrr=mean(1 / one.passage_rank if one.passage_rank else 0.0 for one in known),
        quote_at_1=_within([one.quote_rank for one in known], 1),
        quote_at_3=_within([one.quote_rank for one in known], 3),
        answered=len(answered) / len(known),
        right_when_answered=_within([one.quote_rank for one in answered], 1),
        false_answers=mean(one.answered for one in unknown) if unknown else 0.0,
        auroc=auroc([one.confidence for one in known], [one.confidence for one in unknown]),
        unfaithful=sum(not one.faithful for one in outcomes),
        first_quote_length=mean(one.first_length for one in outcomes),
        median_ms=1000 * median(one.seconds for one in outcomes),
    )


def _within(ranks: Sequence[int], k: int) -> float:
    return mean(0 < rank <= k for rank in ranks) if ranks else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a random positive scores above a random negative, ties counting half
    (Hanley and McNeil, Radiology 143, 1982); 0.5 when either is missing.

    >>> auroc([0.9, 0.6], [0.6, 0.1])
    0.875
    """
    if not positive or not negative:
        return 0.5
    above = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return above / (len(positive) * len(negative))


def by_pair(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Figures per language pair, and over all."""
    pairs = sorted({one.question.pair for one in outcomes})
    table = {pair: figures([o for o in outcomes if o.question.pair == pair]) for pair in pairs}
    return table | {"all": figures(outcomes)}


def table(rows: dict[str, Figures]) -> str:
    """The figures as a Markdown table, one row a language pair."""
    columns = list(asdict(next(iter(rows.values()))))
    lines = [f"| | {' | '.join(name.replace('_', ' ') for name in columns)} |"]
    lines.append("|---|" + "---|" * len(columns))
    for pair, row in rows.items():
        cells = [
            f"{v:.3f}" if isinstance(v, float) and v <= 1 else f"{v:.0f}"
            for v in asdict(row).values()
        ]
        lines.append(f"| {pair} | {' | '.join(cells)} |")
    return "\n".join(lines)
