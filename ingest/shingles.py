"""How much of one text stands in another, and which texts are worth comparing.

A text is the set of its runs of words ("On the resemblance and containment of documents", Broder,
1997); what two sets share is counted, not guessed. MinHash in bands (Leskovec, Rajaraman, Ullman,
"Mining of Massive Datasets", chapter 3) only says which few of all texts to count for: two texts
that share `j` of all their runs meet in a bucket with probability 1 - (1 - j^ROWS)^BANDS.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.types import Article, Kind
from ingest.words import fold, words

RUN = 4  # words; shorter ones are common to all texts of a language, longer ones break at each edit
BANDS, ROWS = 32, 2  # .95 of pairs with j = .3, a text cut to a third; .0001 of those with j = .002
SHARE = 0.55  # of the shorter text's runs that stand in the longer one
LEAST = 0.2  # of the longer text's runs that the shorter one has: a brief is no reprint of a report
OTHERS = 0.3  # of the shorter text's numbers, or one, may differ: Tuesday's weather is another text
SHORT = 12  # runs; of a text with fewer all must be there

_CHUNK = 4096  # runs hashed at once, so that a book takes no more memory than a page
Hashes = NDArray[np.uint64]


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit of each number made to depend on all of its bits (splitmix64, Steele 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


# Fixed, for buckets are kept from run to run: splitmix64's own stream, odd where it multiplies.
_STREAM = _mixed(
    np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
)
_ODD, _MORE = np.split((_STREAM | np.uint64(1)).reshape(-1, 1), 2)
_PLACES = _ODD[:RUN, 0]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of an article: its runs of words, hashed, sorted, each once; its numbers."""

    runs: Hashes
    numbers: frozenset[str]


def sketch(article: Article) -> Sketch:
    """Of the body alone: a title is the paper's own, and so is the furniture."""
    body = " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind is Kind.BODY)
    said = words(fold(body))
    numbers = frozenset(word for word in said if any(map(str.isdigit, word)))
    hashed = np.array([zlib.crc32(word.encode()) for word in said], np.uint64)
    if not len(hashed):
        return Sketch(hashed, numbers)
    size = min(RUN, len(hashed))  # a text of three words is one run
    runs = np.lib.stride_tricks.sliding_window_view(hashed, size) + np.uint64(1)
    return Sketch(np.unique(_mixed(runs @ _PLACES[:size])), numbers)


def share(one: Sketch, other: Sketch) -> float:
    """Of the runs of the shorter text, those that stand in the longer one: 0..1.

    0 where one of them is no reprint of the other, however much they share.
    """
    shorter, longer = sorted((one, other), key=lambda text: len(text.runs))
    if len(shorter.runs) < max(1.0, LEAST * len(longer.runs)):
        return 0.0
    common = len(np.intersect1d(shorter.runs, longer.runs, assume_unique=True)) / len(shorter.runs)
    others = len(shorter.numbers - longer.numbers)
    enough = 1.0 if len(shorter.runs) < SHORT else SHARE
    alike = others <= max(1, OTHERS * len(shorter.numbers)) and common >= enough
    return common if alike else 0.0


def buckets(text: Sketch) -> list[int]:
    """BANDS numbers of 63 bits, the same wherever and whenever they are made; none for no text."""
    if not len(text.runs):
        return []
    least = np.full((BANDS * ROWS, 1), np.iinfo(np.uint64).max)
    for at in range(0, len(text.runs), _CHUNK):
        hashed = _ODD * text.runs[at : at + _CHUNK] + _MORE  # (BANDS * ROWS, runs), modulo 2^64
        least = np.minimum(least, hashed.min(axis=1, keepdims=True))
    bands = least.reshape(BANDS, ROWS) @ _PLACES[:ROWS] + np.arange(BANDS, dtype=np.uint64)
    return [int(one) for one in _mixed(bands) >> np.uint64(1)]
