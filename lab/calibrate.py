"""`python -m lab.calibrate --data DIR`: the weights and the threshold of qa/confidence.py.

Fitted on questions whose articles the reader never saw (`lab.reader.data.held_out`), and with which
nothing is measured: the invented news of `lab/data`, whose questions stand alone, the rewritten
twins of the encyclopedia's, and plain questions on short notes (`lab/data/plain`), for most of what
people ask is no trap. A logistic regression of "the first quote is right" on the evidence
(Platt, 1999); of the questions without an answer none is right. The threshold lets through at most
`--false-answers` of the unanswerable ones on the news, the kind nearest to what people ask.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from ingest.bar import Bar
from lab import written
from lab.evaluate import desk_over
from lab.questions import QuestionSet, encyclopedia_twins, thinned
from lab.reader.data import held_out
from qa.confidence import Evidence, evidence
from qa.quote import quotes


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question files")
    parser.add_argument("--written", type=Path, default=Path("lab/data"), help="invented news")
    parser.add_argument("--library", type=Path, help="keep the libraries here, for another run")
    parser.add_argument("--every", type=int, default=4, help="of the invented news, every N-th")
    parser.add_argument("--false-answers", type=float, default=0.05, help="share to let through")
    options = parser.parse_args(arguments)
    rows, right, silent = [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        library = options.library or Path(scratch)
        sets = (
            thinned(written.unseen(options.written, library / "written.jsonl"), options.every),
            unseen(encyclopedia_twins(options.data)),
            replace(
                written.unseen(options.written / "plain", library / "plain.jsonl"), name="plain"
            ),
        )
        for questions in sets:
            for found, hit, known in weighed(questions, library):
                rows.append(astuple(found))
                right.append(hit)
                silent.append(not known and questions.name == "written")
    model = LogisticRegression(C=10.0, max_iter=1000).fit(np.array(rows), np.array(right))
    probability = model.predict_proba(np.array(rows))[:, 1]
    weights = ", ".join(f"{weight:.3f}" for weight in model.coef_[0])
    print(f"# {', '.join(field.name for field in fields(Evidence))}")
    print(f"WEIGHTS = Evidence({weights})")
    print(f"BIAS = {model.intercept_[0]:.3f}")
    print(
        f"THRESHOLD = {np.quantile(probability[np.array(silent)], 1 - options.false_answers):.3f}"
    )
    return 0


def unseen(questions: QuestionSet) -> QuestionSet:
    """Those on articles that the reader was not trained on."""
    kept = tuple(one for one in questions.questions if held_out(one.article))
    return replace(questions, questions=kept)


def weighed(questions: QuestionSet, library: Path) -> list[tuple[Evidence, bool, bool]]:
    """What speaks for each question's first quote, whether it is right, whether any could be."""
    out = []
    with desk_over(questions, library) as desk, Bar(len(questions.questions), "questions") as bar:
        for question in questions.questions:
            considered = desk.consider(question.text)
            found = evidence(considered.ranked, considered.understood)
            if found is not None:
                first = quotes(considered.ranked)[0]
                hit = question.held_by(first.article, first.start, first.end)
                out.append((found, hit, question.answerable))
            bar.tick()
    return out


if __name__ == "__main__":
    sys.exit(main())
