"""Who may log in to the chat: a file of names with hashed passwords, and patience with mistakes.

A line is `name:scrypt$17$8$1$SALT$HASH` (log2 of N, r, p; base64): scrypt with what OWASP asks for.
The file is read again when it changes: whoever is taken out of it is out at once, and whoever has
a new password in it has to log in with that (`qa.sessions`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SaidsoError

TRIES = 5  # wrong passwords in a row that lock a name
LOCKED = 300.0  # seconds; each wrong one after that locks it as long again
SHORTEST = 8  # characters of a password
_LONGEST = 1000  # characters; more of them would only cost time
_AT_ONCE = 2  # passwords hashed side by side, 128 MB and a good part of a second each
_COST = (17, 8, 1)  # log2 of N, r, p
_MOST_MEMORY = 1 << 30  # bytes that a line may ask for


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, hashed; `log_n`, `r`, `p` are scrypt's."""

    log_n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    def fits(self, password: str) -> bool:
        made = _hashed(password, self.salt, self.log_n, self.r, self.p)
        return hmac.compare_digest(made, self.digest)

    def __str__(self) -> str:
        salt, digest = (base64.b64encode(one).decode() for one in (self.salt, self.digest))
        return f"scrypt${self.log_n}${self.r}${self.p}${salt}${digest}"


def secret(password: str) -> Secret:
    salt = secrets.token_bytes(16)
    return Secret(*_COST, salt, _hashed(password, salt, *_COST))


def read(path: Path) -> dict[str, Secret]:
    """Who is in the file. Raises SaidsoError, naming the line, for one that is not as it must be.

    Empty lines, and those that begin with #, are passed over.
    """
    lines = _lines(path)
    if lines is None:
        raise SaidsoError(f"no file {path}; {_made(path)}")
    if not (known := _known(path, lines)):
        raise SaidsoError(f"nobody is in {path}; {_made(path)}")
    return known


def _made(path: Path) -> str:
    return f"make a line with: python app.py --add-user NAME {path}"


def _lines(path: Path) -> list[str] | None:
    """None where there is no such file."""
    try:
        return path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SaidsoError(f"cannot read {path}: {error}") from None


def _known(path: Path, lines: Sequence[str]) -> dict[str, Secret]:
    known: dict[str, Secret] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            name, _, rest = line.partition(":")
            found = _secret(rest.strip())
            if found is None or not name.strip():
                raise SaidsoError(f"{path}:{number} is not NAME:HASH; {_made(path)}")
            if name.strip() in known:
                raise SaidsoError(f"{path}:{number}: {name.strip()} stands there twice")
            known[name.strip()] = found
    return known


def add(path: Path, name: str, password: str) -> bool:
    """Put `name` into the file, or change its password; True if it was there.

    Raises SaidsoError for a name or a password that will not do. The file stays whole whatever
    happens, and is its owner's alone to read.
    """
    if not name.strip() or name != name.strip() or name.startswith("#") or not _plain(name):
        raise SaidsoError(
            f"{name!r} will not do as a name: no colon, no # in front, no spaces around it"
        )
    if not SHORTEST <= len(password) <= _LONGEST:
        raise SaidsoError(f"a password has {SHORTEST} to {_LONGEST} characters")
    lines = _lines(path) or []
    before = _known(path, lines)
    try:
        kept = [one for one in lines if one.partition(":")[0].strip() != name]
        text = "\n".join([*kept, f"{name}:{secret(password)}"]) + "\n"
        handle, scratch = tempfile.mkstemp(dir=path.resolve().parent, prefix=".saidso-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(scratch, path.resolve())
        except BaseException:
            with suppress(OSError):
                os.unlink(scratch)
            raise
    except OSError as error:
        raise SaidsoError(f"cannot write {path}: {error.strerror or error}") from None
    return name in before


class Users:
    """Who is in the file, now, and who has mistaken their password too often.

    Raises SaidsoError as `read` does, when it is made. A file that goes wrong later lets nobody in,
    and the terminal says why.
    """

    def __init__(
        self, path: Path, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._path, self._say, self._clock = path, say, clock
        self._seen, self._known = _look(path), read(path)
        self._nobody = Secret(*_COST, bytes(16), bytes(64))
        self._wrong: dict[str, int] = {}
        self._until: dict[str, float] = {}
        self._guard = threading.Lock()
        self.pool = ThreadPoolExecutor(_AT_ONCE, "saidso-login")

    def secret(self, name: str) -> Secret | None:
        """What the file says of the name now; None for who is not in it."""
        return self._current().get(name)

    def admits(self, name: str, password: str) -> bool:
        """Is it the name's password? Takes as long for a name that is unknown, or locked."""
        known = self._current().get(name)
        now = self._clock()
        with self._guard:
            locked = self._until.get(name, now) > now
            if known and not locked:
                self._wrong[name] = self._wrong.get(name, 0) + 1  # until it turns out right
                if self._wrong[name] >= TRIES:
                    self._until[name] = now + LOCKED
        fits = (known or self._nobody).fits(password[:_LONGEST])
        right = fits and known is not None and len(password) <= _LONGEST
        right = right and self._current().get(name) == known  # hashing takes its time
        if right and not locked:
            with self._guard:
                self._wrong.pop(name, None)
                self._until.pop(name, None)
            return True
        if known and not locked and self._wrong.get(name, 0) >= TRIES:
            self._say(f"{name} is locked for {LOCKED / 60:.0f} minutes: too many wrong passwords")
        return False

    def _current(self) -> dict[str, Secret]:
        seen = _look(self._path)
        with self._guard:
            if seen != self._seen:
                self._seen, self._known = seen, {}
                try:
                    self._known = read(self._path)
                except SaidsoError as error:
                    self._say(f"{error}; until then nobody can log in")
            return self._known


def _hashed(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    memory = 128 * r * ((1 << log_n) + p + 2)
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=1 << log_n, r=r, p=p,
        maxmem=memory + (1 << 20),
    )  # fmt: skip


def _secret(text: str) -> Secret | None:
    """None for what no `str(Secret)` made, or would take more than this machine should give."""
    try:
        kind, log_n, r, p, salt, digest = text.split("$")
        made = Secret(int(log_n), int(r), int(p), *map(_decoded, (salt, digest)))
    except (ValueError, binascii.Error):
        return None
    sound = 10 <= made.log_n <= 20 and 1 <= made.r <= 32 and 1 <= made.p <= 16
    if kind != "scrypt" or not sound or 128 * made.r << made.log_n > _MOST_MEMORY:
        return None
    return made if len(made.salt) >= 8 and len(made.digest) == 64 else None


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _plain(name: str) -> bool:
    return ":" not in name and name.isprintable() and len(name) <= 100


def _look(path: Path) -> tuple[int, int, int] | None:
    """What differs when the file has changed."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino
