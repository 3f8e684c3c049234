"""The floors of agreement: a false "they disagree" is worse than one that is missed."""

from __future__ import annotations

import pytest

from ingest.choose import chosen_encoder
from lab.agreement import HALVES, Judged, counts, judged
from qa.agree import Relation

pytestmark = pytest.mark.slow

# (half, relation): precision, recall
FLOORS = {
    ("dev", Relation.SAME): (0.97, 0.88),
    ("dev", Relation.DISAGREE): (0.97, 0.88),
    ("held out", Relation.SAME): (0.89, 0.90),
    ("held out", Relation.DISAGREE): (0.97, 0.85),
}


@pytest.fixture(scope="module")
def pairs() -> list[Judged]:
    return judged(chosen_encoder())


def test_the_set_is_as_large_as_it_should_be(pairs: list[Judged]) -> None:
    for half in HALVES:
        assert sum(one.half == half for one in pairs) >= 90


@pytest.mark.parametrize(("half", "relation"), FLOORS)
def test_no_figure_falls(pairs: list[Judged], half: str, relation: Relation) -> None:
    right, found, marked = counts([one for one in pairs if one.half == half], relation)
    precision, recall = FLOORS[half, relation]
    assert right / found >= precision
    assert right / marked >= recall
