"""The process that reads documents for another: it may hang, crash or swell, and only it.

It speaks JSON lines: a request and the bytes it announces come in, drafts or a refusal go out.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from ingest.draft import LARGEST
from ingest.errors import Unreadable
from ingest.formats.kinds import Format
from ingest.types import Draft

try:
    import resource
except ImportError:  # Windows has no such limits; time is limited all the same
    resource = None  # type: ignore[assignment]

MEMORY = 2_000_000_000  # bytes of address space
_SWOLLEN = 700_000  # KB in use; from there on a fresh process is better
_DEPTH = 5000  # calls; documents nest deeper than programs do


def read(kind: Format, data: bytes, **about: Any) -> list[Draft]:
    """The drafts in one document. `about` is what the format's reader takes."""
    # Each of these imports a library that only its own format needs.
    if kind is Format.HTML:
        from ingest.formats import html

        return [html.draft(data, **about)]
    if kind is Format.PDF:
        from ingest.formats import pdf

        return [pdf.draft(data, **about)]
    if kind is Format.DOCX:
        from ingest.formats import docx

        return [docx.draft(data, **about)]
    if kind is Format.EPUB:
        from ingest.formats import epub

        return epub.drafts(data, **about)
    from ingest.formats import mail

    return [mail.draft(data, **about)]


def answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    kind = Format(asked["kind"])
    try:
        if kind is Format.FEED:
            from ingest.formats import feed  # as below

            return dict(feed.listing(data, **asked["about"]))
        found = read(kind, data, **asked["about"])
        if sum(len(one.text) for one in found) > 10 * LARGEST:
            raise Unreadable("more text than ten articles may have; split it")
        return {"drafts": [asdict(one) for one in found]}
    except Unreadable as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": f"needs more than {MEMORY:,} bytes of memory to read", "last": True}
    except RecursionError:
        return {"refused": "nested too deeply to be read", "last": True}
    except Exception as error:  # a parser stumbled over what no parser expects
        told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return {"refused": f"damaged, or not quite a {kind} file ({told}); save it again"}


def _largest() -> int:
    """KB that this process has had in use at once. It begins with what its parent has had, which
    may be more than it will ever have itself.
    """
    if resource is None:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most  # bytes there


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked decides when to stop
    sys.setrecursionlimit(_DEPTH)
    if resource is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    inherited = _largest()
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        said = answer(asked, sys.stdin.buffer.read(asked["size"]))
        said["last"] = said.get("last") or _largest() > max(_SWOLLEN, inherited)
        told.write(json.dumps(said).encode() + b"\n")
        told.flush()
        if said.get("last"):
            return
