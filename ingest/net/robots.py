"""What a host asks of programs that read it (robots.txt, RFC 9309). The one door to protego."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

NAME = "saidso"  # what a robots.txt calls us
_SLOWEST = 30.0  # seconds between two requests; some ask for hours, to say "do not"


@dataclass(frozen=True, slots=True)
class Rules:
    """`trouble` says why nothing of the host may be read, where that is so. `size`: bytes."""

    parsed: Protego | None = None
    trouble: str = ""
    size: int = 0

    def allow(self, address: str) -> bool:
        return self.parsed is None or bool(self.parsed.can_fetch(address, NAME))

    @property
    def delay(self) -> float:
        """Seconds the host wants between two requests; 0 where it says nothing."""
        asked = self.parsed.crawl_delay(NAME) if self.parsed else None
        return min(max(asked or 0.0, 0.0), _SLOWEST)


def rules(status: int, body: bytes) -> Rules:
    """From the answer for /robots.txt: one that is not there forbids nothing, one that cannot be
    read now forbids all.
    """
    if status == 200:
        said = body.decode("utf-8", "replace").removeprefix("\ufeff")
        return Rules(Protego.parse(said), size=len(body))
    if 400 <= status < 500 and status != 429:
        return Rules()
    return Rules(trouble=f"its robots.txt cannot be read now (HTTP {status}); try again later")
