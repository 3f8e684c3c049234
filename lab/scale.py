"""`python -m lab.scale [--articles 10000] [--paragraphs 6] [--kind txt|html|jsonl] [--kill]`: an
archive that grows.

Invented articles go in with the tests' encoder (so that what is measured is everything else), then
nothing changes, then 1 % changes, 1 % goes and 1 % comes. Each pass is a process of its own. With
`--kill` each is first killed (SIGKILL) when 60 % of what it writes is written, and the time is that
of the run that does the rest.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from math import inf
from pathlib import Path

from tests.processes import PROJECT, command, environment

_WORDS = (
    "river bridge dam mayor council flood valley winter harvest rail strike budget vote harbour"
    " school hospital forest fire drought minister report border grain ship factory worker court"
).split()


def text_of(number: int, version: int, length: int) -> str:
    """`length` paragraphs of five sentences."""
    chance = random.Random(f"{number} {version}")
    paragraphs = []
    for _ in range(length):
        said = [
            f"The {' '.join(chance.choices(_WORDS, k=12))} of {number} was {chance.random():.3f}."
            for _ in range(5)
        ]
        paragraphs.append(" ".join(said))
    return "\n\n".join(paragraphs)


def write(folder: Path, kind: str, numbers: dict[int, int], length: int) -> None:
    """`numbers` by version: the articles as they are to be."""
    if kind == "jsonl":
        with (folder / "all.jsonl").open("w") as stream:
            for number, version in numbers.items():
                line = {"id": f"a{number:06}", "text": text_of(number, version, length)}
                stream.write(json.dumps(line) + "\n")
        return
    wanted = {f"a{number:06}.{kind}": (number, version) for number, version in numbers.items()}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, (number, version) in wanted.items():
        text = text_of(number, version, length)
        if kind == "html":
            said = "".join(f"<p>{one}</p>" for one in text.split("\n\n"))
            text = (
                f"<!DOCTYPE html><html><head><title>No {number}</title></head><body><nav>Home</nav>"
                f"<article><h1>No {number}</h1>{said}</article></body></html>"
            )
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


Ran = tuple[dict[str, list[str]], float, int]


def written(library: Path) -> int:
    """How many versions of articles there are."""
    path = library / "library.sqlite"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path, timeout=60)) as db:
        tables = db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'version'").fetchone()
        return int(db.execute("SELECT count(*) FROM version").fetchone()[0]) if tables else 0


def ingest(
    folder: Path,
    library: Path,
    scratch: Path,
    *,
    kill_at: int | None = None,
    or_after: float = inf,
) -> Ran | None:
    """The report, seconds of wall time and peak memory in MB of one `python -m ingest`.

    None when it was killed: with so many versions written, or where it writes none after seconds.
    """
    said = [*command("ingest", folder, "--library", library, "--prune", "--json")]
    started = time.monotonic()
    with (scratch / "out.json").open("wb") as out:
        child = subprocess.Popen(  # noqa: S603 - this very interpreter
            said, stdout=out, cwd=PROJECT, env=environment(scratch)
        )
        status = Path(f"/proc/{child.pid}/status")
        peak = 0
        while child.poll() is None:
            for line in status.read_text().splitlines() if status.exists() else ():
                if line.startswith("VmHWM"):
                    peak = max(peak, int(line.split()[1]) // 1024)
            ran = time.monotonic() - started
            if written(library) >= kill_at if kill_at else ran > or_after:
                child.kill()
                child.wait()
                return None
            time.sleep(0.05)
    seconds = time.monotonic() - started
    report: dict[str, list[str]] = json.loads((scratch / "out.json").read_text())
    return report, seconds, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many (default: 10000)")
    parser.add_argument("--kind", choices=("txt", "html", "jsonl"), default="txt")
    parser.add_argument("--paragraphs", type=int, default=6, help="of an article (default: 6)")
    parser.add_argument("--kill", action="store_true", help="kill each pass once, and resume")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saidso-scale-") as name:
        scratch = Path(name)
        folder, library = scratch / "articles", scratch / "library"
        folder.mkdir()
        count, part = options.articles, max(1, options.articles // 100)
        first = dict.fromkeys(range(count), 0)
        then = {n: 1 if n < 2 * part else 0 for n in range(part, count + part)}
        print(f"{count:,} articles, {options.kind}")
        for label, state, expected, writes in (
            ("first", first, {"added": count}, count),
            ("unchanged", first, {"unchanged": count}, 0),
            (
                "1 % each",
                then,
                {"added": part, "changed": part, "removed": part, "unchanged": count - 2 * part},
                2 * part,
            ),
        ):
            write(folder, options.kind, state, options.paragraphs)
            before = written(library)
            if options.kill:
                enough = before + max(1, int(0.6 * writes)) if writes else None
                ended = ingest(folder, library, scratch, kill_at=enough, or_after=1.0)
                already = written(library) - before
                print(
                    f"{label:10} killed with {already} of {writes} written"
                    + " too late" * bool(ended)
                )
            ran = ingest(folder, library, scratch)
            assert ran is not None
            report, seconds, peak = ran
            words = ("added", "changed", "unchanged", "removed", "rejected")
            found = {word: len(report[word]) for word in words if report[word]}
            if options.kill:  # what the killed run had done is unchanged now
                exact = found.get("unchanged", 0) - expected.get("unchanged", 0) == already
                exact = exact and sum(found.values()) == sum(expected.values())
            else:
                exact = found == expected
            said = "exact" if exact else f"WRONG: {found}"
            disk = sum(one.stat().st_size for one in library.rglob("*") if one.is_file()) >> 20
            print(f"{label:10} {seconds:8.1f} s  {peak:5} MB  {disk:5} MB on disk  {said}")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
