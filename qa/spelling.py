"""Misspelt words of a question, read as a word of the library's that is one or two slips away.

Only words that the library does not have at all, in any of the languages asked in, and that are
nobody's: `known` says whether a dictionary or the encoder's vocabulary has them. A correct word of
the other language must stay as it is. The one door to rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ingest.snapshot import Snapshot
from ingest.words import STOP_WORDS, fold
from qa.types import Spelling

_SHORTEST = 5  # letters: shorter words have too many neighbours
_TWO_SLIPS = 8  # letters from which two may be wrong, unless it is a name: too many are alike
_WORD = re.compile(r"[^\W\d_]+")


def spellings(
    question: str,
    snapshot: Snapshot,
    languages: Sequence[str],
    known: Callable[[str], bool],
    without: Collection[str],
) -> tuple[Spelling, ...]:
    """The words to be read otherwise, in order, each once."""
    found = dict[str, Spelling]()
    for word in _WORD.findall(question):
        plain, chip = fold(word), f"spelling:{word}"
        if len(plain) < _SHORTEST or plain in STOP_WORDS or chip in without or word in found:
            continue
        if snapshot.has_word(word, languages) or known(word):
            continue
        slips = 2 if len(plain) >= _TWO_SLIPS and word.islower() else 1
        if best := nearest(plain, snapshot.vocabulary(plain[0]), slips):
            found[word] = Spelling(chip, word, best)
    return tuple(found.values())


def nearest(word: str, vocabulary: dict[str, int], slips: int) -> str | None:
    """The word fewest slips away (a letter more, less, other, or two swapped), at most `slips`;
    the commonest of several; None where all are too far. Hardly anybody slips in a first letter.

    >>> nearest("amunition", {"ammunition": 3, "munition": 9, "audition": 1}, 2)
    'ammunition'
    """
    likely = [one for one in vocabulary if one[0] == word[0] and abs(len(one) - len(word)) <= slips]
    close = extract(word, likely, scorer=OSA.distance, score_cutoff=slips, limit=None)
    if not close:
        return None
    return str(min(close, key=lambda one: (one[1], -vocabulary[one[0]], one[0]))[0])


def respelt(question: str, corrections: Sequence[Spelling]) -> str:
    """The question with each word as it was read."""
    instead = {one.said: one.read for one in corrections}
    return _WORD.sub(lambda match: instead.get(match[0], match[0]), question)
