"""Numbers, times and names in a sentence, in both languages."""

from __future__ import annotations

from math import inf

import pytest

from qa.amounts import amounts
from qa.moments import clash, moments
from qa.names import names


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2 millions d'euros", "fr", [(2e6, 2e6, "eur")]),
        ("€2,000,000", "en", [(2e6, 2e6, "eur")]),
        ("two million euros", "en", [(2e6, 2e6, "eur")]),
        ("1 200 pilotes", "fr", [(1200, 1200, "")]),
        ("3,5 milliards", "fr", [(3.5e9, 3.5e9, "")]),
        ("$1.5bn", "en", [(1.5e9, 1.5e9, "usd")]),
        ("quatre-vingt-dix-sept villes", "fr", [(97, 97, "")]),
        ("trois cent mille", "fr", [(300_000, 300_000, "")]),
        ("one hundred and five", "en", [(105, 105, "")]),
        ("dix-huit pour cent", "fr", [(18, 18, "%")]),
        ("18 percent", "en", [(18, 18, "%")]),
        ("at least 12 dead", "en", [(12, inf, "")]),
        ("jusqu'à 40 km", "fr", [(0, 40, "km")]),
        ("between 40 and 60 wolves", "en", [(40, 60, "")]),
        ("killed 12 and 15 were hurt", "en", [(12, 12, ""), (15, 15, "")]),
        ("5 to 6 million people", "en", [(5e6, 6e6, "")]),
        ("de 5 à 6 milliards d'euros", "fr", [(5e9, 6e9, "eur")]),
        ("15 people or more", "en", [(15, inf, "")]),
        ("15 morts au moins", "fr", [(15, inf, "")]),
        ("15 people, at least three of them boys", "en", [(15, 15, ""), (3, inf, "")]),
        ("a minimum of 15 people", "en", [(15, inf, "")]),
        ("as many as 30 people", "en", [(0, 30, "")]),
        ("no more than 30 people", "en", [(0, 30, "")]),
        ("pas moins de 30 morts", "fr", [(30, inf, "")]),
        ("two in five schools", "en", [(36, 44, "%")]),
        ("quatre écoles sur dix", "fr", [(36, 44, "%")]),
        ("2 in 3 days", "en", [(2, 2, ""), (3, 3, "day")]),
        ("£30m", "en", [(3e7, 3e7, "gbp")]),
        ("30m long", "en", [(30, 30, "m")]),
        ("1,5 Md€", "fr", [(1.5e9, 1.5e9, "eur")]),
        ("300K euros", "en", [(3e5, 3e5, "eur")]),
        ("A$15 million", "en", [(1.5e7, 1.5e7, "a$")]),
        ("2 points", "en", [(2, 2, "point")]),
        ("reactor 2", "en", [(2, 2, "no.")]),
        ("an A320, an F-16 and an S-300", "en", []),
        ("millions of shells", "en", []),
        ("une usine", "fr", []),
    ],
)
def test_amounts(text: str, language: str, expected: list[tuple[float, float, str]]) -> None:
    assert [(one.low, one.high, one.unit) for one in amounts(text, language)] == expected


def test_an_amount_is_where_it_says() -> None:
    text = "Le prix a augmenté de 18 % en un an."
    (one,) = amounts(text, "fr")
    assert text[one.start : one.end] == "18 %"


@pytest.mark.parametrize(
    ("one", "other", "equal", "possible"),
    [
        ("about 2,000", "1,987", True, True),
        ("2,000", "1,987", True, True),  # rounded, though nothing says so
        ("1.3 million", "1.27 million", True, True),
        ("5.2 %", "5.6 %", False, False),
        ("40", "43", False, False),
        ("at least 12", "15", False, True),
        ("12 euros", "12 dollars", False, True),
    ],
)
def test_what_may_be_the_same_amount(one: str, other: str, equal: bool, possible: bool) -> None:
    (a,), (b,) = amounts(one, "en"), amounts(other, "en")
    assert a.equals(b) == b.equals(a) == equal
    assert a.meets(b) == b.meets(a) == possible


@pytest.mark.parametrize(
    ("a", "b", "published", "apart"),
    [
        ("in 2021", "in 2022", (None, None), True),
        ("en mars", "in March", (None, None), False),
        ("le 5 septembre", "on September 5", (None, None), False),
        ("on Monday", "lundi", ("2023-04-11", "2023-04-12"), False),
        ("on Monday", "on Monday", ("2023-04-11", "2023-05-11"), True),
        ("on Monday", "on Tuesday", (None, None), True),
        ("yesterday", "yesterday", ("2023-04-11", "2023-05-11"), True),
        ("at 6 a.m.", "by noon", (None, None), True),
        ("once", "today", (None, None), True),
    ],
)
def test_other_times(a: str, b: str, published: tuple[str | None, str | None], apart: bool) -> None:
    assert clash(moments(a), moments(b), published) == apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il s'est rendu à Pékin.", ["beijing"]),
        ("La Corée du Nord vend des obus à l'Ukraine.", ["north korea", "ukraine"]),
        ("Inflation rose in March.", []),
        ("Poland pays; Alice Monroe's firm delivers.", ["poland", "alice monroe"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [one.key for one in names(text)] == expected
