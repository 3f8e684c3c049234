"""What a sentence counts without a number: ordinals, fractions, dozens, decades, minutes; pure.

The same for both languages: "la moitié" and "half" are one mark. Where two sentences differ in
these, they do not say the same, and which of them is meant more exactly nobody can tell.
"""

from __future__ import annotations

import re

_ORDINALS = (
    "first premier premiere", "second seconde deuxieme", "third troisieme", "fourth quatrieme",
    "fifth cinquieme", "sixth sixieme", "seventh septieme", "eighth huitieme", "ninth neuvieme",
    "tenth dixieme",
)  # fmt: skip
_PLACE = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words.split()}
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_PLACE)})|(?P<n>\d{{1,3}})(?:st|nd|rd|th|er|re|ere|e|eme|ieme))\b"
)
# "a third of" is no place in a row.
_PART = r"(?:a|an|one|two|three|the|le|un|les|deux|trois) "
_ROUGH = {
    "half": r"half|moitie|demie?",
    "third": rf"{_PART}(?:thirds?|tiers) (?:of|des?|du|d['’])|tiers|thirds",
    "quarter": rf"{_PART}(?:quarters?|quarts?) (?:of|des?|du|d['’])|three.quarters|trois.quarts",
    "tenth": r"(?:a|one) tenth of|un dixieme d\w+",
    "dozens": r"dizaines|tens of|dozens|douzaines|scores of",
    "ten": r"dizaine",
    "twelve": r"dozen|douzaine",
    "fifteen": r"quinzaine",
    "twenty": r"vingtaine",
    "thirty": r"trentaine",
    "forty": r"quarantaine",
    "fifty": r"cinquantaine",
    "hundred": r"hundreds|several hundred|centaines?",
    "thousand": r"thousands|several thousand|milliers?",
    "million": r"millions of|(?:des|plusieurs) millions",
}
_ROUGHLY = {mark: re.compile(rf"\b(?:{said})(?!\w)") for mark, said in _ROUGH.items()}
_DECADE = re.compile(r"\b(?P<en>1[89]\d0|20\d0)s\b|\bannees (?P<fr>(?:1[89]|20)?\d0)\b")
_MINUTES = re.compile(
    r"\b\d{1,2}[:.](?P<half>\d\d)\s?[ap]\.?m\b|\b\d{1,2}\s?h\s?(?P<h>\d\d)\b"
    r"|\b\d{1,2} heures (?P<hours>\d\d)\b|\b\d{1,2}:(?P<colon>\d\d)\b"
)


def rough(plain: str) -> frozenset[str]:
    """
    >>> sorted(rough("la moitie des maisons")), sorted(rough("thousands fled"))
    (['half'], ['thousand'])
    """
    marks = {mark for mark, pattern in _ROUGHLY.items() if pattern.search(plain)}
    decades = {(m["en"] or m["fr"])[-2:] for m in _DECADE.finditer(plain)}
    return frozenset(marks | decades)


def places(plain: str) -> tuple[frozenset[int], frozenset[int]]:
    """The ordinals and the minutes past an hour that it names."""
    rows = {_PLACE[m["word"]] if m["word"] else int(m["n"]) for m in _ORDINAL.finditer(plain)}
    past = {int(next(one for one in m.groups() if one)) for m in _MINUTES.finditer(plain)}
    return frozenset(rows), frozenset(past)
