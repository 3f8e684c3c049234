"""Which numbers of two sentences are not the same, and whether they count the same thing; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.amounts import LABEL, Amount
from qa.said import Said, Word, near

_SURE = 0.6  # cosine of the states of two nouns from which numbers count the same thing
_MOST = 100  # pairs of numbers that are compared
_PART = re.compile(r"^\s*(?:of (?:the|its|their|them|these|those)|des |d['’]entre|parmi|among)")
# "Twenty-three were hurt, two of them badly": the two are not another count of the hurt.
_WITHIN = re.compile(
    r"\b(?:dont|including|among (?:them|whom)|of (?:whom|them|which)"
    r"|parmi (?:eux|elles|lesquel\w+))\W*(?:(?:at least|au moins|about|some|environ|quelque)\W*)?$"
)
_TO = re.compile(r"\b(?:to|at|a)\W{0,2}$")
_REACHES = re.compile(
    r"\b(?:to|at|a|(?:reach|hit|total)\w*|atteign\w+|atteint|stands at|etablit a)\W{0,2}$"
)
_CHANGES = re.compile(
    r"\b(?:up|down|ros?e|risen?|f[ae]ll(?:en)?|gr[eo]wn?|climbed|dropped|jumped|lost|gained"
    r"|(?:increas|declin|decreas)\w+|(?:augment|baiss|progress|recul|grimp|chut|diminu)\w+|hausse)\b"
)
_BY = re.compile(r"\b(?:by|of|de)\W{0,2}$")
_MORE = re.compile(
    r"^\W*(?:\w+ )?(?:de plus|more|additional|extra|supplementaires?|de moins|fewer)\b"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The amounts of two texts that are not the same: pairs that cannot both be true; whether some
    can, without saying the same ("at least 12", "15"); whether some cannot be compared.
    """

    apart: tuple[tuple[Amount, Amount], ...]
    vague: bool
    loose: bool


def numbers(a: Said, b: Said) -> Numbers:
    left_a = [one for one in a.amounts if not any(one.equals(other) for other in b.amounts)]
    left_b = [one for one in b.amounts if not any(one.equals(other) for other in a.amounts)]
    if len(left_a) * len(left_b) > _MOST:
        return Numbers((), False, True)  # a table
    pairs = [(x, y) for x in left_a for y in left_b if _comparable(a, x, b, y)]
    apart = tuple((x, y) for x, y in pairs if not x.meets(y))
    return Numbers(apart, len(apart) < len(pairs), bool(left_a and left_b and not pairs))


def _comparable(a: Said, x: Amount, b: Said, y: Amount) -> bool:
    if (x.unit, x.per) != (y.unit, y.per) or x.unit == LABEL:
        return False
    after, behind = a.plain[x.end :], b.plain[y.end :]
    if bool(_PART.match(after)) != bool(_PART.match(behind)):
        return False
    if bool(_MORE.match(after)) != bool(_MORE.match(behind)):
        return False
    before, front = a.plain[: x.start], b.plain[: y.start]
    if bool(_WITHIN.search(before)) != bool(_WITHIN.search(front)):
        return False
    if (_TO.search(before) and _BY.search(front)) or (_BY.search(before) and _TO.search(front)):
        return False
    levels = [bool(_REACHES.search(head)) for head in (before, front)]
    changes = _CHANGES.search(a.plain) or _CHANGES.search(b.plain)
    if x.unit in ("%", "point") and levels[0] != levels[1] and changes:
        return False  # risen to 8 % is not risen by 8 %
    if x.unit:
        return True
    one, other = _counted(a, x), _counted(b, y)
    if one is None or other is None:
        return one is other
    return one.stem == other.stem or near(one, other) >= _SURE


def _counted(one: Said, amount: Amount) -> Word | None:
    """The noun that a number counts: the next word that carries meaning."""
    return next((word for word in one.words if word.start >= amount.end), None)
