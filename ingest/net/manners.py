"""What is remembered of hosts from one run to the next within a process, so that whoever names one
address after another is no ruder than a run that is given all of them. In memory only, and bounded.
"""

from __future__ import annotations

import time
from typing import Generic, TypeVar

from ingest.net.robots import Rules

_HOSTS = 1000  # remembered at once
_ASKED = 60.0  # seconds; no pause between two requests is longer
_ENOUGH = 600.0  # seconds for which a host that asked to be left alone is
_RULES = 3600.0  # seconds for which a robots.txt holds; RFC 9309 allows a day
_ROBOTS = 1_000_000  # bytes of robots.txt, all together; parsed they take up to thirty times that

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Values of the last `seconds`, as long as they weigh no more than `most`; the oldest go first.

    >>> some = Recent[str](60.0, 2)
    >>> for key in ("a", "b", "c"):
    ...     some.put(key, key.upper())
    >>> some.get("a"), some.get("c")
    (None, 'C')
    """

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds, self._most, self._weight = seconds, most, 0
        self._held: dict[str, tuple[float, int, Value]] = {}  # put when, weight; oldest first

    def get(self, key: str) -> Value | None:
        self._let_go()
        return self._held[key][2] if key in self._held else None

    def put(self, key: str, value: Value, weight: int = 1) -> None:
        if key in self._held:
            self._drop(key)
        self._held[key] = (time.monotonic(), weight, value)
        self._weight += weight
        self._let_go()

    def _let_go(self) -> None:
        since = time.monotonic() - self._seconds
        while self._held:
            oldest, (when, _, _) = next(iter(self._held.items()))
            if when > since and self._weight <= self._most:
                return
            self._drop(oldest)

    def _drop(self, key: str) -> None:
        self._weight -= self._held.pop(key)[1]


class Manners:
    """Of each host: when it was last done with, and why it is to be left alone; of each scheme,
    host and port what its robots.txt says. Use it in one thread at a time.
    """

    def __init__(self) -> None:
        self.asked: Recent[float] = Recent(_ASKED, _HOSTS)
        self.enough: Recent[str] = Recent(_ENOUGH, _HOSTS)
        self._rules: Recent[Rules] = Recent(_RULES, _ROBOTS)

    def rules(self, root: str) -> Rules | None:
        return self._rules.get(root)

    def keep(self, root: str, rules: Rules) -> None:
        """Unless there was trouble with them, which may be over."""
        if not rules.trouble:
            self._rules.put(root, rules, rules.size + _ROBOTS // _HOSTS)
