"""Follow-ups as the reader meets them: with the question that they lean on, and its answer or a
wrong one, for Saidso may have quoted the wrong sentence before.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from qa.rewrite import with_before

LIT = 0.45  # of the follow-ups come with the right answer of the question before
MISLEADING = 0.2  # and so many with another answer from the same article; the others with none
ACROSS = 0.2  # of the follow-ups lean on a question in the other language


def spoken(talks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An article's first questions and what follows on each, twins next to each other: `lang`, what
    is read as the question `q`, and where its answer stands.
    """
    answers = [one["answer"] for talk in talks for one in (talk["first"], *talk["next"])]
    for talk in talks:
        first = talk["first"]
        yield from ({**first, "lang": language, "q": first[language]} for language in ("fr", "en"))
        for one in talk["next"]:
            rng = random.Random(one["en"])
            lit = _lit(first["answer"], [other for other in answers if other != one["answer"]], rng)
            for language, other in (("fr", "en"), ("en", "fr")):
                before = first[other if rng.random() < ACROSS else language]
                yield {**one, "lang": language, "q": with_before(one[language], before, lit)}


def _lit(answer: str, answers: Sequence[str], rng: random.Random) -> str:
    drawn = rng.random()
    if drawn < LIT:
        return answer
    others = [one for one in answers if one not in ("", answer)]
    return rng.choice(others) if others and drawn < LIT + MISLEADING else ""
