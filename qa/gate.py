"""What may be reached without a login: the page that asks for it, and nothing of the library.

An ASGI middleware in front of everything. The front end guards most of its own routes; this one
guards all of them, those of its next version too, because what is open is listed and not what is
closed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_PAGES = {
    "/", "/login", "/logout", "/healthz", "/theme.css", "/favicon.ico",
    "/gradio_api/startup-events",  # which the front end asks of itself when it starts
}  # fmt: skip
_PARTS = ("/assets/", "/static/", "/svelte/")  # the front end's own scripts and fonts, as published


class Gate:
    def __init__(self, app: Any, known: Callable[[Any], object]) -> None:
        """`known`: does this ASGI scope come from somebody who is logged in?"""
        self._app, self._known = app, known

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def near(message: Any) -> None:
            """The login's cookie does not come along when another site sends somebody here."""
            if message["type"] == "http.response.start":
                message = message | {"headers": [_lax(*one) for one in message.get("headers", [])]}
            await send(message)

        if scope["type"] == "lifespan" or self._open(scope) or self._known(scope):
            await self._app(scope, receive, near)
        elif scope["type"] == "http":
            plain = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 401, "headers": plain})
            await send({"type": "http.response.body", "body": b'{"error": "log in first"}'})
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _open(self, scope: Any) -> bool:
        path = scope["path"]
        plain = path in _PAGES or (path.startswith(_PARTS) and ".." not in path)
        return scope["type"] == "http" and plain


def _lax(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name.lower() != b"set-cookie":
        return name, value
    return name, value.replace(b"SameSite=none", b"SameSite=lax")
