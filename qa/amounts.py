"""The numbers of a sentence, as values with units, in English and French; pure.

"2 millions d'euros", "€2,000,000" and "two million euros" are the same amount. Not amounts: years
and other dates (qa/moments.py), ordinals, and the numbers in names ("A320", "S-300").
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ingest.words import flat
from qa.numerals import MAGNITUDES, NUMBER, SMALL, SPACE, numeral, spelt

_UNITS = {
    "%": r"%|per ?cent|percent|pour ?cent",
    "point": r"(?:percentage )?points?(?: de pourcentage)?",
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
_UNIT = re.compile(rf"[{SPACE}-]?(?:d['’]|de )?(?:{_ANY_UNIT})(?!\w)")
_SYMBOL = re.compile(r"((?<!\w)(?:us|au?|ca?|nz|hk)\$|[$€£¥])\s?$")
_CURRENCIES = {"€": "eur", "£": "gbp", "¥": "yen", "$": "usd", "us$": "usd"}
# "£30m", "1,5 Md€": magnitudes only beside a sign of money.
_SHORT = {"k": 1000, "m": 10**6, "mn": 10**6, "md": 10**9, "mds": 10**9, "bn": 10**9, "tn": 10**12}
_SHORTLY = re.compile(rf"[{SPACE}]?(mds?|mn?|k|bn|tn)\b")
_SIGN = re.compile(rf"[{SPACE}]?(?:€|\$|£|euros?\b|dollars?\b)")
LABEL = "no."  # which of them, not how many: "reactor 2"
_LABELS = re.compile(
    r"\b(?:articles?|chapter|chapitre|clause|section|page|line|ligne|route|bus|flight|vol|room|salle"
    r"|reactor|reacteur|number|numero|no\.?|n°|unit|unite|tranche|phase|group|groupe|level|niveau"
    r"|channel|chaine|type|version|round|tour|(?<!\w )(?:day|jour|week|semaine)) $"
)
_LEAD = 28  # characters before a number in which its hedge stands
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated at"
    r"|environ|pres de|quelque|presque|autour de|a peu pres|plutot|quasiment|pas loin de)"
    r"(?: (?:de|d|the|les|l))?\W*$"
)
_LEAST = re.compile(
    r"\b(?:at least|(?<!no )(?<!not )more than|over|no fewer than|no less than|not less than"
    r"|upwards of|above|(?<!pas )plus de|pas moins de|au moins"
    r"|au minimum|plus d|depasse|superieur\w* a|(?:a|un) minimum (?:of|de))(?: les?)?\W*$"
)
_MOST = re.compile(
    r"\b(?:up to|as many as|as much as|(?:a|un) maximum (?:of|de)|at most|less than|fewer than"
    r"|not more than|under|below|no more than|jusqu['’]a|moins de|au plus"
    r"|au maximum|inferieur\w* a|pas plus de)\W*$"
)
# What is counted may stand between: "15 people or more", "15 morts au moins"; but not "15 people,
# at least three of them children".
_OF_MORE = rf"(?! (?:\d|half|la moitie|{'|'.join({**SMALL['en'], **SMALL['fr']})}))\b"
_OR_MORE = re.compile(
    r"^(?: [a-z'’-]+){0,2},? "
    rf"(?:or more|ou plus|(?:at least|au moins|au minimum)\b{_OF_MORE})"
)
_OR_LESS = re.compile(
    r"^(?: [a-z'’-]+){0,2},? "
    rf"(?:or (?:less|fewer)|ou moins|(?:at most|au plus|au maximum)\b{_OF_MORE})"
)
_BETWEEN = re.compile(r"^[\s%]*(?:[-–]\s*|(?:to|a|ou|or)\s+)(?=\d)")
_AND = re.compile(r"^[\s%]*(?:and|et)\s+(?=\d)")  # joins two numbers only after "between"
_EITHER = re.compile(r"\b(?:between|entre)\W*(?:\w+\W+)?$")
_MAGNITUDE = re.compile(rf"\d[{SPACE}-]?([a-z]+)")
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
_FEW = r"\d|one|two|three|four|five|six|seven|eight|nine|une?|deux|trois|quatre|cinq|sept|huit|neuf"
_MANY = r"two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix"
_SHARE = re.compile(
    rf"\b({_FEW}) (?:in|(?:[a-z]+ )?(?:out of|sur)) ({_MANY}|\d{{1,3}})\b"
    r"(?! (?:more|other|autres?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|jours?|heures?"
    r"|metres?|kilometres?|km|m|places|cities|countries|villes|pays)\b)"
)
ROUNDING = 0.1  # of a value: as far as "about" reaches


@dataclass(frozen=True, slots=True)
class Amount:
    """`low` <= value <= `high`; `start:end` are characters of the text, unit included.

    `unit` is canonical ("%", "eur", "km", "year", ...), "" for a count of things, LABEL for none.
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
    for match in NUMBER[tongue].finditer(plain):
        value = numeral(match, tongue)
        within = found and match.start() < found[-1].end  # the "cent" of "pour cent"
        if value is None or within:
            continue
        start, end = match.span()
        unit, symbol = "", _SYMBOL.search(plain[:start])
        short = _SHORTLY.match(plain, end) if match["digits"] and not match["big"] else None
        if short and (symbol or _SIGN.match(plain, short.end())):
            value, end = value * _SHORT[short[1]], short.end()
        if after := _UNIT.match(plain, end):
            names = zip(_UNITS, after.groups(), strict=True)
            unit, end = next(name for name, group in names if group is not None), after.end()
        elif symbol:
            unit, start = _CURRENCIES.get(symbol[1], symbol[1]), symbol.start()
        elif _LABELS.search(plain[:start]):
            unit = LABEL
        elif plain[end : end + 1].isalpha():
            continue  # "12k": of what, it does not say
        per = _PER.match(plain[end : end + 60])
        rate = (per["per"] or per["ly"]) if per else ""
        low, high = _bounds(plain[max(0, start - _LEAD) : start], plain[end : end + _LEAD], value)
        found.append(Amount(start, end, low, high, unit, _PER_NAMES.get(rate, rate)))
    return tuple(_shares(plain, _ranges(plain, found, tongue), tongue))


