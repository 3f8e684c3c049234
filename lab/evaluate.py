"""`python -m lab.evaluate --data DIR`: every figure of the README, over a library made on the spot.

A quote hits when it comes from the right article and holds the middle of the gold answer span, or
of another sentence that is known to answer as well. Abstaining counts apart: quote@k looks at what
is shown, as an answer or as nearest passages.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ingest.bar import Bar
from ingest.choose import chosen_encoder
from ingest.dense import Dense
from ingest.encoder import Encoder
from ingest.library import Library
from ingest.pipeline import Tally, ingest
from ingest.read import discover
from lab import retrieval
from lab.measure import Outcome, by_pair, outcome, table
from lab.questions import QuestionSet, encyclopedia, news, thinned
from qa.choose import chosen_reader
from qa.desk import Desk, answer


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question files")
    parser.add_argument("--library", type=Path, help="keep the libraries here, for another run")
    parser.add_argument("--set", choices=("encyclopedia", "news"), help="only this one")
    parser.add_argument("--every", type=int, default=1, help="the questions of every N-th article")
    parser.add_argument(
        "--retrieval", action="store_true", help="only the passages: dense, lexical, hybrid"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--outcomes", type=Path, metavar="FILE", help="each question's, for curves")
    options = parser.parse_args(arguments)
    results: dict[str, Any] = {}
    lines: list[str] = []
    for every in (encyclopedia(options.data), news(options.data)):
        questions = thinned(every, options.every)
        if options.set not in (None, questions.name):
            continue
        if options.retrieval:
            with desk_over(questions, options.library) as desk:
                parts = retrieval.ablation(desk, questions)
            results[questions.name], shown = parts, retrieval.table(parts)
        else:
            outcomes = evaluated(questions, options.library)
            lines += [_line(questions.name, one) for one in outcomes]
            rows = by_pair(outcomes)
            results[questions.name] = {pair: asdict(row) for pair, row in rows.items()}
            shown = table(rows)
        print(f"\n{questions.name}\n\n{shown}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    if options.outcomes:
        options.outcomes.write_text("".join(lines))
    return 0


def _line(name: str, one: Outcome) -> str:
    """What `lab.curves` reads."""
    known = {"set": name, "id": one.question.id, "pair": one.question.pair}
    right = {"right": one.quote_rank == 1, "answerable": one.question.answerable}
    return json.dumps(known | {"confidence": one.confidence} | right) + "\n"


def evaluated(questions: QuestionSet, kept: Path | None = None) -> list[Outcome]:
    """Ask every question of a library of all the set's articles, through the real desk."""
    outcomes = []
    with desk_over(questions, kept) as desk, Bar(len(questions.questions), "questions") as bar:
        for one in questions.questions:
            started = time.perf_counter()
            considered = desk.consider(one.text)
            found = replace(
                answer(one.text, considered, desk.encoder), seconds=time.perf_counter() - started
            )
            outcomes.append(outcome(one, considered, found))
            bar.tick()
    return outcomes


@contextmanager
def desk_over(questions: QuestionSet, kept: Path | None = None) -> Iterator[Desk]:
    """A desk over the set's articles, ingested here unless `kept` has them already."""
    with tempfile.TemporaryDirectory() as scratch:
        library = Library((kept or Path(scratch)) / questions.name, create=True)
        encoder = chosen_encoder()
        filled(library, encoder, questions.articles)
        with Dense(library) as dense:
            yield Desk(library, encoder, chosen_reader(), dense)


def filled(library: Library, encoder: Encoder, articles: Path) -> None:
    """Raises ValueError when an article of the set was refused: its figures would mean nothing."""
    tally = Tally()
    with Bar(None) as bar:
        ingest(library, encoder, discover([articles]), tally=tally, progress=bar.tick)
    if tally.rejected:
        raise ValueError(f"{tally.rejected[0].source}: {tally.rejected[0].reason}")


if __name__ == "__main__":
    sys.exit(main())
