"""The questions of `lab/data` as a set to ask: what fits weights and thresholds, never a figure.

Each stands alone, as the measured ones do; those on articles that no model was trained on are kept.
"""

from __future__ import annotations

import json
from pathlib import Path

from lab.questions import Question, QuestionSet
from lab.reader.data import held_out, written


def unseen(folder: Path, articles: Path) -> QuestionSet:
    """Questions on the held-out articles of `folder`, over all its articles.

    `articles`: the file to write them to, as the library reads them.
    """
    every = list(written(folder))
    known = {one.article.id: one.article for one in every}
    rows = (
        {"id": one.id, "title": one.title, "language": one.language, "text": one.text}
        for one in known.values()
    )
    articles.parent.mkdir(parents=True, exist_ok=True)
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    questions = tuple(
        Question(
            f"{one.article.id}:{number}",
            one.question,
            f"{one.language}->{one.article.language}",
            one.article.id,
            one.right,
        )
        for number, one in enumerate(every)
        if held_out(one.article.id)
    )
    return QuestionSet("written", articles, questions)
