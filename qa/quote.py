"""From scored sentences to quotes: whole sentences, one or two in a row, each place once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ingest.sentences import sentences
from qa.sentence import Scored
from qa.types import Quote, Sentence

MOST = 3  # quotes of one answer
LONGEST = 420  # characters of a quote that was lengthened by the sentence before it
_WORTH_SHOWING = 8.0  # log-odds; what is further behind the best is not shown

# A sentence that opens so leans on the one before it, and is not understood alone.
_LEANING = re.compile(
    r"[«“\"'\s]*(?:il|elle|ils|elles|ce|c['’]est|c['’]était|cela|ceci|ça|celui-ci|celle-ci|ceux-ci"
    r"|celles-ci|cette|ces|cet|son|sa|ses|leur|leurs|lui|y|en revanche|mais|et|or|pourtant"
    r"|toutefois|ainsi|aussi|donc|he|she|it|they|this|that|these|those|his|her|its|their|but|and"
    r"|so|however|instead|yet)\b",
    re.IGNORECASE,
)


def quotes(ranked: Sequence[Scored], *, most: int = MOST) -> tuple[Quote, ...]:
    """The best runs, in the order of their scores; none overlap."""
    if not ranked:
        return ()
    chosen: list[Quote] = []
    for one in ranked:
        start, end = _run(one.sentence)
        article = one.sentence.article
        if ranked[0].score - one.score > _WORTH_SHOWING:
            break
        taken = any(q.article.id == article.id and q.start < end and start < q.end for q in chosen)
        if not taken:
            chosen.append(Quote(article, start, end, one.read.highlight, _squashed(one.score)))
        if len(chosen) == most:
            break
    return tuple(chosen)


def _run(sentence: Sentence) -> tuple[int, int]:
    """The sentence, with the one before it where it leans on that one."""
    if sentence.place and _LEANING.match(sentence.text):
        block = sentence.article.blocks[sentence.block]
        spans = sentences(sentence.article.text, block.start, block.end)
        start = spans[sentence.place - 1][0]
        if sentence.end - start <= LONGEST:
            return start, sentence.end
    return sentence.start, sentence.end


def _squashed(score: float) -> float:
    """A score that orders quotes, as 0..1."""
    return round(float(1 / (1 + np.exp(4.0 - score))), 4)
