"""Misspelt words of a question, read as a word of the library's that is one or two slips away.

Only words that the library does not have at all, in any of the languages asked in, and that are
nobody's: `known` says whether a dictionary or the encoder's vocabulary has them. A correct word of
the other language must stay as it is, and a short name, which may be nobody's slip, stands beside
what it is read as. The one door to rapidfuzz.
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
_LONG = 10  # letters from which the two may leave another ending
_WORD = re.compile(r"[^\W\d_]+")
_DOUBLED = re.compile(r"(.)\1")
_SOMEBODY = re.compile(
    r"\s*(?:who|qui)(?:'s| is| was| est| etait)((?: [^\W\d_]+){1,3})\W*", re.IGNORECASE
)
_BRITISH = re.compile(r"(?P<our>our)(?=(?:s|ed|ing|ful|able)?$)|is(?=(?:e[drs]?|ing|ations?)$)")


def spellings(
    question: str,
    snapshot: Snapshot,
    languages: Sequence[str],
    known: Callable[[str], bool],
    without: Collection[str],
) -> tuple[Spelling, ...]:
    """The words to be read otherwise, in order, each once."""
    found = dict[str, Spelling]()
    somebody = _SOMEBODY.fullmatch(question)
    for match in _WORD.finditer(question):
        word = match[0]
        plain, chip = fold(word), f"spelling:{word}"
        if len(plain) < _SHORTEST or plain in STOP_WORDS or chip in without or word in found:
            continue
        if snapshot.has_word(word, languages) or known(word):
            continue
        vocabulary, american = snapshot.vocabulary(plain[0]), _american(plain)
        if american not in vocabulary and known(american):
            continue
        if best := _read(word, plain, vocabulary):
            name = somebody or (match.start() and word.istitle())
            beside = name and len(plain) < _TWO_SLIPS and not _plain_slip(plain, best)
            found[word] = Spelling(chip, word, f"{word} / {best}" if beside else best)
    return tuple(found.values())


def _read(word: str, plain: str, vocabulary: dict[str, int]) -> str | None:
    """One slip away, but for another last letter; else two, where the word is long enough."""
    fair = {one: count for one, count in vocabulary.items() if len(one) >= _SHORTEST}
    near = {one: count for one, count in fair.items() if not _another_last(one, plain)}
    best = nearest(plain, near, 1)
    if best or len(plain) < _TWO_SLIPS or not word.islower():
        return best
    if len(plain) < _LONG:
        fair = {one: count for one, count in fair.items() if _ends(one) == _ends(plain)}
    return nearest(plain, fair, 2)


def _plain_slip(said: str, read: str) -> bool:
    """A letter left out, doubled, or two swapped: another letter may make another name."""
    single = [_DOUBLED.sub(r"\1", word) for word in (said, read)]
    return len(said) < len(read) or single[0] == single[1] or sorted(said) == sorted(read)


def _another_last(one: str, other: str) -> bool:
    """As in "milei" and "miles"; not as in "droens" and "drones", nor where a letter is missing."""
    return len(one) == len(other) and one[-1] != other[-1] and one[-2:] != other[:-3:-1]


def _ends(word: str) -> str:
    """The last letter before what words are bent with."""
    return word.rstrip("ders")[-1:]


def _american(word: str) -> str:
    """
    >>> _american("summarised"), _american("rumours"), _american("viser")
    ('summarized', 'rumors', 'vizer')
    """
    return _BRITISH.sub(lambda match: "or" if match["our"] else "iz", word)


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
