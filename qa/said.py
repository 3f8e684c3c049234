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
from qa.moments import Moments, moments
from qa.names import Name, names

_FAR = 12  # characters that a token may be away from the one before it: white space and marks
_PIECE_MARKS = "#▁Ġ"

_SAY = (
    r"(?:said|says?|saying|announced|announces|reported|reports|believes?|told|added|claims?"
    r"|claimed"
    r"|stated|estimates?|affirm\w+|(?:a|ont) (?:annonce|indique|declare|precise|affirme|assure|fait"
    r" savoir|estime|ajoute|explique|rapporte)\w*|annoncent?|indiquent?|declarent?|precisent?"
    r"|assurent?|estiment?|rapportent?|expliquent?)"
)
_ATTRIBUTION = re.compile(
    r"(?:\b(?:selon|d['’]apres|according to|de source|citing|d['’]apres)\b[^,.;:]{0,80}(?=[,.;:]"
    r"|$),?)"
    rf"|(?:,\s[^,.;]{{0,60}}?\b{_SAY}\b(?! (?:not|no)\b)[^,.;]{{0,60}}(?=[,.;]|$))"
    rf"|(?:^[^,.;]{{0,60}}?\b{_SAY}\b(?: (?:that\b|qu['’e]|it\b|[a-z]+day\b))?)"
)
_NEGATION = re.compile(
    r"\b(?:not|cannot|never|no longer|neither|nor)\b|n['’]t\b"
    r"|\b(?:ne |n['’])(?:[\w'’-]+ ){1,3}?(?:pas|plus|jamais|aucune?|rien|personne|point"
    r"|nullement)\b"
    r"|\b(?:ne pas|ne plus|ne jamais|aucune?)\b"
)
_ONLY = re.compile(r"\bnot only\b|\bnon seulement\b")
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut\w+|dement\w*|ni(?:e|ent|ait|er) (?:avoir|toute?|que|etre"
    r"|les?|la)"
    r"|a nie|ont nie)\b"
)
_CONDITION = re.compile(r"\b(?:if|unless|provided|s['’]ils?|si|a moins que|a condition)\b")
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|should|plans?|planned|hopes?|expects?|expected|intends?|aims?"
    r"|wants?"
    r"|prevoi\w+|esper\w+|envisag\w+|projet\w*|veut|veulent|compte\w* \w+er\b|\w{3,}r(?:ait"
    r"|aient))\b"
)
_UP = frozenset(
    "rise rose risen rises rising increase increased increases grow grew grown climb climbed jumped"
    " soared augmente augmentent augmenter augmentation hausse grimpe progresse bondi monte"
    " progression".split()
)
_DOWN = frozenset(
    "fall fell fallen falls falling decrease decreased drop dropped decline declined plunged"
    " slumped"
    " baisse baissent baisser recule recul chute diminue diminution".split()
)
_YES = frozenset(
    "accept accepted accepts approved approve adopted backed accepte approuve adopte"
    " ratifie".split()
)
_NO = frozenset("reject rejected rejects refused refuse refuses rejette rejete".split())
OPPOSITES = ((_UP, _DOWN), (_YES, _NO))
# Verbs and adverbs too light to tell one fact from another.
_LIGHT = frozenset(
    "ete est etait sont ont has had was were been being only just also too dont ainsi selon"
    " according"
    " least seulement dit says said say quelque certain near vers".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, `start:end` in the text; `state` (dim,), unit, is what it means where it stands."""

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
    denied: tuple[int, int] | None  # where it says no
    hedged: bool
    conditional: bool


def said(
    text: str, language: str, published: str | None, readings: Sequence[tuple[int, Reading]]
) -> Said:
    """`readings`: those of the sentences of `text`, each with the character where it starts."""
    plain = flat(text)
    told = [match.span() for match in _ATTRIBUTION.finditer(plain)]
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
        *(match.span() for match in _NEGATION.finditer(plain)),
        *(match.span() for match in _DENIAL.finditer(plain)),
    ]
    kept = tuple(
        one
        for one in everything
        if not _meet(one.start, one.end, aside)
        and one.plain not in STOP_WORDS
        and one.plain not in _LIGHT
        and len(one.plain) > 1
    )
    plain_blank = _without(plain, told)
    return Said(
        text, plain, language, published, tuple(numbers), times, named, kept, everything,
        _no(plain_blank), bool(_HEDGE.search(plain_blank)), bool(_CONDITION.search(plain_blank)),
    )  # fmt: skip


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with those spans blank, so that places stay; each ends like a sentence part."""
    for a, b in spans:
        text = text[:a] + " " * (b - a) + text[b:]
    return text


def _no(plain: str) -> tuple[int, int] | None:
    """Where the sentence is negated or denies; None where it affirms, or does both."""
    only = [match.span() for match in _ONLY.finditer(plain)]
    found = [match.span() for match in _DENIAL.finditer(plain)]
    found += [m.span() for m in _NEGATION.finditer(plain) if not _meet(*m.span(), only)]
    return min(found) if len(found) == 1 else None


def _meet(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _words(
    text: str, plain: str, language: str, readings: Sequence[tuple[int, Reading]]
) -> tuple[Word, ...]:
    """The words that the encoder read: a word's state is the mean of its pieces'."""
    pieces: list[tuple[int, int, Vectors]] = []
    for offset, reading in readings:
        at = offset
        for token, state in zip(reading.tokens, reading.states, strict=True):
            bare = flat(token.strip(_PIECE_MARKS))
            place = plain.find(bare, at, at + len(bare) + _FAR) if bare else -1
            if place >= 0:
                at = place + len(bare)
                pieces.append((place, at, state))
    made, first = [], 0
    for match in re.finditer(r"\w+", plain):
        start, end = match.span()
        while first < len(pieces) and pieces[first][1] <= start:
            first += 1
        last = first
        while last < len(pieces) and pieces[last][0] < end:
            last += 1
        if first < last:
            state = np.mean([piece[2] for piece in pieces[first:last]], axis=0)
            state = np.asarray(state / np.linalg.norm(state), np.float32)
            made.append(Word(start, end, stem(text[start:end], language), match[0], state))
    return tuple(made)
