"""What a quote says, taken apart so that two quotes can be compared, in either language.

Its amounts, times and names; whether it denies; and every other word that carries meaning with the
encoder's state for it, by which "refugees" and "réfugiés" are alike. Who said it is left out: the
same fact told by the police and by the mayor is the same fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.encoder import Reading
from ingest.types import Vectors
from ingest.words import STOP_WORDS, flat, stem
from qa.amounts import Amount, amounts
from qa.denial import DENIAL, FRAME, NEGATION, denials, turned
from qa.moments import Moments, moments
from qa.names import Name, names
from qa.rough import places, rough

_FAR = 12  # characters that a token may be away from the one before it: white space and marks
_PIECE_MARKS = "#▁Ġ"

_SAY = (
    r"(?:said|says?|saying|announced|announces|reported|reports|believes?|told|added|claims?"
    r"|claimed"
    r"|stated|estimates?|affirm\w+|(?:a|ont) (?:annonce|indique|declare|precise|affirme|assure|fait"
    r" savoir|estime|ajoute|explique|rapporte)\w*|annoncent?|indiquent?|declarent?|precisent?"
    r"|assurent?|estiment?|rapportent?|expliquent?)"
)
_PASSIVE = r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )"
_FULL = r"(?:that\b|qu['’e]|it\b|[a-z]+day\b)"
# At the head of a sentence, only what can have no other object goes without "that": "Poland
# announced 300 million euros" tells what Poland did.
_ATTRIBUTION = re.compile(
    r"(?:\b(?:selon|d['’]apres|according to|de source|citing|d['’]apres)\b[^,.;:]{0,80}(?=[,.;:]"
    r"|$),?)"
    rf"|(?:,\s[^,.;]{{0,60}}?\b{_SAY}\b(?! (?:not|no)\b)[^,.;]{{0,60}}(?=[,.;]|$))"
    rf"|(?:^[^,.;]{{0,60}}?{_PASSIVE}\b(?:{_SAY} {_FULL}|(?:said|says|saying|believes?)\b))"
)
_CONDITION = re.compile(r"\b(?:if|unless|provided|s['’]ils?|si|a moins que|a condition)\b")
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|should|plans?|planned|hopes?|expects?|expected|intends?|aims?"
    r"|wants?"
    r"|prevoi\w+|esper\w+|envisag\w+|projet\w*|veut|veulent|compte\w* \w+er\b|\w{3,}r(?:ait"
    r"|aient))\b"
)
_MAY = re.compile(r"(?<=[\w,;] )May\b")  # so written within a sentence, a month or a name
# Verbs and adverbs too light to tell one fact from another.
_LIGHT = frozenset(
    "ete est etait sont ont has had was were been being only just also too dont ainsi selon"
    " according"
    " least seulement dit says said say quelque certain near vers".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, `start:end` in the text; `state` (dim,) is what it means where it stands: unit, or
    zero where the encoder has not read it.
    """

    start: int
    end: int
    stem: str
    plain: str
    state: Vectors


@dataclass(frozen=True, slots=True)
class Said:
    """All places are characters of `text`. `all_words` has those of names and numbers as well."""

    text: str
    plain: str  # folded, character for character
    language: str
    published: str | None
    amounts: tuple[Amount, ...]
    moments: Moments
    names: tuple[Name, ...]
    words: tuple[Word, ...]
    all_words: tuple[Word, ...]
    own: tuple[str, ...]  # folded, in order, less who said it
    denied: tuple[int, int] | None  # where it says no; None where it affirms, or does both
    denials: int
    framed: bool  # something in it turns round, or leaves open, what it says
    hedged: bool
    conditional: bool
    rough: frozenset[str]
    places: tuple[frozenset[int], ...]


def told_by(text: str, language: str) -> list[tuple[int, int]]:
    """Where a text says who says it: "Selon le Monde,", ", the ministry said"."""
    plain = flat(text)
    told = [match.span() for match in _ATTRIBUTION.finditer(plain) if not turned(match[0])]
    return [(a, b) for a, b in told if not _counts(text[a:b], language)]


def said(
    text: str, language: str, published: str | None, readings: Sequence[tuple[int, Reading]]
) -> Said:
    """`readings`: those of the sentences of `text`, each with the character where it starts."""
    plain = flat(text)
    told = told_by(text, language)
    if sum(b - a for a, b in told) > 0.7 * len(plain):
        told = []  # nothing but who said it: that is what it says
    blank = _without(text, told)
    times = moments(blank)
    numbers = [
        one for one in amounts(blank, language) if not _meet(one.start, one.end, times.spans)
    ]
    named = names(blank)
    everything = _words(text, plain, language, readings)
    aside = [
        *told,
        *times.spans,
        *((one.start, one.end) for one in numbers),
        *((one.start, one.end) for one in named),
        *(match.span() for match in NEGATION.finditer(plain)),
        *(match.span() for match in DENIAL.finditer(plain)),
    ]
    kept = tuple(
        one
        for one in everything
        if not _meet(one.start, one.end, aside)
        and one.plain not in STOP_WORDS
        and one.plain not in _LIGHT
        and len(one.plain) > 1
    )
    itself = _without(plain, told)
    timeless = _without(blank, times.spans)
    no = denials(itself)
    return Said(
        text, plain, language, published, tuple(numbers), times, named, kept, everything,
        tuple(re.findall(r"\w+", itself)),
        no[0] if len(no) == 1 else None, len(no), bool(FRAME.search(itself)),
        bool(_HEDGE.search(flat(_MAY.sub("   ", timeless)))), bool(_CONDITION.search(itself)),
        rough(itself), places(itself),
    )  # fmt: skip


def _counts(text: str, language: str) -> bool:
    """Does it hold a number that is no time? Then it says more than who said something."""
    times = moments(text).spans
    return any(not _meet(one.start, one.end, times) for one in amounts(text, language))


def near(one: Word, other: Word) -> float:
    return float(one.state @ other.state)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with those spans blank, so that places stay; each ends like a sentence part."""
    for a, b in spans:
        text = text[:a] + " " * (b - a) + text[b:]
    return text


def _meet(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _words(
    text: str, plain: str, language: str, readings: Sequence[tuple[int, Reading]]
) -> tuple[Word, ...]:
    """A word's state is the mean of its pieces'."""
    pieces: list[tuple[int, int, Vectors]] = []
    for offset, reading in readings:
        at = offset
        for token, state in zip(reading.tokens, reading.states, strict=True):
            bare = flat(token.strip(_PIECE_MARKS))
            place = plain.find(bare, at, at + len(bare) + _FAR) if bare else -1
            if place >= 0:
                at = place + len(bare)
                pieces.append((place, at, state))
    unread = np.zeros(readings[0][1].states.shape[1:] if readings else 0, np.float32)
    made, first = [], 0
    for match in re.finditer(r"\w+", plain):
        start, end = match.span()
        while first < len(pieces) and pieces[first][1] <= start:
            first += 1
        last = first
        while last < len(pieces) and pieces[last][0] < end:
            last += 1
        state = unread
        if first < last:
            mean = np.mean([piece[2] for piece in pieces[first:last]], axis=0)
            state = np.asarray(mean / np.linalg.norm(mean), np.float32)
        made.append(Word(start, end, stem(text[start:end], language), match[0], state))
    return tuple(made)
