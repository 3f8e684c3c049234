"""What an answer is weighed with: the chat as shipped, the search page as it is tried there.

Each number stands, with its why, beside what uses it; here they are one value to pass on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from qa.confidence import THRESHOLD
from qa.retrieve import ARTICLE_SHARE, LEXICAL_WEIGHT
from qa.sentence import NEAR

READ = 3_200  # characters, around the nearest: reading costs most of a question's time


@dataclass(frozen=True, slots=True)
class Settings:
    """The confidence is calibrated for these values; with others it only orders."""

    lexical: float = LEXICAL_WEIGHT
    article: float = ARTICLE_SHARE
    read: int = READ
    near: float = NEAR
    threshold: float = THRESHOLD


SHIPPED = Settings()
# Least, most and step of what may be tried.
RANGES: Mapping[str, tuple[float, float, float]] = {
    "lexical": (0.0, 1.0, 0.05),
    "article": (0.0, 1.0, 0.05),
    "read": (300, 12_000, 100),
    "near": (0.0, 48.0, 1.0),
    "threshold": (0.0, 1.0, 0.01),
}


def tried(wanted: object) -> Settings:
    """Settings by name, from anywhere: what is missing or no number is as shipped, the rest is
    brought into its range.

    >>> tried({"lexical": "0.5", "read": 99, "near": "much"})
    Settings(lexical=0.5, article=0.5, read=300, near=20.0, threshold=0.59)
    """
    given = wanted if isinstance(wanted, Mapping) else {}
    made: dict[str, float] = {}
    for one in fields(Settings):
        try:
            value = float(given[one.name])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
        if math.isfinite(value):
            least, most, _ = RANGES[one.name]
            made[one.name] = min(most, max(least, value))
    if "read" in made:
        made["read"] = round(made["read"])
    return Settings(**made)  # type: ignore[arg-type]  # `read` was rounded to an int
