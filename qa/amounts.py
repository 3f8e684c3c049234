"""The numbers of a sentence, as values with units, in English and French; pure.

"2 millions d'euros", "€2,000,000" and "two million euros" are the same amount. Not amounts: years
and other dates (qa/moments.py), ordinals, and the numbers in names ("A320", "S-300").
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ingest.words import flat

_ONES = {
    "en": "zero . two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen",
    "fr": "zero . deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
}
_MAGNITUDES = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9}
    | {"trillion": 10**12},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6}
    | {"milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12},
}


def _small(language: str) -> dict[str, int]:
    made = {word: n for n, word in enumerate(_ONES[language].split()) if word != "."}
    made |= {word: 10 * n for n, word in enumerate(_TENS[language].split(), 2)}
    return made | ({"vingts": 20, "un": 1, "une": 1} if language == "fr" else {"one": 1})


_SMALL = {language: _small(language) for language in ("en", "fr")}
_SP = " \u00a0\u202f"
_DIGITS = (
    rf"(?<![\w.,-])\d{{1,3}}(?:[{_SP},.]\d{{3}})+(?!\d)(?:[.,]\d+)?"  # in groups of three
    r"|(?<![\w,.])(?<![A-Za-z]-)\d+(?:[.,]\d+)?"
)


def _pattern(language: str) -> re.Pattern[str]:
    some = "|".join(sorted({*_SMALL[language], *_MAGNITUDES[language]}, key=len, reverse=True))
    big = "|".join(sorted(_MAGNITUDES[language], key=len, reverse=True))
    joint = rf"(?:[{_SP}-]|[{_SP}-]et[{_SP}-]|[{_SP}]and[{_SP}])"
    glued = r"(?=(?:km|kg|bn|h|m)\b|\W|$)"
    return re.compile(
        rf"(?P<digits>{_DIGITS}){glued}(?:[{_SP}-]?(?P<big>{big})\b)?"
        rf"|\b(?P<words>(?:{some})(?:{joint}(?:{some}))*)\b",
    )


_NUMBER = {language: _pattern(language) for language in ("en", "fr")}

_UNITS = {
    "%": r"%|per ?cent|percent|pour ?cent|points?(?: de pourcentage)?",
    "eur": r"€|euros?",
    "usd": r"us\$|\$|(?:us )?dollars?",
    "gbp": r"£|pounds?(?! of)|livres sterling",
    "rub": r"r[ou]ubles?",
    "yen": r"yens?|¥",
    "km": r"km|kilom[eè]t(?:re|er)s?",
    "m": r"m|m[eè]t(?:re|er)s?",
    "mm": r"mm|millim[eè]t(?:re|er)s?",
    "mile": r"miles?",
    "km2": r"km2|(?:square kilomet(?:re|er)s?)|kilometres? carres?",
    "mile2": r"square miles?",
    "ha": r"ha|hectares?",
    "acre": r"acres?",
    "kg": r"kg|kilos?|kilogram(?:me)?s?",
    "t": r"tonnes?|tons?",
    "l": r"lit(?:re|er)s?",
    "kwh": r"[kmgt]?wh?|(?:mega|giga|kilo)watt(?:-?heure|-?hour)?s?",
    "year": r"years?|ans?|annees?",
    "month": r"months?|mois",
    "week": r"weeks?|semaines?",
    "day": r"days?|jours?|journees?",
    "hour": r"hours?|heures?|h",
    "minute": r"minutes?|min",
}
_ANY_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, pattern in enumerate(_UNITS.values()))
_UNIT = re.compile(rf"[{_SP}-]?(?:d['’]|de )?(?:{_ANY_UNIT})(?!\w)")
_SYMBOL = re.compile(r"(us\$|[$€£¥])\s?$")
_LEAD = 28  # characters before a number in which its hedge stands
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated at"
    r"|environ|pres de|quelque|presque|autour de|a peu pres|plutot|quasiment|pas loin de)"
    r"(?: (?:de|d|the|les|l))?\W*$"
)
_LEAST = re.compile(
    r"\b(?:at least|more than|over|no fewer than|no less than|upwards of|above|plus de|au moins"
    r"|au minimum|plus d|depasse|superieur\w* a)(?: les?)?\W*$"
)
_MOST = re.compile(
    r"\b(?:up to|at most|less than|fewer than|under|below|no more than|jusqu['’]a|moins de|au plus"
    r"|au maximum|inferieur\w* a|pas plus de)\W*$"
)
_BETWEEN = re.compile(r"^[\s%]*(?:-|–|to|and|a|et|ou|or)\s+(?=\d)")
_PER = re.compile(
    r"^\W*(?:\w+ ){0,4}?(?:(?:a|an|per|each|every|par|chaque) (?P<per>second|minute|hour|day"
    r"|night|week"
    r"|month|year|head|person|seconde|heure|jour|nuit|semaine|mois|an|annee|personne|habitant"
    r"|dose)|(?P<ly>daily|monthly|annually))\b"
)
_PER_NAMES = {
    "heure": "hour", "jour": "day", "nuit": "night", "semaine": "week", "mois": "month",
    "an": "year", "annee": "year", "personne": "person", "habitant": "person", "daily": "day",
    "monthly": "month", "annually": "year",
}  # fmt: skip
ROUNDING = 0.1  # of a value: as far as "about" reaches


@dataclass(frozen=True, slots=True)
class Amount:
    """`low` <= value <= `high`; `start:end` are characters of the text, unit included.

    `unit` is canonical ("%", "eur", "km", "year", ...) or "" for a count of things.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    per: str

    def meets(self, other: Amount) -> bool:
        """Could both be true of one thing?"""
        return (self.low <= other.high and other.low <= self.high) or _rounds(self, other)

    def equals(self, other: Amount) -> bool:
        """Do both say the same? "about 2,000" and "1,987" do; "at least 12" and "15" do not."""
        if (self.unit, self.per) != (other.unit, other.per) or not self.meets(other):
            return False
        stated, given = self.stated, other.stated
        return abs(stated - given) <= ROUNDING * max(stated, given)

    @property
    def stated(self) -> float:
        """The number as it stands in the text, hedged or not; the middle of a range."""
        if self.high == float("inf") or self.low == 0:
            return self.low or self.high
        return (self.low + self.high) / 2


