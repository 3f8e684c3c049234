"""`python -m lab.agreement`: how often two quotes are rightly said to say the same or to disagree.

Over tests/eval/agreement.jsonl, pairs of French and English sentences, each marked "same",
"disagree" or "neither". The rules were written with the odd ones in view; the even ones are held
out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.choose import chosen_encoder
from ingest.encoder import Encoder
from qa.agree import Relation, compare
from qa.said import said

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "eval" / "agreement.jsonl"
HALVES = ("dev", "held out")


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, what it was marked as and what the rules make of it."""

    id: int
    kind: str
    marked: str
    found: str
    differ: tuple[str, str] | None

    @property
    def half(self) -> str:
        return HALVES[self.id % 2 == 0]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.agreement", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list the wrong ones of the dev half")
    options = parser.parse_args(arguments)
    pairs = judged(chosen_encoder())
    print("| | relation | precision | recall | right / found / marked |\n|---|---|---|---|---|")
    for half in HALVES:
        for relation in (Relation.SAME, Relation.DISAGREE):
            right, found, marked = counts([one for one in pairs if one.half == half], relation)
            share = f"{right / max(found, 1):.3f} | {right / max(marked, 1):.3f}"
            print(f"| {half} | {relation} | {share} | {right} / {found} / {marked} |")
    for one in pairs:
        if options.wrong and one.half == HALVES[0] and one.found != one.marked:
            print(f"{one.id} ({one.kind}): {one.marked}, found {one.found} {one.differ or ''}")
    return 0


def judged(encoder: Encoder) -> list[Judged]:
    return [_judged(row, encoder) for row in _rows()]


def counts(pairs: Sequence[Judged], relation: Relation) -> tuple[int, int, int]:
    """(rightly found, found, marked) as this relation."""
    found = [one for one in pairs if one.found == relation]
    right = sum(one.marked == relation for one in found)
    return right, len(found), sum(one.marked == relation for one in pairs)


def _judged(row: dict[str, Any], encoder: Encoder) -> Judged:
    texts = [row[side]["text"] for side in ("a", "b")]
    first, second = (
        said(one["text"], one["language"], one["published"], [(0, reading)])
        for one, reading in zip((row["a"], row["b"]), encoder.read(texts, "passage"), strict=True)
    )
    verdict = compare(row["question"], first, second)
    differ = None
    if verdict.differ:
        (a, b), (c, d) = verdict.differ
        differ = texts[0][a:b], texts[1][c:d]
    return Judged(row["id"], row["kind"], row["label"], str(verdict.relation), differ)


def _rows() -> Iterator[dict[str, Any]]:
    with PAIRS.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
