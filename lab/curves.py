"""`python -m lab.curves OUTCOMES --out lab/figures`: is the confidence worth its name?

Two pictures a question set, from what `lab.evaluate --outcomes` wrote: the reliability diagram
(of the questions answered with a confidence of about x, how many are rightly answered) and the
risk-coverage curve (how often the first quote is wrong when only the surest share is answered).
Unanswerable questions count as wrong in both: whatever is quoted, it does not answer them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.confidence import THRESHOLD

BINS = 8

Judged = tuple[float, bool]  # confidence 0..1, was the first quote right


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.curves", description=__doc__)
    parser.add_argument("outcomes", type=Path, help="JSON lines of lab.evaluate --outcomes")
    parser.add_argument("--out", type=Path, default=Path("lab/figures"), help="folder for them")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    sets: defaultdict[str, list[Judged]] = defaultdict(list)
    for line in options.outcomes.read_text("utf-8").splitlines():
        row = json.loads(line)
        sets[row["set"]].append((row["confidence"], row["right"]))
    draw(sets, options.out)
    return 0


def reliability(judged: Sequence[Judged], bins: int = BINS) -> NDArray[np.float64]:
    """(bins, 2) mean confidence and share right of equally many questions each, rising.

    >>> reliability([(0.1, False), (0.2, False), (0.8, True), (0.9, True)], 2).tolist()
    [[0.15..., 0.0], [0.85..., 1.0]]
    """
    parts = np.array_split(np.array(sorted(judged), np.float64), bins)
    return np.array([part.mean(0) for part in parts if len(part)])


def risk_coverage(judged: Sequence[Judged]) -> NDArray[np.float64]:
    """(questions, 2) share answered, and share of those wrong, the surest first.

    >>> risk_coverage([(0.9, True), (0.5, False)]).tolist()
    [[0.5, 0.0], [1.0, 0.5]]
    """
    wrong = np.array([not right for _, right in sorted(judged, key=lambda one: -one[0])])
    count = np.arange(1, len(wrong) + 1)
    return np.stack([count / len(wrong), np.cumsum(wrong) / count], 1)


def draw(sets: dict[str, list[Judged]], out: Path) -> None:
    import matplotlib as mpl  # takes a moment, and only this needs it

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "saidso"  # the same bytes for the same figures
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 4.2))
    for name, judged in sorted(sets.items()):
        left.plot(*reliability(judged).T, marker="o", label=name)
        curve = risk_coverage(judged)
        right.plot(*curve.T, label=name)
        answered = sum(sure >= THRESHOLD for sure, _ in judged)
        if answered:
            right.plot(*curve[answered - 1], marker="o", color="black")
    left.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle=":")
    left.set(xlabel="confidence", ylabel="first quote right", title="Reliability")
    right.set(
        xlabel="share answered", ylabel="of these wrong", title="Risk and coverage (dot: ours)"
    )
    for axes in (left, right):
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out / "confidence.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    sys.exit(main())
