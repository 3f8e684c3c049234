"""Where the right passage stands in each part of the search, and in both together.

The parts are the library's own searches; no sentence is read, so a thousand questions take a
minute once the articles are in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ingest.bar import Bar
from ingest.types import Passage
from lab.questions import Question, QuestionSet
from qa import lexicon
from qa.desk import RETRIEVED, Desk
from qa.retrieve import DEPTH, fuse
from qa.understand import understand

CUTS = (1, 4, 10)

Shares = tuple[float, ...]  # of the questions, with the right passage among the first CUTS


def ablation(desk: Desk, questions: QuestionSet) -> dict[str, dict[str, Shares]]:
    """Hits by part ("dense", "lexical", "hybrid") and language pair, of answerable questions."""
    asked = [one for one in questions.questions if one.answerable]
    vectors = desk.encoder.encode([one.text for one in asked], "query")
    ranks: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    with Bar(len(asked), "questions") as bar:
        for question, vector in zip(asked, vectors, strict=True):
            with desk.library.snapshot() as snapshot:
                meant = understand(question.text, snapshot, desk.encoder).understood
            with desk.dense.nearest(vector, DEPTH) as (snapshot, dense):
                spoken = snapshot.languages()
                sought = lexicon.sought(question.text, meant.words, meant.language, spoken)
                lexical = snapshot.lexical(sought, DEPTH)
                hits = fuse(snapshot, vector, dense, lexical, keep=RETRIEVED)
                parts = {"dense": dense[:RETRIEVED], "lexical": lexical[:RETRIEVED]}
                stored = snapshot.passages([one for part in parts.values() for one, _ in part])
            found = {part: [stored[one] for one, _ in best] for part, best in parts.items()}
            found["hybrid"] = [hit.passage for hit in hits]
            for part, passages in found.items():
                ranks[part][question.pair].append(_rank(question, passages))
            bar.tick()
    return {
        part: {pair: _shares(places) for pair, places in sorted(pairs.items())}
        for part, pairs in ranks.items()
    }


def _rank(question: Question, passages: Sequence[Passage]) -> int:
    """From 1; 0 where the right one is not among them."""
    right = [question.held_by(one.article, one.start, one.end) for one in passages]
    return right.index(True) + 1 if True in right else 0


def _shares(places: Sequence[int]) -> Shares:
    return tuple(sum(0 < one <= cut for one in places) / len(places) for cut in CUTS)


def table(parts: dict[str, dict[str, Shares]]) -> str:
    """hit@1 / @4 / @10 as a Markdown table, one row a part, one column a language pair."""
    pairs = list(next(iter(parts.values())))
    lines = [f"| | {' | '.join(pairs)} |", "|---|" + "---|" * len(pairs)]
    for part, row in parts.items():
        cells = [" / ".join(f"{share:.3f}" for share in row[pair]) for pair in pairs]
        lines.append(f"| {part} | {' | '.join(cells)} |")
    return "\n".join(lines)
