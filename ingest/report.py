"""An ingest's report in words, and how a command line speaks."""

from __future__ import annotations

import io
import os
import sys

from ingest.types import Report

_SHOWN = 20  # names a line; a thousand of them help nobody


def speak_utf8() -> None:
    """JSON is UTF-8 whatever the terminal; a file name that is not becomes an escape.

    Line by line, so that a broken pipe is met by whoever prints and not by the interpreter's end.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)


def stop_speaking() -> int:
    """After a broken pipe: whoever listened, `| head` say, has heard enough; an exit code."""
    with open(os.devnull, "w") as nowhere:  # else the interpreter complains when it flushes
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 0


def summary(report: Report, *, dry_run: bool = False) -> str:
    lines = []
    for word, ids in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        if ids:
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            lines.append(f"{word} {len(ids)}: {', '.join(ids[:_SHOWN])}{more}")
    if report.reprints:
        said = [f"{one} of {of}" for one, of in list(report.reprints.items())[:_SHOWN]]
        more = f" and {len(report.reprints) - _SHOWN} more" if len(report.reprints) > _SHOWN else ""
        lines.append(f"reprints {len(report.reprints)}: {', '.join(said)}{more}")
    if report.unchanged:
        lines.append(f"unchanged {len(report.unchanged)}")
    lines += [f"rejected {one.source}: {one.reason}" for one in report.rejected]
    if not lines:
        lines.append("nothing to read here")
    last = "a dry run: nothing was written" if dry_run else f"{report.passages} passages embedded"
    return "\n".join([*lines, f"{last}, {report.seconds:.1f} s"])
