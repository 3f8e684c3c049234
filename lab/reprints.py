"""`python -m lab.reprints`: which reprints are found, and what is taken for one and is none.

Every fourth news article of tests/eval comes in once as it is and once for each way in which papers
reprint. The eight wires of lab/data/reprints come with a copy-edited version, which is a reprint,
and with what is none: a rewrite, a translation, another paper's own article on the same subject.
Bulletins in which all but the figures stays the same are none either. All of them, in one library
with the other news, in random order.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import database
from ingest.article import article
from ingest.library import Library
from ingest.types import Draft, Embedded
from tests.fakes import WordEncoder

PROJECT = Path(__file__).resolve().parent.parent
NEWS = PROJECT / "tests" / "eval" / "news-articles.jsonl"
WIRES = PROJECT / "lab" / "data" / "reprints" / "wires.jsonl"
_FURNITURE = (
    "You have read your last free article this month. Subscribers find all of our reporting here.\n"
    "\nVous lisez un article réservé à nos abonnés, offert par la rédaction jusqu'à minuit.\n\n"
)
_FOOT = (
    "\n\nThis text came from an agency and was not written by our newsroom.\n\nLire aussi Autres"
)


@dataclass(frozen=True, slots=True)
class Text:
    """`family`: texts of one origin. `kind` "base" is the original, of the others what they are."""

    family: str
    kind: str
    text: str
    language: str | None = None

    @property
    def id(self) -> str:
        return f"{self.family}: {self.kind}"


def cut(text: str, first: float, last: float) -> str:
    """Whole words, as an editor cuts from the end, or from both."""
    words = text.split(" ")
    return " ".join(words[int(first * len(words)) : int(last * len(words))])


def edited(text: str, part: float, chance: random.Random) -> str:
    """That part of the words replaced by others of the same text."""
    words = text.split(" ")
    for place in chance.sample(range(len(words)), int(part * len(words))):
        words[place] = chance.choice(words)
    return " ".join(words)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "http/https twin": lambda text, _: text,
    "furniture around it": lambda text, _: _FURNITURE + text + _FOOT,
    "cut to two thirds": lambda text, _: cut(text, 0, 0.67),
    "cut to a half": lambda text, _: cut(text, 0, 0.5),
    "cut to a third": lambda text, _: cut(text, 0.1, 0.43),
    "cut to a quarter": lambda text, _: cut(text, 0, 0.25),
    "2 % of the words others": lambda text, chance: edited(text, 0.02, chance),
    "5 % of the words others": lambda text, chance: edited(text, 0.05, chance),
    "10 % of the words others": lambda text, chance: edited(text, 0.10, chance),
    "15 % of the words others": lambda text, chance: edited(text, 0.15, chance),
    "half, 5 % others": lambda text, chance: edited(cut(text, 0, 0.5), 0.05, chance),
}
NONE = ("rewrite", "translation", "same subject", "bulletin")


def news(every: int) -> Iterator[Text]:
    with NEWS.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            row = json.loads(line)
            yield Text(row["id"], "base", row["text"], row["language"])
            if number % every == 0:
                chance = random.Random(row["id"])
                for kind, way in WAYS.items():
                    yield Text(row["id"], kind, way(row["text"], chance), row["language"])


def wires() -> Iterator[Text]:
    with WIRES.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            kind = "base" if row["kind"] == "wire" else row["kind"]
            yield Text(row["story"], kind, row["text"], row["language"])


def bulletins(count: int) -> Iterator[Text]:
    """One form, filled in anew each day."""
    chance = random.Random(0)
    for day in range(count):
        low, high, wind, rain = (chance.randint(1, 99) for _ in range(4))
        said = (
            f"The night brings {low} degrees on the coast and a little less in the valleys, where"
            f" fog may form before dawn. In the afternoon it reaches {high} degrees in the south.\n"
            f"\nThe wind blows from the west at {wind} kilometres an hour, with gusts of"
            f" {wind + high}. Rain is likely at {rain} percent. The sea is slight, the tide stands"
            f" at {chance.randint(100, 999)} centimetres. The outlook for the days after remains"
            " unsettled, and the service will speak again in the evening."
        )
        yield Text(f"bulletin {day}", "bulletin", said, "en")


def linked(texts: Sequence[Text], folder: Path) -> set[frozenset[str]]:
    """The pairs of ids that a library links, when the texts come in one by one."""
    library, encoder = Library(folder, create=True), WordEncoder()
    nothing = encoder.encode(["."], "query")[:0]
    for one in texts:
        draft = Draft(one.id, one.id, one.text, language=one.language)
        library.put(Embedded(article(draft, one.id), (), (), nothing), origin=one.id)
    with database.reading(folder) as db:
        rows = db.execute("SELECT article, other FROM reprint").fetchall()
    return {frozenset(row) for row in rows}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.reprints", description=__doc__)
    parser.add_argument("--every", type=int, default=4, help="of the news, how many are reprinted")
    parser.add_argument("--wrong", action="store_true", help="list what is wrongly linked")
    options = parser.parse_args(arguments)
    texts = [*news(options.every), *wires(), *bulletins(20)]
    random.Random(1).shuffle(texts)
    known = {one.id: one for one in texts}
    with tempfile.TemporaryDirectory(prefix="saidso-reprints-") as name:
        found = linked(texts, Path(name) / "library")
    reprints = [one for one in texts if one.kind in (*WAYS, "copyedit")]
    met = Counter(
        one.kind for one in reprints if frozenset((one.id, f"{one.family}: base")) in found
    )
    every = Counter(one.kind for one in reprints)
    print(
        f"{len(texts):,} articles\n\n| reprint | linked with its original | recall |\n|---|---|---|"
    )
    for kind, count in every.items():
        print(f"| {kind} | {met[kind]} of {count} | {met[kind] / count:.3f} |")
    print(f"| all | {met.total()} of {every.total()} | {met.total() / every.total():.3f} |")
    wrong = [pair for pair in found if not _right(*(known[one] for one in pair))]
    print(f"\n{len(found)} links, {len(wrong)} wrong: precision {1 - len(wrong) / len(found):.3f}")
    print("\n| no reprint | linked with anything |\n|---|---|")
    for kind in NONE:
        own = [one.id for one in texts if one.kind == kind]
        hit = sum(any(one in pair for pair in found) for one in own)
        print(f"| {kind} | {hit} of {len(own)} |")
    if options.wrong:
        print(*sorted(" ~ ".join(sorted(pair)) for pair in wrong), sep="\n")
    return 0


def _right(one: Text, other: Text) -> bool:
    return one.family == other.family and not {one.kind, other.kind} & {*NONE}


if __name__ == "__main__":
    sys.exit(main())
