"""Who is logged in, and with which password: a new one in the file ends what the old one opened."""

from __future__ import annotations

from collections.abc import Mapping
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
