"""`python -m lab.calibrate --data DIR`: the weights and the threshold of qa/confidence.py.

Fitted on training questions only: the news "train" fold, both languages, with its unanswerable
ones. A logistic regression of "the first quote is right" on the evidence (Platt, 1999); of the
questions without an answer none is right. The threshold lets through at most `--false-answers`
of the unanswerable ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from lab.evaluate import desk_over
from lab.questions import news, thinned
from qa.confidence import Evidence, evidence
from qa.quote import quotes


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question files")
    parser.add_argument("--library", type=Path, help="keep the libraries here, for another run")
    parser.add_argument("--every", type=int, default=1, help="the questions of every N-th article")
    parser.add_argument("--false-answers", type=float, default=0.05, help="share to let through")
    options = parser.parse_args(arguments)
    training = thinned(news(options.data, fold="train"), options.every)
    rows, right, answerable = [], [], []
    with desk_over(training, options.library) as desk:
        for question in training.questions:
            considered = desk.consider(question.text)
            found = evidence(considered.ranked, considered.hits)
            if found is None:
                continue
            first = quotes(considered.ranked)[0]
            rows.append(astuple(found))
            right.append(question.held_by(first.article, first.start, first.end))
            answerable.append(question.answerable)
    model = LogisticRegression(C=10.0, max_iter=1000).fit(np.array(rows), np.array(right))
    probability = model.predict_proba(np.array(rows))[:, 1]
    silent = probability[~np.array(answerable)]
    for field, weight in zip(fields(Evidence), model.coef_[0], strict=True):
        print(f"{field.name} = {weight:.3f}")
    print(f"BIAS = {model.intercept_[0]:.3f}")
    print(f"THRESHOLD = {np.quantile(silent, 1 - options.false_answers):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
