"""`python -m lab.conversations --data DIR`: the last turn of conversations against the same
question asked in full, over one library of the news articles and the sample article.

A quote hits when it comes from the right article and holds the middle of a right span. What a
follow-up costs is the difference. `--talks` takes conversations of two turns as people have them,
a third of them without an answer; `--robust` questions misspelt in five ways. `--passages` has
what may lean and may stand alone as leaning only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.bar import Bar
from ingest.choose import chosen_encoder
from ingest.dense import Dense
from ingest.library import Library
from ingest.places import SEEDS
from ingest.types import Passage
from lab.evaluate import filled
from qa.choose import chosen_reader
from qa.desk import Desk
from qa.types import Quote, Turn, Understood

CONVERSATIONS = Path("tests/eval/conversations.jsonl")
TALKS = Path("tests/eval/talks.jsonl")
ROBUSTNESS = Path("tests/eval/robustness.jsonl")
NEAREST = 6  # passages, as all tables in lab/README.md have it


@dataclass(frozen=True, slots=True)
class Ranks:
    """Of the first right passage and the first right quote, from 1; 0 for none.

    `told`: the articles have the answer; `answered`: Saidso says that they do.
    """

    passage: int
    quote: int
    told: bool
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    passages: bool
    missed: bool


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.conversations", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of news-articles.jsonl")
    parser.add_argument("--library", type=Path, help="keep the library here, for another run")
    parser.add_argument("--talks", action="store_true", help="the larger set instead")
    parser.add_argument("--robust", action="store_true", help="misspelt questions instead")
    parser.add_argument("--missed", action="store_true", help="print what a follow-up lost")
    parser.add_argument("--passages", action="store_true", help="retrieval alone: much quicker")
    parser.add_argument("--every", type=int, default=1, help="only every N-th line")
    options = parser.parse_args(arguments)
    path = ROBUSTNESS if options.robust else TALKS if options.talks else CONVERSATIONS
    lines = path.read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line][:: options.every]
    how = Options(options.passages, options.missed)
    with _desk(options.data, options.library) as desk:
        print(robust(desk, rows, how) if options.robust else followed(desk, rows, how))
    return 0


def followed(desk: Desk, rows: Sequence[dict[str, Any]], options: Options) -> str:
    """A Markdown table: the last turn of each conversation, and the same question in full."""
    ranks: dict[str, list[Ranks]] = {"last turn": [], "asked in full": [], "last turn alone": []}
    lost, leaning = list[str](), 0
    with Bar(len(rows), "conversations") as bar:
        for row in rows:
            *before, last = row["turns"]
            turns = list[Turn]()
            for question in before:
                turns.append(asked(desk, question, turns, row, options)[2])
            understood, mine, _ = asked(desk, last, turns, row, options)
            whole = asked(desk, row["full"], (), row, options)[1]
            leaning += understood.carried is not None
            ranks["last turn"].append(mine)
            ranks["asked in full"].append(whole)
            ranks["last turn alone"].append(asked(desk, last, (), row, options)[1])
            found, still = (one.passage in range(1, NEAREST + 1) for one in (whole, mine))
            if found and not still:
                lost.append(f"{row['id']}: {last} -> {understood.searched}")
            bar.tick()
    lines = [table(ranks), f"\n{leaning} of {len(rows)} understood as follow-ups"]
    return "\n".join(lines + (lost if options.missed else []))


def robust(desk: Desk, rows: Sequence[dict[str, Any]], options: Options) -> str:
    """A Markdown table, a line for each way of asking."""
    ranks: dict[str, list[Ranks]] = {}
    with Bar(len(rows), "questions") as bar:
        for row in rows:
            understood, found, _ = asked(desk, row["question"], (), row, options)
            ranks.setdefault(row["way"], []).append(found)
            if row["way"] == "misspelt":
                chips = [one.chip for one in understood.spellings]
                found = asked(desk, row["question"], (), row, options, chips)[1]
                ranks.setdefault("misspelt, not corrected", []).append(found)
            bar.tick()
    return table(ranks)


def asked(
    desk: Desk,
    question: str,
    before: Sequence[Turn],
    row: dict[str, Any],
    options: Options,
    without: Collection[str] = (),
) -> tuple[Understood, Ranks, Turn]:
    """With `passages` alone the nearest passage stands for what would be quoted."""
    if options.passages:
        understood, hits = desk.near(question, before, without=without)
        first = [
            Quote(h.passage.article, h.passage.start, h.passage.end, None, 0) for h in hits[:1]
        ]
        found = Turn.of(understood, tuple(first), answered=False)
        rank = _rank([h.passage for h in hits], row)
        return understood, Ranks(rank, 0, bool(row["spans"])), found
    considered, answer = desk.judge(question, before, without=without)
    hits = considered.hits
    ranks = Ranks(
        _rank([h.passage for h in hits], row),
        _rank(answer.quotes or answer.nearest, row),
        bool(row["spans"]),
        answer.answered,
    )
    return considered.understood, ranks, answer.turn


def _rank(places: Sequence[Passage | Quote], row: dict[str, Any]) -> int:
    """Of the first place that holds the middle of a right span, from 1; 0 for none."""
    middles = [(a + b) // 2 for a, b in row["spans"]]
    right = [
        one.article.id == row["article"] and any(one.start <= at < one.end for at in middles)
        for one in places
    ]
    return right.index(True) + 1 if True in right else 0


def table(ranks: dict[str, list[Ranks]]) -> str:
    lines = [
        "| | passage@1 / @3 / @6 | quote@1 / @3 | answered / falsely |",
        "|---|---|---|---|",
    ]
    for name, found in ranks.items():
        told = [one for one in found if one.told]
        untold = [one for one in found if not one.told]
        passages = [within([one.passage for one in told], k) for k in (1, 3, NEAREST)]
        quotes = [within([one.quote for one in told], k) for k in (1, 3)]
        answered = [within([int(one.answered) for one in part], 1) for part in (told, untold)]
        parts = (passages, quotes, answered)
        cells = [" / ".join(f"{share:.3f}" for share in part) for part in parts]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def within(ranks: Sequence[int], k: int) -> float:
    return sum(0 < one <= k for one in ranks) / max(1, len(ranks))


@contextmanager
def _desk(data: Path, kept: Path | None) -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as scratch:
        library, encoder = Library(kept or Path(scratch) / "library", create=True), chosen_encoder()
        for articles in (data / "news-articles.jsonl", SEEDS):
            filled(library, encoder, articles)
        with Dense(library, wait=None) as dense:
            yield Desk(library, encoder, chosen_reader(), dense)


if __name__ == "__main__":
    sys.exit(main())
