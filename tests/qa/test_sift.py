"""The table's filters and orders."""

from __future__ import annotations

import pytest

from ingest.snapshot import Listed
from qa.sift import SORTS, Sieve, asked, choices, sifted

ALL = (
    Listed("a", "Le Monde", "2022-09", "Été à Brest", "fr", "2026-01-02T00:00:00+00:00"),
    Listed("b", "AFP", "2022-09-15", "Zones of silence", "en", "2026-01-03T00:00:00+00:00"),
    Listed("c", "AFP", None, "Boats", "en", "2026-01-01T00:00:00+00:00"),
    Listed("d", "Le Monde", "2023", "Arbres", "fr", "2026-01-02T00:00:00+00:00"),
)


def ids(sieve: Sieve) -> str:
    return "".join(one.id for one in sifted(ALL, sieve))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("added", "badc"),
        ("newest", "dbac"),
        ("oldest", "abdc"),
        ("by title", "dcab"),
        ("by source", "bcad"),
        ("by language", "bcad"),
    ],
)
def test_orders(sort: str, order: str) -> None:
    assert ids(Sieve(sort=sort)) == order


def test_every_order_was_tested_above() -> None:
    assert set(SORTS) == {"added", "newest", "oldest", "by title", "by source", "by language"}


@pytest.mark.parametrize(
    ("sieve", "found"),
    [
        (Sieve(words="ETE brest"), "a"),
        (Sieve(words="afp 2022"), "b"),
        (Sieve(tongue="fr"), "ad"),
        (Sieve(source="AFP", tongue="en"), "bc"),
        (Sieve(first="2022-09-20"), "ad"),  # a part of September is after the 20th
        (Sieve(first="2022-10-01"), "d"),
        (Sieve(last="2022-09-01"), "a"),
        (Sieve(last="2022-12-31"), "ba"),
        (Sieve(first="2022-09-10", last="2022-09-15"), "ba"),
        (Sieve(first="2024"), ""),
    ],
)
def test_filters(sieve: Sieve, found: str) -> None:
    assert sorted(ids(sieve)) == sorted(found)


@pytest.mark.parametrize(
    ("typed", "read"), [("202", ""), ("2022", "2022"), ("2022-1", "2022"), ("2022-11x", "2022-11")]
)
def test_a_date_counts_as_far_as_it_is_typed(typed: str, read: str) -> None:
    assert asked({"first": typed, "last": typed}) == Sieve(first=read, last=read)


@pytest.mark.parametrize(
    "wanted", [{}, {"page": "x", "sort": 7, "words": None}, {"page": -3}, {"page": [1]}]
)
def test_what_makes_no_sense_asks_nothing(wanted: dict[str, object]) -> None:
    assert asked(wanted) == Sieve()


def test_choices_are_worth_choosing() -> None:
    assert choices(ALL) == (["en", "fr"], ["AFP", "Le Monde"])
    many = [Listed(str(n), f"{n}.txt", None) for n in range(300)]
    assert choices([*many, *ALL])[1] == ["AFP", "Le Monde"]
