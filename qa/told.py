"""Why something was refused, told on the page; on the terminal too where the page has no words."""

from __future__ import annotations

import sys

from ingest.errors import SaidsoError
from ingest.terminal import shown
from qa.page.reasons import UNKNOWN, reason


def told(error: SaidsoError, language: str) -> str:
    """The reason in the page's language. One that sends people to the terminal is found there."""
    said = reason(str(error), language)
    if said == UNKNOWN:
        complain(error)
    return said


def complain(error: SaidsoError) -> None:
    """The error on the terminal, as the command lines say theirs."""
    said = shown(str(error), sys.stderr)
    print(f"saidso: {said}", file=sys.stderr, flush=True)  # noqa: T201 - nobody else would say it
