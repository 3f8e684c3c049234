"""A bar of progress on a terminal; silence elsewhere. The one door to tqdm."""

from __future__ import annotations

import sys

from tqdm import tqdm


class Bar(tqdm):  # type: ignore[type-arg]
    """`total` may be unknown. Use it in a `with`, so that it is wiped when the work is done."""

    def __init__(self, total: int | None, unit: str = "articles") -> None:
        quiet = not sys.stderr.isatty()
        super().__init__(total=total, unit=f" {unit}", disable=quiet, leave=False)

    def tick(self, _: str = "") -> None:
        """One more is done."""
        self.update()

    def expect(self, more: int) -> None:
        """More have come to light."""
        self.total = (self.total or 0) + more
        self.refresh()

    def at(self, what: str) -> None:
        """What is being worked on."""
        self.set_postfix_str(what[-60:])