def _rounds(one: Amount, other: Amount) -> bool:
    """Is one the other, rounded to the digits it has? From 100 on, or after the decimal point."""
    few, many = sorted((one.stated, other.stated), key=lambda value: len(_significant(value)))
    digits = len(_significant(few))
    if digits == len(_significant(many)) or (many == int(many) and many < 100):
        return False
    return math.isclose(float(f"{many:.{digits - 1}e}"), few)


def _significant(value: float) -> str:
    """
    >>> _significant(1300.0), _significant(0.25)
    ('13', '25')
    """
    return f"{value:.9e}".split("e")[0].replace(".", "").rstrip("0") or "0"


def amounts(text: str, language: str) -> tuple[Amount, ...]:
    """In order of place. Languages other than French are read as English.

    >>> [(a.low, a.unit) for a in amounts("2 millions d'euros pour dix-sept villes", "fr")]
    [(2000000.0, 'eur'), (17.0, '')]
    """
    tongue = "fr" if language == "fr" else "en"
    plain = flat(text)
    found: list[Amount] = []
    for match in _NUMBER[tongue].finditer(plain):
        value = _value(match, tongue)
        within = found and match.start() < found[-1].end  # the "cent" of "pour cent"
        if value is None or within:
            continue
        start, end = match.span()
        unit, symbol = "", _SYMBOL.search(plain[:start])
        if after := _UNIT.match(plain, end):
            names = zip(_UNITS, after.groups(), strict=True)
            unit, end = next(name for name, group in names if group is not None), after.end()
        elif symbol:
            unit, start = {"€": "eur", "£": "gbp", "¥": "yen"}.get(symbol[1], "usd"), symbol.start()
        per = _PER.match(plain[end : end + 60])
        rate = (per["per"] or per["ly"]) if per else ""
        low, high = _bounds(plain[max(0, start - _LEAD) : start], value)
        found.append(Amount(start, end, low, high, unit, _PER_NAMES.get(rate, rate)))
    return tuple(_ranges(plain, found))


def _value(match: re.Match[str], tongue: str) -> float | None:
    if match["digits"]:
        value = _digits(match["digits"], tongue)
        return value * _MAGNITUDES[tongue][match["big"]] if match["big"] else value
    words = [word for word in re.split(r"[^a-z]+", match["words"]) if word not in ("et", "and")]
    if words[0] in ("un", "une", "one", "a") and len(words) == 1:
        return None  # an article or a pronoun
    if all(word in _MAGNITUDES[tongue] for word in words) and words not in (["cent"], ["mille"]):
        return None  # "millions of": not a number
    return _spelt(words, tongue)


def _digits(digits: str, tongue: str) -> float:
    """
    >>> _digits("2,000,000", "en"), _digits("3,5", "fr"), _digits("1,204", "en")
    (2000000.0, 3.5, 1204.0)
    """
    bare = re.sub(rf"[{_SP}]", "", digits)
    group, point = (".", ",") if tongue == "fr" else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", bare):
        bare = bare.replace(group, "")
    return float(re.sub(r"[.,](?=.*[.,])", "", bare).replace(",", "."))


def _spelt(words: list[str], tongue: str) -> float:
    total = current = 0
    for word in words:
        size = _MAGNITUDES[tongue].get(word)
        if size == 100:
            current = max(1, current) * 100
        elif size:
            total, current = total + max(1, current) * size, 0
        elif word in ("vingt", "vingts") and current % 100 == 4:  # quatre-vingts
            current += 76
        else:
            current += _SMALL[tongue].get(word, 0)
    return float(total + current)


def _bounds(before: str, value: float) -> tuple[float, float]:
    if _LEAST.search(before):
        return value, float("inf")
    if _MOST.search(before):
        return 0.0, value
    if _ABOUT.search(before):
        return value * (1 - ROUNDING), value * (1 + ROUNDING)
    return value, value


def _ranges(plain: str, found: list[Amount]) -> list[Amount]:
    """ "between 40 and 60 wolves" is one amount."""
    made: list[Amount] = []
    for one in found:
        last = made[-1] if made else None
        if last and _BETWEEN.match(plain[last.end : one.start] + "0") and last.low < one.high:
            made[-1] = Amount(last.start, one.end, last.low, one.high, one.unit, one.per)
        else:
            made.append(one)
    return made
