"""An answer as other programs read it (JSON) and as people read it in a terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qa.chips import chips
from qa.phrases import opening, words
from qa.types import Answer, Quote


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
        "article": {
            "id": article.id,
            "title": article.title,
            "source": article.source,
            "published": article.published,
            "language": article.language,
            "version": article.digest,
        },
    }
    return made | ({"also": [_quote(one) for one in quote.also]} if quote.also else {})


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
    if answer.understood.widened:
        also = "; ".join(map(str, answer.understood.widened))
        lines += ["", f"{say['widened']} {also}"]
    return "\n".join(lines)
