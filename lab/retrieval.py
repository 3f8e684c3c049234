"""Where the right passage stands in each part of the search, and in both together.

The parts are the library's own searches; no sentence is read, so a thousand questions take a
minute once the articles are in.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence

from ingest.bar import Bar
from ingest.types import Passage
from lab.questions import Question, QuestionSet
from qa import gloss, lexicon
from qa.desk import RETRIEVED, Desk
from qa.retrieve import DEPTH, fuse
from qa.understand import understand

CUTS = (1, 4, 10)
PARTS = ("dense, passages alone", "dense", "lexical", "hybrid")

Shares = tuple[float, ...]  # of the questions, with the right passage among the first CUTS


def ablation(desk: Desk, questions: QuestionSet) -> dict[str, dict[str, Shares]]:
    """Hits by part and language pair, of answerable questions.

    Parts: "dense" by the encoder alone; "dense, passages alone" without what a passage gains by its
    article; "lexical"; "hybrid", as questions are answered.
    """
    asked = [one for one in questions.questions if one.answerable]
    ranks: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    with Bar(len(asked), "questions") as bar:
        for question in asked:
            with desk.library.snapshot() as snapshot:
                meant = understand(question.text, snapshot, desk.encoder).understood
            vector = gloss.vector(desk.encoder, question.text, meant.words, meant.language)
            with desk.dense.nearest(vector, DEPTH) as (snapshot, dense):
                spoken = snapshot.languages()
                sought = lexicon.sought(question.text, meant.words, meant.language, spoken)
                lexical = snapshot.lexical(sought, DEPTH)
                stored = snapshot.passages([one for one, _ in lexical[:RETRIEVED]])
                together = functools.partial(fuse, snapshot, vector, dense, keep=RETRIEVED)
                fused = {
                    "dense, passages alone": together([], share=0.0),
                    "dense": together([]),
                    "hybrid": together(lexical),
                }
            found = {part: [hit.passage for hit in hits] for part, hits in fused.items()}
            found["lexical"] = [stored[one] for one, _ in lexical[:RETRIEVED]]
            for part in PARTS:
                ranks[part][question.pair].append(_rank(question, found[part]))
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
