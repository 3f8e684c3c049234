"""Documents read in a process apart, so that none of them can hang, crash or swell this one."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingest.errors import Hindered, Unreadable
from ingest.formats.kinds import Format
from ingest.going import PULSE, Going, on
from ingest.types import Draft

LARGEST = 64_000_000  # bytes of a document, its pictures included
PATIENCE = 60.0  # seconds for one document; a book of 500 pages takes 30
_DYING = 5.0  # seconds for a process to be gone after its last word
_FROM_OUTSIDE = (-1, -9, -15)  # killed by hand or for want of memory; a crash has other signals

_ROOT = str(Path(__file__).resolve().parents[2])
_START = f"import sys; sys.path.insert(0, {_ROOT!r}); from ingest.formats.child import main; main()"


class _Reader:
    """One child, started when it is first needed and again when it is gone."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._started_by = 0

    def ask(
        self, request: dict[str, Any], data: bytes, patience: float, going: Going
    ) -> dict[str, Any] | int | None:
        """The child's answer, or the exit code with which it died over the question; None where it
        lives on without one. Raises TimeoutError, OSError where no child can be started, and
        what `going` raises, which is asked in another thread.
        """
        with self._guard:
            child = self._running()
            assert child.stdin and child.stdout, "both are pipes"
            done, ended = threading.Event(), list[BaseException]()

            def watch() -> None:
                until = time.monotonic() + patience
                try:
                    while not done.wait(min(until - time.monotonic(), PULSE)):
                        going()
                        if time.monotonic() >= until:
                            raise TimeoutError
                except BaseException as error:  # whatever it is, it is for who asked
                    ended.append(error)
                    child.kill()

            watching = threading.Thread(target=watch, name="saidso-watch", daemon=True)
            watching.start()
            said = b""
            try:
                with suppress(OSError):  # it died; that there is no answer says so
                    child.stdin.write(json.dumps(request).encode() + b"\n" + data)
                    child.stdin.flush()
                    said = child.stdout.readline()
            except BaseException:  # Ctrl-C: the pipe is out of step
                self._end()
                raise
            finally:
                done.set()
            watching.join()
            if ended:
                self._end()
                raise ended[0]
            if not said.endswith(b"\n"):
                with suppress(subprocess.TimeoutExpired):  # or our own end of it would be its code
                    child.wait(_DYING)
                code = child.returncode
                self._end()
                return code
            answer: dict[str, Any] = json.loads(said)
            if answer.get("last"):
                self._end()
            return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child and self._started_by == os.getpid() and self._child.poll() is None:
            return self._child
        self._started_by = os.getpid()  # after a fork the pipes belong to the parent
        self._child = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._child

    def _end(self) -> None:
        if self._child and self._started_by == os.getpid():
            self._child.kill()
            for pipe in (self._child.stdin, self._child.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            self._child.wait()
        self._child = None

    def close(self) -> None:
        with self._guard:
            self._end()


_reader = _Reader()
atexit.register(_reader.close)


def drafts(
    kind: Format,
    data: bytes,
    *,
    origin: str,
    name: str,
    patience: float = PATIENCE,
    going: Going = on,
    **about: Any,
) -> list[Draft]:
    """The articles in one document. Raises Unreadable, whatever is wrong with it; Hindered where
    that may be this machine; and what `going` raises.
    """
    if len(data) > LARGEST:
        raise Unreadable(f"{len(data):,} bytes; a document may have {LARGEST:,}: split it")
    about |= {"origin": origin, "name": name}
    return [Draft(**one) for one in _asked(kind, data, about, patience, going)["drafts"]]


def listing(
    data: bytes,
    *,
    url: str,
    charset: str | None,
    patience: float = PATIENCE,
    going: Going = on,
) -> tuple[list[tuple[str, str]], list[str]]:
    """What a feed at `url` lists, as in `ingest.formats.feed.Listing`. Raises as `drafts` does."""
    said = _asked(Format.FEED, data, {"url": url, "charset": charset}, patience, going)
    return [(page, when) for page, when in said["pages"]], said["lists"]


def _asked(
    kind: Format, data: bytes, about: dict[str, Any], patience: float, going: Going
) -> dict[str, Any]:
    request = {"kind": str(kind), "size": len(data), "about": about}
    try:
        said = _reader.ask(request, data, patience, going)
    except TimeoutError:  # the machine may have been busy, or asleep
        raise Hindered(
            f"not read within {patience:.0f} s; save its text as .txt, or split it"
        ) from None
    except OSError as error:
        why = error.strerror or error
        raise Hindered(
            f"the process that would read it does not start ({why}); try again"
        ) from None
    if said in _FROM_OUTSIDE:
        raise Hindered("the process that read it was killed, as for want of memory; try again")
    if not isinstance(said, dict):
        raise Unreadable(f"reading it brought its reader down; it is damaged, or no {kind} file")
    if "refused" in said:
        raise Unreadable(said["refused"])
    return said


close = _reader.close
