"""Words and names that French and English write differently, from lists and from CLDR.

What the vocabulary's new rows start from, and what the lexicon of the full-text search adds to
the parallel text. As written: folding is for those who use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from babel import Locale

from lab.dictionary import pairs

WORDS = Path(__file__).with_name("words.fr-en.txt")
EXONYMS = Path(__file__).with_name("exonyms.fr-en.txt")


def hand_made() -> dict[str, str]:
    """The hand-made words, one entry a form: {"eveques": "bishop"}."""
    out: dict[str, str] = {}
    for forms, english in pairs(WORDS):
        out.update(dict.fromkeys(forms.split(), english))
    return out


def exonyms() -> Iterator[tuple[str, str]]:
    """(French, English), each way of writing a name with each: ("ONU", "United Nations")."""
    for french, english in pairs(EXONYMS):
        yield from product(french.split(", "), english.split(", "))


def cldr() -> Iterator[tuple[str, str]]:
    """(French, English) of countries, languages, and the time zones' cities."""
    french, english = Locale("fr"), Locale("en")
    for kind in ("territories", "languages"):
        ours, theirs = getattr(french, kind), getattr(english, kind)
        yield from ((ours[code], theirs[code]) for code in theirs if ours.get(code))
    for key, zone in french.time_zones.items():
        city = english.time_zones.get(key, {}).get("city") or key.split("/")[-1].replace("_", " ")
        if zone.get("city"):
            yield zone["city"], city
