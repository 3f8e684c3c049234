"""Whether to go on: how one who waits lets somebody else end the wait."""

from __future__ import annotations

from collections.abc import Callable

Going = Callable[[], None]  # asked again and again while one waits; what it raises ends the wait
PULSE = 0.3  # seconds between two looks at whether to go on


def on() -> None:
    """A Going that never ends."""
