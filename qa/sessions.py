"""Who is let in, who is logged in, and with which password: a new one in the file ends what the old
one opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from qa.users import Secret, Users


class Sessions(dict[str, str]):
    """Names by the token that each login was given: the front end fills it, empties it and asks
    it by `get`, so a token that does not count any more belongs to nobody there either.
    """

    def __init__(self, users: Users, given: Mapping[str, str]) -> None:
        super().__init__()
        self._users = users
        self._opened_with: dict[str, Secret | None] = {}
        for token, name in given.items():
            self[token] = name

    def __setitem__(self, token: str, name: str) -> None:
        self._opened_with[token] = self._users.secret(name)
        super().__setitem__(token, name)

    def __delitem__(self, token: str) -> None:
        super().__delitem__(token)
        del self._opened_with[token]

    def get(self, token: Any, default: Any = None) -> Any:
        return self[token] if self.lives(token) else default

    def lives(self, token: str | None) -> bool:
        if token is None or token not in self:
            return False
        opened_with = self._opened_with.get(token)
        return opened_with is not None and self._users.secret(self[token]) == opened_with


def doorkeeper(users: Users) -> Callable[[str, str], Awaitable[bool]]:
    """What the front end asks at a login, and awaits: no question waits for a password's hash."""

    async def admits(name: str, password: str) -> bool:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(users.pool, users.admits, name, password)

    return admits


def logged_in(scope: Any) -> str | None:
    """Whose login the front end gave out what the request carries for, if that still counts."""
    from starlette.requests import HTTPConnection

    app, cookies = scope["app"], HTTPConnection(scope).cookies
    given = [cookies.get(f"access-token{kind}-{app.cookie_id}") for kind in ("", "-unsecure")]
    sessions = app.tokens
    if not isinstance(sessions, Sessions):
        return None
    return next((sessions[one] for one in given if one and sessions.lives(one)), None)
