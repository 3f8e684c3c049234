"""One row a story; nothing is lost by folding, whatever a filter left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.snapshot import Listed
from qa.fold import folded

# b and d are reprints of a, c of b: a chain.
ORIGINALS = {"b": "a", "c": "b", "d": "a"}


def shown(found: str) -> list[str]:
    """Heads, each with what is folded behind it."""
    folds = folded([Listed(one, "AFP", None) for one in found], ORIGINALS)
    return ["".join([one.head.id, *(other.id for other in one.others)]) for one in folds]


@pytest.mark.parametrize(
    ("found", "rows"),
    [
        ("abcdx", ["abcd", "x"]),
        ("dxcba", ["x", "adcb"]),  # where the original stands
        ("dxcb", ["dcb", "x"]),  # which a filter left out
        ("xy", ["x", "y"]),
        ("", []),
    ],
)
def test_folded(found: str, rows: list[str]) -> None:
    assert shown(found) == rows


@given(st.permutations("abcdxy").flatmap(lambda all: st.integers(0, 6).map(lambda n: all[:n])))
def test_every_article_is_there_once(found: list[str]) -> None:
    assert sorted("".join(shown("".join(found)))) == sorted(found)
