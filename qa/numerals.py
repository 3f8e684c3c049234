"""How numbers are written, in digits and in words, in English and French; pure."""

from __future__ import annotations

import re

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
MAGNITUDES = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9}
    | {"trillion": 10**12},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6}
    | {"milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12},
}


def _small(language: str) -> dict[str, int]:
    made = {word: n for n, word in enumerate(_ONES[language].split()) if word != "."}
    made |= {word: 10 * n for n, word in enumerate(_TENS[language].split(), 2)}
    return made | ({"vingts": 20, "un": 1, "une": 1} if language == "fr" else {"one": 1})


SMALL = {language: _small(language) for language in ("en", "fr")}
SPACE = " \u00a0\u202f"
_DIGITS = (
    rf"(?<![\w.,-])\d{{1,3}}(?:[{SPACE},.]\d{{3}})+(?!\d)(?:[.,]\d+)?"  # in groups of three
    r"|(?<![\w,.])(?<![A-Za-z]-)\d+(?:[.,]\d+)?"
)


def _pattern(language: str) -> re.Pattern[str]:
    some = "|".join(sorted({*SMALL[language], *MAGNITUDES[language]}, key=len, reverse=True))
    big = "|".join(sorted(MAGNITUDES[language], key=len, reverse=True))
    joint = rf"(?:[{SPACE}-]|[{SPACE}-]et[{SPACE}-]|[{SPACE}]and[{SPACE}])"
    glued = r"(?=(?:km|kg|bn|h|m|k|mds?)\b|\W|$)"
    return re.compile(
        rf"(?P<digits>{_DIGITS}){glued}(?:[{SPACE}-]?(?P<big>{big})\b)?"
        rf"|\b(?P<words>(?:{some})(?:{joint}(?:{some}))*)\b",
    )


NUMBER = {language: _pattern(language) for language in ("en", "fr")}


def numeral(match: re.Match[str], tongue: str) -> float | None:
    if match["digits"]:
        value = _digits(match["digits"], tongue)
        return value * MAGNITUDES[tongue][match["big"]] if match["big"] else value
    words = [word for word in re.split(r"[^a-z]+", match["words"]) if word not in ("et", "and")]
    if words[0] in ("un", "une", "one", "a") and len(words) == 1:
        return None  # an article or a pronoun
    if all(word in MAGNITUDES[tongue] for word in words) and words not in (["cent"], ["mille"]):
        return None  # "millions of": not a number
    return spelt(words, tongue)


def _digits(digits: str, tongue: str) -> float:
    """
    >>> _digits("2,000,000", "en"), _digits("3,5", "fr"), _digits("1,204", "en")
    (2000000.0, 3.5, 1204.0)
    """
    bare = re.sub(rf"[{SPACE}]", "", digits)
    group, point = (".", ",") if tongue == "fr" else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", bare):
        bare = bare.replace(group, "")
    return float(re.sub(r"[.,](?=.*[.,])", "", bare).replace(",", "."))


def spelt(words: list[str], tongue: str) -> float:
    total = current = 0
    for word in words:
        size = MAGNITUDES[tongue].get(word)
        if size == 100:
            current = max(1, current) * 100
        elif size:
            total, current = total + max(1, current) * size, 0
        elif word in ("vingt", "vingts") and current % 100 == 4:  # quatre-vingts
            current += 76
        else:
            current += SMALL[tongue].get(word, 0)
    return float(total + current)
