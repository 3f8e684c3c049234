"""`python -m lab.sentences --data DIR`: do our sentences end where people say they do?

Against the quotes of the news questions, each marked by hand as one or more whole sentences. The
patterns of ingest/sentences.py were written with these in view, so this guards more than it proves.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.clean import blocks
from ingest.sentences import sentences


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.sentences", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question files")
    options = parser.parse_args(arguments)
    right, marked = agreement(options.data)
    print(f"{right} of {marked} marked sentences found with both ends ({right / marked:.1%})")
    return 0


def agreement(data: Path) -> tuple[int, int]:
    """(marked spans of which both ends are ends of ours, marked spans)"""
    texts = {row["id"]: row["text"] for row in _rows(data / "news-articles.jsonl")}
    marked = {
        (row["article_id"], *span)
        for row in _rows(data / "news-questions.jsonl")
        if row["answerable"]
        for span in [row["quote"], *row["also"]]
    }
    starts, ends = set(), set()
    for name, text in texts.items():
        for block in blocks(text):
            for start, end in sentences(text, block.start, block.end):
                starts.add((name, start))
                ends.add((name, end))
    right = sum((name, a) in starts and (name, b) in ends for name, a, b in marked)
    return right, len(marked)


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


if __name__ == "__main__":
    sys.exit(main())
