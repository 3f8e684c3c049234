"""`python -m lab.fuzz [--inputs 10000]`: damaged documents of every format, read one after another.

Each must end in an article or in a refusal that names it; what is slowest is told. The documents
are small and made by the tests; the damage is the same at each run.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from ingest.formats import apart
from ingest.read import File, drafts
from ingest.types import Draft
from tests.documents import mutated, one_of_each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many (default: 10000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    options = parser.parse_args()
    ends: Counter[tuple[str, str]] = Counter()
    reasons: Counter[str] = Counter()
    slowest, started = (0.0, ""), time.monotonic()
    whole = one_of_each()
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(options.first, options.first + options.inputs):
            chance = random.Random(number)
            name = chance.choice(list(whole))
            path = Path(scratch, name)
            path.write_bytes(mutated(whole[name], chance))
            begun = time.monotonic()
            found = list(drafts(File(path, name)))
            slowest = max(slowest, (time.monotonic() - begun, f"{name} of {number}"))
            good = sum(isinstance(one, Draft) for one in found)
            ends[name, "article" if good else "refused" if found else "nothing"] += 1
            for one in found:
                if not isinstance(one, Draft):
                    assert one.reason, (name, number)
                    reasons[one.reason.split(" (")[0][:60]] += 1
    apart.close()
    seconds = time.monotonic() - started
    print(f"{options.inputs:,} inputs, {seconds:.0f} s; slowest {slowest[0]:.2f} s ({slowest[1]})")
    own, children = (
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak memory {own} MB here, {children} MB in the reader")
    for (name, end), times in sorted(ends.items()):
        print(f"{name:10} {end:8} {times:6,}")
    for reason, times in reasons.most_common(25):
        print(f"{times:6,}  {reason}")


if __name__ == "__main__":
    main()
