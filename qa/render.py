"""An answer as other programs read it (JSON) and as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ingest.types import Article
from qa.chips import chips
from qa.desk import Considered
from qa.phrases import opening, widened, words
from qa.sentence import Scored
from qa.types import Answer, Hit, Quote


def as_json(answer: Answer, *, id: object = None) -> dict[str, Any]:
    """The answer in the shape that the README documents; an `id` is given back as it came."""
    apart = [
        {
            "quotes": list(one.quotes),
            "differ": [list(span) for span in one.differ],
            "words": list(answer.differ(one)),
        }
        for one in answer.disagreements
    ]
    made = ({} if id is None else {"id": id}) | {
        "question": answer.question,
        "language": answer.language,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "quotes": [_quote(quote) for quote in answer.quotes],
        "nearest": [_quote(quote) for quote in answer.nearest],
        "understood": asdict(answer.understood),
        "seconds": answer.seconds,
    }
    return made | ({"disagreements": apart} if apart else {})


def _quote(quote: Quote) -> dict[str, Any]:
    article = quote.article
    made = {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "highlight": None if quote.highlight is None else list(quote.highlight),
        "score": quote.score,
        "article": _facts(article),
    }
    return made | ({"also": [_quote(one) for one in quote.also]} if quote.also else {})


def _facts(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "language": article.language,
        "version": article.digest,
    }


def candidates_json(question: str, considered: Considered) -> dict[str, Any]:
    """What was weighed for `question`, in the shape that the README documents, best first."""
    return {
        "question": question,
        "language": considered.understood.language,
        "understood": asdict(considered.understood),
        "candidates": [_candidate(hit, considered.ranked) for hit in considered.hits],
    }


def _candidate(hit: Hit, ranked: Sequence[Scored]) -> dict[str, Any]:
    passage = hit.passage
    within = [
        one
        for one in ranked
        if one.sentence.article.id == passage.article.id
        and passage.start <= one.sentence.start < passage.end
    ]
    return {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(hit.score, 4),
        "cosine": round(hit.cosine, 4),
        "dense_rank": hit.dense_rank,
        "lexical_rank": hit.lexical_rank,
        "sentences": [
            {
                "text": one.sentence.text,
                "start": one.sentence.start,
                "end": one.sentence.end,
                "score": round(one.score, 4),
            }
            for one in within
        ],
        "article": _facts(passage.article),
    }


def article_json(
    article: Article, *, current: bool, start: int = 0, end: int | None = None
) -> dict[str, Any]:
    """`article.text[start:end]` and the blocks that stand in it, or reach into it."""
    end = len(article.text) if end is None else min(end, len(article.text))
    start = min(start, end)
    return _facts(article) | {
        "author": article.author,
        "current": current,
        "characters": len(article.text),
        "start": start,
        "end": end,
        "text": article.text[start:end],
        "blocks": [
            {"kind": str(one.kind), "start": one.start, "end": one.end}
            for one in article.blocks
            if one.start < end and one.end > start
        ],
    }


def as_text(answer: Answer) -> str:
    say = words(answer.language)
    lines = [f"({chip.label})" for chip in chips(answer.understood)]
    lines.append(opening(answer))
    if answer.nearest:
        lines.append(say["nearest"])
    for number, quote in enumerate(answer.quotes or answer.nearest, 1):
        article = quote.article
        mark = f"[{number}]" if answer.answered else "  ~"
        where = f"{article.title} · {article.source} · {article.published or say['undated']}"
        lines += ["", f"{mark} {quote.text}", f"    {where} · {quote.start}-{quote.end}"]
        if quote.also:
            places = (
                f"{o.article.source}, {o.article.published or say['undated']}" for o in quote.also
            )
            lines.append(f"    {say['also']} {'; '.join(places)}")
    for one in answer.disagreements:
        (first, second), (here, there) = one.quotes, answer.differ(one)
        lines += ["", f"[{first}] [{second}] {say['apart']} {here} / {there}"]
    if also := widened(answer):
        lines += ["", also]
    return "\n".join(lines)
