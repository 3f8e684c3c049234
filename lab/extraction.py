"""`python -m lab.extraction --pages DIR`: our way with a web page beside trafilatura's own.

DIR is the `tests` folder of a clone of adbar/trafilatura, whose pages are not ours to commit. For
each page its `evaldata.json` lists segments that belong to the article and segments that do not;
a segment counts as found when it stands in the text, white space aside.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from ingest.errors import Unreadable
from ingest.formats import html


@dataclass(slots=True)
class Counts:
    wanted: int = 0
    wanted_found: int = 0
    unwanted: int = 0
    unwanted_found: int = 0
    titles: int = 0
    dates: int = 0
    refused: int = 0
    seconds: float = 0.0

    def row(self, name: str, pages: int) -> str:
        precision = self.wanted_found / max(1, self.wanted_found + self.unwanted_found)
        recall = self.wanted_found / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (
            f"| {name} | {pages} | {precision:.4f} | {recall:.4f} | {f1:.4f} | {self.titles} |"
            f" {self.dates} | {self.refused} | {1000 * self.seconds / max(1, pages):.0f} |"
        )


Found = tuple[str, str | None, str | None]  # text, title, date


def ours(page: bytes) -> Found:
    found = html.draft(page, origin="page", name="page")
    return found.text, found.title, found.published


def theirs(page: bytes) -> Found:
    text = trafilatura.extract(page, include_comments=False, include_tables=True) or ""
    about = trafilatura.extract_metadata(page)
    return text, about.title, about.date


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="tests folder of trafilatura")
    parser.add_argument("--every", type=int, default=1, help="only every nth page")
    options = parser.parse_args()
    data = json.loads((options.pages / "evaldata.json").read_text("utf-8"))
    ways: dict[str, Callable[[bytes], Found]] = {"trafilatura": theirs, "ours": ours}
    counts = {name: Counts() for name in ways}
    chosen = sorted(data)[:: options.every]
    for address in chosen:
        for name, way in ways.items():
            _count(data[address], _page(options.pages, data[address]["file"]), way, counts[name])
    print("| | pages | precision | recall | F1 | titles | dates | refused | ms a page |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, counted in counts.items():
        print(counted.row(name, len(chosen)))


def _page(folder: Path, name: str) -> bytes:
    at = next(path for sub in ("cache", "eval") if (path := folder / sub / name).is_file())
    return at.read_bytes()


def _count(
    item: dict[str, list[str]], page: bytes, way: Callable[[bytes], Found], counts: Counts
) -> None:
    started = time.perf_counter()
    try:
        text, title, date = way(page)
    except Unreadable:
        text, title, date = "", None, None
        counts.refused += 1
    counts.seconds += time.perf_counter() - started
    text = " ".join(text.split())
    counts.titles += bool(title)
    counts.dates += bool(date)
    for segments, wanted in ((item["with"], True), (item["without"], False)):
        found = sum(" ".join(one.split()) in text for one in segments)
        if wanted:
            counts.wanted += len(segments)
            counts.wanted_found += found
        else:
            counts.unwanted += len(segments)
            counts.unwanted_found += found


if __name__ == "__main__":
    main()