def _bounds(before: str, after: str, value: float) -> tuple[float, float]:
    if _LEAST.search(before) or _OR_MORE.match(after):
        return value, float("inf")
    if _MOST.search(before) or _OR_LESS.match(after):
        return 0.0, value
    if _ABOUT.search(before):
        return value * (1 - ROUNDING), value * (1 + ROUNDING)
    return value, value


def _ranges(plain: str, found: list[Amount], tongue: str) -> list[Amount]:
    """ "between 40 and 60 wolves" is one amount; "5 to 6 million" starts at 5 million."""
    made: list[Amount] = []
    for one in found:
        if made and (low := _lower_end(plain, made[-1], one, tongue)) < one.high:
            made[-1] = Amount(made[-1].start, one.end, low, one.high, one.unit, one.per)
        else:
            made.append(one)
    return made


def _lower_end(plain: str, one: Amount, other: Amount, tongue: str) -> float:
    """Where a range starts that goes from `one` to `other`; infinity where they are none."""
    joint, ahead = plain[one.end : other.start] + "0", plain[max(0, one.start - _LEAD) : one.start]
    if one.unit not in ("", other.unit):
        return math.inf
    if not (_BETWEEN.match(joint) or (_AND.match(joint) and _EITHER.search(ahead))):
        return math.inf
    sizes = [
        MAGNITUDES[tongue].get(big[1]) if (big := _MAGNITUDE.search(plain, *span)) else None
        for span in ((one.start, one.end), (other.start, other.end))
    ]
    return one.low * (sizes[1] or 1 if sizes[0] is None and not one.unit else 1)


def _shares(plain: str, found: list[Amount], tongue: str) -> list[Amount]:
    """ "one in three schools" is about 33 %, and no three schools."""
    made, shares = [], []
    for match in _SHARE.finditer(plain):
        few, many = (
            float(said) if said.isdigit() else spelt([said], tongue) for said in match.groups()
        )
        if 0 < few < many:
            part = 100 * few / many
            low, high = part * (1 - ROUNDING), part * (1 + ROUNDING)
            shares.append(Amount(match.start(), match.end(), low, high, "%", ""))
    for one in found:
        if not any(share.start < one.end and one.start < share.end for share in shares):
            made.append(one)
    return sorted([*made, *shares], key=lambda one: one.start)
