"""What is tried stays in its range; what is shipped is what the chat uses."""

from __future__ import annotations

import pytest

from qa.confidence import THRESHOLD
from qa.retrieve import ARTICLE_SHARE, LEXICAL_WEIGHT
from qa.sentence import NEAR
from qa.settings import RANGES, READ, SHIPPED, Settings, tried


def test_shipped_is_what_each_module_says() -> None:
    assert Settings(LEXICAL_WEIGHT, ARTICLE_SHARE, READ, NEAR, THRESHOLD) == SHIPPED
    for name, (least, most, _) in RANGES.items():
        assert least <= getattr(SHIPPED, name) <= most


@pytest.mark.parametrize(
    "wanted", [None, [], "x", {}, {"near": "much", "read": None, "other": 7, "lexical": [1]}]
)
def test_what_is_no_setting_is_as_shipped(wanted: object) -> None:
    assert tried(wanted) == SHIPPED


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ({"lexical": "0.5"}, Settings(lexical=0.5)),
        ({"read": "3000.6", "near": -1}, Settings(read=3001, near=0.0)),
        ({"read": 10**400, "near": "1e999", "threshold": "nan"}, SHIPPED),
        ({"read": 99, "threshold": 2}, Settings(read=300, threshold=1.0)),
    ],
)
def test_what_is_tried_is_brought_into_its_range(wanted: dict[str, object], made: Settings) -> None:
    assert tried(wanted) == made
